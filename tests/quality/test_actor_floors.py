"""Mentions are resolved as well as before: floors beside the hash of the corpus that they were measured on."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import tomllib
from pathlib import Path
from typing import Any

import pytest

from dejure.coding.resolve import resolve_mentions

ROOT = Path(__file__).resolve().parents[2]
FLOORS = tomllib.loads(Path(__file__).with_name("floors.toml").read_text(encoding="utf-8"))["actors"]
CORPUS = ROOT / FLOORS["path"]


def passages(half: str) -> list[dict[str, Any]]:
    rows = [json.loads(line) for line in CORPUS.read_text(encoding="utf-8").splitlines()]
    return [row for row in rows if row["half"] == half]


def test_the_corpus_is_the_one_the_floors_were_set_on() -> None:
    assert hashlib.sha256(CORPUS.read_bytes()).hexdigest() == FLOORS["sha256"], "another corpus needs other floors"


@pytest.mark.parametrize("half", ["development", "frozen"])
def test_accuracy_and_precision_of_ids(half: str) -> None:
    named = right = right_of_named = total = 0
    for passage in passages(half):
        gold: dict[tuple[int, int], set[str]] = {}
        for mention in passage["mentions"]:
            ids = gold.setdefault((mention["start"], mention["end"]), set())
            ids |= {mention["id"]} - {None}
        found = resolve_mentions(passage["text"], list(gold), dt.date.fromisoformat(passage["on"]))
        for ids, one in zip(gold.values(), found, strict=True):
            given = {one.id, *one.also} if one.id is not None else set()
            total += 1
            right += given == ids
            named += bool(given)
            right_of_named += bool(given) and given == ids
    assert right / total >= FLOORS[half]["id_accuracy"], f"id accuracy {right / total:.3f}"
    assert right_of_named / named >= FLOORS[half]["precision"], f"precision {right_of_named / named:.3f}"
