"""The ledger as a whole, in Python: counts, acts, judgements, differences, tables, exports."""

from __future__ import annotations

import csv
import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from ledger_items import act, coded, day

import dejure
from dejure import BadEntry, BadTable, CountRules, Interval, Ledger, SettingsError, UnknownParty
from dejure.ledger.export import FLAT_COLUMNS, export_entries, write_export
from dejure.ledger.panel import PANEL_COLUMNS, panel
from dejure.ledger.table_import import interval_of_cell, read_user_table

PERSON = {"person": "A. Person", "reason": "read the statement"}


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    """A user's own ledger without the shipped history below it."""
    with Ledger(tmp_path / "ledger", create=True, with_history=False) as made:
        yield made


class TestCount:
    def test_kosovo_before_and_after_the_opinion(self) -> None:
        with Ledger() as history:
            found = history.count("kosovo", on=day("2010-08-01"))
        assert (found.certain, found.possible) == (68, 72)
        assert found.note is None
        assert {effect.rule for effect in found.effects} == {
            "members", "effective", "disputed", "implied", "inherited", "conditional"
        }  # fmt: skip

    def test_rules_change_who_counts(self, ledger: Ledger) -> None:
        ledger.append(
            [
                act("FRA", "kosovo"), act("VAT", "kosovo"), act("KEN", "kosovo", "establish-relations"),
                act("BRA", "kosovo", "condition", "2010-06-01"), act("SUR", "kosovo"),
                act("SUR", "kosovo", "withdraw", "2011-01-01", asserted=False, attributed_to=("SRB",)),
            ]
        )  # fmt: skip

        def ids(**rules: object) -> list[str]:
            return list(ledger.count("kosovo", CountRules(**rules), on=day("2012-01-01")).certain_ids)  # type: ignore[arg-type]

        assert ids() == ["FRA", "SUR", "VAT"]
        assert ids(members="un") == ["FRA", "SUR"]
        assert ids(implied=True) == ["FRA", "KEN", "SUR", "VAT"]
        assert ids(conditional=True) == ["BRA", "FRA", "SUR", "VAT"]
        assert ids(disputed="exclude") == ["FRA", "VAT"]
        assert ids(disputed="only") == ["SUR"]

    def test_what_each_rule_changed(self, ledger: Ledger) -> None:
        ledger.append([act("FRA", "kosovo"), act("VAT", "kosovo")])
        found = ledger.count("kosovo", "un", on=day("2012-01-01"))
        (members,) = [effect for effect in found.effects if effect.rule == "members"]
        assert (members.lost, members.gained) == (("VAT",), ())

    def test_names_that_are_none(self) -> None:
        with Ledger() as history:
            with pytest.raises(SettingsError):
                history.count("kosovo", "my own")
            with pytest.raises(UnknownParty):
                history.count("ruritania")
            with pytest.raises(UnknownParty):
                history.count("kosovo", CountRules(members="none"))


class TestSilence:
    def test_outside_a_series_it_is_unknown(self) -> None:
        with Ledger() as history:
            assert history.standing("ESP", "kosovo", on=day("2015-01-01")).standing == "not_recognised"
            assert history.standing("ESP", "kosovo", on=day("2024-01-01")).standing == "unknown"
            assert history.standing("ESP", "somaliland", on=day("2015-01-01")).standing == "unknown"

    def test_names_find_the_polity(self) -> None:
        with Ledger() as history:
            by_slug, by_id, by_name = (history.who(name, on=day("2015-01-01")) for name in ("kosovo", "XKX", "Kosovo"))
        assert by_slug == by_id == by_name
        assert len(by_slug) > 100


