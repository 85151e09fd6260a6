"""What a person has to look at first, and which claims a judgement is bound to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dejure.errors import BadEntry
from dejure.ledger.acts import ActRecord
from dejure.ledger.entries import Interval
from dejure.ledger.standing import Standing
from dejure.records import COMPLETED_ACTS, Record

__all__ = ["ReviewItem", "cluster_of", "review_queue"]

#: What makes an act worth a look, and how much. An asserted act that overturns what stands comes first whatever else
#: holds; the others add up.
RISKS = {
    "contradicts what stands": 4.0,
    "asserted": 2.0,
    "single story": 1.0,
    "low confidence": 1.0,
    "dates disagree": 1.0,
}
_LOW_CONFIDENCE = 0.75


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewItem(Record):
    """An act that nobody judged yet, how urgent it is to look at it, and why."""

    risk: float
    reasons: tuple[str, ...]
    confidence: float | None
    act: ActRecord


def review_queue(
    acts: Iterable[ActRecord], confidences: dict[str, float], standings: dict[tuple[str, str], Standing]
) -> list[ReviewItem]:
    """Acts of the store that nobody judged, the riskiest first.

    Parameters
    ----------
    acts : iterable of ActRecord
    confidences : dict of str to float
        By entry id.
    standings : dict
        Where each pair stood before these acts, by recogniser and polity.
    """
    found = []
    for act in acts:
        if act.verdict is not None:
            continue
        known = [confidences[one.id] for one in act.entries if one.id in confidences]
        confidence = max(known, default=None)
        reasons = _reasons(act, confidence, standings.get((act.recogniser or "", act.recognised)))
        low = 0.0 if confidence is None else 1.0 - confidence
        risk = sum(RISKS[reason] for reason in reasons) + low
        found.append(ReviewItem(risk=round(risk, 3), reasons=tuple(reasons), confidence=confidence, act=act))
    return sorted(found, key=lambda one: (-one.risk, one.act.entries[0].id))


def _reasons(act: ActRecord, confidence: float | None, before: Standing | None) -> list[str]:
    reasons = []
    if act.asserted and _overturns(act, before):
        reasons.append("contradicts what stands")
    if act.asserted and act.act in COMPLETED_ACTS:
        reasons.append("asserted")
    if act.stories == 1:
        reasons.append("single story")
    if confidence is not None and confidence < _LOW_CONFIDENCE:
        reasons.append("low confidence")
    if not act.agrees:
        reasons.append("dates disagree")
    return reasons


def _overturns(act: ActRecord, before: Standing | None) -> bool:
    if before is None:
        return False
    if act.act == "withdraw":
        return before.standing in ("recognised", "not_recognised")
    if act.act == "recognise":
        is_past = (
            before.since is not None and act.date is not None and _is_later(act.date.earliest, before.since.latest)
        )
        return before.standing == "withdrawn" or (before.standing == "recognised" and is_past and act.manner is None)
    return act.act == "refuse" and before.standing == "recognised"


def _is_later(one: dt.date | None, other: dt.date | None) -> bool:
    return one is not None and other is not None and (one - other).days > 31


def cluster_of(acts: Sequence[ActRecord], slug: str) -> Interval:
    """The dates of the only act there is.

    Raises
    ------
    BadEntry
        If there is none or more than one.
    """
    about = [act for act in acts if act.recognised == slug]
    if len(about) == 1:
        return about[0].cluster
    if not about:
        raise BadEntry("there is no such act", value=slug, cure="look at: dejure history")
    dates = ", ".join(act.date.text() if act.date else "undated" for act in about)
    raise BadEntry("there are several such acts", value=dates, cure="say which by its date: --dated DATE or FROM..TO")
