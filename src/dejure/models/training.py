"""Fitting the linear head, and how well probabilities hold. Needs the extra `[training]`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from dejure.errors import MissingExtra
from dejure.models.linear import Array, LinearHead

__all__ = ["best_temperature", "calibration_error", "fit_head", "macro_f1", "shares_of"]

#: A feature must stand in so many training examples.
_LEAST_SEEN = 2
_STRENGTH = 0.5
_ROUNDS = 400
#: Weight of the lexicon's record beside the fitted weights, and examples that its smoothing counts as.
_RECORD_WEIGHT, _RECORD_SMOOTHING = 0.4, 5.0
_BINS = 15


def fit_head(
    examples: Sequence[Mapping[str, float]], labels: Sequence[str], weights: Sequence[float], record_prefix: str
) -> LinearHead:
    """Multinomial logistic regression, L2 penalty, balanced classes; then the record of the lexicon is added.

    Features that begin with `record_prefix` name the lexicon's own answer and how well its reading fits. A penalised
    fit spreads their weight over thousands of words that go with them; to the fitted weights of each is therefore added
    the logarithm of how the labels of its training examples are distributed, smoothed and scaled, as in a product of
    experts (Hinton 2002).

    Parameters
    ----------
    examples : sequence of mapping
        Value by feature name.
    labels : sequence of str
    weights : sequence of float
        How much each example counts.
    record_prefix : str
        Only features of this beginning that hold a "|" are records; the answer stands between the two.

    Raises
    ------
    MissingExtra
        If scikit-learn is not installed.
    """
    try:
        from scipy import sparse
        from sklearn.linear_model import LogisticRegression
    except ImportError as error:
        raise MissingExtra(
            "training needs scikit-learn", value="training", cure="pip install 'dejure[training]'"
        ) from error
    seen = Counter(name for example in examples for name in example)
    rows = {name: row for row, name in enumerate(sorted(n for n, count in seen.items() if count >= _LEAST_SEEN))}
    cells = [(i, rows[n], v) for i, example in enumerate(examples) for n, v in sorted(example.items()) if n in rows]
    table = sparse.csr_matrix(
        ([v for _, _, v in cells], ([i for i, _, _ in cells], [j for _, j, _ in cells])),
        shape=(len(examples), len(rows)), dtype=np.float64,
    )  # fmt: skip
    model: Any = LogisticRegression(C=_STRENGTH, max_iter=_ROUNDS, class_weight="balanced")
    model.fit(table, list(labels), sample_weight=list(weights))
    classes = tuple(str(name) for name in model.classes_)
    fitted: Array = model.coef_.T.astype(np.float32)
    bias = rows.get("bias")
    if bias is not None:
        fitted[bias] += model.intercept_.astype(np.float32)
    _add_records(fitted, rows, classes, examples, labels, record_prefix)
    return LinearHead(classes, rows, fitted.astype(np.float16).astype(np.float32), 1.0)


def _add_records(
    fitted: Array, rows: Mapping[str, int], classes: tuple[str, ...], examples: Sequence[Mapping[str, float]],
    labels: Sequence[str], prefix: str,
) -> None:  # fmt: skip
    told: dict[str, Counter[str]] = {}
    right: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for example, label in zip(examples, labels, strict=True):
        for name in example:
            if name.startswith(prefix) and "|" in name:
                answer, trust = name[len(prefix) :].split("|")
                told.setdefault(name, Counter())[label] += 1
                right[trust] += answer == label
                total[trust] += 1
    for name, counted in told.items():
        if name in rows:
            answer, trust = name[len(prefix) :].split("|")
            expected = _expected(classes, answer, right[trust] / total[trust])
            counts = np.array([counted[one] for one in classes])
            share = (counts + _RECORD_SMOOTHING * expected) / (counts.sum() + _RECORD_SMOOTHING)
            fitted[rows[name]] += (_RECORD_WEIGHT * np.log(share)).astype(np.float32)


def _expected(classes: tuple[str, ...], answer: str, right: float) -> np.ndarray[Any, Any]:
    if answer not in classes:
        return np.full(len(classes), 1.0 / len(classes))
    right = min(0.98, max(0.05, right))
    shares = np.full(len(classes), (1.0 - right) / (len(classes) - 1))
    shares[classes.index(answer)] = right
    return shares


def shares_of(logits: Any) -> Any:
    """Softmax by rows."""
    powers = np.exp(logits - np.max(logits, axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


def best_temperature(logits: Any, places: Sequence[int]) -> float:
    """What logits are divided by to make held-back labels likeliest (Guo et al. 2017), searched on a grid.

    Parameters
    ----------
    logits : array-like, (examples, classes)
    places : sequence of int
        The right class of each example.
    """
    table, right = np.asarray(logits, dtype=np.float64), np.asarray(places)
    trials = [float(temperature) for temperature in np.geomspace(0.4, 8.0, 61)]
    losses = [-np.log(np.maximum(shares_of(table / t)[np.arange(len(right)), right], 1e-9)).mean() for t in trials]
    return round(trials[int(np.argmin(losses))], 4)


def calibration_error(sure: Sequence[float], is_right: Sequence[bool], bins: int = _BINS) -> float:
    """Mean distance of confidence and share right, over bins of equal mass (Naeini et al. 2015)."""
    order = np.argsort(np.asarray(sure), kind="stable")
    parts = [part for part in np.array_split(order, bins) if len(part)]
    told, right = np.asarray(sure), np.asarray(is_right, dtype=float)
    return float(sum(len(p) * abs(told[p].mean() - right[p].mean()) for p in parts) / max(1, len(order)))


def macro_f1(gold: Sequence[str], found: Sequence[str]) -> float:
    """Unweighted mean of F1 over all labels of either side."""
    scores = []
    for label in sorted(set(gold) | set(found)):
        both = sum(g == label == f for g, f in zip(gold, found, strict=True))
        total = sum(g == label for g in gold) + sum(f == label for f in found)
        scores.append(2 * both / total if total else 0.0)
    return sum(scores) / len(scores) if scores else 0.0
