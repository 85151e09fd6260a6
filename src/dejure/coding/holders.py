"""Office holders under other forms of their names than the tables have: "Gjorge Ivanov", "Francisco Macías".

Two or more words of a name are held against the whole names of those in office on the day, without accents; where no
one fits, without vowels and with the letters that transcriptions confuse taken as one. A name that fits so loosely
counts only in a report that speaks of the holder's country.
"""

from __future__ import annotations

import datetime as dt
import functools
import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence

from dejure.coding.parties import Party, party_of_name
from dejure.coding.words import load_toml
from dejure.reference.names import Name
from dejure.reference.overlay import tabled
from dejure.reference.tables import Person, Role, Validity, load_people, load_polities

__all__ = [
    "heads_power",
    "holder_by_one_word",
    "holder_of_variant",
    "holds_office",
    "is_of_earlier",
    "may_be_addressed",
    "may_bear_title",
]

_WORD = re.compile(r"[^\W\d_]+")
_SHORTEST = 2
#: Shortest skeleton of a surname that is told by its consonants alone.
_SHORTEST_LOOSE = 3
#: Letters that transcriptions of one name confuse, in the order in which they are replaced.
_SPELLINGS = (
    ("tsch", "c"), ("sch", "s"), ("tch", "c"), ("dzh", "j"), ("zh", "j"), ("dj", "j"), ("gj", "j"), ("gh", "g"),
    ("kh", "h"), ("dh", "d"), ("th", "t"), ("ph", "f"), ("sh", "s"), ("ch", "c"), ("ck", "k"), ("ks", "x"), ("q", "k"),
    ("w", "v"), ("y", "i"), ("ff", "v"), ("ov", "v"), ("z", "s"),
)  # fmt: skip


#: Offices of one kind, by the name that stands for all of them.
_KINDS_OF_OFFICE = {
    "prime minister": ("premier", "taoiseach", "chancellor", "head of government", "caretaker prime minister"),
    "president": ("acting president", "interim president", "general", "marshal", "colonel"),
    "foreign minister": ("foreign secretary", "secretary of state", "top diplomat", "minister of foreign affairs"),
    "defence minister": ("defense minister", "defense secretary", "defence secretary", "minister of defence"),
    "finance minister": ("treasury secretary",),
    "king": ("monarch", "queen", "emir", "sultan", "emperor", "shah", "sovereign"),
}
#: Offices whose title before a name is borne by no minister.
_OF_HEADS = frozenset({"president", "king", "pope"})
#: What a leader may be called.
_LEADING = frozenset({"president", "prime minister", "king", "leader", "head of state"})


def holder_of_variant(words: Sequence[str], countries: Iterable[str], on: dt.date | None) -> Party | None:
    """Who held an office of state on a day and has these words, the surname last, in their whole name.

    Nobody where fewer than two words say it, or where holders of several countries fit.
    """
    if on is None or len(words) < _SHORTEST:
        return None
    exact = _fitting(_by_word(), [_plain(word) for word in words], on)
    found = exact or _spoken_of(_fitting(_by_skeleton(), [_skeleton(word) for word in words], on), countries)
    return party_of_name(tuple(found.values()), on) if len(found) == 1 else None


def may_bear_title(slug: str, words: str, title: str, on: dt.date | None) -> bool:
    """Whether who has these words in their name may be called "President" or "King", by the office the tables give."""
    kind = _synonyms().get(title, title)
    if on is None or kind not in _OF_HEADS or slug not in load_polities():
        return True
    held = [
        _synonyms().get(role, role)
        for word in _WORD.findall(words) for role, validity in _roles_held().get((slug, _plain(word)), ())
        if validity.holds_on(on)
    ]  # fmt: skip
    return not held or kind in held or "leader" in held


def heads_power(slug: str, surname: str, on: dt.date) -> bool:
    """Whether somebody of this surname heads, on a day, one of the states whose leaders papers name without more."""
    if slug not in _powers():
        return False
    held = {
        _synonyms().get(role, role) for role, validity in _roles_held().get((slug, _plain(surname)), ())
        if validity.holds_on(on)
    }  # fmt: skip
    return bool(held & _LEADING)


def holder_by_one_word(word: str, countries: Iterable[str], on: dt.date | None, title: str = "") -> Party | None:
    """Who held an office of state on a day, has this word in their whole name, and may bear the title.

    Where holders of several countries fit, the one whose country the report speaks of; so also where only the
    consonants fit.
    """
    if on is None:
        return None
    held = _held(_by_word().get(_plain(word), ()), on)
    held = {slug: name for slug, name in held.items() if may_bear_title(slug, word, title, on)}
    if len(held) > 1:
        held = _spoken_of(held, countries)
    if not held and len(_skeleton(word)) >= _SHORTEST_LOOSE:
        held = _spoken_of(_held(_by_skeleton().get(_skeleton(word), ()), on), countries)
    return party_of_name(tuple(held.values()), on) if len(held) == 1 else None


