"""Ties meant by "them": "broke off relations with Taiwan and established them with China"."""

from __future__ import annotations

from collections.abc import Iterator

from dejure.coding.actors import Cast
from dejure.coding.clauses import arguments_of, noun_arguments
from dejure.coding.recognition.doers import acting
from dejure.coding.recognition.judge import Base
from dejure.coding.recognition.polity import recognised_by, recognised_of, recognition_words
from dejure.coding.recognition.trigger import Trigger
from dejure.reading.language import Token
from dejure.reading.reading import Sentence
from dejure.records import Recognised

__all__ = ["by_them"]


def by_them(cast: Cast, sentence: Sentence, i: int) -> Iterator[Trigger]:
    """What a verb does to "them" where the noun told last is that of ties; with whom it says, or else as before."""
    arguments = arguments_of(sentence, i)
    if [sentence.tokens[h].lower for h in arguments.objects] != ["them"]:
        return
    noun = _ties_before(sentence, i)
    if noun is None:
        return
    words = recognition_words()["relations"]
    lemma = sentence.tokens[i].lemma
    base: Base = "sever-relations" if lemma in words["sever"] else "establish-relations"
    own = [h for h in arguments.prep("with") if h > i] + noun_arguments(sentence, arguments.objects[0]).prep("with")
    doers = [p for p in acting(cast, sentence, arguments.subjects) if p.can_recognise]
    heads = own or [h for h in noun_arguments(sentence, noun.i).prep("with") if h < i]
    recognised = _partners(cast, sentence, heads, {p.slug for p in doers})
    if doers and recognised:
        manner = "resume" if lemma in words["restore"] else None
        yield Trigger(base, i, i, tuple(doers), tuple(recognised), "ties by a pronoun", manner=manner)


def _ties_before(sentence: Sentence, i: int) -> Token | None:
    """The noun of ties that is the last noun in the plural before a verb."""
    for token in reversed(sentence.tokens[:i]):
        if token.tag == "NNS":
            return token if token.lemma in recognition_words()["relations"]["nouns"] else None
    return None


def _partners(cast: Cast, sentence: Sentence, heads: list[int], but: set[str | None]) -> list[Recognised]:
    """Those behind "with", none of them who acts: then "it" is the polity spoken of."""
    found: dict[str, Recognised] = {}
    for head in heads:
        parties = [p for p in cast.of_heads(sentence, [head]) if p.slug not in but]
        named = [one for p in parties if (one := recognised_by(p, cast.on)) is not None]
        for one in named or recognised_of(cast, sentence, head, []):
            if one.id not in but:
                found.setdefault(one.id, one)
    return list(found.values())
