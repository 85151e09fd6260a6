"""A state that goes over from one China to the other: "went back to Taipei", "switched to Beijing".

Whom it goes over to it has relations with; said of a person, or of any other capital, the same words tell of a journey.
"""

from __future__ import annotations

from collections.abc import Iterator

from dejure.coding.actors import Cast
from dejure.coding.clauses import arguments_of
from dejure.coding.recognition.polity import recognised_by, recognition_words
from dejure.coding.recognition.trigger import Trigger
from dejure.reading.reading import Sentence

__all__ = ["by_turning"]

_CHINAS = frozenset({"china-prc", "taiwan-roc"})


def by_turning(cast: Cast, sentence: Sentence, i: int) -> Iterator[Trigger]:
    """As in "Nauru went back to Taipei in 2005", "Honduras has switched to Beijing"."""
    words = recognition_words()["turning"]
    token = sentence.tokens[i]
    around = {c.lower for c in sentence.children(i, "advmod", "prt", "prep")}
    is_turning = token.lemma in words["verbs"] or (token.lemma in words["moving"] and bool(around & words["ways"]))
    arguments = arguments_of(sentence, i)
    if not is_turning or arguments.objects or arguments.is_passive:
        return
    doers = tuple(
        p for p in cast.of_heads(sentence, arguments.subjects)
        if p.can_recognise and not p.is_person and p.entity.role is None and p.slug not in _CHINAS
    )  # fmt: skip
    # ("went back to Taipei": the phrase may hang on "back")
    preps = [
        p for c in sentence.children(i, "advmod", "prt") for p in sentence.children(c.i, "prep") if p.lower == "to"
    ]
    heads = arguments.prep("to") + [c.i for p in preps for c in sentence.children(p.i, "pobj")]
    found = [recognised_by(p, cast.on) for p in cast.of_heads(sentence, heads)]
    partners = tuple(one for one in found if one is not None and one.id in _CHINAS)
    if doers and len(partners) == 1:
        yield Trigger("establish-relations", i, i, doers, partners, "went over to")
