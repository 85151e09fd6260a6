"""One shard: its reports read, coded and written as tables. The same shard gives the same tables wherever it is run."""

from __future__ import annotations

import functools
import importlib
import io
import json
import os
import secrets
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO, cast

from dejure.corpus.columns import arrow_schema, load_datasets, need
from dejure.corpus.lead_words import lead_words
from dejure.corpus.plan import OUR_CODER, FilePart, RunSettings, Shard
from dejure.corpus.rows import Row, reject_row, rows_of
from dejure.errors import DejureError, InputError, InputMissing, RecordError
from dejure.records import Coding, Reject, Report
from dejure.sources import in_batches, open_reports, read_lines, reject

__all__ = ["DONE", "POSITION", "reject_place", "reject_shard", "run_shard"]

#: The column of a shard's tables that tells which of its reports a row is of; -1 where there is none.
POSITION = "_position"
#: The file that a finished shard's folder has.
DONE = "shard.json"

# Rows of a table that are held before they are written.
_HELD_ROWS = 2_000


def run_shard(shard: Shard, out: Path, run: RunSettings) -> int:
    """Read and code a shard and put its tables at `out/NAME` in one step, so that it is there whole or not at all.

    Returns
    -------
    int
        How many reports it held, rejects included.
    """
    card: dict[str, Any] | None = None
    count = 0
    with _Tables(shard, out) as tables:
        for position, (report, coded) in enumerate(_coded(shard, run)):
            count += 1
            if report is None or isinstance(coded, Reject):
                assert isinstance(coded, Reject)
                tables.add("rejects", reject_row(coded) | {POSITION: position})
                continue
            card = card or coded.coder.to_dict()
            lead = lead_words(report.title, report.body)
            for name, row in rows_of(coded, title=report.title, words=len(report.body.split()), lead=lead):
                tables.add(name, row | {POSITION: position})
        tables.finish({"reports": count, "coder": card})
    return count


def reject_shard(shard: Shard, out: Path, why: str) -> None:
    """Put a shard that could not be done at `out/NAME`: a reject for each of its files."""
    error = DejureError(
        "this part of the run failed every time it was tried", value=why, cure="run these files alone, and report it"
    )
    with _Tables(shard, out) as tables:
        for part in shard.parts:
            one = reject(error, part.path, part.first_line if part.end is not None else None)
            tables.add("rejects", reject_row(one) | {POSITION: -1})
        tables.finish({"reports": len(shard.parts), "coder": None})


def reject_place(source: str) -> tuple[str, int | None]:
    """File and line of a locator such as `reports.jsonl:12`."""
    name, _, line = source.rpartition(":")
    return (name, int(line)) if name and line.isdigit() else (source, None)


def _coded(shard: Shard, run: RunSettings) -> Iterator[tuple[Report, Coding] | tuple[None, Reject]]:
    code = _coder(run.coder)
    for batch in in_batches((report for part in shard.parts for report in _reports(part, run)), run.settings):
        codings = iter(code([one for _, one in batch if isinstance(one, Report)], run.settings))
        for report, one in batch:
            if isinstance(report, Reject):
                yield None, report
                continue
            found = one if isinstance(one, InputError) else next(codings)
            if isinstance(found, Coding):
                yield report, found
            else:
                yield None, reject(_error_of_report(found), *reject_place(report.source))


def _error_of_report(found: Any) -> DejureError:
    """What is told of a report that failed; what concerns the whole run is raised."""
    if isinstance(found, InputError | RecordError):
        return found
    if isinstance(found, DejureError | MemoryError | OSError):
        raise found  # a missing model or a full disk
    # A fault of ours in one report must not cost the others; it is told, with its name.
    told = f"{type(found).__name__}: {found}"
    return DejureError("the coder failed on this report", value=told, cure="please report it with the text")


