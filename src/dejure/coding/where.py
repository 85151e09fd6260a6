"""Where an event was: the place that an "in" or "at" phrase of its clause names."""

from __future__ import annotations

from dejure.coding.scene import Scene
from dejure.reading.reading import Sentence
from dejure.records import Place
from dejure.reference.tables import load_places, load_polities

__all__ = ["place_of"]

_PLACING = frozenset({"in", "at", "near", "outside", "inside", "across", "throughout", "around"})
_HIGHEST = 4


def place_of(scene: Scene, sentence: Sentence, i: int) -> Place | None:
    """The nearest place named in the clause of a predicate or a verb above it; None if no words name one."""
    at = i
    for _ in range(_HIGHEST):
        for child in sentence.children(at, "prep"):
            if child.lower in _PLACING:
                for head in sentence.children(child.i, "pobj"):
                    place = _place(scene, sentence, head.i)
                    if place is not None:
                        return place
        above = sentence.tokens[at].head
        if above == at:
            return None
        at = above
    return None


def _place(scene: Scene, sentence: Sentence, i: int) -> Place | None:
    hit = scene.cast.hit(sentence, i)
    if hit is None:
        return None
    words = sentence.text[hit.start : hit.end]
    start, end = sentence.start + hit.start, sentence.start + hit.end
    party = scene.cast.named(sentence, hit)
    if party is None:
        return None
    known = [p for p in load_places().get(words, ()) if p.country == party.entity.country]
    if known:
        place = known[0]
        return Place(
            name=words, country=place.country, geonames_id=place.geonames_id, latitude=place.latitude,
            longitude=place.longitude, precision=place.kind, part=sentence.part, start=start, end=end,
        )  # fmt: skip
    for name in hit.names:
        if name.table == "polity" and name.kind not in ("demonym", "adjective", "seat"):
            polity = load_polities().get(name.target)
            if polity is not None:
                return Place(
                    name=words, country=polity.iso3, precision="city" if name.kind == "capital" else "country",
                    part=sentence.part, start=start, end=end,
                )  # fmt: skip
    return None
