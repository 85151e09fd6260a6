"""Taking words away: the evidence goes, its hash, the entry and the chain stay."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from sqlalchemy import Connection, delete, func, select, update

from dejure.errors import BadEntry
from dejure.ledger import schema
from dejure.ledger.engines import reading, writing
from dejure.ledger.entries import Redaction
from dejure.ledger.rows import among, chunks
from dejure.ledger.store import Store

__all__ = ["redact"]


def redact(
    store: Store, entries: Iterable[str] = (), reports: Iterable[str] = (), *, person: str, reason: str,
    made_at: dt.datetime | None = None,
) -> Redaction:  # fmt: skip
    """Take the words of entries, or of all entries of reports, out of the store, with the kept text of those reports.

    Parameters
    ----------
    entries : iterable of str
        Entry ids, or at least eight of their first digits.
    reports : iterable of str
        Report ids.
    person, reason : str

    Returns
    -------
    Redaction
        Recorded in the chain; it names the hashes of what was taken away.

    Raises
    ------
    BadEntry
        If an id is unknown, or nothing is left to take away.
    """
    if not person.strip() or not reason.strip():
        raise BadEntry("a redaction needs a name and a reason", value=person)
    whole = sorted(set(reports))
    hashes = sorted({*_of_entries(store, sorted(set(entries))), *_of_reports(store, whole)})
    if not hashes:
        raise BadEntry("there are no words to take away", value=", ".join([*entries, *whole]) or None)
    redaction = Redaction(
        evidence=tuple(one.hex() for one in hashes), person=person, reason=reason,
        made_at=made_at or dt.datetime.now(dt.UTC),
    )  # fmt: skip
    # The tombstone first: should we be killed in between, the words are still there and it can be done again.
    store.append([redaction])
    with writing(store.engine) as connection:
        table = schema.evidence
        for chunk in chunks(hashes):
            connection.execute(
                update(table)
                .where(table.c.hash.in_(chunk))
                .values(content=None, redacted_by=bytes.fromhex(redaction.id))
            )
        texts = schema.report_texts
        for chunk in chunks(whole):
            connection.execute(delete(texts).where(texts.c.report_id.in_(chunk)))
    _forget(store)
    return redaction


def _of_entries(store: Store, entries: list[str]) -> set[bytes]:
    found: set[bytes] = set()
    table = schema.entries.c
    with reading(store.engine) as connection:
        as_text = (
            func.lower(func.hex(table.id)) if store.engine.dialect.name == "sqlite" else func.encode(table.id, "hex")
        )
        for one in entries:
            if len(one) < 8:
                raise BadEntry("this is too short for an entry id", value=one, cure="give at least eight digits")
            rows = connection.execute(
                select(table.evidence).where(as_text.like(f"{one.lower()}%"), table.kind == "Entry")
            ).all()
            if not rows:
                raise BadEntry("there is no such entry in the ledger", value=one)
            found |= {bytes(row[0]) for row in rows if row[0] is not None}
        return _still_there(connection, found)


def _of_reports(store: Store, reports: list[str]) -> set[bytes]:
    table = schema.entries.c
    with reading(store.engine) as connection:
        numbers = dict(among(connection, schema.reports.c.id, reports, schema.reports.c.report))
        unknown = sorted(set(reports) - set(numbers))
        if unknown:
            raise BadEntry("there is no such report in the ledger", value=", ".join(unknown))
        every = [row[1] for row in among(connection, schema.reports.c.id, reports, schema.reports.c.report)]
        rows = among(connection, table.report, every, table.evidence)
        return _still_there(connection, {row[1] for row in rows if row[1] is not None})


def _still_there(connection: Connection, hashes: set[bytes]) -> set[bytes]:
    table = schema.evidence.c
    return {row[0] for row in among(connection, table.hash, hashes, table.content) if row[1] is not None}


def _forget(store: Store) -> None:
    """Make a SQLite file overwrite what was deleted, so that the words are not left in free pages or the log."""
    if store.engine.dialect.name == "sqlite":
        raw = store.engine.raw_connection()
        try:
            raw.execute("VACUUM")
            raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            raw.close()
