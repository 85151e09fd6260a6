"""How many recognise a polity, by stated rules, and what each rule changes."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from dejure.ledger.rules import CountRules
from dejure.ledger.standing import Outcome, Step, evaluate, with_claims
from dejure.ledger.views import PolityView
from dejure.records import Record

__all__ = ["Count", "RuleEffect", "count", "tally"]


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleEffect(Record):
    """What one rule changes, all others left as they are: who counts with it and not without, and the reverse."""

    rule: str
    setting: str
    other: str
    gained: tuple[str, ...]
    lost: tuple[str, ...]
    gained_possible: tuple[str, ...]
    lost_possible: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Count(Record):
    """How many recognise a polity on a day.

    Parameters
    ----------
    certain, possible : int
        For all dates that the sources allow; for some of them. Certain ones are possible ones, too.
    certain_ids, only_possible_ids : tuple of str
        Actor ids: those that count for sure; those that may count.
    contested_ids : tuple of str
        Those of them that somebody contests.
    effects : tuple of RuleEffect
        What each rule changed against its other setting.
    """

    polity: str
    capacity: str
    on: dt.date
    known: dt.date | None
    rules: CountRules
    certain: int
    possible: int
    certain_ids: tuple[str, ...]
    only_possible_ids: tuple[str, ...]
    contested_ids: tuple[str, ...]
    effects: tuple[RuleEffect, ...]
    note: str | None = None


@dataclass(frozen=True, slots=True)
class _Lists:
    certain: frozenset[str]
    possible: frozenset[str]
    contested: frozenset[str]


def count(view: PolityView, rules: CountRules) -> Count:
    """Count the recognisers of a polity."""
    lists = _lists(view, rules)
    return Count(
        polity=view.polity.slug, capacity=view.target.capacity, on=view.clock.on, known=view.clock.known, rules=rules,
        certain=len(lists.certain), possible=len(lists.possible), certain_ids=tuple(sorted(lists.certain)),
        only_possible_ids=tuple(sorted(lists.possible - lists.certain)),
        contested_ids=tuple(sorted(lists.contested & lists.possible)),
        effects=tuple(_effects(view, rules, lists)), note=_note(view),
    )  # fmt: skip


def tally(view: PolityView, rules: CountRules) -> tuple[int, int]:
    """Certain and possible recognisers, without the lists and what each rule changes."""
    lists = _lists(view, rules)
    return len(lists.certain), len(lists.possible)


def _note(view: PolityView) -> str | None:
    """How far silence can be trusted that day."""
    about = [one for one in view.series if "recognise" in one.acts]
    if any(one.is_complete_on(view.clock.on) for one in about):
        return None
    last = max((one.complete_to for one in about if one.complete_to), default=None)
    if last is None:
        return "no series is complete for this polity: more may have recognised it"
    return f"no series is complete on this day (the last one is to {last}): more may have recognised it"


def _effects(view: PolityView, rules: CountRules, lists: _Lists) -> list[RuleEffect]:
    others: list[tuple[str, object]] = [
        ("members", None if rules.members else "UN"), ("effective", not rules.effective),
        ("disputed", "exclude" if rules.disputed == "include" else "include"), ("implied", not rules.implied),
        ("inherited", not rules.inherited), ("conditional", not rules.conditional),
    ]  # fmt: skip
    found = []
    for name, other in others:
        against = _lists(view, replace(rules, **{name: other}))  # type: ignore[arg-type]
        found.append(
            RuleEffect(
                rule=name, setting=_told(getattr(rules, name)), other=_told(other),
                gained=tuple(sorted(lists.certain - against.certain)),
                lost=tuple(sorted(against.certain - lists.certain)),
                gained_possible=tuple(sorted(lists.possible - against.possible)),
                lost_possible=tuple(sorted(against.possible - lists.possible)),
            )
        )  # fmt: skip
    return found


def _told(value: object) -> str:
    if value is None:
        return "all"
    return value if isinstance(value, str) else "yes" if value else "no"


def _lists(view: PolityView, rules: CountRules) -> _Lists:
    members = view.members(rules.members) if rules.members else None
    certain, possible, contested = set(), set(), set()
    steps = view.steps(effective=rules.effective)
    for actor in view.actors():
        if members is not None and actor not in members:
            continue
        counted = _counted(view, actor, steps.get(actor, []), rules)
        outcome, is_contested, is_claimed = counted
        if is_contested:
            contested.add(actor)
        if (rules.disputed == "exclude" and is_contested) or (rules.disputed == "only" and not is_contested):
            continue
        if "recognised" in outcome.by_name:
            possible.add(actor)
            if outcome.certainty == "certain":
                certain.add(actor)
        elif is_claimed:
            possible.add(actor)
    if view.polity.validity.end is not None and view.polity.validity.end < view.clock.on:
        certain, possible = set(), set()  # all has lapsed
    return _Lists(frozenset(certain), frozenset(possible), frozenset(contested))


def _counted(view: PolityView, actor: str, steps: list[Step], rules: CountRules) -> tuple[Outcome, bool, bool]:
    """What counts of one actor; whether it is contested; whether somebody claims that it recognised."""
    kept = [
        step for step in steps
        if step.effect != "recognised"
        or ((rules.implied or step.basis != "relations") and (rules.inherited or step.basis != "inherited"))
    ]  # fmt: skip
    if rules.conditional:
        kept += [
            Step(effect="recognised", when=one.when, basis="own", entries=(one.entry,))
            for one in view.announcements().get(actor, ())
            if one.name == "conditional" and one.when is not None
        ]
    else:
        kept = [step for step in kept if step.effect != "recognised" or not step.conditional]
    silence = view.silence(actor)
    outcome = evaluate([step for step in kept if not step.is_claim], view.day, silence)
    contests = with_claims(kept, view.day, silence, outcome)
    is_contested = bool(contests) or any(s.disputed and not s.is_claim and s.may_be(view.day) for s in kept)
    return outcome, is_contested, any(one.standing == "recognised" for one in contests)
