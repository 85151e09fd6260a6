#!/usr/bin/env python3
"""Finding names: our one-pass index against a union of regular expressions and spaCy's PhraseMatcher, in one run.

    .venv/bin/python benchmarks/mentions.py [--force]     writes benchmarks/results/mentions.json

All three look for the same English names in the same sentences, on one core: seconds to build, characters a second,
memory taken, and the share that finding names has in the whole path from report to coding.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from result_files import ROOT, inputs_of, machine, stands, write

DEVELOPMENT = ROOT / "corpora" / "recognition" / "development.jsonl"
PASSES = 5
METHODS = ("index", "regex", "phrase_matcher")
KILOBYTES_A_MEGABYTE = 1024


def main() -> int:
    """Measure, unless a result of the same inputs stands; each method in a process of its own."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--force", action="store_true", help="measure even where a result of the same inputs stands")
    parser.add_argument("--method", choices=(*METHODS, "share"), help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.method:
        print(json.dumps(_share() if arguments.method == "share" else _measured(arguments.method)))
        return 0
    inputs = inputs_of({"development": [DEVELOPMENT]})
    if stands("mentions", inputs) and not arguments.force:
        print("mentions: the result stands", file=sys.stderr)
        return 0
    found = {method: _in_a_process(method) for method in (*METHODS, "share")}
    own = found["index"]
    ratios = {
        f"{method}_to_index": {
            "speed": round(found[method]["characters_a_second"] / own["characters_a_second"], 3),
            "build": round(found[method]["build_s"] / own["build_s"], 2),
        }
        for method in METHODS[1:]
    }
    write("mentions", {"inputs": inputs, "machine": machine(), "ratios": ratios,
                       "share_of_path": found.pop("share"), "absolute": found})  # fmt: skip
    return 0


def _in_a_process(method: str) -> dict[str, Any]:
    ran = subprocess.run(  # noqa: S603 - this very file
        [sys.executable, __file__, "--method", method], capture_output=True, text=True, check=True,
        env={**os.environ, "OMP_NUM_THREADS": "1"},
    )  # fmt: skip
    found = json.loads(ran.stdout)
    assert isinstance(found, dict)
    return found


def _texts() -> list[str]:
    return [json.loads(line)["text"] for line in DEVELOPMENT.read_text(encoding="utf-8").splitlines()]


def _names() -> list[str]:
    from dejure.reference.tables import load_people, read_table

    tables = [row["name"] for file in ("names.csv", "organisation_names.csv") for row in read_table(file)
              if row["lang"] == "en"]  # fmt: skip
    people = [name for person in load_people() for name in (person.name, person.short) if name]
    return sorted({*tables, *people})


def _measured(method: str) -> dict[str, Any]:
    texts = _texts()
    names = _names() if method != "index" else []
    before = _resident_mb()
    start = time.perf_counter()
    find = {"index": _index, "regex": _regex, "phrase_matcher": _phrase_matcher}[method](names)
    build = time.perf_counter() - start
    hits = sum(find(text) for text in texts)
    best = min(_timed(find, texts) for _ in range(PASSES))
    return {
        "build_s": round(build, 3), "memory_mb": round(_resident_mb() - before, 1), "hits": hits,
        "characters_a_second": round(sum(map(len, texts)) / best),
    }  # fmt: skip


def _timed(find: Callable[[str], int], texts: list[str]) -> float:
    start = time.perf_counter()
    for text in texts:
        find(text)
    return time.perf_counter() - start


def _index(_: list[str]) -> Callable[[str], int]:
    from dejure.reference.names import load_name_index

    index = load_name_index()
    return lambda text: sum(1 for _ in index.find(text))


def _regex(names: list[str]) -> Callable[[str], int]:
    longest_first = sorted(names, key=len, reverse=True)
    union = re.compile(r"\b(?:" + "|".join(map(re.escape, longest_first)) + r")(?!\w)")
    return lambda text: sum(1 for _ in union.finditer(text))


def _phrase_matcher(names: list[str]) -> Callable[[str], int]:
    import spacy
    from spacy.matcher import PhraseMatcher

    blank = spacy.blank("en")
    matcher = PhraseMatcher(blank.vocab)
    matcher.add("NAME", list(blank.tokenizer.pipe(names)))
    return lambda text: len(matcher(blank.make_doc(text)))


def _share() -> dict[str, Any]:
    """Seconds of finding names against the whole path, over the same reports, everything loaded."""
    import datetime as dt

    from dejure.coding.report import code_report
    from dejure.records import Report
    from dejure.reference.names import load_name_index
    from dejure.settings import Settings

    rows = [json.loads(line) for line in DEVELOPMENT.read_text(encoding="utf-8").splitlines()]
    reports = [Report(id=r["id"], title=r["title"], body=r["text"], language="en",
                      published=dt.date.fromisoformat(r["published"])) for r in rows]  # fmt: skip
    settings, index = Settings(), load_name_index()
    code_report(reports[0], settings)
    start = time.perf_counter()
    for report in reports:
        code_report(report, settings)
    whole = time.perf_counter() - start
    names = min(_timed(lambda text: sum(1 for _ in index.find(text)), [r.body for r in reports]) for _ in range(PASSES))
    return {"names_s": round(names, 4), "path_s": round(whole, 3), "share": round(names / whole, 4)}


def _resident_mb() -> float:
    status = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    line = next(line for line in status if line.startswith("VmRSS"))
    return int(line.split()[1]) / KILOBYTES_A_MEGABYTE


if __name__ == "__main__":
    sys.exit(main())
