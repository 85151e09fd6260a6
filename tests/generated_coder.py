"""A coder of the generated reports that errs as coders do: it overlooks some events and mistakes the type of others.

What it does wrong depends on the text alone.
"""

from __future__ import annotations

import datetime as dt
import os
import re
from dataclasses import replace
from pathlib import Path

from fake_coder import code_report as fake
from generated_reports import DEEDS, STATES

from dejure.records import Auxiliary, Coding, Entity, Event, Report, record_id
from dejure.settings import Settings
from dejure.when import day

_TYPES = {verb: kind for kind, verbs in DEEDS.items() for verb in verbs}
_STATE = "|".join(STATES)
_TELLING = re.compile(rf"\b({_STATE}) ({'|'.join(_TYPES)}) ({_STATE})\b")
_DAY = re.compile(r"[Oo]n (?:(\d+) (January|February|March|April|May)|(January|February|March|April|May) (\d+))\b")
_MONTHS = ("January", "February", "March", "April", "May")
#: Of so many events one is overlooked, and one has a type that is near to the right one.
_ERRORS = 16
_NEAR = {"SANCTION": "COERCE", "CONSULT": "AGREE", "AID": "AGREE", "ACCUSE": "PROTEST", "ASSAULT": "MOBILIZE"}


def code_report(report: Report, settings: Settings) -> Coding:
    """What the stand-in coder finds, with the happening as its only event."""
    coding = fake(report, settings)
    recognition = tuple(replace(act, event=None) for act in coding.recognition)
    return replace(coding, recognition=recognition, events=tuple(_events(report)))


def dying_coder(report: Report, settings: Settings) -> Coding:
    """The same, but it takes its process with it once, and leaves a mark."""
    mark = Path(os.environ["DEJURE_TEST_MARK"])
    if report.id == "r1005" and not mark.exists():
        mark.touch()
        os._exit(9)
    return code_report(report, settings)


def _events(report: Report):  # type: ignore[no-untyped-def]
    for found in _TELLING.finditer(report.body):
        error = int(report.text_sha256[:8], 16) % _ERRORS
        if error == 0:
            continue
        kind = _TYPES[found.group(2)]
        kind = _NEAR.get(kind, kind) if error == 1 else kind
        start, end = report.body.rfind(".", 0, found.start()) + 1, report.body.find(".", found.end()) + 1
        when = _when(report, report.body[start:end])
        span = report.slice("body", found.start(), found.end())
        yield Event(
            id=record_id(report.text_sha256, "events", span.start, span.end), event_type=kind, mode=None, contexts=(),
            quad_code=1, intensity=0.0, cameo=None, actor=(_entity(found.group(1)),),
            recipient=(_entity(found.group(3)),), auxiliary=Auxiliary(), attributed_to=(), when=when, where=None,
            confidence=0.8, trigger=report.slice("body", found.start(2), found.end(2)), evidence=span,
        )  # fmt: skip


def _when(report: Report, sentence: str):  # type: ignore[no-untyped-def]
    if report.published is None:
        return None
    if found := _DAY.search(sentence):
        month, number = found.group(2) or found.group(3), found.group(1) or found.group(4)
        return day(dt.date(2024, _MONTHS.index(month) + 1, int(number)), "relative")
    return day(report.published, "publication")


def _entity(name: str) -> Entity:
    return Entity(id=STATES[name], name=name, country=STATES[name], sectors=("GOV",), name_raw=name)
