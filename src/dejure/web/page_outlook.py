"""How others responded to an act, whether they will follow, and the events of a corpus."""

from __future__ import annotations

import base64
import binascii
import datetime as dt
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from starlette.requests import Request
from starlette.responses import Response

from dejure.analysis.board import Board, BoardRow
from dejure.errors import BadDate, BadRequest, MissingExtra, SettingsError
from dejure.ledger.parties import polity_of, resolve_polity
from dejure.reference.ontology import load_ontology
from dejure.serving.events import EventFilter
from dejure.web import charts
from dejure.web.address import address, day_of, number_of
from dejure.web.environment import environment
from dejure.web.rendering import Page, redirect

if TYPE_CHECKING:
    from dejure.serving import Observatory

__all__ = ["board", "events", "wave"]

_LONGEST_WINDOW = 3660
_EVENTS_A_PAGE = 50

#: Values of a board in the order of the chart, each with the class that colours it.
_POSITIONS = {
    "recognised before": "out", "recognised after": "yes", "intends": "plan", "conditional": "frozen",
    "considers": "maybe", "refuses": "refused", "none": "no",
}  # fmt: skip
_NEWEST_FIRST = ("recognised after", "intends", "conditional", "considers", "refuses", "recognised before", "none")
_SILENT = ("silent",)


def board(observatory: Observatory, request: Request) -> Page | Response:
    """The response board of an act."""
    query = request.query_params
    found = resolve_polity(request.path_params["polity"])
    day = day_of(query.get("day") or request.path_params["day"], "day")
    if day is None:
        raise BadDate("the act needs a day", cure="write YYYY-MM-DD")
    if (found.slug, day.isoformat()) != (request.path_params["polity"], request.path_params["day"]):
        rest = f"?window={query['window']}" if query.get("window", "").isdigit() else ""
        return redirect(address("board", found.slug, day.isoformat(), query=rest))
    window = number_of(query.get("window"), "window", least=0, most=_LONGEST_WINDOW, default=30)
    made: Board = observatory.board(f"{found.slug}@{day.isoformat()}", window_days=window)
    regions = Counter((row.region, row.position) for row in made.rows)
    texts: Any = environment().globals["t"]
    values = [
        {"region": texts.of("region", region), "value": value, "states": n}
        for (region, value), n in sorted(regions.items())
    ]
    present = [one for one in _POSITIONS if any(row["value"] == one for row in values)]
    labels = {"axis": texts("board.states")}
    return Page("board.html", {
        "section": "home", "polity": found, "board": made, "day": day, "window": window,
        "path": address("board", found.slug, day.isoformat()), "positions": made.counts("position"),
        "stances": made.counts("stance"), "roles": _POSITIONS, "regions": _by_region(values, present),
        "present": present,
        "rows": sorted(made.rows, key=lambda row: (_rank(row), row.days_high or 0, row.name)),
        "silent": sum(row.stance in _SILENT for row in made.rows),
        "unobserved": sum(row.stance == "unobserved" for row in made.rows),
        "chart": charts.board_chart(values, present, [_POSITIONS[one] for one in present], labels),
        "actor_of": {row.state: _actor(row.state) for row in made.rows},
    })  # fmt: skip


def _rank(row: BoardRow) -> int:
    """What is new first: those that acted in the window, then those that spoke, then those before, then nothing."""
    return _NEWEST_FIRST.index(row.position) if row.position in _NEWEST_FIRST else len(_NEWEST_FIRST)


def _actor(slug: str) -> str:
    polity = polity_of(slug, None)
    return polity.actor_id if polity else slug


def _by_region(values: Sequence[Mapping[str, Any]], present: Sequence[str]) -> list[tuple[str, list[int]]]:
    found: dict[str, dict[str, int]] = {}
    for row in values:
        found.setdefault(row["region"], {})[row["value"]] = row["states"]
    return [(region, [counts.get(one, 0) for one in present]) for region, counts in sorted(found.items())]


def wave(observatory: Observatory, request: Request) -> Page | Response:
    """Whether others will follow: the answer of the model, with its uncertainty."""
    found = resolve_polity(request.path_params["polity"])
    on = day_of(request.query_params.get("on"), "on")
    if found.slug != request.path_params["polity"]:
        return redirect(address("wave", found.slug, query=f"?on={on.isoformat()}" if on else ""))
    day = on or dt.date.today()
    answer = observatory.wave(found.slug, day)
    texts: Any = environment().globals["t"]
    past = _past(observatory, found.slug, day)
    middle = answer["horizons_days"].index(90) if 90 in answer["horizons_days"] else 0
    return Page("wave.html", {
        "section": "home", "polity": found, "answer": answer, "on": day, "given": on, "middle": middle,
        "path": address("wave", found.slug),
        "chart": charts.fan_chart(past, _coming(answer, day), {"axis": texts("wave.axis")}),
        "rows": [
            {"days": days, "expected": answer["expected"][place], "interval": answer["interval80"][place],
             "one": answer["at_least_one"][place],
             "others": [told["expected"][place] for told in answer["baselines"].values()]}
            for place, days in enumerate(answer["horizons_days"])
        ],
    })  # fmt: skip


