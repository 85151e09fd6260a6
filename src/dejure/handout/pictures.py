"""The pictures of a report as SVG that needs nothing else: world map, tile grid, timeline.

Colours are classes of the page's style sheet, so that the dark scheme and print can change them; hatches and letters
say the same without colour.
"""

from __future__ import annotations

import datetime as dt
import functools
import json
import math
from collections.abc import Iterable, Iterator
from importlib import resources
from typing import Any

import numpy as np

from dejure.handout.facts import CLASSES, Handout, country_slug
from dejure.handout.markup import text
from dejure.reference.tables import load_polities

__all__ = ["PATTERNS", "legend", "tile_grid", "timeline", "world_map"]

_WIDTH = 960.0
_SCALE = _WIDTH / (2 * 0.8707 * math.pi)
_NORTH, _SOUTH = 84.0, -57.0

#: Hatches, defined once a page.
PATTERNS = (
    "<svg width=0 height=0 aria-hidden=true class=defs><defs>"
    "<pattern id=hatch width=6 height=6 patternUnits=userSpaceOnUse patternTransform='rotate(45)'>"
    "<rect width=6 height=6 class=paper /><rect width=3 height=6 class=ink-yes /></pattern>"
    "<pattern id=dots width=6 height=6 patternUnits=userSpaceOnUse>"
    "<rect width=6 height=6 class=paper /><circle cx=3 cy=3 r=1.9 class=ink-yes /></pattern>"
    "</defs></svg>"
)


def project(longitude: float, latitude: float) -> tuple[float, float]:
    """Natural Earth projection by its polynomial (Šavrič, Patterson and Jenny 2011), in units of the picture.

    Longitudes beyond 180 degrees are allowed: they lie past the edge.
    """
    x, y = _unscaled(longitude, latitude)
    return _WIDTH / 2 + _SCALE * x, _SCALE * (_unscaled(0, _NORTH)[1] - y)


def _unscaled(longitude: float, latitude: float) -> tuple[float, float]:
    lam, phi = math.radians(longitude), math.radians(latitude)
    p2 = phi * phi
    p4 = p2 * p2
    x = lam * (0.8707 - 0.131979 * p2 + p4 * (-0.013791 + p4 * (0.003971 * p2 - 0.001529 * p4)))
    y = phi * (1.007226 + p2 * (0.015085 + p4 * (-0.044475 + 0.028874 * p2 - 0.005916 * p4)))
    return x, y


def drawn_by_slug(found: Handout) -> dict[str, tuple[str, str, bool]]:
    """Class, name and whether contested of each state that has a place; the polity itself is of class `self`."""
    places = {}
    for row in found.rows:
        slug = country_slug(row.actor, found.clock.on)
        if slug is not None:
            places[slug] = (row.drawn, row.name, row.is_contested)
    own = found.polity.parent if found.polity.kind == "government" and found.polity.parent else found.polity.slug
    places[own] = ("self", found.polity.name, False)
    return places


def world_map(found: Handout) -> str:
    """Outlines of today coloured by where a state stands, and a dot for a state of the day that has none."""
    places = drawn_by_slug(found)
    height = _SCALE * (_unscaled(0, _NORTH)[1] - _unscaled(0, _SOUTH)[1])
    shapes, outlined = [], set()
    for slug, path in _outlines():
        drawn, name, contested = places.get(slug, ("none", "", False))
        outlined.add(slug)
        title = f"<title>{_told(name, drawn, contested)}</title>" if name else ""
        mark = " contested" if contested else ""
        shapes.append(f"<path class='c-{drawn}{mark}' d='{path}'>{title}</path>" if title else
                      f"<path class='c-{drawn}' d='{path}'/>")  # fmt: skip
    for slug, (latitude, longitude, _) in sorted(_coordinates().items()):
        if slug in places and slug not in outlined:
            drawn, name, contested = places[slug]
            x, y = project(longitude, latitude)
            mark = " contested" if contested else ""
            shapes.append(
                f"<circle class='c-{drawn}{mark}' cx={x:.1f} cy={y:.1f} r=3.6>"
                f"<title>{_told(name, drawn, contested)}</title></circle>"
            )
    label = f"World map: who recognises {text(found.polity.name)} on {found.clock.on}. The tables below say the same."
    return (
        f'<svg class=map role=img aria-label="{label}" viewBox="0 0 {_WIDTH:.0f} {height:.0f}">'
        f"<rect class=sea width={_WIDTH:.0f} height={height:.0f} />{''.join(shapes)}</svg>"
    )


