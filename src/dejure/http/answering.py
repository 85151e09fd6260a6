"""Answers as responses: JSON packed once, with an ETag; lists in pages that do not shift."""

from __future__ import annotations

import base64
import binascii
import gzip
import hashlib
import json
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from dejure.errors import BadRequest
from dejure.serving import Observatory

__all__ = ["Packed", "Rows", "answer", "answer_page", "cursor_of", "pack", "parts_of", "reply", "reply_page", "rows_of"]

# Shorter answers are not worth packing.
_LEAST_PACKED = 1000
# 5 packs these answers to a ninth, in a third of the time that 9 takes.
_LEVEL = 5


@dataclass(frozen=True, slots=True)
class Packed:
    """The bytes of an answer, plain and by gzip, and the tag that names them."""

    plain: bytes
    gzipped: bytes | None
    tag: str
    media_type: str = "application/json"

    @property
    def size(self) -> int:
        """Bytes that it takes."""
        return len(self.plain) + len(self.gzipped or b"") + 200


@dataclass(frozen=True, slots=True)
class Rows:
    """A whole list: of each row the key that orders it, and its JSON."""

    keys: list[tuple[str, ...]]
    rows: list[bytes]

    @property
    def size(self) -> int:
        """Bytes that it takes, about."""
        return sum(map(len, self.rows)) + 300 * len(self.rows)


def pack(value: Any, media_type: str = "application/json") -> Packed:
    """A value as JSON; bytes are taken as they are."""
    plain = value if isinstance(value, bytes) else msgspec.json.encode(value)
    gzipped = gzip.compress(plain, _LEVEL, mtime=0) if len(plain) >= _LEAST_PACKED else None
    tag = hashlib.blake2b(plain, digest_size=12).hexdigest()
    return Packed(plain, gzipped, f'W/"{tag}"', media_type)


def answer(request: Request, key: Hashable, make: Callable[[], Any], slugs: frozenset[str] | None) -> Response:
    """The kept answer to a question, or the one that is made now.

    Parameters
    ----------
    key : hashable
        The question, whole.
    make : callable
        Gives what is told, ready for JSON.
    slugs : frozenset of str or None
        The polities that it hangs on; see `Observatory.keep`.
    """
    observatory = observatory_of(request)

    def made() -> tuple[Packed, int]:
        packed = pack(make())
        return packed, packed.size

    return reply(request, observatory.keep(key, made, slugs))


def answer_page(
    request: Request, key: Hashable, make: Callable[[], Rows], slugs: frozenset[str] | None, *,
    limit: int, after: str | None,
) -> Response:  # fmt: skip
    """A page of a list that is kept whole."""

    def made() -> tuple[Rows, int]:
        rows = make()
        return rows, rows.size

    found: Rows = observatory_of(request).keep(key, made, slugs)
    start = 0
    if after is not None:
        wanted = parts_of(after)
        start = next((n for n, one in enumerate(found.keys) if one > wanted), len(found.keys))
    stop = min(start + limit, len(found.rows))
    following = found.keys[stop - 1] if stop < len(found.rows) and stop else None
    return reply_page(request, found.rows[start:stop], following, total=len(found.rows))


def reply_page(
    request: Request, rows: Sequence[bytes], following: Sequence[str] | None, *, total: int | None = None
) -> Response:
    """Rows as a list, with the address of the next page."""
    response = reply(request, pack(b"[" + b",".join(rows) + b"]"))
    if total is not None:
        response.headers["x-total-count"] = str(total)
    if following is not None:
        asked = [(name, value) for name, value in request.query_params.multi_items() if name != "after"]
        path = request.scope.get("raw_path", b"").split(b"?")[0].decode("ascii")
        query = urlencode([*asked, ("after", cursor_of(following))])
        response.headers["link"] = f'<{path}?{query}>; rel="next"'
    return response


def reply(request: Request, packed: Packed, status: int = 200) -> Response:
    """The response: 304 where the client has it already, by gzip where it takes that."""
    headers = {"etag": packed.tag, "vary": "accept-encoding", "cache-control": "no-cache"}
    if status == 200 and _has_already(request, packed.tag):
        return Response(status_code=304, headers=headers)
    if packed.gzipped is not None and _takes_gzip(request):
        headers["content-encoding"] = "gzip"
        return Response(packed.gzipped, status, headers, packed.media_type)
    return Response(packed.plain, status, headers, packed.media_type)


def rows_of(rows: Sequence[Any], key: Callable[[Any], Sequence[str]], told: Sequence[Any]) -> Rows:
    """A list with the key of each row, and what is told of it."""
    return Rows([tuple(key(row)) for row in rows], [msgspec.json.encode(one) for one in told])


def cursor_of(parts: Sequence[str]) -> str:
    """Where a page ends, as a word for the address of the next one."""
    text = json.dumps(list(parts), ensure_ascii=False, separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode("ascii").rstrip("=")


def parts_of(cursor: str, number: int | None = None) -> tuple[str, ...]:
    """What a cursor says.

    Raises
    ------
    BadRequest
        If it is none.
    """
    found = None
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        found = json.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
    except (ValueError, binascii.Error, RecursionError):
        pass
    is_right = isinstance(found, list) and all(isinstance(one, str) for one in found)
    if not is_right or (number is not None and len(found or ()) != number):
        raise BadRequest("after is no place in this list", value=cursor, cure="take the address in the header link")
    assert isinstance(found, list)
    return tuple(found)


def observatory_of(request: Request) -> Observatory:
    """The observatory of this server."""
    found = request.app.state.observatory
    assert isinstance(found, Observatory)
    return found


def _has_already(request: Request, tag: str) -> bool:
    known = request.headers.get("if-none-match", "")
    bare = tag.removeprefix("W/")
    return any(one.strip().removeprefix("W/") in (bare, "*") for one in known.split(","))


def _takes_gzip(request: Request) -> bool:
    for one in request.headers.get("accept-encoding", "").split(","):
        name, _, weight = one.partition(";")
        if name.strip().lower() in ("gzip", "*"):
            return weight.replace(" ", "").rstrip("0").rstrip(".") != "q="
    return False
