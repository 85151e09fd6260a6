"""Countries that play: a side in a match or a team at the games is nobody's government."""

from __future__ import annotations

import functools
import re

from dejure.coding.words import load_toml
from dejure.reading.reading import Sentence

__all__ = ["is_side"]

_SCORE = re.compile(r"\b\d{1,3}[-–]\d{1,3}\b")
#: A score has no more than this many points a side in the games that countries play against each other.
_LONGEST_SCORE = 2


def is_side(sentence: Sentence, i: int) -> bool:
    """Whether a name is a side in a match ("Brazil 2, Italy 1") or a team ("Kenya won gold in judo")."""
    following = sentence.tokens[i + 1 : i + 3]
    if following and following[0].text.isdigit() and len(following[0].text) <= _LONGEST_SCORE:
        return len(following) == 1 or following[1].text in (",", "-", "–", ".", ";", "and")
    return _is_match(sentence)


def _is_match(sentence: Sentence) -> bool:
    """Whether a sentence tells of a match or of medals; a vote of 14-1 is neither."""
    words = _words()
    lemmas = {t.lemma for t in sentence.tokens}
    if lemmas & words["voting"]:
        return False
    if any(_is_won_medal(sentence, t.i) for t in sentence.tokens):
        return True
    return bool(lemmas & words["playing"]) and bool(_SCORE.search(sentence.text) or lemmas & words["matches"])


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
