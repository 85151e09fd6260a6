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
#: How many words before a cue may deny it or bring it to an end.
_REACH = 3
_NEGATIONS = frozenset({"not", "no", "never", "nor", "neither", "without", "cannot"})
#: "No mistake" is not yet praise.
_DENIED = {"support": "oppose", "oppose": "neutral", "concern": "neutral", "neutral": "neutral"}
_INFLECTIONS = (
    ("ies", ("y",)), ("ied", ("y",)), ("ing", ("", "e")), ("ed", ("", "e")), ("es", ("", "e")), ("s", ("",)),
    ("ise", ("ize",)), ("ises", ("ize",)), ("ised", ("ize",)), ("ising", ("ize",)),
)  # fmt: skip
_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
#: "can't", "won't", "doesn't": the negation is a word of its own.
_SHORT_NOT = re.compile(r"(?:ca(?=n['’]t)|wo(?=n['’]t))?n['’]t\b", re.IGNORECASE)


def words_in(text: str) -> list[str]:
    """Words of a text, lower case."""
    return [w.lower() for w in _WORD.findall(_SHORT_NOT.sub(" not", text))]


def stance_of_words(text: str) -> Stance | None:
    """The stance that the cues in a text add up to, None where they are too few.

    Negated praise counts against, negated blame for neither side; blame that is brought to an end ("reduce tensions")
    counts for it. What stands behind the last "but" is what is meant, where it has a stance.
    """
    words = words_in(text)
    turn = max((at for at, word in enumerate(words) if word in _turns()), default=-1)
    return (_weighed(words[turn + 1 :]) if turn > 0 else None) or _weighed(words)


def _weighed(words: list[str]) -> Stance | None:
    weights: dict[str, int] = {}
    for size in (4, 3, 2, 1):
        for at in range(len(words) - size + 1):
            cue = _cue_at(words[at : at + size])
            if cue is None:
                continue
            stance, weight = cue
            before = words[max(0, at - _REACH) : at]
            if any(w in _NEGATIONS for w in before):
                stance = _DENIED[stance]
            elif stance != "support" and any(form in _endings() for w in before for form in _forms(w)):
                stance = "support"
            weights[stance] = weights.get(stance, 0) + weight
    if not weights or max(weights.values()) < _MIN_WEIGHT:
        return None
    return STANCE[max(sorted(weights), key=lambda s: weights[s])]


def _cue_at(words: list[str]) -> tuple[str, int] | None:
    cues = _cues()
    return next((cues[cue] for form in _forms(words[-1]) if (cue := " ".join([*words[:-1], form])) in cues), None)


@functools.lru_cache(maxsize=4096)
def _forms(word: str) -> tuple[str, ...]:
    """A word and what it may be a form of: "violated" is "violate", "condemns" is "condemn", "betrays" is "betray"."""
    found = [word]
    for ending, others in _INFLECTIONS:
        if word.endswith(ending) and len(word) > len(ending) + 2:
            stem = word[: -len(ending)]
            found += [stem + other for other in others]
            if len(stem) > 3 and stem[-1] == stem[-2] and ending in ("ed", "ing"):
                found.append(stem[:-1])
    return tuple(found)


@functools.cache
def statement_words() -> dict[str, dict[str, frozenset[str]]]:
    """The word classes of `statements.toml`."""
    table: dict[str, dict[str, list[str]]] = load_toml("statements.toml")
    return {group: {key: frozenset(words) for key, words in rows.items()} for group, rows in table.items()}


@functools.cache
def _turns() -> frozenset[str]:
    return statement_words()["words"]["turning"]


@functools.cache
def _endings() -> frozenset[str]:
    return statement_words()["words"]["ending"]


@functools.cache
def stances() -> dict[tuple[str, str], Stance]:
    """Stance by lemma and part of speech (verb | noun | adj)."""
    return {(row["head"], row["pos"]): row["stance"] for row in read_tsv("stances.tsv")}  # type: ignore[misc]


@functools.cache
def _cues() -> dict[str, tuple[str, int]]:
    return {row["cue"]: (row["stance"], int(row["weight"])) for row in read_tsv("stance_cues.tsv")}
