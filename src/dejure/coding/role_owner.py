"""Whose government, army or envoy a report means where the words do not say: a small ranking of the states it names.

Each state of the report is a candidate, and so is nobody. A linear score over a few features of how the report speaks
of the state (how near, as what, how often, what it did in the sentence) ranks them. The weights are fitted on our own
labelled passages by `scripts/fit_role_owner`.
"""

from __future__ import annotations

import datetime as dt
import functools
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from dejure.coding.mentions import Mention
from dejure.coding.names_in_report import NamesInReport
from dejure.coding.offices import is_federal, is_rival, is_rivals_word, may_have
from dejure.coding.parties import Party, government_of, party_of_polity
from dejure.coding.words import load_toml
from dejure.reading.language import Token
from dejure.reading.reading import Sentence
from dejure.reference.tables import Role

__all__ = [
    "NOBODY",
    "Clues",
    "clause_owners",
    "contested_government",
    "features",
    "fitting_owners",
    "is_state_like",
    "likeliest",
    "listed_owners",
    "seizes_power",
    "speaker_over",
    "subject_that_sends",
]

NOBODY = ""
_FAR = 3
#: Probability of the best candidate below which it is wrong more often than right on our labelled passages.
_LEAST_SHARE = 0.44
_PLURAL_TAGS = ("NNS", "NNPS")
#: Features that weigh otherwise for envoys and for soldiers and police.
_BY_KIND = ("subject_here", "speaker", "share", "first", "place_here", "dateline")

Features = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Clues:
    """States that single facts about a sentence point to, by slug.

    Attributes
    ----------
    dateline : str or None
        Where the report was written.
    seat : str or None
        The state whose capital opens the clause.
    announcer : str or None
        The subject of what the role's holder is said to have said.
    same_role : str or None
        Whose holder of the same role was mentioned last.
    speaker : str or None
        Who says what the role stands in: "Mr Moreno said that the government would act".
    holder : str or None
        Whose holder of this very office was named before: "Manasseh Sogavare ... the prime minister".
    """

    dateline: str | None = None
    seat: str | None = None
    announcer: str | None = None
    same_role: str | None = None
    speaker: str | None = None
    holder: str | None = None


def likeliest(candidates: Mapping[str, Features]) -> str:
    """The candidate with the highest score; `NOBODY` where that is the likeliest, or where the best is a mere guess."""
    weights = _weights()
    scores = {
        slug: sum(weights.get(name, 0.0) * value for name, value in found.items()) for slug, found in candidates.items()
    }
    best = max(sorted(scores), key=lambda slug: scores[slug])
    total = sum(math.exp(score - scores[best]) for score in scores.values())
    return best if 1 / total >= _LEAST_SHARE else NOBODY


def features(
    mentions: Iterable[Mention], sentence: Sentence, token: Token, role: Role, clues: Clues
) -> dict[str, dict[str, float]]:
    """The features of each state among these mentions, and of nobody, as owner of a role."""
    of_state: dict[str, list[Mention]] = {}
    for mention in mentions:
        of_state.setdefault(mention.party.slug or "", []).append(mention)
    here = (sentence.index, token.i)
    total = sum(len(found) for found in of_state.values())
    firsts = {slug: min(m.order for m in found) for slug, found in of_state.items()}
    lasts = {slug: max((m.order for m in found if m.order < here), default=None) for slug, found in of_state.items()}
    nearest = max((order for order in lasts.values() if order is not None), default=None)
    found = {
        slug: _features_of(of_state[slug], here, clues, slug)
        | {"share": len(of_state[slug]) / total, "alone": float(len(of_state) == 1)}
        | {"first": float(firsts[slug] == min(firsts.values()))}
        | {"last": float(lasts[slug] is not None and lasts[slug] == nearest)}
        for slug in sorted(of_state)
    }
    # Who calls in an ambassador is not whose ambassador it is; police are where something happens.
    kind = "envoy" if _envoys() & set(role.phrase.split()) else "force" if role.kind == "unit" else ""
    for slug in found if kind else ():
        found[slug] |= {f"{kind}:{name}": found[slug][name] for name in _BY_KIND}
    found[NOBODY] = {"nobody": 1.0, "nobody:plural": float(token.tag in _PLURAL_TAGS)}
    return found


