"""Which polities a stretch of the record bears on: what somebody who keeps answers has to forget."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, func, select

from dejure.ledger import schema
from dejure.ledger.engines import reading
from dejure.ledger.entries import Judgement, Series
from dejure.ledger.rows import among
from dejure.ledger.store import Store
from dejure.ledger.store_layer import item_of

__all__ = ["head_of", "touched_slugs"]

_E = schema.entries.c


def head_of(store: Store) -> int:
    """Sequence of the last row; 0 where there is none."""
    with reading(store.engine) as connection:
        return int(connection.execute(select(func.coalesce(func.max(_E.sequence), 0))).scalar_one())


def touched_slugs(store: Store, after: int, *, most_rows: int = 20_000) -> frozenset[str] | None:
    """Slugs of the polities whose views the rows after a sequence may change.

    Parameters
    ----------
    after : int
        Rows with a higher sequence are looked at.
    most_rows : int
        With more rows than this nothing is looked up.

    Returns
    -------
    frozenset of str or None
        None: any of them.
    """
    chosen = select(_E.id, _E.kind, _E.report).where(_E.sequence > after).limit(most_rows + 1)
    with reading(store.engine) as connection:
        rows = connection.execute(chosen).all()
        if len(rows) > most_rows or any(row.kind == "Redaction" for row in rows):
            return None
        ids = {bytes(row.id) for row in rows}
        ids |= _of_reports_coded_again(connection, {row.report for row in rows if row.kind == "CodedReport"})
        return _slugs_of(connection, _with_superseded(connection, ids))


def _of_reports_coded_again(connection: Connection, numbers: set[Any]) -> set[bytes]:
    """All entries of these reports: another coding may take any of them away or bring it back."""
    reports = schema.reports.c
    ids = {row[1] for row in among(connection, reports.report, numbers - {None}, reports.id)}
    every = {row[1] for row in among(connection, reports.id, ids, reports.report)}
    return {bytes(row[1]) for row in among(connection, _E.report, every, _E.id)}


def _with_superseded(connection: Connection, ids: Iterable[bytes]) -> set[bytes]:
    """These and what they supersede, and so on: what a correction corrects may stand again when it is corrected."""
    links = schema.supersessions.c
    seen = set(ids)
    waiting = set(seen)
    while waiting:
        waiting = {bytes(row[1]) for row in among(connection, links.by, sorted(waiting), links.target)} - seen
        seen |= waiting
    return seen


def _slugs_of(connection: Connection, ids: set[bytes]) -> frozenset[str]:
    claims: set[int] = set()
    found: set[str] = set()
    for _, kind, claim, content in among(connection, _E.id, sorted(ids), _E.kind, _E.claim, _E.content):
        if claim is not None:
            claims.add(claim)
        elif kind in ("Judgement", "Series"):
            item = item_of(kind, content)
            assert isinstance(item, (Judgement, Series))
            found.add(item.recognised)
    numbers = schema.claims.c
    return frozenset(found | {row[1] for row in among(connection, numbers.claim, sorted(claims), numbers.recognised)})
