#!/usr/bin/env python3
"""How fast the whole path is, as ratios of two things measured in one run on one core.

    .venv/bin/python benchmarks/speed.py [--force]        writes benchmarks/results/speed.json

- Words a second from report to coding after everything is loaded, against the plain spaCy pipeline (same model, no
  entity recogniser) on the same sentences.
- The same on the pinned corpus of 300 reports, a third of them politics, with the gate and without; the share parsed.
- Seconds until `dejure --help` is printed, against an interpreter that does nothing.
- Seconds and memory for one report, model loaded, against loading the same spaCy model alone.

Absolute figures belong to a machine and stand beside the ratios. The best of several passes counts, taken by turns.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import speed_corpus
from result_files import ROOT, inputs_of, machine, stands, write

DEMO = ROOT / "examples" / "reports"
DEVELOPMENT = ROOT / "corpora" / "recognition" / "development.jsonl"
ONE_REPORT = DEMO / "2025-07-03-russia-taliban.txt"
CORPORA = {"demo": [DEMO], "development": [DEVELOPMENT], "speed": [speed_corpus.CORPUS / "reports.jsonl"]}
PASSES = 5
THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
BATCH = 64
KILOBYTES_A_MEGABYTE = 1024


def main() -> int:
    """Measure, unless a result of the same inputs stands."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--force", action="store_true", help="measure even where a result of the same inputs stands")
    arguments = parser.parse_args()
    inputs = inputs_of(CORPORA)
    if stands("speed", inputs) and not arguments.force:
        print("speed: the result stands", file=sys.stderr)
        return 0
    _stay_on_one_core()
    starting = _starting()  # first: a child's peak memory begins with that of its parent
    reading, corpus = _reading(), speed_corpus.measure()
    write(
        "speed",
        {
            "inputs": inputs,
            "machine": machine(),
            "ratios": {**reading["ratios"], **corpus["ratios"], **starting["ratios"]},
            "absolute": {**reading["absolute"], **corpus["absolute"], **starting["absolute"]},
        },
    )
    return 0


def _stay_on_one_core() -> None:
    """Before numpy is loaded: one thread, and one core where the system lets us choose."""
    os.environ.update(dict.fromkeys(THREADS, "1"))
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})


# -- reading --------------------------------------------------------------------------------------------------------


def _reports() -> list[dict[str, Any]]:
    """Demonstration and development reports as mappings."""
    reports: list[dict[str, Any]] = []
    for path in sorted(DEMO.glob("*.txt")):
        title, _, text = path.read_text(encoding="utf-8").partition("\n")
        reports.append({"id": path.stem, "title": title, "text": text, "published": path.stem[:10], "language": "en"})
    for line in DEVELOPMENT.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        reports.append({key: row[key] for key in ("id", "title", "text", "published", "language")})
    return reports


def _reading() -> dict[str, Any]:
    """Words a second of the whole path and of spaCy alone."""
    import spacy

    import dejure
    from dejure.reading.reading import read_report
    from dejure.settings import Settings

    settings = Settings()
    nlp = spacy.load(settings.language_model, exclude=["ner", "senter"])
    given = _reports()
    words = sum(len(one["title"].split()) + len(one["text"].split()) for one in given)
    reports = [
        dejure.Report(
            id=one["id"],
            title=one["title"],
            body=one["text"],
            published=dt.date.fromisoformat(one["published"]),
            language="en",
        )
        for one in given
    ]
    sentences = [sentence.text for report in reports for sentence in read_report(report, settings).sentences]

    def whole_path() -> None:
        codings = list(dejure.read_many(given, settings=settings))
        assert all(isinstance(one, dejure.Coding) for one in codings)

    def parser_alone() -> None:
        for _ in nlp.pipe(sentences, batch_size=BATCH):
            pass

    whole, alone = _by_turns(whole_path, parser_alone)
    return {
        "ratios": {"seconds_whole_path_to_parser_alone": _rounded(whole / alone)},
        "absolute": {
            "words": words, "sentences": len(sentences), "reports": len(given),
            "words_per_second_whole_path": round(words / whole), "words_per_second_parser_alone": round(words / alone),
        },
    }  # fmt: skip


def _by_turns(*tasks: Callable[[], None]) -> list[float]:
    """Seconds of the best pass of each task; the first pass of all only warms up."""
    best = [float("inf")] * len(tasks)
    for task in tasks:
        task()
    for _ in range(PASSES):
        for at, task in enumerate(tasks):
            began = time.perf_counter()
            task()
            best[at] = min(best[at], time.perf_counter() - began)
    return best


# -- starting -------------------------------------------------------------------------------------------------------


def _starting() -> dict[str, Any]:
    """Seconds and memory of processes, from their start to their end."""
    from dejure.settings import Settings

    load_model = f"import spacy; spacy.load({Settings().language_model!r}, exclude=['ner', 'senter'])"
    read_one = ["-m", "dejure", "read", str(ONE_REPORT), "--published", ONE_REPORT.stem[:10], "--format", "jsonl"]
    commands = {
        "nothing": ["-c", "pass"],
        "help": ["-m", "dejure", "--help"],
        "model": ["-c", load_model],
        "one_report": read_one,
    }
    best: dict[str, tuple[float, float]] = {}
    for _ in range(PASSES):
        for name, command in commands.items():
            seconds, megabytes = _run([sys.executable, *command])
            before = best.get(name, (float("inf"), 0.0))
            best[name] = min(before[0], seconds), max(before[1], megabytes)
    return {
        "ratios": {
            "seconds_help_to_bare_interpreter": _rounded(best["help"][0] / best["nothing"][0]),
            "seconds_one_report_to_loading_model": _rounded(best["one_report"][0] / best["model"][0]),
            "memory_one_report_to_loading_model": _rounded(best["one_report"][1] / best["model"][1]),
        },
        "absolute": {
            "seconds_bare_interpreter": _rounded(best["nothing"][0]),
            "seconds_help": _rounded(best["help"][0]),
            "seconds_loading_model": _rounded(best["model"][0]),
            "seconds_one_report": _rounded(best["one_report"][0]),
            "peak_megabytes_loading_model": round(best["model"][1]),
            "peak_megabytes_one_report": round(best["one_report"][1]),
        },
    }


def _run(command: list[str]) -> tuple[float, float]:
    """Seconds and peak resident megabytes of a process that must succeed."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    began = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, env=environment)  # noqa: S603 - our own commands
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"speed: {' '.join(command)} ended with exit code {process.returncode}")
    return seconds, usage.ru_maxrss / KILOBYTES_A_MEGABYTE


def _rounded(value: float) -> float:
    return float(f"{value:.3g}")


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))
    sys.exit(main())
