"""Files, folders and standard input as a stream of reports."""

from __future__ import annotations

import codecs
import datetime as dt
import io
import os
import re
import stat
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO, Literal, cast, get_args

from dejure.errors import InputError, InputMissing, InputTooLarge, NothingReadable, SettingsError
from dejure.records import Reject, Report
from dejure.settings import Settings
from dejure.sources.checks import checked_date, reject
from dejure.sources.feeds import read_feed
from dejure.sources.html import looks_like_html, read_html
from dejure.sources.jsonl import read_lines
from dejure.sources.packed import PACKED, members, unpacked, whole_archive
from dejure.sources.tables import read_csv, read_parquet
from dejure.sources.text import read_text
from dejure.sources.web_archives import read_web_archive

__all__ = ["SUFFIXES", "InputFormat", "find_files", "is_special", "open_reports"]

InputFormat = Literal["text", "html", "jsonl", "feed", "warc", "csv", "parquet"]

#: Format of a file by its suffix. In a folder, files with another suffix are no reports and are passed over.
SUFFIXES: dict[str, InputFormat] = {
    ".txt": "text", ".text": "text", ".md": "text",
    ".html": "html", ".htm": "html", ".xhtml": "html",
    ".jsonl": "jsonl", ".ndjson": "jsonl",
    ".rss": "feed", ".atom": "feed", ".warc": "warc", ".wet": "warc", ".csv": "csv", ".tsv": "csv",
    ".parquet": "parquet",
}  # fmt: skip

#: Name of standard input among paths.
STANDARD_INPUT = "-"

# Formats of many reports, never held whole.
_STREAMED: dict[str, Callable[..., Iterator[Report | Reject]]] = {
    "jsonl": read_lines, "warc": read_web_archive, "csv": read_csv, "parquet": read_parquet,
}  # fmt: skip

# Enough of a file to see what it is, in bytes.
_HEAD = 4096


_FEED = re.compile(r"(?:<\?xml[^>]*>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:rss|feed|rdf:RDF)\b", re.S)


def open_reports(
    paths: Sequence[str | Path],
    *,
    input_format: InputFormat | None = None,
    published: dt.date | None = None,
    settings: Settings | None = None,
    stdin: BinaryIO | None = None,
) -> Iterator[Report | Reject]:
    """Reports from files, folders and standard input, in the order given, a folder's files in the order of their names.

    Parameters
    ----------
    paths : sequence of str or Path
        `-` is standard input. Folders are read with all below them; hidden files and files of unknown suffix are
        passed over.
    input_format : {"text", "html", "jsonl", "feed", "warc", "csv", "parquet"}, optional
        Else the suffix tells, else the first bytes. Within a folder it picks the files of that format.
    published : datetime.date, optional
        Takes the place of every report's own date of publication.
    stdin : binary file, optional
        Stands in for standard input.

    Yields
    ------
    Report or Reject
        A reject stands for an input that could not be read, where it is one of many.

    Raises
    ------
    InputError
        If the single input given cannot be read.
    BadDate
        If `published` lies in the future.
    """
    if input_format is not None and input_format not in get_args(InputFormat):
        raise SettingsError(
            "no such input format", value=input_format, cure=f"choose {', '.join(get_args(InputFormat))}"
        )
    checked_date(published)
    if not paths:
        raise NothingReadable("no input was given", cure="name files or folders, or - for standard input")
    settings = settings or Settings()
    for path in paths:
        opened = _open_one(str(path), input_format, published, settings, stdin)
        if len(paths) == 1:
            yield from opened
        else:
            yield from _rejecting(opened, str(path))


def find_files(folder: Path, input_format: InputFormat | None = None) -> Iterator[Path]:
    """Files of known suffix below a folder, sorted; hidden ones are left out, a loop of links is walked once.

    Pipes, sockets and devices are left out too: to open one may wait for ever. Links that lead nowhere are kept, so
    that whoever reads them can tell.

    A CSV file within a folder is most often an index or a result: it is taken where `input_format` is "csv" only. Of
    the many things that are called `.xml`, those are taken that begin like a feed.
    """
    walked: set[tuple[int, int]] = set()
    for root, names, file_names in os.walk(folder, followlinks=True):
        here = Path(root)
        known = here.stat()
        if (known.st_dev, known.st_ino) in walked:
            names.clear()
            continue
        walked.add((known.st_dev, known.st_ino))
        names[:] = sorted(name for name in names if not name.startswith("."))
        for name in sorted(file_names):
            if is_special(here / name):
                continue
            kind = _kind_of(name) or _kind_of_xml(here / name)
            is_packed = Path(name).suffix.lower() in PACKED and (kind is not None or name.lower().endswith(".zip"))
            is_known = is_packed or (kind is not None and (kind != "csv" or input_format == "csv"))
            if not name.startswith(".") and is_known and input_format in (None, kind):
                yield here / name


def is_special(path: Path) -> bool:
    """Whether a path leads to a pipe, a socket or a device."""
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError):  # ValueError: a NUL character in the path
        return False
    return not (stat.S_ISREG(mode) or stat.S_ISDIR(mode))


