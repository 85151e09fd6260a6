"""Who was mentioned where in a report, and whom a pronoun or a second mention means.

The nearest mention that fits wins; a subject before an object, the same sentence before the last two.
"""

from __future__ import annotations

import functools
from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from dejure.coding.parties import Party, is_contested, party_of_polity
from dejure.coding.persons import is_woman
from dejure.coding.words import load_noun_classes, load_toml
from dejure.reading.language import Token
from dejure.reading.reading import Sentence
from dejure.reference.tables import load_polities, load_roles

__all__ = ["PRONOUNS", "Mention", "Mentions", "distinct"]

_FAR_BACK = 40
_TWO = 2
_OBJECT_FORMS = frozenset({"him", "her", "them"})
_COUNTRY = frozenset({"country", "nation"})
_ADDRESSING = frozenset(
    {"tell", "address", "ask", "urge", "assure", "promise", "warn", "lead", "rule", "govern", "thank"}
)
_MOVEMENTS = frozenset({"group", "movement", "militia", "organisation", "organization", "party", "faction"})
_SENTENCES_BACK = 2
_SENTENCES_BACK_FOR_NOUNS = 3

_SINGULAR_PEOPLE = frozenset({"he", "she", "him", "her", "his", "hers", "himself", "herself"})
_WOMEN = frozenset({"she", "her", "hers", "herself"})
_THINGS = frozenset({"it", "its", "itself"})
_MANY = frozenset({"they", "them", "their", "theirs", "themselves"})
#: All of them but those of the speaker.
PRONOUNS = _SINGULAR_PEOPLE | _THINGS | _MANY

Fits = Callable[[Party], bool]


@dataclass(frozen=True, slots=True)
class Mention:
    """A party named at a place of the report.

    Attributes
    ----------
    order : tuple of int
        Sentence and token; rises through the text.
    is_subject : bool
        Whether it stands in a subject.
    paragraph : int
    group : tuple of int
        Shared by the members of one coordination.
    """

    order: tuple[int, int]
    party: Party
    is_subject: bool
    paragraph: int
    group: tuple[int, int]


