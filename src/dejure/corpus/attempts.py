"""One attempt at a shard, by whichever process: what comes of it, in a form that passes through any pipe."""

from __future__ import annotations

import errno
import json
import os
from pathlib import Path

from dejure.corpus.plan import RunSettings, Shard
from dejure.corpus.shard import DONE, run_shard
from dejure.errors import DejureError

__all__ = ["DISK", "FULL", "Answer", "done_before", "outcome_of", "try_shard"]

#: "done" with the number of reports, "failed" with the reason, "disk" with the error number, "stop" with an error of
#: the run.
Answer = tuple[str, object]


#: A disk without room, and all that makes writing to a folder fail each time: no shard is to blame for it.
FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
DISK = FULL | {errno.EACCES, errno.EPERM, errno.EROFS, errno.EFBIG}


def try_shard(shard: Shard, shards: Path, run: RunSettings) -> Answer:
    """Do a shard; nothing is raised."""
    try:
        return "done", run_shard(shard, shards, run)
    except DejureError as error:
        # The error itself does not survive the pipe: its arguments are keywords.
        told = {"value": str(error.value) if error.value is not None else None, "cure": error.cure}
        return "stop", (type(error), error.what, told)
    except OSError as error:
        return ("disk", error.errno) if error.errno in DISK else ("failed", f"{type(error).__name__}: {error}")
    except BaseException as error:
        return "failed", f"{type(error).__name__}: {error}"


def done_before(shard: Shard, shards: Path) -> int | None:
    """Reports of a shard that is done, as by a worker that died before it could tell; None where it is not."""
    try:
        return int(json.loads((shards / shard.name / DONE).read_text(encoding="utf-8"))["reports"])
    except FileNotFoundError:
        return None


def outcome_of(answer: Answer) -> int | str:
    """Reports done, or why not; what concerns the whole run is raised."""
    kind, told = answer
    if kind == "disk":
        assert isinstance(told, int)
        raise OSError(told, os.strerror(told))
    if kind == "stop":
        assert isinstance(told, tuple)
        raised, what, more = told
        raise raised(what, **more)
    assert isinstance(told, (int, str))
    return told