def _reports(part: FilePart, run: RunSettings) -> Iterator[Report | Reject]:
    path = Path(part.path)
    try:
        stat = path.stat()
        if (stat.st_size, stat.st_mtime_ns) != (part.size, part.changed_ns):
            raise InputError(
                "the file has changed since the run began", value=part.path, cure="begin a new run with it"
            )
        if part.end is None:
            yield from open_reports([path], published=run.published, settings=run.settings)
            return
        with path.open("rb") as file:
            file.seek(part.start)
            lines = io.BytesIO(file.read(part.end - part.start))
        stream = lines if part.start else io.BufferedReader(cast("io.RawIOBase", lines))
        yield from read_lines(
            cast("BinaryIO", stream),
            source=part.path,
            published=run.published,
            settings=run.settings,
            first_line=part.first_line,
        )
    except FileNotFoundError:
        gone = InputMissing(
            "the file was there when the run began", value=part.path, cure="bring it back, run it alone"
        )
        yield reject(gone, part.path)
    except OSError as error:
        shut = InputMissing("the file cannot be read", value=error, cure="check who may read it, run it alone")
        yield reject(shut, part.path)
    except InputError as error:
        yield reject(error, part.path)


@functools.cache
def _coder(name: str) -> Callable[[Sequence[Report], Any], Iterable[Coding | Exception]]:
    """The function that codes some reports at once: ours, or one of a single report for each."""
    module, _, function = name.partition(":")
    try:
        found = importlib.import_module(module)
        one: Callable[[Report, Any], Coding] = getattr(found, function)
    except (ImportError, AttributeError) as error:
        from dejure.errors import SettingsError

        raise SettingsError("there is no such coder", value=name, cure="name it as module:function") from error
    if name == OUR_CODER:
        return cast("Callable[[Sequence[Report], Any], Iterable[Coding | Exception]]", found.code_reports)

    def one_by_one(reports: Sequence[Report], settings: Any) -> Iterator[Coding | Exception]:
        for report in reports:
            try:
                yield one(report, settings)
            except Exception as error:
                yield error

    return one_by_one


class _Tables:
    """The tables of a shard, in a folder that gets its name when all is written; some rows of each are held."""

    def __init__(self, shard: Shard, out: Path) -> None:
        # Two machines of a cluster may have processes of one number.
        self._target, self._begun = out / shard.name, out / f"begun-{shard.name}-{os.getpid()}-{secrets.token_hex(4)}"
        self._rows: dict[str, list[Row]] = {name: [] for name, told in load_datasets().items() if not told.is_derived}
        self._writers: dict[str, Any] = {}

    def __enter__(self) -> _Tables:
        arrow, parquet = need("pyarrow"), need("pyarrow.parquet")
        self._begun.mkdir()
        try:
            for name in self._rows:
                schema = arrow_schema(name).append(arrow.field(POSITION, arrow.int32()))
                self._writers[name] = parquet.ParquetWriter(self._begun / f"{name}.parquet", schema)
        except OSError:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        for writer in self._writers.values():
            with suppress(OSError):  # what made the writing fail is told already
                writer.close()
            writer.is_open = False  # else it is tried once more when the memory is freed
        shutil.rmtree(self._begun, ignore_errors=True)

    def add(self, name: str, row: Row) -> None:
        """Take a row; rows are written when there are many."""
        self._rows[name].append(row)
        if len(self._rows[name]) >= _HELD_ROWS:
            self._flush(name)

    def finish(self, told: dict[str, Any]) -> None:
        """Write the rest and put the folder in its place."""
        for name, writer in self._writers.items():
            self._flush(name)
            writer.close()
        (self._begun / DONE).write_text(json.dumps(told, sort_keys=True), encoding="utf-8")
        try:
            self._begun.rename(self._target)
        except OSError:
            # A worker that was thought dead may have finished it meanwhile: the same shard, the same tables.
            if not (self._target / DONE).exists():
                raise

    def _flush(self, name: str) -> None:
        if rows := self._rows[name]:
            schema = self._writers[name].schema
            self._writers[name].write_table(need("pyarrow").Table.from_pylist(rows, schema=schema))
            rows.clear()
