"""The records that pass through the house, and the contract of their JSON form.

Frozen, slotted, keyword-only dataclasses of the standard library, checked when they are made. Offsets count Unicode
code points in the named part (title or body) of the report, half open; `quote` equals that slice exactly. `to_dict`
gives the JSON form; `json_schema` its schema.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field, fields, is_dataclass
from typing import TYPE_CHECKING, Any, Literal, get_args

from dejure.errors import MissingExtra, RecordError
from dejure.when import Part, When

if TYPE_CHECKING:
    import pandas

__all__ = [
    "ACTS",
    "COMPLETED_ACTS",
    "SCHEMA_VERSION",
    "Act",
    "Auxiliary",
    "Background",
    "Capacity",
    "CoderCard",
    "Coding",
    "Entity",
    "Event",
    "Place",
    "Reason",
    "Recognised",
    "Recognition",
    "Record",
    "Reject",
    "Report",
    "ReportCard",
    "Silence",
    "Span",
    "Statement",
    "json_schema",
    "record_id",
]

SCHEMA_VERSION = 1

Act = Literal[
    "recognise", "intend", "condition", "consider", "refuse", "deny", "demand", "withdraw",
    "establish-relations", "sever-relations", "accept-credentials",
]  # fmt: skip
Manner = Literal["freeze", "suspend", "resume", "reaffirm", "switch"]
Kind = Literal["de_jure", "de_facto"]
Capacity = Literal["state", "government"]
Stance = Literal["support", "oppose", "concern", "neutral"]
SilenceKind = Literal["no_comment", "declined", "not_answered", "avoided", "not_yet"]
Claim = Literal["none_recognised", "only_recognisers", "in_control", "first", "count", "ordinal"]
Voice = Literal["actor", "writer", "other"]
ModelName = Literal["base", "full"]

#: The eleven recognition acts.
ACTS: frozenset[str] = frozenset(get_args(Act))
#: Acts that change or presuppose a standing, as against plans, refusals and demands.
COMPLETED_ACTS: frozenset[str] = frozenset(
    {"recognise", "withdraw", "establish-relations", "sever-relations", "accept-credentials"}
)


class Record:
    """What all records share: a JSON form."""

    __slots__ = ()

    def to_dict(self) -> dict[str, Any]:
        """The record as JSON-ready dictionaries and lists, in the order of the contract."""
        plain = _plain(self)
        assert isinstance(plain, dict)
        return plain


@dataclass(frozen=True, slots=True, kw_only=True)
class Span(Record):
    """Words of a report: `quote` is `part[start:end]`."""

    part: Part
    start: int
    end: int
    quote: str

    def __post_init__(self) -> None:
        if self.start < 0 or self.end - self.start != len(self.quote) or not self.quote:
            raise RecordError("a span does not fit its quote", value=(self.start, self.end, self.quote))


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity(Record):
    """Somebody who acts or is acted upon.

    Parameters
    ----------
    id : str or None
        ISO 3166 alpha-3 for a state or its government, an acronym for an organisation, a polity slug where two claim
        one state or no ISO code exists; None where the name resolves to nothing.
    name : str
        Usual name; the words themselves where `id` is None.
    country : str or None
        ISO 3166 alpha-3 of the country it belongs to.
    sectors : tuple of str
        PLOVER sector codes, PRE for contested polities.
    role : str or None
        Office or function the words give ("foreign minister").
    name_raw : str
        The words of the text.
    part, start, end
        Where the words stand; None where the entity is implied.
    inferred : bool
        Whether it was concluded and not said.
    """

    id: str | None
    name: str
    country: str | None = None
    sectors: tuple[str, ...] = ()
    role: str | None = None
    name_raw: str = ""
    part: Part | None = None
    start: int | None = None
    end: int | None = None
    inferred: bool = False

    @property
    def key(self) -> str:
        """What identifies the entity within a report: its id, else its lower-case name."""
        return self.id or self.name.lower()


@dataclass(frozen=True, slots=True, kw_only=True)
class Place(Record):
    """Where something happened; degrees WGS 84."""

    name: str
    country: str | None
    geonames_id: int | None = None
    latitude: float | None = None
    longitude: float | None = None
    precision: Literal["country", "region", "city"] = "country"
    part: Part | None = None
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason(Record):
    """Words that give a reason, a stake or an expected effect."""

    part: Part
    start: int
    end: int
    quote: str
    theme: str | None = None
    given_by: Entity | None = None
    voice: Voice = "actor"


@dataclass(frozen=True, slots=True, kw_only=True)
class Auxiliary(Record):
    """PLOVER's auxiliary modes of an event."""

    historical: bool = False
    future: bool = False
    hypothetical: bool = False
    negation: bool = False

    @property
    def any(self) -> bool:
        """Whether at least one of the four holds."""
        return self.historical or self.future or self.hypothetical or self.negation


