"""Classes of nouns that the coding rules speak of, kept as data."""

from __future__ import annotations

import functools
import tomllib
from dataclasses import dataclass
from importlib import resources
from typing import Any

__all__ = ["NounClasses", "load_noun_classes", "load_toml"]


@dataclass(frozen=True, slots=True)
class NounClasses:
    """Nouns by what they can stand for again (states, groups, clubs, firms, fighters), and words for pairs."""

    states: frozenset[str]
    groups: frozenset[str]
    clubs: frozenset[str]
    companies: frozenset[str]
    fighters: frozenset[str]
    people: frozenset[str]
    deeds: frozenset[str]
    pairs: frozenset[str]
    persons: frozenset[str]
    members: frozenset[str]
    camps: frozenset[str]
    plain: frozenset[str]
    quantities: frozenset[str]
    titles: frozenset[str]
    official_words: frozenset[str]
    directions: frozenset[str]
    out_of_office: frozenset[str]
    accords: frozenset[str]


@functools.cache
def load_toml(name: str) -> dict[str, Any]:
    """A table of `coding/data`, read once; whoever takes it must not change it."""
    return tomllib.loads(resources.files("dejure.coding").joinpath("data", name).read_text(encoding="utf-8"))


@functools.cache
def load_noun_classes() -> NounClasses:
    """The noun classes."""
    table = load_toml("noun_classes.toml")
    return NounClasses(**{key: frozenset(table[key]) for key in NounClasses.__dataclass_fields__})
