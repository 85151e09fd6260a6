#!/usr/bin/env python3
"""What the gate before the parser costs: records lost against parsing every sentence, and the share parsed.

    .venv/bin/python benchmarks/gate.py [--force]        writes benchmarks/results/gate.json

Development material only. Sentences of the PLOVER corpus are joined by sixes in an order drawn once, since the first
sentence of a report is always parsed and each alone would test nothing.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import random
import sys
from collections import Counter
from collections.abc import Iterator
from typing import Any

from result_files import ROOT, inputs_of, stands, write

CORPORA = ROOT / "corpora"
FILES = {
    "recognition": CORPORA / "recognition" / "development.jsonl",
    "stories": CORPORA / "stories" / "development_reports.jsonl",
    "incidents": CORPORA / "incidents" / "development.jsonl",
    "speed": CORPORA / "speed" / "reports.jsonl",
}
PLOVER = CORPORA / "plover" / "sentences.jsonl"
DEMO = ROOT / "examples" / "reports"
LISTS = ("events", "recognition", "statements", "silences", "background")
SENTENCES_A_REPORT = 6
SEED = 5


def main() -> int:
    """Measure, unless a result of the same inputs stands."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--force", action="store_true", help="measure even where a result of the same inputs stands")
    arguments = parser.parse_args()
    inputs = inputs_of({**{name: [file] for name, file in FILES.items()}, "plover": [PLOVER], "demo": [DEMO]})
    if stands("gate", inputs) and not arguments.force:
        print("gate: the result stands", file=sys.stderr)
        return 0
    counts: dict[str, Counter[str]] = {}
    for corpus, row in rows():
        counts.setdefault(corpus, Counter()).update(_compared(row))
    write("gate", {"inputs": inputs, "counts": {name: dict(sorted(found.items())) for name, found in counts.items()}})
    return 0


def rows() -> Iterator[tuple[str, dict[str, Any]]]:
    """Reports in English as mappings, with the name of their corpus."""
    for name, file in FILES.items():
        for line in file.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            if row.get("language", "en") == "en":
                yield name, row
    for path in sorted(DEMO.glob("*.txt")):
        title, _, text = path.read_text(encoding="utf-8").partition("\n")
        yield "demo", {"id": path.stem, "title": title, "text": text, "published": path.stem[:10]}
    sentences = [json.loads(line) for line in PLOVER.read_text(encoding="utf-8").splitlines()]
    sentences = [row for row in sentences if row["part"] != "test"]
    random.Random(SEED).shuffle(sentences)  # noqa: S311 - an order, no secret
    for at in range(0, len(sentences), SENTENCES_A_REPORT):
        some = sentences[at : at + SENTENCES_A_REPORT]
        yield "plover", {**some[0], "title": "", "text": " ".join(row["text"] for row in some)}


def _compared(row: dict[str, Any]) -> Counter[str]:
    import dejure
    from dejure.coding.gate import choose_sentences
    from dejure.coding.report import code_reading
    from dejure.reading.reading import read_report
    from dejure.settings import Settings

    report = dejure.Report(
        id=row["id"], title=row["title"], body=row["text"], published=dt.date.fromisoformat(row["published"]),
        language="en",
    )  # fmt: skip
    reading = read_report(report, Settings(), choose_sentences)
    found = Counter(reports=1, sentences=len(reading.sentences), parsed=sum(one.is_parsed for one in reading.sentences))
    gated = code_reading(reading, Settings())
    whole = code_reading(read_report(report, Settings()), Settings())
    for name in LISTS:
        before, after = ({one.id: one for one in getattr(coding, name)} for coding in (whole, gated))
        found[name] = len(before)
        found[f"{name}_lost"] = len(before.keys() - after.keys())
        found[f"{name}_new"] = len(after.keys() - before.keys())
        found[f"{name}_changed"] = sum(before[key] != after[key] for key in before.keys() & after.keys())
    return found


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT / "src"))
    sys.exit(main())
