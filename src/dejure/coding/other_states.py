"""Words that tell which state is meant: offices that one state has, ships with a state's name, "its neighbour"."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable

from dejure.coding.parties import Party, party_of_polity
from dejure.coding.words import load_toml
from dejure.reading.reading import Sentence
from dejure.records import Entity
from dejure.reference.names import NameHit
from dejure.reference.overlay import tabled
from dejure.reference.tables import load_places, load_polities, read_table

#: What makes a flight of an airline's or a country's name.
_FLIGHT = re.compile(r" (?:Airlines |Airways |Air )?[Ff]light [A-Z]{0,2} ?\d")
_PROVINCES = frozenset(
    {"region", "province", "department", "county", "district", "prefecture", "voivodeship", "canton", "governorate"}
)

__all__ = ["is_craft", "is_other_state", "other_state", "place_with_region", "state_of_office", "state_titled"]


def state_of_office(phrase: str, words: str) -> Party | None:
    """The state that alone has an office or body of this name ("Taoiseach"); None where others may have it."""
    found = _offices().get(phrase)
    if found is None and " ".join(w if w == "of" else w.capitalize() for w in phrase.split()) in words:
        found = _capitalised().get(phrase)
    return party_of_polity(load_polities()[found]) if found is not None else None


def state_titled(title: str) -> str | None:
    """The slug of the state whose ministers alone bear this title before a surname ("Secretary Powell")."""
    return _titles().get(title)


def is_craft(sentence: Sentence, hit: NameHit) -> bool:
    """Whether a name is that of a ship or other craft: its kind stands right before it ("the liner Washington")."""
    if _FLIGHT.match(sentence.text, hit.end):
        return True
    before = sentence.text[: hit.start].rstrip().rpartition(" ")[2].lower()
    return before in _words("craft", "kinds")


def place_with_region(sentence: Sentence, hit: NameHit) -> Party | None:
    """The place that "Lima, Ohio" is: a city with the region it lies in; none for a region named as a state is."""
    if _is_told_a_province(sentence, hit):
        return Party(entity=Entity(id=None, name=sentence.text[hit.start : hit.end]), is_place_name=True)
    following = sentence.text[hit.end :]
    if not following.startswith(", "):
        return None
    words = following[2:].split()
    for count in (2, 1):
        region = " ".join(words[:count]).rstrip(".,;:)")
        if region in _state_names():
            continue
        if region in _regions():
            return _place_in(sentence, hit, _regions()[region])
        places = [place for place in load_places().get(region, ()) if place.kind == "region"]
        if len(places) == 1 and region[:1].isupper():
            return _place_in(sentence, hit, places[0].country)
    return None


def _is_told_a_province(sentence: Sentence, hit: NameHit) -> bool:
    """Whether a state's name is told to be that of a province: "Moldavia, Romania's poorest region"."""
    # Who calls a contested state a province takes a side; it stays what it is.
    polities = [load_polities().get(n.target) for n in hit.names if n.table == "polity"]
    if not polities or any(polity is None or polity.is_disputed for polity in polities):
        return False
    last = next((t for t in sentence.tokens if t.end == hit.end), None)
    return last is not None and any(c.lemma in _PROVINCES for c in sentence.children(last.i, "appos"))


def _place_in(sentence: Sentence, hit: NameHit, country: str) -> Party:
    entity = Entity(id=None, name=sentence.text[hit.start : hit.end], country=country)
    return Party(entity=entity, is_place_name=True)


def is_other_state(lemma: str) -> bool:
    """Whether a noun with an owner means another state than the owner ("its neighbour")."""
    return lemma in _words("kin", "neighbours") or lemma in _words("kin", "others")


def other_state(owner: Party, lemma: str, spoken_of: Iterable[Party]) -> Party | None:
    """Whom "its neighbour" means: the one state of those spoken of that is not the owner.

    Where the report speaks of several, a neighbour is one that borders on the owner; what stays in doubt is nobody.
    """
    polities = load_polities()
    found = {p.slug: p for p in spoken_of if p.slug in polities and p.entity.id != owner.entity.id}
    if lemma in _words("kin", "neighbours") and len(found) > 1:
        beside = _neighbours().get(owner.slug or "", frozenset())
        found = {slug: party for slug, party in found.items() if slug in beside}
    ids = {party.entity.id for party in found.values()}
    if len(ids) != 1:
        return None
    return party_of_polity(polities[next(iter(found)) or ""])


@functools.cache
def _words(table: str, key: str) -> frozenset[str]:
    return frozenset(load_toml("offices_of_one_state.toml")[table][key])


@functools.cache
def _titles() -> dict[str, str]:
    return dict(load_toml("offices_of_one_state.toml")["titles"])


@functools.cache
def _regions() -> dict[str, str]:
    return {name: code for code, names in load_toml("offices_of_one_state.toml")["regions"].items() for name in names}


@functools.cache
def _offices() -> dict[str, str]:
    return {p: slug for slug, phrases in load_toml("offices_of_one_state.toml")["offices"].items() for p in phrases}


@functools.cache
def _capitalised() -> dict[str, str]:
    return {p: slug for slug, phrases in load_toml("offices_of_one_state.toml")["capitalised"].items() for p in phrases}


@tabled
def _state_names() -> frozenset[str]:
    return frozenset(polity.name for polity in load_polities().values())


@tabled
def _neighbours() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for row in read_table("state_neighbours.csv"):
        found.setdefault(row["one"], set()).add(row["other"])
        found.setdefault(row["other"], set()).add(row["one"])
    return {slug: frozenset(others) for slug, others in found.items()}
