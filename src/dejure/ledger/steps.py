"""From claims to steps: who did it, to whom it counts, on what basis (rules 1 to 7)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from dejure.ledger.entries import Interval
from dejure.ledger.live import Clock, LiveClaim
from dejure.ledger.parties import CARRIED, INHERITED, SAME, ancestors_of, governments_of, heirs_of, polity_of
from dejure.ledger.rules import Exclusive, load_facts
from dejure.ledger.standing import Basis, Step
from dejure.records import Capacity
from dejure.reference.tables import Polity, load_polities

__all__ = ["Announcement", "Target", "announcements_of", "holders_of", "steps_of", "target_of"]

_RECOGNISES: dict[str, Basis] = {"recognise": "own", "establish-relations": "relations"}
_ENDS = {"freeze": "frozen", "suspend": "frozen"}
_PLANS = {"consider": "considering", "condition": "conditional", "intend": "intended", "refuse": "refused"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """What recognising a polity may be called, and what ends it.

    Its own slug, those it continues, the governments of the state, and the rivals whose recognition ends its own.
    `until` is the last day on which a slug meant this polity.
    """

    polity: Polity
    capacity: Capacity
    until: dict[str, dt.date | None]
    governments: frozenset[str]
    rivals: dict[str, Exclusive] = field(default_factory=dict)

    @property
    def slugs(self) -> tuple[str, ...]:
        """All slugs whose claims matter."""
        return tuple(sorted({*self.until, *self.governments, *self.rivals}))


@dataclass(frozen=True, slots=True, kw_only=True)
class Announcement:
    """A plan, condition, study or refusal."""

    name: str
    voiced: dt.date
    when: Interval | None
    entry: str


def target_of(polity: Polity, capacity: Capacity | None, on: dt.date) -> Target:
    """The target of a question about a polity."""
    wanted = capacity or polity.capacity
    until = dict(ancestors_of(polity.slug, on))
    if polity.kind == "government":
        for change in load_facts().changes:
            if change.after == polity.slug and change.is_regular and change.date <= on:
                until.setdefault(change.before, change.date)
    governments = frozenset(g for slug in until for g in governments_of(slug)) if wanted == "state" else frozenset()
    rivals = {rival: claim for slug in until for rival, claim in load_facts().rivals_of(slug)}
    return Target(polity=polity, capacity=wanted, until=until, governments=governments - set(until), rivals=rivals)


def steps_of(
    target: Target, claims: Iterable[LiveClaim], clock: Clock, *, effective: bool = False
) -> dict[str, list[Step]]:
    """Steps by actor id.

    Parameters
    ----------
    effective : bool
        Whether an act counts from the day of its legal effect, where that is told.
    """
    found: dict[str, list[Step]] = {}
    known: dict[tuple[str | None, dt.date | None], tuple[tuple[str, str], ...]] = {}
    for claim in claims:
        for step in _steps(target, claim, effective=effective):
            key = (claim.claim.recogniser, _acted(claim))
            if key not in known:
                known[key] = tuple(holders_of(claim, clock.on))
            for actor, held in known[key]:
                found.setdefault(actor, []).append(_held(step, held))
    return found


def announcements_of(target: Target, claims: Iterable[LiveClaim], on: dt.date) -> dict[str, list[Announcement]]:
    """Plans, conditions and refusals voiced by the day, by actor id, in the order in which they were voiced."""
    found: dict[str, list[Announcement]] = {}
    for live in claims:
        name = _PLANS.get(live.claim.act)
        if name is None or not live.claim.asserted or live.claim.recognised not in target.until:
            continue
        voiced = live.happened.latest
        if live.claim.act == "intend":  # its date is the day planned; it was voiced when it became known
            voiced = live.known_at.latest or voiced
        if voiced is None or voiced > on:
            continue
        for actor, held in holders_of(live, on):
            if held in (SAME, CARRIED):
                one = Announcement(name=name, voiced=voiced, when=live.claim.valid_from, entry=live.entry)
                found.setdefault(actor, []).append(one)
    for several in found.values():
        several.sort(key=lambda one: (one.voiced, list(_PLANS.values()).index(one.name), one.entry))
    return found


def holders_of(live: LiveClaim, on: dt.date) -> Iterator[tuple[str, str]]:
    """Actor ids that hold an act on a day, each with how."""
    recogniser = live.claim.recogniser
    if recogniser is None:
        return
    acted = _acted(live)
    polity = polity_of(recogniser, acted)
    if polity is None:
        yield recogniser, SAME
        return
    if polity.kind == "government" and polity.actor_id != polity.slug and polity.parent:
        polity = load_polities().get(polity.parent, polity)
    seen: dict[str, str] = {}
    for heir in heirs_of(polity.slug, acted, on):
        actor = load_polities()[heir.slug].actor_id
        held = SAME if actor == recogniser else heir.manner
        if seen.get(actor) not in (SAME, CARRIED):
            seen[actor] = held
    yield from seen.items()


def _acted(live: LiveClaim) -> dt.date | None:
    return live.happened.latest or live.happened.earliest


def _steps(target: Target, live: LiveClaim, *, effective: bool) -> Iterator[Step]:
    claim = live.claim
    if claim.recognised in target.rivals:
        exclusive = target.rivals[claim.recognised]
        day = _acted(live)
        is_own = claim.asserted and claim.recogniser not in exclusive.exceptions
        if claim.act in _RECOGNISES and is_own and exclusive.holds_on(day):
            yield _step(live, "withdrawn", "inferred", live.happened)
        return
    if not _is_about(target, live):
        return
    when = claim.effective if effective and claim.effective else live.happened
    is_government = _is_of_government(target, live)
    if claim.act in _RECOGNISES:
        basis = _RECOGNISES[claim.act]
        if claim.inherited_from:
            basis = _inherited(claim.inherited_from, live)
        elif is_government and basis == "own":
            basis = "government"
        yield _step(live, "recognised", basis, when)
        if claim.valid_to is not None and not is_government:
            yield _step(live, "withdrawn", "own", claim.valid_to)
    elif claim.act == "withdraw" and not is_government:
        yield _step(live, _ENDS.get(claim.manner or "", "withdrawn"), "own", when)


def _is_about(target: Target, live: LiveClaim) -> bool:
    slug = live.claim.recognised
    if slug in target.governments:
        return True
    until = target.until.get(slug, dt.date.min)
    return until is None or (live.happened.earliest or dt.date.min) <= until


def _is_of_government(target: Target, live: LiveClaim) -> bool:
    """Whether it speaks of a government where the question is about the state (rule 1)."""
    if live.claim.recognised in target.governments:
        return True
    is_plain = target.polity.kind in ("state", "historical")
    return is_plain and target.capacity == "state" and live.claim.capacity == "government"


def _inherited(predecessor: str, live: LiveClaim) -> Basis:
    """Whether a row that carries on a predecessor's act does so for the same state or for a successor."""
    day = _acted(live)
    polity = polity_of(live.claim.recogniser or "", day)
    if day is None or polity is None:
        return "inherited"
    heirs = heirs_of(predecessor, day - dt.timedelta(days=400), day + dt.timedelta(days=400))
    is_same = any(heir.slug == polity.slug and heir.manner == CARRIED for heir in heirs)
    return "carried" if is_same else "inherited"


def _step(live: LiveClaim, effect: str, basis: Basis, when: Interval) -> Step:
    claim = live.claim
    return Step(
        effect=effect, when=when, basis=basis, entries=(live.entry,), is_known=live.is_known,  # type: ignore[arg-type]
        is_claim=not claim.asserted, claimed_by=claim.attributed_to, disputed=claim.disputed,
        disputed_by=claim.disputed_by, grade=live.grade, act=claim.act, conditional=claim.conditional,
    )  # fmt: skip


def _held(step: Step, held: str) -> Step:
    """The step as an heir holds it."""
    if held == INHERITED:
        return replace(step, basis="inherited") if step.effect == "recognised" else step
    return replace(step, basis="carried") if held == CARRIED and step.basis == "own" else step
