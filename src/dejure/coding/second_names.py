"""Shorter names that a report may use once the whole one is clear: "the Union", "the North".

A word of an official name ("the Republic", "the Union") stands for what the report named last whose name holds that
word on the day, else for the club of that word that most of the named states belong to. What fits two equally names
nobody.
"""

from __future__ import annotations

import datetime as dt
import functools
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from dejure.coding.parties import Party, party_of_name, party_of_polity, recognising_clubs
from dejure.coding.words import load_toml
from dejure.reference.names import Name, load_name_index
from dejure.reference.overlay import tabled
from dejure.reference.tables import load_organisations, load_polities, read_table

__all__ = ["half_of_divided", "is_named_so", "mission_of", "named_by_word", "only_one_fitting"]

_MISSIONS_OF = "UN"
_NAMING = frozenset({"name", "official", "historical", "full", "former"})
#: Further kinds of names that tell what an organisation may be called for short ("Warsaw Pact", "AU Commission").
_NAMING_ORGANISATIONS = _NAMING | {"alias", "organ"}


def named_by_word(word: str, before: Iterable[Party], countries: frozenset[str], on: dt.date | None) -> Party | None:
    """Whom "the" with a word of an official name means: of those named before, the nearest first, else a club."""
    called = next((party for party in before if is_named_so(party, word, on)), None)
    return called if called is not None else _club_of_members(word, countries, on)


def is_named_so(party: Party, word: str, on: dt.date | None) -> bool:
    """Whether a polity or organisation bears, on a day, a name with this word in it ("republic")."""
    target = party.slug or party.entity.id
    return any(on is None or name.validity.holds_on(on) for name in _by_target_and_word().get((target, word), ()))


def _club_of_members(word: str, countries: frozenset[str], on: dt.date | None) -> Party | None:
    """The club of states with this word in its name that most of these countries belong to, the larger of equals."""
    counts: dict[str, int] = {}
    polities = load_polities()
    for club, slug, since, until in _memberships():
        polity = polities.get(slug)
        if polity is None or polity.iso3 not in countries or (club, word) not in _by_target_and_word():
            continue
        if on is None or (since <= on.isoformat() and (not until or on.isoformat() <= until)):
            counts[club] = counts.get(club, 0) + 1
    ranked = sorted(counts, key=lambda club: (-counts[club], -_sizes()[club], club))
    return party_of_name(_by_target_and_word()[(ranked[0], word)], on) if ranked else None


def only_one_fitting(noun: str, countries: frozenset[str], on: dt.date | None) -> Party | None:
    """The one state of the countries spoken of that a noun fits ("the island" in a report that speaks of Taiwan)."""
    polities = load_polities()
    slugs = _noun_fits()["nouns"].get(noun, ())
    fitting = [polities[slug] for slug in slugs if slug in polities and polities[slug].validity.holds_on(on)]
    found = [state for state in fitting if state.iso3 in countries]
    return party_of_polity(found[0]) if len(found) == 1 else None


def half_of_divided(word: str, countries: frozenset[str], on: dt.date | None) -> Party | None:
    """The half of a divided country that "the North" stands for, where the report speaks of one such country."""
    polities = load_polities()
    found = []
    for halves in _noun_fits()["divided"]:
        states = [polities[slug] for slug in halves if polities[slug].validity.holds_on(on)]
        meant = [state for state in states if state.slug.startswith(f"{word}-")]
        if len(states) == len(halves) and meant and any(state.iso3 in countries for state in states):
            found.append(meant[0])
    return party_of_polity(found[0]) if len(found) == 1 else None


def mission_of(party: Party, word: str, countries: frozenset[str], on: dt.date | None) -> Party:
    """The one mission of the United Nations, on a day, in a country spoken of ("the UN force"); else them."""
    if party.entity.id != _MISSIONS_OF or word.lower() not in _noun_fits()["mission_words"]:
        return party
    found = [
        organisation for organisation in load_organisations().values()
        if organisation.kind == "mission" and organisation.country in countries
        and set(organisation.sectors) & {"UNO"} and on is not None and organisation.validity.holds_on(on)
    ]  # fmt: skip
    if len(found) != 1:
        return party
    one = found[0]
    return party.at(replace(party.entity, id=one.id, name=one.name, country=one.country, sectors=one.sectors))


@functools.cache
def _noun_fits() -> dict[str, Any]:
    return load_toml("noun_fits.toml")


@tabled
def _by_target_and_word() -> dict[tuple[str | None, str], tuple[Name, ...]]:
    found: dict[tuple[str | None, str], list[Name]] = {}
    for name in load_name_index().names():
        kinds = _NAMING_ORGANISATIONS if name.table == "organisation" else _NAMING
        if name.kind in kinds and name.table in ("polity", "organisation"):
            for word in name.text.lower().split():
                found.setdefault((name.target, word), []).append(name)
    return {key: tuple(names) for key, names in found.items()}


@tabled
def _memberships() -> tuple[tuple[str, str, str, str], ...]:
    clubs = recognising_clubs()
    return tuple(
        (row["organisation"], row["polity"], row["from"], row["to"])
        for row in read_table("organisation_members.csv")
        if row["organisation"] in clubs
    )


@tabled
def _sizes() -> Counter[str]:
    return Counter(club for club, *_ in _memberships())
