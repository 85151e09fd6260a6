"""The main job as functions: from texts, paths and reports to codings."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dejure.errors import DejureError, InputError, InputMissing, RecordError
from dejure.records import Coding, Reject, Report
from dejure.settings import Settings
from dejure.sources import (
    AT_ONCE,
    SUFFIXES,
    checked_date,
    in_batches,
    open_reports,
    read_text,
    reject,
    report_from_mapping,
    require_readable,
)
from dejure.when import parse_date

__all__ = ["code_each", "explain", "read", "read_many"]

if TYPE_CHECKING:
    from dejure.coding.recognition.explain import Explanation

# Longer than any path that a person writes, shorter than any report.
_LONGEST_PATH = 1000


def read(
    text_or_path: str | Path,
    *,
    published: str | dt.date | None = None,
    title: str | None = None,
    settings: Settings | None = None,
) -> Coding:
    """Read one report.

    Parameters
    ----------
    text_or_path : str or Path
        A `Path` is a file. A string of one line that names an existing file is that file, too; every other string is
        the report itself, framed like a plain text file (see `dejure.sources.frame`) unless `title` is given.
    published : str or datetime.date, optional
        The day it appeared, `YYYY-MM-DD`; takes the place of a date that the file itself gives.
    title : str, optional
        The headline; the text is then all body.
    settings : Settings, optional
        Else the defaults with what `DEJURE_*` variables change.

    Returns
    -------
    Coding
        The records of the five lists, each with the words that support it.

    Raises
    ------
    InputError
        If it cannot be read; the message says why and what helps.
    ModelError
        If the language model is missing or is not the one that was pinned.
    """
    settings = settings or Settings.from_environment()
    reports = list(_reports_of(text_or_path, _date(published), title, settings))
    if len(reports) > 1:
        raise InputError("this file holds more than one report", value=text_or_path, cure="use dejure.read_many")
    (report,) = reports
    if isinstance(report, Reject):
        raise InputError(report.what, value=report.value, cure=report.cure)
    from dejure.coding import code_report

    return code_report(require_readable(report, settings), settings)


def read_many(
    inputs: Iterable[str | Path | Report | Mapping[str, Any]],
    *,
    published: str | dt.date | None = None,
    settings: Settings | None = None,
) -> Iterator[Coding | Reject]:
    """Read many reports, one after the other, as they are asked for.

    Parameters
    ----------
    inputs : iterable
        Texts and paths as in `read` (folders and JSON lines files give all their reports), `Report` objects, and
        mappings with the keys of a JSON line, `{id, title, text, published, language}`. Those of a list are coded some
        at once, which is faster; of any other iterable each is passed on before the next is asked for.
    published : str or datetime.date, optional
        Takes the place of every report's own date of publication.
    settings : Settings, optional
        Else the defaults with what `DEJURE_*` variables change.

    Yields
    ------
    Coding or Reject
        A reject, with the reason, for an input that could not be read.

    Raises
    ------
    ModelError
        If the language model is missing or is not the one that was pinned.
    """
    settings = settings or Settings.from_environment()
    # Who gives them one by one may wait for each.
    at_once = AT_ONCE if isinstance(inputs, Sequence) else 1
    for _, coded in code_each(_all_reports(inputs, _date(published), settings), settings, at_once):
        yield coded


def explain(
    text_or_path: str | Path,
    record: str = "",
    *,
    published: str | dt.date | None = None,
    title: str | None = None,
    settings: Settings | None = None,
) -> list[Explanation]:
    """Why the acts of recognition of a report are what they are.

    Parameters
    ----------
    text_or_path, published, title, settings
        As in `read`.
    record : str, optional
        Id of the record, or how it begins; all records without it.

    Returns
    -------
    list of Explanation
        The words, the rules that fired, what stands behind the flag and the date, and what lost.

    Raises
    ------
    InputError
        If the report cannot be read, or has no such record.
    ModelError
        If the language model is missing or is not the one that was pinned.
    """
    from dejure.coding.recognition.explain import explain_report

    settings = settings or Settings.from_environment()
    found: list[Explanation] = []
    for report in _reports_of(text_or_path, _date(published), title, settings):
        if isinstance(report, Reject):
            raise InputError(report.what, value=report.value, cure=report.cure)
        found += explain_report(require_readable(report, settings), settings)
    chosen = [one for one in found if one.id.startswith(record)]
    if record and not chosen:
        raise InputError("no act of recognition with this id", value=record, cure="dejure read tells the ids")
    return chosen


def code_each(
    reports: Iterable[Report | Reject], settings: Settings, at_once: int = AT_ONCE
) -> Iterator[tuple[Report | None, Coding | Reject]]:
    """Each report with its coding; rejects pass through, and what fails in one report becomes one.

    So many are read before the first is given. Where they come slowly, as on standard input, 1 passes each on at once.
    """
    from dejure.coding import code_reports

    for batch in in_batches(reports, settings, at_once):
        codings = iter(code_reports([one for _, one in batch if isinstance(one, Report)], settings))
        for report, one in batch:
            if isinstance(report, Reject):
                yield None, report
            else:
                yield report, _coded_or_reject(report, one if isinstance(one, InputError) else next(codings))


def _coded_or_reject(report: Report, found: Coding | Exception) -> Coding | Reject:
    if isinstance(found, Coding):
        return found
    if isinstance(found, InputError | RecordError):
        return _reject_report(found, report)
    if isinstance(found, DejureError):
        raise found  # a missing model or table concerns all reports, not this one
    # A fault of ours in one report must not cost the other ten thousand; it is told, with its name.
    told = f"{type(found).__name__}: {found}"
    fault = DejureError("the coder failed on this report", value=told, cure="please report it with the text")
    return _reject_report(fault, report)


def _reject_report(error: DejureError, report: Report) -> Reject:
    """A reject that names file and line apart, as those do that fail before there is a report."""
    source, _, line = report.source.rpartition(":")
    if report.extractor.startswith("jsonl") and line.isdigit():
        return reject(error, source, int(line))
    return reject(error, report.source or report.id)


def _all_reports(
    inputs: Iterable[str | Path | Report | Mapping[str, Any]], published: dt.date | None, settings: Settings
) -> Iterator[Report | Reject]:
    for number, one in enumerate(inputs, start=1):
        name = str(one) if isinstance(one, Path) else f"input {number}"
        try:
            if isinstance(one, Report):
                yield replace(one, published=published) if published else one
            elif isinstance(one, Mapping):
                yield report_from_mapping(one, source=name, published=published, extractor="mapping", settings=settings)
            else:
                yield from _reports_of(one, published, None, settings, name=name)
        except InputError as error:
            yield reject(error, name)


def _reports_of(
    text_or_path: str | Path, published: dt.date | None, title: str | None, settings: Settings, *, name: str = "text"
) -> Iterator[Report | Reject]:
    if isinstance(text_or_path, Path) or _is_path(text_or_path):
        for report in open_reports([text_or_path], published=published, settings=settings):
            yield report if title is None or isinstance(report, Reject) else _retitled(report, title)
    elif title is None:
        data = text_or_path.encode("utf-8", "surrogatepass")
        yield read_text(data, source=name, published=published, settings=settings)
    else:
        given = {"title": title, "text": text_or_path}
        yield report_from_mapping(given, source=name, published=published, extractor="text", settings=settings)


def _is_path(text: str) -> bool:
    """Whether a string names a file: one line that is there, or one word that ends like a file name."""
    if not text or len(text) > _LONGEST_PATH or "\n" in text or "\x00" in text:
        return False
    path = Path(text)
    try:
        if path.exists():
            return True
    except OSError:  # longer than the system allows a name to be
        return False
    if " " not in text and path.suffix.lower() in SUFFIXES:
        raise InputMissing("there is no such file", value=text, cure="check the path")
    return False


def _retitled(report: Report, title: str) -> Report:
    own_id = "" if report.id == report.text_sha256[:16] else report.id
    return replace(report, title=title, id=own_id)


def _date(published: str | dt.date | None) -> dt.date | None:
    if isinstance(published, str):
        published = parse_date(published, what="date of publication")
    return checked_date(published)
