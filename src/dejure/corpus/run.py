"""A run over many reports: shards to worker processes, resumed where it stopped, put together at the end."""

from __future__ import annotations

import json
import multiprocessing
import shutil
import signal
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from pathlib import Path
from typing import Any, Literal, get_args

from dejure.alone import alone
from dejure.corpus.attempts import DISK, FULL, done_before, outcome_of, try_shard
from dejure.corpus.columns import need
from dejure.corpus.dask_engine import work_on_dask
from dejure.corpus.datasets import MANIFEST, assemble
from dejure.corpus.plan import Plan, RunSettings, Shard, identity_of, make_plan
from dejure.corpus.shard import DONE, reject_shard
from dejure.errors import CorpusUnusable, SettingsError

__all__ = ["Advance", "Engine", "run_corpus"]

Engine = Literal["local", "dask"]

#: Told after each shard: shards done, all shards, reports done in this sitting.
Advance = Callable[[int, int, int], None]

_PLAN = "plan.json"
_SHARDS = "shards"


def run_corpus(
    inputs: Sequence[str | Path], out: str | Path, *, workers: int = 1, run: RunSettings | None = None,
    advance: Advance | None = None, engine: Engine = "local", scheduler: str | None = None,
) -> dict[str, Any]:  # fmt: skip
    """Read and code many reports into the data sets of a folder.

    The same call on the same folder goes on where it was stopped, by Ctrl-C, a kill or a full disk, and ends with the
    same bytes as a run that was never stopped, whatever the number of workers.

    Parameters
    ----------
    inputs : sequence of str or Path
        Files and folders.
    out : str or Path
        A new or empty folder, or that of a run of the same inputs and settings.
    workers : int
        Processes that read; each holds one shard at a time.
    advance : callable, optional
        Called after each shard.
    engine : {"local", "dask"}
        Processes of this machine, or a Dask cluster.
    scheduler : str, optional
        Address of a Dask scheduler that is there; without it one is started here, with as many worker processes as
        `workers` says.

    Returns
    -------
    dict
        The manifest: versions, hashes, settings, counts, coverage.

    Raises
    ------
    CorpusUnusable
        If the folder holds something else or cannot be written to, another process runs there, or the disk is full.
    """
    need("pyarrow")
    run = run or RunSettings()
    out = Path(out)
    if workers < 1:
        raise SettingsError("there must be at least one worker", value=workers)
    if engine not in get_args(Engine) or (scheduler and engine != "dask"):
        cure = "choose local or dask; a scheduler goes with dask"
        raise SettingsError("no such engine, or one without a scheduler", value=engine, cure=cure)
    busy = CorpusUnusable("another run works in this folder", value=out, cure="wait for its end")
    with ExitStack() as held:
        held.enter_context(_disk(out))
        try:
            out.mkdir(parents=True, exist_ok=True)
        except (FileExistsError, NotADirectoryError, FileNotFoundError) as error:
            raise CorpusUnusable("there can be no such folder", value=out, cure="name another") from error
        held.enter_context(alone(out, busy))
        plan = _plan(inputs, out, run)
        if (out / MANIFEST).exists():
            manifest = json.loads((out / MANIFEST).read_text(encoding="utf-8"))
            shutil.rmtree(out / _SHARDS, ignore_errors=True)
            assert isinstance(manifest, dict)
            return manifest
        shards = out / _SHARDS
        shards.mkdir(exist_ok=True)
        for begun in shards.glob("begun-*"):
            shutil.rmtree(begun)
        todo = [shard for shard in plan.shards if not (shards / shard.name / DONE).exists()]
        count = _counting(advance, len(plan.shards) - len(todo), len(plan.shards))
        if engine == "dask":
            work_on_dask(todo, shards, run, workers, count, scheduler=scheduler)
        else:
            _work(todo, shards, run, workers, count)
        manifest = assemble(plan, run, out)
        shutil.rmtree(shards)
        return manifest


