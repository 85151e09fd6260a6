"""Event rows to and from the three tables of the field: POLECAT, ICEWS, GDELT 2.0."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Callable, Iterator
from typing import Any

from dejure.corpus.rows import Row, empty_row
from dejure.exchange.codes import (
    cameo_label,
    code_country,
    country_name,
    cow_code,
    fips_code,
    fold_country,
    iso_of_fips,
    load_formats,
    mend_cameo,
    plover_of_cameo,
    polity_of_name,
    score_of,
)
from dejure.exchange.delimited import Cells, day_of, number_of
from dejure.reference.ontology import load_ontology
from dejure.version import __version__

__all__ = ["FROM_CELLS", "TO_CELLS", "outward_mode"]

_GEO_TYPES = {"1": "country", "2": "region", "3": "city", "4": "city", "5": "region"}
_GEO_CODES = {"country": "1", "region": "5", "city": "4"}
_MASK = (1 << 63) - 1


def outward_mode(row: Row) -> str | None:
    """The mode as PLOVER knows it: our `derecognise` is its `withdraw`."""
    return "withdraw" if row["mode"] == "derecognise" else row["mode"]


def _entity(
    name: str | None, country: str | None, sectors: list[str], *, known: str | None = None, role: str | None = None,
    raw: str | None = None,
) -> list[Row]:  # fmt: skip
    """A party as a list of one; of none where the cells are empty. It is the state itself where the name says so."""
    if not name and not country:
        return []
    own = known if known is not None else (country if country and polity_of_name(name or "") == country else None)
    return [{"id": own, "name": name or country_name(country) or "", "country": country, "sectors": sectors,
             "role": role, "name_raw": raw or name or ""}]  # fmt: skip


def _start(cells: Cells, origin: str, day: str, published: str | None = None) -> Row:
    row = empty_row("events")
    first = load_formats()[origin]["columns"][0]
    happened = day_of(cells.get(day))
    row |= {
        "event_id": cells.get("_id") or cells[first], "origin": origin, "earliest": happened, "latest": happened,
        "precision": "day", "basis": "text", "historical": False, "future": False, "hypothetical": False,
        "negation": False, "published": day_of(cells.get(published)) if published else happened,
        "other": _other(cells),
    }  # fmt: skip
    return row


def _other(cells: Cells) -> str:
    """The row as it stood, so that its own format can be written again without loss."""
    kept = {name: cell for name, cell in cells.items() if cell is not None and name != "_id"}
    return json.dumps(kept, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _as_it_stood(row: Row, origin: str) -> Row | None:
    if row["origin"] != origin or not row["other"]:
        return None
    kept = json.loads(row["other"])
    assert isinstance(kept, dict)
    return kept


def _split(cell: str | None, mark: str = ";") -> list[str]:
    return [one.strip() for one in (cell or "").split(mark) if one.strip()]


def _happened(row: Row) -> dt.date | None:
    day = row["earliest"] or row["latest"] or row["published"]
    assert day is None or isinstance(day, dt.date)
    return day


def _whole(value: float | None) -> int | None:
    return int(value) if value is not None else None


def _polecat_to_row(cells: Cells) -> Row:
    row = _start(cells, "polecat", "Event Date", "Publication Date")
    kinds = load_ontology().types
    event_type = (cells.get("Event Type") or "").upper() or None
    mode = (cells.get("Event Mode") or "").lower() or None
    quads = {name: number for number, name in load_ontology().quads.items()}
    kind = kinds.get(event_type or "")
    row |= {
        "event_type": event_type, "mode": mode, "contexts": _split(cells.get("Contexts")),
        "quad_code": quads.get((cells.get("Quad Code") or "").upper()) or score_of(event_type, mode)[0],
        "intensity": number_of(cells.get("Intensity")), "cameo": kind.cameo_of(mode) if kind else None,
        "actor": _polecat_party(cells, "Actor"), "recipient": _polecat_party(cells, "Recipient"),
        "place_name": cells.get("Placename"), "place_country": _country(cells.get("Country")),
        "place_precision": "city" if cells.get("City") else ("region" if cells.get("Province") else None),
        "geonames_id": _whole(number_of(cells.get("GeoNames ID"))), "latitude": number_of(cells.get("Latitude")),
        "longitude": number_of(cells.get("Longitude")), "language": cells.get("Language"),
        "publisher": cells.get("Source"),
    }  # fmt: skip
    return row


def _country(cell: str | None) -> str | None:
    """A country of a file: our code of its code, else of its name."""
    if cell is None or (len(cell) == 3 and cell.isupper()):
        return code_country(cell)
    return polity_of_name(cell)


def _polecat_party(cells: Cells, side: str) -> list[Row]:
    """Parties of one side. Sectors of several are one list there, and so they are given to each."""
    names, countries = _split(cells.get(f"{side} Name")), _split(cells.get(f"{side} Country"))
    sectors = _split(cells.get(f"{side} Sectors")) or _split(cells.get(f"Primary {side} Sector"))
    raws, titles = _split(cells.get(f"{side} Name Raw")), _split(cells.get(f"{side} Title"))
    count = max(len(names), len(countries))
    found: list[Row] = []
    for number in range(count):
        country = countries[number] if len(countries) == count else (countries[0] if len(countries) == 1 else None)
        found += _entity(
            names[number] if number < len(names) else None, _country(country), sectors,
            raw=raws[number] if len(raws) == count else None, role=titles[number] if len(titles) == count else None,
        )  # fmt: skip
    return found


def _row_to_polecat(row: Row) -> Iterator[Row]:
    if (stood := _as_it_stood(row, "polecat")) is not None:
        yield stood
        return
    cells: Row = {
        "Event ID": row["event_id"], "Event Date": _happened(row), "Event Type": row["event_type"],
        "Event Mode": outward_mode(row), "Intensity": row["intensity"],
        "Quad Code": load_ontology().quads.get(row["quad_code"]), "Contexts": row["contexts"],
        "Placename": row["place_name"], "Country": _folded(row["place_country"]), "Latitude": row["latitude"],
        "Longitude": row["longitude"], "GeoNames ID": row["geonames_id"], "Raw Placename": row["place_name"],
        "City": row["place_name"] if row["place_precision"] == "city" else None,
        "Province": row["place_name"] if row["place_precision"] == "region" else None, "Source": row["publisher"],
        "Publication Date": row["published"], "Language": row["language"], "Version": f"dejure {__version__}",
    }  # fmt: skip
    for side, parties in (("Actor", row["actor"]), ("Recipient", row["recipient"])):
        folded = [fold_country(one) for one in parties]
        sectors = list(dict.fromkeys(sector for _, ones in folded for sector in ones))
        cells |= {
            f"{side} Name": [_flat(one["name"]) for one in parties],
            f"{side} Country": [code or "None" for code, _ in folded] if any(c for c, _ in folded) else None,
            f"{side} COW": [cow_code(code) or "None" for code, _ in folded] if any(c for c, _ in folded) else None,
            f"Primary {side} Sector": sectors[0] if sectors else None, f"{side} Sectors": sectors,
            f"{side} Title": [one["role"] or "None" for one in parties] if any(o["role"] for o in parties) else None,
            f"{side} Name Raw": [_flat(one["name_raw"]) for one in parties],
        }  # fmt: skip
    yield cells


def _flat(name: str | None) -> str:
    """A name that does not end a list early."""
    return (name or "").replace(";", ",") or "None"


def _folded(country: str | None) -> str | None:
    return "KOS" if country == "XKX" else country


def _icews_to_row(cells: Cells) -> Row:
    row = _start(cells, "icews", "Event Date")
    cameo = mend_cameo(cells.get("CAMEO Code") or "") or None
    event_type, mode = plover_of_cameo(cameo)
    row |= {
        "event_type": event_type, "mode": mode, "cameo": cameo, "quad_code": score_of(event_type, mode)[0],
        "intensity": number_of(cells.get("Intensity")), "report_id": cells.get("Story ID"),
        "actor": _icews_party(cells, "Source"), "recipient": _icews_party(cells, "Target"),
        "place_name": cells.get("City") or cells.get("Province") or cells.get("Country"),
        "place_country": polity_of_name(cells.get("Country")), "latitude": number_of(cells.get("Latitude")),
        "longitude": number_of(cells.get("Longitude")), "publisher": cells.get("Publisher"),
    }  # fmt: skip
    if row["place_name"]:
        row["place_precision"] = "city" if cells.get("City") else "region" if cells.get("Province") else "country"
    return row


def _icews_party(cells: Cells, side: str) -> list[Row]:
    country = polity_of_name(cells.get(f"{side} Country"))
    return _entity(cells.get(f"{side} Name"), country, _split(cells.get(f"{side} Sectors"), ","))


def _pairs(row: Row) -> Iterator[tuple[int, int, Row | None, Row | None]]:
    """Each actor with each recipient, their number and the number of pairs."""
    pairs = [(one, other) for one in row["actor"] or [None] for other in row["recipient"] or [None]]
    for number, (one, other) in enumerate(pairs):
        yield number, len(pairs), one, other


def _numeric_id(row: Row, number: int) -> str:
    """A whole number that fits a signed 64-bit integer; the id itself where it is one already."""
    own = str(row["event_id"])
    if number == 0 and own.isdigit() and int(own) <= _MASK:
        return own
    digest = hashlib.sha256(f"{own}\x1f{number}".encode()).digest()
    return str(int.from_bytes(digest[:8], "big") & _MASK)


def _row_to_icews(row: Row) -> Iterator[Row]:
    if (stood := _as_it_stood(row, "icews")) is not None:
        yield stood
        return
    precision = row["place_precision"]
    for number, _, actor, recipient in _pairs(row):
        cells: Row = {
            "Event ID": _numeric_id(row, number), "Event Date": _happened(row), "Event Text": cameo_label(row["cameo"]),
            "CAMEO Code": row["cameo"], "Intensity": row["intensity"], "Story ID": row["report_id"],
            "Publisher": row["publisher"], "City": row["place_name"] if precision == "city" else None,
            "Province": row["place_name"] if precision == "region" else None,
            "Country": country_name(row["place_country"]), "Latitude": row["latitude"], "Longitude": row["longitude"],
        }  # fmt: skip
        for side, party in (("Source", actor), ("Target", recipient)):
            if party is not None:
                country, sectors = fold_country(party)
                cells |= {f"{side} Name": party["name"], f"{side} Sectors": ",".join(sectors),
                          f"{side} Country": country_name(country)}  # fmt: skip
        yield cells


def _gdelt_to_row(cells: Cells) -> Row:
    row = _start(cells, "gdelt", "Day", "DATEADDED")
    cameo = mend_cameo(cells.get("EventCode") or "") or None
    event_type, mode = plover_of_cameo(cameo)
    kind = _GEO_TYPES.get((cells.get("ActionGeo_Type") or "").removesuffix(".0"))
    name = cells.get("ActionGeo_FullName")
    row |= {
        "event_type": event_type, "mode": mode, "cameo": cameo,
        "quad_code": _whole(number_of(cells.get("QuadClass"))) or score_of(event_type, mode)[0],
        "intensity": number_of(cells.get("GoldsteinScale")), "actor": _gdelt_party(cells, "1"),
        "recipient": _gdelt_party(cells, "2"), "place_name": name, "place_precision": kind if name else None,
        "place_country": iso_of_fips(cells.get("ActionGeo_CountryCode")),
        "latitude": number_of(cells.get("ActionGeo_Lat")), "longitude": number_of(cells.get("ActionGeo_Long")),
        "url": cells.get("SOURCEURL"),
    }  # fmt: skip
    return row


def _gdelt_party(cells: Cells, side: str) -> list[Row]:
    head = f"Actor{side}"
    if not any(cells.get(f"{head}{part}") for part in ("Code", "Name", "CountryCode")):
        return []
    sectors = [sector for number in "123" if (sector := cells.get(f"{head}Type{number}Code"))]
    country = code_country(cells.get(f"{head}CountryCode"))
    name = cells.get(f"{head}Name") or cells.get(f"{head}Code")
    return _entity(name, country, sectors)


def _row_to_gdelt(row: Row) -> Iterator[Row]:
    if (stood := _as_it_stood(row, "gdelt")) is not None:
        yield stood
        return
    day = _happened(row)
    added = row["published"] or day
    cameo = row["cameo"]
    for number, _, actor, recipient in _pairs(row):
        cells: Row = {
            "GlobalEventID": _numeric_id(row, number), "IsRootEvent": "1", "EventCode": cameo,
            "EventBaseCode": cameo[:3] if cameo else None, "EventRootCode": cameo[:2] if cameo else None,
            "QuadClass": row["quad_code"], "GoldsteinScale": row["intensity"], "NumMentions": 1, "NumSources": 1,
            "NumArticles": 1, "ActionGeo_Type": _GEO_CODES.get(row["place_precision"] or "", "0"),
            "ActionGeo_FullName": row["place_name"], "ActionGeo_CountryCode": fips_code(row["place_country"]),
            "ActionGeo_Lat": row["latitude"], "ActionGeo_Long": row["longitude"],
            "ActionGeo_FeatureID": row["geonames_id"], "SOURCEURL": row["url"],
            "DATEADDED": f"{added:%Y%m%d}000000" if added else None, **_gdelt_day(day),
        }  # fmt: skip
        for side, party in (("1", actor), ("2", recipient)):
            if party is not None:
                country, sectors = fold_country(party)
                cells |= {
                    f"Actor{side}Code": (country or "") + "".join(sectors[:3]), f"Actor{side}Name": party["name"],
                    f"Actor{side}CountryCode": country,
                    **{f"Actor{side}Type{n}Code": sector for n, sector in enumerate(sectors[:3], start=1)},
                }  # fmt: skip
        yield cells


def _gdelt_day(day: dt.date | None) -> Row:
    if day is None:
        return {}
    # The part of the year that is over; kept below 1 on the last day of a leap year.
    fraction = day.year + min((day.timetuple().tm_yday - 1) / 365, 0.9999)
    return {
        "Day": f"{day:%Y%m%d}",
        "MonthYear": f"{day:%Y%m}",
        "Year": str(day.year),
        "FractionDate": f"{fraction:.4f}",
    }


#: How a row of each table becomes an event row.
FROM_CELLS: dict[str, Callable[[Cells], Row]] = {
    "polecat": _polecat_to_row, "icews": _icews_to_row, "gdelt": _gdelt_to_row,
}  # fmt: skip
#: How an event row becomes rows of each table.
TO_CELLS: dict[str, Callable[[Row], Iterator[dict[str, Any]]]] = {
    "polecat": _row_to_polecat, "icews": _row_to_icews, "gdelt": _row_to_gdelt,
}  # fmt: skip
