"""The shards of a run on a Dask cluster: one that is there, or one of processes on this machine that is started here.

A worker takes a shard, writes its tables where the run's folder lies, and gives back a number: no report travels. So
every worker must see the inputs and the folder under the same paths, and have the same dejure.
"""

from __future__ import annotations

import functools
import importlib
import logging
import secrets
import tempfile
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dejure.corpus.attempts import Answer, done_before, outcome_of, try_shard
from dejure.corpus.plan import RunSettings, Shard
from dejure.corpus.shard import reject_shard
from dejure.errors import CorpusUnusable, MissingExtra, SettingsError
from dejure.version import __version__

__all__ = ["work_on_dask"]

_LEADER = "leader"
_CONNECT_SECONDS = 20.0
_POLL_SECONDS = 1.0
# A scheduler answers at once; one that says nothing for this long hangs, though its machine keeps the line open.
_ANSWER_SECONDS = 60.0
# A worker that dies is started anew within seconds; a cluster without any for this long is given up.
_NO_WORKER_SECONDS = 60.0
_GO_ON = "see to it, and run the same command again to go on"
# Of a cluster that is started here: each death of a worker is told and counted, and no page is served.
_OURS = {
    "distributed.scheduler.allowed-failures": 0, "distributed.scheduler.http.routes": [],
    "distributed.worker.http.routes": [],
}  # fmt: skip
# A worker process with several threads does one shard at a time: a shard is what it holds in memory.
_ONE_AT_A_TIME = threading.Lock()


@dataclass(frozen=True, slots=True)
class _Leader:
    """What a worker checks before it writes: the run's mark in its folder, version and working folder."""

    mark: str
    version: str
    folder: str


def work_on_dask(
    todo: Sequence[Shard], shards: Path, run: RunSettings, workers: int, count: Callable[[int], None], *,
    scheduler: str | None = None,
) -> None:  # fmt: skip
    """Do the shards on a cluster; one that fails is tried again, and rejected in the end, as by the local engine.

    Parameters
    ----------
    todo : sequence of Shard
    shards : Path
        Where their tables go.
    workers : int
        Processes that are started where no scheduler is named.
    count : callable
        Told the number of reports of each shard that is done.
    scheduler : str, optional
        Address of a scheduler.

    Raises
    ------
    CorpusUnusable
        If the scheduler cannot be reached or goes away, or no worker is left; what is done stays done.
    SettingsError
        If the workers see other folders or have another dejure.
    """
    if not todo:
        return
    leader = _Leader(secrets.token_hex(8), __version__, str(Path.cwd()))
    (shards / _LEADER).write_text(leader.mark, encoding="utf-8")
    with _quiet(), _client(scheduler, min(workers, len(todo))) as client:
        _lead(client, deque(todo), shards.resolve(), run, leader, count)


def _lead(
    client: Any, queue: deque[Shard], shards: Path, run: RunSettings, leader: _Leader, count: Callable[[int], None]
) -> None:
    """Keep as many shards under way as there are workers, until all are done or rejected."""
    attempts: dict[int, int] = {}
    # Why a shard failed by itself; the scheduler blames a worker's death on all that it held, so that comes last.
    reasons: dict[int, str] = {}
    pending: dict[Any, Shard] = {}
    crew = _Crew(client)
    try:
        while queue or pending:
            while queue and len(pending) < crew.size():
                shard = queue.popleft()
                key = f"dejure-{leader.mark}-{shard.name}-{attempts.get(shard.number, 0)}"
                pending[client.submit(_attempt, shard, shards, run, leader, key=key, pure=False)] = shard
            for future in _finished(client, pending, crew):
                shard = pending.pop(future)
                outcome, tries = _outcome(future)
                if isinstance(outcome, int):
                    count(outcome)
                    continue
                attempts[shard.number] = attempts.get(shard.number, 0) + tries
                if outcome != _DIED:
                    reasons[shard.number] = outcome
                if attempts[shard.number] < run.attempts:
                    queue.append(shard)
                else:
                    reject_shard(shard, shards, reasons.get(shard.number, outcome))
                    count(len(shard.parts))
    finally:
        if pending and client.status == "running":
            with suppress(OSError, TimeoutError):  # the scheduler may have just gone
                client.cancel(list(pending), force=True)


_DIED = "the worker died"


class _Crew:
    """The workers that the scheduler has."""

    def __init__(self, client: Any) -> None:
        self._client = client
        self._size, self._asked_at, self._last_seen = 0, float("-inf"), time.monotonic()

    def size(self) -> int:
        """How many there are, asked for now and then; at least one, so that a shard waits for the first to come.

        Raises
        ------
        CorpusUnusable
            If there was none for a while, or the scheduler is gone or does not answer.
        """
        now = time.monotonic()
        if now - self._asked_at >= _POLL_SECONDS:
            try:
                asked = self._client.scheduler.ncores
                self._size = len(self._client.sync(asked, workers=None, callback_timeout=_ANSWER_SECONDS))
            except (OSError, TimeoutError, ValueError) as error:
                raise _gone() from error
            self._asked_at = now
        if self._size:
            self._last_seen = now
        elif now - self._last_seen > _NO_WORKER_SECONDS:
            raise CorpusUnusable("no worker of the cluster is left", cure=_GO_ON)
        return max(self._size, 1)


