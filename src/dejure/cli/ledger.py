"""`dejure ledger`: the group of commands that keep a ledger."""

from __future__ import annotations

from importlib import import_module

import click

__all__ = ["COMMANDS", "command"]

#: Every command of the group: module, function in it, and what the help says of it.
COMMANDS: dict[str, tuple[str, str, str]] = {
    "import": ("dejure.cli.ledger_import", "import_command", "Take a table of your own, by a map of its columns."),
    "review": ("dejure.cli.ledger_judge", "review_command", "List what nobody has judged, the riskiest first."),
    "judge": ("dejure.cli.ledger_judge", "judge_command", "Confirm, reject, merge, split or redate an act."),
    "verify": ("dejure.cli.ledger_care", "verify_command", "Check that the ledger is whole."),
    "redact": ("dejure.cli.ledger_care", "redact_command", "Take words away; entries and chain stay."),
    "backup": ("dejure.cli.ledger_care", "backup_command", "Write the ledger to one file."),
    "restore": ("dejure.cli.ledger_care", "restore_command", "Read a backup into a new ledger."),
    "export": ("dejure.cli.ledger_export", "export_command", "Write the entries as CSV, JSON, Parquet or JSON-LD."),
    "panel": ("dejure.cli.ledger_export", "panel_command", "Write standings by state, polity and year."),
}


class _Commands(click.Group):
    """Imports a command's module when the command is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  click's signature
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        module, function, _ = COMMANDS[cmd_name]
        found = getattr(import_module(module), function)
        assert isinstance(found, click.Command)
        return found

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section("Commands"):
            formatter.write_dl([(name, told) for name, (_, _, told) in COMMANDS.items()])


@click.group("ledger", cls=_Commands)
def command() -> None:
    """Keep a ledger: import, judge, verify, redact, back up, export.

    It is named by --ledger or by DEJURE_LEDGER: a file, or the address of a PostgreSQL database.
    """
