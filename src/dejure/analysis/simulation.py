"""Invented waves on the real state system, to find out whether the model finds what was put in."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from dejure.analysis.acts import DatedAct, Series
from dejure.analysis.contagion import NullModel
from dejure.analysis.panel import RECENT_HALF_LIFE_DAYS
from dejure.analysis.states import StateSystem
from dejure.analysis.terms import DYNAMIC, STATIC, TIME, Terms

__all__ = ["CONTAGION_FROM", "as_series", "simulate_contagion", "simulate_from_terms"]

Array = npt.NDArray[np.float64]

#: A state is exposed where near states or bloc fellows recognise 1.5 times as often as expected (log ratio).
CONTAGION_FROM = 0.405
_NEVER = 10**7


def as_series(days: npt.NDArray[np.int64], template: Series, system: StateSystem, last_day: int) -> Series:
    """A series with one act for each state whose day is not never."""
    acts = []
    for place in np.flatnonzero((days >= 0) & (days < last_day)):
        day = template.claimed + dt.timedelta(days=int(days[place]))
        acts.append(DatedAct(recogniser=system.slugs[place], act="recognise", earliest=day, latest=day, known=day))
    ends = template.claimed + dt.timedelta(days=last_day - 1)
    return replace(
        template,
        acts=tuple(sorted(acts, key=lambda a: (a.latest, a.recogniser))),
        withdrawals=(),
        positions=(),
        ends=ends,
    )


def simulate_contagion(
    null: NullModel, random: np.random.Generator, hazard_ratio: float
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.bool_]]:
    """One wave in which the hazard of exposed states is multiplied; 1 is the null itself.

    Coordinated acts keep their days; members are drawn from those that could still join.

    Parameters
    ----------
    null : NullModel
    random : numpy Generator
    hazard_ratio : float
        Factor while the term of a state's neighbours or that of its blocs is above `CONTAGION_FROM`.
    """
    count = null.rates.shape[1]
    days, clustered = np.full(count, _NEVER), np.zeros(count, dtype=bool)
    days[null.never] = -1
    pending = list(null.clusters)
    now = 0.0
    while now < null.end:
        row = int(np.searchsorted(null.cuts, now, side="right")) - 1
        stop = float(null.cuts[row + 1])
        if pending:
            stop = min(stop, float(max(pending[0][0], now)))
        among = null.exposure(now, days)[:, :2].max(axis=1)
        hazard = null.rates[row] * np.where(among > CONTAGION_FROM, hazard_ratio, 1.0) * (days == _NEVER)
        total = float(hazard.sum())
        wait = float(random.exponential(1 / total)) if total > 0 else np.inf
        if now + wait < stop:
            # Others see an act from the next day on, as in the likelihood.
            day = int(now + wait)
            chosen = _day_of_acts(hazard, now, day, random)
            days[chosen] = day
            now = float(day + 1)
        elif pending and stop == max(pending[0][0], now):
            day, candidates, size = pending.pop(0)
            able = candidates[days[candidates] == _NEVER]
            joined = null.join(row, able, size, random)
            days[joined], clustered[joined] = day, True
            now = stop
        else:
            now = stop
    return days, clustered


def _day_of_acts(hazard: Array, now: float, day: int, random: np.random.Generator) -> npt.NDArray[np.int64]:
    """Who acts on a day on which somebody does: one by hazard, the others by what is left of the day."""
    first = int(random.choice(len(hazard), p=hazard / hazard.sum()))
    left = day + 1 - max(now, float(day))
    others = np.flatnonzero(random.random(len(hazard)) < -np.expm1(-hazard * left * 0.5))
    return np.unique(np.append(others, first))


def simulate_from_terms(
    terms: Terms, coefficients: Array, last_day: int, random: np.random.Generator
) -> npt.NDArray[np.int64]:
    """One wave of the whole model without coordinated acts, day by day: the day of each state's act."""
    system = terms.system
    count = len(system.slugs)
    days, recent = np.full(count, _NEVER), 0.0
    recognised = np.zeros((1, count), dtype=np.float32)
    first, static_end = len(TIME), len(TIME) + len(STATIC)
    for day in range(last_day):
        date = terms.day(day)
        if day == 0 or date.day == 1:
            alive = system.members_on(date)
            fixed = terms.static(date) @ coefficients[first:static_end]
        ties = terms.kernels(date.year).among(recognised, alive, terms.priors.settings["tie_acts"])[0]
        clock = float(terms.time(day, day + 1, np.array(recent)) @ coefficients[:first])
        hazard = np.exp(np.clip(clock + fixed + ties @ coefficients[-len(DYNAMIC) :], -50, 2))
        acts = (random.random(count) < -np.expm1(-hazard)) & (days == _NEVER) & alive & ~terms.barred
        days[acts] = day
        recognised[0, acts] = 1.0
        recent = recent * 0.5 ** (1 / RECENT_HALF_LIFE_DAYS) + float(acts.sum())
    return days
