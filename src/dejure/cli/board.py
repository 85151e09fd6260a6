"""`dejure board`: how every state responds to an act."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from dejure.cli.ledger_options import ledger_option
from dejure.cli.options import parse_day
from dejure.errors import BadDate

if TYPE_CHECKING:
    from dejure.analysis.board import Board, BoardAct
    from dejure.analysis.states import StateSystem

__all__ = ["command"]


@click.command("board")
@click.argument("entry")
@click.option(
    "--reports",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="PATH",
    help="News reports of the window; may be repeated.",
)
@ledger_option
@click.option("--window-days", default=30, show_default=True, help="Days after the act.")
@click.option(
    "--on", metavar="DATE", callback=parse_day, help="As known on this day, with changes since the day before."
)
@click.option("--stories-any", default=3, show_default=True, help="Stories that make a state's silence observed.")
@click.option("--stories-touching", default=1, show_default=True, help="How many of them must touch the act.")
@click.option(
    "--format", "output_format", type=click.Choice(["table", "csv"]), default="table", show_default=True,
    help="A table for people, or CSV.",
)  # fmt: skip
def command(
    entry: str,
    reports: tuple[Path, ...],
    location: str | None,
    window_days: int,
    on: dt.date | None,
    stories_any: int,
    stories_touching: int,
    output_format: str,
) -> int:
    """The response board of ENTRY.

    ENTRY is the id of an act in the shipped history or in the ledger, or POLITY@DATE. A ledger adds its acts; what
    states said, and whether they kept silent, is read from the reports alone.
    """
    from dejure.analysis.board import BoardInput, BoardSettings, make_board
    from dejure.analysis.records_in import board_input
    from dejure.analysis.states import state_system

    system = state_system()
    own = _of_ledger(location, entry, on, system)
    polity, day, recogniser = own.anchor or _anchor(entry)
    given = BoardInput()
    if reports:
        from dejure.cli.codings import codings_of

        given = board_input(codings_of(reports), polity, system)
    given = BoardInput(
        acts=(*_history(polity, system), *own.acts, *given.acts),
        statements=given.statements,
        silences=given.silences,
        stories=given.stories,
    )
    board = make_board(
        given,
        system,
        polity=polity,
        act_day=day,
        window_days=window_days,
        as_of=on,
        settings=BoardSettings(stories_any=stories_any, stories_touching=stories_touching),
        excluded=[recogniser, *_own(polity)],
    )
    if output_format == "csv":
        click.echo(board.to_csv(), nl=False)
    else:
        _print(board)
    return 0


class _Own(NamedTuple):
    """What a ledger adds: its acts, and the act that the board is about where the ledger holds it."""

    acts: list[BoardAct]
    anchor: tuple[str, dt.date, str] | None


def _of_ledger(location: str | None, entry: str, on: dt.date | None, system: StateSystem) -> _Own:
    from dejure.analysis.records_in import board_acts_of_ledger, slug_of_actor
    from dejure.cli.ledger_options import open_for
    from dejure.errors import UnknownParty

    with open_for(location) as ledger:
        if ledger.store is None:
            return _Own([], None)
        if "@" in entry:
            try:
                return _Own(board_acts_of_ledger(ledger.acts(entry.partition("@")[0], known=on), system), None)
            except UnknownParty:
                return _Own([], None)
        for polity in ledger.polities():
            acts = ledger.acts(polity, known=on)
            for one in acts:
                if any(held.id.startswith(entry) for held in one.entries):
                    day = one.cluster.latest or one.cluster.earliest
                    if day is None:
                        raise BadDate("the act has no date", value=entry, cure="write POLITY@YYYY-MM-DD")
                    slug = slug_of_actor(one.recogniser, day, system) or one.recogniser or ""
                    return _Own(board_acts_of_ledger(acts, system), (one.recognised, day, slug))
    return _Own([], None)


def _anchor(entry: str) -> tuple[str, dt.date, str]:
    """Polity, day and recogniser of an entry."""
    from dejure.errors import InputMissing
    from dejure.reference.tables import read_table

    if "@" in entry:
        polity, _, cell = entry.partition("@")
        try:
            return polity, dt.date.fromisoformat(cell), ""
        except ValueError as error:
            raise BadDate("the day of the act is none", value=cell, cure="write POLITY@YYYY-MM-DD") from error
    for row in read_table("history.csv"):
        if row["entry"] == entry:
            return row["recognised"], dt.date.fromisoformat(row["latest"]), row["recogniser_slug"]
    raise InputMissing("no act has this id", value=entry, cure="give the id of an act, or POLITY@DATE")


def _own(polity: str) -> list[str]:
    """States that claim the polity or that it claims to govern: they have no response of their own."""
    from dejure.analysis.states import load_contested
    from dejure.reference.tables import load_polities

    told, known = load_contested().get(polity), load_polities().get(polity)
    own = [known.parent] if known and known.parent and known.capacity == "government" else []
    return [*own, *(told.parents if told and told.kind == "government" else ())]


def _history(polity: str, system: StateSystem) -> list[BoardAct]:
    from dejure.analysis.board import BoardAct
    from dejure.reference.tables import read_table

    found = []
    for row in read_table("history.csv"):
        if row["recognised"] == polity and row["recogniser_slug"] in system.index and row["asserted"] == "1":
            latest = dt.date.fromisoformat(row["latest"])
            found.append(
                BoardAct(
                    actor=row["recogniser_slug"],
                    act=row["act"],
                    latest=latest,
                    known=latest,
                    earliest=dt.date.fromisoformat(row["earliest"]),
                    report=row["entry"],
                )
            )
    return found


def _print(board: Board) -> None:
    from rich.console import Console
    from rich.table import Table

    console = Console()
    settings = board.settings
    console.print(f"[bold]{board.polity}[/bold], act of {board.act_day}, window to {board.window_end}")
    console.print(
        f"Observed silent: at least {settings.stories_any} stories with the state as actor, "
        f"{settings.stories_touching} of them on this.",
        style="dim",
    )
    console.print("position: " + ", ".join(f"{value} {number}" for value, number in board.counts("position").items()))
    console.print("stance: " + ", ".join(f"{value} {number}" for value, number in board.counts("stance").items()))
    table = Table(box=None, pad_edge=False)
    for heading in ("state", "position", "days", "stance", "themes", "quote", "changed"):
        table.add_column(heading, overflow="fold")
    for row in board.rows:
        if row.position != "none" or row.stance != "unobserved":
            days = (
                ""
                if row.days_high is None
                else f"{row.days_high:+d}"
                if row.days_low == row.days_high
                else (f"{'' if row.days_low is None else format(row.days_low, '+d')} to {row.days_high:+d}")
            )
            stance = f"{row.stance} ({row.silence})" if row.silence else row.stance
            table.add_row(
                row.name,
                row.position,
                days,
                stance,
                ", ".join(row.themes),
                row.quotes[0] if row.quotes else "",
                row.changed,
            )
    console.print(table)
