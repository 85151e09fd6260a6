"""The tables of ties that waves use: traits of states, land neighbours, votes of the General Assembly.

Countries and pairs come from CEPII GeoDist (CC0), colonial rulers are completed from ICOW Colonial History (CC BY 4.0),
religions from the World Factbook (CC0), votes from Voeten's roll calls as packed by the R package unvotes (MIT). States
that these lack stand in `state_traits_hand.csv` and `state_neighbours_hand.csv`, regions in `state_regions.toml`.
"""

from __future__ import annotations

import csv
import gzip
import tomllib
from collections.abc import Iterable
from pathlib import Path

from .tables import Inputs, Row, SourceError

TRAIT_COLUMNS = ("slug", "region", "latitude", "longitude", "languages", "colonisers", "religion", "votes", "source")
NEIGHBOUR_COLUMNS = ("one", "other", "source")

#: Codes that CEPII writes and ISO 3166 does not know any more.
_OLD_CODES = {"ROM": "ROU", "ZAR": "COD", "YUG": "SRB", "PAL": "PSE", "TMP": "TLS"}

_RELIGIONS = (("muslim", "muslim|islam"), ("christian", "catholic|christian|protestant|orthodox|evangelical|anglican|"
               "lutheran|jesus|congregational|kiribati uniting|presbyterian|methodist|seventh"),
              ("hindu", "hindu"), ("buddhist", "buddhis"), ("jewish", "jewish"))  # fmt: skip

#: No roll call of this year enters: series that are kept for testing fall in it.
_LEFT_OUT_YEARS = ("2011",)


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def _regions(inputs: Inputs) -> dict[str, str]:
    table = tomllib.loads((inputs.sources / "state_regions.toml").read_text(encoding="utf-8"))["regions"]
    return {member: region for region, members in table.items() for member in members.split()}


def _states(inputs: Inputs) -> list[Row]:
    found: list[Row] = []
    for name in ("polities_state.csv", "polities_historical.csv"):
        found.extend(_rows(inputs.sources / name))
    return found


def _religion(text: str) -> str:
    """The faith named first; lists of the Factbook stand in falling order."""
    lower = text.lower().replace("&nbsp;", "").strip()
    places = [(lower.find(word), name) for name, words in _RELIGIONS for word in words.split("|") if word in lower]
    return min(places)[1] if places else ""


def _colonial_rulers(shared: Path) -> dict[str, str]:
    """COW number to COW number of the main ruler."""
    return {row["State"]: row["ColRuler"] for row in _rows(shared / "covariates" / "icow_colonial_history.csv")
            if row["ColRuler"] not in ("", "-9")}  # fmt: skip


def _of_cepii(shared: Path) -> dict[str, dict[str, str]]:
    """One row a country: its capital's, else the first."""
    chosen: dict[str, dict[str, str]] = {}
    for row in _rows(shared / "covariates" / "cepii_countries.csv"):
        code = _OLD_CODES.get(row["iso3"], row["iso3"])
        if code not in chosen or row["cap"] == "1.0":
            chosen[code] = row
    return chosen


def _listed(row: dict[str, str], *columns: str) -> str:
    return "|".join(dict.fromkeys(row[column] for column in columns if row[column] not in (".", "")))


def traits(inputs: Inputs) -> list[Row]:
    """A row for each state, present or past, that CEPII or the hand-kept table places."""
    return list(_traits(inputs))


