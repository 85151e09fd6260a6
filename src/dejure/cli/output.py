"""Where codings go: tables for people, JSON lines or CSV for machines, each written as it comes."""

from __future__ import annotations

import csv
from dataclasses import replace
from typing import IO, Protocol

from dejure.cli.flat import COLUMNS, rows_of
from dejure.records import Coding, Reject, Report

__all__ = ["CsvWriter", "JsonLinesWriter", "TableWriter", "Writer", "encode_line", "make_writer"]


class Writer(Protocol):
    """Takes one report after the other."""

    def write(self, report: Report, coding: Coding) -> None:
        """Write what was read out of one report."""


class JsonLinesWriter:
    """One compact JSON object a report, in UTF-8, keys in the order of the contract."""

    def __init__(self, file: IO[str], *, with_text: bool = False) -> None:
        self._file = file
        self._with_text = with_text

    def write(self, report: Report, coding: Coding) -> None:
        """Write one line and pass it on at once."""
        if self._with_text:
            card = replace(coding.report, title=report.title, text=report.body)
            coding = replace(coding, report=card)
        self._file.write(encode_line(coding))
        self._file.flush()


class CsvWriter:
    """One flat table; the header stands even where there is no record."""

    def __init__(self, file: IO[str], list_name: str) -> None:
        self._list = list_name
        self._file = file
        self._rows = csv.DictWriter(file, COLUMNS[list_name], lineterminator="\n")
        self._rows.writeheader()

    def write(self, report: Report, coding: Coding) -> None:  # noqa: ARG002  the coding names its report
        """Write a row a record."""
        self._rows.writerows(rows_of(coding, self._list))
        self._file.flush()


class TableWriter:
    """Tables for people."""

    def __init__(self, file: IO[str]) -> None:
        from dejure.cli.terminal import make_console

        self._console = make_console(file)

    def write(self, report: Report, coding: Coding) -> None:
        """Print one report's records."""
        from dejure.cli.tables import print_coding

        print_coding(self._console, report, coding)
        self._console.file.flush()


def make_writer(output_format: str, file: IO[str], *, with_text: bool, list_name: str) -> Writer:
    """The writer of a format: "jsonl", "csv" or "table"."""
    if output_format == "jsonl":
        return JsonLinesWriter(file, with_text=with_text)
    if output_format == "csv":
        return CsvWriter(file, list_name)
    return TableWriter(file)


def encode_line(record: Coding | Reject) -> str:
    """A record as one line of JSON."""
    import msgspec

    return msgspec.json.encode(record).decode("utf-8") + "\n"
