"""Forty questions, answered from the shipped history alone."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from dejure.ledger import CountRules, Ledger, Standing

QUESTIONS: list[dict[str, Any]] = tomllib.loads(
    Path(__file__).with_name("ledger_questions.toml").read_text(encoding="utf-8")
)["question"]


def test_there_are_forty_of_them_ten_hard_ones() -> None:
    assert len({question["id"] for question in QUESTIONS}) >= 40
    hard = {"dispute", "withdrawal", "two Chinas", "succession"}
    assert sum(bool(hard & set(question["topics"])) for question in QUESTIONS) >= 10
    assert all(question["source"] for question in QUESTIONS)


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: str(question["id"]))
def test_question(question: dict[str, Any]) -> None:
    clocks = {"on": question["on"], "known": question.get("known")}
    with Ledger() as ledger:
        if question["view"] == "standing":
            found = _told(ledger.standing(question["recogniser"], question["polity"], **clocks))
        else:
            count = ledger.count(question["polity"], CountRules(**question["rules"]), **clocks)
            is_list = question["view"] == "who"
            found = {
                "certain": list(count.certain_ids) if is_list else count.certain,
                "possible": [*count.certain_ids, *count.only_possible_ids] if is_list else count.possible,
                "only_possible": list(count.only_possible_ids),
            }
    assert {name: found[name] for name in question["expect"]} == question["expect"]


def _told(standing: Standing) -> dict[str, object]:
    basis = "implied" if standing.basis == "relations" else standing.basis
    return {"standing": standing.standing, "dispute": standing.dispute, "certainty": standing.certainty, "basis": basis}
