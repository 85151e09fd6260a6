"""Which polity the recognition that a report tells of is about, where its words leave that out.

What counts is whose recognition is spoken of: polities that are the named object of words of recognition, most of all
in the title; with less weight those of ties, and the government risen last in the state that the report is about,
where "the new government" or "the junta" is what is recognised.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass

from dejure.coding.clauses import arguments_of
from dejure.coding.recognition.polity import is_named, recognised_by, recognised_of, recognition_words
from dejure.coding.recognition.slugs import came_with_its_state, governments_by_state
from dejure.coding.recognition.standing import polities_of_text, standing_of
from dejure.coding.recognition.triggers import Trigger, find_triggers
from dejure.coding.scene import Scene
from dejure.reading.reading import Sentence
from dejure.reference.tables import Polity, load_polities

__all__ = ["find_topic"]

#: What a word of ties weighs beside a word of recognition, and what standing in the title adds.
_OF_TIES, _IN_TITLE = 0.4, 0.5
#: How much is left of it where the polity named is one of long ago.
_GONE = 0.2
_TIES = frozenset({"establish-relations", "sever-relations"})
_TITLED = 2.0
#: What such mentions add to words of recognition, and how much of them at most.
_OF_NAMES, _MOST = 0.3, 3.0
#: What mentions of a polity that may be recognised must weigh where no words of recognition name it.
_TELLING = 1.0
#: How long after its rise a government is a new one.
_NEW = dt.timedelta(days=3 * 366)


@dataclass(frozen=True, slots=True)
class Topic:
    """Whose recognition a report is about.

    Attributes
    ----------
    slug : str or None
    is_told : bool
        Whether words of recognition, of a rise, or the title tell it.
    acting : frozenset of str
        Polities that recognise others and are not named as recognised: no second mention of these is meant.
    recognised : frozenset of str
        Those that words of recognition name, or the title, and that do not act.
    """

    slug: str | None
    is_told: bool
    acting: frozenset[str]
    recognised: frozenset[str]


def find_topic(scene: Scene) -> Topic:
    """The polity that words of recognition name most, else the one that the title or words of its rise tell."""
    counts: dict[str, float] = {}
    acting: set[str] = set()
    by_ties: Counter[str] = Counter()
    for sentence in scene.sentences:
        for trigger in find_triggers(scene.cast, sentence):
            if trigger.rule == "mutual recognition":
                # Who recognises each other is one that acts as much as one that is recognised.
                continue
            named = dict.fromkeys(r.id for r in trigger.recognised if is_named(sentence, r))
            doers = (recognised_by(p, scene.cast.on) for p in trigger.parties if not p.is_club)
            acting |= {one.id for one in doers if one is not None}
            for slug in named:
                if trigger.base in _TIES and not load_polities()[slug].is_disputed:
                    # With whom ties are cut need not be whose recognition they are cut over.
                    by_ties[slug] += 1
                    continue
                weight = _weight(trigger) + _IN_TITLE * sentence.is_headline
                is_gone = standing_of(slug, scene.reading.published) == "gone"
                counts[slug] = counts.get(slug, 0) + weight * (_GONE if is_gone else 1)
    risen = _risen(scene)
    spoken = _times_spoken_of(scene, risen.slug) if risen is not None else 0
    if risen is not None and spoken:
        counts[risen.slug] = counts.get(risen.slug, 0) + spoken
    alone = frozenset(acting - set(counts))
    spoken_of = {slug: weight for slug, weight in polities_of_text(scene.cast).items() if slug not in alone}
    told = frozenset({*counts, *(slug for slug, weight in spoken_of.items() if weight >= _TITLED)} - acting)
    for slug, weight in spoken_of.items() if counts else ():
        counts[slug] = counts.get(slug, 0) + _OF_NAMES * min(weight, _MOST)
    meant = _most_spoken_of(spoken_of)
    if not counts and meant is not None:
        return Topic(meant, True, alone, told)
    counts = counts or dict(by_ties)
    if not counts:
        titled = _titled(scene)
        return Topic(titled or scene.contested_named(), titled is not None, alone, told)
    return Topic(max(counts, key=lambda slug: (counts[slug], -list(counts).index(slug))), True, alone, told)


def _most_spoken_of(weights: dict[str, float]) -> str | None:
    """The polity that may be recognised and that the title or words of its rise name, whoever is named beside it."""
    best = max(weights, key=lambda slug: weights[slug], default=None)
    return best if best is not None and weights[best] >= _TELLING else None


def _weight(trigger: Trigger) -> float:
    return _OF_TIES if trigger.base in _TIES or trigger.base == "accept-credentials" else 1


def _titled(scene: Scene) -> str | None:
    """The polity that opens the title of a report in which no words of recognition name one."""
    for sentence in scene.sentences[:1]:
        named = scene.cast.named_in(sentence, 0, len(sentence.tokens) - 1) if sentence.is_headline else []
        contested = [p.slug for p in named if p.slug is not None and load_polities()[p.slug].is_disputed]
        opening = [p.slug for p in named[:1] if p.acts_for == "state" and not p.is_place_name and not p.is_person]
        first = sentence.tokens[0].i if sentence.tokens else 0
        opens = scene.cast.hit(sentence, first) is not None
        return next(iter(contested), None) or (opening[0] if opening and opens else None)
    return None


def _risen(scene: Scene) -> Polity | None:
    """The government that rose last in the state that the report names most of those that have a new one."""
    on = scene.reading.published
    rising: dict[str, Polity] = {}
    for state, governments in governments_by_state().items() if on is not None else ():
        new = [p for p in governments if _is_new(p, on) and not came_with_its_state(p, on)]
        if new:
            # Of those that rose on one day the first of the table.
            rising[state] = max(new, key=lambda p: p.validity.start or dt.date.min)
    named: Counter[str] = Counter()
    for sentence in scene.sentences if rising else ():
        for hit in sentence.names:
            parents = {_state_of(name.target) for name in hit.names if name.table in ("polity", "person")}
            named.update(sorted(parents & set(rising)))
    return rising[named.most_common(1)[0][0]] if named else None


def _is_new(government: Polity, on: dt.date | None) -> bool:
    start = government.validity.start
    return on is not None and start is not None and government.validity.holds_on(on) and on - start <= _NEW


def _state_of(slug: str) -> str:
    polity = load_polities().get(slug)
    return polity.parent if polity is not None and polity.kind == "government" and polity.parent else slug


def _times_spoken_of(scene: Scene, slug: str) -> int:
    """How often a government that no name tells is what words of recognition are about."""
    words = recognition_words()
    times = 0
    for sentence in scene.sentences:
        for token in sentence.tokens:
            heads: list[int] = []
            if token.lemma in words["verbs"]["recognise"] and token.pos == "VERB":
                heads = arguments_of(sentence, token.i).objects
            elif token.lemma in words["nouns"]["recognition"]:
                of = [p for p in sentence.children(token.i, "prep") if p.lower in ("of", "to", "for")]
                heads = [c.i for p in of for c in sentence.children(p.i, "pobj")]
            times += sum(_is_unnamed_government(scene, sentence, head, slug) for head in heads)
    return times


def _is_unnamed_government(scene: Scene, sentence: Sentence, head: int, slug: str) -> bool:
    token = sentence.tokens[head]
    if token.lemma not in recognition_words()["object"]["government"] or scene.cast.hit(sentence, head) is not None:
        return False
    modifiers = sentence.children(head, "det", "poss", "amod")
    is_told_apart = any(c.lower in ("the", "this", "that", "his", "her", "its", "their", "new") for c in modifiers)
    meant = recognised_of(scene.cast, sentence, head, []) if is_told_apart else []
    return is_told_apart and all(one.id == slug and not is_named(sentence, one) for one in meant)
