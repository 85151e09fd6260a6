"""Accuracy does not fall: floors that stand beside the hash of the corpus they were measured on.

A floor is raised when the coder has become better, in the same change; a lower floor, or another corpus, is a decision
that needs a reason in its change.
"""

from __future__ import annotations

import functools
import hashlib
import json
import os
import tomllib
from pathlib import Path
from typing import Any

import pytest
from scoring import Score, score, wrong_spans

import dejure

ROOT = Path(__file__).resolve().parents[2]
FLOORS = tomllib.loads(Path(__file__).with_name("floors.toml").read_text(encoding="utf-8"))
SHARED = os.environ.get("DEJURE_SHARED")
FIELDS = ("id", "title", "text", "published", "language")

needs_shared = pytest.mark.skipif(not SHARED, reason="set DEJURE_SHARED to the folder that holds data/examples")


@functools.cache
def measure(path: Path) -> tuple[dict[str, Score], int]:
    """Scores by layer and the number of wrong spans; a report that was rejected has an empty coding."""
    reports = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    read = dejure.read_many({field: report.get(field) for field in FIELDS} for report in reports)
    codings: list[dict[str, Any]] = [
        {} if isinstance(one, dejure.Reject) else json.loads(json.dumps(one.to_dict())) for one in read
    ]
    pairs = list(zip(reports, codings, strict=True))
    return score(pairs), sum(wrong_spans(report, coding) for report, coding in pairs)


def check(path: Path, layer: str, floor: float) -> None:
    found = measure(path)[0][layer]
    assert found.f1 >= floor, f"{layer}: F1 {found.f1:.3f} is below its floor {floor} ({found})"


@pytest.mark.parametrize("name", ["development", "development_2", "development_3", "development_4", "development_5"])
class TestDevelopment:
    def test_the_corpus_is_the_one_the_floors_were_set_on(self, name: str) -> None:
        digest = hashlib.sha256((ROOT / FLOORS[name]["path"]).read_bytes()).hexdigest()
        assert digest == FLOORS[name]["sha256"], "another corpus needs other floors"

    @pytest.mark.parametrize("layer", sorted(FLOORS["development"]["f1"]))
    def test_no_layer_falls_below_its_floor(self, name: str, layer: str) -> None:
        check(ROOT / FLOORS[name]["path"], layer, FLOORS[name]["f1"][layer])

    def test_no_span_is_wrong(self, name: str) -> None:
        assert measure(ROOT / FLOORS[name]["path"])[1] == 0


@needs_shared
class TestExamples:
    corpus = FLOORS["examples"]
    path = Path(SHARED or "") / corpus["path"]

    @pytest.mark.parametrize("layer", sorted(corpus["f1"]))
    def test_no_layer_falls_below_its_floor(self, layer: str) -> None:
        check(self.path, layer, self.corpus["f1"][layer])

    def test_no_span_is_wrong(self) -> None:
        assert measure(self.path)[1] == 0
