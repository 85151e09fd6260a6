"""`dejure show`: the article, with its records marked in place."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

from dejure.cli.options import input_format_option, model_option, published_option, reference_option, settings_for

if TYPE_CHECKING:
    from rich.text import Text

    from dejure.cli.lines import Line
    from dejure.records import Coding, Report
    from dejure.settings import Settings
    from dejure.sources import InputFormat

__all__ = ["command", "marked"]

_LISTS = ["recognition", "statements", "silences", "background", "events"]


@click.command("show")
@click.argument("path", metavar="REPORT")
@input_format_option
@published_option
@model_option
@reference_option
@click.option(
    "--list", "lists", type=click.Choice(_LISTS), multiple=True, help="Mark these records only; may be repeated."
)
def command(
    path: str,
    input_format: InputFormat | None,
    published: dt.date | None,
    model: str | None,
    reference: str | None,
    lists: tuple[str, ...],
) -> None:
    """Print one report with its records marked in place, and a legend below.

    REPORT is a file or - for standard input; of several reports in it the first is shown.
    """
    from rich.text import Text

    from dejure.cli.lines import lines_of
    from dejure.cli.tables import heading
    from dejure.cli.terminal import make_console

    settings = settings_for(model, reference)
    report, coding = _first(path, input_format, published, settings)
    console = make_console()
    lines = lines_of(coding, lists or _LISTS)
    is_plain = console.color_system is None
    head = heading(report, coding)
    if report.title.strip():
        facts = head.split("\n")[1]
        head = Text("\n").join([marked(report.title, "title", lines, is_plain=is_plain, base="bold"), facts])
    console.print(head)
    console.print()
    console.print(marked(report.body.strip("\n"), "body", _shifted(lines, report.body), is_plain=is_plain))
    console.print()
    console.print(_legend(lines))


def marked(text: str, part: str, lines: Iterable[Line], *, is_plain: bool, base: str = "") -> Text:
    """One part of a report with the evidence of its records coloured and named.

    Parameters
    ----------
    text : str
        The part as it is in the report.
    part : {"title", "body"}
        Which part it is.
    lines : iterable of Line
        Records; those of the other part are left out. Spans may nest and overlap.
    is_plain : bool
        Whether there are no colours: then a bracket shows where a span begins, too.
    base : str
        Style of the whole.

    Returns
    -------
    rich.text.Text
    """
    from rich.text import Text

    from dejure.cli.lines import LISTS
    from dejure.cli.terminal import safe

    here = [line for line in lines if line.evidence.part == part]
    edges = sorted({0, len(text), *(e for line in here for e in (line.evidence.start, line.evidence.end))})
    clean = safe(text)
    drawn = Text(style=base)
    for start, end in zip(edges, [*edges[1:], len(text)], strict=True):
        # What ends here is named before what begins here is opened; the inner span closes first.
        for line in sorted((x for x in here if x.evidence.end == start), key=lambda x: -x.evidence.start):
            drawn.append(f"]{line.mark}" if is_plain else f" {line.mark}", style=f"bold {LISTS[line.list_name][2]}")
        opening = [line for line in here if line.evidence.start == start]
        if is_plain:
            drawn.append("[" * len(opening))
        drawn.append(clean[start:end], style=_style([x for x in here if x.evidence.start <= start < x.evidence.end]))
    return drawn


def _style(active: list[Line]) -> str:
    """Colour of the list that matters most, underlined; bold where several records share the words."""
    from dejure.cli.lines import LISTS

    if not active:
        return ""
    first = min(active, key=lambda line: list(LISTS).index(line.list_name))
    return f"underline {LISTS[first.list_name][2]}{' bold' if len(active) > 1 else ''}"


def _shifted(lines: list[Line], body: str) -> list[Line]:
    """The records of the body as they stand once the blank lines before it are gone."""
    from dataclasses import replace

    gone = len(body) - len(body.lstrip("\n"))
    if not gone:
        return lines
    return [
        replace(line, evidence=replace(line.evidence, start=line.evidence.start - gone, end=line.evidence.end - gone))
        for line in lines
        if line.evidence.part == "body" and line.evidence.start >= gone
    ]


def _legend(lines: list[Line]) -> Text:
    from rich.text import Text

    from dejure.cli.lines import LISTS
    from dejure.cli.terminal import safe

    drawn = Text()
    for line in lines:
        facts = [line.when, "" if line.sure is None else f"{line.sure:.2f}".removeprefix("0"), *line.notes]
        drawn.append(f"{line.mark:<4}", style=f"bold {LISTS[line.list_name][2]}")
        drawn.append(f"{safe(line.what)}  ", style=line.style)
        drawn.append(safe(line.who))
        drawn.append(f"  {safe(' · '.join(fact for fact in facts if fact))}\n", style="dim")
    if not lines:
        drawn.append("no record", style="italic")
    return drawn


def _first(
    path: str, input_format: InputFormat | None, published: dt.date | None, settings: Settings
) -> tuple[Report, Coding]:
    """The first report of the input with its coding; the error where it cannot be read."""
    from dejure.errors import InputError
    from dejure.reader import code_each
    from dejure.records import Reject
    from dejure.sources import open_reports

    reports = open_reports([path], input_format=input_format, published=published, settings=settings)
    for report, coded in code_each(reports, settings):
        if isinstance(coded, Reject):
            raise InputError(coded.what, value=coded.value, cure=coded.cure)
        if report is not None:
            return report, coded
    raise InputError("there is no report in it", value=path)
