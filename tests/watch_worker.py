"""`dejure` with a coder that understands one sentence, `NAME has recognised NAME.`, for tests of the watch.

`DEJURE_TEST_PAUSE` makes it wait that many seconds at each report; every report that it reads is noted in the file that
`DEJURE_TEST_CODED` names.
"""

from __future__ import annotations

import os
import re
import sys
import time
from pathlib import Path
from types import ModuleType

from dejure.records import CoderCard, Coding, Entity, Recognised, Recognition, Report, ReportCard, record_id
from dejure.reference.tables import load_polities
from dejure.settings import Settings
from dejure.when import day

STATES = {"Kenya": "KEN", "Ghana": "GHA", "Peru": "PER", "Nepal": "NPL", "Chile": "CHL", "Malta": "MLT"}
POLITIES = {"Somaliland": "somaliland", "Abkhazia": "abkhazia", "Transnistria": "transnistria"}
RIVALS = {"Taipei": "taiwan-roc", "Beijing": "china-prc"}
_PLACES = POLITIES | RIVALS
_SENTENCE = re.compile(rf"({'|'.join(STATES)}) has (perhaps )?(recognised|withdrawn from) ({'|'.join(_PLACES)})\.")


def code_report(report: Report, settings: Settings) -> Coding:
    """An act for each such sentence; `perhaps` makes it doubtful."""
    if noted := os.environ.get("DEJURE_TEST_CODED"):
        with Path(noted).open("a") as file:
            file.write(f"{report.id}\n")
    time.sleep(float(os.environ.get("DEJURE_TEST_PAUSE", "0")))
    acts = []
    for found in _SENTENCE.finditer(report.body):
        span = report.slice("body", found.start(), found.end())
        acts.append(
            Recognition(
                id=record_id(report.text_sha256, "recognition", span.start, span.end),
                recogniser=Entity(id=STATES[found[1]], name=found[1]),
                recognised=_recognised(found[4]),
                act="recognise" if found[3] == "recognised" else "withdraw", manner=None, kind="de_jure", asserted=True,
                attributed_to=(), first=False,
                when=day(report.published, "publication") if report.published else None, effective=None, conditions=(),
                reasons=(), hedge=None, event=None, confidence=0.5 if found[2] else 0.93, evidence=span,
            )
        )  # fmt: skip
    return Coding(
        coder=CoderCard(name="fake", version="0", model=settings.model, models={}, reference=""),
        report=ReportCard(
            id=report.id, title=report.title, published=report.published, language="en", publisher=report.publisher,
            url=report.url, source=report.source, retrieved_at=report.retrieved_at, extractor=report.extractor,
            sha256=report.sha256, text_sha256=report.text_sha256,
        ),
        events=(), recognition=tuple(acts), statements=(), silences=(), background=(),
    )  # fmt: skip


def _recognised(name: str) -> Recognised:
    slug = _PLACES[name]
    return Recognised(id=slug, capacity=load_polities()[slug].capacity, name_raw=name)


def as_module() -> ModuleType:
    """A module to stand at `dejure.coding`."""
    module = ModuleType("dejure.coding")
    module.code_report = code_report  # type: ignore[attr-defined]
    module.code_reports = lambda reports, settings: (code_report(one, settings) for one in reports)  # type: ignore[attr-defined]
    return module


if __name__ == "__main__":
    sys.modules["dejure.coding"] = as_module()
    from dejure.cli.main import main

    sys.exit(main())
