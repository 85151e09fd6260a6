"""`dejure who-is`: what a name may stand for on a day."""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING

import click

from dejure.cli.options import parse_day, reference_option, settings_for

if TYPE_CHECKING:
    from dejure.reference.who_is import Candidate

__all__ = ["command"]


@click.command("who-is")
@click.argument("name")
@click.option("--on", metavar="DATE", callback=parse_day, help="As of this day (YYYY-MM-DD).  [default: today]")
@reference_option
@click.option("--json", "as_json", is_flag=True, help="A JSON list for machines.")
def command(name: str, on: dt.date | None, reference: str | None, as_json: bool) -> int:
    """Show what NAME may stand for: candidates, dates, codes.

    Candidates that hold on the day come first. An unknown name gives an empty answer: there is no nearest guess.
    """
    from dejure.reference.overlay import use_overlay
    from dejure.reference.who_is import resolve

    use_overlay(settings_for(None, reference).reference)
    found = resolve(name, on=on)
    if as_json:
        click.echo(json.dumps([c.to_dict() for c in found], ensure_ascii=False, indent=2))
    elif not found:
        click.echo(f"dejure: no table knows this name ({name})", err=True)
    else:
        _print(name, found)
    return 0 if found else 3


def _print(name: str, found: tuple[Candidate, ...]) -> None:
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    table = Table(title=escape(name), title_justify="left", box=None, pad_edge=False)
    for heading in ("id", "name", "as", "from", "to", "ISO", "COW", "GW"):
        table.add_column(heading, overflow="fold")
    for one in found:
        style = None if one.holds else "dim"
        codes = one.codes[-1] if one.codes else None
        table.add_row(
            escape(one.id), escape(one.name), f"{one.kind}{' (ambiguous)' if one.is_ambiguous else ''}",
            str(one.valid_from or ""), str(one.valid_to or ""), one.country or "", (codes.cow if codes else "") or "",
            (codes.gw if codes else "") or "", style=style,
        )  # fmt: skip
    console = Console()
    console.print(table)
    if not any(one.holds for one in found):
        console.print("None of them holds on that day.", style="yellow")
