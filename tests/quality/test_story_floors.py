"""Stories are found as well as before: floors beside the hash of the corpus that they were measured on."""

from __future__ import annotations

import datetime as dt
import functools
import hashlib
import json
import tomllib
from pathlib import Path
from typing import Any

import pytest

from dejure.ledger.stories import StoryAssignment, StoryItem, assign_stories

ROOT = Path(__file__).resolve().parents[2]
FLOORS = tomllib.loads(Path(__file__).with_name("floors.toml").read_text(encoding="utf-8"))["stories"]
HALVES = ("development", "test")


def rows(half: str, kind: str) -> list[dict[str, Any]]:
    path = ROOT / FLOORS["path"] / f"{half}_{kind}.jsonl"
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@functools.cache
def assigned(half: str) -> StoryAssignment:
    """All reports of a half together, so that a wrong link anywhere counts."""
    return assign_stories(
        StoryItem(row["id"], f"{row['title']}\n\n{row['text']}", dt.date.fromisoformat(row["published"]))
        for row in rows(half, "reports")
    )


def test_the_corpus_is_the_one_the_floors_were_set_on() -> None:
    digest = hashlib.sha256()
    for path in sorted((ROOT / FLOORS["path"]).glob("*.jsonl")):
        digest.update(path.read_bytes())
    assert digest.hexdigest() == FLOORS["sha256"], "another corpus needs other floors"


@pytest.mark.parametrize("half", HALVES)
def test_precision_and_recall_of_pairs(half: str) -> None:
    story_of = assigned(half).story_of
    pairs = [(row["same_story"], story_of[row["a"]] == story_of[row["b"]]) for row in rows(half, "pairs")]
    hits = sum(same and found for same, found in pairs)
    precision, recall = hits / sum(found for _, found in pairs), hits / sum(same for same, _ in pairs)
    assert precision >= FLOORS[half]["precision"], f"precision {precision:.3f}"
    assert recall >= FLOORS[half]["recall"], f"recall {recall:.3f}"


@pytest.mark.parametrize("half", HALVES)
def test_no_story_joins_two_families(half: str) -> None:
    family = {row["id"]: row["family"] for row in rows(half, "reports")}
    for report, story in assigned(half).story_of.items():
        assert family[report] == family[story], (report, story)


def test_the_halves_share_no_family() -> None:
    development, test = ({row["family"] for row in rows(half, "reports")} for half in HALVES)
    assert not development & test
    assert sum(len(rows(half, "pairs")) for half in HALVES) >= 300
