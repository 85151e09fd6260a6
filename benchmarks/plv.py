#!/usr/bin/env python3
"""How well `dejure code-dyads` finds the root of a marked dyad, on the train split of the PLV benchmark.

    .venv/bin/python benchmarks/plv.py --shared DIR [--force]     writes benchmarks/results/plv.json

The benchmark is measured on, and no weight is trained on it. `benchmark_roots.toml` follows its labels where it draws a
border between types elsewhere; the figures without those rows, and with rows chosen on other sentences, stand beside.
DIR holds `bench/score_plv.py` and `data/plv/plv_train.tsv`. One row is the exception and says so: the same features
with a head fitted to the benchmark itself, by five-fold cross-validation, to compare with systems that train on it.
That head is not kept. Intervals are of the bootstrap (percentile, 95 %) over sentences; gains are tested by a paired
permutation of the two models' answers.
"""

from __future__ import annotations

import argparse
import csv
import importlib.util
import json
import math
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from result_files import ROOT, inputs_of, machine, stands, write

LEVELS = ("root", "penta", "binary")
DRAWS, SEED, FOLDS = 1000, 5, 5
#: How much what the shipped model says weighs beside the features.
SAID = 0.3
PENTA = {"AGREE": 1, "CONSULT": 1, "SUPPORT": 1, "COOPERATE": 2, "AID": 2, "YIELD": 2, "ACCUSE": 3, "REQUEST": 3,
         "REJECT": 3, "THREATEN": 3}  # fmt: skip
Labels = "np.ndarray[Any, Any]"


def main() -> int:
    """Measure, unless a result of the same inputs stands."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, required=True, metavar="DIR", help="folder with bench/ and data/")
    parser.add_argument("--force", action="store_true", help="measure even where a result of the same inputs stands")
    arguments = parser.parse_args()
    gold, scorer = arguments.shared / "data/plv/plv_train.tsv", arguments.shared / "bench/score_plv.py"
    missing = [str(path) for path in (gold, scorer) if not path.is_file()]
    if missing:
        raise SystemExit(f"plv: not there: {', '.join(missing)}")
    weights = sorted((ROOT / "src/dejure/models/data").glob("*"))
    inputs = inputs_of({"gold": [gold], "scorer": [scorer], "weights": weights})
    if stands("plv", inputs) and not arguments.force:
        print("plv: the result stands", file=sys.stderr)
        return 0
    with gold.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t"))
    answers = {model: code(gold, model) for model in models()}
    answers["cross_validation"] = cross_validated(rows)
    labels = [row["gold_root"] for row in rows]
    for model in models():
        answers |= {f"{model}_{name}": found for name, found in mapped(rows, model).items()}
    result = {
        "inputs": inputs, "machine": {"python": machine()["python"]}, "sentences": len(rows),
        "models": {name: measured(labels, [root for root, _ in found], scorer, gold, rows) | sureness(labels, found)
                   for name, found in answers.items()},
    }  # fmt: skip
    if "full" in answers:
        result["full_over_base_p"] = permuted(labels, *([r for r, _ in answers[m]] for m in ("base", "full")))
    write("plv", result)
    return 0


def models() -> list[str]:
    """Those whose weights and libraries are there."""
    has_encoder = (ROOT / "src/dejure/models/data/types_full.onnx").is_file()
    has_runtime = importlib.util.find_spec("onnxruntime") is not None
    return ["base", "full"] if has_encoder and has_runtime else ["base"]


def code(gold: Path, model: str) -> list[tuple[str, float]]:
    """Root and confidence of each sentence, by the command line."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "out.tsv"
        command = [sys.executable, "-m", "dejure", "code-dyads", str(gold), str(out), "--model", model]
        subprocess.run(command, check=True)  # noqa: S603 - our own command
        with out.open(encoding="utf-8", newline="") as lines:
            return [(row["root"], float(row["confidence"])) for row in csv.DictReader(lines, delimiter="\t")]


def cross_validated(rows: list[dict[str, str]]) -> list[tuple[str, float]]:
    """Answers of heads fitted to four fifths of the benchmark, each for the other fifth.

    A head sees the features of the shipped one and what the shipped model says of each type.
    """
    from dejure.coding.dyads import parse_marked, roots_of
    from dejure.coding.type_features import type_features
    from dejure.coding.type_model import TypeModel
    from dejure.models.training import fit_head
    from dejure.reading.reading import read_sentences
    from dejure.settings import Settings

    marked = [parse_marked(row["marked_sentence"]) for row in rows]
    sentences = read_sentences([one.text for one in marked], Settings())
    shipped = [TypeModel.load(name) for name in models()]
    features = []
    for sentence, one in zip(sentences, marked, strict=True):
        found = type_features(sentence, one.actor, one.recipient)
        for name, model in zip(models(), shipped, strict=True):
            shares = model.score(sentence, one.actor, one.recipient)
            roots = roots_of(sentence, one.actor, one.recipient, shares)
            said = {f"{name}:{kind}": share for kind, share in shares.items()}
            said |= {f"{name}>{root}": share for root, share in roots.items()}
            found |= {what: SAID * math.log(max(share, 1e-3)) for what, share in said.items()}
        features.append(found)
    labels = [row["gold_root"] for row in rows]
    fold_of = folds(labels)
    found: list[tuple[str, float]] = [("", 0.0)] * len(rows)
    for fold in range(FOLDS):
        inside = [i for i in range(len(rows)) if fold_of[i] != fold]
        head = fit_head([features[i] for i in inside], [labels[i] for i in inside], [1.0] * len(inside), "told:")
        for i in range(len(rows)):
            if fold_of[i] == fold:
                shares = head.probabilities(features[i])
                found[i] = (head.classes[int(shares.argmax())], float(shares.max()))
    return found


