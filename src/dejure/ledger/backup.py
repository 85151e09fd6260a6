"""A whole ledger as one file that any engine can read back: JSON lines, compressed, with a checkpoint at the end.

The file holds the rows of all tables as they are, so that sequence, instants and chain come back as they were.
"""

from __future__ import annotations

import base64
import gzip
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import LargeBinary, Table, func, insert, select

from dejure.errors import BadEntry, LedgerDamaged, LedgerError
from dejure.ledger import schema
from dejure.ledger.engines import reading, writing
from dejure.ledger.integrity import Checkpoint, checkpoint, require_whole, verify
from dejure.ledger.store import Store

__all__ = ["backup", "restore"]

_FORMAT = "dejure ledger backup 1"
_AT_ONCE = 2000
_TABLES: tuple[Table, ...] = (
    schema.claims, schema.reports, schema.recorders, schema.evidence, schema.report_texts, schema.fingerprints,
    schema.entries, schema.supersessions, schema.coding_entries,
)  # fmt: skip


def backup(store: Store, path: Path) -> Checkpoint:
    """Write the ledger to a file, whole or not at all.

    Returns
    -------
    Checkpoint
        Head and length of what was written.

    Raises
    ------
    LedgerError
        If the file cannot be written.
    """
    beside = path.with_name(path.name + ".part")
    try:
        with gzip.GzipFile(beside, "wb", mtime=0) as file:
            found = _write(store, file)
        with beside.open("rb") as written:
            os.fsync(written.fileno())
        beside.replace(path)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise LedgerError("the backup cannot be written", value=path, cure=error.strerror or str(error)) from error
    return found


def restore(path: Path, location: str | Path) -> Checkpoint:
    """Read a backup into a new or empty ledger, and verify it.

    Raises
    ------
    BadEntry
        If the ledger holds something already.
    LedgerDamaged
        If the file is no backup, was cut off, or does not verify.
    """
    store = Store(location, create=True)
    try:
        if checkpoint(store).count:
            raise BadEntry("the ledger is not empty", value=location, cure="restore into a new file or database")
        with writing(store.engine) as connection:
            end = _read(path, connection)
        require_whole(verify(store, end))
        return end
    finally:
        store.close()


def _write(store: Store, file: gzip.GzipFile) -> Checkpoint:
    _line(file, {"format": _FORMAT, "schema": schema.SCHEMA_VERSION})
    count, head = 0, ""
    with reading(store.engine) as connection:
        for table in _TABLES:
            keys = list(table.primary_key.columns)
            rows = connection.execution_options(yield_per=_AT_ONCE).execute(select(table).order_by(*keys))
            for row in rows:
                _line(file, {"table": table.name, "row": [_out(cell) for cell in row]})
                if table is schema.entries:
                    count, head = row.sequence, bytes(row.chain).hex()
    if not count:
        head = checkpoint(store).head
    found = Checkpoint(count=count, head=head)
    _line(file, {"end": found.to_dict()})
    return found


def _read(path: Path, connection: Any) -> Checkpoint:
    tables = {table.name: table for table in _TABLES}
    waiting: dict[str, list[dict[str, Any]]] = {}
    end: Checkpoint | None = None
    for line in _lines(path):
        if "end" in line:
            end = Checkpoint(**line["end"])
        elif "table" in line:
            table = tables[line["table"]]
            rows = waiting.setdefault(table.name, [])
            rows.append({c.name: _in(c.type, cell) for c, cell in zip(table.columns, line["row"], strict=True)})
            if len(rows) >= _AT_ONCE:
                connection.execute(insert(table), rows)
                waiting[table.name] = []
    if end is None:
        raise LedgerDamaged("the backup was cut off", value=path, cure="take another one")
    for name, rows in waiting.items():
        if rows:
            connection.execute(insert(tables[name]), rows)
    _advance_numbers(connection)
    return end


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    try:
        with gzip.open(path, "rt", encoding="utf-8") as file:
            head = json.loads(file.readline() or "{}")
            if head.get("format") != _FORMAT:
                raise LedgerDamaged("this is no backup of a ledger", value=path)
            if head.get("schema") != schema.SCHEMA_VERSION:
                raise LedgerDamaged(
                    "the backup has another schema", value=head.get("schema"), cure="use the dejure that wrote it"
                )
            for line in file:
                yield json.loads(line)
    except FileNotFoundError as error:
        raise BadEntry("there is no such backup", value=path, cure="check the path") from error
    except (OSError, EOFError, ValueError) as error:
        raise LedgerDamaged("the backup cannot be read", value=path, cure=str(error)) from error


def _advance_numbers(connection: Any) -> None:
    """PostgreSQL counts numbers apart from the rows; let it go on after the last one."""
    if connection.dialect.name != "postgresql":
        return
    for table in (schema.claims, schema.reports, schema.recorders):
        key = next(iter(table.primary_key.columns))
        last = connection.execute(select(func.max(key))).scalar_one()
        if last:
            connection.execute(select(func.setval(func.pg_get_serial_sequence(table.name, key.name), last)))


def _line(file: gzip.GzipFile, value: dict[str, Any]) -> None:
    file.write(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode() + b"\n")


def _out(cell: Any) -> Any:
    return base64.b64encode(bytes(cell)).decode() if isinstance(cell, (bytes, memoryview)) else cell


def _in(kind: Any, cell: Any) -> Any:
    return base64.b64decode(cell) if isinstance(kind, LargeBinary) and cell is not None else cell