class TestActs:
    def test_reports_of_one_act_come_together(self, ledger: Ledger) -> None:
        ledger.append(
            [
                act("FRA", "kosovo", date="2010-06-01", report="r1"),
                act("FRA", "kosovo", date="2010-06-02", report="r2"),
                act("FRA", "kosovo", date=Interval.of(day("2010-05-28"), day("2010-06-03")), report="r3"),
                act("FRA", "kosovo", date=None, known="2011-01-01", report="r4"),
                act("FRA", "kosovo", date="2014-01-01", report="r5"),
            ]
        )  # fmt: skip
        acts = ledger.acts("kosovo")
        assert [len(one.entries) for one in acts if one.date] == [3, 1]
        assert [one.agrees for one in acts if one.date] == [False, True]
        assert [one.kind for one in ledger.contradictions("kosovo")] == ["dates"]

    def test_of_a_state_with_those_it_continues(self) -> None:
        with Ledger() as history:
            assert {one.recogniser for one in history.acts("palestine", "RUS")} == {"SUN", "RUS"}

    def test_a_denial_contradicts_a_claim(self, ledger: Ledger) -> None:
        ledger.append(
            [
                act("BHR", "kosovo", asserted=False, attributed_to=("XKX",)),
                act("BHR", "kosovo", "deny", "2010-06-03"),
            ]
        )
        (found,) = ledger.contradictions("kosovo")
        assert found.kind == "denied"


class TestJudgement:
    def test_it_survives_a_better_coder(self, ledger: Ledger) -> None:
        old = act("FRA", "kosovo", date="2010-06-01")
        ledger.append([old, coded("r1", "1", old)])
        ledger.judge("reject", "FRA", "kosovo", "recognise", **PERSON)
        assert ledger.standing("FRA", "kosovo", on=day("2012-01-01")).standing == "unknown"
        new = act("FRA", "kosovo", date="2010-06-02", quote="better words")
        ledger.append([new, coded("r1", "2", new)])
        assert ledger.standing("FRA", "kosovo", on=day("2012-01-01")).standing == "unknown"

    def test_it_can_be_superseded(self, ledger: Ledger) -> None:
        ledger.append([act("FRA", "kosovo")])
        first = ledger.judge("reject", "FRA", "kosovo", "recognise", **PERSON)
        ledger.judge(
            "confirm", "FRA", "kosovo", "recognise", cluster=first.cluster, supersedes=[first.id], **PERSON
        )  # fmt: skip
        (found,) = ledger.acts("kosovo")
        assert found.verdict == "confirm"

    def test_redate_and_merge(self, ledger: Ledger) -> None:
        ledger.append([act("FRA", "kosovo", date="2010-06-01"), act("FRA", "kosovo", date="2011-06-01")])
        ledger.judge(
            "merge", "FRA", "kosovo", "recognise", cluster=Interval.of(day("2010-06-01")),
            with_cluster=Interval.of(day("2011-06-01")), **PERSON,
        )  # fmt: skip
        (found,) = ledger.acts("kosovo")
        assert (found.date, len(found.entries)) == (Interval.of(day("2010-06-01")), 2)
        ledger.judge(
            "redate", "FRA", "kosovo", "recognise", cluster=Interval.of(day("2010-06-01")),
            date=Interval.of(day("2010-05-01")), **PERSON,
        )  # fmt: skip
        assert {one.date.text() for one in ledger.acts("kosovo") if one.date} == {"2010-05-01", "2010-06-01"}

    def test_split_by_report(self, ledger: Ledger) -> None:
        ledger.append([act("FRA", "kosovo", report="r1"), act("FRA", "kosovo", report="r2")])
        ledger.judge(
            "split", "FRA", "kosovo", "recognise", reports=["r2"], date=Interval.of(day("2013-01-01")), **PERSON
        )
        found = ledger.acts("kosovo")
        assert [one.date and one.date.text() for one in found] == ["2010-06-01", "2013-01-01"]
        assert [len(one.entries) for one in found] == [1, 1]

    def test_it_is_known_from_its_own_moment(self, ledger: Ledger) -> None:
        ledger.append([act("FRA", "kosovo")])
        moment = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
        ledger.judge("reject", "FRA", "kosovo", "recognise", made_at=moment, **PERSON)
        on = day("2021-01-01")
        assert ledger.standing("FRA", "kosovo", on=on, known=day("2019-01-01")).standing == "recognised"
        assert ledger.standing("FRA", "kosovo", on=on, known=day("2020-01-01")).standing == "unknown"

    def test_what_cannot_be_judged(self, ledger: Ledger) -> None:
        with pytest.raises(BadEntry, match="no such act"):
            ledger.judge("confirm", "FRA", "kosovo", "recognise", **PERSON)
        ledger.append([act("FRA", "kosovo", date="2010-06-01"), act("FRA", "kosovo", date="2012-06-01")])
        with pytest.raises(BadEntry, match="several"):
            ledger.judge("confirm", "FRA", "kosovo", "recognise", **PERSON)
        with pytest.raises(BadEntry, match="incomplete"):
            ledger.judge("redate", "FRA", "kosovo", "recognise", cluster=Interval.of(day("2010-06-01")), **PERSON)
        with pytest.raises(BadEntry, match="name and a reason"):
            ledger.judge(
                "confirm", "FRA", "kosovo", "recognise", cluster=Interval.of(day("2010-06-01")), person="", reason=""
            )

    def test_the_queue_begins_with_what_overturns(self, ledger: Ledger) -> None:
        ledger.append(
            [
                act("FRA", "kosovo", date="2008-02-18"), act("FRA", "kosovo", "withdraw", "2020-01-01", report="r2"),
                act("BRA", "kosovo", "consider", "2020-01-01", report="r3"),
            ]
        )  # fmt: skip
        first, *_, last = ledger.review()
        assert first.act.act == "withdraw"
        assert "contradicts what stands" in first.reasons
        assert last.act.act == "consider"
        ledger.judge("confirm", "FRA", "kosovo", "withdraw", **PERSON)
        assert "withdraw" not in [one.act.act for one in ledger.review()]


