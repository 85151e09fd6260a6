"""A folder that one process holds at a time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from dejure.errors import DejureError

__all__ = ["alone"]


@contextmanager
def alone(folder: Path, busy: DejureError) -> Iterator[None]:
    """Hold the folder; the system lets go of it when the process ends, however it ends.

    Raises
    ------
    DejureError
        `busy`, where another process holds it.
    """
    with (folder / ".dejure-lock").open("w") as lock:
        try:
            import fcntl
        except ModuleNotFoundError:  # not on Windows
            yield
            return
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise busy from error
        yield
