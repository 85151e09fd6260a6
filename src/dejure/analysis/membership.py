"""Who is in a coordinated act: log odds of joining among the members of the organisation that could.

`logit P(joins) = c0 + c1 * (eta - mean eta)`, eta being the log hazard of acting alone; two coefficients, for there are
few clusters. The prior is stated in `fit.DEFAULT_MEMBERSHIP`, with a standard deviation of 1/2.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from dejure.analysis.acts import Series
from dejure.analysis.clusters import Cluster, find_clusters
from dejure.analysis.fit import DEFAULT_MEMBERSHIP
from dejure.analysis.panel import State, state_on
from dejure.analysis.states import StateSystem
from dejure.analysis.terms import DYNAMIC, TIME, Priors, Terms

__all__ = ["fit_membership", "log_hazard"]

Array = npt.NDArray[np.float64]

_PRIOR_SPREAD = 0.5


def log_hazard(terms: Terms, state: State, coefficients: Array) -> Array:
    """Log hazard of every state on the day, without the terms of time, shape (n,)."""
    day = terms.day(state.day)
    ties = terms.kernels(day.year)
    among = ties.among(state.recognised, terms.system.members_on(day), terms.priors.settings["tie_acts"]).mean(axis=0)
    rows = np.concatenate([terms.static(day), terms.positions(state.positions), among], axis=1)
    assert rows.shape[1] == len(coefficients) - len(TIME)
    assert among.shape[1] == len(DYNAMIC)
    return np.asarray(rows @ coefficients[len(TIME) :], dtype=np.float64)


def _candidates(
    cluster: Cluster, series: Series, system: StateSystem, priors: Priors, coefficients: Array
) -> tuple[Array, Array]:
    """Centred log hazard of those that could join, and whether they did."""
    before = replace(series.as_known(cluster.day - dt.timedelta(days=1)), ends=cluster.day - dt.timedelta(days=1))
    state = state_on(before, system, priors)
    inside = state.at_risk.copy()
    if cluster.bloc in system.blocs:
        inside &= system.bloc_members(cluster.bloc, cluster.day)
    places = system.index
    joined = np.zeros(len(inside), dtype=bool)
    joined[[places[member] for member in cluster.members]] = True
    inside |= joined
    eta = log_hazard(Terms(series.polity, series.claimed, system, priors), state, coefficients)[inside]
    return eta - eta.mean(), joined[inside].astype(float)


def fit_membership(series: Sequence[Series], system: StateSystem, priors: Priors, coefficients: Array) -> Array:
    """The two coefficients, by Newton's method on the penalised likelihood; the prior where there is no cluster."""
    pairs = [
        _candidates(cluster, one, system, priors, coefficients)
        for one in series
        for cluster in find_clusters(one, system)
    ]
    if not pairs:
        return DEFAULT_MEMBERSHIP
    x = np.concatenate([np.stack([np.ones_like(eta), eta], axis=1) for eta, _ in pairs])
    y = np.concatenate([joined for _, joined in pairs])
    # A cluster is one arrival: each counts the same, as ten answers.
    weight = np.concatenate([np.full(len(eta), 10.0 / len(eta)) for eta, _ in pairs])
    found = DEFAULT_MEMBERSHIP.copy()
    for _ in range(25):
        chance = 1 / (1 + np.exp(-x @ found))
        slope = x.T @ (weight * (y - chance)) - (found - DEFAULT_MEMBERSHIP) / _PRIOR_SPREAD**2
        bend = (x * (weight * chance * (1 - chance))[:, None]).T @ x + np.eye(2) / _PRIOR_SPREAD**2
        step = np.linalg.solve(bend, slope)
        found = found + step
        if np.abs(step).max() < 1e-8:
            break
    return np.asarray(found, dtype=np.float64)
