"""The reference tables as typed rows. Every row has dates where it is not valid for ever.

The tables are CSV files in `reference/data`, built by `scripts/build_reference`; `SOURCES.toml` beside them tells
origin, licence and hash of each.
"""

from __future__ import annotations

import calendar
import csv
import datetime as dt
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import resources
from typing import Literal

from dejure.errors import ReferenceTableError
from dejure.records import Capacity
from dejure.reference.overlay import overlay_files, overlay_rows, tabled

__all__ = [
    "ActsFor",
    "GazetteerPlace",
    "Organisation",
    "Person",
    "Polity",
    "Role",
    "Validity",
    "load_organisations",
    "load_people",
    "load_places",
    "load_polities",
    "load_roles",
    "read_table",
    "reference_hash",
]

ActsFor = Literal["state", "organ", "none"]
#: Length of an ISO date to the month and to the day.
_MONTH, _DAY = 7, 10


@dataclass(frozen=True, slots=True)
class Validity:
    """From which day to which day something holds, both included; None is open."""

    start: dt.date | None
    end: dt.date | None

    def holds_on(self, date: dt.date | None) -> bool:
        """Whether it holds on this day; an unknown day is taken as now."""
        if date is None:
            return self.end is None
        return (self.start is None or self.start <= date) and (self.end is None or date <= self.end)

    def distance_days(self, date: dt.date) -> int:
        """0 inside, else how many days away the nearest bound lies."""
        if self.start is not None and date < self.start:
            return (self.start - date).days
        if self.end is not None and date > self.end:
            return (date - self.end).days
        return 0


@dataclass(frozen=True, slots=True)
class Polity:
    """A state, a contested polity, or one of the governments that claim a state.

    Attributes
    ----------
    slug : str
        Stable name, as used for the recognised party.
    actor_id : str
        Its id as an actor of events: ISO 3166 alpha-3, or the slug.
    iso3 : str or None
        Country code, shared by rival governments of one state.
    capacity : {"state", "government"}
        What recognising it would be.
    parent : str or None
        Slug of the state that claims it or that it governs.
    in_control : str
        Who holds its territory, as the table says: "itself", "own government", or the slug of another.
    """

    slug: str
    name: str
    kind: str
    actor_id: str
    iso3: str | None
    validity: Validity
    parent: str | None
    capacity: Capacity
    contested: bool
    in_control: str = ""

    @property
    def is_disputed(self) -> bool:
        """Whether its standing, or its claim to govern, is contested."""
        return self.contested or self.kind in ("contested", "government")


@dataclass(frozen=True, slots=True)
class Organisation:
    """An organisation of states, a non-governmental one, an armed group or a firm."""

    id: str
    name: str
    kind: str
    sectors: tuple[str, ...]
    country: str | None
    validity: Validity
    is_states_club: bool


@dataclass(frozen=True, slots=True)
class GazetteerPlace:
    """A city or first-level region, from GeoNames; degrees WGS 84."""

    name: str
    geonames_id: int
    country: str
    kind: Literal["city", "region"]
    latitude: float
    longitude: float
    population: int


@dataclass(frozen=True, slots=True)
class Person:
    """A holder of an office, with the form of the name that the press uses alone."""

    name: str
    short: str
    polity: str
    role: str
    sectors: tuple[str, ...]
    validity: Validity
    is_short_ambiguous: bool


@dataclass(frozen=True, slots=True)
class Role:
    """A noun that heads a noun phrase and tells the function of who it stands for.

    `acts_for` is `state` where its act is the act of the state, `organ` for a parliament or court, else `none`.
    `kind` is office, body, group, unit or source.
    """

    phrase: str
    sectors: tuple[str, ...]
    acts_for: ActsFor
    kind: str


def read_table(name: str) -> Iterator[dict[str, str]]:
    """Rows of a CSV table in `reference/data`, then those of the user's overlay.

    Raises
    ------
    ReferenceTableError
        If the table is not there.
    """
    try:
        raw = resources.files("dejure.reference").joinpath("data", name).read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise ReferenceTableError(
            "a reference table is missing", value=name, cure="install the package again"
        ) from error
    reader = csv.DictReader(raw.splitlines())
    yield from reader
    yield from overlay_rows(name, list(reader.fieldnames or ()))


