"""The page of a state: whom it recognises."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from starlette.requests import Request
from starlette.responses import Response

from dejure.ledger import Standing
from dejure.ledger.parties import name_of, polity_of, resolve_actor
from dejure.reference.tables import load_polities
from dejure.web.address import Asked, address
from dejure.web.rendering import Page, redirect

if TYPE_CHECKING:
    from dejure.serving import Observatory

__all__ = ["state"]

_GROUPS = {"recognised": "yes", "frozen": "frozen", "withdrawn": "withdrawn", "lapsed": "lapsed",
           "not_recognised": "no"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Row:
    slug: str
    name: str
    standing: Standing

    @property
    def group(self) -> str:
        """The class that colours it."""
        one = self.standing
        if one.standing == "recognised" and one.certainty == "possible":
            return "maybe"
        if one.standing in ("not_recognised", "unknown") and one.announced != "none":
            return "refused" if one.announced == "refused" else "plan"
        return _GROUPS.get(one.standing, "unknown")

    @property
    def is_contested(self) -> bool:
        """Whether somebody contests it."""
        return self.standing.dispute == "contested"


def state(observatory: Observatory, request: Request) -> Page | Response:
    """The page."""
    asked = Asked.from_query(request.query_params, dt.date.today())
    given = request.path_params["actor"]
    actor = resolve_actor(given, on=asked.on)
    if actor != given:
        return redirect(address("state", actor, query=asked.query(rules=False)))
    polity = polity_of(actor, asked.on)
    key = ("web state", actor, asked.on, asked.known, asked.recorded)

    def make() -> tuple[list[Standing], int]:
        clocks = {"on": asked.on, "known": asked.known, "recorded": asked.recorded}
        found = observatory.standings_of(actor, **clocks)
        return found, 1000 * (1 + len(found))

    standings: list[Standing] = observatory.keep(key, make, None)
    rows = [_Row(one.recognised, name_of(one.recognised), one) for one in standings]
    rows.sort(key=lambda row: (row.name.casefold(), row.slug))
    disputed = [row for row in rows if load_polities()[row.slug].is_disputed]
    return Page("state.html", {
        "section": "home", "id": actor, "name": polity.name if polity else name_of(actor),
        "slug": polity.slug if polity else "", "asked": asked, "path": address("state", actor),
        "query": asked.query(rules=False), "disputed": disputed,
        "others": [row for row in rows if row not in disputed],
        "recognised": sum(row.group == "yes" for row in disputed),
    })  # fmt: skip
