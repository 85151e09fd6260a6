"""List items whose name and verb a mark keeps apart ("Kiribati - broke with Taipei"), read as the clauses they are.

The parser takes the name for a phrase of its own and the verb for an adjective. Without the mark it sees a clause;
the text keeps its length, so offsets stay true.
"""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Iterable
from importlib import resources

__all__ = ["as_clause", "is_finite_form"]

_MARK = re.compile(r"\s*(?P<mark>[-–—:(])\s*(?P<word>[a-z]+)\b(?!-)")
_OPEN_WITH_SPACE = frozenset("-–—")


def as_clause(text: str, names: Iterable[tuple[int, int]]) -> str:
    """The text with a blank for the mark between the name that opens it and its finite verb, else as it is."""
    lead = len(text) - len(text.lstrip("-*•·– "))
    lead += 4 * text.startswith("The ", lead)
    end = next((stop for start, stop in names if start in (lead, lead - 4) and stop > lead), None)
    found = _MARK.match(text, end) if end is not None else None
    if found is None:
        return text
    at = found.start("mark")
    if found["mark"] in _OPEN_WITH_SPACE and not (text[at - 1].isspace() and text[at + 1 : at + 2].isspace()):
        return text
    if not is_finite_form(found["word"]):
        return text
    return f"{text[:at]} {text[at + 1 :]}"


def is_finite_form(word: str) -> bool:
    """Whether a word in small letters looks like a finite verb of telling: one in "-ed", or an irregular one."""
    return word in _irregular() or (word.endswith("ed") and word.islower() and len(word) > len("need"))


@functools.cache
def _irregular() -> frozenset[str]:
    raw = resources.files("dejure.reading").joinpath("data/item_verbs.toml").read_text(encoding="utf-8")
    return frozenset(tomllib.loads(raw)["irregular"])