def _open_one(
    path: str, input_format: InputFormat | None, published: dt.date | None, settings: Settings, stdin: BinaryIO | None
) -> Iterator[Report | Reject]:
    if path == STANDARD_INPUT:
        yield from _open_stream(
            stdin or sys.stdin.buffer, "stdin", input_format, published=published, settings=settings
        )
    elif Path(path).is_dir():
        yield from _open_folder(Path(path), input_format, published, settings)
    else:
        yield from _open_file(Path(path), input_format, published, settings)


def _open_folder(
    folder: Path, input_format: InputFormat | None, published: dt.date | None, settings: Settings
) -> Iterator[Report | Reject]:
    found = False
    for path in find_files(folder, input_format):
        found = True
        yield from _rejecting(_open_file(path, input_format, published, settings), path.as_posix())
    if not found:
        raise NothingReadable(
            "the folder holds no file that can be read",
            value=folder,
            cure=f"known suffixes are {' '.join(SUFFIXES)}",
        )


def _open_file(
    path: Path, input_format: InputFormat | None, published: dt.date | None, settings: Settings
) -> Iterator[Report | Reject]:
    kind = input_format or _kind_of(path.name)
    source, suffix = path.as_posix(), path.suffix.lower()
    try:
        with path.open("rb") as stream, whole_archive(source):
            if suffix == ".zip":
                yield from _open_zip(stream, source, input_format, published, settings)
            elif suffix == ".gz":
                opened = unpacked(stream, path.stat().st_size, source, settings)
                yield from _open_stream(opened, source, kind, published=published, settings=settings)
            else:
                yield from _open_stream(stream, source, kind, published=published, settings=settings)
    except FileNotFoundError as error:
        raise InputMissing("there is no such file", value=path, cure="check the path") from error
    except (OSError, ValueError) as error:  # ValueError: a NUL character in the path
        raise InputMissing(
            "the file cannot be opened", value=path, cure="check the path and who may read it"
        ) from error


def _open_zip(
    stream: BinaryIO, source: str, input_format: InputFormat | None, published: dt.date | None, settings: Settings
) -> Iterator[Report | Reject]:
    """Reports of every file of an archive; one that cannot be read becomes a reject and the others go on."""
    for name, opened in members(stream, source, settings):
        place = f"{source}!{name}"
        reports = _open_stream(opened, place, input_format or _kind_of(name), published=published, settings=settings)
        yield from _rejecting(_whole(reports, place), place)


def _whole(reports: Iterator[Report | Reject], source: str) -> Iterator[Report | Reject]:
    with whole_archive(source):
        yield from reports


def _kind_of(name: str) -> InputFormat | None:
    """The format of a file name, that of `x.jsonl.gz` too."""
    path = Path(name)
    return SUFFIXES.get(Path(path.stem).suffix.lower() if path.suffix.lower() == ".gz" else path.suffix.lower())


def _kind_of_xml(path: Path) -> InputFormat | None:
    if path.suffix.lower() not in (".xml", ".rdf"):
        return None
    try:
        with path.open("rb") as file:
            return "feed" if _sniff(file.read(_HEAD)) == "feed" else None
    except OSError:
        return None  # a link that leads nowhere


def _open_stream(
    stream: BinaryIO, source: str, kind: InputFormat | None, *, published: dt.date | None, settings: Settings
) -> Iterator[Report | Reject]:
    """Reports of an open stream; it is read whole only where it is one report."""
    if kind is None:
        if not isinstance(stream, io.BufferedReader):
            stream = io.BufferedReader(cast("io.RawIOBase", stream))
        kind = _sniff(stream.peek(_HEAD)[:_HEAD])
    if kind in _STREAMED:
        yield from _STREAMED[kind](stream, source=source, published=published, settings=settings)
        return
    data = stream.read(settings.max_bytes + 1)
    if len(data) > settings.max_bytes:
        raise InputTooLarge(
            f"one report may have at most {settings.max_bytes:,} bytes",
            value=source,
            cure="split it into one file a report, write JSON lines, or raise DEJURE_MAX_BYTES",
        )
    if kind == "feed":
        yield from read_feed(data, source=source, published=published, settings=settings)
        return
    read = read_html if kind == "html" else read_text
    yield read(data, source=source, published=published, settings=settings)


def _sniff(head: bytes) -> InputFormat:
    """The format that a file's first bytes look like; text where nothing speaks against it."""
    wide = head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    begin = head.decode("utf-16" if wide else "latin-1", errors="ignore").removeprefix("\xef\xbb\xbf").lstrip()
    if begin.startswith("WARC/"):
        return "warc"
    if begin.startswith("PAR1"):
        return "parquet"
    if _FEED.match(begin):
        return "feed"
    if looks_like_html(begin):
        return "html"
    return "jsonl" if begin.startswith("{") and begin[1:].lstrip().startswith('"') else "text"


def _rejecting(reports: Iterator[Report | Reject], source: str) -> Iterator[Report | Reject]:
    """The same reports; what cannot be read becomes a reject."""
    try:
        yield from reports
    except InputError as error:
        yield reject(error, source)
