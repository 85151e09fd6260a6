"""Event rows of whatever holds them: a corpus, Parquet, or a file of any format, guessed if not told."""

from __future__ import annotations

import gzip
import json
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from dejure.corpus.columns import need
from dejure.corpus.rows import Row, empty_row
from dejure.corpus.store import Corpus
from dejure.errors import InputError, InputMissing
from dejure.exchange.codes import load_formats
from dejure.exchange.files import FORMATS, read_events
from dejure.records import Reject

__all__ = ["guess_format", "read_any_events"]

_HEAD_BYTES = 1_000_000


def read_any_events(path: str | Path, which: str | None = None) -> Iterator[Row | Reject]:
    """Event rows of a corpus folder, a Parquet file, a folder of such, or a file that `read_events` reads.

    Parameters
    ----------
    which : str, optional
        Format of a file; guessed from its first line if not given.

    Raises
    ------
    InputError
        If there is nothing of the kind.
    """
    path = Path(path)
    if not path.exists():
        raise InputMissing("there is no such file", value=path, cure="check the path")
    if path.is_dir():
        if (path / "manifest.json").is_file():
            folder = Corpus(path).folder / "data" / "events"
            yield from _read_parquet(sorted(folder.rglob("*.parquet")))
        elif files := sorted(path.rglob("*.parquet")):
            yield from _read_parquet(files)
        else:
            raise InputError(
                "the folder holds no events", value=path, cure="name a corpus or a folder of Parquet files"
            )
    elif path.suffix.lower() in (".parquet", ".pq"):
        yield from _read_parquet([path])
    else:
        yield from read_events(path, which or guess_format(path))


def guess_format(path: Path) -> str:
    """The format of a file of events, by its first line.

    Raises
    ------
    InputError
        If the line is of no format.
    """
    line = _first_line(path)
    try:
        record = json.loads(line)
    except ValueError:
        record = None
    if isinstance(record, dict):
        return "dejure" if {"coder", "report", "events"} <= set(record) else "plover"
    names = {"".join(c for c in name.lower() if c.isalnum()) for name in line.split("\t")}
    shares = {
        which: sum("".join(c for c in name.lower() if c.isalnum()) in names for name in form["columns"])
        / len(form["columns"])
        for which, form in load_formats().items()
        if which in FORMATS and "columns" in form
    }
    best = max(sorted(shares), key=lambda which: shares[which])
    if shares[best] > 0.5:
        return best
    if line.startswith("event_id,"):
        return "csv"
    if line.count("\t") > 50:
        return "gdelt"  # its files have no header
    raise InputError("the format of the file cannot be told", value=path, cure="name it")


def _first_line(path: Path) -> str:
    try:
        if path.suffix.lower() == ".zip":
            with zipfile.ZipFile(path) as archive:
                names = [one.filename for one in archive.infolist() if not one.is_dir()]
                with archive.open(names[0]) as member:
                    raw = member.readline(_HEAD_BYTES)
        elif path.suffix.lower() == ".gz":
            with gzip.open(path) as unpacked:
                raw = unpacked.readline(_HEAD_BYTES)
        else:
            with path.open("rb") as plain:
                raw = plain.readline(_HEAD_BYTES)
    except (OSError, EOFError, zlib.error, zipfile.BadZipFile, NotImplementedError, RuntimeError, IndexError) as error:
        raise InputError("the file cannot be read", value=path, cure="fetch it again") from error
    return raw.decode("utf-8-sig", errors="replace").strip()


def _read_parquet(files: list[Path]) -> Iterator[Row]:
    arrow, parquet = need("pyarrow"), need("pyarrow.parquet")
    for path in files:
        try:
            with parquet.ParquetFile(path) as file:
                if not {"event_type", "actor", "recipient"} <= set(file.schema_arrow.names):
                    raise InputError("this is no Parquet file of events", value=path, cure="name the data set events")
                for batch in file.iter_batches():
                    for row in batch.to_pylist():
                        yield empty_row("events") | row
        except arrow.ArrowInvalid as error:
            raise InputError("this is no Parquet file", value=path, cure="fetch it again") from error