def _plan(inputs: Sequence[str | Path], out: Path, run: RunSettings) -> Plan:
    """The plan that the folder holds, else a new one."""
    path = out / _PLAN
    if path.exists():
        plan = Plan.from_json(path.read_text(encoding="utf-8"))
        if plan.identity != identity_of([Path(one).as_posix() for one in inputs], run):
            raise CorpusUnusable(
                "the folder holds a run of other inputs, settings or version", value=out, cure="name another folder"
            )
        return plan
    if any(not one.name.startswith(".dejure") and one.name != f"{_PLAN}.begun" for one in out.iterdir()):
        raise CorpusUnusable("the folder is not empty and holds no run", value=out, cure="name another folder")
    plan = make_plan(inputs, run)
    begun = out / f"{_PLAN}.begun"
    begun.write_text(plan.to_json(), encoding="utf-8")
    begun.replace(path)
    return plan


@contextmanager
def _disk(out: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        again = "and run the same command again to go on"
        if error.errno in FULL:
            raise CorpusUnusable("the disk is full", value=out, cure=f"make room {again}") from error
        if error.errno in DISK:
            told = f"the folder cannot be written to: {error.strerror or error}"
            raise CorpusUnusable(told, value=out, cure=f"let it be written to {again}") from error
        raise


def _counting(advance: Advance | None, done: int, total: int) -> Callable[[int], None]:
    state = {"shards": done, "reports": 0}
    if advance:
        advance(done, total, 0)

    def count(reports: int) -> None:
        state["shards"] += 1
        state["reports"] += reports
        if advance:
            advance(state["shards"], total, state["reports"])

    return count


@dataclass(slots=True)
class _Worker:
    process: SpawnProcess
    pipe: Connection
    shard: Shard | None = None


def _work(todo: list[Shard], shards: Path, run: RunSettings, workers: int, count: Callable[[int], None]) -> None:
    """Give the shards to worker processes; one that dies loses its shard's attempt and is replaced."""
    queue = deque(todo)
    attempts: dict[int, int] = {}
    crew = [_hire(shards, run) for _ in range(min(workers, len(todo)))]
    try:
        for worker in crew:
            _give(worker, queue)
        while busy := [worker for worker in crew if worker.shard is not None]:
            ready = wait([worker.pipe for worker in busy])
            for worker in [one for one in busy if one.pipe in ready]:
                shard = worker.shard
                assert shard is not None
                outcome = _outcome(worker)
                if isinstance(outcome, str):
                    found = done_before(shard, shards)
                    outcome = outcome if found is None else found
                if isinstance(outcome, int):
                    count(outcome)
                else:
                    attempts[shard.number] = attempts.get(shard.number, 0) + 1
                    if attempts[shard.number] < run.attempts:
                        queue.append(shard)
                    else:
                        reject_shard(shard, shards, outcome)
                        count(len(shard.parts))
                    if not worker.process.is_alive():
                        _dismiss(worker)
                        crew[crew.index(worker)] = worker = _hire(shards, run)
                _give(worker, queue)
    finally:
        for worker in crew:
            _dismiss(worker)


def _hire(shards: Path, run: RunSettings) -> _Worker:
    # A process that is made anew shares no lock, thread or open file with this one, on any system.
    spawn = multiprocessing.get_context("spawn")
    ours, theirs = spawn.Pipe()
    process = spawn.Process(target=_serve, args=(theirs, shards, run), daemon=True)
    process.start()
    theirs.close()
    return _Worker(process, ours)


def _give(worker: _Worker, queue: deque[Shard]) -> None:
    worker.shard = queue.popleft() if queue else None
    if worker.shard is not None:
        try:
            worker.pipe.send(worker.shard)
        except OSError:
            return  # it is dead; reading from the pipe will tell


def _outcome(worker: _Worker) -> int | str:
    """Reports done, or why not; what concerns the whole run is raised."""
    try:
        answer = worker.pipe.recv()
    except (EOFError, OSError):
        worker.process.join(10)
        return f"the worker died ({worker.process.exitcode})"
    return outcome_of(answer)


def _dismiss(worker: _Worker) -> None:
    worker.pipe.close()
    worker.process.terminate()
    worker.process.join(10)


def _serve(pipe: Connection, shards: Path, run: RunSettings) -> None:
    """A worker process: shards in, counts out, until the other end is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the one that leads
    while True:
        try:
            shard: Shard = pipe.recv()
        except EOFError:
            return
        answer = try_shard(shard, shards, run)
        try:
            pipe.send(answer)
        except OSError:
            return  # the one that leads was killed; what is done stands in its folder
