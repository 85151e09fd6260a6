"""One exchange over HTTP with an address that was checked: bounded in time and size, without cookies or redirects."""

from __future__ import annotations

import http.client
import io
import socket
import ssl
import time
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from dejure.errors import FetchError, FetchFailed, FetchLater
from dejure.settings import FetchSettings
from dejure.sources.fetch.addresses import Gate, Target

__all__ = ["Answer", "exchange"]

_PIECE = 1 << 16
# Headers, chunk sizes and trailers come on top of the body.
_HEADER_BYTES = 1 << 18
# News text packs to a tenth.
_MOST_RATIO = 200
_RATIO_FROM = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came back: status, headers with names in small letters, the body unpacked."""

    status: int
    headers: Mapping[str, str]
    body: bytes


def exchange(
    target: Target, gate: Gate, settings: FetchSettings, *, headers: Mapping[str, str] | None = None,
    method: str = "GET", body: bytes | None = None, context: ssl.SSLContext | None = None, keep_cut: bool = False,
) -> Answer:  # fmt: skip
    """Ask once.

    Parameters
    ----------
    keep_cut : bool
        Whether an answer that is too long is cut off instead of refused.

    Raises
    ------
    FetchRefused
        If the host resolves to a forbidden address.
    FetchLater
        If there was no whole answer in time.
    FetchFailed
        If the answer is too large or broken.
    """
    deadline = time.monotonic() + settings.seconds
    addresses = gate.addresses(target, settings.seconds)
    try:
        with _connect(target, addresses, deadline, context) as connection:
            connection.settimeout(_left(deadline))
            connection.sendall(_request(target, settings, headers or {}, method, body))
            wire = _Wire(connection, deadline, settings.max_bytes + _HEADER_BYTES)
            response = http.client.HTTPResponse(cast("socket.socket", wire), method=method)
            response.begin()
            told = {name.lower(): value for name, value in response.getheaders()}
            return Answer(
                status=response.status, headers=told, body=_body(response, told, target, settings, keep_cut=keep_cut)
            )
    except FetchError:
        raise
    except TimeoutError as error:
        raise FetchLater(f"no whole answer within {settings.seconds:g} seconds", value=target.url) from error
    except ssl.SSLCertVerificationError as error:
        raise FetchFailed(
            "the certificate of the host is not valid", value=f"{target.host}: {error.verify_message}"
        ) from error
    except ConnectionError as error:
        raise FetchLater("the connection broke off", value=target.url) from error
    except (http.client.HTTPException, ValueError) as error:
        told_error = f"{target.url}: {type(error).__name__}"
        raise FetchFailed("the answer is no HTTP, or cut off", value=told_error) from error
    except OSError as error:
        raise FetchLater("the host cannot be reached", value=f"{target.url}: {error}") from error


def _connect(target: Target, addresses: list[str], deadline: float, context: ssl.SSLContext | None) -> socket.socket:
    """A connection to one of the checked addresses; the name is not looked up again."""
    last: OSError | None = None
    for address in addresses:
        try:
            plain = socket.create_connection((address, target.port), timeout=_left(deadline))
        except TimeoutError:
            raise
        except OSError as error:
            last = error
            continue
        if target.scheme == "http":
            return plain
        try:
            plain.settimeout(_left(deadline))
            return (context or ssl.create_default_context()).wrap_socket(plain, server_hostname=target.host)
        except BaseException:
            plain.close()
            raise
    assert last is not None
    raise last


def _request(
    target: Target, settings: FetchSettings, headers: Mapping[str, str], method: str, body: bytes | None
) -> bytes:
    lines = {
        "Host": target.authority, "User-Agent": settings.user_agent, "Accept-Encoding": "gzip", "Connection": "close",
        **headers, **({"Content-Length": str(len(body))} if body is not None else {}),
    }  # fmt: skip
    if any(not (name + value).isprintable() for name, value in lines.items()):
        raise FetchFailed("a header holds control characters", value=target.url)
    head = [f"{method} {target.path} HTTP/1.1", *(f"{name}: {value}" for name, value in lines.items()), "", ""]
    return "\r\n".join(head).encode("latin-1", "replace") + (body or b"")


def _body(
    response: http.client.HTTPResponse, headers: Mapping[str, str], target: Target, settings: FetchSettings, *,
    keep_cut: bool,
) -> bytes:  # fmt: skip
    packing = headers.get("content-encoding", "").strip().lower()
    if packing not in ("", "identity", "gzip", "x-gzip"):
        raise FetchFailed("the answer is packed in a way that was not asked for", value=f"{target.url}: {packing}")
    unpacker = _Unpacker(target, settings) if "gzip" in packing else None
    parts: list[bytes] = []
    taken = 0
    while piece := response.read(_PIECE):
        taken += len(piece)
        if taken > settings.max_bytes:
            if keep_cut:
                return b"".join(parts)
            raise _too_large(target, settings)
        parts.append(unpacker.take(piece) if unpacker else piece)
    if response.length:
        raise FetchFailed("the answer is cut off", value=target.url)
    if unpacker and taken:
        unpacker.finish()
    return b"".join(parts)


class _Unpacker:
    """Gzip, a piece at a time, stopped where it grows beyond all measure."""

    def __init__(self, target: Target, settings: FetchSettings) -> None:
        self._target, self._most = target, settings.max_unpacked_bytes
        self._inflate = zlib.decompressobj(wbits=31)
        self._packed = self._unpacked = 0

    def take(self, piece: bytes) -> bytes:
        """The next piece, unpacked."""
        self._packed += len(piece)
        out: list[bytes] = []
        try:
            while piece:
                if self._inflate.eof:  # several members may follow each other
                    self._inflate = zlib.decompressobj(wbits=31)
                data = self._inflate.decompress(piece, _PIECE)
                self._count(len(data))
                out.append(data)
                piece = self._inflate.unused_data if self._inflate.eof else self._inflate.unconsumed_tail
        except zlib.error as error:
            raise FetchFailed("the answer is no gzip", value=self._target.url) from error
        return b"".join(out)

    def finish(self) -> None:
        """Check that nothing is missing."""
        if not self._inflate.eof:
            raise FetchFailed("the answer is cut off", value=self._target.url)

    def _count(self, new: int) -> None:
        self._unpacked += new
        is_bomb = self._unpacked > _RATIO_FROM and self._unpacked > _MOST_RATIO * self._packed
        if is_bomb or self._unpacked > self._most:
            raise FetchFailed(
                "the answer unpacks to more than is allowed", value=self._target.url,
                cure="raise DEJURE_FETCH_MAX_UNPACKED_BYTES if you trust it",
            )  # fmt: skip


class _Wire:
    """The receiving end of a connection, as `HTTPResponse` wants it, with one deadline for all that comes."""

    def __init__(self, connection: socket.socket, deadline: float, most: int) -> None:
        self._raw = _BoundedStream(connection, deadline, most)

    def makefile(self, mode: str) -> io.BufferedReader:  # noqa: ARG002  the signature of a socket
        """The stream to read from."""
        return io.BufferedReader(self._raw, _PIECE)


class _BoundedStream(io.RawIOBase):
    def __init__(self, connection: socket.socket, deadline: float, most: int) -> None:
        self._connection, self._deadline, self._most = connection, deadline, most
        self._taken = 0

    def readable(self) -> bool:
        """It can be read."""
        return True

    def readinto(self, buffer: object) -> int:
        """Wait for some bytes, not longer than is left."""
        self._connection.settimeout(_left(self._deadline))
        got = self._connection.recv_into(cast("bytearray", buffer))
        self._taken += got
        if self._taken > self._most:
            raise FetchFailed("the answer is larger than is allowed", value=f"{self._most:,} bytes", cure=_RAISE)
        return got


_RAISE = "raise DEJURE_FETCH_MAX_BYTES"


def _too_large(target: Target, settings: FetchSettings) -> FetchFailed:
    return FetchFailed(f"the answer has more than {settings.max_bytes:,} bytes", value=target.url, cure=_RAISE)


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left
