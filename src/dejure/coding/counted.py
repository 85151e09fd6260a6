"""Whom a plural that counts means: "the two countries", "both", "neither president", "all three", "the three men"."""

from __future__ import annotations

from dejure.coding.mentions import Mentions
from dejure.coding.parties import Party
from dejure.coding.words import load_noun_classes
from dejure.reading.language import Token
from dejure.reading.reading import Sentence

__all__ = ["all_that_are_counted", "counted_owners"]

_TWO = 2
_COUNTS = {"two": 2, "three": 3, "four": 4, "five": 5}
_BOTH = frozenset({"both", "either", "neither"})
_DEFINITE = frozenset({"the", "these", "those", "its", "their", "his", "her", "all"})
_BESIDE = ("nummod", "det", "predet", "amod", "cc", "preconj", "poss", "neg")


def all_that_are_counted(mentions: Mentions, sentence: Sentence, token: Token) -> list[Party]:
    """The parties of a noun or number that counts those spoken of; empty where it does not or they do not fit."""
    if token.lower in ("both", "pair", "duo"):
        return mentions.pair(sentence, token.i)
    count = _count(sentence, token)
    if count == _TWO:
        return mentions.pair(sentence, token.i)
    return mentions.all_of(sentence, token.i, count) if count else []


def counted_owners(mentions: Mentions, sentence: Sentence, token: Token) -> list[Party]:
    """The parties behind "of": "officials of the two neighbours"."""
    behind = [c for p in sentence.children(token.i, "prep") if p.lower == "of" for c in sentence.children(p.i, "pobj")]
    return [party for child in behind for party in all_that_are_counted(mentions, sentence, child)]


def _count(sentence: Sentence, token: Token) -> int:
    """How many of those spoken of a noun means; 0 where it means any ("two countries voted against")."""
    beside = {c.lower for c in sentence.children(token.i, *_BESIDE)}
    if token.lemma in load_noun_classes().pairs:
        if beside & _BOTH:
            return _TWO
        return max((_COUNTS.get(word, 0) for word in beside), default=0) if beside & _DEFINITE else 0
    return _COUNTS.get(token.lower, 0) if "all" in beside else 0
