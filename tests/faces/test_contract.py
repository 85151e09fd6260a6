"""What the real coder writes, held against the contract. Skipped until there is one."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import jsonschema
import pytest
from shared_by_tests import ROOT, Run

from dejure.records import json_schema

pytest.importorskip("dejure.coding").__dict__.get("code_report") or pytest.skip("no coder yet", allow_module_level=True)

DEMO = [sys.executable, "-m", "dejure", "demo", "--format", "jsonl"]


@pytest.fixture(scope="module")
def demo() -> list[dict[str, object]]:
    """The demonstration's codings."""
    out = subprocess.run(DEMO, capture_output=True, text=True, check=True).stdout
    return [json.loads(line) for line in out.splitlines()]


def test_all_output_is_valid(demo: list[dict[str, object]]) -> None:
    validator = jsonschema.Draft202012Validator(json_schema())
    for coding in demo:
        validator.validate(coding)


def test_every_quote_is_its_slice(dejure: Run) -> None:
    found = dejure("read", ROOT / "examples" / "reports", "--format", "jsonl", "--with-text")
    assert found.code == 0
    for line in found.out.splitlines():
        coding = json.loads(line)
        parts = {"title": coding["report"]["title"], "body": coding["report"]["text"]}
        spans = list(_spans(coding))
        assert all(parts[span["part"]][span["start"] : span["end"]] == span["quote"] for span in spans)


def test_the_same_bytes_under_other_hash_seeds(demo: list[dict[str, object]]) -> None:
    for seed in ("0", "1"):
        out = subprocess.run(DEMO, capture_output=True, check=True, env={**os.environ, "PYTHONHASHSEED": seed}).stdout
        assert [json.loads(line) for line in out.splitlines()] == demo


def _spans(value: object):  # type: ignore[no-untyped-def]
    if isinstance(value, dict):
        if value.get("quote") and value.get("part"):
            yield value
        for one in value.values():
            yield from _spans(one)
    elif isinstance(value, list):
        for one in value:
            yield from _spans(one)
