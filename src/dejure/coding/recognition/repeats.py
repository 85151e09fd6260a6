"""Acts told without naming them again: "did so", "followed suit", "as did Samoa", "two days after Fiji acted"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from dejure.coding.actors import Cast
from dejure.coding.clauses import arguments_of
from dejure.coding.parties import Party
from dejure.reading.language import Token
from dejure.reading.reading import Sentence
from dejure.records import COMPLETED_ACTS

__all__ = ["Repeat", "find_repeats"]

_ALL = frozenset(COMPLETED_ACTS | {"intend", "refuse"})


@dataclass(frozen=True, slots=True)
class Repeat:
    """Parties that did what was told last, at a predicate."""

    at: int
    parties: tuple[Party, ...]
    acts: frozenset[str]
    is_elliptic: bool


def find_repeats(cast: Cast, sentence: Sentence, taken: set[int]) -> Iterator[Repeat]:
    """Repeats in a sentence; `taken` holds predicates that name an act themselves."""
    for token in sentence.tokens:
        if token.i in taken:
            continue
        if _repeats(sentence, token):
            heads = arguments_of(sentence, token.i).subjects
            parties = cast.of_heads(sentence, heads)
            if parties:
                yield Repeat(token.i, tuple(parties), _ALL, is_elliptic=False)
            yield from _gapped(cast, sentence, token)
    for at in sorted(taken):
        yield from _gapped(cast, sentence, sentence.tokens[at])


def _repeats(sentence: Sentence, token: Token) -> bool:
    """Whether a verb stands for the act told last."""
    if token.pos not in ("VERB", "AUX"):
        return False
    low = {c.lower for c in sentence.children(token.i)}
    if token.lemma == "do" and token.dep not in ("aux", "auxpass"):
        objects = sentence.children(token.i, "dobj")
        if low & {"so", "too", "likewise"} or any(o.lower in ("same", "likewise", "it") for o in objects):
            return True
        return _is_as_did(sentence, token) or ("as" in low and not objects)
    if token.lemma == "have" and not sentence.children(token.i, "dobj", "xcomp"):
        return _is_as_did(sentence, token)
    if token.lemma == "follow":
        objects = sentence.children(token.i, "dobj")
        return not objects or any(o.lower == "suit" for o in objects)
    if token.lemma == "act":
        return not sentence.children(token.i, "dobj", "prep") or all(
            p.lower in ("on", "in", "after", "before") for p in sentence.children(token.i, "prep")
        )
    return False


def _is_as_did(sentence: Sentence, token: Token) -> bool:
    before = sentence.tokens[token.i - 1].lower if token.i else ""
    return before in ("as", "so")


def _gapped(cast: Cast, sentence: Sentence, token: Token) -> Iterator[Repeat]:
    """As in "... and Tonga a day later": a name coordinated with a verb."""
    for child in sentence.children(token.i, "conj", "appos", "dep"):
        if child.pos == "PROPN" and cast.hit(sentence, child.i) is not None:
            parties = cast.parties(sentence, child.i)
            if parties:
                yield Repeat(child.i, tuple(parties), _ALL, is_elliptic=True)
