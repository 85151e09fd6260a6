"""A score test for contagion: whether states act after those they are tied to, beyond what static ties explain.

The null model has time, static ties and coordinated acts, and no earlier recognisers. It is fitted once. The statistic
is the sum of the standardised efficient scores of the earlier-recogniser terms (Rao 1948; efficient: projected off the
scores of the null's own coefficients), large where hazards rise after the acts of neighbours, bloc fellows, great
powers and states that vote alike. Its distribution comes from a parametric bootstrap of that null, the exposures built
anew in each draw; a second check swaps identities within classes of like expectation, and coordinated acts stay whole.
"""

from __future__ import annotations

import datetime as dt
import itertools
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from dejure.analysis.acts import Series
from dejure.analysis.clusters import Cluster, find_clusters
from dejure.analysis.fit import fit_spells
from dejure.analysis.panel import make_panel
from dejure.analysis.states import StateSystem
from dejure.analysis.terms import DYNAMIC, NULL_TERMS, TERMS, TIME, Priors, Terms, load_priors

__all__ = ["TESTED", "ContagionTest", "NullModel", "contagion_test", "null_model"]

Array = npt.NDArray[np.float64]

#: Terms under test.
TESTED = ("among_neighbours", "among_blocs", "among_great", "among_votes")
_TESTED_PLACES = [DYNAMIC.index(name) for name in TESTED]
_NULL_COLUMNS = np.array([TERMS.index(name) for name in NULL_TERMS])
_GRID = (1, 3, 7, 14, 30, 60, 90, 180, 365, 730, 1461, 2922, 5844, 11688)
_NEVER = 10**7
_CLASSES = 10
LEAST_DRAWS = 499

#: The null's prior is so much wider than that of forecasts: a tight one makes the test shy, for the draws then spread
#: more than the observed scores.
_NULL_WIDTH = 3.0
_NULL_POOLING = 1e-3


@dataclass(frozen=True, slots=True)
class ContagionTest:
    """The result.

    Attributes
    ----------
    statistic : float
        Sum of standardised scores; positive where acts follow those of tied states.
    by_term : dict of str to float
        Standardised score of each term.
    p_bootstrap, p_permutation : float
        One-sided.
    acts, draws : int
    """

    polity: str
    statistic: float
    by_term: dict[str, float]
    p_bootstrap: float
    p_permutation: float
    acts: int
    draws: int

    @property
    def sentence(self) -> str:
        """One plain sentence; it always names what the test cannot tell apart."""
        caution = "homophily and shared causes that the static ties miss cannot be excluded"
        if self.acts < 5:
            return f"With {self.acts} single acts the test says next to nothing; {caution}."
        if self.p_bootstrap < 0.05:
            told = "Acts followed those of tied states more than static ties explain"
        else:
            told = "No sign that acts followed those of tied states"
        return f"{told} (p = {self.p_bootstrap:.3f}); {caution}."

    def to_dict(self) -> dict[str, Any]:
        """JSON form."""
        return {
            "polity": self.polity,
            "statistic": round(self.statistic, 4),
            "by_term": {name: round(value, 4) for name, value in self.by_term.items()},
            "p_bootstrap": round(self.p_bootstrap, 4),
            "p_permutation": round(self.p_permutation, 4),
            "single_acts": self.acts,
            "draws": self.draws,
            "sentence": self.sentence,
        }


