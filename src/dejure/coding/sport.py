"""Countries that play: a side in a match or a team at the games is nobody's government."""

from __future__ import annotations

import functools
import re

from dejure.coding.words import load_toml
from dejure.reading.reading import Sentence

__all__ = ["is_player", "is_side"]

_SCORE = re.compile(r"\b\d{1,3}[-–]\d{1,3}\b")
#: A score has no more than this many points a side in the games that countries play against each other.
_LONGEST_SCORE = 2


def is_side(sentence: Sentence, i: int) -> bool:
    """Whether a name is a side in a match ("Brazil 2, Italy 1") or a team ("Kenya won gold in judo")."""
    following = sentence.tokens[i + 1 : i + 3]
    if following and following[0].text.isdigit() and len(following[0].text) <= _LONGEST_SCORE:
        return len(following) == 1 or following[1].text in (",", "-", "–", ".", ";", "and")
    return _plays(sentence, i) or _is_team_of_many(sentence, i) or _is_match(sentence)


def _is_team_of_many(sentence: Sentence, i: int) -> bool:
    """Whether a name with a plural verb meets or beats another one: "Greece meet France tomorrow"."""
    token = sentence.tokens[i]
    if token.dep == "dobj":
        of_verb = sentence.children(token.head, "nsubj")
        return bool(of_verb) and of_verb[0].i != i and _is_team_of_many(sentence, of_verb[0].i)
    verb = sentence.tokens[token.head]
    is_one = token.dep == "nsubj" and token.tag == "NNP" and not sentence.children(i, "conj", "cc")
    is_many = verb.tag == "VBP" and verb.lemma in _words()["playing"] and not sentence.children(verb.i, "aux")
    return (
        is_one
        and is_many
        and token.text[-1:] != "s"
        and any(t.pos == "PROPN" for t in sentence.children(verb.i, "dobj"))
    )


def _plays(sentence: Sentence, i: int) -> bool:
    """Whether a name is subject of "play" without a part, or drew with somebody: "Ghana and Togo play on Monday"."""
    token = sentence.tokens[i]
    if token.dep == "pobj" and sentence.tokens[token.head].lower in ("with", "against"):
        verb = sentence.tokens[sentence.tokens[token.head].head]
        return verb.lemma == "draw" and verb.pos == "VERB" and not sentence.children(verb.i, "dobj")
    while token.dep == "conj" and token.head != token.i:
        token = sentence.tokens[token.head]
    verb = sentence.tokens[token.head]
    if token.dep not in ("nsubj", "dobj") or verb.pos != "VERB":
        return False
    played = sentence.children(verb.i, "dobj")
    if verb.lemma == "play":
        return all(t.pos == "PROPN" for t in played) and (bool(played) or _plays_for(sentence, verb.i))
    with_whom = (c for c in sentence.children(verb.i, "prep") if c.lower == "with")
    return (
        verb.lemma == "draw"
        and not played
        and any(inner.pos == "PROPN" for c in with_whom for inner in sentence.children(c.i, "pobj"))
    )


def _plays_for(sentence: Sentence, i: int) -> bool:
    """Whether "play" has a prize or somebody to play against beside it; a state may play for time."""
    after = [c for c in sentence.children(i, "prep") if c.lower in ("for", "against")]
    prizes = _words()["prizes"]
    return any(c.lower == "against" or inner.lemma in prizes for c in after for inner in sentence.children(c.i, "pobj"))


def _is_match(sentence: Sentence) -> bool:
    """Whether a sentence tells of a match or of medals; a vote of 14-1 is neither."""
    words = _words()
    # "The final round" and "to set" are of no match.
    nouns = {t.lemma.lower() for t in sentence.tokens if t.dep not in ("amod", "relcl")}
    lemmas = {t.lemma.lower() for t in sentence.tokens}
    is_sure = bool(nouns & words["sure_matches"]) and bool(lemmas & words["playing"])
    if is_sure and not lemmas & words["voting"] - words["watching"]:
        # A president who watches makes no politics of a rugby final.
        return True
    if lemmas & words["voting"]:
        return False
    if any(_is_won_medal(sentence, t.i) for t in sentence.tokens):
        return True
    return bool(lemmas & words["playing"]) and bool(_SCORE.search(sentence.text) or nouns & words["matches"])


def is_player(sentence: Sentence, i: int) -> bool:
    """Whether a noun is a player or a team of a country: "Paraguay's goalkeeper", "the Czech team" of a match."""
    words = _words()
    lemma = sentence.tokens[i].lemma
    if lemma in words["players"]:
        return True
    if lemma not in words["teams"]:
        return False
    beside = {c.lemma.lower() for c in sentence.children(i, "amod", "compound", "nmod")}
    return bool(beside & words["of_teams"]) or _is_match(sentence) or _has_lost(sentence, i)


def _has_lost(sentence: Sentence, i: int) -> bool:
    """Whether a team is told to have won or lost, and nothing is said of what."""
    token = sentence.tokens[i]
    verb = sentence.tokens[token.head]
    won_or_lost = verb.lemma in ("win", "lose", "draw") and not sentence.children(verb.i, "dobj")
    return token.dep == "nsubj" and won_or_lost and token.lemma in ("team", "eleven", "squad")


def _is_won_medal(sentence: Sentence, i: int) -> bool:
    """Whether a word is a medal that somebody wins: "won gold", not "the gold" nor "gold reserves"."""
    words = _words()
    token = sentence.tokens[i]
    if token.dep != "dobj" or sentence.tokens[token.head].lemma not in words["winning"]:
        return False
    return token.lemma == "medal" or (token.lemma in words["medals"] and not sentence.children(i, "det", "poss"))


@functools.cache
def _words() -> dict[str, frozenset[str]]:
    return {kind: frozenset(words) for kind, words in load_toml("sport.toml").items()}
