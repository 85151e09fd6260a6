"""A process that does tasks one at a time, is ended when one takes too long, and is started again by the next."""

from __future__ import annotations

import os
import queue
import subprocess
import sys
import threading
import time
from typing import IO, Any

import msgspec

from dejure.errors import Busy, TimedOut, error_of

__all__ = ["Worker"]

# So many may wait for the process; more are told that it is busy.
_WAITING = 8


class Worker:
    """A process of `dejure.serving.tasks`; it starts with the first task.

    Parameters
    ----------
    seconds : float
        How long a task may take, waiting for its turn included.
    memory : int
        Most bytes of address space; 0 is no limit.
    """

    def __init__(self, seconds: float, memory: int = 0) -> None:
        self._seconds = seconds
        self._memory = memory
        self._turn = threading.Lock()
        self._places = threading.BoundedSemaphore(_WAITING)
        self._process: subprocess.Popen[bytes] | None = None
        self._lines: queue.Queue[bytes] = queue.Queue()
        self._is_closed = False

    def ask(self, task: str, given: dict[str, Any]) -> Any:
        """What a task gives, as JSON makes it.

        Raises
        ------
        TimedOut
            If it takes too long.
        Busy
            If too many wait already.
        DejureError
            What the task raised.
        """
        return msgspec.json.decode(self.ask_raw(task, given))

    def ask_raw(self, task: str, given: dict[str, Any]) -> msgspec.Raw:
        """What a task gives, as JSON."""
        end = time.monotonic() + self._seconds
        if not self._places.acquire(blocking=False):
            raise Busy("the server has too much to do", cure="try again in a while")
        try:
            if not self._turn.acquire(timeout=self._seconds):
                raise Busy("the server has too much to do", cure="try again in a while")
            try:
                line = self._exchange(msgspec.json.encode({"task": task, "given": given}) + b"\n", end)
            finally:
                self._turn.release()
        finally:
            self._places.release()
        answer = msgspec.json.decode(line, type=dict[str, msgspec.Raw])
        if "done" in answer:
            return answer["done"]
        raise error_of(msgspec.json.decode(answer["error"], type=dict[str, str | None]))

    def close(self) -> None:
        """End the process."""
        self._is_closed = True
        self._end()

    def _exchange(self, line: bytes, end: float) -> bytes:
        process = self._started()
        assert process.stdin is not None
        try:
            process.stdin.write(line)
            process.stdin.flush()
            answer = self._lines.get(timeout=max(0.01, end - time.monotonic()))
        except queue.Empty:
            self._end()
            raise TimedOut(
                f"this takes more than {self._seconds:.0f} seconds", cure="ask for less, or use the command line"
            ) from None
        except OSError:
            answer = b""
        if not answer:  # it died: of memory, or killed from outside
            self._end()
            raise Busy("the process that does this has ended", cure="ask for less, or try again")
        return answer

    def _started(self) -> subprocess.Popen[bytes]:
        if self._is_closed:
            raise Busy("the server is being stopped", cure="try again later")
        if self._process is None or self._process.poll() is not None:
            self._end()
            self._lines = queue.Queue()
            # The child finds the package where this process found it, and looks at no folder beside.
            environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
            self._process = subprocess.Popen(  # noqa: S603  our own module, nothing of a request
                [sys.executable, "-P", "-m", "dejure.serving.tasks", str(self._memory)],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment,
            )  # fmt: skip
            assert self._process.stdout is not None
            threading.Thread(target=_pass_on, args=(self._process.stdout, self._lines), daemon=True).start()
        return self._process

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.wait()
            for pipe in (process.stdin, process.stdout):
                if pipe is not None:
                    _close(pipe)


def _close(pipe: IO[bytes]) -> None:
    try:
        pipe.close()
    except OSError:  # what was not written yet has nobody to go to
        return


def _pass_on(stream: IO[bytes], lines: queue.Queue[bytes]) -> None:
    """Lines of the process as they come; an empty one at its end."""
    try:
        for line in stream:
            lines.put(line)
    except (OSError, ValueError):  # closed while we read
        pass
    lines.put(b"")
