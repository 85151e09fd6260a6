"""`people.csv`: who held which office, from when to when, and under which form of the name the press writes of them.

Two layers, the first beating the second where both name a person in one place and time:

1. Kept by hand, in `HAND_FILES`: heads of state and government, foreign ministers, spokespeople, heads of
   organisations. Their source says `hand` (general knowledge, not looked up) and which shared table names the same
   person for the same country.
2. Leaders 1945 to March 2021 of REIGN (MIT): its dates, with the full names of `people_reign_names.csv`, kept by hand
   because REIGN mostly gives surnames, some misspelt or with broken accents. Rows without an entry are left out.

A partial date is a year or a month. An empty `to` is "in office when last known" (2025); the end of a spell that a
source knew to be running on its last day is that day. A short form is ambiguous where a hand-kept row marks it with
`~`, where `people_common_shorts.csv` lists it (many bear it, or it is a word or place), where it also names a polity
or an organisation, where it is very short, where holders of two countries bore it at once, and where nobody wrote it
down but it is the family name by the order of the country's names.
"""

from __future__ import annotations

import csv
import datetime as dt
import html
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from . import names as polity_names
from .tables import Inputs, Row, SourceError, checked_date, in_order, read_table

HAND_FILES = (
    "people_office_holders.csv",
    "people_current.csv",
    "people_foreign_ministers.csv",
    "people_press_names.csv",
    "people_monarchs.csv",
    "people_second_offices.csv",
    "people_more_ministers.csv",
    "people_movements.csv",
    "people_contested_leaders.csv",
    "people_agency_heads.csv",
    "people_ministers_and_commanders.csv",
    "people_party_leaders.csv",
)
COLUMNS = ("name", "polity", "role", "sectors", "from", "to", "source", "short", "ambiguous")

REIGN_SOURCE, REIGN_LAST = "REIGN 2021-03", "2021-03"
CIA_LAST = "2011-02"
FACTBOOK_SOURCE = "CIA World Factbook late 2025"
FIRST_YEAR = "1945"
UNCOVERED_SHARE = 0.2
SHORTEST_PLAIN = 4
PLAIN_THOUGH_SHORT = frozenset("Abe Aso Dar Gül Lai Mao Moi Oli Xi".split())
ALSO_COMMON = frozenset(
    "Ahmad Ahmed Alia Alley Amato Aubert Avril Barco Basha Beel Bella Bennett Bird Blah Borja Bosch Bremer Bruce "
    "Bryant Bush Cals Cato Chand Chaves Choi Chun Chung Compton Connolly Coventry Diem Eriksen Estimé Eustace "
    "Filho Flanagan Frei Gabriel Gandhi Golding Gomes Guevara Habib Hata Higgins Hilly Hossain Hsiao Hwang Idris Islam "
    "Ismail Kang Kato Kellogg Kenny Khalil Koller Laurent Lien Lieberman Lindley Lynch Maga Merino Mesa Mills "
    "Mock Morgan Moro Muhammad Nagy Nanda Nano Nasser Navarro Nena Noon Olivier Pacheco Padilla Parts Patel "
    "Pearson Pedersen Philip Plaza Pleven Popov Portillo Rahman Robles Rowling Ryder Saeed Salazar Salinas "
    "Sampson Sant Sarkis Saud Schick Scotty Selassie Sharon Shea Shearer Sherman Skate Stephen Stier Stocker Sullivan "
    "Taya Thorn Toledo Tong Torp Vella Viola Woodward Yusuf Zamora".split()
)  # fmt: skip
DOMINANT = frozenset({("UN", "Guterres"), ("venezuela-guaido", "Guaidó")})
NOT_DECOMPOSED = str.maketrans({
    "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "ı": "i", "đ": "dj", "Đ": "Dj", "ð": "d", "þ": "th", "Þ": "Th", "æ": "ae",
    "Æ": "Ae", "ß": "ss", "ʻ": "'",
})  # fmt: skip
TITLES = frozenset("king queen pope prince sheikh mullah lord".split())
FAMILY_FIRST = frozenset("CHN KOR PRK".split())
HYPHENATED_FAMILY_FIRST = frozenset({"TWN"})
GIVEN_NAME_STANDS = frozenset(
    "VNM KHM LAO MMR THA ISL ETH ERI SOM DJI BTN MNG SAU QAT KWT ARE BHR OMN JOR MAR IDN MYS SGP MDV COM MRT BRN "
    "afghanistan somaliland".split()
)  # fmt: skip
NO_FAMILY_NAME = re.compile(
    r"(?:King|Queen|Pope|Prince|Emperor|Grand Duke|Sheikh|Sultan|Mullah|Madame|Lord|Shah) .*"
    r"|.* (?:bin|ibn) .*|.* [IVX]+"
)


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


