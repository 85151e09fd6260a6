"""CSV and Parquet: a report a row, in the columns of a JSON line (`text`, and `id`, `title`, `published`, ...)."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, BinaryIO, cast

from dejure.errors import InputError, MalformedLine
from dejure.extras import need
from dejure.records import Reject, Report
from dejure.settings import Settings
from dejure.sources.checks import reject
from dejure.sources.jsonl import report_from_mapping
from dejure.sources.packed import refuse_growth

__all__ = ["read_csv", "read_parquet"]

_BATCH_ROWS = 500
# Bytes of rows that are held at a time, and of a packed table that are held before it goes to a temporary file.
_HELD_BYTES = 64_000_000
_CURE = "name the column of the report's body text"


def read_csv(
    stream: BinaryIO, *, source: str, published: dt.date | None = None, settings: Settings
) -> Iterator[Report | Reject]:
    """Reports of a CSV file in UTF-8 with a header; tabs or semicolons part cells where the header has them.

    A report's `source` is the name of the file and the line on which its row ends. A row with more cells than the
    header, or with quotation marks that do not match, becomes a reject: nobody can tell where its cells end.

    Raises
    ------
    MalformedLine
        If there is no column `text`, or the file is no CSV.
    """
    csv.field_size_limit(settings.max_bytes)
    lines = io.TextIOWrapper(stream, encoding="utf-8-sig", newline="")
    try:
        header = lines.readline()
        mark = max(",;\t", key=header.count)
        names = next(csv.reader([header], delimiter=mark), [])
        if "text" not in names:
            raise MalformedLine("the table has no column text", value=header.strip(), cure=_CURE)
        rows = csv.reader(lines, delimiter=mark, strict=True)
        for cells in _each(rows):
            number = rows.line_num + 1
            if isinstance(cells, csv.Error):
                broken = MalformedLine("a row's quotation marks do not match", value=cells, cure="mend the row")
                yield reject(broken, source, number)
            elif cells:
                yield _row_report(cells, names, source, number, published, settings)
    except (csv.Error, UnicodeDecodeError) as error:
        raise MalformedLine("the table cannot be read on from here", value=error, cure="write it as UTF-8") from error
    finally:
        lines.detach()  # who opened the stream closes it


def read_parquet(
    stream: BinaryIO, *, source: str, published: dt.date | None = None, settings: Settings
) -> Iterator[Report | Reject]:
    """Reports of a Parquet file; a report's `source` is the name of the file and the row, from 1.

    Raises
    ------
    MalformedLine
        If there is no column `text`, or the file is no Parquet file.
    """
    arrow, parquet = need("pyarrow"), need("pyarrow.parquet")
    try:
        with _seekable(stream) as whole:
            # Cells that repeat are held once: a short file may hold one long text a million times over.
            names = parquet.ParquetFile(whole).schema_arrow.names
            if "text" not in names:
                raise MalformedLine("the table has no column text", value=names, cure=_CURE)
            file = parquet.ParquetFile(whole, read_dictionary=names)
            _refuse_bomb(file.metadata, source)
            rows = (batch.slice(at, 1) for batch in file.iter_batches(_rows_at_once(file)) for at in range(len(batch)))
            size = whole.seek(0, io.SEEK_END)
            grown = 0
            for number, batch in enumerate(rows, start=1):
                row = batch.to_pylist()[0]
                grown += len(row["text"]) if isinstance(row["text"], str) else 0
                refuse_growth(grown, size, source, settings.max_unpacked_bytes)
                yield _report(row, source, number, published, settings)
    except (arrow.ArrowException, OSError) as error:
        raise MalformedLine("this is no whole Parquet file", value=source, cure="write it again") from error


def _each(rows: Iterator[list[str]]) -> Iterator[list[str] | csv.Error]:
    """The rows, and what is wrong with one of them; reading goes on with the line after it."""
    while True:
        try:
            yield next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            if "field larger" in str(error):  # within a cell: what follows would pass for rows
                raise
            yield error


def _row_report(
    cells: list[str], names: list[str], source: str, number: int, published: dt.date | None, settings: Settings
) -> Report | Reject:
    if any(cells[len(names) :]):
        many = MalformedLine(
            f"a row has {len(cells)} cells and not {len(names)}", value=cells[0], cure="put quotes around the text"
        )
        return reject(many, source, number)
    return _report({k: v for k, v in zip(names, cells, strict=False) if k}, source, number, published, settings)


@contextmanager
def _seekable(stream: BinaryIO) -> Iterator[BinaryIO]:
    """The stream, or a temporary copy of one that is unpacked as it goes: a Parquet file is read from its end."""
    if stream.seekable():
        yield stream
        return
    with tempfile.SpooledTemporaryFile(_HELD_BYTES) as copy:
        shutil.copyfileobj(stream, copy)
        copy.seek(0)
        yield cast("BinaryIO", copy)


def _refuse_bomb(metadata: Any, source: str) -> None:
    for number in range(metadata.num_row_groups):
        group = metadata.row_group(number)
        columns = [group.column(column) for column in range(group.num_columns)]
        packed = sum(column.total_compressed_size for column in columns)
        refuse_growth(sum(column.total_uncompressed_size for column in columns), packed, source)


def _rows_at_once(file: Any) -> int:
    groups = [file.metadata.row_group(number) for number in range(file.metadata.num_row_groups)]
    widest = max((group.total_byte_size / max(group.num_rows, 1) for group in groups), default=0)
    return max(1, min(_BATCH_ROWS, int(_HELD_BYTES / max(widest, 1))))


def _report(
    row: Mapping[str, Any], source: str, number: int, published: dt.date | None, settings: Settings
) -> Report | Reject:
    given = {name: (value if value != "" else None) for name, value in row.items()}
    raw = json.dumps(given, ensure_ascii=False, sort_keys=True, default=str).encode("utf-8", "surrogatepass")
    try:
        return report_from_mapping(
            {**given, "text": given.get("text") or ""}, source=f"{source}:{number}", raw=raw, published=published,
            extractor="table", settings=settings,
        )  # fmt: skip
    except InputError as error:
        return reject(error, source, number)
