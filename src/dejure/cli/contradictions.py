"""`dejure contradictions`: where sources cannot all be right."""

from __future__ import annotations

import datetime as dt

import click

from dejure.cli.ledger_options import (
    actor_name,
    clock_options,
    clocks_of,
    echo_json,
    json_option,
    ledger_option,
    open_for,
    since_text,
)

__all__ = ["command"]


@click.command("contradictions")
@click.argument("polity", required=False)
@clock_options
@ledger_option
@json_option
def command(
    polity: str | None, on: dt.date | None, known: dt.date | None, recorded: dt.datetime | None, location: str | None,
    as_json: bool,
) -> int:  # fmt: skip
    """Show where sources contradict each other, about POLITY or about all: dates, denials, disputes, rival claims."""
    from rich.text import Text

    from dejure.cli.terminal import make_console, safe

    with open_for(location) as ledger:
        found = ledger.contradictions(polity, **clocks_of(on, known, recorded))
    if as_json:
        echo_json([one.to_dict() for one in found])
        return 0
    console = make_console()
    for one in found:
        console.print(Text(safe(f"{actor_name(one.recogniser)} on {one.recognised}: {one.told}"), style="bold"))
        for act in one.acts:
            sources = sorted(
                {
                    entry.report.publisher or entry.report.title or entry.report.id
                    for entry in act.entries
                    if entry.report
                }
            )
            console.print(
                Text(safe(f"  {since_text(act.date) or 'undated'}  {act.act}  {'; '.join(sources)}"), style="dim")
            )
    console.print(f"{len(found)} contradictions" if found else "No source contradicts another.")
    return 0
