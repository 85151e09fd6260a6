"""Incidents: what belongs together is put together, in any order, and nothing is lost on the way."""

from __future__ import annotations

import datetime as dt
import itertools
import random
from collections import defaultdict
from typing import Any

import generated_reports as generated
import pytest
from shared_by_tests import Run

from dejure import Corpus
from dejure.corpus.incidents import Incident, IncidentFinder
from dejure.corpus.lead_words import lead_words
from dejure.corpus.plan import RunSettings
from dejure.corpus.rows import empty_row
from dejure.corpus.run import run_corpus

REPORTS = 600


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> tuple[Corpus, generated.Truth]:
    folder = tmp_path_factory.mktemp("told")
    truth = generated.write_corpus(folder / "in", REPORTS, seed=3)
    run_corpus([folder / "in"], folder / "out", run=RunSettings(coder="generated_coder:code_report"))
    return Corpus(folder / "out"), truth


def test_the_incidents_are_the_happenings_that_were_put_in(told: tuple[Corpus, generated.Truth]) -> None:
    corpus, truth = told
    together: dict[str, set[str]] = defaultdict(set)
    for row in corpus.incident_events("arrow").to_pylist():
        if row["incident_id"]:
            together[row["incident_id"]].add(row["report_id"])
    happenings: dict[int, set[str]] = defaultdict(set)
    for report, number in truth.happenings.items():
        happenings[number].add(report)
    found, true = _pairs(together.values()), _pairs(happenings.values())
    assert len(true) > 300
    assert 2 * len(found & true) / (len(found) + len(true)) >= 0.9


def test_every_event_and_every_report_has_its_row(told: tuple[Corpus, generated.Truth]) -> None:
    corpus, _ = told
    events = corpus.events("arrow").to_pylist()
    members = corpus.incident_events("arrow").to_pylist()
    assert sorted((row["report_id"], row["event_id"]) for row in events) == sorted(
        (row["report_id"], row["event_id"]) for row in members if row["event_id"]
    )
    assert {row["report_id"] for row in members} == set(corpus.reports("arrow").column("report_id").to_pylist())
    assert all((row["incident_id"] is None) == (row["left_out"] is not None) for row in members)


def test_an_incident_counts_its_members(told: tuple[Corpus, generated.Truth], dejure: Run) -> None:
    corpus, _ = told
    counted = corpus.query(
        """SELECT i.incident_id FROM incidents i JOIN incident_events m USING (incident_id)
           GROUP BY ALL HAVING count(DISTINCT m.report_id) <> any_value(i.reports)
           OR count(m.event_id) <> any_value(i.events)"""
    )
    assert len(counted) == 0
    rows = corpus.incidents("arrow").to_pylist()
    assert len({row["incident_id"] for row in rows}) == len(rows) == corpus.manifest["counts"]["incidents"]
    for row in rows:
        assert row["earliest"] <= row["latest"]
        assert row["event_type"] in row["types"]
        assert row["published"] <= row["last_published"]
    sql = "SELECT max(reports) >= 3 AS many FROM incidents"
    assert dejure("corpus", "query", sql, "--corpus", corpus.folder, "--format", "csv").out == "many\ntrue\n"


def _pairs(groups: Any) -> set[tuple[str, str]]:
    return {pair for group in groups for pair in itertools.combinations(sorted(group), 2)}


# -- the rule --------------------------------------------------------------------------------------------------------

Given = tuple[str, str, str, list[dict[str, Any]]]


def _event(kind: str, actor: str, recipient: str, day: str | None, **more: Any) -> dict[str, Any]:
    row = empty_row("events") | {
        "event_type": kind, "basis": "relative" if day else None,
        "actor": [{"country": actor, "id": actor}], "recipient": [{"country": recipient, "id": recipient}],
        "historical": False, "future": False, "hypothetical": False, "negation": False,
    }  # fmt: skip
    if day:
        row["earliest"] = row["latest"] = dt.date.fromisoformat(day)
    return row | more


