"""Tab-separated tables as they are found: byte-order marks, odd headers, other encodings, extra tabs, repeated rows."""

from __future__ import annotations

import codecs
import datetime as dt
import hashlib
import math
import re
from collections.abc import Iterable, Iterator
from typing import IO, Any, BinaryIO

from dejure.errors import InputTooLarge, MalformedLine
from dejure.exchange.codes import load_formats
from dejure.records import Reject
from dejure.sources import reject

__all__ = ["Cells", "day_of", "number_of", "read_cells", "write_cells"]

Cells = dict[str, str | None]

_MISSING = frozenset({"", "None", "NULL", "null", "NA", "NaN", "nan", r"\N", "---"})
_LONGEST_LINE = 4_000_000
_MOST_EXTRA = 4
_DAY_FORMATS = ("%Y-%m-%d", "%Y%m%d", "%m/%d/%Y", "%Y/%m/%d")


def read_cells(stream: BinaryIO, which: str, source: str) -> Iterator[tuple[int, Cells] | Reject]:
    """Rows of a table by column name, with their line; what is no row becomes a reject.

    Parameters
    ----------
    which : {"polecat", "icews", "gdelt"}
        Whose columns they are. Case and punctuation of a header do not matter; unknown columns are kept under their
        own name, unnamed ones (an index) are dropped. GDELT may have a header or none, and 58 columns or 61.
    source : str
        Name of the file, for the rejects.
    """
    columns = list(load_formats()[which]["columns"])
    names: list[str] | None = None
    seen: set[bytes] = set()
    counts: dict[str, int] = {}
    for number, raw in enumerate(iter(lambda: stream.readline(_LONGEST_LINE), b""), start=1):
        line = _decoded(raw.removeprefix(codecs.BOM_UTF8) if number == 1 else raw).rstrip("\r\n")
        if not line.strip():
            continue
        cells = line.split("\t")
        if names is None and "\r" in line:
            raise MalformedLine("the lines end in carriage returns alone", value=source, cure="end them in line feeds")
        if names is None:
            names, is_header = _header(cells, columns, which, source)
            if is_header:
                continue
        try:
            if not raw.endswith(b"\n") and len(raw) >= _LONGEST_LINE:
                raise InputTooLarge("the line is too long for a row", value=len(raw), cure="mend the file")
            row = _fit(cells, names, which)
            _refuse_twice(line, seen)
        except (MalformedLine, InputTooLarge) as error:
            yield reject(error, source, number)
            continue
        key = row[columns[0]] or ""
        counts[key] = counts.get(key, 0) + 1
        if counts[key] > 1:
            row["_id"] = f"{key}~{counts[key]}"
        yield number, row


def write_cells(rows: Iterable[dict[str, Any]], which: str, file: IO[str]) -> int:
    """Write rows by column name; tabs and line ends within a cell become spaces. The number of rows is returned.

    A cell that begins with a quotation mark is put in quotation marks, those within it doubled.
    """
    form = load_formats()[which]
    if form["header"]:
        file.write("\t".join(form["columns"]) + "\n")
    written = 0
    for row in rows:
        cells = (_cell(row.get(name), form["missing"]) for name in form["columns"])
        file.write("\t".join(cells) + "\n")
        written += 1
    return written


def day_of(text: str | None) -> dt.date | None:
    """The day that a cell gives, in any of the ways these files write one; None where it gives none."""
    if text is None:
        return None
    text = text.strip()
    for form in _DAY_FORMATS:
        length = 8 if form == "%Y%m%d" else 10
        try:
            return dt.datetime.strptime(text[:length], form).replace(tzinfo=dt.UTC).date()
        except ValueError:
            continue
    return None


def number_of(text: str | None) -> float | None:
    """The finite number that a cell gives, or None."""
    try:
        value = float(text) if text is not None else math.nan
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def _cell(value: object, missing: str) -> str:
    if value is None or value == "" or value == []:
        return missing
    if isinstance(value, (list, tuple)):
        value = "; ".join(str(one) for one in value)
    if isinstance(value, float) and value.is_integer():
        value = f"{value:.1f}"
    text = " ".join(str(value).replace("\t", " ").split("\n")).replace("\r", " ")
    # Every reader of such tables takes a mark at the begin of a cell for one that closes at its end.
    return '"' + text.replace('"', '""') + '"' if text.startswith('"') else text


