"""Reports of one happening are put together as well as before, from text to incident, on the development half."""

from __future__ import annotations

import datetime as dt
import hashlib
import itertools
import json
import tomllib
from pathlib import Path

import dejure
from dejure.corpus.incidents import IncidentFinder
from dejure.corpus.lead_words import lead_words
from dejure.corpus.rows import rows_of

ROOT = Path(__file__).resolve().parents[2]
FLOORS = tomllib.loads(Path(__file__).with_name("floors.toml").read_text(encoding="utf-8"))["incidents"]
CORPUS = ROOT / FLOORS["path"]


def test_precision_and_recall_over_pairs_of_reports() -> None:
    assert hashlib.sha256(CORPUS.read_bytes()).hexdigest() == FLOORS["sha256"], "another corpus needs other floors"
    reports = [json.loads(line) for line in CORPUS.read_text(encoding="utf-8").splitlines()]
    finder = IncidentFinder()
    given = [{key: one[key] for key in ("id", "title", "text", "published")} | {"language": "en"} for one in reports]
    for one, coding in zip(reports, dejure.read_many(given), strict=True):
        assert isinstance(coding, dejure.Coding)
        finder.add_report(one["id"], dt.date.fromisoformat(one["published"]), lead_words(one["title"], one["text"]))
        for name, row in rows_of(coding):
            if name == "events":
                finder.add_event(row)
    together = {
        pair
        for incident in finder.incidents()
        for pair in itertools.combinations(sorted({member.report_id for member in incident.members}), 2)
    }
    true, found = 0, []
    for one, other in itertools.combinations(sorted(reports, key=lambda report: str(report["id"])), 2):
        if one["happening"] in other["also"] or other["happening"] in one["also"]:
            continue
        is_true = one["happening"] == other["happening"]
        true += is_true
        if (one["id"], other["id"]) in together:
            found.append(is_true)
    assert sum(found) / len(found) >= FLOORS["precision"]
    assert sum(found) / true >= FLOORS["recall"]
