"""Whole codings of four bundled reports, without the coder's card."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

import dejure

FOLDER = Path(__file__).parent
REPORTS = FOLDER.parents[1] / "examples" / "reports"
NAMES = (
    "2018-02-02-guinea-bissau-kosovo",
    "2024-01-15-nauru-taiwan",
    "2025-07-03-russia-taliban",
    "2025-09-22-singapore-palestine-condition",
)


def coded(name: str) -> str:
    """The coding as the golden file keeps it; paths differ between machines, versions between releases."""
    with (REPORTS / "published.csv").open(encoding="utf-8", newline="") as rows:
        published = {row["file"]: row["published"] for row in csv.DictReader(rows)}
    coding = dejure.read(REPORTS / f"{name}.txt", published=published[f"{name}.txt"]).to_dict()
    del coding["coder"]
    coding["report"]["source"] = f"{name}.txt"
    return json.dumps(coding, ensure_ascii=False, indent=1) + "\n"


@pytest.mark.parametrize("name", NAMES)
def test_the_coding_is_the_golden_one(name: str, update_golden: bool) -> None:
    path = FOLDER / f"{name}.json"
    found = coded(name)
    if update_golden:
        path.write_text(found, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == found, "run pytest tests/golden --update-golden, and read the difference"


def test_no_golden_file_is_left_over() -> None:
    assert sorted(path.stem for path in FOLDER.glob("*.json")) == sorted(NAMES)
