"""Which entries count: not superseded by something that counts, and of the best coding of their report."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec
from sqlalchemy import Connection, and_, select

from dejure.ledger import schema
from dejure.ledger.entries import CodedReport
from dejure.ledger.live import Clock
from dejure.ledger.rows import among, chunks

__all__ = ["counting_of", "in_time"]

_E = schema.entries.c


def in_time(clock: Clock) -> Any:
    """Recorded by the instant, and perhaps public by the day."""
    parts = []
    if (instant := clock.recorded_microseconds) is not None:
        parts.append(_E.recorded_at <= instant)
    if clock.known is not None:
        parts.append(_E.known_earliest <= clock.known.toordinal())
    return and_(*parts) if parts else _E.sequence > 0


def counting_of(connection: Connection, rows: Iterable[Any], clock: Clock) -> frozenset[int]:
    """Sequences of the rows that count: not superseded by something that counts, and of the best coding."""
    rows = list(rows)
    touched = [row for row in rows if row.touched]
    superseded = _superseded(connection, [bytes(row.id) for row in touched], clock)
    stale = _stale(connection, [row for row in touched if row.kind == "Entry" and row.report is not None], clock)
    return frozenset(
        row.sequence for row in rows
        if not (row.touched and (bytes(row.id) in superseded or bytes(row.id) in stale))
    )  # fmt: skip


def _superseded(connection: Connection, ids: list[bytes], clock: Clock) -> frozenset[bytes]:
    """Ids that something supersedes which itself counts; followed up to what nothing supersedes."""
    by: dict[bytes, list[bytes]] = {}
    waiting, seen = ids, set(ids)
    while waiting:
        found: set[bytes] = set()
        for chunk in chunks(waiting):
            rows = connection.execute(
                select(schema.supersessions.c.target, schema.supersessions.c.by, _E.touched)
                .join(schema.entries, _E.id == schema.supersessions.c.by)
                .where(schema.supersessions.c.target.in_(chunk), in_time(clock))
            )
            for target, superseder, touched in rows:
                by.setdefault(bytes(target), []).append(bytes(superseder))
                if touched:
                    found.add(bytes(superseder))
        waiting = sorted(found - seen)
        seen |= found
    settled: dict[bytes, bool] = {}

    def counts(id_: bytes) -> bool:
        if id_ not in settled:
            settled[id_] = not any(counts(one) for one in by.get(id_, ()))
        return settled[id_]

    return frozenset(id_ for id_ in ids if not counts(id_))


def _stale(connection: Connection, rows: list[Any], clock: Clock) -> frozenset[bytes]:
    """Entries of reports that were coded again, which the best coding of the same coder no longer has."""
    codings: dict[str, dict[str, list[tuple[Any, int]]]] = {}
    instant = clock.recorded_microseconds
    reports = schema.reports.c
    ids = sorted({id_ for _, id_ in among(connection, reports.report, {row.report for row in rows}, reports.id)})
    for chunk in chunks(ids):
        chosen = [reports.id.in_(chunk), schema.is_of_kind("CodedReport")]
        if instant is not None:
            chosen.append(_E.recorded_at <= instant)
        found = select(_E.sequence, reports.id, _E.content).join(schema.reports, reports.report == _E.report)
        for sequence, id_, content in connection.execute(found.where(*chosen)):
            mark = msgspec.json.decode(content, type=CodedReport)
            codings.setdefault(id_, {}).setdefault(mark.coder, []).append((mark.rank, sequence))
    best = {max(several)[1] for coders in codings.values() for several in coders.values()}
    every = {sequence for coders in codings.values() for several in coders.values() for _, sequence in several}
    members: dict[int, set[bytes]] = {}
    links = schema.coding_entries.c
    for chunk in chunks(sorted(every)):
        for coding, entry in connection.execute(select(links.coding, links.entry).where(links.coding.in_(chunk))):
            members.setdefault(coding, set()).add(bytes(entry))
    coded = {entry for ids in members.values() for entry in ids}
    kept = {entry for sequence in best for entry in members.get(sequence, ())}
    return frozenset(coded - kept)
