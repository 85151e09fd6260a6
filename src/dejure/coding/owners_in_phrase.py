"""Whose a noun is by the words of its own phrase: "the Danish minister", "a spokesman for Theresa May"."""

from __future__ import annotations

from collections.abc import Callable

from dejure.coding.names_in_report import NamesInReport
from dejure.coding.parties import Party
from dejure.coding.words import load_noun_classes
from dejure.reading.language import Token
from dejure.reading.reading import Sentence

__all__ = ["OwnersInPhrase"]

_ATTACHED = frozenset({"of", "in", "from", "for", "at", "within"})


class OwnersInPhrase:
    """The owners that noun phrases of one report name themselves.

    Parameters
    ----------
    names : NamesInReport
    single : callable
        The party that the noun phrase with the head at a token stands for.
    """

    def __init__(self, names: NamesInReport, single: Callable[[Sentence, int], Party | None]) -> None:
        self._names = names
        self._single = single

    def of(self, sentence: Sentence, token: Token) -> Party | None:
        """The polity or organisation that a role belongs to, by the words of its noun phrase."""
        if token.lemma in load_noun_classes().states:
            for child in sentence.children(token.i, "appos"):
                hit = self._names.hit(sentence, child.i)
                party = self._names.party_of(sentence, hit) if hit else None
                if party is not None:
                    return party
        for child in reversed(sentence.children(token.i, "amod", "compound", "nmod", "poss")):
            party = self._modifier(sentence, child)
            if party is not None:
                return party
        for child in sentence.children(token.i, "prep"):
            if child.lower not in _ATTACHED:
                continue
            for inner in sentence.children(child.i, "pobj"):
                party = self._single(sentence, inner.i)
                if party is not None and party.is_known and not party.is_person:
                    return party
        for child in sentence.children(token.i, "appos"):
            hit = self._names.hit(sentence, child.i)
            party = self._names.party_of(sentence, hit) if hit else None
            if party is not None:
                return party
        return None

    def person_over(self, sentence: Sentence, token: Token) -> Party | None:
        """The office holder whose a role is: "the government of Pedro Castillo", "a spokesman for Theresa May"."""
        for child in sentence.children(token.i, "prep"):
            for inner in sentence.children(child.i, "pobj") if child.lower in ("of", "for", "under") else ():
                party = self._single(sentence, inner.i) if inner.pos == "PROPN" else None
                if party is not None and party.is_person and party.entity.id is not None:
                    return party
        return None

    def _modifier(self, sentence: Sentence, child: Token) -> Party | None:
        hit = self._names.hit(sentence, child.i)
        if hit is not None:
            return self._names.party_of(sentence, hit)
        if child.dep == "poss":
            party = self._single(sentence, child.i)
            return party if party is not None and party.is_known else None
        for inner in sentence.children(child.i, "amod", "compound", "poss", "nmod"):
            party = self._modifier(sentence, inner)
            if party is not None:
                return party
        return None

    def of_name(self, sentence: Sentence, token: Token) -> Party | None:
        """Whose somebody with a name of their own is, also by what stands in apposition to the name."""
        owner = self.of(sentence, token)
        if owner is not None:
            return owner
        for child in sentence.children(token.i, "appos"):
            owner = self.of(sentence, child)
            if owner is not None:
                return owner
        if token.dep == "appos":
            return self.of(sentence, sentence.tokens[token.head])
        return None
