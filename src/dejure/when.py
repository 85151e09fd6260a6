"""Dates as texts give them: earliest and latest day, how precise, and where that is known from.

A date is never a bare date. `When` is an interval of days with a precision and a basis; a bound that the text does not
give is null (open). "Thursday" in a report without a publication date keeps its span and has both bounds null.
"""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass
from typing import Literal, get_args

from dejure.errors import BadDate, RecordError

__all__ = ["Basis", "Part", "Precision", "When", "day", "month", "parse_date", "unknown", "year"]

Precision = Literal["day", "week", "month", "year", "interval", "unknown"]
Basis = Literal["text", "relative", "publication"]
Part = Literal["title", "body"]

_PRECISIONS = frozenset(get_args(Precision))
_BASES = frozenset(get_args(Basis))
_PARTS = frozenset(get_args(Part))


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """An interval of days.

    Parameters
    ----------
    earliest, latest : datetime.date or None
        First and last possible day, both included; None is an open bound.
    precision : {"day", "week", "month", "year", "interval", "unknown"}
        The unit that the text speaks in.
    basis : {"text", "relative", "publication"}
        `text`: the words give the date whole. `relative`: words such as "on Thursday", counted from the publication
        date or from another date of the text. `publication`: no words, just-happened news takes the day it appeared.
    part : {"title", "body"} or None
        The part of the report that the words stand in; None where there are none.
    start, end : int or None
        Offsets of the words, half open, in Unicode code points.
    """

    earliest: dt.date | None
    latest: dt.date | None
    precision: Precision
    basis: Basis
    part: Part | None = None
    start: int | None = None
    end: int | None = None

    def __post_init__(self) -> None:
        if self.precision not in _PRECISIONS or self.basis not in _BASES:
            raise RecordError("a date has a precision or basis that does not exist", value=(self.precision, self.basis))
        if self.earliest and self.latest and self.earliest > self.latest:
            raise RecordError("a date ends before it begins", value=(self.earliest, self.latest))
        if (self.start is None) != (self.end is None) or (self.part is None) != (self.start is None):
            raise RecordError("a date's words need part, start and end together", value=(self.part, self.start))

    @property
    def is_resolved(self) -> bool:
        """Whether at least one bound is known."""
        return self.earliest is not None or self.latest is not None

    def at(self, part: Part, start: int, end: int) -> When:
        """The same date, said by the words at these offsets."""
        return When(
            earliest=self.earliest, latest=self.latest, precision=self.precision, basis=self.basis,
            part=part, start=start, end=end,
        )  # fmt: skip

    def text(self) -> str:
        """Short form for people: `2025-07-03`, `2025-07`, `2025`, `2025-07-03..2025-07-09`, `?`."""
        if not self.is_resolved:
            return "?"
        first, last = self.earliest, self.latest
        if first is not None and self.precision == "day" and first == last:
            return first.isoformat()
        if first is not None and last is not None and self.precision == "month" and _same_month(first, last):
            return first.isoformat()[:7]
        if first is not None and last is not None and self.precision == "year" and first.year == last.year:
            return first.isoformat()[:4]
        return f"{first or ''}..{last or ''}"


def day(date: dt.date, basis: Basis = "text") -> When:
    """One day."""
    return When(earliest=date, latest=date, precision="day", basis=basis)


def month(of_year: int, number: int, basis: Basis = "text") -> When:
    """One calendar month, `number` from 1 to 12."""
    last = calendar.monthrange(of_year, number)[1]
    return When(
        earliest=dt.date(of_year, number, 1), latest=dt.date(of_year, number, last), precision="month", basis=basis
    )


def year(number: int, basis: Basis = "text") -> When:
    """One calendar year."""
    return When(earliest=dt.date(number, 1, 1), latest=dt.date(number, 12, 31), precision="year", basis=basis)


def unknown(basis: Basis = "relative") -> When:
    """A date that words speak of and that cannot be resolved."""
    return When(earliest=None, latest=None, precision="unknown", basis=basis)


def parse_date(text: str, *, what: str = "date") -> dt.date:
    """Read an ISO 8601 day (`2025-07-04`, or a timestamp beginning with one).

    Raises
    ------
    BadDate
        If the text is no such date.
    """
    try:
        return dt.date.fromisoformat(text.strip()[:10])
    except ValueError as error:
        raise BadDate(f"the {what} is not a date", value=text, cure="write it as YYYY-MM-DD") from error


def _same_month(first: dt.date, last: dt.date) -> bool:
    return (first.year, first.month) == (last.year, last.month)
