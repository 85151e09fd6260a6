#!/usr/bin/env python3
"""What corpus runs cost: time and memory by number of reports, beside a plain spaCy pipeline in the same run.

    .venv/bin/python benchmarks/corpus.py [--sizes 1000,10000] [--work DIR] [--force]

writes benchmarks/results/corpus.json and corpus.svg. Reports are generated (tests/generated_reports.py), a hundred a
day, and read by the coder of the package, once a size with one worker and, for the largest size up to
`TWO_WORKERS_UP_TO`, with two.

- Seconds and core-seconds of `dejure corpus run`, from its start to its end.
- Peak memory of the process that leads and of each worker (Linux; elsewhere of the largest process alone).
- Whether it is linear: what a further report costs between the two largest sizes, against the two before. The smallest
  size, `START`, is there to tell what starting costs.
- The search for incidents alone, on the finished corpus: its share of the run with one worker, and its memory.
- Core-hours of a million reports, at the cost of a further report.
- The spaCy pipeline (the same model, no entity recogniser) over a sample of the same bodies, right before each run.

What is done is kept in DIR (build/benchmark_corpus) by the hashes of all it depends on; after an interruption the same
command goes on with the next run.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
from itertools import pairwise
from pathlib import Path
from typing import Any

from result_files import RESULTS, ROOT, inputs_of, machine, stands, write

START = 200
# Density matters to the search: all sizes are a stream of so many reports a day.
REPORTS_A_DAY = 100
SIZES = (1_000, 10_000)
TWO_WORKERS_UP_TO = 10_000
SAMPLE = 500
BATCH = 64
POLL_SECONDS = 0.1
KILOBYTES_A_MEGABYTE = 1024
THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
GENERATOR = ROOT / "tests" / "generated_reports.py"
SECONDS_AN_HOUR = 3_600
MILLION = 1_000_000

_SPACY = """
import json, sys, time, spacy
from dejure.settings import Settings
nlp = spacy.load(Settings().language_model, exclude=["ner", "senter"])
texts = json.load(open(sys.argv[1]))
list(nlp.pipe(texts[:20]))
began = time.process_time()
for _ in nlp.pipe(texts, batch_size=int(sys.argv[2])):
    pass
print(json.dumps({"seconds": time.process_time() - began}))
"""
_SEARCH = """
import json, sys, time
from pathlib import Path
from dejure.corpus.incident_sets import incident_tables
began = time.process_time()
rows = {name: sum(len(table) for table in tables) for name, tables in incident_tables(Path(sys.argv[1])).items()}
print(json.dumps({"seconds": time.process_time() - began, "rows": rows}))
"""


def main() -> int:
    """Measure, unless a result of the same inputs stands."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", default=",".join(map(str, SIZES)), help="numbers of reports, with commas")
    parser.add_argument("--work", type=Path, default=ROOT / "build" / "benchmark_corpus", help="where runs are kept")
    parser.add_argument("--force", action="store_true", help="measure even where a result of the same inputs stands")
    arguments = parser.parse_args()
    sizes = sorted({START, *map(int, arguments.sizes.split(","))})
    inputs = {**inputs_of({"generator": [GENERATOR]}), "sizes": sizes}
    if stands("corpus", inputs) and not arguments.force:
        print("corpus: the result stands", file=sys.stderr)
        return 0
    runs = _Runs(arguments.work, inputs, is_forced=arguments.force)
    two = max((size for size in sizes if size <= TWO_WORKERS_UP_TO), default=sizes[0])
    measured = [runs.measure(size, 1) for size in sizes]
    measured.append(runs.measure(two, 2))
    result = {"inputs": inputs, "machine": machine(), **_told(measured)}
    write("corpus", result)
    _plot(measured, RESULTS / "corpus.svg")
    print(json.dumps({key: result[key] for key in ("ratios", "absolute")}, indent=1))
    return 0


