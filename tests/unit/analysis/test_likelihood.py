"""The likelihood against its definition, its derivatives against differences, and against statsmodels."""

from __future__ import annotations

import warnings

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dejure.analysis.fit import fit_spells
from dejure.analysis.likelihood import Spells, log_likelihood


def invented(seed: int, rows: int = 400, acts: int = 40) -> Spells:
    random = np.random.default_rng(seed)
    terms = np.column_stack([np.ones(rows), random.normal(size=(rows, 3))])
    act = np.full(rows, -1)
    act[random.choice(rows, size=2 * acts, replace=False)] = np.tile(np.arange(acts), 2)
    return Spells(terms, random.uniform(0.5, 30, size=rows), act, np.ones(rows))


def test_it_is_survival_before_and_the_interval_of_the_act() -> None:
    spells = Spells(np.ones((3, 1)), np.array([10.0, 4.0, 6.0]), np.array([-1, 0, 0]), np.ones(3))
    hazard = 0.02
    value, _, _ = log_likelihood(np.array([np.log(hazard)]), spells)
    survives = lambda days: np.exp(-hazard * days)  # noqa: E731
    assert value == pytest.approx(np.log(survives(10) - survives(20)))


@settings(max_examples=20, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_gradient_and_hessian_are_those_of_the_value(seed: int) -> None:
    spells = invented(seed, rows=60, acts=8)
    at = np.array([-4.0, 0.3, -0.2, 0.1])
    _, gradient, hessian = log_likelihood(at, spells)
    step = 1e-5
    for place in range(4):
        moved = np.eye(4)[place] * step
        up, down = log_likelihood(at + moved, spells), log_likelihood(at - moved, spells)
        assert gradient[place] == pytest.approx((up[0] - down[0]) / (2 * step), rel=1e-4, abs=1e-4)
        np.testing.assert_allclose(hessian[place], (up[1] - down[1]) / (2 * step), rtol=1e-3, atol=1e-3)


def test_it_agrees_with_the_complementary_log_log_model_where_days_are_exact() -> None:
    sm = pytest.importorskip("statsmodels.api")
    random = np.random.default_rng(5)
    rows = 3000
    terms = np.column_stack([np.ones(rows), random.normal(size=(rows, 2))])
    hazard = np.exp(terms @ np.array([-3.0, 0.5, -0.4]))
    acted = random.random(rows) < -np.expm1(-hazard)
    act = np.full(rows, -1)
    act[acted] = np.arange(acted.sum())
    spells = Spells(terms, np.ones(rows), act, np.ones(rows))
    ours = fit_spells({"one": spells}, np.zeros(3), np.full(3, 1e4), 1e-7)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        family = sm.families.Binomial(link=sm.families.links.CLogLog())
        theirs = sm.GLM(acted.astype(float), terms, family=family).fit()
    np.testing.assert_allclose(ours.common, theirs.params, atol=1e-3)
    np.testing.assert_allclose(np.sqrt(np.diag(ours.covariance)), theirs.bse, rtol=0.05)


def test_joined_rows_count_acts_on() -> None:
    one, two = invented(1, rows=60, acts=8), invented(2, rows=60, acts=8)
    at = np.array([-4.0, 0.3, -0.2, 0.1])
    both = log_likelihood(at, Spells.joined([one, two]))[0]
    assert both == pytest.approx(log_likelihood(at, one)[0] + log_likelihood(at, two)[0])


def test_waves_without_acts_give_the_prior() -> None:
    none = Spells(np.zeros((0, 2)), np.zeros(0), np.zeros(0, dtype=int), np.zeros(0))
    found = fit_spells({"none": none}, np.array([-5.0, 1.0]), np.array([1.0, 0.5]), 0.5)
    np.testing.assert_allclose(found.common, [-5.0, 1.0], atol=1e-6)
    np.testing.assert_allclose(np.sqrt(np.diag(found.covariance)), [1.0, 0.5], rtol=1e-3)