def _finished(client: Any, pending: dict[Any, Shard], crew: _Crew) -> list[Any]:
    """Wait for the next; an empty list after a while, so that the scheduler is looked after.

    Raises
    ------
    CorpusUnusable
        If the scheduler went away.
    """
    distributed = _need("distributed")
    try:
        with client.as_current():
            done = list(distributed.wait(list(pending), timeout=_POLL_SECONDS, return_when="FIRST_COMPLETED").done)
    except TimeoutError:
        done = []
    except distributed.CancelledError as error:
        raise _gone() from error
    if client.status != "running" or any(future.status == "cancelled" for future in pending):
        raise _gone()
    crew.size()
    # In the order of the plan, so that what is tried again is so in one order.
    return sorted(done, key=lambda future: pending[future].number)


def _outcome(future: Any) -> tuple[int | str, int]:
    """Reports done, or why not, and how many attempts that was; what concerns the whole run is raised."""
    distributed = _need("distributed")
    try:
        return outcome_of(future.result(timeout=_CONNECT_SECONDS)), 1
    except distributed.KilledWorker as error:
        return _DIED, error.allowed_failures + 1
    except (distributed.CancelledError, distributed.comm.CommClosedError, TimeoutError) as error:
        raise _gone() from error


def _attempt(shard: Shard, shards: Path, run: RunSettings, leader: _Leader) -> Answer:
    """What a worker does."""
    if fault := _unfit(shard, shards, leader):
        return "stop", (SettingsError, *fault)
    with _ONE_AT_A_TIME:
        if (reports := done_before(shard, shards)) is not None:
            return "done", reports
        return try_shard(shard, shards, run)


def _unfit(shard: Shard, shards: Path, leader: _Leader) -> tuple[str, dict[str, str]] | None:
    """Why this worker cannot do a shard of that run."""
    if __version__ != leader.version:
        return "a worker has another version of dejure", {"value": __version__, "cure": "install the same everywhere"}
    try:
        mark = (shards / _LEADER).read_text(encoding="utf-8")
    except OSError:
        mark = ""
    if mark != leader.mark:
        cure = "give all machines the folder under one path"
        return "a worker does not see the folder of the run", {"value": str(shards), "cure": cure}
    if str(Path.cwd()) != leader.folder and any(not Path(part.path).is_absolute() for part in shard.parts):
        cure = "name the inputs by absolute paths"
        return "a worker works in another folder", {"value": str(Path.cwd()), "cure": cure}
    return None


@contextmanager
def _client(scheduler: str | None, workers: int) -> Iterator[Any]:
    """A client of the scheduler that is named, else of a cluster of processes on loopback that ends with it."""
    distributed = _need("distributed")
    if scheduler is not None:
        try:
            client = distributed.Client(scheduler, timeout=_CONNECT_SECONDS, set_as_default=False)
        except (OSError, ValueError, TypeError) as error:
            raise CorpusUnusable("the scheduler cannot be reached", value=scheduler, cure=_GO_ON) from error
        try:
            yield client
        finally:
            client.close(timeout=5)
        return
    with (
        tempfile.TemporaryDirectory(prefix="dejure-dask-", ignore_cleanup_errors=True) as scratch,
        _need("dask").config.set(_OURS),
        distributed.LocalCluster(
            n_workers=workers, threads_per_worker=1, processes=True, host="127.0.0.1", protocol="tcp",
            dashboard_address=None, worker_dashboard_address=None, local_directory=scratch, memory_limit=0,
            silence_logs=logging.CRITICAL,
        ) as cluster,
        distributed.Client(cluster, timeout=_CONNECT_SECONDS, set_as_default=False) as client,
    ):  # fmt: skip
        yield client


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep the library's log lines off the terminal; what matters is raised."""
    logger = logging.getLogger("distributed")
    before = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        logger.setLevel(before)


def _gone() -> CorpusUnusable:
    return CorpusUnusable("the scheduler of the cluster went away", cure=_GO_ON)


@functools.cache
def _need(package: str) -> Any:
    try:
        return importlib.import_module(package)
    except ModuleNotFoundError as error:
        if error.name not in ("dask", "distributed"):
            raise
        raise MissingExtra(
            "the engine dask is not installed",
            value=package,
            cure="install it with: pip install 'dejure[analysis,dask]'",
        ) from error
