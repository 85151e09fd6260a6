"""Every error the package raises, and what each costs.

::

    DejureError
    ├── InputError            something handed in cannot be read
    │   ├── EmptyInput
    │   ├── BinaryInput
    │   ├── UnknownEncoding
    │   ├── InputTooLarge
    │   ├── NoSentence
    │   ├── UnreadLanguage
    │   ├── MalformedLine
    │   ├── MalformedTable
    │   ├── NoArticle
    │   ├── NothingReadable
    │   ├── InputMissing
    │   ├── BadDate
    │   ├── UnknownParty
    │   ├── BadEntry
    │   ├── BadTable
    │   ├── CorpusUnusable
    │   └── FetchError
    │       ├── FetchRefused
    │       ├── FetchFailed
    │       └── FetchLater
    ├── RecordError           a record that breaks the contract
    ├── SettingsError         a setting that cannot be used
    ├── ModelError            a model is missing or is not the one we pinned
    ├── ReferenceTableError   a reference table is missing or malformed
    ├── MissingExtra          an optional part is not installed
    ├── BrowserFailed         the browser that prints gave no PDF
    ├── LedgerError           the ledger cannot be used
    │   ├── LedgerMissing
    │   ├── LedgerLocked
    │   ├── LedgerReadOnly
    │   ├── LedgerFull
    │   ├── LedgerDamaged
    │   └── LedgerTooNew
    └── ServiceError          a request that the server does not answer
        ├── BadRequest
        ├── Forbidden
        ├── NotAllowed
        ├── NotFound
        ├── RateLimited
        ├── Busy
        ├── TimedOut
        ├── Unauthorised
        └── WrongMediaType

Each error says what happened, which value did it and how to mend it. `EXIT_CODES` and `HTTP_STATUS` map the stable
`code` to what a command returns and what the HTTP interface answers.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import ClassVar

__all__ = [
    "EXIT_CODES",
    "HTTP_STATUS",
    "BadDate",
    "BadEntry",
    "BadRequest",
    "BadTable",
    "BinaryInput",
    "BrowserFailed",
    "Busy",
    "CorpusUnusable",
    "DejureError",
    "EmptyInput",
    "FetchError",
    "FetchFailed",
    "FetchLater",
    "FetchRefused",
    "Forbidden",
    "InputError",
    "InputMissing",
    "InputTooLarge",
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
    "RateLimited",
    "RecordError",
    "ReferenceTableError",
    "ServiceError",
    "SettingsError",
    "TimedOut",
    "Unauthorised",
    "UnknownEncoding",
    "UnknownParty",
    "UnreadLanguage",
    "WrongMediaType",
    "error_of",
]


class DejureError(Exception):
    """Root of all errors of this package.

    Parameters
    ----------
    what : str
        What went wrong, in one sentence without a final stop.
    value : object, optional
        The offending value; shown shortened.
    cure : str, optional
        How to mend it, in one sentence without a final stop.
    """

    code: ClassVar[str] = "error"

    def __init__(self, what: str, *, value: object = None, cure: str = "") -> None:
        self.what = what
        self.value = value
        self.cure = cure
        super().__init__(str(self))

    def __str__(self) -> str:
        shown = "" if self.value is None else f" ({_shorten(str(self.value))})"
        cure = f"; {self.cure}" if self.cure else ""
        return f"{self.what}{shown}{cure}"

    def to_dict(self) -> dict[str, str | None]:
        """The one shape that an error has at every face: code, what, value, cure."""
        value = None if self.value is None else _shorten(str(self.value))
        return {"code": self.code, "what": self.what, "value": value, "cure": self.cure}


class InputError(DejureError):
    """Something handed in cannot be read."""

    code = "input"


class EmptyInput(InputError):
    """Nothing but white space."""

    code = "empty"


class BinaryInput(InputError):
    """Bytes that are no text: an image, an archive, a program."""

    code = "binary"


class UnknownEncoding(InputError):
    """Bytes that decode in no encoding with confidence."""

    code = "encoding"


class InputTooLarge(InputError):
    """More than the settings allow for one report."""

    code = "too_large"


class NoSentence(InputError):
    """Text in which no sentence was found."""

    code = "no_sentence"


class UnreadLanguage(InputError):
    """A report in a language that cannot be read."""

    code = "language"


class MalformedLine(InputError):
    """A line of a JSON lines file that is not a report."""

    code = "malformed_line"


class MalformedTable(InputError):
    """A table that is none, or lacks columns."""

    code = "malformed_table"


class NoArticle(InputError):
    """A page without an article."""

    code = "no_article"


class NothingReadable(InputError):
    """A folder or list without one readable file."""

    code = "nothing_readable"


class InputMissing(InputError):
    """A path that is not there or may not be opened."""

    code = "missing"


class BadDate(InputError):
    """A date that is none, or that no report can have."""

    code = "bad_date"


class UnknownParty(InputError):
    """A name, id or slug that the reference tables do not know."""

    code = "unknown_party"


class BadEntry(InputError):
    """Something that no ledger entry can say: dates that contradict each other, an act that does not exist."""

    code = "bad_entry"


class BadTable(InputError):
    """A table whose columns or rows do not fit the map that was given with it."""

    code = "bad_table"


class CorpusUnusable(InputError):
    """A folder that holds no finished corpus, or a run of other settings, or that cannot be written to."""

    code = "corpus"


class FetchError(InputError):
    """Something that was not fetched over the network."""

    code = "fetch"


class FetchRefused(FetchError):
    """An address, a redirect or a page that we do not ask for: forbidden network, other scheme, robots.txt."""

    code = "fetch_refused"


class FetchFailed(FetchError):
    """What the other side answered cannot be taken: missing, too large, of another kind, broken."""

    code = "fetch_failed"


class FetchLater(FetchError):
    """The other side did not answer in time, is out of order, or asks to come back later.

    Parameters
    ----------
    retry_seconds : float, optional
        How long it asks us to wait.
    """

    code = "fetch_later"

    def __init__(self, what: str, *, value: object = None, cure: str = "", retry_seconds: float | None = None) -> None:
        self.retry_seconds = retry_seconds
        super().__init__(what, value=value, cure=cure)


class RecordError(DejureError):
    """A record that breaks the contract: offsets, flags or values that may not be."""

    code = "record"


class SettingsError(DejureError):
    """A setting that cannot be used."""

    code = "settings"


class ModelError(DejureError):
    """A model is missing, or its files are not the ones that were pinned."""

    code = "model"


class ReferenceTableError(DejureError):
    """A reference table is missing or malformed."""

    code = "reference"


class MissingExtra(DejureError):
    """An optional part of the package is not installed."""

    code = "missing_extra"


class BrowserFailed(DejureError):
    """The browser that should print a page gave no PDF."""

    code = "browser"


class LedgerError(DejureError):
    """The ledger cannot be used."""

    code = "ledger"


class LedgerMissing(LedgerError):
    """There is no ledger where one was named."""

    code = "ledger_missing"


class LedgerLocked(LedgerError):
    """Somebody else kept the ledger locked for too long."""

    code = "ledger_locked"


class LedgerReadOnly(LedgerError):
    """The ledger may be read but not written."""

    code = "ledger_read_only"


class LedgerFull(LedgerError):
    """There is no space left where the ledger lies."""

    code = "ledger_full"


class LedgerDamaged(LedgerError):
    """A file that is no ledger, or one that was cut off or changed behind our back."""

    code = "ledger_damaged"


class LedgerTooNew(LedgerError):
    """A ledger written by a later version of dejure."""

    code = "ledger_too_new"


class ServiceError(DejureError):
    """A request that the server does not answer."""

    code = "service"


class BadRequest(ServiceError):
    """A request with a parameter or body that cannot be understood."""

    code = "bad_request"


class Forbidden(ServiceError):
    """A request that this server takes from nobody, or not from there."""

    code = "forbidden"


class NotAllowed(ServiceError):
    """A method that this address does not have."""

    code = "not_allowed"


class NotFound(ServiceError):
    """An address, an entry or a story that is not there."""

    code = "not_found"


class RateLimited(ServiceError):
    """More requests than one client is granted."""

    code = "rate_limited"


class Busy(ServiceError):
    """The server has too much to do."""

    code = "busy"


class TimedOut(ServiceError):
    """What was asked takes longer than the server grants."""

    code = "timed_out"


class Unauthorised(ServiceError):
    """A request that needs a token and has none, or a wrong one."""

    code = "unauthorised"


class WrongMediaType(ServiceError):
    """A body of a kind that this address does not read."""

    code = "media_type"


#: Exit code of a command for each error code. 0 is success, 1 an unforeseen failure, 2 wrong usage (click's own),
#: 4 means that some of many inputs were rejected and the rest was done.
EXIT_CODES: dict[str, int] = {
    "error": 1,
    "input": 3,
    "empty": 3,
    "binary": 3,
    "encoding": 3,
    "too_large": 3,
    "no_sentence": 3,
    "language": 3,
    "malformed_line": 3,
    "malformed_table": 3,
    "no_article": 3,
    "nothing_readable": 3,
    "missing": 3,
    "bad_date": 3,
    "corpus": 3,
    "fetch": 3,
    "fetch_refused": 3,
    "fetch_failed": 3,
    "fetch_later": 3,
    "record": 1,
    "settings": 2,
    "model": 5,
    "reference": 5,
    "missing_extra": 6,
    "browser": 6,
    "unknown_party": 3,
    "bad_entry": 3,
    "bad_table": 3,
    "ledger": 7,
    "ledger_missing": 7,
    "ledger_locked": 7,
    "ledger_read_only": 7,
    "ledger_full": 7,
    "ledger_damaged": 7,
    "ledger_too_new": 7,
    "service": 1,
    "bad_request": 1,
    "forbidden": 1,
    "not_allowed": 1,
    "not_found": 1,
    "rate_limited": 1,
    "busy": 1,
    "timed_out": 1,
    "unauthorised": 1,
    "media_type": 1,
}

#: HTTP status for each error code.
HTTP_STATUS: dict[str, int] = {
    "error": 500,
    "input": 422,
    "empty": 422,
    "binary": 415,
    "encoding": 415,
    "too_large": 413,
    "no_sentence": 422,
    "language": 422,
    "malformed_line": 422,
    "malformed_table": 422,
    "no_article": 422,
    "nothing_readable": 404,
    "missing": 404,
    "bad_date": 422,
    "corpus": 409,
    "fetch": 502,
    "fetch_refused": 403,
    "fetch_failed": 502,
    "fetch_later": 503,
    "record": 500,
    "settings": 400,
    "model": 503,
    "reference": 503,
    "missing_extra": 501,
    "browser": 503,
    "unknown_party": 422,
    "bad_entry": 422,
    "bad_table": 422,
    "ledger": 500,
    "ledger_missing": 404,
    "ledger_locked": 503,
    "ledger_read_only": 403,
    "ledger_full": 507,
    "ledger_damaged": 500,
    "ledger_too_new": 503,
    "service": 400,
    "bad_request": 422,
    "forbidden": 403,
    "not_allowed": 405,
    "not_found": 404,
    "rate_limited": 429,
    "busy": 503,
    "timed_out": 504,
    "unauthorised": 401,
    "media_type": 415,
}

_LONGEST_VALUE = 120


def error_of(told: Mapping[str, str | None]) -> DejureError:
    """The error that `to_dict` told of, as another process raised it."""
    kinds = {one.code: one for one in _kinds(DejureError)}
    kind = kinds.get(told["code"] or "", DejureError)
    return kind(told["what"] or "", value=told["value"], cure=told["cure"] or "")


def _kinds(root: type[DejureError]) -> Iterator[type[DejureError]]:
    yield root
    for one in root.__subclasses__():
        yield from _kinds(one)


def _shorten(text: str) -> str:
    """Control characters escaped, cut to a length fit for one line."""
    line = text.encode("unicode_escape").decode("ascii") if not text.isprintable() else text
    return line if len(line) <= _LONGEST_VALUE else line[: _LONGEST_VALUE - 1] + "…"
