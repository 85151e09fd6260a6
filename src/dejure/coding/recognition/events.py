"""The events that acts of recognition are: SUPPORT, AGREE, REJECT, REQUEST, SANCTION."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from dejure.coding.dating import is_long_past
from dejure.coding.parties import party_of_polity
from dejure.coding.scene import Scene
from dejure.records import Auxiliary, Entity, Event, Recognition, record_id
from dejure.reference.ontology import load_ontology
from dejure.reference.tables import load_polities

__all__ = ["Told", "events_of_acts"]

_TYPE = {"recognise": ("SUPPORT", "recognise"), "intend": ("AGREE", None), "condition": ("AGREE", None),
         "refuse": ("REJECT", None), "demand": ("REQUEST", None), "withdraw": ("SANCTION", "derecognise"),
         "establish-relations": ("SUPPORT", None), "sever-relations": ("SANCTION", "withdraw"),
         "accept-credentials": ("SUPPORT", None)}  # fmt: skip


@dataclass(slots=True)
class Told:
    """Events made of acts, and the predicates (sentence, token) that need not be told again."""

    events: list[Event] = field(default_factory=list)
    tokens: set[tuple[int, int]] = field(default_factory=set)


def events_of_acts(scene: Scene) -> tuple[list[Recognition], Told]:
    """Events of the acts, and the acts with the ids of their events."""
    told, acts = Told(tokens=set(scene.triggers)), []
    for record in scene.recognition:
        event = _event(scene, record)
        if event is not None:
            told.events.append(event)
            acts.append(replace(record, event=event.id))
        else:
            acts.append(record)
        told.tokens |= _tokens(scene, record)
    return acts, told


def _event(scene: Scene, record: Recognition) -> Event | None:
    kind = _TYPE.get(record.act)
    if kind is None or (record.act != "demand" and not record.asserted):
        return None
    actor, recipient = _parties(record)
    if actor is None:
        return None
    event_type, mode = kind
    ontology = load_ontology().types[event_type]
    historical = is_long_past(scene.reading, record.when) or (record.when is None and record.act == "recognise")
    return Event(
        id=record_id(scene.reading.report.text_sha256, "events", event_type, [actor.key],
                     [recipient.key] if recipient else [], record.evidence.part, record.evidence.start,
                     record.evidence.end),
        event_type=event_type, mode=mode, contexts=("diplomatic",), quad_code=ontology.quad,
        intensity=ontology.score_of(mode), cameo=ontology.cameo_of(mode), actor=(actor,),
        recipient=(recipient,) if recipient is not None else (), auxiliary=Auxiliary(historical=historical),
        attributed_to=() if record.act == "demand" else record.attributed_to, when=record.when, where=None,
        confidence=record.confidence, trigger=record.evidence, evidence=record.evidence,
    )  # fmt: skip


def _parties(record: Recognition) -> tuple[Entity | None, Entity | None]:
    if record.act == "demand":
        return (record.attributed_to[0] if record.attributed_to else None), record.recogniser
    return record.recogniser, _polity(record)


def _polity(record: Recognition) -> Entity | None:
    polity = load_polities().get(record.recognised.id)
    if polity is None:
        return None
    said = record.recognised
    return replace(
        party_of_polity(polity).entity, name_raw=said.name_raw, part=said.part, start=said.start, end=said.end
    )


def _tokens(scene: Scene, record: Recognition) -> set[tuple[int, int]]:
    """Verbs of recognition, and light verbs over its noun, inside the evidence."""
    found = set()
    for sentence in scene.sentences:
        if sentence.part != record.evidence.part or not sentence.start <= record.evidence.start < sentence.end:
            continue
        for token in sentence.tokens:
            inside = record.evidence.start <= sentence.start + token.start < record.evidence.end
            if inside and token.lemma.startswith(("recogni", "derecogni", "de-recogni")):
                found.add((sentence.index, token.i))
                if token.dep in ("dobj", "nsubjpass"):
                    found.add((sentence.index, token.head))
            elif inside and token.lemma in ("relation", "tie", "link", "credential") and record.act in (
                "establish-relations", "sever-relations", "accept-credentials"
            ):  # fmt: skip
                found.add((sentence.index, token.i))
                found.add((sentence.index, token.head))
    return found
