"""What is derived of the entries and kept for the question that is asked most: everything as it stands now."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, bindparam, or_, select, update

from dejure.ledger import schema
from dejure.ledger.counting import counting_of
from dejure.ledger.live import Clock
from dejure.ledger.rows import among, chunks

__all__ = ["refresh"]

_E = schema.entries.c
_C = schema.claims.c
_NOW = Clock(on=dt.date.max)
# What may change whether something else counts: an entry that is touched, or another coding.
_TOUCHES = or_(_E.touched == 1, _E.kind == "CodedReport")


def refresh(connection: Connection, new: list[dict[str, Any]]) -> None:
    """Bring `dead` and `first` up to date after these rows came in, in the same transaction."""
    affected = _affected(connection, [row["id"] for row in new])
    rows = [row for chunk in chunks(affected) for row in connection.execute(_short().where(_E.id.in_(chunk)))]
    counting = counting_of(connection, rows, _NOW)
    died = [row for row in rows if row.sequence not in counting and not row.dead]
    revived = [row for row in rows if row.sequence in counting and row.dead]
    turned = [{"at": row.sequence, "now": 1} for row in died] + [{"at": row.sequence, "now": 0} for row in revived]
    if turned:
        place = update(schema.entries).where(_E.sequence == bindparam("at"))
        connection.execute(place.values(dead=bindparam("now")), turned)
    gone = {bytes(row.id) for row in died}
    candidates = [(row["claim"], row["known_latest"], row["id"]) for row in new if row["id"] not in gone]
    candidates += [(row.claim, row.known_latest, bytes(row.id)) for row in revived]
    _compare(connection, [one for one in candidates if one[0] is not None])
    _search(connection, {row.claim for row in died if row.claim is not None}, gone)


def _short() -> Any:
    return select(_E.sequence, _E.id, _E.claim, _E.report, _E.kind, _E.touched, _E.dead, _E.known_latest)


def _affected(connection: Connection, new: list[bytes]) -> list[bytes]:
    """The touched among the new, what they supersede, and so on; and what is of a report that was coded again."""
    links = schema.supersessions.c
    rows = [row for chunk in chunks(new) for row in connection.execute(_short().where(_E.id.in_(chunk), _TOUCHES))]
    seen = {bytes(row.id) for row in rows if row.touched}
    waiting = list(new)
    while waiting:
        targets = {row[1] for row in among(connection, links.by, waiting, links.target)} - seen
        seen |= targets
        waiting = sorted(targets)
    again = _coded_again(connection, rows)
    targets = {row[1] for row in among(connection, links.by, sorted(again - seen), links.target)}
    return sorted(seen | again | targets)


def _coded_again(connection: Connection, rows: Iterable[Any]) -> set[bytes]:
    """Entries of the reports of which one of the new rows is another coding or a late entry."""
    reports = {row.report for row in rows if row.report is not None}
    ids = {row[1] for row in among(connection, schema.reports.c.report, reports, schema.reports.c.id)}
    numbers = [row[1] for row in among(connection, schema.reports.c.id, ids, schema.reports.c.report)]
    return {row[1] for row in among(connection, _E.report, numbers, _E.id, _E.touched) if row[2]}


def _compare(connection: Connection, candidates: list[tuple[int, int, bytes]]) -> None:
    """Whether an entry made its claim known before the first one that counts."""
    best: dict[int, tuple[int, bytes]] = {}
    for claim, known, id_ in candidates:
        if claim not in best or (known, id_) < best[claim]:
            best[claim] = (known, id_)
    stands: dict[int, tuple[int, bytes]] = {}
    for chunk in chunks(best):
        firsts = select(_C.claim, _E.known_latest, _E.id).join(schema.entries, _E.id == _C.first)
        stands.update(
            (row[0], (row[1], bytes(row[2]))) for row in connection.execute(firsts.where(_C.claim.in_(chunk)))
        )
    _set(connection, [
        {"at": claim, "now": one[1]} for claim, one in best.items() if claim not in stands or one < stands[claim]
    ])  # fmt: skip


def _search(connection: Connection, claims: set[int], gone: set[bytes]) -> None:
    """Of each claim whose first entry no longer counts the next one that does."""
    lost = [row[0] for row in among(connection, _C.claim, claims, _C.first) if row[1] is None or row[1] in gone]
    changed = []
    for claim in lost:
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