def build(inputs: Inputs) -> list[Row]:
    """All holders of offices."""
    countries = _country_of_polity(inputs)
    organisations = {row["id"]: row for row in read_table(inputs.sources.parent / "data/organisations.csv")}
    hand = list(_hand(inputs, countries))
    _check(hand, countries.keys() | organisations.keys())
    spells = _attest(hand, inputs.shared)
    spells = spells + _without_known(_reign(inputs, countries), spells)
    common = ALSO_COMMON | {row["short"] for row in inputs.hand("people_common_shorts.csv")}
    rows = sorted(set(_rows(spells, common, _other_names(inputs))))
    return [dict(zip(COLUMNS, row, strict=True)) for row in rows]


def _check(spells: list[Spell], known: Iterable[str]) -> None:
    """Stop at a hand-kept row of nobody's polity or with a date that cannot be right."""
    for spell in spells:
        where = f"{spell.names[0]} ({spell.polity})"
        if spell.polity not in known:
            raise SourceError(f"{where}: no polity and no organisation has that name")
        if not in_order(checked_date(spell.start, where), checked_date(spell.end, where)) or not spell.start:
            raise SourceError(f"{where}: ends before it begins, or has no beginning")


def _other_names(inputs: Inputs) -> frozenset[str]:
    """The English names of polities and organisations, folded: a person's short form that equals one is doubtful."""
    organisations = read_table(inputs.sources.parent / "data/organisation_names.csv")
    rows = (*polity_names.build(inputs), *organisations)
    return frozenset(fold(row["name"]) for row in rows if row["lang"] == "en")


def fold(text: str) -> str:
    """Lower-case ASCII form of a name, for comparison."""
    plain = unicodedata.normalize("NFKD", text.translate(NOT_DECOMPOSED)).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z]+", " ", plain.lower().replace("'", "")).strip()


def _country_of_polity(inputs: Inputs) -> dict[str, str]:
    """ISO code, or the slug where there is none, of each polity; rival governments of one state share it."""
    found: dict[str, str] = {}
    for name in ("state", "historical", "contested", "government"):
        for row in inputs.hand(f"polities_{name}.csv"):
            parent = row.get("parent", "") if name == "government" else ""
            found[row["slug"]] = row.get("iso3") or found.get(parent, "") or row.get("actor_id") or row["slug"]
    return found


