"""Reads news reports into sourced records of diplomatic recognition and events.

>>> import dejure
>>> coding = dejure.read("report.txt", published="2025-07-04")  # doctest: +SKIP
>>> coding.recognition[0].recognised.id  # doctest: +SKIP
'afghanistan-islamic-emirate'

Names are loaded when they are first asked for, so that `import dejure` costs next to nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from dejure.version import __version__

if TYPE_CHECKING:
    from dejure.corpus.store import Corpus
    from dejure.errors import (
        BadDate,
        BadEntry,
        BadRequest,
        BadTable,
        BinaryInput,
        BrowserFailed,
        Busy,
        CorpusUnusable,
        DejureError,
        EmptyInput,
        FetchError,
        FetchFailed,
        FetchLater,
        FetchRefused,
        Forbidden,
        InputError,
        InputMissing,
        InputTooLarge,
        LedgerDamaged,
        LedgerError,
        LedgerFull,
        LedgerLocked,
        LedgerMissing,
        LedgerReadOnly,
        LedgerTooNew,
        MalformedLine,
        MalformedTable,
        MissingExtra,
        ModelError,
        NoArticle,
        NoSentence,
        NotAllowed,
        NotFound,
        NothingReadable,
        RateLimited,
        RecordError,
        ReferenceTableError,
        ServiceError,
        SettingsError,
        TimedOut,
        Unauthorised,
        UnknownEncoding,
        UnknownParty,
        UnreadLanguage,
        WrongMediaType,
    )
    from dejure.ledger import (
        ActRecord,
        Claim,
        Contradiction,
        Count,
        CountRules,
        Difference,
        Entry,
        Evidence,
        Interval,
        Judgement,
        Ledger,
        Recorder,
        Series,
        SourceReport,
        Standing,
        open_ledger,
    )
    from dejure.reader import explain, read, read_many
    from dejure.records import (
        Auxiliary,
        Background,
        CoderCard,
        Coding,
        Entity,
        Event,
        Place,
        Reason,
        Recognised,
        Recognition,
        Reject,
        Report,
        ReportCard,
        Silence,
        Span,
        Statement,
        json_schema,
    )
    from dejure.reference.who_is import Candidate, resolve
    from dejure.settings import FetchSettings, Settings
    from dejure.when import When

__all__ = [
    "ActRecord",
    "Auxiliary",
    "Background",
    "BadDate",
    "BadEntry",
    "BadRequest",
    "BadTable",
    "BinaryInput",
    "BrowserFailed",
    "Busy",
    "Candidate",
    "Claim",
    "CoderCard",
    "Coding",
    "Contradiction",
    "Corpus",
    "CorpusUnusable",
    "Count",
    "CountRules",
    "DejureError",
    "Difference",
    "EmptyInput",
    "Entity",
    "Entry",
    "Event",
    "Evidence",
    "FetchError",
    "FetchFailed",
    "FetchLater",
    "FetchRefused",
    "FetchSettings",
    "Forbidden",
    "InputError",
    "InputMissing",
    "InputTooLarge",
    "Interval",
    "Judgement",
    "Ledger",
    "LedgerDamaged",
    "LedgerError",
    "LedgerFull",
    "LedgerLocked",
    "LedgerMissing",
    "LedgerReadOnly",
    "LedgerTooNew",
    "MalformedLine",
    "MalformedTable",
    "MissingExtra",
    "ModelError",
    "NoArticle",
    "NoSentence",
    "NotAllowed",
    "NotFound",
    "NothingReadable",
    "Place",
    "RateLimited",
    "Reason",
    "Recognised",
    "Recognition",
    "RecordError",
    "Recorder",
    "ReferenceTableError",
    "Reject",
    "Report",
    "ReportCard",
    "Series",
    "ServiceError",
    "Settings",
    "SettingsError",
    "Silence",
    "SourceReport",
    "Span",
    "Standing",
    "Statement",
    "TimedOut",
    "Unauthorised",
    "UnknownEncoding",
    "UnknownParty",
    "UnreadLanguage",
    "When",
    "WrongMediaType",
    "__version__",
    "explain",
    "json_schema",
    "open_ledger",
    "read",
    "read_many",
    "resolve",
]

# In this order, so that the light modules are asked first.
_ROOMS = (
    "dejure.errors",
    "dejure.settings",
    "dejure.when",
    "dejure.records",
    "dejure.reader",
    "dejure.reference.who_is",
    "dejure.ledger",
    "dejure.corpus.store",
)


def __getattr__(name: str) -> Any:
    if name in __all__:
        for room in _ROOMS:
            module = import_module(room)
            if name in module.__all__:
                value = getattr(module, name)
                globals()[name] = value
                return value
    raise AttributeError(f"module 'dejure' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
