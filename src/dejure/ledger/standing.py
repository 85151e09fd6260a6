"""Where a pair stands on a day: the seven rules, as `docs/ledger.md` tells them.

An act becomes a `Step`: what it does to the standing, between which days, on what basis. The order of steps with
uncertain dates is itself uncertain, so a standing is the set of all that may be so; it is certain where all agree.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from dejure.ledger.entries import Interval
from dejure.records import Record

__all__ = ["BASES", "Basis", "Certainty", "Contest", "Standing", "Step", "evaluate"]

Basis = Literal["own", "government", "carried", "relations", "inherited", "inferred"]
Certainty = Literal["certain", "possible"]
StandingName = Literal["recognised", "frozen", "withdrawn", "lapsed", "not_recognised", "unknown"]
Announced = Literal["none", "considering", "conditional", "intended", "refused"]

#: Bases of a recognition, the strongest first.
BASES: tuple[Basis, ...] = ("own", "carried", "government", "relations", "inherited", "inferred")

_STRENGTH = ("recognised", "frozen", "withdrawn", "lapsed", "not_recognised", "unknown")


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One act, as the rules see it.

    Parameters
    ----------
    effect : {"recognised", "frozen", "withdrawn"}
        What it makes of the standing.
    when : Interval
        Between which days.
    basis : Basis
        By which right it counts.
    is_known : bool
        False where its evidence may not have been public.
    claimed_by : tuple of str
        Who says so, where it is not its author; empty for an act that its author or the writer asserts.
    disputed, disputed_by
        Whether, and by whom, it is said not to be so.
    entries : tuple of str
        The entries that make it so.
    grade : str or None
    """

    effect: Literal["recognised", "frozen", "withdrawn"]
    when: Interval
    basis: Basis
    entries: tuple[str, ...]
    is_known: bool = True
    claimed_by: tuple[str, ...] = ()
    is_claim: bool = False
    disputed: bool = False
    disputed_by: tuple[str, ...] = ()
    conditional: bool = False
    grade: str | None = None
    act: str = "recognise"

    def may_be(self, on: dt.date) -> bool:
        """Whether it may have happened by this day."""
        return self.when.earliest is None or self.when.earliest <= on

    def must_be(self, on: dt.date) -> bool:
        """Whether it has surely happened by this day."""
        return self.is_known and self.when.latest is not None and self.when.latest <= on


