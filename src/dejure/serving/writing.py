"""What adds to the ledger of a server: reports that it reads, codings, judgements."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import msgspec

from dejure.errors import DejureError, InputTooLarge, MalformedLine, error_of
from dejure.ledger import Judgement, Ledger
from dejure.ledger.ingest import Taken
from dejure.records import Coding, Report

if TYPE_CHECKING:
    from dejure.serving.observatory import Observatory

__all__ = ["Writer", "only_coding", "read_one"]


class Writer:
    """The one hand that writes into the ledger of this process."""

    def __init__(self, location: str) -> None:
        self._ledger = Ledger(location, create=True)
        self._turn = threading.Lock()

    def close(self) -> None:
        """Let go of the ledger."""
        self._ledger.close()

    def judge(self, verdict: str, recogniser: str | None, polity: str, act: str, **given: Any) -> Judgement:
        """Record what a person decided."""
        with self._turn:
            return self._ledger.judge(verdict, recogniser, polity, act, **given)  # type: ignore[arg-type]

    def ingest(self, observatory: Observatory, reports: Sequence[dict[str, Any]], *, keep_text: bool) -> dict[str, Any]:
        """Read reports and record their acts."""
        _check_number(reports, observatory.limits.reports_at_once)
        rejects: list[dict[str, Any]] = []
        pairs: list[tuple[Report | None, Coding]] = []
        for given, told in zip(reports, observatory.read_reports(reports), strict=True):
            if "reject" in told:
                rejects.append(told["reject"])
            else:
                coding = msgspec.convert(told["coding"], Coding)
                pairs.append((_report_of(given, coding), coding))
        return self._record(pairs, rejects, keep_text=keep_text)

    def ingest_codings(self, codings: Sequence[dict[str, Any]], most: int) -> dict[str, Any]:
        """Record the acts of codings; one that is none is rejected."""
        _check_number(codings, most)
        rejects: list[dict[str, Any]] = []
        pairs: list[tuple[Report | None, Coding]] = []
        for number, given in enumerate(codings, start=1):
            try:
                pairs.append((None, msgspec.convert(given, Coding)))
            except (msgspec.MsgspecError, DejureError, ValueError) as error:
                told = MalformedLine("this is no coding", value=str(error), cure="write it with dejure read").to_dict()
                rejects.append({"source": f"coding {number}", "line": None, **told})
        return self._record(pairs, rejects, keep_text=False)

    def _record(
        self, pairs: Iterable[tuple[Report | None, Coding]], rejects: list[dict[str, Any]], *, keep_text: bool
    ) -> dict[str, Any]:
        counted = {"reports": 0, "acts": 0}

        def told(taken: Taken) -> None:
            counted["reports"] += 1
            counted["acts"] += len(taken.items) - 1
            rejects.extend(one.to_dict() for one in taken.rejects)

        with self._turn:
            added = self._ledger.ingest(pairs, keep_text=keep_text, told=told)
        return {**counted, "added": added, "rejects": rejects}


def read_one(observatory: Observatory, given: dict[str, Any], model: str | None) -> dict[str, Any]:
    """The coding of one report.

    Raises
    ------
    InputError
        If it cannot be read.
    """
    most = observatory.limits.report_characters
    if not _is_unicode(given):
        raise MalformedLine("the report holds half a surrogate pair", cure="write it as UTF-8")
    if len(given["text"]) + len(given.get("title") or "") > most:
        raise InputTooLarge(
            f"the report has more than {most:,} characters", value=f"{len(given['text']):,}", cure="split it"
        )
    return only_coding(observatory.read_reports([given], model))


def only_coding(read: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """The coding of the one report that was read.

    Raises
    ------
    InputError
        If it could not be read.
    """
    (told,) = read
    if "reject" in told:
        raise error_of(msgspec.convert(told["reject"], dict[str, Any]))
    coding: dict[str, Any] = told["coding"]
    return coding


def _is_unicode(given: dict[str, Any]) -> bool:
    try:
        msgspec.json.encode(given)
    except UnicodeEncodeError:
        return False
    return True


def _check_number(reports: Sequence[Any], most: int) -> None:
    if len(reports) > most:
        raise InputTooLarge(f"more than {most} at once", value=len(reports), cure="send them in portions")


def _report_of(given: dict[str, Any], coding: Coding) -> Report | None:
    """The report of a coding, with its text, so that its story can be told."""
    made = Report(
        id=coding.report.id, title=given.get("title") or "", body=given["text"], published=coding.report.published,
        language=coding.report.language, publisher=coding.report.publisher, url=coding.report.url,
        source=coding.report.source,
    )  # fmt: skip
    return made if made.text_sha256 == coding.report.text_sha256 else None
