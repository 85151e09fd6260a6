"""Event rows from and to files of any format: the one place that knows them all."""

from __future__ import annotations

import csv
import datetime as dt
import json
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, BinaryIO

from dejure.corpus.columns import Column, load_datasets
from dejure.corpus.rows import Row, event_row
from dejure.errors import InputError, InputMissing, MalformedLine, SettingsError
from dejure.exchange.codes import load_formats
from dejure.exchange.delimited import read_cells, write_cells
from dejure.exchange.plover import read_plover, to_plover
from dejure.exchange.tables import FROM_CELLS, TO_CELLS
from dejure.records import Coding, Reject
from dejure.settings import Settings
from dejure.sources import reject
from dejure.sources.packed import members, unpacked

__all__ = ["FORMATS", "Written", "losses", "read_events", "write_events"]

#: Formats that can be read and written; `dejure`, the JSON lines of `dejure read`, is read only.
FORMATS: tuple[str, ...] = ("plover", "polecat", "icews", "gdelt", "csv")
_AUXILIARY = ("historical", "future", "hypothetical", "negation")
_TABLES = ("polecat", "icews", "gdelt")
_LONGEST_LINE = 64_000_000


@dataclass(frozen=True, slots=True)
class Written:
    """What became of the events: rows written; events left out since they did not happen as told, or have no day."""

    rows: int
    auxiliary: int
    undated: int


def losses(which: str) -> tuple[str, ...]:
    """What a format cannot hold, a sentence each."""
    if which not in FORMATS:
        raise SettingsError("no such format", value=which, cure=f"choose {', '.join(FORMATS)}")
    return tuple(load_formats()[which]["losses"])


def read_events(path: str | Path, which: str) -> Iterator[Row | Reject]:
    """Event rows of a file, gzipped or zipped or neither, in the order of the file.

    Parameters
    ----------
    which : str
        One of `FORMATS`, or `dejure` for the JSON lines of `dejure read`.

    Yields
    ------
    dict or Reject
        A row of the data set `events`; a reject stands for a line that is no event.

    Raises
    ------
    InputError
        If the file is not there, or is not of that format at all.
    """
    path = Path(path)
    if which not in (*FORMATS, "dejure"):
        raise SettingsError("no such format", value=which, cure=f"choose {', '.join(('dejure', *FORMATS))}")
    with _guarded(path):
        for name, stream in _opened(path):
            if which in _TABLES:
                for one in read_cells(stream, which, name):
                    yield one if isinstance(one, Reject) else FROM_CELLS[which](one[1])
            elif which == "plover":
                for found in read_plover(stream, name):
                    yield found if isinstance(found, Reject) else found[1]
            elif which == "csv":
                yield from _read_csv(stream, name)
            else:
                yield from _read_codings(stream, name)


def write_events(
    rows: Iterable[Row], which: str, file: IO[str], *, with_auxiliary: bool = False, coded_date: str | None = None
) -> Written:
    """Write event rows in a format.

    Parameters
    ----------
    with_auxiliary : bool
        Write historical, future, hypothetical and negated events, too, into a table that cannot say so. PLOVER and
        CSV can, and always get them.

    Returns
    -------
    Written
        Counts of what was written and left out.
    """
    losses(which)
    left = {"auxiliary": 0, "undated": 0}

    def kept() -> Iterator[Row]:
        for row in rows:
            if which in _TABLES and not with_auxiliary and any(row[name] for name in _AUXILIARY):
                left["auxiliary"] += 1
            elif which in _TABLES and not (row["earliest"] or row["latest"] or row["published"]):
                left["undated"] += 1
            else:
                yield row

    if which in _TABLES:
        written = write_cells((cells for row in kept() for cells in TO_CELLS[which](row)), which, file)
    elif which == "plover":
        records = (to_plover(row, coded_date) for row in kept())
        lines = (json.dumps(record, ensure_ascii=False, separators=(",", ":")) + "\n" for record in records)
        written = sum(file.write(line) > 0 for line in lines)
    else:
        written = _write_csv(kept(), file)
    return Written(written, left["auxiliary"], left["undated"])


@contextmanager
def _guarded(path: Path) -> Iterator[None]:
    try:
        yield
    except FileNotFoundError as error:
        raise InputMissing("there is no such file", value=path, cure="check the path") from error
    except (csv.Error, UnicodeDecodeError) as error:
        raise MalformedLine("the table cannot be read on from here", value=error, cure="write it as UTF-8") from error
    except (OSError, EOFError, zlib.error, zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:
        raise InputError("the file cannot be read to its end", value=path, cure="fetch it again") from error


def _opened(path: Path) -> Iterator[tuple[str, BinaryIO]]:
    """The file, or each file of a zip archive, as it is unpacked; nothing is held whole."""
    name, settings = path.as_posix(), Settings()
    with path.open("rb") as file:
        if path.suffix.lower() == ".zip":
            for member, stream in members(file, name, settings):
                yield f"{name}!{member}", stream
        elif path.suffix.lower() == ".gz":
            yield name, unpacked(file, path.stat().st_size, name, settings)
        else:
            yield name, file


def _lines(stream: BinaryIO) -> Iterator[bytes]:
    """Lines; one that no row could have comes in pieces."""
    return iter(lambda: stream.readline(_LONGEST_LINE), b"")


def _read_codings(stream: BinaryIO, source: str) -> Iterator[Row | Reject]:
    import msgspec

    for number, line in enumerate(_lines(stream), start=1):
        try:
            coding = msgspec.json.decode(line, type=Coding)
        except (msgspec.MsgspecError, ValueError) as error:
            yield reject(
                MalformedLine("a line is no coding", value=error, cure="write it with dejure read"), source, number
            )
            continue
        for event in coding.events:
            yield event_row(event, coding)


def _write_csv(rows: Iterable[Row], file: IO[str]) -> int:
    columns = load_datasets()["events"].columns
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow([column.name for column in columns])
    written = 0
    for row in rows:
        writer.writerow([_cell(row[column.name]) for column in columns])
        written += 1
    return written


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return json.dumps(value, ensure_ascii=False, separators=(",", ":")) if value else ""
    # What follows a lone carriage return would pass for another row.
    return repr(value) if isinstance(value, float) else str(value).replace("\r\n", "\n").replace("\r", "\n")


_FROM_CELL: dict[str, Callable[[str], Any]] = {
    "string": str, "date": dt.date.fromisoformat, "int": int, "float": float, "bool": lambda cell: cell == "true",
    "strings": json.loads, "entities": json.loads,
}  # fmt: skip


def _read_csv(stream: BinaryIO, source: str) -> Iterator[Row | Reject]:
    columns = {column.name: column for column in load_datasets()["events"].columns}
    csv.field_size_limit(_LONGEST_LINE)
    reader = csv.DictReader(line.decode("utf-8-sig" if n == 0 else "utf-8") for n, line in enumerate(_lines(stream)))
    if not set(columns) <= set(reader.fieldnames or ()):
        raise MalformedLine("this is no CSV of events", value=source, cure="write it with dejure convert --to csv")
    for number, cells in enumerate(reader, start=2):
        try:
            yield {name: _value(column, cells[name]) for name, column in columns.items()}
        except (ValueError, TypeError) as error:
            yield reject(MalformedLine("a row is no event", value=error, cure="mend the row"), source, number)


def _value(column: Column, cell: str) -> Any:
    if cell == "":
        return [] if column.kind in ("strings", "entities") else None
    return _FROM_CELL[column.kind](cell)
