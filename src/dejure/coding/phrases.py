"""The words of a noun phrase."""

from __future__ import annotations

from dejure.reading.reading import Sentence

__all__ = ["extent", "phrase_text"]

_LEFT = frozenset({"compound", "amod", "nmod", "poss", "det", "nummod", "quantmod", "advmod", "case", "punct"})


def extent(sentence: Sentence, i: int) -> tuple[int, int]:
    """First and last token of a noun phrase, from its first modifier to its head, articles left out."""
    first = i
    for child in sentence.children(i):
        if child.i < i and child.dep in _LEFT:
            first = min(first, sentence.subtree(child.i)[0])
    while first < i and sentence.tokens[first].pos in ("DET", "PUNCT") and sentence.tokens[first].lower != "both":
        first += 1
    return first, i


def phrase_text(sentence: Sentence, i: int, *, names_only: bool = False) -> str:
    """The text of a noun phrase; with `names_only` from its first proper name on."""
    first, last = extent(sentence, i)
    while names_only and first < last and not _is_name(sentence, first):
        first += 1
    return sentence.text[sentence.tokens[first].start : sentence.tokens[last].end]


def _is_name(sentence: Sentence, i: int) -> bool:
    token = sentence.tokens[i]
    return token.pos == "PROPN" and token.text[:1].isupper()
