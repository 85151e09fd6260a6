"""How a ledger is opened on SQLite or PostgreSQL, and what their errors mean to a user."""

from __future__ import annotations

import os
import random
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, exc, text

from dejure.errors import (
    DejureError,
    LedgerDamaged,
    LedgerError,
    LedgerFull,
    LedgerLocked,
    LedgerMissing,
    LedgerReadOnly,
    MissingExtra,
)

__all__ = ["make_engine", "reading", "translated", "writing"]

#: How long a writer waits for another one, in seconds. An append is short; who waits longer meets a fault.
LOCK_SECONDS = 30.0
# Shorter than an append and about as long as the pause between two.
_PAUSE = (0.001, 0.008)
_CACHE_KIB = 131_072
# Full: an acknowledged append outlives a power cut. Checkpoints are rare, since each writes pages all over the file.
_PRAGMAS = ("synchronous=FULL", f"cache_size=-{_CACHE_KIB}", "temp_store=MEMORY", "wal_autocheckpoint=10000")


def make_engine(location: str | Path, *, create: bool, lock_seconds: float = LOCK_SECONDS) -> Engine:
    """An engine for a path or an address.

    Parameters
    ----------
    location : str or Path
        A path is a SQLite file; an address has `://` in it.
    create : bool
        Whether a file that is not there is made.
    lock_seconds : float
        How long to wait for a lock.

    Raises
    ------
    LedgerMissing
        If there is no such file and none is to be made.
    MissingExtra
        If the driver of the address is not installed.
    """
    address = str(location)
    if "://" not in address:
        return _sqlite(Path(address), create=create, lock_seconds=lock_seconds)
    if address.startswith(("sqlite:///", "sqlite+pysqlite:///")):
        return _sqlite(Path(address.split(":///", 1)[1]), create=create, lock_seconds=lock_seconds)
    if address.startswith(("postgresql://", "postgres://")):
        address = "postgresql+psycopg://" + address.split("://", 1)[1]
    if not address.startswith("postgresql+psycopg://"):
        raise LedgerError("no such kind of ledger", value=address, cure="give a path or a postgresql:// address")
    try:
        options = {"options": f"-c lock_timeout={int(lock_seconds * 1000)}"}
        return create_engine(address, isolation_level="REPEATABLE READ", connect_args=options)
    except ModuleNotFoundError as error:
        raise MissingExtra(
            "a ledger on PostgreSQL needs psycopg", cure="install it with: pip install 'dejure[postgres]'"
        ) from error


def _sqlite(path: Path, *, create: bool, lock_seconds: float) -> Engine:
    if not path.exists():
        if not create:
            raise LedgerMissing("there is no such ledger", value=path, cure="check the path, or ingest something first")
        if not path.parent.is_dir():
            raise LedgerMissing("there is no such folder", value=path.parent, cure="make it first")
    engine = create_engine(_address(path), connect_args={"timeout": lock_seconds, "check_same_thread": False})

    @event.listens_for(engine, "connect")
    def _prepare(connection: sqlite3.Connection, record: object) -> None:  # noqa: ARG001  SQLAlchemy's signature
        connection.isolation_level = None  # we begin transactions ourselves, so that a writer can begin with its lock
        for pragma in (
            "synchronous=FULL",
            f"cache_size=-{_CACHE_KIB}",
            "temp_store=MEMORY",
            "wal_autocheckpoint=10000",
        ):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        if connection.get_execution_options().get("is_writer"):
            _begin_to_write(connection, lock_seconds)
        else:
            connection.exec_driver_sql("BEGIN")

    return engine


def _begin_to_write(connection: Connection, lock_seconds: float) -> None:
    """Wait for the lock in short steps of chance length.

    SQLite's own waiting sleeps longer each time, so that a writer without pause keeps others out for good.
    """
    end = time.monotonic() + lock_seconds
    connection.exec_driver_sql("PRAGMA busy_timeout=0")
    try:
        while True:
            try:
                connection.exec_driver_sql("BEGIN IMMEDIATE")
            except exc.OperationalError as error:
                if "locked" not in str(error.orig) or time.monotonic() > end:
                    raise
                time.sleep(random.uniform(*_PAUSE))  # noqa: S311  a pause, no secret
            else:
                return
    finally:
        connection.exec_driver_sql(f"PRAGMA busy_timeout={int(lock_seconds * 1000)}")


def _address(path: Path) -> str:
    """A file that may only be read is opened so; where nothing waits in its log, without files beside it."""
    if not path.exists() or os.access(path, os.W_OK):
        return f"sqlite:///{path}"
    log = path.with_name(path.name + "-wal")
    still = "" if log.exists() and log.stat().st_size else "&immutable=1"
    return f"sqlite:///file:{path}?mode=ro{still}&uri=true"


def use_write_ahead_log(engine: Engine) -> None:
    """Readers and a writer at the same time; the mode stays with the file."""
    if engine.dialect.name == "sqlite":
        with translated(engine):
            raw = engine.raw_connection()
            try:
                raw.execute("PRAGMA journal_mode=WAL")
            finally:
                raw.close()


@contextmanager
def writing(engine: Engine, *, tables: bool = True) -> Iterator[Connection]:
    """One transaction under an exclusive lock: it is done whole or not at all.

    Parameters
    ----------
    tables : bool
        Whether the tables are there already and can be locked.
    """
    with translated(engine):
        if engine.dialect.name == "sqlite":
            with engine.connect().execution_options(is_writer=True) as connection, connection.begin():
                yield connection
        else:
            with engine.connect().execution_options(isolation_level="READ COMMITTED") as connection, connection.begin():
                if tables:
                    connection.execute(text("LOCK TABLE entries IN EXCLUSIVE MODE"))
                else:
                    connection.execute(text("SELECT pg_advisory_xact_lock(7465106)"))
                yield connection


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """One transaction that sees one state of the ledger from beginning to end."""
    with translated(engine), engine.connect() as connection, connection.begin():
        yield connection


@contextmanager
def translated(engine: Engine) -> Iterator[None]:
    """The database's errors as ours."""
    try:
        yield
    except DejureError:
        raise
    except (exc.DBAPIError, sqlite3.Error) as error:
        raise _translate(error, engine) from error
    except OSError as error:
        raise LedgerError("the ledger cannot be reached", value=error.strerror or error) from error


_MEANINGS: tuple[tuple[tuple[str, ...], type[LedgerError], str, str], ...] = (
    (("database is locked", "lock timeout", "database table is locked"), LedgerLocked,
     "the ledger is locked by somebody else", "try again when the other run is over"),
    (("readonly", "read-only", "permission denied"), LedgerReadOnly,
     "the ledger may not be written", "check who may write there"),
    (("disk is full", "no space left", "disk full"), LedgerFull,
     "there is no space left for the ledger", "make room and run it again; nothing was half written"),
    (("not a database", "malformed", "disk i/o error"), LedgerDamaged,
     "this is no ledger, or it was damaged", "restore it from a backup"),
    (("unable to open", "could not connect", "connection failed", "connection refused", "does not exist"),
     LedgerMissing, "the ledger cannot be opened", "check the path or address"),
)  # fmt: skip


def _translate(error: Any, engine: Engine) -> LedgerError:
    told = str(getattr(error, "orig", error)).strip()
    for cues, kind, what, cure in _MEANINGS:
        if any(cue in told.lower() for cue in cues):
            return kind(
                what, value=engine.url.render_as_string(hide_password=True), cure=f"{cure} ({told.splitlines()[0]})"
            )
    return LedgerError("the ledger failed", value=told)
