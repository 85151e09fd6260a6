"""The wave model as shipped: coefficients fitted to the whole shipped history, kept as JSON.

A forecast of a day before the last shipped act, other covariates or other tables need a fit of their own. The file
names the hash of everything that it was made from; where that differs, nothing of it is used.
"""

from __future__ import annotations

import functools
import hashlib
import json
from collections.abc import Sequence
from dataclasses import replace
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from dejure.analysis.acts import Series
from dejure.analysis.baselines import fit_baselines
from dejure.analysis.fit import Coefficients, WaveModel, fit_model
from dejure.analysis.membership import fit_membership
from dejure.analysis.panel import make_panel
from dejure.analysis.states import StateSystem
from dejure.analysis.terms import Priors, load_priors
from dejure.errors import ModelError

__all__ = ["POOLINGS", "Fitted", "fit_all", "inputs_hash", "load_shipped", "write_shipped"]

Array = npt.NDArray[np.float64]
Fitted = tuple[WaveModel, dict[str, Coefficients]]

#: Other prior scales under which the answer is shown as well.
POOLINGS = (0.25, 1.0)
_FILE = "wave_model.json"
_INPUTS = (
    "contested_polities.csv",
    "crosswalk.csv",
    "general_assembly_votes.csv.gz",
    "history.csv",
    "organisation_members.csv",
    "polities.csv",
    "state_neighbours.csv",
    "state_traits.csv",
    "successions.csv",
)


@functools.cache
def inputs_hash() -> str:
    """SHA-256 over the tables and priors that a fit depends on."""
    digest = hashlib.sha256()
    for name in _INPUTS:
        entry = resources.files("dejure.reference").joinpath("data", name)
        digest.update(name.encode() + b"\0" + (entry.read_bytes() if entry.is_file() else b"") + b"\0")
    digest.update(resources.files("dejure.analysis").joinpath("data", "wave_priors.toml").read_bytes())
    return digest.hexdigest()


def fit_all(shipped: Sequence[Series], system: StateSystem, priors: Priors) -> Fitted:
    """Fit model and baselines to some series as they stand."""
    panels = {one.polity.slug: make_panel(one.as_known(one.ends), system, priors) for one in shipped}
    first = fit_model(panels, priors)
    membership = fit_membership(shipped, system, priors, first.solo.common)
    return replace(first, membership=membership), fit_baselines(panels, priors)


def write_shipped(path: Path, shipped: Sequence[Series], system: StateSystem) -> None:
    """Fit every variant and write the file: all series, each left out, other scales of pooling."""
    priors = load_priors()
    variants = {"all": fit_all(shipped, system, priors)}
    for one in shipped:
        variants[f"without {one.name}"] = fit_all([other for other in shipped if other is not one], system, priors)
    for pooling in POOLINGS:
        changed = replace(priors, settings={**priors.settings, "pooling": pooling})
        variants[f"pooling {pooling:g}"] = fit_all(shipped, system, changed)
    last = max(act.known for one in shipped for act in one.acts)
    table = {
        "schema": 1,
        "inputs_sha256": inputs_hash(),
        "last_act": last.isoformat(),
        "variants": {name: _plain(fitted, with_own=name == "all") for name, fitted in variants.items()},
    }
    path.write_text(json.dumps(table, separators=(",", ":")) + "\n", encoding="utf-8")


def _plain(fitted: Fitted, *, with_own: bool) -> dict[str, Any]:
    model, baselines = fitted
    return {
        "fitted_on": list(model.fitted_on),
        "acts": model.acts,
        "membership": _digits(model.membership),
        "pooling": model.priors.settings["pooling"],
        "solo": _coefficients(model.solo, with_own=with_own),
        "arrivals": _coefficients(model.arrivals, with_own=with_own),
        "baselines": {name: _coefficients(one, with_own=with_own) for name, one in baselines.items()},
    }


def _coefficients(one: Coefficients, *, with_own: bool) -> dict[str, Any]:
    return {
        "common": _digits(one.common),
        "covariance": _lower(one.covariance),
        "deviation": _digits(one.deviation),
        "own": {name: _digits(vector) for name, vector in one.own.items()} if with_own else {},
        "own_covariance": {name: _lower(matrix) for name, matrix in one.own_covariance.items()} if with_own else {},
    }


def _digits(values: Array) -> list[float]:
    return [float(f"{value:.6g}") for value in values.ravel()]


def _lower(matrix: Array) -> list[float]:
    return _digits(matrix[np.tril_indices(len(matrix))])


def _square(values: list[float]) -> Array:
    size = int((np.sqrt(8 * len(values) + 1) - 1) / 2)
    matrix = np.zeros((size, size))
    matrix[np.tril_indices(size)] = values
    return matrix + matrix.T - np.diag(np.diag(matrix)) + 1e-9 * np.eye(size)


def _read_coefficients(table: dict[str, Any]) -> Coefficients:
    return Coefficients(
        common=np.array(table["common"]),
        covariance=_square(table["covariance"]),
        deviation=np.array(table["deviation"]),
        own={name: np.array(v) for name, v in table["own"].items()},
        own_covariance={name: _square(v) for name, v in table["own_covariance"].items()},
        log_posterior=float("nan"),
    )


@functools.cache
def load_shipped() -> dict[str, Fitted] | None:
    """The shipped fits by variant, or None where the tables are not those they were made from.

    Raises
    ------
    ModelError
        If the file is there and cannot be read.
    """
    entry = resources.files("dejure.analysis").joinpath("data", _FILE)
    if not entry.is_file():
        return None
    try:
        table = json.loads(entry.read_text(encoding="utf-8"))
        if table["inputs_sha256"] != inputs_hash():
            return None
        return {name: _read(one) for name, one in table["variants"].items()}
    except (KeyError, ValueError) as error:
        raise ModelError(
            "the shipped wave model cannot be read", value=error, cure="install the package again"
        ) from error


def _read(table: dict[str, Any]) -> Fitted:
    priors = load_priors()
    changed = replace(priors, settings={**priors.settings, "pooling": table["pooling"]})
    model = WaveModel(
        solo=_read_coefficients(table["solo"]),
        arrivals=_read_coefficients(table["arrivals"]),
        membership=np.array(table["membership"]),
        priors=changed,
        fitted_on=tuple(table["fitted_on"]),
        acts=table["acts"],
    )
    return model, {name: _read_coefficients(one) for name, one in table["baselines"].items()}
