"""The whole line for one report: read it, find the acts, the statements, the silences, the claims, the events."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from dejure.coding.background import find_background
from dejure.coding.deed_model import weights_read
from dejure.coding.events import find_events
from dejure.coding.gate import choose_sentences
from dejure.coding.gate_model import gate_weights_read
from dejure.coding.reasons import reasons_in, stakes_in
from dejure.coding.recognition import find_recognition
from dejure.coding.recognition.events import events_of_acts
from dejure.coding.recognition.other_languages import acts_by_pattern
from dejure.coding.scene import Scene
from dejure.coding.silence import find_silences
from dejure.coding.statements import find_statements
from dejure.errors import DejureError
from dejure.reading.language import load_parser
from dejure.reading.reading import Reading, read_reports
from dejure.records import CoderCard, Coding, Event, Reason, Recognition, Report, ReportCard
from dejure.reference.overlay import use_overlay
from dejure.reference.tables import reference_hash
from dejure.settings import Settings
from dejure.sources.language import PATTERN_LANGUAGES, language_name
from dejure.version import __version__

__all__ = ["code_reading", "code_report", "code_reports"]


def code_report(report: Report, settings: Settings | None = None) -> Coding:
    """Read and code one report.

    Parameters
    ----------
    report : Report
        As `sources` gives it.
    settings : Settings, optional
        Defaults to those of the environment.

    Raises
    ------
    NoSentence
        If the report holds no sentence.
    ModelError
        If the language model is missing or is not the pinned one.
    MissingExtra
        If a model is asked for that is not installed.
    """
    (found,) = code_reports([report], settings)
    if isinstance(found, Exception):
        raise found
    return found


def code_reports(reports: Sequence[Report], settings: Settings | None = None) -> Iterator[Coding | Exception]:
    """Read and code some reports, whose sentences are parsed in one go; each coding is the same as by `code_report`.

    Yields
    ------
    Coding or Exception
        In the order of the reports; of a report that fails, what `code_report` raises.

    Raises
    ------
    ModelError
        If the language model is missing or is not the pinned one.
    MissingExtra
        If a model is asked for that is not installed.
    """
    settings = settings if settings is not None else Settings.from_environment()
    use_overlay(settings.reference)
    readings = iter(_read([report for report in reports if report.language not in PATTERN_LANGUAGES], settings))
    for report in reports:
        try:
            if report.language in PATTERN_LANGUAGES:
                yield _code_by_pattern(report, settings)
                continue
            reading = next(readings)
            yield reading if isinstance(reading, Exception) else code_reading(reading, settings)
        except Exception as error:
            yield error


def _read(reports: list[Report], settings: Settings) -> list[Reading | Exception]:
    """Readings in order; where one report makes the parser fail, each is read alone."""
    choose = choose_sentences if settings.gate == "on" else None
    try:
        return [*read_reports(reports, settings, choose)]
    except DejureError:
        raise
    except Exception as error:
        if len(reports) == 1:
            return [error]
        return [reading for report in reports for reading in _read([report], settings)]


def _code_by_pattern(report: Report, settings: Settings) -> Coding:
    """A report in a language without a parser: completed acts and plain refusals, and a warning that this is all."""
    name = language_name(report.language or "")
    warnings = [
        f"the report is in {name}: only completed acts of recognition and plain refusals are read, by patterns "
        "and with less confidence; events, statements, silences and claims are not"
    ]
    if report.published is None:
        warnings.append("the report has no publication date: relative dates stay unresolved")
    return Coding(
        coder=_coder(settings), report=_card(report), events=(),
        recognition=tuple(acts_by_pattern(report, report.language or "")), statements=(), silences=(), background=(),
        warnings=tuple(warnings),
    )  # fmt: skip


def code_reading(reading: Reading, settings: Settings) -> Coding:
    """Code a report that was read."""
    scene = Scene.of(reading)
    scene.recognition = find_recognition(scene)
    acts, told = events_of_acts(scene)
    scene.recognition = [_with_reasons(scene, record) for record in acts]
    events = [e for e in find_events(scene, told.tokens, settings.model) if e.confidence >= settings.least_confidence]
    return Coding(
        coder=_coder(settings),
        report=_card(reading.report),
        events=_in_order([*told.events, *events]),
        recognition=tuple(scene.recognition),
        statements=tuple(find_statements(scene)),
        silences=tuple(find_silences(scene)),
        background=tuple(find_background(scene)),
        warnings=_warnings(reading),
    )


def _with_reasons(scene: Scene, record: Recognition) -> Recognition:
    """Reasons given in the sentence of the act, and the stakes of its parties wherever the report tells them."""
    found: dict[tuple[int, int], Reason] = {}
    for sentence in scene.sentences:
        if sentence.part != record.evidence.part:
            continue
        is_own = sentence.start <= record.evidence.start < sentence.end
        given = reasons_in(scene, sentence, None, "other") if is_own else stakes_in(scene, sentence, record)
        found |= {(reason.start, reason.end): reason for reason in given}
    return replace(record, reasons=tuple(found[key] for key in sorted(found)))


def _in_order(events: list[Event]) -> tuple[Event, ...]:
    unique: dict[str, Event] = {}
    for event in events:
        unique.setdefault(event.id, event)
    return tuple(
        sorted(unique.values(), key=lambda e: (e.evidence.part != "title", e.trigger.start, e.event_type, e.id))
    )


def _warnings(reading: Reading) -> tuple[str, ...]:
    warnings = []
    if reading.published is None:
        warnings.append("the report has no publication date: relative dates stay unresolved")
    return tuple(warnings)


def _coder(settings: Settings) -> CoderCard:
    parser = load_parser(settings.language_model)
    models = {
        f"{parser.name}/{file}": digest
        for file, digest in parser.files.items()
        if file.endswith(("model", "meta.json"))
    }
    models |= weights_read(settings.model) | gate_weights_read()
    return CoderCard(
        name="dejure", version=__version__, model=settings.model, models=models, reference=reference_hash()
    )


def _card(report: Report) -> ReportCard:
    return ReportCard(
        id=report.id, title=report.title, published=report.published, language=report.language or "en",
        publisher=report.publisher, url=report.url, source=report.source, retrieved_at=report.retrieved_at,
        extractor=report.extractor, sha256=report.sha256, text_sha256=report.text_sha256,
    )  # fmt: skip
