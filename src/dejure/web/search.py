"""What a question in plain words names: polities, states, a pair of both.

No word of a question has a meaning of its own, only the names in it and their order.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from dejure.ledger.parties import polity_of
from dejure.reference.tables import Polity, load_polities
from dejure.reference.who_is import resolve

__all__ = ["Found", "find"]

_MOST_WORDS = 24
_LONGEST_NAME = 8
_MOST = 30
#: Letters of a country code.
_CODE = 3


@dataclass(frozen=True, slots=True)
class Found:
    """One thing that may be meant: a polity (who recognises it), an actor (whom it recognises), or a pair.

    Parameters
    ----------
    is_whole : bool
        Whether it accounts for all names of the question, so that nothing else can be meant.
    """

    kind: str
    slug: str
    actor: str
    is_whole: bool = False
    names: dict[str, str] = field(default_factory=dict)


def find(question: str, on: dt.date) -> list[Found]:
    """What a question may mean, the likeliest first."""
    named = list(_named(question, on))
    distinct = list(dict.fromkeys(named))
    if len(distinct) == 2:
        first, second = distinct
        # "does France recognise Kosovo", "Kosovo: France?": the one whose standing is in dispute is the one recognised.
        if first.is_disputed and not second.is_disputed:
            first, second = second, first
        pair = Found("pair", second.slug, first.actor_id, True, {"actor": first.name, "polity": second.name})
        return [pair, *_each(distinct)]
    if len(distinct) == 1:
        (only,) = distinct
        return _each([only], is_whole=only.is_disputed)
    return _each(distinct or _beginning(question, on))[:_MOST]


def _each(polities: list[Polity], *, is_whole: bool = False) -> list[Found]:
    found = []
    for one in polities:
        forms = [
            Found("polity", one.slug, one.actor_id, is_whole, {"name": one.name}),
            Found("actor", one.slug, one.actor_id, False, {"name": one.name}),
        ]
        found += forms if one.is_disputed else forms[::-1]
    return found


def _named(question: str, on: dt.date) -> Iterator[Polity]:
    """The polities that are named, in their order; longest names first, as far as each is one polity."""
    words = re.findall(r"[^\W_]+(?:['’.\-][^\W_]+)*", question)[:_MOST_WORDS]
    place = 0
    while place < len(words):
        for length in range(min(_LONGEST_NAME, len(words) - place), 0, -1):
            polity = _polity(" ".join(words[place : place + length]), on)
            if polity is not None:
                yield polity
                place += length
                break
        else:
            place += 1


def _polity(name: str, on: dt.date) -> Polity | None:
    polities = load_polities()
    if (slug := name.strip().lower().replace(" ", "-")) in polities:
        return polities[slug]
    if name.isupper() and len(name) == _CODE and (by_code := polity_of(name, on)) is not None:
        return by_code
    candidates = [one for one in resolve(name, on=on) if one.slug and one.table == "polity"]
    # Short words are abbreviations only where they are written so: "who" is no organisation and "is" no country.
    if len(name) <= _CODE and name != name.upper():
        return None
    now = [one for one in candidates if one.holds] or candidates
    slugs = list(dict.fromkeys(one.slug for one in now if one.slug and not one.is_ambiguous))
    if len(slugs) != 1:
        states = [slug for slug in slugs if polities[slug].kind != "government"]
        slugs = states if len(states) == 1 else slugs[:0]
    return polities[slugs[0]] if slugs else None


def _beginning(question: str, on: dt.date) -> list[Polity]:
    """Polities whose name has a word that begins like the last word of the question."""
    words = re.findall(r"\w+", question.casefold())
    if not words or len(words[-1]) < _CODE:
        return []
    wanted = words[-1]
    found = [
        one for one in load_polities().values()
        if any(word.startswith(wanted) for word in re.findall(r"\w+", one.name.casefold()))
    ]  # fmt: skip
    return sorted(found, key=lambda one: (one.validity.distance_days(on), not one.is_disputed, one.name))[: _MOST // 2]
