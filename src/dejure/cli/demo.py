"""`dejure demo`: the main job on the bundled reports."""

from __future__ import annotations

import csv
import datetime as dt
import sys
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dejure.cli.options import format_option, model_option, settings_for

if TYPE_CHECKING:
    from dejure.records import Reject, Report
    from dejure.settings import Settings

__all__ = ["command", "demo_folder", "demo_reports"]

# The report that the closing line proposes to look at.
_SHOWN = "2025-07-03-russia-taliban.txt"


@click.command("demo")
@model_option
@format_option
def command(model: str | None, output_format: str | None) -> int:
    """Read the bundled reports: recognitions, refusals, silences, a denial, and two that only look like it."""
    from dejure.cli.output import make_writer
    from dejure.cli.read import read_all

    settings = settings_for(model)
    folder = demo_folder()
    chosen = output_format or "table"
    writer = make_writer(chosen, sys.stdout, with_text=False, list_name="recognition")
    code = read_all(demo_reports(folder, settings), settings, writer, None, is_quiet=True)
    if chosen == "table":
        day = _published(folder)[_SHOWN]
        click.echo(f"Read from {folder}\nTry one:       dejure show {folder / _SHOWN} --published {day}")
        click.echo("Read your own: dejure read FILE --published YYYY-MM-DD")
    return code


def demo_folder() -> Path:
    """Where the bundled reports lie: in a source checkout its own examples, else inside the package.

    Raises
    ------
    InputMissing
        If they are in neither place.
    """
    from dejure.errors import InputMissing

    package = Path(str(files("dejure")))
    for folder in (package.parent.parent / "examples" / "reports", package / "demo_reports"):
        if (folder / "published.csv").is_file():
            return folder
    raise InputMissing("the bundled reports are missing", value=package, cure="install dejure again")


def demo_reports(folder: Path, settings: Settings) -> Iterator[Report | Reject]:
    """The bundled reports, each with its own day of publication."""
    from dejure.sources import open_reports

    for name, published in _published(folder).items():
        yield from open_reports([folder / name], published=published, settings=settings)


def _published(folder: Path) -> dict[str, dt.date]:
    """Day of publication of each report, by file name."""
    with (folder / "published.csv").open(encoding="utf-8", newline="") as table:
        return {row["file"]: dt.date.fromisoformat(row["published"]) for row in csv.DictReader(table)}
