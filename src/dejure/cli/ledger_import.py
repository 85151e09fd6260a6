"""`dejure ledger import`: a user's own table."""

from __future__ import annotations

from pathlib import Path

import click

from dejure.cli.ledger_options import ledger_option, open_for

__all__ = ["import_command"]

_SOME_REJECTED = 4


@click.command("import")
@click.argument("table", metavar="TABLE.csv")
@click.option("--map", "map_file", required=True, metavar="MAP.toml", help="Which column is what; see docs/ledger.md.")
@click.option("--dry-run", is_flag=True, help="Check every row and write nothing.")
@click.option("--partial", is_flag=True, help="Take the good rows though others are refused.")
@ledger_option
def import_command(table: str, map_file: str, dry_run: bool, partial: bool, location: str | None) -> int:
    """Take the rows of TABLE.csv. A bad row is told with its line; unless --partial is given, nothing is taken then."""
    from dejure.errors import EXIT_CODES
    from dejure.ledger.entries import Entry
    from dejure.ledger.table_import import read_user_table

    found = read_user_table(Path(table), Path(map_file))
    for one in found.errors:
        click.echo(f"dejure: {table}, line {one.line}: {one.error}", err=True)
    good = sum(isinstance(item, Entry) for item in found.items)
    click.echo(f"{found.rows} rows: {good} good, {len(found.errors)} refused", err=True)
    if found.errors and not partial:
        if not dry_run:
            click.echo("dejure: nothing was written; mend the rows, or take the good ones with --partial", err=True)
        return EXIT_CODES[found.errors[0].error.code] if not good else _SOME_REJECTED
    if not dry_run:
        with open_for(location, create=True) as ledger:
            click.echo(f"{ledger.append(found.items)} new items in the ledger", err=True)
    return _SOME_REJECTED if found.errors else 0
