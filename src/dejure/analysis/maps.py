"""Two maps: outlines with dots for small states, and a grid on which every state has one tile.

Outlines are those of Natural Earth, by way of world-atlas 2.0.2; they are no statement on any boundary.
"""

from __future__ import annotations

import functools
import json
from importlib import resources
from typing import Any

import numpy as np
import numpy.typing as npt

from dejure.analysis.acts import Series
from dejure.analysis.states import StateSystem
from dejure.analysis.wave import WaveAnswer

__all__ = ["tile_map", "tile_places", "world_map"]

_CLASSES = ("has acted", "likeliest tenth", "at risk", "polity or parent")
_COLOURS = ("#0072B2", "#D55E00", "#DDDDDD", "#333333")
_CREDIT = "Outlines: Natural Earth (public domain), world-atlas 2.0.2 (ISC); no opinion on boundaries"


def _classes(answer: WaveAnswer, series: Series, system: StateSystem) -> dict[str, str]:
    """What each state of the day is coloured as."""
    members = system.members_on(answer.on)
    acted = {one.recogniser for one in series.acts} | set(series.absent)
    order = np.argsort(-answer.model.probability[:, -1], kind="stable")
    first = {answer.model.states[row] for row in order.tolist()[: max(1, len(answer.model.states) // 10)]}
    barred = {series.polity.slug, *series.polity.parents}
    found = {}
    for slug, inside in zip(system.slugs, members, strict=True):
        if inside or slug in barred:
            found[slug] = (
                _CLASSES[3]
                if slug in barred
                else _CLASSES[0]
                if slug in acted
                else _CLASSES[1]
                if slug in first
                else _CLASSES[2]
            )
    return found


@functools.cache
def _outlines() -> list[dict[str, Any]]:
    raw = resources.files("dejure.analysis").joinpath("data", "world.json").read_text(encoding="utf-8")
    features: list[dict[str, Any]] = json.loads(raw)["features"]
    return features


def world_map(answer: WaveAnswer, series: Series, system: StateSystem) -> Any:
    """Outlines coloured by what a state did, and a dot for each state that has no outline of its own."""
    from dejure.analysis.charts import altair

    alt = altair()
    classes = _classes(answer, series, system)
    drawn, shapes = set(), []
    for feature in _outlines():
        slug = feature["properties"]["slug"]
        drawn.add(slug)
        shapes.append({**feature, "class": classes.get(slug, "no state of the system"), "slug": slug})
    scale = alt.Scale(domain=[*_CLASSES, "no state of the system"], range=[*_COLOURS, "#F5F5F5"])
    areas = (
        alt.Chart(alt.Data(values=shapes))
        .mark_geoshape(stroke="white", strokeWidth=0.4)
        .encode(color=alt.Color("class:N", title=None, scale=scale), tooltip=["slug:N", "class:N"])
    )
    places = system.index
    dots = [
        {
            "slug": slug,
            "class": value,
            "lat": system.traits[places[slug]].latitude,
            "lon": system.traits[places[slug]].longitude,
        }
        for slug, value in classes.items()
        if slug in places and slug not in drawn
    ]
    if series.polity.latitude is not None and series.polity.slug not in drawn:
        dots.append(
            {
                "slug": series.polity.slug,
                "class": _CLASSES[3],
                "lat": series.polity.latitude,
                "lon": series.polity.longitude or 0.0,
            }
        )
    points = (
        alt.Chart(alt.Data(values=dots))
        .mark_circle(size=26, stroke="#555555", strokeWidth=0.4, opacity=1)
        .encode(
            longitude="lon:Q", latitude="lat:Q", color=alt.Color("class:N", scale=scale), tooltip=["slug:N", "class:N"]
        )
    )
    return (
        (areas + points)
        .project("naturalEarth1")
        .properties(
            width=760,
            height=400,
            title=alt.TitleParams(
                text=f"{answer.polity} on {answer.on}", subtitle=_CREDIT, anchor="start", fontSize=15
            ),
        )
    )


def tile_places(latitude: npt.NDArray[np.float64], longitude: npt.NDArray[np.float64]) -> npt.NDArray[np.int64]:
    """A tile for each point, (n, 2) of column and row, nearest in total (an assignment problem).

    Parameters
    ----------
    latitude, longitude : arrays of shape (n,)
        Degrees.
    """
    from scipy.optimize import linear_sum_assignment

    columns, rows = 32, 20
    cells = np.array([(x, y) for y in range(rows) for x in range(columns)])
    # Ranks blended with coordinates: crowded parts of the world get more room.
    x = 0.5 * _ranks(longitude) + 0.5 * (longitude + 180) / 360
    y = 0.5 * _ranks(-latitude) + 0.5 * (75 - latitude) / 130
    cost = (cells[None, :, 0] - x[:, None] * (columns - 1)) ** 2 + (cells[None, :, 1] - y[:, None] * (rows - 1)) ** 2
    _, chosen = linear_sum_assignment(cost)
    return np.asarray(cells[chosen], dtype=np.int64)


def _ranks(values: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    return np.asarray(
        np.argsort(np.argsort(values, kind="stable"), kind="stable") / max(1, len(values) - 1), dtype=np.float64
    )


def tile_map(answer: WaveAnswer, series: Series, system: StateSystem) -> Any:
    """One tile for each state, so that small ones count as much as large ones."""
    from dejure.analysis.charts import altair

    alt = altair()
    classes = _classes(answer, series, system)
    places = system.index
    slugs = [slug for slug in classes if slug in places]
    traits = [system.traits[places[slug]] for slug in slugs]
    cells = tile_places(np.array([t.latitude for t in traits]), np.array([t.longitude for t in traits]))
    rows = [
        {
            "x": int(cell[0]),
            "y": int(cell[1]),
            "class": classes[slug],
            "state": system.names[places[slug]],
            "code": system.iso3[places[slug]] or slug[:3].upper(),
        }
        for slug, cell in zip(slugs, cells, strict=True)
    ]
    base = alt.Chart(alt.Data(values=rows)).encode(
        x=alt.X("x:O", axis=None), y=alt.Y("y:O", axis=None), tooltip=["state:N", "class:N"]
    )
    tiles = base.mark_rect(stroke="white", strokeWidth=1.5).encode(
        color=alt.Color("class:N", title=None, scale=alt.Scale(domain=list(_CLASSES), range=list(_COLOURS)))
    )
    text = base.mark_text(fontSize=8).encode(
        text="code:N",
        color=alt.condition("datum['class'] == 'at risk'", alt.value("#222222"), alt.value("white")),
    )
    return (tiles + text).properties(
        width=760,
        height=420,
        title=alt.TitleParams(
            text=f"{answer.polity} on {answer.on}: every state one tile",
            anchor="start",
            fontSize=15,
            subtitle="Tiles stand as near to their places as they can",
        ),
    )
