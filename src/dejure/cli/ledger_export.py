"""`dejure ledger export` and `dejure ledger panel`."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from dejure.cli.ledger_options import ledger_option, open_for, parse_instant
from dejure.cli.options import parse_day

__all__ = ["export_command", "panel_command"]

_FORMS = {".csv": "csv", ".json": "json", ".parquet": "parquet", ".jsonld": "jsonld"}


@click.command("export")
@click.argument("file")
@click.option(
    "--format", "form", type=click.Choice(sorted(set(_FORMS.values()))), help="[default: by the suffix of FILE]"
)
@click.option("--history/--no-history", default=False, help="The shipped history as well.  [default: no]")
@ledger_option
def export_command(file: str, form: str | None, history: bool, location: str | None) -> int:
    """Write all entries to FILE, superseded ones marked: CSV, JSON, Parquet, or JSON-LD with PROV."""
    from dejure.ledger.export import export_entries, write_export

    chosen = form or _FORMS.get(Path(file).suffix.lower())
    if chosen is None:
        raise click.UsageError("name the format: --format csv, json, parquet or jsonld")
    with open_for(location) as ledger:
        entries = export_entries(ledger.store, with_history=history or ledger.store is None)
        count = write_export(Path(file), entries, chosen)
    click.echo(f"{count} entries written to {file}", err=True)
    return 0


@click.command("panel")
@click.argument("polities", nargs=-1, required=True, metavar="POLITY...")
@click.option(
    "--unit", type=click.Choice(["state-polity-year"]), default="state-polity-year", show_default=True,
    help="What a row stands for.",
)  # fmt: skip
@click.option("--from", "first", type=click.IntRange(1816, 2200), help="First year.  [default: that of the first act]")
@click.option("--to", "last", type=click.IntRange(1816, 2200), help="Last year.  [default: the last full one]")
@click.option("--known", metavar="DATE", callback=parse_day, help="From evidence that was public on this day.")
@click.option("--recorded", metavar="INSTANT", callback=parse_instant, help="As the ledger stood then.")
@click.option("--output", metavar="FILE", help="CSV, or Parquet by its suffix.  [default: CSV on standard output]")
@ledger_option
def panel_command(
    polities: tuple[str, ...], unit: str, first: int | None, last: int | None, known: dt.date | None,  # noqa: ARG001
    recorded: dt.datetime | None, output: str | None, location: str | None,
) -> int:  # fmt: skip
    """Write where each state stood towards POLITY on 31 December of each year, with ISO, COW and Gleditsch-Ward codes.

    `recognised` is 1, 0 or empty where the standing is unknown or only possible; a spell is a run of years with one
    standing.
    """
    from dejure.ledger.export import csv_text, write_table
    from dejure.ledger.panel import PANEL_COLUMNS, panel

    with open_for(location) as ledger:
        last = last or dt.date.today().year - 1
        start = first or _first_year(ledger, polities)
        rows = panel(ledger, polities, start, last, known=known, recorded=recorded)
        if output is None:
            click.echo(csv_text(rows, PANEL_COLUMNS), nl=False)
        else:
            click.echo(f"{write_table(Path(output), rows, PANEL_COLUMNS)} rows written to {output}", err=True)
    return 0


def _first_year(ledger: object, polities: tuple[str, ...]) -> int:
    from dejure.ledger import Ledger

    assert isinstance(ledger, Ledger)
    starts = [
        act.date.earliest.year for name in polities for act in ledger.acts(name) if act.date and act.date.earliest
    ]
    return max(1816, min(starts, default=dt.date.today().year - 1))
