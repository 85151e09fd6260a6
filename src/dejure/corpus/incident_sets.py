"""The data sets `incidents` and `incident_events`, made from `events` and `reports` when all reports are read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from dejure.corpus.columns import arrow_schema, need
from dejure.corpus.incidents import Incident, IncidentFinder
from dejure.corpus.rows import Row

__all__ = ["incident_tables"]

_REPORT = ["report_id", "published", "publisher", "lead_words", "copy_of"]
_EVENT = [
    "report_id", "event_id", "earliest", "latest", "basis", "event_type", "actor", "recipient", "historical", "future",
    "hypothetical", "negation", "place_name", "place_precision",
]  # fmt: skip
_HEAD = ["event_type", "mode", "quad_code", "actor", "recipient", "place_name", "place_country"]
_BATCH = 20_000

_Key = tuple[str, str | None]


def incident_tables(data: Path) -> dict[str, Iterator[Any]]:
    """Arrow tables of the two data sets from the others, which stand below `data`, by name.

    A copy (of a report whose records stand elsewhere) has no row. Every other event has one, and so has every other
    report without a usable event.
    """
    finder = IncidentFinder()
    published: dict[str, Any] = {}
    publishers: dict[str, str | None] = {}
    for row in _rows(data / "reports", _REPORT):
        if row["copy_of"] is None:
            finder.add_report(row["report_id"], row["published"], row["lead_words"])
            published[row["report_id"]], publishers[row["report_id"]] = row["published"], row["publisher"]
    left_out: dict[_Key, str] = {}
    types: dict[_Key, str | None] = {}
    for row in _rows(data / "events", _EVENT):
        key = (row["report_id"], row["event_id"])
        if (why := finder.add_event(row)) is not None:
            left_out[key] = why
        else:
            types[key] = row["event_type"]
    incidents = finder.incidents()
    heads = {(one.head.report_id, one.head.event_id): one for one in incidents}
    told: dict[str, Row] = {}
    for row in _rows(data / "events", ["report_id", "event_id", *_HEAD]):
        if (one := heads.get((row["report_id"], row["event_id"]))) is not None:
            told[one.incident_id] = {name: row[name] for name in _HEAD}
    return {
        "incidents": _tables(
            "incidents", (_incident_row(one, told[one.incident_id], published, publishers, types) for one in incidents)
        ),
        "incident_events": _tables("incident_events", _member_rows(incidents, published, left_out)),
    }


def _incident_row(
    one: Incident, head: Row, published: dict[str, Any], publishers: dict[str, str | None],
    types: dict[_Key, str | None],
) -> Row:  # fmt: skip
    keys = [(member.report_id, member.event_id) for member in one.members]
    reports = {report for report, _ in keys}
    days = sorted(day for report in reports if (day := published[report]) is not None)
    return {
        "incident_id": one.incident_id, "published": days[0] if days else None,
        "last_published": days[-1] if days else None, "earliest": one.first, "latest": one.last,
        "report_id": one.head.report_id, "event_id": one.head.event_id, **head,
        "types": sorted({kind for key in keys if (kind := types.get(key)) is not None}),
        "events": sum(event is not None for _, event in keys), "reports": len(reports),
        "publishers": len({name for report in reports if (name := publishers[report]) is not None}),
    }  # fmt: skip


def _member_rows(incidents: list[Incident], published: dict[str, Any], left_out: dict[_Key, str]) -> Iterator[Row]:
    """Members in the order of the incidents, then what belongs to none."""
    seen: set[str] = set()
    for one in incidents:
        for member in one.members:
            seen.add(member.report_id)
            yield {
                "report_id": member.report_id, "event_id": member.event_id, "published": published[member.report_id],
                "incident_id": one.incident_id, "points": member.points, "left_out": None,
            }  # fmt: skip
    nothing = {"incident_id": None, "points": None}
    for (report, event), why in left_out.items():
        seen.add(report)
        yield {"report_id": report, "event_id": event, "published": published[report], **nothing, "left_out": why}
    for report, day in published.items():
        if report not in seen:
            yield {"report_id": report, "event_id": None, "published": day, **nothing, "left_out": "no_event"}


def _rows(folder: Path, columns: list[str]) -> Iterator[Row]:
    parquet = need("pyarrow.parquet")
    for path in sorted(folder.rglob("*.parquet")):
        with parquet.ParquetFile(path) as file:
            for batch in file.iter_batches(_BATCH, columns=columns):
                yield from batch.to_pylist()


def _tables(name: str, rows: Iterable[Row]) -> Iterator[Any]:
    arrow, schema = need("pyarrow"), arrow_schema(name)
    held: list[Row] = []
    for row in rows:
        held.append(row)
        if len(held) >= _BATCH:
            yield arrow.Table.from_pylist(held, schema=schema)
            held = []
    if held:
        yield arrow.Table.from_pylist(held, schema=schema)
