"""`dejure diff`: what changed in the record since an instant."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import click

from dejure.cli.ledger_options import actor_name, echo_json, json_option, ledger_option, open_for, parse_instant
from dejure.cli.options import parse_day

if TYPE_CHECKING:
    from rich.console import Console

    from dejure.ledger.surveys import Change

__all__ = ["command"]


@click.command("diff")
@click.option("--since", required=True, metavar="INSTANT", callback=parse_instant, help="YYYY-MM-DDTHH:MM:SS, UTC.")
@click.option("--on", metavar="DATE", callback=parse_day, help="Standings as of this day.  [default: today]")
@ledger_option
@json_option
def command(since: dt.datetime, on: dt.date | None, location: str | None, as_json: bool) -> int:
    """Show what was recorded, corrected and judged since an instant, and which standings changed.

    Older views that changed because evidence of an earlier day came in later are listed apart.
    """
    from dejure.cli.terminal import make_console

    with open_for(location) as ledger:
        found = ledger.diff(since, on=on)
    if as_json:
        echo_json(found.to_dict())
        return 0
    console = make_console()
    console.print(
        f"Since {since:%Y-%m-%d %H:%M:%S %Z}: {found.added} entries, {found.superseded} corrected, "
        f"{found.judged} judgements"
    )
    _print(console, f"Changed standings, as of {found.on}", found.changes)
    _print(console, f"Older views that changed, as known on {since.date()}", found.older)
    return 0


def _print(console: Console, title: str, changes: tuple[Change, ...]) -> None:
    from rich.text import Text

    if not changes:
        return
    console.print(Text(f"\n{title}: {len(changes)}", style="bold"))
    for one in changes:
        before, after = one.before, one.after
        plan = "" if after.announced == before.announced else f" (announced: {before.announced} → {after.announced})"
        dispute = "" if after.dispute == before.dispute else f" (dispute: {before.dispute} → {after.dispute})"
        console.print(
            f"  {actor_name(after.recogniser)} on {after.recognised}: {before.standing.replace('_', ' ')} → "
            f"{after.standing.replace('_', ' ')}{plan}{dispute}"
        )
