"""Boards and waves take what a ledger holds beyond the shipped history, as known on the day and as judged."""

import json
from pathlib import Path

import pytest
from shared_by_tests import Run

TALIBAN = "afghanistan-islamic-emirate"


@pytest.fixture
def ledger(dejure: Run, tmp_path: Path) -> Path:
    """A ledger of one report."""
    report = tmp_path / "report.txt"
    report.write_text(
        "Moscow makes it formal\nRussia recognised the Taliban government on Thursday.\n", encoding="utf-8"
    )
    path = tmp_path / "acts.ledger"
    assert dejure("ingest", report, "--published", "2025-07-04", "--ledger", path).code == 0
    return path


def acts(dejure: Run, *arguments: object) -> int:
    return json.loads(dejure("wave", TALIBAN, *arguments, "--json", "-").out)["known_acts"]


def test_a_wave_knows_what_was_known_on_its_day(dejure: Run, ledger: Path) -> None:
    assert acts(dejure, "--on", "2025-07-04") == 0
    assert acts(dejure, "--on", "2025-07-04", "--ledger", ledger) == 1
    assert acts(dejure, "--on", "2025-07-03", "--ledger", ledger) == 0


def test_what_a_person_rejected_is_no_act_of_a_wave(dejure: Run, ledger: Path) -> None:
    judged = dejure("ledger", "judge", "reject", "RUS", TALIBAN, "recognise", "--ledger", ledger,
                    "--person", "A. Reader", "--reason", "a test")  # fmt: skip
    assert judged.code == 0, judged.err
    assert acts(dejure, "--ledger", ledger) == 0
    # What was known before the judgement stays what was known.
    assert acts(dejure, "--on", "2025-07-10", "--ledger", ledger) == 1


def test_a_board_by_an_entry_of_the_ledger(dejure: Run, ledger: Path) -> None:
    (one,) = json.loads(dejure("history", TALIBAN, "--ledger", ledger, "--json").out)
    found = dejure("board", one["entries"][0], "--ledger", ledger)
    assert found.code == 0
    assert f"{TALIBAN}, act of 2025-07-03" in found.out
    # Who did it has no response of its own.
    assert "Russia" not in found.out
    by_day = dejure("board", f"{TALIBAN}@2025-07-01", "--ledger", ledger, "--format", "csv")
    assert "recognised after" in next(line for line in by_day.out.splitlines() if "Russia" in line)


def test_a_board_of_a_corpus_tells_who_spoke_and_who_kept_silent(dejure: Run, tmp_path: Path) -> None:
    told = [
        ("r1", "2025-07-04", "Russia recognised the Taliban government on Thursday. China welcomed the recognition."),
        ("r2", "2025-07-05", "India declined to comment on Russia's recognition of the Taliban government."),
        ("r4", "2025-07-06", "Pakistan's opposition condemned Russia's recognition of the Taliban government."),
        ("r3", "2026-07-05", "Iran condemned Russia's recognition of the Taliban government."),
    ]
    reports = tmp_path / "reports.jsonl"
    reports.write_text(
        "\n".join(json.dumps({"id": i, "title": "News", "text": text, "published": day}) for i, day, text in told),
        encoding="utf-8",
    )
    corpus = tmp_path / "corpus"
    assert dejure("corpus", "run", reports, "--out", corpus).code == 0
    found = dejure("board", f"{TALIBAN}@2025-07-03", "--corpus", corpus, "--format", "json")
    rows = {row["state"]: row for row in json.loads(found.out)["rows"]}
    assert rows["russia"]["position"] == "recognised after"
    assert rows["china"]["stance"] == "supports"
    assert (rows["india"]["stance"], rows["india"]["silence"]) == ("silent", "explicit")
    # An opposition does not speak for its state.
    assert rows["pakistan"]["stance"] == "unobserved"
    # What was told a year later lies outside the window.
    assert rows["iran"]["stance"] == "unobserved"
