"""`dejure board`: how every state responds to an act."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dejure.cli.ledger_options import echo_json, ledger_option, open_for
from dejure.cli.options import parse_day

if TYPE_CHECKING:
    from dejure.analysis.board import Board

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
@click.option(
    "--corpus", "folder", type=click.Path(path_type=Path), metavar="DIR",
    help="A corpus that `dejure corpus run` made; its reports of the window count.",
)  # fmt: skip
@ledger_option
@click.option("--window-days", default=30, show_default=True, help="Days after the act.")
@click.option(
    "--on", metavar="DATE", callback=parse_day, help="As known on this day, with changes since the day before."
)
@click.option("--stories-any", default=3, show_default=True, help="Stories that make a state's silence observed.")
@click.option("--stories-touching", default=1, show_default=True, help="How many of them must touch the act.")
@click.option(
    "--format", "output_format", type=click.Choice(["table", "csv", "json"]), default="table", show_default=True,
    help="A table for people, CSV, or JSON for machines.",
)  # fmt: skip
def command(
    entry: str,
    reports: tuple[Path, ...],
    folder: Path | None,
    location: str | None,
    window_days: int,
    on: dt.date | None,
    stories_any: int,
    stories_touching: int,
    output_format: str,
) -> int:
    """The response board of ENTRY.

    ENTRY is the id of an act in the shipped history or in the ledger, or POLITY@DATE. A ledger adds its acts; what
    states said, and whether they kept silent, is read from reports or a corpus alone.
    """
    from dejure.analysis.ask_board import anchor_of, ask_board, board_to_dict
    from dejure.analysis.board import BoardSettings
    from dejure.corpus.store import Corpus

    with open_for(location) as ledger:
        given = None
        if reports:
            from dejure.analysis.records_in import board_input
            from dejure.analysis.states import state_system
            from dejure.cli.codings import codings_of

            given = board_input(codings_of(reports), anchor_of(entry, ledger)[0], state_system())
        board = ask_board(
            entry,
            window_days=window_days,
            on=on,
            given=given,
            ledger=ledger,
            corpus=Corpus(folder) if folder else None,
            settings=BoardSettings(stories_any=stories_any, stories_touching=stories_touching),
        )
    if output_format == "json":
        echo_json(board_to_dict(board))
        return 0
    if output_format == "csv":
        click.echo(board.to_csv(), nl=False)
    else:
        _print(board)
    return 0


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
