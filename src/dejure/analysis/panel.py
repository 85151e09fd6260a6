"""A wave as known on a day, cut into spells; and what a forecast has to know of that day.

Days of the clock count from the claim. An act of day d lies in [d, d + 1); others see it from d + 1 on. Spells are cut
where a term changes for anybody: after an act, on the days of a geometric grid, at the turn of the year, where a state
enters or leaves the system, where a position becomes known; a state's own rows also at the bounds of its act.
"""

from __future__ import annotations

import datetime as dt
import itertools
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from dejure.analysis.acts import Series
from dejure.analysis.clusters import Cluster, find_clusters
from dejure.analysis.likelihood import Spells
from dejure.analysis.states import StateSystem
from dejure.analysis.terms import DYNAMIC, TERMS, TIME, Priors, Terms

__all__ = ["Panel", "State", "make_panel", "state_on"]

Array = npt.NDArray[np.float64]

_GRID = (1, 3, 7, 14, 30, 60, 90, 180, 365, 730, 1461, 2922, 5844, 11688)

#: The excitation that others' acts leave falls to half in so many days.
RECENT_HALF_LIFE_DAYS = 30.0


@dataclass(frozen=True, slots=True)
class Panel:
    """Spells of one wave up to a day.

    Attributes
    ----------
    solo : Spells
        Rows of single acts; members of clusters leave the risk set on the day of their cluster.
    every : Spells
        Rows in which members of clusters count as single acts, for the baselines; a declared shock is left out.
    start_days, end_days, state, every_state : arrays
        Clock days of each row and the place of its state.
    arrivals : Spells
        Rows of the arrival of clusters, one unit at risk, terms of time only.
    clusters : tuple of Cluster
    """

    solo: Spells
    solo_start: Array
    solo_state: npt.NDArray[np.int64]
    every: Spells
    every_start: Array
    every_state: npt.NDArray[np.int64]
    arrivals: Spells
    arrivals_start: Array
    clusters: tuple[Cluster, ...]
    act_days: Array
    end_day: float


@dataclass(frozen=True, slots=True)
class State:
    """Where a wave stands on a day: who recognises in each imputation, who is at risk, what was done lately.

    `known` are the clock days of acts known by then; `recognised` has shape (imputations, n).
    """

    day: int
    recognised: npt.NDArray[np.float32]
    at_risk: npt.NDArray[np.bool_]
    recent: float
    positions: dict[int, str]
    known: int


def _offset(day: dt.date, claimed: dt.date) -> int:
    return (day - claimed).days


def _bounds(series: Series, places: dict[str, int]) -> dict[int, tuple[int, int]]:
    return {
        places[a.recogniser]: (_offset(a.earliest, series.claimed), _offset(a.latest, series.claimed))
        for a in series.acts
        if a.recogniser in places
    }


def _imputed(bounds: dict[int, tuple[int, int]], draws: int, seed: int) -> list[dict[int, int]]:
    """Joint draws of the day of each act, even over its interval; one draw where every day is known."""
    if all(low == high for low, high in bounds.values()):
        draws = 1
    random = np.random.default_rng(seed)
    return [
        {place: int(random.integers(low, high + 1)) for place, (low, high) in sorted(bounds.items())}
        for _ in range(draws)
    ]


def _cuts(days: list[int], series: Series, system: StateSystem, end: int) -> npt.NDArray[np.int64]:
    """Bounds of the spells common to all states."""
    cuts = {0, end, *(day + 1 for day in days), *_GRID}
    cuts.update(
        _offset(dt.date(year, 1, 1), series.claimed) for year in range(series.claimed.year, series.ends.year + 2)
    )
    for spells in system.spells:
        for start, stop in spells:
            cuts.update((_offset(start, series.claimed), _offset(min(stop, dt.date(9000, 1, 1)), series.claimed) + 1))
    cuts.update(_offset(one.known, series.claimed) + 1 for one in series.positions)
    return np.array(sorted(cut for cut in cuts if 0 <= cut <= end))


