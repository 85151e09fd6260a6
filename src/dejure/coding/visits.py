"""Who "the host" and "the visitor" are: by where a report says that things happen, and who is there from elsewhere."""

from __future__ import annotations

import functools
from collections.abc import Iterable

from dejure.coding.mentions import Mention
from dejure.coding.parties import Party, party_of_polity, state_of_place
from dejure.coding.words import load_toml
from dejure.reading.language import Token
from dejure.reading.reading import Sentence
from dejure.reference.tables import load_polities

__all__ = ["host_or_guest"]


def host_or_guest(
    sentence: Sentence, token: Token, mentions: Iterable[Mention], places: Iterable[Mention], dateline: Party | None
) -> Party | None:
    """The state that "the host" means, the person that "the guest" means; None for other nouns and where nothing tells.

    The host is of the state of the dateline, else of the place named last; the guest is the person of another state
    that the report names first.
    """
    is_host = token.lemma in _words("hosts")
    if not is_host and token.lemma not in _words("guests"):
        return None
    here = (sentence.index, token.i)
    named = [m for m in mentions if m.order < here]
    home = _home([*named, *places], here, dateline)
    if is_host:
        polity = load_polities().get(home or "")
        return party_of_polity(polity) if polity is not None else None
    people = [m.party for m in named if m.party.is_person and m.party.entity.id is not None and m.party.slug]
    return next((party for party in people if party.slug != home), None)


def _home(places: list[Mention], here: tuple[int, int], dateline: Party | None) -> str | None:
    if dateline is not None:
        return (state_of_place(dateline) if dateline.is_mere_place else dateline).slug
    before = [m for m in places if m.order < here and m.party.is_place_name and m.party.slug is not None]
    return max(before, key=lambda m: m.order).party.slug if before else None


@functools.cache
def _words(kind: str) -> frozenset[str]:
    return frozenset(load_toml("noun_fits.toml")[kind])