def tile_grid(found: Handout) -> str:
    """One tile for each state, so that small ones count as much as large ones."""
    from dejure.analysis.maps import tile_places
    from dejure.extras import need

    need("scipy.optimize")
    places, points = drawn_by_slug(found), _coordinates()
    slugs = sorted(slug for slug in places if slug in points)
    if not slugs:
        return ""
    cells = tile_places(np.array([points[s][0] for s in slugs]), np.array([points[s][1] for s in slugs]))
    left, top = cells.min(axis=0).tolist()
    right, bottom = cells.max(axis=0).tolist()
    size = 30
    tiles = []
    for slug, (column, row) in zip(slugs, cells.tolist(), strict=True):
        drawn, name, contested = places[slug]
        x, y = (column - left) * size, (row - top) * size
        mark = f"<circle class=dispute cx={x + 24} cy={y + 5} r=3 />" if contested else ""
        tiles.append(
            f"<g class=t-{drawn}><title>{_told(name, drawn, contested)}</title>"
            f"<rect class=c-{drawn} x={x + 1} y={y + 1} width={size - 2} height={size - 2} rx=3 />"
            f"<text x={x + 15} y={y + 19}>{text(points[slug][2])}</text>{mark}</g>"
        )
    label = f"Every state one tile: who recognises {text(found.polity.name)} on {found.clock.on}"
    return (
        f'<svg class=tiles role=img aria-label="{label}" '
        f'viewBox="0 0 {(right - left + 1) * size} {(bottom - top + 1) * size}">{"".join(tiles)}</svg>'
    )


def timeline(found: Handout) -> str:
    """The count over time: a line for the certain, a band up to the possible."""
    points = found.points
    if len(points) < 2:
        return ""
    width, height, left, bottom = 760.0, 300.0, 62.0, 34.0
    first, last = points[0].day.toordinal(), points[-1].day.toordinal()
    top = _rounded_up(max(1, *(one.possible for one in points)))

    def x(day: dt.date) -> float:
        return left + (width - left - 14) * (day.toordinal() - first) / max(1, last - first)

    def y(number: float) -> float:
        return 12 + (height - bottom - 12) * (1 - number / top)

    lines = "".join(
        f"<line class=grid x1={left} x2={width - 14} y1={y(n):.1f} y2={y(n):.1f} />"
        f"<text class=y x={left - 8} y={y(n) + 5:.1f}>{n:g}</text>"
        for n in (0, top / 2, top)
    )
    ticks = "".join(
        f"<line class=grid x1={x(day):.1f} x2={x(day):.1f} y1={height - bottom:.1f} y2={height - bottom + 6:.1f} />"
        f"<text class='x{_anchor(x(day), left, width)}' x={x(day):.1f} y={height - 8:.1f}>{label}</text>"
        for day, label in _ticks(points[0].day, points[-1].day)
    )
    upper = [(x(day), y(number)) for day, number in _stairs((p.day, p.possible) for p in points)]
    lower = [(x(day), y(number)) for day, number in _stairs((p.day, p.certain) for p in points)]
    band = _polyline([*upper, *reversed(lower)])
    end = points[-1]
    label = (
        f"Count over time from {points[0].day} to {end.day}: at the end {end.certain} certain, {end.possible} possible"
    )
    return (
        f'<svg class=timeline role=img aria-label="{label}" viewBox="0 0 {width:.0f} {height:.0f}">{lines}{ticks}'
        f"<polygon class=band points='{band}'/><polyline class=possible points='{_polyline(upper)}'/>"
        f"<polyline class=certain points='{_polyline(lower)}'/></svg>"
    )


