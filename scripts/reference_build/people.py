"""`people.csv`: who held which office, from when to when, and under which form of the name the press writes of them.

Three layers, the earlier beating the later where both name a person in one place and time:

1. `people_office_holders.csv`, kept by hand: heads of state and government, foreign ministers, spokespeople, heads of
   organisations, mostly 2021 to 2025. Its source says `hand` (general knowledge, not looked up) and which shared
   table names the same person for the same country.
2. Leaders 1945 to March 2021 of REIGN (MIT): its dates, with the full names of `people_reign_names.csv`, kept by hand
   because REIGN mostly gives surnames, some misspelt or with broken accents. Rows without an entry are left out.
3. Foreign ministers January 2003 to February 2011 of the CIA's lists of chiefs of state and cabinet members, read from
   CountryInfo, where the title names that office alone, both dates are known and the name has two or three parts.

A partial date is a year or a month. An empty `to` is "in office when last known" (2025); the end of a spell that a
source knew to be running on its last day is that day. A short form is ambiguous where `people_common_shorts.csv` lists
it (many bear it, or it is a word or place), where it is very short, or where holders of two countries bore it at once.
"""

from __future__ import annotations

import csv
import html
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

COLUMNS = ("name", "polity", "role", "sectors", "from", "to", "source", "short", "ambiguous")

REIGN_SOURCE, REIGN_LAST = "REIGN 2021-03", "2021-03"
CIA_SOURCE, CIA_LAST = "CIA World Leaders 2003-2011 via CountryInfo", "2011-02"
CIA_OPEN_SINCE = "2008-01"  # an older open spell mostly runs together two offices of one person
CIA_LONGEST_YEARS = 5
FACTBOOK_SOURCE = "CIA World Factbook late 2025"
FIRST_YEAR = "1945"
UNCOVERED_SHARE = 0.2
SHORTEST_PLAIN = 4
PLAIN_THOUGH_SHORT = frozenset("Abe Aso Dar Gül Lai Mao Moi Oli Xi".split())
DOMINANT = frozenset({("UN", "Guterres")})
NOT_DECOMPOSED = str.maketrans({
    "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "ı": "i", "đ": "dj", "Đ": "Dj", "ð": "d", "þ": "th", "Þ": "Th", "æ": "ae",
    "Æ": "Ae", "ß": "ss", "ʻ": "'",
})  # fmt: skip
TITLES = frozenset("king queen pope prince sheikh mullah lord".split())
FOREIGN_MINISTER = re.compile(
    r"(?:Secretary of State|Minister|Secretary) (?:of|for) (?:State for )?(?:Foreign|External) (?:Affairs|Relations)"
    r"(?:,? (?:and|&) (?:International )?(?:Co-?operation|Trade|Cults|Worship|Religious Affairs|European Integration))?"
)
TRUNCATED = frozenset({"STP"})
OWN_ORDER = frozenset("CHN KOR PRK TWN VNM KHM LAO MMR HUN THA ISL ETH ERI SOM DJI BTN MNG".split())
PARTICLES = frozenset("al el de da di do dos del la le van von der den ter bin ibn ould y e".split())


@dataclass(frozen=True)
class Spell:
    """One person in one office for one time; the first name is the usual one."""

    names: tuple[str, ...]
    polity: str
    role: str
    sectors: str
    start: str
    end: str
    source: str
    shorts: tuple[str, ...] = ()
    country: str = ""


def build(shared: Path, sources: Path, out: Path) -> None:
    """Write `people.csv` into `out` from the hand-kept `sources` and the `shared` data folder."""
    countries = _country_of_polity(sources)
    hand = list(_hand(sources / "people_office_holders.csv", countries))
    spells = _attest(hand, shared)
    spells = spells + _without_known(_reign(shared, sources, countries), spells)
    spells = spells + _without_known(_foreign_ministers(shared, countries), spells)
    common = frozenset(row["short"] for row in _read(sources / "people_common_shorts.csv"))
    rows = sorted(set(_rows(spells, common)))
    with (out / "people.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(rows)


def fold(text: str) -> str:
    """Lower-case ASCII form of a name, for comparison."""
    plain = unicodedata.normalize("NFKD", text.translate(NOT_DECOMPOSED)).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z]+", " ", plain.lower().replace("'", "")).strip()


