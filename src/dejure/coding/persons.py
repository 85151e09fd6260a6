"""What tells one person from another: who is a woman, and who is told to have left office."""

from __future__ import annotations

import datetime as dt
import functools
import re

from dejure.coding.parties import Party
from dejure.coding.words import load_toml
from dejure.reading.language import Token
from dejure.reading.reading import Sentence
from dejure.reference.names import NameHit
from dejure.reference.overlay import tabled
from dejure.reference.tables import load_people

__all__ = ["is_courtesy", "is_of_other_sex", "is_told_to_have_left", "is_woman", "told_to_be"]

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_OF_MEN = frozenset({"mr", "sir", "lord", "herr", "monsieur", "señor", "signor", "senhor"})
_INSTALLING = frozenset({"name", "appoint", "swear", "inaugurate", "install", "proclaim", "elect", "crown"})
_LEAVING = frozenset({"resign", "abdicate", "quit", "concede"})
_WITH_PARTICLE = {"step": "down", "stand": "down", "give": "up"}
#: How long before its end by the tables a leaving may be told of.
_DAYS_OF_LEAVING = 3


def is_woman(party: Party) -> bool:
    """Whether a person named in a report is a woman by title or given name; False where nothing tells."""
    return _is_womans_name(party.entity.name_raw or "", party.slug or "")


def is_courtesy(title: str) -> bool:
    """Whether a word is a title that anybody may have ("Mr", "Mrs"), and goes with a surname."""
    return title in _OF_MEN or title in _women()["titles"]


def is_of_other_sex(title: str, slug: str, surname: str) -> bool:
    """Whether a title before a surname is not of the sex of the state's office holders of that surname."""
    if not is_courtesy(title):
        return False
    return _sexes_of_surname().get((slug, surname.lower())) == {title in _women()["titles"]} ^ {True, False}


def is_told_to_have_left(sentence: Sentence, token: Token, hit: NameHit, on: dt.date | None) -> bool:
    """Whether an office holder of a day is the subject of "resigned", "has quit" or the like, and leaves about then."""
    ends = [n.validity.end for n in hit.names if n.table == "person"]
    if on is None or not ends or any(end is None or (end - on).days > _DAYS_OF_LEAVING for end in ends):
        return False
    verb = sentence.tokens[token.head]
    if token.dep != "nsubj" or verb.tag not in ("VBD", "VBN", "VBZ") or sentence.children(verb.i, "neg"):
        return False
    particle = _WITH_PARTICLE.get(verb.lemma)
    has_left = verb.lemma in _LEAVING or any(c.lower == particle for c in sentence.children(verb.i, "prt", "advmod"))
    is_open = any(c.tag == "MD" for c in sentence.children(verb.i, "aux"))
    return has_left and not is_open and not (particle == "up" and sentence.children(verb.i, "dobj"))


def told_to_be(sentence: Sentence, token: Token) -> Token | None:
    """The noun that says what somebody is: "Bakiyev is acting president", "was named prime minister", not denied."""
    verb = sentence.tokens[token.head]
    if token.dep not in ("nsubj", "nsubjpass") or sentence.children(verb.i, "neg"):
        return None
    if any(c.tag == "MD" for c in sentence.children(verb.i, "aux")):
        return None
    if verb.lemma in ("be", "become", "remain"):
        return next(iter(sentence.children(verb.i, "attr")), None)
    if verb.lemma in _INSTALLING and token.dep == "nsubjpass":
        said = sentence.children(verb.i, "oprd", "attr", "dobj")
        of_as = [c for c in sentence.children(verb.i, "prep") if c.lower == "as"]
        return next(iter((*said, *(inner for c in of_as for inner in sentence.children(c.i, "pobj")))), None)
    return None


@functools.lru_cache(maxsize=4096)
def _is_womans_name(words: str, slug: str) -> bool:
    table = _women()
    given = [word.lower() for word in _WORD.findall(words)]
    if any(whole in words for whole in table["whole"]):
        return True
    before = ["", *given]
    if given and given[0] in table["titles"]:
        return True
    if any(word in table["given"] and before[i] not in table["of_men"] for i, word in enumerate(given[:-1])):
        return True
    return len(given) == 1 and (slug, given[0]) in _surnames_of_women()


@functools.cache
def _women() -> dict[str, frozenset[str]]:
    return {key: frozenset(words) for key, words in load_toml("women.toml").items()}


@tabled
def _surnames_of_women() -> frozenset[tuple[str, str]]:
    """Polities and the surnames that only women among their office holders bear."""
    return frozenset(key for key, kinds in _sexes_of_surname().items() if kinds == {True})


@tabled
def _sexes_of_surname() -> dict[tuple[str, str], set[bool]]:
    """Whether women, men or both bear a surname among the office holders of a polity; True stands for women."""
    found: dict[tuple[str, str], set[bool]] = {}
    for person in load_people():
        words = [word.lower() for word in _WORD.findall(person.name)]
        if len(words) > 1:
            is_woman_ = _is_womans_name(person.name, "")
            for word in words[1:]:
                found.setdefault((person.polity, word), set()).add(is_woman_)
    return found
