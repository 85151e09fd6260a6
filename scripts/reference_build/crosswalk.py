"""`crosswalk.csv`: polities to the COW and Gleditsch-Ward state lists, spell by spell, and to data codes."""

from __future__ import annotations

from .tables import Inputs, Row, SourceError, checked_date, in_order

COLUMNS = ("slug", "iso3", "cow", "cow_from", "cow_to", "gw", "gw_from", "gw_to", "data_codes")


def rows_by_slug(inputs: Inputs) -> dict[str, list[Row]]:
    """Crosswalk rows of each slug, in order of time."""
    found: dict[str, list[Row]] = {}
    for row in inputs.hand("crosswalk.csv"):
        found.setdefault(row["slug"], []).append(row)
    for rows in found.values():
        rows.sort(key=lambda row: row["cow_from"] or row["gw_from"])
    return found


def build(inputs: Inputs) -> list[Row]:
    """The hand-kept spells, each checked."""
    rows = inputs.hand("crosswalk.csv")
    for row in rows:
        for system in ("cow", "gw"):
            start, end = (checked_date(row[f"{system}_{edge}"], f"crosswalk {row['slug']}") for edge in ("from", "to"))
            if bool(row[system]) != bool(start) or not in_order(start, end):
                raise SourceError(f"crosswalk {row['slug']}: code and period of {system} do not fit each other")
    return rows