def _read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def _country_of_polity(sources: Path) -> dict[str, str]:
    """ISO code, or the slug where there is none, of each polity; rival governments of one state share it."""
    found: dict[str, str] = {}
    for name in ("state", "historical", "contested", "government"):
        for row in _read(sources / f"polities_{name}.csv"):
            parent = row.get("parent", "") if name == "government" else ""
            found[row["slug"]] = row.get("iso3") or found.get(parent, "") or row.get("actor_id") or row["slug"]
    return found


def _hand(path: Path, countries: dict[str, str]) -> Iterator[Spell]:
    for row in _read(path):
        yield Spell(
            tuple(row["names"].split("|")), row["polity"], row["role"], row["sectors"], row["from"], row["to"], "hand",
            tuple(s for s in row["shorts"].split("|") if s), countries.get(row["polity"], row["polity"]),
        )  # fmt: skip


def _attest(spells: list[Spell], shared: Path) -> list[Spell]:
    """Add to the source of a hand-kept spell the shared tables that name the person for that country and time."""
    factbook, cia = _factbook_words(shared), _cia_words(shared)
    checked = []
    for spell in spells:
        words = _distinctive(spell)
        notes = [spell.source]
        if not spell.end and any(words <= held for held in factbook.get(spell.country, ())):
            notes.append(FACTBOOK_SOURCE)
        if spell.start <= CIA_LAST and any(words <= held for held in cia.get(spell.country, ())):
            notes.append("CountryInfo")
        checked.append(replace(spell, source="; ".join(notes)))
    return checked


def _distinctive(spell: Spell) -> set[str]:
    """First and last word of the usual name, titles left out."""
    words = [word for word in fold(spell.names[0]).split() if word not in TITLES]
    return {words[0], words[-1]} if words else {"\0"}


def _factbook_words(shared: Path) -> dict[str, list[set[str]]]:
    found = defaultdict(list)
    for row in _read(shared / "states/factbook_2025_extract.csv"):
        for cell in (row["chief_of_state"], row["head_of_government"]):
            for part in re.split(r";| represented by ", html.unescape(cell)):
                found[row["iso3"] or {"Kosovo": "XKX"}.get(row["name"], "")].append(set(fold(part).split()))
    return found


def _cia_words(shared: Path) -> dict[str, list[set[str]]]:
    found = defaultdict(list)
    for row in _read(shared / "leaders/countryinfo_officials.csv"):
        found[row["iso3"]].append(set(fold(row["name"]).split()))
    return found


def _without_known(spells: Iterable[Spell], known: list[Spell]) -> list[Spell]:
    """The spells that known spells of the same person in the same country do not cover for the greater part."""
    by_country = defaultdict(list)
    for spell in known:
        by_country[spell.country].append((spell, {fold(n) for n in spell.names}, _distinctive(spell)))
    fresh = []
    for spell in spells:
        names, words, months = {fold(n) for n in spell.names}, _distinctive(spell), _months(spell)
        for other, other_names, other_words in by_country[spell.country]:
            if names & other_names or words == other_words:
                months -= _months(other)
        if len(months) > len(_months(spell)) * UNCOVERED_SHARE:
            fresh.append(spell)
    return fresh


def _months(spell: Spell) -> set[int]:
    """The months of a spell, counted from year 0; an open end is the end of 2025."""
    first = _month(spell.start, 1)
    return set(range(first, max(first, _month(spell.end or "2025-12", 12)) + 1))


