#!/usr/bin/env python3
"""Measure the wave model: backtest, level and power of the test of contagion, calibration by simulation, times.

    OPENBLAS_NUM_THREADS=1 .venv/bin/python benchmarks/waves.py backtest|level|power|calibration|times [--seconds N]

`level`, `power` and `calibration` go on where they stopped: each data set is kept in benchmarks/results/waves_TASK.json
under its seed, and a run ends after N seconds.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "src"))
RESULTS = ROOT / "benchmarks/results"

from dejure.analysis.acts import Series, shipped_series  # noqa: E402
from dejure.analysis.backtest import backtest  # noqa: E402
from dejure.analysis.contagion import contagion_test, null_model  # noqa: E402
from dejure.analysis.fit import fit_spells  # noqa: E402
from dejure.analysis.panel import make_panel  # noqa: E402
from dejure.analysis.scores import binomial_interval  # noqa: E402
from dejure.analysis.simulation import as_series, simulate_contagion, simulate_from_terms  # noqa: E402
from dejure.analysis.states import state_system  # noqa: E402
from dejure.analysis.store import inputs_hash  # noqa: E402
from dejure.analysis.terms import TERMS, Terms, load_priors  # noqa: E402
from dejure.analysis.wave import ask_wave  # noqa: E402

SYSTEM = state_system()
LEVEL_SETS, POWER_SETS, CALIBRATION_SETS = 500, 100, 500
RATIOS = (1.25, 1.5, 2.0, 2.5, 3.0)
WAVE = "kosovo"
DAYS = 1461


def _wave(name: str) -> Series:
    return next(one for one in shipped_series(SYSTEM) if one.name == name)


def resumed(task: str, wanted: list[str], seconds: float, one: Callable[[str], Any]) -> dict[str, Any]:
    """Measure each key that is not kept yet, for so long."""
    path = RESULTS / f"waves_{task}.json"
    kept = json.loads(path.read_text()) if path.exists() else {}
    if kept.get("inputs_sha256") != inputs_hash():
        kept = {"inputs_sha256": inputs_hash(), "sets": {}}
    end = time.monotonic() + seconds
    for key in wanted:
        if key not in kept["sets"]:
            if time.monotonic() > end:
                break
            kept["sets"][key] = one(key)
            if len(kept["sets"]) % 20 == 0:
                path.write_text(json.dumps(kept, indent=1) + "\n")
    done = {key: kept["sets"][key] for key in wanted if key in kept["sets"]}
    print(f"{task}: {len(done)} of {len(wanted)}")
    kept["summary"] = SUMMARIES[task](done)
    path.write_text(json.dumps(kept, indent=1) + "\n")
    print(json.dumps(kept["summary"], indent=1))
    return done


def _null() -> tuple[Any, Series]:
    series = _wave(WAVE)
    whole = series.as_known(series.ends)
    cut = whole.as_known(series.claimed.fromordinal(series.claimed.toordinal() + DAYS - 1))
    return null_model(cut, SYSTEM)[0], cut


def _tested(null: Any, template: Series, seed: int, ratio: float, draws: int) -> float:
    random = np.random.default_rng([seed, round(ratio * 100)])
    days, _ = simulate_contagion(null, random, ratio)
    made = as_series(days, template, SYSTEM, null.end)
    return contagion_test(made, SYSTEM, draws=draws, seed=seed, permute=False).p_bootstrap


def level(seconds: float) -> None:
    """Share of data sets without contagion, with coordinated acts, in which the test says there is."""
    null, template = _null()
    keys = [str(seed) for seed in range(LEVEL_SETS)]
    resumed("level", keys, seconds, lambda key: round(_tested(null, template, int(key), 1.0, 499), 4))


def power(seconds: float) -> None:
    """Share of data sets with contagion that the test finds, by hazard ratio."""
    null, template = _null()
    keys = [f"{ratio}:{seed}" for seed in range(POWER_SETS) for ratio in RATIOS]
    resumed(
        "power",
        keys,
        seconds,
        lambda key: round(_tested(null, template, 10_000 + int(key.split(":")[1]), float(key.split(":")[0]), 199), 4),
    )


def calibration(seconds: float) -> None:
    """Rank of each coefficient, drawn from its prior, in its posterior (simulation-based calibration)."""
    priors = load_priors()
    series = _wave(WAVE)
    terms = Terms(series.polity, series.claimed, SYSTEM, priors)
    chosen = [
        n
        for n in TERMS
        if n
        not in (
            "relations",
            "relations_log_time",
            "recent",
            "new_state_relations",
            "intends",
            "conditional",
            "considers",
            "refuses",
            "among_supplied",
        )
    ]
    places = np.array([TERMS.index(name) for name in chosen])
    mean, scale = priors.mean[places].copy(), priors.scale[places].copy()
    mean[0], scale[0] = -8.5, 0.7

    def one(key: str) -> dict[str, float]:
        random = np.random.default_rng(int(key))
        truth = np.zeros(len(TERMS))
        truth[places] = random.normal(mean, scale)
        made = as_series(simulate_from_terms(terms, truth, DAYS, random), series, SYSTEM, DAYS)
        spells = make_panel(made, SYSTEM, priors).every.columns(places)
        # One wave: its own deviation is held at next to nothing, so that the common coefficient is the wave's.
        fitted = fit_spells({"own": spells}, mean, scale, 1e-3)
        spread = np.sqrt(np.diag(fitted.covariance))
        from math import erf

        return {
            name: round(0.5 * (1 + erf((truth[place] - value) / sd / 2**0.5)), 4)
            for name, place, value, sd in zip(chosen, places, fitted.common, spread, strict=True)
        }

    resumed("calibration", [str(seed) for seed in range(CALIBRATION_SETS)], seconds, one)


def _level_summary(done: dict[str, Any]) -> dict[str, Any]:
    found = sum(p <= 0.05 for p in done.values())
    low, high = binomial_interval(found, len(done))
    return {
        "nominal": 0.05,
        "data_sets": len(done),
        "rejected": found,
        "share": round(found / max(1, len(done)), 4),
        "low95": round(low, 4),
        "high95": round(high, 4),
        "bootstrap_draws": 499,
    }


def _power_summary(done: dict[str, Any]) -> dict[str, Any]:
    found = {}
    for ratio in RATIOS:
        values = [p for key, p in done.items() if float(key.split(":")[0]) == ratio]
        hits = sum(p <= 0.05 for p in values)
        low, high = binomial_interval(hits, len(values))
        found[str(ratio)] = {
            "data_sets": len(values),
            "share": round(hits / max(1, len(values)), 3),
            "low95": round(low, 3),
            "high95": round(high, 3),
        }
    return {"bootstrap_draws": 199, "by_hazard_ratio": found}


def _calibration_summary(done: dict[str, Any]) -> dict[str, Any]:
    """Share of truths within the central 80 and 95 % of the posterior, and the largest distance of ranks from even."""
    found = {}
    for name in next(iter(done.values()), {}):
        ranks = np.sort([one[name] for one in done.values()])
        even = (np.arange(len(ranks)) + 0.5) / len(ranks)
        found[name] = {
            "in80": round(float(((ranks > 0.1) & (ranks < 0.9)).mean()), 3),
            "in95": round(float(((ranks > 0.025) & (ranks < 0.975)).mean()), 3),
            "largest_distance": round(float(np.abs(ranks - even).max()), 3),
        }
    return {"data_sets": len(done), "critical_distance_95": round(1.36 / max(1, len(done)) ** 0.5, 3), "terms": found}


SUMMARIES = {"level": _level_summary, "power": _power_summary, "calibration": _calibration_summary}


def measure_backtest(_seconds: float) -> None:
    """The shipped backtest, with its time."""
    start = time.monotonic()
    found = backtest(shipped_series(SYSTEM), SYSTEM).to_dict()
    path = RESULTS / "waves_backtest.json"
    path.write_text(
        json.dumps(
            {"inputs_sha256": inputs_hash(), "seconds": round(time.monotonic() - start), "scores": found["scores"]},
            indent=1,
        )
        + "\n"
    )
    print(json.dumps(found["scores"], indent=1))


def times(_seconds: float) -> None:
    """Seconds of a forecast, tables warm."""
    import datetime as dt

    ask_wave("kosovo", dt.date(2026, 1, 1))
    start = time.monotonic()
    ask_wave("afghanistan-islamic-emirate", dt.date(2025, 7, 4))
    told = {"forecast_seconds": round(time.monotonic() - start, 2)}
    (RESULTS / "waves_times.json").write_text(json.dumps(told) + "\n")
    print(told)


if __name__ == "__main__":
    tasks = {"backtest": measure_backtest, "level": level, "power": power, "calibration": calibration, "times": times}
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("task", choices=tasks)
    parser.add_argument("--seconds", type=float, default=800)
    arguments = parser.parse_args()
    tasks[arguments.task](arguments.seconds)
