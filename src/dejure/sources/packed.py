"""Gzip and zip, unpacked as they are read, with a limit on what they may grow to."""

from __future__ import annotations

import gzip
import io
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO, cast

from dejure.errors import InputError, InputTooLarge
from dejure.settings import Settings

__all__ = ["PACKED", "members", "unpacked", "whole_archive"]

#: Suffixes of what is unpacked.
PACKED = frozenset({".gz", ".zip"})

# News text packs to a tenth, the same line over and over to a thousandth.
_MOST_RATIO = 200
_RATIO_FROM = 10_000_000


class _Bounded(io.RawIOBase):
    """A stream that stops with an error where it grows beyond what was packed, or allowed."""

    def __init__(self, stream: BinaryIO, packed: int, most: int, source: str) -> None:
        self._stream, self._packed, self._most, self._source = stream, max(packed, 1), most, source
        self._read = 0

    def readable(self) -> bool:
        """It can be read."""
        return True

    def readinto(self, buffer: object) -> int:
        """Read some bytes."""
        view = memoryview(cast("bytearray", buffer))
        data = self._stream.read(min(len(view), 1 << 16))
        view[: len(data)] = data
        self._read += len(data)
        is_bomb = self._read > _RATIO_FROM and self._read > _MOST_RATIO * self._packed
        if is_bomb or self._read > self._most:
            raise InputTooLarge(
                "the archive unpacks to more than is allowed", value=self._source,
                cure="unpack it yourself if you trust it, or raise DEJURE_MAX_UNPACKED_BYTES",
            )  # fmt: skip
        return len(data)


def unpacked(stream: BinaryIO, packed: int, source: str, settings: Settings) -> io.BufferedReader:
    """A gzip stream, unpacked; `packed` is its size in bytes."""
    opened = cast("BinaryIO", gzip.GzipFile(fileobj=stream))
    return io.BufferedReader(_Bounded(opened, packed, settings.max_unpacked_bytes, source))


def members(stream: BinaryIO, source: str, settings: Settings) -> Iterator[tuple[str, io.BufferedReader]]:
    """Name and content of each file of a zip archive, in its order; folders and hidden files are passed over."""
    with zipfile.ZipFile(stream) as archive:
        for member in archive.infolist():
            hidden = any(part.startswith((".", "__MACOSX")) for part in member.filename.split("/"))
            if member.is_dir() or hidden:
                continue
            with archive.open(member) as opened:
                bounded = _Bounded(cast("BinaryIO", opened), member.compress_size, settings.max_unpacked_bytes, source)
                yield member.filename, io.BufferedReader(bounded)


@contextmanager
def whole_archive(source: str) -> Iterator[None]:
    """What breaks while unpacking, as an error of the input."""
    try:
        yield
    except (EOFError, zlib.error, zipfile.BadZipFile, gzip.BadGzipFile, NotImplementedError, RuntimeError) as error:
        raise InputError(
            "the archive is broken, cut off or locked", value=source, cure="fetch it again, or unpack it yourself"
        ) from error
