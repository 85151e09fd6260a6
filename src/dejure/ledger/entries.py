"""What the ledger holds: acts with their evidence, codings, judgements, periods of trust, redactions.

Every item is frozen and has an id that comes from its content, so that the same item arrives under the same id whoever
sends it and in whatever order. The version of a coder and its confidence are told by `CodedReport`, not by `Entry`: an
act keeps its id when a better coder finds it again.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass, fields
from functools import cache, lru_cache
from typing import Any, Literal, get_args

import msgspec

from dejure.errors import BadEntry
from dejure.records import ACTS, Act, Capacity, Kind, Manner, Record
from dejure.when import Precision, When

__all__ = [
    "Claim",
    "CodedReport",
    "Entry",
    "Evidence",
    "Interval",
    "Item",
    "Judgement",
    "Recorder",
    "Redaction",
    "Series",
    "SourceReport",
    "Verdict",
]

RecorderKind = Literal["coder", "person", "reference", "table"]
Verdict = Literal["confirm", "reject", "merge", "split", "redate"]

_ID_BYTES = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval(Record):
    """Days between which something happened, both included; None is open."""

    earliest: dt.date | None = None
    latest: dt.date | None = None
    precision: Precision = "unknown"

    def __post_init__(self) -> None:
        if self.earliest and self.latest and self.earliest > self.latest:
            raise BadEntry("an interval ends before it begins", value=f"{self.earliest}..{self.latest}")

    @classmethod
    def of(cls, earliest: dt.date | None, latest: dt.date | None = None) -> Interval:
        """One day, or the days between two, with the precision that fits."""
        latest = latest if latest is not None else earliest
        same = earliest is not None and earliest == latest
        return cls(earliest=earliest, latest=latest, precision="day" if same else "interval")

    @classmethod
    def from_when(cls, when: When | None) -> Interval | None:
        """The days of a coder's date, without its words."""
        if when is None or (when.earliest is None and when.latest is None):
            return None
        return cls(earliest=when.earliest, latest=when.latest, precision=when.precision)

    def text(self) -> str:
        """Short form for people."""
        return When(earliest=self.earliest, latest=self.latest, precision=self.precision, basis="text").text()


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence(Record):
    """The words that support an entry; kept beside the chain, under their hash, so that they can be taken away.

    `quote` is `part[start:end]` of the report; part and offsets are None for a row of a table.
    """

    quote: str
    part: Literal["title", "body"] | None = None
    start: int | None = None
    end: int | None = None
    conditions: tuple[str, ...] = ()

    @property
    def hash(self) -> bytes:
        """SHA-256 of the canonical JSON form."""
        return hashlib.sha256(canonical(self)).digest()


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceReport(Record):
    """Where an entry comes from: a news report, or a source that a table names."""

    id: str
    published: dt.date | None = None
    publisher: str | None = None
    url: str | None = None
    title: str | None = None
    language: str | None = None
    text_sha256: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorder(Record):
    """Who recorded it: a coder, the shipped tables, a table of the user, or a named person with a reason."""

    kind: RecorderKind
    name: str
    reason: str | None = None

    def __post_init__(self) -> None:
        if self.kind == "person" and not (self.name.strip() and (self.reason or "").strip()):
            raise BadEntry("a person's entry needs a name and a reason", value=self.name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim(Record):
    """What an entry says, without who reported it: the same claim may stand in a thousand reports.

    Parameters
    ----------
    recogniser : str or None
        Actor id (ISO alpha-3, acronym, slug); None only for a demand addressed to nobody in particular.
    recognised : str
        Polity slug.
    valid_from : Interval or None
        When the act happened, is planned (intend) or was voiced; None where nobody tells.
    valid_to : Interval or None
        When what it began has ended, where the source tells.
    effective : Interval or None
        When it takes legal effect, where that is later than the announcement.
    conditional : bool
        Whether it hangs on a condition.
    disputed_by : tuple of str
        Who says that it is not so.
    inherited_from : str or None
        Slug of the predecessor whose act it was.
    """

    recogniser: str | None = None
    recognised: str
    capacity: Capacity
    act: Act
    manner: Manner | None = None
    kind: Kind | None = None
    asserted: bool = True
    attributed_to: tuple[str, ...] = ()
    valid_from: Interval | None = None
    valid_to: Interval | None = None
    effective: Interval | None = None
    conditional: bool = False
    disputed: bool = False
    disputed_by: tuple[str, ...] = ()
    inherited_from: str | None = None

    def __post_init__(self) -> None:
        if self.act not in ACTS:
            raise BadEntry("no such act of recognition", value=self.act, cure=f"one of {', '.join(sorted(ACTS))}")
        if self.recogniser is None and self.act != "demand":
            raise BadEntry("only a demand may lack a recogniser", value=self.recognised)
        start, end = self.valid_from, self.valid_to
        if start and end and start.earliest and end.latest and end.latest < start.earliest:
            raise BadEntry("a validity ends before it starts", value=f"{start.text()} to {end.text()}")

    @property
    def hash(self) -> bytes:
        """First 16 bytes of the SHA-256 of the canonical JSON form."""
        return _claim_hash(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Item(Record):
    """Something the ledger records. `supersedes` names items that it corrects: they stay, and no longer count."""

    supersedes: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """32 hex digits of the SHA-256 of kind and content."""
        return digest(type(self).__name__, self.content()).hex()

    def content(self) -> bytes:
        """What the id hashes: canonical JSON, empty fields left out."""
        return canonical(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry(Item):
    """One act, as one source reports it.

    Parameters
    ----------
    claim : Claim
        What it says.
    known_at : Interval
        When the evidence became public. Both bounds None: nobody tells.
    known_assumed : bool
        Whether that is only assumed, from the date of the act.
    recorder : Recorder
    report : SourceReport or None
    evidence : Evidence or None
        None where the text is not at hand: redacted, or never there.
    evidence_hash : str or None
        SHA-256 of the evidence in hex; set from `evidence` where that is given.
    confidence : float or None
        For what no coder recorded; a coder's stands in its `CodedReport`.
    series, grade, note : str or None
        The series of a table that it belongs to, how far that can be trusted, what else must be known.
    """

    claim: Claim
    known_at: Interval
    recorder: Recorder
    known_assumed: bool = False
    report: SourceReport | None = None
    evidence: Evidence | None = None
    evidence_hash: str | None = None
    confidence: float | None = None
    series: str | None = None
    grade: str | None = None
    note: str | None = None

    def __post_init__(self) -> None:
        if self.evidence is not None:
            object.__setattr__(self, "evidence_hash", self.evidence.hash.hex())

    def content(self) -> bytes:
        """Hashes stand for claim, report and evidence, so that the words can be taken away and the id still holds."""
        return entry_content(
            claim=self.claim.hash, report=_record_hash(self.report) if self.report else None,
            recorder=_record_hash(self.recorder), known_at=self.known_at, known_assumed=self.known_assumed,
            evidence=self.evidence_hash, confidence=self.confidence, extra=self.extra(),
        )  # fmt: skip

    def extra(self) -> dict[str, Any]:
        """The fields that few entries have."""
        found: dict[str, Any] = {
            "supersedes": list(self.supersedes), "series": self.series, "grade": self.grade, "note": self.note,
        }  # fmt: skip
        return {name: value for name, value in found.items() if value}


@dataclass(frozen=True, slots=True, kw_only=True)
class CodedReport(Item):
    """That a coder read a report, and which entries it gave.

    Of several codings of one report by one coder that of the highest version counts, whichever came first.

    Parameters
    ----------
    report : str
        Id of the report.
    coder, version, model : str
    reference : str
        Hash of the reference tables.
    entries : tuple of (str, float)
        Entry id and confidence.
    """

    report: str
    coder: str
    version: str
    model: str = "base"
    reference: str = ""
    entries: tuple[tuple[str, float], ...] = ()

    @property
    def rank(self) -> tuple[Any, ...]:
        """What decides between two codings: version, then model, then content."""
        return (version_key(self.version), self.model == "full", self.id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Series(Item):
    """Between which days a series of a table names every act of its kind.

    Parameters
    ----------
    name : str
    recognised : str
        Polity slug.
    acts : tuple of str
        The acts it names.
    complete_from, complete_to : datetime.date
        Inside, silence means that there was no act; outside, that nobody looked.
    scope : str
        Whose acts: `un-members`, `all`, or ids of states parted by blanks.
    """

    name: str
    recognised: str
    acts: tuple[str, ...]
    complete_from: dt.date | None
    complete_to: dt.date | None
    scope: str = "un-members"
    grade: str | None = None
    note: str | None = None

    def is_complete_on(self, day: dt.date) -> bool:
        """Whether silence up to this day means that there was no act."""
        if self.complete_from is None or self.complete_to is None:
            return False
        return self.complete_from <= day <= self.complete_to


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement(Item):
    """What a person decided about a claim.

    It is bound to the parties, the capacity, the act and a cluster of dates, not to an entry: it holds for what a
    better coder finds tomorrow as well.

    Parameters
    ----------
    verdict : {"confirm", "reject", "merge", "split", "redate"}
    cluster : Interval
        The dates of the claims it concerns; both bounds None: claims without a date.
    date : Interval or None
        The date to take (redate, split; merge: that of the act merged into).
    with_cluster : Interval or None
        The second cluster of a merge.
    reports : tuple of str
        Of a split: the reports that tell of another act.
    person, reason : str
    made_at : datetime.datetime
        UTC; also the moment from which it is known.
    """

    verdict: Verdict
    recogniser: str | None = None
    recognised: str
    capacity: Capacity
    act: Act
    cluster: Interval
    person: str
    reason: str
    made_at: dt.datetime
    date: Interval | None = None
    with_cluster: Interval | None = None
    reports: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.verdict not in get_args(Verdict):
            raise BadEntry("no such verdict", value=self.verdict, cure=f"one of {', '.join(get_args(Verdict))}")
        if not self.person.strip() or not self.reason.strip():
            raise BadEntry("a judgement needs a name and a reason", value=self.verdict)
        missing = {"redate": self.date, "split": self.date and self.reports, "merge": self.with_cluster}
        if not missing.get(self.verdict, True):
            raise BadEntry(
                "this judgement is incomplete", value=self.verdict,
                cure="redate needs a date, split a date and reports, merge a second cluster",
            )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Redaction(Item):
    """That the words of some evidence were taken away, by whom and why."""

    evidence: tuple[str, ...]
    person: str
    reason: str
    made_at: dt.datetime


#: Items that are stored as a whole, by the name under which they are.
WHOLE_ITEMS: dict[str, type[Item]] = {
    "CodedReport": CodedReport, "Series": Series, "Judgement": Judgement, "Redaction": Redaction,
}  # fmt: skip


def entry_content(
    *, claim: bytes, report: bytes | None, recorder: bytes, known_at: Interval, known_assumed: bool,
    evidence: str | None, confidence: float | None, extra: dict[str, Any],
) -> bytes:  # fmt: skip
    """What the id of an entry hashes, from the parts that a store keeps."""
    parts: list[Any] = [
        claim.hex(), report.hex() if report else None, recorder.hex(), known_at.earliest, known_at.latest,
        known_at.precision, known_assumed, evidence, confidence, extra,
    ]  # fmt: skip
    return _ENCODER.encode(parts)


def digest(kind: str, content: bytes) -> bytes:
    """The id of an item, as 16 bytes."""
    return hashlib.sha256(kind.encode() + b"\0" + content).digest()[:_ID_BYTES]


_ENCODER = msgspec.json.Encoder(order="deterministic")


def canonical(record: Record) -> bytes:
    """JSON of a record with sorted keys, without fields that hold their default."""
    return _ENCODER.encode(_sparse(record))


def version_key(version: str) -> tuple[tuple[int, int, str], ...]:
    """What orders versions as people read them: 0.10 after 0.9, a development version before its release."""
    pieces = version.replace("-", ".").replace("+", ".").split(".")
    parts = [(1, int(piece), "") if piece.isdigit() else (0, 0, piece) for piece in pieces]
    return (*parts, (1, -1, ""))  # the end: 0.1.dev1 before 0.1 before 0.1.0


@lru_cache(maxsize=65536)
def _claim_hash(claim: Claim) -> bytes:
    return hashlib.sha256(canonical(claim)).digest()[:_ID_BYTES]


@lru_cache(maxsize=65536)
def _record_hash(record: SourceReport | Recorder) -> bytes:
    return hashlib.sha256(canonical(record)).digest()[:_ID_BYTES]


def record_hash(record: SourceReport | Recorder) -> bytes:
    """First 16 bytes of the SHA-256 of the canonical JSON form."""
    return _record_hash(record)


def _sparse(record: Record) -> dict[str, Any]:
    found = {}
    kind: Any = type(record)
    for name, default in _fields_of(kind):
        value = getattr(record, name)
        if value is None or value == default or value == ():
            continue
        found[name] = _sparse(value) if isinstance(value, Record) else value
    return found


@cache
def _fields_of(kind: type[Any]) -> tuple[tuple[str, Any], ...]:
    """Names and defaults of the fields of a record."""
    return tuple((one.name, one.default) for one in fields(kind))
