"""What a name of the tables stands for, as of a day: a party with its id, its polity and what it acts for."""

from __future__ import annotations

import datetime as dt
import functools
import re
from dataclasses import dataclass, replace

from dejure.coding.words import load_toml
from dejure.records import Entity
from dejure.reference.names import Name
from dejure.reference.overlay import tabled
from dejure.reference.tables import ActsFor, Organisation, Polity, Role, load_organisations, load_places, load_polities

__all__ = [
    "Party",
    "government_of",
    "is_contested",
    "own_men",
    "parties_of_plural",
    "party_of_name",
    "party_of_polity",
    "state_of_country",
    "unknown_party",
]

#: Sectors of a party that is a state or the government of one.
_STATE_SECTORS = ("GOV",)
_KIND_ORDER = {"name": 0, "official": 0, "abbreviation": 1, "full": 1, "acronym": 1, "alias": 2, "demonym": 3}
#: Sectors of those who hold an office of the country and do not speak for its government.
_NO_VOICE = frozenset({"OPP", "LEG", "JUD", "PTY"})
#: Sectors of parties and armed groups.
_MOVEMENTS = frozenset({"REB", "PTY"})
_STATE_ORGANS = frozenset({"state-organ", "administration"})
_CODE_LENGTH = 3
_PARLIAMENT = re.compile(r"\bparliament(?:ary assembly)?\b|\bMEPs?\b", re.IGNORECASE)
#: How many times larger than its namesakes a city must be to be meant without more words.
_OUTWEIGHS = 4
#: How long a former holder is still known by name as one of that country.
_DAYS_REMEMBERED = 3653
_DAYS_IN_A_YEAR = 366
#: How long before its first day a state is spoken of as one.
_DAYS_TO_COME = 31


@dataclass(frozen=True, slots=True)
class Party:
    """An entity with what the coding needs to know of it beside its record.

    Attributes
    ----------
    slug : str or None
        Slug of the polity it is or belongs to.
    acts_for : {"state", "organ", "none"}
        Whether its act is the act of that polity.
    is_club : bool
        Whether it is an organisation of states.
    is_person, is_plural : bool
        For pronouns.
    """

    entity: Entity
    slug: str | None = None
    acts_for: ActsFor = "none"
    is_club: bool = False
    is_person: bool = False
    is_plural: bool = False
    is_place_name: bool = False

    @property
    def is_known(self) -> bool:
        """Whether it resolved to an id or at least to a country."""
        return self.entity.id is not None or self.entity.country is not None

    @property
    def is_mere_place(self) -> bool:
        """Whether it is a city or region that speaks for nobody."""
        return self.is_place_name and self.entity.id is None and self.slug is None

    @property
    def can_recognise(self) -> bool:
        """Whether recognition by it counts: a state, its government, a club of states, a polity unrecognised itself."""
        if self.slug is not None:
            return self.acts_for == "state"
        return self.acts_for != "organ" and self.entity.id in recognising_clubs()

    def at(self, entity: Entity) -> Party:
        """The same party with another record (other words, another place)."""
        return replace(self, entity=entity)


def is_contested(slug: str | None) -> bool:
    """Whether a polity is known and its standing contested."""
    polity = load_polities().get(slug or "")
    return polity is not None and polity.is_disputed


def party_of_polity(polity: Polity) -> Party:
    """A state, its government or a contested polity as a party."""
    # A state that is gone may share the code of one that is not: West Germany is DEU.
    code = polity.actor_id if len(polity.actor_id) == _CODE_LENGTH and polity.actor_id.isupper() else None
    return Party(
        entity=Entity(
            id=polity.actor_id, name=polity.name, country=polity.iso3 or code,
            sectors=("PRE", *_STATE_SECTORS) if polity.is_disputed else _STATE_SECTORS,
        ),
        slug=polity.slug,
        acts_for="state",
    )  # fmt: skip


def party_of_name(names: tuple[Name, ...], on: dt.date | None) -> Party | None:
    """The party that the best of these names stands for on this day; None if none can be had."""
    ranked = sorted(_without_rule_of(names), key=lambda n: _rank(n, on))
    for name in ranked:
        if _rank(name, on)[0] and (name.table == "person" or _is_long_gone(name, on)):
            continue
        party = _party(name)
        if party is not None:
            return _as_of(party, name, on)
    return _former_holder(names, on)


def _is_long_gone(name: Name, on: dt.date | None) -> bool:
    """Whether a name that may mean something else is years away from its day ("the Provisional Government")."""
    polity = load_polities().get(name.target)
    is_government = polity is not None and polity.capacity == "government"
    is_far = on is not None and name.validity.distance_days(on) > _DAYS_IN_A_YEAR
    return is_far and is_government and name.is_ambiguous


def _as_of(party: Party, name: Name, on: dt.date | None) -> Party:
    """The party as it stood: what was no state yet, and who led it, is of the country and not its voice."""
    polity = load_polities().get(name.target) if name.table in ("polity", "person") else None
    start = polity.validity.start if polity is not None else None
    if polity is None or start is None or on is None or polity.capacity != "state" or polity.is_disputed:
        return party
    if (start - on).days <= _DAYS_TO_COME:
        return party
    return replace(party, entity=replace(party.entity, id=None), acts_for="none")


