"""Whose silence it is where the words beside it name nobody: who was asked, who a question was about, whose capital."""

from __future__ import annotations

import functools
from dataclasses import replace

from dejure.coding.clauses import arguments_of
from dejure.coding.parties import Party, party_of_polity
from dejure.coding.scene import Scene
from dejure.coding.words import load_toml
from dejure.reading.reading import Sentence
from dejure.reference.tables import load_polities

__all__ = [
    "asked_together",
    "counted_before",
    "place_that_opens",
    "plainly_named",
    "those_meant",
    "who_is_asked_about",
    "who_was_asked",
]


@functools.cache
def _words() -> dict[str, frozenset[str]]:
    return {key: frozenset(words) for key, words in load_toml("silences.toml")["people"].items()}


_NOBODY = frozenset({"nobody", "none", "no-one", "noone"})
_OTHERS = frozenset({"others", "other", "some", "many", "several"})
#: How many sentences back the question or the asking may lie that a bare "nothing yet" answers.
_BACK = 2


def those_meant(sentence: Sentence, head: int) -> list[int]:
    """Heads that a subject stands for: "nobody in Cairo" is Cairo, "others, such as Brazil" is Brazil."""
    token = sentence.tokens[head]
    is_nobody = token.lower in _NOBODY or (
        token.lower in ("one", "body") and any(c.lower == "no" for c in sentence.children(head, "det", "neg"))
    )
    if is_nobody:
        inside = [p for p in sentence.children(head, "prep") if p.lower in ("in", "at", "of", "from")]
        return [c.i for p in inside for c in sentence.children(p.i, "pobj")] or [head]
    if any(c.lower in ("no", "neither") for c in sentence.children(head, "det")) and token.pos == "NOUN":
        # "no Greek official", "no official in Athens"
        named = [c for c in sentence.children(head, "amod", "compound", "nmod") if c.text[:1].isupper()]
        inside = [p for p in sentence.children(head, "prep") if p.lower in ("in", "at", "of", "from")]
        named += [c for p in inside for c in sentence.children(p.i, "pobj") if c.pos == "PROPN"]
        return [c.i for c in named] or [head]
    if token.lower in _OTHERS:
        named = [c for p in sentence.children(head, "prep") if p.lower == "as" for c in sentence.children(p.i, "pobj")]
        return [a.i for c in named for a in sentence.children(c.i, "appos")] or [c.i for c in named] or [head]
    whose = [c.i for c in sentence.children(head, "poss") if c.lower == "whose"]
    verb = sentence.tokens[token.head]
    if whose and verb.dep == "relcl":
        # "Peru, whose embassy did not comment"
        return [verb.head]
    owners = [c.i for c in sentence.children(head, "poss") if c.pos == "PROPN"]
    if owners and token.lower in _words()["entourage"]:
        # "Costa's people have not got back to us": it is Costa who has not answered.
        return owners
    return [head]


def plainly_named(party: Party) -> Party:
    """A person without the title of courtesy: "Herr Braun" is "Braun"."""
    first, _, rest = party.entity.name.partition(" ")
    if not party.is_person or party.entity.id is not None or not rest:
        return party
    is_title = first.rstrip(".").lower() in _words()["courtesy"]
    return replace(party, entity=replace(party.entity, name=rest)) if is_title else party


def asked_together(scene: Scene, sentence: Sentence, heads: list[int]) -> list[Party]:
    """Whom "they" means right behind a question that names several: "And Chile, Peru and Fiji? They have not said"."""
    if [sentence.tokens[h].lower for h in heads] != ["they"] or sentence.index == 0:
        return []
    before = scene.sentences[sentence.index - 1]
    if before.part != sentence.part or not before.text.rstrip("\"'\u201d\u2019 ").endswith("?"):
        return []
    named = scene.cast.named_in(before, 0, len(before.tokens) - 1)
    return named if len(named) > 1 else []


_COUNTS = {"two": 2, "both": 2, "three": 3, "four": 4, "five": 5}


def counted_before(scene: Scene, sentence: Sentence, head: int) -> list[Party]:
    """Whom "(none of) the three" means: the states of the sentence before, if they are as many."""
    count = _COUNTS.get(sentence.tokens[head].lower)
    if count is None or sentence.index == 0:
        return []
    before: dict[str, Party] = {}
    for mention in scene.cast.before(sentence, head):
        party = mention.party
        polity = load_polities().get(party.slug or "")
        if mention.order[0] < sentence.index - 1:
            break
        if polity is not None and not polity.is_disputed and mention.is_subject and party.acts_for == "state":
            before.setdefault(polity.slug, party)
    return list(reversed(before.values())) if len(before) == count else []


def who_was_asked(scene: Scene, sentence: Sentence, i: int) -> list[Party]:
    """As in "Asked about it, the ministry ..." or "I asked the ministry: nothing": the object of the asking."""
    for token in sentence.tokens[:i]:
        if token.lemma != "ask" or token.pos != "VERB" or sentence.children(token.i, "nsubjpass", "auxpass"):
            continue
        found = [
            p for p in scene.cast.of_heads(sentence, [c.i for c in sentence.children(token.i, "dobj")]) if p.is_known
        ]
        if found:
            return found
    return []


def who_is_asked_about(scene: Scene, sentence: Sentence, i: int) -> list[Party]:
    """Whom "nothing yet", "not a peep", "hasn't made up its mind" answer for: a label, else the question before."""
    opening = [t.i for t in sentence.tokens[:i] if t.lower == ":"]
    if opening:
        labelled = scene.cast.named_in(sentence, 0, opening[-1] - 1)
        if labelled:
            return labelled[-1:]
    for earlier in reversed(scene.sentences[max(0, sentence.index - _BACK) : sentence.index]):
        if earlier.part != sentence.part:
            break
        asked = who_was_asked(scene, earlier, len(earlier.tokens))
        is_question = earlier.text.rstrip("\"'\u201d\u2019 ").endswith("?")
        named = scene.cast.named_in(earlier, 0, len(earlier.tokens) - 1) if is_question else []
        if asked or named:
            return asked or named
    return []


def place_that_opens(scene: Scene, sentence: Sentence, i: int) -> list[Party]:
    """As in "In Algiers, too, officials kept quiet": the state whose capital opens the clause."""
    verbs = [i, *(t.i for t in sentence.tokens if t.head == t.i)]
    for verb in verbs:
        subjects = arguments_of(sentence, verb).subjects
        for prep in sentence.children(verb, "prep"):
            if prep.lower not in ("in", "at", "from") or (subjects and prep.i > subjects[0]):
                continue
            for place in sentence.children(prep.i, "pobj"):
                hit = scene.cast.hit(sentence, place.i)
                party = scene.cast.named(sentence, hit) if hit is not None else None
                polity = load_polities().get(party.slug or "") if party is not None else None
                if polity is not None:
                    return [party_of_polity(polity)]
    return []
