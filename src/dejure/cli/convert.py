"""`dejure convert`: events between the formats of the field."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING

import click

from dejure.errors import EXIT_CODES, InputError

if TYPE_CHECKING:
    from dejure.corpus.rows import Row
    from dejure.records import Reject

__all__ = ["command"]

_FORMATS = ["plover", "polecat", "icews", "gdelt", "csv"]


@click.command("convert")
@click.argument("paths", metavar="[IN]...", nargs=-1)
@click.option(
    "--from", "from_format", type=click.Choice(["dejure", *_FORMATS]), default="dejure", show_default=True,
    help="What IN is: the JSON lines of dejure read, or a file of another data set (also .gz and .zip).",
)  # fmt: skip
@click.option("--to", "to_format", type=click.Choice(_FORMATS), required=True, help="What to write.")
@click.option("--output", metavar="FILE", help="Write there and not to standard output.")
@click.option("--with-auxiliary", is_flag=True, help="Write historical, future, hypothetical and negated events, too.")
@click.option("--coded-date", metavar="DATE", help="Day of coding to name in PLOVER records.")
@click.option(
    "--rejects", "rejects_file", metavar="FILE", help="Write rows that are no events there, a JSON line each."
)
@click.option("--losses", "show_losses", is_flag=True, help="Print what the format cannot hold, and stop.")
def command(
    paths: tuple[str, ...], from_format: str, to_format: str, output: str | None, with_auxiliary: bool,
    coded_date: str | None, rejects_file: str | None, show_losses: bool,
) -> int:  # fmt: skip
    """Convert events between formats.

    IN are files of one format. What the new format cannot hold is told by --losses; what was left out is counted on
    standard error.
    """
    from dejure.exchange.files import losses, write_events

    if show_losses:
        for line in losses(to_format):
            click.echo(line)
        return 0
    if not paths:
        raise click.UsageError("no input was given")
    rejects: list[Reject] = []
    with ExitStack() as stack:
        file = stack.enter_context(_opened(output, paths)) if output else sys.stdout
        told = write_events(
            _events(paths, from_format, rejects), to_format, file, with_auxiliary=with_auxiliary, coded_date=coded_date
        )
    _tell(rejects, rejects_file)
    if told.auxiliary or told.undated:
        click.echo(
            f"dejure: left out {told.auxiliary} events that did not happen as told and {told.undated} without a day "
            "(see --losses and --with-auxiliary)",
            err=True,
        )
    if not rejects:
        return 0
    return 4 if told.rows else EXIT_CODES.get(rejects[0].code, 1)


@contextmanager
def _opened(output: str, paths: tuple[str, ...]) -> Iterator[IO[str]]:
    if any(Path(path).exists() and Path(path).resolve() == Path(output).resolve() for path in paths):
        raise click.UsageError("--output is one of the inputs, which would be lost")
    try:
        with Path(output).open("w", encoding="utf-8", newline="") as file:
            yield file
    except OSError as error:
        raise click.FileError(output, hint=error.strerror or str(error)) from error


def _events(paths: tuple[str, ...], from_format: str, rejects: list[Reject]) -> Iterator[Row]:
    from dejure.exchange.files import read_events
    from dejure.records import Reject
    from dejure.sources import reject

    for path in paths:
        try:
            for one in read_events(path, from_format):
                if isinstance(one, Reject):
                    rejects.append(one)
                else:
                    yield one
        except InputError as error:
            rejects.append(reject(error, path))


def _tell(rejects: list[Reject], rejects_file: str | None) -> None:
    from dejure.cli.output import encode_line
    from dejure.cli.terminal import safe

    for one in rejects:
        place = one.source if one.line is None else f"{one.source}, line {one.line}"
        click.echo(safe(f"dejure: {place}: {one.what} ({one.value}); {one.cure}"), err=True)
    if rejects_file:
        Path(rejects_file).write_text("".join(map(encode_line, rejects)), encoding="utf-8")
