"""Charts as Vega-Lite specifications; the browser draws them, and a table beside each tells the same.

Colours are left to the page, which knows light from dark: a specification names roles, `observatory.js` sets them in.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

__all__ = ["board_chart", "count_chart", "events_chart", "fan_chart"]

Spec = dict[str, Any]

_SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"


def _spec(height: int, **parts: Any) -> Spec:
    return {
        "$schema": _SCHEMA, "width": "container", "height": height, "background": None,
        "autosize": {"type": "fit-x", "contains": "padding"}, **parts,
    }  # fmt: skip


def _data(rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    return {"values": [dict(row) for row in rows]}


def count_chart(steps: Sequence[tuple[dt.date, int, int]], on: dt.date, labels: Mapping[str, str]) -> Spec:
    """How many recognised the polity day by day; the band lies between certain and possible.

    Parameters
    ----------
    steps : sequence of (date, certain, possible)
    on : datetime.date
        The day of the page, as a rule.
    labels : mapping
        `certain`, `possible`, `day`, `axis`.
    """
    rows = [{"day": day.isoformat(), "certain": low, "possible": high} for day, low, high in steps]
    x = {"field": "day", "type": "temporal", "title": None, "axis": {"grid": False, "tickCount": 8}}
    tooltip = [
        {"field": "day", "type": "temporal", "title": labels["day"], "format": "%Y-%m-%d"},
        {"field": "certain", "type": "quantitative", "title": labels["certain"]},
        {"field": "possible", "type": "quantitative", "title": labels["possible"]},
    ]
    return _spec(
        240,
        layer=[
            {
                "data": _data(rows),
                "mark": {"type": "area", "interpolate": "step-after", "color": "role:maybe", "opacity": 0.8},
                "encoding": {
                    "x": x, "y": {"field": "certain", "type": "quantitative", "title": labels["axis"]},
                    "y2": {"field": "possible"},
                },
            },
            {
                "data": _data(rows),
                "mark": {"type": "line", "interpolate": "step-after", "color": "role:yes", "strokeWidth": 2.2},
                "encoding": {"x": x, "y": {"field": "certain", "type": "quantitative"}, "tooltip": tooltip},
            },
            {
                "data": _data([{"day": on.isoformat()}]),
                "mark": {"type": "rule", "color": "role:accent", "strokeDash": [4, 3], "strokeWidth": 1.5},
                "encoding": {"x": x},
            },
        ],
    )  # fmt: skip


def fan_chart(
    past: Sequence[tuple[dt.date, int]],
    coming: Sequence[tuple[dt.date, float, float, float]],
    labels: Mapping[str, str],
) -> Spec:
    """Acts so far, and what may come: expected number with its interval.

    Parameters
    ----------
    past : sequence of (date, acts)
    coming : sequence of (date, expected, low, high)
    labels : mapping
        `axis`.
    """
    x = {"field": "day", "type": "temporal", "title": None, "axis": {"grid": False, "tickCount": 8}}
    ahead = [{"day": d.isoformat(), "expected": e, "low": low, "high": high} for d, e, low, high in coming]
    return _spec(
        240,
        layer=[
            {
                "data": _data(ahead), "mark": {"type": "area", "color": "role:plan", "opacity": 0.35},
                "encoding": {
                    "x": x,
                    "y": {"field": "low", "type": "quantitative", "title": labels["axis"], "scale": {"zero": False}},
                    "y2": {"field": "high"},
                },
            },
            {
                "data": _data(ahead), "mark": {"type": "line", "color": "role:withdrawn", "strokeDash": [5, 3]},
                "encoding": {"x": x, "y": {"field": "expected", "type": "quantitative"}},
            },
            {
                "data": _data([{"day": day.isoformat(), "acts": acts} for day, acts in past]),
                "mark": {"type": "line", "interpolate": "step-after", "color": "role:yes", "strokeWidth": 2},
                "encoding": {"x": x, "y": {"field": "acts", "type": "quantitative"}},
            },
        ],
    )  # fmt: skip


def board_chart(
    rows: Sequence[Mapping[str, Any]], order: Sequence[str], roles: Sequence[str], labels: Mapping[str, str]
) -> Spec:
    """How many states of each region hold which position.

    Parameters
    ----------
    rows : sequence of mappings
        `region`, `value`, `states`.
    order, roles : sequences of str
        Values in their order, and the colour of each.
    """
    return _spec(
        max(160, 26 * len({row["region"] for row in rows})),
        data=_data([{**row, "rank": order.index(row["value"])} for row in rows]),
        mark={"type": "bar", "stroke": "role:paper", "strokeWidth": 0.6},
        encoding={
            "y": {"field": "region", "type": "nominal", "title": None, "axis": {"labelLimit": 240}},
            "x": {"field": "states", "type": "quantitative", "title": labels["axis"], "stack": "zero"},
            "color": {
                "field": "value", "type": "nominal", "title": None,
                "scale": {"domain": list(order), "range": [f"role:{role}" for role in roles]},
                "legend": {"orient": "top", "columns": 5},
            },
            "order": {"field": "rank"},
            "tooltip": [{"field": "region"}, {"field": "value"}, {"field": "states"}],
        },
    )  # fmt: skip


def events_chart(rows: Sequence[Mapping[str, Any]], quads: Sequence[str], labels: Mapping[str, str]) -> Spec:
    """Events per month and class of cooperation and conflict.

    Parameters
    ----------
    rows : sequence of mappings
        `month` (YYYY-MM), `quad`, `events`.
    quads : sequence of str
        The four classes, in order.
    """
    return _spec(
        200,
        data=_data([{**row, "month": f"{row['month']}-15"} for row in rows]),
        mark={"type": "bar"},
        encoding={
            "x": {
                "field": "month", "type": "temporal", "timeUnit": "yearmonth", "title": None, "axis": {"grid": False},
            },
            "y": {"field": "events", "type": "quantitative", "title": labels["axis"], "stack": "zero"},
            "color": {
                "field": "quad", "type": "nominal", "title": None,
                "scale": {"domain": list(quads), "range": ["role:maybe", "role:yes", "role:plan", "role:withdrawn"]},
                "legend": {"orient": "top"},
            },
            "tooltip": [
                {"field": "month", "type": "temporal", "format": "%Y-%m"}, {"field": "quad"}, {"field": "events"},
            ],
        },
    )  # fmt: skip
