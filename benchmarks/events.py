#!/usr/bin/env python3
"""How right the event coder is on the sentences written for this project.

    .venv/bin/python benchmarks/events.py [--force] [--misses FILE]     writes benchmarks/results/events.json
    .venv/bin/python benchmarks/events.py --frozen AUTHOR [--force]     writes benchmarks/results/events_frozen.json

With `--model full`, which needs the extra `[onnx]`, the names of the results end in `_full`.

Each sentence of the development part of `corpora/plover/sentences.jsonl` is read as a report of its own. An event found
and one marked are the same if type, actor and recipient agree: spans overlap, or neither has any.
Paired one to one. Reported are precision and recall over all events and by type, how often the mode agrees, F1 of the
auxiliary modes over the pairs, and the share of the sentences without an event that yield one; last how far confidence
is from the share right, over bins of equal mass, and precision and recall of the events above some confidences. These
are the figures to work by, not the ones to be judged by: thresholds of the coder were chosen on this part. `--frozen`
scores the sentences of one author of the part `test`, once, after lexicon and weights are frozen.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from result_files import ROOT, inputs_of, machine, stands, write

CORPUS = ROOT / "corpora" / "plover" / "sentences.jsonl"
PART = "development"
AUXILIARY = ("historical", "future", "hypothetical", "negation")
LEAST_CONFIDENCES = (0.3, 0.4, 0.5, 0.6, 0.7, 0.8)
BINS = 15

Spans = list[tuple[int, int]]


@dataclass(frozen=True)
class Told:
    """An event, marked or found, by what is compared."""

    event_type: str
    mode: str | None
    auxiliary: frozenset[str]
    actor: Spans
    recipient: Spans
    trigger: str = ""
    confidence: float = 1.0


@dataclass(frozen=True)
class Block:
    """One authored sentence with its marked events."""

    id: str
    published: str
    text: str
    events: list[Told]


def main() -> int:
    """Score, unless a result of the same inputs stands."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--force", action="store_true", help="score even where a result of the same inputs stands")
    parser.add_argument("--misses", type=Path, metavar="FILE", help="write what was missed and what was false here")
    parser.add_argument("--frozen", metavar="AUTHOR", help="score this author's sentences of the part `test`")
    parser.add_argument("--model", choices=["base", "full"], default="base", help="the coder that is measured")
    arguments = parser.parse_args()
    name = ("events_frozen" if arguments.frozen else "events") + ("_full" if arguments.model == "full" else "")
    data = ROOT / "src/dejure/models/data"
    kinds = ["*_base.npz", *(["*_full.*"] if arguments.model == "full" else [])]
    inputs = inputs_of({"corpus": [CORPUS], "weights": sorted(path for kind in kinds for path in data.glob(kind))})
    if arguments.frozen:
        inputs["author"] = arguments.frozen
    if stands(name, inputs) and not arguments.force and arguments.misses is None:
        print(f"{name}: the result stands", file=sys.stderr)
        return 0
    blocks = list(blocks_of(CORPUS, arguments.frozen))
    found = found_in(blocks, arguments.model)
    scores, misses = score(blocks, found)
    scores |= sureness(blocks, found)
    if arguments.misses is not None:
        arguments.misses.write_text("\n".join(misses) + "\n", encoding="utf-8")
    write(name, {"inputs": inputs, "machine": {"python": machine()["python"]}, "scores": scores})
    print({key: value for key, value in scores.items() if key not in ("types", "from_confidence")})
    return 0


def blocks_of(path: Path, frozen: str | None = None) -> Iterator[Block]:
    """The sentences of the development part, or of one author of the part that is held out."""
    for line in path.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        if (record["part"] == PART) if frozen is None else (record["author"] == frozen):
            yield Block(record["id"], record["published"], record["text"], [_marked(e) for e in record["events"]])


def _marked(event: dict[str, Any]) -> Told:
    return Told(
        event["event_type"], event["mode"], frozenset(event["auxiliary"]),
        [(words["start"], words["end"]) for words in event["actor"]],
        [(words["start"], words["end"]) for words in event["recipient"]], event["trigger"]["quote"],
    )  # fmt: skip


def found_in(blocks: list[Block], model: str = "base") -> dict[str, list[Told]]:
    """What the coder finds in each block."""
    from dejure.reader import read_many
    from dejure.records import Coding
    from dejure.settings import Settings

    settings = replace(Settings.from_environment(), model=model)
    reports = [{"id": b.id, "title": "", "text": b.text, "published": b.published, "language": "en"} for b in blocks]
    found: dict[str, list[Told]] = {}
    for block, coding in zip(blocks, read_many(reports, settings=settings), strict=True):
        events = coding.events if isinstance(coding, Coding) else ()
        found[block.id] = [
            Told(
                e.event_type, e.mode, frozenset(a for a in AUXILIARY if getattr(e.auxiliary, a)),
                [(x.start, x.end) for x in e.actor if x.start is not None and x.end is not None],
                [(x.start, x.end) for x in e.recipient if x.start is not None and x.end is not None],
                block.text[e.trigger.start : e.trigger.end], e.confidence,
            )
            for e in events
        ]  # fmt: skip
    return found


