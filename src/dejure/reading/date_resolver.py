"""What a phrase of time is resolved with: the publication day, the dates spoken of before, the tense of the clause.

A phrase counts from its own words, from the publication day, from a date spoken of before in the text, or from an
event; `Found` says which. What the words and these do not give stays open.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from dejure.reading.date_calendar import Days, choose
from dejure.reading.date_guards import Tense, preposition_before, tense_around
from dejure.reading.date_words import TABLES, Phrase
from dejure.when import Part

__all__ = ["Anchor", "Found", "Meaning", "Resolver"]

Anchor = Literal["event", "date", "published"]


@dataclass(frozen=True, slots=True)
class Found:
    """What a phrase resolves to: the days, if known, and what they were counted from."""

    days: Days | None
    anchor: Anchor | None = None
    offset: int | None = None
    whole: bool = False


@dataclass(slots=True)
class Resolver:
    """Resolves the phrases of one text in order, and remembers the last date of each precision."""

    text: str
    published: dt.date | None
    part: Part
    meanings: Mapping[str, Meaning]
    last: dict[str, Days | None] = field(default_factory=dict)

    def resolve(self, phrase: Phrase) -> Found:
        """The days of a phrase, remembered for those that count from it."""
        found = self.days_of(phrase)
        self.remember(found)
        return found

    def days_of(self, phrase: Phrase) -> Found:
        """The days of a phrase; what lies outside the calendar is unresolved."""
        try:
            return self.meanings[phrase.means](self, phrase)
        except (ValueError, OverflowError):
            return Found(None)

    def remember(self, found: Found) -> None:
        """Keep the days for each unit that they are fine enough for; an unresolved day forgets the one before."""
        days = found.days
        if days is None:
            if found.anchor is not None:
                self.last["day"] = self.last["week"] = None
            return
        order = ("day", "week", "month", "year")
        first = order.index(days.precision) if days.precision in order else len(order)
        for unit in order[first:]:
            if unit != "month" or days.precision != "week":
                self.last[unit] = days

    # ------------------------------------------------------------------------------------------ what is around
    def tense(self, phrase: Phrase) -> Tense | None:
        """The tense; a time by which something is to be done lies ahead unless it "had" been done."""
        if preposition_before(self.text, phrase.start) in ("by", "deadline"):
            around = self.text[max(0, phrase.start - 60) : phrase.end + 60]
            return "past" if re.search(r"\bhad\b", around) else "future"
        return tense_around(self.text, phrase.start, phrase.end, headline=self.part == "title")

    def pick(self, phrase: Phrase, candidates: list[Days], *, near: bool = False, tense: Tense | None = None) -> Found:
        """One of several like dates, by the tense of the clause."""
        if self.published is None:
            return Found(None, "published")
        tense = tense or self.tense(phrase)
        return Found(choose(candidates, self.published, tense, near=near), "published")

    def years_around(self, reach: int = 2) -> list[int]:
        """Years about the publication day."""
        middle = self.published.year if self.published else 2000
        return [y for y in range(middle - reach, middle + reach + 1) if dt.MINYEAR < y < dt.MAXYEAR]

    def by_which(self, candidates: list[Days], which: str) -> Found:
        """The last, this or the next of several like dates."""
        if self.published is None:
            return Found(None, "published")
        published, step = self.published, TABLES["which"][which]
        if step < 0:
            return Found(next((c for c in reversed(candidates) if c.last and c.last < published), None), "published")
        if step > 0:
            return Found(next((c for c in candidates if c.first and c.first > published), None), "published")
        running = [c for c in candidates if c.first and c.last and c.first <= published <= c.last]
        same_year = [c for c in candidates if c.first and c.first.year == published.year]
        return Found(next(iter(running or same_year), None), "published")


Meaning: TypeAlias = Callable[[Resolver, Phrase], Found]
