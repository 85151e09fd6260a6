"""`dejure compare` on every kind of event data set."""

from __future__ import annotations

import gzip
import io
import json
from pathlib import Path

import generated_reports as generated
import pyarrow.parquet
import pytest
from shared_by_tests import Run

from dejure import Corpus
from dejure.corpus.plan import RunSettings
from dejure.corpus.run import run_corpus
from dejure.exchange.files import write_events


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    folder = tmp_path_factory.mktemp("compared")
    generated.write_corpus(folder / "in", 60)
    run_corpus([folder / "in"], folder / "out", run=RunSettings(coder="generated_coder:code_report"))
    return Corpus(folder / "out")


def test_a_corpus_agrees_with_its_own_exports(corpus: Corpus, tmp_path: Path, dejure: Run) -> None:
    # A copy is the same row twice to a format that does not tell the report.
    table = corpus.query("SELECT * EXCLUDE month FROM events WHERE report_id NOT LIKE '%-copy'")
    rows, ours, files = table.to_pylist(), tmp_path / "ours.parquet", []
    pyarrow.parquet.write_table(table, ours)
    for which in ("plover", "polecat", "csv"):
        text = io.StringIO()
        write_events(rows, which, text)
        files.append(tmp_path / f"{which}.out.gz")
        files[-1].write_bytes(gzip.compress(text.getvalue().encode()))
    for file in (ours, *files):
        found = dejure("compare", ours, file, "--json", "--draws", "20")
        assert found.code == 0, (file, found.err)
        told = json.loads(found.out)
        assert told["events_a"] == told["events_b"] == len(rows) > 20
        assert (told["all_types"]["f1"], told["alpha"]["value"], told["days"]) == (1.0, 1.0, [])


def test_a_corpus_and_its_folder_of_events_are_the_same(corpus: Corpus, dejure: Run) -> None:
    found = json.loads(dejure("compare", corpus.folder, corpus.folder / "data" / "events", "--json").out)
    assert found["events_a"] == found["events_b"] == found["all_types"]["matched"] > 20


def test_people_get_tables(corpus: Corpus, tmp_path: Path, dejure: Run) -> None:
    half = corpus.events("arrow")
    pyarrow.parquet.write_table(half.slice(0, len(half) // 2), tmp_path / "half.parquet")
    found = dejure("compare", corpus.folder, tmp_path / "half.parquet", "--days", "3")
    assert found.code == 0
    assert "alpha of the type, all units:" in found.out
    assert "recall" in found.out
    assert "days differ" in found.out


def test_what_is_no_data_set_is_told(corpus: Corpus, tmp_path: Path, dejure: Run) -> None:
    (tmp_path / "x.txt").write_text("The weather was fine.\n")
    (tmp_path / "x.parquet").write_text("no Parquet at all")
    (tmp_path / "empty").mkdir()
    for name in ("x.txt", "x.parquet", "empty", "nothing.csv"):
        found = dejure("compare", corpus.folder, tmp_path / name)
        assert (found.code, found.err.count("\n")) == (3, 1), name
