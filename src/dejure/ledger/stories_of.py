"""Stories of the reports in a store: a view made when it is asked for, never part of an entry."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

from dejure.ledger import schema
from dejure.ledger.engines import reading, writing
from dejure.ledger.rows import among, insert_new
from dejure.ledger.store import Store
from dejure.ledger.stories import StoryFingerprint, StoryIndex, StoryItem, fingerprint
from dejure.records import Report

__all__ = ["keep_fingerprints", "story_of_reports"]


def keep_fingerprints(store: Store, reports: Mapping[str, Report]) -> None:
    """Keep what the grouping needs of reports, by their id in the ledger."""
    with reading(store.engine) as connection:
        there = {row[0] for row in among(connection, schema.fingerprints.c.report_id, reports)}
    rows = []
    for id_, report in reports.items():
        if id_ not in there:
            made = fingerprint(StoryItem(id_, f"{report.title}\n{report.body}", report.published))
            day = report.published.toordinal() if report.published else None
            rows.append({"report_id": id_, "published": day, "content": made.to_bytes()})
    if rows:
        with writing(store.engine) as connection:
            connection.execute(insert_new(connection, schema.fingerprints), rows)


def story_of_reports(store: Store, reports: Iterable[str]) -> dict[str, str]:
    """Story by report id, grouped among the reports asked for; a report without a fingerprint is a story of its own."""
    table = schema.fingerprints.c
    with reading(store.engine) as connection:
        rows = sorted(among(connection, table.report_id, sorted(set(reports)), table.published, table.content))
    index = StoryIndex()
    index.add_fingerprints(
        StoryFingerprint.from_bytes(id_, dt.date.fromordinal(day) if day else None, bytes(content))
        for id_, day, content in rows
    )
    return dict(index.assignment().story_of) if rows else {}
