"""Codings as rows of the data sets. A row is a dictionary whose keys are the columns of its data set."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from dejure.corpus.columns import load_datasets
from dejure.records import Coding, Entity, Event, Recognition, Reject, Silence, Span, Statement
from dejure.when import When

__all__ = ["Row", "empty_row", "event_row", "reject_row", "rows_of"]

Row = dict[str, Any]

_LISTS = ("strings", "entities")


def empty_row(dataset: str) -> Row:
    """A row without values: null, or an empty list."""
    return {column.name: [] if column.kind in _LISTS else None for column in load_datasets()[dataset].columns}


def rows_of(
    coding: Coding, *, title: str | None = None, words: int | None = None, lead: Sequence[str] = ()
) -> Iterator[tuple[str, Row]]:
    """Every row of one coding with the name of its data set; the report's own row first.

    Parameters
    ----------
    title : str, optional
        Headline of the report, which a coding does not carry by itself.
    words : int, optional
        Words of its body.
    lead : sequence of str, optional
        What `lead_words` makes of its text.
    """
    card = coding.report
    yield "reports", {
        "report_id": card.id, "published": card.published, "title": card.title or title, "language": card.language,
        "publisher": card.publisher, "url": card.url, "source": card.source, "retrieved_at": card.retrieved_at,
        "extractor": card.extractor, "sha256": card.sha256, "text_sha256": card.text_sha256, "words": words,
        "lead_words": list(lead), "copy_of": None, "events": len(coding.events), "recognition": len(coding.recognition),
        "warnings": list(coding.warnings),
    }  # fmt: skip
    for event in coding.events:
        yield "events", event_row(event, coding)
    head = {"report_id": card.id, "published": card.published}
    for act in coding.recognition:
        yield "recognition", head | _recognition(act)
    for statement in coding.statements:
        yield "statements", head | _statement(statement)
    for silence in coding.silences:
        yield "silences", head | _silence(silence)


def event_row(event: Event, coding: Coding) -> Row:
    """A row of the data set `events`."""
    card, where, auxiliary = coding.report, event.where, event.auxiliary
    return {
        "event_id": event.id, "report_id": card.id, "origin": "dejure", "published": card.published,
        **_when(event.when), "event_type": event.event_type, "mode": event.mode, "contexts": list(event.contexts),
        "quad_code": event.quad_code, "intensity": float(event.intensity), "cameo": event.cameo,
        "actor": _entities(event.actor), "recipient": _entities(event.recipient),
        "attributed_to": _entities(event.attributed_to), "historical": auxiliary.historical,
        "future": auxiliary.future, "hypothetical": auxiliary.hypothetical, "negation": auxiliary.negation,
        "place_name": where.name if where else None, "place_country": where.country if where else None,
        "place_precision": where.precision if where else None, "geonames_id": where.geonames_id if where else None,
        "latitude": where.latitude if where else None, "longitude": where.longitude if where else None,
        "confidence": event.confidence, "trigger": event.trigger.quote, **_evidence(event.evidence),
        "language": card.language, "publisher": card.publisher, "url": card.url, "other": None,
    }  # fmt: skip


def reject_row(reject: Reject) -> Row:
    """A row of the data set `rejects`."""
    return {name: getattr(reject, name) for name in load_datasets()["rejects"].column_names}


def _recognition(act: Recognition) -> Row:
    effective = act.effective
    return {
        "recognition_id": act.id, "act": act.act, "recogniser": _entities((act.recogniser,)),
        "recognised": act.recognised.id, "capacity": act.recognised.capacity,
        "recognised_raw": act.recognised.name_raw, "manner": act.manner, "kind": act.kind, "asserted": act.asserted,
        "attributed_to": _entities(act.attributed_to), "first": act.first, **_when(act.when),
        "effective_earliest": effective.earliest if effective else None,
        "effective_latest": effective.latest if effective else None,
        "conditions": [span.quote for span in act.conditions], "reasons": [reason.quote for reason in act.reasons],
        "hedge": act.hedge.quote if act.hedge else None, "event_id": act.event, "confidence": act.confidence,
        **_evidence(act.evidence),
    }  # fmt: skip


def _statement(statement: Statement) -> Row:
    return {
        "statement_id": statement.id, "speaker": _entities((statement.speaker,)), "about": statement.about,
        "about_record": statement.about_record, "stance": statement.stance, "direct": statement.direct,
        "addressee": _entities((statement.addressee,)), "reasons": [reason.quote for reason in statement.reasons],
        "hedge": statement.hedge.quote if statement.hedge else None, "confidence": statement.confidence,
        **_evidence(statement.evidence),
    }  # fmt: skip


def _silence(silence: Silence) -> Row:
    return {
        "silence_id": silence.id, "actor": _entities((silence.actor,)), "about": silence.about,
        "about_record": silence.about_record, "kind": silence.kind, **_evidence(silence.evidence),
    }  # fmt: skip


def _entities(entities: tuple[Entity | None, ...]) -> list[Row]:
    return [
        {"id": one.id, "name": one.name, "country": one.country, "sectors": list(one.sectors), "role": one.role,
         "name_raw": one.name_raw}
        for one in entities
        if one is not None
    ]  # fmt: skip


def _when(when: When | None) -> Row:
    names = ("earliest", "latest", "precision", "basis")
    return {name: getattr(when, name) if when else None for name in names}


def _evidence(span: Span) -> Row:
    return {"part": span.part, "start": span.start, "end": span.end, "quote": span.quote}
