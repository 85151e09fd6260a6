"""`dejure read`: reports in, records out."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING

import click

from dejure.cli.options import (
    format_option,
    input_format_option,
    model_option,
    published_option,
    reference_option,
    settings_for,
)
from dejure.errors import EXIT_CODES, InputError

if TYPE_CHECKING:
    from dejure.cli.output import Writer
    from dejure.records import Reject, Report
    from dejure.settings import Settings
    from dejure.sources import InputFormat

__all__ = ["command", "read_all"]

_LISTS = ["recognition", "events", "statements", "silences", "background", "all"]
_FORMAT_OF_SUFFIX = {".jsonl": "jsonl", ".ndjson": "jsonl", ".json": "jsonl", ".csv": "csv"}
_SOME_REJECTED = 4


@click.command("read")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@input_format_option
@published_option
@model_option
@reference_option
@format_option
@click.option(
    "--list", "list_name", type=click.Choice(_LISTS), default="recognition", show_default=True,
    help="Which records go into CSV; all makes one long table with a list column.",
)  # fmt: skip
@click.option("--with-text", is_flag=True, help="Keep title and text in JSON lines, so that offsets can be looked up.")
@click.option("--output", metavar="FILE", help="Write there and not to standard output.")
@click.option(
    "--rejects", "rejects_file", metavar="FILE", help="Write inputs that could not be read there, a JSON line each."
)
def command(
    paths: tuple[str, ...],
    input_format: InputFormat | None,
    published: dt.date | None,
    model: str | None,
    reference: str | None,
    output_format: str | None,
    list_name: str,
    with_text: bool,
    output: str | None,
    rejects_file: str | None,
) -> int:
    """Read reports into records.

    PATH is a text file, a saved web page, a JSON lines file ({"id", "title", "text", "published", "language"} a line),
    a folder of those, or - for standard input. An input that cannot be read is told on standard error; the others go
    on.
    """
    from dejure.cli.output import make_writer
    from dejure.sources import open_reports

    settings = settings_for(model, reference)
    chosen = output_format or _FORMAT_OF_SUFFIX.get(Path(output or "").suffix.lower(), "table")
    with ExitStack() as stack:
        rejects = stack.enter_context(_opened(rejects_file)) if rejects_file else None
        file = stack.enter_context(_opened(output)) if output else sys.stdout
        writer = make_writer(chosen, file, with_text=with_text, list_name=list_name)
        reports = open_reports(paths, input_format=input_format, published=published, settings=settings)
        return read_all(
            _single_told(reports, paths), settings, writer, rejects,
            is_quiet=file is sys.stdout, is_stream="-" in paths,
        )  # fmt: skip


def read_all(
    reports: Iterator[Report | Reject], settings: Settings, writer: Writer, rejects: IO[str] | None, *, is_quiet: bool,
    is_stream: bool = False,
) -> int:  # fmt: skip
    """Code each report, write it, tell the rejects.

    Parameters
    ----------
    is_quiet : bool
        Whether progress would get in the way of what is printed.
    is_stream : bool
        Whether each report is to be passed on before the next is waited for; else some are coded at once.

    Returns
    -------
    int
        Exit code: 0, that of the reject where nothing could be read, 4 where some could.
    """
    from dejure.reader import code_each
    from dejure.records import Reject
    from dejure.sources import AT_ONCE

    done = 0
    codes: list[str] = []
    with _progress(is_quiet) as advance:
        for report, coded in code_each(reports, settings, 1 if is_stream else AT_ONCE):
            if isinstance(coded, Reject):
                codes.append(coded.code)
                _tell(coded, rejects)
            elif report is not None:
                writer.write(report, coded)
                done += 1
            advance()
    if not codes:
        return 0
    if done == 0:
        return EXIT_CODES.get(codes[0], 1)
    click.echo(f"dejure: {len(codes)} of {done + len(codes)} inputs were rejected", err=True)
    return _SOME_REJECTED


def _single_told(reports: Iterator[Report | Reject], paths: tuple[str, ...]) -> Iterator[Report | Reject]:
    """The error of a single input as a reject, so that it is told and kept in one way."""
    from dejure.sources import reject

    try:
        yield from reports
    except InputError as error:
        yield reject(error, paths[0])


def _tell(rejected: Reject, rejects: IO[str] | None) -> None:
    """One clear line on standard error, one row in the file of rejects."""
    from dejure.cli.output import encode_line
    from dejure.cli.terminal import safe

    place = rejected.source if rejected.line is None else f"{rejected.source}, line {rejected.line}"
    value = f" ({rejected.value})" if rejected.value and rejected.value != rejected.source else ""
    cure = f"; {rejected.cure}" if rejected.cure else ""
    click.echo(safe(f"dejure: {place}: {rejected.what}{value}{cure}").replace("\n", " "), err=True)
    if rejects is not None:
        rejects.write(encode_line(rejected))
        rejects.flush()


@contextmanager
def _opened(path: str) -> Iterator[IO[str]]:
    try:
        with Path(path).open("w", encoding="utf-8", newline="") as file:
            yield file
    except OSError as error:
        if isinstance(error, BrokenPipeError):
            raise
        raise click.FileError(path, hint=error.strerror or str(error)) from error


@contextmanager
def _progress(is_quiet: bool) -> Iterator[Callable[[], None]]:
    """A line that counts, on a terminal only and never among the tables."""
    if (is_quiet and sys.stdout.isatty()) or not sys.stderr.isatty():
        yield lambda: None
        return
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    from dejure.cli.terminal import make_console

    columns = (SpinnerColumn(), TextColumn("{task.completed:.0f} reports"), TimeElapsedColumn())
    with Progress(*columns, console=make_console(stderr=True), transient=True) as progress:
        task = progress.add_task("reading", total=None)
        yield lambda: progress.advance(task)
