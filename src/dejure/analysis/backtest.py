"""Forecasts of the past, made with what was known then, and what they were worth.

`rolling`: fitted on all acts of all shipped series that were known at the origin, the wave's own among them.
`leave_one_out`: fitted on the other shipped series whole; the wave's own past enters as exposure and level only. A file
that is handed in is always treated so, and a shipped series of the same polity is then left out of the fit.
"""

from __future__ import annotations

import datetime as dt
import itertools
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from dejure.analysis.acts import Series
from dejure.analysis.baselines import BASELINES, fit_baselines, forecast_baseline
from dejure.analysis.clusters import find_clusters
from dejure.analysis.fit import Coefficients, WaveModel, fit_model
from dejure.analysis.forecast import HORIZONS, Forecast, forecast
from dejure.analysis.membership import fit_membership
from dejure.analysis.panel import Panel, make_panel, state_on
from dejure.analysis.scores import binomial_interval, bootstrap_gain, brier, hits, log_scores, outcomes
from dejure.analysis.states import StateSystem
from dejure.analysis.terms import Priors, Terms, load_priors

__all__ = ["REFERENCE_BASELINE", "Backtest", "Origin", "backtest", "origins_of"]

#: Named before anything was measured.
REFERENCE_BASELINE = "region_decaying"
MOST_ORIGINS = 12
_SCHEMES = ("rolling", "leave_one_out")
#: Where no act has happened for so long, a forecast is asked for all the same.
_CALIBRATION_BOUNDS = (0.0, 0.01, 0.02, 0.05, 0.1, 0.2, 0.4, 1.0)


@dataclass(frozen=True, slots=True)
class Origin:
    """One forecast of the past."""

    series: str
    scheme: str
    day: dt.date
    known: int
    edges: tuple[int, ...]
    model: Forecast
    baselines: dict[str, Forecast]
    fitted_on: tuple[str, ...]


@dataclass(slots=True)
class Backtest:
    """All forecasts of the past, and the series that they are about."""

    origins: list[Origin] = field(default_factory=list)
    series: dict[str, Series] = field(default_factory=dict)
    system: StateSystem | None = None

    def to_dict(self) -> dict[str, Any]:
        """JSON form: forecasts, then scores by scheme and series."""
        return {
            "schema": 1,
            "reference_baseline": REFERENCE_BASELINE,
            "horizons_days": list(HORIZONS),
            "series": [_told(name, one) for name, one in self.series.items()],
            "origins": [_origin_dict(one) for one in self.origins],
            "scores": self.scores(),
        }

    def scores(self) -> dict[str, Any]:
        """Scores by scheme and series, and the pooled mean of the gain."""
        found: dict[str, Any] = {}
        for scheme in sorted({one.scheme for one in self.origins}):
            parts = {}
            for name in self.series:
                chosen = [one for one in self.origins if one.scheme == scheme and one.series == name]
                if chosen:
                    parts[name] = self._scores(self.series[name], chosen)
            gains = [part["gain_nats_per_act"]["value"] for part in parts.values() if part["acts_scored"]]
            found[scheme] = {"by_series": parts, "pooled_mean_gain": _round(float(np.mean(gains))) if gains else None}
        return found

    def _scores(self, series: Series, chosen: Sequence[Origin]) -> dict[str, Any]:
        assert self.system is not None
        gains: dict[str, float] = {}
        counts: dict[str, float] = {}
        totals: dict[str, float] = dict.fromkeys(("model", *BASELINES), 0.0)
        for one in chosen:
            if not one.edges:
                continue
            results = outcomes(series, one.day, one.model.states)
            own, acted = log_scores(one.model, results, one.edges)
            totals["model"] += float(own.sum())
            for name in BASELINES:
                other, _ = log_scores(one.baselines[name], results, one.edges)
                totals[name] += float(other.sum())
                if name == REFERENCE_BASELINE:
                    for state, gain, act in zip(one.model.states, own - other, acted, strict=True):
                        gains[state] = gains.get(state, 0.0) + float(gain)
                        counts[state] = counts.get(state, 0.0) + float(act)
        number = sum(counts.values())
        grouped = [list(cluster.members) for cluster in find_clusters(series, self.system)]
        taken = {member for members in grouped for member in members}
        blocks = [*grouped, *([state] for state in sorted(gains) if state not in taken)]
        value, low, high = bootstrap_gain(gains, counts, blocks)
        return {
            "origins": len(chosen),
            "acts_scored": int(number),
            "log_score_per_act": {name: _round(total / number) if number else None for name, total in totals.items()},
            "gain_nats_per_act": {
                "over": REFERENCE_BASELINE,
                "value": _round(value),
                "low90": _round(low),
                "high90": _round(high),
            },
            "brier": _brier(series, chosen),
            "rank": _rank(series, chosen),
            "coverage80": _coverage(series, chosen),
            "calibration": _calibration(series, chosen),
        }