def _hand(inputs: Inputs, countries: dict[str, str]) -> Iterator[Spell]:
    for name in HAND_FILES:
        for row in inputs.hand(name):
            yield Spell(
                tuple(row["names"].split("|")), row["polity"], row["role"], row["sectors"], row["from"], row["to"],
                "hand", tuple(s for s in row["shorts"].split("|") if s), countries.get(row["polity"], row["polity"]),
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
    for row in read_table(shared / "states/factbook_2025_extract.csv"):
        for cell in (row["chief_of_state"], row["head_of_government"]):
            for part in re.split(r";| represented by ", html.unescape(cell)):
                found[row["iso3"] or {"Kosovo": "XKX"}.get(row["name"], "")].append(set(fold(part).split()))
    return found


def _cia_words(shared: Path) -> dict[str, list[set[str]]]:
    found = defaultdict(list)
    for row in read_table(shared / "leaders/countryinfo_officials.csv"):
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


def _reign(inputs: Inputs, countries: dict[str, str]) -> Iterator[Spell]:
    names: dict[str, list[Row]] = defaultdict(list)
    for row in inputs.hand("people_reign_names.csv"):
        names[row["stateabb"]].append(row)
    spells_of_code = _polities_by_code(inputs)
    rows = list(_reign_rows(inputs.shared / "leaders/reign_leaders_2021_03.csv"))
    starts: dict[tuple[str, str], list[str]] = defaultdict(list)
    for row in rows:
        day = _date(row["syear"], row["smonth"], row["sdate"])
        starts[row["ccode"], day[:7]].append(day)
    for row in rows:
        entry = _entry(names, row["stateabb"], row["leader"].strip(), row["syear"])
        start = _date(row["syear"], row["smonth"], row["sdate"])
        end = _date(row["eyear"], row["emonth"], "") or REIGN_LAST
        # REIGN tells the month of an end; who followed in that month tells the day.
        followed = min((day for day in starts[row["ccode"], end] if day > start), default="")
        end = _day_before(followed) if followed else end
        if entry is None or end[:4] < FIRST_YEAR:
            continue
        full = tuple(entry["names"].split("|"))
        shorts = _reign_shorts(full, row["leader"].split(), entry["short"])
        source = REIGN_SOURCE if row["eyear"] else f"{REIGN_SOURCE}, in office then"
        for polity, begin, finish in _cut(spells_of_code[int(row["ccode"])], start, end):
            if full[0] == "Mohammed Omar":
                polity = "afghanistan-islamic-emirate-1996"
            country = countries.get(polity, polity)
            yield Spell(full, polity, entry["role"], "GOV", begin, finish, source, shorts, country)


def _reign_rows(path: Path) -> Iterator[Row]:
    """Rows of REIGN, whose header leaves two columns without a name."""
    with path.open(encoding="utf-8", newline="") as stream:
        yield from csv.DictReader(stream)


def _reign_shorts(full: tuple[str, ...], leader: list[str], short: str) -> tuple[str, ...]:
    """The short form kept by hand, else both surnames where REIGN writes two."""
    words = full[0].split()
    two = len(words) > 2 and len(leader) == 2 and fold(leader[0]) == fold(words[-2])
    return (short or " ".join(words[-2:]),) if short or two else ()


def _entry(names: dict[str, list[dict[str, str]]], state: str, leader: str, year: str) -> dict[str, str] | None:
    """The entry for a spell: the one of that year, else the one for every year; `*` stands for an unreadable rest."""
    fitting = [
        row for row in names.get(state, ())
        if row["leader"] == leader or (row["leader"].endswith("*") and leader.startswith(row["leader"][:-1]))
    ]  # fmt: skip
    dated = [row for row in fitting if row["year"] == year]
    undated = [row for row in fitting if not row["year"]]
    return next(iter(dated or undated), None)


def _polities_by_code(inputs: Inputs) -> dict[int, list[tuple[str, str, str]]]:
    """Spells `(slug, from, to)` of the polities that a Correlates of War code stood for, in order of time."""
    found: dict[int, dict[str, tuple[str, str]]] = defaultdict(dict)
    for row in inputs.hand("crosswalk.csv"):
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


def _day_before(day: str) -> str:
    return (dt.date.fromisoformat(day) - dt.timedelta(days=1)).isoformat()


def _rows(spells: list[Spell], common: frozenset[str], other_names: frozenset[str]) -> Iterator[tuple[str, ...]]:
    shared_shorts = _ambiguous_shorts(spells)
    kept = {(spell.country, fold(short)) for spell in spells for short in spell.shorts}
    for number, spell in enumerate(spells):
        forms = _distinct(spell.names)
        marked = spell.shorts or tuple(s for s in _family_name(spell) if (spell.country, fold(s)) not in kept)
        doubted = {short.rstrip("~") for short in marked if short.endswith("~")}
        shorts = _distinct(tuple(short.rstrip("~") for short in marked))
        pairs = [(form, shorts[0] if shorts else "") for form in forms] + [(forms[0], short) for short in shorts[1:]]
        for form, short in pairs:
            doubtful = short and (
                short in doubted
                or short in common
                or fold(short) in other_names
                or _is_very_short(short)
                or (number, short) in shared_shorts
            )
            ambiguous = "1" if doubtful and (spell.polity, short) not in DOMINANT else "0"
            yield (
                form, spell.polity, spell.role, spell.sectors, spell.start, spell.end, spell.source, short, ambiguous,
            )  # fmt: skip


def _distinct(names: tuple[str, ...]) -> list[str]:
    """The names and, where a letter has no accent to drop, their plain forms; once each for the index, which folds."""
    forms: dict[str, str] = {}
    for name in (*names, *(name.translate(NOT_DECOMPOSED) for name in names)):
        forms.setdefault(_index_key(name), name)
    return list(forms.values())


def _index_key(name: str) -> str:
    """The words of a name without case and accents, as the name index keeps them."""
    words = re.findall(r"[^\W_]+", unicodedata.normalize("NFKD", name))
    return " ".join("".join(c for c in word if not unicodedata.combining(c)).casefold() for word in words)


def _family_name(spell: Spell) -> tuple[str, ...]:
    """The family name by the order usual in the country, as a doubtful short form; none where the given name stands."""
    name, words = spell.names[0], spell.names[0].removesuffix(" Jr.").split()
    if spell.country in GIVEN_NAME_STANDS or len(words) < 2 or NO_FAMILY_NAME.fullmatch(name):
        return ()
    first = spell.country in FAMILY_FIRST or (spell.country in HYPHENATED_FAMILY_FIRST and "-" in words[-1])
    return (f"{words[0] if first else words[-1]}~",)


def _is_very_short(short: str) -> bool:
    """Whether a form is so short that it mostly is something else, but for some well known."""
    return len(short) < SHORTEST_PLAIN and short not in PLAIN_THOUGH_SHORT


def _ambiguous_shorts(spells: list[Spell]) -> set[tuple[int, str]]:
    """Short forms that two persons of two countries bore within two years of each other."""
    bearers = defaultdict(list)
    for number, spell in enumerate(spells):
        for short in (marked.rstrip("~") for marked in spell.shorts):
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
