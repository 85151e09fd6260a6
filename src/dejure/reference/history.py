"""Acts of recognition since 1778 as shipped, with the bounds of their dates, their sources and how far to trust them.

The tables are `history.csv` (acts) and `history_series.csv` (what each series holds, and for which time it is
complete); `scripts/build_history` writes them from `reference/sources/history`.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal, cast, get_args

from dejure.errors import ReferenceTableError
from dejure.records import ACTS, Act, Capacity, Kind, Manner
from dejure.reference.overlay import tabled
from dejure.reference.tables import read_table
from dejure.when import Precision

__all__ = [
    "REFERENCE_GRADES",
    "Grade",
    "HistoricalAct",
    "HistoricalSeries",
    "Scope",
    "load_history",
    "load_history_series",
]

Grade = Literal["A", "B+", "B", "B-", "C", "single"]
Scope = Literal["states", "un-members", "listed", "named"]

#: Grades whose rows are a reference; the others are claims.
REFERENCE_GRADES: frozenset[str] = frozenset({"A", "B+", "B"})


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoricalAct:
    """One act of a series.

    Attributes
    ----------
    entry : str
        `series/earliest/recogniser/recognised/act`: unique, made of the content.
    recogniser : str
        Actor id: ISO 3166 alpha-3, an organisation's acronym, or a polity slug. It is the actor of the day: the Soviet
        Union and not Russia in 1949.
    recogniser_slug : str or None
        Polity slug; None for an organisation.
    asserted : bool
        False where a third party claims the act; `attributed_to` names it.
    earliest, latest : datetime.date
        First and last possible day, spanning all sources.
    effective_earliest, effective_latest : datetime.date or None
        When the act took effect, where that is another time.
    known_earliest, known_latest : datetime.date
        First and last day on which the evidence can have become public: the appearance of the document where it is of
        the time. `known_assumed` where the document is undated or appeared more than a year later; the first day is
        then the last day of the act.
    disputed_by : str or None
        Actor id of who contests the act; None though `disputed` where sources contradict each other.
    inherited_from : tuple of str
        Entries of the acts of earlier actors that this row carries on; the row is then no act of its own and its date
        is the day of the succession.
    grade : {"A", "B+", "B", "B-", "C", "single"}
        Trust in the series; see `is_reference`.
    """

    entry: str
    series: str
    recogniser: str
    recogniser_slug: str | None
    recognised: str
    capacity: Capacity
    act: Act
    manner: Manner | None
    kind: Kind | None
    asserted: bool
    attributed_to: str | None
    earliest: dt.date
    latest: dt.date
    precision: Precision
    effective_earliest: dt.date | None
    effective_latest: dt.date | None
    known_earliest: dt.date
    known_latest: dt.date
    known_assumed: bool
    disputed: bool
    disputed_by: str | None
    inherited_from: tuple[str, ...]
    condition: str | None
    grade: Grade
    note: str
    source: str
    source_type: str
    source_url: str | None

    def __post_init__(self) -> None:
        if self.act not in ACTS or self.grade not in get_args(Grade) or self.precision not in get_args(Precision):
            raise ReferenceTableError("an act of the history has a word that does not exist", value=self.entry)
        if self.earliest > self.latest or self.known_earliest > self.known_latest:
            raise ReferenceTableError("an act of the history ends before it begins", value=self.entry)

    @property
    def is_reference(self) -> bool:
        """Whether the row belongs to a series that can be trusted for its time, as against a claim."""
        return self.grade in REFERENCE_GRADES

    @property
    def is_inherited(self) -> bool:
        """Whether the row carries on the act of an earlier actor."""
        return bool(self.inherited_from)


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoricalSeries:
    """What a series holds.

    Attributes
    ----------
    recognised : tuple of str
        Slugs of the polities that it is about.
    acts : frozenset of str
        The acts that it is complete for within its time.
    complete_from, complete_to : datetime.date or None
        First and last day on which the absence of an act means that there was none; None if never.
    scope : {"states", "un-members", "listed", "named"}
        For whom that holds: all states, members of the United Nations, the recognisers that appear in the series, or
        the actors in `actors`.
    actors : frozenset of str
        Actor ids of a named scope.
    """

    series: str
    recognised: tuple[str, ...]
    acts: frozenset[str]
    complete_from: dt.date | None
    complete_to: dt.date | None
    scope: Scope
    actors: frozenset[str]
    grade: Grade
    note: str

    @property
    def is_reference(self) -> bool:
        """Whether the series can be trusted for its time, as against claims."""
        return self.grade in REFERENCE_GRADES

    def is_complete_on(self, date: dt.date) -> bool:
        """Whether the absence of an act up to this day means that there was none, for those in scope."""
        if self.complete_from is None or self.complete_to is None:
            return False
        return self.complete_from <= date <= self.complete_to


@tabled
def load_history() -> tuple[HistoricalAct, ...]:
    """All acts in the order of their entries.

    Raises
    ------
    ReferenceTableError
        If a cell holds a word or date that cannot be.
    """
    return tuple(_act(row) for row in read_table("history.csv"))


@tabled
def load_history_series() -> dict[str, HistoricalSeries]:
    """All series by name."""
    return {row["series"]: _series(row) for row in read_table("history_series.csv")}


def _act(row: dict[str, str]) -> HistoricalAct:
    return HistoricalAct(
        entry=row["entry"], series=row["series"], recogniser=row["recogniser"],
        recogniser_slug=row["recogniser_slug"] or None, recognised=row["recognised"],
        capacity=cast(Capacity, row["capacity"]), act=cast(Act, row["act"]),
        manner=cast("Manner | None", row["manner"] or None),
        kind=cast("Kind | None", row["kind"] or None), asserted=row["asserted"] == "1",
        attributed_to=row["attributed_to"] or None, earliest=_needed(row, "earliest"), latest=_needed(row, "latest"),
        precision=cast(Precision, row["precision"]), effective_earliest=_day(row["effective_earliest"]),
        effective_latest=_day(row["effective_latest"]), known_earliest=_needed(row, "known_earliest"),
        known_latest=_needed(row, "known_latest"), known_assumed=row["known_assumed"] == "1",
        disputed=row["disputed"] == "1", disputed_by=row["disputed_by"] or None,
        inherited_from=tuple(_parts(row["inherited_from"])), condition=row["condition"] or None,
        grade=cast(Grade, row["grade"]), note=row["note"], source=row["source"], source_type=row["source_type"],
        source_url=row["source_url"] or None,
    )  # fmt: skip


def _series(row: dict[str, str]) -> HistoricalSeries:
    general = row["scope"] in ("states", "un-members", "listed")
    return HistoricalSeries(
        series=row["series"], recognised=tuple(_parts(row["recognised"])), acts=frozenset(_parts(row["acts"])),
        complete_from=_day(row["complete_from"]), complete_to=_day(row["complete_to"]),
        scope=cast(Scope, row["scope"]) if general else "named",
        actors=frozenset() if general else frozenset(_parts(row["scope"])),
        grade=cast(Grade, row["grade"]), note=row["note"],
    )  # fmt: skip


def _parts(cell: str) -> list[str]:
    return [part for part in cell.split("|") if part]


def _needed(row: dict[str, str], column: str) -> dt.date:
    found = _day(row[column])
    if found is None:
        raise ReferenceTableError("an act of the history lacks a date", value=(row["entry"], column))
    return found


def _day(cell: str) -> dt.date | None:
    if not cell:
        return None
    try:
        return dt.date.fromisoformat(cell)
    except ValueError as error:
        raise ReferenceTableError("the history holds a date that is none", value=cell) from error