@dataclass(frozen=True, slots=True, kw_only=True)
class Event(Record):
    """Who did what to whom (PLOVER)."""

    id: str
    event_type: str
    mode: str | None
    contexts: tuple[str, ...]
    quad_code: int
    intensity: float
    cameo: str | None
    actor: tuple[Entity, ...]
    recipient: tuple[Entity, ...]
    auxiliary: Auxiliary
    attributed_to: tuple[Entity, ...]
    when: When | None
    where: Place | None
    confidence: float
    trigger: Span
    evidence: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognised(Record):
    """The polity an act is about, and as what it is recognised."""

    id: str
    capacity: Capacity
    name_raw: str
    part: Part | None = None
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognition(Record):
    """An act of recognition, or of refusing, planning, denying, demanding it."""

    id: str
    recogniser: Entity | None
    recognised: Recognised
    act: Act
    manner: Manner | None
    kind: Kind | None
    asserted: bool
    attributed_to: tuple[Entity, ...]
    first: bool
    when: When | None
    effective: When | None
    conditions: tuple[Span, ...]
    reasons: tuple[Reason, ...]
    hedge: Span | None
    event: str | None
    confidence: float
    evidence: Span
    support: tuple[Span, ...] = ()

    def __post_init__(self) -> None:
        if self.act not in ACTS:
            raise RecordError("no such act of recognition", value=self.act)
        if self.recogniser is None and self.act != "demand":
            raise RecordError("only a demand may lack a recogniser", value=self.act)
        if self.act == "demand" and self.asserted:
            raise RecordError("a demand is never asserted", value=self.id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement(Record):
    """A stance somebody took towards the recognition or standing of a polity."""

    id: str
    speaker: Entity
    about: str
    about_record: str | None
    stance: Stance
    direct: bool
    addressee: Entity | None
    reasons: tuple[Reason, ...]
    hedge: Span | None
    confidence: float
    evidence: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Silence(Record):
    """Somebody who was said not to have commented, answered, confirmed or decided."""

    id: str
    actor: Entity
    about: str | None
    about_record: str | None
    kind: SilenceKind
    evidence: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Background(Record):
    """A claim about the state of things: universals, firsts, counts, who is in control."""

    id: str
    claim: Claim
    polity: str
    actors: tuple[Entity, ...]
    number: int | None
    of: int | None
    scope: str | None
    asserted: bool
    attributed_to: tuple[Entity, ...]
    since: When | None
    until: When | None
    evidence: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class CoderCard(Record):
    """Which coder, with which models and tables (file name to SHA-256), made a coding."""

    name: str
    version: str
    model: ModelName
    models: dict[str, str]
    reference: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportCard(Record):
    """What is kept of a report beside its records. `title` and `text` only with `--with-text`."""

    id: str
    title: str | None
    published: dt.date | None
    language: str
    publisher: str | None
    url: str | None
    source: str
    retrieved_at: str | None
    extractor: str
    sha256: str
    text_sha256: str
    text: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Coding(Record):
    """All that was read out of one report."""

    schema: int = SCHEMA_VERSION
    coder: CoderCard
    report: ReportCard
    events: tuple[Event, ...] = ()
    recognition: tuple[Recognition, ...] = ()
    statements: tuple[Statement, ...] = ()
    silences: tuple[Silence, ...] = ()
    background: tuple[Background, ...] = ()
    warnings: tuple[str, ...] = ()

    def records(self) -> Iterator[tuple[str, Any]]:
        """Every record with the name of its list, in the order of the contract."""
        for name in ("events", "recognition", "statements", "silences", "background"):
            for record in getattr(self, name):
                yield name, record

    def to_frame(self, which: str = "recognition") -> pandas.DataFrame:
        """One of the five lists as a pandas frame, a row a record, nested fields in dotted columns.

        Raises
        ------
        MissingExtra
            If pandas is not installed.
        """
        try:
            import pandas
        except ModuleNotFoundError as error:
            raise MissingExtra(
                "a frame needs pandas", value=which, cure="install it with: pip install 'dejure[analysis]'"
            ) from error
        rows = [{"report": self.report.id, **record.to_dict()} for record in getattr(self, which)]
        return pandas.json_normalize(rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class Report(Record):
    """A news report as `sources/` gives it: byte-order mark removed, line ends unified, nothing else changed.

    `sha256` is of the raw bytes, `text_sha256` of title + line feed + body.
    """

    id: str
    title: str
    body: str
    published: dt.date | None
    language: str | None
    publisher: str | None = None
    url: str | None = None
    source: str = ""
    retrieved_at: str | None = None
    extractor: str = "text"
    sha256: str = ""
    licence: str | None = None
    text_sha256: str = field(default="")

    def __post_init__(self) -> None:
        digest = hashlib.sha256(f"{self.title}\n{self.body}".encode("utf-8", "surrogatepass")).hexdigest()
        object.__setattr__(self, "text_sha256", digest)
        if not self.id:
            object.__setattr__(self, "id", digest[:16])

    def slice(self, part: Part, start: int, end: int) -> Span:
        """The words at these offsets, as a span."""
        text = self.title if part == "title" else self.body
        return Span(part=part, start=start, end=end, quote=text[start:end])


@dataclass(frozen=True, slots=True, kw_only=True)
class Reject(Record):
    """An input that could not be read, and why."""

    source: str
    line: int | None
    code: str
    what: str
    value: str | None
    cure: str


def record_id(text_sha256: str, which: str, *key: object) -> str:
    """A record's id: hash of the text, the list, the key fields and the evidence offsets; 16 hex digits.

    Neither version nor confidence enters, so that a record keeps its id when the coder is improved.
    """
    joined = "\x1f".join([text_sha256, which, *(str(k) for k in key)])
    return hashlib.sha256(joined.encode()).hexdigest()[:16]


def json_schema() -> dict[str, Any]:
    """JSON Schema (draft 2020-12) of `Coding`."""
    import msgspec

    schema = msgspec.json.schema(Coding)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Coding", **schema}


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return {f.name: _plain(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, (tuple, list)):
        return [_plain(v) for v in value]
    if isinstance(value, dict):
        return {k: _plain(v) for k, v in value.items()}
    if isinstance(value, dt.date):
        return value.isoformat()
    return value
