"""The process that does what takes long."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

import pytest

from dejure.errors import Busy, InputTooLarge, LedgerError, TimedOut, UnknownParty
from dejure.serving.workers import Worker


def test_a_task_that_takes_too_long_is_ended_and_the_next_begins_anew() -> None:
    worker = Worker(0.2)
    try:
        start = time.monotonic()
        with pytest.raises(TimedOut):
            worker.ask("wave", {"polity": "kosovo", "on": "2012-01-01"})
        assert time.monotonic() - start < 10
        assert worker._process is None
    finally:
        worker.close()


def test_errors_of_a_task_arrive_as_they_were_raised(tmp_path: Path) -> None:
    worker = Worker(120)
    given = {"location": None, "file": str(tmp_path / "out.csv"), "form": "csv", "history": True}
    try:
        with pytest.raises(UnknownParty):
            worker.ask("panel", {**given, "polities": ["atlantis"], "first": 2000, "last": 2001, "known": None})
        with pytest.raises(LedgerError):
            worker.ask("export", {**given, "file": str(tmp_path / "no" / "folder.csv")})
        assert worker.ask("read", {"reports": [], "model": None, "characters": 100}) == []
    finally:
        worker.close()


def test_a_process_that_was_killed_is_told_of_and_replaced() -> None:
    worker = Worker(120)
    try:
        assert worker.ask("read", {"reports": [], "model": None, "characters": 100}) == []
        assert worker._process is not None
        os.kill(worker._process.pid, signal.SIGKILL)
        worker._process.wait(10)
        assert worker.ask("read", {"reports": [], "model": None, "characters": 100}) == []
    finally:
        worker.close()
    with pytest.raises(Busy):
        worker.ask("read", {"reports": [], "model": None, "characters": 100})


def test_memory_is_bounded() -> None:
    worker = Worker(300, memory=1_200_000_000)
    try:
        given = {"reports": [{"text": "Kenya said so. " * 60_000}], "model": None, "characters": 2_000_000}
        (told,) = worker.ask("read", given)
        assert told["reject"]["code"] == "too_large"
    except (InputTooLarge, Busy):  # it was met outside of the report, or by a library that ends the process
        pass
    finally:
        worker.close()
