"""Whose a verb of recognition is, where the parse has lost it: names before, behind, in another clause."""

from __future__ import annotations

from dejure.coding.actors import Cast
from dejure.coding.clauses import Arguments, arguments_of, possessors
from dejure.coding.parties import Party, is_contested, party_of_polity, state_of_country
from dejure.coding.recognition.doers import acting
from dejure.coding.recognition.polity import recognition_words
from dejure.coding.recognition.trigger import names_before
from dejure.reading.reading import Sentence

__all__ = [
    "before_frame",
    "called_upon",
    "doer_of_aside",
    "misread_subjects",
    "name_behind",
    "own_government",
    "shared_object",
]


def name_behind(cast: Cast, sentence: Sentence, i: int) -> list[int]:
    """The contested name right behind the verb that the parse has taken for a part of what follows."""
    start = i + 1 + (i + 1 < len(sentence.tokens) and sentence.tokens[i + 1].lower == "the")
    hit = cast.hit(sentence, start) if start < len(sentence.tokens) else None
    party = cast.named(sentence, hit) if hit is not None else None
    if hit is None or party is None or party.slug is None or not is_contested(party.slug):
        return []
    stop = start
    while stop < len(sentence.tokens) and cast.hit(sentence, stop) is hit:
        stop += 1
    is_owned = stop < len(sentence.tokens) and sentence.tokens[stop].tag in ("POS", "NN", "NNS", "NNP", "NNPS")
    return [] if is_owned else [stop - 1]


_ASIDE_BEFORE = frozenset({"after", "by", "in", "since", "on", "upon", "having"})


def doer_of_aside(cast: Cast, sentence: Sentence, i: int) -> tuple[Party, ...]:
    """Who did it in "A day after recognising X, Peru opened", "By recognising X, Peru rewarded": the subject behind."""
    tokens = sentence.tokens
    if tokens[i].tag != "VBG" or i == 0 or tokens[i - 1].lower not in _ASIDE_BEFORE or i > _NEAR_VERB:
        return ()
    comma = next((t.i for t in tokens[i:] if t.text == ","), None)
    if comma is None:
        return ()
    for token in tokens[comma + 1 : comma + 1 + _NEAR_VERB]:
        if token.dep == "nsubj":
            verb = tokens[token.head]
            if {c.lower for c in sentence.children(verb.i, "aux")} & _MODAL or verb.lemma == "say":
                return ()
            return tuple(p for p in acting(cast, sentence, [token.i]) if p.can_recognise)
    return ()


_MODAL = frozenset({"will", "would", "could", "might", "may", "should", "'ll", "'d", "can"})


def before_frame(cast: Cast, sentence: Sentence, i: int) -> tuple[Party, ...]:
    """The names right before "was among the first to recognise", "were quick to", lost by the parse."""
    head = sentence.tokens[sentence.tokens[i].head]
    for _ in range(_FRAME):
        if head.lemma in ("be", "become") or head.head == head.i:
            break
        head = sentence.tokens[head.head]
    if head.lemma not in ("be", "become") or head.i >= i or any(c.dep == "neg" for c in sentence.children(head.i)):
        return ()
    own = [s for s in sentence.children(head.i, "nsubj", "nsubjpass") if s.pos != "PRON"]
    ranked = recognition_words()["alongside"]["ranked"]
    if own and any(t.lemma in ranked for t in sentence.tokens[max(head.i, i - _FRAME) : i]):
        # "became on Tuesday the fifth country to": the parse has lost what it became.
        return tuple(p for p in acting(cast, sentence, [s.i for s in own]) if p.can_recognise)
    return () if own else tuple(p for p in names_before(cast, sentence, head.i) if p.can_recognise)


_FRAME = 3


_OWN_GOVERNMENT = frozenset({"government", "cabinet", "executive", "minister", "administration"})


def own_government(cast: Cast, sentence: Sentence, i: int, heads: list[int]) -> tuple[Party, ...]:
    """The government that a parliament, a party, a member asks: their own, where the words name no other."""
    tokens = sentence.tokens
    head = tokens[heads[0]] if heads else None
    if head is None or head.lemma not in _OWN_GOVERNMENT or len(heads) != 1:
        return ()
    if sentence.children(head.i, "amod", "compound", "nmod", "prep") or any(
        c.pos != "PRON" for c in sentence.children(head.i, "poss")
    ):
        return ()
    verb = tokens[tokens[i].head]
    above = tokens[head.head]
    is_called_on = head.dep == "pobj" and above.lower in ("on", "upon", "to") and above.head == verb.i
    if head.head != verb.i and head.head != i and not is_called_on:
        return ()
    for party in cast.of_heads(sentence, arguments_of(sentence, verb.i).subjects):
        is_of_it = party.acts_for == "organ" or bool({"LEG", "PTY", "OPP"} & set(party.entity.sectors))
        polity = state_of_country(party.entity.country or "") if is_of_it and party.entity.country else None
        if polity is not None:
            return (party_of_polity(polity),)
    return ()


