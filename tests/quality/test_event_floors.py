"""Events of raw sentences hold their floors on the development part of the PLOVER corpus."""

from __future__ import annotations

import functools
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "benchmarks"))

import events as benchmark  # noqa: E402

FLOORS = tomllib.loads(Path(__file__).with_name("floors.toml").read_text(encoding="utf-8"))["plover_events"]


@functools.cache
def found() -> dict[str, Any]:
    blocks = list(benchmark.blocks_of(benchmark.CORPUS))
    events = benchmark.found_in(blocks)
    scores, _ = benchmark.score(blocks, events)
    return scores | benchmark.sureness(blocks, events)


@pytest.mark.parametrize("figure", ["precision", "recall", "mode_accuracy", "auxiliary_f1"])
def test_no_figure_falls(figure: str) -> None:
    assert found()[figure] >= FLOORS[figure]


def test_few_sentences_without_an_event_yield_one() -> None:
    assert found()["no_event_sentences_with_event"] <= FLOORS["most_no_event_sentences_with_event"]


def test_events_of_more_confidence_are_more_often_right() -> None:
    levels = found()["from_confidence"]
    assert levels["0.5"]["precision"] > levels["0.3"]["precision"] > found()["precision"]
    assert found()["calibration_error"] < 0.1