class TestDifference:
    def test_what_is_new_and_what_comes_late(self, ledger: Ledger) -> None:
        ledger.append([act("FRA", "kosovo", date="2008-02-18")])
        since = dt.datetime.now(dt.UTC)
        ledger.append([act("BRA", "kosovo", date="2009-01-01", known="2009-01-02")])
        found = ledger.diff(since, on=day("2020-01-01"))
        assert found.added == 1
        assert [(one.after.recogniser, one.before.standing, one.after.standing) for one in found.changes] == [
            ("BRA", "unknown", "recognised")
        ]
        assert [one.after.recogniser for one in found.older] == ["BRA"]

    def test_a_correction(self, ledger: Ledger) -> None:
        first = act("FRA", "kosovo")
        ledger.append([first])
        since = dt.datetime.now(dt.UTC)
        ledger.append([act("FRA", "palestine", supersedes=(first.id,))])
        found = ledger.diff(since, on=day("2020-01-01"))
        assert found.superseded == 1
        assert {one.after.recognised for one in found.changes} >= {"palestine"}


MAP = """
[columns]
recogniser = "Country"
date = "When"
source = "Where from"
claimed_by = "Says"
[values]
recognised = "kosovo"
act = "recognise"
[table]
name = "my list"
ignore = ["Remarks"]
"""