class NullModel:
    """Hazard of every state on a grid without earlier recognisers, and what the statistic needs of it.

    Parameters
    ----------
    terms : Terms
    cuts : array of int
        Bounds of the grid, days of the clock.
    coefficients : array
        Of `NULL_TERMS`.
    clusters : sequence of (day, array of candidates, size)
        Coordinated acts: their days are kept, who is in them is drawn.
    """

    def __init__(
        self,
        terms: Terms,
        cuts: npt.NDArray[np.int64],
        coefficients: Array,
        clusters: list[tuple[int, npt.NDArray[np.int64], int]],
        never: npt.NDArray[np.int64],
    ) -> None:
        self.terms, self.cuts, self.clusters, self.never = terms, cuts, clusters, never
        self.end = int(cuts[-1])
        count = len(terms.system.slugs)
        zero = np.array(0.0)
        rows = np.zeros((len(cuts) - 1, count, len(NULL_TERMS)))
        alive = np.zeros((len(cuts) - 1, count), dtype=bool)
        for row, (start, stop) in enumerate(itertools.pairwise(cuts)):
            whole = np.zeros((count, len(TERMS)))
            day = terms.day(start)
            whole[:, : len(TIME)] = terms.time(start, stop, zero)
            static = terms.static(day)
            whole[:, len(TIME) : len(TIME) + static.shape[1]] = static
            rows[row] = whole[:, _NULL_COLUMNS]
            alive[row] = terms.system.members_on(day) & ~terms.barred
        alive[:, never] = False
        self.rows, self.pull = rows, rows @ coefficients
        self.rates = np.exp(np.clip(self.pull, -50, 2)) * alive
        self.cumulative: Array = np.concatenate(
            [np.zeros((1, count)), np.cumsum(self.rates * np.diff(cuts)[:, None], axis=0)]
        )
        self.years = list(range(terms.day(0).year, terms.day(max(0, self.end - 1)).year + 1))
        self._turns = np.array([(dt.date(year, 1, 1) - terms.claimed).days for year in self.years])
        self._kept: dict[int, tuple[npt.NDArray[np.float32], ...]] = {}
        self.projection: Array | None = None
        self.spread: Array | None = None

    def until(self, times: npt.NDArray[np.int64]) -> Array:
        """Cumulative hazard of each state at some times, shape (times, n)."""
        place = np.clip(np.searchsorted(self.cuts, times, side="right") - 1, 0, len(self.cuts) - 2)
        after = (times - self.cuts[place])[:, None] * self.rates[place]
        return np.asarray(self.cumulative[place] + after, dtype=np.float64)

    def _until_own(self, stops: Array) -> Array:
        """Cumulative hazard of each state at a time of its own, shape (n,)."""
        place = np.clip(np.searchsorted(self.cuts, stops, side="right") - 1, 0, len(self.cuts) - 2)
        columns = np.arange(len(stops))
        after = (stops - self.cuts[place]) * self.rates[place, columns]
        return np.asarray(self.cumulative[place, columns] + after, dtype=np.float64)

    def join(
        self, row: int, able: npt.NDArray[np.int64], size: int, random: np.random.Generator
    ) -> npt.NDArray[np.int64]:
        """Members of a coordinated act: so many of those able, by hazard and without replacement (Gumbel's trick)."""
        if len(able) <= size:
            return able
        order = np.argsort(-(self.pull[row, able] + random.gumbel(size=len(able))), kind="stable")
        return np.asarray(able[order[:size]], dtype=np.int64)

    def draw(self, random: np.random.Generator) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.bool_]]:
        """One wave of the null: day of each state's act, and whether it was in a coordinated one."""
        due: Array = np.asarray(random.exponential(size=self.rates.shape[1]), dtype=np.float64)
        days = np.full(len(due), _NEVER, dtype=np.int64)
        for place in np.flatnonzero(due < self.cumulative[-1]):
            row = int(np.searchsorted(self.cumulative[:, place], due[place], side="right")) - 1
            rest = due[place] - self.cumulative[row, place]
            days[place] = int(self.cuts[row] + rest / max(self.rates[row, place], 1e-300))
        clustered = np.zeros(len(due), dtype=np.bool_)
        for day, candidates, size in self.clusters:
            able = candidates[(days[candidates] > day) & ~clustered[candidates]]
            row = min(int(np.searchsorted(self.cuts, day, side="right")) - 1, len(self.pull) - 1)
            joined = self.join(row, able, size, random)
            days[joined], clustered[joined] = day, True
        days[self.never] = -1
        return days, clustered

    def scores(self, days: npt.NDArray[np.int64], clustered: npt.NDArray[np.bool_]) -> tuple[Array, Array, Array]:
        """Scores of the tested and of the null's terms, and the cross products of all terms.

        Returns
        -------
        tuple of arrays of shapes (tested,), (null,), (null + tested, null + tested)
        """
        solo = (days >= 0) & (days < self.end) & ~clustered
        stops = np.minimum(np.where(solo, days + 0.5, days.astype(float)), self.end)
        stops = np.where(days < 0, 0.0, stops)
        moved = np.unique(days[(days >= 0) & (days < self.end)]) + 1
        starts_of_year = self._turns[1:]
        edges = np.unique(np.concatenate([[0, self.end], moved, self.cuts, starts_of_year]))
        edges = edges[(edges >= 0) & (edges <= self.end)]
        # The cumulative hazard grows: up to the earlier of two times it is the smaller of two values.
        mass = np.diff(np.minimum(self.until(edges), self._until_own(stops)[None, :]), axis=0)
        among = self._among(edges[:-1], days)
        rest = -mass
        acted = np.flatnonzero(solo)
        rest[np.searchsorted(edges, days[acted], side="right") - 1, acted] += 1.0
        tested = np.tensordot(rest, among, axes=([0, 1], [0, 1]))
        place = np.clip(np.searchsorted(self.cuts, edges[:-1], side="right") - 1, 0, len(self.rows) - 1)
        on_grid = np.add.reduceat(rest, np.flatnonzero(np.diff(place, prepend=-1)), axis=0)
        own = np.tensordot(on_grid, self.rows[np.unique(place)], axes=([0, 1], [0, 1]))
        if self.projection is not None:
            return tested, own, np.zeros((0, 0))
        both = np.concatenate([self.rows[place], among], axis=2).reshape(-1, own.size + tested.size)
        return tested, own, (both * mass.reshape(-1, 1)).T @ both

    def exposure(self, now: float, days: npt.NDArray[np.int64]) -> Array:
        """Tested terms of each state at a time, shape (n, tested)."""
        return np.asarray(self._among(np.array([int(now)]), days)[0], dtype=np.float64)

    def _among(self, starts: npt.NDArray[np.int64], days: npt.NDArray[np.int64]) -> Array:
        """Tested terms of each state from each start on, shape (starts, n, tested)."""
        recognised = (days[None, :] < starts[:, None]).astype(np.float32)
        years = np.searchsorted(self._turns, starts, side="right") - 1
        found = np.empty((len(starts), len(days), len(TESTED)), dtype=np.float32)
        prior = np.float32(self.terms.priors.settings["tie_acts"])
        for year in np.unique(years):
            chosen = np.flatnonzero(years == year)
            weights, expected, mask = self._ties(int(year))
            members = recognised[chosen] * mask
            share = members.sum(axis=1) / max(1.0, float(mask.sum()))
            observed = (members @ weights).reshape(len(chosen), len(TESTED), -1)
            ratio = (observed + prior) / (share[:, None, None] * expected + prior)
            found[chosen] = np.log(ratio).transpose(0, 2, 1)
        return np.asarray(found, dtype=np.float64)

    def _ties(self, year: int) -> tuple[npt.NDArray[np.float32], ...]:
        """Weights of the tested ties side by side, what they sum to, and who is in the system."""
        if year not in self._kept:
            day = dt.date(self.years[year], 7, 1)
            mask = self.terms.system.members_on(day).astype(np.float32)
            weights = self.terms.kernels(self.years[year]).weights[_TESTED_PLACES]
            side = np.concatenate([one.T for one in weights], axis=1)
            self._kept[year] = (np.ascontiguousarray(side), weights @ mask, mask)
        return self._kept[year]

    def prepare(self, days: npt.NDArray[np.int64], clustered: npt.NDArray[np.bool_], penalty: Array) -> None:
        """Projection off the null's own scores, and the standard deviations, from the observed wave."""
        self.projection = None
        _, _, cross = self.scores(days, clustered)
        own = len(NULL_TERMS)
        inner = cross[:own, :own] + np.diag(penalty)
        projection: Array = np.asarray(np.linalg.solve(inner, cross[:own, own:]).T, dtype=np.float64)
        variance = cross[own:, own:] - projection @ cross[:own, own:]
        self.projection = projection
        self.spread = np.sqrt(np.maximum(np.diag(variance), 1e-9))

    def statistic(self, days: npt.NDArray[np.int64], clustered: npt.NDArray[np.bool_]) -> Array:
        """Standardised efficient score of each tested term."""
        assert self.projection is not None
        assert self.spread is not None
        tested, own, _ = self.scores(days, clustered)
        return np.asarray((tested - self.projection @ own) / self.spread, dtype=np.float64)


