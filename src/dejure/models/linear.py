"""A linear head over named features, run in numpy: multinomial logistic regression with a temperature.

Weights are kept as an `.npz` of plain arrays, never a pickle, with a card beside it that names the hash of the file.
"""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from dejure.errors import ModelError

__all__ = ["LinearHead", "read_card", "read_weights", "write_card"]

Array = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class LinearHead:
    """Classes, and a weight for each feature and class.

    Parameters
    ----------
    classes : tuple of str
    rows : dict of str to int
        Row of each feature's weights; features without one count for nothing.
    weights : array of float32, (features, classes)
    temperature : float
        What logits are divided by, so that probabilities are as often right as they say.
    """

    classes: tuple[str, ...]
    rows: Mapping[str, int]
    weights: Array
    temperature: float

    def logits(self, features: Mapping[str, float]) -> Array:
        """Sum of the weights of the features, of shape (classes,), before the temperature."""
        known = [(row, value) for name, value in features.items() if (row := self.rows.get(name)) is not None]
        places = np.fromiter((row for row, _ in known), dtype=np.intp, count=len(known))
        values = np.fromiter((value for _, value in known), dtype=np.float32, count=len(known))
        summed: Array = values @ self.weights[places]
        return summed

    def probabilities(self, features: Mapping[str, float]) -> Array:
        """Probability of each class, of shape (classes,), summing to one."""
        logits = self.logits(features) / self.temperature
        powers = np.exp(logits - logits.max())
        shares: Array = powers / powers.sum()
        return shares

    def to_bytes(self) -> bytes:
        """The head as the bytes of an `.npz`; weights in half precision."""
        names = sorted(self.rows, key=lambda name: self.rows[name])
        buffer = io.BytesIO()
        np.savez_compressed(
            buffer,
            classes=np.array(self.classes),
            names=np.frombuffer("\n".join(names).encode(), dtype=np.uint8),
            weights=self.weights.astype(np.float16),
            temperature=np.array(self.temperature, dtype=np.float64),
        )
        return buffer.getvalue()

    @classmethod
    def from_bytes(cls, raw: bytes) -> LinearHead:
        """The head that `to_bytes` wrote."""
        with np.load(io.BytesIO(raw), allow_pickle=False) as kept:
            names = bytes(kept["names"]).decode().split("\n")
            return cls(
                classes=tuple(str(name) for name in kept["classes"]),
                rows={name: row for row, name in enumerate(names)},
                weights=kept["weights"].astype(np.float32),
                temperature=float(kept["temperature"]),
            )


def read_weights(name: str) -> bytes:
    """The bytes of a file of weights in `models/data`, checked against the hash that its card names.

    Raises
    ------
    ModelError
        If the file or its card is missing, or the hash is another one.
    """
    expected = read_card(name)["sha256"]
    raw: bytes = _data(name).read_bytes()
    found = hashlib.sha256(raw).hexdigest()
    if found != expected:
        raise ModelError(
            "a file of weights is not the one its card names", value=name, cure="install the package again, or train"
        )
    return raw


def read_card(name: str) -> dict[str, Any]:
    """The card of a file of weights: what it was trained on, how well it does, its licence, how to train it again.

    Raises
    ------
    ModelError
        If there is no such file or card.
    """
    try:
        card: dict[str, Any] = json.loads(_data(f"{name}.json").read_text(encoding="utf-8"))
        present = _data(name).is_file()
    except FileNotFoundError as error:
        raise ModelError("weights are missing", value=name, cure="install the package again, or train") from error
    if not present:
        raise ModelError("weights are missing", value=name, cure="install the package again, or train")
    return card


def write_card(folder: Path, name: str, raw: bytes, card: dict[str, Any]) -> None:
    """Write weights and their card into a folder, the card with the hash of the weights."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(raw)
    told = {"file": name, "sha256": hashlib.sha256(raw).hexdigest(), "bytes": len(raw), **card}
    (folder / f"{name}.json").write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def _data(name: str) -> Any:
    return resources.files("dejure.models").joinpath("data", name)
