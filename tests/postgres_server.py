"""A PostgreSQL server for the tests: one that is named, else one of our own in a folder that goes away."""

from __future__ import annotations

import os
import shutil
import subprocess
import uuid
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy

_PLACES = ("/usr/lib/postgresql", "/usr/local/lib/postgresql", "/opt/homebrew/opt")


@dataclass
class PostgresServer:
    """Where it listens; makes databases that no other test sees."""

    address: str
    folder: Path | None = None
    control: Path | None = None
    user: str | None = None

    def new_database(self) -> str:
        """The address of a new, empty database."""
        name = f"dejure_{uuid.uuid4().hex}"
        engine = sqlalchemy.create_engine(self.address, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(sqlalchemy.text(f"CREATE DATABASE {name}"))
        engine.dispose()
        return sqlalchemy.make_url(self.address).set(database=name).render_as_string(hide_password=False)

    def stop(self) -> None:
        """Stop it, where it is our own."""
        if self.folder and self.control:
            _run([str(self.control), "-D", str(self.folder / "data"), "-m", "immediate", "stop"], self.user)


def start_server() -> PostgresServer | None:
    """The server that DEJURE_TEST_POSTGRES names, else one of our own; None where there is neither."""
    named = os.environ.get("DEJURE_TEST_POSTGRES")
    if named:
        return PostgresServer(named)
    initdb = _find("initdb")
    if initdb is None:
        return None
    user = "postgres" if os.geteuid() == 0 else None  # it refuses to run as root
    folder = Path(f"/tmp/dejure-pg-{uuid.uuid4().hex[:8]}")  # the path of a socket must be short
    folder.mkdir()
    if user:
        shutil.chown(folder, user)
    try:
        _run([str(initdb), "-D", str(folder / "data"), "-U", "dejure", "-A", "trust", "-E", "UTF8"], user)
        options = f"-k {folder} -c listen_addresses= -c fsync=off -c max_connections=60"
        control = initdb.with_name("pg_ctl")
        _run([str(control), "-D", str(folder / "data"), "-l", str(folder / "log"), "-o", options, "-w", "start"], user)
    except (OSError, subprocess.CalledProcessError, KeyError):
        shutil.rmtree(folder, ignore_errors=True)
        return None
    address = f"postgresql+psycopg://dejure@/postgres?host={folder}"
    return PostgresServer(address, folder, control, user)


def _find(name: str) -> Path | None:
    found = shutil.which(name)
    if found:
        return Path(found).resolve()
    for place in _PLACES:
        for path in sorted(Path(place).glob(f"*/bin/{name}"), reverse=True):
            return path
    return None


def _run(command: list[str], user: str | None) -> None:
    subprocess.run(
        command, check=True, user=user, cwd="/", stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        stdin=subprocess.DEVNULL,
    )  # fmt: skip
