"""What a run reads, cut into shards: a pure function of the inputs and the settings, so that a run can be resumed."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from dejure.errors import InputMissing, NothingReadable, SettingsError
from dejure.settings import Settings
from dejure.sources import SUFFIXES, checked_date, find_files, is_special
from dejure.version import __version__

__all__ = ["OUR_CODER", "FilePart", "Plan", "RunSettings", "Shard", "make_plan"]

#: The coder of this package, which takes several reports at once.
OUR_CODER = "dejure.coding:code_report"

# A shard of JSON lines is held whole; this bounds it where lines are long.
_MOST_BYTES = 32_000_000
# Suffixes of files of one report, many of which make a shard; an archive, feed or table is a shard of its own.
_OF_ONE = frozenset(suffix for suffix, kind in SUFFIXES.items() if kind in ("text", "html"))


@dataclass(frozen=True, slots=True, kw_only=True)
class RunSettings:
    """What may be chosen for a run.

    Parameters
    ----------
    shard_reports : int
        Reports of a shard at most: the unit of work that is done again after an interruption, and what a worker holds
        in memory.
    attempts : int
        How often a shard that fails is tried before it is rejected.
    coder : str
        `module:function` that takes a `Report` and `Settings` and gives a `Coding`.
    published : datetime.date, optional
        Takes the place of every report's own date of publication.
    settings : Settings
        Those of the reading and coding path.
    """

    shard_reports: int = 500
    attempts: int = 3
    coder: str = OUR_CODER
    published: dt.date | None = None
    settings: Settings = field(default_factory=Settings)

    def __post_init__(self) -> None:
        if self.shard_reports < 1 or self.attempts < 1:
            raise SettingsError("shards and attempts must be at least 1", value=self)
        if ":" not in self.coder:
            raise SettingsError("a coder is named as module:function", value=self.coder)
        checked_date(self.published)

    def told(self) -> dict[str, Any]:
        """All of it as JSON takes it; a date that is not set is left out."""
        found = asdict(self)
        day = found.pop("published")
        return found if day is None else found | {"published": day.isoformat()}


@dataclass(frozen=True, slots=True, kw_only=True)
class FilePart:
    """A file, or the lines of one from byte `start` to `end`; size and time tell whether it has changed since."""

    path: str
    size: int
    changed_ns: int
    start: int = 0
    end: int | None = None
    first_line: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Shard:
    """The unit of work."""

    number: int
    parts: tuple[FilePart, ...]

    @property
    def name(self) -> str:
        """Name of its folder."""
        return f"{self.number:08d}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """All shards, in order, and the identity of the run that they are of."""

    identity: str
    inputs: tuple[str, ...]
    shards: tuple[Shard, ...]

    def to_json(self) -> str:
        """The plan as a file."""
        return json.dumps(asdict(self), indent=1) + "\n"

    @classmethod
    def from_json(cls, text: str) -> Plan:
        """What `to_json` wrote."""
        raw: dict[str, Any] = json.loads(text)
        shards = tuple(
            Shard(number=one["number"], parts=tuple(FilePart(**part) for part in one["parts"])) for one in raw["shards"]
        )
        return cls(identity=raw["identity"], inputs=tuple(raw["inputs"]), shards=shards)


def identity_of(inputs: Sequence[str], run: RunSettings) -> str:
    """Hash of everything that the result depends on, but for the files' content."""
    told = json.dumps([__version__, list(inputs), run.told()], sort_keys=True)
    return hashlib.sha256(told.encode()).hexdigest()


def make_plan(inputs: Sequence[str | Path], run: RunSettings) -> Plan:
    """Cut the inputs into shards.

    Raises
    ------
    InputMissing, NothingReadable
        If an input is not there, or a folder holds nothing to read.
    """
    names = tuple(Path(one).as_posix() for one in inputs)
    if not names:
        raise NothingReadable("no input was given", cure="name files or folders")
    shards: list[Shard] = []
    waiting: list[FilePart] = []
    for path in _files(names):
        if SUFFIXES.get(path.suffix.lower()) == "jsonl":
            _close(shards, waiting)
            for part in _line_parts(path, run.shard_reports):
                shards.append(Shard(number=len(shards), parts=(part,)))
        elif path.suffix.lower() in _OF_ONE:
            waiting.append(_whole(path))
            if len(waiting) >= run.shard_reports:
                _close(shards, waiting)
        else:
            _close(shards, waiting)
            shards.append(Shard(number=len(shards), parts=(_whole(path),)))
    _close(shards, waiting)
    return Plan(identity=identity_of(names, run), inputs=names, shards=tuple(shards))


def _close(shards: list[Shard], waiting: list[FilePart]) -> None:
    if waiting:
        shards.append(Shard(number=len(shards), parts=tuple(waiting)))
        waiting.clear()


def _files(names: Sequence[str]) -> Iterator[Path]:
    """Every file once, in order."""
    seen: set[Path] = set()
    for name in names:
        path = Path(name)
        if not path.exists():
            raise InputMissing("there is no such file", value=name, cure="check the path")
        if is_special(path):
            raise InputMissing("a corpus cannot be read from a pipe or a device", value=name, cure="write it to a file")
        found = list(find_files(path)) if path.is_dir() else [path]
        if not found:
            raise NothingReadable(
                "the folder holds no file that can be read", value=name, cure=f"known suffixes are {' '.join(SUFFIXES)}"
            )
        for one in found:
            if one.resolve() not in seen:
                seen.add(one.resolve())
                yield one


def _whole(path: Path) -> FilePart:
    try:
        stat = path.stat()
    except OSError:  # gone meanwhile, or a link that leads nowhere: the shard tells, and the others go on
        return FilePart(path=path.as_posix(), size=0, changed_ns=0)
    return FilePart(path=path.as_posix(), size=stat.st_size, changed_ns=stat.st_mtime_ns)


def _line_parts(path: Path, most_lines: int) -> Iterator[FilePart]:
    """Parts of a JSON lines file, cut at line ends."""
    whole = _whole(path)
    start = at = 0
    first = number = 1
    try:
        stream = path.open("rb")
    except OSError:
        yield whole
        return
    with stream:
        # Read up to the size that the plan tells, in pieces, since one line may be longer than the memory.
        while piece := stream.readline(_MOST_BYTES):
            at += len(piece)
            if not piece.endswith(b"\n"):
                continue
            number += 1
            if number - first >= most_lines or at - start >= _MOST_BYTES:
                yield _part(whole, start, at, first)
                start, first = at, number
    if at > start or at == 0:
        yield _part(whole, start, at, first)


def _part(whole: FilePart, start: int, end: int, first_line: int) -> FilePart:
    return FilePart(
        path=whole.path, size=whole.size, changed_ns=whole.changed_ns, start=start, end=end, first_line=first_line
    )
