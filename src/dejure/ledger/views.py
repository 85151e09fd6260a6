"""Views: where everybody stands towards a polity, as of a day, as known on a day, as recorded at an instant."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import replace

from dejure.ledger.entries import Series
from dejure.ledger.live import Clock, Layer, LiveClaim, judged
from dejure.ledger.parties import (
    heirs_of,
    members_on,
    polity_of,
    states_on,
)
from dejure.ledger.rules import load_facts
from dejure.ledger.standing import Outcome, Standing, StandingName, Step, evaluate, with_claims
from dejure.ledger.steps import Announcement, Target, announcements_of, steps_of, target_of
from dejure.records import Capacity
from dejure.reference.tables import Polity, load_polities

__all__ = ["PolityView"]

#: Grades that are claims and no reference.
CLAIM_GRADES = frozenset({"B-", "C", "single"})


class PolityView:
    """All that the layers say of one polity, as of three clocks; asked for standings and counts.

    Parameters
    ----------
    layers : sequence of Layer
    polity : Polity
    clock : Clock
    capacity : {"state", "government"}, optional
        As what it is recognised; that of the polity by default.
    """

    def __init__(self, layers: Sequence[Layer], polity: Polity, clock: Clock, capacity: Capacity | None = None) -> None:
        self.polity = polity
        self.clock = clock
        self.target: Target = target_of(polity, capacity, clock.on)
        slugs = self.target.slugs
        judgements = [one for layer in layers for one in layer.judgements(slugs, clock)]
        apart = frozenset(report for one in judgements for report in one.reports)
        found = [claim for layer in layers for claim in layer.claims_on(slugs, clock, apart=apart)]
        self.claims: list[LiveClaim] = judged(found, judgements)
        self.series: list[Series] = [one for layer in layers for one in layer.series_of(self.target.until, clock)]
        self._ended = _ended(polity, clock.on)
        self._steps: dict[bool, dict[str, list[Step]]] = {}
        self._announced: dict[str, list[Announcement]] | None = None

    @property
    def day(self) -> dt.date:
        """The day on which steps are weighed: that of the question, or the last of a polity that has ended."""
        return self._ended or self.clock.on

    def steps(self, *, effective: bool = False) -> dict[str, list[Step]]:
        """Steps by actor id."""
        if effective not in self._steps:
            self._steps[effective] = steps_of(self.target, self.claims, self.clock, effective=effective)
        return self._steps[effective]

    def announcements(self) -> dict[str, list[Announcement]]:
        """Plans and refusals by actor id."""
        if self._announced is None:
            self._announced = announcements_of(self.target, self.claims, self.clock.on)
        return self._announced

    def actors(self) -> list[str]:
        """Actor ids of all that did or announced something."""
        return sorted({*self.steps(), *self.announcements()} - {self.polity.actor_id})

    def silent(self) -> list[str]:
        """Actor ids of the states that did nothing, as far as a series can be trusted to know."""
        states = {load_polities()[slug].actor_id for slug in states_on(self.clock.on)}
        states -= {*self.actors(), self.polity.actor_id}
        return sorted(one for one in states if self.silence(one) == "not_recognised")

    def standings(self, *, everybody: bool = False) -> list[Standing]:
        """Where each stands, in the order of their ids."""
        wanted = sorted({*self.actors(), *self.silent()}) if everybody else self.actors()
        return [self.standing(one) for one in wanted]

    def standing(self, recogniser: str) -> Standing:
        """Where one stands."""
        steps = self.steps().get(recogniser, [])
        silence = self.silence(recogniser)
        if not steps and (past := self._past_actor(recogniser)) is not None:
            return past
        outcome = evaluate([step for step in steps if not step.is_claim], self.day, silence)
        contests = with_claims(steps, self.day, silence, outcome)
        name = self._lapsed(outcome.name)
        step = outcome.step
        is_contested = bool(contests) or any(s.disputed and not s.is_claim and s.may_be(self.day) for s in steps)
        standing = Standing(
            recogniser=recogniser, recognised=self.polity.slug, capacity=self.target.capacity, on=self.clock.on,
            standing=name, certainty=outcome.certainty, since=step.when if step else None,
            basis=step.basis if step else None, entries=self._supporting(steps, outcome),
            dispute="contested" if is_contested else "none", contests=contests,
            conditional=bool(step and step.conditional), warning=self._warning(recogniser, name, step),
        )  # fmt: skip
        return self._with_announcement(standing)

    def silence(self, recogniser: str) -> StandingName:
        """What nobody's having said anything means: not recognised where a series is complete, else unknown."""
        on = self.day
        for one in self.series:
            if one.is_complete_on(on) and "recognise" in one.acts and self._in_scope(recogniser, one):
                return "not_recognised"
        return "unknown"

    def members(self, organisation: str) -> frozenset[str]:
        """Actor ids of the members of an organisation on the day."""
        polities = load_polities()
        return frozenset(
            polities[slug].actor_id for slug in members_on(organisation, self.clock.on) if slug in polities
        )

    def _in_scope(self, recogniser: str, series: Series) -> bool:
        if series.scope in ("states", "all"):
            polity = polity_of(recogniser, self.day)
            return polity is not None and polity.kind in ("state", "historical", "contested")
        if series.scope == "un-members":
            polities = load_polities()
            return recogniser in {polities[s].actor_id for s in members_on("UN", self.day) if s in polities}
        if series.scope == "listed":
            return any(claim.series == series.name and claim.claim.recogniser == recogniser for claim in self.claims)
        return recogniser in series.scope.split()

    def _lapsed(self, name: StandingName) -> StandingName:
        """Rules 3 and 6: what was recognised of a polity that has ended has lapsed."""
        return "lapsed" if self._ended and name in ("recognised", "frozen") else name

    def _past_actor(self, recogniser: str) -> Standing | None:
        """Where a state stood that is no more: what it had recognised has lapsed (rule 6)."""
        polity = polity_of(recogniser, self.clock.on)
        end = polity.validity.end if polity else None
        if polity is None or end is None or end >= self.clock.on or self.polity.slug == polity.slug:
            return None
        if any(heir.slug == polity.slug for heir in heirs_of(polity.slug, end, self.clock.on)):
            return None
        clock = replace(self.clock, on=end)
        steps = steps_of(self.target, self.claims, clock).get(recogniser, [])
        outcome = evaluate([step for step in steps if not step.is_claim], end, "unknown")
        if outcome.name not in ("recognised", "frozen"):
            return None
        step = outcome.step
        return Standing(
            recogniser=recogniser, recognised=self.polity.slug, capacity=self.target.capacity, on=self.clock.on,
            standing="lapsed", certainty=outcome.certainty, since=step.when if step else None,
            entries=self._supporting(steps, outcome), warning=f"{recogniser} ended on {end}",
        )  # fmt: skip

    def _supporting(self, steps: Iterable[Step], outcome: Outcome) -> tuple[str, ...]:
        """The entries whose steps make the standing: those of the same effect and basis, and all that may undo it."""
        chosen = outcome.step
        if chosen is None:
            return ()
        alike = [s for s in steps if (s.effect, s.basis, s.is_claim) == (chosen.effect, chosen.basis, chosen.is_claim)]
        others = [step for step in outcome.by_name.values() if step is not None]
        return tuple(sorted({e for step in (*alike, *others) if step.may_be(self.day) for e in step.entries}))

    def _warning(self, recogniser: str, name: StandingName, step: Step | None) -> str | None:
        told = []
        if step is not None and step.grade in CLAIM_GRADES:
            told.append(f"rests on a claim of grade {step.grade}")
        since = load_facts().states_only.get(recogniser)
        if self.target.capacity == "government" and since and since <= self.clock.on:
            told.append(f"says since {since} that it recognises states only")
        if name == "unknown" and self.polity.kind == "government":
            change = next((c for c in load_facts().changes if c.after == self.polity.slug and not c.is_regular), None)
            if change and change.date <= self.clock.on:
                told.append(f"irregular change of government on {change.date}")
        last = max((one.complete_to for one in self.series if one.complete_to), default=None)
        if step is not None and not told and last and last < self.clock.on and step.grade:
            told.append(f"the series is complete to {last} only")
        return "; ".join(told) or None

    def _with_announcement(self, standing: Standing) -> Standing:
        announced = self.announcements().get(standing.recogniser)
        if not announced:
            return standing
        last = announced[-1]
        since = standing.since.latest if standing.since else None
        if standing.standing == "recognised" and (since is None or last.voiced <= since):
            return standing
        alike = tuple(sorted(one.entry for one in announced if one.name == last.name))
        return replace(
            standing, announced=last.name, announced_for=last.when if last.name == "intended" else None,  # type: ignore[arg-type]
            announced_entries=alike,
        )  # fmt: skip


def _ended(polity: Polity, on: dt.date) -> dt.date | None:
    end = polity.validity.end
    return end if end is not None and end < on else None
