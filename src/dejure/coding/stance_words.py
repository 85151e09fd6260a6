"""The words of stance: classes of verbs, nouns and adjectives, and the cues that are weighed in what is said."""

from __future__ import annotations

import functools
import re
from typing import get_args

from dejure.coding.lexicon import read_tsv
from dejure.coding.words import load_toml
from dejure.records import Stance

__all__ = ["STANCE", "stance_of_words", "stances", "statement_words", "words_in"]

_MIN_WEIGHT = 2
#: A stance by its name.
STANCE: dict[str, Stance] = {s: s for s in get_args(Stance)}
_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")


def words_in(text: str) -> list[str]:
    """Words of a text, lower case."""
    return [w.lower() for w in _WORD.findall(text)]


def stance_of_words(text: str) -> Stance | None:
    """The stance that the cues in a text add up to, None where they are too few; a negated cue counts for the other."""
    words = words_in(text)
    weights: dict[str, int] = {}
    for size in (4, 3, 2, 1):
        for at in range(len(words) - size + 1):
            cue = _cues().get(" ".join(words[at : at + size])) or _cues().get(
                " ".join([*words[at : at + size - 1], _stem(words[at + size - 1])])
            )
            if cue is not None:
                stance, weight = cue
                if any(w in ("not", "no", "never", "n't") for w in words[max(0, at - 3) : at]):
                    stance = {"support": "oppose", "oppose": "support", "concern": "neutral"}[stance]
                weights[stance] = weights.get(stance, 0) + weight
    if not weights or max(weights.values()) < _MIN_WEIGHT:
        return None
    return STANCE[max(sorted(weights), key=lambda s: weights[s])]


def _stem(word: str) -> str:
    for ending in ("ising", "izing", "ing", "es", "ed", "s"):
        if word.endswith(ending) and len(word) > len(ending) + 3:
            stem = word[: -len(ending)]
            return stem + {"ising": "ise", "izing": "ize"}.get(ending, "")
    return word


@functools.cache
def statement_words() -> dict[str, dict[str, frozenset[str]]]:
    """The word classes of `statements.toml`."""
    table: dict[str, dict[str, list[str]]] = load_toml("statements.toml")
    return {group: {key: frozenset(words) for key, words in rows.items()} for group, rows in table.items()}


@functools.cache
def stances() -> dict[tuple[str, str], Stance]:
    """Stance by lemma and part of speech (verb | noun | adj)."""
    return {(row["head"], row["pos"]): row["stance"] for row in read_tsv("stances.tsv")}  # type: ignore[misc]


@functools.cache
def _cues() -> dict[str, tuple[str, int]]:
    return {row["cue"]: (row["stance"], int(row["weight"])) for row in read_tsv("stance_cues.tsv")}
