"""A possible act of recognition: the words that name it, who would do it, about whom."""

from __future__ import annotations

from dataclasses import dataclass

from dejure.coding.actors import Cast
from dejure.coding.parties import Party
from dejure.coding.recognition.judge import Base
from dejure.coding.recognition.slugs import recognition_words
from dejure.reading.reading import Sentence
from dejure.records import Recognised

__all__ = ["Trigger", "is_put_off", "light_verb", "names_before"]


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
    askers : tuple of Party
        Who asks for it, where the words name them apart from what stands over the act.
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
    askers: tuple[Party, ...] = ()


#: Behind these recognition is when or about what something is done, not what is done.
_ASIDE_FROM_DEED = frozenset({"on", "about", "regarding", "concerning", "after", "before", "since", "despite", "over"})


def is_put_off(sentence: Sentence, verb: int) -> bool:
    """As in "is holding off on", "put off", "ruled out"."""
    words = recognition_words()["putting_off_recognition"]
    return sentence.tokens[verb].lemma in words["verbs"] and any(
        c.lower in words["with"] for c in sentence.children(verb)
    )


def light_verb(sentence: Sentence, i: int) -> int | None:
    """The verb whose object (or passive subject, or "of"/"for" phrase) a noun is."""
    token = sentence.tokens[i]
    head = sentence.tokens[token.head]
    if token.dep in ("dobj", "nsubjpass", "attr", "oprd") and head.pos in ("VERB", "AUX"):
        return head.i
    if token.dep == "conj" or (token.dep == "compound" and head.lower in ("jure", "facto")):
        return light_verb(sentence, token.head)
    if token.dep == "pobj":
        above = sentence.tokens[head.head]
        if above.pos in ("VERB", "AUX"):
            if head.lower == "on" and is_put_off(sentence, above.i):
                return above.i
            return above.i if head.lower not in _ASIDE_FROM_DEED else None
        if above.pos == "NOUN" and head.lower in ("of", "for"):
            return light_verb(sentence, above.i)
    if token.dep == "nsubj" and head.lemma in ("come", "follow"):
        return None
    return None


#: Words that may stand between the members of a list of names, and between the list and its verb.
_JOINING = frozenset({",", "and", "the", "as", "well", "both", "&"})
_BEFORE_VERB = frozenset(
    {
        "has",
        "have",
        "had",
        "yesterday",
        "today",
        "last",
        "night",
        "this",
        "morning",
        "week",
        "all",
        "both",
        "also",
        "then",
        "now",
        "thus",
        "each",
        "jointly",
        "together",
    }
)
_ASIDE = 7


def names_before(cast: Cast, sentence: Sentence, verb: int) -> list[Party]:
    """The names that end right before a verb, whatever the parse makes of them; an aside between commas is passed over.

    "Peru, Chile and, in Africa, Mali, had by Friday all recognised", "Fiji, Samoa and Tonga, one after the other, cut".
    """
    tokens = sentence.tokens
    at = _over_adverbs(cast, sentence, verb - 1)
    if at >= 0 and tokens[at].lower == ",":
        opens = next((j for j in range(at - 1, max(-1, at - _ASIDE - 1), -1) if tokens[j].lower == ","), None)
        aside = range(opens + 1, at) if opens is not None else range(0)
        is_aside = len(aside) > 0 and not any(cast.hit(sentence, j) or tokens[j].pos in ("VERB", "AUX") for j in aside)
        at = opens - 1 if is_aside and opens is not None else at - 1
    last = at
    while at >= 0 and _is_in_list(cast, sentence, at):
        at -= 1
    first = at + 1
    if at >= 0 and tokens[at].pos in ("ADP", "VERB", "SCONJ") and not _is_time_before(sentence, at, first):
        return []
    return [p for p in cast.named_in(sentence, first, last) if not p.is_place_name or p.slug is not None]


def _over_adverbs(cast: Cast, sentence: Sentence, at: int) -> int:
    """Back over auxiliaries, adverbs and a short phrase of time."""
    tokens = sentence.tokens
    while at >= 0:
        token = tokens[at]
        is_named = cast.hit(sentence, at) is not None and not token.lower.endswith("day")
        if is_named:
            break
        is_time = at > 0 and tokens[at - 1].lower in ("by", "on", "in") and token.dep == "pobj"
        if token.lower in _BEFORE_VERB or token.pos == "ADV":
            at -= 1
        elif is_time:
            at -= 2
        else:
            break
    return at


def _is_in_list(cast: Cast, sentence: Sentence, at: int) -> bool:
    token = sentence.tokens[at]
    if cast.hit(sentence, at) is not None or token.lower in _JOINING or token.tag == "NNP":
        return True
    # "and in Africa Mali": a region that heads a part of the list
    after = sentence.tokens[at + 1] if at + 1 < len(sentence.tokens) else token
    before = sentence.tokens[at - 1] if at else token
    is_region = token.pos == "PROPN" and before.lower == "in"
    return is_region or (token.lower == "in" and after.pos == "PROPN" and cast.hit(sentence, at + 1) is None)


def _is_time_before(sentence: Sentence, at: int, first: int) -> bool:
    """Whether a preposition before the list belongs to a phrase of time ("Early on Monday Peru ...")."""
    return sentence.tokens[at].lower in ("on", "in", "by") and sentence.tokens[first].dep in ("compound", "pobj")
