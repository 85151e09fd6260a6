"""`dejure count`: how many recognise a polity, by stated rules."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import click

from dejure.cli.ledger_options import clock_options, clocks_of, echo_json, json_option, ledger_option, open_for

if TYPE_CHECKING:
    from dejure.ledger.counts import Count

__all__ = ["command"]


@click.command("count")
@click.argument("polity")
@clock_options
@click.option(
    "--preset", metavar="NAME", help="Named rules: declared, un, strict, broad, relations; options beside it win."
)
@click.option("--members", metavar="ORGANISATION", help="Only members on the day: un, eu, au, nato, oic, ...")
@click.option(
    "--effective/--announced", default=None, help="From legal effect, or from the announcement.  [default: announced]"
)
@click.option(
    "--disputed", type=click.Choice(["include", "exclude", "only"]), help="Contested ones.  [default: include]"
)
@click.option("--implied/--no-implied", default=None, help="Relations count as recognition.  [default: no]")
@click.option("--inherited/--no-inherited", default=None, help="Successors of a dissolved state count.  [default: no]")
@click.option("--conditional/--no-conditional", default=None, help="Acts under a condition count.  [default: no]")
@click.option("--capacity", type=click.Choice(["state", "government"]), help="As what.  [default: its own]")
@ledger_option
@json_option
def command(
    polity: str, on: dt.date | None, known: dt.date | None, recorded: dt.datetime | None, preset: str | None,
    capacity: str | None, location: str | None, as_json: bool, **switches: Any,
) -> int:  # fmt: skip
    """Count who recognises POLITY: certain–possible, the lists, and what each rule changed.

    A recognition is possible, not certain, where the bounds of its date leave the day open.
    """
    from dataclasses import replace

    from dejure.ledger.rules import CountRules

    given = {name: value for name, value in switches.items() if value is not None}
    rules = CountRules.preset(preset, **given) if preset else replace(CountRules(), **given)
    with open_for(location) as ledger:
        found = ledger.count(polity, rules, **clocks_of(on, known, recorded), capacity=capacity)
    if as_json:
        echo_json(found.to_dict())
    else:
        _print(found)
    return 0


def _print(found: Count) -> None:
    from rich.padding import Padding
    from rich.text import Text

    from dejure.cli.terminal import make_console
    from dejure.ledger.parties import name_of

    console = make_console()
    number = f"{found.certain}" if found.certain == found.possible else f"{found.certain}–{found.possible}"
    known = f", as known on {found.known}" if found.known else ""
    console.print(
        Text.assemble(
            (number, "bold green"), f" recognise {name_of(found.polity)} ({found.capacity}) on {found.on}{known}"
        )
    )
    told = [
        f"members of {found.rules.members.upper()}" if found.rules.members else "all recognisers",
        "from legal effect" if found.rules.effective else "from the announcement",
        f"disputed: {found.rules.disputed}",
        *(
            f"{name}: {'yes' if getattr(found.rules, name) else 'no'}"
            for name in ("implied", "inherited", "conditional")
        ),
    ]
    console.print(Text(" · ".join(told), style="dim"))
    for title, ids in (
        ("Certain", found.certain_ids),
        ("Possible", found.only_possible_ids),
        ("Contested", found.contested_ids),
    ):
        if ids:
            console.print(Text(f"\n{title} ({len(ids)})", style="bold"))
            console.print(Padding(Text(", ".join(sorted(map(name_of, ids)))), (0, 0, 0, 2)))
    console.print(Text("\nWhat each rule changed", style="bold"))
    for effect in found.effects:
        changes = [f"{sign}{len(ids)}{kind} ({_named(ids)})" for sign, ids, kind in (
            ("+", effect.gained, ""), ("−", effect.lost, ""),
            ("+", tuple(set(effect.gained_possible) - set(effect.gained)), " possible"),
            ("−", tuple(set(effect.lost_possible) - set(effect.lost)), " possible"),
        ) if ids]  # fmt: skip
        line = f"{effect.rule} {effect.setting}, against {effect.other}: {'; '.join(changes) or 'no difference'}"
        console.print(Padding(Text(line), (0, 0, 0, 2)))
    if found.note:
        console.print(Text(f"\n{found.note[0].upper()}{found.note[1:]}.", style="magenta"))


def _named(ids: tuple[str, ...]) -> str:
    from dejure.ledger.parties import name_of

    shown = sorted(map(name_of, ids))
    return ", ".join(shown[:6]) + (f" and {len(shown) - 6} more" if len(shown) > 6 else "")
