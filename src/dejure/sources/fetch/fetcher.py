"""The fetcher: redirects within bounds, robots.txt kept, hosts asked politely, nothing sent twice."""

from __future__ import annotations

import datetime as dt
import hashlib
import ssl
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from email.utils import parsedate_to_datetime
from typing import Literal

from dejure.errors import FetchFailed, FetchLater, FetchRefused
from dejure.settings import FetchSettings
from dejure.sources.fetch.addresses import Gate, Resolve, Target, joined, target_of
from dejure.sources.fetch.exchange import Answer, exchange
from dejure.sources.fetch.robots import ROBOTS_BYTES, Robots, parse_robots

__all__ = ["Fetched", "Fetcher", "Validators", "retry_seconds"]

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_BUSY = frozenset({408, 425, 429})
_ROBOTS_SECONDS = 86_400.0
# Where a host is busy and does not say for how long; and the longest that it may ask for.
_PAUSE, _LONGEST_PAUSE = 300.0, 86_400.0
# The longest Crawl-delay that is kept.
_LONGEST_WAIT = 60.0

_KINDS = {
    "feed": ("application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/xml", "text/xml",
             "text/html", "text/plain"),
    "page": ("text/html", "application/xhtml+xml", "text/plain"),
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Validators:
    """What a host gave to ask it later whether anything has changed, for one address."""

    url: str
    etag: str | None = None
    last_modified: str | None = None

    def headers(self) -> dict[str, str]:
        """The headers of a conditional request."""
        given = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in given.items() if value}


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """What was fetched.

    Parameters
    ----------
    locator : str
        The address that was asked for.
    url : str
        The address that answered, after redirects.
    is_unchanged : bool
        Whether the host says that nothing has changed; then there is no body.
    body : bytes
        Unpacked; `sha256` is its hash.
    retrieved_at : str
        When, in UTC.
    validators : Validators or None
        For the next request.
    """

    locator: str
    url: str
    is_unchanged: bool
    body: bytes
    sha256: str
    retrieved_at: str
    content_type: str
    validators: Validators | None


