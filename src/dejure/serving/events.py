"""Rows of a corpus by who, whom, what, when and how sure, in pages that do not shift."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from dejure.errors import CorpusUnusable

__all__ = ["DataSetName", "EventFilter", "EventPage", "Events"]

DataSetName = Literal["events", "recognition", "statements", "silences", "reports"]

#: Of each data set: its id, who acts, whom it is about, what it is, how sure it is, its first and last day.
_COLUMNS: dict[str, dict[str, str]] = {
    "events": {"id": "event_id", "actor": "actor", "recipient": "recipient", "kind": "event_type"},
    "recognition": {"id": "recognition_id", "actor": "recogniser", "about": "recognised", "kind": "act"},
    "statements": {"id": "statement_id", "actor": "speaker", "about": "about", "kind": "stance"},
    "silences": {"id": "silence_id", "actor": "actor", "about": "about", "kind": "kind"},
    "reports": {"id": "report_id"},
}
_DATED = ("events", "recognition")
_SURE = ("events", "recognition", "statements")


@dataclass(frozen=True, slots=True, kw_only=True)
class EventFilter:
    """Which rows. Each filter that is None lets all pass; a filter that a data set has no column for is an error.

    Parameters
    ----------
    actor, recipient : str, optional
        Id or country of an entity.
    about : str, optional
        Polity slug: what is recognised, spoken or kept silent about.
    kind : str, optional
        Event type, act, stance or kind of silence.
    first, last : datetime.date, optional
        Rows that may have happened between these days; without days of their own, that appeared between them.
    confidence : float, optional
        At least so sure.
    report : str, optional
        Of this report.
    """

    actor: str | None = None
    recipient: str | None = None
    about: str | None = None
    kind: str | None = None
    first: dt.date | None = None
    last: dt.date | None = None
    confidence: float | None = None
    report: str | None = None


@dataclass(frozen=True, slots=True)
class EventPage:
    """Rows in the order of day of publication, report and id; `after` begins the next page, None is the last one."""

    rows: list[dict[str, Any]]
    after: tuple[str, str, str] | None


class Events:
    """The data sets of a corpus. Threads may share it."""

    def __init__(self, folder: str | Path) -> None:
        self._folder = Path(folder)
        self._turn = threading.Lock()

    def page(
        self, chosen: EventFilter, *, dataset: DataSetName = "events", after: Sequence[str] | None = None,
        limit: int = 100,
    ) -> EventPage:  # fmt: skip
        """A page of rows.

        Raises
        ------
        CorpusUnusable
            If there is no corpus any more, or the data set has no such column.
        """
        conditions, values = _conditions(dataset, chosen)
        id_ = _COLUMNS[dataset]["id"]
        key = f"(coalesce(published, DATE '9999-12-31'), report_id, {id_})"
        if after is not None:
            conditions.append(f"{key} > (CAST(? AS DATE), ?, ?)")
            values += list(after)
        where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
        # Only names of columns stand in the text; what a client sent is a parameter.
        sql = f"SELECT * FROM {dataset}{where} ORDER BY {key} LIMIT {int(limit) + 1}"  # noqa: S608
        rows = self._rows(sql, values)
        if len(rows) <= limit:
            return EventPage(rows, None)
        last = rows[limit - 1]
        day = str(last["published"]) if last["published"] else "9999-12-31"
        return EventPage(rows[:limit], (day, last["report_id"], last[id_]))

    def _rows(self, sql: str, values: Sequence[Any]) -> list[dict[str, Any]]:
        from dejure.corpus.store import Corpus

        # One question at a time: each uses all the cores that it finds.
        with self._turn:
            try:
                table = Corpus(self._folder).query(sql, parameters=values)
            except (CorpusUnusable, OSError) as error:
                raise CorpusUnusable(
                    "the corpus of this server cannot be read", cure="ask whoever runs the server"
                ) from error
        rows = table.to_pylist()
        for row in rows:
            row.pop("month", None)
        found: list[dict[str, Any]] = rows
        return found


def _conditions(dataset: str, chosen: EventFilter) -> tuple[list[str], list[Any]]:
    columns = _COLUMNS[dataset]
    conditions: list[str] = []
    values: list[Any] = []
    for name in ("actor", "recipient"):
        if (wanted := getattr(chosen, name)) is not None:
            column = _column(columns, name, dataset)
            conditions.append(
                f"(list_contains([x.id for x in {column}], ?) OR list_contains([x.country for x in {column}], ?))"
            )
            values += [wanted, wanted]
    for name in ("about", "kind"):
        if (wanted := getattr(chosen, name)) is not None:
            conditions.append(f"{_column(columns, name, dataset)} = ?")
            values.append(wanted)
    first, last = ("earliest", "latest") if dataset in _DATED else ("published", "published")
    if chosen.first is not None:
        conditions.append(f"coalesce({last}, published) >= ?")
        values.append(chosen.first)
    if chosen.last is not None:
        conditions.append(f"coalesce({first}, published) <= ?")
        values.append(chosen.last)
    if chosen.confidence is not None:
        if dataset not in _SURE:
            raise _no_column("confidence", dataset)
        conditions.append("confidence >= ?")
        values.append(chosen.confidence)
    if chosen.report is not None:
        conditions.append("report_id = ?")
        values.append(chosen.report)
    return conditions, values


def _column(columns: dict[str, str], name: str, dataset: str) -> str:
    if name not in columns:
        raise _no_column(name, dataset)
    return columns[name]


def _no_column(name: str, dataset: str) -> Exception:
    from dejure.errors import BadRequest

    return BadRequest(f"{dataset} cannot be filtered by {name}", value=name, cure="leave it out")
