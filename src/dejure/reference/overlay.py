"""A user's own polities, organisations, people and names, laid over the shipped tables.

An overlay is a folder of CSV files with the names and columns of the shipped ones; its rows are added after ours, so
that a row with a known slug or id takes the place of the shipped one. What was read from tables before is forgotten
when the overlay changes.
"""

from __future__ import annotations

import csv
import functools
import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import ParamSpec, TypeVar

from dejure.errors import ReferenceTableError

__all__ = ["overlay_files", "overlay_folder", "overlay_rows", "tabled", "use_overlay"]

_P = ParamSpec("_P")
_T = TypeVar("_T")

#: Tables that a user may extend.
TABLES = ("polities.csv", "names.csv", "organisations.csv", "organisation_names.csv", "people.csv", "roles.csv",
          "crosswalk.csv", "name_blocks.csv")  # fmt: skip

_folder: Path | None = None
_forget: list[Callable[[], None]] = []


def tabled(function: Callable[_P, _T]) -> Callable[_P, _T]:
    """Cache what a function makes of the tables, until the overlay changes."""
    cached = functools.cache(function)
    _forget.append(cached.cache_clear)
    return functools.wraps(function)(lambda *args, **kwargs: cached(*args, **kwargs))


def use_overlay(folder: str | Path | None) -> None:
    """Lay the tables of a folder over the shipped ones, for this process; None or "" takes them away.

    Raises
    ------
    ReferenceTableError
        If the folder is not there, holds no known table, or a table has other columns than ours.
    """
    global _folder
    wanted = Path(folder) if folder else None
    if wanted == _folder:
        return
    if wanted is not None:
        _check(wanted)
    _folder = wanted
    for forget in _forget:
        forget()


def overlay_folder() -> Path | None:
    """The folder in use."""
    return _folder


def overlay_files() -> list[Path]:
    """The tables in use, by name."""
    if _folder is None:
        return []
    return [_folder / name for name in sorted(TABLES) if (_folder / name).is_file()]


def overlay_rows(name: str, columns: list[str]) -> Iterator[dict[str, str]]:
    """The user's rows of a table; missing optional cells are empty.

    Raises
    ------
    ReferenceTableError
        If the table has a column that ours has not, or a row is too long.
    """
    if _folder is None or not (_folder / name).is_file():
        return
    path = _folder / name
    reader = csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig")))
    unknown = sorted(set(reader.fieldnames or ()) - set(columns))
    if unknown or not reader.fieldnames:
        raise ReferenceTableError(
            "a table of the overlay has columns that ours has not", value=f"{path}: {', '.join(unknown) or 'none'}",
            cure=f"use only {', '.join(columns)}",
        )  # fmt: skip
    for number, row in enumerate(reader, start=2):
        if None in row:
            raise ReferenceTableError("a row of the overlay has too many cells", value=f"{path}:{number}")
        yield {column: row.get(column) or "" for column in columns}


def _check(folder: Path) -> None:
    if not folder.is_dir():
        raise ReferenceTableError("there is no such folder of tables", value=folder, cure="check the path")
    if not any((folder / name).is_file() for name in TABLES):
        raise ReferenceTableError(
            "the folder holds no table that we know", value=folder, cure=f"it may hold {', '.join(TABLES)}"
        )
