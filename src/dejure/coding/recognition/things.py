"""Recognition of something else: "it" where that is a sovereignty or a massacre, "only the government of" another."""

from __future__ import annotations

from dejure.coding.actors import Cast
from dejure.coding.clauses import arguments_of
from dejure.coding.recognition.indirect import standing_topic
from dejure.coding.recognition.polity import is_named, recognised_of, recognition_words
from dejure.reading.reading import Sentence
from dejure.records import Recognised

__all__ = ["is_of_thing", "only_another"]


def is_of_thing(cast: Cast, sentence: Sentence, i: int, objects: list[int]) -> bool:
    """Whether "it" is what the verb of recognition before had for its object, and that is no state or government.

    As in "The United States recognised Morocco's sovereignty over the territory, and Israel recognised it last year".
    """
    if [sentence.tokens[h].lower for h in objects] not in (["it"], ["this"]):
        return False
    verbs = recognition_words()["verbs"]["recognise"]
    for where in reversed(cast.reading.sentences[max(0, sentence.index - 1) : sentence.index + 1]):
        if where.is_headline:
            return False
        before = [
            t for t in where.tokens if t.lemma in verbs and t.pos == "VERB" and (where is not sentence or t.i < i)
        ]
        if before:
            return _has_thing(cast, where, before[-1].i)
    return False


def _has_thing(cast: Cast, sentence: Sentence, verb: int) -> bool:
    """Whether a verb of recognition has a plain noun for its object that stands for no polity."""
    arguments = arguments_of(sentence, verb)
    heads = [h for h in arguments.objects if sentence.tokens[h].pos == "NOUN"]
    if not heads or len(heads) != len(arguments.objects):
        return False
    return not any(recognised_of(cast, sentence, h, arguments.prep("as")) for h in heads)


def only_another(cast: Cast, sentence: Sentence, i: int, objects: list[int]) -> list[Recognised]:
    """The report's polity where somebody else's government alone is recognised ("only the government of President X").

    Empty where "only" is not said, or the government is the report's own.
    """
    for head in objects:
        token = sentence.tokens[head]
        around = [*sentence.children(head, "advmod", "amod"), *sentence.children(i, "advmod")]
        is_only = any(c.lower in ("only", "solely", "alone") for c in around)
        of = [c for p in sentence.children(head, "prep") if p.lower == "of" for c in sentence.children(p.i, "pobj")]
        if not is_only or token.lemma not in recognition_words()["object"]["government"]:
            continue
        topic = standing_topic(cast, sentence, i)
        slugs = {one.id for one in topic}
        meant = {one.id for one in recognised_of(cast, sentence, head, [])}
        if any(c.pos == "PROPN" for c in of) and meant <= slugs and not any(is_named(sentence, r) for r in topic):
            return topic
    return []
