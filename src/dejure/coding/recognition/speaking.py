"""Who speaks under a governor, and whether that is the one who acts."""

from __future__ import annotations

from dejure.coding.actors import Cast
from dejure.coding.clauses import arguments_of
from dejure.coding.outlook import Governor, Outlook, load_governors, subjects_above
from dejure.coding.parties import Party
from dejure.reading.reading import Sentence

__all__ = [
    "asks_others",
    "is_confirmed",
    "is_document",
    "is_it_behind",
    "is_nobody_in_particular",
    "is_office_of_nobody",
    "is_said_behind",
    "is_wanted_of",
    "same_voice",
    "says_it_itself",
    "speaking",
    "speaks_together",
    "tells_when",
    "verb_over",
]


#: Papers by which an act is done.
_DOCUMENTS = frozenset(
    {"note", "letter", "decree", "communique", "communiqué", "telegram", "proclamation", "statement"}
)


def is_said_behind(cast: Cast, sentence: Sentence, recogniser: Party | None) -> bool:
    """Whether the sentence ends in words of saying by the one who would do it ("..., its minister said")."""
    last = next((t for t in reversed(sentence.tokens) if t.pos == "VERB"), None)
    if last is None or recogniser is None or load_governors().get((last.lemma, "verb")) not in ("report", "announce"):
        return False
    return any(same_voice(p, recogniser) for p in cast.of_heads(sentence, arguments_of(sentence, last.i).subjects))


def verb_over(sentence: Sentence, i: int) -> int:
    """The verb that a noun is an object of, over a preposition as well; the noun itself where there is none."""
    head = sentence.tokens[sentence.tokens[i].head]
    if head.pos == "ADP":
        head = sentence.tokens[head.head]
        if head.lemma == "vote":
            down = any(c.lower in ("down", "against") for c in sentence.children(head.i))
            return (
                next((c.i for c in sentence.children(head.i) if c.lower in ("down", "against")), head.i)
                if down
                else head.i
            )
    return head.i if head.pos in ("VERB", "AUX") else i


def speaking(sentence: Sentence, governor: Governor) -> list[int]:
    """Heads of who speaks; the noun right before "said" at the end of a sentence where the parse has lost it."""
    heads = subjects_above(sentence, governor)
    before = sentence.tokens[governor.i - 1] if governor.i else None
    if (
        heads
        or governor.via != "ccomp"
        or before is None
        or before.dep not in ("appos", "conj", "pobj", "dobj", "npadvmod")
    ):
        return heads
    start = before.i
    while start > 0 and sentence.tokens[start - 1].pos in ("NOUN", "PROPN", "ADJ", "PART", "DET"):
        start -= 1
    is_apart = start > 0 and sentence.tokens[start - 1].text in (",", "”", '"')
    return [before.i] if is_apart and before.pos in ("NOUN", "PROPN") else heads


def speaks_together(sentence: Sentence, governor: Governor) -> bool:
    """Whether "the two", "both sides", "they" speak."""
    heads = [sentence.tokens[i] for i in subjects_above(sentence, governor)]
    is_theirs = any(c.lower == "their" for t in heads for c in sentence.children(t.i, "poss"))
    return bool(heads) and (is_theirs or all(t.lower in ("two", "both", "they", "pair", "sides") for t in heads))


def is_office_of_nobody(subjects: list[Party]) -> bool:
    """Whether those who speak hold an office of a state that only the report's other words can name."""
    return bool(subjects) and all(p.entity.inferred and p.entity.role is not None for p in subjects)


def is_document(sentence: Sentence, governor: Governor) -> bool:
    """Whether a paper speaks ("A note informed them that Peru recognises"), which is of whoever acts by it."""
    heads = [sentence.tokens[i].lower for i in subjects_above(sentence, governor)]
    return bool(heads) and all(h in _DOCUMENTS for h in heads)


