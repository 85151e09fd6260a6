"""Calendar arithmetic on intervals of days: periods, their parts, movable feasts."""

from __future__ import annotations

import calendar
import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from dejure.reading.date_guards import Tense
from dejure.reading.date_words import TABLES
from dejure.when import Basis, Precision, When

__all__ = [
    "Days",
    "choose",
    "fiscal_days",
    "holiday_days",
    "interval",
    "month_days",
    "one_day",
    "part_of",
    "period_around",
    "season_days",
    "shift",
    "shift_months",
    "turn_of_year_days",
    "week_days",
    "weekend_days",
    "year_days",
]

_NEAR_DAYS: Final = 45
_FAR_DAYS: Final = 180


@dataclass(frozen=True, slots=True)
class Days:
    """First and last day with the precision that the words speak in; None is an open bound."""

    first: dt.date | None
    last: dt.date | None
    precision: Precision

    def when(self, basis: Basis) -> When:
        """The same as a `When` without words."""
        return When(earliest=self.first, latest=self.last, precision=self.precision, basis=basis)


def one_day(date: dt.date) -> Days:
    """A day."""
    return Days(date, date, "day")


def interval(first: dt.date | None, last: dt.date | None) -> Days:
    """Days that are no unit of the calendar."""
    return Days(first, last, "interval")


def week_days(date: dt.date) -> Days:
    """The week, Monday to Sunday, around a day."""
    monday = date - dt.timedelta(days=date.weekday())
    return Days(monday, monday + dt.timedelta(days=6), "week")


def weekend_days(date: dt.date) -> Days:
    """The Saturday and Sunday of the week around a day."""
    sunday = date + dt.timedelta(days=6 - date.weekday())
    return interval(sunday - dt.timedelta(days=1), sunday)


