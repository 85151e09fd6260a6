"""Acts that a finite clause only asks for: "it is time that Peru recognised X", "the demand that Peru recognise X"."""

from __future__ import annotations

from dejure.coding.recognition.slugs import recognition_words
from dejure.coding.recognition.trigger import Trigger
from dejure.reading.reading import Sentence

__all__ = ["is_asked_for"]


def is_asked_for(sentence: Sentence, trigger: Trigger) -> bool:
    """Whether the clause of a trigger tells what should be done, and not what was."""
    return _is_high_time(sentence, trigger) or _is_under_demand(sentence, trigger)


def _is_under_demand(sentence: Sentence, trigger: Trigger) -> bool:
    """As in "the demand that Peru recognise it": a clause with "that" under a noun of asking."""
    token = sentence.tokens[trigger.at]
    is_clause = token.dep in ("relcl", "acl") and token.tag in ("VB", "VBP") and token.head < token.i
    is_that = any(c.lower == "that" for c in sentence.children(token.i, "mark"))
    is_noun = sentence.tokens[token.head].lemma in recognition_words()["calling"]["nouns"]
    return trigger.base == "recognise" and not trigger.forced and is_clause and is_that and is_noun


def _is_high_time(sentence: Sentence, trigger: Trigger) -> bool:
    """As in "It is time that Peru recognised X", "it is high time Peru did": that is asked for, and not done."""
    token = sentence.tokens[trigger.at]
    head = sentence.tokens[token.head]
    noun = head if head.lemma == "time" else next((c for c in sentence.children(head.i, "attr") if c.i < token.i), head)
    verb = sentence.tokens[noun.head]
    is_clause = token.dep in ("relcl", "acl", "ccomp") and token.tag in ("VBD", "VBN", "VBP", "VB")
    # "the first time that", "a time when" are of another kind.
    before = sentence.children(noun.i, "det", "amod", "poss")
    is_bare = all(c.lower in ("high", "past", "well") for c in before)
    is_said = (
        noun.lemma == "time"
        and is_bare
        and verb.lemma == "be"
        and any(t.lower == "it" for t in sentence.children(verb.i))
    )
    return trigger.base == "recognise" and is_clause and is_said and not trigger.forced
