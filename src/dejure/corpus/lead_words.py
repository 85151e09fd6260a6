"""The lead words of a report: beginnings of the content words of its title and first hundred words, and its numbers.

They tell whether two reports are about one thing without their texts being kept.
"""

from __future__ import annotations

import functools
import re
import tomllib
from importlib import resources
from typing import Any, Final

__all__ = ["incident_rules", "lead_words"]

_WORD: Final = re.compile(r"\d+(?:[.,]\d+)*|\w+(?:'\w+)?")


def lead_words(title: str, body: str) -> list[str]:
    """Sorted beginnings of words, in small letters, each once.

    Function words, months and days of the week are left out, and so are short words.
    """
    rules, left_out = incident_rules()["lead"], _left_out()
    text = f"{title} {' '.join(body.split(maxsplit=rules['words'])[: rules['words']])}".replace("’", "'")
    found: set[str] = set()
    for match in _WORD.finditer(text):
        word = match.group().casefold()
        if word[0].isdigit():
            found.add(word)
        elif len(word) >= rules["least_letters"] and word not in left_out:
            found.add(word[: rules["letters"]])
    return sorted(found)


@functools.cache
def incident_rules() -> dict[str, Any]:
    """The table `corpus/data/incidents.toml`."""
    return tomllib.loads(
        resources.files("dejure.corpus").joinpath("data/incidents.toml").read_text(encoding="utf-8")
    )  # fmt: skip


@functools.cache
def _left_out() -> frozenset[str]:
    rules = incident_rules()["lead"]
    return frozenset(f"{rules['function_words']} {rules['months_and_days']}".split())