class Fetcher:
    """Fetches feeds and pages. Keeps no cookie, sends no credentials, uses no proxy.

    Several threads may use one; each host is asked by one of them at a time.

    Parameters
    ----------
    settings : FetchSettings, optional
        Else those of the environment.
    resolve : callable, optional
        Looks up a host; the system's resolver by default.
    context : ssl.SSLContext, optional
        Whom to trust; the system's certificates by default.
    waits : mapping of str to float, optional
        Until when a host asked to be left alone, in seconds since 1970; see `waits`.
    """

    def __init__(
        self, settings: FetchSettings | None = None, *, resolve: Resolve | None = None,
        context: ssl.SSLContext | None = None, waits: Mapping[str, float] | None = None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:  # fmt: skip
        self.settings = settings or FetchSettings.from_environment()
        self._gate = Gate(self.settings.allow, resolve)
        self._context = context
        self._sleep = sleep
        self._waits = dict(waits or {})
        self._asked_at: dict[str, float] = {}
        self._robots: dict[str, tuple[float, Robots]] = {}
        self._locks: dict[str, threading.Lock] = {}
        self._lock = threading.Lock()

    @property
    def waits(self) -> dict[str, float]:
        """Hosts that asked to be left alone, and until when."""
        now = time.time()
        return {host: until for host, until in sorted(self._waits.copy().items()) if until > now}

    def get(self, url: str, kind: Literal["feed", "page"], *, known: Validators | None = None) -> Fetched:
        """Fetch an address.

        Parameters
        ----------
        kind : {"feed", "page"}
            What is looked for; an answer of another type is refused.
        known : Validators, optional
            Those of the last time.

        Raises
        ------
        FetchRefused
            If the address, or one that it redirects to, is not asked for.
        FetchFailed
            If what comes back cannot be taken.
        FetchLater
            If it may be there later.
        """
        target = target_of(url)
        seen: list[str] = []
        while True:
            seen.append(target.url)
            self._mind_robots(target)
            conditions = known.headers() if known is not None and known.url == target.url else {}
            answer = self._ask(target, {"Accept": ", ".join(_KINDS[kind]) + ", */*;q=0.1", **conditions})
            if answer.status not in _REDIRECTS:
                return self._taken(url, target, kind, answer, known if conditions else None)
            target = self._next(target, answer, seen)

    def _next(self, target: Target, answer: Answer, seen: list[str]) -> Target:
        place = answer.headers.get("location", "")
        if not place:
            raise FetchFailed("a redirect leads nowhere", value=target.url)
        following = target_of(joined(target.url, place))
        if following.url in seen:
            raise FetchFailed("redirects lead in a circle", value=following.url)
        if len(seen) > self.settings.redirects:
            raise FetchFailed(f"more than {self.settings.redirects} redirects", value=seen[0])
        if (target.scheme, following.scheme) == ("https", "http"):
            raise FetchRefused("a redirect leads from https to http", value=following.url)
        return following

    def _taken(
        self, url: str, target: Target, kind: Literal["feed", "page"], answer: Answer, known: Validators | None
    ) -> Fetched:
        now = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
        if answer.status == 304 and known is not None:
            return Fetched(
                locator=url, url=target.url, is_unchanged=True, body=b"", sha256="", retrieved_at=now, content_type="",
                validators=known,
            )  # fmt: skip
        if answer.status != 200:
            raise FetchFailed(f"the host answered {answer.status}", value=target.url)
        media = answer.headers.get("content-type", "").split(";")[0].strip().lower()
        if media and media not in _KINDS[kind] and not (kind == "feed" and media.endswith("+xml")):
            raise FetchFailed(f"this is no {kind}, by its content type", value=f"{target.url}: {media}")
        etag, modified = answer.headers.get("etag"), answer.headers.get("last-modified")
        return Fetched(
            locator=url, url=target.url, is_unchanged=False, body=answer.body,
            sha256=hashlib.sha256(answer.body).hexdigest(), retrieved_at=now, content_type=media,
            validators=Validators(url=target.url, etag=etag, last_modified=modified) if etag or modified else None,
        )  # fmt: skip

    def _ask(self, target: Target, headers: Mapping[str, str], *, is_robots: bool = False) -> Answer:
        """One exchange, when the host may be asked; a busy host is remembered."""
        settings = replace(self.settings, max_bytes=ROBOTS_BYTES) if is_robots else self.settings
        with self._lock:
            of_host = self._locks.setdefault(target.host, threading.Lock())
        with of_host:
            self._wait_for(target)
            try:
                answer = exchange(
                    target, self._gate, settings, headers=headers, context=self._context, keep_cut=is_robots
                )  # fmt: skip
            finally:
                self._asked_at[target.host] = time.monotonic()
        if answer.status in _BUSY or answer.status >= 500:
            pause = retry_seconds(answer.headers.get("retry-after"))
            if pause is not None or answer.status in (429, 503):
                self._waits[target.host] = time.time() + (_PAUSE if pause is None else pause)
            raise FetchLater(f"the host answered {answer.status}", value=target.url, retry_seconds=pause)
        return answer

    def _wait_for(self, target: Target) -> None:
        left = self._waits.get(target.host, 0.0) - time.time()
        if left > 0:
            raise FetchLater(f"the host asks to wait {left:.0f} more seconds", value=target.url, retry_seconds=left)
        if target.host in self._asked_at:
            robots = self._robots.get(target.origin, (0.0, Robots()))[1]
            pause = max(self.settings.host_seconds, min(robots.delay or 0.0, _LONGEST_WAIT))
            left = self._asked_at[target.host] + pause - time.monotonic()
            if left > 0:
                self._sleep(left)

    def _mind_robots(self, target: Target) -> None:
        """Stop where robots.txt forbids the path, or could not be had (RFC 9309, 2.3.1.4)."""
        until, robots = self._robots.get(target.origin, (0.0, Robots()))
        if until <= time.monotonic():
            try:
                robots = self._fetch_robots(target)
                until = time.monotonic() + _ROBOTS_SECONDS
            except FetchLater as error:
                raise FetchLater(
                    "the host's robots.txt cannot be had, so nothing is asked", value=f"{target.origin}: {error.what}",
                    retry_seconds=error.retry_seconds,
                ) from error  # fmt: skip
            self._robots[target.origin] = (until, robots)
        if not robots.allows(target.path):
            raise FetchRefused("the host's robots.txt forbids it", value=target.url)

    def _fetch_robots(self, target: Target) -> Robots:
        place = target_of(f"{target.origin}/robots.txt")
        seen: list[str] = []
        while True:
            seen.append(place.url)
            try:
                answer = self._ask(place, {"Accept": "text/plain, */*;q=0.1"}, is_robots=True)
                if answer.status not in _REDIRECTS:
                    break
                place = self._next(place, answer, seen)
            except FetchFailed:
                return Robots()  # too many redirects, or something that is no such file: as if there were none
        return parse_robots(answer.body, self.settings.user_agent) if answer.status == 200 else Robots()


def retry_seconds(value: str | None) -> float | None:
    """How long `Retry-After` asks to wait; None where it says nothing that can be read."""
    if not value:
        return None
    if value.strip().isdigit() and len(value.strip()) < 10:
        return min(float(value), _LONGEST_PAUSE)
    try:
        moment = parsedate_to_datetime(value)
    except (ValueError, TypeError):
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)
    return min(max((moment - dt.datetime.now(dt.UTC)).total_seconds(), 0.0), _LONGEST_PAUSE)
