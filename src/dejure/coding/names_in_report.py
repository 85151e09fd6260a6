"""Known names at their places in a report, and what each means there.

A name that commonly means something else too is decided by what stands around it: a given name before a surname, a
title, a country the report speaks of, a score. What remains in doubt names nobody.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

from dejure.coding.around_names import (
    countries_of,
    follows_the,
    hit_text,
    is_one_name,
    is_river,
    is_where,
    is_written_as_organ,
    rules,
)
from dejure.coding.holders import heads_power, may_bear_title
from dejure.coding.other_states import is_craft, place_with_region, state_titled
from dejure.coding.parties import Party, parties_of_plural, party_of_name, party_of_polity, state_of_country
from dejure.coding.role_phrases import longest_role
from dejure.coding.titled import is_addressed_otherwise, is_somebody_else
from dejure.coding.words import load_noun_classes
from dejure.reading.language import Token
from dejure.reading.reading import Reading, Sentence
from dejure.reference.names import Name, NameHit, load_name_index
from dejure.reference.tables import Role, load_organisations, load_polities, load_roles

__all__ = ["NamesInReport"]

_FEW = {"two": 2, "three": 3, "four": 4, "five": 5}
#: Where in a clause a city stands; as a subject or object it is more often somebody of that name.
_OF_PLACES = frozenset({"pobj", "compound", "nmod", "poss", "appos", "conj", "npadvmod"})
#: Titles that go with a given name, not a surname.
_SURNAMES = frozenset({"king", "pope", "prince", "shah", "bishop", "sultan", "baron"})
_ROYAL = frozenset({"king", "queen", "prince", "princess", "crown prince", "pope", "emperor", "sultan", "saint"})


class NamesInReport:
    """The names of one report.

    Attributes
    ----------
    labels : dict of int to Party
        Who heads a list item, by paragraph.
    dateline : Party or None
        The state or place the report was written in.
    """

    def __init__(self, reading: Reading, on: dt.date | None) -> None:
        self.reading = reading
        self.on = on
        self.labels: dict[int, Party] = {}
        self._roles = load_roles()
        self._classes = load_noun_classes()
        self._hit_at: dict[tuple[int, int], NameHit] = {}
        self._spoken_of: frozenset[str] | None = None
        self._meant: dict[tuple[int, int, int], Party | None] = {}
        self._fulls: tuple[tuple[str, Name], ...] | None = None
        #: What each wording of a name may name, once however often the report has it.
        self._given = tuple(dict.fromkeys(hit.names for s in reading.sentences for hit in s.names))
        for sentence in reading.sentences:
            self._index_names(sentence)
        self.dateline = self._read_dateline()

    def hit(self, sentence: Sentence, i: int) -> NameHit | None:
        """The known name that a token belongs to."""
        return self._hit_at.get((sentence.index, i))

    def is_refused(self, start: int, end: int) -> bool:
        """Whether a known name at these offsets of the body is a piece of another name ("Kerry Washington")."""
        return any(
            start <= sentence.start + hit.start and sentence.start + hit.end <= end
            and not any(self.hit(sentence, t.i) is hit for t in sentence.tokens)
            for sentence in self.reading.sentences if sentence.part == "body" for hit in sentence.names
        )  # fmt: skip

    def party_of(self, sentence: Sentence, hit: NameHit) -> Party | None:
        """Who a name stands for at its place, with its words; None where that is in doubt."""
        place = (sentence.index, hit.start, hit.end)
        if place not in self._meant:
            self._meant[place] = self._party_of(sentence, hit)
        return self._meant[place]

    def _party_of(self, sentence: Sentence, hit: NameHit) -> Party | None:
        if is_craft(sentence, hit) or is_river(sentence, hit):
            return None
        names = self._in_context(sentence, hit)
        if is_where(sentence, hit):
            # Who was in Kabul was in Afghanistan, whoever rules there.
            names = tuple(n for n in names if n.kind != "capital" or not n.is_ambiguous) or names
        party = place_with_region(sentence, hit) or party_of_name(names, self.on)
        if party is None:
            return None
        if party.is_plural and party.slug is not None and not follows_the(sentence, hit):
            # "Afghans fled" are people of a country; "the Afghans" may be the state.
            people = replace(party.entity, id=None, sectors=("CVL",))
            party = replace(party.at(people), acts_for="none")
        entity = replace(
            party.entity, name_raw=hit_text(sentence, hit), part=sentence.part,
            start=sentence.start + hit.start, end=sentence.start + hit.end,
        )  # fmt: skip
        return party.at(entity)

    def plural(self, sentence: Sentence, hit: NameHit, i: int, named_before: set[str | None]) -> list[Party]:
        """All that a plural name stands for; of "the two Nordic countries" the two that were named before."""
        several = parties_of_plural(hit.names, self.on)
        counted = next((_FEW[c.lower] for c in sentence.children(i) if c.lower in _FEW), len(several))
        named = [p for p in several if p.entity.id in named_before]
        if counted == len(named):
            several = named
        start, end = sentence.start + hit.start, sentence.start + hit.end
        return [
            p.at(replace(p.entity, name_raw=hit_text(sentence, hit), part=sentence.part, start=start, end=end))
            for p in several
        ]  # fmt: skip

    def role_of(self, sentence: Sentence, i: int) -> Role | None:
        """The longest role phrase that ends in this token ("foreign ministry"); of who lost the office, no voice."""
        role = longest_role(sentence, i)
        if role is not None and role.phrase in _SURNAMES and self._follows_given_name(sentence, i):
            return None
        if role is None or role.kind != "office" or role.acts_for == "none":
            return role
        first = i - role.phrase.count(" ") - 2 * role.phrase.count("-")
        beside = [sentence.tokens[first - 1].lower] if first > 0 else []
        beside += [c.lower for c in sentence.children(i, "amod", "compound", "nmod") if c.i < i]
        if self._classes.out_of_office.isdisjoint(beside):
            return role
        return replace(role, phrase=f"former {role.phrase}", sectors=("ELI",), acts_for="none")

    def _follows_given_name(self, sentence: Sentence, i: int) -> bool:
        """Whether a title ends a name: "Mervyn King", not "Crown Prince" nor "the Saudi King"."""
        token, before = sentence.tokens[i], sentence.tokens[i - 1] if i else None
        if before is None or token.pos != "PROPN" or before.pos != "PROPN" or before.dep != "compound":
            return False
        return self.hit(sentence, i - 1) is None and longest_role(sentence, i - 1) is None

    def role_before(self, sentence: Sentence, i: int) -> Role | None:
        """The role in "Foreign Minister Sergei Lavrov", "Lavrov, the foreign minister"."""
        tokens = sentence.tokens
        at = i
        while at > 0 and tokens[at - 1].head == i and (tokens[at - 1].dep == "compound" or tokens[at - 1].text == "-"):
            # A given name that is a word for a role as well ("Son") is part of the name.
            is_own = self.hit(sentence, i) is not None and self.hit(sentence, at - 1) is self.hit(sentence, i)
            role = None if is_own else self.role_of(sentence, at - 1)
            if role is not None:
                return role
            at -= 1
        for child in sentence.children(i, "appos"):
            role = self.role_of(sentence, child.i)
            if role is not None:
                return role
        if tokens[i].dep == "appos":
            return self.role_of(sentence, tokens[i].head)
        return None

    def own_words(self, sentence: Sentence, i: int) -> list[str]:
        """The words of a proper name that ends in this token, without titles and offices before it."""
        words: list[str] = []
        for at in range(i, -1, -1):
            token = sentence.tokens[at]
            is_own = at == i or (token.pos == "PROPN" and token.dep in ("compound", "nmod", "nsubj", "pobj"))
            is_title = token.lower.strip(".") in self._classes.titles or self.role_of(sentence, at) is not None
            if not is_own or is_title or self.is_date(sentence, token):
                break
            words += reversed(token.text.split("-"))
        return words[::-1]

    def is_date(self, sentence: Sentence, token: Token) -> bool:
        """Whether a token is a word of a date."""
        start, end = sentence.span(token.i, token.i)
        dates = self.reading.dates if sentence.part == "body" else self.reading.title_dates
        return any(d.start < end and d.end > start for d in dates)

    def _index_names(self, sentence: Sentence) -> None:
        at = 0
        for hit in sentence.names:
            while at < len(sentence.tokens) and sentence.tokens[at].end <= hit.start:
                at += 1
            while at < len(sentence.tokens) and sentence.tokens[at].start < hit.end:
                if not self._is_part_of_other_name(sentence, hit, at) and self._may_be_place(sentence, hit, at):
                    self._hit_at[(sentence.index, at)] = hit
                at += 1

    def _may_be_place(self, sentence: Sentence, hit: NameHit, i: int) -> bool:
        """Whether a city's name, which may be a person's too, stands where places stand; other names always may."""
        if any(n.table != "place" for n in hit.names):
            return True
        token = sentence.tokens[i]
        before = sentence.text[: hit.start].split()[-1:]
        if before and not hit_text(sentence, hit).lower().startswith("the ") and self._heads_no_city(before[0]):
            return False
        return token.pos == "PROPN" and token.dep in _OF_PLACES and not self.is_date(sentence, token)

    def _is_in_place_of_place(self, sentence: Sentence, hit: NameHit) -> bool:
        return any(t.dep in _OF_PLACES for t in sentence.tokens if hit.start <= t.start < hit.end)

    def _heads_no_city(self, word: str) -> bool:
        """Whether a word stands before other things than a city: "the Union", "General Aurora"."""
        low = word.strip(".").lower()
        role = self._roles.get(low) if word[:1].isupper() else None
        return low == "the" or low in self._classes.titles or (role is not None and role.kind == "office")

    def _is_part_of_other_name(self, sentence: Sentence, hit: NameHit, i: int) -> bool:
        """Whether an ambiguous name is a piece of a longer proper name ("Jordan" in "Michael Jordan")."""
        is_name_like = all(n.kind in ("short", "capital", "seat", "place") for n in hit.names)
        if is_name_like and self._has_given_name(sentence, hit, i):
            return True
        if not any(n.is_ambiguous for n in hit.names):
            return False
        if all(n.kind in ("adjective", "demonym") for n in hit.names):
            return False
        tokens = sentence.tokens
        token = tokens[i]
        head = tokens[token.head]
        is_before = token.dep == "compound" and head.pos == "PROPN" and head.start >= hit.end
        is_before = is_before and all(t.pos == "PROPN" for t in tokens[i + 1 : head.i])
        if is_before and is_one_name(sentence, hit, head):
            return self.role_of(sentence, head.i) is None
        return any(
            c.dep == "compound" and c.pos == "PROPN" and c.text[0].isalpha() and c.i == i - 1 and c.end <= hit.start
            and self.role_of(sentence, c.i) is None and c.lower.strip(".") not in self._classes.titles
            and not self.is_date(sentence, c) and (sentence.index, c.i) not in self._hit_at
            for c in sentence.children(i)
        )  # fmt: skip

    def _has_given_name(self, sentence: Sentence, hit: NameHit, i: int) -> bool:
        """Whether another given name or a royal title stands before a surname known as an office holder's."""
        if i == 0 or sentence.tokens[i].start != hit.start:
            return False
        before = sentence.tokens[i - 1]
        if before.pos != "PROPN" or before.head != i or before.dep != "compound":
            return False
        low = before.lower.strip(".")
        is_title = low in self._classes.titles or state_titled(low) is not None
        if is_title or low in self._classes.directions or self.is_date(sentence, before):
            return False
        role = self.role_of(sentence, i - 1)
        return role is None or role.phrase in _ROYAL

    def _in_context(self, sentence: Sentence, hit: NameHit) -> tuple[Name, ...]:
        """What a doubtful name may mean in this report.

        An institution whose name many countries have is that of a country the report speaks of, or nobody's; a common
        surname is an office holder's only where the report gives the whole name too, or a title with it and the
        country.
        """
        names = tuple(
            n for n in self._of_same_person(hit)
            if n.kind != "short" or not n.is_ambiguous
            or n.text in self._surnames() or self._is_titled(sentence, hit, n) or self._is_leader_spoken_of(hit, n)
            or self._is_leader_of_power(sentence, hit, n)
        )  # fmt: skip
        if len({n.target for n in names if n.table == "polity"}) > 1:
            named = self._named_elsewhere(hit) or self._meant_elsewhere(hit)
            current = tuple(n for n in names if self.on is None or n.validity.holds_on(self.on)) or names
            names = tuple(n for n in current if n.target in named or rules(n, named)) or names
        names = tuple(n for n in names if not is_addressed_otherwise(sentence, hit, n))
        names = self._without_namesake(hit, names)
        if len({n.table for n in hit.names}) > 1 and not self._is_in_place_of_place(sentence, hit):
            names = tuple(n for n in names if n.table != "place" or any(other.table == "polity" for other in names))
        if not is_written_as_organ(sentence, hit):
            names = tuple(n for n in names if n.kind != "organ" or not n.is_ambiguous)
        seats = tuple(
            n for n in names if n.table == "organisation" and n.kind == "seat" and n.validity.holds_on(self.on)
        )
        capitals = [n for n in names if n.table == "polity"]
        is_open = all(n.is_ambiguous for n in capitals) and not self._named_elsewhere(hit) & {
            n.target for n in capitals
        }
        if len(seats) == 1 and is_open:
            # "Brussels" is the Union where the report does not speak of Belgium.
            return seats
        if not all(n.is_ambiguous and n.table == "organisation" for n in names):
            return names
        organisations = load_organisations()
        countries = self.countries() | self._led()
        is_bare = self._is_bare_name(sentence, hit)
        return tuple(
            n for n in names
            if (o := organisations.get(n.target)) is not None
            and (o.country is None or o.country in countries or (o.kind == "firm" and is_bare))
        )  # fmt: skip

    def _is_bare_name(self, sentence: Sentence, hit: NameHit) -> bool:
        """Whether a word stands as a proper name by itself: "Shell is asking", not "the shell" nor "Shell Beach"."""
        inside = [t for t in sentence.tokens if t.start < hit.end and t.end > hit.start]
        if len(inside) != 1 or inside[0].pos != "PROPN" or inside[0].tag != "NNP":
            return False
        is_part = (
            inside[0].dep == "compound"
            or follows_the(sentence, hit)
            or sentence.children(inside[0].i, "det", "compound", "amod")
        )
        return not is_part and inside[0].dep in ("nsubj", "nsubjpass", "pobj", "dobj", "poss", "conj")

    def _of_same_person(self, hit: NameHit) -> tuple[Name, ...]:
        """Of several who bear a surname, those whose whole name the report gives ("Morales" beside "Evo Morales")."""
        if any(n.kind == "full" for n in hit.names):
            return hit.names
        targets = {n.target for text, n in self._full_names() if text == hit.names[0].text.split()[-1]}
        same = tuple(n for n in hit.names if n.table == "person" and n.kind == "short" and n.target in targets)
        return same or hit.names

    def _full_names(self) -> tuple[tuple[str, Name], ...]:
        """Whole names of office holders in the report, by their last words."""
        if self._fulls is None:
            self._fulls = tuple((n.text.split()[-1], n) for names in self._given for n in names if n.kind == "full")
        return self._fulls

    def _named_elsewhere(self, hit: NameHit) -> frozenset[str]:
        """Polities that the report names by something else than this name ("Dominican" beside "Dominican Republic")."""
        own = {n.text for n in hit.names}
        others = (n for names in self._given for n in names if n.text not in own)
        return frozenset(n.target for n in others if n.table == "polity" and not n.is_ambiguous)

    def spoken_of(self) -> frozenset[str]:
        """ISO codes of the countries that the report names, by themselves or by a town, a body or an office holder."""
        bodies = {
            code
            for names in self._given if len(here := {c for n in names for c in countries_of(n)}) == 1 for code in here
        }  # fmt: skip
        return self.countries() | self._led() | bodies

    def _led(self) -> frozenset[str]:
        """ISO codes of the countries whose office holders of the day the report names."""
        polities = load_polities()
        leaders = {
            polities[n.target].iso3
            for names in self._given for n in names
            if n.table == "person" and n.target in polities and not n.is_ambiguous and n.validity.holds_on(self.on)
        }  # fmt: skip
        return frozenset(c for c in leaders if c)

    def _meant_elsewhere(self, hit: NameHit) -> frozenset[str]:
        """Polities whose leaders, bodies or towns the report names ("Congo" beside "Joseph Kabila")."""
        polities = load_polities()
        countries = self._countries_of_others(hit)
        leaders = {
            n.target
            for names in self._given for n in names
            if n.table == "person" and n.kind == "full" and n.validity.holds_on(self.on)
        }  # fmt: skip
        return frozenset(
            n.target for n in hit.names
            if n.target in leaders or (n.target in polities and polities[n.target].iso3 in countries)
        )  # fmt: skip

    def _countries_of_others(self, hit: NameHit) -> frozenset[str]:
        """Countries of the bodies and towns in the report that only one country has."""
        own = {n.text for n in hit.names}
        found: set[str] = set()
        for names in self._given:
            here = {c for n in names if n.text not in own for c in countries_of(n)}
            if len(here) == 1:
                found |= here
        return frozenset(found)

    def _without_namesake(self, hit: NameHit, names: tuple[Name, ...]) -> tuple[Name, ...]:
        """A state whose name a place elsewhere has, too, gives way where the report speaks of that place's country.

        "Georgia" beside "Atlanta" and "Democrats" is the American state.
        """
        polities = load_polities()
        states = {polities[n.target].iso3 for n in names if n.table == "polity" and n.kind == "name" and n.is_ambiguous}
        others = {c for n in names if n.table == "place" for c in countries_of(n)} - states
        if not states or not others:
            return names
        named = {polities[target].iso3 for target in self._named_elsewhere(hit)} | self._countries_of_others(hit)
        if states & named or not others & named:
            return names
        return tuple(n for n in names if n.table == "place") or names

    def _is_leader_spoken_of(self, hit: NameHit, name: Name) -> bool:
        """Whether a common surname is that of one holder on the day, whose country the report names."""
        if self.on is None or "GOV" not in name.sectors or not name.validity.holds_on(self.on):
            return False
        holders = {n.target for n in hit.names if n.kind == "short" and n.validity.holds_on(self.on)}
        polity = load_polities().get(name.target)
        return holders == {name.target} and polity is not None and polity.iso3 in self.spoken_of()

    def _is_leader_of_power(self, sentence: Sentence, hit: NameHit, name: Name) -> bool:
        """Whether a bare common surname is that of the one head of a great power on the day ("Kennedy promises").

        Not where the name is a body's too, or where the report gives it with another given name.
        """
        if self.on is None or not name.validity.holds_on(self.on) or not heads_power(name.target, name.text, self.on):
            return False
        tables = {n.table for n in hit.names}
        polities = load_polities()
        holders = {
            polities[n.target].actor_id if n.target in polities else n.target
            for n in hit.names if n.kind == "short" and n.validity.holds_on(self.on)
        }  # fmt: skip
        token = next((t for t in sentence.tokens if t.start == hit.start), None)
        if tables & {"polity", "organisation"} or len(holders) > 1 or token is None or token.tag != "NNP":
            return False
        is_bare = token.dep in ("nsubj", "nsubjpass", "dobj", "pobj", "poss", "dative", "conj")
        before = re.findall(rf"(\w+)\.? {re.escape(name.text)}\b", self.reading.report.body)
        return is_bare and not any(word[:1].isupper() and word.lower() not in self._classes.titles for word in before)

    def _is_titled(self, sentence: Sentence, hit: NameHit, name: Name) -> bool:
        """Whether "Mrs", "Dr" or an office stands before a surname.

        "President Johnson" is enough where one holder of that name holds office on the day; "Mr Johnson" needs a report
        that speaks of the holder's country.
        """
        before = sentence.text[: hit.start].rstrip().rpartition(" ")[2].strip(".").lower()
        if self.on is not None and name.validity.holds_on(self.on) and name.target == state_titled(before):
            return True
        role = self._roles.get(before)
        if role is not None and not may_bear_title(name.target, name.text, role.phrase, self.on):
            return False
        following = self._roles.get(sentence.text[hit.end :].lstrip().partition(" ")[0].strip(".,;:").lower())
        if following is not None and following.kind == "body" and following.acts_for == "state" and self.on is not None:
            # "The Bush administration".
            holders = {n.target for n in hit.names if n.kind == "short" and n.validity.holds_on(self.on)}
            return holders == {name.target}
        if role is not None and role.kind == "office" and role.acts_for == "state":
            holders = {n.target for n in hit.names if n.kind == "short" and n.validity.holds_on(self.on)}
            if self.on is not None and holders == {name.target}:
                return True
        polity = load_polities().get(name.target)
        is_title = before in self._classes.titles or role is not None
        if is_title and self.on is not None and self._is_beside_holder(sentence, hit):
            holders = {n.target for n in hit.names if n.kind == "short" and n.validity.holds_on(self.on)}
            if holders == {name.target}:
                return True
        if not is_title or polity is None or polity.iso3 not in self.countries():
            return False
        return role is not None or not is_somebody_else(sentence, hit, name.text, self.reading.report.body)

    def _is_beside_holder(self, sentence: Sentence, hit: NameHit) -> bool:
        """Whether an office holder of a name that is theirs alone stands in the same sentence."""
        return any(
            n.table == "person" and not n.is_ambiguous and n.validity.holds_on(self.on)
            for other in sentence.names if other is not hit for n in other.names
        )  # fmt: skip

    def _surnames(self) -> frozenset[str]:
        """Last words of the full names of office holders in the report."""
        return frozenset(text for text, _ in self._full_names())

    def is_titled(self, sentence: Sentence, i: int) -> bool:
        """Whether a title or rank stands right before a name ("Sheikh Jaber", "General Niazi")."""
        before = sentence.tokens[i - 1] if i else None
        if before is None or before.text[:1].islower():
            return False
        role = self._roles.get(before.lower)
        is_rank = role is not None and role.kind == "office" and (before.lower in _ROYAL or "MIL" in role.sectors)
        return before.lower.strip(".") in self._classes.titles or is_rank

    def only_state(self) -> Party | None:
        """The one state that the report names, if it names just one: whose soldiers and police are meant."""
        written_in = self.dateline.entity.country if self.dateline is not None else None
        countries = self.countries() | ({written_in} if written_in else set())
        state = state_of_country(next(iter(countries))) if len(countries) == 1 else None
        return party_of_polity(state) if state is not None else None

    def countries(self) -> frozenset[str]:
        """ISO codes of the countries that the report names beyond doubt."""
        if self._spoken_of is None:
            polities = load_polities()
            found = {
                polities[n.target].iso3
                for s in self.reading.sentences for hit in s.names for n in hit.names
                if n.table == "polity" and n.target in polities and not n.is_ambiguous
            }  # fmt: skip
            self._spoken_of = frozenset(c for c in found if c)
        return self._spoken_of

    def _read_dateline(self) -> Party | None:
        dateline: Party | None = None
        index = load_name_index()
        for sentence in self.reading.sentences:
            label = sentence.segment.label
            if label is None or sentence.paragraph in self.labels:
                continue
            words = self.reading.text(sentence.part)[label[0] : label[1]]
            hits = list(index.find(words.title() if words.isupper() else words))
            party = party_of_name(hits[0].names, self.on) if hits else None
            if party is None:
                continue
            if sentence.segment.is_dateline:
                dateline = dateline or party
            else:
                start = label[0] + hits[0].start
                self.labels[sentence.paragraph] = party.at(
                    replace(party.entity, name_raw=words[hits[0].start : hits[0].end], part=sentence.part,
                            start=start, end=label[0] + hits[0].end)
                )  # fmt: skip
        return dateline