def score(blocks: list[Block], found: dict[str, list[Told]]) -> tuple[dict[str, Any], list[str]]:
    """Figures, and a line for each miss and each false event."""
    marked_by, found_by, right_by = Counter[str](), Counter[str](), Counter[str]()
    modes, aux_right, aux_found, aux_marked = [], 0, 0, 0
    misses: list[str] = []
    quiet = [b for b in blocks if not b.events]
    for block in blocks:
        marked, coded = block.events, found[block.id]
        pairs = paired(marked, coded)
        marked_by.update(e.event_type for e in marked)
        found_by.update(e.event_type for e in coded)
        right_by.update(marked[i].event_type for i in pairs)
        for i, j in pairs.items():
            if marked[i].mode is not None:
                modes.append(marked[i].mode == coded[j].mode)
            aux_right += len(marked[i].auxiliary & coded[j].auxiliary)
            aux_found += len(coded[j].auxiliary)
            aux_marked += len(marked[i].auxiliary)
        misses += _told(block, coded, pairs)
    return {
        "sentences": len(blocks), **_rates(sum(right_by.values()), sum(found_by.values()), sum(marked_by.values())),
        "events_per_sentence": round(sum(found_by.values()) / len(blocks), 3),
        "mode_accuracy": _share(sum(modes), len(modes)),
        "auxiliary_f1": _share(2 * aux_right, aux_found + aux_marked),
        "no_event_sentences": len(quiet),
        "no_event_sentences_with_event": _share(sum(bool(found[b.id]) for b in quiet), len(quiet)),
        "types": {t: _rates(right_by[t], found_by[t], marked_by[t]) for t in sorted(marked_by)},
    }, misses  # fmt: skip


def sureness(blocks: list[Block], found: dict[str, list[Told]]) -> dict[str, Any]:
    """Calibration error of the confidences, and precision and recall of the events above some of them."""
    from dejure.models.training import calibration_error

    sure, right = [], []
    for block in blocks:
        pairs = paired(block.events, found[block.id])
        sure += [one.confidence for one in found[block.id]]
        right += [j in pairs.values() for j in range(len(found[block.id]))]
    levels = {}
    for least in LEAST_CONFIDENCES:
        kept = {b.id: [e for e in found[b.id] if e.confidence >= least] for b in blocks}
        hits = sum(len(paired(b.events, kept[b.id])) for b in blocks)
        levels[str(least)] = _rates(hits, sum(map(len, kept.values())), sum(len(b.events) for b in blocks))
    return {"calibration_error": round(calibration_error(sure, right, BINS), 4), "from_confidence": levels}


def paired(marked: list[Told], coded: list[Told]) -> dict[int, int]:
    """One-to-one pairs of marked and found events, the largest such set, found by augmenting paths."""
    fits = {i: [j for j, c in enumerate(coded) if is_same(m, c)] for i, m in enumerate(marked)}
    taken: dict[int, int] = {}

    def settle(i: int, tried: set[int]) -> bool:
        for j in fits[i]:
            if j not in tried:
                tried.add(j)
                if j not in taken or settle(taken[j], tried):
                    taken[j] = i
                    return True
        return False

    for i in fits:
        settle(i, set())
    return {i: j for j, i in taken.items()}


def is_same(marked: Told, coded: Told) -> bool:
    """Whether type, actor and recipient agree."""
    return (
        marked.event_type == coded.event_type
        and _meet(marked.actor, coded.actor)
        and (_meet(marked.recipient, coded.recipient) or not (marked.recipient or coded.recipient))
    )


def _meet(first: Spans, second: Spans) -> bool:
    return any(a < d and c < b for a, b in first for c, d in second)


def _rates(right: int, found: int, marked: int) -> dict[str, Any]:
    return {"precision": _share(right, found), "recall": _share(right, marked), "found": found, "marked": marked}


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None


def _told(block: Block, coded: list[Told], pairs: dict[int, int]) -> list[str]:
    missed = [e for i, e in enumerate(block.events) if i not in pairs]
    false = [e for j, e in enumerate(coded) if j not in pairs.values()]
    if not missed and not false:
        return []
    lines = ["", f"{block.id}  {block.text}"]
    for sign, events in (("- ", missed), ("+ ", false)):
        lines += [
            f"  {sign}{e.event_type} {[block.text[a:b] for a, b in e.actor]} "
            f"{[block.text[a:b] for a, b in e.recipient]} {e.trigger}"
            for e in events
        ]
    return lines


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT / "src"))
    sys.exit(main())
