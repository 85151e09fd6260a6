"""Names that the tables do not know: strangers, and office holders under other forms of their names.

What the report says of somebody decides: an office with the state it is of, before the name, beside it or told by
"is" and "became"; a title with one word of an office holder's name; a rank in a report that speaks of one army.
"""

from __future__ import annotations

from dataclasses import replace

from dejure.coding.holders import holder_by_one_word, holder_of_variant, may_be_addressed
from dejure.coding.names_in_report import NamesInReport
from dejure.coding.owners_in_phrase import OwnersInPhrase
from dejure.coding.owners_in_report import OwnersInReport
from dejure.coding.parties import Party, unknown_party, with_role
from dejure.coding.persons import is_courtesy, is_of_other_sex, told_to_be
from dejure.coding.phrases import phrase_text
from dejure.coding.titled import is_beside_noun, is_private, title_before
from dejure.reading.language import Token
from dejure.reading.reading import Sentence
from dejure.reference.tables import Role

__all__ = ["Strangers"]


class Strangers:
    """Who the unknown names of one report stand for; a surname said again is who bore it before.

    Parameters
    ----------
    names : NamesInReport
    in_phrase : OwnersInPhrase
    in_report : OwnersInReport
    """

    def __init__(self, names: NamesInReport, in_phrase: OwnersInPhrase, in_report: OwnersInReport) -> None:
        self._names = names
        self._in_phrase = in_phrase
        self._owners = in_report
        self._known: dict[str, Party] = {}

    def of(self, sentence: Sentence, token: Token) -> Party | None:
        """Who bears a name that no table has, by the title, the office or the owner that the report gives."""
        if self._names.is_date(sentence, token):
            return None
        words = phrase_text(sentence, token.i, names_only=True)
        surname = token.text
        role = self._names.role_before(sentence, token.i)
        held = self._holder(sentence, token, role)
        if held is not None:
            self._known[surname] = held
            return held
        owner = self._in_phrase.of_name(sentence, token)
        if role is None or role.acts_for == "none":
            role, owner = self._told_office(sentence, token) or (role, owner)
        if role is None and owner is None:
            # "Mr Rajoelina" is whom the report called Andry Rajoelina before.
            party = self._known.get(surname) or unknown_party(words, is_person=True)
            if len(self._names.own_words(sentence, token.i)) > 1:
                self._known.setdefault(surname, party)
            return party
        if owner is None and role is not None:
            if surname in self._known and self._known[surname].is_known:
                return self._known[surname]
            # A stranger's rank does not tell whose officer that is, unless there is only one army to think of.
            is_rank = "MIL" in role.sectors
            owner = self._names.only_state() if is_rank else self._owners.from_memory(sentence, token, role)
        if role is None and is_beside_noun(sentence, token.i):
            owner = None
        is_of = not sentence.children(token.i, "poss", "appos") and token.dep != "appos"
        party = self._person(words, role, owner, is_of=is_of)
        self._known[surname] = party
        return party

    def _told_office(self, sentence: Sentence, token: Token) -> tuple[Role, Party] | None:
        """The office that somebody is told to hold, and of which state or body: "Bakiyev is acting president of"."""
        called = told_to_be(sentence, token)
        role = self._names.role_of(sentence, called.i) if called is not None else None
        owner = self._in_phrase.of(sentence, called) if called is not None and role is not None else None
        is_office = role is not None and role.kind == "office" and (role.acts_for != "none" or "ELI" in role.sectors)
        return (role, owner) if is_office and role is not None and owner is not None else None

    def _holder(self, sentence: Sentence, token: Token, role: Role | None) -> Party | None:
        """Who held an office on the day under another form of this name, or under a title and one word of it."""
        spoken_of = self._names.spoken_of()
        held = holder_of_variant(self._names.own_words(sentence, token.i), spoken_of, self._names.on)
        if held is None and (self._names.is_titled(sentence, token.i) or self._is_office(role)):
            held = holder_by_one_word(token.text, spoken_of, self._names.on, role.phrase if role is not None else "")
            held = None if held is not None and role is None and self._is_another(sentence, token, held) else held
        return held

    def _is_another(self, sentence: Sentence, token: Token, held: Party) -> bool:
        """Whether who is addressed by a title and a surname is not the holder of that name."""
        title = title_before(sentence, token.start)
        if not is_courtesy(title):
            return False
        if not may_be_addressed(held.slug or "", token.text, self._names.spoken_of(), self._names.on):
            return True
        body = self._names.reading.report.body
        return is_of_other_sex(title, held.slug or "", token.text) or is_private(sentence, token.i, token.text, body)

    def _is_office(self, role: Role | None) -> bool:
        return role is not None and role.kind == "office" and role.acts_for == "state"

    def _person(self, words: str, role: Role | None, owner: Party | None, *, is_of: bool) -> Party:
        if owner is None:
            return unknown_party(words, role, is_person=True)
        if role is None and is_of:
            # "the American Farm Bureau" is of a country and does not act for it; "Norway's Støre" does.
            named = unknown_party(words)
            return named.at(replace(named.entity, country=owner.entity.country))
        if role is None:
            return replace(owner, is_person=True) if owner.acts_for == "state" else unknown_party(words, is_person=True)
        return with_role(owner, role, words, is_person=True)
