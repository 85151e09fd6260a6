"""The state system day by day, and what ties its members to one another and to a contested polity.

Everything comes from shipped tables of `reference/data`; a folder of the user's may replace or extend them.
"""

from __future__ import annotations

import csv
import datetime as dt
import functools
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from dejure.errors import ReferenceTableError
from dejure.reference.tables import Polity, load_polities, read_table

__all__ = ["ContestedPolity", "StateSystem", "Trait", "load_contested", "state_system"]

Array = npt.NDArray[np.float64]

#: Contested polities that both lists of the state system count as members, or one list since its independence.
_CONTESTED_MEMBERS = ("taiwan-roc", "kosovo")

#: Organisations in which membership says nothing about position, or holds nearly everybody.
_NO_BLOCS = frozenset({"UN", "FIFA", "IMF", "IOC", "UEFA", "UNESCO", "WORLD-BANK", "INTERPOL", "WTO", "ICC", "P5"})

_EARTH_KM = 6371.0


@dataclass(frozen=True, slots=True)
class Trait:
    """What is known of a state: region, coordinates (degrees), languages, colonisers, faith, column of votes."""

    slug: str
    region: str
    latitude: float
    longitude: float
    languages: frozenset[str]
    colonisers: frozenset[str]
    religion: str
    votes: str


@dataclass(frozen=True, slots=True)
class ContestedPolity:
    """What is known of a polity whose standing is contested.

    Attributes
    ----------
    kind : str
        `state`, `government` or `relations`: what the acts of its series are.
    parents, patrons, rival_patrons, neighbours : tuple of str
        Slugs. The parent claims it, or is the state that it claims to govern.
    claimed : datetime.date or None
        Day of the claim; the clock of a wave starts there.
    sourced : bool
        Whether the hand-kept table knows it; else only general tables speak.
    """

    slug: str
    kind: str
    parents: tuple[str, ...] = ()
    patrons: tuple[str, ...] = ()
    rival_patrons: tuple[str, ...] = ()
    neighbours: tuple[str, ...] = ()
    latitude: float | None = None
    longitude: float | None = None
    claimed: dt.date | None = None
    languages: frozenset[str] = frozenset()
    religion: str = ""
    shock: tuple[dt.date, dt.date] | None = None
    covered_to: dt.date | None = None
    bins: tuple[dt.date, ...] = ()
    sourced: bool = True


@dataclass(frozen=True, slots=True)
class StateSystem:
    """All states that were ever members, in the order of their slugs; arrays run in that order.

    Attributes
    ----------
    slugs : tuple of str
    spells : tuple of tuple of (from, to)
        Days of membership, both included; open ends are `datetime.date.max`.
    distance_km : array of shape (n, n)
    neighbour, language, religion, coloniser, region : arrays of shape (n, n)
        1 where the pair shares it.
    blocs : dict of str to list of (index, from, to)
        Members of each organisation of states.
    supplied : tuple of (from, to, array of shape (n, n)), or None
        Ties of the user's own folder.
    """

    slugs: tuple[str, ...]
    names: tuple[str, ...]
    iso3: tuple[str, ...]
    spells: tuple[tuple[tuple[dt.date, dt.date], ...], ...]
    traits: tuple[Trait, ...]
    distance_km: Array
    neighbour: Array
    language: Array
    religion: Array
    coloniser: Array
    region: Array
    blocs: dict[str, tuple[tuple[int, dt.date, dt.date], ...]]
    supplied: tuple[tuple[dt.date, dt.date, int, int, float], ...]

    @property
    def index(self) -> dict[str, int]:
        """Place of each slug."""
        return {slug: place for place, slug in enumerate(self.slugs)}

    def members_on(self, day: dt.date) -> npt.NDArray[np.bool_]:
        """Which states are in the system on a day."""
        return np.array([any(start <= day <= end for start, end in spells) for spells in self.spells])

    def is_member(self, place: int, day: dt.date) -> bool:
        """Whether a state is in the system on a day."""
        return any(start <= day <= end for start, end in self.spells[place])

    def first_day(self, place: int) -> dt.date:
        """First day of the last membership of a state."""
        return self.spells[place][-1][0]

    def bloc_members(self, bloc: str, day: dt.date) -> npt.NDArray[np.bool_]:
        """Which states belong to an organisation on a day."""
        inside = np.zeros(len(self.slugs), dtype=bool)
        for place, start, end in self.blocs.get(bloc, ()):
            if start <= day <= end:
                inside[place] = True
        return inside

    def bloc_weights(self, day: dt.date) -> Array:
        """Weight of common organisations of each pair: the sum of 1 / (members - 1), so that small ones count more."""
        weights = np.zeros((len(self.slugs),) * 2)
        for bloc in self.blocs:
            inside = self.bloc_members(bloc, day).astype(float)
            if inside.sum() > 1:
                weights += np.outer(inside, inside) / (inside.sum() - 1)
        np.fill_diagonal(weights, 0.0)
        return weights

    def supplied_weights(self, day: dt.date) -> Array:
        """Weights of the user's own ties on a day."""
        weights = np.zeros((len(self.slugs),) * 2)
        for start, end, one, other, weight in self.supplied:
            if start <= day <= end:
                weights[one, other] = weights[other, one] = weight
        return weights

    def kilometres_from(self, latitude: float, longitude: float) -> Array:
        """Great-circle distance of each capital from a point."""
        lat, lon = (np.array([getattr(t, part) for t in self.traits]) for part in ("latitude", "longitude"))
        return _great_circle(lat, lon, latitude, longitude)


