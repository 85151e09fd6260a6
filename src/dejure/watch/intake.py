"""What a feed holds now: reports with locator, hash of the raw entry and time of retrieval, each under a key."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path

from dejure.errors import FetchLater, InputError
from dejure.records import Reject, Report
from dejure.settings import Settings
from dejure.sources import open_reports, read_html, reject
from dejure.sources.feeds import read_feed
from dejure.sources.fetch import Fetched, Fetcher, Validators, joined
from dejure.sources.html import looks_like_html

__all__ = ["Intake", "is_url", "item_key", "page_of", "read_source"]

_KEY_DIGITS = 32
_HEAD = 4096
# A feed of news has some hundred; what lies beyond is not read.
_MOST_ENTRIES = 5_000


@dataclass(slots=True)
class Intake:
    """What came of one feed.

    Parameters
    ----------
    is_unchanged : bool
        Whether nothing has changed since the last time, so that nothing was read.
    failure : str or None
        Why it could not be had.
    retry_later : bool
        Whether it may be there the next time.
    """

    reports: list[Report] = field(default_factory=list)
    rejects: list[Reject] = field(default_factory=list)
    validators: Validators | None = None
    stamp: tuple[int, int] | None = None
    is_unchanged: bool = False
    failure: str | None = None
    retry_later: bool = False


def is_url(feed: str) -> bool:
    """Whether a feed is an address and not a path."""
    return feed.lower().startswith(("http://", "https://"))


def item_key(report: Report) -> str:
    """What an item is known by: the hash of what it was made from, and the id that its feed gives it."""
    told = f"{report.sha256}\x1f{report.id if report.id != report.text_sha256[:16] else ''}"
    return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:_KEY_DIGITS]


def read_source(
    feed: str, fetch: Callable[[str], Fetched], settings: Settings, *, stamp: tuple[int, int] | None = None
) -> Intake:
    """The reports of a feed, an address or a path; what cannot be read of it is told and not raised.

    Parameters
    ----------
    fetch : callable
        Gives what an address holds now.
    stamp : (int, int), optional
        Size and time of a file when it was read last.
    """
    try:
        return _read_fetched(feed, fetch(feed), settings) if is_url(feed) else _opened(feed, settings, stamp)
    except InputError as error:
        return Intake(failure=str(error), retry_later=isinstance(error, FetchLater))


def page_of(report: Report, feed: str, fetcher: Fetcher, settings: Settings) -> Report:
    """The report with the text of the page that it links to.

    Raises
    ------
    InputError
        If the page cannot be had (`FetchLater`: now), or has no article.
    """
    url = joined(feed, report.url or "")
    fetched = fetcher.get(url, "page")
    page = read_html(fetched.body, source=url, published=report.published, settings=settings)
    return replace(
        page, url=fetched.url, retrieved_at=fetched.retrieved_at, publisher=report.publisher or page.publisher,
        title=page.title or report.title, licence=page.licence or report.licence,
    )  # fmt: skip


def _read_fetched(feed: str, fetched: Fetched, settings: Settings) -> Intake:
    if fetched.is_unchanged:
        return Intake(validators=fetched.validators, is_unchanged=True)
    if looks_like_html(fetched.body[:_HEAD].decode("utf-8", "ignore").lstrip("\ufeff")):
        page = read_html(fetched.body, source=feed, settings=settings)
        found: Iterable[Report | Reject] = [replace(page, url=fetched.url)]
    else:
        found = read_feed(fetched.body, source=feed, settings=settings)
    intake = _sorted(islice(found, _MOST_ENTRIES), fetched.retrieved_at)
    intake.validators = fetched.validators
    return intake


def _opened(feed: str, settings: Settings, stamp: tuple[int, int] | None) -> Intake:
    path = Path(feed)
    try:
        stat = path.stat()
        now = (stat.st_size, stat.st_mtime_ns) if path.is_file() else None
    except (OSError, ValueError):
        now = None  # opening it tells why
    if now is not None and now == stamp:
        return Intake(stamp=now, is_unchanged=True)
    intake = _sorted(_opened_reports(path, settings), dt.datetime.now(dt.UTC).isoformat(timespec="seconds"))
    intake.stamp = now
    return intake


def _opened_reports(path: Path, settings: Settings) -> Iterator[Report | Reject]:
    # A file of any name may be a feed, as what a browser saves.
    is_feed = path.suffix.lower() in (".xml", ".rdf")
    yield from open_reports([path], input_format="feed" if is_feed else None, settings=settings)


def _sorted(found: Iterable[Report | Reject], retrieved_at: str) -> Intake:
    intake = Intake()
    try:
        for one in found:
            if isinstance(one, Reject):
                intake.rejects.append(one)
            else:
                intake.reports.append(one if one.retrieved_at else replace(one, retrieved_at=retrieved_at))
    except InputError as error:
        if not intake.reports:
            raise
        intake.rejects.append(reject(error, intake.reports[-1].source))
    return intake
