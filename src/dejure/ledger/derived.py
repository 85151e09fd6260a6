"""What is derived of the entries and kept for the question that is asked most: everything as it stands now."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, bindparam, select, update

from dejure.ledger import schema
from dejure.ledger.counting import counting_of
from dejure.ledger.live import Clock
from dejure.ledger.rows import among, chunks

__all__ = ["refresh"]

_E = schema.entries.c
_C = schema.claims.c
_NOW = Clock(on=dt.date.max)


def refresh(connection: Connection, new: list[bytes]) -> None:
    """Bring `dead` and `first` up to date after these entries came in, in the same transaction."""
    affected = _affected(connection, new)
    rows = [row for chunk in chunks(affected) for row in connection.execute(_short().where(_E.id.in_(chunk)))]
    counting = counting_of(connection, rows, _NOW)
    changed = [
        {"at": row.sequence, "is_dead": int(row.sequence not in counting)}
        for row in rows if int(row.sequence not in counting) != row.dead
    ]  # fmt: skip
    if changed:
        connection.execute(
            update(schema.entries).where(_E.sequence == bindparam("at")).values(dead=bindparam("is_dead")), changed
        )
    weighed = {row.claim for row in rows if row.claim is not None}
    _compare(connection, new, weighed)
    _search(connection, sorted(weighed))


def _short() -> Any:
    return select(_E.sequence, _E.id, _E.claim, _E.report, _E.kind, _E.touched, _E.dead)


def _affected(connection: Connection, new: list[bytes]) -> list[bytes]:
    """The touched among the new, what they supersede, and so on; and what is of a report that was coded again."""
    links = schema.supersessions.c
    touched = [row[0] for row in among(connection, _E.id, new, _E.touched) if row[1]]
    seen = set(touched)
    waiting = list(dict.fromkeys(new))
    while waiting:
        targets = {row[1] for row in among(connection, links.by, waiting, links.target)} - seen
        seen |= targets
        waiting = sorted(targets)
    again = _coded_again(connection, new)
    more = sorted(again - seen)
    return sorted(
        seen | again | ({row[1] for row in among(connection, links.by, more, links.target)} if more else set())
    )


def _coded_again(connection: Connection, new: Iterable[bytes]) -> set[bytes]:
    """Entries of the reports of which one of the new items is another coding or a late entry."""
    reports = {row[1] for row in among(connection, _E.id, new, _E.report, _E.touched) if row[1] is not None and row[2]}
    marks = {row[1] for row in among(connection, _E.id, new, _E.report, _E.kind) if row[2] == "CodedReport"}
    ids = {row[1] for row in among(connection, schema.reports.c.report, reports | marks, schema.reports.c.id)}
    numbers = [row[1] for row in among(connection, schema.reports.c.id, ids, schema.reports.c.report)]
    return {row[1] for row in among(connection, _E.report, numbers, _E.id, _E.touched) if row[2]}


def _compare(connection: Connection, new: list[bytes], weighed: set[int]) -> None:
    """Whether a new entry made its claim known before the first one; claims that must be searched are left out."""
    best: dict[int, tuple[int, bytes]] = {}
    for id_, claim, known in among(connection, _E.id, new, _E.claim, _E.known_latest):
        if claim is not None and claim not in weighed and (claim not in best or (known, id_) < best[claim]):
            best[claim] = (known, id_)
    stands: dict[int, tuple[int, bytes]] = {}
    firsts = {row[1]: row[0] for row in among(connection, _C.claim, best, _C.first) if row[1] is not None}
    for id_, known in among(connection, _E.id, firsts, _E.known_latest):
        stands[firsts[id_]] = (known, id_)
    changed = [
        {"at": claim, "now": one[1]} for claim, one in best.items() if claim not in stands or one < stands[claim]
    ]
    _set(connection, changed)


def _search(connection: Connection, weighed: list[int]) -> None:
    """Of each claim the first entry that counts."""
    changed = []
    for claim in weighed:
        found = connection.execute(
            select(_E.id).where(_E.claim == claim, _E.dead == 0).order_by(_E.known_latest, _E.id).limit(1)
        ).scalar()
        changed.append({"at": claim, "now": bytes(found) if found is not None else None})
    _set(connection, changed)


def _set(connection: Connection, changed: list[dict[str, Any]]) -> None:
    if changed:
        connection.execute(
            update(schema.claims).where(_C.claim == bindparam("at")).values(first=bindparam("now")), changed
        )
