"""A possible act of recognition: the words that name it, who would do it, about whom."""

from __future__ import annotations

from dataclasses import dataclass

from dejure.coding.parties import Party
from dejure.coding.recognition.judge import Base
from dejure.reading.reading import Sentence
from dejure.records import Recognised
from dejure.reference.tables import load_polities

__all__ = ["Trigger", "is_contested", "light_verb"]


@dataclass(frozen=True, slots=True)
class Trigger:
    """A possible act.

    Attributes
    ----------
    base : str
        The act if nothing stands over it.
    at : int
        The predicate whose outlook counts.
    word : int
        The word that names the act (the noun under a light verb).
    parties : tuple of Party
        Who would do it.
    recognised : tuple of Recognised
        About whom.
    forced : str
        An act that the wording itself fixes ("withhold recognition" is `refuse`), or "".
    manner : str or None
    rule : str
        Name of the pattern, for explanations.
    """

    base: Base
    at: int
    word: int
    parties: tuple[Party, ...]
    recognised: tuple[Recognised, ...]
    rule: str
    forced: str = ""
    manner: str | None = None
    presupposed: bool = False


def light_verb(sentence: Sentence, i: int) -> int | None:
    """The verb whose object (or passive subject, or "of"/"for" phrase) a noun is."""
    token = sentence.tokens[i]
    head = sentence.tokens[token.head]
    if token.dep in ("dobj", "nsubjpass", "attr", "oprd") and head.pos in ("VERB", "AUX"):
        return head.i
    if token.dep == "conj":
        return light_verb(sentence, token.head)
    if token.dep == "pobj":
        above = sentence.tokens[head.head]
        if above.pos in ("VERB", "AUX"):
            return above.i if head.lower not in ("on", "after", "before", "since", "despite", "over") else None
        if above.pos == "NOUN" and head.lower in ("of", "for"):
            return light_verb(sentence, above.i)
    if token.dep == "nsubj" and head.lemma in ("come", "follow"):
        return None
    return None


def is_contested(slug: str) -> bool:
    """Whether the standing of a polity is contested."""
    polity = load_polities().get(slug)
    return polity is not None and polity.is_disputed
