"""All that a report on a polity tells, asked of a ledger once; nothing here knows how it will look."""

from __future__ import annotations

import calendar
import datetime as dt
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from dejure.ledger import ActRecord, Contradiction, Count, CountRules, Entry, Ledger, Series, SourceReport, Standing
from dejure.ledger.contradictions import contradictions_of
from dejure.ledger.counts import tally
from dejure.ledger.live import Clock
from dejure.ledger.parties import name_of, polity_of, states_on
from dejure.ledger.rules import load_facts
from dejure.records import Capacity
from dejure.reference.tables import Polity, load_polities, reference_hash

__all__ = [
    "CLASSES",
    "Handout",
    "Point",
    "Quote",
    "Recent",
    "Row",
    "Source",
    "country_slug",
    "make_handout",
    "name_key",
]

#: What a state is drawn and listed as, and how that is told; the order is that of the tables.
CLASSES = {
    "yes": "recognises it",
    "maybe": "possibly: the sources leave it open",
    "uncounted": "only on a ground that these rules do not count",
    "ended": "withdrawn, frozen or lapsed",
    "not": "known not to recognise it",
    "unknown": "unknown",
}

_MOST_SOURCES_OF_A_ROW = 4
_MOST_QUOTES = 300
_MOST_RECENT = 400
# Counting a day costs time in proportion to the acts: the timeline of a polity with very many has fewer days.
_MOST_DAYS, _LEAST_DAYS = 160, 24
_ACTS_COUNTED = 400_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A report, list or document, under the number by which the page names it."""

    number: int
    report: SourceReport
    grades: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A state or organisation: as what it is drawn (one of `CLASSES`), where it stands, and the numbers of sources."""

    actor: str
    name: str
    drawn: str
    standing: Standing
    is_contested: bool
    sources: tuple[int, ...]
    more_sources: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """Words of a report that support an act, with the number of their source."""

    act: ActRecord
    entry: Entry
    source: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Recent:
    """An act of the year before, with the numbers of its sources."""

    act: ActRecord
    sources: tuple[int, ...]
    more_sources: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """The count on a day."""

    day: dt.date
    certain: int
    possible: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Handout:
    """What the page is made of.

    Attributes
    ----------
    count, before : Count
        On the day, and a year earlier by the same rules and the same state of knowledge.
    rows : tuple of Row
        All who did something, and all states of the day.
    recent, recent_left_out : tuple of Recent, int
        Acts that happened, or may have happened, in the year before; the last ones, and how many had no room.
    points : tuple of Point
        The count over time.
    quotes, left_out : tuple of Quote, int
        And how many quotes had no room.
    head : str or None
        Length and head of the chain of the user's ledger; None: the shipped history alone.
    """

    polity: Polity
    clock: Clock
    count: Count
    before: Count
    rows: tuple[Row, ...]
    recent: tuple[Recent, ...]
    recent_left_out: int
    acts: int
    points: tuple[Point, ...]
    contradictions: tuple[Contradiction, ...]
    series: tuple[Series, ...]
    sources: tuple[Source, ...]
    quotes: tuple[Quote, ...]
    left_out: int
    reference: str
    head: str | None

    def of_class(self, drawn: str) -> tuple[Row, ...]:
        """The rows of one class, in the order of their names."""
        return tuple(row for row in self.rows if row.drawn == drawn)


def make_handout(
    ledger: Ledger, polity: str, rules: CountRules | None = None, *, on: dt.date | None = None,
    known: dt.date | None = None, recorded: dt.datetime | None = None, capacity: Capacity | None = None,
) -> Handout:  # fmt: skip
    """Ask a ledger for all that a report tells.

    Parameters
    ----------
    ledger : Ledger
    polity : str
        Slug, id or name.
    rules : CountRules, optional
        What counts; that of `dejure count` by default.
    on, known, recorded, capacity
        As in `Ledger.view`.
    """
    rules = rules or CountRules()
    view = ledger.view(polity, on=on, known=known, recorded=recorded, capacity=capacity)
    clock, slug = view.clock, view.polity.slug
    clocks: dict[str, Any] = {"known": known, "recorded": recorded}
    found = ledger.count(slug, rules, on=clock.on, capacity=capacity, **clocks)
    year_before = _year_before(clock.on)
    acts = ledger.acts(slug, on=clock.on, **clocks)
    rivals = [one for rival, _ in load_facts().rivals_of(slug) for one in ledger.acts(rival, on=clock.on, **clocks)]
    sources = _Sources([*acts, *rivals])
    standings = {one.recogniser: one for one in view.standings(everybody=True)}
    unknown = {load_polities()[state].actor_id for state in states_on(clock.on)} - {view.polity.actor_id}
    for actor in sorted(unknown - standings.keys()):
        standings[actor] = view.standing(actor)
    present = [one for one in standings.values() if one.recogniser in unknown or _has_place(one)]
    rows = sorted((_row(one, found, sources) for one in present), key=lambda row: (name_key(row.name), row.actor))
    late = [one for one in acts if _reaches(one, year_before, clock.on)]
    quotes, left_out = _quotes(acts, sources)
    contradictions = tuple(contradictions_of([one for one in acts if one.recognised == slug]))
    recent = tuple(
        Recent(act=one, sources=numbers, more_sources=more)
        for one in late[-_MOST_RECENT:]
        for numbers, more in [sources.of_ids([entry.id for entry in one.entries])]
    )
    points = tuple(
        Point(day=day, certain=certain, possible=possible)
        for day in _days(acts, clock.on)
        for certain, possible in [tally(ledger.view(slug, on=day, capacity=capacity, **clocks), rules)]
    )
    return Handout(
        polity=view.polity, clock=clock, count=found, rows=tuple(rows), acts=len(acts), recent=recent,
        recent_left_out=len(late) - len(recent),
        before=ledger.count(slug, rules, on=year_before, capacity=capacity, **clocks), points=points,
        contradictions=contradictions, series=tuple(view.series), sources=sources.named(),
        quotes=quotes, left_out=left_out, reference=reference_hash(), head=_head(ledger),
    )  # fmt: skip


