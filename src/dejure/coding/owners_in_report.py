"""Whose ministry, army or president a report means where the words do not say: what the report tells of its states."""

from __future__ import annotations

from dataclasses import replace

from dejure.coding.holders import holds_office
from dejure.coding.mentions import Mention, Mentions
from dejure.coding.names_in_report import NamesInReport
from dejure.coding.offices import at_home, may_have
from dejure.coding.parties import Party, party_of_polity, state_of_place
from dejure.coding.role_owner import (
    NOBODY,
    Clues,
    clause_owners,
    contested_government,
    features,
    fitting_owners,
    is_state_like,
    likeliest,
    speaker_over,
)
from dejure.reading.language import Token
from dejure.reading.reading import Sentence
from dejure.reference.tables import Role, load_polities

__all__ = ["OwnersInReport", "bare"]

#: Plural nouns that are one body.
_PLURAL_BODIES = frozenset({"authorities", "officials", "forces", "rulers", "leaders"})


class OwnersInReport:
    """The states of one report as owners of roles.

    Attributes
    ----------
    places : list of Mention
        Towns and regions, each as the state it lies in.
    """

    def __init__(self, names: NamesInReport, mentions: Mentions) -> None:
        self._names = names
        self._mentions = mentions
        self.places: list[Mention] = []

    def from_memory(self, sentence: Sentence, token: Token, role: Role) -> Party | None:
        """Whose ministry, army or president is meant when the words do not say."""
        label = self._names.labels.get(sentence.paragraph)
        if label is not None:
            return bare(label)
        determiner = next((c.lower for c in sentence.children(token.i, "det")), "")
        is_plural = token.tag in ("NNS", "NNPS")
        is_force = role.kind == "unit" and bool({"MIL", "COP"} & set(role.sectors))
        is_crowd = is_plural and role.kind == "group" and role.acts_for == "none"
        if determiner in ("", "the") and (is_force or is_crowd):
            # "Police", "protesters", "lawmakers" are of the country the report is about, if it is about just one.
            alone = self._names.only_state()
            if alone is not None:
                return bare(alone)
            if is_force:
                return self._likeliest(sentence, token, role)
        if is_plural and determiner in ("the", "") and role.kind == "office" and role.sectors == ("MIL",):
            alone = self._names.only_state()
            # Who is named by an office counts as well: "Ravalomanana handed power to the admirals".
            is_alone = alone is not None and self._names.spoken_of() <= {alone.entity.country}
            return bare(alone) if alone is not None and is_alone else None
        is_any = determiner in ("a", "an") and role.kind == "body"
        if is_any or (is_plural and role.kind in ("office", "body") and role.phrase not in _PLURAL_BODIES):
            return None
        if determiner != "the" and (is_plural or (role.acts_for == "none" and role.kind in ("group", "source"))):
            return None
        return self._likeliest(sentence, token, role)

    def _likeliest(self, sentence: Sentence, token: Token, role: Role) -> Party | None:
        before = (m.party for m in self._mentions.before(sentence, token.i))
        again = next((p for p in before if p.entity.role == role.phrase and p.slug), None)
        spoken = clause_owners(self._names, sentence, token)
        dateline = self._names.dateline.slug if self._names.dateline is not None else None
        named = [m for m in self._mentions.all() if is_state_like(m.party)]
        said_by = speaker_over(named, sentence, token)
        before = (m.party for m in self._mentions.before(sentence, token.i))
        held = next((p.slug for p in before if holds_office(p, role.phrase, self._names.on)), None)
        clues = Clues(dateline, *spoken, again.slug if again is not None else None, said_by, held)
        mentions = fitting_owners([*self._written_in(), *named, *self.places], sentence, token, role, self._names.on)
        if not mentions:
            claim = contested_government((m.party for m in named), sentence, token, role, self._names.on)
            return (
                claim
                or at_home(role.phrase, self._names.on)
                or (bare(self._names.dateline) if self._names.dateline and not named else None)
            )
        told = next((slug for slug in spoken if slug is not None and may_have(role.phrase, slug, self._names.on)), None)
        slug = told or likeliest(features(mentions, sentence, token, role, clues))
        return party_of_polity(load_polities()[slug]) if slug != NOBODY else at_home(role.phrase, self._names.on)

    def _written_in(self) -> list[Mention]:
        """The state of the dateline, as mentioned before everything else."""
        dateline = self._names.dateline
        if dateline is None:
            return []
        state = state_of_place(dateline) if dateline.is_mere_place else dateline
        return (
            [Mention((-1, 0), replace(state, is_place_name=True), False, -1, (-1, 0))] if is_state_like(state) else []
        )


def bare(party: Party) -> Party:
    """The party without the words that named it, inferred."""
    return party.at(replace(party.entity, name_raw="", part=None, start=None, end=None, inferred=True))
