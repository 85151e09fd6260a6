"""`polities.csv`: every state, claimant and rival government that a record can name."""

from __future__ import annotations

from .crosswalk import rows_by_slug
from .tables import SLUG, Inputs, Row, SourceError, checked_date, in_order

COLUMNS = (
    "slug",
    "name",
    "kind",
    "actor_id",
    "iso3",
    "cow",
    "gw",
    "from",
    "to",
    "parent",
    "capacity",
    "contested",
    "in_control",
    "note",
    "source",
)
KINDS = ("state", "contested", "government", "historical")


def read(inputs: Inputs) -> dict[str, Row]:
    """Polities by slug, with the defaults of their kind filled in."""
    found: dict[str, Row] = {}
    for kind in KINDS:
        for row in inputs.hand(f"polities_{kind}.csv"):
            if row["slug"] in found:
                raise SourceError(f"polities_{kind}.csv: {row['slug']} stands twice")
            found[row["slug"]] = {column: row.get(column) or "" for column in COLUMNS} | {"kind": kind}
    for row in found.values():
        complete(row, found)
        check(row, found)
    return found


def complete(row: Row, found: dict[str, Row]) -> None:
    """Fill capacity, contested, iso3 (a government has that of its state) and actor_id (else iso3, else the slug)."""
    government = row["kind"] == "government"
    row["capacity"] = row["capacity"] or ("government" if government else "state")
    row["contested"] = row["contested"] or str(int(row["kind"] in ("contested", "government")))
    if government and not row["iso3"] and row["parent"] in found:
        row["iso3"] = found[row["parent"]]["iso3"]
    if not row["actor_id"]:
        own_code = row["kind"] in ("state", "historical") and row["iso3"]
        row["actor_id"] = own_code or row["slug"]


def check(row: Row, found: dict[str, Row]) -> None:
    """Stop at a slug, date or parent that cannot be right."""
    where = f"polity {row['slug']!r}"
    if not SLUG.fullmatch(row["slug"]) or not row["name"] or not row["source"]:
        raise SourceError(f"{where}: slug, name or source is missing or malformed")
    if not in_order(checked_date(row["from"], where), checked_date(row["to"], where)):
        raise SourceError(f"{where}: ends before it begins")
    if row["parent"] and row["parent"] not in found:
        raise SourceError(f"{where}: its parent {row['parent']!r} is no polity")


def build(inputs: Inputs) -> list[Row]:
    """All polities, with their latest COW and Gleditsch-Ward code."""
    found = read(inputs)
    for slug, spells in rows_by_slug(inputs).items():
        if slug not in found:
            raise SourceError(f"crosswalk.csv: no polity has the slug {slug!r}")
        for system in ("cow", "gw"):
            found[slug][system] = next((row[system] for row in reversed(spells) if row[system]), "")
    return list(found.values())
