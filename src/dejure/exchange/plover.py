"""Event rows to and from PLOVER JSON lines."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, BinaryIO

from dejure.corpus.rows import Row, empty_row
from dejure.errors import MalformedLine
from dejure.exchange.codes import code_country, fold_country, score_of
from dejure.exchange.delimited import day_of
from dejure.exchange.tables import outward_mode
from dejure.records import Reject
from dejure.reference.ontology import load_ontology
from dejure.sources import reject
from dejure.version import __version__

__all__ = ["read_plover", "to_plover"]

_AUXILIARY = ("historical", "future", "hypothetical", "negation")
_LONGEST_LINE = 4_000_000


def to_plover(row: Row, coded_date: str | None = None) -> dict[str, Any]:
    """One event as a PLOVER record.

    Parameters
    ----------
    coded_date : str, optional
        Day of coding; left open by default, so that the same rows give the same bytes.
    """
    day = row["earliest"] or row["latest"] or row["published"]
    place = {"name": row["place_name"], "country": row["place_country"], "lat": row["latitude"],
             "lon": row["longitude"], "geonames_id": row["geonames_id"]}  # fmt: skip
    return {
        "id": row["event_id"], "date": day.isoformat() if day else None,
        "enddate": row["latest"].isoformat() if row["latest"] else None,
        "actor": [_party(one) for one in row["actor"]], "recipient": [_party(one) for one in row["recipient"]],
        "event": row["event_type"],
        "mode": [*filter(None, [outward_mode(row)]), *(name for name in _AUXILIARY if row[name])],
        "context": row["contexts"], "event_loc": place if row["place_name"] else None, "quad_code": row["quad_code"],
        "event_scale": row["intensity"], "event_text": row["trigger"], "text": row["quote"],
        "text_info": {"start": row["start"], "end": row["end"], "part": row["part"]},
        "cite_info": {"report": row["report_id"], "date": row["published"].isoformat() if row["published"] else None,
                      "publisher": row["publisher"], "url": row["url"], "language": row["language"]},
        "coder": f"dejure {__version__}" if row["origin"] == "dejure" else row["origin"], "coded_date": coded_date,
    }  # fmt: skip


def _party(entity: Row) -> dict[str, Any]:
    country, sectors = fold_country(entity)
    return {"name": entity["name"], "id": entity["id"], "country": country, "sector": sectors, "role": entity["role"],
            "text": entity["name_raw"]}  # fmt: skip


def read_plover(stream: BinaryIO, source: str) -> Iterator[tuple[int, Row] | Reject]:
    """Event rows of a PLOVER JSON lines file; a line that is none becomes a reject."""
    for number, line in enumerate(iter(lambda: stream.readline(_LONGEST_LINE), b""), start=1):
        if not line.strip():
            continue
        try:
            yield number, _row(json.loads(line))
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
            told = MalformedLine("a line is no PLOVER record", value=error, cure="mend the line")
            yield reject(told, source, number)


def _row(record: dict[str, Any]) -> Row:
    """The row of one record; what it lacks stays empty."""
    row = empty_row("events")
    modes = record.get("mode") or []
    mode = next((one for one in modes if one not in _AUXILIARY), None)
    kind = load_ontology().types.get(record["event"] or "")
    place, cite, info = (record.get(name) or {} for name in ("event_loc", "cite_info", "text_info"))
    earliest, latest = day_of(record.get("date")), day_of(record.get("enddate"))
    if record.get("date") and earliest is None:
        raise ValueError("date is no day")
    quad, score = score_of(record["event"], mode)
    coder = str(record.get("coder") or "plover")
    row |= {
        "event_id": str(record["id"]), "origin": "dejure" if coder.startswith("dejure ") else coder,
        "report_id": cite.get("report"), "published": day_of(cite.get("date")), "earliest": earliest,
        "latest": latest or earliest, "precision": _precision(record), "basis": "text" if earliest else None,
        "event_type": record["event"], "mode": mode, "contexts": list(record.get("context") or []),
        "quad_code": record.get("quad_code") or quad, "intensity": _number(record.get("event_scale"), score),
        "cameo": kind.cameo_of(mode) if kind else None,
        "actor": [_entity(one) for one in record.get("actor") or []],
        "recipient": [_entity(one) for one in record.get("recipient") or []],
        **{name: name in modes for name in _AUXILIARY}, "place_name": place.get("name"),
        "place_country": code_country(place.get("country")), "geonames_id": place.get("geonames_id"),
        "latitude": place.get("lat"), "longitude": place.get("lon"), "trigger": record.get("event_text"),
        "quote": record.get("text"), "part": info.get("part"), "start": info.get("start"), "end": info.get("end"),
        "language": cite.get("language"), "publisher": cite.get("publisher"), "url": cite.get("url"),
    }  # fmt: skip
    return row


def _precision(record: dict[str, Any]) -> str | None:
    if not record.get("date"):
        return None
    return "day" if record.get("enddate") in (None, record["date"]) else "interval"


def _number(value: object, otherwise: float | None) -> float | None:
    return float(value) if isinstance(value, (int, float)) else otherwise


def _entity(party: dict[str, Any]) -> Row:
    country = code_country(party.get("country"))
    own = party.get("id")
    return {"id": own, "name": party.get("name") or "", "country": country, "sectors": list(party.get("sector") or []),
            "role": party.get("role"), "name_raw": party.get("text") or ""}  # fmt: skip
