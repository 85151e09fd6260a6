"""Codings as tables for people, a report after the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Group
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from dejure.cli.lines import LISTS, Line, lines_of
from dejure.cli.terminal import safe
from dejure.records import Coding, Report

if TYPE_CHECKING:
    from rich.console import Console

__all__ = ["heading", "print_coding"]

# Widths in columns: `establish-relations` is the longest act, `2025-07-03..` the longest usual date.
_WHAT_WIDTH = 20
_WHEN_WIDTH = 12
_SURE_WIDTH = 4
_INDENT = 2
_GAP = 2


def print_coding(console: Console, report: Report, coding: Coding) -> None:
    """Print one report's records, grouped by list, each with the words that support it."""
    console.print(heading(report, coding))
    lines = lines_of(coding)
    for name, (title, _, colour) in LISTS.items():
        of_list = [line for line in lines if line.list_name == name]
        if of_list:
            console.print(Text(title, style=f"bold {colour}"))
            console.print(Group(*map(_record, of_list)))
    if not lines:
        console.print(Text("  no record", style="italic"))
    for warning in coding.warnings:
        console.print(Text(f"  warning: {safe(warning)}", style="magenta"))
    console.print()


def heading(report: Report, coding: Coding) -> Text:
    """Title in bold; below it day, publisher, language and source."""
    title = report.title.strip() or f"{report.body.strip()[:70]}…"
    day = coding.report.published.isoformat() if coding.report.published else "no date"
    facts = [day, report.publisher, report.source or coding.report.id]
    text = Text(safe(title.replace("\n", " ")), style="bold")
    text.append(f"\n{safe(' · '.join(fact for fact in facts if fact))}", style="not bold dim")
    return text


def _record(line: Line) -> Group:
    """One row with the facts; below it, indented, the notes and the words that support it."""
    row = Table.grid(expand=True, padding=(0, 2, 0, 0))
    row.add_column("what", width=_WHAT_WIDTH)
    row.add_column("who", ratio=1)
    row.add_column("when", width=_WHEN_WIDTH, overflow="fold")
    row.add_column("sure", width=_SURE_WIDTH, justify="right")
    row.add_row(
        Text(safe(line.what), style=line.style),
        Text(safe(line.who), style=line.style and "bold"),
        Text(safe(line.when)),
        Text("" if line.sure is None else f"{line.sure:.2f}".removeprefix("0")),
    )
    below = Text(f"“{safe(' '.join(line.evidence.quote.split()))}”", style="italic")
    if line.notes:
        below = Text("\n").join([Text(safe(" · ".join(line.notes)), style="magenta"), below])
    return Group(Padding(row, (0, 0, 0, _INDENT)), Padding(below, (0, 0, 0, _INDENT + _WHAT_WIDTH + _GAP)))
