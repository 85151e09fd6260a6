"""From words to parties: noun phrases, names, offices, pronouns and second mentions.

A noun phrase resolves through its head, its modifiers and its "of" and "in" phrases; a name it holds decides where the
head does not. Who was mentioned earlier in the report decides pronouns and phrases such as "the ministry", "the
group", "the country". What resolves to nothing keeps its words and a null id: there is no nearest guess.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import replace

from dejure.coding.around_names import is_bare_word
from dejure.coding.clauses import coordinated, has_the, is_asked_about, is_pronoun, top_of_list
from dejure.coding.counted import all_that_are_counted, counted_owners
from dejure.coding.holders import is_of_earlier
from dejure.coding.mentions import PRONOUNS, Mention, Mentions, distinct
from dejure.coding.names_in_report import NamesInReport
from dejure.coding.other_states import is_other_state, other_state, state_of_office
from dejure.coding.owners_in_phrase import OwnersInPhrase
from dejure.coding.owners_in_report import OwnersInReport, bare
from dejure.coding.parties import Party, own_men, party_of_polity, state_of_place, unknown_party, with_role
from dejure.coding.persons import is_told_to_have_left
from dejure.coding.phrases import extent, phrase_text
from dejure.coding.role_owner import is_state_like, listed_owners, seizes_power, subject_that_sends
from dejure.coding.second_names import (
    half_of_divided,
    is_named_so,
    mission_of,
    named_by_word,
    only_one_fitting,
)
from dejure.coding.sport import is_player, is_side
from dejure.coding.strangers import Strangers
from dejure.coding.titled import is_mere_title
from dejure.coding.visits import host_or_guest
from dejure.coding.words import NounClasses, load_noun_classes
from dejure.reading.language import Token
from dejure.reading.reading import Reading, Sentence
from dejure.reference.names import Name, NameHit
from dejure.reference.tables import Role, load_polities

__all__ = ["Cast"]

_HALVES = frozenset({"North", "South", "East", "West"})
_OF_HALVES = frozenset({"northern", "southern", "eastern", "western"})
_SIDES = frozenset({"side", "half", "delegation", "neighbour", "neighbor", "leader", "government", "army", "troops"})
_OTHERS = frozenset({"no", "other", "another", "any", "every", "each", "either", "neither"})
#: Sectors of offices in which even a party's leader or a minister is not its voice.
_OWN_OFFICES = frozenset({"ELI", "LEG", "JUD"})
#: What makes of a word with "the" another name or somebody else's body.
_TIED = ("compound", "amod", "nmod", "poss", "prep")
_FIRST = frozenset({"we", "us", "our", "i", "my", "me"})


class Cast:
    """Everybody in one report, in the order they enter.

    Parameters
    ----------
    reading : Reading
        The report.
    on : datetime.date or None
        The day as of which names are taken.
    """

    def __init__(self, reading: Reading, on: dt.date | None) -> None:
        self.reading = reading
        self.on = on
        #: Slug of the polity whose recognition the report is about, once that is known.
        self.topic: str | None = None
        #: Whether words of recognition or the title name it; else it is only the one named most.
        self.topic_is_told = False
        #: Slugs of polities that recognise others in it and are not recognised.
        self.acting: frozenset[str] = frozenset()
        #: Slugs of those that it names as recognised and that do not act.
        self.recognised: frozenset[str] = frozenset()
        #: Key of who was told to act last; slugs of several polities that one act was told of.
        self.doer: str | None = None
        self.told: frozenset[str] = frozenset()
        self._classes: NounClasses = (classes := load_noun_classes())
        self._again = classes.groups | classes.clubs | classes.companies | classes.fighters
        self._mentions = Mentions()
        self._single: dict[tuple[int, int], Party | None] = {}
        self._names = NamesInReport(reading, on)
        self._owners = OwnersInReport(self._names, self._mentions)
        self._in_phrase = OwnersInPhrase(self._names, self._single_party)
        self._strangers = Strangers(self._names, self._in_phrase, self._owners)
        # Names first, then offices and new names, then pronouns: each pass looks back over what the one before found.
        for stage in (self._is_name, self._is_noun, is_pronoun):
            for sentence in reading.sentences:
                for mention in self._entering(sentence, stage):
                    self._mentions.add(mention)

    # -- what the rest of the room asks ------------------------------------------------------------------------------

    def parties(self, sentence: Sentence, head: int) -> list[Party]:
        """Parties that the noun phrase with this head names, one for each coordinated head."""
        found: list[Party] = []
        for at in coordinated(sentence, head):
            counted = self._counted(sentence, at)
            found += self.parties(sentence, counted) if counted is not None else self._one(sentence, at)
        return distinct(found)

    def _counted(self, sentence: Sentence, i: int) -> int | None:
        """What "dozens of", "a group of", "one of" count."""
        token = sentence.tokens[i]
        if token.lemma not in self._classes.quantities and token.pos != "NUM":
            return None
        if all_that_are_counted(self._mentions, sentence, token):
            return None
        for prep in sentence.children(i, "prep"):
            if prep.lower == "of":
                return next((c.i for c in sentence.children(prep.i, "pobj")), None)
        return None

    def of_heads(self, sentence: Sentence, heads: list[int]) -> list[Party]:
        """Parties of several heads, without repeats."""
        return distinct([party for head in heads for party in self.parties(sentence, head)])

    def speaker_near(self, part: str, start: int, end: int) -> Party | None:
        """The party that the words at these offsets name (a quotation's speaker)."""
        for sentence in self.reading.sentences:
            if sentence.part != part or not sentence.start <= start < sentence.end:
                continue
            inside = [t for t in sentence.tokens if sentence.start + t.start < end and sentence.start + t.end > start]
            heads = [t for t in inside if t.pos in ("NOUN", "PROPN", "PRON") and t.head not in [x.i for x in inside]]
            heads = heads or [t for t in inside if t.pos in ("NOUN", "PROPN", "PRON")][-1:]
            for token in heads:
                parties = self.parties(sentence, token.i)
                if parties:
                    return parties[0]
        return None

    def label_party(self, sentence: Sentence) -> Party | None:
        """The party that heads a list item ("BELGIUM - ...")."""
        return self._names.labels.get(sentence.paragraph)

    def named_in(self, sentence: Sentence, first: int, last: int) -> list[Party]:
        """Parties of all known names between two tokens, both included."""
        found: list[Party] = []
        if not sentence.names:
            return found
        for i in range(first, last + 1):
            hit = self._names.hit(sentence, i)
            if hit and (i == first or self._names.hit(sentence, i - 1) is not hit):
                party = self._names.party_of(sentence, hit)
                if party:
                    found.append(party)
        return distinct(found)

    def hit(self, sentence: Sentence, i: int) -> NameHit | None:
        """The known name that a token belongs to."""
        return self._names.hit(sentence, i)

    def is_refused(self, start: int, end: int) -> bool:
        """Whether a known name at these offsets of the body is a piece of another name ("Kerry Washington")."""
        return self._names.is_refused(start, end)

    def named(self, sentence: Sentence, hit: NameHit) -> Party | None:
        """The party or place that a known name stands for where it stands."""
        return self._names.party_of(sentence, hit)

    def before(self, sentence: Sentence, i: int) -> list[Mention]:
        """Mentions before a token, the nearest first."""
        return list(self._mentions.before(sentence, i))

    def owner_of(self, sentence: Sentence, i: int) -> Party | None:
        """The polity or organisation that the words of a noun phrase name beside its head."""
        return self._in_phrase.of(sentence, sentence.tokens[i])

    # -- entering ----------------------------------------------------------------------------------------------------

    def _entering(self, sentence: Sentence, stage: Callable[[Sentence, Token], bool]) -> Iterator[Mention]:
        for token in sentence.tokens:
            if not stage(sentence, token):
                continue
            party = self._single_party(sentence, token.i)
            if party is None or not party.is_known:
                continue
            top = top_of_list(sentence, token)
            is_subject = top.dep in ("nsubj", "nsubjpass") or is_asked_about(sentence, top)
            mention = Mention((sentence.index, token.i), party, is_subject, sentence.paragraph, (sentence.index, top.i))
            if party.is_mere_place:
                state = replace(state_of_place(party), is_place_name=True)
                self._owners.places.append(replace(mention, party=state))
            else:
                listed = self._listed(sentence, token.i, party) or [party]
                yield from (replace(mention, party=one) for one in listed)

    def _is_name(self, sentence: Sentence, token: Token) -> bool:
        hit = self._names.hit(sentence, token.i) if sentence.names else None
        return (
            hit is not None
            and self._names.hit(sentence, token.i + 1) is not hit
            and not (token.pos == "ADJ" and token.dep == "amod")
        )

    def _is_noun(self, sentence: Sentence, token: Token) -> bool:
        if token.pos not in ("NOUN", "PROPN", "ADJ") or token.dep in ("compound", "amod", "case", "det"):
            return False
        return self._names.hit(sentence, token.i) is None

    # -- one head ----------------------------------------------------------------------------------------------------

    def _one(self, sentence: Sentence, i: int) -> list[Party]:
        token = sentence.tokens[i]
        hit = self._names.hit(sentence, i)
        if hit is not None and any(n.kind == "plural" for n in hit.names):
            ids = {mention.party.entity.id for mention in self.before(sentence, i)}
            return self._names.plural(sentence, hit, i, ids)
        counted = all_that_are_counted(self._mentions, sentence, token)
        if counted:
            return counted
        if token.lower == "they" and token.dep in ("nsubj", "nsubjpass"):
            several = self._mentions.several(sentence, i)
            if several:
                return several
        party = self._single_party(sentence, i)
        return (self._listed(sentence, i, party) or [party]) if party is not None else []

    def _listed(self, sentence: Sentence, i: int, party: Party) -> list[Party]:
        """The parties of a noun whose adjectives list several states ("British and French forces")."""
        is_of_state = party.slug is not None and (party.entity.id is not None or party.entity.role is not None)
        owners = listed_owners(self._names, sentence, sentence.tokens[i]) if is_of_state else []
        role, words = self._names.role_of(sentence, i), phrase_text(sentence, i)
        if is_of_state or role is not None:
            owners = owners or counted_owners(self._mentions, sentence, sentence.tokens[i])
        if len(owners) <= 1 or self._names.hit(sentence, i) is not None:
            return []
        parties = [with_role(o, role, words, is_person=False) if role is not None else o for o in owners]
        return [found for p in parties if (found := self._with_words(sentence, i, p)) is not None]

    def _single_party(self, sentence: Sentence, i: int) -> Party | None:
        key = (sentence.index, i)
        if key not in self._single:
            self._single[key] = None
            self._single[key] = self._resolve(sentence, i)
        return self._single[key]

    def _resolve(self, sentence: Sentence, i: int) -> Party | None:
        token = sentence.tokens[i]
        if token.pos == "PRON" or token.lower in PRONOUNS:
            is_speaker = token.lower in _FIRST
            return self._voice(sentence, token) if is_speaker else self._mentions.of_pronoun(sentence, token)
        hit = self._names.hit(sentence, i)
        if hit is not None:
            whole = self._meant_by_word(sentence, token, hit)
            if whole is not None:
                return self._with_words(sentence, i, whole)
            party = self._named(sentence, token, hit)
            if party is not None or not all(n.table == "person" or _is_word_of_organ(n) for n in hit.names):
                return party
        if token.pos not in ("NOUN", "PROPN", "ADJ", "NUM", "DET", "X", "VERB"):
            return None
        if token.pos == "NOUN" and is_player(sentence, i):
            return unknown_party(phrase_text(sentence, i))
        role = self._names.role_of(sentence, i)
        told = self._told_otherwise(sentence, token, role)
        if told is not None:
            return self._with_words(sentence, i, told)
        definite = self._definite(sentence, token) if has_the(sentence, i) else None
        if definite is not None:
            return self._with_words(sentence, i, definite)
        if role is not None and token.lemma not in self._classes.states:
            return self._with_words(sentence, i, self._role_holder(sentence, token, role))
        if token.pos == "PROPN":
            again = self._mentions.again(sentence, token) if has_the(sentence, i) else None
            return self._with_words(sentence, i, again or self._strangers.of(sentence, token))
        return self._with_words(sentence, i, self._common_noun(sentence, token))

    def _meant_by_word(self, sentence: Sentence, token: Token, hit: NameHit) -> Party | None:
        """Whom one word that names an organisation means for short instead: one named in full, or one of its time."""
        if not is_bare_word(sentence, token, hit):
            return None
        whole = self._named_whole(sentence, token)
        is_of_time = any(n.validity.holds_on(self.on) for n in hit.names)
        return whole if whole is not None or is_of_time else self._called(sentence, token)

    def _definite(self, sentence: Sentence, token: Token) -> Party | None:
        """Whom a noun with "the" means of those named before: "the Pact", "the group", "the Union"."""
        whole = self._named_whole(sentence, token)
        if whole is not None:
            return whole
        if token.lemma.lower() in self._again:
            owner = self._in_phrase.of(sentence, token)
            again = (
                self._mentions.again(sentence, token) if owner is None
                else self._mentions.again_of(sentence, token, owner.entity.country if owner.slug is not None else None)
            )  # fmt: skip
            if again is not None:
                return again
        return self._called(sentence, token)

    def _told_otherwise(self, sentence: Sentence, token: Token, role: Role | None) -> Party | None:
        """Who a noun is by a name beside it, or that it is one of others: "his host, Mikuláš Dzurinda", "another"."""
        beside = self._person_beside(sentence, token) if role is None or _OWN_OFFICES.isdisjoint(role.sectors) else None
        if beside is not None:
            return beside
        if token.lower in self._classes.camps:
            return self._camp(sentence, token)
        if token.lower in ("latter", "former") and has_the(sentence, token.i) and token.dep not in ("amod", "compound"):
            return self._mentions.of_two(sentence, token)
        if has_the(sentence, token.i) and not sentence.children(token.i, "prep", "poss"):
            visits = host_or_guest(
                sentence, token, self._mentions.all(), self._owners.places, self._names.dateline
            )  # fmt: skip
            if visits is not None:
                return visits
        words = {c.lower for c in sentence.children(token.i, "det", "amod")} & _OTHERS
        if not words:
            return None
        if words == {"other"} and has_the(sentence, token.i) and role is not None:
            # "The other leaders of the G7" speak for it all the same.
            owner = self._in_phrase.of(sentence, token)
            if owner is not None and owner.is_club:
                return None
        return unknown_party(phrase_text(sentence, token.i), role, is_plural=True)

    def _person_beside(self, sentence: Sentence, token: Token) -> Party | None:
        """The known person that a noun is told to be: "his host, Mikuláš Dzurinda"."""
        if token.pos != "NOUN":
            return None
        for child in sentence.children(token.i, "appos"):
            party = self._single_party(sentence, child.i) if child.pos == "PROPN" else None
            if party is not None and party.is_person and party.entity.id is not None:
                return party
        return None

    def _named(self, sentence: Sentence, token: Token, hit: NameHit) -> Party | None:
        party = self._names.party_of(sentence, hit)
        if party is None or is_side(sentence, token.i):
            return None
        if not party.is_person:
            # "Norway's Jonas Gahr Støre" hangs a name on a name; "the Kremlin spokesman" a role on one.
            return mission_of(party, token.lemma, self._names.spoken_of(), self.on)
        if is_told_to_have_left(sentence, token, hit, self.on):
            left = replace(party.entity, id=None, sectors=("ELI",))
            return self._with_words(sentence, token.i, replace(party.at(left), acts_for="organ"))
        role = self._names.role_before(sentence, token.i)
        if role is not None and (is_of_earlier(party, role, self.on) or is_mere_title(sentence, role, hit)):
            role = None
        is_title = role is not None and role.acts_for == "none" and role.phrase in self._classes.titles
        if role is not None and party.slug is not None and not is_title:
            words = party.entity
            party = with_role(party, role, words.name, is_person=True)
            party = party.at(replace(party.entity, name_raw=words.name_raw, part=words.part,
                                     start=words.start, end=words.end))  # fmt: skip
        return self._with_words(sentence, token.i, party)

    # -- roles and offices -------------------------------------------------------------------------------------------

    def _role_holder(self, sentence: Sentence, token: Token, role: Role) -> Party:
        words = phrase_text(sentence, token.i)
        is_person = role.kind == "office"
        if "MIL" in role.sectors and seizes_power(sentence, token):
            return unknown_party(words, role, is_plural=True)
        owner = (
            self._in_phrase.of(sentence, token)
            or self._in_phrase.person_over(sentence, token)
            or state_of_office(role.phrase, words)
        )
        if owner is None and role.kind != "source":
            owner = self._sender(sentence, token) or self._owners.from_memory(sentence, token, role)
        if owner is None:
            return unknown_party(words, role, is_plural=token.tag in ("NNS", "NNPS"), is_person=is_person)
        if owner.is_mere_place and {"MIL", "COP"} & set(role.sectors):
            owner = state_of_place(owner)
        if owner.entity.id is None and "ELI" in owner.entity.sectors and role.acts_for == "state":
            # The ministers and soldiers of who has just left office are the state's.
            owner = self._state_of(owner) or owner
        party = with_role(owner, role, words, is_person=is_person)
        if role.phrase in own_men() and owner.entity.id is not None and sentence.children(token.i, "poss"):
            entity = replace(party.entity, id=owner.entity.id, country=owner.entity.country)
            party = replace(party, entity=entity, is_plural=False)
        party = mission_of(party, token.lemma, self._names.spoken_of(), self.on)
        return replace(party, is_place_name=token.lemma == "capital")

    def _sender(self, sentence: Sentence, token: Token) -> Party | None:
        """Whose men somebody sends: "Peru has sent police to the border"."""
        at = subject_that_sends(sentence, token)
        party = self._single_party(sentence, at) if at is not None else None
        if party is None or party.slug is None or party.entity.id is None:
            return None
        return bare(self._state_of(party) or party)

    def _state_of(self, party: Party) -> Party | None:
        polity = load_polities().get(party.slug or "")
        return party_of_polity(polity) if polity is not None else None

    # -- shorter names -----------------------------------------------------------------------------------------------

    def _called(self, sentence: Sentence, token: Token) -> Party | None:
        """Whom a word of an official name means with "the": "the Union", "the Republic", "the North"."""
        if token.text in _HALVES:
            return half_of_divided(token.lower, self._names.spoken_of(), self.on)
        half = next((c.lower for c in sentence.children(token.i, "amod") if c.lower in _OF_HALVES), None)
        if half is not None and token.lower in _SIDES:
            return half_of_divided(half.removesuffix("ern"), self._names.spoken_of(), self.on)
        if token.lower not in self._classes.official_words:
            return self._named_whole(sentence, token)
        if token.pos != "PROPN" or self._in_phrase.of(sentence, token) is not None:
            return None
        parties = (mention.party for mention in self.before(sentence, token.i))
        named = named_by_word(token.lower, parties, self._names.countries(), self.on)
        if named is None:
            later = distinct([m.party for m in self._mentions.all() if is_named_so(m.party, token.lower, self.on)])
            named = later[0] if len({party.entity.id for party in later}) == 1 else None
        return named and (self._state_of(named) or named)

    def _named_whole(self, sentence: Sentence, token: Token) -> Party | None:
        """Whom a capitalised word with "the" means that the report has named in full: "the Pact", "the Fund"."""
        is_word = token.pos == "PROPN" and token.tag == "NNP" and token.text[:1].isupper() and token.text[1:].islower()
        role = self._names.role_of(sentence, token.i) if is_word else None
        if not is_word or (role is not None and role.kind == "office") or sentence.children(token.i, *_TIED):
            return None
        bodies = (m.party for m in self.before(sentence, token.i) if m.party.slug is None and not m.party.is_person)
        return next((body for body in bodies if is_named_so(body, token.lower, self.on)), None)

    # -- second mentions ---------------------------------------------------------------------------------------------

    def _camp(self, sentence: Sentence, token: Token) -> Party:
        """As in "Some analysts argue ... Others warn": a camp of those spoken of last, kept apart by its own words."""
        for earlier in reversed(self.reading.sentences[max(0, sentence.index - 1) : sentence.index + 1]):
            stop = token.i if earlier is sentence else len(earlier.tokens)
            for i in range(stop - 1, -1, -1):
                role = (
                    self._names.role_of(earlier, i) if earlier.tokens[i].dep in ("nsubj", "nsubjpass", "conj") else None
                )
                if role is not None and role.kind in ("source", "group", "office"):
                    return unknown_party(token.lower, role, is_plural=True)
        return unknown_party(token.lower, is_plural=True)

    def _common_noun(self, sentence: Sentence, token: Token) -> Party | None:
        """As in "the group", "the country", "its decision": by class of noun, else by who owns it."""
        lemma = token.lemma
        owner = self._in_phrase.of(sentence, token)
        if owner is not None and is_other_state(lemma) and self._is_only_owner(sentence, token):
            spoken_of = distinct([m.party for m in self._mentions.all()]) if token.tag == "NN" else ()
            return other_state(owner, lemma, spoken_of) or unknown_party(phrase_text(sentence, token.i))
        determiner = next((c.lower for c in sentence.children(token.i, "det")), "")
        if owner is None and determiner in ("the", "this", "that", "both"):
            again = self._mentions.again(sentence, token)
            if again is not None:
                return (self._state_of(again) or again) if lemma in self._classes.states else again
            fitting = only_one_fitting(lemma, self._names.spoken_of(), self.on) if token.tag == "NN" else None
            if fitting is not None and determiner == "the":
                return fitting
            if lemma == "capital":
                state = self._mentions.latest(sentence, token, is_state_like)
                return replace(self._state_of(state) or state, is_place_name=True) if state is not None else None
        if owner is None:
            return unknown_party(phrase_text(sentence, token.i), is_plural=token.tag in ("NNS", "NNPS"))
        if lemma == "member" or (owner.is_club and (token.pos == "NUM" or lemma in self._classes.members)):
            return unknown_party(phrase_text(sentence, token.i), is_plural=True)
        if lemma in self._classes.states and owner.slug is not None and not owner.is_place_name:
            return self._state_of(owner)
        if lemma == "capital":
            return replace(owner, is_place_name=True)
        if lemma in self._classes.deeds or lemma in self._classes.states or token.pos != "NOUN":
            return replace(mission_of(owner, lemma, self._names.spoken_of(), self.on), is_plural=False)
        return replace(owner, acts_for="none" if lemma in self._classes.people else owner.acts_for)

    def _is_only_owner(self, sentence: Sentence, token: Token) -> bool:
        """Whether a noun has an owner ("its neighbour") and no name beside it ("its Nigerian counterpart")."""
        beside = sentence.children(token.i, "amod", "compound", "appos")
        return bool(sentence.children(token.i, "poss")) and not any(self._names.hit(sentence, c.i) for c in beside)

    def _voice(self, sentence: Sentence, token: Token) -> Party | None:
        """As in "We" and "I" inside a quotation are its speaker."""
        at = sentence.start + token.start
        for quotation in self.reading.quotations if sentence.part == "body" else ():
            if quotation.start <= at < quotation.end and quotation.speaker is not None:
                return self.speaker_near(sentence.part, *quotation.speaker)
        return None

    # -- words -------------------------------------------------------------------------------------------------------

    def _with_words(self, sentence: Sentence, i: int, party: Party | None) -> Party | None:
        if party is None:
            return None
        first, last = extent(sentence, i)
        start, end = sentence.span(first, last)
        text = self.reading.text(sentence.part)[start:end]
        name = party.entity.name or text
        return party.at(replace(party.entity, name=name, name_raw=text, part=sentence.part, start=start, end=end))


def _is_word_of_organ(name: Name) -> bool:
    """Whether a name is a common phrase too ("the Provisional Government")."""
    return name.is_ambiguous and name.table in ("polity", "organisation") and name.kind != "capital"
