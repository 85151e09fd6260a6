"""Web pages: the article, its title, date and publisher, by trafilatura. Nothing is fetched."""

from __future__ import annotations

import datetime as dt
import logging
import re
from typing import Any

from dejure.errors import BadDate, InputTooLarge, NoArticle
from dejure.records import Report
from dejure.settings import Settings
from dejure.sources.checks import checked_report
from dejure.sources.encoding import decode, unify_line_ends
from dejure.sources.text import holds_sentence
from dejure.when import parse_date

__all__ = ["declared_encoding", "looks_like_html", "read_html", "refuse_heavy_tags"]

# A page of more elements than this is no article, and costs more than a second for each 15,000.
_MOST_ELEMENTS = 100_000

# The parser compares each attribute of a tag with all before it: 30,000 in one tag take half a minute.
_MOST_ATTRIBUTES = 2_000

# Only dates that the page marks as its own: the extensive search would take one out of the article's words. The bound
# lies far ahead so that a date in the future is seen, and refused, instead of dropped.
_DATE_RULES = {
    "extensive_search": False,
    "original_date": True,
    "max_date": "2199-12-31",
    "outputformat": "%Y-%m-%d",
}

_HEAD_BYTES = 4096
_DECLARED = re.compile(
    rb"""(?:<meta[^>]{0,200}?charset|<\?xml[^>]{0,80}?encoding)\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""", re.I
)
_OPENING = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body|article)\b", re.I | re.S
)
_XML_DECLARATION = re.compile(r"\s*<\?xml[^>]*\?>")
_TAG = re.compile(r"<[a-zA-Z]")
# A quotation mark begins a value only after an equals sign; elsewhere it is part of a name.
_IN_TAG = re.compile(r""">|=\s*(["'])""")
_BETWEEN_NAMES = re.compile(r"[\s/]+")


def read_html(
    data: bytes, *, source: str, published: dt.date | None = None, encoding: str | None = None, settings: Settings
) -> Report:
    """The article of one page as a report.

    Parameters
    ----------
    data : bytes
        The whole page.
    source : str
        What the report's `source` shall say.
    published : datetime.date, optional
        Takes the place of the date that the page gives.
    encoding : str, optional
        What the server called it; it goes before what the page says of itself.

    Raises
    ------
    NoArticle
        If there is none on the page.
    InputError
        If the page cannot be read for another reason.
    """
    decoded = decode(data, declared=encoding or declared_encoding(data))
    document = _extract(unify_line_ends(decoded.text), source)
    title = (document.title or "").strip()
    body = _without_title(document.text or "", title)
    if not holds_sentence(body):
        raise NoArticle("there is no article on this page", value=source, cure="save the page of one article")
    # The page's own `lang` is left aside: templates often say "en" over an article in another language.
    return checked_report(
        title=title, body=body, raw=data, source=source, published=published or _date(document.date, source),
        publisher=document.sitename or document.hostname, url=document.url, licence=document.license,
        extractor="; ".join(filter(None, [f"trafilatura {_version()}", decoded.note])), settings=settings,
    )  # fmt: skip


def looks_like_html(text: str) -> bool:
    """Whether a text begins like a page."""
    return _OPENING.match(text) is not None


def declared_encoding(data: bytes) -> str | None:
    """The encoding that a page declares in its first 4,096 bytes."""
    found = _DECLARED.search(data[:_HEAD_BYTES])
    return found.group(1).decode("ascii") if found else None


def refuse_heavy_tags(page: str) -> None:
    """Refuse markup with a tag that would keep the parser busy for minutes; one pass over the text.

    Raises
    ------
    InputTooLarge
        If a tag has more attributes than any page would give it.
    """
    at = 0
    while tag := _TAG.search(page, at):
        attributes, at = 0, tag.end()
        while True:
            mark = _IN_TAG.search(page, at)
            end = mark.start() if mark else len(page)
            attributes += sum(1 for _ in _BETWEEN_NAMES.finditer(page, at, end))
            if mark is None or not mark.group(1):
                at = mark.end() if mark else len(page)
                break
            attributes += 1
            closing = page.find(mark.group(1), mark.end())
            at = len(page) if closing < 0 else closing + 1
        if attributes > 2 * _MOST_ATTRIBUTES:  # one for the space before a name, one for the value
            raise InputTooLarge(
                f"a tag of the page has more than {_MOST_ATTRIBUTES:,} attributes", cure="save the article alone"
            )


def _extract(page: str, source: str) -> Any:
    """What trafilatura finds; its own failures on broken pages are "no article" to us."""
    elements = sum(1 for _ in _TAG.finditer(page))
    if elements > _MOST_ELEMENTS:
        raise InputTooLarge(
            f"the page has more than {_MOST_ELEMENTS:,} elements", value=f"{elements:,}", cure="save the article alone"
        )
    refuse_heavy_tags(page)
    _hush()
    from trafilatura import bare_extraction

    try:
        document = bare_extraction(
            _XML_DECLARATION.sub("", page, count=1),
            with_metadata=True,
            include_comments=False,
            include_tables=False,
            date_extraction_params=_DATE_RULES,
        )
    except (ValueError, TypeError, AttributeError, KeyError, IndexError, RecursionError, AssertionError) as error:
        raise NoArticle(
            "this page cannot be taken apart", value=type(error).__name__, cure="save it as text"
        ) from error
    if document is None:
        raise NoArticle("there is no article on this page", value=source, cure="save the page of one article")
    return document


def _without_title(body: str, title: str) -> str:
    """The body without the heading that repeats the title."""
    first, _, rest = body.partition("\n")
    return rest if title and first.strip() == title else body


def _date(found: str | None, source: str) -> dt.date | None:
    if not found:
        return None
    try:
        return parse_date(found, what="page's date")
    except BadDate as error:
        raise BadDate(error.what, value=f"{found} in {source}", cure="give it with --published") from error


def _version() -> str:
    from trafilatura import __version__

    return str(__version__)


def _hush() -> None:
    """Keep the extractor's own log lines off the terminal; what matters is raised."""
    for name in ("trafilatura", "htmldate", "courlan", "justext", "readability"):
        logger = logging.getLogger(name)
        if not logger.handlers:
            logger.addHandler(logging.NullHandler())
