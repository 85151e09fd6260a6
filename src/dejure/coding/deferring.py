"""Words that take no side: the matter is left to others, their choice is respected, nothing is changed.

"A matter for the two countries", "respects the outcome", "changes nothing in our policy".
"""

from __future__ import annotations

import functools
import re

from dejure.coding.words import load_toml

__all__ = ["is_deferring"]

#: How many words may stand between the two halves of such a wording.
_GAP = r"(?:\W+\w+){0,4}?\W+"
_BE = r"(?:is|are|was|were|be|been|'s|remains?|remained|rests?|rested|lies|lay)"


@functools.cache
def _words() -> dict[str, str]:
    return {key: "|".join(words) for key, words in load_toml("statements.toml")["deferring"].items()}


@functools.cache
def _wordings() -> tuple[re.Pattern[str], ...]:
    w = _words()
    shapes = (
        rf"(?<!out of the )(?:{w['matters']})\W+for\W+(?!the\W+(?:first|time)|now|example)",
        rf"(?:{w['left']}){_GAP}(?:to|with)\W+",
        rf"{_BE}\W+(?:for|up\W+to){_GAP}to\W+(?:{w['deciding']})\b",
        rf"(?:{w['matters']}){_GAP}{_BE}\W+(?:for|up\W+to|one\W+for)\W+(?:the|each|every|its|their|both|all)\b",
        rf"only{_GAP}(?:can|could|may|might)\W+(?:{w['deciding']})\b",
        rf"(?:{w['respecting']}){_GAP}(?:{w['choices']})\b",
        rf"(?:every|sovereign|full)\W+right\b|(?:a|the|'s|its|their)\W+right\W+to\W+(?:make\W+)?(?:{w['deciding']})\b|\bfree\W+to\W+(?:{w['deciding']})\b",
        rf"(?:{w['neutral']})\b",
        rf"(?:{w['standings']}){_GAP}(?:has|had|have|is|was|remains?|remained)\W+(?:(?:not|n't)\W+changed|(?:un|not\W+)affected|unchanged|untouched)\b",
        r"no\W+change\W+(?:of|in|to)\b|\bchange[sd]?\W+nothing\b",
        r"states?\W+(?:and\W+)?not\W+governments?\b",
    )  # fmt: skip
    return tuple(re.compile(rf"\b(?:{shape})") for shape in shapes)


def is_deferring(text: str) -> bool:
    """Whether what is said leaves the matter to others, or says that nothing is changed by it."""
    plain = text.lower().replace("’", "'")
    return any(shape.search(plain) for shape in _wordings())
