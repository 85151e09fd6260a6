"""`organisation_members.csv`: which states belong to which organisation of states, from when to when.

Dates come from `organisation_members_hand.csv`, kept by hand (source `hand`: general knowledge, not looked up), and for
the United Nations from the dates of admission of its present members, a table of facts. Present membership of the clubs
in `FACTBOOK_CODES` is compared with the CIA World Factbook of late 2025 (CC0): a hand-kept row that it bears out says
so, and a present member of the clubs in `ADDED_FROM_FACTBOOK` that only the Factbook names is added without a date. A
partial date is a year or a month; an empty `to` means a member when last known (2025), suspended ones among them; an
empty `from` means that the day of joining is not stated.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from . import polities
from .tables import Inputs, Row, SourceError, checked_date, in_order, read_table

COLUMNS = ("organisation", "polity", "from", "to", "source")

FACTBOOK_SOURCE = "CIA World Factbook late 2025"
ADMISSION_SOURCE = "UN admission dates"
FACTBOOK_CODES = {
    "UN": "UN", "EU": "EU", "NATO": "NATO", "AU": "AU", "ARAB-LEAGUE": "LAS", "OIC": "OIC", "ASEAN": "ASEAN",
    "GCC": "GCC", "CARICOM": "Caricom", "MERCOSUR": "Mercosur", "CSTO": "CSTO", "CIS": "CIS", "PIF": "PIF",
    "ECOWAS": "ECOWAS", "SCO": "SCO", "COE": "CE", "OAS": "OAS", "OPEC": "OPEC", "OECD": "OECD", "SADC": "SADC",
    "OSCE": "OSCE", "COMMONWEALTH": "C", "SAARC": "SAARC", "OIF": "OIF", "CPLP": "CPLP", "BRICS": "BRICS", "G7": "G-7",
    "G20": "G-20", "NON-ALIGNED": "NAM", "EAEU": "EAEU", "IGAD": "IGAD", "EAC": "EAC", "ICC": "ICCt",
}  # fmt: skip
ADDED_FROM_FACTBOOK = frozenset({"NON-ALIGNED", "OIF", "CPLP", "SADC", "COE", "OAS", "SAARC", "OSCE", "COMMONWEALTH"})
LACKING_CODES = {"Kosovo": "XKX"}


def build(inputs: Inputs) -> list[Row]:
    """All memberships."""
    shared = inputs.shared
    slug_of = {row["iso3"]: row["slug"] for row in inputs.hand("polities_state.csv")}
    slug_of |= {"XKX": "kosovo", "PSE": "palestine", "VAT": slug_of.get("VAT", "holy-see")}
    present = _present(shared, slug_of)
    rows: dict[tuple[str, str, str], list[str]] = {}
    for row in inputs.hand("organisation_members_hand.csv"):
        for polity in row["polities"].split():
            rows[row["organisation"], polity, row["from"]] = [row["from"], row["to"], "hand"]
    for row in read_table(shared / "states/un_member_admission.csv"):
        _admit(rows, slug_of[row["iso3"]], row["admission_date"])
    for (organisation, polity, _), cells in rows.items():
        if not cells[1] and polity in present.get(organisation, ()):
            cells[2] += f"; {FACTBOOK_SOURCE}"
    for organisation in sorted(ADDED_FROM_FACTBOOK):
        known = {polity for club, polity, _ in rows if club == organisation}
        for polity in sorted(present[organisation] - known):
            rows[organisation, polity, ""] = ["", "", FACTBOOK_SOURCE]
    _check(rows, inputs)
    return [dict(zip(COLUMNS, (club, polity, *cells), strict=True)) for (club, polity, _), cells in rows.items()]


def _check(rows: dict[tuple[str, str, str], list[str]], inputs: Inputs) -> None:
    """Stop at a membership of an unknown organisation or polity, or one that ends before it begins."""
    organisations = {row["id"] for row in read_table(inputs.sources.parent / "data/organisations.csv")}
    members = polities.read(inputs).keys() | organisations
    for (organisation, polity, _), (start, end, _) in rows.items():
        where = f"membership of {polity} in {organisation}"
        if organisation not in organisations or polity not in members:
            raise SourceError(f"{where}: unknown organisation or polity")
        if not in_order(checked_date(start, where), checked_date(end, where)):
            raise SourceError(f"{where}: ends before it begins")


def _admit(rows: dict[tuple[str, str, str], list[str]], polity: str, date: str) -> None:
    """Add a present member of the United Nations, unless kept by hand because its seat passed from another state."""
    if not any(club == "UN" and slug == polity for club, slug, _ in rows):
        rows["UN", polity, date] = [date, "", ADMISSION_SOURCE]


def _present(shared: Path, slug_of: dict[str, str]) -> dict[str, set[str]]:
    """Full members of each club by the Factbook; a note in brackets (observer, suspended, partner) is no membership."""
    found: dict[str, set[str]] = defaultdict(set)
    for row in read_table(shared / "states/factbook_2025_extract.csv"):
        slug = slug_of.get(row["iso3"] or LACKING_CODES.get(row["name"], ""))
        if slug is None:
            continue
        codes = set(_codes(row["igo_participation"]))
        for organisation, code in FACTBOOK_CODES.items():
            if code in codes:
                found[organisation].add(slug)
    return found


def _codes(cell: str) -> Iterable[str]:
    return (part.strip() for part in re.split(r",(?![^(]*\))", cell))
