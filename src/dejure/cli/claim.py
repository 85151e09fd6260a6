"""`dejure claim` and `dejure history`: the acts of a pair or polity, down to the words."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import click

from dejure.cli.ledger_options import (
    actor_name,
    clock_options,
    clocks_of,
    echo_json,
    json_option,
    ledger_option,
    open_for,
    since_text,
)

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

    from dejure.ledger import ActRecord, Entry, Ledger

__all__ = ["command", "print_entry"]

# How much of a kept text is shown on each side of the words.
_AROUND = 200


@click.command("claim")
@click.argument("recogniser")
@click.argument("polity")
@click.option("--act", metavar="ACT", help="Only this act: recognise, withdraw, refuse, ...")
@clock_options
@ledger_option
@json_option
def command(
    recogniser: str, polity: str, act: str | None, on: dt.date | None, known: dt.date | None,
    recorded: dt.datetime | None, location: str | None, as_json: bool,
) -> int:  # fmt: skip
    """Show what RECOGNISER did towards POLITY: each act, its sources, and the words that support it."""
    from dejure.cli.terminal import make_console

    with open_for(location) as ledger:
        acts = ledger.acts(polity, recogniser, act=act, **clocks_of(on, known, recorded))
        if as_json:
            from dejure.ledger.answers import acts_in_full

            echo_json(acts_in_full(acts))
            return 0
        console = make_console()
        if not acts:
            console.print("No act of this pair is held.")
        for one in acts:
            _print_act(console, one, ledger)
    return 0


def _print_act(console: Console, act: ActRecord, ledger: Ledger) -> None:
    from rich.text import Text

    from dejure.cli.terminal import safe

    done = f"{act.act} ({act.manner})" if act.manner else act.act
    head = f"{actor_name(act.recogniser)} · {done} · {act.recognised} ({act.capacity})"
    console.print(
        Text.assemble((safe(head), "bold green" if act.asserted else "bold"), f"  {since_text(act.date) or 'undated'}")
    )
    stories, entries = act.stories, len(act.entries)
    notes = [f"{stories} independent {'story' if stories == 1 else 'stories'}"]
    notes += [f"{entries} {'entry' if entries == 1 else 'entries'}"]
    if not act.asserted:
        notes.append(
            f"claimed by {', '.join(map(actor_name, act.claimed_by)) or 'an unnamed source'}, not by its author"
        )
    if act.disputed_by:
        notes.append(f"disputed by {', '.join(map(actor_name, act.disputed_by))}")
    if not act.agrees:
        notes.append("the sources name days that exclude each other")
    if act.verdict:
        notes.append(f"judged: {act.verdict}")
    if act.grades:
        notes.append(f"grade {', '.join(act.grades)}")
    console.print(Text(f"  {' · '.join(notes)}", style="magenta"))
    for entry in act.entries:
        print_entry(console, entry, ledger)
    console.print()


def print_entry(console: Console, entry: Entry, ledger: Ledger) -> None:
    """One entry: where it stands, when it became known, and its words, in their place where the text was kept."""
    from rich.padding import Padding
    from rich.text import Text

    from dejure.cli.terminal import safe

    source = entry.report
    facts = [
        since_text(entry.known_at)
        and f"known {since_text(entry.known_at)}{' (assumed)' if entry.known_assumed else ''}"
    ]
    if source is not None:
        facts += [source.publisher or "", source.title or "", source.url or ""]
    facts += [f"{entry.recorder.kind} {entry.recorder.name}", f"entry {entry.id[:12]}"]
    console.print(Padding(Text(safe(" · ".join(fact for fact in facts if fact)), style="dim"), (0, 0, 0, 4)))
    words = _words(entry, ledger)
    if words is not None:
        console.print(Padding(words, (0, 0, 0, 6)))
    if entry.note:
        console.print(Padding(Text(safe(entry.note), style="italic"), (0, 0, 0, 6)))


def _words(entry: Entry, ledger: Ledger) -> Text | None:
    from rich.text import Text

    from dejure.cli.terminal import safe

    evidence = entry.evidence
    if evidence is None:
        return Text("the words were taken away", style="dim italic") if entry.evidence_hash else None
    if evidence.part is None:
        return None
    kept = ledger.text_of(entry.report.id) if entry.report else None
    text = None if kept is None else kept[0] if evidence.part == "title" else kept[1]
    if text is None or evidence.start is None or evidence.end is None:
        return Text.assemble("“", (safe(evidence.quote), "underline green"), "”")
    before, after = text[max(0, evidence.start - _AROUND) : evidence.start], text[evidence.end : evidence.end + _AROUND]
    drawn = Text("…" if evidence.start > _AROUND else "")
    drawn.append(safe(before).replace("\n", " "), style="dim")
    drawn.append(safe(text[evidence.start : evidence.end]).replace("\n", " "), style="underline green")
    drawn.append(safe(after).replace("\n", " "), style="dim")
    return drawn.append("…" if evidence.end + _AROUND < len(text) else "")
