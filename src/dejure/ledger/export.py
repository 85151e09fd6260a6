"""Entries for other programs: CSV, JSON, Parquet, and JSON-LD with PROV. The full text of reports never leaves."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dejure.errors import LedgerError, MissingExtra
from dejure.ledger import schema
from dejure.ledger.engines import reading
from dejure.ledger.entries import Entry, Interval
from dejure.ledger.history_layer import history_entries
from dejure.ledger.store import Store, moment
from dejure.ledger.store_layer import entry_of, entry_rows, superseded_ids

__all__ = ["FLAT_COLUMNS", "FORMATS", "Exported", "csv_text", "export_entries", "flat", "write_export", "write_table"]

FORMATS = ("csv", "json", "parquet", "jsonld")

FLAT_COLUMNS = (
    "id", "recogniser", "recognised", "capacity", "act", "manner", "kind", "asserted", "attributed_to", "from_earliest",
    "from_latest", "from_precision", "to_earliest", "to_latest", "effective_earliest", "effective_latest",
    "conditional", "disputed", "disputed_by", "inherited_from", "known_earliest", "known_latest", "known_assumed",
    "recorded_at", "recorder_kind", "recorder", "confidence", "series", "grade", "report", "publisher", "url",
    "published", "quote", "part", "start", "end", "superseded", "supersedes", "note",
)  # fmt: skip

_CONTEXT = {
    "@vocab": "https://dejure.invalid/ns#", "prov": "http://www.w3.org/ns/prov#",
    "xsd": "http://www.w3.org/2001/XMLSchema#", "id": "@id", "type": "@type",
    "attributed": {"@id": "prov:wasAttributedTo", "@type": "@id"},
    "derived": {"@id": "prov:wasDerivedFrom", "@type": "@id"},
    "revises": {"@id": "prov:wasRevisionOf", "@type": "@id"},
    "recorded": {"@id": "prov:generatedAtTime", "@type": "xsd:dateTime"},
    "value": "prov:value",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """An entry with what the store knows of it; `recorded_at` is None for the shipped history."""

    entry: Entry
    recorded_at: str | None
    superseded: bool


def export_entries(store: Store | None, *, with_history: bool = False) -> Iterator[Exported]:
    """All entries, superseded ones too, in the order in which they were recorded; the shipped history first."""
    if with_history:
        for entry in history_entries():
            yield Exported(entry=entry, recorded_at=None, superseded=False)
    if store is None:
        return
    gone = superseded_ids(store)
    with reading(store.engine) as connection:
        rows = connection.execution_options(yield_per=2000).execute(entry_rows().order_by(schema.entries.c.sequence))
        for row in rows:
            yield Exported(
                entry=entry_of(row), recorded_at=moment(row.recorded_at).isoformat(), superseded=bytes(row.id) in gone
            )


def flat(one: Exported) -> dict[str, Any]:
    """An entry as one row."""
    entry, claim = one.entry, one.entry.claim
    evidence, report = entry.evidence, entry.report
    return {
        "id": entry.id, "recogniser": claim.recogniser, "recognised": claim.recognised, "capacity": claim.capacity,
        "act": claim.act, "manner": claim.manner, "kind": claim.kind, "asserted": claim.asserted,
        "attributed_to": "|".join(claim.attributed_to), **_bounds("from", claim.valid_from),
        "from_precision": claim.valid_from.precision if claim.valid_from else None, **_bounds("to", claim.valid_to),
        **_bounds("effective", claim.effective), "conditional": claim.conditional, "disputed": claim.disputed,
        "disputed_by": "|".join(claim.disputed_by), "inherited_from": claim.inherited_from,
        **_bounds("known", entry.known_at), "known_assumed": entry.known_assumed, "recorded_at": one.recorded_at,
        "recorder_kind": entry.recorder.kind, "recorder": entry.recorder.name, "confidence": entry.confidence,
        "series": entry.series, "grade": entry.grade, "report": report.id if report else None,
        "publisher": report.publisher if report else None, "url": report.url if report else None,
        "published": report.published.isoformat() if report and report.published else None,
        "quote": evidence.quote if evidence else None, "part": evidence.part if evidence else None,
        "start": evidence.start if evidence else None, "end": evidence.end if evidence else None,
        "superseded": one.superseded, "supersedes": "|".join(entry.supersedes), "note": entry.note,
    }  # fmt: skip


def write_export(path: Path, exported: Iterable[Exported], form: str) -> int:
    """Write entries to a file, whole or not at all.

    Parameters
    ----------
    form : {"csv", "json", "parquet", "jsonld"}

    Returns
    -------
    int
        How many entries.

    Raises
    ------
    MissingExtra
        If Parquet is asked for and pyarrow is not installed.
    LedgerError
        If the file cannot be written.
    """
    beside = path.with_name(path.name + ".part")
    try:
        found = {"csv": _csv, "json": _json, "parquet": _parquet, "jsonld": _jsonld}[form](beside, exported)
        beside.replace(path)
    except OSError as error:
        raise LedgerError("the file cannot be written", value=path, cure=error.strerror or str(error)) from error
    finally:
        beside.unlink(missing_ok=True)
    return found


def write_table(path: Path, rows: Iterable[dict[str, Any]], columns: tuple[str, ...]) -> int:
    """Rows as CSV or, by the suffix, Parquet."""
    beside = path.with_name(path.name + ".part")
    try:
        found = (
            _write_parquet(beside, rows, columns) if path.suffix == ".parquet" else _write_csv(beside, rows, columns)
        )
        beside.replace(path)
    except OSError as error:
        raise LedgerError("the file cannot be written", value=path, cure=error.strerror or str(error)) from error
    finally:
        beside.unlink(missing_ok=True)
    return found


def csv_text(rows: Iterable[dict[str, Any]], columns: tuple[str, ...]) -> str:
    """Rows as the text of a CSV file."""
    out = io.StringIO()
    _rows_out(out, rows, columns)
    return out.getvalue()


def _csv(path: Path, exported: Iterable[Exported]) -> int:
    return _write_csv(path, map(flat, exported), FLAT_COLUMNS)


def _write_csv(path: Path, rows: Iterable[dict[str, Any]], columns: tuple[str, ...]) -> int:
    with path.open("w", encoding="utf-8", newline="") as file:
        return _rows_out(file, rows, columns)


def _rows_out(file: Any, rows: Iterable[dict[str, Any]], columns: tuple[str, ...]) -> int:
    writer = csv.DictWriter(file, columns, lineterminator="\n")
    writer.writeheader()
    count = 0
    for row in rows:
        writer.writerow({name: _cell(value) for name, value in row.items()})
        count += 1
    return count


def _cell(value: Any) -> Any:
    return int(value) if isinstance(value, bool) else value


def _json(path: Path, exported: Iterable[Exported]) -> int:
    """A list of entries as `Entry.to_dict` gives them, with id, instant and whether they were superseded."""
    count = 0
    with path.open("w", encoding="utf-8") as file:
        file.write("[")
        for one in exported:
            row = {
                "id": one.entry.id,
                **one.entry.to_dict(),
                "recorded_at": one.recorded_at,
                "superseded": one.superseded,
            }
            file.write(("," if count else "") + "\n" + json.dumps(row, ensure_ascii=False))
            count += 1
        file.write("\n]\n")
    return count


def _parquet(path: Path, exported: Iterable[Exported]) -> int:
    return _write_parquet(path, map(flat, exported), FLAT_COLUMNS)


def _write_parquet(path: Path, rows: Iterable[dict[str, Any]], columns: tuple[str, ...]) -> int:
    try:
        import pyarrow
        import pyarrow.parquet
    except ModuleNotFoundError as error:
        raise MissingExtra("Parquet needs pyarrow", cure="install it with: pip install 'dejure[analysis]'") from error
    kept = list(rows)
    table = pyarrow.table({name: [row.get(name) for row in kept] for name in columns})
    pyarrow.parquet.write_table(table, path)
    return len(kept)


def _jsonld(path: Path, exported: Iterable[Exported]) -> int:
    nodes: dict[str, dict[str, Any]] = {}
    count = 0
    for one in exported:
        count += 1
        for node in _nodes(one):
            nodes.setdefault(node["id"], node)
    with path.open("w", encoding="utf-8") as file:
        json.dump({"@context": _CONTEXT, "@graph": list(nodes.values())}, file, ensure_ascii=False, indent=1)
        file.write("\n")
    return count


def _nodes(one: Exported) -> Iterator[dict[str, Any]]:
    """The entry, who recorded it, what it comes from, in the terms of PROV."""
    entry = one.entry
    agent = f"urn:dejure:{entry.recorder.kind}:{entry.recorder.name.replace(' ', '-')}"
    kind = "prov:Person" if entry.recorder.kind == "person" else "prov:SoftwareAgent"
    yield {"id": agent, "type": ["prov:Agent", kind], "name": entry.recorder.name}
    node: dict[str, Any] = {"id": f"urn:dejure:entry:{entry.id}", "type": ["prov:Entity", "Entry"], "attributed": agent}
    if entry.report is not None:
        report = f"urn:dejure:report:{entry.report.id}"
        yield {"id": report, "type": ["prov:Entity", "Report"], **_filled(entry.report.to_dict(), leave="id")}
        node["derived"] = report
    if entry.supersedes:
        node["revises"] = [f"urn:dejure:entry:{other}" for other in entry.supersedes]
    if one.recorded_at:
        node["recorded"] = one.recorded_at
    if entry.evidence is not None:
        node["value"] = entry.evidence.quote
    yield {**node, "superseded": one.superseded, "claim": _filled(entry.claim.to_dict()),
           "known_at": _filled(entry.known_at.to_dict())}  # fmt: skip


def _filled(fields: dict[str, Any], leave: str = "") -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value not in (None, [], "") and name != leave}


def _bounds(name: str, interval: Interval | None) -> dict[str, str | None]:
    return {
        f"{name}_earliest": interval.earliest.isoformat() if interval and interval.earliest else None,
        f"{name}_latest": interval.latest.isoformat() if interval and interval.latest else None,
    }
