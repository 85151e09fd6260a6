"""Reading sources and writing tables, the same bytes each time."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

Row = dict[str, str]

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
PARTIAL_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")


class SourceError(ValueError):
    """A hand-kept row that cannot be right; the message names file, row and cure."""


@dataclass(frozen=True)
class Inputs:
    """Where the builders read: hand-kept `sources` and the `shared` data folder."""

    sources: Path
    shared: Path

    def hand(self, name: str) -> list[Row]:
        """Rows of a hand-kept table."""
        return read_table(self.sources / name)


@dataclass(frozen=True)
class Table:
    """One file of the output: its columns and the function that makes its rows."""

    file_name: str
    columns: Sequence[str]
    rows: Callable[[Inputs], list[Row]]


def read_table(path: Path) -> list[Row]:
    """Rows of a CSV file with a header; a row of the wrong width is an error."""
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream, restkey="", restval=None))
    for number, row in enumerate(rows, 2):
        if "" in row or None in row.values():
            raise SourceError(f"{path.name} line {number}: not as many cells as columns: {row}")
    return rows


def write_table(path: Path, columns: Sequence[str], rows: Iterable[Row]) -> None:
    """Write rows sorted by all columns, LF, UTF-8."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(sorted([row.get(column) or "" for column in columns] for row in rows))
    path.write_bytes(buffer.getvalue().encode("utf-8"))


def checked_date(value: str, where: str) -> str:
    """An ISO date, possibly partial, or the empty string."""
    if value and not PARTIAL_DATE.fullmatch(value):
        raise SourceError(f"{where}: {value!r} is no ISO date (write 1922, 1922-11 or 1922-11-15)")
    return value


def checked_slug(value: str, known: Iterable[str], where: str) -> str:
    """A slug that some polity has."""
    if value not in known:
        raise SourceError(f"{where}: no polity has the slug {value!r}")
    return value


def in_order(start: str, end: str) -> bool:
    """Whether a period with partial dates does not end before it begins."""
    if not start or not end:
        return True
    width = min(len(start), len(end))
    return start[:width] <= end[:width]
