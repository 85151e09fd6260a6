"""Which states have an office: "the Emir" is not of a republic, "the prime minister" not of the United States."""

from __future__ import annotations

import datetime as dt
import functools

from dejure.coding.parties import Party, party_of_polity
from dejure.coding.words import load_toml
from dejure.reference.tables import load_polities

__all__ = ["at_home", "is_federal", "is_rival", "is_rivals_word", "may_have"]

_FIRST, _LAST = 0, 9999
Spell = tuple[str, int, int]


def may_have(phrase: str, slug: str, on: dt.date | None) -> bool:
    """Whether a state may have an office of this name on a day; an office that the tables do not list, any may."""
    title = phrase.lower()
    if slug in _table_of_words().get(title.rpartition(" ")[2], frozenset()):
        return False
    spells = _table("titles").get(title)
    if spells is not None:
        return _holds(spells, slug, on)
    return not _holds(_table("lacking").get(title, ()), slug, on)


def at_home(phrase: str, on: dt.date | None) -> Party | None:
    """Whose "the Queen" is where no state that the report names has one."""
    kept = load_toml("offices_of_states.toml")["at_home"].get(phrase)
    spell = _spell(kept) if kept is not None else None
    if spell is None or on is None or not _holds((spell,), spell[0], on):
        return None
    return party_of_polity(load_polities()[spell[0]])


def is_federal(slug: str, on: dt.date | None) -> bool:
    """Whether a state is one of states on a day."""
    return _holds(_table("federal")["states"], slug, on)


def is_rivals_word(word: str) -> bool:
    """Whether a word before "government" tells one that claims a state from the one that governs."""
    return word in _rival_words()


def is_rival(slug: str) -> bool:
    """Whether a polity is a government whose claim another contests, under a slug of its own."""
    polity = load_polities().get(slug)
    return polity is not None and polity.is_disputed and polity.actor_id == polity.slug


def _holds(spells: tuple[Spell, ...], slug: str, on: dt.date | None) -> bool:
    return any(s == slug and (on is None or first <= on.year <= last) for s, first, last in spells)


def _spell(text: str) -> Spell:
    slug, _, years = text.partition(" ")
    first, _, last = years.partition("-")
    return slug, int(first or _FIRST), int(last or _LAST)


@functools.cache
def _table(name: str) -> dict[str, tuple[Spell, ...]]:
    return {key: tuple(map(_spell, rows)) for key, rows in load_toml("offices_of_states.toml")[name].items()}


@functools.cache
def _table_of_words() -> dict[str, frozenset[str]]:
    return {word: frozenset(slugs) for word, slugs in load_toml("offices_of_states.toml")["lacking_words"].items()}


@functools.cache
def _rival_words() -> frozenset[str]:
    return frozenset(load_toml("offices_of_states.toml")["rivals"]["words"])
