"""The public surface: what `__all__` says is what there is."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from pathlib import Path

import pytest
from shared_by_tests import PROSE

import dejure
from dejure import errors
from dejure.settings import Settings


def test_every_public_name_can_be_had() -> None:
    assert sorted(dejure.__all__) == sorted(set(dejure.__all__))
    for name in dejure.__all__:
        assert getattr(dejure, name) is not None
    assert set(dir(dejure)) == set(dejure.__all__)


def test_all_errors_are_public() -> None:
    found = {name for name in errors.__all__ if isinstance(getattr(errors, name), type)}
    assert found <= set(dejure.__all__)


def test_no_other_name() -> None:
    with pytest.raises(AttributeError):
        dejure.nothing_of_the_kind  # noqa: B018


def test_importing_the_package_loads_nothing_heavy() -> None:
    heavy = ("spacy", "numpy", "rich", "trafilatura", "msgspec")
    told = f"import sys, dejure; print([m for m in {heavy} if m in sys.modules])"
    out = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True).stdout
    assert out.strip() == "[]"


@pytest.mark.usefixtures("coder")
class TestRead:
    def test_text(self) -> None:
        coding = dejure.read(f"Moscow recognises Taliban\n{PROSE}", published="2025-07-04")
        assert coding.report.published == dt.date(2025, 7, 4)
        assert coding.report.language == "en"
        assert coding.recognition[0].evidence.quote.startswith("Russia has recognised")

    def test_title_makes_the_text_all_body(self) -> None:
        coding = dejure.read(f"One line.\n{PROSE}", title="Moscow")
        assert coding.recognition[0].evidence.start == len("One line.\n")

    def test_a_path_and_a_string_that_is_one(self, report_file: Path) -> None:
        assert dejure.read(report_file) == dejure.read(str(report_file))
        assert dejure.read(report_file, title="Other").report.id != dejure.read(report_file).report.id

    def test_a_name_of_no_file(self, tmp_path: Path) -> None:
        with pytest.raises(dejure.InputMissing):
            dejure.read(tmp_path / "none")
        with pytest.raises(dejure.InputMissing):
            dejure.read("none.txt")

    def test_a_very_long_line_is_text(self) -> None:
        assert dejure.read(PROSE * 20).recognition

    def test_bad_dates(self) -> None:
        for date in ("July", "2150-01-01"):
            with pytest.raises(dejure.BadDate):
                dejure.read(PROSE, published=date)

    def test_many_in_one_file(self, tmp_path: Path) -> None:
        path = tmp_path / "r.jsonl"
        path.write_text('{"text": "Russia recognised it."}\n{"text": "China did not."}\n')
        with pytest.raises(dejure.InputError, match="read_many"):
            dejure.read(path)
        assert len(list(dejure.read_many([path]))) == 2


@pytest.mark.usefixtures("coder")
class TestReadMany:
    def test_all_kinds_of_input(self, report_file: Path, settings: Settings) -> None:
        report = dejure.Report(id="r", title="", body=PROSE, published=None, language="en")
        inputs = [PROSE, report_file, str(report_file), report_file.parent, report, {"id": "m", "text": PROSE}]
        codings = list(dejure.read_many(inputs, published="2025-07-04", settings=settings))
        assert [type(one).__name__ for one in codings] == ["Coding"] * 6
        assert {one.report.published for one in codings if isinstance(one, dejure.Coding)} == {dt.date(2025, 7, 4)}

    def test_bad_ones_become_rejects_and_the_others_go_on(self, tmp_path: Path) -> None:
        inputs = [
            "",
            tmp_path / "none",
            "none.txt",
            {"text": 1},
            PROSE,
            "Rosja uznała rząd talibów, powiedział w czwartek minister spraw zagranicznych.",
        ]
        found = list(dejure.read_many(inputs))
        codes = [one.code if isinstance(one, dejure.Reject) else "done" for one in found]
        assert codes == ["empty", "missing", "missing", "malformed_line", "done", "language"]

    def test_a_fault_in_one_report_costs_only_that(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def fail(reports: list[dejure.Report], settings: Settings) -> list[Exception]:
            return [IndexError("tokens") for _ in reports]

        monkeypatch.setattr(sys.modules["dejure.coding"], "code_reports", fail)
        (found,) = dejure.read_many([PROSE])
        assert isinstance(found, dejure.Reject)
        assert (found.code, found.value) == ("error", "IndexError: tokens")

    def test_a_missing_model_stops_all(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def fail(reports: list[dejure.Report], settings: Settings) -> list[dejure.Coding]:
            raise dejure.ModelError("the language model is missing")

        monkeypatch.setattr(sys.modules["dejure.coding"], "code_reports", fail)
        with pytest.raises(dejure.ModelError):
            list(dejure.read_many([PROSE]))
