"""`dejure resolve`: who the mentions of a file are, each in its own text and on its own day."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

import click

from dejure.cli.options import reference_option, settings_for
from dejure.errors import InputMissing, MalformedLine

__all__ = ["command"]

_FIELDS = {"uid": str, "text": str, "start": int, "end": int}


@click.command("resolve")
@click.argument("source", metavar="IN.jsonl")
@click.argument("target", metavar="OUT.jsonl")
@reference_option
def command(source: str, target: str, reference: str | None) -> int:
    """Resolve mentions.

    A line of IN.jsonl is {"uid", "text", "start", "end", "on"}: the words text[start:end] on the day "on". The same
    line of OUT.jsonl is {"uid", "id", "country", "sectors", "confidence"}; "id" is null where nothing may be said.
    """
    settings = settings_for(None, reference)
    rows = list(_rows(source))
    with Path(target).open("w", encoding="utf-8", newline="\n") as out:
        for (text, on), same in groupby(rows, key=lambda row: (row["text"], row.get("on"))):
            for answer in _answers(list(same), text, on, settings):
                out.write(json.dumps(answer, ensure_ascii=False, separators=(",", ":")) + "\n")
    return 0


def _answers(rows: list[dict[str, Any]], text: str, on: str | None, settings: Any) -> Iterator[dict[str, Any]]:
    from dejure.coding.resolve import resolve_mentions
    from dejure.when import parse_date

    day = parse_date(on, what="day of a mention") if on else None
    found = resolve_mentions(text, [(row["start"], row["end"]) for row in rows], day, settings)
    for row, one in zip(rows, found, strict=True):
        yield {"uid": row["uid"], "id": one.id, "country": one.country, "sectors": list(one.sectors),
               "confidence": round(one.confidence, 3),
               **({"also": list(one.also)} if one.also else {})}  # fmt: skip


def _rows(source: str) -> Iterator[dict[str, Any]]:
    path = Path(source)
    if not path.is_file():
        raise InputMissing("there is no such file", value=source, cure="give a JSON lines file of mentions")
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, start=1):
            if line.strip():
                yield _row(line, f"{source}, line {number}")


def _row(line: str, where: str) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except json.JSONDecodeError as error:
        raise MalformedLine("a line is not JSON", value=where, cure=str(error)) from error
    if not isinstance(row, dict):
        raise MalformedLine("a line is not a JSON object", value=where)
    for name, kind in _FIELDS.items():
        if not isinstance(row.get(name), kind) or isinstance(row.get(name), bool):
            raise MalformedLine(f"a mention lacks {name}, or it is no {kind.__name__}", value=where)
    return row