def is_confirmed(cast: Cast, sentence: Sentence, governor: Governor, recogniser: Party | None) -> bool:
    """As in "..., the rebels said, and an official of Peru confirmed it"."""
    verbs = [c for c in sentence.children(governor.i, "conj") if load_governors().get((c.lemma, "verb")) == "announce"]
    return recogniser is not None and any(
        same_voice(s, recogniser) for v in verbs for s in cast.of_heads(sentence, arguments_of(sentence, v.i).subjects)
    )


def says_it_itself(cast: Cast, sentence: Sentence, outlook: Outlook, recogniser: Party | None,
                    speaker: Party | None) -> bool:  # fmt: skip
    """Whether the one who would do it says so, in a quotation or under a verb of saying."""
    if recogniser is None:
        return False
    if speaker is not None and same_voice(speaker, recogniser):
        return True
    governor = outlook.first("report", "announce", "claim", "suggest")
    if governor is None:
        return False
    if is_it_behind(sentence, governor) or _is_any_official(cast, sentence, governor):
        return True
    return any(same_voice(s, recogniser) for s in cast.of_heads(sentence, subjects_above(sentence, governor)))


def tells_when(sentence: Sentence, governor: Governor) -> bool:
    """As in "has not said when it will", "would not say how soon": what is under the verb is left open."""
    below = sentence.children(governor.i, "ccomp", "advcl")
    openers = [sentence.tokens[min(sentence.subtree(b.i))].lower for b in below if b.i > governor.i]
    return any(o in ("when", "how", "why", "where", "whom") for o in openers)


def is_it_behind(sentence: Sentence, governor: Governor) -> bool:
    """As in "Peru will not recognise X, it said": the one that does so, or not, says so."""
    subjects = sentence.children(governor.i, "nsubj")
    said = sentence.children(governor.i, "ccomp")
    is_behind = governor.via == "ccomp" and bool(subjects) and bool(said) and said[0].i < subjects[0].i
    return is_behind and len(subjects) == 1 and subjects[0].lower == "it"


def _is_any_official(cast: Cast, sentence: Sentence, governor: Governor) -> bool:
    """As in "The bloc does not recognise X, a commissioner told reporters": one of no other polity, behind it."""
    heads = subjects_above(sentence, governor)
    if governor.via != "ccomp" or len(heads) != 1:
        return False
    head = sentence.tokens[heads[0]]
    is_indefinite = any(c.lower in ("a", "an", "one", "its") for c in sentence.children(head.i, "det", "poss"))
    is_bare = not sentence.children(head.i, "compound", "nmod", "prep", "appos")
    before = cast.of_heads(sentence, heads)
    has_office = bool(before) and all(p.entity.role is not None for p in before)
    is_bare = is_bare and not any(cast.hit(sentence, c.i) for c in sentence.children(head.i, "amod"))
    return is_indefinite and is_bare and has_office and all(p.entity.id is None or p.entity.inferred for p in before)


def is_nobody_in_particular(party: Party) -> bool:
    """A person whom nothing in the report ties to a polity: most likely one who speaks for the recogniser."""
    return party.is_person and not party.is_known and not party.is_plural


def same_voice(one: Party, other: Party) -> bool:
    """Whether two parties are of one polity and both speak for it, or are the same."""
    if one.entity.key == other.entity.key:
        return True
    same_polity = one.slug is not None and one.slug == other.slug
    return same_polity and one.acts_for == "state" and other.acts_for == "state"


def asks_others(cast: Cast, sentence: Sentence, governor: Governor, recogniser: Party | None) -> bool:
    """As in "We invite others to recognise X and to establish ties with it": whose ties are asked of others."""
    asked = [c.i for c in sentence.children(governor.i, "dobj")] if governor.pos == "verb" else []
    return bool(asked) and not any(
        recogniser is not None and same_voice(p, recogniser) for p in cast.of_heads(sentence, asked)
    )


def is_wanted_of(cast: Cast, sentence: Sentence, governor: Governor) -> bool:
    """Whether the infinitive under a verb of wanting has a name of its own for its subject."""
    below = sentence.children(governor.i, "ccomp", "xcomp")
    return any(cast.hit(sentence, s.i) is not None for verb in below for s in sentence.children(verb.i, "nsubj"))
