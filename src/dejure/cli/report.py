"""`dejure report`: who recognises a polity, as one file to read, print and send on."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from dejure.cli.ledger_options import clock_options, clocks_of, ledger_option, open_for

__all__ = ["command"]

_SUFFIXES = (".html", ".htm", ".pdf")


@click.command("report")
@click.argument("polity")
@clock_options
@click.option("--preset", metavar="NAME", help="Named rules of the count: declared, un, strict, broad, relations.")
@click.option("--capacity", type=click.Choice(["state", "government"]), help="As what.  [default: its own]")
@ledger_option
@click.option(
    "--output", "-o", "outputs", multiple=True, required=True, metavar="FILE.html|FILE.pdf",
    type=click.Path(path_type=Path, dir_okay=False, allow_dash=True),
    help="Where it goes, by its suffix; - is HTML on standard output. May be repeated.",
)  # fmt: skip
@click.option("--browser", metavar="PROGRAM", help="What prints the PDF.  [default: an installed Chromium or Chrome]")
def command(
    polity: str, on: dt.date | None, known: dt.date | None, recorded: dt.datetime | None, preset: str | None,
    capacity: str | None, location: str | None, outputs: tuple[Path, ...], browser: str | None,
) -> int:  # fmt: skip
    """Write who recognises POLITY as one file: summary, maps, timeline, tables, quotes, sources, method, citation.

    The file needs no network and holds no script. It needs the extra [analysis]; a PDF also an installed Chromium.
    """
    for path in outputs:
        if str(path) != "-" and path.suffix.lower() not in _SUFFIXES:
            raise click.BadParameter(f"{path} is neither .html nor .pdf", param_hint="--output")
    from dejure.handout import make_handout, report_page
    from dejure.ledger.rules import CountRules

    if any(path.suffix.lower() == ".pdf" for path in outputs):
        from dejure.handout.pdf import find_browser

        find_browser(browser)  # before the work, not after it
    rules = CountRules.preset(preset) if preset else CountRules()
    with open_for(location) as ledger:
        found = make_handout(
            ledger, polity, rules, **clocks_of(on, known, recorded), capacity=capacity  # type: ignore[arg-type]
        )  # fmt: skip
    page = report_page(found)
    for path in outputs:
        _write(page, path, found.clock.on, browser)
    return 0


def _write(page: str, path: Path, day: dt.date, browser: str | None) -> None:
    if str(path) == "-":
        click.echo(page, nl=False)
        return
    try:
        if path.suffix.lower() == ".pdf":
            from dejure.handout import write_pdf

            write_pdf(page, path, dated=day, browser=browser)
        else:
            path.write_text(page, encoding="utf-8", newline="\n")
    except OSError as error:
        raise click.BadParameter(f"{path} cannot be written: {error.strerror}", param_hint="--output") from error
