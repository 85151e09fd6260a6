"""Authored blocks into records: the format of `corpora/plover/GUIDELINE.md`, every marked word found in its sentence.

A slip is never dropped: each is an `Slip` with file and line, and a build with slips writes nothing.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

__all__ = ["AUXILIARY", "Slip", "read_authored"]

AUXILIARY = ("historical", "future", "hypothetical", "negation")
STYLES = frozenset(
    "agency|broadsheet|tabloid|communique|local paper|translation|radio|headline|live blog|UN record|feature".split("|")
)
_PARTY_FIELDS = {"actor": "actor", "recipient": "recipient", "said by": "said_by", "trigger": "trigger"}
#: One sentence in this many of those that may be trained on is held back for choosing and calibrating.
_DEVELOPMENT_EACH = 8
_LEADING = 4


@dataclass(frozen=True, slots=True)
class Slip:
    """Something wrong in an authored file."""

    file: str
    line: int
    told: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.told}"


@dataclass(slots=True)
class _Block:
    """Lines of one sentence, with their numbers."""

    lines: list[tuple[int, str]] = field(default_factory=list)


def read_authored(folder: Path, ontology: Any) -> tuple[list[dict[str, Any]], list[Slip]]:
    """Records of all authored files in the order of names and lines, and all slips.

    Parameters
    ----------
    folder : Path
        Holds `NAME.txt` files, one an author; those that begin with `frozen_` are the test part.
    ontology : dejure.reference.ontology.Ontology
        Types with their modes, and contexts, that are allowed.
    """
    records: list[dict[str, Any]] = []
    slips: list[Slip] = []
    seen: dict[str, str] = {}
    for path in sorted(folder.glob("*.txt")):
        for block in _blocks(path):
            try:
                record = _record(path, block, ontology)
            except _Wrong as wrong:
                slips.append(Slip(path.name, wrong.line, wrong.told))
                continue
            where = f"{path.name}:{block.lines[0][0]}"
            if record["id"] in seen:
                slips.append(
                    Slip(path.name, block.lines[0][0], f"id {record['id']} stands at {seen[record['id']]} too")
                )
            seen[record["id"]] = where
            records.append(record)
    return records, slips


class _Wrong(Exception):
    """A slip on its way up."""

    def __init__(self, line: int, told: str) -> None:
        super().__init__(told)
        self.line = line
        self.told = told


def _blocks(path: Path) -> Iterator[_Block]:
    """Blocks between empty lines; a header opens one as well, where the empty line was forgotten."""
    block = _Block()
    for number, raw in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        line = raw.strip()
        if (not line or _is_header(line)) and block.lines:
            yield block
            block = _Block()
        if line:
            block.lines.append((number, line))
    if block.lines:
        yield block


def _is_header(line: str) -> bool:
    return line.startswith("# ") and line.count("|") == _LEADING


def _record(path: Path, block: _Block, ontology: Any) -> dict[str, Any]:
    number, header = block.lines[0]
    if not _is_header(header):
        raise _Wrong(number, "a block begins with '# id | style | year | region | published'")
    if len(block.lines) < 3:
        raise _Wrong(number, "a block has a header, a sentence and at least one event line or NONE")
    identity, style, year, region, published = (piece.strip() for piece in header[2:].split("|"))
    _check_header(number, style, year, published)
    text = block.lines[1][1]
    events = [_event(line, told, text, ontology) for line, told in block.lines[2:] if told.strip(" |") != "NONE"]
    if events and len(events) != len(block.lines) - 2:
        raise _Wrong(number, "NONE stands beside events")
    return {
        "id": identity, "author": path.stem, "part": _part(path, identity), "style": style, "year": int(year),
        "region": region, "published": published, "text": text, "events": events,
    }  # fmt: skip


def _check_header(number: int, style: str, year: str, published: str) -> None:
    if style not in STYLES:
        raise _Wrong(number, f"no such style: {style!r}")
    try:
        day = dt.date.fromisoformat(published)
    except ValueError as error:
        raise _Wrong(number, f"published is no date: {published!r}") from error
    if not year.isdigit() or int(year) != day.year:
        raise _Wrong(number, f"year {year!r} is not the year of {published}")


def _part(path: Path, identity: str) -> str:
    if path.name.startswith("frozen_"):
        return "test"
    draw = int(hashlib.sha256(identity.encode()).hexdigest(), 16) % _DEVELOPMENT_EACH
    return "development" if draw == 0 else "train"


def _event(number: int, line: str, text: str, ontology: Any) -> dict[str, Any]:
    pieces = [piece.strip() for piece in line.split("|")]
    plain = pieces[:_LEADING] + [""] * (_LEADING - len(pieces[:_LEADING]))
    event_type, mode, contexts, aux = plain
    if event_type not in ontology.types:
        raise _Wrong(number, f"no such type: {event_type!r}")
    if mode and mode not in ontology.types[event_type].modes:
        raise _Wrong(number, f"{event_type} has no mode {mode!r}")
    unknown = [c for c in _joined(contexts) if c not in ontology.contexts]
    unknown += [a for a in _joined(aux) if a not in AUXILIARY]
    if unknown:
        raise _Wrong(number, f"no such context or auxiliary mode: {', '.join(unknown)}")
    event: dict[str, Any] = {
        "event_type": event_type, "mode": mode or None, "contexts": _joined(contexts),
        "auxiliary": [a for a in AUXILIARY if a in _joined(aux)], "actor": [], "recipient": [], "said_by": [],
        "trigger": [],
    }  # fmt: skip
    for piece in pieces[_LEADING:]:
        name, colon, words = piece.partition(":")
        key = _PARTY_FIELDS.get(name.strip())
        if piece and (key is None or not colon):
            raise _Wrong(number, f"no such field: {piece!r}")
        if key is not None:
            event[key] = [_span(number, one.strip(), text) for one in words.split(";") if one.strip()]
    if not event["actor"]:
        raise _Wrong(number, "an event has an actor")
    if len(event["trigger"]) != 1:
        raise _Wrong(number, "an event has one trigger")
    event["trigger"] = event["trigger"][0]
    return event


def _joined(words: str) -> list[str]:
    return [word.strip() for word in words.split("+") if word.strip()]


def _span(number: int, words: str, text: str) -> dict[str, Any]:
    """Offsets of words that stand in the sentence, on word boundaries; `@n` asks for the n-th place."""
    given = re.fullmatch(r"(.*?)\s*@(\d+)", words)
    wanted, nth = (given[1], int(given[2])) if given else (words, 1)
    places = list(re.finditer(rf"(?<!\w){re.escape(wanted)}(?!\w)", text))
    if nth < 1 or nth > len(places):
        raise _Wrong(number, f"{wanted!r} stands {len(places)} times in the sentence, and place {nth} was asked for")
    start, end = places[nth - 1].span()
    return {"start": start, "end": end, "quote": text[start:end]}