def fitting_owners(
    mentions: Iterable[Mention], sentence: Sentence, token: Token, role: Role, on: dt.date | None
) -> list[Mention]:
    """The mentions of states that may have the office or body at all, by its name and the words before it."""
    words = {c.lower for c in sentence.children(token.i, "amod", "compound")} | set(role.phrase.split())
    fitting = [m for m in mentions if m.party.slug is not None and may_have(role.phrase, m.party.slug, on)]
    if "federal" in words:
        fitting = [m for m in fitting if is_federal(m.party.slug or "", on)] or fitting
    if "junta" in words:
        # Of the states named the one that has a government of its own kind on the day, as after a coup.
        fitting = [m for m in fitting if government_of(m.party.slug or "", on) is not None] or fitting
    if role.kind == "body" and any(is_rivals_word(word) for word in words):
        fitting = [m for m in fitting if is_rival(m.party.slug or "")]
    return fitting


def contested_government(
    parties: Iterable[Party], sentence: Sentence, token: Token, role: Role, on: dt.date | None
) -> Party | None:
    """The one government that claims one of these states, where the words speak of such: "the shadow government"."""
    words = {c.lower for c in sentence.children(token.i, "amod", "compound")} | set(role.phrase.split())
    if role.kind != "body" or not any(is_rivals_word(word) for word in words):
        return None
    claims = {p.slug: government_of(p.slug, on) for p in parties if p.slug is not None}
    found = {claim.slug: claim for claim in claims.values() if claim is not None}
    return party_of_polity(next(iter(found.values()))) if len(found) == 1 else None


def listed_owners(names: NamesInReport, sentence: Sentence, token: Token) -> list[Party]:
    """The states that adjectives before a noun list: "British and French forces"."""
    found: dict[str | None, Party] = {}
    for child in sentence.children(token.i, "amod", "compound", "nmod"):
        for at in (child, *sentence.children(child.i, "conj")):
            party = _named(names, sentence, at)
            if party is not None and at.i < token.i and party.slug is not None and not party.is_person:
                found.setdefault(party.slug, party)
    return list(found.values())


def is_state_like(party: Party) -> bool:
    """Whether a party is a state, its government or an organ or voice of it."""
    return party.slug is not None and party.acts_for in ("state", "organ")


def clause_owners(names: NamesInReport, sentence: Sentence, token: Token) -> tuple[str | None, str | None]:
    """The states that the clause of a role points to: by its capital, and by what is announced or done."""
    return _seat(names, sentence, token), _announcer(names, sentence, token) or _leader(names, sentence, token)


def _seat(names: NamesInReport, sentence: Sentence, token: Token) -> str | None:
    """The state whose capital opens the clause: "In Moscow the deputy foreign minister said"."""
    head = sentence.tokens[token.head]
    if token.dep not in ("nsubj", "nsubjpass", "compound") or head.pos not in ("VERB", "AUX", "PROPN"):
        return None
    verb = head if head.pos in ("VERB", "AUX") else sentence.tokens[head.head]
    for child in sentence.children(verb.i, "prep"):
        if child.lower in ("in", "at", "from") and child.i < token.i:
            for place in sentence.children(child.i, "pobj"):
                party = _named(names, sentence, place)
                if party is not None and party.slug is not None and not party.is_person:
                    return party.slug
    return None


def speaker_over(mentions: Iterable[Mention], sentence: Sentence, token: Token) -> str | None:
    """The state of who says the clause that a role stands in, the nearest verb of saying first."""
    tokens = sentence.tokens
    subjects = {m.order[1]: m.party for m in mentions if m.order[0] == sentence.index and is_state_like(m.party)}
    at = token
    while at.head != at.i:
        above = tokens[at.head]
        if at.dep == "ccomp" and above.pos in ("VERB", "AUX"):
            for subject in sentence.children(above.i, "nsubj", "nsubjpass"):
                party = subjects.get(subject.i)
                if party is not None:
                    return party.slug
        at = above
    return None