def _month(date: str, default: int) -> int:
    return int(date[:4]) * 12 + int(date[5:7] or default)


def _reign(shared: Path, sources: Path, countries: dict[str, str]) -> Iterator[Spell]:
    names = _reign_names(sources)
    spells_of_code = _polities_by_code(sources)
    for row in _read(shared / "leaders/reign_leaders_2021_03.csv"):
        entry = _entry(names, row["stateabb"], row["leader"].strip(), row["syear"])
        start = _date(row["syear"], row["smonth"], row["sdate"])
        end = _date(row["eyear"], row["emonth"], "") or REIGN_LAST
        if entry is None or end[:4] < FIRST_YEAR:
            continue
        full, shorts = tuple(entry["names"].split("|")), ((entry["short"],) if entry["short"] else ())
        source = REIGN_SOURCE if row["eyear"] else f"{REIGN_SOURCE}, in office then"
        for polity, begin, finish in _cut(spells_of_code[int(row["ccode"])], start, end):
            if full[0] == "Mohammed Omar":
                polity = "afghanistan-islamic-emirate-1996"
            country = countries.get(polity, polity)
            yield Spell(full, polity, entry["role"], "GOV", begin, finish, source, shorts, country)


def _reign_names(sources: Path) -> dict[str, list[dict[str, str]]]:
    found = defaultdict(list)
    for row in _read(sources / "people_reign_names.csv"):
        found[row["stateabb"]].append(row)
    return found


def _entry(names: dict[str, list[dict[str, str]]], state: str, leader: str, year: str) -> dict[str, str] | None:
    """The entry for a spell: the one of that year, else the one for every year; `*` stands for an unreadable rest."""
    fitting = [
        row for row in names.get(state, ())
        if row["leader"] == leader or (row["leader"].endswith("*") and leader.startswith(row["leader"][:-1]))
    ]  # fmt: skip
    dated = [row for row in fitting if row["year"] == year]
    undated = [row for row in fitting if not row["year"]]
    return (dated or undated or [None])[0]


def _polities_by_code(sources: Path) -> dict[int, list[tuple[str, str, str]]]:
    """Spells `(slug, from, to)` of the polities that a Correlates of War code stood for, in order of time."""
    found = defaultdict(dict)
    for row in _read(sources / "crosswalk.csv"):
        for system in ("cow", "gw"):
            if row["cow"] and row[system] == row["cow"]:
                spells = found[int(row["cow"])]
                start, end = row[f"{system}_from"], row[f"{system}_to"] or "9999"
                first, last = spells.get(row["slug"], (start, end))
                spells[row["slug"]] = (min(first, start), max(last, end))
    for code, spells in found.items():
        if code == 255:
            spells["west-germany"] = ("1949-09-21", "1990-10-02")
            spells["germany"] = ("1990-10-03", "9999")
    return {
        code: sorted(((slug, *span) for slug, span in spells.items()), key=lambda spell: spell[1])
        for code, spells in found.items()
    }  # fmt: skip


def _cut(polities: list[tuple[str, str, str]], start: str, end: str) -> Iterator[tuple[str, str, str]]:
    """A leader's spell cut where the polity changed; outside all of them, the nearest."""
    cut = [
        (slug, max(start, begin), end if finish.startswith("9999") or end < finish[: len(end)] else min(end, finish))
        for slug, begin, finish in polities
        if begin[: len(end)] <= end and start < finish and not end == finish[: len(end)] == begin[: len(end)]
    ]
    if not cut:
        year = int(start[:4])
        nearest = min(polities, key=lambda polity: min(abs(int(bound[:4]) - year) for bound in polity[1:]))
        cut = [(nearest[0], start, end)]
    for slug, begin, finish in cut:
        if len(cut) == 1 or begin[:7] < finish[:7]:
            yield slug, start if slug == cut[0][0] else begin, finish