def _traits(inputs: Inputs) -> Iterable[Row]:
    shared, regions = inputs.shared, _regions(inputs)
    hand = {row["slug"]: row for row in _rows(inputs.sources / "state_traits_hand.csv")}
    cepii = _of_cepii(shared)
    faiths = {row["iso3"]: _religion(row["religions"]) for row in
              _rows(shared / "states" / "factbook_2025_extract.csv")}  # fmt: skip
    rulers = _colonial_rulers(shared)
    cow = {row["slug"]: row["cow"] for row in _rows(inputs.sources / "crosswalk.csv") if row["cow"]}
    iso_of_cow = {cow[row["slug"]]: row["iso3"] for row in _states(inputs) if row["slug"] in cow and row.get("iso3")}
    slugs = {row["slug"]: row.get("iso3", "") for row in _states(inputs)}
    slugs |= {slug: slugs.get(slug, "") for slug in hand}
    for slug, code in sorted(slugs.items()):
        kept, found = hand.get(slug), cepii.get(code)
        region = regions.get(code) or regions.get(slug) or regions.get(_hand_code(slug), "")
        if kept is not None:
            yield {**kept, "slug": slug, "region": region, "source": "general"}
            continue
        if found is None or not region:
            continue
        colonisers = _listed(found, "colonizer1", "colonizer2", "colonizer3", "colonizer4")
        ruler = iso_of_cow.get(rulers.get(cow.get(slug, ""), ""), "")
        if ruler and ruler not in colonisers.split("|"):
            colonisers = "|".join(filter(None, (ruler, colonisers)))
        yield {"slug": slug, "region": region, "latitude": f"{float(found['lat']):.2f}",
               "longitude": f"{float(found['lon']):.2f}",
               "languages": _listed(found, "langoff_1", "langoff_2", "langoff_3"), "colonisers": colonisers,
               "religion": faiths.get(code, ""), "votes": found["iso2"],
               "source": "CEPII GeoDist; ICOW; World Factbook"}  # fmt: skip


def _hand_code(slug: str) -> str:
    known = {"kosovo": "XKX", "palestine": "PSE", "taiwan-roc": "TWN", "cook-islands": "COK", "niue": "NIU",
             "sahrawi-republic": "ESH"}  # fmt: skip
    return known.get(slug, "")


def neighbours(inputs: Inputs) -> list[Row]:
    """Pairs of states with a common land border, each once."""
    slug_of = {row["iso3"]: row["slug"] for row in _rows(inputs.sources / "polities_state.csv") if row.get("iso3")}
    pairs: dict[tuple[str, str], str] = {}
    for row in _rows(inputs.shared / "covariates" / "cepii_dyads.csv"):
        codes = [_OLD_CODES.get(row[column], row[column]) for column in ("iso_o", "iso_d")]
        if row["contig"] == "1" and all(code in slug_of for code in codes):
            one, other = sorted(slug_of[code] for code in codes)
            if one != other:
                pairs[one, other] = "CEPII GeoDist"
    for row in _rows(inputs.sources / "state_neighbours_hand.csv"):
        one, other = sorted((row["one"], row["other"]))
        pairs.setdefault((one, other), row["source"])
    return [{"one": one, "other": other, "source": source} for (one, other), source in sorted(pairs.items())]


def write_votes(inputs: Inputs, output: Path) -> int:
    """Write `general_assembly_votes.csv.gz`: year, then one sign a member: y yes, a abstained, n no, . absent.

    The file has the members in its head; bytes do not depend on the day of writing.
    """
    folder = inputs.shared / "covariates"
    years = {row["rcid"]: row["date"][:4] for row in _rows(folder / "unga_roll_calls.csv")}
    sign = {"1": "y", "2": "a", "3": "n", "": "."}
    lines = []
    with (folder / "unga_votes_matrix.csv").open(encoding="utf-8", newline="") as stream:
        rows = csv.reader(stream)
        members = next(rows)[1:]
        for row in rows:
            year = years.get(row[0])
            if year is None:
                raise SourceError(f"unga_votes_matrix.csv: roll call {row[0]} has no date")
            if year not in _LEFT_OUT_YEARS:
                lines.append(f"{year},{''.join(sign[cell] for cell in row[1:])}")
    text = f"year,{'|'.join(members)}\n" + "\n".join(lines) + "\n"
    with (
        (output / "general_assembly_votes.csv.gz").open("wb") as raw,
        gzip.GzipFile(filename="", mode="wb", fileobj=raw, mtime=0, compresslevel=9) as packed,
    ):
        packed.write(text.encode("utf-8"))
    return len(lines)
