"""The rates that a wave model has to beat, each given the same past and the same level of the wave.

`constant`: one rate for every state and day. `decaying`: a power of the time since the claim. `region_decaying`: that,
times the region's observed over expected acts so far, with one prior act. `self_exciting`: a decaying rate that rises
with recent acts. Members of coordinated acts count as single acts here; there are no ties.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from dejure.analysis.fit import Coefficients, fit_spells
from dejure.analysis.forecast import Forecast, first_imputation, level_weights
from dejure.analysis.likelihood import Spells
from dejure.analysis.panel import RECENT_HALF_LIFE_DAYS, Panel, State
from dejure.analysis.states import StateSystem
from dejure.analysis.terms import TERMS, Priors, Terms

__all__ = ["BASELINES", "columns_of", "fit_baselines", "forecast_baseline"]

Array = npt.NDArray[np.float64]

_CHOSEN = {
    "constant": ("intercept", "relations"),
    "decaying": ("intercept", "log_time", "relations", "relations_log_time"),
    "region_decaying": ("intercept", "log_time", "relations", "relations_log_time"),
    "self_exciting": ("intercept", "log_time", "relations", "relations_log_time", "recent"),
}
BASELINES = tuple(_CHOSEN)


def columns_of(name: str) -> npt.NDArray[np.int64]:
    """Places of a baseline's terms."""
    return np.array([TERMS.index(term) for term in _CHOSEN[name]])


def fit_baselines(panels: Mapping[str, Panel], priors: Priors) -> dict[str, Coefficients]:
    """Fit each baseline to several waves, by the same likelihood and prior as the model."""
    found: dict[str, Coefficients] = {}
    for name in BASELINES:
        if name == "region_decaying":
            found[name] = found["decaying"]
            continue
        columns = columns_of(name)
        parts = {wave: _merged(panel, columns) for wave, panel in panels.items()}
        found[name] = fit_spells(parts, priors.mean[columns], priors.scale[columns], priors.settings["pooling"])
    return found


def _merged(panel: Panel, columns: npt.NDArray[np.int64]) -> Spells:
    """Rows of one imputation with the terms of time, spells without an act that are equal joined into one."""
    rows, _ = first_imputation(panel.every)
    terms = rows.terms[:, columns]
    quiet = rows.act < 0
    unique, place = np.unique(terms[quiet], axis=0, return_inverse=True)
    exposure = np.bincount(place.ravel(), weights=rows.exposure_days[quiet], minlength=len(unique))
    return Spells(
        np.concatenate([unique, terms[~quiet]]),
        np.concatenate([exposure, rows.exposure_days[~quiet]]),
        np.concatenate([np.full(len(unique), -1), rows.act[~quiet]]),
        np.ones(len(unique) + int((~quiet).sum())),
    )


def forecast_baseline(
    name: str,
    coefficients: Coefficients,
    panel: Panel,
    state: State,
    terms: Terms,
    system: StateSystem,
    horizons: Sequence[int],
) -> Forecast:
    """What a baseline expects from an origin; the number of acts is negative binomial, the level being gamma."""
    columns, priors = columns_of(name), terms.priors
    slug = terms.polity.slug
    chosen = coefficients.of(slug).copy()
    places = np.flatnonzero(state.at_risk)
    shape, level, ratio = _history(panel, columns, chosen, system, places, priors, by_region=name == "region_decaying")
    probability, cumulative, before = [], np.zeros(len(places)), 0
    recent = state.recent
    for step in sorted({*range(5, max(horizons) + 1, 5), 1, 2, 3, *horizons}):
        clock = terms.time(state.day + before, state.day + step, np.array(recent))
        row = np.zeros(len(TERMS))
        row[: len(clock)] = clock
        rate = min(1.0, float(np.exp(np.clip(row[columns] @ chosen, -50, 2))))
        hazard = np.minimum(rate * level * ratio, 1.0) * (step - before)
        arrivals = float((np.exp(-cumulative) * hazard).sum())
        recent = recent * 0.5 ** ((step - before) / RECENT_HALF_LIFE_DAYS) + arrivals
        cumulative = cumulative + hazard
        before = step
        if step in horizons:
            # The level is gamma with this shape: its Laplace transform in place of the exponential.
            probability.append(1 - (1 + cumulative / shape) ** -shape)
    return _counted(
        np.array(probability).T.reshape(len(places), len(horizons)),
        shape,
        tuple(horizons),
        tuple(system.slugs[place] for place in places),
    )


def _history(
    panel: Panel,
    columns: npt.NDArray[np.int64],
    chosen: Array,
    system: StateSystem,
    places: npt.NDArray[np.int64],
    priors: Priors,
    *,
    by_region: bool,
) -> tuple[float, float, Array]:
    """Shape and mean of the level, and the ratio of each state's region."""
    rows, (start, state) = first_imputation(panel.every, panel.every_start, panel.every_state.astype(float))
    weight = level_weights(start, panel.end_day, priors.settings["level_half_life_days"])
    hazard = np.exp(np.clip(rows.terms[:, columns] @ chosen, -50, 2)) * rows.exposure_days
    number = rows.act >= 0
    first = np.zeros(len(rows.act), dtype=bool)
    first[np.flatnonzero(number)[np.unique(rows.act[number], return_index=True)[1]]] = True
    prior = priors.settings["level_acts"]
    seen, expected = float(weight[first].sum()), float((weight * np.minimum(hazard, 5.0)).sum())
    level = (prior + seen) / (prior + expected)
    ratio = np.ones(len(places))
    if by_region:
        regions = [trait.region for trait in system.traits]
        names = sorted(set(regions))
        code = np.array([names.index(region) for region in regions])
        of_row = code[state.astype(int)]
        observed = np.bincount(of_row[first], minlength=len(names)).astype(float)
        due = np.bincount(of_row, weights=hazard, minlength=len(names))
        due = due * (observed.sum() / max(float(due.sum()), 1e-9))
        tie = priors.settings["tie_acts"]
        ratio = ((observed + tie) / (due + tie))[code[places]]
    return prior + seen, level, ratio


def _counted(probability: Array, shape: float, horizons: tuple[int, ...], states: tuple[str, ...]) -> Forecast:
    expected = probability.sum(axis=0)
    random = np.random.default_rng(1)
    level = random.gamma(shape, 1 / shape, size=(4000, 1))
    counts = np.minimum(random.poisson(level * expected[None, :]), len(states))
    return Forecast(
        horizons=horizons,
        states=states,
        probability=probability,
        expected=expected,
        low=np.quantile(counts, 0.1, axis=0, method="inverted_cdf"),
        high=np.quantile(counts, 0.9, axis=0, method="inverted_cdf"),
        at_least_one=1 - (1 + expected / shape) ** -shape,
    )