def holds_office(party: Party, phrase: str, on: dt.date | None) -> bool:
    """Whether a person named in a report holds, by the tables, the office of this name ("the prime minister").

    Where the tables say only that somebody leads the state, any of the offices that leaders have may be meant.
    """
    if not party.is_person or on is None or party.entity.id is None:
        return False
    wanted = _synonyms().get(phrase, phrase)
    words = {_plain(word) for word in _WORD.findall(party.entity.name_raw or "")}
    held = {
        _synonyms().get(role, role)
        for word in words for role, validity in _roles_held().get((party.slug or "", word), ())
        if validity.holds_on(on)
    }  # fmt: skip
    return wanted in held or ("leader" in held and wanted in _LEADING)


def may_be_addressed(slug: str, surname: str, countries: Iterable[str], on: dt.date | None) -> bool:
    """Whether "Mr" with this surname may be an office holder of a state, in a report that speaks of these countries.

    Who is known by two surnames is not addressed by one; a common surname needs a report that speaks of the state, or a
    state whose leaders papers name without more.
    """
    held = [person for person in _people_of().get((slug, _plain(surname)), ()) if person.validity.holds_on(on)]
    if held and all(person.short and _plain(person.short) != _plain(surname) for person in held):
        return False
    country = load_polities()[slug].iso3 if slug in load_polities() else None
    is_spoken_of = country is None or country in set(countries) or slug in _powers()
    return is_spoken_of or not any(person.is_short_ambiguous for person in held)


def is_of_earlier(party: Party, role: Role, on: dt.date | None) -> bool:
    """Whether a role is one that an office holder of the day had before: "Allan Louisy, a former judge"."""
    kind = role.phrase.removeprefix("former ")
    return kind != role.phrase and party.entity.id is not None and not holds_office(party, kind, on)


def _fitting(table: dict[str, tuple[Name, ...]], keys: list[str], on: dt.date) -> dict[str, Name]:
    """Holders on a day whose whole name has all these words, by polity."""
    held = [n for n in table.get(keys[-1], ()) if n.validity.holds_on(on)]
    others = [set(table.get(key, ())) for key in keys[:-1] if len(key) > 1]
    return {n.target: n for n in held if others and all(n in other for other in others)}


def _held(names: Iterable[Name], on: dt.date) -> dict[str, Name]:
    return {n.target: n for n in names if n.validity.holds_on(on)}


def _spoken_of(held: dict[str, Name], countries: Iterable[str]) -> dict[str, Name]:
    spoken_of = set(countries)
    polities = load_polities()
    return {slug: name for slug, name in held.items() if polities[slug].iso3 in spoken_of}


@functools.lru_cache(maxsize=4096)
def _plain(word: str) -> str:
    decomposed = unicodedata.normalize("NFKD", word)
    return "".join(c for c in decomposed if not unicodedata.combining(c)).casefold()


@functools.lru_cache(maxsize=4096)
def _skeleton(word: str) -> str:
    """The consonants of a word as transcriptions of it share them."""
    plain = _plain(word)
    for written, meant in _SPELLINGS:
        plain = plain.replace(written, meant)
    first, rest = plain[:1], plain[1:]
    consonants = first + "".join(c for c in rest if c not in "aeiouhj'")
    return re.sub(r"(.)\1+", r"\1", consonants)


@tabled
def _names() -> tuple[Name, ...]:
    polities = load_polities()
    return tuple(
        Name(person.name, "person", person.polity, "full", person.validity, False, person.sectors)
        for person in load_people() if person.polity in polities
    )  # fmt: skip


@tabled
def _by_word() -> dict[str, tuple[Name, ...]]:
    return _by(_plain)


@tabled
def _by_skeleton() -> dict[str, tuple[Name, ...]]:
    return _by(_skeleton)


def _by(key: Callable[[str], str]) -> dict[str, tuple[Name, ...]]:
    found: dict[str, list[Name]] = {}
    for name in _names():
        for word in {key(w) for w in _WORD.findall(name.text)}:
            found.setdefault(word, []).append(name)
    return {word: tuple(names) for word, names in found.items()}


@functools.cache
def _synonyms() -> dict[str, str]:
    return {name: kind for kind, names in _KINDS_OF_OFFICE.items() for name in names}


@tabled
def _roles_held() -> dict[tuple[str, str], tuple[tuple[str, Validity], ...]]:
    found: dict[tuple[str, str], list[tuple[str, Validity]]] = {}
    for person in load_people():
        for word in {_plain(w) for w in _WORD.findall(person.name)}:
            found.setdefault((person.polity, word), []).append((person.role, person.validity))
    return {key: tuple(roles) for key, roles in found.items()}


@tabled
def _people_of() -> dict[tuple[str, str], tuple[Person, ...]]:
    """Office holders by their state and each word of their names."""
    found: dict[tuple[str, str], list[Person]] = {}
    for person in load_people():
        for word in {_plain(w) for w in _WORD.findall(person.name)}:
            found.setdefault((person.polity, word), []).append(person)
    return {key: tuple(people) for key, people in found.items()}


@functools.cache
def _powers() -> frozenset[str]:
    return frozenset(load_toml("offices_of_states.toml")["powers"]["states"])
