"""The tables of a ledger, and the numbered steps that lead to them.

`entries` is the chain: rows are added at the end, and what they say is never changed. Claims, reports and recorders
stand once, under their hash; so does the evidence, which lies beside the chain and can be taken away.

Three columns are derived, so that the question that is asked most, everything as it stands now, need not weigh every
entry: `entries.touched` (something bears on it), `entries.dead` (it does not count now), `claims.first` (of the entries
that count now the one that made the claim known first). Views of the past do not use them.
"""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ColumnElement,
    Connection,
    Float,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    and_,
    insert,
    text,
)

__all__ = [
    "MIGRATIONS",
    "NEVER",
    "SCHEMA_VERSION",
    "claims",
    "coding_entries",
    "entries",
    "evidence",
    "fingerprints",
    "is_of_kind",
    "metadata",
    "migrate",
    "recorders",
    "report_texts",
    "reports",
    "supersessions",
    "versions",
]

#: Day number that stands for an open bound of the day of knowledge.
NEVER = 9_999_999

metadata = MetaData()

versions = Table("ledger_version", metadata, Column("version", Integer, primary_key=True))

claims = Table(
    "claims",
    metadata,
    Column("claim", Integer, primary_key=True, autoincrement=True),
    Column("hash", LargeBinary, nullable=False, unique=True),
    Column("recogniser", Text),
    Column("recognised", Text, nullable=False),
    Column("content", Text, nullable=False),
    Column("first", LargeBinary),
    Index("claims_by_pair", "recognised", "recogniser"),
    Index("claims_by_recogniser", "recogniser"),
)

reports = Table(
    "reports",
    metadata,
    Column("report", Integer, primary_key=True, autoincrement=True),
    Column("hash", LargeBinary, nullable=False, unique=True),
    Column("id", Text, nullable=False, index=True),
    Column("content", Text, nullable=False),
)

recorders = Table(
    "recorders",
    metadata,
    Column("recorder", Integer, primary_key=True, autoincrement=True),
    Column("hash", LargeBinary, nullable=False, unique=True),
    Column("content", Text, nullable=False),
)

evidence = Table(
    "evidence",
    metadata,
    Column("hash", LargeBinary, primary_key=True),
    Column("content", Text),  # null: redacted
    Column("redacted_by", LargeBinary),
)

report_texts = Table(
    "report_texts",
    metadata,
    Column("report_id", Text, primary_key=True),
    Column("title", Text, nullable=False),
    Column("body", Text, nullable=False),
)

# What the grouping into stories needs of a report: hashes of its words, no text.
fingerprints = Table(
    "fingerprints",
    metadata,
    Column("report_id", Text, primary_key=True),
    Column("published", Integer),
    Column("content", LargeBinary, nullable=False),
)

entries = Table(
    "entries",
    metadata,
    Column("sequence", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=False),
    Column("id", LargeBinary, nullable=False, unique=True),
    Column("kind", Text, nullable=False),
    Column("recorded_at", BigInteger, nullable=False),  # microseconds since 1970, UTC
    Column("chain", LargeBinary, nullable=False),
    Column("touched", Integer, nullable=False, default=0),
    Column("dead", Integer, nullable=False, default=0),
    Column("claim", Integer),
    Column("report", Integer),
    Column("recorder", Integer),
    Column("evidence", LargeBinary),
    Column("known_earliest", Integer),  # proleptic day numbers; NEVER and 0 are open bounds
    Column("known_latest", Integer),
    Column("known_precision", Text),
    Column("known_assumed", Boolean),
    Column("confidence", Float),
    Column("content", Text),  # of an act what few acts have; of all else the whole
    Index("entries_by_claim", "claim", "dead", "known_latest", "id"),
    Index("entries_by_report", "report"),
)
_IS_WHOLE = text("kind <> 'Entry'")
Index("entries_by_kind", entries.c.kind, sqlite_where=_IS_WHOLE, postgresql_where=_IS_WHOLE)


def is_of_kind(kind: str) -> ColumnElement[bool]:
    """The condition that a row is of a kind other than an act, so written that the small index on kinds serves it."""
    return and_(text("entries.kind <> 'Entry'"), entries.c.kind == kind)


supersessions = Table(
    "supersessions",
    metadata,
    Column("target", LargeBinary, primary_key=True),
    Column("by", LargeBinary, primary_key=True),
    Index("supersessions_by", "by"),
    sqlite_with_rowid=False,
)

coding_entries = Table(
    "coding_entries",
    metadata,
    Column("coding", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
    Column("entry", LargeBinary, primary_key=True),
    Column("confidence", Float, nullable=False),
    sqlite_with_rowid=False,
)


def _first(connection: Connection) -> None:
    metadata.create_all(connection)


#: Each step takes a ledger from the version before to its own number. A step that stands is never changed.
MIGRATIONS: tuple[tuple[int, Callable[[Connection], None]], ...] = ((1, _first),)

SCHEMA_VERSION = MIGRATIONS[-1][0]


def migrate(connection: Connection, version: int) -> None:
    """Run the steps after this version."""
    for number, step in MIGRATIONS:
        if number > version:
            step(connection)
            connection.execute(insert(versions).values(version=number))
