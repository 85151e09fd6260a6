"""JSON lines `{id, title, text, published, language}`, one report a line, read as a stream."""

from __future__ import annotations

import datetime as dt
import io
import json
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

from dejure.errors import BinaryInput, EmptyInput, InputError, InputTooLarge, MalformedLine
from dejure.records import Reject, Report
from dejure.settings import Settings
from dejure.sources.checks import checked_report, reject
from dejure.sources.encoding import decode, refuse_known_format, unify_line_ends
from dejure.when import parse_date

__all__ = ["read_lines", "report_from_mapping"]

_OPTIONAL_TEXT = ("title", "language", "publisher", "url", "licence", "retrieved_at")
_CURE = "write one JSON object a line, with text as a string"


def read_lines(
    stream: BinaryIO, *, source: str, published: dt.date | None = None, settings: Settings, first_line: int = 1
) -> Iterator[Report | Reject]:
    """Reports of a JSON lines file; a line that is none becomes a `Reject` and the others go on.

    Parameters
    ----------
    stream : binary file
        Read line by line; never held whole.
    source : str
        Name of the file; a report's `source` is the name and the line number, `reports.jsonl:12`.
    published : datetime.date, optional
        Takes the place of every line's own date.
    first_line : int
        Number of the stream's first line, where it is a part of a file.

    Raises
    ------
    EmptyInput, BinaryInput
        If there is no line at all, or the file is of a known binary format.
    """
    seen: set[str] = set()
    number = 0
    if isinstance(stream, io.BufferedReader):
        refuse_known_format(stream.peek(16)[:16])
    for number, line in _lines(stream, settings.max_bytes, first_line):
        try:
            report = _report_from_line(line, f"{source}:{number}", published, settings)
            if report is None:
                continue
            _refuse_twice(report.id, seen)
            yield report
        except InputError as error:
            yield reject(error, source, number)
    if number == 0:
        raise EmptyInput("there is no text", value=source, cure="hand in a report with a body")


def report_from_mapping(
    given: Mapping[str, Any], *, source: str, raw: bytes | None = None, published: dt.date | None = None,
    extractor: str = "jsonl", settings: Settings,
) -> Report:  # fmt: skip
    """A report from the keys of a JSON line.

    `text` must be a string. `id` (string or whole number), `title`, `published` (ISO 8601), `language`, `publisher`,
    `url`, `licence` and `retrieved_at` may be missing or null. Other keys are left aside.

    Raises
    ------
    MalformedLine
        If a key is missing or of another type.
    InputError
        If the text cannot be read for another reason.
    """
    if not isinstance(given.get("text"), str):
        raise MalformedLine("a report needs text as a string", value=sorted(map(str, given)), cure=_CURE)
    for key in _OPTIONAL_TEXT:
        if not isinstance(given.get(key), (str, type(None))):
            raise MalformedLine(f"{key} must be a string or null", value=given[key], cure=_CURE)
    return checked_report(
        title=unify_line_ends(given.get("title") or ""),
        body=unify_line_ends(given["text"]),
        raw=raw if raw is not None else given["text"].encode("utf-8", "surrogatepass"),
        source=source,
        given_id=_given_id(given.get("id")),
        published=published or _published(given.get("published")),
        language=given.get("language"),
        publisher=given.get("publisher"),
        url=given.get("url"),
        licence=given.get("licence"),
        retrieved_at=given.get("retrieved_at"),
        extractor=extractor,
        settings=settings,
    )


def _lines(stream: BinaryIO, longest: int, first: int) -> Iterator[tuple[int, bytes | None]]:
    """Numbered lines; None for one that is longer than `longest` bytes, the rest of which is passed over."""
    number = first - 1
    while line := stream.readline(longest + 1):
        number += 1
        if len(line) <= longest or line.endswith(b"\n"):
            yield number, line
            continue
        while line and not line.endswith(b"\n"):
            line = stream.readline(1 << 20)
        yield number, None


def _report_from_line(line: bytes | None, source: str, published: dt.date | None, settings: Settings) -> Report | None:
    """The report of one line; None for a blank one."""
    if line is None:
        raise InputTooLarge(
            f"the line has more than {settings.max_bytes:,} bytes", cure="split it, or raise DEJURE_MAX_BYTES"
        )
    if not line.strip(b" \t\r\n\xef\xbb\xbf"):
        return None
    if b"\x00" in line:
        raise BinaryInput("the line holds NUL bytes", value=line[:20], cure=_CURE)
    decoded = decode(line)
    extractor = "; ".join(filter(None, ["jsonl", decoded.note]))
    raw = line.rstrip(b"\r\n")
    return report_from_mapping(
        _object(decoded.text), source=source, raw=raw, published=published, extractor=extractor, settings=settings
    )


def _object(text: str) -> dict[str, Any]:
    try:
        value = json.loads(text)
    except json.JSONDecodeError as error:
        raise MalformedLine(f"the line is not JSON: {error.msg}", value=f"column {error.colno}", cure=_CURE) from error
    except (RecursionError, ValueError) as error:
        raise MalformedLine("the line is not JSON that can be read", value=text.strip(), cure=_CURE) from error
    if not isinstance(value, dict):
        raise MalformedLine("the line is not a JSON object", value=text.strip(), cure=_CURE)
    return value


def _given_id(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, str) or (isinstance(value, int) and not isinstance(value, bool)):
        return str(value)
    raise MalformedLine("id must be a string", value=value, cure=_CURE)


def _published(value: object) -> dt.date | None:
    if value is None or value == "":
        return None
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    if not isinstance(value, str):
        raise MalformedLine("published must be a string or null", value=value, cure="write it as YYYY-MM-DD")
    return parse_date(value, what="date of publication")


def _refuse_twice(given: str, seen: set[str]) -> None:
    """Two reports of one id could not be told apart in the output."""
    if given in seen:
        raise MalformedLine("a report with this id came before", value=given, cure="give every report its own id")
    seen.add(given)
