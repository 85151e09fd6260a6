"""Which days the phrases mean that count from another time or change one: "two weeks ago", "the end of May", ranges."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from dejure.reading.date_calendar import (
    Days,
    interval,
    one_day,
    part_of,
    period_around,
    shift,
    week_days,
    weekend_days,
)
from dejure.reading.date_guards import GUARDS, approximation_before, word_after
from dejure.reading.date_resolver import Found, Meaning, Resolver
from dejure.reading.date_words import COUNTS, EDGES, TABLES, UNITS, Phrase

__all__ = ["COUNTED"]


# ------------------------------------------------------------------------------------------------------ counting
def _count(slots: dict[str, str]) -> int | None:
    """How many units; None where nobody counted."""
    words = slots.get("count", "")
    if words.isascii() and words.isdigit():
        return int(words)
    return COUNTS.get(words) if words or "unit" not in slots else 1


def _unit_of(slots: dict[str, str]) -> str:
    return UNITS[slots.get("units") or slots.get("unit") or slots["stretch"]]


def _offset(unit: str, count: int | None, sign: int) -> int | None:
    row = TABLES["units"][unit]
    if "hours" in row:
        return sign * (int(row["hours"]) * (count or 0) // 24)
    return None if count is None or "days" not in row else sign * count * int(row["days"])


def _moved(base: Days, unit: str, count: int | None, sign: int) -> Days:
    """A date moved by so many units, as precise as the coarser of the two."""
    if base.first is None or base.last is None:
        return interval(None, None)
    if count is None:
        return interval(base.first, None) if sign > 0 else interval(None, base.last)
    first, last = (shift(edge, unit, sign * count) for edge in (base.first, base.last))
    row = TABLES["units"][unit]
    if "hours" in row:
        return interval(min(first, base.first), max(last, base.last))
    if unit in ("decade", "century"):
        return interval(shift(first, "year", -1), shift(last, "year", 1))
    begin, stop = period_around(unit, first), period_around(unit, last)
    precision = row["precision"] if begin == stop else "interval" if unit != "day" else base.precision
    return Days(begin.first, stop.last, precision)


def _ago(resolver: Resolver, phrase: Phrase) -> Found:
    unit, count = _unit_of(phrase.slots), _count(phrase.slots)
    offset = _offset(unit, count, -1)
    if resolver.published is None:
        return Found(None, "published", offset)
    side = approximation_before(resolver.text, phrase.start)
    if side is None or count is None:
        return Found(_moved(one_day(resolver.published), unit, count, -1), "published", offset)
    reach = {"earlier": (1, 0), "later": (0, 1), "both": (1, 1)}[side]
    first = shift(resolver.published, unit, -count - reach[0])
    return Found(interval(first, shift(resolver.published, unit, -count + reach[1])), "published")


def _hence(resolver: Resolver, phrase: Phrase) -> Found:
    unit, count = _unit_of(phrase.slots), _count(phrase.slots)
    days = None if resolver.published is None else _moved(one_day(resolver.published), unit, count, 1)
    return Found(days, "published", _offset(unit, count, 1))


def _shift(resolver: Resolver, phrase: Phrase) -> Found:
    unit, count, slots = _unit_of(phrase.slots), _count(phrase.slots), phrase.slots
    sign = -1 if "backward" in slots else 1
    offset = _offset(unit, count, sign)
    if phrase.inner is not None:
        inner = resolver.days_of(phrase.inner)
        days = None if inner.days is None else _moved(inner.days, unit, count, sign)
        return Found(days, inner.anchor, offset, inner.whole)
    after = word_after(resolver.text, phrase.end)
    either_way = (slots.get("backward") or slots.get("forward")) in ("before", "after")
    if either_way and after and after not in GUARDS["after_offset"]:
        return Found(None, "event", offset)
    row = TABLES["units"][unit]
    base = resolver.last.get(unit if unit in ("week", "month", "year") else "year" if "months" in row else "day")
    return Found(None if base is None else _moved(base, unit, count, sign), "date", offset)


def _recent(resolver: Resolver, _phrase: Phrase) -> Found:
    return Found(None if resolver.published is None else interval(None, resolver.published), "published")


def _coming(resolver: Resolver, _phrase: Phrase) -> Found:
    return Found(None if resolver.published is None else interval(resolver.published, None), "published")


def _rolling(resolver: Resolver, phrase: Phrase) -> Found:
    if resolver.published is None:
        return Found(None, "published")
    count = _count(phrase.slots)
    first = None if count is None else shift(resolver.published, _unit_of(phrase.slots), -count)
    return Found(interval(first, resolver.published), "published")


def _ahead(resolver: Resolver, phrase: Phrase) -> Found:
    return _ahead_of(resolver, _unit_of(phrase.slots), _count(phrase.slots))


def _ahead_of(resolver: Resolver, unit: str, count: int | None) -> Found:
    if resolver.published is None:
        return Found(None, "published")
    last = None if count is None else shift(resolver.published, unit, count)
    return Found(interval(resolver.published, last), "published")


def _within(resolver: Resolver, phrase: Phrase) -> Found:
    count, unit = _count(phrase.slots), _unit_of(phrase.slots)
    if count is None:
        return Found(None)
    if resolver.tense(phrase) == "future":
        return _ahead_of(resolver, unit, count)
    return Found(None, "event", _offset(unit, count, 1))


# ---------------------------------------------------------------------------------------------- built of others
def _edge(resolver: Resolver, phrase: Phrase) -> Found:
    assert phrase.inner is not None
    found, row = resolver.days_of(phrase.inner), EDGES[phrase.slots["edge"]]
    if found.days is None:
        return found
    if "now" not in row:
        return replace(found, days=part_of(found.days, row["from"], row["to"]))
    first, last, now = found.days.first, found.days.last, _now(resolver, phrase.inner)
    if now is None or first is None or last is None or not first <= now <= last:
        return replace(found, days=interval(first, last))
    cut = interval(first, now) if row["now"] == "until" else interval(now, last)
    return replace(found, days=cut, whole=False, anchor=found.anchor or "published")


def _now(resolver: Resolver, phrase: Phrase) -> dt.date | None:
    """The day that "earlier" and "later" cut a period at: of "later that year" the date spoken of before."""
    if phrase.means != "context_unit":
        return resolver.published
    spoken = resolver.last.get("day") or resolver.last.get("month")
    return None if spoken is None else spoken.first


def _day_part(resolver: Resolver, phrase: Phrase) -> Found:
    assert phrase.inner is not None
    found = resolver.days_of(phrase.inner)
    words = resolver.text[phrase.start : phrase.inner.start].lower().removeprefix("the ")
    if found.days is None or found.days.first is None or not words.startswith("week"):
        return found
    around = weekend_days if words.startswith("weekend") else week_days
    return replace(found, days=around(found.days.first))


def _eve(resolver: Resolver, phrase: Phrase) -> Found:
    if phrase.inner is None:
        return Found(None, "event", -1)
    found = resolver.days_of(phrase.inner)
    if found.days is None or found.days.first is None:
        return replace(found, offset=-1)
    return replace(found, days=one_day(found.days.first - dt.timedelta(days=1)), offset=-1)


def _range(resolver: Resolver, phrase: Phrase) -> Found:
    assert phrase.inner is not None
    assert phrase.second is not None
    second = resolver.days_of(phrase.second)
    first = resolver.days_of(phrase.inner)
    if "year" in phrase.inner.slots and "month" in phrase.second.slots and "year" not in phrase.second.slots:
        second = _in_year_of(resolver, phrase.second, first, 1)
    elif "month" in phrase.inner.slots and "year" not in phrase.inner.slots:
        first = _in_year_of(resolver, phrase.inner, second, -1)
    begin = None if first.days is None else first.days.first
    end = None if second.days is None else second.days.last
    if begin is not None and end is not None and phrase.inner.means == "weekday" and begin > end:
        begin -= dt.timedelta(days=7)
    if begin is None or end is None or begin > end:
        return Found(None, first.anchor or second.anchor)
    return Found(interval(begin, end), first.anchor or second.anchor, whole=first.whole and second.whole)


def _in_year_of(resolver: Resolver, phrase: Phrase, other: Found, step: int) -> Found:
    """A month or day without a year, in the year of the other end of the range or the next one to it."""
    edge = None if other.days is None else other.days.first
    if edge is None:
        return Found(None, other.anchor)
    for year in (edge.year, edge.year + step):
        found = resolver.days_of(replace(phrase, slots={**phrase.slots, "year": str(year)}))
        begin = None if found.days is None else found.days.first
        if begin is not None and (begin <= edge if step < 0 else begin >= edge):
            return replace(found, whole=other.whole, anchor=other.anchor)
    return Found(None, other.anchor)


def _context_unit(resolver: Resolver, phrase: Phrase) -> Found:
    unit, step = phrase.slots.get("stretch", "day"), TABLES["which_context"][phrase.slots["context"]]
    unit = "day" if unit == "night" else unit
    length = TABLES["units"][unit].get("days")
    offset = None if length is None else step * length
    if phrase.slots["context"] == "the next" and _is_ahead(resolver, phrase) and unit != "day":
        return _ahead_of(resolver, unit, 1)
    base = resolver.last.get(unit if unit in ("day", "week", "month") else "year")
    if base is None or base.first is None:
        return Found(None, "date", offset)
    return Found(period_around(unit, base.first, step), "date", offset)


def _is_ahead(resolver: Resolver, phrase: Phrase) -> bool:
    before = resolver.text[max(0, phrase.start - 8) : phrase.start]
    return re.search(r"\b(?:over|in|for|during|within|of)\s$", before) is not None


#: Name of the meaning in `data/dates.toml` to the function that gives its days.
COUNTED: Final[Mapping[str, Meaning]] = {
    "ago": _ago,
    "hence": _hence,
    "shift": _shift,
    "recent": _recent,
    "coming": _coming,
    "rolling": _rolling,
    "ahead": _ahead,
    "within": _within,
    "edge": _edge,
    "day_part": _day_part,
    "eve": _eve,
    "range": _range,
    "context_unit": _context_unit,
}
