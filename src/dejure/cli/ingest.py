"""`dejure ingest`: reports or codings into the ledger."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from dejure.cli.ledger_options import ledger_option, open_for
from dejure.cli.options import input_format_option, model_option, published_option, settings_for

if TYPE_CHECKING:
    from dejure.ledger.ingest import Taken
    from dejure.records import Coding, Reject, Report
    from dejure.sources import InputFormat

__all__ = ["command"]

_SOME_REJECTED = 4


@click.command("ingest")
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@input_format_option
@published_option
@model_option
@click.option("--codings", is_flag=True, help="The inputs are what `dejure read --format jsonl` wrote.")
@click.option("--demo", is_flag=True, help="Take the bundled reports.")
@click.option("--keep-text", is_flag=True, help="Keep the full text of the reports, too; it is never exported.")
@ledger_option
def command(
    paths: tuple[str, ...], input_format: InputFormat | None, published: dt.date | None, model: str | None,
    codings: bool, demo: bool, keep_text: bool, location: str | None,
) -> int:  # fmt: skip
    """Read reports and record their acts of recognition; what is there already is left alone.

    PATH is as in `dejure read`. A killed run is completed by running it again.
    """
    if not paths and not demo:
        raise click.UsageError("name a report, a folder or -, or give --demo")
    rejected: list[Reject] = []
    counted = {"reports": 0, "acts": 0}

    def told(taken: Taken) -> None:
        counted["reports"] += 1
        counted["acts"] += len(taken.items) - 1
        rejected.extend(taken.rejects)

    settings = settings_for(model)
    if not location and not settings.ledger:
        raise click.UsageError("name the ledger to write to: --ledger PATH, or set DEJURE_LEDGER")
    source = (
        _codings(paths, rejected) if codings else _coded(paths, input_format, published, settings, rejected, demo=demo)
    )
    with open_for(location, create=True) as ledger:
        added = ledger.ingest(source, keep_text=keep_text, told=told)
    for one in rejected:
        _tell(one)
    click.echo(f"{counted['reports']} reports with {counted['acts']} acts; {added} new items in the ledger", err=True)
    if rejected:
        click.echo(f"dejure: {len(rejected)} inputs or records were rejected", err=True)
        return _SOME_REJECTED if counted["reports"] else 3
    return 0


def _coded(
    paths: tuple[str, ...], input_format: InputFormat | None, published: dt.date | None, settings: Any,
    rejected: list[Reject], *, demo: bool,
) -> Iterator[tuple[Report | None, Coding]]:  # fmt: skip
    from dejure.reader import code_each
    from dejure.records import Reject
    from dejure.sources import open_reports

    def reports() -> Iterator[Report | Reject]:
        if demo:
            from dejure.cli.demo import demo_folder, demo_reports

            yield from demo_reports(demo_folder(), settings)
        if paths:
            yield from open_reports(paths, input_format=input_format, published=published, settings=settings)

    for report, coded in code_each(reports(), settings):
        if isinstance(coded, Reject):
            rejected.append(coded)
        else:
            yield report, coded


def _codings(paths: tuple[str, ...], rejected: list[Reject]) -> Iterator[tuple[Report | None, Coding]]:
    """Lines of JSON as codings; a line that is none, as the last one of a cut-off file, is rejected."""
    import msgspec

    from dejure.errors import DejureError, MalformedLine
    from dejure.records import Coding
    from dejure.sources import reject

    decoder = msgspec.json.Decoder(Coding)
    for path in paths:
        for number, line in _lines(path):
            try:
                yield None, decoder.decode(line)
            except (msgspec.MsgspecError, DejureError, ValueError) as error:
                told = MalformedLine(
                    "a line is no coding", value=str(error), cure="write it with: dejure read --format jsonl"
                )
                rejected.append(reject(told, path, number))


def _lines(path: str) -> Iterator[tuple[int, str]]:
    from dejure.errors import InputMissing

    if path == "-":
        yield from ((n, line) for n, line in enumerate(sys.stdin, start=1) if line.strip())
        return
    if not Path(path).is_file():
        raise InputMissing("there is no such file", value=path, cure="check the path")
    with Path(path).open(encoding="utf-8", errors="replace") as lines:
        yield from ((n, line) for n, line in enumerate(lines, start=1) if line.strip())


def _tell(rejected: Reject) -> None:
    from dejure.cli.terminal import safe

    place = rejected.source if rejected.line is None else f"{rejected.source}, line {rejected.line}"
    value = f" ({rejected.value})" if rejected.value else ""
    click.echo(safe(f"dejure: {place}: {rejected.what}{value}").replace("\n", " "), err=True)
