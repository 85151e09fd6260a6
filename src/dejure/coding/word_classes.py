"""Classes of words by what they tell of, so that the trained heads know words that the corpus has not."""

from __future__ import annotations

import functools
from collections.abc import Iterable

from dejure.coding.clauses import Arguments, coordinated
from dejure.coding.words import load_toml
from dejure.reading.language import Token
from dejure.reading.reading import Sentence

__all__ = ["class_features", "classes_of"]

_POS = {"VERB": "verb", "AUX": "verb", "NOUN": "noun"}
_NONE = ("-",)
_MOST = 2


@functools.cache
def _classes() -> dict[tuple[str, str], tuple[str, ...]]:
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    for pos, table in load_toml("word_classes.toml").items():
        for name, words in table.items():
            for word in words.split():
                found[word, pos] = tuple(dict.fromkeys((*found.get((word, pos), ()), name)))
    return found


def classes_of(token: Token) -> tuple[str, ...]:
    """Classes that a verb or a noun belongs to; none for any other word."""
    return _classes().get((token.lemma, _POS.get(token.pos, "")), ())


def class_features(sentence: Sentence, i: int, arguments: Arguments, above: Iterable[int]) -> dict[str, float]:
    """Classes of a word, of what it takes and of what stands over it, alone and in pairs.

    Parameters
    ----------
    above : iterable of int
        Words that the deed is told under, the nearest first.
    """
    tokens = sentence.tokens
    own = classes_of(tokens[i]) or _NONE
    found = {f"class:{name}": 1.0 for name in own}
    below = [("obj", at) for head in arguments.objects for at in coordinated(sentence, head)[:_MOST]]
    below += [("comp", at) for at in arguments.comps[:_MOST]]
    below += [("subj", at) for at in arguments.subjects[:_MOST]]
    below += [(name, at) for name, heads in arguments.preps.items() for at in heads[:_MOST]]
    for slot, at in below:
        for name in classes_of(tokens[at]):
            found[f"class:{slot}:{name}"] = 1.0
            if slot not in ("obj", "comp", "subj"):
                found[f"class:prep:{name}"] = 1.0
            for mine in own:
                found[f"class:{mine}>{slot}:{name}"] = 1.0
    for at in list(above)[:1]:
        for name in classes_of(tokens[at]):
            found[f"class:<{name}"] = 1.0
            for mine in own:
                found[f"class:{mine}<{name}"] = 1.0
    return found
