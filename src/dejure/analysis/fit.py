"""Fitting the wave model: coefficients common to all polities, and each polity's own deviation from them.

The posterior mode of a hierarchical model with stated scales: `b[s] = b + d[s]`, `b ~ Normal(mean, scale)`,
`d[s] ~ Normal(0, pooling * scale)`. Its inverse Hessian, with the spread between imputations added (Rubin 1987), gives
the uncertainty.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from dejure.analysis.likelihood import Spells, log_likelihood
from dejure.analysis.panel import Panel
from dejure.analysis.terms import TERMS, TIME, Priors
from dejure.errors import MissingExtra

__all__ = ["Coefficients", "WaveModel", "fit_model", "fit_spells"]

Array = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Coefficients:
    """Common coefficients, each wave's own, their covariance, and the standard deviation of a new wave's deviation."""

    common: Array
    own: Mapping[str, Array]
    covariance: Array
    own_covariance: Mapping[str, Array]
    deviation: Array
    log_posterior: float

    def of(self, name: str | None) -> Array:
        """Coefficients of a wave; of one that was not fitted, the common ones."""
        return self.own[name] if name is not None and name in self.own else self.common

    def draws(self, name: str | None, count: int, random: np.random.Generator) -> Array:
        """Draws from the normal approximation of the posterior, shape (count, terms)."""
        fitted = name is not None and name in self.own
        covariance = self.own_covariance[name] if fitted and name is not None else self.covariance
        found = random.multivariate_normal(self.of(name), covariance, size=count, method="cholesky")
        if not fitted:
            found = found + random.normal(size=found.shape) * self.deviation
        return np.asarray(found, dtype=np.float64)


@dataclass(frozen=True, slots=True)
class WaveModel:
    """Everything fitted: single acts, arrivals of clusters, who is in them."""

    solo: Coefficients
    arrivals: Coefficients
    membership: Array
    priors: Priors
    fitted_on: tuple[str, ...]
    acts: int


def _minimiser() -> object:
    try:
        from scipy import optimize
    except ImportError as error:
        raise MissingExtra(
            "scipy is not installed", cure="install the extra: pip install 'dejure[analysis]'"
        ) from error
    return optimize.minimize


def fit_spells(
    parts: Mapping[str, Spells], mean: Array, scale: Array, pooling: float, *, start: Coefficients | None = None
) -> Coefficients:
    """The posterior mode over several waves.

    Parameters
    ----------
    parts : mapping of str to Spells
        Rows of each wave.
    mean, scale : arrays of shape (terms,)
        The prior.
    pooling : float
        Deviation of a wave as a multiple of the scale. With one wave or none the deviation stays zero.
    start : Coefficients, optional
        A fit to begin with.
    """
    names = sorted(parts)
    terms, waves = len(mean), len(names)
    deviation = pooling * scale
    precision = np.concatenate([1 / scale**2, np.tile(1 / deviation**2, waves)])
    centre = np.concatenate([mean, np.zeros(terms * waves)])

    def objective(vector: Array) -> tuple[float, Array, Array]:
        value = -0.5 * float((precision * (vector - centre) ** 2).sum())
        slope = -precision * (vector - centre)
        bend = np.diag(-precision)
        for place, name in enumerate(names):
            own = slice(terms * (place + 1), terms * (place + 2))
            part, gradient, hessian = log_likelihood(vector[:terms] + vector[own], parts[name])
            value += part
            for block in (slice(0, terms), own):
                slope[block] += gradient
                for other in (slice(0, terms), own):
                    bend[block, other] += hessian
        return -value, -slope, -bend

    vector = centre.copy()
    if start is not None:
        vector[:terms] = start.common
        for place, name in enumerate(names):
            vector[terms * (place + 1) : terms * (place + 2)] = start.of(name) - start.common
    vector, value, hessian = _minimise(objective, vector)
    covariance: Array = np.asarray(np.linalg.inv(hessian), dtype=np.float64)
    own, own_covariance = {}, {}
    for place, name in enumerate(names):
        block = slice(terms * (place + 1), terms * (place + 2))
        own[name] = vector[:terms] + vector[block]
        cross = covariance[:terms, block]
        joint = covariance[:terms, :terms] + covariance[block, block] + cross + cross.T
        own_covariance[name] = _positive(joint + _between(own[name], parts[name], joint))
    return Coefficients(
        common=vector[:terms],
        own=own,
        covariance=_positive(covariance[:terms, :terms]),
        own_covariance=own_covariance,
        deviation=deviation,
        log_posterior=-value,
    )


def _minimise(objective: object, vector: Array) -> tuple[Array, float, Array]:
    """Newton steps within a trust region; derivatives are shared by the three callbacks."""
    seen: dict[bytes, tuple[float, Array, Array]] = {}

    def at(point: Array) -> tuple[float, Array, Array]:
        key = point.tobytes()
        if key not in seen:
            seen.clear()
            seen[key] = objective(point)  # type: ignore[operator]
        return seen[key]

    result = _minimiser()(  # type: ignore[operator]
        lambda point: at(point)[0],
        vector,
        jac=lambda point: at(point)[1],
        hess=lambda point: at(point)[2],
        method="trust-exact",
        options={"gtol": 1e-4, "maxiter": 200, "initial_trust_radius": 1.0},
    )
    value, _, hessian = at(result.x)
    return result.x, value, hessian


def _between(coefficients: Array, spells: Spells, covariance: Array) -> Array:
    """Spread of the mode between imputations, by one Newton step of each from the common mode."""
    weights = np.unique(spells.weight)
    if len(spells.weight) == 0 or weights[0] == 1.0:
        return np.zeros_like(covariance)
    count = round(1.0 / weights[0])
    acts = max(1, spells.acts // count)
    steps = []
    starts = np.searchsorted(np.maximum.accumulate(spells.act), np.arange(count) * acts)
    bounds = [*starts.tolist(), len(spells.act)]
    for low, high in itertools.pairwise(bounds):
        if high > low:
            act = spells.act[low:high]
            part = Spells(
                spells.terms[low:high],
                spells.exposure_days[low:high],
                np.where(act >= 0, act - act[act >= 0].min(), -1) if (act >= 0).any() else act,
                np.ones(high - low),
            )
            steps.append(log_likelihood(coefficients, part)[1])
    if len(steps) < 2:
        return np.zeros_like(covariance)
    moved = (np.array(steps) - np.mean(steps, axis=0)) @ covariance
    return np.asarray(moved.T @ moved / (len(steps) - 1) * (1 + 1 / len(steps)), dtype=np.float64)


def _positive(matrix: Array) -> Array:
    """The nearest matrix that is symmetric and has no negative direction."""
    values, vectors = np.linalg.eigh((matrix + matrix.T) / 2)
    return np.asarray((vectors * np.maximum(values, 1e-10)) @ vectors.T, dtype=np.float64)


def fit_model(
    panels: Mapping[str, Panel], priors: Priors, *, start: WaveModel | None = None, membership: Array | None = None
) -> WaveModel:
    """Fit single acts and arrivals of clusters to several waves.

    Parameters
    ----------
    panels : mapping of str to Panel
        Waves by name; an empty mapping gives the prior.
    priors : Priors
    start : WaveModel, optional
        A fit to begin with, for speed.
    membership : array, optional
        Coefficients of who is in a cluster, see `dejure.analysis.membership`.
    """
    pooling = priors.settings["pooling"]
    solo = fit_spells(
        {name: panel.solo for name, panel in panels.items()},
        priors.mean,
        priors.scale,
        pooling,
        start=start.solo if start else None,
    )
    first = len(TIME)
    mean, scale = priors.mean[:first].copy(), priors.scale[:first].copy()
    mean[0] = _ARRIVAL_INTERCEPT
    arrivals = fit_spells({name: panel.arrivals for name, panel in panels.items()}, mean, scale, pooling)
    return WaveModel(
        solo=solo,
        arrivals=arrivals,
        membership=membership if membership is not None else DEFAULT_MEMBERSHIP,
        priors=priors,
        fitted_on=tuple(sorted(panels)),
        acts=sum(len(panel.act_days) for panel in panels.values()),
    )


#: About one coordinated act in a year a month after the claim.
_ARRIVAL_INTERCEPT = -5.5

#: Log odds of a member of the organisation to join, and the weight of its linear predictor of the hazard.
DEFAULT_MEMBERSHIP = np.array([-0.5, 0.5])

assert TERMS[: len(TIME)] == TIME
