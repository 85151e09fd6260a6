"""Which days the phrases mean that name a time: days, months, periods, weekdays, feasts. One function a meaning."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from dejure.reading.date_calendar import (
    Days,
    fiscal_days,
    holiday_days,
    interval,
    month_days,
    one_day,
    part_of,
    period_around,
    season_days,
    turn_of_year_days,
    weekend_days,
    year_days,
)
from dejure.reading.date_guards import tense_around
from dejure.reading.date_resolver import Anchor, Found, Meaning, Resolver
from dejure.reading.date_words import TABLES, WEEKDAYS, Phrase, day_number, month_number

__all__ = ["NAMED"]


# ---------------------------------------------------------------------------------------------- days and months
def _day(resolver: Resolver, phrase: Phrase) -> Found:
    slots = phrase.slots
    if "year" in slots:
        return Found(one_day(dt.date(int(slots["year"]), month_number(slots), day_number(slots))), whole=True)
    if "which_year" in slots or "which_month" in slots:
        return _day_of_which(resolver, slots)
    candidates = _each_year(slots, resolver.years_around(8))
    named = WEEKDAYS.get(slots.get("weekday") or slots.get("weekday_short") or "")
    if named is not None and resolver.published is not None:
        fitting = [c for c in candidates if c.first and c.first.weekday() == named]
        close = [c for c in fitting if c.first and abs((c.first - resolver.published).days) < 400]
        candidates = close or candidates
    return resolver.pick(phrase, candidates, near=True)


def _each_year(slots: dict[str, str], years: list[int]) -> list[Days]:
    month, number = month_number(slots), day_number(slots)
    found = []
    for year in years:
        last = month_days(year, month).last
        if last is not None and number <= last.day:
            found.append(one_day(dt.date(year, month, number)))
    return found


def _day_of_which(resolver: Resolver, slots: dict[str, str]) -> Found:
    if resolver.published is None:
        return Found(None, "published")
    if "which_year" in slots:
        year = resolver.published.year + TABLES["which"][slots["which_year"]]
        return Found(one_day(dt.date(year, month_number(slots), day_number(slots))), "published")
    month = period_around("month", resolver.published, TABLES["which"][slots["which_month"]]).first
    assert month is not None
    return Found(one_day(month.replace(day=day_number(slots))), "published")


def _numeric(_resolver: Resolver, phrase: Phrase) -> Found:
    one, other = int(phrase.slots["dd"]), int(phrase.slots["dd2"])
    day, month = max(one, other), min(one, other)
    return Found(one_day(dt.date(int(phrase.slots["year"]), month, day)), whole=True)


def _days(resolver: Resolver, phrase: Phrase) -> Found:
    first = _day(resolver, phrase)
    begin = None if first.days is None else first.days.first
    if begin is None:
        return first
    last = begin.replace(day=int(re.sub(r"\D", "", phrase.slots["day2"])))
    return replace(first, days=interval(begin, last))


def _day_of_month(resolver: Resolver, phrase: Phrase) -> Found:
    if resolver.published is None:
        return Found(None, "published")
    number = day_number(phrase.slots)
    months = [period_around("month", resolver.published, step) for step in range(-2, 3)]
    fitting = [m.first.replace(day=number) for m in months if m.first and m.last and number <= m.last.day]
    return resolver.pick(phrase, [one_day(d) for d in fitting])


def _month(resolver: Resolver, phrase: Phrase) -> Found:
    slots, number = phrase.slots, month_number(phrase.slots)
    if "year" in slots:
        return Found(month_days(int(slots["year"]), number), whole=True)
    if "which_year" in slots and resolver.published is not None:
        return Found(month_days(resolver.published.year + TABLES["which"][slots["which_year"]], number), "published")
    candidates = [month_days(year, number) for year in resolver.years_around()]
    return resolver.by_which(candidates, slots["which"]) if "which" in slots else resolver.pick(phrase, candidates)


def _context_month(resolver: Resolver, phrase: Phrase) -> Found:
    base = resolver.last.get("year")
    if base is None or base.first is None or base.last is None:
        return Found(None, "date")
    number, step = month_number(phrase.slots), TABLES["which_context"][phrase.slots["context"]]
    candidates = [month_days(base.first.year + shifted, number) for shifted in (-1, 0, 1)]
    if step == 0:
        return Found(candidates[1], "date")
    if step < 0:
        return Found([c for c in candidates if c.last and c.last < base.first][-1], "date")
    return Found(next((c for c in candidates if c.first and base.last < c.first), None), "date")


# ------------------------------------------------------------------------------------------------------ periods
def _year(_resolver: Resolver, phrase: Phrase) -> Found:
    return Found(year_days(int(phrase.slots["year"])), whole=True)


def _years(_resolver: Resolver, phrase: Phrase) -> Found:
    return Found(year_days(int(phrase.slots["year"]), _last_year(phrase.slots)), whole=True)


def _last_year(slots: dict[str, str]) -> int | None:
    first = int(slots["year"])
    if "short" not in slots:
        return int(slots["year2"]) if "year2" in slots else None
    last = first // 100 * 100 + int(slots["short"])
    return last if last > first else last + 100


def _fiscal(resolver: Resolver, phrase: Phrase) -> Found:
    if "which" in phrase.slots:
        if resolver.published is None:
            return Found(None, "published")
        return Found(fiscal_days(resolver.published.year + TABLES["which"][phrase.slots["which"]], None), "published")
    return Found(fiscal_days(int(phrase.slots["year"]), _last_year(phrase.slots)), whole=True)


def _decade(_resolver: Resolver, phrase: Phrase) -> Found:
    if "decade_word" in phrase.slots:
        first = TABLES["decades"][phrase.slots["decade_word"]]
    else:
        number = int(re.sub(r"\D", "", phrase.slots["decade"]))
        first = number if number >= 1000 else 1900 + number
    return Found(year_days(first, first + 9), whole=True)


def _century(_resolver: Resolver, phrase: Phrase) -> Found:
    number = day_number(phrase.slots)
    return Found(year_days(number * 100 - 99, number * 100), whole=True)


def _season(resolver: Resolver, phrase: Phrase) -> Found:
    slots = phrase.slots
    name = slots["season"]
    if "year" in slots:
        begins = "year2" in slots or "short" in slots
        return Found(_season_of(name, int(slots["year"]), begins=begins), whole=True)
    if "which_year" in slots:
        if resolver.published is None:
            return Found(None, "published")
        year = resolver.published.year + TABLES["which"][slots["which_year"]]
        return Found(_season_of(name, year, begins=False), "published")
    candidates = [season_days(name, year) for year in resolver.years_around()]
    return resolver.by_which(candidates, slots["which"]) if "which" in slots else resolver.pick(phrase, candidates)


def _season_of(name: str, year: int, *, begins: bool) -> Days:
    """The season of a year; a winter that began or ended in it, unless the words say which."""
    days = season_days(name, year)
    runs_on = days.last is not None and days.last.year > year
    return interval(season_days(name, year - 1).first, days.last) if runs_on and not begins else days


def _quarter(resolver: Resolver, phrase: Phrase) -> Found:
    number = int(phrase.slots.get("quarter") or TABLES["ordinals"][phrase.slots["ordinal"]])
    if "year" in phrase.slots:
        return Found(_quarter_of(int(phrase.slots["year"]), number), whole=True)
    return resolver.pick(phrase, [_quarter_of(year, number) for year in resolver.years_around()])


def _quarter_of(year: int, number: int) -> Days:
    return part_of(year_days(year), 3 * number - 3, 3 * number)


def _half(_resolver: Resolver, phrase: Phrase) -> Found:
    number = int(phrase.slots["half"])
    return Found(part_of(year_days(int(phrase.slots["year"])), 6 * number - 6, 6 * number), whole=True)


def _unit(resolver: Resolver, phrase: Phrase) -> Found:
    if resolver.published is None:
        return Found(None, "published")
    words = resolver.text[phrase.start : phrase.end].lower()
    step = -2 if words.endswith("last") else 2 if words.endswith("next") else 0
    step = TABLES["which"][phrase.slots["which"]] if "which" in phrase.slots else step
    return Found(period_around(phrase.slots["period"], resolver.published, step), "published")


def _this_unit(resolver: Resolver, phrase: Phrase) -> Found:
    """The running year of "the end of the year", or in the past tense the one spoken of before."""
    unit = phrase.slots["stretch"]
    spoken = resolver.last.get(unit) if tense_around(resolver.text, phrase.start, phrase.end) == "past" else None
    base = resolver.published if spoken is None else spoken.first
    return Found(None, "published") if base is None else Found(period_around(unit, base), "published")


# ------------------------------------------------------------------------------------------ days of the week, words
def _weekday_days(number: int, around: dt.date) -> list[Days]:
    """Three like weekdays before a day or on it, then three on it or after, in order."""
    on = around - dt.timedelta(days=(around.weekday() - number) % 7)
    return [one_day(on + dt.timedelta(days=7 * step)) for step in range(-2, 4)]


def _days_apart(days: Days, other: dt.date) -> int:
    return 0 if days.first is None else abs((days.first - other).days)


def _weekday(resolver: Resolver, phrase: Phrase) -> Found:
    if resolver.published is None:
        return Found(None, "published")
    published, slots, number = resolver.published, phrase.slots, WEEKDAYS[phrase.slots["weekday"]]
    if "which_week" in slots or slots.get("which") == "this":
        week = period_around("week", published, TABLES["which"][slots.get("which_week", "this")]).first
        assert week is not None
        return Found(one_day(week + dt.timedelta(days=number)), "published")
    apart = 2 if slots.get("which") in ("last", "next") else 1
    candidates = [
        c for c in _weekday_days(number, published) if "which" not in slots or _days_apart(c, published) >= apart
    ]
    return resolver.by_which(candidates, slots["which"]) if "which" in slots else resolver.pick(phrase, candidates)


def _context_weekday(resolver: Resolver, phrase: Phrase) -> Found:
    step, number = TABLES["which_context"][phrase.slots["context"]], WEEKDAYS[phrase.slots["weekday"]]
    known = resolver.last.get("day")
    base: dt.date | None = None if known is None else known.first
    anchor: Anchor = "date"
    if base is None and step < 0 and "day" not in resolver.last:
        base, anchor = resolver.published, "published"
    if base is None:
        return Found(None, anchor)
    if step == 0:
        monday = base - dt.timedelta(days=base.weekday())
        return Found(one_day(monday + dt.timedelta(days=number)), anchor)
    back, ahead = (base.weekday() - number) % 7 or 7, (number - base.weekday()) % 7 or 7
    return Found(one_day(base + dt.timedelta(days=-back if step < 0 else ahead)), anchor)


def _day_word(resolver: Resolver, phrase: Phrase) -> Found:
    offset = TABLES["day_words"][phrase.slots["day_word"]]
    days = None if resolver.published is None else one_day(resolver.published + dt.timedelta(days=offset))
    return Found(days, "published", offset)


def _overnight(resolver: Resolver, _phrase: Phrase) -> Found:
    if resolver.published is None:
        return Found(None, "published")
    return Found(interval(resolver.published - dt.timedelta(days=1), resolver.published), "published")


def _weekend(resolver: Resolver, phrase: Phrase) -> Found:
    if resolver.published is None:
        return Found(None, "published")
    candidates = [weekend_days(resolver.published + dt.timedelta(days=7 * step)) for step in range(-2, 3)]
    if "which" not in phrase.slots:
        return resolver.pick(phrase, candidates)
    if phrase.slots["which"] == "this":
        return Found(candidates[2], "published")
    if phrase.slots["which"] == "next":
        return Found(candidates[3], "published")
    return resolver.by_which(candidates, phrase.slots["which"])


def _context_weekend(resolver: Resolver, phrase: Phrase) -> Found:
    base, step = resolver.last.get("week"), TABLES["which_context"][phrase.slots["context"]]
    if base is None or base.first is None:
        return Found(None, "date")
    return Found(weekend_days(base.first + dt.timedelta(days=7 * min(step, 0))), "date")


# ---------------------------------------------------------------------------------------------- feasts, turns
def _holiday(resolver: Resolver, phrase: Phrase) -> Found:
    name, slots = phrase.slots["holiday"], phrase.slots
    if "year" in slots:
        days = holiday_days(name, int(slots["year"]))
        whole = year_days(int(slots["year"]))
        return Found(days or interval(whole.first, whole.last), whole=True)
    if "which_year" in slots and resolver.published is not None:
        return Found(holiday_days(name, resolver.published.year + TABLES["which"][slots["which_year"]]), "published")
    candidates = [days for year in resolver.years_around() if (days := holiday_days(name, year)) is not None]
    if not candidates:
        return Found(None)
    if "which" in slots:
        return resolver.by_which(candidates, slots["which"])
    return resolver.pick(phrase, candidates, near=True)


def _turn_of_year(resolver: Resolver, phrase: Phrase) -> Found:
    return resolver.pick(phrase, [turn_of_year_days(year) for year in resolver.years_around()])


def _year_end(resolver: Resolver, _phrase: Phrase) -> Found:
    if resolver.published is None:
        return Found(None, "published")
    row = TABLES["edges"]["end"]
    return Found(part_of(year_days(resolver.published.year), row["from"], row["to"]), "published")


#: Name of the meaning in `data/dates.toml` to the function that gives its days.
NAMED: Final[Mapping[str, Meaning]] = {
    "day": _day,
    "numeric": _numeric,
    "days": _days,
    "day_of_month": _day_of_month,
    "month": _month,
    "context_month": _context_month,
    "year": _year,
    "years": _years,
    "fiscal": _fiscal,
    "decade": _decade,
    "century": _century,
    "season": _season,
    "quarter": _quarter,
    "half": _half,
    "unit": _unit,
    "this_unit": _this_unit,
    "weekday": _weekday,
    "context_weekday": _context_weekday,
    "day_word": _day_word,
    "overnight": _overnight,
    "weekend": _weekend,
    "context_weekend": _context_weekend,
    "holiday": _holiday,
    "turn_of_year": _turn_of_year,
    "year_end": _year_end,
}