def seizes_power(sentence: Sentence, token: Token) -> bool:
    """Whether bare soldiers turn against their own state, and so speak for it no more: "Soldiers took the radio"."""
    verb = sentence.tokens[token.head]
    if token.tag != "NNS" or token.dep != "nsubj" or sentence.children(token.i, "det", "amod", "poss", "compound"):
        return False
    table = load_toml("role_owner.toml")
    taken = sentence.children(verb.i, "dobj")
    return verb.lemma in table["mutinying"] or (
        verb.lemma in table["seizing"] and any(t.lemma in table["seats_of_power"] for t in taken)
    )


def subject_that_sends(sentence: Sentence, token: Token) -> int | None:
    """The subject that sends, lends or calls up what a token names: "Egypt is sending police"."""
    determiners = {c.lower for c in sentence.children(token.i, "det", "poss")}
    if determiners - {"a", "an", "some", "more"}:
        return None
    at = token
    while at.dep == "conj" and at.head != at.i:
        at = sentence.tokens[at.head]
    verb = sentence.tokens[at.head]
    if at.dep != "dobj" or verb.lemma not in load_toml("role_owner.toml")["sending"]:
        return None
    while not sentence.children(verb.i, "nsubj") and verb.dep in ("conj", "xcomp") and verb.head != verb.i:
        verb = sentence.tokens[verb.head]
    return next((c.i for c in sentence.children(verb.i, "nsubj")), None)


def _announcer(names: NamesInReport, sentence: Sentence, token: Token) -> str | None:
    """The subject of what is reported: in "Niger has cut ties, the government said" it is Niger's government."""
    verb = sentence.tokens[token.head]
    if token.dep != "nsubj" or verb.pos not in ("VERB", "AUX"):
        return None
    for said in sentence.children(verb.i, "ccomp"):
        for subject in sentence.children(said.i, "nsubj", "nsubjpass") if said.i < token.i else ():
            party = _named(names, sentence, subject)
            if party is not None and is_state_like(party):
                return party.slug
    return None


def _leader(names: NamesInReport, sentence: Sentence, token: Token) -> str | None:
    """The subject that a clause goes with: "Norway rejected it, with a spokesman calling it absurd" has Norway's."""
    tokens = sentence.tokens
    verb = tokens[token.head]
    preposition = tokens[verb.head] if token.dep == "nsubj" and verb.dep == "pcomp" else verb
    if preposition.lower != "with" or preposition.dep != "prep":
        return None
    for subject in sentence.children(preposition.head, "nsubj", "nsubjpass"):
        party = _named(names, sentence, subject)
        if party is not None and is_state_like(party):
            return party.slug
    return None


def _named(names: NamesInReport, sentence: Sentence, token: Token) -> Party | None:
    hit = names.hit(sentence, token.i)
    return names.party_of(sentence, hit) if hit is not None else None


def _features_of(mentions: list[Mention], here: tuple[int, int], clues: Clues, slug: str) -> dict[str, float]:
    before = [m for m in mentions if m.order < here]
    back = min((here[0] - m.order[0] for m in before), default=None)
    near = [m for m in before if here[0] - m.order[0] == back]
    return {
        "after": float(back is None),
        f"back{_FAR if back is None else min(back, _FAR)}": 1.0,
        "subject_near": float(any(m.is_subject for m in near)),
        "subject_here": float(back == 0 and any(m.is_subject for m in near)),
        "dateline": float(slug == clues.dateline),
        "seat": float(slug == clues.seat),
        "announcer": float(slug == clues.announcer),
        "same_role": float(slug == clues.same_role),
        "speaker": float(slug == clues.speaker),
        "holder": float(slug == clues.holder),
        "place_here": float(back == 0 and any(m.party.is_place_name for m in near)),
    }


@functools.cache
def _envoys() -> frozenset[str]:
    return frozenset(load_toml("role_owner.toml")["envoys"])


@functools.cache
def _weights() -> dict[str, float]:
    return dict(load_toml("role_owner.toml")["weights"])
