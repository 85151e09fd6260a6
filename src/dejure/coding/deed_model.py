"""Trained heads for what the lexicon and its rules leave open: which word tells a deed, its type, who takes part, how.

All are linear heads over the named features of `deed_features`, run in numpy. Words are known to the heads by name and,
for those too rare in the corpus, by a vector of their meaning.
"""

from __future__ import annotations

import functools
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from dejure.models.linear import read_card, read_weights
from dejure.records import ModelName

if TYPE_CHECKING:
    from dejure.models.encoder_run import EncoderRun

__all__ = [
    "AUXILIARY",
    "DEED_WEIGHTS",
    "SURENESS",
    "WORD_VECTORS",
    "DeedModel",
    "SparseHead",
    "WordVectors",
    "softmax",
    "weights_read",
]

Array = npt.NDArray[np.float32]
DEED_WEIGHTS, WORD_VECTORS = "deeds_base.npz", "words_base.npz"
#: How sure model `full` is of its events.
SURENESS = "sureness_full.npz"
AUXILIARY = ("historical", "future", "hypothetical", "negation")
_STEPS = 127.0


@dataclass(frozen=True, slots=True)
class SparseHead:
    """Weights of named features, and of numbers that every example has.

    Parameters
    ----------
    classes : tuple of str
    rows : dict of str to int
    weights : array of float32, (features, classes)
    dense : array of float32, (numbers, classes)
    bias : array of float32, (classes,)
    """

    classes: tuple[str, ...]
    rows: Mapping[str, int]
    weights: Array
    dense: Array
    bias: Array

    def logits(self, features: Mapping[str, float], numbers: Array | None = None) -> Array:
        """Of shape (classes,)."""
        known = self._known(features)
        places = [row for row, _ in known]
        values = np.array([value for _, value in known], dtype=np.float32)
        summed: Array = values @ self.weights[places] + self.bias
        return summed if numbers is None else summed + numbers @ self.dense

    def scores(self, examples: Sequence[Mapping[str, float]], numbers: Array | None = None) -> Array:
        """Logits of the first class for several examples at once, of shape (examples,)."""
        ends, known = [], []
        for features in examples:
            known += self._known(features)
            ends.append(len(known))
        places, values = zip(*known, strict=True) if known else ((), ())
        weighed = np.array(values, dtype=np.float32) * self.weights[list(places), 0]
        totals = np.concatenate([[np.float32(0)], np.cumsum(weighed, dtype=np.float64)])
        summed: Array = np.diff(totals[[0, *ends]]).astype(np.float32) + self.bias[0]
        return summed if numbers is None else summed + numbers @ self.dense[:, 0]

    def _known(self, features: Mapping[str, float]) -> list[tuple[int, float]]:
        """Row and value of each feature that has a weight."""
        row_of = self.rows.get
        return [(row, value) for name, value in features.items() if (row := row_of(name)) is not None]

    def shares(self, features: Mapping[str, float], numbers: Array | None = None) -> dict[str, float]:
        """Probability of each class, summing to one."""
        powers = softmax(self.logits(features, numbers))
        return {name: float(share) for name, share in zip(self.classes, powers, strict=True)}

    def chance(self, features: Mapping[str, float], numbers: Array | None = None) -> float:
        """Probability of the one thing that a head of one class tells."""
        return float(1.0 / (1.0 + np.exp(-self.logits(features, numbers)[0])))


def softmax(logits: Array) -> Array:
    """Shares that sum to one."""
    powers = np.exp(logits - logits.max())
    shares: Array = powers / powers.sum()
    return shares


@dataclass(frozen=True, slots=True)
class WordVectors:
    """Meanings of words as vectors, averaged."""

    places: Mapping[str, int]
    table: Array

    def mean(self, words: Iterable[str]) -> Array:
        """Mean vector of the words that are known, zeros where none is."""
        rows = [row for word in words if (row := self.places.get(word)) is not None]
        if not rows:
            return np.zeros(self.table.shape[1], dtype=np.float32)
        if len(rows) == 1:
            only: Array = self.table[rows[0]]
            return only
        mean: Array = np.add.reduce(self.table[rows], axis=0) / np.float32(len(rows))
        return mean

    @classmethod
    def from_bytes(cls, raw: bytes) -> WordVectors:
        """The vectors that `to_bytes` wrote."""
        with np.load(io.BytesIO(raw), allow_pickle=False) as kept:
            words = _words(kept["words"])
            table = kept["vectors"].astype(np.float32) * np.float32(float(kept["scale"]) / _STEPS)
        return cls({word: row for row, word in enumerate(words)}, table)

    def to_bytes(self) -> bytes:
        """The vectors as the bytes of an `.npz` of plain arrays, each number in one of 255 steps."""
        scale = float(np.abs(self.table).max())
        buffer = io.BytesIO()
        np.savez_compressed(
            buffer,
            words=_letters(_by_row(self.places)),
            vectors=np.round(self.table / scale * _STEPS).astype(np.int8),
            scale=np.array(scale, dtype=np.float64),
        )
        return buffer.getvalue()

    def of_groups(self, groups: Sequence[Sequence[str]]) -> Array:
        """Means of several groups, one after the other."""
        return np.concatenate([self.mean(words) for words in groups])