def make_panel(series: Series, system: StateSystem, priors: Priors, *, seed: int = 1) -> Panel:
    """Cut a series, as known on its last day, into spells.

    Parameters
    ----------
    series : Series
        `series.as_known(day)` for a day before its end.
    system : StateSystem
    priors : Priors
    seed : int
        Of the imputations.
    """
    terms = Terms(series.polity, series.claimed, system, priors)
    places = system.index
    bounds = _bounds(series, places)
    clusters = find_clusters(series, system)
    clustered = {places[m]: _offset(c.day, series.claimed) for c in clusters for m in c.members}
    shocked = {places[m]: _offset(c.day, series.claimed) for c in clusters if c.bloc == "shock" for m in c.members}
    end = max(0, _offset(series.ends, series.claimed) + 1)
    draws = _imputed(bounds, priors.imputations, seed)
    solo: list[_Rows] = []
    every: list[_Rows] = []
    for draw in draws:
        grid = _Grid(terms, series, system, draw, end)
        shares = 1.0 / len(draws)
        every.append(grid.rows({p: b for p, b in bounds.items() if p not in shocked}, shocked, shares))
        solo.append(grid.rows({p: b for p, b in bounds.items() if p not in clustered}, clustered, shares))
    arrivals, starts = _arrivals(terms, clusters, series, end)
    days = np.array(sorted((low + high) / 2 for low, high in bounds.values()))
    return Panel(
        solo=Spells.joined([one.spells for one in solo]),
        solo_start=np.concatenate([one.start for one in solo]),
        solo_state=np.concatenate([one.state for one in solo]),
        every=Spells.joined([one.spells for one in every]),
        every_start=np.concatenate([one.start for one in every]),
        every_state=np.concatenate([one.state for one in every]),
        arrivals=arrivals,
        arrivals_start=starts,
        clusters=clusters,
        act_days=days,
        end_day=float(end),
    )


@dataclass(frozen=True, slots=True)
class _Rows:
    spells: Spells
    start: Array
    state: npt.NDArray[np.int64]


class _Grid:
    """Terms of every state on every common spell of one imputation."""

    def __init__(self, terms: Terms, series: Series, system: StateSystem, draw: dict[int, int], end: int) -> None:
        self.cuts = _cuts(list(draw.values()), series, system, end)
        self.end = end
        count = len(system.slugs)
        starts, stops = self.cuts[:-1], self.cuts[1:]
        self.alive = np.zeros((len(starts), count), dtype=bool)
        self.terms = np.zeros((len(starts), count, len(TERMS)))
        acted = np.full(count, np.iinfo(np.int64).max)
        for place, day in draw.items():
            acted[place] = day
        for slug in series.absent:
            acted[system.index[slug]] = -1
        back = {
            system.index[w.recogniser]: _offset(w.latest, series.claimed)
            for w in series.withdrawals
            if not w.disputed and w.recogniser in system.index
        }
        gone = np.full(count, np.iinfo(np.int64).max)
        for place, day in back.items():
            gone[place] = day
        days = np.sort(acted[(acted >= 0) & (acted < end)])
        held = _positions_over_time(series, system)
        for row, (start, stop) in enumerate(zip(starts, stops, strict=True)):
            date = terms.day(start)
            self.alive[row] = system.members_on(date) & ~terms.barred & (acted != -1)
            past = days[days < start]
            recent = np.array((0.5 ** ((start - past) / RECENT_HALF_LIFE_DAYS)).sum())
            self.terms[row, :, : len(TIME)] = terms.time(start, stop, recent)
            static = terms.static(date)
            self.terms[row, :, len(TIME) : len(TIME) + static.shape[1]] = static
            positions = terms.positions({p: act for p, (known, act) in held.items() if known < start})
            self.terms[row, :, -len(DYNAMIC) - positions.shape[1] : -len(DYNAMIC)] = positions
        years = np.array([terms.day(start).year for start in starts])
        recognised = ((acted[None, :] < starts[:, None]) & (gone[None, :] >= starts[:, None])).astype(np.float32)
        for year in np.unique(years):
            chosen = np.flatnonzero(years == year)
            ties = terms.kernels(int(year))
            self.terms[chosen, :, -len(DYNAMIC) :] = ties.among(
                recognised[chosen], system.members_on(dt.date(int(year), 7, 1)), terms.priors.settings["tie_acts"]
            )

    def rows(self, bounds: dict[int, tuple[int, int]], censored: dict[int, int], weight: float) -> _Rows:
        """Spells of states with acts between bounds, and of states censored on a day."""
        count = self.alive.shape[1]
        low, high = np.full(count, self.end), np.full(count, self.end)
        number = np.full(count, -1)
        for place, (first, last) in bounds.items():
            low[place], high[place] = first, last + 1
        for place, day in censored.items():
            low[place] = high[place] = day
        for serial, place in enumerate(sorted(bounds)):
            number[place] = serial
        starts, stops = self.cuts[:-1, None], self.cuts[1:, None]
        before = np.clip(np.minimum(stops, low) - starts, 0, None) * self.alive
        within = np.clip(np.minimum(stops, high) - np.maximum(starts, low), 0, None) * self.alive * (number >= 0)
        parts, act, start, state = [], [], [], []
        for exposure, is_act in ((before, False), (within, True)):
            row, column = np.nonzero(exposure)
            parts.append((self.terms[row, column], exposure[row, column].astype(float)))
            act.append(number[column] if is_act else np.full(len(column), -1))
            start.append(self.cuts[row].astype(float))
            state.append(column)
        acts = np.concatenate(act)
        _, inverse = np.unique(acts[acts >= 0], return_inverse=True)
        acts[acts >= 0] = inverse
        spells = Spells(
            np.concatenate([x for x, _ in parts]),
            np.concatenate([e for _, e in parts]),
            acts,
            np.full(len(acts), weight),
        )
        return _Rows(spells, np.concatenate(start), np.concatenate(state))


