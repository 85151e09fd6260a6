"""`dejure history`: what happened, in the order of the days."""

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


@click.command("history")
@click.argument("polity")
@click.argument("recogniser", required=False)
@click.option("--act", metavar="ACT", help="Only this act: recognise, withdraw, refuse, ...")
@clock_options
@ledger_option
@json_option
def command(
    polity: str, recogniser: str | None, act: str | None, on: dt.date | None, known: dt.date | None,
    recorded: dt.datetime | None, location: str | None, as_json: bool,
) -> int:  # fmt: skip
    """Show the acts towards POLITY in the order of their days, of all or of RECOGNISER."""
    from rich.table import Table
    from rich.text import Text

    from dejure.cli.terminal import make_console, safe

    with open_for(location) as ledger:
        acts = ledger.acts(polity, recogniser, act=act, **clocks_of(on, known, recorded))
    if as_json:
        from dejure.ledger.answers import acts_in_short

        echo_json(acts_in_short(acts))
        return 0
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for heading in ("when", "who", "act", "stories", "what to know"):
        table.add_column(heading, overflow="fold", justify="right" if heading == "stories" else "left")
    for one in acts:
        notes = (
            [] if one.asserted else [f"claimed by {', '.join(map(actor_name, one.claimed_by)) or 'an unnamed source'}"]
        )
        notes += [f"disputed by {', '.join(map(actor_name, one.disputed_by))}"] if one.disputed_by else []
        notes += ["dates disagree"] if not one.agrees else []
        notes += [f"judged: {one.verdict}"] if one.verdict else []
        notes += [f"of {one.recognised}"] if one.recognised != acts[0].recognised else []
        table.add_row(
            since_text(one.date) or "undated", Text(safe(actor_name(one.recogniser))),
            one.act + (f" ({one.manner})" if one.manner else ""), str(one.stories), Text(safe("; ".join(notes))),
            style="" if one.asserted else "dim",
        )  # fmt: skip
    make_console().print(table if acts else "Nothing is held about this.")
    return 0