def _round(value: float) -> float | None:
    return None if not math.isfinite(value) else round(value, 4)


def _told(name: str, series: Series) -> dict[str, Any]:
    return {
        "name": name,
        "polity": series.polity.slug,
        "claimed": series.claimed.isoformat(),
        "ends": series.ends.isoformat(),
        "acts": len(series.acts),
        "notes": list(series.notes),
        "rejects": [{"line": r.line, "who": r.who, "reason": r.reason} for r in series.rejects],
    }


def _origin_dict(one: Origin) -> dict[str, Any]:
    columns = [one.model.horizons.index(h) for h in HORIZONS]

    def summary(found: Forecast) -> dict[str, Any]:
        return {
            "expected": [_round(float(found.expected[c])) for c in columns],
            "interval80": [[float(found.low[c]), float(found.high[c])] for c in columns],
            "at_least_one": [_round(float(found.at_least_one[c])) for c in columns],
        }

    return {
        "series": one.series,
        "scheme": one.scheme,
        "origin": one.day.isoformat(),
        "known_acts": one.known,
        "fitted_on": list(one.fitted_on),
        "edges_days": list(one.edges),
        **summary(one.model),
        "baselines": {
            name: {
                **summary(found),
                "probability": {
                    s: [round(float(found.probability[r, c]), 6) for c in columns] for r, s in enumerate(found.states)
                },
            }
            for name, found in one.baselines.items()
        },
        "probability": {
            s: [round(float(one.model.probability[r, c]), 6) for c in columns] for r, s in enumerate(one.model.states)
        },
    }


def _covered(series: Series, one: Origin) -> list[int]:
    return [h for h in HORIZONS if one.day + dt.timedelta(days=h) <= series.ends]