def _candidates(cluster: Cluster, system: StateSystem, barred: npt.NDArray[np.bool_]) -> npt.NDArray[np.int64]:
    inside = system.bloc_members(cluster.bloc, cluster.day) if cluster.bloc in system.blocs else np.ones_like(barred)
    places = system.index
    inside = inside & system.members_on(cluster.day) & ~barred
    inside[[places[member] for member in cluster.members]] = True
    return np.flatnonzero(inside)


def null_model(
    series: Series, system: StateSystem, priors: Priors | None = None, *, seed: int = 1
) -> tuple[NullModel, npt.NDArray[np.int64], npt.NDArray[np.bool_]]:
    """Fit the null to a series; with it the observed day of each state and whether it was in a coordinated act.

    Interval dates are drawn once, even over their interval.
    """
    priors = priors or load_priors()
    terms = Terms(series.polity, series.claimed, system, priors)
    panel = make_panel(series, system, priors, seed=seed)
    columns = _NULL_COLUMNS
    scale = priors.scale[columns] * _NULL_WIDTH
    fitted = fit_spells({"own": panel.solo.columns(columns)}, priors.mean[columns], scale, _NULL_POOLING)
    places, random = system.index, np.random.default_rng(seed)
    days, clustered = np.full(len(places), _NEVER), np.zeros(len(places), dtype=bool)
    for one in series.acts:
        low, high = ((day - series.claimed).days for day in (one.earliest, one.latest))
        days[places[one.recogniser]] = int(random.integers(low, high + 1))
    clusters = []
    for cluster in panel.clusters:
        members = [places[member] for member in cluster.members]
        day = (cluster.day - series.claimed).days
        days[members], clustered[members] = day, True
        clusters.append((day, _candidates(cluster, system, terms.barred), len(members)))
    never = np.array([places[slug] for slug in series.absent], dtype=int)
    days[never] = -1
    end = int(panel.end_day)
    years = [(dt.date(year, 1, 1) - series.claimed).days for year in range(series.claimed.year, series.ends.year + 1)]
    cuts = np.array(sorted({0, end, *(cut for cut in (*_GRID, *years) if 0 < cut < end)}))
    null = NullModel(terms, cuts, fitted.of("own"), sorted(clusters, key=lambda c: c[0]), never)
    null.prepare(days, clustered, 1 / scale**2)
    return null, days, clustered