class Mentions:
    """All mentions of a report, in the order of the text."""

    def __init__(self) -> None:
        self._all: list[Mention] = []
        self._orders: list[tuple[int, int]] = []

    def add(self, mention: Mention) -> None:
        """Take in one more mention, at its place."""
        at = bisect_left(self._orders, mention.order)
        self._all.insert(at, mention)
        self._orders.insert(at, mention.order)

    def before(self, sentence: Sentence, i: int) -> Iterator[Mention]:
        """The forty mentions before a token, the nearest first."""
        stop = bisect_left(self._orders, (sentence.index, i))
        yield from reversed(self._all[max(0, stop - _FAR_BACK) : stop])

    def all(self) -> list[Mention]:
        """All mentions so far, in the order of the text."""
        return list(self._all)

    def latest(self, sentence: Sentence, token: Token, fits: Fits) -> Party | None:
        """Whom a pronoun means, with the pronoun's own words."""
        own = self.own_subject(sentence, token, fits)
        if own is not None:
            return own
        recent = [m for m in self.before(sentence, token.i) if m.order[0] >= sentence.index - _SENTENCES_BACK]
        fitting = [m for m in recent if fits(m.party) and not _is_other_than(sentence, token, m)]
        same = [m for m in fitting if m.order[0] == sentence.index and m.is_subject]
        past = [m for m in fitting if m.order[0] < sentence.index and m.is_subject]
        chosen = same or past or fitting
        return _said_by(sentence, token.i, chosen[0].party) if chosen else None

    def of_pronoun(self, sentence: Sentence, token: Token) -> Party | None:
        """Whom a pronoun of the third person means."""
        if token.lower in _WOMEN:
            woman = self.latest(sentence, token, lambda p: _is_one_person(p) and is_woman(p))
            return woman or self.latest(sentence, token, _is_one_person)
        if token.lower in _SINGULAR_PEOPLE:
            return self.latest(sentence, token, lambda p: _is_one_person(p) and not is_woman(p))
        if token.lower in _THINGS:
            return self.latest(sentence, token, lambda p: not p.is_person and not p.is_plural)
        if token.lower not in _MANY:
            return None
        pair = self.pair(sentence, token.i) if token.dep == "nsubj" else []
        return (
            self.own_subject(sentence, token, lambda p: not p.is_person)
            or self.latest(sentence, token, lambda p: p.is_plural)
            or (pair[0] if pair else None)
            or (self.latest(sentence, token, lambda p: not p.is_person) if token.dep in ("nsubj", "poss") else None)
        )

    def own_subject(self, sentence: Sentence, token: Token, fits: Fits) -> Party | None:
        """The subject of the clause that "its" or "their" stands in."""
        if token.dep != "poss":
            return None
        for mention in self.before(sentence, token.i):
            is_here = mention.order[0] == sentence.index and mention.is_subject
            if is_here and fits(mention.party) and _is_subject_over(sentence, token.i, mention):
                return _said_by(sentence, token.i, mention.party)
        return None

    def pair(self, sentence: Sentence, i: int) -> list[Party]:
        """The two polities meant by "the two countries", "both". Empty where there are no two.

        Two that were last named side by side ("Israel and Jordan"), else the two named last.
        """
        sides = self._sides(sentence, i)
        if sentence.tokens[i].lemma in load_noun_classes().persons:
            # "Both men" are two people, where two or more were named.
            people = [m for m in sides if m.party.is_person]
            sides = people if len({m.party.entity.key for m in people}) >= _TWO else sides
        near = [m for m in sides if m.order[0] >= sentence.index - 1]
        for mention in near:
            together = distinct([m.party for m in sides if m.group == mention.group])
            if len(together) == _TWO:
                return [_said_by(sentence, i, party) for party in reversed(together)]
        last: dict[str, Party] = {}
        for mention in sides:
            last.setdefault(mention.party.entity.key, mention.party)
        if len(last) > _TWO:
            # Of more than two those of the last sentences, and of these those that did something; where these are
            # more, too, it is anybody's guess.
            close = {m.party.entity.key for m in near}
            doing = {m.party.entity.key for m in near if m.is_subject}
            meant = doing if len(close) > _TWO else close
            last = {key: party for key, party in last.items() if key in meant}
        two = list(last.values()) if len(last) == _TWO else []
        return [_said_by(sentence, i, party) for party in reversed(two)] if len(two) == _TWO else []

    def of_two(self, sentence: Sentence, token: Token) -> Party | None:
        """Whom "the latter" and "the former" mean: the last and the last but one named since the sentence before."""
        last: dict[str, Party] = {}
        for mention in self.before(sentence, token.i):
            if mention.order[0] >= sentence.index - 1:
                last.setdefault(mention.party.entity.key, mention.party)
        two = list(last.values())[:_TWO]
        return two[0 if token.lower == "latter" else 1] if len(two) == _TWO else None

    def _sides(self, sentence: Sentence, i: int) -> list[Mention]:
        """Mentions before a plural noun that may be among those it counts, the nearest first."""
        is_bloc = sentence.tokens[i].lemma in load_noun_classes().clubs
        is_subject = sentence.tokens[i].dep in ("nsubj", "nsubjpass", "poss")
        sides: list[Mention] = []
        for mention in self.before(sentence, i):
            party = _of_people(mention.party)
            fits = party.is_club if is_bloc else party.slug is not None
            # Who urges "both sides" or "the two countries" is neither of them.
            is_other = not is_subject and mention.is_subject and _is_subject_over(sentence, i, mention)
            if fits and not is_other and party.entity.id:
                sides.append(replace(mention, party=party))
        return sides

    def all_of(self, sentence: Sentence, i: int, count: int) -> list[Party]:
        """The polities meant by "the three presidents", "all four": of just so many, or of a list; else nobody."""
        sides = self._sides(sentence, i)
        if sentence.tokens[i].lemma in load_noun_classes().persons:
            sides = [m for m in sides if m.party.is_person]
        for mention in sides:
            together = distinct([m.party for m in sides if m.group == mention.group])
            if len(together) == count:
                return [_said_by(sentence, i, party) for party in reversed(together)]
        named = {m.party.slug: m.party for m in reversed(sides)}
        return [_said_by(sentence, i, party) for party in named.values()] if len(named) == count else []

    def several(self, sentence: Sentence, i: int) -> list[Party]:
        """The coordinated subject that "they" stands for, if the nearest plural subject is one."""
        for mention in self.before(sentence, i):
            if mention.order[0] < sentence.index - 1:
                break
            if not mention.is_subject:
                continue
            group = [m for m in self._all if m.group == mention.group]
            if len(group) > 1:
                return distinct([m.party for m in group])
            if mention.party.is_plural:
                break
        return self._listed_before(sentence, i)

    def _listed_before(self, sentence: Sentence, i: int) -> list[Party]:
        """Three states or more that the sentence lists before a pronoun, where no subject was read among them."""
        for mention in self.before(sentence, i):
            if mention.order[0] != sentence.index or mention.is_subject:
                break
            group = [m.party for m in self._all if m.group == mention.group]
            states = distinct([party for party in group if _is_state(party)])
            if len(states) > _TWO:
                return states
        return []

    def again(self, sentence: Sentence, token: Token) -> Party | None:
        """Whom a definite noun means: "the country", "the group", "the bloc"."""
        addressed = self._addressed(sentence, token)
        if addressed is not None:
            return addressed
        classes = load_noun_classes()
        is_plural = token.tag in ("NNS", "NNPS")
        for names, fits in (
            (classes.states, _is_state), (classes.groups, _is_group), (classes.clubs, _is_club),
            (classes.fighters, _is_armed), (classes.companies, _is_firm),
        ):  # fmt: skip
            if token.lemma.lower() not in names or (
                fits is _is_state and (is_plural or _is_described(sentence, token.i))
            ):
                continue
            wanted = _noun_fits().get(token.lemma)
            if fits is _is_state and _is_new(sentence, token.i):
                # "the new republic" is the one whose standing is at issue, where one was spoken of.
                fits = _is_contested
            for mention in self.before(sentence, token.i):
                near = mention.order[0] >= sentence.index - _SENTENCES_BACK_FOR_NOUNS
                # What fits few states ("the island") may be that of a person named before.
                is_meant = fits(mention.party) if wanted is None else mention.party.slug in wanted
                if near and is_meant:
                    return mention.party
        if token.lemma in _COUNTRY and not is_plural and not _is_described(sentence, token.i):
            # "Robert Mugabe asked the country": where no state was named, that of who was.
            before = [m.party for m in self.before(sentence, token.i)]
            led = (p for p in before if p.is_person and p.acts_for == "state" and p.slug is not None)
            return None if any(_is_state(p) for p in before) else next(led, None)
        return None

    def _addressed(self, sentence: Sentence, token: Token) -> Party | None:
        """Whose "the nation" is that somebody in office tells something."""
        if token.lemma not in _COUNTRY or sentence.tokens[token.head].lemma not in _ADDRESSING:
            return None
        if token.dep not in ("dobj", "dative") or _is_described(sentence, token.i):
            return None
        over = (m.party for m in self.before(sentence, token.i) if _is_subject_over(sentence, token.i, m))
        return next((p for p in over if p.is_person and p.acts_for == "state" and p.slug is not None), None)

    def again_of(self, sentence: Sentence, token: Token, country: str | None) -> Party | None:
        """Whom a noun with a country's adjective means: "the Chinese company" the one of China named before."""
        classes = load_noun_classes()
        for names, fits in ((classes.companies, _is_firm), (classes.fighters, _is_armed), (_MOVEMENTS, _is_movement)):
            if token.lemma.lower() in names and country is not None:
                for mention in self.before(sentence, token.i):
                    near = mention.order[0] >= sentence.index - _SENTENCES_BACK_FOR_NOUNS
                    if near and fits(mention.party) and mention.party.entity.country == country:
                        return mention.party
        return None