def _unquoted(cell: str) -> str:
    """What stands in quotation marks; as it is where they are part of the text."""
    if len(cell) < 2 or not cell[0] == cell[-1] == '"':
        return cell
    inner = cell[1:-1]
    return cell if '"' in inner.replace('""', "") else inner.replace('""', '"')


def _decoded(raw: bytes) -> str:
    """UTF-8, else Windows Latin, which every byte has a meaning in."""
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace")


def _plain(name: str) -> str:
    return "".join(c for c in name.lower() if c.isalnum())


def _header(cells: list[str], columns: list[str], which: str, source: str) -> tuple[list[str], bool]:
    """Our names of the columns in the order of the file, and whether the line was a header."""
    known = {_plain(name): name for name in columns}
    known |= {"sqldate": "Day", "eventid": columns[0]} if which == "gdelt" else {}
    matched = [known.get(_plain(cell.strip('" '))) for cell in cells]
    if sum(name is not None for name in matched) * 2 > len(columns):
        names = [name or cell.strip('" ') for name, cell in zip(matched, cells, strict=True)]
        while not names[-1]:
            names.pop()
        return names, True
    if which == "gdelt" and len(cells) >= len(columns):
        return columns, False
    if which == "gdelt" and len(cells) == len([c for c in columns if "ADM2" not in c]):
        return [c for c in columns if "ADM2" not in c], False
    raise MalformedLine(f"this is no {which} table", value=source, cure="name the format it has")


def _fit(cells: list[str], names: list[str], which: str) -> Cells:
    """The cells under their names; a tab too many within a cell is found by where days and numbers must stand."""
    cells = [_unquoted(cell) for cell in cells]
    extra = len(cells) - len(names)
    if extra > 0 and not any(cell.strip() for cell in cells[len(names) :]):
        cells, extra = cells[: len(names)], 0
    if extra > _MOST_EXTRA or extra < 0:
        raise MalformedLine(
            f"a row has {len(cells)} cells and not {len(names)}", value=cells[0], cure="mend the row"
        )  # fmt: skip
    if extra == 0:
        return _checked(_named(cells, names), which)
    fitting = []
    for at in range(len(names)):
        joined = [*cells[:at], " ".join(cells[at : at + extra + 1]).strip(), *cells[at + extra + 1 :]]
        try:
            row = _checked(_named(joined, names), which)
        except MalformedLine:
            continue
        if _is_likely(row, which):
            fitting.append(row)
    distinct = [row for number, row in enumerate(fitting) if row not in fitting[:number]]
    if len(distinct) != 1:
        raise MalformedLine("a row has a tab too many, and more than one place for it", value=cells[0], cure="mend it")
    return distinct[0]


def _is_likely(row: Cells, which: str) -> bool:
    """Whether the cells look like what their columns hold."""
    form = load_formats()[which]
    patterns = form.get("patterns", {})
    return all(row.get(name) is not None for name in form["days"]) and all(
        row.get(name) is None or re.fullmatch(pattern, str(row[name])) for name, pattern in patterns.items()
    )


def _named(cells: list[str], names: list[str]) -> Cells:
    row: Cells = {}
    for name, cell in zip(names, cells, strict=True):
        if name:
            row[name] = None if cell.strip() in _MISSING else cell.strip()
    return row


def _checked(row: Cells, which: str) -> Cells:
    form = load_formats()[which]
    if not row.get(form["columns"][0]):
        raise MalformedLine("a row has no id", value=str(row)[:80], cure="mend the row")
    for name in form["days"]:
        if (row.get(name) is not None or name == form["days"][0]) and day_of(row.get(name)) is None:
            raise MalformedLine(f"{name} is no day", value=row.get(name), cure="mend the row")
    for name in form["numbers"]:
        if row.get(name) is not None and number_of(row[name]) is None:
            raise MalformedLine(f"{name} is no number", value=row[name], cure="mend the row")
    return row


def _refuse_twice(line: str, seen: set[bytes]) -> None:
    digest = hashlib.blake2b(line.encode("utf-8", "replace"), digest_size=12).digest()
    if digest in seen:
        raise MalformedLine("the same row came before", value=line.split("\t", 1)[0], cure="nothing is lost")
    seen.add(digest)
