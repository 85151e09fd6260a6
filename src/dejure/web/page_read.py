"""A report that a reader brings: every record of it, marked in the text."""

from __future__ import annotations

import base64
import datetime as dt
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from starlette.requests import Request

from dejure.errors import EmptyInput
from dejure.sources import frame
from dejure.web.address import day_of
from dejure.web.highlight import Marked, segments
from dejure.web.page_review import check_token
from dejure.web.rendering import Page

if TYPE_CHECKING:
    from dejure.serving import Observatory

__all__ = ["form", "read"]

#: Lists of a coding in the order in which they are shown; those first are marked above the others.
_LISTS = ("recognition", "statements", "silences", "background", "events")


def form(observatory: Observatory, request: Request) -> Page:  # noqa: ARG001  one signature for all pages
    """The empty form."""
    return Page("read.html", {
        "section": "read", "coding": None, "taken": None, "given": "", "published": dt.date.today().isoformat(),
        "longest": observatory.limits.report_characters, "can_judge": observatory.can_write,
    })  # fmt: skip


def read(observatory: Observatory, fields: Mapping[str, str], content: bytes) -> Page:
    """Read a report.

    Raises
    ------
    InputError
        If there is none, or it cannot be read.
    Busy, TimedOut
        If it is too much for the server.
    LedgerReadOnly, Unauthorised
        If its acts are to be recorded, and nobody or not this person may.
    """
    published = day_of(fields.get("published"), "published")
    given = fields.get("text", "").replace("\r\n", "\n")
    title, body = _of_file(observatory, content) if content else frame(given)
    if not body.strip() and not title.strip():
        raise EmptyInput("there is no report", cure="paste one, or choose a file")
    taken = None
    if fields.get("record"):
        check_token(observatory, fields.get("token", ""))
        report = {"title": title, "text": body, "published": published.isoformat() if published else None}
        taken = observatory.ingest([report], keep_text=True)
    coding = observatory.read_text(body, title=title, published=published)
    begin = len(body) - len(body.lstrip())
    return Page("read.html", {
        "section": "read", "coding": coding, "taken": taken, "given": given if not content else "",
        "published": published.isoformat() if published else "", "title": segments(title, _marks(coding, "title")),
        "body": segments(body[begin:], _marks(coding, "body", begin)), "has_title": bool(title),
        "lists": [(name, coding[name]) for name in _LISTS if coding.get(name)],
        "total": sum(len(coding.get(name) or ()) for name in _LISTS),
        "longest": observatory.limits.report_characters, "can_judge": observatory.can_write,
        "dates": {one["id"]: _dated(one) for one in coding["recognition"]},
    })  # fmt: skip


def _of_file(observatory: Observatory, content: bytes) -> tuple[str, str]:
    """Title and body of a file, by what is in it; its name is of no account."""
    asked = {"content": base64.b64encode(content).decode(), "characters": observatory.limits.report_characters}
    told = observatory.reader.ask("frame", asked)
    return told["title"], told["body"]


def _marks(coding: Mapping[str, Any], part: str, begin: int = 0) -> Iterator[Marked]:
    for name in _LISTS:
        for record in coding.get(name) or ():
            span = record["evidence"]
            if span["part"] == part:
                yield Marked(span["start"] - begin, span["end"] - begin, name, record["id"])


def _dated(record: Mapping[str, Any]) -> str:
    """The days of an act, to which a judgement about it is bound."""
    when = record.get("when") or {}
    return f"{when.get('earliest') or ''}..{when.get('latest') or ''}"
