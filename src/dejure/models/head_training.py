"""Fitting the heads of the deed model. Needs the extra `[training]`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from dejure.errors import MissingExtra

__all__ = ["Fitted", "fit_chance", "fit_classes", "fit_lists"]

Array = npt.NDArray[np.float32]
#: Classes, rows of features, weights, weights of numbers, bias.
Fitted = tuple[tuple[str, ...], dict[str, int], Array, Array, Array]
#: A feature must stand in so many training examples.
_LEAST_SEEN = 2
_ROUNDS = 120
#: How much more the numbers of a vector count than named features, whose values are about 1.
_NUMBERS = 3.0


def _sparse() -> Any:
    try:
        from scipy import sparse
    except ImportError as error:
        raise MissingExtra("training needs scipy", value="training", cure="pip install 'dejure[training]'") from error
    return sparse


def _regression(strength: float, balanced: bool) -> Any:
    try:
        from sklearn.linear_model import LogisticRegression
    except ImportError as error:
        raise MissingExtra(
            "training needs scikit-learn", value="training", cure="pip install 'dejure[training]'"
        ) from error
    return LogisticRegression(C=strength, max_iter=_ROUNDS, class_weight="balanced" if balanced else None)


def _rows(examples: Sequence[Mapping[str, float]]) -> dict[str, int]:
    seen = Counter(name for example in examples for name in example)
    return {name: row for row, name in enumerate(sorted(n for n, count in seen.items() if count >= _LEAST_SEEN))}


def _table(examples: Sequence[Mapping[str, float]], rows: Mapping[str, int], numbers: Array) -> Any:
    sparse = _sparse()
    cells = [(i, rows[n], v) for i, example in enumerate(examples) for n, v in sorted(example.items()) if n in rows]
    named = sparse.csr_matrix(
        ([v for _, _, v in cells], ([i for i, _, _ in cells], [j for _, j, _ in cells])),
        shape=(len(examples), len(rows)), dtype=np.float64,
    )  # fmt: skip
    return sparse.hstack([named, sparse.csr_matrix(numbers * _NUMBERS)]).tocsr() if numbers.shape[1] else named


def _parted(
    classes: tuple[str, ...], rows: dict[str, int], weights: npt.NDArray[Any], bias: npt.NDArray[Any]
) -> Fitted:
    named = weights[: len(rows)].astype(np.float16).astype(np.float32)
    dense = (weights[len(rows) :] * _NUMBERS).astype(np.float16).astype(np.float32)
    return classes, rows, named, dense, bias.astype(np.float32)


def fit_classes(
    examples: Sequence[Mapping[str, float]], numbers: Array, labels: Sequence[str], strength: float
) -> Fitted:
    """Multinomial logistic regression, L2 penalty.

    Parameters
    ----------
    examples : sequence of mapping
        Value by feature name.
    numbers : array, (examples, numbers)
        What every example has beside; may have no columns.
    labels : sequence of str
    strength : float
        Inverse of the penalty.

    Raises
    ------
    MissingExtra
        If scikit-learn is not installed.
    """
    rows = _rows(examples)
    model = _regression(strength, balanced=False)
    model.fit(_table(examples, rows, numbers), list(labels))
    return _parted(tuple(str(name) for name in model.classes_), rows, model.coef_.T, model.intercept_)


def fit_chance(
    examples: Sequence[Mapping[str, float]], numbers: Array, holds: Sequence[bool], strength: float, *, balanced: bool
) -> Fitted:
    """Logistic regression of one thing that holds or not; parameters as of `fit_classes`.

    Raises
    ------
    MissingExtra
        If scikit-learn is not installed.
    """
    rows = _rows(examples)
    model = _regression(strength, balanced)
    model.fit(_table(examples, rows, numbers), [bool(one) for one in holds])
    return _parted(("holds",), rows, model.coef_.T, model.intercept_)


def fit_lists(
    examples: Sequence[Mapping[str, float]], numbers: Array, lists: Sequence[int], is_right: Sequence[bool],
    penalty: float,
) -> Fitted:  # fmt: skip
    """Weights by which the right members of each list come out ahead: the likelihood of a softmax over each list.

    Parameters
    ----------
    lists : sequence of int
        Which list an example belongs to; those of one list stand together.
    is_right : sequence of bool
        Several of a list may be right; lists with none are left out.
    penalty : float
        Of the squared weights.

    Raises
    ------
    MissingExtra
        If scipy is not installed.
    """
    _sparse()
    from scipy.optimize import minimize

    rows = _rows(examples)
    table = _table(examples, rows, numbers)
    right = np.asarray(is_right, dtype=np.float64)
    starts = np.flatnonzero(np.r_[True, np.diff(np.asarray(lists)) != 0])
    members = np.diff(np.r_[starts, len(right)])
    kept = np.repeat(np.add.reduceat(right, starts) > 0, members).astype(np.float64)

    def loss(weights: npt.NDArray[np.float64]) -> tuple[float, npt.NDArray[np.float64]]:
        scores = table @ weights
        powers = np.exp(scores - np.repeat(np.maximum.reduceat(scores, starts), members))
        whole = np.add.reduceat(powers, starts)
        hit = np.maximum(np.add.reduceat(powers * right, starts), 1e-12)
        slope = (powers / np.repeat(whole, members) - powers * right / np.repeat(hit, members)) * kept
        missed = ((np.log(whole) - np.log(hit)) * (kept[starts] > 0)).sum()
        return float(missed + penalty / 2 * weights @ weights), table.T @ slope + penalty * weights

    found = minimize(loss, np.zeros(table.shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": _ROUNDS})
    return _parted(("part",), rows, found.x[:, None], np.zeros(1))
