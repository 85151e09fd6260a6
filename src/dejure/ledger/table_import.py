"""A user's own hand-kept table as entries, by a map that says which column is what.

The map is TOML::

    [columns]                 # our name = your column
    recogniser = "Country"
    date = "Recognised on"
    source = "Reference"

    [values]                  # what is the same in every row
    recognised = "kosovo"
    act = "recognise"

    [words.act]               # your word = ours
    "Recognized" = "recognise"

    [table]
    name = "my list"          # who recorded it
    series = "my-kosovo"      # optional, with complete_from, complete_to, scope: from when to when it is complete
    ignore = ["Remarks"]      # columns that are not taken
"""

from __future__ import annotations

import calendar
import csv
import datetime as dt
import hashlib
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from dejure.errors import BadDate, BadEntry, BadTable, DejureError, InputError
from dejure.ledger.entries import Claim, Entry, Evidence, Interval, Item, Recorder, Series, SourceReport
from dejure.ledger.parties import resolve_actor, resolve_polity
from dejure.records import COMPLETED_ACTS, Act, Capacity, Kind, Manner

__all__ = ["FIELDS", "RowError", "TableRead", "interval_of", "interval_of_cell", "read_user_table"]

#: What a column may be. Dates are YYYY, YYYY-MM or YYYY-MM-DD, or FROM..TO.
FIELDS: dict[str, str] = {
    "recogniser": "name, code or slug of who acts",
    "recognised": "name, code or slug of the polity",
    "capacity": "state or government",
    "act": "one of the eleven acts",
    "manner": "freeze, suspend, resume, reaffirm or switch",
    "kind": "de_jure or de_facto",
    "date": "when it happened",
    "earliest": "first possible day",
    "latest": "last possible day",
    "until": "when what it began ended",
    "effective": "when it took legal effect",
    "known": "when the source became public",
    "asserted": "yes, or no where somebody else claims it",
    "claimed_by": "who claims it",
    "disputed": "yes where it is contested",
    "disputed_by": "who contests it",
    "condition": "the words of a condition",
    "quote": "the words of the source",
    "source": "what the source is",
    "url": "where it can be read",
    "note": "what else must be known",
    "confidence": "between 0 and 1",
}
_YES = {"1", "yes", "y", "true", "x"}
_NO = {"0", "no", "n", "false", ""}


@dataclass(frozen=True, slots=True, kw_only=True)
class RowError:
    """A row that was refused; `line` counts from 1, the header being line 1."""

    line: int
    error: DejureError


@dataclass(frozen=True, slots=True, kw_only=True)
class TableRead:
    """What a table gave: items, and the rows that were refused."""

    items: tuple[Item, ...]
    errors: tuple[RowError, ...]
    rows: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Map:
    columns: dict[str, str]
    values: dict[str, str]
    words: dict[str, dict[str, str]]
    table: dict[str, Any]


def read_user_table(table: Path, map_file: Path) -> TableRead:
    """Read a table by its map.

    Raises
    ------
    BadTable
        If the map or the header cannot be used: unknown fields, columns that the table has not, columns of the table
        that the map neither takes nor ignores.
    """
    rules = _read_map(map_file)
    items: list[Item] = []
    errors = []
    rows = 0
    for line, row in _rows(table, rules):
        rows += 1
        try:
            items.append(_entry(row, rules, table.name))
        except DejureError as error:
            errors.append(RowError(line=line, error=error))
    series = _series(rules)
    return TableRead(items=(*items, *series), errors=tuple(errors), rows=rows)


def interval_of(text: str | None, what: str) -> Interval | None:
    """A day, a month, a year, or two of them with `..` between, as a person writes it; `what` names it in the error.

    Raises
    ------
    BadDate
        If it is none of these.
    """
    if text is None:
        return None
    try:
        return interval_of_cell(text)
    except (ValueError, InputError) as error:
        raise BadDate(
            f"the {what} is no date", value=text, cure="write YYYY, YYYY-MM, YYYY-MM-DD or FROM..TO"
        ) from error


