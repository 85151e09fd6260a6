"""Texts with the words of records marked, without a character lost or moved, and with nothing hidden in them."""

from __future__ import annotations

import itertools
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field

__all__ = ["Marked", "Segment", "context_of", "safe_text", "segments"]

#: Categories of code points that change how other text is shown: controls, and marks of direction or invisible ones.
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
#: Those that belong in a text: ends of lines, tabs, the joiners that scripts and emoji need, marks of one place.
_PLAIN = frozenset("\n\t\u200c\u200d\u200e\u200f\u00ad\ufe0f")


@dataclass(frozen=True, slots=True)
class Marked:
    """Words to mark: offsets in the text, which kind of record they support, and its id."""

    start: int
    end: int
    kind: str
    record: str


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of the text, and all that is marked in it."""

    text: str
    marks: tuple[Marked, ...] = field(default=())


def segments(text: str, marks: Iterable[Marked]) -> list[Segment]:
    """The text cut wherever a mark begins or ends; the pieces put together give the text again.

    Parameters
    ----------
    text : str
    marks : iterable of Marked
        Offsets are code points, half open; what lies outside the text is cut off.
    """
    inside = [one for one in marks if 0 <= one.start < min(one.end, len(text))]
    cuts = sorted({0, len(text), *(one.start for one in inside), *(min(one.end, len(text)) for one in inside)})
    found = []
    for start, end in itertools.pairwise(cuts):
        covering = tuple(one for one in inside if one.start <= start and end <= one.end)
        found.append(Segment(text[start:end], covering))
    return found


def context_of(text: str, start: int, end: int, around: int = 420) -> tuple[int, int]:
    """Where to cut a text around some words: at the ends of paragraphs, else of words, near to `around` characters."""
    first, last = max(0, start - around), min(len(text), end + around)
    if first > 0:
        paragraph, word = text.rfind("\n", first, start), text.find(" ", first, start)
        first = paragraph + 1 if paragraph >= 0 else word + 1 if word >= 0 else first
    if last < len(text):
        paragraph, word = text.find("\n", end, last), text.rfind(" ", end, last)
        last = paragraph if paragraph >= 0 else word if word >= 0 else last
    while first < start and text[first].isspace():
        first += 1
    return first, last


def safe_text(value: str) -> str:
    """Text with hidden characters shown by their code point: what a reader sees is what is there."""
    if value.isprintable() or all(_is_plain(character) for character in value):
        return value
    return "".join(character if _is_plain(character) else f"‹U+{ord(character):04X}›" for character in value)


def _is_plain(character: str) -> bool:
    return character in _PLAIN or unicodedata.category(character) not in _HIDDEN
