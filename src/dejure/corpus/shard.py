"""One shard: its reports read, coded and written as tables. The same shard gives the same tables wherever it is run."""

from __future__ import annotations

import functools
import importlib
import io
import json
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, BinaryIO, cast

from dejure.corpus.columns import arrow_schema, load_datasets, need
from dejure.corpus.plan import FilePart, RunSettings, Shard
from dejure.corpus.rows import Row, reject_row, rows_of
from dejure.errors import DejureError, InputError, InputMissing, RecordError
from dejure.records import Coding, Reject, Report
from dejure.sources import open_reports, read_lines, reject, require_readable

__all__ = ["DONE", "POSITION", "reject_place", "reject_shard", "run_shard"]

#: The column of a shard's tables that tells which of its reports a row is of; -1 where there is none.
POSITION = "_position"
#: The file that a finished shard's folder has.
DONE = "shard.json"


def run_shard(shard: Shard, out: Path, run: RunSettings) -> int:
    """Read and code a shard and put its tables at `out/NAME` in one step, so that it is there whole or not at all.

    Returns
    -------
    int
        How many reports it held, rejects included.
    """
    rows: dict[str, list[Row]] = {name: [] for name in load_datasets()}
    card: dict[str, Any] | None = None
    count = 0
    for position, (report, coded) in enumerate(_coded(shard, run)):
        count += 1
        if report is None or isinstance(coded, Reject):
            assert isinstance(coded, Reject)
            rows["rejects"].append(reject_row(coded) | {POSITION: position})
            continue
        card = card or coded.coder.to_dict()
        for name, row in rows_of(coded, title=report.title, words=len(report.body.split())):
            rows[name].append(row | {POSITION: position})
    _write(shard, out, rows, {"reports": count, "coder": card})
    return count


def reject_shard(shard: Shard, out: Path, why: str) -> None:
    """Put a shard that could not be done at `out/NAME`: a reject for each of its files."""
    error = DejureError(
        "this part of the run failed every time it was tried", value=why, cure="run these files alone, and report it"
    )
    rows: dict[str, list[Row]] = {name: [] for name in load_datasets()}
    rows["rejects"] = [
        reject_row(reject(error, part.path, part.first_line if part.end is not None else None)) | {POSITION: -1}
        for part in shard.parts
    ]
    _write(shard, out, rows, {"reports": len(shard.parts), "coder": None})


def reject_place(source: str) -> tuple[str, int | None]:
    """File and line of a locator such as `reports.jsonl:12`."""
    name, _, line = source.rpartition(":")
    return (name, int(line)) if name and line.isdigit() else (source, None)


def _coded(shard: Shard, run: RunSettings) -> Iterator[tuple[Report, Coding] | tuple[None, Reject]]:
    code = _coder(run.coder)
    for part in shard.parts:
        for report in _reports(part, run):
            if isinstance(report, Reject):
                yield None, report
                continue
            try:
                yield report, code(require_readable(report, run.settings), run.settings)
            except (InputError, RecordError) as error:
                yield None, reject(error, *reject_place(report.source))
            except (DejureError, MemoryError, OSError):
                raise  # a missing model or a full disk concerns the whole run
            except Exception as error:
                # A fault of ours in one report must not cost the others; it is told, with its name.
                told = f"{type(error).__name__}: {error}"
                fault = DejureError(
                    "the coder failed on this report", value=told, cure="please report it with the text"
                )
                yield None, reject(fault, *reject_place(report.source))


def _reports(part: FilePart, run: RunSettings) -> Iterator[Report | Reject]:
    path = Path(part.path)
    try:
        stat = path.stat()
        if (stat.st_size, stat.st_mtime_ns) != (part.size, part.changed_ns):
            raise InputError(
                "the file has changed since the run began", value=part.path, cure="begin a new run with it"
            )
        if part.end is None:
            yield from open_reports([path], settings=run.settings)
            return
        with path.open("rb") as file:
            file.seek(part.start)
            lines = io.BytesIO(file.read(part.end - part.start))
        stream = lines if part.start else io.BufferedReader(cast("io.RawIOBase", lines))
        yield from read_lines(
            cast("BinaryIO", stream), source=part.path, settings=run.settings, first_line=part.first_line
        )
    except FileNotFoundError:
        gone = InputMissing(
            "the file was there when the run began", value=part.path, cure="bring it back, run it alone"
        )
        yield reject(gone, part.path)
    except InputError as error:
        yield reject(error, part.path)


@functools.cache
def _coder(name: str) -> Callable[[Report, Any], Coding]:
    module, _, function = name.partition(":")
    try:
        found = getattr(importlib.import_module(module), function)
    except (ImportError, AttributeError) as error:
        from dejure.errors import SettingsError

        raise SettingsError("there is no such coder", value=name, cure="name it as module:function") from error
    return cast("Callable[[Report, Any], Coding]", found)


def _write(shard: Shard, out: Path, rows: dict[str, list[Row]], told: dict[str, Any]) -> None:
    arrow, parquet = need("pyarrow"), need("pyarrow.parquet")
    begun = out / f"begun-{shard.name}-{os.getpid()}"
    shutil.rmtree(begun, ignore_errors=True)
    begun.mkdir(parents=True)
    for name, found in rows.items():
        schema = arrow_schema(name).append(arrow.field(POSITION, arrow.int32()))
        parquet.write_table(arrow.Table.from_pylist(found, schema=schema), begun / f"{name}.parquet")
    (begun / DONE).write_text(json.dumps(told, sort_keys=True), encoding="utf-8")
    try:
        begun.rename(out / shard.name)
    except OSError:
        # Another worker was given it, too, and was first; its tables are the same.
        shutil.rmtree(begun, ignore_errors=True)
        if not (out / shard.name / DONE).exists():
            raise