def _past(observatory: Observatory, slug: str, day: dt.date) -> list[tuple[dt.date, int]]:
    from dejure.analysis.records_in import series_of_ledger
    from dejure.analysis.states import state_system
    from dejure.analysis.wave import series_for

    system = state_system()
    series = series_for(slug, day, system, more=series_of_ledger(observatory.ledger, slug, day, system))
    days = sorted(one.latest for one in series.acts)
    return [(series.claimed, 0), *((one, number) for number, one in enumerate(days, 1)), (day, len(days))]


def _coming(answer: Mapping[str, Any], day: dt.date) -> list[tuple[dt.date, float, float, float]]:
    acts = answer["known_acts"]
    rows = [(day, float(acts), float(acts), float(acts))]
    for place, days in enumerate(answer["horizons_days"]):
        low, high = answer["interval80"][place]
        rows.append((day + dt.timedelta(days=days), acts + answer["expected"][place], acts + low, acts + high))
    return rows


def events(observatory: Observatory, request: Request) -> Page:
    """Events of the corpus by filters, a page at a time."""
    query = request.query_params
    kinds = sorted(load_ontology().types)
    kind = query.get("kind") or None
    if kind is not None and kind not in kinds:
        raise SettingsError("no such type of event", value=kind, cure=f"choose one of {', '.join(kinds)}")
    if not observatory.has_corpus:
        return Page("events.html", {"section": "events", "has_corpus": False})
    chosen = EventFilter(
        actor=_code(query.get("actor")), recipient=_code(query.get("recipient")), kind=kind,
        first=day_of(query.get("from"), "from"), last=day_of(query.get("to"), "to"),
        confidence=_share(query.get("sure")),
    )  # fmt: skip
    try:
        page = observatory.events(chosen, after=_after(query.get("after")), limit=_EVENTS_A_PAGE)
    except ImportError as error:
        raise MissingExtra("events need the extra analysis", cure="pip install 'dejure[analysis]'") from error
    texts: Any = environment().globals["t"]
    quads = [texts(f"quad.q{number}") for number in (1, 2, 3, 4)]
    counted: Counter[tuple[str, int]] = Counter()
    for row in page.rows:
        day = row["earliest"] or row["published"]
        if day and row["quad_code"] in (1, 2, 3, 4):
            counted[f"{day:%Y-%m}", row["quad_code"]] += 1
    bars = [{"month": month, "quad": quads[quad - 1], "events": n} for (month, quad), n in sorted(counted.items())]
    keep = {name: value for name in ("actor", "recipient", "kind", "from", "to", "sure") if (value := query.get(name))}
    return Page("events.html", {
        "section": "events", "has_corpus": True, "rows": page.rows, "kinds": kinds, "asked": keep, "quads": quads,
        "chart": charts.events_chart(bars, quads, {"axis": texts("events.axis")}) if bars else {},
        "next": _pack(page.after) if page.after else "", "is_first": not query.get("after"),
    })  # fmt: skip


def _code(text: str | None) -> str | None:
    """An actor: an id as it stands, or a name that the tables know."""
    if not text or not text.strip():
        return None
    from dejure.ledger.parties import is_known_actor, resolve_actor

    wanted = text.strip()
    return wanted if is_known_actor(wanted) else resolve_actor(wanted)


def _share(text: str | None) -> float | None:
    if not text or not text.strip():
        return None
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0 <= value <= 1:
        raise BadRequest("a confidence lies between 0 and 1", value=text, cure="write 0.8")
    return value


def _pack(after: tuple[str, str, str]) -> str:
    return base64.urlsafe_b64encode(json.dumps(after).encode()).decode().rstrip("=")


def _after(text: str | None) -> list[str] | None:
    if not text:
        return None
    try:
        found = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
        day, report, id_ = found
        dt.date.fromisoformat(day)
    except (ValueError, TypeError, binascii.Error) as error:
        raise BadRequest("this page of results is none", value=text, cure="begin with the first page") from error
    if not (isinstance(report, str) and isinstance(id_, str)):
        raise BadRequest("this page of results is none", value=text, cure="begin with the first page")
    return [day, report, id_]
