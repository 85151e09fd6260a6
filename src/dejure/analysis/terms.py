"""The terms of the hazard: time, static ties to the polity, positions, and earlier recognisers among a state's ties.

An earlier-recogniser term of state i is `log((O + k) / (E + k))`, where O is the tie-weighted number of recognisers, E
what it would be if they were spread evenly over the state system, and k the prior acts of the settings: nothing for
nobody, and slow to move on a few acts. Terms of votes use the years before, never the year itself.
"""

from __future__ import annotations

import datetime as dt
import functools
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources

import numpy as np
import numpy.typing as npt

from dejure.analysis import votes
from dejure.analysis.states import ContestedPolity, StateSystem
from dejure.reference.tables import load_polities

__all__ = ["DYNAMIC", "NULL_TERMS", "TERMS", "Kernels", "Priors", "Terms", "load_priors"]

Array = npt.NDArray[np.float64]

TIME = ("intercept", "log_time", "first_weeks", "relations", "relations_log_time", "recent")
STATIC = (
    "new_state",
    "new_state_relations",
    "attendance",
    "great_power",
    "votes_patron",
    "votes_rival",
    "neighbour",
    "near",
    "blocs_patron",
    "blocs_rival",
    "language",
    "faith",
    "colony",
)
POSITIONS = ("intends", "conditional", "considers", "refuses")
DYNAMIC = (
    "among_neighbours",
    "among_blocs",
    "among_votes",
    "among_great",
    "among_region",
    "among_culture",
    "among_supplied",
)
TERMS = TIME + STATIC + POSITIONS + DYNAMIC
#: What remains without earlier recognisers: the null of the test of contagion.
NULL_TERMS = tuple(name for name in TERMS if name not in DYNAMIC and name != "recent")

GREAT_POWERS = ("united-states", "united-kingdom", "france", "china", "soviet-union", "russia")

_POSITION_OF_ACT = {"intend": 0, "condition": 1, "consider": 2, "refuse": 3}


@dataclass(frozen=True, slots=True)
class Priors:
    """The stated prior: settings, and mean, scale and wording of each term in the order of `TERMS`."""

    settings: Mapping[str, float]
    mean: Array
    scale: Array
    reasons: Mapping[str, str]

    @property
    def imputations(self) -> int:
        """How many joint imputations of interval dates are averaged over."""
        return int(self.settings["imputations"])


@functools.cache
def load_priors() -> Priors:
    """The prior of `analysis/data/wave_priors.toml`."""
    text = resources.files("dejure.analysis").joinpath("data", "wave_priors.toml").read_text(encoding="utf-8")
    table = tomllib.loads(text)
    terms = table["terms"]
    return Priors(
        settings=table["settings"],
        mean=np.array([terms[name]["mean"] for name in TERMS], dtype=float),
        scale=np.array([terms[name]["scale"] for name in TERMS], dtype=float),
        reasons={name: terms[name]["reason"] for name in TERMS},
    )


@dataclass(frozen=True, slots=True)
class Kernels:
    """Weights of ties of one year, arrays of shape (7, n, n) in the order of `DYNAMIC`, and pair agreement (n, n)."""

    weights: npt.NDArray[np.float32]
    agreement: Array
    attendance: Array

    def among(
        self,
        recognised: npt.NDArray[np.float32],
        alive: npt.NDArray[np.bool_],
        tie_acts: float,
        chosen: npt.NDArray[np.int64] | None = None,
        only: tuple[int, ...] = tuple(range(len(DYNAMIC))),
    ) -> Array:
        """Earlier-recogniser terms.

        Parameters
        ----------
        recognised : array of shape (paths, n)
            1 where the state recognises.
        alive : array of shape (n,)
            Who is in the state system.
        tie_acts : float
            Prior acts, k above.
        chosen : array of int, optional
            States wanted, else all.
        only : tuple of int
            Which of the terms.

        Returns
        -------
        array of shape (paths, states, terms)
        """
        weights = self.weights if chosen is None else self.weights[:, chosen]
        mask = alive.astype(np.float32)
        share = (recognised @ mask) / max(1.0, float(mask.sum()))
        expected = weights @ mask
        members = recognised * mask
        found = np.zeros((len(recognised), weights.shape[1], len(only)), dtype=np.float64)
        for column, place in enumerate(only):
            if not expected[place].any():
                continue
            observed = members @ weights[place].T
            found[:, :, column] = np.log((observed + tie_acts) / (share[:, None] * expected[place] + tie_acts))
        return found