@tabled
def load_polities() -> dict[str, Polity]:
    """All polities by slug; where a slug has several spells, the latest stands."""
    found: dict[str, Polity] = {}
    for row in read_table("polities.csv"):
        polity = Polity(
            slug=row["slug"], name=row["name"], kind=row["kind"], actor_id=row["actor_id"] or row["slug"],
            iso3=row["iso3"] or None, validity=_validity(row), parent=row["parent"] or None,
            capacity="government" if row["capacity"] == "government" else "state", contested=row["contested"] == "1",
            in_control=row.get("in_control") or "",
        )  # fmt: skip
        found[polity.slug] = polity
    return found


@tabled
def load_organisations() -> dict[str, Organisation]:
    """All organisations by id."""
    return {
        row["id"]: Organisation(
            id=row["id"], name=row["name"], kind=row["kind"], sectors=_list(row["sectors"]),
            country=row["country"] or None, validity=_validity(row), is_states_club=row["states_club"] == "1",
        )
        for row in read_table("organisations.csv")
    }  # fmt: skip


@tabled
def load_people() -> tuple[Person, ...]:
    """All holders of offices, a row for each spell."""
    rows = list(read_table("people.csv"))
    starts: dict[tuple[str, str, str], list[str]] = {}
    for row in rows:
        if len(row["from"]) == _DAY:
            starts.setdefault((row["polity"], row["role"], row["from"][:_MONTH]), []).append(row["from"])
    return tuple(
        Person(
            name=row["name"], short=row["short"], polity=row["polity"], role=row["role"], sectors=_list(row["sectors"]),
            validity=_until_successor(row, starts), is_short_ambiguous=row["ambiguous"] == "1",
        )
        for row in rows
    )  # fmt: skip


def _until_successor(row: dict[str, str], starts: dict[tuple[str, str, str], list[str]]) -> Validity:
    """Dates of an office; one known to have ended in some month ended before another took it over in that month."""
    validity = _validity(row)
    if len(row["to"]) != _MONTH or validity.end is None:
        return validity
    later = [day for day in starts.get((row["polity"], row["role"], row["to"]), ()) if day > row["from"]]
    return Validity(validity.start, dt.date.fromisoformat(min(later)) - dt.timedelta(days=1)) if later else validity


@tabled
def load_places() -> dict[str, tuple[GazetteerPlace, ...]]:
    """Places by name, the most populous first."""
    found: dict[str, list[GazetteerPlace]] = {}
    for row in read_table("places.csv"):
        kind: Literal["city", "region"] = "region" if row["kind"] == "region" else "city"
        place = GazetteerPlace(
            name=row["name"], geonames_id=int(row["geonames_id"]), country=row["country"], kind=kind,
            latitude=float(row["latitude"]), longitude=float(row["longitude"]), population=int(row["population"]),
        )  # fmt: skip
        found.setdefault(place.name, []).append(place)
    return {name: tuple(sorted(places, key=lambda p: -p.population)) for name, places in found.items()}


@tabled
def load_roles() -> dict[str, Role]:
    """All role nouns by their lower-case phrase."""
    return {
        row["phrase"]: Role(
            phrase=row["phrase"],
            sectors=_list(row["sectors"]),
            acts_for=row["acts_for"] if row["acts_for"] in ("state", "organ") else "none",  # type: ignore[arg-type]
            kind=row["kind"],
        )
        for row in read_table("roles.csv")
    }


@tabled
def reference_hash() -> str:
    """SHA-256 over names and bytes of all reference tables in the order of their names, the overlay's after ours."""
    digest = hashlib.sha256()
    folder = resources.files("dejure.reference").joinpath("data")
    for entry in sorted(folder.iterdir(), key=lambda e: e.name):
        if entry.name.endswith((".csv", ".toml")) and entry.name != "SOURCES.toml":
            digest.update(entry.name.encode() + b"\0" + entry.read_bytes() + b"\0")
    for path in overlay_files():
        digest.update(b"overlay\0" + path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def _list(cell: str) -> tuple[str, ...]:
    return tuple(part for part in cell.split("|") if part)


def _validity(row: dict[str, str]) -> Validity:
    return Validity(_bound(row["from"], last=False), _bound(row["to"], last=True))


def _bound(cell: str, *, last: bool) -> dt.date | None:
    """A full or partial ISO date as its first or last day."""
    if not cell:
        return None
    try:
        pieces = [int(piece) for piece in cell.split("-")]
        if len(pieces) == 3:
            return dt.date(*pieces)
        of_year, of_month = pieces[0], pieces[1] if len(pieces) == 2 else (12 if last else 1)
        return dt.date(of_year, of_month, calendar.monthrange(of_year, of_month)[1] if last else 1)
    except ValueError as error:
        raise ReferenceTableError("a reference table holds a date that is none", value=cell) from error
