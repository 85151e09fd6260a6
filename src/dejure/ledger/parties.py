"""Who a party is, and who holds its acts on a later day: names to ids, ids to polities, polities to their heirs."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from dejure.errors import UnknownParty
from dejure.ledger.rules import load_facts
from dejure.reference.overlay import tabled
from dejure.reference.tables import Polity, _bound, load_organisations, load_polities, read_table
from dejure.reference.who_is import resolve

__all__ = [
    "Heir",
    "ancestors_of",
    "governments_of",
    "heirs_of",
    "is_known_actor",
    "members_on",
    "name_of",
    "polity_of",
    "predecessors_of",
    "resolve_actor",
    "resolve_polity",
    "states_on",
]

#: How an heir holds an act: it is the actor itself, the same state under another name, or a successor.
SAME, CARRIED, INHERITED = "same", "carried", "inherited"


@dataclass(frozen=True, slots=True)
class Heir:
    """Who holds an act on a later day, how, and since when."""

    slug: str
    manner: str
    since: dt.date | None


@dataclass(frozen=True, slots=True)
class _Succession:
    before: str
    after: str
    date: dt.date
    kind: str


def resolve_polity(name: str, *, on: dt.date | None = None) -> Polity:
    """The polity that a slug, an id or a name stands for.

    Raises
    ------
    UnknownParty
        If the tables do not know it, or it may be several.
    """
    polities = load_polities()
    text = name.strip()
    if text.lower() in polities:
        return polities[text.lower()]
    found = sorted({c.slug for c in resolve(text, on=on) if c.slug and c.table == "polity"})
    if len(found) != 1 and (by_id := polity_of(text.upper(), on)) is not None:
        return by_id
    if len(found) == 1:
        return polities[found[0]]
    if not found:
        raise UnknownParty("no table knows this polity", value=name, cure="look for it with: dejure who-is NAME")
    states = [slug for slug in found if polities[slug].kind != "government" and polities[slug].validity.holds_on(on)]
    # The Taliban of 1998 ruled another emirate than those of 2025.
    of_the_day = [slug for slug in found if polities[slug].validity.holds_on(on or dt.date.today())]
    for choice in (states, of_the_day):
        if len(choice) == 1:
            return polities[choice[0]]
    raise UnknownParty("this may be several polities", value=name, cure=f"name one of {', '.join(found)}")


def resolve_actor(name: str, *, on: dt.date | None = None) -> str:
    """The actor id that an id, a slug or a name stands for.

    Raises
    ------
    UnknownParty
        If the tables do not know it.
    """
    text = name.strip()
    for form in (text, text.upper(), text.lower()):
        if form in load_organisations() or form in _by_actor():
            return form
        if form in load_polities():
            return load_polities()[form].actor_id
    organisation = next((c.id for c in resolve(text, on=on) if c.table == "organisation" and not c.is_ambiguous), None)
    try:
        return resolve_polity(text, on=on).actor_id
    except UnknownParty:
        if organisation is not None:
            return organisation
        raise


def is_known_actor(id_: str) -> bool:
    """Whether the tables know this actor id."""
    return id_ in load_organisations() or id_ in _by_actor() or id_ in load_polities()


def polity_of(actor_id: str, on: dt.date | None) -> Polity | None:
    """The polity that an actor id stood for on a day: RUS is the Russian Empire, Soviet Russia or Russia."""
    found = _by_actor().get(actor_id)
    if not found:
        return load_polities().get(actor_id)
    if len(found) == 1:
        return found[0]
    day = on or dt.date.max

    def far(polity: Polity) -> tuple[int, bool, str]:
        return polity.validity.distance_days(day), polity.kind == "government", polity.slug

    return min(found, key=far)


def name_of(slug_or_id: str) -> str:
    """The usual name of a polity or organisation; the id where there is none."""
    polity = load_polities().get(slug_or_id) or polity_of(slug_or_id, None)
    organisation = load_organisations().get(slug_or_id)
    return polity.name if polity else organisation.name if organisation else slug_or_id


def heirs_of(slug: str, acted: dt.date | None, on: dt.date) -> tuple[Heir, ...]:
    """Who holds on this day what a polity did (rule 6).

    A continuing state carries acts on, the acts of an absorbed one lapse, the successors of a dissolved one inherit.

    Returns
    -------
    tuple of Heir
        Empty where the acts have lapsed.
    """
    if slug not in _after():
        return (Heir(slug, SAME, None),)
    found: list[Heir] = []
    waiting = [(Heir(slug, SAME, None), acted or dt.date.min)]
    seen = set()
    while waiting:
        heir, since = waiting.pop()
        ends = [s for s in _after().get(heir.slug, ()) if since < s.date <= on]
        moves = any(end.kind in ("continues", "renamed") for end in ends)
        if not ends or (not moves and load_polities()[heir.slug].validity.distance_days(on) == 0):
            found.append(heir)
        for end in ends:
            if end.kind == "absorbed" or (end.after, end.kind) in seen:
                continue
            seen.add((end.after, end.kind))
            is_same = end.kind in ("continues", "renamed") and heir.manner != INHERITED
            waiting.append((Heir(end.after, CARRIED if is_same else INHERITED, end.date), end.date))
    return tuple(sorted(found, key=lambda heir: heir.slug))


def ancestors_of(slug: str, on: dt.date) -> tuple[tuple[str, dt.date | None], ...]:
    """The polity and those it continues, each with the last day on which recognising it meant this one (rules 2, 6)."""
    found: list[tuple[str, dt.date | None]] = [(slug, None)]
    for one, until in found:
        for before in _before().get(one, ()):
            is_new = before.before not in {name for name, _ in found}
            if is_new and before.kind in ("continues", "renamed") and before.date <= (until or on):
                found.append((before.before, before.date))
    return tuple(found)


def predecessors_of(actor_id: str) -> frozenset[str]:
    """The actor and all whose acts it may hold on some day: those before it, however succeeded, and governments."""
    waiting = [polity.slug for polity in _by_actor().get(actor_id, ())] or [actor_id]
    seen = set(waiting)
    for slug in waiting:
        new = ({one.before for one in _before().get(slug, ())} | set(governments_of(slug))) - seen
        waiting += sorted(new)
        seen |= new
    polities = load_polities()
    return frozenset({actor_id, *(polities[slug].actor_id for slug in seen if slug in polities), *seen})


def governments_of(state: str) -> tuple[str, ...]:
    """Slugs of the governments that claim a state."""
    return tuple(p.slug for p in load_polities().values() if p.kind == "government" and p.parent == state)


def members_on(organisation: str, on: dt.date) -> frozenset[str]:
    """Slugs of the members of an organisation on a day.

    Raises
    ------
    UnknownParty
        If the tables hold no members of it.
    """
    rows = _members().get(organisation.upper())
    if rows is None:
        raise UnknownParty(
            "no table tells the members of this organisation", value=organisation,
            cure=f"choose one of {', '.join(sorted(_members()))}",
        )  # fmt: skip
    day = on.isoformat()
    return frozenset(slug for slug, start, end in rows if (not start or start <= day) and (not end or day <= end))


def states_on(on: dt.date) -> frozenset[str]:
    """Slugs of the uncontested states of a day."""
    return frozenset(
        p.slug for p in load_polities().values()
        if p.kind in ("state", "historical") and p.validity.distance_days(on) == 0
    )  # fmt: skip


@tabled
def _by_actor() -> dict[str, list[Polity]]:
    found: dict[str, list[Polity]] = {}
    for polity in load_polities().values():
        found.setdefault(polity.actor_id, []).append(polity)
    return found


@tabled
def _successions() -> tuple[_Succession, ...]:
    survives = load_facts().survives_absorption
    kinds = ("continues", "renamed", "absorbed", "dissolved-into")
    return tuple(
        _Succession(row["from_slug"], row["to_slug"], date, row["kind"])
        for row in read_table("successions.csv")
        if row["kind"] in kinds and not (row["kind"] == "absorbed" and row["from_slug"] in survives)
        and (date := _bound(row["date"], last=True)) is not None
    )  # fmt: skip


@tabled
def _after() -> dict[str, tuple[_Succession, ...]]:
    found: dict[str, tuple[_Succession, ...]] = {}
    for one in _successions():
        found[one.before] = (*found.get(one.before, ()), one)
    return found


@tabled
def _before() -> dict[str, tuple[_Succession, ...]]:
    found: dict[str, tuple[_Succession, ...]] = {}
    for one in _successions():
        found[one.after] = (*found.get(one.after, ()), one)
    return found


@tabled
def _members() -> dict[str, list[tuple[str, str, str]]]:
    found: dict[str, list[tuple[str, str, str]]] = {}
    for row in read_table("organisation_members.csv"):
        found.setdefault(row["organisation"], []).append((row["polity"], row["from"], row["to"]))
    return found
