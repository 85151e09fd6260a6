"""Words in unusual capitals, put into the case of running text before they are parsed.

A headline may Raise Every Word, a live blog may SHOUT the country's name. The parser was trained on neither. Recasing
never changes the length of a text, so offsets stay true.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

__all__ = ["is_title_case", "recase"]

_WORD = re.compile(r"[^\W\d_][\w’']*")
_SHARE_RAISED = 0.7
_SHORTEST_SHOUT = 4


def is_title_case(text: str) -> bool:
    """Whether most words of at least four letters begin with a capital (four such words are needed)."""
    words = [m[0] for m in _WORD.finditer(text) if len(m[0]) >= 4]
    return len(words) >= 4 and sum(w[0].isupper() for w in words) >= _SHARE_RAISED * len(words)


def recase(text: str, names: Iterable[tuple[int, int]], *, headline: bool) -> str:
    """The text with shouted names lowered to one capital and, in a headline, common words lowered.

    Parameters
    ----------
    text : str
        A sentence.
    names : iterable of (start, end)
        Where known names stand; they keep their capitals.
    headline : bool
        Whether the text is a headline, in which all but names is lowered if it raises every word.
    """
    kept = sorted(names)
    lower_rest = headline and is_title_case(text)
    if not lower_rest and not (kept and any(len(w) >= _SHORTEST_SHOUT and w.isupper() for w in _WORD.findall(text))):
        return text
    pieces, at = [], 0
    for found in _WORD.finditer(text):
        word = found[0]
        inside = any(start <= found.start() < end for start, end in kept)
        changed = _recased(word, inside=inside, lower=lower_rest and at > 0)
        pieces.append(text[at : found.start()])
        pieces.append(changed if len(changed) == len(word) else word)
        at = found.end()
    return "".join(pieces) + text[at:]


def _recased(word: str, *, inside: bool, lower: bool) -> str:
    if word.isupper() and len(word) >= _SHORTEST_SHOUT:
        return word.capitalize() if inside else word
    if lower and not inside and word[1:].islower():
        return word.lower()
    return word
