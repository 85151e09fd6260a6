"""Reports coded at once are coded as each alone, and one that fails costs no other."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

from dejure import Report
from dejure.coding import code_report, code_reports
from dejure.errors import NoSentence
from dejure.records import Coding
from dejure.settings import Settings

CORPUS = Path(__file__).parents[3] / "corpora" / "recognition" / "development.jsonl"


def _reports(count: int) -> list[Report]:
    rows = [json.loads(line) for line in CORPUS.read_text(encoding="utf-8").splitlines()[:count]]
    return [
        Report(id=row["id"], title=row["title"], body=row["text"], published=dt.date.fromisoformat(row["published"]),
               language="en")
        for row in rows
    ]  # fmt: skip


def test_the_company_of_a_report_changes_nothing() -> None:
    reports = _reports(24)
    alone = [code_report(report, Settings()) for report in reports]
    assert list(code_reports(reports, Settings())) == alone
    assert list(code_reports(reports[::-3], Settings())) == alone[::-3]


def test_what_fails_stands_in_its_place() -> None:
    first, second = _reports(2)
    empty = Report(id="none", title="", body="123 - 456", published=None, language="en")
    french = Report(
        id="fr", title="", body="La Norvège a reconnu mardi l'État de Palestine.", published=None, language="fr"
    )
    found = list(code_reports([first, empty, french, second], Settings()))
    assert [type(one) for one in found] == [Coding, NoSentence, Coding, Coding]
    assert [one.report.id for one in found if isinstance(one, Coding)] == [first.id, "fr", second.id]