class _Runs:
    """Single runs, each kept as soon as it is done."""

    def __init__(self, work: Path, inputs: dict[str, Any], *, is_forced: bool) -> None:
        # The sizes asked for change nothing about a single run.
        told = {key: value for key, value in inputs.items() if key != "sizes"}
        name = hashlib.sha256(json.dumps([told, machine()], sort_keys=True).encode()).hexdigest()[:16]
        self._work = work / name
        if is_forced:
            shutil.rmtree(self._work, ignore_errors=True)
        self._work.mkdir(parents=True, exist_ok=True)

    def measure(self, size: int, workers: int) -> dict[str, Any]:
        """One run of the corpus, with the spaCy pipeline before and the search alone after it."""
        kept = self._work / f"{size}_{workers}.json"
        if kept.is_file():
            found = json.loads(kept.read_text(encoding="utf-8"))
            assert isinstance(found, dict)
            return found
        print(f"corpus: {size:,} reports, {workers} workers", file=sys.stderr)
        given, out = self._work / f"in_{size}", self._work / "out"
        for folder in (given, out):
            shutil.rmtree(folder, ignore_errors=True)
        spacy_seconds = _spacy_seconds_a_report(given, size)
        command = ["-m", "dejure", "corpus", "run", str(given), "--out", str(out), "--workers", str(workers)]
        # The generated faults are rejected, which is told by exit code 4.
        seconds, cores, peaks, _ = _run(command, may_end_with=(0, 4))
        manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
        _, _, search_peaks, printed = _run(["-c", _SEARCH, str(out / "data")])
        found = {
            "reports": manifest["counts"]["reports"], "workers": workers, "seconds": seconds, "core_seconds": cores,
            "peak_megabytes_lead": peaks[0], "peak_megabytes_workers": peaks[1:],
            "seconds_search": json.loads(printed)["seconds"], "peak_megabytes_search": search_peaks[0],
            "spacy_seconds_a_report": spacy_seconds, "counts": manifest["counts"],
        }  # fmt: skip
        beside = kept.with_suffix(".new")
        beside.write_text(json.dumps(found), encoding="utf-8")
        beside.replace(kept)
        shutil.rmtree(out)
        shutil.rmtree(given)
        return found