def month_days(year: int, month: int) -> Days:
    """A calendar month; months below 1 and above 12 run into other years."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    return Days(dt.date(year, month, 1), dt.date(year, month, calendar.monthrange(year, month)[1]), "month")


def year_days(first: int, last: int | None = None) -> Days:
    """A calendar year, or an interval of several."""
    return Days(dt.date(first, 1, 1), dt.date(last or first, 12, 31), "year" if last in (None, first) else "interval")


def period_around(unit: str, date: dt.date, steps: int = 0) -> Days:
    """The calendar week, month, quarter, year, decade or century around a day, or the one that many steps away."""
    row = TABLES["units"][unit]
    if "months" not in row:
        moved = date + dt.timedelta(days=row.get("days", 1) * steps)
        return one_day(moved) if row["precision"] == "day" else week_days(moved)
    length = row["months"]
    begin = (date.year * 12 + date.month - 1) // length * length + length * steps
    first, last = month_days(0, begin + 1), month_days(0, begin + length)
    return Days(first.first, last.last, row["precision"])


def shift_months(date: dt.date, months: int) -> dt.date:
    """The same day of the month that many months on, or the last day of a shorter month."""
    days = month_days(date.year, date.month + months)
    assert days.first is not None
    assert days.last is not None
    return min(days.first + dt.timedelta(days=date.day - 1), days.last)


def shift(date: dt.date, unit: str, count: int) -> dt.date:
    """A day moved by so many units; hours make days, begun ones counted whole."""
    row = TABLES["units"][unit]
    if "months" in row:
        return shift_months(date, row["months"] * count)
    if "hours" in row:
        return date + dt.timedelta(days=int(math.copysign(math.ceil(abs(row["hours"] * count) / 24), count)))
    return date + dt.timedelta(days=row["days"] * count)


def part_of(days: Days, start: int, end: int) -> Days:
    """From `start` to `end` twelfths of a period: whole months of a year or more, else whole days."""
    first, last = days.first, days.last
    if first is None or last is None:
        return Days(first, last, "interval")
    length = (last.year - first.year) * 12 + last.month - first.month + 1
    if length >= 12:
        begin, stop = math.floor(length * start / 12), math.ceil(length * end / 12)
        return interval(
            month_days(first.year, first.month + begin).first, month_days(first.year, first.month + stop - 1).last
        )
    total = (last - first).days + 1
    begin, stop = math.floor(total * start / 12), math.ceil(total * end / 12)
    return interval(first + dt.timedelta(days=begin), first + dt.timedelta(days=stop - 1))


def season_days(season: str, year: int) -> Days:
    """The season that begins in a year."""
    month, length = TABLES["seasons"][season]
    return interval(month_days(year, month).first, month_days(year, month + length - 1).last)


def fiscal_days(first: int, last: int | None) -> Days:
    """Bounds of a fiscal year, which may be called after the year it begins or the year it ends in."""
    if last is not None:
        return year_days(first, last)
    begin, end = TABLES["fiscal_year"]["from"], TABLES["fiscal_year"]["to"]
    return interval(dt.date(first - 1, *begin), dt.date(first + 1, *end))


def turn_of_year_days(year: int) -> Days:
    """The days around the end of a year."""
    row = TABLES["turn_of_year"]
    return interval(dt.date(year, *row["from"]), dt.date(year + 1, *row["to"]))


def holiday_days(name: str, year: int) -> Days | None:
    """A feast in a year; None where it depends on the country or on the moon."""
    row: dict[str, Any] = TABLES["holidays"][name]
    if "day" in row:
        return one_day(dt.date(year, *row["day"]))
    if "span" in row:
        month, day, end_month, end_day = row["span"]
        return interval(dt.date(year, month, day), dt.date(year + (end_month < month), end_month, end_day))
    if "nth" in row:
        return one_day(_nth_weekday(year, *row["nth"]))
    if "easter" not in row:
        return None
    first = _easter(year, orthodox=row.get("orthodox", False)) + dt.timedelta(days=row["easter"])
    return one_day(first) if "length" not in row else interval(first, first + dt.timedelta(days=row["length"] - 1))


def _nth_weekday(year: int, month: int, weekday: int, which: int) -> dt.date:
    days = month_days(year, month)
    assert days.first is not None
    assert days.last is not None
    if which < 0:
        return days.last - dt.timedelta(days=(days.last.weekday() - weekday) % 7)
    return days.first + dt.timedelta(days=(weekday - days.first.weekday()) % 7 + 7 * (which - 1))


def _easter(year: int, *, orthodox: bool = False) -> dt.date:
    """Easter Sunday, Gregorian (Meeus, Jones and Butcher) or Julian (Meeus) turned Gregorian."""
    if orthodox:
        a, b, c = year % 4, year % 7, year % 19
        d = (19 * c + 15) % 30
        e = (2 * a + 4 * b - d + 34) % 7
        month, day = divmod(d + e + 114, 31)
        return dt.date(year, month, day + 1) + dt.timedelta(days=year // 100 - year // 400 - 2)
    a, (b, c) = year % 19, divmod(year, 100)
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    month, day = divmod(h + weekday - 7 * ((a + 11 * h + 22 * weekday) // 451) + 114, 31)
    return dt.date(year, month, day + 1)


def choose(candidates: Sequence[Days], published: dt.date, tense: Tense | None, *, near: bool = False) -> Days | None:
    """Which of several like dates is meant: the latest that had begun, or in the future tense the next not yet over.

    With `near`, a date close ahead is preferred to one long past where the tense is not known.
    """
    begun = [c for c in candidates if c.first is not None and c.first <= published]
    ahead = [c for c in candidates if c.last is not None and c.last >= published]
    past, coming = begun[-1] if begun else None, ahead[0] if ahead else None
    if tense == "future" or past is None:
        return coming or past
    if near and tense is None and coming is not None and coming.first is not None and past.last is not None:
        is_near = (coming.first - published).days <= _NEAR_DAYS and (published - past.last).days >= _FAR_DAYS
        return coming if is_near else past
    return past
