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

    #: The stable name of its kind, what a command returns and what the HTTP interface answers.
    code: ClassVar[str] = "error"
    exit_code: ClassVar[int] = 1
    http_status: ClassVar[int] = 500

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

    code, exit_code, http_status = "input", 3, 422


class EmptyInput(InputError):
    """Nothing but white space."""

    code, exit_code, http_status = "empty", 3, 422


class BinaryInput(InputError):
    """Bytes that are no text: an image, an archive, a program."""

    code, exit_code, http_status = "binary", 3, 415


class UnknownEncoding(InputError):
    """Bytes that decode in no encoding with confidence."""

    code, exit_code, http_status = "encoding", 3, 415


class InputTooLarge(InputError):
    """More than the settings allow for one report."""

    code, exit_code, http_status = "too_large", 3, 413


class NoSentence(InputError):
    """Text in which no sentence was found."""

    code, exit_code, http_status = "no_sentence", 3, 422


class UnreadLanguage(InputError):
    """A report in a language that cannot be read."""

    code, exit_code, http_status = "language", 3, 422


class MalformedLine(InputError):
    """A line of a JSON lines file that is not a report."""

    code, exit_code, http_status = "malformed_line", 3, 422


class MalformedTable(InputError):
    """A table that is none, or lacks columns."""

    code, exit_code, http_status = "malformed_table", 3, 422


class NoArticle(InputError):
    """A page without an article."""

    code, exit_code, http_status = "no_article", 3, 422


class NothingReadable(InputError):
    """A folder or list without one readable file."""

    code, exit_code, http_status = "nothing_readable", 3, 404


class InputMissing(InputError):
    """A path that is not there or may not be opened."""

    code, exit_code, http_status = "missing", 3, 404


class BadDate(InputError):
    """A date that is none, or that no report can have."""

    code, exit_code, http_status = "bad_date", 3, 422


class UnknownParty(InputError):
    """A name, id or slug that the reference tables do not know."""

    code, exit_code, http_status = "unknown_party", 3, 422


class BadEntry(InputError):
    """Something that no ledger entry can say: dates that contradict each other, an act that does not exist."""

    code, exit_code, http_status = "bad_entry", 3, 422


class BadTable(InputError):
    """A table whose columns or rows do not fit the map that was given with it."""

    code, exit_code, http_status = "bad_table", 3, 422


class CorpusUnusable(InputError):
    """A folder that holds no finished corpus, or a run of other settings, or that cannot be written to."""

    code, exit_code, http_status = "corpus", 3, 409


class FetchError(InputError):
    """Something that was not fetched over the network."""

    code, exit_code, http_status = "fetch", 3, 502


class FetchRefused(FetchError):
    """An address, a redirect or a page that we do not ask for: forbidden network, other scheme, robots.txt."""

    code, exit_code, http_status = "fetch_refused", 3, 403


class FetchFailed(FetchError):
    """What the other side answered cannot be taken: missing, too large, of another kind, broken."""

    code, exit_code, http_status = "fetch_failed", 3, 502


class FetchLater(FetchError):
    """The other side did not answer in time, is out of order, or asks to come back later.

    Parameters
    ----------
    retry_seconds : float, optional
        How long it asks us to wait.
    """

    code, exit_code, http_status = "fetch_later", 3, 503

    def __init__(self, what: str, *, value: object = None, cure: str = "", retry_seconds: float | None = None) -> None:
        self.retry_seconds = retry_seconds
        super().__init__(what, value=value, cure=cure)


class RecordError(DejureError):
    """A record that breaks the contract: offsets, flags or values that may not be."""

    code, exit_code, http_status = "record", 1, 500


class SettingsError(DejureError):
    """A setting that cannot be used."""

    code, exit_code, http_status = "settings", 2, 400


class ModelError(DejureError):
    """A model is missing, or its files are not the ones that were pinned."""

    code, exit_code, http_status = "model", 5, 503


class ReferenceTableError(DejureError):
    """A reference table is missing or malformed."""

    code, exit_code, http_status = "reference", 5, 503


class MissingExtra(DejureError):
    """An optional part of the package is not installed."""

    code, exit_code, http_status = "missing_extra", 6, 501


class BrowserFailed(DejureError):
    """The browser that should print a page gave no PDF."""

    code, exit_code, http_status = "browser", 6, 503


class LedgerError(DejureError):
    """The ledger cannot be used."""

    code, exit_code, http_status = "ledger", 7, 500


class LedgerMissing(LedgerError):
    """There is no ledger where one was named."""

    code, exit_code, http_status = "ledger_missing", 7, 404


class LedgerLocked(LedgerError):
    """Somebody else kept the ledger locked for too long."""

    code, exit_code, http_status = "ledger_locked", 7, 503


class LedgerReadOnly(LedgerError):
    """The ledger may be read but not written."""

    code, exit_code, http_status = "ledger_read_only", 7, 403


class LedgerFull(LedgerError):
    """There is no space left where the ledger lies."""

    code, exit_code, http_status = "ledger_full", 7, 507


class LedgerDamaged(LedgerError):
    """A file that is no ledger, or one that was cut off or changed behind our back."""

    code, exit_code, http_status = "ledger_damaged", 7, 500


class LedgerTooNew(LedgerError):
    """A ledger written by a later version of dejure."""

    code, exit_code, http_status = "ledger_too_new", 7, 503


class ServiceError(DejureError):
    """A request that the server does not answer."""

    code, exit_code, http_status = "service", 1, 400


class BadRequest(ServiceError):
    """A request with a parameter or body that cannot be understood."""

    code, exit_code, http_status = "bad_request", 1, 422


class Forbidden(ServiceError):
    """A request that this server takes from nobody, or not from there."""

    code, exit_code, http_status = "forbidden", 1, 403


class NotAllowed(ServiceError):
    """A method that this address does not have."""

    code, exit_code, http_status = "not_allowed", 1, 405


class NotFound(ServiceError):
    """An address, an entry or a story that is not there."""

    code, exit_code, http_status = "not_found", 1, 404


class RateLimited(ServiceError):
    """More requests than one client is granted."""

    code, exit_code, http_status = "rate_limited", 1, 429


class Busy(ServiceError):
    """The server has too much to do."""

    code, exit_code, http_status = "busy", 1, 503


class TimedOut(ServiceError):
    """What was asked takes longer than the server grants."""

    code, exit_code, http_status = "timed_out", 1, 504


class Unauthorised(ServiceError):
    """A request that needs a token and has none, or a wrong one."""

    code, exit_code, http_status = "unauthorised", 1, 401


class WrongMediaType(ServiceError):
    """A body of a kind that this address does not read."""

    code, exit_code, http_status = "media_type", 1, 415


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


#: Exit code of a command for each error code. 0 is success, 1 an unforeseen failure, 2 wrong usage (click's own),
#: 4 means that some of many inputs were rejected and the rest was done.
EXIT_CODES: dict[str, int] = {one.code: one.exit_code for one in _kinds(DejureError)}

#: HTTP status for each error code.
HTTP_STATUS: dict[str, int] = {one.code: one.http_status for one in _kinds(DejureError)}
