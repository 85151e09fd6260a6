"""`build_reference --check`: the written tables beside the state lists, the UN members and the recognition series.

It prints what differs, each with a reason, and counts as failures only what has none.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path

from .tables import Row, in_order, read_table

Spell = tuple[str, str]
SYSTEMS = {
    "cow": ("COW", "states/cow_states.csv", "ccode", "statenme", "2016-12-31"),
    "gw": ("Gleditsch-Ward", "states/gw_states.csv", "gwcode", "gw_name", "2020-12-31"),
}
ORGANISATIONS = {"X-EC": "European Community", "X-EU": "European Union"}
SERIES_COLUMNS = ("recogniser_iso3", "iso3", "recognised_code")


def heading(title: str) -> None:
    """Print a section title."""
    print(f"\n== {title}")


def listed_spells(shared: Path, system: str) -> tuple[dict[str, list[Spell]], dict[str, str]]:
    """Spells and name of each code in a state list; a spell that ends with the list is open."""
    _, file_name, code_column, name_column, last_day = SYSTEMS[system]
    spells: dict[str, list[Spell]] = {}
    names: dict[str, str] = {}
    for row in read_table(shared / file_name):
        code = row[code_column].removesuffix(".0")
        names[code] = row[name_column]
        spells.setdefault(code, []).append((row["start"], "" if row["end"] == last_day else row["end"]))
    return {code: sorted(found) for code, found in spells.items()}, names


def own_spells(crosswalk: list[Row], system: str) -> dict[str, list[Spell]]:
    """Spells of each code in our crosswalk, joined where a polity follows another the next day."""
    found: dict[str, list[Spell]] = {}
    rows = (row for row in crosswalk if row[system])
    for row in sorted(rows, key=lambda row: (row[system], row[f"{system}_from"])):
        spells = found.setdefault(row[system], [])
        start, end = row[f"{system}_from"], row[f"{system}_to"]
        if spells and spells[-1][1] and date.fromisoformat(spells[-1][1]) + timedelta(1) == date.fromisoformat(start):
            start = spells.pop()[0]
        spells.append((start, end))
    return found


def check_spells(shared: Path, crosswalk: list[Row], system: str) -> int:
    """Compare the crosswalk with a state list; the number of unexplained differences."""
    listed, names = listed_spells(shared, system)
    own = own_spells(crosswalk, system)
    heading(f"{SYSTEMS[system][0]}: {len(listed)} codes, {sum(map(len, listed.values()))} spells")
    failures = 0
    for code in sorted(set(listed) | set(own), key=int):
        if code not in own or code not in listed or own[code] != listed[code]:
            failures += 1
            print(f"  {code} {names.get(code, '?')}: list {listed.get(code)}, ours {own.get(code)}: no reason known")
    print(f"  missing or with other dates in the crosswalk: {failures}")
    return failures


def reason(row: Row, start: str, system: str, other: str, admission: str) -> str:
    """Why a polity begins on another day than a state list says."""
    if start == "1816-01-01":
        return "the list begins in 1816"
    if start == admission:
        return "the list counts from admission to the UN"
    if row["from"] and other and in_order(row["from"], other) and in_order(other, row["from"]):
        return "the two lists differ, ours agrees with the other"
    if not row["from"]:
        return "older than the list, no single day of birth"
    counted = "effective recognition or missions" if system == "cow" else "its own estimate of independence"
    return f"ours is the legal day ({row['source']}); the list counts from {counted}" + (
        f"; note: {row['note']}" if row["note"] else ""
    )


def check_births(shared: Path, polities: dict[str, Row], crosswalk: list[Row]) -> int:
    """Print polities whose first day differs from the lists', with the reason."""
    heading("polities that begin on another day than the lists say")
    admissions = admission_days(shared)
    firsts: dict[str, dict[str, str]] = {}
    for row in crosswalk:
        for system in ("cow", "gw"):
            if row[f"{system}_from"]:
                days = firsts.setdefault(row["slug"], {})
                days[system] = min(days.get(system, "9999"), row[f"{system}_from"])
    counts: Counter[str] = Counter()
    for slug, days in sorted(firsts.items()):
        row = polities[slug]
        for system, other in (("cow", "gw"), ("gw", "cow")):
            start = days.get(system, "")
            if not start or row["from"] == start:
                continue
            why = reason(row, start, system, days.get(other, ""), admissions.get(row["iso3"], ""))
            counts[why.split(";")[0].split(" (")[0]] += 1
            print(f"  {slug}: ours {row['from'] or 'open'}, {SYSTEMS[system][0]} {start}: {why}")
    for why, count in counts.most_common():
        print(f"  {count:4} {why}")
    return 0


