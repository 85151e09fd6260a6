"""The process that does what takes long."""

from __future__ import annotations

import os
import re
import signal
import time
from pathlib import Path

import pytest

from dejure.errors import Busy, DejureError, LedgerError, TimedOut, UnknownParty
from dejure.serving import tasks
from dejure.serving.workers import Worker
from dejure.sources import reject


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
    worker = Worker(120, memory=3_000_000_000)
    try:
        assert worker.ask("read", {"reports": [], "model": None, "characters": 100}) == []
        assert worker._process is not None
        limits = Path(f"/proc/{worker._process.pid}/limits").read_text()
        assert re.search(r"Max address space\s+3000000000\s", limits)
    finally:
        worker.close()


def test_a_report_that_meets_the_limit_of_memory_is_too_large() -> None:
    told = DejureError("the coder failed on this report", value="MemoryError: ")
    row = reject(told, "input 1")
    assert tasks._told(row)["reject"].code == "too_large"
    assert tasks._told(reject(DejureError("no", value="ValueError"), "x"))["reject"].code == "error"
