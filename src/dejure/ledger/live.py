"""What the rules work on: claims that count, as of a state of knowledge and of the record, from any layer.

Two layers may lie over each other: the shipped history, held in memory, and the user's store. Each gives `LiveClaim`s:
claims with the entry that made them known first, after corrections and judgements have been heeded.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Protocol

from dejure.errors import BadEntry
from dejure.ledger.entries import Claim, Entry, Interval, Judgement, Series

__all__ = ["Clock", "Layer", "LiveClaim", "judged"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """The three clocks of a view.

    Parameters
    ----------
    on : datetime.date
        Valid: as of which day.
    known : datetime.date or None
        Known: from evidence that was public on that day. None: all evidence.
    recorded : datetime.datetime or None
        Recorded: as the ledger stood at that instant (UTC). None: as it stands.
    """

    on: dt.date
    known: dt.date | None = None
    recorded: dt.datetime | None = None

    def __post_init__(self) -> None:
        if self.recorded is not None and self.recorded.tzinfo is None:
            raise BadEntry("an instant of the record needs a time zone", value=self.recorded, cure="give it in UTC")

    @property
    def recorded_microseconds(self) -> int | None:
        """The instant as the store counts them."""
        if self.recorded is None:
            return None
        return int((self.recorded - dt.datetime(1970, 1, 1, tzinfo=dt.UTC)) / dt.timedelta(microseconds=1))


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveClaim:
    """A claim that counts, with the entry that made it known first.

    `is_known` is False where the evidence may not have been public yet. `verdict` is that of a person, if there is one.
    """

    claim: Claim
    entry: str
    known_at: Interval
    is_known: bool = True
    grade: str | None = None
    series: str | None = None
    report: str | None = None
    verdict: str | None = None
    layer: str = "ledger"
    is_apart: bool = False

    @property
    def happened(self) -> Interval:
        """When the act happened; without a date of its own, at the latest when it was known."""
        return self.claim.valid_from or Interval(latest=self.known_at.latest, precision="interval")


class Layer(Protocol):
    """Something that holds claims."""

    name: str

    def claims_on(self, slugs: Iterable[str], clock: Clock, *, apart: frozenset[str] = frozenset()) -> list[LiveClaim]:
        """Claims that count about these polities; those of the reports in `apart` entry by entry."""
        ...

    def judgements(self, slugs: Iterable[str], clock: Clock) -> list[Judgement]:
        """Judgements that count about these polities."""
        ...

    def series_of(self, slugs: Iterable[str], clock: Clock) -> list[Series]:
        """Periods of trust of the series about these polities."""
        ...

    def originals(self, claims: Iterable[LiveClaim], clock: Clock) -> dict[str, list[Entry]]:
        """For the entry of each claim all entries that count and make the same claim, before any judgement."""
        ...


#: Dates this near to the edge of a judgement's cluster still belong to it: reports of one act differ by some days.
CLUSTER_SLACK = dt.timedelta(days=7)


def judged(claims: Iterable[LiveClaim], judgements: Iterable[Judgement]) -> list[LiveClaim]:
    """The claims as people's judgements leave them; of several about one claim the latest of its kind stands."""
    ordered = sorted(judgements, key=lambda j: (j.made_at, j.id))
    found = []
    for claim in claims:
        changed: LiveClaim | None = claim
        for one in ordered:
            if bears_on(one, claim.claim):
                changed = _apply(one, claim, changed or claim)
        if changed is not None:
            found.append(changed)
    return found


def bears_on(judgement: Judgement, claim: Claim) -> bool:
    """Whether a judgement is about this claim: same parties, capacity and act, a date in one of its clusters."""
    same = (judgement.recogniser, judgement.recognised, judgement.capacity, judgement.act)
    if same != (claim.recogniser, claim.recognised, claim.capacity, claim.act):
        return False
    return any(
        _in_cluster(cluster, claim.valid_from) for cluster in (judgement.cluster, judgement.with_cluster) if cluster
    )


def _apply(judgement: Judgement, original: LiveClaim, so_far: LiveClaim) -> LiveClaim | None:
    if judgement.verdict == "reject":
        return None
    if judgement.verdict == "confirm":
        return replace(
            so_far, verdict="confirm", claim=replace(so_far.claim, asserted=True, disputed=False, disputed_by=())
        )
    if judgement.verdict == "split" and original.report not in judgement.reports:
        return so_far
    date = judgement.date or judgement.cluster
    return replace(so_far, verdict=judgement.verdict, claim=replace(so_far.claim, valid_from=date))


def _in_cluster(cluster: Interval, date: Interval | None) -> bool:
    if date is None:
        return cluster.earliest is None and cluster.latest is None
    if cluster.earliest is None and cluster.latest is None:
        return False
    first = (cluster.earliest or dt.date.min + CLUSTER_SLACK) - CLUSTER_SLACK
    last = (cluster.latest or dt.date.max - CLUSTER_SLACK) + CLUSTER_SLACK
    return (date.earliest or dt.date.min) <= last and first <= (date.latest or dt.date.max)
