"""The JSON of answers about the ledger: the same for the command line and for the server."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dejure.ledger import ActRecord, Standing
    from dejure.ledger.judgement import ReviewItem
    from dejure.ledger.views import PolityView

__all__ = ["acts_in_full", "acts_in_short", "review_in_short", "standings_answer"]


def standings_answer(view: PolityView, found: Sequence[Standing]) -> dict[str, Any]:
    """Where each stands, under the clocks of a view."""
    from dejure.ledger.parties import name_of

    return {
        "polity": view.polity.slug, "capacity": view.target.capacity, "on": view.clock.on.isoformat(),
        "known": view.clock.known.isoformat() if view.clock.known else None,
        "recorded": view.clock.recorded.isoformat() if view.clock.recorded else None,
        "series": [one.to_dict() for one in view.series],
        "standings": [{"name": name_of(one.recogniser), **one.to_dict()} for one in found],
    }  # fmt: skip


def acts_in_full(acts: Sequence[ActRecord]) -> list[dict[str, Any]]:
    """Acts with their entries down to the words."""
    return [
        {**act.to_dict(), "entries": [{"id": entry.id, **entry.to_dict()} for entry in act.entries]} for act in acts
    ]


def acts_in_short(acts: Sequence[ActRecord]) -> list[dict[str, Any]]:
    """Acts with the ids of their entries."""
    return [{**act.to_dict(), "entries": [entry.id for entry in act.entries]} for act in acts]


def review_in_short(found: Sequence[ReviewItem]) -> list[dict[str, Any]]:
    """What nobody judged yet, with the ids of the entries."""
    return [{**one.to_dict(), "entries": [entry.id for entry in one.act.entries]} for one in found]
