"""Days without a year that head the entries of a chronicle: "January 23: Peru recognises X", told in December.

An entry is told in the present tense, by which the reading takes its day for one to come. The order of the entries
tells a chronicle from an agenda: what stands above an entry of the past lies before it.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Sequence

from dejure.reading.dates import DateMention
from dejure.when import When, day, month

__all__ = ["of_chronicle"]

_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
#: What may stand in a line before its date, and the mark behind it.
_LINE_START = re.compile(r"[\s>*•·▪–—-]*(?:on |in )?", re.IGNORECASE)
_MARK = re.compile(r"[,.]?\s*(?::|[-–—|]\s)")


def of_chronicle(text: str, mentions: Sequence[DateMention], published: dt.date) -> dict[tuple[int, int], When]:
    """The days of the entries of a chronicle that lie in the year before the report, by their offsets.

    Parameters
    ----------
    mentions : sequence of DateMention
        The dates of the text, in order.
    """
    if published == dt.date.max:
        return {}
    found: dict[tuple[int, int], When] = {}
    entries = [m for m in mentions if _heads_entry(text, m)]
    later: dt.date | None = None
    lines: set[int] = set()
    for mention in reversed(entries):
        first = mention.when.earliest
        if first is None:
            continue
        if first > published and not _YEAR.search(mention.quote):
            past = _year_before(first)
            is_nearer = published - past < first - published
            if is_nearer or (later is not None and later <= published):
                found[(mention.start, mention.end)] = _moved(mention.when, past)
                lines.add(text.rfind("\n", 0, mention.start) + 1)
                first = past
        later = first
    return found | _within_entries(text, mentions, lines, published)


def _within_entries(
    text: str, mentions: Sequence[DateMention], lines: set[int], published: dt.date
) -> dict[tuple[int, int], When]:
    """Days further on in an entry that was moved: "...; on September 27 it restores relations"."""
    found = {}
    for mention in mentions:
        first = mention.when.earliest
        line = text.rfind("\n", 0, mention.start) + 1
        if line in lines and first is not None and first > published and not _YEAR.search(mention.quote):
            found[(mention.start, mention.end)] = _moved(mention.when, _year_before(first))
    return found


def _heads_entry(text: str, mention: DateMention) -> bool:
    """Whether a day or month opens its line, with a mark behind it."""
    line = text.rfind("\n", 0, mention.start) + 1
    is_first = _LINE_START.fullmatch(text, line, mention.start) is not None
    return is_first and mention.when.precision in ("day", "month") and bool(_MARK.match(text, mention.end))


def _year_before(day_ahead: dt.date) -> dt.date:
    last = calendar.monthrange(day_ahead.year - 1, day_ahead.month)[1]
    return day_ahead.replace(year=day_ahead.year - 1, day=min(day_ahead.day, last))


def _moved(when: When, past: dt.date) -> When:
    if when.precision == "month":
        return month(past.year, past.month, "relative")
    return day(past, "relative")