class TestTable:
    def read(self, tmp_path: Path, table: str, rules: str = MAP):  # type: ignore[no-untyped-def]
        (tmp_path / "t.csv").write_text(table, encoding="utf-8")
        (tmp_path / "m.toml").write_text(rules, encoding="utf-8")
        return read_user_table(tmp_path / "t.csv", tmp_path / "m.toml")

    def test_rows_become_entries(self, tmp_path: Path) -> None:
        found = self.read(
            tmp_path,
            "Country,When,Where from,Says,Remarks\nFrance,2008-02-18,Le Monde,,x\nBRA,2010-05,O Globo,Kosovo,\n",
        )
        france, brazil = (item.claim for item in found.items)
        assert (france.recogniser, france.asserted, france.valid_from) == ("FRA", True, Interval.of(day("2008-02-18")))
        assert (brazil.asserted, brazil.attributed_to, brazil.valid_from.text()) == (False, ("XKX",), "2010-05")
        assert found.items[0].known_assumed

    def test_a_bad_row_is_told_with_its_line(self, tmp_path: Path) -> None:
        found = self.read(
            tmp_path,
            "Country,When,Where from,Says,Remarks\nRuritania,2008-02-18,x,,\nFrance,soon,x,,\nFrance,2008,x,,\n",
        )
        assert [(one.line, one.error.code) for one in found.errors] == [(2, "unknown_party"), (3, "bad_entry")]
        assert len(found.items) == 1

    @pytest.mark.parametrize(
        ("table", "rules", "told"),
        [
            ("Country,When,Where from,Says,Colour\n", MAP, "Colour"),
            ("Country,When\n", MAP, "no such columns"),
            ("Country,When,Where from,Says,Remarks\nFrance\n", MAP, "cells"),
            ("Country\n", "[columns]\nrecogniser='Country'\n", "who is who"),
            ("Country\n", "[columns]\nking='Country'\n", "not known"),
            ("Country\n", "[columns\n", "not TOML"),
        ],
    )
    def test_a_table_that_does_not_fit_its_map(self, tmp_path: Path, table: str, rules: str, told: str) -> None:
        with pytest.raises(BadTable, match=told):
            self.read(tmp_path, table, rules)

    def test_impossible_rows(self, tmp_path: Path) -> None:
        rules = MAP.replace('claimed_by = "Says"', 'known = "Says"\nuntil = "Remarks"').replace(
            'ignore = ["Remarks"]', ""
        )
        head = "Country,When,Where from,Says,Remarks\n"
        late = self.read(tmp_path, head + "France,2010-01-01,x,2009-01-01,\n", rules)
        ends = self.read(tmp_path, head + "France,2010-01-01,x,2010-01-01,2009-01-01\n", rules)
        assert "dated after its source" in str(late.errors[0].error)
        assert "ends before it starts" in str(ends.errors[0].error)

    def test_a_series_of_one_s_own(self, tmp_path: Path, ledger: Ledger) -> None:
        rules = MAP + 'series = "mine"\ncomplete_from = 2008-02-17\ncomplete_to = 2024-12-31\nscope = "un-members"\n'
        ledger.append(self.read(tmp_path, "Country,When,Where from,Says,Remarks\nFrance,2008-02-18,x,,\n", rules).items)
        assert ledger.standing("ESP", "kosovo", on=day("2020-01-01")).standing == "not_recognised"
        assert ledger.standing("ESP", "kosovo", on=day("2025-06-01")).standing == "unknown"

    def test_dates(self) -> None:
        assert interval_of_cell("2008-02").latest == day("2008-02-29")
        assert interval_of_cell("2008..2009-03").text() == "2008-01-01..2009-03-31"
        assert interval_of_cell("2008..").latest is None
        for bad in ("", "2008-13", "2008-01-01-01", "May"):
            with pytest.raises(ValueError):
                interval_of_cell(bad)


class TestExport:
    def test_all_forms(self, ledger: Ledger, tmp_path: Path) -> None:
        first = act("FRA", "kosovo")
        ledger.append([first, act("BRA", "kosovo", supersedes=(first.id,))])
        for form in ("csv", "json", "parquet", "jsonld"):
            assert write_export(tmp_path / form, export_entries(ledger.store), form) == 2
        rows = list(csv.DictReader((tmp_path / "csv").read_text(encoding="utf-8").splitlines()))
        assert tuple(rows[0]) == FLAT_COLUMNS
        assert [row["superseded"] for row in rows] == ["1", "0"]
        listed = json.loads((tmp_path / "json").read_text(encoding="utf-8"))
        assert listed[0]["claim"]["recogniser"] == "FRA"
        graph = json.loads((tmp_path / "jsonld").read_text(encoding="utf-8"))["@graph"]
        (node,) = [one for one in graph if one.get("revises")]
        assert node["revises"] == [f"urn:dejure:entry:{first.id}"]
        assert {"attributed", "derived", "recorded"} <= set(node)
        import pyarrow.parquet

        assert pyarrow.parquet.read_table(tmp_path / "parquet").num_rows == 2

    def test_panel(self) -> None:
        with Ledger() as history:
            rows = list(panel(history, ["kosovo"], 2008, 2012))
        assert tuple(rows[0]) == PANEL_COLUMNS
        france = [row for row in rows if row["recogniser"] == "FRA"]
        assert [(row["year"], row["recognised"], row["spell_years"]) for row in france][:2] == [
            (2008, 1, 1),
            (2009, 1, 2),
        ]
        assert (france[0]["recogniser_cow"], france[0]["polity_cow"]) == ("220", "347")
        brazil = [row["spell"] for row in rows if row["recogniser"] == "BRA"]
        assert brazil == [1] * 5
        assert len({(row["year"], row["recogniser"], row["polity"]) for row in rows}) == len(rows)


def test_the_names_are_public() -> None:
    assert dejure.Ledger is Ledger
    assert dejure.open_ledger().store is None