def legend(found: Handout) -> str:
    """What the colours mean, with how many there are of each."""
    parts = []
    for drawn, told in CLASSES.items():
        number = len(found.of_class(drawn))
        if number:
            parts.append(f"<li>{_swatch(drawn)} {told}: <b>{number}</b></li>")
    parts.append(f"<li>{_swatch('self')} {text(found.polity.name)}</li>")
    if any(row.is_contested for row in found.rows):
        parts.append(
            "<li><svg class=swatch viewBox='0 0 16 16' aria-hidden=true><rect class='c-yes contested' x=1 y=1 "
            "width=14 height=14 rx=2 /><circle class=dispute cx=12 cy=4 r=3 /></svg> rim or dot: contested</li>"
        )
    return f"<ul class=legend>{''.join(parts)}</ul>"


def _swatch(drawn: str) -> str:
    return (
        f"<svg class=swatch viewBox='0 0 16 16' aria-hidden=true><rect class=c-{drawn} width=16 height=16 rx=3 /></svg>"
    )


def _told(name: str, drawn: str, contested: bool) -> str:
    what = "the polity itself" if drawn == "self" else CLASSES[drawn]
    return f"{text(name)}: {what}{', contested' if contested else ''}"


@functools.cache
def _outlines() -> tuple[tuple[str, str], ...]:
    """Slug and SVG path of every outline."""
    raw = resources.files("dejure.analysis").joinpath("data", "world.json").read_text(encoding="utf-8")
    found: list[dict[str, Any]] = json.loads(raw)["features"]
    paths = []
    for feature in found:
        rings = [ring for polygon in feature["geometry"]["coordinates"] for ring in polygon]
        path = "".join(_path(ring) for ring in rings if max(point[1] for point in ring) > _SOUTH)
        if path:
            paths.append((str(feature["properties"]["slug"]), path))
    return tuple(paths)


def _path(ring: list[list[float]]) -> str:
    """A ring; where it crosses the line of dates it is drawn on both edges of the map, which cut it off."""
    whole, turn = [], 0
    for place, (longitude, latitude) in enumerate(ring):
        if place and longitude - ring[place - 1][0] > 180:
            turn -= 360
        elif place and longitude - ring[place - 1][0] < -180:
            turn += 360
        whole.append((longitude + turn, latitude))
    shifts = [0]
    if max(point[0] for point in whole) > 180:
        shifts.append(-360)
    if min(point[0] for point in whole) < -180:
        shifts.append(360)
    drawn = []
    for shift in shifts:
        corners = [project(longitude + shift, latitude) for longitude, latitude in whole]
        drawn.append("M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in corners) + "Z")
    return "".join(drawn)


@functools.cache
def _coordinates() -> dict[str, tuple[float, float, str]]:
    """Latitude, longitude and code of every state and contested polity that a table places."""
    from dejure.analysis.states import load_contested, state_system

    system = state_system()
    found = {
        slug: (trait.latitude, trait.longitude, code or slug[:3].upper())
        for slug, trait, code in zip(system.slugs, system.traits, system.iso3, strict=True)
    }
    for slug, one in load_contested().items():
        if slug not in found and one.latitude is not None and one.longitude is not None:
            iso3 = load_polities()[slug].iso3 if slug in load_polities() else None
            found[slug] = (one.latitude, one.longitude, iso3 or slug[:3].upper())
    return found


def _stairs(points: Iterable[tuple[dt.date, int]]) -> Iterator[tuple[dt.date, int]]:
    """Corners of a line that holds each value until the next day named."""
    before = None
    for day, number in points:
        if before is not None:
            yield day, before
        yield day, number
        before = number


def _polyline(corners: Iterable[tuple[float, float]]) -> str:
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in corners)


def _anchor(x: float, left: float, width: float) -> str:
    """A label at an end of the axis is set inward."""
    return " first" if x < left + 40 else " last" if x > width - 54 else ""


def _rounded_up(number: int) -> int:
    """The next even number that reads well on an axis."""
    step: int = 10 ** max(0, len(str(number)) - 2) * 2
    return math.ceil(number / step) * step


def _ticks(first: dt.date, last: dt.date) -> list[tuple[dt.date, str]]:
    """At most six years, or the two ends where they lie in one year."""
    years = range(first.year + 1, last.year + 1)
    if len(years) < 2:
        return [(first, first.isoformat()[:7]), (last, last.isoformat()[:7])]
    step = next(s for s in (1, 2, 5, 10, 20, 25, 50, 100) if len(years) / s <= 6)
    return [(dt.date(year, 1, 1), str(year)) for year in years if year % step == 0]
