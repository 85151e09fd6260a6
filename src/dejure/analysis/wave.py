"""The answer to "will it spread?": how many may follow within 30, 90 and 365 days, who, why, and how sure that is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from dejure.analysis.acts import Series, joined, polity_of, shipped_series
from dejure.analysis.baselines import BASELINES, columns_of, forecast_baseline
from dejure.analysis.forecast import HORIZONS, Forecast, first_imputation, forecast
from dejure.analysis.panel import Panel, make_panel, state_on
from dejure.analysis.states import StateSystem, state_system
from dejure.analysis.store import Fitted, fit_all, load_shipped
from dejure.analysis.terms import DYNAMIC, TERMS, TIME, Terms, load_priors
from dejure.errors import BadDate

__all__ = ["Candidate", "WaveAnswer", "ask_wave", "series_for"]

Array = npt.NDArray[np.float64]

_SHOWN = 10
_REASONS = 3
#: Below this probability of so many acts by chance the recent past counts as a wave.
_EVIDENCE = 0.05
_LEAST_RECENT = 3
_FEW_ACTS = 5
_VARIANT_PATHS = 60


@dataclass(frozen=True, slots=True)
class Candidate:
    """A state that may follow: probabilities by horizon, and the terms that lift it most above the others."""

    state: str
    name: str
    probability: tuple[float, ...]
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WaveAnswer:
    """The answer for one polity on one day.

    Attributes
    ----------
    acts : int
        Acts known by then.
    model : Forecast
    baselines : dict of str to Forecast
    candidates : tuple of Candidate
        The likeliest next states.
    recent, recent_expected, recent_chance : int, float, float
        Acts of the year before, what a decaying rate gives for them, and the chance of so many under it.
    is_wave : bool
        Whether that counts as evidence of a wave.
    carried_by : dict of str to float
        Expected number within a year when a past case is left out of the fit.
    pooling : dict of str to float
        The same under other prior scales.
    notes : tuple of str
    """

    polity: str
    on: dt.date
    claimed: dt.date
    acts: int
    model: Forecast
    baselines: dict[str, Forecast]
    candidates: tuple[Candidate, ...]
    recent: int
    recent_expected: float
    recent_chance: float
    is_wave: bool
    carried_by: dict[str, float]
    pooling: dict[str, float]
    notes: tuple[str, ...]

    @property
    def verdict(self) -> str:
        """One plain sentence."""
        told = f"{self.recent} in the year before, {self.recent_expected:.1f} expected from a decaying rate"
        if self.is_wave:
            return f"More acts than a decaying rate explains: {told} (chance {self.recent_chance:.3f})."
        return f"No evidence of a wave: {told}."

    def to_dict(self) -> dict[str, Any]:
        """JSON form."""
        return {
            "schema": 1,
            "polity": self.polity,
            "on": self.on.isoformat(),
            "claimed": self.claimed.isoformat(),
            "known_acts": self.acts,
            "verdict": self.verdict,
            "is_wave": self.is_wave,
            "recent_acts": self.recent,
            "recent_expected": round(self.recent_expected, 3),
            "recent_chance": round(self.recent_chance, 4),
            "horizons_days": list(self.model.horizons),
            **_summary(self.model),
            "baselines": {name: _summary(found) for name, found in self.baselines.items()},
            "likeliest": [
                {
                    "state": c.state,
                    "name": c.name,
                    "probability": [round(p, 4) for p in c.probability],
                    "reasons": list(c.reasons),
                }
                for c in self.candidates
            ],
            "expected_in_a_year_without": {name: round(value, 3) for name, value in self.carried_by.items()},
            "expected_in_a_year_by_pooling": {name: round(value, 3) for name, value in self.pooling.items()},
            "notes": list(self.notes),
        }


def _summary(found: Forecast) -> dict[str, Any]:
    return {
        "expected": [round(float(value), 3) for value in found.expected],
        "interval80": [[float(a), float(b)] for a, b in zip(found.low, found.high, strict=True)],
        "at_least_one": [round(float(value), 4) for value in found.at_least_one],
    }


def series_for(
    polity: str, on: dt.date, system: StateSystem, *, given: Sequence[Series] = (), more: Sequence[Series] = (),
    covariates: Path | None = None,
) -> Series:  # fmt: skip
    """The series of a polity as known on a day: handed in, else shipped, else an empty one from the claim on.

    What `more` holds of the polity (reports, a ledger) is added to it.

    Raises
    ------
    BadDate
        If the day lies before the claim.
    """
    known = polity_of(polity, covariates)
    pool = [*given, *shipped_series(system, covariates=covariates)]
    found = next((one for one in pool if one.polity.slug == known.slug), None)
    if found is None:
        claimed = known.claimed or on
        found = Series(
            name=known.slug,
            polity=known,
            claimed=claimed,
            ends=claimed,
            acts=(),
            notes=(f"no series of acts for {known.slug}: the answer is prior only",),
        )
    for one in more:
        if one.polity.slug == known.slug and one.claimed <= on:
            found = joined(found, one) if found.acts else replace(one, claimed=found.claimed)
    if on < found.claimed:
        raise BadDate(
            f"the day lies before the claim of {known.slug} ({found.claimed})", value=on, cure="name a later day"
        )
    notes = [*found.notes]
    if on > found.ends and found.acts:
        notes.append(f"the series of {found.name} ends on {found.ends}: later acts are not known here")
    return replace(found.as_known(on), notes=tuple(notes))


def _fits(on: dt.date, system: StateSystem, covariates: Path | None) -> dict[str, Fitted]:
    """Shipped fits where they hold for the day; else a fit on what was known by then."""
    shipped = shipped_series(system, covariates=covariates)
    last = max((act.known for one in shipped for act in one.acts), default=dt.date.min)
    ready = load_shipped() if covariates is None and on >= last else None
    if ready is not None:
        return ready
    known = [one.as_known(min(on, one.ends)) for one in shipped if one.claimed <= on]
    return {"all": fit_all(known, system, load_priors())}


def ask_wave(
    polity: str,
    on: dt.date,
    *,
    given: Sequence[Series] = (),
    more: Sequence[Series] = (),
    covariates: Path | None = None,
    paths: int = 300,
    seed: int = 1,
) -> WaveAnswer:
    """Forecast the recognition of a polity from what was known on a day.

    Parameters
    ----------
    polity : str
        Slug, or code of a series.
    on : datetime.date
        The origin; nothing that became known later enters.
    given : sequence of Series
        Series that take the place of shipped ones. They are not fitted on.
    more : sequence of Series
        Acts beyond those of the series, from reports or a ledger. They are not fitted on.
    covariates : pathlib.Path, optional
        Folder of the user's own tables.
    paths, seed : int
        Of the simulation.

    Raises
    ------
    BadDate
        If the day lies before the claim.
    """
    system = state_system(covariates)
    series = series_for(polity, on, system, given=given, more=more, covariates=covariates)
    fits = _fits(on, system, covariates)
    model, baselines = fits["all"]
    panel = make_panel(series, system, model.priors)
    told = forecast(model, series, system, paths=paths, seed=seed, panel=panel)
    state = state_on(series, system, model.priors)
    terms = Terms(series.polity, series.claimed, system, model.priors)
    others = {
        name: forecast_baseline(name, baselines[name], panel, state, terms, system, HORIZONS) for name in BASELINES
    }
    variants = {
        name: float(forecast(fit[0], series, system, paths=_VARIANT_PATHS, seed=seed, panel=panel).expected[-1])
        for name, fit in fits.items()
        if name != "all"
    }
    recent, expected, chance = _recent(series, panel, baselines["decaying"].of(series.polity.slug), seed)
    return WaveAnswer(
        polity=series.polity.slug,
        on=on,
        claimed=series.claimed,
        acts=len(series.acts),
        model=told,
        baselines=others,
        candidates=_candidates(told, terms, series, system, model.solo.of(series.polity.slug)),
        recent=recent,
        recent_expected=expected,
        recent_chance=chance,
        is_wave=recent >= _LEAST_RECENT and chance < _EVIDENCE,
        carried_by={name.removeprefix("without "): v for name, v in variants.items() if name.startswith("without ")},
        pooling={name.removeprefix("pooling "): v for name, v in variants.items() if name.startswith("pooling ")},
        notes=_notes(series, model.fitted_on),
    )


def _notes(series: Series, fitted_on: tuple[str, ...]) -> tuple[str, ...]:
    notes = list(dict.fromkeys(series.notes))
    if len(series.acts) < _FEW_ACTS:
        notes.append(
            f"with {len(series.acts)} acts known the answer is mostly prior, carried by "
            f"{', '.join(fitted_on) or 'nothing but the stated prior'}"
        )
    notes.append(
        "Homophily and shared causes cannot be excluded: alike states may act alike without following one another."
    )
    return tuple(notes)


def _recent(series: Series, panel: Panel, coefficients: Array, seed: int) -> tuple[int, float, float]:
    """Acts of the year before, their expected number at a decaying rate, and the chance of so many."""
    begin = max(0.0, panel.end_day - 365)
    before = sum(1 for one in series.acts if (one.latest - series.claimed).days < begin)
    rows, (start,) = first_imputation(panel.every, panel.every_start)
    hazard = np.exp(np.clip(rows.terms[:, columns_of("decaying")] @ coefficients, -50, 2)) * rows.exposure_days
    hazard = np.minimum(hazard, 1.0)
    stop = start + rows.exposure_days
    share = np.clip((stop - np.maximum(start, begin)) / np.maximum(rows.exposure_days, 1e-9), 0, 1)
    earlier = float((hazard * (1 - share) * (start < begin)).sum())
    shape = 1.0 + before
    expected = float((hazard * share).sum()) * shape / (1.0 + earlier)
    number = sum(1 for one in series.acts if (one.latest - series.claimed).days >= begin)
    draws = np.random.default_rng(seed).gamma(shape, 1.0 / shape, size=20000)
    counts = np.random.default_rng(seed + 1).poisson(draws * expected)
    return number, expected, float((counts >= number).mean())


def _candidates(
    told: Forecast, terms: Terms, series: Series, system: StateSystem, coefficients: Array
) -> tuple[Candidate, ...]:
    state = state_on(series, system, terms.priors)
    day = terms.day(state.day)
    among = terms.kernels(day.year).among(state.recognised, system.members_on(day), terms.priors.settings["tie_acts"])
    rows = np.concatenate([terms.static(day), terms.positions(state.positions), among.mean(axis=0)], axis=1)
    places = [system.index[slug] for slug in told.states]
    lifted = (rows[places] - rows[places].mean(axis=0)) * coefficients[len(TIME) :]
    names = TERMS[len(TIME) :]
    found = []
    for row in np.argsort(-told.probability[:, -1], kind="stable")[:_SHOWN]:
        best = [place for place in np.argsort(-lifted[row], kind="stable")[:_REASONS] if lifted[row, place] > 0.05]
        reasons = tuple(_reason(names[place], rows[places[row], place], terms) for place in best)
        found.append(
            Candidate(
                told.states[row], system.names[places[row]], tuple(float(p) for p in told.probability[row]), reasons
            )
        )
    return tuple(found)


def _reason(name: str, value: float, terms: Terms) -> str:
    """The wording of a term; where a state is favoured for having less of it, that is said."""
    told = terms.priors.reasons[name]
    if value < 0 or (value == 0 and name not in DYNAMIC):
        return f"less than others: {told}"
    return told
