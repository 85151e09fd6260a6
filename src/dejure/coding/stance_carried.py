"""The stance that a verb carries: its own, that of its noun or adjective, that of its preposition; and of what it is.

"Welcomed the move", "voiced regret at it", "is against it", "wished her success", "did not approve".
"""

from __future__ import annotations

from dejure.coding.clauses import Arguments, coordinated
from dejure.coding.stance_words import STANCE, stances, statement_words
from dejure.reading.reading import Sentence
from dejure.records import Stance

__all__ = ["is_cordial", "is_neither", "refuses_assent", "stance_and_heads"]


def stance_and_heads(sentence: Sentence, i: int, arguments: Arguments) -> tuple[Stance | None, list[int]]:
    """The side of a verb, or of the noun or adjective it carries, and the heads of what it is about."""
    token = sentence.tokens[i]
    stance = stances().get((token.lower[:-1] if token.tag == "NNS" else token.lemma, "verb"))
    heads = arguments.objects + arguments.prep("at", "over", "about", "against", "for", "on")
    if token.lemma in statement_words()["verbs"]["wishing"]:
        # "wished her success", "wished the young nation well"
        goods = [c for c in sentence.children(i) if c.i > i and c.lemma in statement_words()["words"]["goods"]]
        return ("support" if goods else None), []
    if stance == "neutral":
        # "defended the decision" is for it; "defended Peru's right to decide" is neither for nor against.
        is_right = any(sentence.tokens[j].lemma == "right" for h in arguments.objects for j in sentence.subtree(h))
        return ("neutral" if is_right else "support"), heads
    if stance is not None:
        return stance, heads
    # "joined in the criticism"
    joined = arguments.prep("in") if token.lemma in statement_words()["verbs"]["joining"] else []
    stance = _stance_of_object(sentence, i, arguments.objects + joined)
    if stance is None:
        return _stance_by_preposition(sentence, i, arguments)
    heads = arguments.prep("at", "over", "about", "with", "by", "for", "to", "on") + arguments.objects
    if arguments.is_passive:
        # "is pleased", "was disappointed by": a state of mind, whose subject is who feels it.
        arguments.subjects, heads = arguments.objects, [h for h in heads if h not in arguments.objects]
    return stance, heads


def _stance_of_object(sentence: Sentence, i: int, objects: list[int]) -> Stance | None:
    """As in "voiced regret", "expressed support", "was disappointed"."""
    for head in [at for obj in objects for at in coordinated(sentence, obj)]:
        carried = [
            word
            for p in sentence.children(head, "prep")
            if p.lower == "of"
            for c in sentence.children(p.i, "pobj")
            for word in (c.lemma, c.lower)
        ]
        is_message = sentence.tokens[head].lemma in statement_words()["nouns"]["messages"]
        lemmas = [sentence.tokens[head].lemma, *(carried if is_message else [])]
        stance = next((s for one in lemmas if (s := stances().get((one, "noun"))) is not None), None)
        if stance is not None and sentence.tokens[i].lemma in statement_words()["verbs"]["voicing"]:
            return stance
    for child in sentence.children(i, "acomp"):
        return stances().get((child.lemma, "adj")) or stances().get((child.lower, "adj"))
    return stances().get((sentence.tokens[i].lower, "adj")) if sentence.tokens[i].tag == "VBN" else None


def _stance_by_preposition(sentence: Sentence, i: int, arguments: Arguments) -> tuple[Stance | None, list[int]]:
    """As in "stands by", "spoke up for", "is against", "came out in favour of"."""
    if arguments.objects:
        return None, []
    for stance, side in (("support", "siding_for"), ("oppose", "siding_against")):
        heads = arguments.prep(*sorted(statement_words()[side].get(sentence.tokens[i].lemma, frozenset())))
        if heads:
            return STANCE[stance], heads
    for head in arguments.prep("in") if sentence.tokens[i].lemma in statement_words()["siding_in"]["verbs"] else ():
        if sentence.tokens[head].lemma in statement_words()["siding_in"]["nouns"]:
            # "is in favour of the step", "came out in support of it"
            inside = [c.i for p in sentence.children(head, "prep") for c in sentence.children(p.i, "pobj", "pcomp")]
            return "support", inside
    return None, []


def refuses_assent(sentence: Sentence, i: int) -> bool:
    """As in "did not approve", "cannot condone it"."""
    is_assent = sentence.tokens[i].lemma in statement_words()["verbs"]["accepting"]
    return is_assent and any(c.dep == "neg" for c in sentence.children(i))


def is_neither(sentence: Sentence, i: int) -> bool:
    """As in "neither welcomed nor condemned it"."""
    above = sentence.tokens[i].head
    pairs = {c.lower for at in (i, above) for c in sentence.children(at, "preconj", "cc", "advmod", "neg")}
    return {"neither", "nor"} <= pairs


def is_cordial(sentence: Sentence, i: int, arguments: Arguments) -> bool:
    """As in "congratulated him", "expressed its solidarity": what is felt for somebody, and no word on a deed."""
    heads = [i, *(at for obj in arguments.objects for at in coordinated(sentence, obj))]
    deeds = statement_words()["nouns"]["deeds"]
    if any(sentence.tokens[h].lemma in deeds for h in arguments.prep("on", "for", "over")):
        return False
    return any(sentence.tokens[h].lemma in statement_words()["words"]["cordial"] for h in heads)
