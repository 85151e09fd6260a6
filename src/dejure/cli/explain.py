"""`dejure explain`: why this act, this flag, this date."""

from __future__ import annotations

import datetime as dt
import json
import sys
from dataclasses import asdict
from pathlib import Path

import click

from dejure.cli.options import model_option, published_option, reference_option, settings_for

__all__ = ["command"]


@click.command("explain")
@click.argument("record", metavar="RECORD")
@click.argument("path", metavar="REPORT")
@published_option
@model_option
@reference_option
@click.option("--json", "as_json", is_flag=True, help="One JSON object a record.")
def command(
    record: str, path: str, published: dt.date | None, model: str | None, reference: str | None, *, as_json: bool
) -> None:
    """Tell why an act of recognition was coded as it was: the words, the rules that fired, what lost.

    RECORD is the id of a record of recognition, how it begins, or "all"; REPORT a file or - for standard input.
    """
    from dejure.cli.terminal import safe
    from dejure.reader import explain

    settings = settings_for(model, reference)
    source = sys.stdin.read() if path == "-" else Path(path)
    for one in explain(source, "" if record == "all" else record, published=published, settings=settings):
        if as_json:
            click.echo(json.dumps(asdict(one), ensure_ascii=False))
        else:
            click.echo(safe("\n".join(one.lines())))
