"""`dejure corpus`: run, query, panel."""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from typing import TYPE_CHECKING, Any, cast

import click

from dejure.cli.options import model_option, published_option, reference_option, settings_for

if TYPE_CHECKING:
    import datetime as dt

    from dejure.corpus.run import Advance, Engine
    from dejure.corpus.store import Period

__all__ = ["command"]

_FORMATS = click.Choice(["table", "csv", "jsonl"])


@click.group("corpus")
def command() -> None:
    """Many reports: data sets in columns, made by resumable runs over processes.

    Needs the extra [analysis].
    """


@command.command("run")
@click.argument("paths", metavar="IN...", nargs=-1, required=True)
@click.option("--out", metavar="DIR", required=True, help="A new folder, or that of the same run to go on with.")
@click.option("--workers", type=click.IntRange(1), default=1, show_default=True, help="Processes that read.")
@click.option("--engine", type=click.Choice(["local", "dask"]), default="local", show_default=True,
              help="Processes of this machine, or a Dask cluster (extra [dask]).")  # fmt: skip
@click.option("--scheduler", metavar="ADDRESS", help="A Dask scheduler that is there; else one is started here.")
@click.option("--shard-reports", type=click.IntRange(1), default=500, show_default=True,
              help="Reports that a worker takes, and holds in memory, at a time.")  # fmt: skip
@click.option("--attempts", type=click.IntRange(1), default=3, show_default=True, help="Tries of a shard that fails.")
@click.option("--coder", default="dejure.coding:code_report", show_default=True, metavar="MODULE:FUNCTION",
              help="What codes a report.")  # fmt: skip
@published_option
@model_option
@reference_option
def run(
    paths: tuple[str, ...], out: str, workers: int, engine: Engine, scheduler: str | None, shard_reports: int,
    attempts: int, coder: str, published: dt.date | None, model: str | None, reference: str | None,
) -> int:  # fmt: skip
    """Read and code many reports into DIR.

    IN are files and folders. Ctrl-C or a kill loses nothing: the same command goes on. DIR/data holds Parquet files,
    DIR/manifest.json tells what was done with what.
    """
    from dejure.corpus.plan import RunSettings
    from dejure.corpus.run import run_corpus

    settings = RunSettings(
        shard_reports=shard_reports, attempts=attempts, coder=coder, published=published,
        settings=settings_for(model, reference),
    )  # fmt: skip
    with _progress() as advance:
        manifest = run_corpus(
            paths, out, workers=workers, run=settings, advance=advance, engine=engine, scheduler=scheduler
        )
    click.echo(", ".join(f"{count:,} {name}" for name, count in manifest["counts"].items()))
    if not manifest["counts"]["rejects"]:
        return 0
    click.echo(f"dejure: {manifest['counts']['rejects']:,} inputs were rejected; see the data set rejects", err=True)
    return 4 if manifest["counts"]["reports"] else 3


@command.command("query")
@click.argument("sql")
@click.option("--corpus", "folder", metavar="DIR", default=".", show_default=True, help="The corpus.")
@click.option("--format", "output_format", type=_FORMATS, default="table", show_default=True, help="Of the rows.")
def query(sql: str, folder: str, output_format: str) -> None:
    """Run a SQL statement over the data sets.

    The views are events, recognition, statements, silences, reports, rejects, incidents and incident_events. The
    statement can read nothing else.
    """
    from dejure.corpus.store import Corpus

    _print(Corpus(folder).query(sql), output_format)


@command.command("panel")
@click.option("--corpus", "folder", metavar="DIR", default=".", show_default=True, help="The corpus.")
@click.option(
    "--period", type=click.Choice(["day", "week", "month"]), default="month", show_default=True, help="How long."
)
@click.option("--format", "output_format", type=_FORMATS, default="csv", show_default=True, help="Of the rows.")
def panel(folder: str, period: str, output_format: str) -> None:
    """Count events per dyad and period, with zeros only where there was coverage."""
    from dejure.corpus.store import Corpus

    _print(Corpus(folder).panel(cast("Period", period), "arrow"), output_format)


def _print(table: Any, output_format: str) -> None:
    import msgspec

    names = _distinct(table.column_names)
    rows = (
        [_number(cell) for cell in row]
        for batch in table.to_batches()
        for row in zip(*(column.to_pylist() for column in batch.columns), strict=True)
    )
    if output_format == "csv":
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(names)
        writer.writerows(
            [msgspec.json.encode(cell).decode() if isinstance(cell, (list, dict, bool)) else cell for cell in row]
            for row in rows
        )
    elif output_format == "jsonl":
        for row in rows:
            click.echo(msgspec.json.encode(dict(zip(names, row, strict=True))).decode("utf-8"))
    else:
        from rich.table import Table

        from dejure.cli.terminal import make_console, safe

        shown = Table(*names)
        for row in rows:
            shown.add_row(*(safe("" if cell is None else str(cell)) for cell in row))
        make_console().print(shown)


def _distinct(names: list[str]) -> list[str]:
    """The names of the columns; a name that came before has a number."""
    return [name if name not in names[:at] else f"{name}_{names[:at].count(name) + 1}" for at, name in enumerate(names)]


def _number(cell: Any) -> Any:
    """The sum of whole numbers as a whole number; the engine gives it as a decimal one."""
    is_whole = isinstance(cell, Decimal) and cell.is_finite() and cell == cell.to_integral_value()
    return int(cell) if is_whole else cell


@contextmanager
def _progress() -> Iterator[Advance | None]:
    """A bar with rate and time left, on a terminal only."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )

    from dejure.cli.terminal import make_console

    columns = (
        BarColumn(), MofNCompleteColumn(), TextColumn("shards, {task.fields[rate]} reports/s,"), TimeElapsedColumn(),
        TextColumn("gone,"), TimeRemainingColumn(), TextColumn("left"),
    )  # fmt: skip
    with Progress(*columns, console=make_console(stderr=True)) as bar:
        task = bar.add_task("reading", total=None, rate="-")

        def advance(done: int, total: int, reports: int) -> None:
            elapsed = bar.tasks[0].elapsed or 0.0
            rate = f"{reports / elapsed:.1f}" if elapsed and reports else "-"
            bar.update(task, completed=done, total=total, rate=rate)

        yield advance
