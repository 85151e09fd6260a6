"""What the pages rest on: rules, codebook, accuracy, sources, limits."""

from __future__ import annotations

import functools
import json
import tomllib
from importlib import resources
from typing import TYPE_CHECKING, Any

from starlette.requests import Request

from dejure.records import ACTS
from dejure.reference.history import load_history_series
from dejure.reference.ontology import load_ontology
from dejure.web.rendering import Page

if TYPE_CHECKING:
    from dejure.serving import Observatory

__all__ = ["methods"]


def methods(observatory: Observatory, request: Request) -> Page:  # noqa: ARG001  one signature for all pages
    """The page."""
    return Page("methods.html", {
        "section": "methods", "ontology": load_ontology(), "accuracy": _accuracy(), "tables": _tables(),
        "acts": sorted(ACTS), "series": sorted(load_history_series().items()), "scripts": _scripts(),
    })  # fmt: skip


@functools.cache
def _accuracy() -> list[dict[str, Any]]:
    """What `scripts/build_accuracy` took from the results of the benchmarks."""
    raw = resources.files("dejure.web").joinpath("data", "accuracy.json").read_text(encoding="utf-8")
    rows: list[dict[str, Any]] = json.loads(raw)["rows"]
    return rows


@functools.cache
def _tables() -> dict[str, Any]:
    raw = resources.files("dejure.reference").joinpath("data", "SOURCES.toml").read_text(encoding="utf-8")
    return dict(sorted(tomllib.loads(raw).items()))


@functools.cache
def _scripts() -> dict[str, Any]:
    raw = resources.files("dejure.web").joinpath("static", "SOURCES.toml").read_text(encoding="utf-8")
    return dict(sorted(tomllib.loads(raw).items()))