@dataclass(frozen=True, slots=True)
class DeedModel:
    """The trained heads; make it with `load`.

    Attributes
    ----------
    sentence : SparseHead
        Whether a sentence tells an event at all.
    deed : SparseHead
        Type that a word tells, or NONE.
    actor, recipient : SparseHead
        Weight of a noun phrase as actor and as recipient, to be compared with the others of the sentence.
    mode : SparseHead
        Mode, given type: classes are "TYPE|mode".
    auxiliary : dict of str to SparseHead
    right : SparseHead
        Whether an event is right, type and parties, by `sureness_features`.
    vectors : WordVectors
    nouns : frozenset of str or None
        Nouns that told a deed in training; None where every noun may.
    encoder : EncoderRun or None
        That of model `full`, which reads the whole sentence.
    """

    sentence: SparseHead
    deed: SparseHead
    actor: SparseHead
    recipient: SparseHead
    mode: SparseHead
    auxiliary: Mapping[str, SparseHead]
    right: SparseHead
    vectors: WordVectors
    nouns: frozenset[str] | None
    encoder: EncoderRun | None = None

    @classmethod
    def load(cls, model: ModelName = "base") -> DeedModel:
        """The model of this name, loaded once a process.

        Raises
        ------
        ModelError
            If weights are missing or are not those of their card.
        MissingExtra
            If `full` is asked for without the extra `[onnx]`.
        """
        return _load(model)

    @classmethod
    def from_bytes(cls, raw: bytes, vectors: WordVectors) -> DeedModel:
        """The model that `to_bytes` wrote, with the vectors that it was trained with."""
        with np.load(io.BytesIO(raw), allow_pickle=False) as kept:
            return cls(
                sentence=_head(kept, "sentence"), deed=_head(kept, "deed"), actor=_head(kept, "actor"),
                recipient=_head(kept, "recipient"), mode=_head(kept, "mode"), right=_head(kept, "right"),
                auxiliary={name: _head(kept, name) for name in AUXILIARY},
                vectors=vectors,
                nouns=frozenset(_words(kept["nouns"])),
            )  # fmt: skip

    def to_bytes(self) -> bytes:
        """The heads as the bytes of an `.npz` of plain arrays, weights in half precision; the vectors are not in it."""
        heads = {"sentence": self.sentence, "deed": self.deed, "actor": self.actor, "recipient": self.recipient,
                 "mode": self.mode, "right": self.right, **self.auxiliary}  # fmt: skip
        return _packed(heads, nouns=_letters(sorted(self.nouns or ())))

    def sureness_to_bytes(self) -> bytes:
        """The head for confidence alone, which model `full` has of its own."""
        return _packed({"right": self.right})

    def with_sureness(self, raw: bytes) -> DeedModel:
        """The same model with the head for confidence that `sureness_to_bytes` wrote."""
        with np.load(io.BytesIO(raw), allow_pickle=False) as kept:
            return replace(self, right=_head(kept, "right"))


def _packed(heads: Mapping[str, SparseHead], **others: npt.NDArray[Any]) -> bytes:
    arrays: dict[str, Any] = dict(others)
    for name, head in heads.items():
        arrays |= {
            f"{name}/classes": _letters(head.classes),
            f"{name}/names": _letters(_by_row(head.rows)),
            f"{name}/weights": head.weights.astype(np.float16), f"{name}/dense": head.dense.astype(np.float16),
            f"{name}/bias": head.bias.astype(np.float32),
        }  # fmt: skip
    buffer = io.BytesIO()
    np.savez_compressed(buffer, **arrays)
    return buffer.getvalue()


def _by_row(rows: Mapping[str, int]) -> list[str]:
    return sorted(rows, key=lambda name: rows[name])


def _letters(words: Iterable[str]) -> npt.NDArray[np.uint8]:
    return np.frombuffer("\n".join(words).encode(), dtype=np.uint8)


def _words(letters: npt.NDArray[np.uint8]) -> list[str]:
    text = bytes(letters).decode()
    return text.split("\n") if text else []


def _head(kept: Mapping[str, npt.NDArray[np.float16]], name: str) -> SparseHead:
    names = bytes(kept[f"{name}/names"]).decode().split("\n")
    return SparseHead(
        classes=tuple(bytes(kept[f"{name}/classes"]).decode().split("\n")),
        rows={one: row for row, one in enumerate(names)},
        weights=kept[f"{name}/weights"].astype(np.float32),
        dense=kept[f"{name}/dense"].astype(np.float32),
        bias=kept[f"{name}/bias"].astype(np.float32),
    )


@functools.cache
def weights_read(model: ModelName = "base") -> dict[str, str]:
    """SHA-256 of the files of weights that events are found with, by name."""
    from dejure.models.encoder_run import ENCODER_WEIGHTS, TOKENIZER

    encoder = (ENCODER_WEIGHTS, TOKENIZER, SURENESS) if model == "full" else ()
    return {name: str(read_card(name)["sha256"]) for name in (DEED_WEIGHTS, WORD_VECTORS, *encoder)}


@functools.lru_cache(maxsize=2)
def _load(model: ModelName) -> DeedModel:
    base = DeedModel.from_bytes(read_weights(DEED_WEIGHTS), WordVectors.from_bytes(read_weights(WORD_VECTORS)))
    if model == "base":
        return base
    from dejure.models.encoder_run import EncoderRun

    return replace(base.with_sureness(read_weights(SURENESS)), nouns=None, encoder=EncoderRun.load())
