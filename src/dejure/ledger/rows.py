"""Many values in questions to a database, in portions that both engines take."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Table, select
from sqlalchemy.dialects import postgresql, sqlite

__all__ = ["among", "chunks", "insert_new"]

_CHUNK = 2000  # values in one IN (...): below the limits of both engines


def insert_new(connection: Connection, table: Table) -> Any:
    """An insert that leaves rows alone that are there."""
    maker = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
    return maker(table).on_conflict_do_nothing()


def chunks(values: Iterable[Any]) -> Iterator[list[Any]]:
    """The values in lists of at most 2000."""
    source = iter(values)
    while chunk := list(islice(source, _CHUNK)):
        yield chunk


def among(connection: Connection, column: Any, values: Iterable[Any], *others: Any) -> Iterator[tuple[Any, ...]]:
    """Rows whose column holds one of many values: the column, then the others asked for."""
    for chunk in chunks(values):
        for row in connection.execute(select(column, *others).where(column.in_(chunk))):
            yield tuple(bytes(cell) if isinstance(cell, memoryview) else cell for cell in row)
