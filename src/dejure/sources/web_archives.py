"""WARC and WET: pages and texts of web archives as reports."""

from __future__ import annotations

import datetime as dt
import io
import re
import zlib
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, BinaryIO

from dejure.errors import InputError, InputTooLarge
from dejure.extras import need
from dejure.records import Reject, Report
from dejure.settings import Settings
from dejure.sources.checks import reject
from dejure.sources.html import read_html
from dejure.sources.text import read_text

__all__ = ["read_web_archive"]

_OK = 200
_PAGES = ("text/html", "application/xhtml+xml")
# By `Content-Encoding`: what `zlib` calls the form. A gzip member or a zlib stream are told apart by their head.
_PACKED = {"gzip": 47, "x-gzip": 47, "deflate": 47}
# The line before a chunk: its length, and what may stand behind a semicolon.
_CHUNK = re.compile(rb"(?:\r\n)?([0-9a-fA-F]{1,8})[ \t]*(?:;[^\r\n]{0,1000})?\r\n")


def read_web_archive(
    stream: BinaryIO, *, source: str, published: dt.date | None = None, settings: Settings
) -> Iterator[Report | Reject]:
    """Pages that were answered with 200, and the plain texts of WET files, each with address and time of retrieval.

    A report's `source` is the name of the archive and the record's id; its hash is of the page as it was unpacked.
    Pictures, scripts, redirects and other records are no reports and are passed over.

    Raises
    ------
    InputError
        If the archive ends within a record, or is none.
    """
    warc = need("fastwarc.warc")
    kinds = warc.WarcRecordType.response | warc.WarcRecordType.conversion
    seen = is_cut = False
    forward = _Forward(stream)
    records = warc.ArchiveIterator(forward, parse_http=True, stream_detect=False)
    for record in _whole(records):
        seen = True
        if not record.record_type & kinds or not _is_page(record, warc):
            continue
        place = f"{source}#{record.record_id}"
        try:
            if record.content_length > settings.max_bytes:
                raise InputTooLarge(
                    f"one report may have at most {settings.max_bytes:,} bytes", value=place,
                    cure="raise DEJURE_MAX_BYTES",
                )  # fmt: skip
            length = record.content_length
            data = record.reader.read()
            if len(data) < length:
                is_cut = True
                raise InputError("the archive ends within this record", value=place, cure="fetch it again")
            if record.record_type == warc.WarcRecordType.conversion:
                report = read_text(data, source=place, published=published, settings=settings)
            else:
                page = _unpacked(_joined(data, record.http_headers, place), record.http_headers, place, settings)
                encoding = record.http_charset
                report = read_html(page, source=place, published=published, encoding=encoding, settings=settings)
            date = record.record_date
            yield replace(
                report, url=record.headers.get("WARC-Target-URI") or report.url,
                retrieved_at=date.isoformat() if date else None,
            )  # fmt: skip
        except InputError as error:
            yield reject(error, place)
    if not seen:
        raise InputError("this is no web archive, or an empty one", value=source, cure="name the format it has")
    if not is_cut and not forward.tail.endswith((b"\r\n\r\n", b"\n\n")):
        raise InputError("the archive ends within a record", value=source, cure="fetch it again")


def _whole(records: Iterator[Any]) -> Iterator[Any]:
    """The records; what is none ends them with an error of the input."""
    try:
        yield from records
    except OSError as error:
        if error.errno is not None:
            raise
        raise InputError("the archive cannot be read on from here", value=error, cure="fetch it again") from error


def _is_plain(data: bytes) -> bool:
    """Whether it begins like a page: some archivers unpack it and keep the header that says it is packed."""
    return data.lstrip(b" \t\r\n")[:1] in (b"<", b"\xef", b"")


def _joined(data: bytes, headers: Any, place: str) -> bytes:
    """A page that its server sent in chunks, put together."""
    if "chunked" not in (headers.get("Transfer-Encoding") or "").lower() or _is_plain(data):
        return data
    chunks: list[bytes] = []
    at = 0
    while True:
        size = _CHUNK.match(data, at)
        end = size.end() + int(size.group(1), 16) if size else 0
        if size is None or end > len(data):
            raise InputError("the page was sent in chunks and is cut off", value=place, cure="fetch it again")
        if end == size.end():
            return b"".join(chunks)
        chunks.append(data[size.end() : end])
        at = end


def _unpacked(data: bytes, headers: Any, place: str, settings: Settings) -> bytes:
    """A page as its server packed it, unpacked."""
    named = (headers.get("Content-Encoding") or "").strip().lower()
    if named in ("", "identity", "none") or _is_plain(data):
        return data
    if named not in _PACKED:
        raise InputError("the page is packed in a way that is not read", value=named, cure="archive it unpacked")
    stream = zlib.decompressobj(_PACKED[named])
    try:
        page = stream.decompress(data, settings.max_bytes + 1)
    except zlib.error as error:
        raise InputError("the page is packed and broken", value=place, cure="fetch it again") from error
    if len(page) > settings.max_bytes:
        raise InputTooLarge(
            f"one report may have at most {settings.max_bytes:,} bytes", value=place, cure="raise DEJURE_MAX_BYTES"
        )
    if not stream.eof:
        raise InputError("the page is packed and cut off", value=place, cure="fetch it again")
    return page


class _Forward:
    """A stream as the archive reader wants one: it can tell where it is, and go on from there."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._at = 0
        #: The last bytes that were read.
        self.tail = b""

    def read(self, size: int = -1) -> bytes:
        """Read some bytes."""
        data = self._stream.read(size)
        self._at += len(data)
        self.tail = (self.tail + data)[-4:] if data else self.tail
        return data

    def tell(self) -> int:
        """Bytes read."""
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go forward, or stay."""
        target = offset + (self._at if whence == io.SEEK_CUR else 0)
        if whence == io.SEEK_END or target < self._at:
            raise io.UnsupportedOperation("an archive is read forward only")
        while self._at < target and self.read(min(target - self._at, 1 << 20)):
            pass
        return self._at


def _is_page(record: Any, warc: Any) -> bool:
    """Whether the record holds a page, or the text of one."""
    if record.record_type == warc.WarcRecordType.conversion:
        return True
    http = record.http_headers
    return http is not None and http.status_code == _OK and (record.http_content_type or "").lower() in _PAGES
