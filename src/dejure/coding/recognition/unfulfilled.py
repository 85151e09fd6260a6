"""Acts that words only lead towards, or that were told and taken back in the same breath.

"Is leaning towards recognising", "is split over recognising", "is a long way from recognising"; "withdrew a statement
in which it said it had recognised".
"""

from __future__ import annotations

from dejure.coding.outlook import Governor, Outlook
from dejure.coding.recognition.polity import recognition_words
from dejure.reading.reading import Sentence

__all__ = ["is_taken_back", "leads_towards", "stands_off"]

#: By these the chain goes up from a gerund to the verb that it belongs to.
_WITHIN = frozenset({"prep", "pcomp", "pobj", "dobj", "attr", "acomp"})
#: What a clause that tells the words of a paper hangs by, and what the paper is to the verb over it.
_TOLD_IN = frozenset({"relcl", "acl", "ccomp", "pobj", "advcl"})
_TAKEN = frozenset({"dobj", "nsubjpass", "pobj", "prep", "advcl"})
#: These effects of a governor leave it open whether a gerund behind such a preposition was done.
_OPEN = frozenset({"", "done", "decide", "announce"})


def stands_off(sentence: Sentence, at: int, outlook: Outlook) -> bool:
    """As in "is split over recognising X", "is on the verge of recognising": what the preposition keeps apart.

    Parameters
    ----------
    at : int
        The predicate.
    """
    token = sentence.tokens[at]
    if token.dep != "pcomp" or token.tag != "VBG":
        return False
    words = recognition_words()
    preposition = sentence.tokens[token.head].lower
    chain = _chain(outlook)
    lemmas = {g.lemma for g in chain}
    if lemmas & words["spoken_of"]["verbs"]:
        return False
    if preposition in words["unfulfilled"]["apart"]:
        return all(g.effect in _OPEN for g in chain)
    if preposition not in words["unfulfilled"]["loose"] or any(g.effect for g in chain):
        return False
    known = words["nouns"]["thanking"] | words["recognition_object"]["presupposed"]
    known |= words["announcements"]["documents"] | words["unfulfilled"]["hopeful"]
    return not lemmas & known


def leads_towards(sentence: Sentence, at: int) -> bool:
    """Whether the preposition before a gerund says where things go ("is leaning towards recognising")."""
    return sentence.tokens[sentence.tokens[at].head].lower in recognition_words()["unfulfilled"]["ahead"]


def _chain(outlook: Outlook) -> list[Governor]:
    """The governors from a gerund up to the verb that it belongs to."""
    found = []
    for governor in outlook.governors:
        if governor.via not in _WITHIN:
            break
        found.append(governor)
    return found


def is_taken_back(sentence: Sentence, outlook: Outlook) -> bool:
    """As in "withdrew a statement in which it said it had recognised X", "took down a post saying so"."""
    words = recognition_words()["retraction"]
    for below, above in zip(outlook.governors, outlook.governors[1:], strict=False):
        if above.pos != "verb" or above.via not in _TAKEN or above.negated:
            continue
        is_down = above.lemma in words["removing"] and any(c.lower in words["away"] for c in sentence.children(above.i))
        if not is_down and above.lemma not in words["verbs"] | words["erasing"] | words["sorry"]:
            continue
        papers = {below.lemma} if below.pos == "noun" and below.via in _TOLD_IN else set()
        if above.via == "advcl":
            # The parse may hang "saying that ..." on the verb, beside its object.
            papers = {c.lemma for c in sentence.children(above.i, "dobj")}
        if papers & words["objects"]:
            return True
    return False