class _Sources:
    """Gives each source its number when it is first named."""

    def __init__(self, acts: Iterable[ActRecord]) -> None:
        self._entries = {entry.id: entry for act in acts for entry in act.entries}
        self._numbers: dict[str, int] = {}
        self._reports: dict[str, SourceReport] = {}
        self._grades: dict[str, set[str]] = {}

    def numbers(self, entries: Iterable[Entry]) -> tuple[int, ...]:
        found = []
        for entry in entries:
            if entry.report is None:
                continue
            key = entry.report.id
            self._reports.setdefault(key, entry.report)
            self._grades.setdefault(key, set()).update(filter(None, [entry.grade]))
            found.append(self._numbers.setdefault(key, len(self._numbers) + 1))
        return tuple(dict.fromkeys(found))

    def of_ids(self, ids: Sequence[str]) -> tuple[tuple[int, ...], int]:
        """Numbers of the first few sources, and how many more there are."""
        entries = [self._entries[one] for one in ids if one in self._entries]
        reports = list({one.report.id: one for one in entries if one.report}.values())
        shown = reports[:_MOST_SOURCES_OF_A_ROW]
        return self.numbers(shown), len(reports) - len(shown)

    def named(self) -> tuple[Source, ...]:
        return tuple(
            Source(number=number, report=self._reports[key], grades=tuple(sorted(self._grades[key])))
            for key, number in self._numbers.items()
        )


def _has_place(standing: Standing) -> bool:
    """Whether a state that is none of the day has something to tell; one that acted later only, has not."""
    polity = polity_of(standing.recogniser, standing.on)
    is_there = polity is None or polity.validity.distance_days(standing.on) == 0
    return is_there or standing.standing not in ("unknown", "not_recognised") or standing.announced != "none"


def _row(standing: Standing, count: Count, sources: _Sources) -> Row:
    actor = standing.recogniser
    contested = [entry for one in standing.contests for entry in one.entries]
    ids = dict.fromkeys([*standing.entries, *contested, *standing.announced_entries])
    numbers, more = sources.of_ids(list(ids))
    return Row(
        actor=actor, name=name_of(actor), drawn=_drawn(standing, count), standing=standing, sources=numbers,
        more_sources=more, is_contested=standing.dispute == "contested" or actor in count.contested_ids,
    )  # fmt: skip


def _drawn(standing: Standing, count: Count) -> str:
    """What the count says comes first: it may go by other rules than the standing."""
    if standing.recogniser in count.certain_ids:
        return "yes"
    if standing.recogniser in count.only_possible_ids:
        return "maybe"
    names = {"recognised": "uncounted", "not_recognised": "not", "unknown": "unknown"}
    return names.get(standing.standing, "ended")


def _quotes(acts: Iterable[ActRecord], sources: _Sources) -> tuple[tuple[Quote, ...], int]:
    """Words that stand in a report, and how many had no room. A row of a table is no quotation; copies count once."""
    found: dict[tuple[str | None, str, str], tuple[ActRecord, Entry]] = {}
    for act in acts:
        for entry in act.entries:
            if entry.evidence is not None and entry.evidence.part is not None and entry.report is not None:
                words = (act.recogniser, act.act, " ".join(entry.evidence.quote.split()))
                found.setdefault(words, (act, entry))
    kept = list(found.values())[:_MOST_QUOTES]
    quotes = tuple(Quote(act=act, entry=entry, source=sources.numbers([entry])[0]) for act, entry in kept)
    return quotes, len(found) - len(kept)


def _year_before(day: dt.date) -> dt.date:
    """The same day of the year before; of 29 February the 28th."""
    last = calendar.monthrange(day.year - 1, day.month)[1]
    return dt.date(day.year - 1, day.month, min(day.day, last))


def _reaches(act: ActRecord, first: dt.date, last: dt.date) -> bool:
    """Whether an act may have happened after one day and by another; what has no date at all is not recent."""
    if act.date is None or (act.date.earliest is None and act.date.latest is None):
        return False
    return (act.date.latest or dt.date.max) > first and (act.date.earliest or dt.date.min) <= last


def _days(acts: Sequence[ActRecord], on: dt.date) -> list[dt.date]:
    """Days on which the count may change, to draw it; of very many, an even choice with the first and the last."""
    bounds = {day for act in acts if act.date for day in (act.date.earliest, act.date.latest) if day and day <= on}
    if not bounds:
        return [on]
    days = sorted({min(bounds) - dt.timedelta(days=1), *bounds, on})
    most = max(_LEAST_DAYS, min(_MOST_DAYS, _ACTS_COUNTED // max(1, len(acts))))
    if len(days) <= most:
        return days
    return sorted({days[place * (len(days) - 1) // (most - 1)] for place in range(most)})


def _head(ledger: Ledger) -> str | None:
    if ledger.store is None:
        return None
    from dejure.ledger.integrity import checkpoint

    found = checkpoint(ledger.store)
    return f"{found.count} rows, head {found.head[:16]}"


def name_key(name: str) -> str:
    """What orders names as people look for them: Côte d'Ivoire before Croatia."""
    return "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c)).casefold()


def country_slug(actor: str, on: dt.date) -> str | None:
    """Slug of the state whose place on the map an actor has."""
    polity = polity_of(actor, on)
    if polity is None:
        return None
    return polity.parent if polity.kind == "government" and polity.parent else polity.slug
