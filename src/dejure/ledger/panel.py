"""Standings as a panel: a row for each state, polity and year, as of 31 December, with the codes to join on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from dejure.ledger.live import Clock
from dejure.ledger.parties import name_of, polity_of, resolve_polity
from dejure.ledger.standing import Standing
from dejure.ledger.views import PolityView
from dejure.reference.who_is import codes_on

if TYPE_CHECKING:
    from dejure.ledger.ledger import Ledger

__all__ = ["PANEL_COLUMNS", "panel"]

PANEL_COLUMNS = (
    "year", "recogniser", "recogniser_name", "recogniser_iso3", "recogniser_cow", "recogniser_gw", "polity",
    "polity_name", "polity_iso3", "polity_cow", "polity_gw", "capacity", "standing", "certainty", "basis", "recognised",
    "since_earliest", "since_latest", "announced", "dispute", "spell", "spell_start", "spell_years",
)  # fmt: skip


def panel(
    ledger: Ledger, polities: Iterable[str], first: int, last: int, *, known: dt.date | None = None,
    recorded: dt.datetime | None = None,
) -> Iterator[dict[str, Any]]:  # fmt: skip
    """Rows by polity, recogniser and year.

    `recognised` is 1, 0, or empty where the standing is unknown or only possible. A spell is a run of years with one
    standing; `spell` numbers them, `spell_years` counts the years so far.

    Parameters
    ----------
    polities : iterable of str
    first, last : int
        Years, both included.
    """
    for name in polities:
        polity = resolve_polity(name)
        spells: dict[str, tuple[str, int, int]] = {}
        rows: dict[str, list[dict[str, Any]]] = {}
        for year in range(first, last + 1):
            day = dt.date(year, 12, 31)
            start = polity.validity.start
            if start is not None and start > day:
                continue
            view = PolityView(ledger.layers, polity, Clock(on=day, known=known, recorded=recorded))
            for standing in view.standings(everybody=True):
                spell = _spell(spells.get(standing.recogniser), standing.standing, year)
                spells[standing.recogniser] = spell
                rows.setdefault(standing.recogniser, []).append(_row(standing, year, spell))
        for _, several in sorted(rows.items()):
            yield from several


def _spell(before: tuple[str, int, int] | None, standing: str, year: int) -> tuple[str, int, int]:
    """Standing, number and first year of the spell that a year belongs to."""
    if before is None:
        return (standing, 1, year)
    return before if before[0] == standing else (standing, before[1] + 1, year)


def _row(one: Standing, year: int, spell: tuple[str, int, int]) -> dict[str, Any]:
    day = dt.date(year, 12, 31)
    recognised: int | None = 1 if one.standing == "recognised" else 0
    if one.standing == "unknown" or one.certainty == "possible":
        recognised = None
    since = one.since
    return {
        "year": year, "recogniser": one.recogniser, "recogniser_name": name_of(one.recogniser),
        **_codes("recogniser", one.recogniser, day), "polity": one.recognised, "polity_name": name_of(one.recognised),
        **_codes("polity", one.recognised, day), "capacity": one.capacity, "standing": one.standing,
        "certainty": one.certainty, "basis": one.basis, "recognised": recognised,
        "since_earliest": since.earliest.isoformat() if since and since.earliest else None,
        "since_latest": since.latest.isoformat() if since and since.latest else None, "announced": one.announced,
        "dispute": one.dispute, "spell": spell[1], "spell_start": spell[2], "spell_years": year - spell[2] + 1,
    }  # fmt: skip


def _codes(prefix: str, party: str, day: dt.date) -> dict[str, str | None]:
    polity = polity_of(party, day)
    codes = codes_on(polity.slug, day) if polity else None
    return {
        f"{prefix}_iso3": polity.iso3 if polity else None,
        f"{prefix}_cow": codes.cow if codes else None,
        f"{prefix}_gw": codes.gw if codes else None,
    }
