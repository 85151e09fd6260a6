"""The append-only store: items in, in batches under a lock; what a view needs, out.

`Store.append` is acknowledged when it returns: what it took is then in the file, once, with its place in the chain.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import Connection, Table, bindparam, func, insert, inspect, select, update

from dejure.errors import LedgerDamaged, LedgerMissing, LedgerTooNew
from dejure.ledger import schema
from dejure.ledger.derived import refresh
from dejure.ledger.engines import LOCK_SECONDS, make_engine, reading, use_write_ahead_log, writing
from dejure.ledger.entries import CodedReport, Entry, Item, SourceReport, canonical, record_hash
from dejure.ledger.rows import among, chunks, insert_new

__all__ = ["GENESIS", "Store", "chain_hash", "moment", "ordinal_of"]

GENESIS = hashlib.sha256(b"dejure ledger").digest()
_BATCH = 5000


class Store:
    """A ledger on SQLite or PostgreSQL.

    Parameters
    ----------
    location : str or Path
        Path of a file, or a `postgresql://` address.
    create : bool
        Whether to make it where it is not.
    lock_seconds : float
        How long to wait for another writer.

    Raises
    ------
    LedgerError
        If it cannot be opened: missing, damaged, or written by a later version.
    """

    def __init__(self, location: str | Path, *, create: bool = False, lock_seconds: float = LOCK_SECONDS) -> None:
        self.location = str(location)
        self.engine = make_engine(location, create=create, lock_seconds=lock_seconds)
        self._known: dict[Table, dict[bytes, int]] = {schema.claims: {}, schema.reports: {}, schema.recorders: {}}
        try:
            self._prepare(create=create)
        except Exception:
            self.close()
            raise

    def close(self) -> None:
        """Let go of all connections."""
        self.engine.dispose()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _prepare(self, *, create: bool) -> None:
        with reading(self.engine) as connection:
            version = _version(connection)
        if version > schema.SCHEMA_VERSION:
            raise LedgerTooNew(
                "the ledger was written by a later version of dejure", value=f"schema {version}",
                cure=f"install a dejure that knows it; this one knows schema {schema.SCHEMA_VERSION}",
            )  # fmt: skip
        if version == schema.SCHEMA_VERSION:
            return
        if version == 0 and not create:
            raise LedgerMissing("there is no ledger at this place", value=self.location, cure="ingest something first")
        if version == 0:
            use_write_ahead_log(self.engine)
        with writing(self.engine, tables=False) as connection:
            schema.migrate(connection, _version(connection))

    def append(self, items: Iterable[Item], *, texts: dict[str, tuple[str, str]] | None = None) -> int:
        """Record items that are not there yet.

        Parameters
        ----------
        items : iterable of Item
            Taken in batches of 5000; each batch is one transaction under an exclusive lock.
        texts : dict of str to (str, str), optional
            Title and body of reports, by id, to be kept in full.

        Returns
        -------
        int
            How many were new.
        """
        added = 0
        source = iter(items)
        while batch := list(islice(source, _BATCH)):
            try:
                with writing(self.engine) as connection:
                    added += self._append_batch(connection, batch)
                    _keep_texts(connection, texts or {})
            except BaseException:
                # What a failed transaction numbered is not there.
                for known in self._known.values():
                    known.clear()
                raise
            texts = None
        return added

    def _append_batch(self, connection: Connection, batch: list[Item]) -> int:
        by_id = {bytes.fromhex(item.id): item for item in batch}
        for there in list(among(connection, schema.entries.c.id, by_id)):
            del by_id[there[0]]
        if not by_id:
            return 0
        acts = [item for item in by_id.values() if isinstance(item, Entry)]
        marks = [item for item in by_id.values() if isinstance(item, CodedReport)]
        self._intern(connection, acts)
        rows = list(self._rows(connection, by_id))
        connection.execute(insert(schema.entries), rows)
        _keep_evidence(connection, acts)
        if marks:
            self._link_codings(connection, marks, {row["id"]: row["sequence"] for row in rows})
        late = {item.report.id for item in acts if item.report is not None} - {mark.report for mark in marks}
        if late and _has_codings(connection):
            _mark_coded_again(connection, list(_report_numbers(connection, late).values()))
        _link_supersessions(connection, by_id)
        refresh(connection, rows)
        return len(rows)

    def _rows(self, connection: Connection, by_id: dict[bytes, Item]) -> Iterator[dict[str, Any]]:
        """The new rows, each with its place in the chain and its own instant."""
        sequence, last_instant, chain = _head(connection)
        instant = max(_now(), last_instant + 1)
        for id_, item in by_id.items():
            sequence += 1
            chain = chain_hash(sequence, id_, chain)
            yield {
                "sequence": sequence, "id": id_, "kind": type(item).__name__, "recorded_at": instant, "chain": chain,
                "touched": 0, "dead": 0, **self._columns(item),
            }  # fmt: skip
            instant += 1

    def _columns(self, item: Item) -> dict[str, Any]:
        if isinstance(item, Entry):
            known, extra = item.known_at, item.extra()
            report = self._known[schema.reports][record_hash(item.report)] if item.report else None
            return {
                "claim": self._known[schema.claims][item.claim.hash], "report": report,
                "recorder": self._known[schema.recorders][record_hash(item.recorder)],
                "evidence": bytes.fromhex(item.evidence_hash) if item.evidence_hash else None,
                "known_earliest": ordinal_of(known.earliest, 0), "known_latest": ordinal_of(known.latest, schema.NEVER),
                "known_precision": known.precision, "known_assumed": item.known_assumed,
                "confidence": item.confidence,
                "content": msgspec.json.encode(extra, order="deterministic").decode() if extra else None,
            }  # fmt: skip
        made_at = getattr(item, "made_at", None)
        day = ordinal_of(made_at.date() if made_at else None, 0)
        return {
            "claim": None, "report": None, "recorder": None, "evidence": None, "known_earliest": day,
            "known_latest": day, "known_precision": None, "known_assumed": False, "confidence": None,
            "content": canonical(item).decode(),
        }  # fmt: skip

    def _intern(self, connection: Connection, acts: Sequence[Entry]) -> None:
        """Give claims, reports and recorders their numbers, the new ones too."""
        claims: dict[bytes, dict[str, Any]] = {}
        reports: dict[bytes, dict[str, Any]] = {}
        recorders: dict[bytes, dict[str, Any]] = {}
        for item in acts:
            claim = item.claim
            if claim.hash not in self._known[schema.claims]:
                claims[claim.hash] = {
                    "hash": claim.hash, "recogniser": claim.recogniser, "recognised": claim.recognised,
                    "content": canonical(claim).decode(),
                }  # fmt: skip
            if item.report is not None and (key := record_hash(item.report)) not in self._known[schema.reports]:
                reports[key] = {"hash": key, "id": item.report.id, "content": canonical(item.report).decode()}
            if (key := record_hash(item.recorder)) not in self._known[schema.recorders]:
                recorders[key] = {"hash": key, "content": canonical(item.recorder).decode()}
        self._number(connection, schema.claims, claims)
        self._number(connection, schema.reports, reports)
        self._number(connection, schema.recorders, recorders)

    def _number(self, connection: Connection, table: Table, rows: dict[bytes, dict[str, Any]]) -> None:
        if not rows:
            return
        known = self._known[table]
        if len(known) > 500_000:
            known.clear()
        connection.execute(insert_new(connection, table), list(rows.values()))
        known.update((hash_, number) for hash_, number in among(connection, table.c.hash, rows, next(iter(table.c))))

    def _link_codings(self, connection: Connection, marks: list[CodedReport], sequences: dict[bytes, int]) -> None:
        links = [
            {"coding": sequences[bytes.fromhex(mark.id)], "entry": bytes.fromhex(entry), "confidence": confidence}
            for mark in marks
            for entry, confidence in mark.entries
        ]
        if links:
            connection.execute(insert(schema.coding_entries), links)
        numbers = _report_numbers(connection, {mark.report for mark in marks})
        placed = [{"at": sequences[bytes.fromhex(mark.id)], "number": numbers[mark.report][0]} for mark in marks]
        table = schema.entries
        connection.execute(
            update(table).where(table.c.sequence == bindparam("at")).values(report=bindparam("number")), placed
        )
        _mark_coded_again(connection, list(numbers.values()))


def chain_hash(sequence: int, id_: bytes, previous: bytes) -> bytes:
    """The chain over place, entry id and the link before; no date enters."""
    return hashlib.sha256(sequence.to_bytes(8, "big") + id_ + previous).digest()


def moment(microseconds: int) -> dt.datetime:
    """An instant as the store counts them, in UTC."""
    return dt.datetime(1970, 1, 1, tzinfo=dt.UTC) + dt.timedelta(microseconds=microseconds)


def ordinal_of(day: dt.date | None, default: int) -> int:
    """The proleptic number of a day."""
    return default if day is None else day.toordinal()


def _now() -> int:
    return int((dt.datetime.now(dt.UTC) - dt.datetime(1970, 1, 1, tzinfo=dt.UTC)) / dt.timedelta(microseconds=1))


def _head(connection: Connection) -> tuple[int, int, bytes]:
    """Sequence, instant and link of the last row."""
    table = schema.entries
    last = connection.execute(
        select(table.c.sequence, table.c.recorded_at, table.c.chain).order_by(table.c.sequence.desc()).limit(1)
    ).first()
    return (last[0], last[1], bytes(last[2])) if last else (0, 0, GENESIS)


def _version(connection: Connection) -> int:
    tables = set(inspect(connection).get_table_names())
    if schema.versions.name not in tables:
        if tables:
            raise LedgerDamaged("this database holds something else than a ledger", value=", ".join(sorted(tables)[:5]))
        return 0
    return int(connection.execute(select(func.coalesce(func.max(schema.versions.c.version), 0))).scalar_one())


def _report_numbers(connection: Connection, ids: set[str]) -> dict[str, list[int]]:
    """The numbers of each report id, in order; a report of which nothing came in before gets one."""
    table = schema.reports
    there = {row[0] for row in among(connection, table.c.id, ids)}
    new = [SourceReport(id=id_) for id_ in sorted(ids - there)]
    if new:
        rows = [{"hash": record_hash(one), "id": one.id, "content": canonical(one).decode()} for one in new]
        connection.execute(insert_new(connection, table), rows)
    found: dict[str, list[int]] = {}
    for id_, number in among(connection, table.c.id, ids, table.c.report):
        found.setdefault(id_, []).append(number)
    return {id_: sorted(several) for id_, several in found.items()}


def _has_codings(connection: Connection) -> bool:
    found = select(schema.entries.c.sequence).where(schema.is_of_kind("CodedReport")).limit(1)
    return connection.execute(found).first() is not None


def _mark_coded_again(connection: Connection, reports: list[list[int]]) -> None:
    """Where a report was coded before, which of its entries count has to be judged when it is asked."""
    table = schema.entries
    first = {numbers[0]: numbers for numbers in reports}
    for chunk in chunks(first):
        again = connection.execute(
            select(table.c.report).where(table.c.report.in_(chunk), schema.is_of_kind("CodedReport"))
            .group_by(table.c.report).having(func.count() > 1)
        ).scalars()  # fmt: skip
        for number in list(again):
            connection.execute(update(table).where(table.c.report.in_(first[number])).values(touched=1))


def _keep_evidence(connection: Connection, acts: Sequence[Entry]) -> None:
    rows = {
        item.evidence_hash: {
            "hash": bytes.fromhex(item.evidence_hash), "content": canonical(item.evidence).decode(),
            "redacted_by": None,
        }
        for item in acts if item.evidence is not None and item.evidence_hash
    }  # fmt: skip
    if rows:
        connection.execute(insert_new(connection, schema.evidence), list(rows.values()))


def _keep_texts(connection: Connection, texts: dict[str, tuple[str, str]]) -> None:
    rows = [{"report_id": id_, "title": title, "body": body} for id_, (title, body) in texts.items()]
    if rows:
        connection.execute(insert_new(connection, schema.report_texts), rows)


def _link_supersessions(connection: Connection, by_id: dict[bytes, Item]) -> None:
    """Note what corrects what, and mark the corrected, whichever of the two came first."""
    table = schema.entries
    links = [{"target": bytes.fromhex(target), "by": id_} for id_, item in by_id.items() for target in item.supersedes]
    if links:
        connection.execute(insert_new(connection, schema.supersessions), links)
    awaited = [row[0] for row in among(connection, schema.supersessions.c.target, by_id)]
    for chunk in chunks({link["target"] for link in links} | set(awaited)):
        connection.execute(update(table).where(table.c.id.in_(chunk)).values(touched=1))
