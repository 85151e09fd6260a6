"""Ledgers on both engines: SQLite files, and databases of a PostgreSQL server that is started for the tests."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from postgres_server import PostgresServer, start_server

from dejure.ledger.store import Store

NewLocation = Callable[[], str]


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """A real server; the tests that need one are skipped where none is installed."""
    server = start_server()
    if server is None:
        pytest.skip("no PostgreSQL server is installed (initdb), and DEJURE_TEST_POSTGRES names none")
    yield server
    server.stop()


@pytest.fixture(params=["sqlite", "postgresql"])
def new_location(request: pytest.FixtureRequest, tmp_path: Path) -> NewLocation:
    """Makes the place of a new, empty ledger each time it is called."""
    if request.param == "sqlite":
        return lambda: str(tmp_path / f"{uuid.uuid4().hex}.ledger")
    server: PostgresServer = request.getfixturevalue("postgres")
    return server.new_database


@pytest.fixture
def store(new_location: NewLocation) -> Iterator[Store]:
    """An empty store."""
    with Store(new_location(), create=True) as made:
        yield made
