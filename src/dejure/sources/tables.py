"""CSV and Parquet: a report a row, in the columns of a JSON line (`text`, and `id`, `title`, `published`, ...)."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

from dejure.errors import InputError, MalformedLine
from dejure.extras import need
from dejure.records import Reject, Report
from dejure.settings import Settings
from dejure.sources.checks import reject
from dejure.sources.jsonl import report_from_mapping

__all__ = ["read_csv", "read_parquet"]

_BATCH_ROWS = 500
_CURE = "name the column of the report's body text"


def read_csv(
    stream: BinaryIO, *, source: str, published: dt.date | None = None, settings: Settings
) -> Iterator[Report | Reject]:
    """Reports of a CSV file in UTF-8 with a header; tabs or semicolons part cells where the header has them.

    A report's `source` is the name of the file and the line on which its row ends.

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
        rows = csv.DictReader(lines, names, delimiter=mark)
        for row in rows:
            yield _report({k: v for k, v in row.items() if k}, source, rows.line_num + 1, published, settings)
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
    number = 0
    try:
        file = parquet.ParquetFile(stream)
        if "text" not in file.schema_arrow.names:
            raise MalformedLine("the table has no column text", value=file.schema_arrow.names, cure=_CURE)
        for batch in file.iter_batches(_BATCH_ROWS):
            for row in batch.to_pylist():
                number += 1
                yield _report(row, source, number, published, settings)
    except (arrow.ArrowException, OSError) as error:
        raise MalformedLine("this is no whole Parquet file", value=source, cure="write it again") from error


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