def contagion_test(
    series: Series,
    system: StateSystem,
    *,
    draws: int = LEAST_DRAWS,
    seed: int = 1,
    priors: Priors | None = None,
    permute: bool = True,
) -> ContagionTest:
    """Test a series for contagion.

    Parameters
    ----------
    series : Series
        As known on its last day.
    system : StateSystem
    draws : int
        Of the bootstrap and of the permutation.
    seed : int
    priors : Priors, optional
    permute : bool
        Whether to make the second check; without it `p_permutation` is 1.
    """
    acts = sum(1 for one in series.acts) - sum(len(c.members) for c in find_clusters(series, system))
    if not series.acts:
        return ContagionTest(series.polity.slug, 0.0, dict.fromkeys(TESTED, 0.0), 1.0, 1.0, 0, 0)
    null, days, clustered = null_model(series, system, priors, seed=seed)
    observed = null.statistic(days, clustered)
    random = np.random.default_rng(seed)
    scores = np.array([null.statistic(*null.draw(random)) for _ in range(draws)])
    # A few great powers make their term spread more than its information says: the draws tell how much.
    spread = np.maximum(scores.std(axis=0), 1e-9)
    observed, drawn = observed / spread, (scores / spread).sum(axis=1)
    swapped = np.array(
        [(null.statistic(*_swap(null, days, clustered, random)) / spread).sum() for _ in range(draws if permute else 0)]
    )
    total = float(observed.sum())
    return ContagionTest(
        polity=series.polity.slug,
        statistic=total,
        by_term={name: float(value) for name, value in zip(TESTED, observed, strict=True)},
        p_bootstrap=float((1 + (drawn >= total).sum()) / (draws + 1)),
        p_permutation=float((1 + (swapped >= total).sum()) / (len(swapped) + 1)),
        acts=acts,
        draws=draws,
    )


def _swap(
    null: NullModel, days: npt.NDArray[np.int64], clustered: npt.NDArray[np.bool_], random: np.random.Generator
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.bool_]]:
    """Identities of single acts (and of none) exchanged within tenths of cumulative hazard; clusters stay whole."""
    found = days.copy()
    free = np.flatnonzero(~clustered & (days >= 0) & (null.cumulative[-1] > 0))
    order = free[np.argsort(null.cumulative[-1][free], kind="stable")]
    for part in np.array_split(order, _CLASSES):
        found[part] = days[random.permutation(part)]
    return found, clustered
