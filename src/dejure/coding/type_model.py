"""The type of a deed whose parties are known: probabilities over the 16 types, by the trained models.

`base` is the linear head over features of the parse and the lexicon; `full` averages it with a fine-tuned sentence
encoder, which needs the extra `[onnx]`.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dejure.coding.type_features import type_features
from dejure.models.linear import LinearHead, read_weights
from dejure.reading.reading import Sentence
from dejure.records import ModelName

if TYPE_CHECKING:
    from dejure.models.encoder_run import EncoderRun

__all__ = ["BASE_WEIGHTS", "TypeModel"]

Span = tuple[int, int]
BASE_WEIGHTS = "types_base.npz"
#: Share of the encoder in model `full`; the rest is the linear head's. Chosen on the development part.
_SHARE_OF_ENCODER = 0.5


@dataclass(frozen=True, slots=True)
class TypeModel:
    """A loaded model; make it with `load`."""

    head: LinearHead
    encoder: EncoderRun | None = None

    @classmethod
    def load(cls, model: ModelName = "base") -> TypeModel:
        """The model of this name, loaded once a process.

        Raises
        ------
        ModelError
            If weights are missing or are not those of their card.
        MissingExtra
            If `full` is asked for without the extra `[onnx]`.
        """
        return _load(model)

    def score(
        self, sentence: Sentence, actor: Span | None, recipient: Span | None, trigger: Span | None = None
    ) -> dict[str, float]:
        """Probability of each of the 16 types, summing to one.

        Parameters
        ----------
        sentence : Sentence
            With its parse.
        actor, recipient : (start, end) or None
            Offsets in the sentence's own text.
        trigger : (start, end), optional
            The word that tells the deed, if it is known.
        """
        shares = self.head.probabilities(type_features(sentence, actor, recipient, trigger))
        if self.encoder is not None:
            other = self.encoder.probabilities(sentence.text, actor, recipient)
            shares = (1 - _SHARE_OF_ENCODER) * shares + _SHARE_OF_ENCODER * other
        return {name: float(share) for name, share in zip(self.head.classes, shares, strict=True)}


@functools.lru_cache(maxsize=2)
def _load(model: ModelName) -> TypeModel:
    head = LinearHead.from_bytes(read_weights(BASE_WEIGHTS))
    if model == "base":
        return TypeModel(head)
    from dejure.models.encoder_run import EncoderRun

    return TypeModel(head, EncoderRun.load())
