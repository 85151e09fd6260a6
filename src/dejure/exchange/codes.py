"""Codes of the formats: countries folded as PLOVER asks, COW and FIPS codes, CAMEO to PLOVER and back to its labels."""

from __future__ import annotations

import csv
import functools
import tomllib
from importlib import resources
from typing import Any

from dejure.reference.ontology import load_ontology
from dejure.reference.tables import load_polities, read_table

__all__ = [
    "cameo_label", "code_country", "country_name", "cow_code", "fips_code", "fold_country", "iso_of_fips",
    "load_formats", "mend_cameo", "plover_of_cameo", "polity_of_name", "score_of",
]  # fmt: skip

# How PLOVER and the files in its wake write codes that are not ours.
_OUTWARD = {"XKX": "KOS"}
_INWARD = {"KOS": "XKX", "KSV": "XKX", "ROM": "ROU", "ZAR": "COD", "TMP": "TLS"}
# No code of four digits, written without its leading zero, begins with two digits up to 20.
_LAST_ROOT = 20


@functools.cache
def load_formats() -> dict[str, dict[str, Any]]:
    """Columns, missing markers and losses of each format."""
    return tomllib.loads(_data("formats.toml"))


def fold_country(entity: dict[str, Any]) -> tuple[str | None, list[str]]:
    """Country code and sectors as PLOVER writes them: a polity without a code goes to its parent, with sector PRE."""
    sectors = list(entity["sectors"] or [])
    country = entity["country"]
    polity = load_polities().get(entity["id"] or "")
    if polity is not None and not country:
        while polity is not None and not polity.iso3 and polity.parent:
            polity = load_polities().get(polity.parent)
        country = polity.iso3 if polity else None
        sectors += ["PRE"] if "PRE" not in sectors else []
    return _OUTWARD.get(country or "", country), sectors


def code_country(code: str | None) -> str | None:
    """Our code of a country that a file writes in its own way."""
    return _INWARD.get(code, code) if code else None


@functools.cache
def _names() -> dict[str, str]:
    """Names of the states of today by country code."""
    named = {p.actor_id: p.name for p in load_polities().values() if p.iso3 == p.actor_id}
    return named | {"KOS": named.get("XKX", "Kosovo")}


def country_name(code: str | None) -> str | None:
    """Usual name of a country code."""
    return _names().get(code or "", code)


@functools.cache
def _by_name() -> dict[str, str]:
    found: dict[str, str] = {}
    slugs = {slug: polity.iso3 for slug, polity in load_polities().items() if polity.iso3}
    for row in read_table("names.csv"):
        if (slug := row["target"]) in slugs and row["lang"] == "en":
            found.setdefault(row["name"].lower(), str(slugs[slug]))
    return found | {name.lower(): code for code, name in _names().items() if code not in _OUTWARD.values()}


def polity_of_name(name: str | None) -> str | None:
    """Country code of a country's name; None where it is none we know."""
    return _by_name().get(name.strip().lower()) if name else None


@functools.cache
def _cow() -> dict[str, str]:
    rows = sorted(read_table("polities.csv"), key=lambda row: row["to"] or "9999")
    return {row["iso3"]: row["cow"] for row in rows if row["iso3"] and row["cow"]}


def cow_code(country: str | None) -> str | None:
    """Correlates of War number of a country."""
    return _cow().get(_INWARD.get(country or "", country or ""))


@functools.cache
def _fips() -> dict[str, str]:
    return {row["iso3"]: row["fips"] for row in csv.DictReader(_data("fips.csv").splitlines())}


def fips_code(country: str | None) -> str | None:
    """FIPS 10-4 code of a country."""
    return _fips().get(_INWARD.get(country or "", country or ""))


@functools.cache
def _iso() -> dict[str, str]:
    return {fips: iso3 for iso3, fips in _fips().items()} | {"GZ": "PSE"}


def iso_of_fips(code: str | None) -> str | None:
    """Country of a FIPS 10-4 code."""
    return _iso().get(code or "")


@functools.cache
def _cameo() -> dict[str, dict[str, str]]:
    return {row["cameo"]: row for row in csv.DictReader(_data("cameo.csv").splitlines())}


def mend_cameo(code: str) -> str:
    """A CAMEO code with the leading zero that a spreadsheet took: `51` is `051`, `841` is `0841`."""
    code = code.strip().removesuffix(".0")
    if code.isdigit() and ((len(code) < 3 and int(code) > _LAST_ROOT) or len(code) == 1):
        return "0" + code
    return "0" + code if len(code) == 3 and code.isdigit() and int(code[:2]) > _LAST_ROOT else code


def plover_of_cameo(code: str | None) -> tuple[str | None, str | None]:
    """PLOVER type and mode of a CAMEO code, by its longest known beginning; type None where it is no event."""
    for length in range(len(code or ""), 1, -1):
        if row := _cameo().get((code or "")[:length]):
            return row["event_type"] or None, row["mode"] or None
    return None, None


def cameo_label(code: str | None) -> str | None:
    """Name of a CAMEO code."""
    for length in range(len(code or ""), 1, -1):
        if row := _cameo().get((code or "")[:length]):
            return row["label"]
    return None


def score_of(event_type: str | None, mode: str | None) -> tuple[int | None, float | None]:
    """Quad code and score of a type and mode."""
    kind = load_ontology().types.get(event_type or "")
    return (kind.quad, kind.score_of(mode)) if kind else (None, None)


def _data(name: str) -> str:
    return resources.files("dejure.exchange").joinpath("data", name).read_text(encoding="utf-8")
