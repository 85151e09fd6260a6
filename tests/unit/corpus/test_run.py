"""Runs: what goes in is what comes out, whatever the workers, and whatever happens to them on the way."""

from __future__ import annotations

import csv
import datetime as dt
import errno
import gzip
import json
import os
import random
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path
from typing import Any

import generated_reports as generated
import pyarrow.parquet
import pytest
from fake_coder import code_report
from shared_by_tests import ROOT, Run

from dejure import Corpus, CorpusUnusable, InputMissing
from dejure.corpus.columns import load_datasets
from dejure.corpus.plan import RunSettings
from dejure.corpus.run import run_corpus
from dejure.corpus.store import Period
from dejure.records import Coding, Report
from dejure.settings import Settings
from dejure.when import When

FAKE = RunSettings(coder="generated_coder:code_report", shard_reports=100)
ENVIRONMENT = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT / "tests")])}


def deadly_coder(report: Report, settings: Settings) -> Coding:
    """Takes its process with it on one report: the first time, or every time."""
    if report.id == "r7" and report.publisher == "deadly":
        os._exit(9)
    mark = Path(os.environ["DEJURE_TEST_MARK"])
    if report.id == "r5" and not mark.exists():
        mark.touch()
        os._exit(9)
    return code_report(report, settings)


@pytest.fixture(autouse=True)
def workers_find_the_coder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(ROOT / "tests"), str(Path(__file__).parent)]))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, generated.Truth]:
    folder = tmp_path_factory.mktemp("made")
    return folder / "in", generated.write_corpus(folder / "in", 2_000)


def _files(out: Path) -> dict[str, bytes]:
    found = {path.relative_to(out).as_posix(): path.read_bytes() for path in sorted((out / "data").rglob("*.parquet"))}
    return found | {"manifest": (out / "manifest.json").read_bytes()}


