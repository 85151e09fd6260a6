"""The commands of the ledger, as a user meets them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from ledger_items import act
from shared_by_tests import Run

from dejure.cli.ledger import COMMANDS
from dejure.ledger import Ledger


@pytest.fixture(autouse=True)
def _no_ledger_of_the_user(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DEJURE_LEDGER", raising=False)


@pytest.fixture
def ledger(tmp_path: Path) -> str:
    """A ledger with three acts."""
    path = tmp_path / "mine.ledger"
    with Ledger(path, create=True) as made:
        made.append(
            [
                act("KEN", "kosovo", date="2025-03-26", quote="Kenya recognised it", report="aa"),
                act("KEN", "kosovo", date="2025-03-27", quote="Kenya has recognised Kosovo", report="bb"),
                act("SRB", "kosovo", "refuse", "2025-03-27", quote="never", report="bb"),
            ]
        )
    return str(path)


class TestHistoryOnBoard:
    def test_who_answers_at_once(self, dejure: Run) -> None:
        found = dejure("who", "kosovo", "--on", "2015-01-01")
        assert found.code == 0
        assert "Recognise it: 108" in found.out
        assert "France (FRA)" in found.out

    def test_who_as_json(self, dejure: Run) -> None:
        found = json.loads(dejure("who", "kosovo", "--on", "2015-01-01", "--json").out)
        by_id = {one["recogniser"]: one for one in found["standings"]}
        assert by_id["FRA"]["standing"] == "recognised"
        assert by_id["ESP"]["standing"] == "not_recognised"
        assert by_id["FRA"]["entries"]

    def test_one_of_them(self, dejure: Run) -> None:
        found = dejure("who", "kosovo", "suriname", "--on", "2018-06-01")
        assert "contested: withdrawn according to Serbia (SRB)" in " ".join(found.out.split())

    def test_count(self, dejure: Run) -> None:
        found = dejure("count", "kosovo", "--on", "2010-08-01")
        assert found.out.startswith("68–72 recognise Kosovo")
        assert "Honduras, Kiribati, Somalia, Tuvalu" in found.out

    def test_count_of_members_says_what_each_rule_changed(self, dejure: Run) -> None:
        found = dejure("count", "palestine", "--on", "2024-06-01", "--members", "un")
        assert "members un, against all: −2 (Holy See, Sahrawi Arab Democratic Republic)" in found.out
        as_json = json.loads(dejure("count", "palestine", "--on", "2024-06-01", "--members", "un", "--json").out)
        assert as_json["certain"] == len(as_json["certain_ids"])
        assert {"rule", "gained", "lost"} <= set(as_json["effects"][0])

    def test_presets(self, dejure: Run) -> None:
        strict = json.loads(dejure("count", "kosovo", "--on", "2018-06-01", "--preset", "strict", "--json").out)
        assert strict["rules"]["disputed"] == "exclude"
        mixed = json.loads(
            dejure("count", "kosovo", "--on", "2018-06-01", "--preset", "strict", "--disputed", "only", "--json").out
        )
        assert "SUR" in mixed["certain_ids"]
        assert "SUR" not in strict["certain_ids"]

    def test_history_and_contradictions(self, dejure: Run) -> None:
        assert "claimed by Serbia" in " ".join(dejure("history", "kosovo", "SUR").out.split())
        assert "contradictions" in dejure("contradictions", "kosovo").out

    def test_unknown_names(self, dejure: Run) -> None:
        found = dejure("who", "ruritania")
        assert (found.code, found.out) == (3, "")
        assert "who-is" in found.err

    def test_it_cannot_be_written(self, dejure: Run, tmp_path: Path) -> None:
        assert dejure("ledger", "verify").code == 7
        assert dejure("who", "kosovo", "--ledger", tmp_path / "none").code == 7
        assert not (tmp_path / "none").exists()


class TestOwnLedger:
    def test_claim_goes_down_to_the_words(self, dejure: Run, ledger: str) -> None:
        found = dejure("claim", "KEN", "kosovo", "--ledger", ledger)
        assert "“Kenya recognised it”" in found.out
        assert "2 independent stories" in found.out

    def test_it_lies_over_the_history(self, dejure: Run, ledger: str, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("DEJURE_LEDGER", ledger)
        found = dejure("who", "kosovo", "--on", "2026-01-01")
        assert "Kenya (KEN)" in found.out
        assert "France (FRA)" in found.out

    def test_judge_review_and_diff(self, dejure: Run, ledger: str) -> None:
        judged = dejure(
            "ledger", "judge", "reject", "kenya", "kosovo", "recognise", "--dated", "2025-03-26",
            "--person", "A. Person", "--reason", "no source", "--ledger", ledger,
        )  # fmt: skip
        assert judged.code == 0
        assert "Kenya" not in dejure("ledger", "review", "--ledger", ledger).out
        changed = dejure("diff", "--since", "2020-01-01", "--ledger", ledger)
        assert "1 judgements" in changed.out

    def test_verify_and_checkpoint(self, dejure: Run, ledger: str, tmp_path: Path) -> None:
        noted = tmp_path / "checkpoint.json"
        assert "whole" in dejure("ledger", "verify", "--checkpoint", noted, "--ledger", ledger).out
        assert dejure("ledger", "verify", "--against", noted, "--ledger", ledger).code == 0
        noted.write_text('{"count": 99, "head": "00"}')
        lost = dejure("ledger", "verify", "--against", noted, "--ledger", ledger)
        assert lost.code == 7
        assert "the tail is lost" in lost.err

    def test_redact(self, dejure: Run, ledger: str) -> None:
        done = dejure("ledger", "redact", "--report", "aa", "--person", "A", "--reason", "asked", "--ledger", ledger)
        assert done.code == 0
        assert "the words were taken away" in dejure("claim", "KEN", "kosovo", "--ledger", ledger).out
        assert "1 redacted" in dejure("ledger", "verify", "--ledger", ledger).out

    def test_backup_and_restore(self, dejure: Run, ledger: str, tmp_path: Path) -> None:
        assert dejure("ledger", "backup", tmp_path / "b.gz", "--ledger", ledger).code == 0
        assert dejure("ledger", "restore", tmp_path / "b.gz", "--ledger", tmp_path / "again").code == 0
        assert dejure("ledger", "restore", tmp_path / "b.gz", "--ledger", tmp_path / "again").code == 3

    def test_export_and_panel(self, dejure: Run, ledger: str, tmp_path: Path) -> None:
        assert "3 entries" in dejure("ledger", "export", tmp_path / "out.csv", "--ledger", ledger).err
        assert dejure("ledger", "export", tmp_path / "out.what", "--ledger", ledger).code == 2
        panel = dejure("ledger", "panel", "kosovo", "--from", "2024", "--to", "2025", "--ledger", ledger).out
        assert "2025,KEN,Kenya,KEN,501,501,kosovo" in panel

    def test_import(self, dejure: Run, tmp_path: Path) -> None:
        (tmp_path / "t.csv").write_text("who,when\nFrance,2008-02-18\nRuritania,2009\n")
        (tmp_path / "m.toml").write_text("[columns]\nrecogniser='who'\ndate='when'\n[values]\nrecognised='kosovo'\n")
        given = ("ledger", "import", tmp_path / "t.csv", "--map", tmp_path / "m.toml", "--ledger", tmp_path / "new")
        refused = dejure(*given)
        assert refused.code == 4
        assert "line 3" in refused.err
        assert not (tmp_path / "new").exists()
        assert dejure(*given, "--partial", "--dry-run").code == 4
        assert not (tmp_path / "new").exists()
        assert "1 new items" in dejure(*given, "--partial").err

    def test_every_command_has_help(self, dejure: Run) -> None:
        listed = dejure("ledger", "--help").out
        for name in COMMANDS:
            assert name in listed
            assert dejure("ledger", name, "--help").code == 0


@pytest.mark.usefixtures("coder")
class TestIngest:
    def test_twice_is_once(self, dejure: Run, report_file: Path, tmp_path: Path) -> None:
        target = tmp_path / "new.ledger"
        first = dejure("ingest", report_file, "--published", "2025-07-04", "--ledger", target)
        again = dejure("ingest", report_file, "--published", "2025-07-04", "--ledger", target)
        assert (first.code, again.code) == (0, 0)
        assert "1 acts" in first.err
        assert "0 new items" in again.err
        assert "Russia has recognised" in dejure("claim", "RUS", "afghanistan-islamic-emirate", "--ledger", target).out

    def test_codings_give_the_same_entries(self, dejure: Run, report_file: Path, tmp_path: Path) -> None:
        target = tmp_path / "new.ledger"
        dejure("ingest", report_file, "--published", "2025-07-04", "--ledger", target)
        dejure("read", report_file, "--published", "2025-07-04", "--output", tmp_path / "c.jsonl")
        with (tmp_path / "c.jsonl").open("a") as file:
            file.write('{"schema": 1, "coder"')  # a file that was cut off
        found = dejure("ingest", "--codings", tmp_path / "c.jsonl", "--ledger", target)
        assert found.code == 4
        assert "line 2: a line is no coding" in found.err
        assert "0 new items" in found.err

    def test_the_words_in_their_place(self, dejure: Run, report_file: Path, tmp_path: Path) -> None:
        target = tmp_path / "new.ledger"
        dejure("ingest", report_file, "--published", "2025-07-04", "--keep-text", "--ledger", target)
        found = " ".join(dejure("claim", "RUS", "afghanistan-islamic-emirate", "--ledger", target).out.split())
        assert "The Taliban welcomed the step" in found
        dejure("ledger", "export", tmp_path / "out.json", "--ledger", target)
        assert "The Taliban welcomed" not in (tmp_path / "out.json").read_text()

    def test_no_ledger_is_named(self, dejure: Run, report_file: Path) -> None:
        assert dejure("ingest", report_file).code == 2
