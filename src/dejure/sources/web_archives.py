"""WARC and WET: pages and texts of web archives as reports."""

from __future__ import annotations

import datetime as dt
import io
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


def read_web_archive(
    stream: BinaryIO, *, source: str, published: dt.date | None = None, settings: Settings
) -> Iterator[Report | Reject]:
    """Pages that were answered with 200, and the plain texts of WET files, each with address and time of retrieval.

    A report's `source` is the name of the archive and the record's id. Pictures, scripts, redirects and other records
    are no reports and are passed over.

    Raises
    ------
    InputError
        If the archive ends within a record, or is none.
    """
    warc = need("fastwarc.warc")
    kinds = warc.WarcRecordType.response | warc.WarcRecordType.conversion
    seen = False
    records = warc.ArchiveIterator(_Forward(stream), parse_http=True, stream_detect=False)
    for record in records:
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
                raise InputError("the archive ends within this record", value=place, cure="fetch it again")
            is_text = record.record_type == warc.WarcRecordType.conversion
            read = read_text if is_text else read_html
            report = read(data, source=place, published=published, settings=settings)
            date = record.record_date
            yield replace(
                report, url=record.headers.get("WARC-Target-URI") or report.url,
                retrieved_at=date.isoformat() if date else None,
            )  # fmt: skip
        except InputError as error:
            yield reject(error, place)
    if not seen:
        raise InputError("this is no web archive, or an empty one", value=source, cure="name the format it has")


class _Forward:
    """A stream as the archive reader wants one: it can tell where it is, and go on from there."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._at = 0

    def read(self, size: int = -1) -> bytes:
        """Read some bytes."""
        data = self._stream.read(size)
        self._at += len(data)
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
