"""A coder of twenty lines that stands in for the real one where a test is about sources or faces.

It makes one record of each list out of fixed words, with true spans, so that whatever prints or writes records has all
of them to print and write.
"""

from __future__ import annotations

import re
from types import ModuleType

from dejure.records import (
    Auxiliary,
    Background,
    CoderCard,
    Coding,
    Entity,
    Event,
    Reason,
    Recognised,
    Recognition,
    Report,
    ReportCard,
    Silence,
    Span,
    Statement,
    record_id,
)
from dejure.settings import Settings
from dejure.when import day

_RUSSIA = Entity(id="RUS", name="Russia", country="RUS", sectors=("GOV",), name_raw="Russia")
_TALIBAN = "afghanistan-islamic-emirate"


def code_report(report: Report, settings: Settings) -> Coding:
    """One record of each list for every sentence that holds its cue."""
    cues = {name: list(_cues(report, pattern)) for name, pattern in _PATTERNS.items()}
    return Coding(
        coder=CoderCard(name="fake", version="0", model=settings.model, models={}, reference=""),
        report=ReportCard(
            id=report.id, title=None, published=report.published, language=report.language or "en",
            publisher=report.publisher, url=report.url, source=report.source, retrieved_at=report.retrieved_at,
            extractor=report.extractor, sha256=report.sha256, text_sha256=report.text_sha256,
        ),
        events=tuple(_event(report, span) for span in cues["recognition"]),
        recognition=tuple(_recognition(report, span) for span in cues["recognition"]),
        statements=tuple(_statement(report, span) for span in cues["statements"]),
        silences=tuple(
            Silence(id=_id(report, "silences", span), actor=Entity(id="UN", name="United Nations"), about=_TALIBAN,
                    about_record=None, kind="not_yet", evidence=span)
            for span in cues["silences"]
        ),
        background=tuple(
            Background(id=_id(report, "background", span), claim="none_recognised", polity=_TALIBAN, actors=(),
                       number=None, of=None, scope=None, asserted=True, attributed_to=(), since=None, until=None,
                       evidence=span)
            for span in cues["background"]
        ),
    )  # fmt: skip


def as_module() -> ModuleType:
    """A module to stand at `dejure.coding`."""
    module = ModuleType("dejure.coding")
    module.code_report = code_report  # type: ignore[attr-defined]
    module.code_reports = lambda reports, settings: (code_report(one, settings) for one in reports)  # type: ignore[attr-defined]
    return module


_PATTERNS = {
    "recognition": r"[^.]*\brecogni[sz]e[sd]?\b[^.]*",
    "statements": r"[^.]*\bwelcomed\b[^.]*",
    "silences": r"[^.]*\bnot (?:yet )?(?:comment|responded)[^.]*",
    "background": r"[^.]*\bNo other country\b[^.]*",
}


def _cues(report: Report, pattern: str):  # type: ignore[no-untyped-def]
    for found in re.finditer(pattern, report.body):
        start = found.start() + len(found.group()) - len(found.group().lstrip())
        yield report.slice("body", start, found.end())


def _id(report: Report, name: str, span: Span) -> str:
    return record_id(report.text_sha256, name, span.start, span.end)


def _recognition(report: Report, span: Span) -> Recognition:
    reason = Reason(part="body", start=span.start, end=span.end, quote=span.quote)
    return Recognition(
        id=_id(report, "recognition", span), recogniser=_RUSSIA,
        recognised=Recognised(id=_TALIBAN, capacity="government", name_raw="Taliban"), act="recognise", manner=None,
        kind="de_jure", asserted=True, attributed_to=(), first=True,
        when=day(report.published, "publication") if report.published else None, effective=None, conditions=(),
        reasons=(reason,), hedge=None, event=None, confidence=0.931, evidence=span,
    )  # fmt: skip


def _event(report: Report, span: Span) -> Event:
    return Event(
        id=_id(report, "events", span), event_type="SUPPORT", mode=None, contexts=("diplomatic",), quad_code=1,
        intensity=3.5, cameo="051", actor=(_RUSSIA,), recipient=(Entity(id="AFG", name="Afghanistan"),),
        auxiliary=Auxiliary(), attributed_to=(), when=None, where=None, confidence=0.8,
        trigger=report.slice("body", span.start, span.start + 1), evidence=span,
    )  # fmt: skip


def _statement(report: Report, span: Span) -> Statement:
    return Statement(
        id=_id(report, "statements", span), speaker=Entity(id=None, name="a spokesman"), about=_TALIBAN,
        about_record=None, stance="support", direct=False, addressee=None, reasons=(), hedge=None, confidence=0.7,
        evidence=span,
    )  # fmt: skip