@pytest.fixture(scope="module")
def one(made: tuple[Path, generated.Truth], tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("one") / "out"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", str(ROOT / "tests"))
        run_corpus([made[0]], out, workers=1, run=FAKE)
    return out


def test_generated_reports_are_unlike_each_other() -> None:
    assert len(set(generated.FRAMES)) >= 1_500
    texts = [generated.make_report(seed)[0].lower().split() for seed in range(300)]
    shingles = [{tuple(text[n : n + 5]) for n in range(len(text) - 4)} for text in texts]
    chance = random.Random(0)
    for _ in range(5_000):
        a, b = chance.sample(shingles, 2)
        assert len(a & b) < 0.2 * min(len(a), len(b))


def test_all_that_went_in_comes_out_once(made: tuple[Path, generated.Truth], one: Path) -> None:
    truth = made[1]
    corpus = Corpus(one)
    reports = corpus.reports("arrow").to_pylist()
    assert {row["report_id"]: row["recognition"] for row in reports} == truth.recognitions
    assert len(reports) == truth.reports == corpus.manifest["counts"]["reports"]
    assert len(corpus.recognition("arrow")) == sum(truth.recognitions.values())
    rejects = [(row["source"], row["line"], row["code"]) for row in corpus.rejects("arrow").to_pylist()]
    assert sorted(rejects) == sorted(truth.rejects)
    assert sum(corpus.manifest["coverage"]["by_day"].values()) == truth.reports
    for name in ("events", "recognition"):
        key = corpus.table(name, "arrow").column(f"{name.removesuffix('s')}_id").to_pylist()
        assert all(key)


def test_two_workers_give_the_same_bytes(made: tuple[Path, generated.Truth], one: Path, tmp_path: Path) -> None:
    run_corpus([made[0]], tmp_path / "two", workers=2, run=FAKE)
    assert _files(tmp_path / "two") == _files(one)


def test_a_death_in_a_large_run_changes_no_byte_of_the_data(
    made: tuple[Path, generated.Truth], one: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DEJURE_TEST_MARK", str(tmp_path / "mark"))
    run_corpus(
        [made[0]], tmp_path / "out", workers=2, run=RunSettings(coder="generated_coder:dying_coder", shard_reports=100)
    )  # fmt: skip
    assert (tmp_path / "mark").exists()
    # The manifest names the coder, which is another one here.
    assert _files(tmp_path / "out") | {"manifest": b""} == _files(one) | {"manifest": b""}


def test_five_interruptions_and_then_the_same_bytes(
    made: tuple[Path, generated.Truth], one: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    command = [sys.executable, "-m", "dejure", "corpus", "run", str(made[0]), "--out", str(out), "--workers", "2",
               "--shard-reports", "100", "--coder", FAKE.coder]  # fmt: skip
    for number in range(5):
        before = _done(out)
        with subprocess.Popen(command, env=ENVIRONMENT, stderr=subprocess.PIPE, stdout=subprocess.PIPE) as process:
            while _done(out) < before + 2 and process.poll() is None:
                time.sleep(0.01)
            process.send_signal(signal.SIGKILL if number % 2 else signal.SIGINT)
            process.wait(30)
            assert process.returncode in (130, -9), process.stderr and process.stderr.read()
    assert not (out / "manifest.json").exists()
    assert subprocess.run(command, env=ENVIRONMENT, capture_output=True, check=False).returncode == 4
    assert _files(out) == _files(one)


def _done(out: Path) -> int:
    return len(list((out / "shards").glob("0*"))) if out.exists() else 0


def _small(folder: Path, publisher: str) -> Path:
    folder.mkdir()
    for start in (0, 5):
        lines = [{"id": f"r{n}", "text": generated.make_report(n)[0], "language": "en", "publisher": publisher}
                 for n in range(start, start + 5)]  # fmt: skip
        (folder / f"{start}.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    return folder


def test_a_worker_that_dies_is_replaced_and_its_shard_done_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DEJURE_TEST_MARK", str(tmp_path / "mark"))
    manifest = run_corpus(
        [_small(tmp_path / "in", "kind")], tmp_path / "out", workers=2, run=RunSettings(coder="test_run:deadly_coder")
    )
    assert (tmp_path / "mark").exists()
    assert (manifest["counts"]["reports"], manifest["counts"]["rejects"]) == (10, 0)


def test_a_shard_that_always_fails_is_rejected_and_the_others_go_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DEJURE_TEST_MARK", str(tmp_path))
    run_corpus(
        [_small(tmp_path / "in", "deadly")],
        tmp_path / "out",
        run=RunSettings(coder="test_run:deadly_coder", attempts=2),
    )
    corpus = Corpus(tmp_path / "out")
    (row,) = corpus.rejects("arrow").to_pylist()
    assert (row["source"], row["line"], row["value"]) == (
        (tmp_path / "in" / "5.jsonl").as_posix(), 1, "the worker died (9)"
    )  # fmt: skip
    assert len(corpus.reports("arrow")) == 5


def test_copies_keep_their_row_and_files_that_change_or_vanish_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for name in ("a", "b", "c", "d"):
        text = generated.make_report(5 if name in "ab" else ord(name))[0]
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    out = tmp_path / "out"
    real = run_corpus.__globals__["_work"]

    def meddle(*arguments: Any) -> None:
        (folder / "c.txt").unlink()
        (folder / "d.txt").write_text("Something else was written here meanwhile.")
        real(*arguments)

    monkeypatch.setitem(run_corpus.__globals__, "_work", meddle)
    run_corpus([folder], out, run=FAKE)
    corpus = Corpus(out)
    a, b = corpus.reports("arrow").to_pylist()
    assert a["copy_of"] is None
    assert b["copy_of"] == (folder / "a.txt").as_posix()
    assert [row["code"] for row in corpus.rejects("arrow").to_pylist()] == ["missing", "input"]


def test_the_same_reports_packed_in_any_way_give_the_same_records(tmp_path: Path) -> None:
    lines = (_small(tmp_path / "in", "x") / "0.jsonl").read_bytes()
    rows = [json.loads(line) for line in lines.splitlines()]
    inputs = {name: tmp_path / name for name in ("r.jsonl.gz", "r.zip", "r.parquet", "r.csv")}
    inputs["r.jsonl.gz"].write_bytes(gzip.compress(lines))
    with zipfile.ZipFile(inputs["r.zip"], "w") as archive:
        archive.writestr("r.jsonl", lines)
    pyarrow.parquet.write_table(pyarrow.Table.from_pylist(rows), inputs["r.parquet"])
    with inputs["r.csv"].open("w", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    tables = []
    for name, path in inputs.items():
        run_corpus([path], tmp_path / "out" / name, run=FAKE)
        tables.append(Corpus(tmp_path / "out" / name).recognition("arrow"))
    assert len(tables[0]) > 0
    assert all(table.equals(tables[0]) for table in tables)


def test_a_folder_of_something_else_is_left_alone(tmp_path: Path) -> None:
    folder = _small(tmp_path / "in", "x")
    with pytest.raises(CorpusUnusable, match="not empty"):
        run_corpus([folder], folder, run=FAKE)
    run_corpus([folder], tmp_path / "out", run=FAKE)
    with pytest.raises(CorpusUnusable, match="other inputs, settings"):
        run_corpus([folder], tmp_path / "out", run=RunSettings(coder=FAKE.coder, shard_reports=3))
    with pytest.raises(CorpusUnusable, match="no finished corpus"):
        Corpus(folder)


def test_a_missing_coder_stops_the_run(tmp_path: Path, dejure: Run) -> None:
    folder = _small(tmp_path / "in", "x")
    found = dejure("corpus", "run", folder, "--out", tmp_path / "out", "--coder", "nowhere:code")
    assert found.code == 2
    assert "no such coder" in found.err


def test_columns_carry_their_meaning_and_unit(one: Path) -> None:
    for name, dataset in load_datasets().items():
        path = next((one / "data" / name).rglob("*.parquet"))
        schema = pyarrow.parquet.read_schema(path)
        assert schema.names == list(dataset.column_names)
        assert schema.metadata[b"schema_version"] == b"1"
        assert all(field.metadata[b"description"] for field in schema)
    path = one / "data" / "reports" / "month=2024-01" / "part-0.parquet"
    assert pyarrow.parquet.read_schema(path).field("words").metadata[b"unit"] == b"words"


def test_query_reads_the_corpus_and_nothing_else(one: Path, dejure: Run, tmp_path: Path) -> None:
    found = dejure("corpus", "query", "SELECT count(*) AS n FROM reports", "--corpus", one, "--format", "csv")
    assert (found.code, found.out) == (0, f"n\n{Corpus(one).manifest['counts']['reports']}\n")
    (tmp_path / "x.csv").write_text("a\n1\n")
    for sql in (
        f"SELECT * FROM read_csv('{tmp_path}/x.csv')", f"COPY (SELECT 1) TO '{one}/data/y.csv'", "INSTALL httpfs",
        "SET enable_external_access=true", "SELEC 1",
    ):  # fmt: skip
        assert dejure("corpus", "query", sql, "--corpus", one).code == 2, sql
    assert not list(one.rglob("y.csv"))


def test_panel_has_zeros_only_where_there_was_coverage(tmp_path: Path, dejure: Run) -> None:
    days = {"2024-01-03": "Russia has recognised it, it said.", "2024-02-07": "The weather was fine in the city.",
            "2024-04-01": "The sea was calm all day."}  # fmt: skip
    lines = [{"id": day, "text": text, "published": day, "language": "en"} for day, text in days.items()]
    (tmp_path / "in.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    run_corpus([tmp_path / "in.jsonl"], tmp_path / "out", run=RunSettings(coder="test_run:dyad_coder"))
    panel = Corpus(tmp_path / "out").panel("month", "arrow").to_pylist()
    assert [(row["period"].month, row["reports"], row["events"], row["verbal_cooperation"]) for row in panel] == [
        (1, 1, 1, 1), (2, 1, 0, 0), (4, 1, 0, 0),
    ]  # fmt: skip
    assert {(row["actor"], row["recipient"]) for row in panel} == {("RUS", "AFG")}
    assert dejure("corpus", "panel", "--corpus", tmp_path / "out", "--period", "week").out.count("\n") == 4


def telling_coder(report: Report, settings: Settings) -> Coding:
    """The dyad's event, on the day or in the interval that the title gives."""
    from dataclasses import replace

    coding = dyad_coder(report, settings)
    bounds = [dt.date.fromisoformat(one) if one != "?" else None for one in report.title.split()]
    when = When(earliest=bounds[0], latest=bounds[1], precision="interval" if any(bounds) else "unknown", basis="text")
    return replace(coding, events=tuple(replace(event, when=when) for event in coding.events))


@pytest.mark.parametrize(("period", "counted"), [("day", 1), ("week", 2), ("month", 3)])
def test_panel_counts_what_lies_within_a_period_and_has_no_zero_without_coverage(
    tmp_path: Path, period: Period, counted: int
) -> None:
    told = [
        ("2024-02-07 2024-02-07", "2024-03-01"), ("2024-02-05 2024-02-11", "2024-03-01"),
        ("2024-02-01 2024-02-29", "2024-03-01"), ("2024-02-20 2024-03-20", "2024-03-01"),
        ("2024-02-09 ?", "2024-03-01"), ("? 2024-02-09", "2024-03-01"), ("? ?", "2024-03-01"),
        ("2024-04-02 2024-04-02", "2024-04-02"),
    ]  # fmt: skip
    lines = [
        {"id": f"r{number}", "title": title, "text": f"Russia has recognised it, says number {number}.",
         "published": published, "language": "en"}
        for number, (title, published) in enumerate(told)
    ]  # fmt: skip
    (tmp_path / "in.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    run_corpus([tmp_path / "in.jsonl"], tmp_path / "out", run=RunSettings(coder="test_run:telling_coder"))
    rows = Corpus(tmp_path / "out").panel(period, "arrow").to_pylist()
    uncovered = [row for row in rows if not row["reports"]]
    assert sum(row["events"] for row in uncovered) == counted
    assert all(row["events"] and row["material_conflict"] is None for row in uncovered)
    covered = {row["period"]: row for row in rows if row["reports"]}
    assert len(covered) == 2
    assert [(row["reports"], row["events"], row["material_conflict"]) for _, row in sorted(covered.items())] == [
        (7, 0, 0), (1, 1, 0),
    ]  # fmt: skip
    assert len(rows) == len(uncovered) + 2


def full_coder(report: Report, settings: Settings) -> Coding:
    """Finds the disk full until there is room."""
    if report.id == "r7" and not Path(os.environ["DEJURE_TEST_MARK"]).exists():
        raise OSError(errno.ENOSPC, "No space left on device")
    return code_report(report, settings)


def test_a_full_disk_stops_the_run_and_room_lets_it_go_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mark = tmp_path / "mark"
    monkeypatch.setenv("DEJURE_TEST_MARK", str(mark))
    folder, run = _small(tmp_path / "in", "x"), RunSettings(coder="test_run:full_coder")
    with pytest.raises(CorpusUnusable, match="disk is full"):
        run_corpus([folder], tmp_path / "out", run=run)
    assert _done(tmp_path / "out") == 1
    mark.touch()
    counts = run_corpus([folder], tmp_path / "out", run=run)["counts"]
    assert (counts["reports"], counts["rejects"]) == (10, 0)


def dyad_coder(report: Report, settings: Settings) -> Coding:
    """The stand-in coder, with the recipient's country."""
    from dataclasses import replace

    coding = code_report(report, settings)
    return replace(
        coding,
        events=tuple(
            replace(e, recipient=tuple(replace(r, country="AFG") for r in e.recipient)) for e in coding.events
        ),
    )


def shut_coder(report: Report, settings: Settings) -> Coding:
    """The stand-in coder, on a folder that cannot be written to until a mark is there."""
    if not Path(os.environ["DEJURE_TEST_MARK"]).exists():
        raise OSError(errno.EROFS, "Read-only file system")
    return code_report(report, settings)


def test_a_folder_that_cannot_be_written_to_costs_no_shard(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mark = tmp_path / "mark"
    monkeypatch.setenv("DEJURE_TEST_MARK", str(mark))
    folder, run = _small(tmp_path / "in", "x"), RunSettings(coder="test_run:shut_coder")
    with pytest.raises(CorpusUnusable, match="cannot be written to"):
        run_corpus([folder], tmp_path / "out", run=run)
    mark.touch()
    assert run_corpus([folder], tmp_path / "out", run=run)["counts"]["rejects"] == 0
    for name in ("mark", "mark/below"):
        with pytest.raises(CorpusUnusable, match="no such folder"):
            run_corpus([folder], tmp_path / name, run=run)


def test_a_folder_of_any_name_can_be_asked_and_a_damaged_one_tells(tmp_path: Path, dejure: Run) -> None:
    out = tmp_path / "it's [1] *?"
    run_corpus([_small(tmp_path / "in", "x")], out, run=FAKE)
    asked = "SELECT count(*) AS n, sum(words) AS n, [1, NULL] AS l, true AS b FROM reports"
    words = sum(Corpus(out).reports()["words"])
    found = dejure("corpus", "query", asked, "--corpus", out, "--format", "csv")
    assert (found.code, found.out) == (0, f'n,n_2,l,b\n10,{words},"[1,null]",true\n')
    found = dejure("corpus", "query", asked, "--corpus", out, "--format", "jsonl")
    assert json.loads(found.out) == {"n": 10, "n_2": words, "l": [1, None], "b": True}
    (tmp_path / "x.csv").write_text("a\n1\n")
    assert dejure("corpus", "query", f"SELECT * FROM '{tmp_path}/x.csv'", "--corpus", out).code == 2
    path = next((out / "data" / "events").rglob("*.parquet"))
    path.write_bytes(path.read_bytes()[:300])
    found = dejure("corpus", "query", asked, "--corpus", out)
    assert (found.code, "damaged" in found.err) == (3, True)
    with pytest.raises(CorpusUnusable, match="damaged"):
        Corpus(out).events()


def test_a_day_given_to_a_run_is_that_of_every_report(tmp_path: Path, dejure: Run) -> None:
    folder = _small(tmp_path / "in", "x")
    (folder / "y.txt").write_text("Peru recognised Kosovo on Monday, its foreign ministry said.")
    out = tmp_path / "out"
    assert dejure("corpus", "run", folder, "--out", out, "--published", "2008-03-05").code == 0
    assert set(Corpus(out).reports()["published"]) == {dt.date(2008, 3, 5)}
    assert json.loads((out / "manifest.json").read_text())["settings"]["published"] == "2008-03-05"
    assert dejure("corpus", "run", folder, "--out", out).code != 0
    assert dejure("corpus", "run", folder, "--out", tmp_path / "other", "--published", "soon").code == 3


def test_a_pipe_does_not_hold_up_a_run(tmp_path: Path) -> None:
    folder = _small(tmp_path / "in", "x")
    os.mkfifo(folder / "pipe.jsonl")
    assert run_corpus([folder], tmp_path / "out", run=FAKE)["counts"]["reports"] == 10
    with pytest.raises(InputMissing, match="pipe"):
        run_corpus([folder / "pipe.jsonl"], tmp_path / "other", run=FAKE)


def test_links_that_lead_nowhere_are_rejected_and_the_others_read(tmp_path: Path) -> None:
    folder = _small(tmp_path / "in", "x")
    for name in ("a.txt", "b.jsonl", "c.warc"):
        (folder / name).symlink_to(f"no-{name}")
    run_corpus([folder], tmp_path / "out", run=FAKE)
    corpus = Corpus(tmp_path / "out")
    assert [Path(one).name for one in corpus.rejects()["source"]] == ["a.txt", "b.jsonl", "c.warc"]
    assert (set(corpus.rejects()["code"]), len(corpus.reports())) == ({"missing"}, 10)
