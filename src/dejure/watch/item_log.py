"""A line for each item that was read: where it came from, when it was fetched, its hash, what came of it.

Lines are appended after the ledger has taken the items and before the state says so. A kill in between leaves items
that are read again; the log knows their keys, so that each has one line.
"""

from __future__ import annotations

import datetime as dt
import json
import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from dejure.records import Report

__all__ = ["ItemLog"]


class ItemLog:
    """The log of a folder, a file a month.

    Parameters
    ----------
    folder : Path
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._path: Path | None = None
        self._keys: set[str] = set()

    def add(
        self, items: Sequence[tuple[str, Report]], feed: str, outcomes: Mapping[str, int | str], day: dt.date
    ) -> None:
        """Note items.

        Parameters
        ----------
        items : sequence of (str, Report)
            Key and report.
        outcomes : mapping
            By the hash of the text: how many acts the ledger got of it, or the code of the reject.
        day : datetime.date
            Today.
        """
        path = self._folder / f"items-{day:%Y-%m}.jsonl"
        if path != self._path:
            self._path, self._keys = path, _mended(path)
        lines = [
            json.dumps(_line(key, report, feed, outcomes.get(report.text_sha256)), ensure_ascii=False) + "\n"
            for key, report in items if key not in self._keys
        ]  # fmt: skip
        if lines:
            with path.open("a", encoding="utf-8") as file:
                file.write("".join(lines))
                file.flush()
                os.fsync(file.fileno())
        self._keys |= {key for key, _ in items}


def _line(key: str, report: Report, feed: str, outcome: int | str | None) -> dict[str, object]:
    return {
        "key": key, "feed": feed, "locator": report.source, "url": report.url, "retrieved_at": report.retrieved_at,
        "sha256": report.sha256, "report": report.text_sha256[:16], "text_sha256": report.text_sha256,
        "published": report.published.isoformat() if report.published else None, "publisher": report.publisher,
        "extractor": report.extractor, "acts": outcome if isinstance(outcome, int) else None,
        "reject": outcome if isinstance(outcome, str) else None,
    }  # fmt: skip


def _mended(path: Path) -> set[str]:
    """The keys of a log; what a kill left of a last line is cut off."""
    if not path.exists():
        return set()
    data = path.read_bytes()
    whole = data[: data.rfind(b"\n") + 1]
    if len(whole) < len(data):
        with path.open("r+b") as file:
            file.truncate(len(whole))
    return {json.loads(line)["key"] for line in whole.splitlines()}
