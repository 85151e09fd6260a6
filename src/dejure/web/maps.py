"""The map and the grid of tiles as SVG, drawn here so that they are read without scripts, in print and in the dark.

Outlines are those of Natural Earth, by way of world-atlas 2.0.2; they are no statement on any boundary.
"""

from __future__ import annotations

import csv
import functools
import io
import itertools
import json
import math
from collections.abc import Iterable
from dataclasses import dataclass
from importlib import resources

from dejure.analysis.states import load_contested
from dejure.reference.tables import read_table

__all__ = ["HEIGHT", "WIDTH", "Dot", "Outline", "Tile", "dots_of", "outlines", "projected", "tiles"]

#: Size of the drawn map in its own units.
WIDTH, HEIGHT = 960, 452
_TOP, _BOTTOM = 83.8, -56.2
_HALF_WIDTH = 0.8707 * math.pi
#: Outlines below this area, in square units of the drawing, get a dot as well: nobody could see or hit them.
_SMALL = 26.0


@dataclass(frozen=True, slots=True)
class Outline:
    """The outline of a state, as data of an SVG path; slug is empty where no polity of the tables owns it."""

    slug: str
    path: str
    area: float


@dataclass(frozen=True, slots=True)
class Dot:
    """A dot for a polity that has no outline, or one too small to be seen."""

    slug: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Tile:
    """Place of a polity on the grid, and the letters on its tile."""

    slug: str
    code: str
    column: int
    row: int


def projected(latitude: float, longitude: float) -> tuple[float, float]:
    """Degrees to units of the drawing, by the projection Natural Earth I (Patterson; Šavrič and others 2011)."""
    x, y = _natural_earth(math.radians(longitude), math.radians(latitude))
    top = _natural_earth(0.0, math.radians(_TOP))[1]
    scale = WIDTH / (2 * _HALF_WIDTH)
    return (x + _HALF_WIDTH) * scale, (top - y) * scale


def _natural_earth(longitude: float, latitude: float) -> tuple[float, float]:
    two = latitude * latitude
    four = two * two
    x = longitude * (0.8707 - 0.131979 * two + four * (-0.013791 + four * (0.003971 * two - 0.001529 * four)))
    y = latitude * (1.007226 + two * (0.015085 + four * (-0.044475 + 0.028874 * two - 0.005916 * four)))
    return x, y


@functools.cache
def outlines() -> tuple[Outline, ...]:
    """All outlines but Antarctica, in the order of the file."""
    raw = resources.files("dejure.analysis").joinpath("data", "world.json").read_text(encoding="utf-8")
    found = []
    for feature in json.loads(raw)["features"]:
        rings = [ring for polygon in feature["geometry"]["coordinates"] for ring in polygon]
        if max(latitude for ring in rings for _, latitude in ring) < _BOTTOM:
            continue
        drawn = [
            [projected(latitude, longitude) for longitude, latitude in part] for ring in rings for part in _cut(ring)
        ]
        found.append(Outline(feature["properties"]["slug"], "".join(map(_path, drawn)), sum(map(_area, drawn))))
    return tuple(found)


def _cut(ring: list[list[float]]) -> list[list[tuple[float, float]]]:
    """A ring that crosses the edge of the map as two, one at each edge."""
    longitudes = [longitude for longitude, _ in ring]
    if max(longitudes) - min(longitudes) < 180:
        return [[(longitude, latitude) for longitude, latitude in ring]]
    whole = [(longitude + 360 if longitude < 0 else longitude, latitude) for longitude, latitude in ring]
    east = [(min(longitude, 180.0), latitude) for longitude, latitude in whole]
    west = [(max(longitude - 360, -180.0), latitude) for longitude, latitude in whole]
    return [east, west]


def _path(points: list[tuple[float, float]]) -> str:
    """Relative steps of whole tenths, so that a page stays small."""
    tenths = [(round(x * 10), round(y * 10)) for x, y in points]
    steps = [f"M{tenths[0][0] / 10:g} {tenths[0][1] / 10:g}"]
    for before, after in itertools.pairwise(tenths):
        if after != before:
            steps.append(f"l{(after[0] - before[0]) / 10:g} {(after[1] - before[1]) / 10:g}")
    return "".join(steps) + "z" if len(steps) > 2 else ""


def _area(points: list[tuple[float, float]]) -> float:
    twice = sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(points, [*points[1:], points[0]], strict=True))
    return abs(twice) / 2


@functools.cache
def _places() -> dict[str, tuple[float, float]]:
    """Where a polity lies, in units of the drawing: its capital, or the centre that the hand-kept table gives."""
    found = {}
    for slug, told in load_contested().items():
        if told.latitude is not None and told.longitude is not None:
            found[slug] = projected(told.latitude, told.longitude)
    for row in read_table("state_traits.csv"):
        found[row["slug"]] = projected(float(row["latitude"]), float(row["longitude"]))
    return found


def dots_of(slugs: Iterable[str]) -> list[Dot]:
    """Dots for those of the polities whose outline is missing or too small, as far as their place is known."""
    large = {one.slug for one in outlines() if one.area >= _SMALL}
    places = _places()
    return [Dot(slug, *places[slug]) for slug in sorted(set(slugs)) if slug in places and slug not in large]


@functools.cache
def tiles() -> tuple[Tile, ...]:
    """The grid; written by `scripts/build_tiles`."""
    raw = resources.files("dejure.web").joinpath("data", "tiles.csv").read_text(encoding="utf-8")
    return tuple(
        Tile(row["slug"], row["code"], int(row["column"]), int(row["row"])) for row in csv.DictReader(io.StringIO(raw))
    )
