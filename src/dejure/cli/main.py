"""`dejure`: the group, its help, and the one place where errors become lines and exit codes."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib import import_module

import click

from dejure.errors import EXIT_CODES, DejureError
from dejure.version import __version__

__all__ = ["COMMANDS", "cli", "main"]

#: Every command: the module that holds it, and what `dejure --help` says of it. The function is named `command`.
COMMANDS: dict[str, tuple[str, str]] = {
    "read": ("dejure.cli.read", "Read reports into records."),
    "show": ("dejure.cli.show", "Print one report with its records marked in place."),
    "explain": ("dejure.cli.explain", "Tell why an act of recognition was coded as it was."),
    "demo": ("dejure.cli.demo", "Read the bundled reports."),
    "doctor": ("dejure.cli.doctor", "Tell what is installed, and whether it is whole."),
    "who": ("dejure.cli.who", "Show who recognises a polity."),
    "count": ("dejure.cli.count", "Count who recognises a polity, by stated rules."),
    "claim": ("dejure.cli.claim", "Show what one did towards a polity, down to the words."),
    "history": ("dejure.cli.history", "Show the acts towards a polity in the order of their days."),
    "report": ("dejure.cli.report", "Write who recognises a polity as one file for print."),
    "contradictions": ("dejure.cli.contradictions", "Show where sources contradict each other."),
    "ingest": ("dejure.cli.ingest", "Read reports and record their acts in a ledger."),
    "watch": ("dejure.cli.watch", "Watch feeds: record their acts, tell what changed."),
    "diff": ("dejure.cli.diff", "Show what changed in a ledger since an instant."),
    "ledger": ("dejure.cli.ledger", "Import, judge, verify, redact, back up, export a ledger."),
    "who-is": ("dejure.cli.who_is", "Show what a name may stand for on a day."),
    "resolve": ("dejure.cli.resolve", "Resolve the mentions of a file."),
    "code-dyads": ("dejure.cli.code_dyads", "Code sentences with a marked actor and recipient."),
    "train": ("dejure.cli.train", "Train a model on the corpus."),
    "wave": ("dejure.cli.wave", "Forecast how far recognition spreads; test such forecasts."),
    "board": ("dejure.cli.board", "Show how every state responds to an act."),
    "cite": ("dejure.cli.cite", "Print BibTeX of sources and methods."),
    "convert": ("dejure.cli.convert", "Convert events between the formats of the field."),
    "compare": ("dejure.cli.compare", "Tell how far two event data sets agree."),
    "corpus": ("dejure.cli.corpus", "Many reports: run, query, counts per dyad and period."),
    "serve": ("dejure.cli.serve", "Answer questions over HTTP."),
    "codebook": ("dejure.cli.codebook", "Print what each event type and mode covers."),
    "schema": ("dejure.cli.schema", "Print the JSON Schema of the output."),
    "completion": ("dejure.cli.completion", "Print the completion script of a shell."),
}

#: What each exit code means; `docs/exit-codes.md` says the same.
EXIT_MEANINGS: dict[int, str] = {
    0: "done",
    1: "an unforeseen failure",
    2: "wrong usage, or a setting that cannot be used",
    3: "the input cannot be read",
    4: "some of many inputs were rejected, the rest is done",
    5: "a model or reference table is missing or not the pinned one",
    6: "an optional part is not installed, or the browser that prints a PDF failed",
    7: "the ledger cannot be used",
    130: "interrupted",
    141: "the reader of the output went away",
}

_EPILOG = "\b\nExit codes:\n" + "\n".join(f"  {code:>3}  {meaning}" for code, meaning in EXIT_MEANINGS.items())


class _ReaderGone(Exception):
    """Whoever read our output has closed the pipe."""


class _Interrupted(Exception):
    """Somebody pressed Ctrl-C."""


class Commands(click.Group):
    """A group that imports a command's module when the command is asked for, not to list it."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  click's signature
        """Names, in the order of use."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """The command of this name."""
        if cmd_name not in COMMANDS:
            return None
        command = import_module(COMMANDS[cmd_name][0]).command
        assert isinstance(command, click.Command)
        return command

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; a closed pipe and Ctrl-C go past click, which would answer with its own codes and lines."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError as error:
            raise _ReaderGone from error
        except KeyboardInterrupt as error:
            raise _Interrupted from error

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """The list of commands, without loading one."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, told) for name, (_, told) in COMMANDS.items()])


@click.group(cls=Commands, epilog=_EPILOG, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="dejure")
def cli() -> None:
    """Reads news reports into sourced records of diplomatic recognition and events.

    Begin with `dejure demo`, then `dejure read FILE --published YYYY-MM-DD`.
    """


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line.

    Parameters
    ----------
    arguments : sequence of str, optional
        Else those of the process.

    Returns
    -------
    int
        The exit code.
    """
    try:
        result = cli.main(
            args=list(arguments) if arguments is not None else None, prog_name="dejure", standalone_mode=False
        )
        sys.stdout.flush()
    except click.exceptions.Exit as error:
        return error.exit_code
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except DejureError as error:
        click.echo(f"dejure: {error}", err=True)
        return EXIT_CODES.get(error.code, 1)
    except (click.Abort, KeyboardInterrupt, _Interrupted):
        click.echo("dejure: interrupted", err=True)
        return 130
    except (BrokenPipeError, _ReaderGone):
        return _reader_gone()
    except Exception as error:
        return _unforeseen(error)
    return result if isinstance(result, int) else 0


def _reader_gone() -> int:
    """As a program killed by SIGPIPE: quiet, and nothing left to flush into the closed pipe at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 141


def _unforeseen(error: Exception) -> int:
    if os.environ.get("DEJURE_DEBUG"):
        raise error
    click.echo(
        f"dejure: an unforeseen failure ({type(error).__name__}: {error}); "
        "set DEJURE_DEBUG=1 to see where, and please report it",
        err=True,
    )
    return 1
