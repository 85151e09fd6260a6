"""Evidence: the shortest clause that holds the words a record rests on."""

from __future__ import annotations

from collections.abc import Iterable

from dejure.coding.parties import Party
from dejure.reading.reading import Reading, Sentence
from dejure.records import Recognised, Span

__all__ = ["clause_span", "covering", "head_span", "phrase_span"]

_KEPT = frozenset(
    "aux auxpass neg prt nsubj nsubjpass dobj attr acomp dative oprd agent prep xcomp advmod npadvmod det poss amod "
    "compound case pobj nummod mark expl nmod pcomp".split()
)
_TRIMMED = " \t,;:—–-\"“”'‘’()[]"


def clause_span(reading: Reading, sentence: Sentence, i: int, include: Iterable[int] = ()) -> Span:
    """The clause of a predicate, without the relative and adverbial clauses that hang on it."""
    kept: set[int] = set(include) | {i}
    stack = [i]
    while stack:
        at = stack.pop()
        for child in sentence.children(at):
            if child.dep in _KEPT and child.i not in kept:
                kept.add(child.i)
                stack.append(child.i)
    return head_span(reading, sentence, min(kept), max(kept))


def phrase_span(reading: Reading, sentence: Sentence, i: int) -> Span:
    """All that hangs on a head."""
    below = sentence.subtree(i)
    return head_span(reading, sentence, below[0], below[-1])


def head_span(reading: Reading, sentence: Sentence, first: int, last: int) -> Span:
    """The words from one token to another, without punctuation at the ends."""
    start, end = sentence.span(first, last)
    text = reading.text(sentence.part)
    while start < end and text[start] in _TRIMMED:
        start += 1
    while end > start and text[end - 1] in _TRIMMED + ".":
        end -= 1
    if start >= end:
        start, end = sentence.span(first, last)
    return reading.span(sentence.part, start, end)


def covering(
    reading: Reading, sentence: Sentence, i: int, parties: Iterable[Party], recognised: Iterable[Recognised]
) -> Span:
    """The clause of a predicate, stretched over the parties named in the same sentence."""
    base = clause_span(reading, sentence, i)
    start, end = base.start, base.end
    bounds = [(p.entity.part, p.entity.start, p.entity.end) for p in parties]
    bounds += [(r.part, r.start, r.end) for r in recognised]
    for part, first, last in bounds:
        if part == sentence.part and first is not None and last is not None and sentence.start <= first < sentence.end:
            start, end = min(start, first), max(end, min(last, sentence.end))
    return reading.span(sentence.part, start, end)
