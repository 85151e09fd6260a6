#!/usr/bin/env python3
"""Whether corpus runs give the same bytes whatever happens to them, and the right incidents, on generated reports.

    .venv/bin/python benchmarks/corpus_bytes.py [--reports 5000] [--force]

writes benchmarks/results/corpus_bytes.json. The reports are those of tests/generated_reports.py, read by the stand-in
coder of tests/generated_coder.py, which errs. Runs with one and with two workers, one with five kills, and one in which
a worker dies are compared byte for byte; rejects are compared with the faults that were put in, and incidents with the
happenings, over pairs of reports.
"""

from __future__ import annotations

import argparse
import hashlib
import itertools
import json
import os
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from result_files import ROOT, inputs_of, machine, stands, write

TESTS = ROOT / "tests"
KILLS = 5
SHARD_REPORTS = 100
CODER, DYING = "generated_coder:code_report", "generated_coder:dying_coder"


def main() -> int:
    """Measure, unless a result of the same inputs stands."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=int, default=5_000, help="how many to generate, before copies")
    parser.add_argument("--force", action="store_true", help="measure even where a result of the same inputs stands")
    arguments = parser.parse_args()
    made = [TESTS / name for name in ("generated_reports.py", "generated_coder.py", "fake_coder.py")]
    inputs = {**inputs_of({"generator": made}), "reports": arguments.reports}
    if stands("corpus_bytes", inputs) and not arguments.force:
        print("corpus_bytes: the result stands", file=sys.stderr)
        return 0
    sys.path.insert(0, str(TESTS))
    import generated_reports

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        truth = generated_reports.write_corpus(folder / "in", arguments.reports)
        first = folder / "one"
        _run(_command(folder, first, workers=1))
        _run(_command(folder, folder / "two", workers=2))
        kills = _killed(folder, folder / "killed")
        _run(_command(folder, folder / "death", workers=2, coder=DYING), mark=folder / "mark")
        same = {
            "two_workers": _hashes(folder / "two") == _hashes(first),
            "after_kills": _hashes(folder / "killed") == _hashes(first),
            # The manifest names the coder, which is another one here.
            "after_death_of_worker": (folder / "mark").exists()
            and _hashes(folder / "death", with_manifest=False) == _hashes(first, with_manifest=False),
        }
        result = {"inputs": inputs, "machine": machine(), "kills": kills, "same_bytes": same, **_right(first, truth)}
    write("corpus_bytes", result)
    print(json.dumps({key: value for key, value in result.items() if key not in ("inputs", "machine")}, indent=1))
    return 0 if all(same.values()) and result["rejects_are_the_faults"] else 1


def _command(folder: Path, out: Path, *, workers: int, coder: str = CODER) -> list[str]:
    return [sys.executable, "-m", "dejure", "corpus", "run", str(folder / "in"), "--out", str(out), "--workers",
            str(workers), "--shard-reports", str(SHARD_REPORTS), "--coder", coder]  # fmt: skip


def _environment(mark: Path | None = None) -> dict[str, str]:
    path = os.pathsep.join([str(ROOT / "src"), str(TESTS)])
    return {**os.environ, "PYTHONPATH": path, **({"DEJURE_TEST_MARK": str(mark)} if mark else {})}


def _run(command: list[str], mark: Path | None = None) -> None:
    # The generated faults are rejected, which is told by exit code 4.
    done = subprocess.run(command, env=_environment(mark), capture_output=True, check=False, text=True)  # noqa: S603
    if done.returncode != 4:
        raise SystemExit(f"corpus_bytes: exit code {done.returncode}: {done.stderr}")


def _killed(folder: Path, out: Path) -> int:
    """A run that is killed again and again, each time after some more shards; how often it was."""
    command, kills = _command(folder, out, workers=2), 0
    for _ in range(KILLS):
        before = len(list((out / "shards").glob("0*")))
        with subprocess.Popen(  # noqa: S603 - our own commands
            command, env=_environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        ) as process:
            while len(list((out / "shards").glob("0*"))) < before + 2 and process.poll() is None:
                time.sleep(0.01)
            kills += process.poll() is None
            process.kill()
    _run(command)
    return kills


def _hashes(out: Path, *, with_manifest: bool = True) -> dict[str, str]:
    files = [*(out / "data").rglob("*.parquet"), *([out / "manifest.json"] if with_manifest else [])]
    return {file.relative_to(out).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest() for file in files}


def _right(out: Path, truth: Any) -> dict[str, Any]:
    from dejure import Corpus

    corpus = Corpus(out)
    rejects = [(row["source"], row["line"], row["code"]) for row in corpus.rejects("arrow").to_pylist()]
    told: dict[str, set[str]] = defaultdict(set)
    for row in corpus.incident_events("arrow").to_pylist():
        if row["incident_id"]:
            told[row["incident_id"]].add(row["report_id"])
    put_in: dict[int, set[str]] = defaultdict(set)
    for report, number in truth.happenings.items():
        put_in[number].add(report)
    found, true = _pairs(told.values()), _pairs(put_in.values())
    right = len(found & true)
    return {
        "rejects": len(rejects), "rejects_are_the_faults": sorted(rejects) == sorted(truth.rejects),
        "reports_are_those_put_in": len(corpus.reports("arrow")) == truth.reports,
        "incidents": {"happenings": len(put_in), "pairs": len(true), "precision": round(right / len(found), 3),
                      "recall": round(right / len(true), 3), "f1": round(2 * right / (len(found) + len(true)), 3)},
    }  # fmt: skip


def _pairs(groups: Iterable[set[str]]) -> set[tuple[str, str]]:
    return {pair for group in groups for pair in itertools.combinations(sorted(group), 2)}


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT / "src"))
    sys.exit(main())