def _brier(series: Series, chosen: Sequence[Origin]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name in ("model", REFERENCE_BASELINE):
        for horizon in HORIZONS:
            squares: list[float] = []
            for one in chosen:
                if horizon in _covered(series, one):
                    told = one.model if name == "model" else one.baselines[name]
                    p, y = brier(told, outcomes(series, one.day, told.states), horizon)
                    squares.extend((p - y) ** 2)
            found.setdefault(name, {})[str(horizon)] = _round(float(np.mean(squares))) if squares else None
    return found


def _rank(series: Series, chosen: Sequence[Origin]) -> dict[str, Any]:
    """Shares of the next recognisers of a year among the first tenth of states, and their mean percentile."""
    sums = np.zeros((2, 3))
    for one in chosen:
        results = outcomes(series, one.day, one.model.states)
        column = one.model.horizons.index(365)
        for row, told in enumerate((one.model, one.baselines[REFERENCE_BASELINE])):
            sums[row] += hits(told.probability[:, column], results, 365)
    if not sums[0, 2]:
        return {"acts": 0}
    share, other = sums[0, 0] / sums[0, 2], sums[1, 0] / sums[1, 2]
    return {
        "acts": int(sums[0, 2]),
        "lift_over_chance": _round(share / 0.1),
        "lift_over_region": _round(share / other) if other else None,
        "mean_percentile": _round(sums[0, 1] / sums[0, 2]),
        "mean_percentile_region": _round(sums[1, 1] / sums[1, 2]),
    }


def _coverage(series: Series, chosen: Sequence[Origin]) -> dict[str, Any]:
    inside = trials = 0
    for one in chosen:
        for horizon in _covered(series, one):
            after = [a for a in series.acts if a.latest > one.day]
            limit = one.day + dt.timedelta(days=horizon)
            least = sum(a.latest <= limit for a in after)
            most = sum(a.earliest <= limit for a in after)
            column = one.model.horizons.index(horizon)
            trials += 1
            inside += int(one.model.low[column] <= most and least <= one.model.high[column])
    low, high = binomial_interval(inside, trials)
    return {
        "inside": inside,
        "of": trials,
        "share": _round(inside / trials) if trials else None,
        "low95": _round(low),
        "high95": _round(high),
    }


def _calibration(series: Series, chosen: Sequence[Origin]) -> list[dict[str, Any]]:
    """Mean probability and share that acted, by class of the probability of 90 days."""
    pairs = [
        brier(one.model, outcomes(series, one.day, one.model.states), 90)
        for one in chosen
        if 90 in _covered(series, one)
    ]
    if not pairs:
        return []
    p, y = np.concatenate([a for a, _ in pairs]), np.concatenate([b for _, b in pairs])
    found = []
    for low, high in itertools.pairwise(_CALIBRATION_BOUNDS):
        inside = (p >= low) & (p < high)
        if inside.any():
            found.append(
                {
                    "from": low,
                    "to": high,
                    "states": int(inside.sum()),
                    "forecast": _round(float(p[inside].mean())),
                    "observed": _round(float(y[inside].mean())),
                }
            )
    return found


def origins_of(series: Series) -> list[dt.date]:
    """At most twelve days at the quantiles of the count of acts; for a series on bins, their bounds."""
    if series.polity.bins and series.scored_from is None:
        return [series.claimed - dt.timedelta(days=1), *series.polity.bins]
    last = max(
        series.polity.shock[1] if series.polity.shock else dt.date.min,
        series.scored_from - dt.timedelta(days=1) if series.scored_from else dt.date.min,
    )
    known = sorted(one.known for one in series.acts if one.known > last)
    if not known:
        return [series.claimed]
    picks = {known[min(len(known) - 1, math.ceil(len(known) * q / MOST_ORIGINS))] for q in range(MOST_ORIGINS)}
    days = sorted({*picks, last} if last > series.claimed else picks)[:MOST_ORIGINS]
    return [day for day in days if day < series.ends] or [series.claimed]


def _with_past(given: Series, shipped: Sequence[Series]) -> Series:
    """A series that goes on where a shipped one of the same polity ends: earlier recognisers are none at risk."""
    past = next((one for one in shipped if one.polity.slug == given.polity.slug), None)
    if past is None or not given.acts:
        return given
    begins = min(one.earliest for one in given.acts)
    own = {one.recogniser for one in given.acts}
    earlier = tuple(one for one in past.acts if one.latest < begins and one.recogniser not in own)
    if not earlier:
        return given
    absent = tuple(sorted({*given.absent, *past.absent} - own - {one.recogniser for one in earlier}))
    return replace(given, acts=(*earlier, *given.acts), absent=absent, scored_from=begins)


def _edges(series: Series, origin: dt.date) -> tuple[int, ...]:
    """Days after the origin that part the intervals of the score, within the span of the series."""
    span = (series.ends - origin).days
    if series.polity.bins:
        inner = [(bound - origin).days for bound in series.polity.bins if bound > origin]
        return (*inner, span) if not inner or span > inner[-1] else tuple(inner)
    inside = [h for h in HORIZONS if h <= span]
    return tuple(inside)


class _Bench:
    """Panels and fits, kept where they can serve again."""

    def __init__(self, shipped: Sequence[Series], system: StateSystem, priors: Priors) -> None:
        self.shipped, self.system, self.priors = shipped, system, priors
        self._panels: dict[tuple[str, dt.date], Panel] = {}
        self.last: WaveModel | None = None

    def panel(self, series: Series, day: dt.date) -> Panel:
        until = min(day, series.ends)
        key = (series.name, until)
        if key not in self._panels:
            made = make_panel(series.as_known(until), self.system, self.priors)
            if day < series.ends:
                return made
            self._panels[key] = made
        return self._panels[key]

    def fit(self, waves: Sequence[Series], day: dt.date) -> tuple[WaveModel, dict[str, Coefficients]]:
        """Fit on what was known of some waves on a day."""
        panels = {one.polity.slug: self.panel(one, day) for one in waves if one.claimed <= day}
        first = fit_model(panels, self.priors, start=self.last)
        known = [one.as_known(min(day, one.ends)) for one in waves if one.claimed <= day]
        membership = fit_membership(known, self.system, self.priors, first.solo.common)
        self.last = first
        model = WaveModel(
            solo=first.solo,
            arrivals=first.arrivals,
            membership=membership,
            priors=self.priors,
            fitted_on=first.fitted_on,
            acts=first.acts,
        )
        return model, fit_baselines(panels, self.priors)

    def origin(
        self, series: Series, day: dt.date, scheme: str, fitted: tuple[WaveModel, dict[str, Coefficients]], paths: int
    ) -> Origin:
        """One forecast with its baselines."""
        model, baselines = fitted
        known = series.as_known(day)
        panel = make_panel(known, self.system, self.priors)
        edges = _edges(series, day)
        horizons = tuple(sorted({*HORIZONS, *edges}))
        told = forecast(model, known, self.system, horizons=horizons, paths=paths, panel=panel)
        state = state_on(known, self.system, self.priors)
        terms = Terms(series.polity, series.claimed, self.system, self.priors)
        others = {
            name: forecast_baseline(name, baselines[name], panel, state, terms, self.system, horizons)
            for name in BASELINES
        }
        return Origin(
            series=series.name,
            scheme=scheme,
            day=day,
            known=len(known.acts),
            edges=edges,
            model=told,
            baselines=others,
            fitted_on=model.fitted_on,
        )


def backtest(
    shipped: Sequence[Series],
    system: StateSystem,
    *,
    given: Sequence[Series] = (),
    priors: Priors | None = None,
    paths: int = 300,
    schemes: Sequence[str] = _SCHEMES,
    told: Callable[[str], None] | None = None,
) -> Backtest:
    """Forecast the past of series and keep what came of it.

    Parameters
    ----------
    shipped : sequence of Series
        What models are fitted on. Without `given` they are also what is forecast, by each scheme.
    system : StateSystem
    given : sequence of Series
        Series that are forecast and never fitted on.
    priors : Priors, optional
    paths : int
        Simulated futures of each forecast.
    schemes : sequence of str
        `rolling`, `leave_one_out`.
    told : callable, optional
        Takes a line of progress.
    """
    bench = _Bench(shipped, system, priors or load_priors())
    found = Backtest(system=system)
    for one in given or shipped:
        series = _with_past(one, shipped) if given else one
        found.series[series.name] = series
        others = [other for other in shipped if other.polity.slug != series.polity.slug]
        whole = bench.fit(others, dt.date.max) if given or "leave_one_out" in schemes else None
        for day in origins_of(series):
            if whole is not None:
                found.origins.append(bench.origin(series, day, "given" if given else "leave_one_out", whole, paths))
            if not given and "rolling" in schemes:
                fitted = bench.fit(list(shipped), day)
                found.origins.append(bench.origin(series, day, "rolling", fitted, paths))
            if told is not None:
                told(f"{series.name} {day}")
    return found
