"""`dejure compare`: how far two event data sets agree."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from dejure.cli.options import parse_day

if TYPE_CHECKING:
    from dejure.analysis.comparison import Alpha, Comparison, TypeScore
    from dejure.corpus.rows import Row
    from dejure.records import Reject

__all__ = ["command"]

_FORMATS = click.Choice(["dejure", "plover", "polecat", "icews", "gdelt", "csv"])


@click.command("compare")
@click.argument("a")
@click.argument("b")
@click.option("--format-a", type=_FORMATS, help="Format of A if it is a file.  [default: by its first line]")
@click.option("--format-b", type=_FORMATS, help="The same of B.")
@click.option("--tolerance", type=click.IntRange(0, 31), default=1, show_default=True,
              help="Most days between two events that are matched.")  # fmt: skip
@click.option("--since", metavar="DATE", callback=parse_day, help="Compare from this day on.")
@click.option("--until", metavar="DATE", callback=parse_day, help="Compare up to this day.")
@click.option("--with-auxiliary", is_flag=True, help="Take historical, future, hypothetical and negated events, too.")
@click.option("--draws", type=click.IntRange(1), default=1000, show_default=True, help="Draws of the bootstrap.")
@click.option("--seed", type=click.IntRange(0), default=1, show_default=True, help="Seed of the bootstrap.")
@click.option("--days", "days_shown", type=click.IntRange(0), default=10, show_default=True,
              help="Days that differ to print in the table.")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="JSON for machines, with all days.")
def command(
    a: str, b: str, format_a: str | None, format_b: str | None, tolerance: int, since: dt.date | None,
    until: dt.date | None, with_auxiliary: bool, draws: int, seed: int, days_shown: int, as_json: bool,
) -> int:  # fmt: skip
    """Compare the event data sets A and B.

    A and B are corpus folders, Parquet files, or files in a format that dejure convert reads. Events are matched one to
    one by parties, type and day. Precision is the share of A's events that B has, recall the share of B's that A has.
    Krippendorff's alpha is over events matched without their type; one that a set lacks has the value none there.
    """
    from dejure.analysis.comparison import compare_events

    rejects: list[Reject] = []
    found = compare_events(
        _rows(a, format_a, rejects), _rows(b, format_b, rejects), tolerance_days=tolerance,
        with_auxiliary=with_auxiliary, first=since, last=until, draws=draws, seed=seed,
    )  # fmt: skip
    if as_json:
        import json

        click.echo(json.dumps({"a": a, "b": b, **found.to_dict()}, indent=1, ensure_ascii=False))
    else:
        _print(found, a, b, days_shown)
    if rejects:
        click.echo(f"dejure: {len(rejects):,} rows are no events and were left out", err=True)
    return 4 if rejects else 0


def _rows(path: str, which: str | None, rejects: list[Reject]) -> Iterator[Row]:
    from dejure.exchange.any_events import read_any_events
    from dejure.records import Reject

    for one in read_any_events(path, which):
        if isinstance(one, Reject):
            rejects.append(one)
        else:
            yield one


def _print(found: Comparison, a: str, b: str, days_shown: int) -> None:
    from dejure.cli.terminal import make_console, safe

    console = make_console()
    span = f", {found.first} to {found.last}" if found.first else ""
    console.print(safe(f"A {a}: {found.events_a:,} events; B {b}: {found.events_b:,} events{span}"))
    for name, reasons in found.left_out.items():
        if reasons:
            told = ", ".join(f"{count:,} {reason.replace('_', ' ')}" for reason, count in reasons.items())
            console.print(f"left out of {name.upper()}: {told}")
    console.print(_table(("type", "in A", "in B", "matched", "precision", "recall", "F1"),
                         [_cells(one) for one in (*found.types, found.all_types)]))  # fmt: skip
    console.print(f"alpha of the type, all units: {_alpha(found.alpha)}")
    console.print(f"alpha of the type, where both have the event: {_alpha(found.alpha_of_aligned)}")
    if found.days and days_shown:
        console.print(f"{len(found.days):,} days differ; those that differ most:")
        rows = [(one.day, one.only_a, one.only_b, one.matched) for one in found.days[:days_shown]]
        console.print(_table(("day", "only A", "only B", "matched"), rows))


def _table(names: tuple[str, ...], rows: list[tuple[Any, ...]]) -> Any:
    from rich.table import Table

    table = Table()
    for number, name in enumerate(names):
        table.add_column(name, justify="right" if number else "left")
    for row in rows:
        table.add_row(*(str(cell) for cell in row))
    return table


def _cells(one: TypeScore) -> tuple[Any, ...]:
    return (one.event_type, one.in_a, one.in_b, one.matched, *(_number(x) for x in (one.precision, one.recall, one.f1)))


def _number(value: float | None) -> str:
    return "-" if value is None else f"{value:.2f}"


def _alpha(alpha: Alpha) -> str:
    if alpha.value is None:
        return f"not defined ({alpha.units:,} units)"
    return f"{alpha.value:.2f} ({_number(alpha.low)} to {_number(alpha.high)}; {alpha.units:,} units)"
