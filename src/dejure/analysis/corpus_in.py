"""What the reports of a corpus say about a polity, as the rows that a board takes."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from typing import Any

from dejure.analysis.board import BoardAct, BoardInput, BoardSilence, BoardStatement, BoardStory
from dejure.analysis.records_in import slug_of_actor
from dejure.analysis.states import StateSystem
from dejure.corpus.store import Corpus

__all__ = ["board_input_of_corpus"]

#: A copy of a report is no story of its own.
_STORIES = "SELECT report_id, published FROM reports WHERE published BETWEEN ? AND ? AND copy_of IS NULL"
_ACTS = """
SELECT report_id, published, act, earliest, latest, quote, r.unnest.id AS actor
FROM recognition, unnest(recogniser) r
WHERE published BETWEEN ? AND ? AND recognised = ? AND asserted
  AND act IN ('recognise', 'intend', 'condition', 'consider', 'refuse', 'withdraw')
"""
_STATEMENTS = """
SELECT report_id, published, stance, quote, s.unnest.id AS actor
FROM statements, unnest(speaker) s WHERE published BETWEEN ? AND ? AND about = ?
"""
_SILENCES = """
SELECT report_id, published, quote, a.unnest.id AS actor
FROM silences, unnest(actor) a WHERE published BETWEEN ? AND ? AND about = ?
"""
_ACTORS = """
SELECT DISTINCT report_id, actor FROM (
    SELECT report_id, a.unnest.id AS actor FROM events, unnest(actor) a WHERE published BETWEEN $1 AND $2
    UNION ALL
    SELECT report_id, r.unnest.id FROM recognition, unnest(recogniser) r WHERE published BETWEEN $1 AND $2
    UNION ALL
    SELECT report_id, s.unnest.id FROM statements, unnest(speaker) s
    WHERE published BETWEEN $1 AND $2
) WHERE actor IS NOT NULL
"""
_TOUCHING = """
SELECT report_id FROM recognition WHERE published BETWEEN $1 AND $2 AND recognised = $3
UNION SELECT report_id FROM statements WHERE published BETWEEN $1 AND $2 AND about = $3
"""


def board_input_of_corpus(
    corpus: Corpus, polity: str, first: dt.date, last: dt.date, system: StateSystem
) -> BoardInput:
    """Acts, statements, silences and stories of the reports published between two days, both included.

    Each report is a story of its own, but for copies of one text. What has no day of publication is left out.
    """

    def rows(sql: str, *more: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = corpus.query(sql, parameters=(first, last, *more)).to_pylist()
        return found

    def told(sql: str) -> list[tuple[str, dict[str, Any]]]:
        """Rows about the polity, in a stable order, each with the slug of the state that it is about."""
        named = [(slug_of_actor(row["actor"], row["published"], system), row) for row in rows(sql, polity)]
        known = [(slug, row) for slug, row in named if slug is not None]
        return sorted(known, key=lambda one: (one[1]["published"], one[1]["report_id"], one[0], one[1]["quote"]))

    actors: dict[str, set[str]] = defaultdict(set)
    for row in rows(_ACTORS):
        actors[row["report_id"]].add(row["actor"])
    touching = {row["report_id"] for row in rows(_TOUCHING, polity)}
    stories = sorted(rows(_STORIES), key=lambda row: (row["published"], row["report_id"]))
    return BoardInput(
        acts=tuple(
            BoardAct(
                actor=slug, act=row["act"], earliest=row["earliest"], latest=row["latest"], known=row["published"],
                report=row["report_id"], quote=row["quote"],
            )
            for slug, row in told(_ACTS)
        ),
        statements=tuple(
            BoardStatement(
                actor=slug, stance=row["stance"], day=row["published"], report=row["report_id"], quote=row["quote"]
            )
            for slug, row in told(_STATEMENTS)
        ),
        silences=tuple(
            BoardSilence(actor=slug, day=row["published"], report=row["report_id"], quote=row["quote"])
            for slug, row in told(_SILENCES)
        ),
        stories=tuple(
            BoardStory(
                id=row["report_id"], day=row["published"], touches=row["report_id"] in touching,
                actors=frozenset(
                    slug for actor in actors[row["report_id"]]
                    if (slug := slug_of_actor(actor, row["published"], system)) is not None
                ),
            )
            for row in stories
        ),
    )  # fmt: skip
