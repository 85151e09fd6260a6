"""Options that the commands of the ledger share, and how a ledger is opened for them."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

from dejure.cli.options import parse_day

if TYPE_CHECKING:
    from dejure.ledger import Ledger
    from dejure.ledger.entries import Interval

__all__ = [
    "actor_name",
    "clock_options",
    "clocks_of",
    "echo_json",
    "json_option",
    "ledger_option",
    "open_for",
    "parse_instant",
    "since_text",
]

_F = TypeVar("_F", bound=Callable[..., Any])


def ledger_option(function: _F) -> _F:
    """`--ledger`."""
    return click.option(
        "--ledger", "location", metavar="PATH|URL",
        help="The ledger: a file, or postgresql://...  [default: DEJURE_LEDGER, else the shipped history alone]",
    )(function)  # fmt: skip


def clock_options(function: _F) -> _F:
    """`--on`, `--known`, `--recorded`."""
    for option in (
        click.option("--recorded", metavar="INSTANT", callback=parse_instant,
                     help="As the ledger stood then (YYYY-MM-DDTHH:MM:SS, UTC).  [default: as it stands]"),
        click.option("--known", metavar="DATE", callback=parse_day,
                     help="From evidence that was public on this day.  [default: all of it]"),
        click.option("--on", metavar="DATE", callback=parse_day, help="As of this day.  [default: today]"),
    ):  # fmt: skip
        function = option(function)
    return function


def json_option(function: _F) -> _F:
    """`--json`."""
    return click.option("--json", "as_json", is_flag=True, help="JSON for machines.")(function)


def clocks_of(on: dt.date | None, known: dt.date | None, recorded: dt.datetime | None) -> dict[str, Any]:
    """The clocks as keywords of `Ledger`."""
    return {"on": on, "known": known, "recorded": recorded}


def open_for(location: str | None, *, create: bool = False) -> Ledger:
    """The ledger of the command line, of the settings, or the shipped history."""
    from dejure.cli.options import settings_for
    from dejure.ledger import open_ledger
    from dejure.reference.overlay import use_overlay

    settings = settings_for(None)
    use_overlay(settings.reference)
    return open_ledger(location, create=create, settings=settings)


def parse_instant(
    context: click.Context,  # noqa: ARG001  click's signature
    parameter: click.Parameter,
    value: str | None,
) -> dt.datetime | None:
    """An instant; one without a zone is taken as UTC, a day as its beginning."""
    if value is None:
        return None
    try:
        found = dt.datetime.fromisoformat(value)
    except ValueError as error:
        raise click.BadParameter(f"{value} is no instant; write YYYY-MM-DDTHH:MM:SS", param=parameter) from error
    return found if found.tzinfo else found.replace(tzinfo=dt.UTC)


def echo_json(value: Any) -> None:
    """A value as JSON for machines."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2, default=str))


def actor_name(id_: str | None) -> str:
    """The usual name with the id behind it."""
    from dejure.ledger.parties import name_of

    if id_ is None:
        return "nobody in particular"
    name = name_of(id_)
    return name if name == id_ else f"{name} ({id_})"


def since_text(interval: Interval | None) -> str:
    """A date for a table."""
    return interval.text() if interval else ""
