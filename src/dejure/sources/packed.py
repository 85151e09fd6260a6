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

__all__ = ["PACKED", "members", "refuse_growth", "unpacked", "whole_archive"]

#: Suffixes of what is unpacked.
PACKED = frozenset({".gz", ".zip"})

# News text packs to a tenth, the same line over and over to a thousandth.
_MOST_RATIO = 200
_RATIO_FROM = 10_000_000

# Those whose unpacking can be stopped: a few thousand bytes of bzip2 may become gigabytes in one step.
_STEPWISE = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_RARE, _RARE_CURE = "the file is packed in a way that is not read", "pack it with deflate, as most programs do"


class _Bounded(io.RawIOBase):
    """A stream that stops with an error where it grows beyond what was packed, or allowed."""

    def __init__(self, stream: BinaryIO, packed: int, most: int, source: str) -> None:
        self._stream, self._packed, self._most, self._source = stream, max(packed, 1), most, source
        self._read = 0
        #: Whether it is packed in a way that cannot be unpacked step by step.
        self.is_refused = False

    def readable(self) -> bool:
        """It can be read."""
        return True

    def readinto(self, buffer: object) -> int:
        """Read some bytes."""
        if self.is_refused:
            raise InputError(_RARE, value=self._source, cure=_RARE_CURE)
        view = memoryview(cast("bytearray", buffer))
        data = self._stream.read(min(len(view), 1 << 16))
        view[: len(data)] = data
        self._read += len(data)
        refuse_growth(self._read, self._packed, self._source, self._most)
        return len(data)


def refuse_growth(unpacked_bytes: int, packed_bytes: int, source: str, most: int | None = None) -> None:
    """Refuse what grows as no text does.

    Parameters
    ----------
    most : int, optional
        Bytes that are allowed in any case.

    Raises
    ------
    InputTooLarge
        If it has more than 10,000,000 bytes and 200 times those that it was packed in, or more than `most`.
    """
    is_bomb = unpacked_bytes > _RATIO_FROM and unpacked_bytes > _MOST_RATIO * packed_bytes
    if is_bomb or (most is not None and unpacked_bytes > most):
        raise InputTooLarge(
            "the archive unpacks to more than is allowed", value=source,
            cure="unpack it yourself if you trust it, or raise DEJURE_MAX_UNPACKED_BYTES",
        )  # fmt: skip


def unpacked(stream: BinaryIO, packed: int, source: str, settings: Settings) -> io.BufferedReader:
    """A gzip stream, unpacked; `packed` is its size in bytes."""
    opened = cast("BinaryIO", gzip.GzipFile(fileobj=stream))
    return io.BufferedReader(_Bounded(opened, packed, settings.max_unpacked_bytes, source))


def members(stream: BinaryIO, source: str, settings: Settings) -> Iterator[tuple[str, io.BufferedReader]]:
    """Name and content of each file of a zip archive, in its order; folders and hidden files are passed over.

    A file that is packed in a rare way comes as a stream that refuses to be read: the others go on.
    """
    with zipfile.ZipFile(stream) as archive:
        for member in archive.infolist():
            hidden = any(part.startswith((".", "__MACOSX")) for part in member.filename.split("/"))
            if member.is_dir() or hidden:
                continue
            with archive.open(member) as opened:
                bounded = _Bounded(cast("BinaryIO", opened), member.compress_size, settings.max_unpacked_bytes, source)
                bounded.is_refused = member.compress_type not in _STEPWISE
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
