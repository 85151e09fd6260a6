"""The sentence encoder of model `full` at run time: int8 ONNX, needs the extra `[onnx]`.

Actor and recipient are marked in the row of word pieces by pieces that the vocabulary keeps unused.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from dejure.errors import MissingExtra
from dejure.models.linear import Array, read_card, read_weights

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["ENCODER_WEIGHTS", "TOKENIZER", "EncoderRun", "MarkedPieces", "Tags", "mark_pieces", "padded"]

Span = tuple[int, int]
ENCODER_WEIGHTS = "types_full.onnx"
TOKENIZER = "types_full_tokenizer.json"

_START, _END = 101, 102
#: Unused pieces of the vocabulary: before and after the actor, before and after the recipient.
_ACTOR, _RECIPIENT = (1, 2), (3, 4)
_LONGEST = 160


@dataclass(frozen=True, slots=True)
class MarkedPieces:
    """Word pieces of a sentence, parties marked; `actor` and `recipient` are places of the opening marks, else 0."""

    ids: tuple[int, ...]
    actor: int
    recipient: int


def mark_pieces(
    ids: Sequence[int], offsets: Sequence[Span], actor: Span | None, recipient: Span | None
) -> MarkedPieces:
    """Pieces with a mark before and after each party; what lies beyond the longest length is cut off.

    Parameters
    ----------
    ids, offsets : sequence
        Of each piece, its number and where it stands in the text; without start and end pieces.
    """
    opens: dict[int, list[int]] = {}
    closes: dict[int, list[int]] = {}
    for span, (before, after) in ((actor, _ACTOR), (recipient, _RECIPIENT)):
        inside = [i for i, (start, end) in enumerate(offsets) if span and start < span[1] and end > span[0]]
        if inside:
            opens.setdefault(inside[0], []).append(before)
            closes.setdefault(inside[-1], []).insert(0, after)
    row, places = [_START], {_ACTOR[0]: 0, _RECIPIENT[0]: 0}
    for i, piece in enumerate(ids):
        for mark in opens.get(i, ()):
            places[mark] = len(row)
            row.append(mark)
        row += [piece, *closes.get(i, ())]
    row = [*row[: _LONGEST - 1], _END]
    actor_at, recipient_at = (at if at < _LONGEST - 1 else 0 for at in places.values())
    return MarkedPieces(tuple(row), actor_at, recipient_at)


def padded(rows: Sequence[MarkedPieces]) -> dict[str, np.ndarray[Any, Any]]:
    """The inputs of the network for several sentences, filled up with zeros to the longest."""
    ids = np.zeros((len(rows), max(len(row.ids) for row in rows)), dtype=np.int64)
    for i, row in enumerate(rows):
        ids[i, : len(row.ids)] = row.ids
    return {
        "ids": ids, "mask": (ids > 0).astype(np.int64),
        "actor": np.array([row.actor for row in rows], dtype=np.int64),
        "recipient": np.array([row.recipient for row in rows], dtype=np.int64),
    }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Tags:
    """How likely each word piece of a text tells a deed, by type.

    Parameters
    ----------
    offsets : sequence of (start, end)
        Of each piece in the text.
    classes : tuple of str
        "NONE", then the event types.
    shares : array of float32, (pieces, classes)
        Rows sum to one.
    """

    offsets: Sequence[Span]
    classes: tuple[str, ...]
    shares: Array

    def at(self, start: int, end: int) -> dict[str, float]:
        """What the first piece of the word between two offsets tells; NONE of words past the longest length."""
        rows = zip(self.offsets, self.shares, strict=False)
        row = next((row for (first, last), row in rows if first < end and last > start), None)
        if row is None:
            return {name: float(name == "NONE") for name in self.classes}
        return {name: float(share) for name, share in zip(self.classes, row, strict=True)}


class EncoderRun:
    """A loaded encoder; make it with `load`."""

    def __init__(self, session: Any, tokenizer: Any, classes: tuple[str, ...], temperature: float) -> None:
        self.classes = classes
        self._session = session
        self._tokenizer = tokenizer
        self._temperature = temperature

    @classmethod
    def load(cls) -> EncoderRun:
        """The encoder with the weights of the package.

        Raises
        ------
        ModelError
            If weights are missing or are not those of their card.
        MissingExtra
            If onnxruntime or tokenizers are not installed.
        """
        try:
            import onnxruntime
            from tokenizers import Tokenizer
        except ImportError as error:
            raise MissingExtra(
                "model full needs onnxruntime", value="onnx", cure="pip install 'dejure[onnx]'"
            ) from error
        card = read_card(ENCODER_WEIGHTS)
        options = onnxruntime.SessionOptions()
        # One thread, and no order of sums that hangs on the number of cores: same input, same output.
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        session = onnxruntime.InferenceSession(
            read_weights(ENCODER_WEIGHTS), options, providers=["CPUExecutionProvider"]
        )
        tokenizer = Tokenizer.from_str(json.dumps(json.loads(read_weights(TOKENIZER))))
        tokenizer.no_padding()
        tokenizer.no_truncation()
        return cls(session, tokenizer, tuple(card["classes"]), float(card["temperature"]))

    def probabilities(self, text: str, actor: Span | None, recipient: Span | None) -> Array:
        """Probability of each class, of shape (classes,), summing to one."""
        pieces = self._tokenizer.encode(text, add_special_tokens=False)
        row = mark_pieces(pieces.ids, pieces.offsets, actor, recipient)
        (logits,) = self._session.run(["logits"], padded([row]))
        return _shares(logits[0], self._temperature)

    def tags(self, text: str) -> Tags:
        """What each word of a sentence tells, whoever takes part."""
        pieces = self._tokenizer.encode(text, add_special_tokens=False)
        row = mark_pieces(pieces.ids, pieces.offsets, None, None)
        (logits,) = self._session.run(["tags"], padded([row]))
        inside = _shares(logits[0, 1 : len(row.ids) - 1])
        return Tags(pieces.offsets, ("NONE", *self.classes), inside)


def _shares(logits: Array, temperature: float = 1.0) -> Array:
    """Softmax over the last axis."""
    scaled = logits.astype(np.float64) / temperature
    powers = np.exp(scaled - scaled.max(axis=-1, keepdims=True))
    shares: Array = (powers / powers.sum(axis=-1, keepdims=True)).astype(np.float32)
    return shares
