"""`dejure ledger verify`, `redact`, `backup`, `restore`."""

from __future__ import annotations

import json
from pathlib import Path

import click

from dejure.cli.ledger_options import echo_json, json_option, ledger_option, open_for

__all__ = ["backup_command", "redact_command", "restore_command", "verify_command"]

_DAMAGED = 7


@click.command("verify")
@click.option("--against", metavar="CHECKPOINT", help="A checkpoint that was written before: shows a lost tail.")
@click.option(
    "--checkpoint", "checkpoint_file", metavar="FILE", help="Write head and count there, to be kept elsewhere."
)
@ledger_option
@json_option
def verify_command(against: str | None, checkpoint_file: str | None, location: str | None, as_json: bool) -> int:
    """Check chain, ids and evidence of the whole ledger."""
    from dejure.ledger.integrity import read_checkpoint, verify

    noted = read_checkpoint(Path(against)) if against else None
    with open_for(location) as ledger:
        found = verify(ledger.required_store(), noted)
    if checkpoint_file and found.is_whole:
        text = json.dumps({"count": found.count, "head": found.head}) + "\n"
        Path(checkpoint_file).write_text(text, encoding="utf-8")
    if as_json:
        echo_json({**found.to_dict(), "is_whole": found.is_whole})
    else:
        for problem in found.problems:
            click.echo(f"dejure: {problem}", err=True)
        redacted = f", {found.redacted} redacted" if found.redacted else ""
        click.echo(
            f"{found.count} rows{redacted}, head {found.head[:16]}: {'whole' if found.is_whole else 'NOT whole'}"
        )
    return 0 if found.is_whole else _DAMAGED


@click.command("redact")
@click.argument("entries", nargs=-1, metavar="[ENTRY]...")
@click.option("--report", "reports", multiple=True, metavar="ID", help="All entries of this report, and its kept text.")
@click.option("--person", required=True, envvar="DEJURE_PERSON", help="Who decides; or DEJURE_PERSON.")
@click.option("--reason", required=True, help="Why.")
@ledger_option
def redact_command(
    entries: tuple[str, ...], reports: tuple[str, ...], person: str, reason: str, location: str | None
) -> int:
    """Take the words of ENTRY away. The entry stays with a tombstone, and the ledger still verifies."""
    from dejure.ledger.redaction import redact

    with open_for(location) as ledger:
        found = redact(ledger.required_store(), entries, reports, person=person, reason=reason)
    click.echo(f"{len(found.evidence)} texts taken away; recorded as {found.id}")
    return 0


@click.command("backup")
@click.argument("file")
@ledger_option
def backup_command(file: str, location: str | None) -> int:
    """Write the whole ledger to FILE (JSON lines, gzip), from either engine and for either."""
    from dejure.ledger.backup import backup

    with open_for(location) as ledger:
        found = backup(ledger.required_store(), Path(file))
    click.echo(f"{found.count} rows, head {found.head[:16]}")
    return 0


@click.command("restore")
@click.argument("file")
@ledger_option
def restore_command(file: str, location: str | None) -> int:
    """Read FILE into the new ledger that --ledger names, and verify it."""
    from dejure.cli.options import settings_for
    from dejure.ledger.backup import restore

    target = location or settings_for(None).ledger
    if not target:
        raise click.UsageError("name the new ledger by --ledger")
    found = restore(Path(file), target)
    click.echo(f"{found.count} rows, head {found.head[:16]}: whole")
    return 0