def _vote_places(system: StateSystem) -> npt.NDArray[np.int64]:
    columns = {name: place for place, name in enumerate(votes.members())}
    return np.array([columns.get(trait.votes, -1) for trait in system.traits])


_kernel_cache: dict[tuple[int, int], Kernels] = {}


def kernels(system: StateSystem, year: int) -> Kernels:
    """Weights of ties as known at the start of a year."""
    key = (id(system), year)
    if key not in _kernel_cache:
        _kernel_cache[key] = _kernels(system, year)
    return _kernel_cache[key]


def _kernels(system: StateSystem, year: int) -> Kernels:
    day = dt.date(year, 1, 1)
    alive = system.members_on(day) | system.members_on(dt.date(year, 12, 31))
    agree, present = _state_agreement(system, year, alive)
    centre, spread = _centre(agree, alive)
    alike = np.exp(np.clip((agree - centre) / spread, -3, 3) * 1.5)
    alike *= 20.0 / np.maximum(1.0, (alike * alive[None, :]).sum(axis=1, keepdims=True))
    np.fill_diagonal(alike, 0.0)
    great = np.array([slug in GREAT_POWERS for slug in system.slugs]) & alive
    near = system.neighbour + np.exp(-system.distance_km / 700.0)
    np.fill_diagonal(near, 0.0)
    culture = system.language + 0.5 * system.religion + 0.5 * system.coloniser
    powers = alike * great[None, :]
    powers *= 3.0 / np.maximum(1e-9, powers.sum(axis=1, keepdims=True))
    stack = [
        near,
        4.0 * system.bloc_weights(day),
        alike,
        powers,
        system.region,
        0.3 * culture,
        system.supplied_weights(day),
    ]
    return Kernels(weights=np.stack(stack).astype(np.float32), agreement=agree, attendance=present)


def _centre(agree: Array, alive: npt.NDArray[np.bool_]) -> tuple[float, float]:
    off = ~np.eye(len(agree), dtype=bool) & alive[:, None] & alive[None, :]
    values = agree[off]
    return (float(values.mean()), max(0.05, float(values.std()))) if values.size else (0.0, 1.0)


def _state_agreement(system: StateSystem, year: int, alive: npt.NDArray[np.bool_]) -> tuple[Array, Array]:
    """Agreement of states, filled with the mean of the region where a state has no votes, and attendance."""
    places = _vote_places(system)
    matrix, shares = votes.agreement(year), votes.attendance(year)
    with_votes = places >= 0
    agree = np.full((len(places),) * 2, np.nan)
    agree[np.ix_(with_votes, with_votes)] = matrix[np.ix_(places[with_votes], places[with_votes])]
    present = np.where(with_votes, shares[np.maximum(places, 0)], 0.0) * alive
    agree[:, ~alive] = agree[~alive, :] = np.nan
    overall = np.nanmean(agree) if np.isfinite(agree).any() else 0.0
    region = system.region + np.eye(len(places))
    for axis in (0, 1):
        known = np.isfinite(agree)
        filled = np.where(known, agree, 0.0)
        counts = region @ known if axis == 0 else known @ region
        sums = region @ filled if axis == 0 else filled @ region
        means = np.divide(sums, counts, out=np.full_like(sums, np.nan), where=counts > 0)
        agree = np.where(known, agree, means)
    return np.where(np.isfinite(agree), agree, overall), present