def interval_of_cell(cell: str) -> Interval:
    """A day, month or year, or `FROM..TO`.

    Raises
    ------
    ValueError
        If it is none of these.
    """
    if ".." in cell:
        first, last = (interval_of_cell(part.strip()) if part.strip() else None for part in cell.split("..", 1))
        return _between(first, last)
    pieces = [int(piece) for piece in cell.strip().split("-")]
    if len(pieces) == 3:
        return Interval.of(dt.date(pieces[0], pieces[1], pieces[2]))
    if len(pieces) == 2:
        month = dt.date(pieces[0], pieces[1], 1)
        last_day = calendar.monthrange(month.year, month.month)[1]
        return Interval(earliest=month, latest=month.replace(day=last_day), precision="month")
    if len(pieces) != 1:
        raise ValueError(cell)
    return Interval(earliest=dt.date(pieces[0], 1, 1), latest=dt.date(pieces[0], 12, 31), precision="year")


def _read_map(path: Path) -> _Map:
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise BadTable("there is no such map", value=path, cure="check the path") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadTable("the map is not TOML", value=path, cure=str(error)) from error
    unknown = sorted(set(raw) - {"columns", "values", "words", "table"})
    fields = {*raw.get("columns", {}), *raw.get("values", {}), *raw.get("words", {})}
    unknown += sorted(fields - set(FIELDS))
    if unknown:
        raise BadTable(
            "the map names what is not known", value=", ".join(unknown), cure=f"fields are {', '.join(FIELDS)}"
        )
    missing = sorted({"recogniser", "recognised"} - fields)
    if missing:
        raise BadTable(
            "the map leaves open who is who", value=", ".join(missing), cure="give them in [columns] or [values]"
        )
    return _Map(
        columns={k: str(v) for k, v in raw.get("columns", {}).items()},
        values={k: str(v) for k, v in raw.get("values", {}).items()}, words=raw.get("words", {}),
        table=raw.get("table", {}),
    )  # fmt: skip


def _rows(table: Path, rules: _Map) -> Iterator[tuple[int, dict[str, str]]]:
    try:
        with table.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(
                file, delimiter="\t" if table.suffix.lower() in (".tsv", ".tab") else ",", strict=True
            )
            header = list(reader.fieldnames or ())
            _check_header(header, rules)
            for row in reader:
                if None in row or None in row.values():
                    raise BadTable("a row has not as many cells as the header", value=f"line {reader.line_num}")
                yield reader.line_num, row
    except FileNotFoundError as error:
        raise BadTable("there is no such table", value=table, cure="check the path") from error
    except (csv.Error, UnicodeDecodeError) as error:
        raise BadTable("the table cannot be read as CSV in UTF-8", value=table, cure=str(error)) from error


def _check_header(header: list[str], rules: _Map) -> None:
    absent = sorted(set(rules.columns.values()) - set(header))
    if absent:
        raise BadTable(
            "the table has no such columns", value=", ".join(absent), cure=f"it has {', '.join(header) or 'none'}"
        )
    loose = sorted(set(header) - set(rules.columns.values()) - set(rules.table.get("ignore", ())))
    if loose:
        raise BadTable(
            "the map does not say what these columns are", value=", ".join(loose),
            cure="take them in [columns], or name them in ignore of [table]",
        )  # fmt: skip


