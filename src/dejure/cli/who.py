"""`dejure who`: who recognises a polity."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING

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

if TYPE_CHECKING:
    from rich.console import Console

    from dejure.ledger.standing import Standing
    from dejure.ledger.views import PolityView

__all__ = ["command"]

# A warning that all rows share is told once, below.
_SERIES_ENDS = "the series is complete to"

# Headings in the order in which people read them, and the colour of each.
_SECTIONS = (
    ("recognised", "Recognise it", "green"),
    ("frozen", "Have frozen their recognition", "cyan"),
    ("withdrawn", "Have withdrawn their recognition", "red"),
    ("lapsed", "Recognised it until it ended", "blue"),
    ("unknown", "Unknown", "magenta"),
    ("not_recognised", "Do not recognise it", "default"),
)
_BASES = {"own": "", "carried": "carried on", "government": "by its government", "relations": "implied by relations",
          "inherited": "inherited", "inferred": "inferred from the rival's recognition"}  # fmt: skip


@click.command("who")
@click.argument("polity")
@click.argument("recogniser", required=False)
@clock_options
@click.option(
    "--capacity", type=click.Choice(["state", "government"]), help="As what it is recognised.  [default: its own]"
)
@click.option("--all", "everybody", is_flag=True, help="List also the states of which it is known that they do not.")
@ledger_option
@json_option
def command(
    polity: str, recogniser: str | None, on: dt.date | None, known: dt.date | None, recorded: dt.datetime | None,
    capacity: str | None, everybody: bool, location: str | None, as_json: bool,
) -> int:  # fmt: skip
    """Show who recognises POLITY, since when, on what basis, and who disputes it; with RECOGNISER, where one stands.

    POLITY is a slug, a code or a name (kosovo, XKX, "Kosovo"). The shipped history answers without any set-up.
    """
    from dejure.ledger.parties import resolve_actor

    with open_for(location) as ledger:
        view = ledger.view(polity, **clocks_of(on, known, recorded), capacity=capacity)  # type: ignore[arg-type]
        if recogniser is not None:
            found = [view.standing(resolve_actor(recogniser, on=view.clock.on))]
        else:
            found = view.standings(everybody=everybody or as_json)
    if as_json:
        from dejure.ledger.answers import standings_answer

        echo_json(standings_answer(view, found))
    else:
        _print(view, found, everybody=everybody or recogniser is not None)
    return 0


def _print(view: PolityView, found: Sequence[Standing], *, everybody: bool) -> None:
    from rich.table import Table
    from rich.text import Text

    from dejure.cli.terminal import make_console, safe

    console = make_console()
    clocks = [f"on {view.clock.on}"]
    clocks += [f"as known on {view.clock.known}"] if view.clock.known else []
    clocks += [f"as recorded at {view.clock.recorded:%Y-%m-%d %H:%M:%S %Z}"] if view.clock.recorded else []
    console.print(Text(f"{view.polity.name} ({view.target.capacity}), {', '.join(clocks)}", style="bold"))
    for name, title, colour in _SECTIONS:
        several = [one for one in found if one.standing == name and (name != "unknown" or everybody or _notes(one))]
        if not several:
            continue
        certain = sum(one.certainty == "certain" for one in several)
        total = f"{len(several)}" if certain == len(several) else f"{certain}–{len(several)}"
        console.print(Text(f"\n{title}: {total}", style=f"bold {colour}"))
        if name == "not_recognised" and len(several) > 1:
            console.print(Text(", ".join(actor_name(one.recogniser) for one in several)))
            continue
        table = Table(box=None, pad_edge=False, show_header=False, padding=(0, 2, 0, 0))
        table.add_column(min_width=28)
        table.add_column(min_width=12, overflow="fold")
        table.add_column(overflow="fold", style="magenta")
        for one in sorted(several, key=_order):
            table.add_row(
                Text(safe(actor_name(one.recogniser))), since_text(one.since), Text(safe("; ".join(_notes(one))))
            )
        console.print(table)
    _print_foot(console, view, found, everybody=everybody)


def _order(standing: Standing) -> tuple[dt.date, dt.date, str]:
    since = standing.since
    return (
        (since.earliest if since else None) or dt.date.max, (since.latest if since else None) or dt.date.max,
        standing.recogniser,
    )  # fmt: skip


def _notes(one: Standing) -> list[str]:
    notes = []
    if one.certainty == "possible":
        notes.append("possible: the sources leave it open on this day")
    if one.basis and _BASES[one.basis]:
        notes.append(_BASES[one.basis])
    if one.announced != "none":
        planned = f" for {one.announced_for.text()}" if one.announced_for else ""
        notes.append(f"{one.announced}{planned}")
    for contest in one.contests:
        by = ", ".join(map(actor_name, contest.claimed_by)) or "an unnamed source"
        notes.append(f"contested: {contest.standing.replace('_', ' ')} according to {by}")
    if one.dispute == "contested" and not one.contests:
        notes.append("contested")
    if one.warning and not one.warning.startswith(_SERIES_ENDS):
        notes.append(one.warning)
    return notes


def _print_foot(console: Console, view: PolityView, found: Sequence[Standing], *, everybody: bool) -> None:
    from rich.text import Text

    if not found:
        console.print(Text("Nothing is held about this polity on that day.", style="yellow"))
    if any(one.warning and one.warning.startswith(_SERIES_ENDS) for one in found):
        console.print(
            Text(f"\nThe series ends before {view.clock.on}: what changed since is not in it.", style="yellow")
        )
    silent = view.silent()
    trusted = [f"{one.name} ({one.complete_from} to {one.complete_to}, grade {one.grade})"
               for one in view.series if one.complete_from and "recognise" in one.acts]  # fmt: skip
    if silent and not everybody:
        console.print(Text(f"\n{len(silent)} more states are known not to; --all lists them.", style="dim"))
    elif not silent:
        console.print(Text("\nNobody's silence means anything on this day: others are unknown.", style="dim"))
    if trusted:
        console.print(Text(f"Complete series: {', '.join(trusted)}", style="dim"))
