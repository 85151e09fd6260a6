"""`dejure watch`: feeds into a ledger, and what changed to people and machines."""

from __future__ import annotations

import datetime as dt
import json
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dejure.cli.ledger_options import ledger_option, open_for
from dejure.cli.options import model_option, settings_for

if TYPE_CHECKING:
    from rich.console import Console
    from rich.status import Status

    from dejure.watch import PassReport

__all__ = ["command"]

_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
_LEAST_SECONDS = 1.0
_SOME_FAILED, _ALL_FAILED = 4, 3


def _parse_duration(
    context: click.Context,  # noqa: ARG001  click's signature
    parameter: click.Parameter,
    value: str,
) -> float:
    """Seconds of `90s`, `15m`, `2h`, `1d`."""
    found = re.fullmatch(r"(\d{1,6}(?:\.\d{1,3})?)\s*([smhd])", value.strip().lower())
    seconds = float(found.group(1)) * _UNITS[found.group(2)] if found else 0.0
    if seconds < _LEAST_SECONDS:
        raise click.BadParameter(f"{value} is no such time; write 90s, 15m, 2h or 1d", param=parameter)
    return seconds


@click.command("watch")
@click.argument("feeds", metavar="FEED...", nargs=-1, required=True)
@click.option("--once", is_flag=True, help="One pass, as for cron; else pass after pass.")
@click.option("--every", default="15m", show_default=True, callback=_parse_duration, metavar="TIME",
              help="From the begin of a pass to that of the next: 90s, 15m, 2h, 1d.")  # fmt: skip
@click.option("--out", metavar="DIR", default="dejure-watch", show_default=True, type=click.Path(path_type=Path),
              help="Folder of the state, the digests and the feed of changes.")  # fmt: skip
@click.option("--confidence", type=click.FloatRange(0, 1), default=0.8, show_default=True,
              help="Least confidence of a change that is told.")  # fmt: skip
@click.option("--stories", type=click.IntRange(1), default=2, show_default=True,
              help="Least number of independent stories of a change that is told.")  # fmt: skip
@click.option("--pages", is_flag=True, help="Read the page that an entry links to, in place of the entry's own text.")
@click.option("--webhook", metavar="URL", envvar="DEJURE_WEBHOOK", default="",
              help="Post each change there as JSON; signed if DEJURE_WEBHOOK_SECRET is set.")  # fmt: skip
@click.option("--keep-text", is_flag=True, help="Keep the full text of the reports, too; it is never exported.")
@click.option("--json", "as_json", is_flag=True, help="A line of JSON for each pass.")
@model_option
@ledger_option
def command(
    feeds: tuple[str, ...], once: bool, every: float, out: Path, confidence: float, stories: int, pages: bool,
    webhook: str, keep_text: bool, as_json: bool, model: str | None, location: str | None,
) -> int:  # fmt: skip
    """Read feeds, record their acts of recognition in a ledger, tell which standings changed.

    FEED is the address of an RSS or Atom feed (http, https), or a path as in `dejure read`. Changes above the
    thresholds go to a digest of the day, to an Atom feed and to the webhook; the others wait in `dejure ledger review`.
    A killed watch goes on where it was.
    """
    import os

    from dejure.watch import Rules, Watcher, WatchSettings

    settings = settings_for(model)
    if not location and not settings.ledger:
        raise click.UsageError("name the ledger to write to: --ledger PATH, or set DEJURE_LEDGER")
    watch = WatchSettings(
        out=out, rules=Rules(confidence=confidence, stories=stories), pages=pages, keep_text=keep_text,
        webhook=webhook, secret=os.environ.get("DEJURE_WEBHOOK_SECRET", ""),
    )  # fmt: skip
    with open_for(location, create=True) as ledger, _progress() as line:
        watcher = Watcher(feeds, ledger, watch, settings=settings, advance=line.advance)
        with watcher.held():
            if not once:
                watcher.run(every, lambda done: line.told(done, every, as_json=as_json))
                return 0
            done = watcher.run_pass(last=True)
    _show(done, as_json=as_json)
    if len(done.failures) == len(set(feeds)) and not done.items:
        return _ALL_FAILED
    return _SOME_FAILED if done.failures or done.rejects else 0


class _Line:
    """The line on a terminal that tells what goes on; nothing where there is none."""

    def __init__(self, status: Status | None) -> None:
        self._status = status

    def advance(self, feed: str, items: int) -> None:
        """After each batch."""
        self._update(f"{items} new items, reading {feed}")

    def told(self, done: PassReport, every: float, *, as_json: bool) -> None:
        """After each pass."""
        if self._status is not None:
            self._status.stop()  # the line must not stand in what is printed
        _show(done, as_json=as_json)
        following = dt.datetime.now() + dt.timedelta(seconds=every)
        self._update(f"waiting; the next pass begins at about {following:%H:%M:%S}")
        if self._status is not None:
            self._status.start()

    def _update(self, told: str) -> None:
        if self._status is not None:
            from dejure.cli.terminal import safe

            self._status.update(safe(told).replace("\n", " "))


@contextmanager
def _progress() -> Iterator[_Line]:
    if not sys.stderr.isatty():
        yield _Line(None)
        return
    from dejure.cli.terminal import make_console

    with make_console(stderr=True).status("fetching") as status:
        yield _Line(status)


def _show(done: PassReport, *, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(done.to_dict(), ensure_ascii=False))
        return
    from dejure.cli.terminal import make_console

    _print(make_console(), done)


def _changes(count: int) -> str:
    return "1 change" if count == 1 else f"{count} changes"


def _print(console: Console, done: PassReport) -> None:
    from rich.text import Text

    from dejure.cli.terminal import safe
    from dejure.watch.outputs import change_text

    head = f"{done.at:%Y-%m-%d %H:%M} · {done.items} new items, {done.acts} acts, {_changes(len(done.news))} told"
    rest = {"held for review": done.held, "pages awaited": done.waiting, "posted": done.posted, "to post": done.outbox}
    console.print(Text(", ".join([head, *(f"{count} {name}" for name, count in rest.items() if count)])))
    for one in done.news:
        told = change_text(one.recogniser_name, one.recognised_name, one.before, one.after)
        console.print(Text(f"  {safe(told)}", style="bold"))
        for words in one.words:
            source = ", ".join(str(part) for part in (words.publisher, words.published) if part)
            console.print(Text(safe(f"    “{words.quote}” {source}").replace("\n", " "), style="italic"))
    for name, failure in done.failures.items():
        console.print(Text(safe(f"  not read: {name}: {failure}").replace("\n", " "), style="yellow"))
    for one_reject in done.rejects:
        console.print(Text(safe(f"  rejected: {one_reject.source}: {one_reject.what}").replace("\n", " "), style="dim"))
    for note in done.notes:
        console.print(Text(safe(f"  {note}").replace("\n", " "), style="dim"))
