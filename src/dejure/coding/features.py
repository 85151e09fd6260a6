"""Modes and contexts by the words of a clause."""

from __future__ import annotations

import functools

from dejure.coding.lexicon import read_tsv
from dejure.reading.reading import Sentence
from dejure.reference.ontology import load_ontology

__all__ = ["MODES_BY_ACT_ONLY", "contexts_of", "mode_cues_in", "mode_of"]

_LONGEST_CUE = 4
_MOST_CONTEXTS = 3
#: Modes that only an act of recognition gives.
MODES_BY_ACT_ONLY = frozenset({"recognise", "derecognise"})


@functools.cache
def _mode_cues() -> dict[str, dict[str, tuple[tuple[str, int], ...]]]:
    """Cue to (mode, weight) pairs, by event type."""
    found: dict[str, dict[str, list[tuple[str, int]]]] = {}
    for row in read_tsv("mode_cues.tsv"):
        found.setdefault(row["event_type"], {}).setdefault(row["cue"], []).append((row["mode"], int(row["weight"])))
    return {kind: {cue: tuple(v) for cue, v in cues.items()} for kind, cues in found.items()}


@functools.cache
def _context_cues() -> dict[str, str]:
    return {row["cue"]: row["context"] for row in read_tsv("contexts.tsv")}


def mode_of(sentence: Sentence, at: int, word: int, event_type: str) -> str | None:
    """The mode with most weight among the cues in the predicate's clause, None if there is none."""
    cues = _mode_cues().get(event_type)
    if not cues:
        return None
    near = _clause(sentence, at)
    weights: dict[str, int] = {}
    for phrase, position in _phrases(sentence, near):
        for mode, weight in cues.get(phrase, ()):
            weights[mode] = weights.get(mode, 0) + weight * (2 if position in (at, word) else 1)
    known = load_ontology().types[event_type].modes
    weights = {mode: weight for mode, weight in weights.items() if mode in known and mode not in MODES_BY_ACT_ONLY}
    return max(weights, key=lambda m: (weights[m], m)) if weights and max(weights.values()) >= 2 else None


def mode_cues_in(sentence: Sentence, at: int, word: int) -> dict[str, int]:
    """Weight of the mode cues in the predicate's clause, by event type: how much its words speak for each type."""
    cues = _types_by_cue()
    found: dict[str, int] = {}
    for phrase, i in _phrases(sentence, _clause(sentence, at)):
        for event_type, weight in cues.get(phrase, ()):
            found[event_type] = found.get(event_type, 0) + weight * (2 if i in (at, word) else 1)
    return {event_type: found[event_type] for event_type in _mode_cues() if found.get(event_type)}


@functools.cache
def _types_by_cue() -> dict[str, tuple[tuple[str, int], ...]]:
    """Cue to pairs of event type and weight."""
    found: dict[str, list[tuple[str, int]]] = {}
    for event_type, cues in _mode_cues().items():
        for cue, modes in cues.items():
            found.setdefault(cue, []).append((event_type, sum(weight for _, weight in modes)))
    return {cue: tuple(pairs) for cue, pairs in found.items()}


def contexts_of(sentence: Sentence, given: tuple[str, ...]) -> tuple[str, ...]:
    """Contexts of a frame and of the sentence's words, at most three, in the ontology's order."""
    cues = _context_cues()
    counts: dict[str, int] = dict.fromkeys(given, 10)
    for phrase, _ in _phrases(sentence, list(range(len(sentence.tokens)))):
        context = cues.get(phrase)
        if context is not None:
            counts[context] = counts.get(context, 0) + 1
    names = load_ontology().contexts
    ranked = sorted(counts, key=lambda c: (-counts[c], names.index(c) if c in names else 99))[:_MOST_CONTEXTS]
    return tuple(c for c in names if c in ranked)


def _clause(sentence: Sentence, at: int) -> list[int]:
    """The predicate and what hangs on it, without clauses of their own subject."""
    found, stack = [], [at]
    while stack:
        here = stack.pop()
        found.append(here)
        stack += [c.i for c in sentence.children(here) if c.dep not in ("conj", "ccomp", "advcl", "parataxis", "relcl")]
    return sorted(found)


def _phrases(sentence: Sentence, positions: list[int]) -> list[tuple[str, int]]:
    tokens = sentence.tokens
    chosen = set(positions)
    found = []
    for i in positions:
        words: list[str] = []
        for j in range(i, min(i + _LONGEST_CUE, len(tokens))):
            if j not in chosen:
                break
            words.append(tokens[j].lemma)
            found.append((" ".join(words), i))
            if j == i and tokens[j].lower != tokens[j].lemma:
                found.append((tokens[j].lower, i))
    return found
