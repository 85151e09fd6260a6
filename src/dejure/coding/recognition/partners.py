"""With whom ties are: "it", "the two", whoever the report is about, the rival of the one they were broken with."""

from __future__ import annotations

from dataclasses import replace

from dejure.coding.actors import Cast
from dejure.coding.clauses import arguments_of, noun_arguments
from dejure.coding.parties import Party, is_contested, party_of_polity
from dejure.coding.recognition.groups import told_together
from dejure.coding.recognition.judge import Base
from dejure.coding.recognition.polity import recognised_by, recognised_of, recognition_words
from dejure.coding.recognition.slugs import opponent_of
from dejure.reading.reading import Sentence
from dejure.records import Recognised
from dejure.reference.tables import load_polities

__all__ = ["counterpart", "implied_partners", "partners_of", "the_two"]

_PAIR_WORDS = frozenset(
    {"two", "both", "they", "pair", "side", "country", "nation", "state", "government", "neighbour"}
)
_PAIR_NEAR = 3


def partners_of(cast: Cast, sentence: Sentence, heads: list[int], but: set[str | None]) -> list[Party]:
    """Parties behind "with"; "it" is none of those who act, but the polity spoken of."""
    found = []
    for head in dict.fromkeys(heads):
        parties: list[Party] = []
        if sentence.tokens[head].lower == "it":
            # "recognised X and resumed relations with it": what the same sentence names is nearer than all before.
            near = _told_before(cast, sentence, head) or _object_before(cast, sentence, head)
            parties = [p for p in near if p.slug is not None and p.slug not in but]
        parties = parties or [p for p in cast.of_heads(sentence, [head]) if p.slug is not None and p.slug not in but]
        if not parties and sentence.tokens[head].lower in ("it", "them"):
            parties = [p for p in _object_before(cast, sentence, head) if p.slug is not None and p.slug not in but]
        if not parties and sentence.tokens[head].lower in ("it", "them"):
            meant = recognised_of(cast, sentence, head, [])
            parties = [
                party_of_polity(load_polities()[r.id]) for r in meant if r.id in load_polities() and r.id not in but
            ]
        found += parties
    return list({p.entity.key: p for p in found}.values())


def _told_before(cast: Cast, sentence: Sentence, i: int) -> list[Party]:
    """The polity that words of recognition name before "it": "recognised the republic and set up relations with it"."""
    words = recognition_words()
    for token in reversed(sentence.tokens[:i]):
        heads: list[int] = []
        if token.lemma in words["verbs"]["recognise"]:
            heads = arguments_of(sentence, token.i).objects
        elif token.lemma in words["nouns"]["recognition"]:
            heads = noun_arguments(sentence, token.i).prep("of", "from")
        found = [r.id for head in heads if head < i for r in recognised_of(cast, sentence, head, [])]
        parties = [party_of_polity(load_polities()[slug]) for slug in found if slug in load_polities()]
        if parties:
            return parties
    return []


def _object_before(cast: Cast, sentence: Sentence, i: int) -> list[Party]:
    """The parties that the last object in the same sentence before a pronoun stands for, none where it names none."""
    for token in reversed(sentence.tokens[:i]):
        if token.dep in ("dobj", "nsubjpass") and token.pos in ("NOUN", "PROPN") and not _is_ties(token.lemma):
            return cast.parties(sentence, token.i) if cast.hit(sentence, token.i) is not None else []
    return []


def _is_ties(lemma: str) -> bool:
    return lemma in recognition_words()["relations"]["nouns"]


def the_two(cast: Cast, sentence: Sentence, heads: list[int]) -> list[Party]:
    """Whom "the two", "they", "both sides" mean: two states named in one breath, or alone in the sentence before."""
    plural = [h for h in heads if sentence.tokens[h].lemma in _PAIR_WORDS and cast.hit(sentence, h) is None]
    if not plural or any(sentence.tokens[h].tag == "NN" for h in plural):
        return []
    groups: dict[tuple[int, int], list[Party]] = {}
    sentences: dict[int, list[Party]] = {}
    for mention in cast.before(sentence, plural[0]):
        party = mention.party
        if party.slug is None or party.acts_for != "state" or mention.order[0] < sentence.index - _PAIR_NEAR:
            continue
        for bucket in (groups.setdefault(mention.group, []), sentences.setdefault(mention.order[0], [])):
            if party.slug not in [p.slug for p in bucket]:
                bucket.append(party)
    before = sentences.get(sentence.index - 1, [])
    joined = next((group for group in groups.values() if len(group) == 2), before if len(before) == 2 else [])
    return list(reversed(joined))


def implied_partners(cast: Cast, sentence: Sentence, i: int, subjects: list[Party], base: Base) -> list[Recognised]:
    """With whom, where the clause says nothing: those whose recognition the report is about, spoken of before."""
    ids = {p.slug for p in subjects}
    if cast.topic is not None and ids & {cast.topic, opponent_of(cast.topic)} and base == "sever-relations":
        # "Taiwan terminates relations the same evening": with whoever has just turned away from it.
        beside = _recogniser_beside(cast, sentence, i, ids)
        if beside is not None:
            return [beside]
        for mention in cast.before(sentence, i):
            party = mention.party
            if party.entity.key == cast.doer and party.slug not in ids and mention.order[0] >= sentence.index - 2:
                one = recognised_by(replace(party, acts_for="state"), cast.on)
                return [one] if one is not None else []
    if cast.topic is None or cast.topic in ids or len(subjects) != 1 or not subjects[0].can_recognise:
        return []
    for mention in cast.before(sentence, i):
        if mention.party.slug == cast.topic and not mention.party.is_person:
            several = told_together(cast, len(cast.told)) if cast.topic in cast.told else []
            one = recognised_by(mention.party, cast.on)
            return several or ([one] if one is not None else [])
    return []


def _recogniser_beside(cast: Cast, sentence: Sentence, i: int, ids: set[str | None]) -> Recognised | None:
    """The one state of the same sentence that recognises in this report ("Britain had betrayed it, and severed")."""
    found: dict[str, Recognised] = {}
    for mention in cast.before(sentence, i):
        if mention.order[0] < sentence.index:
            break
        party = mention.party
        one = recognised_by(replace(party, acts_for="state"), cast.on) if party.slug in cast.acting else None
        if one is not None and party.slug not in ids:
            found.setdefault(one.id, one)
    return next(iter(found.values())) if len(found) == 1 else None


def counterpart(cast: Cast, sentence: Sentence, i: int, party: Party) -> list[Party]:
    """The other side of ties whose partner the clause leaves out: a contested polity named in the same sentence."""
    for mention in cast.before(sentence, i):
        other = mention.party
        if mention.order[0] < sentence.index:
            break
        is_other = other.slug is not None and other.entity.country != party.entity.country
        if is_other and other.acts_for == "state" and is_contested(other.slug or ""):
            return [other]
    return []