def _of_people(party: Party) -> Party:
    """The state of a people that a report names beside another one ("Ethiopians ... the two governments")."""
    polity = load_polities().get(party.slug or "")
    is_people = party.is_plural and party.entity.id is None and not party.is_person
    return party_of_polity(polity) if is_people and polity is not None else party


@functools.cache
def _noun_fits() -> dict[str, frozenset[str]]:
    return {noun: frozenset(slugs) for noun, slugs in load_toml("noun_fits.toml")["nouns"].items()}


def _is_described(sentence: Sentence, i: int) -> bool:
    """Whether a noun is told apart by words that not every state fits ("the West African country")."""
    plain = load_noun_classes().plain
    return any(c.lemma not in plain and c.lower not in plain for c in sentence.children(i, "amod", "compound", "nmod"))


def _is_subject_over(sentence: Sentence, i: int, mention: Mention) -> bool:
    """Whether a mention is the subject of a verb that a token hangs on."""
    if mention.order[0] != sentence.index:
        return False
    verb = sentence.tokens[mention.group[1]].head
    while sentence.tokens[i].head != i and sentence.tokens[i].pos not in ("VERB", "AUX"):
        i = sentence.tokens[i].head
    return i == verb


def _is_other_than(sentence: Sentence, token: Token, mention: Mention) -> bool:
    """Whether a mention is the subject that acts on "him" or "it", and so is somebody else."""
    if mention.order[0] != sentence.index or not mention.is_subject:
        return False
    if token.dep == "poss" or token.lower.endswith(("self", "selves")):
        return False
    if token.dep in ("nsubj", "nsubjpass") and token.lower not in _OBJECT_FORMS:
        return False
    at = token.head if token.dep in ("nsubj", "nsubjpass") else token.i
    at = sentence.tokens[at].head if token.dep in ("nsubj", "nsubjpass") else at
    while sentence.tokens[at].head != at and sentence.tokens[at].pos not in ("VERB", "AUX"):
        at = sentence.tokens[at].head
    # "Thanked him and invited him" has one subject.
    while sentence.tokens[at].dep == "conj" and not sentence.children(at, "nsubj", "nsubjpass", "agent"):
        at = sentence.tokens[at].head
    return at == sentence.tokens[mention.group[1]].head