def admission_days(shared: Path) -> dict[str, str]:
    """Day of admission to the UN by ISO code."""
    rows = read_table(shared / "states/un_member_admission.csv")
    columns = list(rows[0])
    iso = next(column for column in columns if all(len(row[column]) == 3 for row in rows))
    day = next(column for column in columns if all(row[column][4:5] == "-" for row in rows))
    return {row[iso]: row[day] for row in rows}


def check_members(shared: Path, polities: dict[str, Row]) -> int:
    """All members of the UN must be plain states."""
    members = set(admission_days(shared))
    have = {row["iso3"] for row in polities.values() if row["kind"] == "state"}
    heading(f"UN members: {len(members)}, missing: {sorted(members - have) or 'none'}")
    print(f"  states that are no members: {sorted(have - members)}")
    return len(members - have)


def series_codes(shared: Path) -> Iterator[tuple[str, str, str]]:
    """File, column and code of each recogniser and recognised polity in the recognition series."""
    for path in sorted((shared / "recognition").glob("*.csv")):
        for row in read_table(path):
            for column in SERIES_COLUMNS:
                if row.get(column):
                    yield path.name, column, row[column]


def check_series(shared: Path, polities: dict[str, Row], crosswalk: list[Row]) -> int:
    """Every code of the series must lead to a polity, but for organisations."""
    codes = {row["iso3"] for row in polities.values()} | {row["actor_id"] for row in polities.values()}
    codes |= {code for row in crosswalk for code in row["data_codes"].split()}
    unknown: Counter[tuple[str, str, str]] = Counter(found for found in series_codes(shared) if found[2] not in codes)
    heading("codes of the recognition series that have no row")
    failures = 0
    for (file_name, column, code), count in sorted(unknown.items()):
        explained = ORGANISATIONS.get(code)
        failures += not explained
        print(f"  {code} ({file_name}, {column}, {count} rows): {explained or 'no reason known'}")
    print(f"  without a reason: {failures}")
    return failures


def check_names(polities: dict[str, Row], names: Iterable[Row]) -> int:
    """Names twice for one polity, kind, language and period, and names of nobody."""
    columns = ("name", "lang", "kind", "target", "from", "to")
    listed = list(names)
    twice = Counter(tuple(row[column] for column in columns) for row in listed)
    doubled = [found for found, count in sorted(twice.items()) if count > 1]
    lost = sorted({row["target"] for row in listed} - set(polities))
    overlap = Counter((row["name"], row["lang"], row["kind"], row["target"]) for row in listed)
    heading("names")
    print(f"  {len(listed)} names; doubled within language and period: {doubled or 'none'}")
    print(f"  targets without a polity: {lost or 'none'}")
    print(f"  with several periods or degrees of doubt: {sum(count > 1 for count in overlap.values())}")
    return len(doubled) + len(lost)


def report(shared: Path, data: Path) -> int:
    """Print every check; 1 if something has no reason."""
    polities = {row["slug"]: row for row in read_table(data / "polities.csv")}
    crosswalk = read_table(data / "crosswalk.csv")
    failures = sum(check_spells(shared, crosswalk, system) for system in SYSTEMS)
    failures += check_births(shared, polities, crosswalk)
    failures += check_members(shared, polities)
    failures += check_series(shared, polities, crosswalk)
    failures += check_names(polities, read_table(data / "names.csv"))
    print(f"\n{failures} unexplained")
    return int(failures > 0)
