#!/usr/bin/env python3
"""Who is who: how right the resolver is on our own labelled mentions, and how two labellers agree.

    .venv/bin/python benchmarks/actors.py [--half development|frozen|held_out|unseen|fresh|sealed|sealed_2] [--force]

Writes benchmarks/results/actors_HALF.json: id accuracy over spans (the set of ids must be equal), precision of ids that
are not null, accuracy of the country, each with n and a 95 % interval that resamples passages (mentions of one passage
hang together); the same by stratum; and the agreement of author and blind second labeller on ids (share of equal sets,
Krippendorff's alpha for nominal data). Both labellers are language-model sessions: it is an agreement between model
coders. A held-out part is opened once, after tables and rules are frozen; all of these have been opened.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

from result_files import ROOT, inputs_of, machine, stands, write

FOLDER = ROOT / "corpora" / "actors"
DRAWS = 2000
SEED = 20250703

Ids = frozenset[str]
Row = dict[str, Any]
HALVES = ("development", "frozen", "held_out", "unseen", "fresh", "sealed", "sealed_2")


def main() -> int:
    """Measure one half, unless a result of the same inputs stands."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--half", choices=HALVES, default="development")
    parser.add_argument("--force", action="store_true", help="measure even where a result of the same inputs stands")
    arguments = parser.parse_args()
    prefix = f"{arguments.half}_" if arguments.half not in ("development", "frozen") else ""
    labelled, again = FOLDER / f"{prefix}passages.jsonl", FOLDER / f"{prefix}second_labels.jsonl"
    inputs = inputs_of({"actors": [path for path in (labelled, again) if path.is_file()]})
    name = f"actors_{arguments.half}"
    if stands(name, inputs) and not arguments.force:
        print(f"{name}: the result stands", file=sys.stderr)
        return 0
    passages = [row for row in _lines(labelled) if row["half"] == arguments.half]
    rows = [row for passage in passages for row in _resolved(passage)]
    scores = {"all": _figures(rows)}
    for kind in sorted({row["kind"] for row in rows}):
        scores[kind] = _figures([row for row in rows if row["kind"] == kind])
    result = {"inputs": inputs, "machine": {"python": machine()["python"]}, "half": arguments.half,
              "passages": len(passages), "scores": scores, "agreement": _agreement(passages, again)}  # fmt: skip
    write(name, result)
    print(json.dumps({"scores": scores["all"], "agreement": result["agreement"]}, indent=1))
    return 0


def _lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def _spans(passage: dict[str, Any]) -> dict[tuple[int, int], list[dict[str, Any]]]:
    spans: dict[tuple[int, int], list[dict[str, Any]]] = {}
    for mention in passage["mentions"]:
        spans.setdefault((mention["start"], mention["end"]), []).append(mention)
    return spans


def _ids(labels: list[dict[str, Any]]) -> Ids:
    return frozenset(label["id"] for label in labels if label["id"])


def _resolved(passage: dict[str, Any]) -> list[Row]:
    from dejure.coding.resolve import resolve_mentions

    spans = _spans(passage)
    found = resolve_mentions(passage["text"], list(spans), dt.date.fromisoformat(passage["on"]))
    rows = []
    for labels, one in zip(spans.values(), found, strict=True):
        given = frozenset({one.id, *one.also}) if one.id is not None else frozenset()
        rows.append({
            "uid": passage["uid"], "kind": labels[0]["kind"], "is_named": bool(given),
            "is_right": given == _ids(labels), "has_country": one.country == labels[0]["country"],
        })  # fmt: skip
    return rows


def _figures(rows: list[Row]) -> dict[str, Any]:
    named = [row for row in rows if row["is_named"]]
    return {
        "id_accuracy": _share(rows, lambda row: row["is_right"]),
        "precision_of_ids": _share(named, lambda row: row["is_right"]),
        "country_accuracy": _share(rows, lambda row: row["has_country"]),
    }


def _share(rows: list[Row], holds: Callable[[Row], bool]) -> dict[str, Any]:
    """Share with a percentile bootstrap over passages."""
    by_passage: dict[str, list[bool]] = defaultdict(list)
    for row in rows:
        by_passage[row["uid"]].append(holds(row))
    counts = [(sum(found), len(found)) for found in by_passage.values()]
    draw = random.Random(SEED)  # noqa: S311 - resampling, nothing secret
    shares = []
    for _ in range(DRAWS):
        drawn = draw.choices(counts, k=len(counts))
        shares.append(sum(right for right, _ in drawn) / sum(n for _, n in drawn))
    shares.sort()
    right, n = sum(c for c, _ in counts), sum(n for _, n in counts)
    interval = [round(shares[int(DRAWS * 0.025)], 3), round(shares[int(DRAWS * 0.975) - 1], 3)]
    return {"share": round(right / n, 3), "n": n, "interval_95": interval}


def _agreement(passages: list[dict[str, Any]], again: Path) -> dict[str, Any]:
    """Of author and second labeller, on the passages that both labelled."""
    if not again.is_file():
        return {"n": 0}
    second = {row["uid"]: {(m["start"], m["end"]): m["labels"] for m in row["mentions"]}
              for row in _lines(again)}  # fmt: skip
    both = [passage for passage in passages if passage["uid"] in second]
    pairs = [(_ids(labels), _ids(second[passage["uid"]][span]))
             for passage in both for span, labels in _spans(passage).items()]  # fmt: skip
    observed = sum(one != other for one, other in pairs) / len(pairs)
    values = Counter(value for pair in pairs for value in pair)
    total = sum(values.values())
    expected = 1 - sum(n * (n - 1) for n in values.values()) / (total * (total - 1))
    return {"n": len(pairs), "same_ids": round(1 - observed, 3), "alpha_ids": round(1 - observed / expected, 3)}


if __name__ == "__main__":
    sys.exit(main())
