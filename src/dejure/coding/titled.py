"""Surnames with a title: whether "Mr Brown" may be the office holder of that name, or is told to be somebody else."""

from __future__ import annotations

import re

from dejure.coding.persons import is_of_other_sex
from dejure.coding.role_phrases import longest_role
from dejure.coding.words import load_noun_classes
from dejure.reading.reading import Sentence
from dejure.reference.names import Name, NameHit
from dejure.reference.tables import Role, load_roles

__all__ = [
    "is_addressed_otherwise",
    "is_beside_noun",
    "is_mere_title",
    "is_private",
    "is_somebody_else",
    "title_before",
]


def title_before(sentence: Sentence, start: int) -> str:
    """The word right before an offset of a sentence, small and without its stop."""
    return sentence.text[:start].rstrip().rpartition(" ")[2].strip(".").lower()


def is_addressed_otherwise(sentence: Sentence, hit: NameHit, name: Name) -> bool:
    """Whether the title before a bare surname is for a woman and the office holder a man, or the other way round."""
    if name.table != "person" or name.kind != "short":
        return False
    return is_of_other_sex(title_before(sentence, hit.start), name.target, name.text)


def is_mere_title(sentence: Sentence, role: Role, hit: NameHit) -> bool:
    """Whether a word before an office holder's name is how they are addressed: "Chairman Khrushchev"."""
    before = title_before(sentence, hit.start)
    is_capital = sentence.text[: hit.start].rstrip().rpartition(" ")[2][:1].isupper()
    return (
        role.acts_for == "none" and role.phrase == before and is_capital and role.phrase in ("chairman", "chairwoman")
    )


def is_somebody_else(sentence: Sentence, hit: NameHit, surname: str, body: str) -> bool:
    """Whether a report tells that the bearer of a surname is a private person: "Mr Brown, a teacher"."""
    token = next((t for t in sentence.tokens if t.start == hit.start), None)
    return token is None or is_private(sentence, token.i, surname, body)


def is_private(sentence: Sentence, i: int, surname: str, body: str) -> bool:
    """Whether a noun that is no office, or a given name, stands beside a surname or before it in a report."""
    token = sentence.tokens[i]
    beside = list(sentence.children(i, "appos")) + ([sentence.tokens[token.head]] if token.dep == "appos" else [])
    if any(t.pos == "NOUN" and longest_role(sentence, t.i) is None for t in beside):
        return True
    titles, roles = load_noun_classes().titles, load_roles()
    given = re.findall(rf"(\w+)\.? {re.escape(surname)}\b", body)
    return any(word[:1].isupper() and word.lower() not in titles and word.lower() not in roles for word in given)


def is_beside_noun(sentence: Sentence, i: int) -> bool:
    """Whether a noun that is no office tells what the bearer of a name is: "a farmer in Jamaica, Mr Smith"."""
    token = sentence.tokens[i]
    beside = list(sentence.children(i, "appos")) + ([sentence.tokens[token.head]] if token.dep == "appos" else [])
    return any(t.pos == "NOUN" and longest_role(sentence, t.i) is None for t in beside)
