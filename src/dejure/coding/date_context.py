"""Dates that the words round them complete: "on 8 May, ... on the 14th", "17 May" in a tale of 1948, "Monday 2nd".

The reading resolves each date by itself, against the day of publication. Here a day without a month takes that of the
date told before it, and a day without a year the year of a history that the text is in the middle of.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import replace

from dejure.coding.chronicles import of_chronicle
from dejure.reading.dates import DateMention
from dejure.reading.reading import Reading
from dejure.when import Part, When, day, month

__all__ = ["in_context", "news_before"]

_ORDINAL = re.compile(r"^(?:the )?(\d{1,2})(?:st|nd|rd|th)$", re.IGNORECASE)
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
_YEAR_BEFORE = re.compile(r"\b((?:1[5-9]|20)\d\d),? $")
# "Then, in 1969, too many came. Iraq did so on 30 April": a year at the head of a sentence is that of what follows.
_FRONTED = re.compile(r"(?:^|[.!?]\s+|\n\s*)(?:\w+,? )?in $", re.IGNORECASE)
_ORDINAL_BEHIND = re.compile(r"^,? (?:the )?(\d{1,2})(?:st|nd|rd|th)\b")
_INDEFINITE = re.compile(r"\b(?:a|an|one) $", re.IGNORECASE)
_SAME_DAY = re.compile(r"^(?:the|that|this) (?:same |very )?(?:day|evening|night|morning|afternoon)$", re.IGNORECASE)
#: "last November" is counted from today, whatever is told before.
_OF_NOW = re.compile(r"^(?:in )?(?:last|this|next)\b", re.IGNORECASE)
_MONTHS = re.compile(r"\b(?:" + "|".join(m for m in calendar.month_name if m) + r")\b", re.IGNORECASE)
_WEEKDAYS = {name.lower(): number for number, name in enumerate(calendar.day_name)}
#: How far apart two dates of one tale may stand, in characters; how old a tale must be to be history.
_DECEMBER = 12
_REACH, _HISTORY_DAYS, _HALF_YEAR, _YEAR_DAYS = 420, 500, 180, 366


def in_context(reading: Reading, when: When | None) -> When | None:
    """A date as its context completes it; what stands whole, or has no words, stays as it is."""
    if when is None or when.start is None or when.part is None or reading.published is None:
        return when
    found = _completed(reading, when.part).get((when.start, when.end or 0))
    return found.at(when.part, when.start, when.end or when.start) if found is not None else when


def news_before(reading: Reading, part: Part, offset: int) -> bool:
    """Whether a date of the last weeks was told before this place."""
    if reading.published is None:
        return False
    first = reading.published - dt.timedelta(days=_HISTORY_DAYS)
    mentions = reading.dates if part == "body" else reading.title_dates
    return any(m.start < offset and m.when.latest is not None and m.when.latest >= first for m in mentions)


def _completed(reading: Reading, part: Part) -> dict[tuple[int, int], When]:
    """The dates of one part that others complete, by their offsets."""
    text = reading.text(part)
    published = reading.published or dt.date.max
    found: dict[tuple[int, int], When] = {}
    last: tuple[DateMention, When] | None = None
    chronicle = of_chronicle(text, reading.dates, published) if part == "body" else {}
    for mention in reading.dates if part == "body" else reading.title_dates:
        before = last if last is not None and mention.start - last[0].end <= _REACH else None
        when = _by_its_day(text, mention, published) or _by_its_label(text, mention)
        when = when or chronicle.get((mention.start, mention.end))
        when = when or _by_the_one_before(text, mention, before, published)
        if when is not None:
            found[(mention.start, mention.end)] = when
        now = when or mention.when
        opens = now.precision == "year" and _FRONTED.search(text[max(0, mention.start - 24) : mention.start])
        if now.earliest is not None and (now.precision in ("day", "month") or opens):
            last = (mention, now)
    return found


_YEAR_OF_LINE = re.compile(r"\W*((?:1[5-9]|20)\d\d)\s*(?::|[-–—.]\s)")


def _by_its_label(text: str, mention: DateMention) -> When | None:
    """A day or month without a year in a line that a year heads ("1984: Peru recognised X on 16 August")."""
    line = text.rfind("\n", 0, mention.start) + 1
    year = _YEAR_OF_LINE.match(text, line, line + 12)
    if year is None or mention.start < year.end() or _YEAR.search(mention.quote) or not _MONTHS.search(mention.quote):
        return None
    return _in_year(mention.when, int(year[1])) if mention.when.precision in ("day", "month") else None


def _by_its_day(text: str, mention: DateMention, published: dt.date) -> When | None:
    """A weekday with its day of the month behind it ("Monday 2nd"), a day with its year before ("1984, 16 August")."""
    number = _WEEKDAYS.get(mention.quote.lower())
    behind = _ORDINAL_BEHIND.match(text[mention.end : mention.end + 12])
    if number is not None and behind is not None:
        for back in range(_YEAR_DAYS):
            one = published - dt.timedelta(days=back)
            if one.weekday() == number and one.day == int(behind[1]):
                return day(one, "relative")
    if number is not None and _INDEFINITE.search(text[: mention.start]):
        return replace(mention.when, earliest=None, latest=None, precision="unknown")
    year = _YEAR_BEFORE.search(text[max(0, mention.start - 8) : mention.start])
    if year is not None and mention.when.precision == "day" and not _YEAR.search(mention.quote):
        return _in_year(mention.when, int(year[1]))
    return None


def _by_the_one_before(
    text: str, mention: DateMention, before: tuple[DateMention, When] | None, published: dt.date
) -> When | None:
    if before is None or before[1].earliest is None:
        return None
    earlier, known = before[0], before[1].earliest
    ordinal = _ORDINAL.match(mention.quote)
    if ordinal is not None and before[1].precision != "year" and "\n" not in text[earlier.end : mention.start]:
        return _day_of_month(known, int(ordinal[1]), published)
    is_history = known < published - dt.timedelta(days=_HISTORY_DAYS)
    is_changed = before[1] != earlier.when
    if mention.anchor == "date" and (is_changed or is_history) and before[1].precision == "day":
        if mention.offset_days is not None:
            return day(known + dt.timedelta(days=mention.offset_days), "relative")
        return day(known, "relative") if _SAME_DAY.match(mention.quote) else None
    has_month = _MONTHS.search(mention.quote) is not None and not _YEAR.search(mention.quote)
    is_loose = mention.anchor == "published" and _OF_NOW.match(mention.quote) is None
    if is_history and has_month and is_loose and mention.when.earliest is not None:
        moved = _in_year(mention.when, known.year)
        if moved is not None and moved.earliest is not None and moved.earliest < known - dt.timedelta(days=_HALF_YEAR):
            moved = _in_year(mention.when, known.year + 1)
        return moved
    return None


def _day_of_month(known: dt.date, number: int, published: dt.date) -> When | None:
    """The day of that number in the month of a known date, or in the next where it has passed."""
    year, of_month = known.year, known.month
    if number < known.day:
        year, of_month = (year, of_month + 1) if of_month < _DECEMBER else (year + 1, 1)
    if not 1 <= number <= calendar.monthrange(year, of_month)[1]:
        return None
    found = dt.date(year, of_month, number)
    return day(found, "relative") if found <= published or known > published else None


def _in_year(when: When, year: int) -> When | None:
    """The same day or month of another year."""
    if when.earliest is None:
        return None
    if when.precision == "month":
        return month(year, when.earliest.month, "relative")
    last = calendar.monthrange(year, when.earliest.month)[1]
    return day(dt.date(year, when.earliest.month, min(when.earliest.day, last)), "relative")