@dataclass(frozen=True, slots=True, kw_only=True)
class Contest(Record):
    """Where the pair would stand if somebody's claim were true."""

    claimed_by: tuple[str, ...]
    standing: StandingName
    certainty: Certainty
    entries: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing(Record):
    """Where a pair stands on a day.

    Parameters
    ----------
    recogniser, recognised : str
        Actor id; polity slug.
    standing : str
        recognised, frozen, withdrawn, lapsed, not_recognised or unknown: the strongest of what may be so.
    certainty : {"certain", "possible"}
        Whether it is so for all dates that the sources allow.
    since : Interval or None
        When the act happened that made it so.
    basis : Basis or None
        By which right a recognition counts: its own act, that of the state it continues, recognition of the
        government, relations, or inheritance.
    entries : tuple of str
        The entries that make it so.
    announced, announced_entries
        The last plan, condition or refusal, until it is done.
    dispute, contests
        Whether somebody claims otherwise, and what would follow.
    warning : str or None
        What to know before trusting it.
    """

    recogniser: str
    recognised: str
    capacity: str
    on: dt.date
    standing: StandingName
    certainty: Certainty = "certain"
    since: Interval | None = None
    basis: Basis | None = None
    entries: tuple[str, ...] = ()
    announced: Announced = "none"
    announced_for: Interval | None = None
    announced_entries: tuple[str, ...] = ()
    dispute: Literal["none", "contested"] = "none"
    contests: tuple[Contest, ...] = ()
    conditional: bool = False
    warning: str | None = None

    @property
    def is_recognised(self) -> bool:
        """Whether it is, or may be, recognised."""
        return self.standing == "recognised"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What may be so on a day, with the last step that makes each so."""

    by_name: dict[StandingName, Step | None] = field(default_factory=dict)

    @property
    def name(self) -> StandingName:
        """The strongest of what may be so."""
        return min(self.by_name, key=_STRENGTH.index)

    @property
    def step(self) -> Step | None:
        """What makes it so."""
        return self.by_name[self.name]

    @property
    def certainty(self) -> Certainty:
        """Certain where only one thing may be so."""
        return "certain" if len(self.by_name) == 1 else "possible"


def evaluate(steps: Iterable[Step], on: dt.date, silence: StandingName) -> Outcome:
    """All that may be so on a day.

    A step can be the last one before the day if there are dates, within the bounds of all, at which every step that
    must have happened lies before it. A withdrawal comes after some recognition.

    Parameters
    ----------
    steps : iterable of Step
    on : datetime.date
    silence : str
        What holds where nothing has happened.
    """
    possible = [step for step in steps if step.may_be(on)]
    certain = [step for step in possible if step.must_be(on)]
    outcome = Outcome()
    for step in sorted(possible, key=_order):
        if _can_be_last(step, possible, certain, on):
            if step.basis == "inferred" and not _was_recognised_before(step, possible, on):
                outcome.by_name.setdefault(silence, None)  # there was nothing to end
            elif step.effect not in outcome.by_name:
                outcome.by_name[step.effect] = _beginning(step, possible, certain, on)
    if not any(not (s.basis == "inferred" and not _was_recognised_before(s, possible, on)) for s in certain):
        outcome.by_name.setdefault(silence, None)
    return outcome


def _can_be_last(step: Step, possible: Sequence[Step], certain: Sequence[Step], on: dt.date) -> bool:
    top = min(step.when.latest or on, on)
    for other in certain:
        if other is step or (other.when.earliest is None or other.when.earliest <= top):
            if other is not step and step.effect == "recognised" and _must_follow(other, step, possible):
                return False
            continue
        return False
    return True


def _must_follow(ending: Step, recognition: Step, possible: Sequence[Step]) -> bool:
    """An end needs something to end: where this is the only recognition that can come before it, it comes after."""
    if ending.effect == "recognised" or ending.basis == "inferred" or ending.is_claim != recognition.is_claim:
        return False
    first = recognition.when.earliest or dt.date.min
    if (ending.when.latest or dt.date.max) < first:
        return False  # it ended something that nobody told of
    return not any(
        other is not recognition and other.effect == "recognised" and (other.when.latest or dt.date.max) < first
        for other in possible
    ) and ending.when != recognition.when  # fmt: skip


def _was_recognised_before(ending: Step, possible: Sequence[Step], on: dt.date) -> bool:
    top = min(ending.when.latest or on, on)
    return any(
        other.effect != "withdrawn" and (other.when.earliest is None or other.when.earliest <= top)
        for other in possible
    )


def _order(step: Step) -> tuple[dt.date, dt.date, str]:
    return (step.when.latest or dt.date.max, step.when.earliest or dt.date.min, step.entries[0] if step.entries else "")


def _beginning(last: Step, possible: Sequence[Step], certain: Sequence[Step], on: dt.date) -> Step:
    """What made it so: relations after a recognition add nothing to it.

    Of the steps to the same effect since the last other one: those that surely happened first, then by the strength of
    their basis, then the earliest.
    """

    def goes_on(step: Step) -> bool:
        end = step.when.latest or dt.date.max
        return not any(
            other.effect != step.effect and other.when.earliest is not None and other.when.earliest > end
            for other in certain
        )

    alike = [step for step in possible if step.effect == last.effect and (step is last or goes_on(step))]
    return min(alike, key=lambda step: (not step.must_be(on), BASES.index(step.basis), _order(step)))


def with_claims(steps: Sequence[Step], on: dt.date, silence: StandingName, main: Outcome) -> tuple[Contest, ...]:
    """Where the pair would stand under each third party's claim, as far as that differs (rule 7)."""
    asserted = [step for step in steps if not step.is_claim]
    found = []
    for claimant in sorted({step.claimed_by for step in steps if step.is_claim and step.may_be(on)}):
        theirs = [replace(step, is_claim=False) for step in steps if step.is_claim and step.claimed_by == claimant]
        outcome = evaluate([*asserted, *theirs], on, silence)
        name = _of_claim(outcome, theirs) or outcome.name
        if name != main.name or outcome.certainty != main.certainty:
            entries = tuple(sorted({entry for step in theirs if step.may_be(on) for entry in step.entries}))
            certainty: Certainty = "certain" if outcome.certainty == "certain" else "possible"
            found.append(Contest(claimed_by=claimant, standing=name, certainty=certainty, entries=entries))
    return tuple(found)


def _of_claim(outcome: Outcome, theirs: Sequence[Step]) -> StandingName | None:
    """What the claim itself would make of the pair, where that may be so."""
    effects = {step.effect for step in theirs}
    return next((name for name, step in outcome.by_name.items() if step is not None and name in effects), None)
