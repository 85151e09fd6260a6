"""What may come within 30, 90 and 365 days: simulated paths of a wave from where it stands.

Each path draws an imputation of interval dates, coefficients from the posterior, the level of the wave given its own
past, and then, step by step, single acts and coordinated ones; others' acts on a path change the terms of the rest. A
state's probability is the mean of `1 - exp(-cumulative hazard)` over paths, which varies less than a count of paths.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from dejure.analysis.acts import Series
from dejure.analysis.fit import WaveModel
from dejure.analysis.likelihood import Spells
from dejure.analysis.panel import RECENT_HALF_LIFE_DAYS, Panel, State, make_panel, state_on
from dejure.analysis.states import StateSystem
from dejure.analysis.terms import DYNAMIC, STATIC, TIME, Priors, Terms

__all__ = ["HORIZONS", "Forecast", "draw_levels", "first_imputation", "forecast", "level_weights"]

Array = npt.NDArray[np.float64]

HORIZONS = (30, 90, 365)
_STEPS = (1, 3, 7, 14, 30, 45, 60, 90, 120, 180, 240, 300, 365)

#: No state is taken to act faster than this, on average, in a day.
_FASTEST = 1.0
LEAST_CLUSTER = 3


@dataclass(frozen=True, slots=True)
class Forecast:
    """Probabilities from one origin.

    Attributes
    ----------
    horizons : tuple of int
        Days.
    states : tuple of str
        Slugs at risk.
    probability : array of shape (states, horizons)
    expected : array of shape (horizons,)
    low, high : arrays of shape (horizons,)
        Bounds of the central 80 % interval of the number of acts.
    at_least_one : array of shape (horizons,)
    """

    horizons: tuple[int, ...]
    states: tuple[str, ...]
    probability: Array
    expected: Array
    low: Array
    high: Array
    at_least_one: Array


def level_weights(start: Array, end_day: float, half_life: float) -> Array:
    """Weight of a past day for the level of a wave: halved for each half-life before the end."""
    return np.asarray(0.5 ** ((end_day - start) / half_life), dtype=np.float64)


def first_imputation(spells: Spells, *others: Array) -> tuple[Spells, list[Array]]:
    """Rows of the first of several imputations."""
    if len(spells.weight) == 0 or spells.weight[0] == 1.0:
        return spells, list(others)
    each = spells.acts // round(1.0 / spells.weight[0])
    ends = np.flatnonzero(spells.act >= each)
    last = int(ends[0]) if len(ends) else len(spells.act) // round(1.0 / spells.weight[0])
    last = int(np.flatnonzero(spells.act[:last] >= 0)[-1]) + 1 if (spells.act[:last] >= 0).any() else last
    cut = Spells(spells.terms[:last], spells.exposure_days[:last], spells.act[:last], np.ones(last))
    return cut, [one[:last] for one in others]


def draw_levels(
    spells: Spells, start: Array, end_day: float, coefficients: Array, priors: Priors, random: np.random.Generator
) -> Array:
    """The level of a wave on each path: prior acts and weighted past acts over what the coefficients expected.

    Parameters
    ----------
    coefficients : array of shape (paths, terms)

    Returns
    -------
    array of shape (paths,)
    """
    prior = priors.settings["level_acts"]
    rows, (begun,) = first_imputation(spells, start)
    weight = level_weights(begun, end_day, priors.settings["level_half_life_days"])
    hazard = np.exp(np.clip(rows.terms @ coefficients.T, -50, 3)) * (rows.exposure_days * weight)[:, None]
    expected = np.minimum(hazard, 5.0).sum(axis=0)
    acts: dict[int, float] = {}
    for number, mass in zip(rows.act[rows.act >= 0], weight[rows.act >= 0], strict=True):
        acts[int(number)] = max(acts.get(int(number), 0.0), float(mass))
    seen = sum(acts.values())
    return np.asarray(random.gamma(prior + seen, 1.0, size=len(coefficients)) / (prior + expected), dtype=np.float64)


def forecast(
    model: WaveModel,
    series: Series,
    system: StateSystem,
    *,
    horizons: Sequence[int] = HORIZONS,
    paths: int = 300,
    seed: int = 1,
    panel: Panel | None = None,
) -> Forecast:
    """Forecast a wave from the last day of a series.

    Parameters
    ----------
    model : WaveModel
    series : Series
        As known on its last day.
    system : StateSystem
    horizons : sequence of int
        Days.
    paths : int
        Simulated futures.
    seed : int
    panel : Panel, optional
        The series cut into spells, where it is at hand.
    """
    random = np.random.default_rng(seed)
    panel = panel or make_panel(series, system, model.priors)
    state = state_on(series, system, model.priors)
    name = series.polity.slug
    solo = model.solo.draws(name, paths, random)
    if name not in model.solo.own:
        solo[:, 0] = model.solo.common[0]
    level = draw_levels(panel.solo, panel.solo_start, panel.end_day, solo, model.priors, random)
    arrivals = model.arrivals.draws(name, paths, random)
    if name not in model.arrivals.own:
        arrivals[:, 0] = model.arrivals.common[0]
    arrival_level = draw_levels(panel.arrivals, panel.arrivals_start, panel.end_day, arrivals, model.priors, random)
    run = _Run(Terms(series.polity, series.claimed, system, model.priors), state, paths, random)
    last = max(horizons)
    steps = sorted({*(step for step in _STEPS if step < last), *horizons})
    recent_clusters = sum(
        0.5 ** ((state.day - (c.day - series.claimed).days) / RECENT_HALF_LIFE_DAYS) for c in panel.clusters
    )
    run.excited = np.full(paths, recent_clusters)
    found: dict[int, tuple[Array, Array]] = {}
    before = 0
    for step in steps:
        run.advance(before, step, solo, level, arrivals, arrival_level, model.membership)
        before = step
        if step in horizons:
            found[step] = (1 - np.exp(-run.cumulative).mean(axis=0), run.counts.copy())
    return _collect(found, tuple(horizons), tuple(system.slugs[place] for place in run.places))


def _collect(found: dict[int, tuple[Array, Array]], horizons: tuple[int, ...], states: tuple[str, ...]) -> Forecast:
    counts = np.array([found[h][1] for h in horizons])
    probability = np.array([found[h][0] for h in horizons]).T.reshape(len(states), len(horizons))
    some = ((counts > 0).sum(axis=1) + 0.5) / (counts.shape[1] + 1)
    return Forecast(
        horizons=horizons,
        states=states,
        probability=probability,
        expected=probability.sum(axis=0),
        low=np.quantile(counts, 0.1, axis=1, method="inverted_cdf"),
        high=np.quantile(counts, 0.9, axis=1, method="inverted_cdf"),
        at_least_one=some,
    )


class _Run:
    """The paths of one forecast."""

    def __init__(self, terms: Terms, state: State, paths: int, random: np.random.Generator) -> None:
        self.terms, self.state, self.random = terms, state, random
        self.places = np.flatnonzero(state.at_risk)
        self.recognised = state.recognised[random.integers(len(state.recognised), size=paths)].copy()
        self.open = np.ones((paths, len(self.places)), dtype=bool)
        self.cumulative = np.zeros((paths, len(self.places)))
        self.counts = np.zeros(paths)
        self.recent = np.full(paths, state.recent)
        self.excited = np.zeros(paths)
        self.positions = terms.positions(state.positions)[self.places]

    def advance(
        self,
        before: int,
        after: int,
        solo: Array,
        level: Array,
        arrivals: Array,
        arrival_level: Array,
        membership: Array,
    ) -> None:
        """One step of all paths, from a day after the origin to another."""
        terms, length = self.terms, float(after - before)
        start, stop = self.state.day + before, self.state.day + after
        day = terms.day(start)
        alive = terms.system.members_on(day)
        ties = terms.kernels(day.year).among(self.recognised, alive, terms.priors.settings["tie_acts"], self.places)
        clock = terms.time(start, stop, self.recent)
        first = len(TIME)
        fixed = np.concatenate([terms.static(day)[self.places], self.positions], axis=1)
        eta = fixed @ solo[:, first : first + fixed.shape[1]].T
        eta = eta.T + np.einsum("pnk,pk->pn", ties, solo[:, -len(DYNAMIC) :])
        pull = eta
        hazard = np.exp(np.clip(eta + (clock * solo[:, :first]).sum(axis=1)[:, None], -50, 5)) * level[:, None]
        hazard = np.minimum(hazard, _FASTEST)
        acts = self.open & (self.random.random(hazard.shape) < -np.expm1(-hazard * length))
        rate = np.exp(np.clip((terms.time(start, stop, self.excited) * arrivals).sum(axis=1), -50, 0)) * arrival_level
        acts |= self._clusters(np.minimum(rate, _FASTEST), length, pull, membership, day)
        self.cumulative += hazard * length
        self._count(acts, length)

    def _clusters(
        self, rate: Array, length: float, pull: Array, membership: Array, day: object
    ) -> npt.NDArray[np.bool_]:
        """Coordinated acts of the step; their hazard enters that of every state that may be in them."""
        joined = np.zeros(self.open.shape, dtype=bool)
        self.arrived = np.zeros(len(joined))
        blocs = self._blocs(day)
        if len(blocs) == 0:
            return joined
        able = blocs[None, :, :] & self.open[:, None, :]
        size = able.sum(axis=2)
        inside = np.where(size > 0, size, 1)
        mean = np.einsum("pbn,pn->pb", able, pull) / inside
        odds = membership[0] + membership[1] * (pull[:, None, :] - mean[:, :, None])
        chance = np.where(able, 1 / (1 + np.exp(-odds)), 0.0)
        weight = np.where(size >= LEAST_CLUSTER, np.exp(np.clip(mean, -20, 20)) * size, 0.0)
        total = weight.sum(axis=1, keepdims=True)
        weight = np.divide(weight, total, out=np.zeros_like(weight), where=total > 0)
        self.cumulative += rate[:, None] * length * np.einsum("pb,pbn->pn", weight, chance)
        arrived = (self.random.random(len(rate)) < -np.expm1(-rate * length)) & (total[:, 0] > 0)
        for path in np.flatnonzero(arrived):
            bloc = int(self.random.choice(weight.shape[1], p=weight[path]))
            joined[path] = self.random.random(joined.shape[1]) < chance[path, bloc]
        self.arrived = arrived.astype(float)
        return joined

    def _blocs(self, day: object) -> npt.NDArray[np.bool_]:
        """Which organisations hold which of the states at risk, those with three or more."""
        system = self.terms.system
        rows = [system.bloc_members(bloc, day)[self.places] for bloc in system.blocs]  # type: ignore[arg-type]
        return np.array([row for row in rows if row.sum() >= LEAST_CLUSTER], dtype=bool)

    def _count(self, acts: npt.NDArray[np.bool_], length: float) -> None:
        decay = 0.5 ** (length / RECENT_HALF_LIFE_DAYS)
        number = acts.sum(axis=1)
        self.open &= ~acts
        self.counts += number
        self.recent = self.recent * decay + number * np.sqrt(decay)
        self.excited = self.excited * decay + self.arrived
        self.recognised[:, self.places] = np.maximum(self.recognised[:, self.places], acts)


assert STATIC[0] == "new_state"