def mapped(rows: list[dict[str, str]], model: str) -> dict[str, list[tuple[str, float]]]:
    """Answers with no row of `benchmark_roots.toml`, and with those alone that help on the other four fifths.

    The rows were read off the whole train split, so their gain there is flattering; the second figure says how much of
    it a choice that has not seen the sentence keeps.
    """
    from dejure.coding.dyads import parse_marked, root_rows, roots_of
    from dejure.coding.type_model import TypeModel
    from dejure.reading.reading import read_sentences
    from dejure.settings import Settings

    labels = [row["gold_root"] for row in rows]
    marked = [parse_marked(row["marked_sentence"]) for row in rows]
    sentences = list(read_sentences([one.text for one in marked], Settings()))
    scorer = TypeModel.load(model)
    shares = [scorer.score(s, one.actor, one.recipient) for s, one in zip(sentences, marked, strict=True)]

    def answers(chosen: tuple[Any, ...]) -> list[tuple[str, float]]:
        found = []
        for sentence, one, share in zip(sentences, marked, shares, strict=True):
            roots = roots_of(sentence, one.actor, one.recipient, share, chosen)
            best = max(sorted(roots), key=lambda name: roots[name])
            found.append((best, roots[best]))
        return found

    plain = answers(())
    alone = {row: answers((row,)) for row in root_rows()}
    fold_of, chosen = folds(labels), [("", 0.0)] * len(rows)
    for fold in range(FOLDS):
        seen = [i for i in range(len(rows)) if fold_of[i] != fold]
        right = {row: sum(found[i][0] == labels[i] for i in seen) for row, found in alone.items()}
        kept = tuple(row for row in root_rows() if right[row] > sum(plain[i][0] == labels[i] for i in seen))
        with_kept = answers(kept)
        chosen = [with_kept[i] if fold_of[i] == fold else chosen[i] for i in range(len(rows))]
    return {"unmapped": plain, "rows_chosen_elsewhere": chosen}


def folds(labels: list[str]) -> list[int]:
    """A fold for each row, every label spread evenly over them."""
    draw = np.random.default_rng(SEED)
    found = [0] * len(labels)
    for label in sorted(set(labels)):
        places = [i for i, one in enumerate(labels) if one == label]
        for k, i in enumerate(draw.permutation(places)):
            found[int(i)] = k % FOLDS
    return found


def measured(
    labels: list[str], found: list[str], scorer: Path, gold: Path, rows: list[dict[str, str]]
) -> dict[str, Any]:
    """Scores by the benchmark's own scorer, with intervals."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "out.tsv"
        lines = [f"{row['uid']}\t{root}" for row, root in zip(rows, found, strict=True)]
        out.write_text("uid\troot\n" + "\n".join(lines) + "\n", encoding="utf-8")
        command = [sys.executable, str(scorer), str(out), "--gold", str(gold), "--json"]
        told = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)  # noqa: S603
    draw = np.random.default_rng(SEED)
    places = [draw.integers(len(labels), size=len(labels)) for _ in range(DRAWS)]
    levels = {}
    for level in LEVELS:
        one, two = (np.array([LEVEL_OF[level](name) for name in side]) for side in (labels, found))
        drawn = [macro(one[p], two[p]) for p in places]
        low, high = np.percentile(drawn, [2.5, 97.5])
        levels[level] = {
            "macro_f1": round(told[level]["macro_f1"], 4), "interval": [round(float(low), 4), round(float(high), 4)],
            "accuracy": round(told[level]["accuracy"], 4),
        }  # fmt: skip
    levels["by_root"] = {name: round(one["f1"], 3) for name, one in told["root"]["per_class"].items()}
    return levels


LEVEL_OF: dict[str, Callable[[str], Any]] = {
    "root": str, "penta": lambda name: PENTA.get(name, 4), "binary": lambda name: PENTA.get(name, 4) > 2,
}  # fmt: skip


def macro(gold: Any, found: Any) -> float:
    """Macro-F1 over the labels of either side."""
    scores = []
    for label in np.union1d(gold, found):
        both = np.sum((gold == label) & (found == label))
        scores.append(2 * both / (np.sum(gold == label) + np.sum(found == label)))
    return float(np.mean(scores))


def sureness(labels: list[str], found: list[tuple[str, float]]) -> dict[str, float]:
    """Expected calibration error of the confidence."""
    from dejure.models.training import calibration_error

    right = [root == label for (root, _), label in zip(found, labels, strict=True)]
    return {"calibration_error": round(calibration_error([sure for _, sure in found], right), 4)}


def permuted(labels: list[str], one: list[str], two: list[str]) -> float:
    """Two-sided p of the difference in root macro-F1, by swapping the models' answers sentence by sentence."""
    draw = np.random.default_rng(SEED)
    gold, first, second = np.array(labels), np.array(one), np.array(two)
    seen = abs(macro(gold, second) - macro(gold, first))
    at_least = 0
    for _ in range(DRAWS):
        swap = draw.random(len(gold)) < 0.5
        left, right = np.where(swap, second, first), np.where(swap, first, second)
        at_least += abs(macro(gold, right) - macro(gold, left)) >= seen
    return round((at_least + 1) / (DRAWS + 1), 4)


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT / "src"))
    sys.exit(main())
