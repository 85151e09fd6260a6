"""Whether a ledger is whole: the chain, the ids, the evidence, and the tail."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import func, select

from dejure.errors import BadEntry, DejureError, LedgerDamaged
from dejure.ledger import schema
from dejure.ledger.engines import reading
from dejure.ledger.entries import Interval, digest, entry_content
from dejure.ledger.store import GENESIS, Store, chain_hash
from dejure.ledger.store_layer import entry_rows
from dejure.records import Record

__all__ = ["Checkpoint", "Verified", "checkpoint", "read_checkpoint", "require_whole", "verify"]

_AT_ONCE = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkpoint(Record):
    """Head and length of a chain; kept elsewhere it shows later whether the tail was lost or the past rewritten."""

    count: int
    head: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified(Record):
    """What a check found. `problems` is empty where the ledger is whole."""

    count: int
    head: str
    redacted: int
    problems: tuple[str, ...]

    @property
    def is_whole(self) -> bool:
        """Whether nothing was found."""
        return not self.problems


def checkpoint(store: Store) -> Checkpoint:
    """Length and head of the chain as it stands."""
    with reading(store.engine) as connection:
        table = schema.entries.c
        last = connection.execute(select(table.sequence, table.chain).order_by(table.sequence.desc()).limit(1)).first()
    return Checkpoint(count=last[0], head=bytes(last[1]).hex()) if last else Checkpoint(count=0, head=GENESIS.hex())


def read_checkpoint(path: Path) -> Checkpoint:
    """A checkpoint from its file.

    Raises
    ------
    BadEntry
        If the file holds none.
    """
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
        return Checkpoint(count=int(raw["count"]), head=str(raw["head"]))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise BadEntry(
            "this is no checkpoint", value=path, cure="make one with: dejure ledger verify --checkpoint FILE"
        ) from error


def verify(store: Store, against: Checkpoint | None = None) -> Verified:
    """Walk the chain from its beginning and compute everything anew.

    Parameters
    ----------
    store : Store
    against : Checkpoint, optional
        A head that was noted before: the chain must still go through it.
    """
    problems: list[str] = []
    sequence, chain, instant, redacted = 0, GENESIS, 0, 0
    seen_checkpoint = against is None or against.count == 0
    with reading(store.engine) as connection:
        tombstones = _check_evidence(connection, problems)
        while rows := connection.execute(_rows_after(sequence)).all():
            acts = {row.sequence: row for row in connection.execute(_acts(sequence, rows[-1].sequence))}
            for row in rows:
                sequence += 1
                if row.sequence != sequence:
                    problems.append(f"row {sequence} is missing")
                    sequence = row.sequence
                chain = chain_hash(sequence, bytes(row.id), chain)
                if bytes(row.chain) != chain:
                    problems.append(f"the chain breaks at row {sequence}")
                    chain = bytes(row.chain)
                if row.recorded_at <= instant:
                    problems.append(f"the instant of row {sequence} is not after the one before")
                instant = row.recorded_at
                if not _holds(row, acts.get(row.sequence)):
                    problems.append(f"the content of row {sequence} is not the one its id was made of")
                if against is not None and sequence == against.count:
                    seen_checkpoint = True
                    if chain.hex() != against.head:
                        problems.append(f"row {sequence} is not the head that the checkpoint noted")
        redacted = tombstones
    if not seen_checkpoint and against is not None:
        problems.append(f"the tail is lost: the checkpoint noted {against.count} rows, here are {sequence}")
    return Verified(count=sequence, head=chain.hex(), redacted=redacted, problems=tuple(problems))


def _rows_after(sequence: int) -> Any:
    table = schema.entries
    return select(table).where(table.c.sequence > sequence).order_by(table.c.sequence).limit(_AT_ONCE)


def _acts(first: int, last: int) -> Any:
    column = schema.entries.c.sequence
    return entry_rows().where(column > first, column <= last)


def _holds(row: Any, act: Any) -> bool:
    """Whether the id is that of the content; what cannot even be read is not."""
    try:
        return _is_true(row, act)
    except (DejureError, ValueError, OverflowError, msgspec.MsgspecError):
        return False


def _is_true(row: Any, act: Any) -> bool:
    """Whether the id is that of the content."""
    if row.kind != "Entry":
        return digest(row.kind, row.content.encode()) == bytes(row.id)
    if act is None:
        return False
    parts = [(act.claim_content, act.claim_hash), (act.recorder_content, act.recorder_hash)]
    if act.report_content is not None:
        parts.append((act.report_content, act.report_hash))
    if any(hashlib.sha256(content.encode()).digest()[:16] != bytes(hash_) for content, hash_ in parts):
        return False
    known = Interval(earliest=_day(row.known_earliest), latest=_day(row.known_latest), precision=row.known_precision)
    content = entry_content(
        claim=bytes(act.claim_hash), report=bytes(act.report_hash) if act.report_hash else None,
        recorder=bytes(act.recorder_hash), known_at=known, known_assumed=bool(row.known_assumed),
        evidence=bytes(row.evidence).hex() if row.evidence else None, confidence=row.confidence,
        extra=msgspec.json.decode(row.content) if row.content else {},
    )  # fmt: skip
    return digest("Entry", content) == bytes(row.id)


def _day(ordinal: int) -> dt.date | None:
    return dt.date.fromordinal(ordinal) if 0 < ordinal < schema.NEVER else None


def _check_evidence(connection: Any, problems: list[str]) -> int:
    """Evidence that is there has its hash; what is not there has a tombstone whose redaction is recorded."""
    table = schema.evidence.c
    for hash_, content in _words(connection):
        if hashlib.sha256(content.encode()).digest() != hash_:
            problems.append(f"the words of evidence {hash_.hex()[:16]} were changed")
    gone = connection.execute(select(table.hash, table.redacted_by).where(table.content.is_(None))).all()
    redactions = {bytes(row[0]) for row in connection.execute(_redactions())}
    problems += [
        f"evidence {bytes(hash_).hex()[:16]} is gone without a redaction" for hash_, by in gone
        if by is None or bytes(by) not in redactions
    ]  # fmt: skip
    missing = connection.execute(
        select(func.count()).select_from(schema.entries)
        .outerjoin(schema.evidence, table.hash == schema.entries.c.evidence)
        .where(schema.entries.c.evidence.isnot(None), table.hash.is_(None))
    ).scalar_one()  # fmt: skip
    if missing:
        problems.append(f"{missing} entries name evidence that is not here")
    return len(gone)


def _words(connection: Any) -> Iterable[tuple[bytes, str]]:
    table = schema.evidence.c
    rows = connection.execution_options(yield_per=_AT_ONCE).execute(
        select(table.hash, table.content).where(table.content.isnot(None))
    )
    for hash_, content in rows:
        yield bytes(hash_), content


def _redactions() -> Any:
    return select(schema.entries.c.id).where(schema.is_of_kind("Redaction"))


def require_whole(found: Verified) -> None:
    """Raise where a check found something.

    Raises
    ------
    LedgerDamaged
    """
    if found.problems:
        raise LedgerDamaged(
            f"the ledger is damaged in {len(found.problems)} places", value=found.problems[0],
            cure="restore it from a backup",
        )  # fmt: skip
