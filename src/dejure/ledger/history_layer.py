"""The shipped history as a layer: read-only, in memory, there on the first day."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from dejure.ledger.entries import Claim, Entry, Evidence, Interval, Judgement, Recorder, Series, SourceReport
from dejure.ledger.live import Clock, LiveClaim
from dejure.reference.history import HistoricalAct, load_history, load_history_series
from dejure.reference.overlay import tabled

__all__ = ["HistoryLayer", "history_entries"]

_RECORDER = Recorder(kind="reference", name="dejure history")


class HistoryLayer:
    """Acts of the shipped tables. The clock of the record does not concern them: they come with the package."""

    name = "history"

    def claims_on(
        self,
        slugs: Iterable[str],
        clock: Clock,
        *,
        apart: frozenset[str] = frozenset(),  # noqa: ARG002  each act is one
    ) -> list[LiveClaim]:
        """Claims about these polities that were public, or may have been."""
        by_slug = _by_slug()
        return [
            LiveClaim(
                claim=entry.claim, entry=entry.id, known_at=entry.known_at, is_known=is_public(entry.known_at, clock),
                grade=entry.grade, series=entry.series, report=entry.report.id if entry.report else None,
                layer=self.name,
            )
            for slug in slugs
            for entry in by_slug.get(slug, ())
            if may_be_public(entry.known_at, clock)
        ]  # fmt: skip

    def judgements(self, slugs: Iterable[str], clock: Clock) -> list[Judgement]:  # noqa: ARG002  no person judged here
        """None."""
        return []

    def series_of(self, slugs: Iterable[str], clock: Clock) -> list[Series]:  # noqa: ARG002  of all times
        """Periods of trust of the series about these polities."""
        wanted = set(slugs)
        return [one for one in _series() if one.recognised in wanted]

    def originals(self, claims: Iterable[LiveClaim], clock: Clock) -> dict[str, list[Entry]]:  # noqa: ARG002
        """The entry of each claim: every shipped act is a claim of its own."""
        by_id = _by_id()
        return {one.entry: [by_id[one.entry]] for one in claims}


def may_be_public(known_at: Interval, clock: Clock) -> bool:
    """Whether the evidence may have been public on the day of knowledge."""
    return clock.known is None or known_at.earliest is None or known_at.earliest <= clock.known


def is_public(known_at: Interval, clock: Clock) -> bool:
    """Whether the evidence had surely been public by the day of knowledge."""
    return clock.known is None or (known_at.latest is not None and known_at.latest <= clock.known)


@tabled
def history_entries() -> tuple[Entry, ...]:
    """The shipped acts as entries."""
    return tuple(_entry(act) for act in load_history())


def _entry(act: HistoricalAct) -> Entry:
    effective = None
    if act.effective_earliest or act.effective_latest:
        effective = Interval.of(act.effective_earliest, act.effective_latest)
    return Entry(
        claim=Claim(
            recogniser=act.recogniser, recognised=act.recognised, capacity=act.capacity, act=act.act, manner=act.manner,
            kind=act.kind, asserted=act.asserted, attributed_to=(act.attributed_to,) if act.attributed_to else (),
            valid_from=Interval(earliest=act.earliest, latest=act.latest, precision=act.precision),
            effective=effective, conditional=act.condition is not None, disputed=act.disputed,
            disputed_by=(act.disputed_by,) if act.disputed_by else (),
            inherited_from=_predecessor(act),
        ),
        known_at=Interval.of(act.known_earliest, act.known_latest), known_assumed=act.known_assumed, recorder=_RECORDER,
        report=SourceReport(
            id=hashlib.sha256(f"{act.source}\x1f{act.source_url}".encode()).hexdigest()[:16], publisher=act.source,
            url=act.source_url,
        ),
        evidence=Evidence(quote=act.entry, conditions=(act.condition,) if act.condition else ()), series=act.series,
        grade=act.grade, note=act.note or None,
    )  # fmt: skip


def _predecessor(act: HistoricalAct) -> str | None:
    """Slug of the actor whose act it carries on; None where only the polity had another name."""
    earlier = [entry.split("/")[2] for entry in act.inherited_from]
    return next((slug for slug in earlier if slug != act.recogniser_slug), None)


@tabled
def _by_slug() -> dict[str, list[Entry]]:
    found: dict[str, list[Entry]] = {}
    for entry in history_entries():
        found.setdefault(entry.claim.recognised, []).append(entry)
    return found


@tabled
def _by_id() -> dict[str, Entry]:
    return {entry.id: entry for entry in history_entries()}


@tabled
def _series() -> tuple[Series, ...]:
    return tuple(
        Series(
            name=one.series, recognised=slug, acts=tuple(sorted(one.acts)), complete_from=one.complete_from,
            complete_to=one.complete_to, grade=one.grade, note=one.note,
            scope=" ".join(sorted(one.actors)) if one.scope == "named" else one.scope,
        )
        for one in load_history_series().values()
        for slug in one.recognised
    )  # fmt: skip
