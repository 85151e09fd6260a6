"""The interval-censored likelihood of a piecewise constant hazard, with its analytic derivatives.

State i with hazard `exp(x'b)` on each spell contributes, for an act between l and u, `log(S(l) - S(u))`: minus its
cumulative hazard H(l) before, plus `log(1 - exp(-(H(u) - H(l))))`; without an act, `log S(end)`. Where u is the day
after l this is the complementary log-log model of grouped survival times (Prentice and Gloeckler 1978).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

__all__ = ["Spells", "log_likelihood"]

Array = npt.NDArray[np.float64]

_SMALLEST_HAZARD = 1e-300


@dataclass(frozen=True, slots=True)
class Spells:
    """Rows of a likelihood: pieces of time over which the terms of a state do not change.

    Attributes
    ----------
    terms : array of shape (rows, terms)
    exposure_days : array of shape (rows,)
    act : array of int, shape (rows,)
        -1 where the state is known not to have acted, else the number of the act that lies in the piece.
    weight : array of shape (rows,)
        1, or one over the number of imputations.
    """

    terms: Array
    exposure_days: Array
    act: npt.NDArray[np.int64]
    weight: Array

    @property
    def acts(self) -> int:
        """How many acts (over all imputations)."""
        return int(self.act.max()) + 1 if len(self.act) else 0

    def columns(self, chosen: npt.NDArray[np.int64]) -> Spells:
        """The same rows with some of the terms."""
        return Spells(self.terms[:, chosen], self.exposure_days, self.act, self.weight)

    @staticmethod
    def joined(parts: list[Spells]) -> Spells:
        """Rows of several, acts numbered on."""
        shifted, shift = [], 0
        for part in parts:
            shifted.append(np.where(part.act >= 0, part.act + shift, -1))
            shift += part.acts
        return Spells(
            np.concatenate([part.terms for part in parts]),
            np.concatenate([part.exposure_days for part in parts]),
            np.concatenate(shifted),
            np.concatenate([part.weight for part in parts]),
        )


def log_likelihood(coefficients: Array, spells: Spells) -> tuple[float, Array, Array]:
    """Log likelihood, gradient and Hessian.

    Parameters
    ----------
    coefficients : array of shape (terms,)
    spells : Spells

    Returns
    -------
    tuple of (float, array of shape (terms,), array of shape (terms, terms))
    """
    hazard = np.exp(np.clip(spells.terms @ coefficients, -50, 20)) * spells.exposure_days
    inside = spells.act >= 0
    count = spells.acts
    factor = -spells.weight * hazard
    value = float(factor[~inside].sum())
    if count == 0:
        weighted = spells.terms * factor[:, None]
        return value, weighted.sum(axis=0), spells.terms.T @ weighted
    numbers = spells.act[inside]
    within = hazard[inside]
    total = np.maximum(np.bincount(numbers, weights=within, minlength=count), _SMALLEST_HAZARD)
    weight = np.zeros(count)
    weight[numbers] = spells.weight[inside]
    value += float((weight * np.log(-np.expm1(-total))).sum())
    slope = 1.0 / np.expm1(np.minimum(total, 500.0))
    bend = -(slope + slope**2)
    factor[inside] = weight[numbers] * slope[numbers] * within
    weighted = spells.terms * factor[:, None]
    hessian = spells.terms.T @ weighted
    sums = np.zeros((count, spells.terms.shape[1]))
    np.add.at(sums, numbers, spells.terms[inside] * within[:, None])
    hessian += sums.T @ (sums * (weight * bend)[:, None])
    return value, weighted.sum(axis=0), hessian
