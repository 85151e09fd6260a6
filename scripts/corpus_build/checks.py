"""What is checked of the corpus as a whole: repeats, sentences of one mould, words shared with a benchmark, counts.

Names and numbers are masked before sentences are compared, so that a template filled with other names is seen as one.
"""

from __future__ import annotations

import csv
import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

__all__ = ["counts", "mould_share", "repeats", "shared_runs", "telling_apart"]

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_HALF = 0.5
_FOLDS, _SMOOTHING, _SEED = 5, 1.0, 17


def _words(text: str) -> list[str]:
    return [m[0].lower() for m in _WORD.finditer(text)]


def _masked(text: str) -> list[str]:
    """Words in lower case; names (raised within a sentence) and numbers by one sign each."""
    found = []
    for at, match in enumerate(_WORD.finditer(text)):
        word = match[0]
        if any(c.isdigit() for c in word):
            found.append("#")
        elif at and word[0].isupper():
            found.append("@")
        else:
            found.append(word.lower())
    return found


def _runs(words: list[str], length: int) -> set[tuple[str, ...]]:
    return {tuple(words[i : i + length]) for i in range(len(words) - length + 1)}


def repeats(records: list[dict[str, Any]]) -> list[tuple[str, str]]:
    """Pairs of ids whose sentences are the same once names and numbers are masked."""
    first: dict[tuple[str, ...], str] = {}
    found = []
    for record in records:
        key = tuple(_masked(record["text"]))
        if key in first:
            found.append((first[key], record["id"]))
        first.setdefault(key, record["id"])
    return found


def mould_share(records: list[dict[str, Any]]) -> tuple[float, list[tuple[str, str]]]:
    """Share of all pairs in which half the masked word trigrams of the shorter stand in the other, and the pairs.

    Counted exactly, by an index from trigram to sentences.
    """
    runs = [_runs(_masked(record["text"]), 3) for record in records]
    where: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for i, own in enumerate(runs):
        for run in own:
            where[run].append(i)
    shared: Counter[tuple[int, int]] = Counter()
    for places in where.values():
        for k, i in enumerate(places):
            for j in places[k + 1 :]:
                shared[i, j] += 1
    like = [(i, j) for (i, j), n in shared.items() if n >= _HALF * max(1, min(len(runs[i]), len(runs[j])))]
    pairs = len(records) * (len(records) - 1) / 2
    return len(like) / max(1.0, pairs), [(records[i]["id"], records[j]["id"]) for i, j in sorted(like)]


def shared_runs(records: list[dict[str, Any]], benchmark: Path, length: int = 8) -> list[tuple[str, str]]:
    """Ids of sentences with a run of words that a benchmark's sentence has too, each with that run."""
    csv.field_size_limit(10**9)
    theirs: set[tuple[str, ...]] = set()
    with benchmark.open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows, delimiter="\t"):
            theirs |= _runs(_words(row["sentence"]), length)
    found = []
    for record in records:
        both = _runs(_words(record["text"]), length) & theirs
        if both:
            found.append((record["id"], " ".join(min(both))))
    return found


def counts(records: list[dict[str, Any]]) -> dict[str, Any]:
    """Sentences and events by part, type, mode, style; predicates; sentences with no event and with several."""
    events = [(record, event) for record in records for event in record["events"]]
    sentences_of: dict[str, set[str]] = defaultdict(set)
    for record, event in events:
        sentences_of[event["event_type"]].add(record["id"])
    modes = Counter(f"{e['event_type']} {e['mode']}" for _, e in events if e["mode"])
    triggers = {_stem(e["trigger"]["quote"]) for _, e in events}
    return {
        "sentences": len(records), "events": len(events),
        "parts": dict(sorted(Counter(r["part"] for r in records).items())),
        "styles": dict(sorted(Counter(r["style"] for r in records).items())),
        "without_event": sum(not r["events"] for r in records),
        "with_several": sum(len(r["events"]) > 1 for r in records),
        "predicates": len(triggers),
        "sentences_by_type": {kind: len(ids) for kind, ids in sorted(sentences_of.items())},
        "events_by_mode": dict(sorted(modes.items())),
        "auxiliary": dict(sorted(Counter(a for _, e in events for a in e["auxiliary"]).items())),
    }  # fmt: skip


def _stem(words: str) -> str:
    """Forms of one verb count once, roughly: the count of predicates must not be flattered by endings."""
    first = words.lower().split()[0]
    for ending in ("ing", "ied", "ed", "es", "s", "d"):
        if first.endswith(ending) and len(first) - len(ending) >= 3:
            return first.removesuffix(ending).rstrip("e")
    return first.rstrip("e")


def telling_apart(records: list[dict[str, Any]]) -> float:
    """How often a naive Bayes classifier over masked words tells test sentences from others, on balanced folds.

    One half is chance. Multinomial with add-one smoothing, as in Manning, Raghavan and Schütze (2008), chapter 13.
    """
    test = [_masked(r["text"]) for r in records if r["part"] == "test"]
    rest = [_masked(r["text"]) for r in records if r["part"] != "test"]
    draw = random.Random(_SEED)
    size = min(len(test), len(rest))
    both = [(words, True) for words in draw.sample(test, size)] + [(words, False) for words in draw.sample(rest, size)]
    draw.shuffle(both)
    right = 0
    for fold in range(_FOLDS):
        inside = [one for k, one in enumerate(both) if k % _FOLDS == fold]
        right += _right(inside, [one for k, one in enumerate(both) if k % _FOLDS != fold])
    return right / max(1, len(both))


def _right(inside: Iterable[tuple[list[str], bool]], outside: list[tuple[list[str], bool]]) -> int:
    from math import log

    counted = {label: Counter(w for words, own in outside if own is label for w in words) for label in (True, False)}
    size = len(set(counted[True]) | set(counted[False]))
    total = {label: sum(c.values()) + _SMOOTHING * size for label, c in counted.items()}
    right = 0
    for words, label in inside:
        score = {one: sum(log((counted[one][w] + _SMOOTHING) / total[one]) for w in words) for one in (True, False)}
        right += (score[True] > score[False]) is label
    return right
