"""The checks every report passes before it leaves this room, whatever it was made from."""

from __future__ import annotations

import datetime as dt
import hashlib
import re

from dejure.errors import BadDate, BinaryInput, DejureError, EmptyInput, InputTooLarge, MalformedLine, NoSentence
from dejure.records import Reject, Report
from dejure.settings import Settings

__all__ = ["checked_date", "checked_report", "reject"]

# The oldest newspaper is of 1605. Also keeps date arithmetic clear of the first year there is.
_OLDEST_YEAR = 1600

_WORD = re.compile(r"[^\W\d_]+")
# Scripts written without spaces, where one run of letters may be a whole sentence: Thai to Myanmar, Khmer, Kana, Han.
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")


def checked_report(
    *, title: str, body: str, raw: bytes, source: str, settings: Settings, given_id: str = "",
    published: dt.date | None = None, language: str | None = None, publisher: str | None = None,
    url: str | None = None, retrieved_at: str | None = None, licence: str | None = None, extractor: str = "text",
) -> Report:  # fmt: skip
    """A report whose text can be read on.

    Parameters
    ----------
    raw : bytes
        The bytes it came as; their SHA-256 is kept.
    given_id : str
        Id the input gives; where empty the report takes one from its text.

    Raises
    ------
    EmptyInput, BinaryInput, InputTooLarge, NoSentence, MalformedLine, BadDate
        If the text or the date is none that a report can have.
    """
    _check_text(title, body, source, settings)
    return Report(
        id=given_id,
        title=title,
        body=body,
        published=checked_date(published),
        language=language,
        publisher=publisher,
        url=url,
        source=source,
        retrieved_at=retrieved_at,
        extractor=extractor,
        sha256=hashlib.sha256(raw).hexdigest(),
        licence=licence,
    )


def checked_date(published: dt.date | None, *, today: dt.date | None = None) -> dt.date | None:
    """The date of publication, if a report can have it.

    One day ahead is allowed: it is already tomorrow in Auckland.

    Raises
    ------
    BadDate
        If the day lies in the future, or before there were newspapers.
    """
    if published is None:
        return None
    if published > (today or dt.date.today()) + dt.timedelta(days=1):
        raise BadDate("the date of publication lies in the future", value=published, cure="give the day it appeared")
    if published.year < _OLDEST_YEAR:
        raise BadDate("no report is that old", value=published, cure="give the day it appeared")
    return published


def reject(error: DejureError, source: str, line: int | None = None) -> Reject:
    """The row that stands for an input that could not be read."""
    told = error.to_dict()
    return Reject(
        source=source,
        line=line,
        code=error.code,
        what=told["what"] or "",
        value=told["value"],
        cure=told["cure"] or "",
    )


def _check_text(title: str, body: str, source: str, settings: Settings) -> None:
    if not body.strip():
        raise EmptyInput("there is no text", value=source, cure="hand in a report with a body")
    if len(title) + len(body) > settings.max_characters:
        raise InputTooLarge(
            f"the report has more than {settings.max_characters:,} characters",
            value=f"{len(title) + len(body):,}",
            cure="split it into one file a report, or raise DEJURE_MAX_CHARACTERS",
        )
    for part in (title, body):
        if "\x00" in part:
            raise BinaryInput("the text holds a NUL character", value=source, cure="remove it")
        if _SURROGATE.search(part):
            raise MalformedLine("the text holds half a surrogate pair", value=source, cure="write it as UTF-8")
    words = _WORD.finditer(body)
    first = next(words, None)
    if first is None or (next(words, None) is None and not _UNSPACED.search(first.group())):
        raise NoSentence("there is no sentence in it", value=body.strip(), cure="hand in a report in full sentences")