def _great_circle(lat: Array, lon: Array, latitude: Array | float, longitude: Array | float) -> Array:
    """Haversine formula, kilometres."""
    a, b, c, d = (np.radians(x) for x in (lat, lon, latitude, longitude))
    h = np.sin((a - c) / 2) ** 2 + np.cos(a) * np.cos(c) * np.sin((b - d) / 2) ** 2
    return np.asarray(2 * _EARTH_KM * np.arcsin(np.sqrt(np.clip(h, 0, 1))), dtype=np.float64)


def _table(name: str, folder: Path | None) -> list[dict[str, str]]:
    rows = list(read_table(name))
    if folder is not None and (folder / name).is_file():
        with (folder / name).open(encoding="utf-8-sig", newline="") as stream:
            supplied = list(csv.DictReader(stream))
        if rows and supplied and not set(supplied[0]) <= set(rows[0]):
            raise ReferenceTableError(
                "a table of covariates has columns that ours has not",
                value=f"{name}: {', '.join(supplied[0])}",
                cure=f"use {', '.join(rows[0])}",
            )
        rows.extend({**dict.fromkeys(rows[0], ""), **row} for row in supplied)
    return rows


def _traits(folder: Path | None) -> dict[str, Trait]:
    return {
        row["slug"]: Trait(
            slug=row["slug"],
            region=row["region"],
            latitude=float(row["latitude"]),
            longitude=float(row["longitude"]),
            languages=_set(row["languages"]),
            colonisers=_set(row["colonisers"]),
            religion=row["religion"],
            votes=row["votes"],
        )
        for row in _table("state_traits.csv", folder)
    }


def _set(cell: str) -> frozenset[str]:
    return frozenset(filter(None, cell.split("|")))


def state_system(folder: Path | None = None) -> StateSystem:
    """The state system with its ties.

    Parameters
    ----------
    folder : pathlib.Path, optional
        The user's covariates: any of `contested_polities.csv`, `state_traits.csv`, `state_neighbours.csv` in the
        columns of ours, and `ties.csv` (one, other, from, to, weight) of ties such as alliances.

    Raises
    ------
    ReferenceTableError
        If the folder is not there or holds a table with other columns.
    """
    if folder is not None and not folder.is_dir():
        raise ReferenceTableError("the folder of covariates is not there", value=folder)
    return _state_system(folder)


@functools.lru_cache(maxsize=4)
def _state_system(folder: Path | None) -> StateSystem:
    traits = _traits(folder)
    chosen = []
    for polity in load_polities().values():
        independent = polity.kind == "state" or (polity.kind == "historical" and polity.parent is None)
        if (independent or polity.slug in _CONTESTED_MEMBERS) and polity.slug in traits:
            chosen.append(polity)
    listed = _listed_spells()
    chosen.sort(key=lambda polity: polity.slug)
    found = tuple(traits[polity.slug] for polity in chosen)
    slugs = tuple(polity.slug for polity in chosen)
    index = {slug: place for place, slug in enumerate(slugs)}
    lat, lon = np.array([t.latitude for t in found]), np.array([t.longitude for t in found])
    former = [t.colonisers | {polity.iso3 or ""} for t, polity in zip(found, chosen, strict=True)]
    return StateSystem(
        slugs=slugs,
        names=tuple(p.name for p in chosen),
        iso3=tuple(p.iso3 or "" for p in chosen),
        spells=tuple(_spells(polity, listed) for polity in chosen),
        traits=found,
        distance_km=_great_circle(lat[:, None], lon[:, None], lat[None, :], lon[None, :]),
        neighbour=_neighbours(index, folder),
        language=_shared([t.languages for t in found]),
        religion=_shared([frozenset(filter(None, (t.religion,))) for t in found]),
        coloniser=_shared([frozenset(filter(None, one)) for one in former]),
        region=_shared([frozenset((t.region,)) for t in found]),
        blocs=_blocs(index),
        supplied=_supplied(index, folder),
    )


