"""From a coding to entries: what of it the ledger takes, and what it refuses."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from dejure.errors import BadEntry, DejureError, UnknownParty
from dejure.ledger.entries import Claim, CodedReport, Entry, Evidence, Interval, Item, Recorder, SourceReport
from dejure.ledger.parties import is_known_actor
from dejure.records import COMPLETED_ACTS, Coding, Recognition, Reject
from dejure.reference.tables import load_polities

__all__ = ["Taken", "take_coding"]

#: A report may be dated a day before the act it tells of: publishers and acts live in different time zones.
_GRACE = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Taken:
    """What a coding gave: items in the order in which they are appended, and the records that were refused."""

    items: tuple[Item, ...]
    rejects: tuple[Reject, ...]


def take_coding(coding: Coding) -> Taken:
    """The acts of a coding as entries, and the mark that this coder read the report.

    A record is refused where a party does not resolve or a completed act is dated after the report.
    """
    entries: dict[str, tuple[Entry, float]] = {}
    rejects = []
    for record in coding.recognition:
        try:
            entry = _entry(coding, record)
        except DejureError as error:
            rejects.append(_reject(coding, record, error))
            continue
        known = entries.get(entry.id)
        entries[entry.id] = (entry, max(record.confidence, known[1]) if known else record.confidence)
    mark = CodedReport(
        report=_report_id(coding), coder=coding.coder.name, version=coding.coder.version, model=coding.coder.model,
        reference=coding.coder.reference[:16],
        entries=tuple(sorted((id_, confidence) for id_, (_, confidence) in entries.items())),
    )  # fmt: skip
    return Taken((*(entry for entry, _ in entries.values()), mark), tuple(rejects))


def _entry(coding: Coding, record: Recognition) -> Entry:
    published = coding.report.published
    when = Interval.from_when(record.when)
    if record.recognised.id not in load_polities():
        raise UnknownParty("the recognised party is no polity of the tables", value=record.recognised.id)
    recogniser = record.recogniser.id if record.recogniser else None
    if record.recogniser is not None and (recogniser is None or not is_known_actor(recogniser)):
        raise UnknownParty("the recogniser does not resolve", value=record.recogniser.name)
    is_done = record.act in COMPLETED_ACTS and record.asserted
    if is_done and when and when.earliest and published and when.earliest > published + _GRACE:
        raise BadEntry("a completed act is dated after its report", value=f"{when.text()}, published {published}")
    return Entry(
        claim=Claim(
            recogniser=recogniser, recognised=record.recognised.id, capacity=record.recognised.capacity, act=record.act,
            manner=record.manner, kind=record.kind, asserted=record.asserted,
            attributed_to=tuple(sorted({one.key for one in record.attributed_to})),
            valid_from=_bounded(record, when, published), effective=Interval.from_when(record.effective),
            conditional=bool(record.conditions),
        ),
        known_at=Interval.of(published) if published else Interval(),
        recorder=Recorder(kind="coder", name=coding.coder.name), report=_source(coding),
        evidence=Evidence(
            quote=record.evidence.quote, part=record.evidence.part, start=record.evidence.start,
            end=record.evidence.end, conditions=tuple(one.quote for one in record.conditions),
        ),
    )  # fmt: skip


def _bounded(record: Recognition, when: Interval | None, published: dt.date | None) -> Interval | None:
    """A completed act of an open date happened at the latest on the day of the report."""
    if when is None or when.latest is not None or record.act not in COMPLETED_ACTS or published is None:
        return when
    return Interval(earliest=when.earliest, latest=max(published, when.earliest or published), precision=when.precision)


def _report_id(coding: Coding) -> str:
    return coding.report.text_sha256[:16]


def _source(coding: Coding) -> SourceReport:
    card = coding.report
    return SourceReport(
        id=_report_id(coding), published=card.published, publisher=card.publisher, url=card.url or None,
        title=card.title, language=card.language, text_sha256=card.text_sha256,
    )  # fmt: skip


def _reject(coding: Coding, record: Recognition, error: DejureError) -> Reject:
    told = error.to_dict()
    return Reject(
        source=f"{coding.report.source or coding.report.id}: {record.id}", line=None, code=error.code, what=error.what,
        value=told["value"], cure=error.cure,
    )  # fmt: skip
