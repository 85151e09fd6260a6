"""Dated acts of one wave: who recognised, between which days, and since when that was known.

Two forms of table are read: the series form (`recogniser, recogniser_iso3, ..., date_earliest, date_latest`) and the
history form (`recogniser_slug, ..., earliest, latest`). A row that cannot be used is kept with its reason.
"""

from __future__ import annotations

import calendar
import csv
import datetime as dt
import functools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from dejure.analysis.states import ContestedPolity, StateSystem, load_contested
from dejure.errors import InputMissing, MalformedTable
from dejure.reference.tables import load_polities, read_table

__all__ = ["SHIPPED", "DatedAct", "RejectedRow", "Series", "joined", "read_series", "series_of_rows", "shipped_series"]

#: Series of the shipped history that are complete enough to be fitted on; the others are claims.
SHIPPED = ("kosovo", "palestine", "prc_relations", "sahrawi", "venezuela_guaido")

_FIRST = frozenset({"recognise", "recognise_de_facto", "establish", "establish_relations", "establish-relations"})
_AGAIN = frozenset({"resume", "resume_relations", "reaffirm", "switch"})
_BACK = frozenset({"withdraw", "freeze", "suspend", "sever-relations"})
_POSITIONS = frozenset({"intend", "condition", "consider", "refuse"})


@dataclass(frozen=True, slots=True, kw_only=True)
class DatedAct:
    """One act of one state.

    Attributes
    ----------
    recogniser : str
        Slug of the state.
    act : str
        `recognise` (the first), `withdraw`, or a position: `intend`, `condition`, `consider`, `refuse`.
    earliest, latest : datetime.date
        The act lies between them, both included.
    known : datetime.date
        From this day on it may be used: an act that is known only as an interval, at its end.
    joint : str
        Equal and not empty for acts of one joint statement.
    """

    recogniser: str
    act: str
    earliest: dt.date
    latest: dt.date
    known: dt.date
    disputed: bool = False
    joint: str = ""
    source: str = ""

    @property
    def is_day(self) -> bool:
        """Whether the day is known."""
        return self.earliest == self.latest


@dataclass(frozen=True, slots=True, kw_only=True)
class RejectedRow:
    """A row that is not used: its line in the file and why."""

    line: int
    who: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """One wave: a polity, the day of its claim and the acts towards it, by date.

    `ends` is the last day that the series covers. `absent` are states that had recognised but whose day cannot be used:
    they are never at risk. Origins of a backtest lie on or after `scored_from`.
    """

    name: str
    polity: ContestedPolity
    claimed: dt.date
    ends: dt.date
    acts: tuple[DatedAct, ...]
    positions: tuple[DatedAct, ...] = ()
    withdrawals: tuple[DatedAct, ...] = ()
    absent: tuple[str, ...] = ()
    rejects: tuple[RejectedRow, ...] = ()
    notes: tuple[str, ...] = ()
    scored_from: dt.date | None = None

    def as_known(self, day: dt.date) -> Series:
        """The series with what was known at the end of a day, and ending there."""
        return replace(
            self,
            ends=min(self.ends, day) if self.ends >= day else day,
            acts=tuple(one for one in self.acts if one.known <= day),
            positions=tuple(one for one in self.positions if one.known <= day),
            withdrawals=tuple(one for one in self.withdrawals if one.known <= day),
        )


def joined(series: Series, more: Series) -> Series:
    """A series with what another source tells beyond it: further recognisers, positions, withdrawals.

    Of a state that both name as having recognised, the series' own act stays.
    """
    known = {one.recogniser for one in series.acts} | set(series.absent)
    acts = [*series.acts, *(one for one in more.acts if one.recogniser not in known and one.latest >= series.claimed)]
    return replace(
        series,
        ends=max(series.ends, more.ends),
        acts=tuple(sorted(acts, key=lambda one: (one.latest, one.earliest, one.recogniser))),
        positions=(*series.positions, *more.positions),
        withdrawals=(*series.withdrawals, *more.withdrawals),
        rejects=(*series.rejects, *more.rejects),
    )


