"""Tables in plain text: "Peru | 14 February | relations established", "Peru; refuses; 8 January".

Lines that follow each other, cut by the same mark into cells. One cell names a state, another says by its words what it
has done, or stands in a column whose head says so, and one may hold the day.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from dejure.coding.actors import Cast
from dejure.coding.parties import Party
from dejure.coding.recognition.headers import named_polities, report_polities, roster_words
from dejure.coding.recognition.polity import recognised_by, recognition_words
from dejure.coding.recognition.rosters import Entry
from dejure.reading.reading import Reading, Sentence
from dejure.records import Recognised, Recognition
from dejure.when import When

__all__ = ["find_rows", "within_row"]

#: Marks between cells, and how many of them a row has at least: ";" is common in running text.
_MARKS = (("|", 1), ("\t", 1), (";", 2))
_FEWEST_ROWS, _LONGEST_CELL = 3, 12
_WORD = re.compile(r"[\w'’-]+")
_FIRST_THING = re.compile(r"[,;(]|\buntil\b|\bunless\b|\bif\b|\bonce\b|\bpending\b", re.IGNORECASE)
_WAITING = re.compile(r"\b(?:until|unless|if|once|pending|provided)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Row:
    """A line and its cells, by offsets in the body."""

    start: int
    end: int
    cells: tuple[tuple[int, int], ...]


def find_rows(reading: Reading, cast: Cast) -> Iterator[Entry]:
    """Entries of all tables of a report."""
    body = reading.text("body")
    for table in _tables(body):
        head = table[0] if not _party(reading, cast, *table[0].cells[0]) else None
        acts = [_act_of(body[a:b]) if head is not None else "" for a, b in (head.cells if head is not None else ())]
        words = body[head.start : head.end] if head is not None else ""
        own = named_polities(cast, words)
        recognised = own or report_polities(cast)
        partners = own or _titled(cast)
        for row in table[head is not None :]:
            yield from _entries(reading, cast, row, acts, recognised, partners)


def within_row(rows: list[Entry], index: int, record: Recognition) -> Recognition | None:
    """A record that a remark in a row gave: ties broken with nobody named are broken with the state of the row.

    None where that state is itself the one that acts, whose act its row tells.
    """
    row = next((one for one in rows if one.sentence.index == index), None)
    if row is None:
        return record
    if record.recogniser is not None and record.recogniser.key == row.party.entity.key:
        return None
    meant = recognised_by(row.party, None)
    is_guessed = record.recognised.id in {one.id for one in row.recognised}
    if record.act == "sever-relations" and is_guessed and meant is not None:
        return replace(record, recognised=meant)
    return record


def _titled(cast: Cast) -> tuple[Recognised, ...]:
    """The one state that the title names, with whom the ties of a table are; empty where it names several, or none."""
    title = next((s for s in cast.reading.sentences if s.is_headline and s.tokens), None)
    named = cast.named_in(title, 0, len(title.tokens) - 1) if title is not None else []
    found = {one.id: one for p in named if (one := recognised_by(p, cast.on)) is not None and not p.is_person}
    return tuple(found.values()) if len(found) == 1 else ()


def _tables(body: str) -> Iterator[list[_Row]]:
    """Runs of lines that the same mark cuts into cells."""
    run: list[_Row] = []
    mark_of_run, position = "", 0
    for line in [*body.splitlines(keepends=True), "\n"]:
        start, position = position, position + len(line)
        mark = next((m for m, fewest in _MARKS if line.count(m) >= fewest), "")
        row = _cut(line, start, mark) if mark else None
        if row is None or mark != mark_of_run:
            if len(run) >= _FEWEST_ROWS:
                yield run
            run, mark_of_run = [], mark
        if row is not None:
            run.append(row)


def _cut(line: str, start: int, mark: str) -> _Row | None:
    cells, at = [], start
    for cell in line.rstrip("\n").split(mark):
        lead = len(cell) - len(cell.lstrip(" *-•\t"))
        cells.append((at + lead, at + len(cell.rstrip(" .\t\r")) if cell.strip() else at + lead))
        at += len(cell) + len(mark)
    while len(cells) > 1 and cells[0][0] >= cells[0][1]:
        cells.pop(0)
    is_short = len(line[cells[0][0] - start : cells[0][1] - start].split()) <= _LONGEST_CELL
    return _Row(start, start + len(line.rstrip()), tuple(cells)) if is_short and cells[0][1] > cells[0][0] else None


def _entries(
    reading: Reading,
    cast: Cast,
    row: _Row,
    acts: list[str],
    recognised: tuple[Recognised, ...],
    partners: tuple[Recognised, ...],
) -> Iterator[Entry]:
    body = reading.text("body")
    found = _party(reading, cast, *row.cells[0])
    if found is None:
        return
    sentence, at, party = found
    if not party.can_recognise or party.is_person:
        return
    when = _date(reading, *row.cells[0]) or _date(reading, row.start, row.end)
    done: set[str] = set()
    for number, (start, end) in enumerate(row.cells[1:], start=1):
        act = _act_of(body[start:end])
        dated = _date(reading, start, end)
        of_column = acts[number] if number < len(acts) else ""
        if not act and of_column and dated is not None:
            act, when = of_column, dated
        about = partners if act.endswith("relations") else recognised
        if act and act not in done and about and party.slug not in {one.id for one in about}:
            done.add(act)
            yield Entry(sentence, at, party, act, about, dated or when, "row of a table")


def _party(reading: Reading, cast: Cast, start: int, end: int) -> tuple[Sentence, int, Party] | None:
    """The one state that a cell names, and where; None where it names none, or says more."""
    for sentence in reading.sentences:
        if sentence.part != "body" or sentence.start > start or sentence.end <= start:
            continue
        inside = [t for t in sentence.tokens if sentence.start + t.start < end and sentence.start + t.end > start]
        named = cast.named_in(sentence, inside[0].i, inside[-1].i) if inside else []
        first = next((t for t in inside if cast.hit(sentence, t.i) is not None), None)
        others = [t for t in inside if cast.hit(sentence, t.i) is None and t.pos not in ("DET", "PUNCT", "SPACE")]
        return (sentence, first.i, named[0]) if len(named) == 1 and first is not None and not others else None
    return None


def _act_of(cell: str) -> str:
    """The act that a cell, or the head of a column, says by its words; "" where they are no plain status."""
    said = _FIRST_THING.split(cell)[0]
    words = [w.lower() for w in _WORD.findall(said)]
    table, ties = roster_words(), recognition_words()["relations"]
    if not words:
        return ""
    turned = set(words) & table["undoing"]
    if any(w.rstrip("s") in ties["nouns"] for w in words):
        done = {stem for w in words for stem in (w, w.removesuffix("d"), w.removesuffix("ed"))}
        if turned & {"not", "no", "never", "none", "if", "may", "might"} or set(words) & table["planning"]:
            return ""
        if done & (ties["establish"] | ties["restore"]):
            return "establish-relations"
        return "sever-relations" if done & (ties["sever"] | ties["over"]) else ""
    if set(words) & table["recognising"]:
        if turned & {"withdrawn", "withdrew", "revoked"}:
            return "withdraw"
        if turned:
            return ""
        if set(words) & table["refusing"]:
            return "condition" if _WAITING.search(cell) else "refuse"
        if set(words) & table["planning"]:
            return "intend"
        strange = [w for w in words if w not in table["recognising"] | table["beside"] and not w.isdigit()]
        return "recognise" if not strange else ""
    if words[0] in table["refusing"] - {"against", "ruled", "rule"}:
        return "condition" if _WAITING.search(cell) else "refuse"
    return ""


def _date(reading: Reading, start: int, end: int) -> When | None:
    found = [m for m in reading.dates_in("body", start, end) if m.when.is_resolved]
    return found[0].when if found else None
