"""Acts: the claims of a pair that tell of the same act, with all their entries and the stories these come from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from dejure.ledger.entries import Entry, Interval
from dejure.ledger.live import CLUSTER_SLACK, LiveClaim
from dejure.records import Record

__all__ = ["ActRecord", "acts_of", "order_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ActRecord(Record):
    """One act, as all sources together tell of it.

    Parameters
    ----------
    recogniser, recognised, capacity, act, manner
        The parties and what was done; `recogniser` is an actor id.
    asserted : bool
        Whether at least one source asserts it.
    date : Interval or None
        The days on which all dated sources agree; where they do not, from the first to the last that one names.
    agrees : bool
        Whether the dates of the sources can all be true.
    stories : int
        Independent stories; copies of one report count once.
    claimed_by : tuple of str
        Who says so where nobody asserts it.
    verdict : str or None
        What a person decided.
    entries : tuple of Entry
    """

    recogniser: str | None
    recognised: str
    capacity: str
    act: str
    manner: str | None
    asserted: bool
    date: Interval | None
    agrees: bool
    stories: int
    claimed_by: tuple[str, ...]
    disputed: bool
    disputed_by: tuple[str, ...]
    verdict: str | None
    grades: tuple[str, ...]
    entries: tuple[Entry, ...]

    @property
    def cluster(self) -> Interval:
        """What a judgement about this act is bound to."""
        return self.date or Interval()


def acts_of(
    claims: Iterable[LiveClaim], entries: Mapping[LiveClaim, Sequence[Entry]], stories: Mapping[str, str]
) -> list[ActRecord]:
    """Group claims into acts: same parties, act and manner, dates that overlap or lie within a week.

    Claims without a date join the act where there is only one. The grouping does not depend on order: an act is a
    connected component.

    Parameters
    ----------
    claims : iterable of LiveClaim
    entries : mapping
        The entries of each claim.
    stories : mapping of str to str
        Story by report id; a report that is not named is a story of its own.
    """
    groups: dict[tuple[object, ...], list[LiveClaim]] = {}
    for live in claims:
        claim = live.claim
        key = (claim.recogniser, claim.recognised, claim.capacity, claim.act, claim.manner)
        groups.setdefault(key, []).append(live)
    found = []
    for group in groups.values():
        found += [_act(part, entries, stories) for part in _components(group)]
    return sorted(found, key=order_of)


def order_of(act: ActRecord) -> tuple[dt.date, dt.date, str, str, str]:
    """What acts are ordered by: their days, their parties, what was done."""
    first = act.date.earliest if act.date and act.date.earliest else dt.date.min
    last = act.date.latest if act.date and act.date.latest else dt.date.max
    return (first, last, act.recogniser or "", act.recognised, act.act + (act.manner or "") + act.entries[0].id)


def _components(group: list[LiveClaim]) -> list[list[LiveClaim]]:
    dated = sorted((one for one in group if _bounds(one) is not None), key=lambda one: (_bounds(one), one.entry))
    undated = [one for one in group if _bounds(one) is None]
    parts: list[list[LiveClaim]] = []
    reach = dt.date.min
    for one in dated:
        start, end = _bounds(one) or (dt.date.min, dt.date.max)
        if not parts or start > reach:
            parts.append([])
        parts[-1].append(one)
        reach = max(reach, min(end, dt.date.max - CLUSTER_SLACK) + CLUSTER_SLACK)
    if undated and len(parts) == 1:
        parts[0] += undated
    elif undated:
        parts.append(undated)
    return parts


def _bounds(live: LiveClaim) -> tuple[dt.date, dt.date] | None:
    date = live.claim.valid_from
    return None if date is None else (date.earliest or dt.date.min, date.latest or dt.date.max)


def _act(
    claims: list[LiveClaim], entries: Mapping[LiveClaim, Sequence[Entry]], stories: Mapping[str, str]
) -> ActRecord:
    claim = claims[0].claim
    all_entries = {entry.id: entry for live in claims for entry in entries[live]}
    date, agrees = _joint([live.claim.valid_from for live in claims if live.claim.valid_from])
    reports = {entry.report.id for entry in all_entries.values() if entry.report}
    return ActRecord(
        recogniser=claim.recogniser, recognised=claim.recognised, capacity=claim.capacity, act=claim.act,
        manner=claim.manner, asserted=any(live.claim.asserted for live in claims), date=date, agrees=agrees,
        stories=len({stories.get(report, report) for report in reports}) or 1,
        claimed_by=tuple(sorted({by for live in claims if not live.claim.asserted for by in live.claim.attributed_to})),
        disputed=any(live.claim.disputed for live in claims),
        disputed_by=tuple(sorted({one for live in claims for one in live.claim.disputed_by})),
        verdict=next((live.verdict for live in claims if live.verdict), None),
        grades=tuple(sorted({live.grade for live in claims if live.grade})),
        entries=tuple(sorted(all_entries.values(), key=lambda entry: entry.id)),
    )  # fmt: skip


def _joint(dates: list[Interval]) -> tuple[Interval | None, bool]:
    if not dates:
        return None, True
    first = max((date.earliest for date in dates if date.earliest), default=None)
    last = min((date.latest for date in dates if date.latest), default=None)
    if first is None or last is None or first <= last:
        exact = next((date for date in dates if (date.earliest, date.latest) == (first, last)), None)
        return exact or Interval.of(first, last), True
    starts = [date.earliest for date in dates]
    ends = [date.latest for date in dates]
    return Interval(
        earliest=None if None in starts else min(one for one in starts if one),
        latest=None if None in ends else max(one for one in ends if one), precision="interval",
    ), False  # fmt: skip
