"""The page of a polity: who recognises it, under which dates and rules."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from starlette.requests import Request
from starlette.responses import Response

from dejure.ledger import ActRecord, Count
from dejure.ledger.counts import tally
from dejure.ledger.live import Clock
from dejure.ledger.parties import governments_of, name_of, states_on
from dejure.ledger.rules import load_presets
from dejure.ledger.views import PolityView
from dejure.reference.tables import load_polities, read_table
from dejure.serving.answers import standings_answer
from dejure.web import charts
from dejure.web.address import FIRST_DAY, LAST_DAY, Asked, address
from dejure.web.environment import environment
from dejure.web.maps import HEIGHT, WIDTH
from dejure.web.rendering import Page, redirect
from dejure.web.security import HEADERS
from dejure.web.standing_view import areas, dispute_rows, groups, marks, rug, show_standings, shown_tiles

if TYPE_CHECKING:
    from dejure.serving import Observatory

__all__ = ["polity", "standings_csv", "standings_json"]

#: Acts that a page shows before it is asked for all.
_SHOWN_ACTS = 60
#: Days at which the curve over time is computed, at the most.
_MOST_STEPS = 90
_DONE = ("recognise", "withdraw", "establish-relations")


def polity(observatory: Observatory, request: Request) -> Page | Response:
    """The page."""
    asked = Asked.from_query(request.query_params, dt.date.today())
    view = observatory.view(request.path_params["polity"], **asked.clocks)
    slug = view.polity.slug
    if slug != request.path_params["polity"]:
        return redirect(address("polity", slug, query=asked.query()))
    count = observatory.count(slug, asked.rules, **asked.clocks)
    acts = [one for one in observatory.history(slug, **asked.clocks) if one.recognised == slug or one.act in _DONE]
    shown = show_standings(view, count)
    whole = observatory.view(slug, on=asked.on, capacity=asked.capacity)  # of all that is known: the sliders span it
    itself, states = _itself(view), states_on(asked.on)
    steps = _steps(observatory, view, asked, count)
    all_acts = sorted(acts, key=_newest, reverse=True)
    most = len(acts) if request.query_params.get("acts") == "all" else _SHOWN_ACTS
    done = [one.date.latest for one in acts if one.act == "recognise" and one.asserted and one.date and one.date.latest]
    return Page("polity.html", {
        "section": "home", "view": view, "polity": view.polity, "asked": asked, "count": count,
        "path": address("polity", slug), "query": asked.query(), "clock_query": asked.query(rules=False),
        "presets": _presets(asked), "organisations": _organisations(), "first_day": FIRST_DAY, "last_day": LAST_DAY,
        "span": _span(whole, asked), "rugs": _rugs(whole, asked),
        "ended": view.polity.validity.end if (view.polity.validity.end or dt.date.max) < asked.on else None,
        "rivals": [load_polities()[one] for one in governments_of(slug)
                   if load_polities()[one].validity.distance_days(asked.on) == 0],
        "groups": groups(shown), "map_size": (WIDTH, HEIGHT), "areas": areas(shown, itself, states),
        "dots": marks(shown, itself, states), "tiles": shown_tiles(shown, itself),
        "disputes": dispute_rows(shown, observatory.contradictions(slug, **asked.clocks)),
        "steps": steps, "chart": _chart(steps, asked) if steps else {},
        "acts": all_acts[:most], "acts_left": max(0, len(all_acts) - most),
        "complete": [one for one in view.series if one.complete_from and one.complete_to and "recognise" in one.acts],
        "last_act": max(done, default=None),
    })  # fmt: skip


def _newest(act: ActRecord) -> tuple[dt.date, str, str]:
    latest = act.date.latest or act.date.earliest if act.date else None
    return (latest or dt.date.min, act.recogniser or "", act.act)


def _itself(view: PolityView) -> tuple[str, ...]:
    """Slugs that are drawn as the polity itself: a government has the outline of its state."""
    own = view.polity
    return (own.slug, own.parent) if own.kind == "government" and own.parent else (own.slug,)


def _presets(asked: Asked) -> list[tuple[str, str, str]]:
    return [
        (name, asked.query(rules=False) + ("&" if asked.query(rules=False) else "?") + f"preset={name}", told["told"])
        for name, told in load_presets().items()
    ]


def _organisations() -> list[str]:
    return sorted({row["organisation"] for row in read_table("organisation_members.csv")}, key=lambda o: (o != "UN", o))


def _span(view: PolityView, asked: Asked) -> tuple[dt.date, dt.date]:
    """First and last day of the sliders: from a year before the first act to today, or to the days asked for."""
    today = dt.date.today()
    all_acts = [claim.happened for claim in view.claims]
    days = [one.earliest for one in all_acts if one.earliest] + [one.latest for one in all_acts if one.latest]
    days += [asked.on] + ([asked.known] if asked.known else [])
    start = view.polity.validity.start
    first = min([*days, start] if start else days)
    return max(FIRST_DAY, first - dt.timedelta(days=365)), max(today, asked.on, asked.known or today)


def _rugs(view: PolityView, asked: Asked) -> dict[str, dict[str, str]]:
    first, last = _span(view, asked)
    happened: dict[str, list[dt.date]] = {"up": [], "down": []}
    public: dict[str, list[dt.date]] = {"up": [], "down": []}
    for one in view.claims:
        kind = "down" if one.claim.act in ("withdraw", "sever-relations") else "up"
        if one.claim.act in _DONE and (day := one.happened.latest):
            happened[kind].append(day)
        if day := one.known_at.latest:
            public[kind].append(day)
    return {"on": rug(happened, first, last), "known": rug(public, first, last)}


def _steps(observatory: Observatory, view: PolityView, asked: Asked, count: Count) -> list[tuple[dt.date, int, int]]:
    """Certain and possible recognisers on the days on which they may have changed, up to the day of the page.

    They are kept for all days at once: a slider of days asks for none of them again.
    """
    slug = view.polity.slug
    layers = observatory.ledger.layers
    clocks: dict[str, Any] = {"known": asked.known, "recorded": asked.recorded, "capacity": asked.capacity}

    def make() -> tuple[list[tuple[dt.date, int, int]], int]:
        found = []
        for day in _days(observatory.history(slug, **clocks)):
            clock = Clock(on=day, known=asked.known, recorded=asked.recorded)
            found.append((day, *tally(PolityView(layers, view.polity, clock, asked.capacity), asked.rules)))
        return found, 100 * len(found)

    key = ("web steps", slug, asked.known, asked.recorded, asked.capacity, asked.rules)
    steps: list[tuple[dt.date, int, int]] = observatory.keep(key, make, observatory.slugs_of(slug))
    past = [one for one in steps if one[0] < asked.on]
    return [*past, (asked.on, count.certain, count.possible)] if past else []


def _days(acts: Sequence[ActRecord]) -> list[dt.date]:
    """Days on which a count may change, the day before the first, and no more than can be drawn."""
    days = sorted({
        day for one in acts for date in (one.date, *(entry.claim.effective for entry in one.entries)) if date
        for day in (date.earliest, date.latest) if day
    })  # fmt: skip
    if len(days) > _MOST_STEPS:
        days = [days[place * len(days) // _MOST_STEPS] for place in range(_MOST_STEPS)]
    return [max(days[0], FIRST_DAY) - dt.timedelta(days=1), *days] if days else []


def _chart(steps: Sequence[tuple[dt.date, int, int]], asked: Asked) -> dict[str, Any]:
    texts: Any = environment().globals["t"]
    labels = {name: texts(f"polity.chart_{name}") for name in ("day", "certain", "possible", "axis")}
    return charts.count_chart(steps, asked.on, labels)


def _asked_standings(observatory: Observatory, request: Request) -> tuple[PolityView, Count, Asked]:
    asked = Asked.from_query(request.query_params, dt.date.today())
    view = observatory.view(request.path_params["polity"], **asked.clocks)
    return view, observatory.count(view.polity.slug, asked.rules, **asked.clocks), asked


def standings_csv(observatory: Observatory, request: Request) -> Response:
    """The standings as a table; cells that a spreadsheet would take for a formula are quoted."""
    view, count, _ = _asked_standings(observatory, request)
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow((
        "id", "name", "standing", "certainty", "since_earliest", "since_latest", "basis", "announced", "dispute",
        "contested_by", "counts", "warning",
    ))  # fmt: skip
    for shown in show_standings(view, count):
        one = shown.standing
        writer.writerow([_cell(value) for value in (
            one.recogniser, name_of(one.recogniser), one.standing, one.certainty,
            one.since.earliest if one.since else None, one.since.latest if one.since else None, one.basis,
            one.announced, one.dispute, " ".join(by for contest in one.contests for by in contest.claimed_by),
            {"yes": "certain", "maybe": "possible"}.get(shown.group, "no"), one.warning,
        )])  # fmt: skip
    return _download(buffer.getvalue(), "text/csv; charset=utf-8", f"{view.polity.slug}.csv")


def _cell(value: object) -> str:
    text = "" if value is None else str(value)
    return f"'{text}" if text[:1] in "=+-@\t\r" and text else text


def standings_json(observatory: Observatory, request: Request) -> Response:
    """The standings and the count, as the commands tell them."""
    view, count, _ = _asked_standings(observatory, request)
    told = {**standings_answer(view, view.standings(everybody=True)), "count": count.to_dict()}
    text = json.dumps(told, ensure_ascii=False, indent=1, default=str)
    return _download(text + "\n", "application/json", f"{view.polity.slug}.json")


def _download(text: str, kind: str, name: str) -> Response:
    headers = {**HEADERS, "Content-Disposition": f'attachment; filename="{name}"'}
    return Response(text.encode("utf-8"), media_type=kind, headers=headers)
