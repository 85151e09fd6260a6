"""Quotations in raw English text: where they stand, how they nest, by which verb and whom they are said.

The marks are paired by `quotation_marks`. Who speaks is found in the words around, in this order: before the quotation
in its own sentence ("Peters said that it was ..."), behind it ("...," said Peters), a name and a colon, else the
speaker before where a quotation follows on another. The verbs stand in `data/reporting_verbs.toml`. Every look around
is bounded, so the time is linear in the text.
"""

from __future__ import annotations

import functools
import itertools
from dataclasses import dataclass, replace
from typing import Literal

from dejure.reading.quotation_marks import Marked, find_marked, paragraphs
from dejure.reading.speakers import Attribution, Cue, attribute_after, attribute_before, elisions
from dejure.when import Part

__all__ = ["Quotation", "find_quotations"]

_SCARE_WORDS = 3


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words between quotation marks.

    Parameters
    ----------
    start, end : int
        Offsets of the words inside the marks, half open, in Unicode code points.
    outer_start, outer_end : int
        Offsets with the marks.
    text : str
        The words: `text[start:end]` of the part.
    level : int
        How many quotations stand around it; 0 for the outermost.
    open : bool
        Whether the closing mark is missing: the quotation ends with its paragraph, or goes on in the next.
    kind : {"speech", "scare"}
        "scare": a few words set off without a verb that says them.
    cue : tuple or None
        Offsets and lemma of the words that report it ("said", "according to").
    speaker : tuple or None
        Offsets of the words that name who says it; may be a pronoun.
    part : {"title", "body"}
        The part of the report.
    """

    start: int
    end: int
    outer_start: int
    outer_end: int
    text: str
    level: int
    open: bool
    kind: Literal["speech", "scare"]
    cue: Cue | None
    speaker: tuple[int, int] | None
    part: Part = "body"


def find_quotations(text: str, part: Part = "body") -> tuple[Quotation, ...]:
    """Every quotation of a text, by place, the outer before the inner.

    Parameters
    ----------
    text : str
        Title or body of a report.
    part : {"title", "body"}
        Which part the text is.

    Returns
    -------
    tuple of Quotation
        `text` is the slice `[start:end]`.
    """
    bounds = paragraphs(text)
    marked = find_marked(text, bounds, elisions())
    scribe = _Scribe(text, bounds, marked)
    return scribe.with_speakers_to_come([scribe.quotation(number, part) for number in range(len(marked))])


class _Scribe:
    """Finds who says what, in order, and remembers the last speaker."""

    def __init__(self, text: str, bounds: list[tuple[int, int]], marked: list[Marked]) -> None:
        self.text = text
        self.bounds = bounds
        self.marked = marked
        self.heard: dict[int | None, tuple[Marked, Attribution]] = {}

    @functools.cached_property
    def masked(self) -> list[str]:
        """The text for each level, with what is quoted on that level blotted out."""
        deepest = max((m.level for m in self.marked), default=0)
        return [_mask(self.text, [m for m in self.marked if m.level == level]) for level in range(deepest + 1)]

    def quotation(self, number: int, part: Part) -> Quotation:
        one = self.marked[number]
        said = self.attribution(one)
        words = self.text[one.start : one.end].split()
        if said is None:
            said = self.continued(one, words)
        is_speech = said is not None or (not _is_name(words) if len(words) > _SCARE_WORDS else self.is_sentence(one))
        if said is not None and said.speaker is not None:
            self.heard[one.parent] = (one, said)
        return Quotation(
            one.start, one.end, one.outer_start, one.outer_end, self.text[one.start : one.end], one.level, one.is_open,
            "speech" if is_speech else "scare", None if said is None else said.cue,
            None if said is None else said.speaker, part,
        )  # fmt: skip

    def with_speakers_to_come(self, found: list[Quotation]) -> tuple[Quotation, ...]:
        """Give a quotation left open without a speaker that of the next paragraph, which goes on with it."""
        outer = [i for i, one in enumerate(self.marked) if one.parent is None]
        for i, following in reversed(list(itertools.pairwise(outer))):
            one, after, speaker = self.marked[i], self.marked[following], found[following].speaker
            goes_on = one.is_open and after.paragraph == one.paragraph + 1
            if not goes_on or not self.opens_sentence(one, self.scope(one)[0]):
                continue
            if found[i].speaker is None and speaker is not None:
                found[i] = replace(found[i], kind="speech", speaker=speaker)
        return tuple(found)

    def scope(self, one: Marked) -> tuple[int, int]:
        """The paragraph, or the quotation around."""
        if one.parent is None:
            return self.bounds[one.paragraph]
        around = self.marked[one.parent]
        return around.start, around.end

    def attribution(self, one: Marked) -> Attribution | None:
        masked, (begin, end) = self.masked[one.level], self.scope(one)
        before = attribute_before(masked, begin, one.outer_start, end)
        closing = self.text[one.end - 1] if one.end > one.start else ""
        if before is None or not before.is_near:
            behind = attribute_after(masked, one.outer_end, end, closing)
            return behind or before
        return before

    def continued(self, one: Marked, words: list[str]) -> Attribution | None:
        """The speaker before, where this quotation opens a sentence in the same paragraph or goes on from the last."""
        last = self.heard.get(one.parent)
        begin, _ = self.scope(one)
        if last is None or not self.opens_sentence(one, begin):
            return None
        if len(words) <= _SCARE_WORDS and not self.is_sentence(one):
            return None
        same = last[0].paragraph == one.paragraph
        follows = last[0].paragraph == one.paragraph - 1 and (last[0].is_open or self.ends_paragraph(last[0]))
        if not same and not (follows and one.outer_start == begin):
            return None
        return Attribution(None, last[1].speaker, is_near=True, is_label=False)

    def opens_sentence(self, one: Marked, begin: int) -> bool:
        before = self.masked[one.level][max(begin, one.outer_start - 3) : one.outer_start].rstrip()
        return one.outer_start == begin or before == "" or before[-1] in ".!?…\"”»’'"

    def is_sentence(self, one: Marked) -> bool:
        """Whether the words stand for a sentence of their own: "No.", "Not now,"."""
        begin, _ = self.scope(one)
        closed = self.text[one.end - 1] in ".!?,…"
        return closed and self.text[one.start].isupper() and self.opens_sentence(one, begin)

    def ends_paragraph(self, one: Marked) -> bool:
        _, end = self.bounds[one.paragraph]
        return end - one.outer_end < 3


def _is_name(words: list[str]) -> bool:
    """Whether the words are a title: all of them in capitals but the small ones, and no mark at the end."""
    long = [word for word in words if len(word) > 3]
    return len(long) > 1 and all(word[0].isupper() for word in long) and words[-1][-1].isalnum()


def _mask(text: str, marked: list[Marked]) -> str:
    """The text with these stretches blotted out; a full stop at their end stays, since it ends a sentence."""
    parts, at = [], 0
    for one in marked:
        keep = one.end - (text[one.end - 1 : one.end] in (".", "…"))
        parts += [text[at : one.start], "_" * (keep - one.start)]
        at = keep
    return "".join([*parts, text[at:]])
