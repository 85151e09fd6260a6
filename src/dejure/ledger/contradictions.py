"""Where sources cannot all be right."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from dejure.ledger.acts import ActRecord
from dejure.records import Record

__all__ = ["Contradiction", "contradictions_of"]

ContradictionKind = Literal["dates", "denied", "disputed", "claimed_only", "refused_and_done"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Contradiction(Record):
    """Sources that cannot all be right about an act.

    `kind`: dates (they name days that exclude each other), denied (the author denies what is reported), disputed
    (somebody says that it is not so), claimed_only (a third party alone says so, against what the author did),
    refused_and_done (refused on or after the day on which it is said to be done).
    """

    kind: ContradictionKind
    recogniser: str | None
    recognised: str
    told: str
    acts: tuple[ActRecord, ...]


def contradictions_of(acts: Iterable[ActRecord]) -> list[Contradiction]:
    """All contradictions among acts, in the order of the recognisers."""
    by_pair: dict[tuple[str, str], list[ActRecord]] = {}
    for act in acts:
        by_pair.setdefault((act.recogniser or "", act.recognised), []).append(act)
    return [one for _, several in sorted(by_pair.items()) for one in _of_pair(several)]


def _of_pair(acts: list[ActRecord]) -> list[Contradiction]:
    found = []
    own = [act for act in acts if act.asserted]
    for act in acts:
        if not act.agrees:
            found.append(_make("dates", f"sources name days for {act.act} that exclude each other", act))
        if act.disputed_by:
            found.append(_make("disputed", f"{', '.join(act.disputed_by)} says that {act.act} is not so", act))
        elif act.disputed:
            found.append(_make("disputed", f"sources contradict each other about {act.act}", act))
        if act.asserted or act.act not in ("recognise", "withdraw", "establish-relations"):
            continue
        denials = [other for other in own if other.act == "deny"]
        if denials:
            found.append(_make("denied", f"{act.recogniser} denies {act.act}", act, *denials))
        elif any(other.act != act.act and other.act in ("recognise", "withdraw") for other in own):
            by = ", ".join(act.claimed_by) or "somebody"
            found.append(_make("claimed_only", f"{by} claims {act.act}; its author did otherwise", act, *own))
    refusals = [act for act in own if act.act == "refuse" and act.date and act.date.earliest]
    for done in (act for act in own if act.act == "recognise" and act.date and act.date.latest):
        later = [r for r in refusals if r.date and done.date and r.date.earliest and done.date.latest
                 and r.date.earliest >= done.date.latest]  # fmt: skip
        if later and not any(act.act == "withdraw" for act in own):
            found.append(_make("refused_and_done", "a refusal is dated after the recognition", done, *later))
    return found


def _make(kind: ContradictionKind, told: str, *acts: ActRecord) -> Contradiction:
    return Contradiction(kind=kind, recogniser=acts[0].recogniser, recognised=acts[0].recognised, told=told, acts=acts)
