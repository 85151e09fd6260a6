"""Codings as flat rows for CSV: one table a list, or all lists in one long table."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from dejure.records import Background, Coding, Entity, Event, Recognition, Silence, Span, Statement
from dejure.when import When

__all__ = ["COLUMNS", "rows_of"]

_HEAD = ("report", "published", "id")
_WHEN = ("earliest", "latest", "precision", "basis")
_EVIDENCE = ("part", "start", "end", "quote")

#: Columns of each table. Several values in one cell are parted by ";".
COLUMNS: dict[str, tuple[str, ...]] = {
    "recognition": (
        *_HEAD, "act", "recogniser", "recogniser_name", "recognised", "capacity", "asserted", "attributed_to", "first",
        "manner", "kind", *_WHEN, "effective_earliest", "effective_latest", "conditions", "confidence", *_EVIDENCE,
    ),
    "events": (
        *_HEAD, "event_type", "mode", "contexts", "quad_code", "intensity", "cameo", "actor", "actor_name", "recipient",
        "recipient_name", "historical", "future", "hypothetical", "negation", "attributed_to", *_WHEN, "place",
        "confidence", *_EVIDENCE,
    ),
    "statements": (
        *_HEAD, "speaker", "speaker_name", "stance", "about", "about_record", "direct", "addressee", "confidence",
        *_EVIDENCE,
    ),
    "silences": (*_HEAD, "actor", "actor_name", "kind", "about", "about_record", *_EVIDENCE),
    "background": (
        *_HEAD, "claim", "polity", "actors", "number", "of", "scope", "asserted", "attributed_to", "since_earliest",
        "since_latest", "until_earliest", "until_latest", *_EVIDENCE,
    ),
    "all": (
        "report", "published", "list", "id", "what", "actor", "actor_name", "target", "asserted", "attributed_to",
        *_WHEN, "confidence", *_EVIDENCE,
    ),
}  # fmt: skip


def rows_of(coding: Coding, list_name: str) -> Iterator[dict[str, str]]:
    """Rows of one list, or of all five where `list_name` is "all"; every cell a string."""
    for name, record in coding.records():
        if list_name in (name, "all"):
            row = _ROW[name](record)
            if list_name == "all":
                row = {"list": name, **_common(name, row)}
            row |= {"report": coding.report.id, "published": coding.report.published, "id": record.id}
            row |= _evidence(record.evidence)
            yield {column: _cell(row.get(column)) for column in COLUMNS[list_name]}


def _recognition(record: Recognition) -> dict[str, Any]:
    recogniser = (record.recogniser,) if record.recogniser else ()
    return {
        "act": record.act, "recogniser": _ids(recogniser), "recogniser_name": _names(recogniser),
        "recognised": record.recognised.id, "capacity": record.recognised.capacity, "asserted": record.asserted,
        "attributed_to": _ids(record.attributed_to), "first": record.first, "manner": record.manner,
        "kind": record.kind, **_when(record.when), **_bounds(record.effective, "effective"),
        "conditions": [span.quote for span in record.conditions], "confidence": record.confidence,
    }  # fmt: skip


def _event(record: Event) -> dict[str, Any]:
    auxiliary = record.auxiliary
    return {
        "event_type": record.event_type, "mode": record.mode, "contexts": record.contexts,
        "quad_code": record.quad_code, "intensity": record.intensity, "cameo": record.cameo,
        "actor": _ids(record.actor), "actor_name": _names(record.actor), "recipient": _ids(record.recipient),
        "recipient_name": _names(record.recipient), "historical": auxiliary.historical, "future": auxiliary.future,
        "hypothetical": auxiliary.hypothetical, "negation": auxiliary.negation,
        "attributed_to": _ids(record.attributed_to), **_when(record.when),
        "place": record.where.name if record.where else None, "confidence": record.confidence,
    }  # fmt: skip


def _statement(record: Statement) -> dict[str, Any]:
    return {
        "speaker": _ids((record.speaker,)), "speaker_name": _names((record.speaker,)), "stance": record.stance,
        "about": record.about, "about_record": record.about_record, "direct": record.direct,
        "addressee": _ids((record.addressee,)) if record.addressee else None, "confidence": record.confidence,
    }  # fmt: skip


def _silence(record: Silence) -> dict[str, Any]:
    return {
        "actor": _ids((record.actor,)), "actor_name": _names((record.actor,)), "kind": record.kind,
        "about": record.about, "about_record": record.about_record,
    }  # fmt: skip


def _background(record: Background) -> dict[str, Any]:
    return {
        "claim": record.claim, "polity": record.polity, "actors": _ids(record.actors), "number": record.number,
        "of": record.of, "scope": record.scope, "asserted": record.asserted,
        "attributed_to": _ids(record.attributed_to), **_bounds(record.since, "since"), **_bounds(record.until, "until"),
    }  # fmt: skip


_ROW: dict[str, Callable[[Any], dict[str, Any]]] = {
    "recognition": _recognition,
    "events": _event,
    "statements": _statement,
    "silences": _silence,
    "background": _background,
}

# Which column of a list's own table stands in the shared columns of the long one.
_SHARED: dict[str, dict[str, str]] = {
    "recognition": {"what": "act", "actor": "recogniser", "actor_name": "recogniser_name", "target": "recognised"},
    "events": {"what": "event_type", "target": "recipient"},
    "statements": {"what": "stance", "actor": "speaker", "actor_name": "speaker_name", "target": "about"},
    "silences": {"what": "kind", "target": "about"},
    "background": {"what": "claim", "actor": "actors", "target": "polity"},
}


def _common(name: str, row: dict[str, Any]) -> dict[str, Any]:
    return row | {shared: row[own] for shared, own in _SHARED[name].items()}


def _when(when: When | None) -> dict[str, Any]:
    if when is None:
        return {}
    return {"earliest": when.earliest, "latest": when.latest, "precision": when.precision, "basis": when.basis}


def _bounds(when: When | None, name: str) -> dict[str, Any]:
    return {f"{name}_earliest": when.earliest, f"{name}_latest": when.latest} if when else {}


def _evidence(span: Span) -> dict[str, Any]:
    return {"part": span.part, "start": span.start, "end": span.end, "quote": span.quote}


def _ids(entities: tuple[Entity, ...]) -> list[str]:
    """Ids; the name where a name resolved to nothing."""
    return [entity.id or entity.name for entity in entities]


def _names(entities: tuple[Entity, ...]) -> list[str]:
    return [entity.name for entity in entities]


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (list, tuple)):
        return ";".join(map(str, value))
    return str(value)