def _spacy_seconds_a_report(given: Path, size: int) -> float:
    """Generate the reports, and let the plain pipeline read a sample of them."""
    sys.path.insert(0, str(GENERATOR.parent))
    import generated_reports

    generated_reports.write_corpus(given, size, days=max(size // REPORTS_A_DAY, 2))
    texts = [generated_reports.make_report(MILLION + number)[0] for number in range(min(size, SAMPLE))]
    sample = given.parent / "sample.json"
    sample.write_text(json.dumps(texts), encoding="utf-8")
    _, _, _, printed = _run(["-c", _SPACY, str(sample), str(BATCH)])
    sample.unlink()
    return float(json.loads(printed)["seconds"]) / len(texts)


def _run(command: list[str], may_end_with: tuple[int, ...] = (0,)) -> tuple[float, float, list[int], str]:
    """Seconds, core-seconds, peak megabytes of the process and of each child, and what was printed."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), **dict.fromkeys(THREADS, "1")}
    began = time.perf_counter()
    process = subprocess.Popen(  # noqa: S603 - our own commands
        [sys.executable, *command], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment, text=True
    )
    peaks: dict[int, int] = {}
    while True:
        ended, status, usage = os.wait4(process.pid, os.WNOHANG)
        if ended:
            break
        for number in (process.pid, *_children(process.pid)):
            peaks[number] = max(peaks.get(number, 0), _peak_megabytes(number))
        time.sleep(POLL_SECONDS)
    seconds = time.perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.stdout is not None
    printed = process.stdout.read()
    process.stdout.close()
    if process.returncode not in may_end_with:
        raise SystemExit(f"corpus: {' '.join(command[:4])} ended with exit code {process.returncode}")
    lead = peaks.pop(process.pid, 0) or round(usage.ru_maxrss / KILOBYTES_A_MEGABYTE)
    # A helper process of multiprocessing, which holds nothing, is no worker.
    workers = sorted((peak for peak in peaks.values() if peak * 4 > lead), reverse=True)
    return seconds, usage.ru_utime + usage.ru_stime, [lead, *workers], printed


def _children(process: int) -> list[int]:
    path = Path(f"/proc/{process}/task/{process}/children")
    try:
        return [int(one) for one in path.read_text().split()]
    except OSError:
        return []


def _peak_megabytes(process: int) -> int:
    """Peak resident memory so far; 0 where the system does not tell."""
    try:
        for line in Path(f"/proc/{process}/status").read_text().splitlines():
            if line.startswith("VmHWM:"):
                return round(int(line.split()[1]) / KILOBYTES_A_MEGABYTE)
    except OSError:
        pass
    return 0


def _told(measured: list[dict[str, Any]]) -> dict[str, Any]:
    *ones, two = measured
    one = next(run for run in ones if run["reports"] == two["reports"])
    further = [
        (later["core_seconds"] - earlier["core_seconds"]) / (later["reports"] - earlier["reports"])
        for earlier, later in pairwise(ones)
    ]
    spacy_seconds = sum(run["spacy_seconds_a_report"] for run in measured) / len(measured)
    last = ones[-1]
    return {
        "ratios": {
            # Of core-seconds: 1.0 is linear.
            "further_report_of_largest_to_that_before": _rounded(further[-1] / further[-2]) if further[1:] else None,
            "seconds_two_workers_to_one": _rounded(two["seconds"] / one["seconds"]),
            "search_to_run": _rounded(last["seconds_search"] / last["core_seconds"]),
            "peak_memory_worker_largest_to_smallest": (
                _rounded(max(last["peak_megabytes_workers"]) / max(ones[0]["peak_megabytes_workers"]))
                if last["peak_megabytes_workers"] and ones[0]["peak_megabytes_workers"] else None
            ),
            "further_report_to_plain_spacy": _rounded(further[-1] / spacy_seconds),
        },
        "absolute": {
            "core_hours_a_million_reports": _rounded(further[-1] * MILLION / SECONDS_AN_HOUR),
            "core_hours_a_million_reports_plain_spacy": _rounded(spacy_seconds * MILLION / SECONDS_AN_HOUR),
            "runs": measured,
        },
    }  # fmt: skip


def _rounded(value: float) -> float:
    return float(f"{value:.3g}")


def _plot(measured: list[dict[str, Any]], path: Path) -> None:
    """Core-seconds and peak memory by number of reports."""
    import altair
    import vl_convert

    rows = [
        {"reports": run["reports"], "what": what, "seconds": seconds}
        for run in measured
        for what, seconds in (
            (f"dejure, {run['workers']} worker{'s' if run['workers'] > 1 else ''}", run["seconds"]),
            *([("of it the search for incidents", run["seconds_search"]),
               ("plain spaCy, one process", run["spacy_seconds_a_report"] * run["reports"])]
              if run["workers"] == 1 else []),
        )
    ]  # fmt: skip
    memory = [
        {"reports": run["reports"], "what": what, "megabytes": peak}
        for run in measured if run["workers"] == 1
        for what, peak in (("leading process", run["peak_megabytes_lead"]),
                           *(("worker", peak) for peak in run["peak_megabytes_workers"][:1]))
    ]  # fmt: skip
    reports = altair.X("reports:Q", scale=altair.Scale(type="log"), title="reports")
    time_chart = (
        altair.Chart(altair.Data(values=rows), width=320, height=240)
        .mark_line(point=True)
        .encode(reports, altair.Y("seconds:Q", scale=altair.Scale(type="log"), title="seconds"),
                altair.Color("what:N", title=None))
    )  # fmt: skip
    memory_chart = (
        altair.Chart(altair.Data(values=memory), width=320, height=240)
        .mark_line(point=True)
        .encode(reports, altair.Y("megabytes:Q", title="peak memory, megabytes"), altair.Color("what:N", title=None))
    )
    chart = altair.hconcat(time_chart, memory_chart).resolve_scale(color="independent")
    path.write_text(vl_convert.vegalite_to_svg(chart.to_json()), encoding="utf-8")


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT / "src"))
    sys.exit(main())
