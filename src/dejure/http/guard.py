"""What stands before every address: hosts, origins, rates, sizes, security headers, counts."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dejure.errors import BadRequest, Busy, DejureError, Forbidden, InputTooLarge, RateLimited
from dejure.http.metrics import Metrics
from dejure.http.problems import problem
from dejure.http.rates import Rates, client_of
from dejure.serving import Limits

__all__ = ["API_POLICY", "LOOPBACK", "PAGE_POLICY", "Guard"]

#: Names under which a server bound to loopback may be asked. Others are refused: a name that a stranger made point
#: here would let his page read the answers.
LOOPBACK = ("localhost", "127.0.0.1", "[::1]")

API_POLICY = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
PAGE_POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}
_SAFE = ("GET", "HEAD")


class Guard:
    """Middleware around the whole application.

    Parameters
    ----------
    app : ASGI application
    hosts : iterable of str
        Names under which it may be asked; `*` is any.
    limits : Limits
    metrics : Metrics
    error_page : callable, optional
        Makes the response to what is refused outside of the interface.
    """

    def __init__(
        self, app: ASGIApp, *, hosts: Iterable[str], limits: Limits, metrics: Metrics,
        error_page: Callable[[Request, DejureError], Response] | None = None,
    ) -> None:  # fmt: skip
        self._app = app
        self._error_page = error_page
        self._hosts = frozenset(one.lower() for one in hosts)
        self._limits = limits
        self._metrics = metrics
        self._rates = Rates(limits.requests_per_second, limits.burst)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or refuse it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        method, start = scope["method"], time.perf_counter()
        if method == "HEAD":
            # The server has the scope as it was, and sends the header alone.
            scope = {**scope, "method": "GET"}
        status = 0

        async def told(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                _add_headers(scope, message)
            await send(message)

        self._metrics.in_flight += 1
        try:
            refusal = self._refusal(scope)
            if refusal is not None:
                await self._refused(scope, refusal)(scope, receive, told)
            else:
                await self._app(scope, self._limited(receive), told)
        finally:
            self._metrics.in_flight -= 1
            route = getattr(scope.get("route"), "path", "other")
            known = method if method in ("GET", "HEAD", "POST", "OPTIONS", "PUT", "DELETE", "PATCH") else "other"
            self._metrics.note(known, route, status, time.perf_counter() - start)

    def _refused(self, scope: Scope, refusal: DejureError) -> Response:
        if self._error_page is None or str(scope["path"]).startswith("/api/"):
            return problem(refusal)
        return self._error_page(Request(scope), refusal)

    def _refusal(self, scope: Scope) -> DejureError | None:
        headers = Headers(scope=scope)
        if (told := self._of_host(headers)) is not None:
            return told
        client = scope.get("client")
        if not self._rates.takes(client_of(client[0] if client else None)):
            return RateLimited("too many requests", cure="wait a second, and ask more slowly")
        if self._metrics.in_flight > self._limits.connections:
            return Busy("the server has too much to do", cure="try again in a while")
        if scope["method"] not in _SAFE and not _is_own(headers):
            return Forbidden("a page of another site may not send this", cure="send it from here, or without a browser")
        return self._of_size(headers)

    def _of_host(self, headers: Headers) -> DejureError | None:
        host = headers.get("host", "").lower()
        name = host if host.endswith("]") else host.rpartition(":")[0] or host
        if "*" in self._hosts or name in self._hosts:
            return None
        return Forbidden("this server is not asked under this name", value=name, cure="start it with --allow-host NAME")

    def _of_size(self, headers: Headers) -> DejureError | None:
        told = headers.get("content-length")
        if told is None:
            return None
        if not (told.isascii() and told.isdigit()):
            return BadRequest("content-length is no number", value=told)
        return self._too_large() if len(told) > 15 or int(told) > self._limits.body_bytes else None

    def _too_large(self) -> InputTooLarge:
        return InputTooLarge(f"the body has more than {self._limits.body_bytes:,} bytes", cure="send it in portions")

    def _limited(self, receive: Receive) -> Receive:
        """The body as it comes, up to the limit; one that tells no length could go on for ever."""
        received = 0

        async def limited() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > self._limits.body_bytes:
                # Of the kind that fastapi passes on from the reading of a body.
                raise HTTPException(413, self._too_large().what)
            return message

        return limited


def _is_own(headers: Headers) -> bool:
    """Whether a request that does something comes from no browser, or from a page of this server."""
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site in ("same-origin", "none")
    origin = headers.get("origin")
    return origin is None or origin.partition("://")[2] == headers.get("host")


def _add_headers(scope: Scope, message: Message) -> None:
    headers = MutableHeaders(scope=message)
    for name, value in _HEADERS.items():
        headers.setdefault(name, value)
    is_api = str(scope["path"]).startswith("/api/")
    headers.setdefault("content-security-policy", API_POLICY if is_api else PAGE_POLICY)
    headers.setdefault("cache-control", "no-cache")
