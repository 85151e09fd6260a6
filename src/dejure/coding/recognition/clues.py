"""Small marks in the words round a trigger: "after all", "about to", "untrue", a decision still to come."""

from __future__ import annotations

import itertools

from dejure.coding.outlook import Governor, Outlook
from dejure.coding.recognition.polity import recognition_words
from dejure.reading.reading import Sentence

__all__ = [
    "has_gerund",
    "is_about_to",
    "is_after_all",
    "is_deciding",
    "is_left_open",
    "is_untrue",
    "words_before",
]

#: Who "will decide whether to recognise", "will make up its mind", is considering it.
_DECIDING = frozenset({"decide", "determine", "mind", "decision"})


def is_after_all(sentence: Sentence, at: int | None) -> bool:
    """Whether "after all" stands behind: what was not done had been said to be."""
    tokens = sentence.tokens[(at or 0) + 1 :]
    return at is not None and any(a.lower == "after" and b.lower == "all" for a, b in itertools.pairwise(tokens))


def words_before(sentence: Sentence, at: int) -> tuple[str, ...]:
    """The two words before a token, in lower case."""
    return tuple(t.lower for t in sentence.tokens[max(0, at - 2) : at])


def is_about_to(outlook: Outlook) -> bool:
    """As in "was about to recognise"."""
    return any(g.lemma == "about" and g.via == "xcomp" for g in outlook.governors[:1])


def is_untrue(sentence: Sentence, governor: Governor) -> bool:
    """As in "rumours that X had recognised Y proved false", "it is untrue that"."""
    words = recognition_words()["calling"]["untrue"]
    if governor.lemma in words and governor.pos == "adj":
        return not governor.negated
    token = sentence.tokens[governor.i]
    if governor.pos != "noun" or token.dep not in ("nsubj", "nsubjpass"):
        return False
    return any(c.lemma in words for c in sentence.children(token.head, "acomp", "oprd", "xcomp"))


def is_deciding(sentence: Sentence, governor: Governor) -> bool:
    """As in "will decide whether", "will make up its mind on whether"."""
    objects = sentence.children(governor.i, "dobj") if governor.lemma in ("make", "take") else []
    return governor.lemma in _DECIDING or any(c.lemma in _DECIDING for c in objects)


#: By these a word of saying or deciding stands over what is said or decided.
_OVER_WHAT = frozenset({"ccomp", "pcomp", "pobj", "prep", "dobj", "advcl"})


def is_left_open(outlook: Outlook) -> bool:
    """As in "refused to say whether it would", "too early to decide on": what is refused is an answer, and no act."""
    for at, governor in enumerate(outlook.governors):
        is_answer = governor.pos == "verb" and governor.effect in ("report", "announce", "decide")
        if is_answer and governor.via in _OVER_WHAT:
            later = outlook.governors[at + 1 :]
            return any(g.effect == "refuse" and g.via in ("xcomp", "pcomp", "advcl", "ccomp") for g in later[:2])
        if governor.effect:
            return False
    return False


def has_gerund(sentence: Sentence, governor: Governor) -> bool:
    """Whether a verb stands over a gerund behind a preposition."""
    preps = sentence.children(governor.i, "prep") if governor.via in ("pcomp", "prep") else []
    return any(sentence.children(p.i, "pcomp") for p in preps)