def _entry(row: dict[str, str], rules: _Map, table: str) -> Entry:
    def cell(name: str) -> str:
        raw = row[rules.columns[name]].strip() if name in rules.columns else rules.values.get(name, "")
        return str(rules.words.get(name, {}).get(raw, raw))

    date = _date(cell)
    day = date.latest if date else None
    polity = resolve_polity(cell("recognised"), on=day)
    act = cast(Act, cell("act") or "recognise")
    known = _interval("known", cell("known"))
    claimed_by = tuple(resolve_actor(part) for part in _parts(cell("claimed_by")))
    public = known.latest if known else None
    if act in COMPLETED_ACTS and public and date and date.earliest and date.earliest > public + dt.timedelta(days=1):
        raise BadEntry("a completed act is dated after its source", value=f"{date.text()}, source {public}")
    source = SourceReport(
        id=hashlib.sha256(f"{cell('source')}\x1f{cell('url')}\x1f{table}".encode()).hexdigest()[:16],
        publisher=cell("source") or table, url=cell("url") or None,
    )  # fmt: skip
    condition = cell("condition")
    return Entry(
        claim=Claim(
            recogniser=resolve_actor(cell("recogniser"), on=day), recognised=polity.slug,
            capacity=cast(Capacity, _one_of("capacity", cell("capacity") or polity.capacity, _CAPACITIES)), act=act,
            manner=cast("Manner | None", _one_of("manner", cell("manner"), _MANNERS) or None),
            kind=cast("Kind | None", _one_of("kind", cell("kind"), _KINDS) or None),
            asserted=_flag("asserted", cell("asserted"), default=not claimed_by) and act != "demand",
            attributed_to=claimed_by, valid_from=date, valid_to=_interval("until", cell("until")),
            effective=_interval("effective", cell("effective")), conditional=bool(condition),
            disputed=_flag("disputed", cell("disputed"), default=bool(cell("disputed_by"))),
            disputed_by=tuple(resolve_actor(part) for part in _parts(cell("disputed_by"))),
        ),
        known_at=known or Interval(earliest=day, latest=day, precision="day" if day else "unknown"),
        known_assumed=known is None, recorder=Recorder(kind="table", name=str(rules.table.get("name", table))),
        report=source,
        evidence=Evidence(quote=cell("quote") or cell("source") or table, conditions=(condition,) if condition else ()),
        confidence=_number(cell("confidence")), series=rules.table.get("series"), grade=rules.table.get("grade"),
        note=cell("note") or None,
    )  # fmt: skip


_CAPACITIES = ("state", "government")
_KINDS = ("", "de_jure", "de_facto")
_MANNERS = ("", "freeze", "suspend", "resume", "reaffirm", "switch")


def _date(cell: Any) -> Interval | None:
    if cell("date"):
        return _interval("date", cell("date"))
    first, last = _interval("earliest", cell("earliest")), _interval("latest", cell("latest"))
    return None if first is None and last is None else _between(first, last)


def _between(first: Interval | None, last: Interval | None) -> Interval:
    """From the first day of one to the last day of the other; None is open."""
    start, end = first.earliest if first else None, last.latest if last else None
    return Interval.of(start, end) if end else Interval(earliest=start, precision="interval")


def _interval(name: str, cell: str) -> Interval | None:
    if not cell:
        return None
    try:
        return interval_of_cell(cell)
    except (ValueError, TypeError) as error:
        raise BadEntry(
            f"the {name} is no date", value=cell, cure="write YYYY, YYYY-MM, YYYY-MM-DD or FROM..TO"
        ) from error


def _flag(name: str, cell: str, *, default: bool) -> bool:
    if not cell:
        return default
    if cell.lower() in _YES | _NO:
        return cell.lower() in _YES
    raise BadEntry(f"{name} is neither yes nor no", value=cell)


def _one_of(name: str, cell: str, allowed: tuple[str, ...]) -> str:
    if cell not in allowed:
        raise BadEntry(f"no such {name}", value=cell, cure=f"one of {', '.join(filter(None, allowed))}")
    return cell


def _number(cell: str) -> float | None:
    if not cell:
        return None
    try:
        found = float(cell)
    except ValueError as error:
        raise BadEntry("the confidence is no number", value=cell) from error
    if not 0 <= found <= 1:
        raise BadEntry("the confidence is not between 0 and 1", value=cell)
    return found


def _parts(cell: str) -> list[str]:
    return [part.strip() for part in cell.replace(";", "|").split("|") if part.strip()]


def _series(rules: _Map) -> tuple[Series, ...]:
    """The table's period of trust, where the map gives one and says of which polity."""
    table = rules.table
    if not (table.get("series") and table.get("complete_from") and table.get("complete_to")):
        return ()
    if "recognised" not in rules.values:
        raise BadTable("a series is about one polity", value=table["series"], cure="give recognised in [values]")
    return (
        Series(
            name=table["series"], recognised=resolve_polity(rules.values["recognised"]).slug,
            acts=tuple(sorted(table.get("acts", ["recognise"]))), complete_from=_as_day(table["complete_from"]),
            complete_to=_as_day(table["complete_to"]), scope=table.get("scope", "un-members"), grade=table.get("grade"),
        ),
    )  # fmt: skip


def _as_day(value: Any) -> dt.date:
    try:
        return value if isinstance(value, dt.date) else dt.date.fromisoformat(str(value))
    except ValueError as error:
        raise BadTable("a bound of the series is no day", value=value, cure="write YYYY-MM-DD") from error
