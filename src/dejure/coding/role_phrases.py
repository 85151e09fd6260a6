"""Phrases of roles in a sentence: "foreign ministry", "minister of defence"."""

from __future__ import annotations

from dejure.reading.reading import Sentence
from dejure.reference.overlay import tabled
from dejure.reference.tables import Role, load_roles

__all__ = ["longest_role"]

_LONGEST_ROLE = 4


def longest_role(sentence: Sentence, i: int) -> Role | None:
    """The longest role phrase that ends in a token, or that has "of" behind it ("minister of defence")."""
    tokens, roles = sentence.tokens, load_roles()
    ends, begins = _role_edges()
    if not (tokens[i].lemma in ends or (low := tokens[i].lower) in ends or low in begins):
        return None
    if i + 2 < len(tokens) and tokens[i + 1].lower == "of":
        role = roles.get(" ".join(t.lower for t in tokens[i : i + 3]))
        if role is not None:
            return role
    for first in range(max(0, i - _LONGEST_ROLE + 1), i + 1):
        words = tokens[first : i + 1]
        for form in (" ".join(t.lower for t in words), " ".join([*(t.lower for t in words[:-1]), words[-1].lemma])):
            role = roles.get(form.replace(" - ", "-"))
            if role is not None:
                return role
    return None


@tabled
def _role_edges() -> tuple[frozenset[str], frozenset[str]]:
    """Last words of all role phrases, and first words of those with "of" behind them."""
    phrases = [phrase.split() for phrase in load_roles()]
    return frozenset(words[-1] for words in phrases if words), frozenset(words[0] for words in phrases if "of" in words)