def _without_rule_of(names: tuple[Name, ...]) -> tuple[Name, ...]:
    """A movement's bare name ("Hamas") is the movement, not the government that it set up."""
    organisations = load_organisations()
    if not any(
        n.table == "organisation" and not n.is_ambiguous and _MOVEMENTS & set(organisations[n.target].sectors)
        for n in names if n.target in organisations
    ):  # fmt: skip
        return names
    return tuple(n for n in names if n.table != "polity" or not n.is_ambiguous)


def _former_holder(names: tuple[Name, ...], on: dt.date | None) -> Party | None:
    """Somebody out of office since not too long: of the country still, and no longer its voice."""
    for name in names:
        end = name.validity.end
        if name.table != "person" or on is None or end is None or name.is_ambiguous:
            continue
        if not 0 < (on - end).days <= _DAYS_REMEMBERED:
            continue
        party = _party(name)
        if party is not None and party.slug is not None:
            entity = replace(party.entity, id=None, sectors=("ELI",))
            return replace(party, entity=entity, acts_for="none")
    return None


def parties_of_plural(names: tuple[Name, ...], on: dt.date | None) -> list[Party]:
    """All that a plural name stands for on a day ("both Koreas", "the Baltic states")."""
    plural = [n for n in names if n.kind == "plural" and (on is None or n.validity.holds_on(on))]
    return [party for name in plural if (party := _party(name)) is not None]


def with_role(party: Party, role: Role, words: str, *, is_person: bool) -> Party:
    """Somebody or something of a polity: its minister, army, court, opposition."""
    entity = party.entity
    acts_for: ActsFor = role.acts_for if party.slug is not None else "none"
    keeps_id = party.slug is not None and (role.acts_for == "state" or role.phrase in _sent_by_states())
    if party.is_club:
        acts_for, keeps_id = ("state", True) if role.acts_for != "none" else ("none", False)
    if party.slug is None and entity.id is not None:
        # The heads, envoys, spokespeople and missions of an organisation are it; its members and voters are not.
        is_organ = (role.kind in ("office", "body", "unit") or role.phrase in _sent()) and _OWN_VOICES.isdisjoint(
            role.sectors
        )
        keeps_id = keeps_id or (is_organ and not role.phrase.startswith("former "))
    return Party(
        entity=replace(
            entity,
            id=entity.id if keeps_id else None,
            name=entity.name if keeps_id else words,
            sectors=_join(role.sectors, ("PRE",) if "PRE" in entity.sectors else ()),
            role=role.phrase,
        ),
        slug=party.slug,
        acts_for=acts_for,
        is_club=party.is_club and acts_for == "state",
        is_person=is_person,
        is_plural=role.kind in ("group", "unit", "source"),
    )


#: Sectors of roles that speak for themselves beside the organisation they belong to.
_OWN_VOICES = frozenset({"LEG", "JUD", "OPP", "CVL", "REF"})


def government_of(slug: str, on: dt.date | None) -> Polity | None:
    """The contested government that claims this state on this day, if there is just one such."""
    found = [
        p for p in load_polities().values()
        if p.parent == slug and p.capacity == "government" and p.validity.holds_on(on)
    ]  # fmt: skip
    return found[0] if len(found) == 1 else None


def unknown_party(words: str, role: Role | None = None, *, is_plural: bool = False, is_person: bool = False) -> Party:
    """Somebody the tables do not know: the words are kept, the id stays null."""
    return Party(
        entity=Entity(id=None, name=words, sectors=role.sectors if role else (), role=role.phrase if role else None),
        is_plural=is_plural,
        is_person=is_person,
    )


@functools.cache
def _sent_by_states() -> frozenset[str]:
    return frozenset(load_toml("noun_fits.toml")["sent_by_states"])


@functools.cache
def own_men() -> frozenset[str]:
    """Roles whose holders are those of whoever they are said to belong to ("his men", "its staff")."""
    return frozenset(load_toml("noun_fits.toml")["own_men"])


@functools.cache
def _sent() -> frozenset[str]:
    return frozenset(load_toml("noun_fits.toml")["sent"])


@functools.cache
def recognising_clubs() -> frozenset[str]:
    """Ids of the clubs of states that take political decisions; specialised agencies are none of them."""
    return frozenset(load_toml("recognition.toml")["clubs"]["political"])


@tabled
def _party(name: Name) -> Party | None:
    polities = load_polities()
    if name.table == "block":
        return None
    if name.table == "polity":
        polity = polities.get(name.target)
        if polity is None:
            return None
        party = party_of_polity(polity)
        is_people = name.kind == "demonym" and name.text.endswith("s") and not name.text.endswith("ss")  # ("Swiss")
        return replace(
            party,
            is_plural=is_people,
            is_place_name=name.kind == "capital" or (name.kind == "seat" and name.text in load_places()),
        )
    if name.table == "place":
        return _place_party(name.target)
    if name.table == "organisation":
        found = _organisation_party(name.target)
        if found is not None and found.is_club and _PARLIAMENT.search(name.text):
            # The parliament of a club of states ("the European Parliament") does not act for its members.
            entity = replace(found.entity, name=name.text, sectors=_join(found.entity.sectors, ("LEG",)))
            return replace(found, entity=entity, acts_for="organ")
        return replace(found, is_place_name=name.kind == "seat" and name.is_ambiguous) if found is not None else None
    return _person_party(name)