def distinct(parties: list[Party]) -> list[Party]:
    """Parties without repeats, in order."""
    seen: dict[tuple[str, str | None], Party] = {}
    for party in parties:
        seen.setdefault((party.entity.key, party.entity.role), party)
    return list(seen.values())


def _said_by(sentence: Sentence, i: int, party: Party) -> Party:
    """The party, named by the words of a token."""
    start, end = sentence.span(i, i)
    words = sentence.tokens[i].text
    return party.at(replace(party.entity, name_raw=words, part=sentence.part, start=start, end=end))


def _is_state(party: Party) -> bool:
    return party.slug is not None and not party.is_person


def _is_new(sentence: Sentence, i: int) -> bool:
    words = {c.lower for c in sentence.children(i, "amod")}
    return bool(
        words & {"new", "newest", "young", "breakaway", "self-declared", "self-proclaimed", "infant", "fledgling"}
    )


def _is_contested(party: Party) -> bool:
    return is_contested(party.slug) and not party.is_person


def _is_group(party: Party) -> bool:
    if party.slug is not None:
        return party.entity.id is not None and (
            "PRE" in party.entity.sectors or (party.is_plural and not {"MIL", "COP", "GOV"} & set(party.entity.sectors))
        )
    return _is_armed(party) or (party.entity.id is not None and not party.is_club and not _is_firm(party))


def _is_armed(party: Party) -> bool:
    return bool({"REB", "UAF", "PRM", "IMG"} & set(party.entity.sectors)) or (
        party.slug is not None and party.is_plural and party.entity.id is not None
    )


def _is_movement(party: Party) -> bool:
    return party.slug is None and party.entity.id is not None and not party.is_club and not _is_firm(party)


def _is_firm(party: Party) -> bool:
    return party.entity.id is not None and bool({"BUS", "MNC", "JRN"} & set(party.entity.sectors))


def _is_club(party: Party) -> bool:
    return party.is_club


def _is_one_person(party: Party) -> bool:
    """Whether a party is a person, not "leaders" or "ministers"."""
    role = party.entity.role or ""
    one = load_roles().get(role[:-1]) if role.endswith("s") else None
    return party.is_person and (one is None or one.kind != "office")
