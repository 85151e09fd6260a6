"""The first page: polities in dispute with their counts, the latest acts, what is new; and the search."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from starlette.requests import Request
from starlette.responses import Response

from dejure.ledger import ActRecord
from dejure.reference.tables import Polity, load_polities
from dejure.web.address import address, day_of
from dejure.web.environment import environment
from dejure.web.rendering import Page, redirect
from dejure.web.search import Found, find

if TYPE_CHECKING:
    from dejure.serving import Observatory

__all__ = ["home", "search"]

_LAST_ACTS = 12
_NEWS_DAYS = 30
#: Acts that change something, and so are news.
_NEWS = ("recognise", "withdraw", "intend", "condition", "refuse", "establish-relations", "sever-relations")
_LONGEST_WORDS = 200


@dataclass(frozen=True, slots=True)
class _Row:
    polity: Polity
    certain: int
    possible: int
    last: ActRecord | None
    acts: int


def home(observatory: Observatory, request: Request) -> Page:
    """The first page."""
    today = dt.date.today()
    since = day_of(request.query_params.get("since"), "since") or today - dt.timedelta(days=_NEWS_DAYS)
    rows: list[_Row] = observatory.keep(("web home", today), lambda: _rows(observatory, today), None)
    held = {row.polity.slug for row in rows}
    disputed = sorted(rows, key=lambda row: (-row.possible, row.polity.name))
    has_ledger = observatory.location is not None
    instant = dt.datetime(since.year, since.month, since.day, tzinfo=dt.UTC)
    last: list[ActRecord] = observatory.keep(("web last", today), lambda: _last(observatory, today), None)
    return Page("home.html", {
        "section": "home", "since": since, "has_ledger": has_ledger, "last": last,
        "contested": [row for row in disputed if row.polity.kind != "government" and _holds(row.polity, today)],
        "governments": [row for row in disputed if row.polity.kind == "government" and _holds(row.polity, today)],
        "others": sorted(
            (load_polities()[one["slug"]] for one in observatory.polities()
             if one["slug"] not in held or not _holds(load_polities()[one["slug"]], today)),
            key=lambda polity: polity.name.casefold(),
        ),
        "news": observatory.changes_since(instant) if has_ledger else None,
    })  # fmt: skip


def _holds(polity: Polity, day: dt.date) -> bool:
    return polity.validity.distance_days(day) == 0


def _rows(observatory: Observatory, today: dt.date) -> tuple[list[_Row], int]:
    found = []
    for told in observatory.polities():
        if not told["disputed"]:
            continue
        polity = load_polities()[told["slug"]]
        count = observatory.count(polity.slug, on=today)
        acts = [one for one in observatory.history(polity.slug, on=today) if one.recognised == polity.slug]
        dated = [one for one in acts if one.asserted and one.recogniser and one.act in _NEWS and _latest(one)]
        last = max(dated, key=lambda one: (_latest(one) or dt.date.min, one.recogniser or ""), default=None)
        found.append(_Row(polity, count.certain, count.possible, last, len(acts)))
    return found, 500 * len(found)


def _last(observatory: Observatory, today: dt.date) -> tuple[list[ActRecord], int]:
    acts = [
        one for told in observatory.polities() for one in observatory.history(told["slug"], on=today)
        if one.recognised == told["slug"] and one.recogniser and one.act in _NEWS and _latest(one)
    ]  # fmt: skip
    acts.sort(key=lambda one: (_latest(one) or dt.date.min, one.recogniser or "", one.recognised), reverse=True)
    return acts[:_LAST_ACTS], 2500 * _LAST_ACTS


def _latest(act: ActRecord) -> dt.date | None:
    return act.date.latest if act.date else None


def search(observatory: Observatory, request: Request) -> Page | Response:  # noqa: ARG001  one signature for all pages
    """What a question names; one answer is shown at once."""
    words = request.query_params.get("q", "")[:_LONGEST_WORDS]
    found = find(words, dt.date.today())
    if len(found) == 1 or (found and found[0].is_whole):
        return redirect(_target(found[0]))
    texts: Any = environment().globals["t"]
    lines = [(one.kind, texts(f"search.as_{one.kind}", **one.names), _target(one)) for one in found]
    return Page("search.html", {"words": words, "found": lines})


def _target(found: Found) -> str:
    if found.kind == "pair":
        return address("claim", found.actor, found.slug)
    return address("polity", found.slug) if found.kind == "polity" else address("state", found.actor)