def called_upon(cast: Cast, sentence: Sentence, i: int) -> tuple[tuple[Party, ...], tuple[Party, ...]] | None:
    """Who is asked, and who asks, in "X repeated his call on countries to recognise Y"; None where no call is meant."""
    token = sentence.tokens[i]
    words = recognition_words()["calling"]
    if token.tag != "VB" or not any(c.tag == "TO" for c in sentence.children(i)):
        return None
    head = sentence.tokens[token.head]
    nouns = [head] if head.lemma in words["nouns"] and head.pos == "NOUN" else []
    nouns += (
        [c for c in sentence.children(head.i, "dobj") if c.lemma in words["nouns"] and c.i < i]
        if head.pos == "VERB"
        else []
    )
    if not nouns:
        return None
    noun = nouns[0]
    asked = [p for prep in sentence.children(noun.i, "prep") if prep.lower in words["to_whom"] for p in prep.children]
    if not asked:
        return None
    verb = sentence.tokens[noun.head] if noun.dep == "dobj" else None
    askers = cast.of_heads(sentence, possessors(sentence, noun.i))
    askers = askers or (cast.of_heads(sentence, arguments_of(sentence, verb.i).subjects) if verb is not None else [])
    addressees = tuple(
        p for p in cast.of_heads(sentence, asked) if p.can_recognise and not _is_general(sentence, asked)
    )
    return addressees, tuple(p for p in askers if p.is_known)


def _is_general(sentence: Sentence, heads: list[int]) -> bool:
    """Whether states in general are meant: "countries at the United Nations", "the international community"."""
    general = recognition_words()["several"]["general"] | {"community", "world"}
    return any(sentence.tokens[h].lemma in general and sentence.tokens[h].tag != "NNP" for h in heads)


def misread_subjects(cast: Cast, sentence: Sentence, i: int, arguments: Arguments) -> tuple[Party, ...]:
    """Who did it where the parse has lost the subject of a finite verb: the names right before it."""
    token = sentence.tokens[i]
    head = sentence.tokens[token.head]
    is_they = any(sentence.tokens[h].lower == "they" for h in arguments.subjects)
    if is_they and token.dep == "ccomp" and not sentence.children(head.i, "nsubj", "nsubjpass"):
        # "Peru, Chile and Fiji have said they will": the parse has lost who said it.
        return tuple(p for p in names_before(cast, sentence, head.i) if p.can_recognise)
    if not arguments.subjects and not arguments.is_passive and token.dep == "ROOT":
        return tuple(p for p in names_before(cast, sentence, i) if p.can_recognise) if token.tag != "VB" else ()
    marks = {c.lower for c in sentence.children(i, "mark")}
    if token.dep == "advcl" and marks & {"after", "behind"} and any(c.tag == "TO" for c in sentence.children(i)):
        # "became the second country after X to recognise": X is no subject of it.
        return tuple(p for p in acting(cast, sentence, arguments_of(sentence, head.i).subjects) if p.can_recognise)
    if sentence.children(i, "nsubj", "nsubjpass"):
        return ()
    return _just_before(cast, sentence, i) or _stray_subject(cast, sentence, i, arguments)


def _stray_subject(cast: Cast, sentence: Sentence, i: int, arguments: Arguments) -> tuple[Party, ...]:
    """A subject before the verb that the parse has hung on no verb, where the one it gives cannot act."""
    if any(p.can_recognise for p in cast.of_heads(sentence, arguments.subjects)) or sentence.tokens[i].dep != "conj":
        return ()
    for token in reversed(sentence.tokens[:i]):
        if token.dep in ("nsubj", "nsubjpass") and sentence.tokens[token.head].pos not in ("VERB", "AUX"):
            return tuple(p for p in cast.parties(sentence, token.i) if p.can_recognise)
    return ()


def _just_before(cast: Cast, sentence: Sentence, i: int) -> tuple[Party, ...]:
    """The name right before a finite verb that the parse takes for a part of it ("the United Kingdom recognises")."""
    at = i - 1
    while at >= 0 and sentence.tokens[at].dep == "advmod":
        at -= 1
    if at < 0 or sentence.tokens[i].tag not in ("VBZ", "VBP", "VBD") or cast.hit(sentence, at) is None:
        return ()
    if sentence.tokens[at].dep not in ("compound", "amod", "nmod"):
        return ()
    return tuple(p for p in cast.named_in(sentence, at, at) if p.can_recognise)


#: How far a verb may stand behind the one that shares its object.
_NEAR_VERB = 5


def shared_object(sentence: Sentence, i: int, as_heads: list[int]) -> tuple[list[int], list[int]]:
    """The object of a verb coordinated with this one ("recognises and will deal with the council as ...")."""
    for child in sentence.children(i, "conj"):
        if child.pos == "VERB" and child.i > i and child.i - i <= _NEAR_VERB:
            other = arguments_of(sentence, child.i)
            return other.objects or other.prep("with"), as_heads or other.prep("as")
    return [], as_heads
