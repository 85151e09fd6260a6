"""Names that stand in a row, and those of states in general: "the states that recognised X were A, B and C"."""

from __future__ import annotations

from dejure.coding.actors import Cast
from dejure.coding.outlook import outlook_of
from dejure.coding.parties import Party
from dejure.coding.recognition.polity import recognition_words
from dejure.reading.reading import Sentence

__all__ = ["named_of_general", "names_from"]

_JOINING = frozenset({",", "and", "the", "&", "both", "then", "also", "finally"})
_ENDING = frozenset({"PUNCT", "ADP", "SCONJ", "CCONJ", "ADV", "PART", "SPACE"})
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_BETWEEN = 4
_PAIR = 2


def names_from(cast: Cast, sentence: Sentence, start: int) -> tuple[list[Party], int]:
    """The states named in a row from a token on, and where the row ends; none where a name is part of a larger phrase.

    A short phrase of time may stand behind each ("Ghana in 2012, Togo in 2014 and Benin").
    """
    tokens = sentence.tokens
    at, last = start, start
    while at < len(tokens):
        if cast.hit(sentence, at) is not None:
            at = last = at + 1
        elif tokens[at].lower in _JOINING:
            at += 1
        elif tokens[at].lower in ("in", "on") and (passed := _over_time(sentence, at)) is not None:
            at = passed
        else:
            break
    if last < len(tokens) and tokens[last].pos in ("VERB", "AUX"):
        # "Like Fiji and Chile, Peru has": the name before the verb is its subject.
        last = next((j for j in range(last - 1, start, -1) if tokens[j].lower == ","), last)
    if last == start or (last < len(tokens) and tokens[last].pos not in _ENDING) or _is_owned(sentence, last):
        return [], start
    found = cast.named_in(sentence, start, last - 1)
    return [p for p in found if p.can_recognise and not p.is_person], last


def _is_owned(sentence: Sentence, at: int) -> bool:
    return at < len(sentence.tokens) and sentence.tokens[at].tag == "POS"


def _over_time(sentence: Sentence, at: int) -> int | None:
    """The token behind a short phrase of time that a further name follows, behind a comma or "and"."""
    for j in range(at + 1, min(at + 1 + _BETWEEN, len(sentence.tokens))):
        token = sentence.tokens[j]
        if token.lower in (",", "and"):
            return j
        if token.pos not in ("NUM", "PROPN", "NOUN", "DET"):
            return None
    return None


def named_of_general(cast: Cast, sentence: Sentence, at: int, heads: list[int]) -> list[Party]:
    """Whom "countries", "more than ninety states", "those" are, as far as the sentence names them.

    Parameters
    ----------
    at : int
        The predicate that says what they have done.
    heads : list of int
        Heads of its subjects.
    """
    words = recognition_words()["several"]
    tokens = sentence.tokens
    for first in heads:
        head = _counted(sentence, first)
        token = tokens[head]
        is_several = token.tag in ("NNS", "NNPS") or token.lower in ("those", "others", "ones")
        is_named = token.lower not in ("states", "nations") and cast.hit(sentence, head) is not None
        lemma = {"those": "those", "others": "other"}.get(token.lower, token.lemma)
        if not is_several or is_named or lemma not in words["general"] or _is_none(sentence, head):
            continue
        outlook = outlook_of(sentence, at)
        if outlook.negated or outlook.in_condition or outlook.future or outlook.would or outlook.possible:
            return []
        of_it = _one_of(sentence, head)
        if of_it:
            return [p for p in cast.of_heads(sentence, of_it) if p.can_recognise]
        for j in range(min(head, at) + 1, len(tokens)):
            start = _naming(sentence, j, head, at)
            found, _ = names_from(cast, sentence, start) if start is not None else ([], 0)
            if found:
                return found
    return []


def _counted(sentence: Sentence, head: int) -> int:
    """What "a handful of states", "eleven of its allies" count."""
    token = sentence.tokens[head]
    if token.pos != "NUM" and token.lemma not in _COUNTING:
        return head
    counted = [c.i for p in sentence.children(head, "prep") if p.lower == "of" for c in sentence.children(p.i, "pobj")]
    return counted[0] if counted else head


_COUNTING = frozenset({"handful", "number", "dozen", "score", "majority", "couple", "group", "hundred", "half"})


def _one_of(sentence: Sentence, head: int) -> list[int]:
    """Heads of whom is said to be one of those ("X, one of twelve states that", "X is among the countries that")."""
    prep = sentence.tokens[sentence.tokens[head].head]
    one = sentence.tokens[prep.head]
    if prep.lower in ("among", "amongst") and one.lemma in ("be", "remain", "become"):
        return [c.i for c in sentence.children(one.i, "nsubj")]
    if prep.lower == "of" and one.lemma in ("list", "club", "group", "rank", "ranks", "number", "circle"):
        joining = sentence.tokens[one.head]
        return (
            [c.i for c in sentence.children(joining.i, "nsubj")] if joining.lemma in ("join", "enter", "swell") else []
        )
    if prep.lower != "of" or one.lower != "one":
        return []
    if one.dep == "appos":
        return [one.head]
    verb = sentence.tokens[one.head]
    return [c.i for c in sentence.children(verb.i, "nsubj")] if one.dep in ("attr", "acomp") else []


def _is_none(sentence: Sentence, head: int) -> bool:
    none = recognition_words()["several"]["none"]
    return any(c.lower in none for c in sentence.children(head, "det", "amod", "neg", "nummod", "advmod"))


def _is_fronted(sentence: Sentence, head: int) -> bool:
    """As in "Among those that have recognised X are A and B"."""
    return any(t.lower in ("among", "amongst") for t in sentence.tokens[max(0, head - 3) : head])


def _stands_apart(sentence: Sentence, j: int) -> bool:
    """Whether a hyphen stands for a dash: with a space on either side."""
    token = sentence.tokens[j]
    return sentence.text[token.start - 1 : token.start] == " " and sentence.text[token.end : token.end + 1] == " "


def _naming(sentence: Sentence, j: int, head: int, at: int) -> int | None:
    """Where the names begin, if a token brings them in."""
    words = recognition_words()["several"]
    tokens = sentence.tokens
    token = tokens[j]
    before = tokens[j - 1].lower
    if token.lower in words["naming"]:
        return j + 1
    if (token.lower == "as" and before == "such") or (token.lower == "them" and before == "among"):
        return j + 1
    is_dash = token.text == "-" and _stands_apart(sentence, j)
    if (token.text in (":", "—", "–") or is_dash) and j > at:
        return j + 1
    is_verb = token.lemma in words["naming_verbs"] and token.tag in _FINITE and j > at
    if not is_verb or any(c.dep == "neg" for c in sentence.children(j)):
        return None
    # It is the verb of the clause about them: the predicate stands in a clause of theirs.
    is_theirs = tokens[at].dep in ("relcl", "acl") and (tokens[at].head == head or _is_fronted(sentence, head))
    return j + 1 if is_theirs else None
