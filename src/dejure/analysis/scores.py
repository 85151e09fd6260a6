"""How good forecasts were: log score, Brier score, calibration, coverage, rank.

The log score of a state is the log of the probability that the forecast gave to the interval in which its act lies, by
the edges of the forecast; of a state that did not act, of that. Sums are divided by the number of acts, in nats.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from dejure.analysis.acts import Series
from dejure.analysis.forecast import Forecast

__all__ = ["Outcome", "binomial_interval", "bootstrap_gain", "brier", "hits", "log_scores", "outcomes"]

Array = npt.NDArray[np.float64]

#: Acts known only within a wider interval have no place in a rank.
WIDEST_RANKED_DAYS = 30
_LEAST = 1e-9


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a state did after an origin: first and last possible day of its act, counted from the origin, or None."""

    state: str
    low: int | None
    high: int | None


def outcomes(series: Series, origin: dt.date, states: Sequence[str]) -> list[Outcome]:
    """Outcome of each state after an origin."""
    acts = {one.recogniser: one for one in series.acts}
    found = []
    for state in states:
        act = acts.get(state)
        if act is None or act.latest <= origin:
            found.append(Outcome(state, None, None))
        else:
            found.append(Outcome(state, max(1, (act.earliest - origin).days), (act.latest - origin).days))
    return found


def log_scores(forecast: Forecast, results: Sequence[Outcome], edges: Sequence[int]) -> tuple[Array, Array]:
    """Log score of each state, and whether it acted by the last edge.

    Parameters
    ----------
    forecast : Forecast
        With the edges among its horizons.
    results : sequence of Outcome
        In the order of its states.
    edges : sequence of int
        Days that part the intervals; beyond the last nothing is asked.
    """
    columns = [forecast.horizons.index(edge) for edge in edges]
    reached = np.concatenate([np.zeros((len(results), 1)), forecast.probability[:, columns]], axis=1)
    reached = np.maximum.accumulate(reached, axis=1)
    scores, acted = np.zeros(len(results)), np.zeros(len(results), dtype=bool)
    for row, one in enumerate(results):
        if one.low is None or one.high is None or one.low > edges[-1]:
            chance = 1 - reached[row, -1]
        else:
            below = int(np.searchsorted(edges, one.low, side="left"))
            above = int(np.searchsorted(edges, one.high, side="left")) + 1
            chance = (1.0 if above > len(edges) else reached[row, above]) - reached[row, below]
            acted[row] = one.high <= edges[-1]
        scores[row] = np.log(max(_LEAST, chance))
    return scores, acted.astype(float)


def brier(forecast: Forecast, results: Sequence[Outcome], horizon: int) -> tuple[Array, Array]:
    """Probability and outcome (0, 1) of each state at a horizon; acts whose interval straddles it are left out."""
    column = forecast.horizons.index(horizon)
    pairs = [
        (forecast.probability[row, column], float(one.low is not None and (one.high or 0) <= horizon))
        for row, one in enumerate(results)
        if one.low is None or one.low > horizon or (one.high or 0) <= horizon
    ]
    return np.array([p for p, _ in pairs]), np.array([y for _, y in pairs])


def hits(score: Array, results: Sequence[Outcome], horizon: int, share: float = 0.1) -> tuple[float, float, int]:
    """Where the next recognisers stand in a ranking.

    Returns
    -------
    tuple of (float, float, int)
        Acts in the top share of the ranking, sum of their percentiles (1 best), and how many acts there were; equal
        scores count as their mean place, and acts that are too wide or lie beyond the horizon are left out.
    """
    chosen = [
        row
        for row, one in enumerate(results)
        if one.low is not None
        and one.high is not None
        and one.high <= horizon
        and one.high - one.low <= WIDEST_RANKED_DAYS
    ]
    if not chosen or len(score) < 2:
        return 0.0, 0.0, 0
    places = max(1.0, share * len(score))
    found, percentiles = 0.0, 0.0
    for row in chosen:
        above, equal = int((score > score[row] + 1e-12).sum()), int((np.abs(score - score[row]) <= 1e-12).sum())
        found += float(np.clip((places - above) / equal, 0.0, 1.0))
        percentiles += 1 - (above + (equal - 1) / 2) / (len(score) - 1)
    return found, percentiles, len(chosen)


def bootstrap_gain(
    gains: Mapping[str, float],
    acts: Mapping[str, float],
    blocks: Sequence[Sequence[str]],
    *,
    draws: int = 2000,
    seed: int = 1,
) -> tuple[float, float, float]:
    """Gain in nats per act with a 90 % interval.

    Parameters
    ----------
    gains, acts : mappings of str to float
        Per state: summed difference in log score, and how often it acted, over all origins.
    blocks : sequence of sequence of str
        States that are drawn together: members of a coordinated act, else each alone.
    """
    if not blocks:
        return float("nan"), float("nan"), float("nan")
    of_block = np.array(
        [[sum(gains.get(s, 0.0) for s in block), sum(acts.get(s, 0.0) for s in block)] for block in blocks]
    )
    total = of_block.sum(axis=0)
    if total[1] == 0:
        return float("nan"), float("nan"), float("nan")
    random = np.random.default_rng(seed)
    drawn = random.multinomial(len(blocks), np.full(len(blocks), 1 / len(blocks)), size=draws) @ of_block
    ratio = drawn[:, 0] / np.maximum(drawn[:, 1], 1.0)
    low, high = np.quantile(ratio, [0.05, 0.95])
    return float(total[0] / total[1]), float(low), float(high)


def binomial_interval(successes: int, trials: int, level: float = 0.95) -> tuple[float, float]:
    """Wilson's interval for a share (Wilson 1927)."""
    if trials == 0:
        return 0.0, 1.0
    z = {0.95: 1.959964, 0.9: 1.644854}[level]
    share = successes / trials
    centre = (share + z * z / (2 * trials)) / (1 + z * z / trials)
    half = z * np.sqrt(share * (1 - share) / trials + z * z / (4 * trials**2)) / (1 + z * z / trials)
    return float(max(0.0, centre - half)), float(min(1.0, centre + half))
