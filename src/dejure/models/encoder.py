"""The encoder of model `full` in PyTorch, for training alone: BERT (Devlin et al. 2019), in the size of MiniLM-L6.

Names of parameters are those of the published checkpoint, so that its weights load by name. At run time the exported
ONNX file is used instead, and nothing here is imported.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn

__all__ = ["DeedEncoder", "EncoderSize"]

_MASKED = -10_000.0


@dataclass(frozen=True, slots=True)
class EncoderSize:
    """Sizes of the encoder; the defaults are those of MiniLM-L6-H384."""

    vocabulary: int = 30522
    hidden: int = 384
    layers: int = 6
    heads: int = 12
    inner: int = 1536
    positions: int = 512


class _Embeddings(nn.Module):
    """Word, position and segment vectors, summed and normalised."""

    def __init__(self, size: EncoderSize, dropout: float) -> None:
        super().__init__()
        self.word_embeddings = nn.Embedding(size.vocabulary, size.hidden)
        self.position_embeddings = nn.Embedding(size.positions, size.hidden)
        self.token_type_embeddings = nn.Embedding(2, size.hidden)
        self.LayerNorm = nn.LayerNorm(size.hidden, eps=1e-12)
        self.dropout = nn.Dropout(dropout)

    def forward(self, ids: Tensor) -> Tensor:
        """Vectors of shape (batch, length, hidden)."""
        positions = torch.arange(ids.shape[1], device=ids.device).unsqueeze(0)
        segment = self.token_type_embeddings.weight[0]
        summed = self.word_embeddings(ids) + self.position_embeddings(positions) + segment
        kept: Tensor = self.dropout(self.LayerNorm(summed))
        return kept


class _Projections(nn.Module):
    """What attention makes of each vector."""

    def __init__(self, hidden: int) -> None:
        super().__init__()
        self.query = nn.Linear(hidden, hidden)
        self.key = nn.Linear(hidden, hidden)
        self.value = nn.Linear(hidden, hidden)


class _Out(nn.Module):
    """A linear map whose result is added to what came in, and normalised."""

    def __init__(self, inner: int, hidden: int) -> None:
        super().__init__()
        self.dense = nn.Linear(inner, hidden)
        self.LayerNorm = nn.LayerNorm(hidden, eps=1e-12)


class _Attention(nn.Module):
    """Attention; the attribute `self` is a name of the checkpoint."""

    def __init__(self, hidden: int) -> None:
        super().__init__()
        self.add_module("self", _Projections(hidden))
        self.output = _Out(hidden, hidden)


class _Inner(nn.Module):
    """The wide map of the feed-forward network."""

    def __init__(self, hidden: int, inner: int) -> None:
        super().__init__()
        self.dense = nn.Linear(hidden, inner)


class _Layer(nn.Module):
    """One transformer layer: attention, then a feed-forward network, each with a residual and a norm after it."""

    def __init__(self, size: EncoderSize, dropout: float) -> None:
        super().__init__()
        self.heads = size.heads
        self.attention = _Attention(size.hidden)
        self.intermediate = _Inner(size.hidden, size.inner)
        self.output = _Out(size.inner, size.hidden)
        self.dropout = nn.Dropout(dropout)

    def forward(self, states: Tensor, bias: Tensor) -> Tensor:
        """Vectors of the next layer, of the same shape."""
        batch, length, hidden = states.shape
        width = hidden // self.heads
        maps = self.attention.get_submodule("self")

        def split(name: str) -> Tensor:
            projected: Tensor = maps.get_submodule(name)(states)
            return projected.view(batch, length, self.heads, width).transpose(1, 2)

        scores = split("query") @ split("key").transpose(-1, -2) / width**0.5 + bias
        mixed = (self.dropout(scores.softmax(-1)) @ split("value")).transpose(1, 2).reshape(batch, length, hidden)
        out = self.attention.output
        states = out.LayerNorm(states + self.dropout(out.dense(mixed)))
        inner = nn.functional.gelu(self.intermediate.dense(states))
        done: Tensor = self.output.LayerNorm(states + self.dropout(self.output.dense(inner)))
        return done


class _Stack(nn.Module):
    """All layers."""

    def __init__(self, size: EncoderSize, dropout: float) -> None:
        super().__init__()
        self.layer = nn.ModuleList(_Layer(size, dropout) for _ in range(size.layers))


class DeedEncoder(nn.Module):
    """Encoder with two linear heads: over the sentence and its two markers, and over each word piece.

    The first tells the type of the deed between two marked parties, the second which pieces of a sentence tell a deed,
    and of what type. One encoder learns both, and each task helps the other.

    Parameters
    ----------
    classes : int
        Number of event types; the second head has one more, "NONE", before them.
    """

    def __init__(self, classes: int, size: EncoderSize | None = None, dropout: float = 0.1) -> None:
        super().__init__()
        size = size or EncoderSize()
        self.embeddings = _Embeddings(size, dropout)
        self.encoder = _Stack(size, dropout)
        self.head_dropout = nn.Dropout(0.2)
        self.head = nn.Linear(size.hidden * 4, classes)
        self.head_of_pieces = nn.Linear(size.hidden, classes + 1)

    def forward(self, ids: Tensor, mask: Tensor, actor: Tensor, recipient: Tensor) -> tuple[Tensor, Tensor]:
        """Logits of shape (batch, classes), and those of the pieces, of shape (batch, length, classes + 1).

        Parameters
        ----------
        ids, mask : Tensor of int64, (batch, length)
            Word pieces, and 1 where there is one.
        actor, recipient : Tensor of int64, (batch,)
            Positions of the opening markers; 0 (the start of the sentence) where there is none.
        """
        states = self.embeddings(ids)
        wide = mask.to(states.dtype)
        bias = ((1.0 - wide) * _MASKED)[:, None, None, :]
        for layer in self.encoder.layer:
            states = layer(states, bias)
        mean = (states * wide.unsqueeze(-1)).sum(1) / wide.sum(1, keepdim=True)
        pooled = torch.cat([states[:, 0], mean, _at(states, actor), _at(states, recipient)], dim=-1)
        return self.head(self.head_dropout(pooled)), self.head_of_pieces(self.head_dropout(states))


def _at(states: Tensor, places: Tensor) -> Tensor:
    """The vector of one place in each row, of shape (batch, hidden)."""
    wide = places[:, None, None].expand(-1, 1, states.shape[-1])
    return states.gather(1, wide).squeeze(1)
