"""Plain text: where the title ends and the body begins."""

from __future__ import annotations

import datetime as dt
import re

from dejure.records import Report
from dejure.settings import Settings
from dejure.sources.checks import checked_report
from dejure.sources.encoding import decode, unify_line_ends

__all__ = ["LONGEST_TITLE", "frame", "holds_sentence", "read_text"]

#: Longest first line that is taken for a title, in code points.
LONGEST_TITLE = 200

_WORD = re.compile(r"[^\W\d_]+")
# A stop, the marks that may close after it, and then space or the end. Stops of scripts without spaces need none.
_STOP = re.compile(r"[.!?…؟۔।]+[\"'”’»)\]]*(?=\s|$)|[。！？]")
_FEWEST_WORDS = 2


def frame(text: str) -> tuple[str, str]:
    r"""Split plain text into title and body.

    The first line is the title if it has at most 200 characters, another line follows and the rest holds a sentence;
    else the title is "" and the body is the whole text. Blank lines before the first one are no line.

    Parameters
    ----------
    text : str
        Text with LF line ends.

    Returns
    -------
    title, body : str
        Where there is a title, `title + "\n" + body` is the text without leading blank lines.
    """
    begin = re.match(r"(?:[^\S\n]*\n)*", text)
    first, line_feed, rest = text[begin.end() if begin else 0 :].partition("\n")
    if line_feed and len(first) <= LONGEST_TITLE and holds_sentence(rest):
        return first, rest
    return "", text


def holds_sentence(text: str) -> bool:
    """Whether there are two words or more closed by a full stop or its like."""
    begin = 0
    for stop in _STOP.finditer(text):
        if stop.group() in "。！？" or _words(text, begin, stop.start()) >= _FEWEST_WORDS:
            return True
        begin = stop.end()
    return False


def read_text(data: bytes, *, source: str, published: dt.date | None = None, settings: Settings) -> Report:
    """One plain text as a report.

    Parameters
    ----------
    data : bytes
        The whole file.
    source : str
        What the report's `source` shall say.
    published : datetime.date, optional
        The day it appeared; plain text has none of its own.

    Raises
    ------
    InputError
        If it is no text, in no known encoding, empty, too large or without a sentence.
    """
    decoded = decode(data)
    title, body = frame(unify_line_ends(decoded.text))
    return checked_report(
        title=title, body=body, raw=data, source=source, published=published, settings=settings,
        extractor="; ".join(filter(None, ["text", decoded.note])),
    )  # fmt: skip


def _words(text: str, begin: int, end: int) -> int:
    return sum(1 for _ in zip(range(_FEWEST_WORDS), _WORD.finditer(text, begin, end), strict=False))
