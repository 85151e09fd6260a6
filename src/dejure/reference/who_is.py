"""What a name may stand for: candidates with their dates, codes and sources, the best first.

This asks the tables alone. Who a mention is in a text, `dejure.coding.resolve` tells.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from dejure.records import Record
from dejure.reference.names import Name, load_name_index
from dejure.reference.overlay import tabled
from dejure.reference.tables import Validity, load_organisations, load_polities, read_table

__all__ = ["Candidate", "Codes", "codes_on", "resolve"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Codes(Record):
    """Codes of one spell of a polity: ISO 3166 alpha-3, Correlates of War, Gleditsch-Ward, each list with its dates."""

    iso3: str | None
    cow: str | None
    cow_from: str | None
    cow_to: str | None
    gw: str | None
    gw_from: str | None
    gw_to: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate(Record):
    """One thing that a name may stand for.

    Attributes
    ----------
    id : str
        Its id as an actor.
    slug : str or None
        Its slug, where it is a polity or belongs to one.
    name : str
        Its usual name.
    table : {"polity", "organisation", "person"}
    kind : str
        How the name names it: name, alias, demonym, capital, seat, acronym, full, short ...
    country : str or None
        ISO 3166 alpha-3.
    valid_from, valid_to : datetime.date or None
        When the name holds for it; None is open.
    holds : bool
        Whether it holds on the day asked for.
    days_away : int
        0 where it holds, else how many days away the nearest bound lies.
    is_ambiguous : bool
        Whether the string commonly means something else as well.
    codes : tuple of Codes
    """

    id: str
    slug: str | None
    name: str
    table: str
    kind: str
    country: str | None
    valid_from: dt.date | None
    valid_to: dt.date | None
    holds: bool
    days_away: int
    is_ambiguous: bool
    codes: tuple[Codes, ...] = ()


def resolve(name: str, *, on: dt.date | None = None) -> tuple[Candidate, ...]:
    """Everything that a name may stand for, what holds on the day first.

    Parameters
    ----------
    name : str
        As a text might write it; accents and case count little, see `dejure.reference.names`.
    on : datetime.date, optional
        As of which day; today by default.

    Returns
    -------
    tuple of Candidate
        Empty where the tables know no such name: there is no nearest guess.
    """
    day = on if on is not None else dt.date.today()
    found = (_candidate(one, day) for one in load_name_index().look_up(name))
    unique = {(c.id, c.slug, c.kind, c.valid_from): c for c in found if c is not None}
    return tuple(sorted(unique.values(), key=_order))


_TABLE_ORDER = {"polity": 0, "organisation": 1, "person": 2}


def _order(candidate: Candidate) -> tuple[bool, int, bool, int, str]:
    return (
        not candidate.holds, candidate.days_away, candidate.is_ambiguous, _TABLE_ORDER.get(candidate.table, 9),
        candidate.id,
    )  # fmt: skip


def _candidate(name: Name, day: dt.date) -> Candidate | None:
    polity = load_polities().get(name.target)
    organisation = load_organisations().get(name.target)
    if polity is None and organisation is None:
        return None
    own = polity.validity if polity is not None else None
    own = organisation.validity if organisation is not None else own
    bounds = _within(name.validity, own)
    return Candidate(
        id=polity.actor_id if polity is not None else name.target,
        slug=polity.slug if polity is not None else None,
        name=_usual_name(name),
        table=name.table, kind=name.kind,
        country=polity.iso3 if polity is not None else organisation.country if organisation is not None else None,
        valid_from=bounds.start, valid_to=bounds.end, holds=_holds(bounds, day), days_away=bounds.distance_days(day),
        is_ambiguous=name.is_ambiguous, codes=_codes().get(polity.slug, ()) if polity is not None else (),
    )  # fmt: skip


def _usual_name(name: Name) -> str:
    """Of a person the name that was asked for, of a polity or organisation the table's own."""
    if name.table == "person":
        return name.text
    polity, organisation = load_polities().get(name.target), load_organisations().get(name.target)
    return polity.name if polity is not None else organisation.name if organisation is not None else name.text


def _holds(bounds: Validity, day: dt.date) -> bool:
    return bounds.distance_days(day) == 0


def _within(name: Validity, thing: Validity | None) -> Validity:
    """A name without dates of its own holds as long as the thing it names."""
    if thing is None:
        return name
    return Validity(name.start or thing.start, name.end or thing.end)


@tabled
def _codes() -> dict[str, tuple[Codes, ...]]:
    found: dict[str, list[Codes]] = {}
    for row in read_table("crosswalk.csv"):
        keys = ("iso3", "cow", "cow_from", "cow_to", "gw", "gw_from", "gw_to")
        found.setdefault(row["slug"], []).append(Codes(**{key: row[key] or None for key in keys}))
    return {slug: tuple(rows) for slug, rows in found.items()}


def codes_on(slug: str, day: dt.date) -> Codes | None:
    """The codes of a polity on a day; a list that ends without a successor is carried on."""
    last = None
    for codes in _codes().get(slug, ()):
        starts = [start for start in (codes.cow_from, codes.gw_from) if start]
        if not starts or min(starts) <= day.isoformat():
            last = codes
    return last
