"""Who acts, and with whom, where a clause on ties or recognition leaves it out.

"Relations with X cease", "recognition was withdrawn", "relations were established the same day": it is whoever was told
to act just before, and the polity that this was about.
"""

from __future__ import annotations

from dejure.coding.actors import Cast
from dejure.coding.clauses import arguments_of
from dejure.coding.parties import Party
from dejure.coding.recognition.groups import several_spoken_of, told_together
from dejure.coding.recognition.polity import recognised_by, recognition_words
from dejure.reading.reading import Sentence
from dejure.records import Recognised

__all__ = ["acted_last", "considered", "of_their_own", "spoken_of", "told_of"]

_RIVALS = {"china-prc": "taiwan-roc", "taiwan-roc": "china-prc"}
_NEAR = 2


def acted_last(cast: Cast, sentence: Sentence, at: int, word: int, about: set[str]) -> tuple[Party, ...]:
    """Who did the act told last, where the predicate names no doer and is about the report's polity.

    Parameters
    ----------
    at, word : int
        The predicate, and the noun of ties or recognition.
    about : set of str
        Slugs of the polities that the words name or mean.
    """
    arguments = arguments_of(sentence, at)
    if set(arguments.subjects) - {word} or sentence.children(at, "agent") or cast.doer is None:
        return ()
    if not about & ({cast.topic, _RIVALS.get(cast.topic or "")} | set(cast.told)):
        return ()
    for mention in cast.before(sentence, word):
        party = mention.party
        if mention.order[0] < sentence.index - _NEAR:
            return ()
        if party.entity.key == cast.doer and party.can_recognise and party.slug not in about:
            return (party,)
    return ()


def told_of(cast: Cast, sentence: Sentence, word: int) -> list[Recognised]:
    """The polities that the act told last was of, spoken of in the sentences just before."""
    if cast.topic is None or cast.doer is None:
        return []
    for mention in cast.before(sentence, word):
        if mention.order[0] < sentence.index - _NEAR:
            break
        if mention.party.slug == cast.topic and not mention.party.is_person:
            several = told_together(cast, len(cast.told)) if cast.topic in cast.told else []
            one = recognised_by(mention.party, cast.on)
            return several or ([one] if one is not None else [])
    return []


def spoken_of(cast: Cast, sentence: Sentence, heads: list[int]) -> list[Recognised]:
    """The several polities that "them", "all three" mean under "relations with"."""
    return [one for head in heads for one in several_spoken_of(cast, sentence, head) or []]


def of_their_own(cast: Cast, sentence: Sentence, heads: list[int]) -> list[Party]:
    """In "relations between their countries and X" the parties whose countries they are: the subjects above."""
    objects = recognition_words()["object"]
    for head in heads:
        token = sentence.tokens[head]
        is_theirs = any(c.lower in ("their", "its", "his", "her") for c in sentence.children(head, "poss"))
        if not is_theirs or token.lemma not in objects["state"] | objects["government"]:
            continue
        at = head
        for _ in range(len(sentence.tokens)):
            above = sentence.tokens[at].head
            found: dict[str, Party] = {}
            for subject in arguments_of(sentence, above).subjects:
                below = sentence.subtree(subject)
                for party in cast.named_in(sentence, below[0], below[-1]):
                    if party.slug is not None and party.can_recognise and not party.is_person:
                        found.setdefault(party.slug, party)
            if found and head not in {j for s in arguments_of(sentence, above).subjects for j in sentence.subtree(s)}:
                return list(found.values())
            if above == at:
                break
            at = above
    return []


def considered(sentence: Sentence, i: int) -> tuple[int, str] | None:
    """The verb over ties, and the lemma that says what they are, in "considers relations with X restored"."""
    words = recognition_words()["relations"]
    head = sentence.tokens[sentence.tokens[i].head]
    verb = head if sentence.tokens[i].dep == "dobj" else sentence.tokens[head.head]
    if sentence.tokens[i].dep == "nsubj" and head.dep not in ("ccomp", "xcomp", "oprd"):
        return None
    if verb.lemma not in words["regarding"] or verb.pos != "VERB":
        return None
    below = [sentence.tokens[j] for j in sentence.subtree(verb.i) if j > i]
    said = next((t for t in below if t.tag in ("VBN", "VBD") and t.lemma in words["restore"] | words["sever"]), None)
    return (verb.i, said.lemma) if said is not None else None
