"""What is left when an ingestion is killed, and when many write and read at once.

`DEJURE_KILLS` and `DEJURE_CROWD_SECONDS` make the tests longer; `scripts/measure_ledger` sets 200 and 120.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import func, select

from dejure.ledger import schema
from dejure.ledger.integrity import verify
from dejure.ledger.store import Store

KILLS = int(os.environ.get("DEJURE_KILLS", "20"))
CROWD_SECONDS = float(os.environ.get("DEJURE_CROWD_SECONDS", "4"))
WORKER = Path(__file__).with_name("ingest_worker.py")
CROWD = Path(__file__).with_name("crowd_worker.py")
COUNT, SIZE = 40 * KILLS, 10
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent.parent)}


@pytest.mark.slow
def test_killed_at_any_moment(new_location: Callable[[], str]) -> None:
    draw = random.Random(7)
    location = new_location()
    Store(location, create=True).close()
    for _ in range(KILLS):
        # From the first line on, so that the moment falls into the appending and not into the start of Python.
        with start(location) as worker:
            assert worker.stdout is not None
            first = worker.stdout.readline()
            time.sleep(draw.random() * 0.15)
            worker.send_signal(signal.SIGKILL)
            acknowledged = [
                line for line in (first + worker.stdout.read()).splitlines(keepends=True) if line[-1] == "\n"
            ]
        check(location, int(acknowledged[-1]) if acknowledged else 0)
    with start(location) as again:
        out, _ = again.communicate()
    assert again.returncode == 0
    assert out.split()[-1] == str(COUNT)
    assert check(location, COUNT) == COUNT


def start(location: str) -> subprocess.Popen[str]:
    command = [sys.executable, str(WORKER), location, str(COUNT), str(SIZE)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=ENVIRONMENT)


def check(location: str, acknowledged: int) -> int:
    """Every acknowledged entry is there once, and the ledger is whole."""
    with Store(location) as store:
        assert verify(store).problems == ()
        with store.engine.connect() as connection:
            count, distinct = connection.execute(
                select(func.count(), func.count(func.distinct(schema.entries.c.id)))
            ).one()
        assert count == distinct
        assert count >= acknowledged
        assert count % SIZE == 0  # a batch is there whole or not at all
        return int(count)


@pytest.mark.slow
def test_a_crowd(new_location: Callable[[], str]) -> None:
    location = new_location()
    Store(location, create=True).close()
    roles = ["writer"] * 4 + ["reader"] * 8
    crowd = [
        subprocess.Popen(
            [sys.executable, str(CROWD), location, role, str(number), str(CROWD_SECONDS)],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=ENVIRONMENT,
        )
        for number, role in enumerate(roles)
    ]  # fmt: skip
    told = [one.communicate() for one in crowd]
    assert [one.returncode for one in crowd] == [0] * len(roles), [err for _, err in told]
    written = sum(int(out) for (out, _), role in zip(told, roles, strict=True) if role == "writer")
    assert all(int(out) > 0 for out, _ in told)
    with Store(location) as store:
        found = verify(store)
    assert found.problems == ()
    assert found.count == written
