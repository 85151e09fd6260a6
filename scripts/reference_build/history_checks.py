"""`build_history --check`: the written history beside the recognition series that it was entered from."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from .tables import Row, read_table

SERIES = {
    "kosovo_2008_2021": "kosovo",
    "palestine_1988_2023": "palestine",
    "prc_relations_1949_2024": "prc_relations",
    "sahrawi_1976_2008": "sahrawi",
    "venezuela_guaido_2019": "venezuela_guaido",
    "china_taiwan_americas_2025": "china_taiwan_americas",
    "angola_mpla_1975_1976": "angola_mpla",
    "chile_junta_1973": "chile_junta",
    "bangladesh_1971_1975": "bangladesh",
    "bosnia_by_year_1992_1996": "bosnia",
    "small_series": "single_acts",
}
#: Rows of the series that were left out or stand under another actor, and why.
EXPLAINED = {
    ("bosnia", "MNE"): "the act of FR Yugoslavia, entered once",
    ("bosnia", "SRB"): "the act of FR Yugoslavia",
    ("bosnia", "SVK"): "the act of Czechoslovakia",
    ("sahrawi", "YUG"): "the withdrawal of Serbia and Montenegro",
}
ORGANISATIONS = {"X-EC": "EC", "X-EU": "EU"}
OTHER_CODES = {"ESH": "sahrawi-republic"}


def report(shared: Path, data: Path) -> int:
    """Print every row of the series that the table lacks; 1 if one has no reason."""
    written: dict[tuple[str, str], list[Row]] = {}
    for row in read_table(data / "history.csv"):
        written.setdefault((row["series"], row["recogniser"]), []).append(row)
    unexplained = 0
    for path in sorted((shared / "recognition").glob("*.csv")):
        series = SERIES.get(path.stem)
        if series is None:
            print(f"{path.name}: no series of acts")
            continue
        outcome = Counter(judged(series, row, written) for row in read_table(path))
        print(f"{path.name}: " + ", ".join(f"{count} {word}" for word, count in sorted(outcome.items())))
        unexplained += sum(count for word, count in outcome.items() if word.startswith("missing"))
    print(f"{unexplained} unexplained")
    return int(unexplained > 0)


def judged(series: str, row: Row, written: dict[tuple[str, str], list[Row]]) -> str:
    """How the table holds a row of the series."""
    code = row["recogniser_iso3"]
    actor = ORGANISATIONS.get(code) or OTHER_CODES.get(code, code)
    found = written.get((series, actor), [])
    if any(one["earliest"] <= row["date_earliest"] and row["date_latest"] <= one["latest"] for one in found):
        return "held"
    if any(one["inherited_from"] for one in found):
        return "held by inheritance"
    if (series, code) in EXPLAINED:
        return f"told apart: {EXPLAINED[series, code]}"
    return f"missing: {row['recogniser']} {row['act']} {row['date_earliest']}"
