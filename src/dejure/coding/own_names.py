"""The name beside an office that is no state's: "the opposition leader, Ann Lee", "lawmakers of the Farmers' Party"."""

from __future__ import annotations

from dataclasses import replace

from dejure.coding.parties import Party
from dejure.coding.scene import Scene

__all__ = ["by_own_name"]


def by_own_name(scene: Scene, party: Party) -> Party:
    """Who speaks for no state is called by the name beside the office: "the opposition spokesman, Ann Lee".

    "Lawmakers of the Farmers' Party" are the party.
    """
    entity = party.entity
    start, end = entity.start, entity.end
    if entity.id is not None or entity.role is None or start is None or end is None:
        return party
    for sentence in scene.sentences:
        if sentence.part != entity.part or not sentence.start <= start < sentence.end:
            continue
        within = [t for t in sentence.tokens if start <= sentence.start + t.start < end]
        if any(t.pos == "PROPN" and sentence.tokens[t.head].dep == "appos" for t in within):
            return party
        persons = [c for t in within for c in sentence.children(t.i, "appos") if c.pos == "PROPN"]
        bodies = [
            c for t in within for p in sentence.children(t.i, "prep") if p.lower == "of"
            for c in sentence.children(p.i, "pobj") if c.pos == "PROPN" and scene.cast.hit(sentence, c.i) is None
        ]  # fmt: skip
        for name in (*persons, *bodies):
            words = " ".join(t.text for t in (*sentence.children(name.i, "compound"), name))
            return replace(party, entity=replace(entity, name=words), is_person=name in persons)
    return party
