#!/usr/bin/env python3
"""How right the coder is, by the scorers of a folder of gold standards.

    .venv/bin/python benchmarks/accuracy.py --shared DIR [--force]     writes benchmarks/results/accuracy.json
    .venv/bin/python benchmarks/accuracy.py --shared DIR --frozen      writes benchmarks/results/accuracy_frozen.json

The folder holds `bench/` with the scorers, called as programs of their own, and `data/` with the gold. The development
corpora of this repository are scored in the same way, so that they can be compared: what the coder was built on, and
what others wrote. `--frozen` scores the frozen reports, once, after the rules are; with intervals of 95 % by bootstrap
over reports.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from result_files import ROOT, inputs_of, machine, stands, write

RECOGNITION = ROOT / "corpora" / "recognition"
_SETS = ("development", "development_2", "development_3", "development_4", "development_5")
DEVELOPMENT = {name: RECOGNITION / f"{name}.jsonl" for name in _SETS}
FROZEN = RECOGNITION / "frozen.jsonl"
DRAWS = 200
SEED = 20250703


def main() -> int:
    """Score, unless a result of the same inputs stands."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, required=True, metavar="DIR", help="folder with bench/ and data/")
    parser.add_argument("--force", action="store_true", help="score even where a result of the same inputs stands")
    parser.add_argument("--frozen", action="store_true", help="score the frozen reports instead")
    arguments = parser.parse_args()
    name = "accuracy_frozen" if arguments.frozen else "accuracy"
    examples = arguments.shared / "data" / "examples"
    scorer = arguments.shared / "bench" / "score_reports.py"
    gold = {"examples": examples / "reports.jsonl", **DEVELOPMENT}
    if arguments.frozen:
        gold = {"frozen": FROZEN}
    missing = [str(path) for path in (scorer, *gold.values()) if not path.is_file()]
    if missing:
        raise SystemExit(f"accuracy: not there: {', '.join(missing)}")
    inputs = inputs_of({"scorer": [scorer.parent], **{one: [path] for one, path in gold.items()}})
    if stands(name, inputs) and not arguments.force:
        print(f"{name}: the result stands", file=sys.stderr)
        return 0
    hints = {"examples": examples / "scoring_hints.json"}
    scores = {one: _score(scorer, path, hints.get(one), draws=DRAWS * arguments.frozen) for one, path in gold.items()}
    write(name, {"inputs": inputs, "machine": {"python": machine()["python"]}, "scores": scores})
    return 0


def _score(scorer: Path, gold: Path, hints: Path | None, *, draws: int = 0) -> dict[str, Any]:
    """What the scorer says of the codings of a gold standard's own reports; with draws, also of reports drawn again."""
    with tempfile.TemporaryDirectory() as folder:
        codings = Path(folder) / "codings.jsonl"
        _read(gold, codings)
        extra = ["--hints", str(hints)] if hints is not None and hints.is_file() else []
        found = _ask(scorer, codings, gold, extra)
        found["aligned by evidence"] = _aligned(gold, codings)
        if draws:
            found["intervals_95"] = _intervals(scorer, codings, gold, Path(folder), draws)
    return found


def _ask(scorer: Path, codings: Path, gold: Path, extra: list[str]) -> dict[str, Any]:
    command = [sys.executable, str(scorer), str(codings), str(gold), *extra, "--json"]
    ran = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603 - a scorer we were given
    found = json.loads(ran.stdout)
    assert isinstance(found, dict)
    return found


