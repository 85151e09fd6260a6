"""The history on board: its rows hang together, and what is known of it comes out."""

from __future__ import annotations

import csv
import datetime as dt
import sys
from pathlib import Path

import pytest

from dejure.errors import ReferenceTableError
from dejure.reference.history import HistoricalAct, load_history, load_history_series
from dejure.reference.tables import load_organisations, load_polities, read_table

ROOT = Path(__file__).resolve().parents[3]
ACTS = {act.entry: act for act in load_history()}


def acts_of(series: str, recogniser: str) -> list[HistoricalAct]:
    return [act for act in load_history() if act.series == series and act.recogniser == recogniser]


def test_kosovo_on_the_first_of_august_2010() -> None:
    day = dt.date(2010, 8, 1)
    acts = [act for act in load_history() if act.series == "kosovo" and act.act == "recognise" and not act.manner]
    assert len({act.recogniser for act in acts if act.latest <= day}) == 68
    assert len({act.recogniser for act in acts if act.earliest <= day}) == 72


def test_parties_resolve() -> None:
    polities, organisations = load_polities(), load_organisations()
    for act in load_history():
        assert act.recognised in polities, act.entry
        if act.recogniser_slug is None:
            assert act.recogniser in organisations, act.entry
        else:
            assert polities[act.recogniser_slug].actor_id == act.recogniser, act.entry


def test_a_recogniser_was_there() -> None:
    polities = load_polities()
    for act in load_history():
        if act.recogniser_slug and act.recogniser_slug != "russia":
            spell = polities[act.recogniser_slug].validity
            assert spell.holds_on(act.latest) or spell.holds_on(act.earliest), act.entry


def test_entries_are_unique_and_links_lead_to_acts() -> None:
    assert len(ACTS) == len(load_history())
    for act in load_history():
        for entry in act.inherited_from:
            origin = ACTS[entry]
            assert not origin.is_inherited
            assert origin.act == act.act
            assert origin.latest <= act.earliest
            assert (origin.recogniser_slug, origin.recognised) != (act.recogniser_slug, act.recognised)


def test_every_act_has_a_source_and_a_series() -> None:
    series = load_history_series()
    for act in load_history():
        assert act.source
        assert act.source_type
        assert act.grade == series[act.series].grade
        assert act.recognised in series[act.series].recognised
        if not act.is_reference:
            assert "claim" in act.note or "single act" in act.note, act.entry
    assert {act.series for act in load_history()} == set(series)


def test_withdrawals_from_kosovo_are_claims_of_others() -> None:
    claims = [act for act in load_history() if act.series == "kosovo" and act.act == "withdraw"]
    assert len(claims) == 17
    for act in claims:
        assert not act.asserted
        assert act.disputed
        assert act.disputed_by == "XKX"
        assert act.attributed_to in {"SRB", "STP"}


@pytest.mark.parametrize(
    ("series", "recogniser", "earliest", "latest"),
    [
        ("palestine", "BRA", "2010-12-01", "2011-12-03"),
        ("palestine", "PRY", "2005-03-25", "2011-01-29"),
        ("palestine", "VAT", "2013-02-01", "2015-06-26"),
        ("kosovo", "MYS", "2008-10-30", "2008-10-31"),
        ("bangladesh", "BTN", "1971-12-03", "1971-12-07"),
    ],
)
def test_bounds_span_the_sources(series: str, recogniser: str, earliest: str, latest: str) -> None:
    [act] = acts_of(series, recogniser)
    assert (act.earliest.isoformat(), act.latest.isoformat()) == (earliest, latest)
    assert act.precision == "interval"


@pytest.mark.parametrize(
    ("series", "recogniser", "act", "manner"),
    [
        ("sahrawi", "MDG", "withdraw", "freeze"),
        ("sahrawi", "BDI", "withdraw", "suspend"),
        ("sahrawi", "BDI", "recognise", "resume"),
        ("sahrawi", "PER", "sever-relations", "suspend"),
        ("kosovo", "GNB", "recognise", "reaffirm"),
        ("prc_relations", "NRU", "establish-relations", "resume"),
        ("china_taiwan_americas", "HND", "establish-relations", "switch"),
    ],
)
def test_data_acts_become_the_eleven(series: str, recogniser: str, act: str, manner: str) -> None:
    assert any((one.act, one.manner) == (act, manner) for one in acts_of(series, recogniser))


def test_successors_hold_what_the_actor_of_the_day_did() -> None:
    czechia, slovakia = acts_of("palestine", "CZE")[0], acts_of("palestine", "SVK")[0]
    assert czechia.inherited_from == slovakia.inherited_from
    assert ACTS[czechia.inherited_from[0]].recogniser == "CSK"
    assert czechia.disputed
    assert not slovakia.disputed
    assert [ACTS[entry].recogniser_slug for entry in acts_of("palestine", "YEM")[1].inherited_from] == [
        "north-yemen",
        "south-yemen",
    ]
    assert acts_of("palestine", "NAM")[0].earliest == dt.date(1990, 3, 21)


def test_what_is_known_when() -> None:
    [cuba] = acts_of("palestine", "CUB")
    assert (cuba.known_earliest, cuba.known_assumed) == (dt.date(1988, 11, 16), True)
    [qatar] = acts_of("kosovo", "QAT")
    assert (qatar.known_earliest, qatar.known_assumed) == (dt.date(2011, 1, 13), False)
    for act in load_history():
        assert act.earliest <= act.known_earliest, act.entry


def test_completeness() -> None:
    series = load_history_series()
    assert series["kosovo"].is_complete_on(dt.date(2015, 1, 1))
    assert not series["kosovo"].is_complete_on(dt.date(2021, 2, 2))
    assert not series["chile_junta"].is_complete_on(dt.date(1973, 9, 15))
    assert series["angola_mpla"].scope == "named"
    assert len(series["angola_mpla"].actors) == 46
    for one in series.values():
        assert set(one.recognised) <= set(load_polities()), one.series


def test_the_tables_are_those_that_the_sources_give() -> None:
    sys.path.insert(0, str(ROOT / "scripts"))
    try:
        from reference_build import history
        from reference_build.tables import Inputs
    finally:
        sys.path.pop(0)
    inputs = Inputs(ROOT / "src/dejure/reference/sources", ROOT)
    for name, columns, rows in (
        ("history.csv", history.ACT_COLUMNS, history.build(inputs)),
        ("history_series.csv", history.SERIES_COLUMNS, history.build_series(inputs)),
    ):
        built = sorted([row.get(column) or "" for column in columns] for row in rows)
        with (ROOT / "src/dejure/reference/data" / name).open(encoding="utf-8", newline="") as stream:
            assert list(csv.reader(stream)) == [list(columns), *built]


def test_a_word_that_does_not_exist_is_refused() -> None:
    row = {**next(read_table("history.csv"))}
    fields = {name: getattr(next(iter(load_history())), name) for name in row}
    with pytest.raises(ReferenceTableError, match="word"):
        HistoricalAct(**{**fields, "act": "adore"})
    with pytest.raises(ReferenceTableError, match="begins"):
        HistoricalAct(**{**fields, "latest": dt.date(1700, 1, 1)})
