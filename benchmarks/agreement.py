#!/usr/bin/env python3
"""How two coders of the PLOVER corpus agree, level by level.

    .venv/bin/python benchmarks/agreement.py [--force]     writes benchmarks/results/agreement.json

`corpora/plover/second_coding.txt` holds the codes of another session that saw only the guideline and bare sentences.
Both are model coders: the figures are an agreement between model coders, no more. Krippendorff's alpha for nominal data
(Krippendorff 2018, ch. 12): over sentences for whether they tell an event; over events, aligned one to one by type and
overlapping triggers or parties, for type (an event without a partner counts as "none"); where types agree, for mode and
auxiliary modes; contexts by the mean Jaccard index; actors and recipients by the share with overlapping words.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from collections.abc import Hashable
from pathlib import Path
from typing import Any

from result_files import ROOT, inputs_of, machine, stands, write

sys.path.insert(0, str(ROOT / "scripts"))

from corpus_build.blocks import read_authored

CORPUS = ROOT / "corpora" / "plover"

Event = dict[str, Any]
Pair = tuple[Event | None, Event | None]


def main() -> int:
    """Compare, unless a result of the same inputs stands."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--force", action="store_true", help="measure even where a result of the same inputs stands")
    arguments = parser.parse_args()
    inputs = inputs_of({"plover": [CORPUS / "authored", CORPUS / "second_coding.txt"]})
    if stands("agreement", inputs) and not arguments.force:
        print("agreement: the result stands", file=sys.stderr)
        return 0
    first, second = _codings()
    parts = {"all": list(second), "test": [i for i in second if first[i]["part"] == "test"]}
    scores = {part: _levels([(first[i]["events"], second[i]["events"]) for i in ids]) for part, ids in parts.items()}
    write("agreement", {"inputs": inputs, "machine": {"python": machine()["python"]}, "scores": scores})
    print(scores["all"])
    return 0


def _codings() -> tuple[dict[str, dict[str, Any]], dict[str, dict[str, Any]]]:
    """Author's and second coder's records by id; the second's words are looked up in the author's sentences."""
    from dejure.reference.ontology import load_ontology

    ontology = load_ontology()
    records, _ = read_authored(CORPUS / "authored", ontology)
    first = {record["id"]: record for record in records}
    blocks = []
    for block in (CORPUS / "second_coding.txt").read_text(encoding="utf-8").strip().split("\n\n"):
        head, *codes = block.strip().splitlines()
        one = first[head.removeprefix("#").strip()]
        top = " | ".join(str(one[key]) for key in ("id", "style", "year", "region", "published"))
        blocks.append("\n".join([f"# {top}", one["text"], *codes]))
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "second.txt").write_text("\n\n".join(blocks) + "\n", encoding="utf-8")
        again, slips = read_authored(Path(folder), ontology)
    for slip in slips:
        print(f"agreement: left out, {slip}", file=sys.stderr)
    return first, {record["id"]: record for record in again}


def _levels(sentences: list[tuple[list[Event], list[Event]]]) -> dict[str, Any]:
    pairs = [pair for one, other in sentences for pair in _aligned(one, other)]
    same = [(a, b) for a, b in pairs if a is not None and b is not None and a["event_type"] == b["event_type"]]
    return {
        "sentences": len(sentences),
        "events": len(pairs),
        "alpha_has_event": _alpha([(bool(a), bool(b)) for a, b in sentences]),
        "alpha_type": _alpha([(_type(a), _type(b)) for a, b in pairs]),
        "events_of_one_type": len(same),
        "alpha_mode": _alpha([(a["mode"], b["mode"]) for a, b in same]),
        "alpha_auxiliary": _alpha([(frozenset(a["auxiliary"]), frozenset(b["auxiliary"])) for a, b in same]),
        "jaccard_contexts": round(sum(_jaccard(a["contexts"], b["contexts"]) for a, b in same) / len(same), 3),
        "same_actor": _same_party(same, "actor"),
        "same_recipient": _same_party(same, "recipient"),
    }


def _type(event: Event | None) -> str:
    return event["event_type"] if event is not None else "none"


def _aligned(one: list[Event], other: list[Event]) -> list[Pair]:
    """Pairs of events, the likest first; what is left has no partner."""
    ranked = sorted(
        ((_likeness(a, b), i, j) for i, a in enumerate(one) for j, b in enumerate(other)), key=lambda x: (-x[0], *x[1:])
    )
    pairs: list[Pair] = []
    left, right = set(range(len(one))), set(range(len(other)))
    for likeness, i, j in ranked:
        if likeness > 0 and i in left and j in right:
            pairs.append((one[i], other[j]))
            left.discard(i)
            right.discard(j)
    return [*pairs, *((one[i], None) for i in sorted(left)), *((None, other[j]) for j in sorted(right))]


def _likeness(a: Event, b: Event) -> int:
    trigger = _overlap(a["trigger"], b["trigger"])
    parties = sum(any(_overlap(x, y) for x in a[part] for y in b[part]) for part in ("actor", "recipient"))
    return (4 * trigger + parties + 2 * (a["event_type"] == b["event_type"])) if trigger or parties else 0


def _overlap(a: Event | None, b: Event | None) -> bool:
    return a is not None and b is not None and bool(a["start"] < b["end"] and b["start"] < a["end"])


def _same_party(pairs: list[tuple[Event, Event]], part: str) -> float:
    """Share of pairs in which both name nobody, or words that overlap."""
    same = sum((not a[part] and not b[part]) or any(_overlap(x, y) for x in a[part] for y in b[part]) for a, b in pairs)
    return round(same / len(pairs), 3)


def _jaccard(a: list[str], b: list[str]) -> float:
    return len(set(a) & set(b)) / len(set(a) | set(b)) if a or b else 1.0


def _alpha(pairs: list[tuple[Hashable, Hashable]]) -> float:
    observed = sum(a != b for a, b in pairs) / len(pairs)
    values = Counter(value for pair in pairs for value in pair)
    n = sum(values.values())
    expected = 1 - sum(count * (count - 1) for count in values.values()) / (n * (n - 1))
    return round(1 - observed / expected, 3) if expected else 1.0


if __name__ == "__main__":
    sys.exit(main())
