"""How a report lies on the page: paragraphs, list items with their labels, datelines, and what is no news at all.

A `Segment` is a stretch of the title or body that is read as running text. A dateline ("KYIV, Aug 1 - ") and the label
of a list item ("Tuesday: ", "BELGIUM - ") are kept beside it, since they say where, when or of whom, but are not parsed
with it.
"""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import resources
from typing import Literal

from dejure.when import Part

__all__ = ["Segment", "dateline_day", "find_segments"]

SegmentKind = Literal["headline", "paragraph", "item"]

# "Moscow, Russia – ", "WASHINGTON, Sept 17 (Agency) - ", "GENEVA (Agency) — "
_DATELINE = re.compile(
    r"""(?P<place>(?:[^\W\d_][\w.'’]*)(?:[ -][^\W\d_][\w.'’]*){0,4}          # a place
        (?:[ ]?/[ ]?[^\W\d_][\w.'’]*(?:[ -][^\W\d_][\w.'’]*){0,3}){0,3}        # or several
        (?:,[ ][^\W\d_][\w.'’ ]{1,30}){0,2})                                   # its country
        (?P<date>(?:,?[ ](?:on[ ])?(?:\d{1,2}[ ])?[A-Z][a-z]{2,8}\.?(?:[ ]\d{1,2})?(?:,?[ ]\d{4})?)?)  # a date
        (?P<agency>[ ]?\([^()\n]{2,40}\))?                                    # the agency
        [ ]?(?:—|–|--|[ ]-)[ ]+(?=\S)""",
    re.VERBOSE,
)
_LONGEST_DATELINE = 80
# "Brussels, Tuesday.", "LUSAKA, May 20 - ", "(From our correspondent) Quito, 22 October 2024."
_DAY_OF_WRITING = re.compile(
    r"""\s*(?:\([^()\n]{2,60}\)\s*)?
        (?:[^\W\d_][\w.'’]*[ -]?){1,4}(?:,[ ][^\W\d_][\w.'’ ]{1,30}?)??,[ ](?:on[ ])?
        (?P<date>(?:mon|tues|wednes|thurs|fri|satur|sun)day(?:,?[ ](?:\d{1,2}[ ])?[a-z]{3,9}\.?(?:[ ]\d{1,2})?)?
        |(?:\d{1,2}[ ])?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?(?:[ ]\d{1,2})?)
        (?:,?[ ]\d{4})?[ ]?(?:\([^()\n]{2,40}\)[ ]?)?(?:[.]|[.]?[ ]?(?:—|–|--|-)[ ])""",
    re.VERBOSE | re.IGNORECASE,
)
# "Monday 16 September: ", "BELGIUM - ", "17 May 2024 — ", "* ", "- ", "1. "
_BULLET = re.compile(r"[ \t]*(?:[-*•·–—▪►]|\(?\d{1,2}[.)])[ \t]+(?=\S)")
_LABEL = re.compile(
    r"(?P<label>\d{1,2}[:.]\d\d(?: ?[ap]\.?m\.?)?(?: [A-Z]{2,4})?|[^\n:.!?\"“”]{1,60}?)"
    r"(?P<mark>:[ \t]+|[ ][-–—][ ]+)(?=\S)"
)
_UPPER_LEAD = re.compile(r"(?P<label>[^\W\d_]{3,}(?:[ ][^\W\d_]{2,}){0,3})(?P<mark>:[ \t]+|[ ][-–—][ ]+)(?=\S)")
_WEEKDAY_OR_DATE = re.compile(
    r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b"
    r"|\b(?:1[89]|20)\d\d\b|\b\d{1,2}[:.]\d\d\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of running text.

    Attributes
    ----------
    part, start, end
        Where it stands; labels and datelines lie before `start`.
    kind : {"headline", "paragraph", "item"}
    label : tuple of int or None
        Offsets of the words that head it: a dateline, a date, a name.
    is_dateline : bool
        Whether the label is a dateline (it names the place of writing, not the subject).
    """

    part: Part
    start: int
    end: int
    kind: SegmentKind
    label: tuple[int, int] | None = None
    is_dateline: bool = False


def find_segments(title: str, body: str) -> Iterator[Segment]:
    """Segments of a report in order: the title as headline, then the lines of the body that are news."""
    if title.strip():
        start, end = _strip(title, 0, len(title))
        yield Segment("title", start, end, "headline")
    position, seen_text = 0, False
    for line in body.splitlines(keepends=True):
        start, end = _strip(body, position, position + len(line))
        position += len(line)
        if start >= end or _is_boilerplate(body[start:end]):
            continue
        yield _segment(body, start, end, first=not seen_text)
        seen_text = True


def dateline_day(body: str) -> tuple[int, int] | None:
    """Where the day of writing stands in the dateline that opens a text, which need not be its day of publication."""
    found = _DAY_OF_WRITING.match(body, 0, _LONGEST_DATELINE * 2)
    if found is None or not found[0].split(",")[0].strip()[:1].isupper():
        return None
    return found.span("date")


def _segment(body: str, start: int, end: int, *, first: bool) -> Segment:
    kind: SegmentKind = "paragraph"
    bullet = _BULLET.match(body, start, end)
    if bullet and not first:
        start, kind = bullet.end(), "item"
    if first:
        dateline = _DATELINE.match(body, start, min(end, start + _LONGEST_DATELINE))
        if dateline and _is_dateline(dateline):
            label = (dateline.start("place"), dateline.end("date"))
            return Segment("body", dateline.end(), end, kind, label, is_dateline=True)
    lead = _label(body, start, end)
    if lead:
        return Segment("body", lead.end("mark"), end, "item", (lead.start("label"), lead.end("label")))
    return Segment("body", start, end, kind)


_SMALL_WORDS = frozenset({"of", "the", "and", "de", "la", "le", "al", "el", "upon", "sur", "am"})


def _is_dateline(found: re.Match[str]) -> bool:
    """Whether the words before a dash are a place: capitals throughout, or each word but "of" and the like raised."""
    place = found["place"]
    if not all(word[0].isupper() or word in _SMALL_WORDS for word in re.findall(r"[^\W\d_][\w.'’]*", place)):
        return False
    return place.isupper() or bool(found["agency"] or found["date"]) or place[0].isupper()


def _label(body: str, start: int, end: int) -> re.Match[str] | None:
    """The label of a list item: a date, or a name in capitals, followed by a colon or a dash."""
    upper = _UPPER_LEAD.match(body, start, end)
    if upper and upper["label"].isupper():
        return upper
    found = _LABEL.match(body, start, end)
    if found and _WEEKDAY_OR_DATE.search(found["label"]) and len(found["label"].split()) <= 7:
        return found
    return None


@functools.cache
def _boilerplate() -> tuple[re.Pattern[str], int]:
    raw = resources.files("dejure.reading").joinpath("data/boilerplate.toml").read_text(encoding="utf-8")
    table = tomllib.loads(raw)
    return re.compile("|".join(f"(?:{p})" for p in table["patterns"]), re.IGNORECASE), int(table["longest"])


def _is_boilerplate(line: str) -> bool:
    pattern, longest = _boilerplate()
    return len(line) <= longest and pattern.match(line) is not None


def _strip(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