def _positions_over_time(series: Series, system: StateSystem) -> dict[int, tuple[int, str]]:
    """The last known position of each state and the day since when it is known."""
    held: dict[int, tuple[int, str]] = {}
    for one in sorted(series.positions, key=lambda p: p.known):
        if one.recogniser in system.index:
            held[system.index[one.recogniser]] = (_offset(one.known, series.claimed), one.act)
    return held


def _arrivals(terms: Terms, clusters: tuple[Cluster, ...], series: Series, end: int) -> tuple[Spells, Array]:
    """Rows of the arrival of clusters: one day each, and the time between them."""
    days = sorted({max(0, _offset(c.day, series.claimed)) for c in clusters})
    cuts = sorted({0, end, *days, *(day + 1 for day in days), *(g for g in _GRID if g < end)})
    rows, exposure, act = [], [], []
    for start, stop in itertools.pairwise(cuts):
        past = np.array([d for d in days if d < start], dtype=float)
        recent = np.array((0.5 ** ((start - past) / RECENT_HALF_LIFE_DAYS)).sum())
        rows.append(terms.time(start, stop, recent))
        exposure.append(float(stop - start))
        act.append(days.index(start) if start in days and stop == start + 1 else -1)
    shaped = np.array(rows, dtype=float).reshape(len(rows), len(TIME))
    spells = Spells(shaped, np.array(exposure, dtype=float), np.array(act, dtype=int), np.ones(len(rows)))
    return spells, np.array(cuts[:-1], dtype=float)


def state_on(series: Series, system: StateSystem, priors: Priors, *, seed: int = 1) -> State:
    """Where a series, as known on its last day, stands at the end of that day."""
    terms = Terms(series.polity, series.claimed, system, priors)
    places = system.index
    bounds = _bounds(series, places)
    now = _offset(series.ends, series.claimed) + 1
    draws = _imputed(bounds, priors.imputations, seed)
    gone = {places[w.recogniser] for w in series.withdrawals if not w.disputed and w.recogniser in places}
    recognised = np.zeros((len(draws), len(places)), dtype=np.float32)
    recent = []
    for row, draw in enumerate(draws):
        past = [place for place, day in draw.items() if day < now]
        recognised[row, past] = 1.0
        recent.append(sum(0.5 ** ((now - draw[place]) / RECENT_HALF_LIFE_DAYS) for place in past))
    for slug in series.absent:
        recognised[:, places[slug]] = 1.0
    at_risk = system.members_on(terms.day(now)) & ~terms.barred
    at_risk[list(bounds)] = False
    at_risk[[places[slug] for slug in series.absent]] = False
    recognised[:, sorted(gone)] = 0.0
    held = {place: act for place, (_, act) in _positions_over_time(series, system).items()}
    return State(
        day=now,
        recognised=recognised,
        at_risk=at_risk,
        recent=float(np.mean(recent)) if recent else 0.0,
        positions=held,
        known=len(bounds),
    )
