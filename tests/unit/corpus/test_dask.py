"""Runs on a Dask cluster of real worker processes: the same bytes, whatever dies on the way."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import generated_reports as generated
import pytest
from fake_coder import code_report

import dejure as package
from dejure import Corpus, CorpusUnusable, SettingsError
from dejure.corpus.plan import RunSettings
from dejure.corpus.run import run_corpus
from dejure.records import Coding, Report
from dejure.settings import Settings

pytest.importorskip("distributed")
psutil = pytest.importorskip("psutil")

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore::ResourceWarning")]

RUN = RunSettings(coder="test_dask:patient_coder", shard_reports=20)
TESTS = Path(__file__).parents[2]
SOURCE = Path(package.__file__).parents[1]


def patient_coder(report: Report, settings: Settings) -> Coding:
    """The stand-in coder, slow enough to be killed at work; each process leaves its number."""
    folder = Path(os.environ["DEJURE_TEST_MARKS"])
    (folder / str(os.getpid())).touch()
    time.sleep(float(os.environ.get("DEJURE_TEST_PAUSE", "0")))
    return code_report(report, settings)


def faulty_coder(report: Report, settings: Settings) -> Coding:
    """Fails as no report does: on r5 the first time, on r7 every time; r12 takes its process along, every time."""
    mark = Path(os.environ["DEJURE_TEST_MARKS"]) / "failed"
    if report.id == "r7" or (report.id == "r5" and not mark.exists()):
        mark.touch()
        raise MemoryError("no room for it")
    if report.id == "r12":
        os._exit(9)
    return code_report(report, settings)


@pytest.fixture(autouse=True)
def marks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "marks"
    folder.mkdir()
    monkeypatch.setenv("DEJURE_TEST_MARKS", str(folder))
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(SOURCE), str(TESTS), str(Path(__file__).parent)]))
    return folder


@pytest.fixture
def made(tmp_path: Path) -> Path:
    generated.write_corpus(tmp_path / "in", 240)
    return tmp_path / "in"


@pytest.fixture
def wanted(made: Path, tmp_path: Path) -> dict[str, bytes]:
    run_corpus([made], tmp_path / "local", run=RUN)
    return _files(tmp_path / "local")


def _files(out: Path) -> dict[str, bytes]:
    found = {path.relative_to(out).as_posix(): path.read_bytes() for path in sorted((out / "data").rglob("*.parquet"))}
    return found | {"manifest": (out / "manifest.json").read_bytes()}


def _workers(marks: Path) -> list[int]:
    return [int(one.name) for one in marks.iterdir() if one.name.isdigit() and int(one.name) != os.getpid()]


def _meanwhile(act: Callable[[], None]) -> threading.Thread:
    thread = threading.Thread(target=act, daemon=True)
    thread.start()
    return thread


def _until(is_so: Callable[[], bool], seconds: float = 40) -> None:
    end = time.monotonic() + seconds
    while not is_so() and time.monotonic() < end:
        time.sleep(0.02)
    assert is_so()


def test_three_workers_one_killed_and_the_same_bytes(
    made: Path, wanted: dict[str, bytes], marks: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for one in marks.iterdir():
        one.unlink()
    monkeypatch.setenv("DEJURE_TEST_PAUSE", "0.02")
    out = tmp_path / "out"
    places: set[str] = set()
    killed: list[int] = []

    def meddle() -> None:
        _until(lambda: len(_workers(marks)) == 3 and len(list((out / "shards").glob("0*"))) >= 2)
        for pid in (os.getpid(), *_workers(marks)):
            for one in psutil.Process(pid).net_connections(kind="inet"):
                places.update(place.ip for place in (one.laddr, one.raddr) if place)
        killed.append(_workers(marks)[0])
        os.kill(killed[0], signal.SIGKILL)

    thread = _meanwhile(meddle)
    run_corpus([made], out, workers=3, run=RUN, engine="dask")
    thread.join(5)
    assert killed
    assert places == {"127.0.0.1"}
    assert _files(out) == wanted
    assert not (out / "shards").exists()
    # The killed one was replaced.
    assert len(_workers(marks)) >= 3


@pytest.mark.parametrize("engine", ["local", "dask"])
def test_what_fails_is_tried_again_and_then_rejected_with_the_reason(
    tmp_path: Path, engine: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "small"
    folder.mkdir()
    for start in range(0, 20, 4):
        lines = [
            {"id": f"r{n}", "text": generated.make_report(n)[0], "language": "en"} for n in range(start, start + 4)
        ]
        (folder / f"{start:02}.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    run = RunSettings(coder="test_dask:faulty_coder", attempts=2)
    manifest = run_corpus([folder], tmp_path / "out", workers=2, run=run, engine=engine)  # type: ignore[arg-type]
    rejects = Corpus(tmp_path / "out").rejects("arrow").to_pylist()
    told = {Path(row["source"]).name: row["value"].split(" (")[0] for row in rejects}
    assert told == {"04.jsonl": "MemoryError: no room for it", "12.jsonl": "the worker died"}
    assert manifest["counts"]["reports"] == 12


def test_a_shard_that_was_done_by_a_worker_thought_dead_stays_done(tmp_path: Path, made: Path) -> None:
    from dejure.corpus.plan import make_plan
    from dejure.corpus.shard import reject_shard, run_shard

    shard = make_plan([made], RUN).shards[0]
    (tmp_path / "shards").mkdir()
    assert run_shard(shard, tmp_path / "shards", RUN)
    before = {path.name: path.read_bytes() for path in (tmp_path / "shards" / shard.name).iterdir()}
    run_shard(shard, tmp_path / "shards", RUN)
    reject_shard(shard, tmp_path / "shards", "the worker died")
    assert {path.name: path.read_bytes() for path in (tmp_path / "shards" / shard.name).iterdir()} == before
    assert [path.name for path in (tmp_path / "shards").iterdir()] == [shard.name]


@contextmanager
def _cluster(
    folder: Path, workers: int
) -> Iterator[tuple[str, subprocess.Popen[bytes], list[subprocess.Popen[bytes]]]]:
    """A scheduler and workers as somebody else may have started them."""
    file = folder / "scheduler.json"
    common = ["--scheduler-file", str(file)]
    begin = [sys.executable, "-m", "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0",
             "--no-dashboard", *common]  # fmt: skip
    serve = [sys.executable, "-m", "distributed.cli.dask_worker", "--host", "127.0.0.1", "--nthreads", "2",
             "--no-nanny", "--no-dashboard", "--local-directory", str(folder), *common]  # fmt: skip
    hushed = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": folder}
    scheduler = subprocess.Popen(begin, **hushed)  # type: ignore[call-overload]
    crew = []
    try:
        _until(file.exists)
        crew = [subprocess.Popen(serve, **hushed) for _ in range(workers)]  # type: ignore[call-overload]
        yield json.loads(file.read_text())["address"], scheduler, crew
    finally:
        for process in (*crew, scheduler):
            process.kill()
            process.wait(10)


def test_a_scheduler_that_is_there_and_one_of_its_workers_killed(
    made: Path, wanted: dict[str, bytes], marks: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for one in marks.iterdir():
        one.unlink()
    monkeypatch.setenv("DEJURE_TEST_PAUSE", "0.02")
    with _cluster(tmp_path, 3) as (address, _, crew):

        def meddle() -> None:
            _until(lambda: len(_workers(marks)) >= 2)
            next(one for one in crew if one.pid in _workers(marks)).kill()

        thread = _meanwhile(meddle)
        run_corpus([made], tmp_path / "out", run=RUN, engine="dask", scheduler=address)
        thread.join(5)
        assert sum(one.poll() is not None for one in crew) == 1
    assert _files(tmp_path / "out") == wanted


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM, signal.SIGSTOP])
def test_a_scheduler_that_dies_or_hangs_stops_the_run_which_goes_on_elsewhere(
    made: Path, wanted: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: signal.Signals
) -> None:
    monkeypatch.setenv("DEJURE_TEST_PAUSE", "0.02")
    if how == signal.SIGSTOP:
        monkeypatch.setattr("dejure.corpus.dask_engine._ANSWER_SECONDS", 10.0)
    out = tmp_path / "out"
    with _cluster(tmp_path, 2) as (address, scheduler, _):

        def meddle() -> None:
            _until(lambda: len(list((out / "shards").glob("0*"))) >= 3)
            scheduler.send_signal(how)

        thread = _meanwhile(meddle)
        with pytest.raises(CorpusUnusable, match=r"scheduler of the cluster went away.*same command again"):
            run_corpus([made], out, run=RUN, engine="dask", scheduler=address)
        thread.join(5)
    assert len(list((out / "shards").glob("0*"))) >= 3
    monkeypatch.setenv("DEJURE_TEST_PAUSE", "0")
    run_corpus([made], out, run=RUN)
    assert _files(out) == wanted


def test_a_cluster_without_workers_is_given_up(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dejure.corpus.dask_engine._NO_WORKER_SECONDS", 2.0)
    with _cluster(tmp_path, 0) as (address, _, _), pytest.raises(CorpusUnusable, match="no worker"):
        run_corpus([made], tmp_path / "out", run=RUN, engine="dask", scheduler=address)


def test_a_worker_checks_before_it_writes(made: Path, tmp_path: Path) -> None:
    from dejure.corpus.dask_engine import _attempt, _Leader
    from dejure.corpus.plan import make_plan

    shard = make_plan([made], RUN).shards[0]
    (tmp_path / "leader").write_text("mark")
    here = str(Path.cwd())
    for leader, folder, told in (
        (_Leader("mark", "0.0.0", here), tmp_path, "another version"),
        (_Leader("mark", package.__version__, here), tmp_path / "none", "does not see"),
        (_Leader("another", package.__version__, here), tmp_path, "does not see"),
    ):
        kind, what = _attempt(shard, folder, RUN, leader)
        assert (kind, told in str(what)) == ("stop", True)
    assert _attempt(shard, tmp_path, RUN, _Leader("mark", package.__version__, here)) == ("done", 20)
    # What was done is not done again.
    assert _attempt(shard, tmp_path, RUN, _Leader("mark", package.__version__, here)) == ("done", 20)


def test_workers_that_do_not_fit_and_schedulers_that_are_not_there(
    made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dejure.corpus.dask_engine._CONNECT_SECONDS", 1.0)
    with pytest.raises(CorpusUnusable, match="cannot be reached"):
        run_corpus([made], tmp_path / "out", run=RUN, engine="dask", scheduler="tcp://127.0.0.1:9")
    monkeypatch.undo()
    monkeypatch.setenv("DEJURE_TEST_MARKS", str(tmp_path))
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(SOURCE), str(TESTS), str(Path(__file__).parent)]))
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path)
    with _cluster(tmp_path / "elsewhere", 1) as (address, _, _), pytest.raises(SettingsError, match="absolute paths"):
        run_corpus(["in"], tmp_path / "out2", run=RUN, engine="dask", scheduler=address)
    with pytest.raises(SettingsError, match="no such engine"):
        run_corpus([made], tmp_path / "out3", run=RUN, scheduler="tcp://127.0.0.1:9")