def _date(year: str, month: str, day: str) -> str:
    parts = [year] + [f"{int(part):02}" for part in (month, day) if part.strip()]
    return "-".join(parts) if year.strip() else ""


def _foreign_ministers(shared: Path, countries: dict[str, str]) -> Iterator[Spell]:
    polity_of = {code: slug for slug, code in reversed(list(countries.items())) if len(code) == 3}
    for row in _read(shared / "leaders/countryinfo_officials.csv"):
        if len(row["iso3"]) != 3 or not FOREIGN_MINISTER.fullmatch(row["title"].strip()):
            continue
        name = _person_case(row["name"])
        if len(name.split()) not in (2, 3) or "`" in name:
            continue
        start, end = row["from"][:7], row["to"][:7]
        if row["flag"] == "in office at last update":
            end = CIA_LAST if start >= CIA_OPEN_SINCE else ""
        country = {"TMP": "TLS"}.get(row["iso3"], row["iso3"])
        if country not in polity_of or not start or not end or start > end or country in TRUNCATED:
            continue
        if int(end[:4]) - int(start[:4]) > CIA_LONGEST_YEARS:
            continue
        short = () if country in OWN_ORDER or name.split()[-1] in ("II", "Iii") else (name.split()[-1],)
        yield Spell((name,), polity_of[country], "foreign minister", "GOV", start, end, CIA_SOURCE, short, country)


def _person_case(name: str) -> str:
    """`JAAP DE HOOP` as `Jaap de Hoop`; initials keep their stop, a hyphen or apostrophe starts a new capital."""
    words = []
    for number, word in enumerate(name.split()):
        low = word.lower()
        if number and low in PARTICLES:
            words.append(low)
        else:
            words.append(re.sub(r"(^|[-'])([a-z])", lambda m: m[1] + m[2].upper(), low))
    return " ".join(words)


def _rows(spells: list[Spell], common: frozenset[str]) -> Iterator[tuple[str, ...]]:
    shared_shorts = _ambiguous_shorts(spells)
    for number, spell in enumerate(spells):
        forms = list(spell.names)
        for name in spell.names:
            plain = name.translate(NOT_DECOMPOSED)
            if plain not in forms:
                forms.append(plain)
        shorts = list(spell.shorts)
        shorts += [plain for short in spell.shorts if (plain := short.translate(NOT_DECOMPOSED)) not in shorts]
        pairs = [(form, shorts[0] if shorts else "") for form in forms] + [(forms[0], short) for short in shorts[1:]]
        for form, short in pairs:
            doubtful = short and (short in common or _is_very_short(short) or (number, short) in shared_shorts)
            ambiguous = "1" if doubtful and (spell.polity, short) not in DOMINANT else "0"
            yield (
                form, spell.polity, spell.role, spell.sectors, spell.start, spell.end, spell.source, short, ambiguous,
            )  # fmt: skip


def _is_very_short(short: str) -> bool:
    """Whether a form is so short that it mostly is something else, but for some well known."""
    return len(short) < SHORTEST_PLAIN and short not in PLAIN_THOUGH_SHORT


def _ambiguous_shorts(spells: list[Spell]) -> set[tuple[int, str]]:
    """Short forms that two persons of two countries bore within two years of each other."""
    bearers = defaultdict(list)
    for number, spell in enumerate(spells):
        for short in spell.shorts:
            bearers[fold(short)].append((number, short, spell))
    found = set()
    for group in bearers.values():
        for number, short, spell in group:
            if any(
                other.country != spell.country and _distinctive(other) != _distinctive(spell) and _near(spell, other)
                for _, _, other in group
            ):
                found.add((number, short))
    return found


def _near(one: Spell, other: Spell, years: int = 2) -> bool:
    start, end = int(one.start[:4]), int((one.end or "9999")[:4])
    return start <= int((other.end or "9999")[:4]) + years and int(other.start[:4]) <= end + years