def _listed_spells() -> dict[str, list[tuple[dt.date, dt.date]]]:
    """Spells of membership as Correlates of War or Gleditsch and Ward have them, the wider where both do."""
    found: dict[str, list[tuple[dt.date, dt.date]]] = {}
    for row in read_table("crosswalk.csv"):
        lists = [
            (_day(row[f"{a}_from"], dt.date.max), _day(row[f"{a}_to"], dt.date.max))
            for a in ("cow", "gw")
            if row[a] and row[f"{a}_from"]
        ]
        if lists:
            found.setdefault(row["slug"], []).append((min(a for a, _ in lists), max(b for _, b in lists)))
    return {slug: sorted(spells) for slug, spells in found.items()}


def _spells(polity: Polity, listed: dict[str, list[tuple[dt.date, dt.date]]]) -> tuple[tuple[dt.date, dt.date], ...]:
    """Listed spells, else the polity's own; spells that overlap are joined."""
    own = (polity.validity.start or dt.date.min, polity.validity.end or dt.date.max)
    joined: list[tuple[dt.date, dt.date]] = []
    for start, end in listed.get(polity.slug, [own]):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)


def _shared(sets: list[frozenset[str]]) -> Array:
    pairs = np.array([[float(bool(one & other)) for other in sets] for one in sets])
    np.fill_diagonal(pairs, 0.0)
    return pairs


def _neighbours(index: dict[str, int], folder: Path | None) -> Array:
    pairs = np.zeros((len(index),) * 2)
    for row in _table("state_neighbours.csv", folder):
        if row["one"] in index and row["other"] in index:
            one, other = index[row["one"]], index[row["other"]]
            pairs[one, other] = pairs[other, one] = 1.0
    return pairs


def _blocs(index: dict[str, int]) -> dict[str, tuple[tuple[int, dt.date, dt.date], ...]]:
    found: dict[str, list[tuple[int, dt.date, dt.date]]] = {}
    for row in read_table("organisation_members.csv"):
        if row["organisation"] not in _NO_BLOCS and row["polity"] in index:
            spell = (index[row["polity"]], _day(row["from"], dt.date.min), _day(row["to"], dt.date.max))
            found.setdefault(row["organisation"], []).append(spell)
    return {bloc: tuple(spells) for bloc, spells in sorted(found.items())}


def _supplied(index: dict[str, int], folder: Path | None) -> tuple[tuple[dt.date, dt.date, int, int, float], ...]:
    if folder is None or not (folder / "ties.csv").is_file():
        return ()
    with (folder / "ties.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    try:
        return tuple(
            (
                _day(row["from"], dt.date.min),
                _day(row["to"], dt.date.max),
                index[row["one"]],
                index[row["other"]],
                float(row["weight"]),
            )
            for row in rows
            if row["one"] in index and row["other"] in index
        )
    except (KeyError, ValueError) as error:
        raise ReferenceTableError(
            "ties.csv is malformed", value=error, cure="write the columns one, other, from, to, weight"
        ) from error


def _day(cell: str, otherwise: dt.date) -> dt.date:
    """The first day of a full or partial ISO date."""
    if not cell:
        return otherwise
    pieces = [int(piece) for piece in cell.split("-")]
    return dt.date(*[*pieces, 1, 1][:3])


@functools.lru_cache(maxsize=4)
def load_contested(folder: Path | None = None) -> dict[str, ContestedPolity]:
    """The hand-kept table of contested polities, by slug.

    Raises
    ------
    ReferenceTableError
        If a cell of the table cannot be read.
    """
    cells: dict[str, dict[str, str]] = {}
    for row in _table("contested_polities.csv", folder):
        cells.setdefault(row["polity"], {})[row["field"]] = row["value"]
    try:
        return {slug: _contested(slug, found) for slug, found in cells.items()}
    except ValueError as error:
        raise ReferenceTableError("contested_polities.csv holds a cell that cannot be read", value=error) from error


def _contested(slug: str, cells: dict[str, str]) -> ContestedPolity:
    def several(name: str) -> tuple[str, ...]:
        return tuple(filter(None, cells.get(name, "").split("|")))

    def day(name: str) -> dt.date | None:
        return dt.date.fromisoformat(cells[name]) if cells.get(name) else None

    first, last = day("shock_from"), day("shock_to")
    return ContestedPolity(
        slug=slug,
        kind=cells.get("kind", "state"),
        parents=several("parents"),
        patrons=several("patrons"),
        rival_patrons=several("rival_patrons"),
        neighbours=several("neighbours"),
        latitude=float(cells["latitude"]) if "latitude" in cells else None,
        longitude=float(cells["longitude"]) if "longitude" in cells else None,
        claimed=day("claimed"),
        languages=_set(cells.get("languages", "")),
        religion=cells.get("religion", ""),
        shock=(first, last) if first and last else None,
        covered_to=day("covered_to"),
        bins=tuple(dt.date.fromisoformat(cell) for cell in several("bins")),
    )
