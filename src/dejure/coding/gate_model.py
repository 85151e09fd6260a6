"""A trained weigher of sentences: whether words, names and place in the report make a record likely there.

It knows words by name and by the mean of their meanings, whose weights are worked out once for each word. Weights are
whole numbers, so that sums are the same on every machine and in any order.
"""

from __future__ import annotations

import functools
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from dejure.models.linear import read_card, read_weights
from dejure.reading.reading import Sentence
from dejure.reference.overlay import tabled
from dejure.reference.tables import load_roles

__all__ = ["GATE_WEIGHTS", "STEPS", "GateModel", "gate_weights_read", "signs_of"]

GATE_WEIGHTS = "gate_base.npz"
#: Steps that the weight 1 has.
STEPS = 1024
_CAPITAL = re.compile(r"(?<=[^\W_])[\W_]+(?=[A-ZÀ-Þ])")
_MOST_COUNTED = 3


def signs_of(sentence: Sentence, words: frozenset[str], *, tells: bool, is_first: bool) -> Iterator[str]:
    """What the model is told of a sentence beside its words: names, roles, capitals, whether it opens the body.

    Parameters
    ----------
    sentence : Sentence
    words : frozenset of str
        Every lemma that its words may be of.
    tells : bool
        Whether words of an event, a duty or a silence are in it.
    is_first : bool
        Whether it opens the body.
    """
    kinds = {(name.table, name.kind) for hit in sentence.names for name in hit.names}
    yield from (f"name:{table}:{kind}" for table, kind in kinds)
    yield from {f"name:{table}" for table, _ in kinds}
    polities = {name.target for hit in sentence.names for name in hit.names if name.table == "polity"}
    capitals = sum(1 for _ in _CAPITAL.finditer(sentence.text))
    for what, count in (("names", len(sentence.names)), ("polities", len(polities)), ("capitals", capitals)):
        yield f"{what}:{min(_MOST_COUNTED, count)}"
    if words & _role_words():
        yield "role"
    if tells:
        yield "tells+name" if sentence.names else "tells"
    if is_first:
        yield "first"


@tabled
def _role_words() -> frozenset[str]:
    return frozenset(phrase.split()[-1] for phrase in load_roles())


@dataclass(frozen=True, slots=True)
class GateModel:
    """Weights in steps of 1/1024.

    Attributes
    ----------
    own : dict of str to int
        Of each sign, and of each word behind "w:".
    shades : dict of str to int
        Of the meaning of a word; their mean counts.
    bias : int
    least, sure : int
        What a sentence must weigh to be parsed; and to have those parsed that it may look back to.
    """

    own: Mapping[str, int]
    shades: Mapping[str, int]
    bias: int
    least: int
    sure: int

    @classmethod
    def load(cls) -> GateModel:
        """The model of the package, loaded once a process.

        Raises
        ------
        ModelError
            If weights are missing or are not those of their card.
        """
        return _load()

    def weigh(self, signs: Iterable[str], words: frozenset[str]) -> float:
        """The logarithm of the odds that a sentence gives or names part of a record, in steps."""
        own, shades = self.own, self.shades
        total = self.bias + sum([own.get(sign, 0) for sign in signs]) + sum([own.get(f"w:{word}", 0) for word in words])
        met = [shades[word] for word in words if word in shades]
        return total + sum(met) / len(met) if met else float(total)

    def to_bytes(self) -> bytes:
        """The bytes of an `.npz` of plain arrays."""
        buffer = io.BytesIO()
        arrays: dict[str, npt.NDArray[np.generic]] = {"limits": np.array([self.bias, self.least, self.sure], np.int32)}
        for name, table in (("own", self.own), ("shades", self.shades)):
            arrays[f"{name}/names"] = np.frombuffer("\n".join(sorted(table)).encode(), dtype=np.uint8)
            arrays[f"{name}/steps"] = np.array([table[one] for one in sorted(table)], dtype=np.int16)
        np.savez_compressed(buffer, **arrays)  # type: ignore[arg-type]
        return buffer.getvalue()

    @classmethod
    def from_bytes(cls, raw: bytes) -> GateModel:
        """The model that `to_bytes` wrote."""
        with np.load(io.BytesIO(raw), allow_pickle=False) as kept:
            own, shades = (
                dict(
                    zip(bytes(kept[f"{name}/names"]).decode().split("\n"), kept[f"{name}/steps"].tolist(), strict=True)
                )
                for name in ("own", "shades")
            )
            bias, least, sure = (int(one) for one in kept["limits"])
        return cls(own, shades, bias, least, sure)


@functools.cache
def gate_weights_read() -> dict[str, str]:
    """SHA-256 of the file of weights, by its name."""
    return {GATE_WEIGHTS: str(read_card(GATE_WEIGHTS)["sha256"])}


@functools.cache
def _load() -> GateModel:
    return GateModel.from_bytes(read_weights(GATE_WEIGHTS))