def _found(given: list[Given]) -> list[Incident]:
    finder = IncidentFinder()
    for name, published, text, _ in given:
        finder.add_report(name, dt.date.fromisoformat(published), lead_words("", text))
    for name, _, _, events in given:
        for number, row in enumerate(events):
            finder.add_event(row | {"report_id": name, "event_id": f"{name}-{number}"})
    return finder.incidents()


def _groups(given: list[Given]) -> set[str]:
    return {" ".join(member.report_id for member in one.members) for one in _found(given)}


SHELLED = "Guns of Peru shelled the customs post at Huaquillas and burned two barns"
FIRED = "Two barns burned at Huaquillas, where Peru had fired on the customs post"
TALKS = "Ministers dined in Lima and spoke of tariffs, fisheries and a bridge"


def test_two_accounts_of_one_deed_are_one_incident_and_another_day_is_another() -> None:
    given = [
        ("a", "1995-02-03", SHELLED, [_event("ASSAULT", "PER", "ECU", "1995-02-02")]),
        ("b", "1995-02-04", FIRED, [_event("ASSAULT", "PER", "ECU", "1995-02-02")]),
        ("c", "1995-02-09", SHELLED, [_event("ASSAULT", "PER", "ECU", "1995-02-08")]),
    ]
    assert _groups(given) == {"a b", "c"}


def test_another_deed_of_the_same_day_is_another_incident() -> None:
    given = [
        ("a", "1995-02-03", SHELLED, [_event("ASSAULT", "PER", "ECU", "1995-02-02")]),
        ("b", "1995-02-03", TALKS, [_event("CONSULT", "PER", "ECU", "1995-02-02")]),
    ]
    assert _groups(given) == {"a", "b"}


def test_an_answer_in_kind_is_another_incident() -> None:
    given = [
        ("a", "1995-02-03", "Lima expelled the consul", [_event("SANCTION", "PER", "ECU", "1995-02-02")]),
        ("b", "1995-02-03", "Quito threw out an attache", [_event("SANCTION", "ECU", "PER", "1995-02-02")]),
    ]
    assert _groups(given) == {"a", "b"}


def test_daily_news_of_one_kind_does_not_run_into_a_chain() -> None:
    given = [
        (f"r{number}", f"1995-02-{number:02}", SHELLED,
         [_event("ASSAULT", "PER", "ECU", f"1995-02-{number:02}", basis="publication")])
        for number in range(1, 15)
    ]  # fmt: skip
    for one in _found(given):
        assert one.first <= one.last
        assert len(one.members) <= 3


def test_a_report_without_an_event_is_there_by_its_words() -> None:
    given: list[Given] = [
        ("a", "1995-02-03", SHELLED, [_event("ASSAULT", "PER", "ECU", "1995-02-02")]),
        ("b", "1995-02-04", FIRED, []),
        ("c", "1995-02-04", TALKS, []),
    ]
    (one,) = _found(given)
    assert [(member.report_id, member.event_id) for member in one.members] == [("a", "a-0"), ("b", None)]


@pytest.mark.parametrize("part", ["future", "hypothetical", "negation"])
def test_what_was_not_done_is_no_happening(part: str) -> None:
    given = [("a", "1995-02-03", SHELLED, [_event("ASSAULT", "PER", "ECU", "1995-02-02", **{part: True})])]
    assert _found(given) == []


def test_the_order_of_reports_does_not_matter() -> None:
    states, chance = sorted(generated.STATES.values()), random.Random(2)
    given: list[Given] = []
    for number in range(150):
        day = dt.date(2024, 1, 1 + number % 20).isoformat()
        events = [_event("AID", *chance.sample(states[:4], 2), day, basis="publication")
                  for _ in range(chance.randrange(3))]  # fmt: skip
        given.append((f"r{number}", day, generated.make_report(number)[0], events))
    expected = _found(given)
    assert any(len(one.members) > 2 for one in expected)
    for _ in range(5):
        chance.shuffle(given)
        assert _found(given) == expected