class Terms:
    """Terms of one wave for every state.

    Parameters
    ----------
    polity : ContestedPolity
    claimed : datetime.date
        Day 0 of the clock.
    system : StateSystem
    priors : Priors, optional
    """

    def __init__(
        self, polity: ContestedPolity, claimed: dt.date, system: StateSystem, priors: Priors | None = None
    ) -> None:
        self.polity, self.claimed, self.system = polity, claimed, system
        self.priors = priors or load_priors()
        self._static: dict[int, Array] = {}
        self._where = system.index
        entry = load_polities().get(polity.slug)
        barred = {polity.slug, *polity.parents, (entry.parent or "") if entry else ""}
        self.barred = np.array([slug in barred for slug in system.slugs])
        self.is_relations = polity.kind == "relations"
        self._first_days = [[start for start, _ in spells] for spells in system.spells]

    def day(self, offset: float) -> dt.date:
        """The date of a day of the clock."""
        return self.claimed + dt.timedelta(days=int(offset))

    def time(self, start: float, end: float, recent: Array) -> Array:
        """Terms of time between two days of the clock; `recent` of shape (...), result (..., 6)."""
        middle = np.log1p((start + end) / 2 / 30.0)
        first = float(np.exp(-(start + end) / 2 / 14.0))
        one = np.ones_like(recent)
        flag = float(self.is_relations)
        return np.stack([one, one * middle, one * first, one * flag, one * flag * middle, np.log1p(recent)], axis=-1)

    def kernels(self, year: int) -> Kernels:
        """Ties of a year."""
        return kernels(self.system, year)

    def static(self, day: dt.date) -> Array:
        """Static ties and the age of the state, shape (n, 13)."""
        if day.year not in self._static:
            self._static[day.year] = self._ties(day.year)
        ties = self._static[day.year].copy()
        ties[:, 0] = [any(0 <= (day - start).days < 365 for start in starts) for starts in self._first_days]
        ties[:, 1] = ties[:, 0] * self.is_relations
        return ties

    def _ties(self, year: int) -> Array:
        system, polity, found = self.system, self.polity, self.kernels(year)
        alive = system.members_on(dt.date(year, 1, 1)) | system.members_on(dt.date(year, 12, 31))
        patrons = self._places(polity.patrons, alive)
        # A government that claims a state has no rival by that alone: its state votes as whoever holds the seat.
        parents = () if polity.kind == "government" else polity.parents
        rivals = self._places((*parents, *polity.rival_patrons), alive)
        columns = [
            np.zeros(len(alive)),
            np.zeros(len(alive)),
            found.attendance - 0.7,
            np.array([slug in GREAT_POWERS for slug in system.slugs], dtype=float),
            self._votes_with(found, patrons, alive),
            self._votes_with(found, rivals, alive),
            np.array([slug in polity.neighbours for slug in system.slugs], dtype=float),
            self._near(),
            self._blocs_with(patrons, year),
            self._blocs_with(rivals, year),
            np.array([float(bool(t.languages & polity.languages)) for t in system.traits]),
            np.array([float(bool(polity.religion) and t.religion == polity.religion) for t in system.traits]),
            system.coloniser[:, patrons].max(axis=1) if patrons else np.zeros(len(alive)),
        ]
        return np.stack(columns, axis=1)

    def _places(self, slugs: tuple[str, ...], alive: npt.NDArray[np.bool_]) -> list[int]:
        return [self._where[slug] for slug in slugs if slug in self._where and alive[self._where[slug]]]

    def _votes_with(self, found: Kernels, others: list[int], alive: npt.NDArray[np.bool_]) -> Array:
        """Mean agreement with some states, in standard deviations over the state system."""
        if not others or not alive.any():
            return np.zeros(len(alive))
        mean = found.agreement[:, others].mean(axis=1)
        spread = float(mean[alive].std())
        if not np.isfinite(spread) or spread < 0.01:
            return np.zeros(len(alive))
        return np.asarray(np.clip((mean - mean[alive].mean()) / spread, -2.5, 2.5), dtype=np.float64)

    def _near(self) -> Array:
        polity = self.polity
        if polity.latitude is None or polity.longitude is None:
            return np.zeros(len(self.system.slugs))
        kilometres = self.system.kilometres_from(polity.latitude, polity.longitude)
        return np.asarray(np.clip(-np.log((kilometres + 300.0) / 5000.0), -2, 2), dtype=np.float64)

    def _blocs_with(self, others: list[int], year: int) -> Array:
        if not others:
            return np.zeros(len(self.system.slugs))
        weights = self.kernels(year).weights[1][:, others].max(axis=1)
        return np.asarray(np.minimum(weights * 2.0, 2.0), dtype=np.float64)

    def positions(self, held: Mapping[int, str]) -> Array:
        """Position terms of shape (n, 4): what the last known word of a state was."""
        found = np.zeros((len(self.system.slugs), len(POSITIONS)))
        for place, act in held.items():
            found[place, _POSITION_OF_ACT[act]] = 1.0
        return found
