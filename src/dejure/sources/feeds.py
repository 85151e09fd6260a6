"""RSS and Atom: each entry with a text as a report. Nothing is fetched."""

from __future__ import annotations

import calendar
import datetime as dt
import io
import re
from collections.abc import Iterator
from typing import Any

from dejure.errors import BadDate, InputError, InputTooLarge, NoArticle
from dejure.extras import need
from dejure.records import Reject, Report
from dejure.settings import Settings
from dejure.sources.checks import checked_report, reject
from dejure.sources.html import refuse_heavy_tags

__all__ = ["read_feed"]

# The parser of XML compares each attribute of a tag with all before it: 100,000 in one would take a minute.
_MOST_ATTRIBUTES = 500
_TOO_MANY_ATTRIBUTES = re.compile(
    rb"""<[A-Za-z_][^\s<>"'=]*+(?:\s++[^\s<>"'=]++\s*+=\s*+(?:"[^"]*+"|'[^']*+')){%d}""" % (_MOST_ATTRIBUTES + 1)
)
_ROOT = re.compile(rb"<((?:[\w.-]+:)?(?:rss|feed|rdf))[\s>]", re.I)
# A date that begins with a year must go on with month and day: what reads it makes March of 30 February, and the first
# of January of a year alone.
_YEAR_FIRST = re.compile(r"\s*\d{4}(?:[-\d]|\s*$)")
_DAY = re.compile(r"\s*(\d{4})-?(\d\d)-?(\d\d)")


def read_feed(
    data: bytes, *, source: str, published: dt.date | None = None, settings: Settings
) -> Iterator[Report | Reject]:
    """Entries of a feed; one that cannot be read becomes a reject, and so does the end of a feed that is cut off.

    A report's `source` is the name of the feed and the number of the entry, from 1; its hash is of the entry's title
    and content as the feed gives them.

    Raises
    ------
    NoArticle
        If it is no feed.
    InputTooLarge
        If one of its tags has more attributes than any feed would give it.
    """
    plain = data.replace(b"\0", b"")
    if _TOO_MANY_ATTRIBUTES.search(plain):
        raise InputTooLarge(
            f"a tag of the feed has more than {_MOST_ATTRIBUTES} attributes", value=source, cure="ask for another feed"
        )
    feedparser = need("feedparser")
    feed = feedparser.parse(io.BytesIO(data), sanitize_html=False, resolve_relative_uris=False)
    if not feed.version and not feed.entries:
        raise NoArticle("this is no RSS or Atom feed", value=source, cure="name the format it has")
    for number, entry in enumerate(feed.entries, start=1):
        try:
            yield _report(entry, feed.feed, f"{source}:{number}", published, settings)
        except InputError as error:
            yield reject(error, source, number)
    root = _ROOT.search(plain)
    if root and not re.search(rb"</%s\s*>" % re.escape(root.group(1)), plain[root.end() :]):
        yield reject(InputError("the feed is cut off before its end", value=source, cure="fetch it again"), source)


def _report(entry: Any, feed: Any, source: str, published: dt.date | None, settings: Settings) -> Report:
    content = entry.content[0].value if entry.get("content") else entry.get("summary", "")
    title = entry.get("title", "")
    raw = f"{title}\n{content}".encode("utf-8", "replace")
    return checked_report(
        title=_text(title).replace("\n", " ").strip(), body=_text(content), raw=raw,
        source=source, given_id=entry.get("id", ""), published=published or _day(entry),
        publisher=feed.get("title") or None, url=entry.get("link") or None, licence=feed.get("rights") or None,
        extractor=f"feedparser {need('feedparser').__version__}", settings=settings,
    )  # fmt: skip


def _day(entry: Any) -> dt.date | None:
    """The day the entry gives, in universal time."""
    name = "published" if "published" in entry else "updated"
    said, parsed = entry.get(name), entry.get(f"{name}_parsed")
    if parsed is None and not said:
        return None
    try:
        if _YEAR_FIRST.match(said or ""):
            day = _DAY.match(said)
            dt.date(*map(int, day.groups() if day else ()))
        return dt.datetime.fromtimestamp(calendar.timegm(parsed), dt.UTC).date()
    except (TypeError, ValueError, OverflowError, OSError) as error:
        raise BadDate("the entry's date is none", value=said, cure="give it with --published") from error


def _text(markup: str) -> str:
    """The words of a piece of HTML, a paragraph a line."""
    if "<" not in markup and "&" not in markup:
        return markup.strip()
    from lxml import etree, html

    refuse_heavy_tags(markup)
    try:
        tree = html.fragment_fromstring(markup, create_parent="div")
    except (etree.ParserError, ValueError, RecursionError):
        return markup.strip()
    for element in tree.iter("script", "style"):
        element.text = None
    for element in tree.iter("p", "br", "div", "li", "h1", "h2", "h3", "blockquote"):
        element.tail = "\n" + (element.tail or "")
    lines = (" ".join(line.split()) for line in "".join(tree.itertext()).split("\n"))
    return "\n".join(line for line in lines if line)
