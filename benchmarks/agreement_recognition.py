#!/usr/bin/env python3
"""How two coders of the same recognition reports agree, layer by layer; no text is printed and the coder is not run.

    .venv/bin/python benchmarks/agreement_recognition.py [--force]

writes benchmarks/results/agreement_recognition.json.

`corpora/recognition/frozen_second_coding.jsonl` holds some of the reports of `frozen.jsonl`, coded blind
by another session. Both are model coders: the figures are an agreement between model coders, no more. Where neither
coding is the standard, F1 of one against the other is symmetric: of all records the share on which both agree.
Intervals are percentiles of 2,000 samples of the reports with replacement.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from result_files import ROOT, inputs_of, machine, stands, write

FOLDER = ROOT / "corpora" / "recognition"
COMPLETED = frozenset({"recognise", "withdraw", "establish-relations", "sever-relations", "accept-credentials"})
SAMPLES, SEED = 2000, 20261124

Gold = dict[str, Any]
Keys = set[tuple[Any, ...]]


def main() -> int:
    """Compare, unless a result of the same inputs stands."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--force", action="store_true", help="measure even where a result of the same inputs stands")
    arguments = parser.parse_args()
    files = [FOLDER / "frozen.jsonl", FOLDER / "frozen_second_coding.jsonl"]
    inputs = inputs_of({file.stem: [file] for file in files})
    # The coder has no part in it.
    del inputs["source_sha256"]
    if stands("agreement_recognition", inputs) and not arguments.force:
        print("agreement_recognition: the result stands", file=sys.stderr)
        return 0
    first, second = (_golds(file) for file in files)
    pairs = [(first[name], second[name]) for name in sorted(second) if name in first]
    scores: dict[str, Any] = {"reports": len(pairs)}
    scores |= {layer: _agreement(pairs, keys) for layer, keys in LAYERS.items()}
    scores |= _of_shared_acts(pairs)
    write("agreement_recognition", {"inputs": inputs, "machine": {"python": machine()["python"]}, "scores": scores})
    print(json.dumps(scores, indent=1))
    return 0


def _golds(file: Path) -> dict[str, Gold]:
    """The coded records of a file by report; the texts are left where they are."""
    lines = file.read_text(encoding="utf-8").splitlines()
    return {row["id"]: row["gold"] for row in map(json.loads, filter(str.strip, lines))}


# -- layers -----------------------------------------------------------------------------------------------------------


def _acts(gold: Gold) -> Keys:
    return {(one["recogniser"], one["entity"], one["act"]) for one in gold["recognition"]}


def _completed(gold: Gold) -> Keys:
    done = [one for one in gold["recognition"] if one["asserted"] and one["act"] in COMPLETED]
    return {(one["recogniser"], one["entity"], one["act"]) for one in done}


def _statements(gold: Gold) -> Keys:
    return {(one["speaker"], one["about"], one["stance"]) for one in gold["statements"]}


def _sides(gold: Gold) -> Keys:
    return {(one["speaker"], "oppose" if one["stance"] == "concern" else one["stance"]) for one in gold["statements"]}


def _speakers(gold: Gold) -> Keys:
    return {(one["speaker"],) for one in gold["statements"]}


def _silences(gold: Gold) -> Keys:
    return {(one,) for one in gold["silent"]}


def _events(gold: Gold) -> Keys:
    return {(one["actor"], one["plover"], one["recipient"]) for one in gold["events"]}


LAYERS: dict[str, Callable[[Gold], Keys]] = {
    "recognition acts": _acts,
    "asserted completed acts": _completed,
    "statements": _statements,
    "statements, side only": _sides,
    "speakers of statements": _speakers,
    "silences": _silences,
    "event triples": _events,
}


def _agreement(pairs: list[tuple[Gold, Gold]], keys: Callable[[Gold], Keys]) -> dict[str, Any]:
    counts = [(len(keys(a) & keys(b)), len(keys(a)), len(keys(b))) for a, b in pairs]
    rng = random.Random(SEED)  # noqa: S311 - a sample, no secret
    drawn = sorted(_f1([counts[rng.randrange(len(counts))] for _ in counts]) for _ in range(SAMPLES))
    return {
        "f1": round(_f1(counts), 3),
        "interval": [round(drawn[int(SAMPLES * 0.025)], 3), round(drawn[int(SAMPLES * 0.975) - 1], 3)],
        "both": sum(c[0] for c in counts), "first": sum(c[1] for c in counts), "second": sum(c[2] for c in counts),
    }  # fmt: skip


def _f1(counts: list[tuple[int, int, int]]) -> float:
    total = sum(c[1] + c[2] for c in counts)
    return 2 * sum(c[0] for c in counts) / total if total else 1.0


def _of_shared_acts(pairs: list[tuple[Gold, Gold]]) -> dict[str, Any]:
    """Of the acts that both have: the share with the same flag, capacity and date."""
    shared = []
    for a, b in pairs:
        one, other = (
            {(r["recogniser"], r["entity"], r["act"]): r for r in gold["recognition"]} for gold in (a, b)
        )  # fmt: skip
        shared += [(one[key], other[key]) for key in sorted(one.keys() & other.keys(), key=str)]
    found: dict[str, Any] = {"shared acts": len(shared)}
    for name, field in (("same asserted", "asserted"), ("same capacity", "target_kind"), ("same date", "date")):
        same = sum(x[field] == y[field] for x, y in shared)
        found[name] = round(same / len(shared), 3) if shared else None
    overlap = sum(_overlap(x["date"], y["date"]) for x, y in shared)
    found["dates that agree as far as they go"] = round(overlap / len(shared), 3) if shared else None
    return found


def _overlap(one: str | None, other: str | None) -> bool:
    """Whether two partial dates agree as far as the shorter goes; none agrees with none alone."""
    if one is None or other is None:
        return one is other
    return one.startswith(other) or other.startswith(one)


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT / "src"))
    sys.exit(main())
