"""The server process: uvicorn on a socket, with deadlines for clients that are slow."""

from __future__ import annotations

import asyncio
import json
import socket
from collections.abc import Callable
from http import HTTPStatus

import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.http.h11_impl import H11Protocol

from dejure.errors import SettingsError
from dejure.serving import Limits

__all__ = ["bind", "serve"]

# A header larger than this is refused.
_HEADER_BYTES = 32_768
_KEEP_ALIVE_SECONDS = 15
_STOP_SECONDS = 10


def bind(host: str, port: int) -> socket.socket:
    """A socket that listens; port 0 is any free one.

    Raises
    ------
    SettingsError
        If the address cannot be taken.
    """
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        made = socket.socket(family, kind, protocol)
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.bind(address)
    except (OSError, OverflowError, UnicodeError) as error:
        told = getattr(error, "strerror", None) or error
        raise SettingsError(
            f"the address cannot be taken: {told}", value=f"{host}:{port}", cure="choose another"
        ) from error
    return made


def serve(app: ASGIApp, listener: socket.socket, limits: Limits, *, ready: Callable[[], None] | None = None) -> None:
    """Answer until the process is told to stop.

    Parameters
    ----------
    ready : callable, optional
        Is called once requests are taken.
    """
    config = uvicorn.Config(
        app, http=_protocol(limits), ws="none", lifespan="on", log_level="warning", access_log=False, loop="asyncio",
        server_header=False, proxy_headers=False, timeout_keep_alive=_KEEP_ALIVE_SECONDS,
        timeout_graceful_shutdown=_STOP_SECONDS, h11_max_incomplete_event_size=_HEADER_BYTES,
        backlog=max(128, limits.connections),
    )  # fmt: skip
    server = _Server(config, ready)
    server.run(sockets=[listener])


class _Server(uvicorn.Server):
    """A server that tells when it takes requests."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None] | None) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, then tell."""
        await super().startup(sockets)
        if self._ready is not None and not self.should_exit:
            self._ready()


def _protocol(limits: Limits) -> type[_Deadlines]:
    """The protocol of a connection, with the limits of this server."""
    return type("Deadlines", (_Deadlines,), {"limits": limits})


class _Deadlines(H11Protocol):
    """A connection that is not waited for without end.

    Uvicorn waits for ever for the rest of a header or body, and for a client that does not take its answer. Here the
    header has to be there within `header_seconds`, and all else within `request_seconds`.
    """

    limits: Limits
    _deadline: asyncio.TimerHandle | None = None
    _is_answering = False

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """A client has come."""
        super().connection_made(transport)
        if len(self.connections) > self.limits.connections:
            self._refuse(503, "busy", "the server has too many connections", "try again in a while")
        else:
            self._set(self.limits.header_seconds)

    def data_received(self, data: bytes) -> None:
        """A piece of a header or a body."""
        before = self.cycle
        super().data_received(data)
        if self.cycle is not before:  # a header is whole
            self._is_answering = True
            self._set(self.limits.request_seconds)
        elif not self._is_answering and self._deadline is None:  # the next header has begun
            self._set(self.limits.header_seconds)

    def on_response_complete(self) -> None:
        """An answer is on its way; a request that came behind it may begin now."""
        before = self.cycle
        self._is_answering = False
        self._unset()
        super().on_response_complete()
        if self.cycle is not before:
            self._is_answering = True
            self._set(self.limits.request_seconds)

    def connection_lost(self, exc: Exception | None) -> None:
        """The client has gone."""
        self._unset()
        super().connection_lost(exc)

    def send_400_response(self, msg: str) -> None:  # noqa: ARG002  uvicorn's signature
        """What came is no HTTP."""
        self._refuse(400, "bad_request", "this is no HTTP request", "send HTTP/1.1")

    def _set(self, seconds: float) -> None:
        self._unset()
        self._deadline = self.loop.call_later(seconds, self.transport.abort)

    def _unset(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None

    def _refuse(self, status: int, code: str, what: str, cure: str) -> None:
        body = json.dumps({"code": code, "what": what, "value": None, "cure": cure}).encode()
        head = (
            f"HTTP/1.1 {status} {HTTPStatus(status).phrase}\r\ncontent-type: application/json\r\n"
            f"connection: close\r\nx-content-type-options: nosniff\r\ncontent-length: {len(body)}\r\n\r\n"
        )
        self.transport.write(head.encode() + body)
        self.transport.close()