def _aligned(gold: Path, codings: Path) -> dict[str, Any]:
    """Who recognises whom, among records of one act whose words overlap; the scorer itself joins by the answer.

    Each gold record is paired with one coded record of the same act and at least one common character of evidence,
    those first that agree most.
    """
    coded = {found["report"]["id"]: found for found in map(json.loads, codings.read_text("utf-8").splitlines())}
    pairs: list[tuple[bool, ...]] = []
    for line in gold.read_text("utf-8").splitlines():
        report = json.loads(line)
        free = list(coded.get(report["id"], {}).get("recognition", []))
        rows = [row for row in report["gold"]["recognition"] if row.get("quote") and row["quote"] in report["text"]]
        while rows and free:
            best = max(
                (_agreement(row, one, report["text"]), -i, -j)
                for i, row in enumerate(rows)
                for j, one in enumerate(free)
            )
            if not best[0]:
                break
            pairs.append(best[0])
            del rows[-best[1]], free[-best[2]]
    total = len(pairs)
    share = [round(sum(pair[i] for pair in pairs) / total, 3) if total else None for i in range(3)]
    return {"pairs": total, "recogniser right": share[0], "polity right": share[1], "capacity right": share[2]}


def _agreement(row: dict[str, Any], one: dict[str, Any], text: str) -> tuple[bool, ...]:
    """Whether recogniser, polity and capacity are the same; empty where the two are not about the same words."""
    start, evidence = text.index(row["quote"]), one["evidence"]
    is_same = evidence["part"] == "body" and evidence["start"] < start + len(row["quote"]) and start < evidence["end"]
    if not is_same or one["act"] != row["act"]:
        return ()
    who, what = one["recogniser"] or {}, one["recognised"]
    names = {who.get("id"), who.get("country"), who.get("name")} if who else {None}
    return row["recogniser"] in names, row["entity"] == what["id"], row["target_kind"] == what["capacity"]


def _intervals(scorer: Path, codings: Path, gold: Path, folder: Path, draws: int) -> dict[str, dict[str, list[float]]]:
    """Percentile bootstrap over reports: each draw gives reports ids of their own and asks the scorer again."""
    golden = [json.loads(line) for line in gold.read_text(encoding="utf-8").splitlines() if line.strip()]
    coded = {row["report"]["id"]: row for row in map(json.loads, codings.read_text(encoding="utf-8").splitlines())}
    draw = random.Random(SEED)  # noqa: S311 - resampling, nothing secret
    drawn: dict[str, dict[str, list[float]]] = {}
    for _ in range(draws):
        pairs = [(f"{place}", one) for place, one in enumerate(draw.choices(golden, k=len(golden)))]
        again = [{**one, "id": id_} for id_, one in pairs]
        read = [
            {**coded[one["id"]], "report": {**coded[one["id"]]["report"], "id": id_}}
            for id_, one in pairs if one["id"] in coded
        ]  # fmt: skip
        (folder / "gold").write_text("\n".join(map(json.dumps, again)), encoding="utf-8")
        (folder / "coded").write_text("\n".join(map(json.dumps, read)), encoding="utf-8")
        for part, values in _ask(scorer, folder / "coded", folder / "gold", []).items():
            for figure, value in values.items() if isinstance(values, dict) else ():
                if figure in ("p", "r", "f1") and value is not None:
                    drawn.setdefault(part, {}).setdefault(figure, []).append(value)
    return {part: {figure: _middle(values) for figure, values in found.items()} for part, found in drawn.items()}


def _middle(values: list[float]) -> list[float]:
    ranked = sorted(values)
    return [ranked[int(len(ranked) * 0.025)], ranked[min(len(ranked) - 1, int(len(ranked) * 0.975))]]


def _read(gold: Path, codings: Path) -> None:
    """Read the reports of a gold standard by the command line; some may be rejected, and count as read to nothing."""
    command = [sys.executable, "-m", "dejure", "read", str(gold), "--input-format", "jsonl", "--format", "jsonl"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    with codings.open("wb") as out:
        ran = subprocess.run(command, stdout=out, env=environment, check=False)  # noqa: S603 - our own command
    some_rejected = 4
    if ran.returncode not in (0, some_rejected):
        raise SystemExit(f"accuracy: reading {gold} ended with exit code {ran.returncode}")


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT / "src"))
    sys.exit(main())
