"""Who acts by a document or an office of several: "the ministers of A and B signed an agreement establishing"."""

from __future__ import annotations

from dataclasses import replace

from dejure.coding.actors import Cast
from dejure.coding.clauses import arguments_of
from dejure.coding.parties import Party, party_of_polity, state_of_country
from dejure.coding.recognition.polity import recognition_words
from dejure.coding.recognition.trigger import names_before
from dejure.reading.reading import Sentence

__all__ = ["acting", "acting_by_document", "signing_verb"]

_SIGNING = frozenset(
    "sign issue conclude initial exchange adopt publish approve hand deliver send ratify release present seal".split()
)
_ABOUT = frozenset({"on", "about", "for", "of", "concerning", "regarding", "announcing"})
_CLIMB = 3


def acting(cast: Cast, sentence: Sentence, heads: list[int]) -> list[Party]:
    """Parties of several heads; of "the ministers of A and B", "the representatives of A, B and C" all states."""
    found: dict[str, Party] = {}
    for head in heads:
        if sentence.tokens[head].tag == "VBG":
            # "leaders meeting in Fiji": the place of a meeting does nothing.
            continue
        own = (
            _each_office(cast, sentence, head) or _of_antecedent(cast, sentence, head) or _members(cast, sentence, head)
        )
        for party in own or cast.of_heads(sentence, [head]):
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


def _of_antecedent(cast: Cast, sentence: Sentence, head: int) -> list[Party]:
    """The state in "X, whose government recognised": that of the one spoken of."""
    if not any(c.lower == "whose" for c in sentence.children(head, "poss")):
        return []
    verb = sentence.tokens[sentence.tokens[head].head]
    office = recognition_words()["object"]["government"] | {"country", "state", "nation"}
    if verb.dep != "relcl" or sentence.tokens[head].lemma not in office:
        return []
    found = []
    for party in cast.parties(sentence, verb.head):
        state = party if party.can_recognise else None
        if state is None and party.entity.country is not None:
            polity = state_of_country(party.entity.country)
            state = party_of_polity(polity) if polity is not None else None
        found += [replace(state, is_person=False)] if state is not None else []
    return found


def _members(cast: Cast, sentence: Sentence, head: int) -> list[Party]:
    """The club in "the Organisation decided that its members would not recognise": what binds them is its own."""
    token = sentence.tokens[head]
    owners = [c for c in sentence.children(head, "poss") if c.lower in ("its", "their")]
    if token.lemma != "member" or not owners:
        return []
    return [p for p in cast.of_heads(sentence, [o.i for o in owners]) if p.is_club and p.can_recognise]


def signing_verb(sentence: Sentence, i: int) -> int | None:
    """The verb by which a document is made that a noun or a clause belongs to ("signed a communique on")."""
    documents = recognition_words()["announcements"]["documents"]
    at = i
    for _ in range(_CLIMB):
        token = sentence.tokens[at]
        head = sentence.tokens[token.head]
        if head.i == at:
            return None
        is_document = head.lemma in documents or any(
            c.lemma in documents for c in sentence.children(head.i, "compound")
        )
        if is_document and head.pos in ("NOUN", "PROPN") and (token.dep in ("acl", "relcl") or token.lower in _ABOUT):
            verb = sentence.tokens[head.head]
            is_object = head.dep in ("dobj", "nsubjpass", "conj", "pobj")
            return verb.i if is_object and verb.lemma in _SIGNING and verb.pos == "VERB" else None
        if token.lower in _ABOUT and head.pos == "VERB" and head.lemma in _SIGNING:
            # The parse may hang the phrase on the verb.
            return head.i if any(c.lemma in documents for c in sentence.children(head.i, "dobj")) else None
        at = head.i
    return None


def acting_by_document(cast: Cast, sentence: Sentence, i: int) -> list[Party]:
    """Who signs, issues, sends the document that does what a clause or a noun says."""
    verb = signing_verb(sentence, i)
    if verb is None:
        return []
    found = acting(cast, sentence, arguments_of(sentence, verb).subjects) or names_before(cast, sentence, verb)
    return [p for p in found if p.can_recognise]
