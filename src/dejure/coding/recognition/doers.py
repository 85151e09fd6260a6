"""Who acts by a document or an office of several: "the ministers of A and B signed an agreement establishing"."""

from __future__ import annotations

from dataclasses import replace

from dejure.coding.actors import Cast
from dejure.coding.clauses import arguments_of
from dejure.coding.parties import Party
from dejure.coding.recognition.polity import recognition_words
from dejure.coding.recognition.trigger import names_before
from dejure.reading.reading import Sentence

__all__ = ["acting", "acting_by_document", "signing_verb"]

_SIGNING = frozenset(
    {"sign", "issue", "conclude", "initial", "exchange", "adopt", "publish", "approve", "hand", "deliver", "send", "ratify", "release",
     "present", "seal", "ink"}
)  # fmt: skip
_ABOUT = frozenset({"on", "about", "for", "of", "concerning", "regarding", "announcing"})
_CLIMB = 3


def acting(cast: Cast, sentence: Sentence, heads: list[int]) -> list[Party]:
    """Parties of several heads; of "the ministers of A and B", "the representatives of A, B and C" all states."""
    found: dict[str, Party] = {}
    for head in heads:
        for party in _each_office(cast, sentence, head) or cast.of_heads(sentence, [head]):
            found.setdefault(party.entity.key, party)
    return list(found.values())


def _each_office(cast: Cast, sentence: Sentence, head: int) -> list[Party]:
    """The states of a plural office that "of" joins to several."""
    token = sentence.tokens[head]
    if token.tag not in ("NNS", "NNPS") or cast.hit(sentence, head) is not None:
        return []
    for prep in sentence.children(head, "prep"):
        below = sentence.subtree(prep.i)
        named = [p for p in cast.named_in(sentence, below[0], below[-1]) if p.can_recognise and not p.is_person]
        whole = cast.parties(sentence, head)
        is_of_state = bool(whole) and all(p.can_recognise or p.slug is not None for p in whole)
        if prep.lower == "of" and len(named) > 1 and is_of_state and all(p.acts_for != "organ" for p in whole):
            return [replace(p, is_person=False) for p in named]
    return []


def signing_verb(sentence: Sentence, i: int) -> int | None:
    """The verb by which a document is made that a noun or a clause belongs to ("signed a communique on the resumption of")."""
    documents = recognition_words()["announcements"]["documents"]
    at = i
    for _ in range(_CLIMB):
        token = sentence.tokens[at]
        head = sentence.tokens[token.head]
        if head.i == at:
            return None
        if head.lemma in documents and head.pos in ("NOUN", "PROPN") and (token.dep in ("acl", "relcl") or token.lower in _ABOUT):
            verb = sentence.tokens[head.head]
            is_object = head.dep in ("dobj", "nsubjpass", "conj", "pobj")
            return verb.i if is_object and verb.lemma in _SIGNING and verb.pos == "VERB" else None
        at = head.i
    return None


def acting_by_document(cast: Cast, sentence: Sentence, i: int) -> list[Party]:
    """Who signs, issues, sends the document that does what a clause or a noun says."""
    verb = signing_verb(sentence, i)
    if verb is None:
        return []
    found = acting(cast, sentence, arguments_of(sentence, verb).subjects) or names_before(cast, sentence, verb)
    return [p for p in found if p.can_recognise]
