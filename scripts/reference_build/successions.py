"""`successions.csv`: which polity went on as, joined, left or became which."""

from __future__ import annotations

from . import polities
from .tables import Inputs, Row, SourceError, checked_date, checked_slug

COLUMNS = ("from_slug", "to_slug", "date", "kind", "note")
KINDS = ("continues", "absorbed", "dissolved-into", "secedes", "renamed")


def build(inputs: Inputs) -> list[Row]:
    """The hand-kept successions; both ends must be polities."""
    known = polities.read(inputs)
    rows = inputs.hand("successions.csv")
    for row in rows:
        where = f"succession {row['from_slug']} to {row['to_slug']}"
        for column in ("from_slug", "to_slug"):
            checked_slug(row[column], known, where)
        if row["kind"] not in KINDS or not checked_date(row["date"], where):
            raise SourceError(f"{where}: kind must be one of {KINDS} and the date given")
    return rows