def read_series(path: Path, system: StateSystem, *, covariates: Path | None = None) -> tuple[Series, ...]:
    """All series of a file: one for each recognised polity in it.

    Raises
    ------
    InputMissing
        If the file is not there.
    MalformedTable
        If it is no table with the columns of a series.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise InputMissing("the series cannot be opened", value=path) from error
    except UnicodeDecodeError as error:
        raise MalformedTable("the series is no text in UTF-8", value=path) from error
    try:
        rows = list(csv.DictReader(text.splitlines()))
    except csv.Error as error:
        raise MalformedTable("the series is no CSV table", value=f"{path}: {error}") from error
    columns = set(rows[0]) if rows else set(csv.DictReader(text.splitlines()).fieldnames or ())
    history = {"recogniser_slug", "recognised", "act", "earliest", "latest"}
    plain = {"recogniser", "recogniser_iso3", "recognised", "act", "date_earliest", "date_latest"}
    if not (history <= columns or plain <= columns):
        raise MalformedTable(
            "the series lacks columns",
            value=", ".join(sorted(plain - columns)),
            cure="write the columns recogniser, recogniser_iso3, recognised, act, date_earliest, date_latest",
        )
    return series_of_rows(rows, system, name=path.stem, covariates=covariates)


def shipped_series(system: StateSystem, *, covariates: Path | None = None) -> tuple[Series, ...]:
    """The series of the shipped history that models are fitted on, by claim."""
    rows: dict[str, list[dict[str, str]]] = {name: [] for name in SHIPPED}
    for row in read_table("history.csv"):
        if row["series"] in rows:
            rows[row["series"]].append(row)
    found = [
        one
        for name, part in rows.items()
        if part
        for one in series_of_rows(part, system, name=name, covariates=covariates, is_shipped=True)
    ]
    return tuple(sorted(found, key=lambda one: (one.claimed, one.name)))


def series_of_rows(
    rows: Iterable[Mapping[str, str | None]],
    system: StateSystem,
    *,
    name: str,
    covariates: Path | None = None,
    is_shipped: bool = False,
) -> tuple[Series, ...]:
    """Series made of rows of either form, one for each recognised polity, by first act.

    The table of contested polities tells how far the shipped series can be trusted; that binds only them.
    """
    groups: dict[str, list[tuple[int, dict[str, str]]]] = {}
    for line, raw in enumerate(rows, 2):
        row = {key: (value or "").strip() for key, value in raw.items() if key}
        code = row.get("recognised_code") or row.get("recognised", "")
        groups.setdefault(code, []).append((line, row))
    made = [
        _one_series(name if len(groups) == 1 else f"{name}:{code}", code, found, system, covariates, is_shipped)
        for code, found in groups.items()
    ]
    return tuple(sorted(made, key=lambda one: (one.claimed, one.name)))


def polity_of(code: str, covariates: Path | None, kind: str = "state") -> ContestedPolity:
    """The contested polity of a slug or of a code of a series; one that no table knows keeps the code as its slug."""
    known = load_contested(covariates)
    if code in known:
        return known[code]
    for row in _table_codes(covariates):
        if code in row["value"].split("|"):
            return known[row["polity"]]
    for polity in load_polities().values():
        if code and code in (polity.slug, polity.iso3) and (polity.slug == code or polity.kind != "government"):
            parents = (polity.parent,) if polity.parent else ()
            return ContestedPolity(
                slug=polity.slug, kind=polity.capacity, parents=parents, claimed=polity.validity.start, sourced=False
            )
    return ContestedPolity(slug=code.lower() or "unknown", kind=kind, sourced=False)


def _table_codes(covariates: Path | None) -> list[dict[str, str]]:
    from dejure.analysis.states import _table

    return [row for row in _table("contested_polities.csv", covariates) if row["field"] == "codes"]


def _one_series(
    name: str,
    code: str,
    found: list[tuple[int, dict[str, str]]],
    system: StateSystem,
    covariates: Path | None,
    is_shipped: bool,
) -> Series:
    polity = polity_of(code, covariates, kind=found[0][1].get("kind") or found[0][1].get("capacity") or "state")
    bounds = [when for _, row in found if (when := _bounds(row)) is not None and row.get("act") in _FIRST]
    claimed = polity.claimed or min((early for early, _ in bounds), default=dt.date(1900, 1, 1))
    pile = _Pile(polity, claimed, system)
    for line, row in found:
        pile.put(line, row)
    acts = sorted(pile.first.values(), key=lambda one: (one.latest, one.earliest, one.recogniser))
    last = max((one.latest for one in acts), default=claimed)
    cover = polity.covered_to if is_shipped else None
    return Series(
        name=name,
        polity=polity,
        claimed=claimed,
        ends=max(cover or last, claimed),
        acts=tuple(one for one in acts if cover is None or one.latest <= cover),
        positions=tuple(pile.positions),
        withdrawals=tuple(pile.withdrawals),
        absent=tuple(sorted((pile.absent & set(system.slugs)) - set(pile.first))),
        rejects=tuple(pile.rejects),
        notes=_notes(polity, len(acts)),
    )


class _Pile:
    """Rows of one series sorted by what they are."""

    def __init__(self, polity: ContestedPolity, claimed: dt.date, system: StateSystem) -> None:
        entry = load_polities().get(polity.slug)
        self.own = {polity.slug, *polity.parents, (entry.parent or "") if entry else ""}
        self.claimed, self.system = claimed, system
        self.first: dict[str, DatedAct] = {}
        self.positions: list[DatedAct] = []
        self.withdrawals: list[DatedAct] = []
        self.rejects: list[RejectedRow] = []
        self.absent: set[str] = set()

    def put(self, line: int, row: dict[str, str]) -> None:
        """Take one row, or note why not."""
        when = _bounds(row)
        if when is not None and row.get("inherited_from"):
            self.absent.add(row.get("recogniser_slug", ""))
            return
        slug = _recogniser(row, when[1], self.system) if when else None
        reason = self._unusable(row, when, slug)
        if reason:
            self.rejects.append(RejectedRow(line=line, who=row.get("recogniser", ""), reason=reason))
        elif when is not None and slug is not None:
            self._sort(row, slug, (max(when[0], self.claimed), when[1]))

    def _unusable(self, row: dict[str, str], when: tuple[dt.date, dt.date] | None, slug: str | None) -> str:
        act = row.get("act", "")
        if when is None:
            return "dates that are none, or end before they begin"
        if slug is None:
            return "no state of the state system on that day"
        if slug in self.own:
            return "the state that claims the polity or is governed by it"
        if row.get("asserted", "").lower() in ("false", "0", "n"):
            return "not asserted"
        if act not in _FIRST | _AGAIN | _BACK | _POSITIONS:
            return f"an act that no rule knows ({act})"
        if when[1] < self.claimed and act in _FIRST:
            self.absent.add(slug)
            return f"dated before the claim ({self.claimed})"
        return ""

    def _sort(self, row: dict[str, str], slug: str, when: tuple[dt.date, dt.date]) -> None:
        act = row["act"]
        one = _dated(row, slug, act, when)
        if act in _FIRST:
            self.absent.update(_heirs(row, slug, self.system))
            if slug not in self.first or one.latest < self.first[slug].latest:
                self.first[slug] = one
        elif act in _BACK:
            self.withdrawals.append(replace(one, act="withdraw"))
        elif act in _POSITIONS:
            self.positions.append(one)


def _notes(polity: ContestedPolity, acts: int) -> tuple[str, ...]:
    notes = [] if acts else ["no row could be used: every answer is prior only"]
    if not polity.sourced:
        notes.append(f"{polity.slug} is not in the table of contested polities: no patrons, rivals or neighbours of it")
    return tuple(notes)


def _dated(row: dict[str, str], slug: str, act: str, when: tuple[dt.date, dt.date]) -> DatedAct:
    # A document that appeared long after the act says nothing of when the act was known: the end of its interval does.
    known = (
        when[1] if row.get("known_assumed") != "0" else _partial(row.get("known_earliest", ""), last=False) or when[1]
    )
    disputed = row.get("disputed", "").lower() in ("y", "yes", "true", "1")
    return DatedAct(
        recogniser=slug,
        act="recognise" if act in _FIRST else act,
        earliest=when[0],
        latest=when[1],
        known=max(known, when[1]),
        disputed=disputed,
        joint=row.get("joint", ""),
        source=row.get("source", ""),
    )


def _bounds(row: dict[str, str]) -> tuple[dt.date, dt.date] | None:
    """Earliest and latest day, with an alternative date as a further bound."""
    early = row.get("earliest") or row.get("date_earliest") or row.get("date") or ""
    late = row.get("latest") or row.get("date_latest") or row.get("date") or ""
    first, last = _partial(early, last=False), _partial(late, last=True)
    other = _partial(row.get("alt_date", ""), last=False)
    if first is None or last is None or first > last:
        return None
    return (min(first, other), max(last, other)) if other else (first, last)


def _partial(cell: str, *, last: bool) -> dt.date | None:
    try:
        pieces = [int(piece) for piece in cell.split("-")]
        if len(pieces) == 3:
            return dt.date(*pieces)
        month = pieces[1] if len(pieces) == 2 else (12 if last else 1)
        return dt.date(pieces[0], month, calendar.monthrange(pieces[0], month)[1] if last else 1)
    except (ValueError, IndexError):
        return None


def _recogniser(row: dict[str, str], day: dt.date, system: StateSystem) -> str | None:
    """The state that acted on the day: by slug, else by code, else its forerunner of that day."""
    slug, code = row.get("recogniser_slug", ""), row.get("recogniser_iso3", "")
    candidates = [one for one, iso3 in zip(system.slugs, system.iso3, strict=True) if code and iso3 == code]
    places = system.index
    for one in ([slug] if slug else []) + candidates:
        if one in places and system.is_member(places[one], day):
            return one
    for one in ([slug] if slug else []) + candidates:
        for forerunner in _forerunners(one):
            if forerunner in places and system.is_member(places[forerunner], day):
                return forerunner
    return None


def _heirs(row: dict[str, str], slug: str, system: StateSystem) -> set[str]:
    """States that carry an act on which a table names under their present code."""
    code = row.get("recogniser_iso3", "")
    named = {one for one, iso3 in zip(system.slugs, system.iso3, strict=True) if code and iso3 == code}
    return {one for one in named | {row.get("recogniser_slug", "")} - {slug, ""} if slug in _forerunners(one)}


@functools.cache
def _forerunners(slug: str) -> list[str]:
    """States before this one, nearest first."""
    found, queue = [], [slug]
    before: dict[str, list[str]] = {}
    for row in read_table("successions.csv"):
        before.setdefault(row["to_slug"], []).append(row["from_slug"])
    while queue:
        for one in before.get(queue.pop(0), []):
            if one not in found and one != slug:
                found.append(one)
                queue.append(one)
    return found