def _place_party(target: str) -> Party | None:
    """A city or region: somewhere in a country, nobody by itself."""
    places = load_places().get(target, ())
    if len({p.country for p in places}) > 1 and places[0].population < _OUTWEIGHS * places[1].population:
        return None
    return Party(entity=Entity(id=None, name=target, country=places[0].country), is_place_name=True)


def _organisation_party(target: str) -> Party | None:
    organisation = load_organisations().get(target)
    if organisation is None:
        return None
    if organisation.kind in _STATE_ORGANS and organisation.country is not None:
        return _state_organ(organisation)
    return Party(
        entity=Entity(
            id=organisation.id, name=organisation.name, country=organisation.country, sectors=organisation.sectors
        ),
        acts_for="state" if organisation.is_states_club else "none",
        is_club=organisation.is_states_club,
    )


def _state_organ(organisation: Organisation) -> Party | None:
    """A named ministry, palace, army or parliament: an organ of the state of its country."""
    polity = state_of_country(organisation.country or "")
    if polity is None:
        return None
    is_parliament = bool({"LEG", "JUD"} & set(organisation.sectors))
    party = party_of_polity(polity)
    entity = replace(
        party.entity, id=None if is_parliament else party.entity.id, name=organisation.name,
        sectors=organisation.sectors or party.entity.sectors,
    )  # fmt: skip
    return replace(party, entity=entity, acts_for="organ" if is_parliament else "state")


@tabled
def _states_by_country() -> dict[str, Polity]:
    found: dict[str, Polity] = {}
    for polity in load_polities().values():
        if polity.iso3 and polity.capacity == "state" and polity.validity.end is None:
            found.setdefault(polity.iso3, polity)
    gone = [p for p in load_polities().values() if p.capacity == "state" and not p.is_disputed and p.validity.end]
    for polity in sorted(gone, key=lambda p: str(p.validity.end), reverse=True):
        if len(polity.actor_id) == _CODE_LENGTH and polity.actor_id.isupper():
            found.setdefault(polity.actor_id, polity)
    return found


def state_of_country(iso3: str) -> Polity | None:
    """The present state with this ISO 3166 alpha-3 code; for a code that is gone the last state that had it."""
    return _states_by_country().get(iso3)


def state_of_place(party: Party) -> Party:
    """The state that a city or region lies in; the place itself where its country has none."""
    state = state_of_country(party.entity.country or "")
    return party_of_polity(state) if state is not None else party


def _person_party(name: Name) -> Party | None:
    polity = load_polities().get(name.target)
    if polity is None:
        found = _organisation_party(name.target)
        return replace(found, is_person=True) if found else None
    party = replace(party_of_polity(polity), is_person=True)
    if not name.sectors or "GOV" in name.sectors:
        return party
    sectors = _join(name.sectors, ("PRE",) if "PRE" in party.entity.sectors else ())
    if _has_voice(name):
        return party.at(replace(party.entity, sectors=sectors))
    # An opposition leader or a member of parliament is of the country and not its government.
    return replace(party.at(replace(party.entity, id=None, sectors=sectors)), acts_for="none")


def _has_voice(name: Name) -> bool:
    return "GOV" in name.sectors or _NO_VOICE.isdisjoint(name.sectors)


def _rank(name: Name, on: dt.date | None) -> tuple[int, int, int, int, int]:
    away = 0 if on is None or name.validity.holds_on(on) else name.validity.distance_days(on)
    table = {"polity": 0, "organisation": 1, "person": 2, "place": 3, "block": 4}[name.table]
    is_off = int(away > 0)
    # A president who also heads a party or a parliament speaks for the state.
    polity = load_polities().get(name.target)
    is_lesser = name.table == "person" and (polity is None or not _has_voice(name))
    # Who heads a rival government is taken for that, also where a list of rulers counts them among the state's.
    is_rival = (
        name.table == "person" and polity is not None and polity.is_disputed and len(polity.actor_id) > _CODE_LENGTH
    )
    still = (0 if is_rival else 1 if name.validity.end is None else 2) + 3 * is_lesser
    # Of a state and a rival government in one capital the one that came last sits there ("Kabul" of 2021).
    start = name.validity.start
    is_ruling = name.kind == "capital" and polity is not None and len(polity.actor_id) > _CODE_LENGTH
    came = -start.toordinal() if is_ruling and start is not None and not is_off else 0
    return is_off, int(name.is_ambiguous and table > 0), table * 10 + _KIND_ORDER.get(name.kind, 4), came, still + away


def _join(first: tuple[str, ...], second: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*first, *second)))
