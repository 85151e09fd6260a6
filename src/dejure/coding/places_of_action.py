"""Capitals and seats as places: where something happens, against who does it.

"In Cairo", "on his way to Moscow", "troops took Kabul" name a place; "Cairo said", "talks with Moscow" name a state.
"""

from __future__ import annotations

import functools
import re

from dejure.coding.words import load_toml
from dejure.reading.reading import Reading, Sentence

__all__ = ["is_location", "is_sent_from"]

#: Most words of a name between "from" and "to".
_LONGEST_WAY = 4

#: What follows a place that the report was sent from: an agency, a day, a dash.
_DAY = r"(?:Mon|Tues?|Wed|Wednes|Thu|Thurs|Fri|Sat|Satur|Sun)(?:day)?"
_AFTER_DATELINE = re.compile(
    r"(?:,[ ][A-Z][\w.']*(?:[ ][A-Z][\w.']*){0,2})?(?:[ ]\([^()\n]{2,40}\))?(?:"
    rf"(?:,[ ](?:[A-Z][a-z]{{2,8}}\.?[ ]?\d{{1,2}}|\d{{1,2}}[ ][A-Z][a-z]{{2,8}}|{_DAY})\.?)?\.?[ ]?(?:[-–—:]|--)[ ]"
    rf"|,[ ]{_DAY}\.[ ])"
)


def is_sent_from(reading: Reading, start: int, end: int) -> bool:
    """Whether these offsets of the body hold the place of a dateline: "NAIROBI (Agency) -", "BANJUL, Tuesday."."""
    body = reading.report.body
    return not body[:start].strip() and _AFTER_DATELINE.match(body, end) is not None


def is_location(reading: Reading, start: int, end: int) -> bool:
    """Whether the words at these offsets of the body stand where a place does.

    So they do after a preposition of place, after one of motion with a verb or noun of motion, as the object of a verb
    that takes or reaches places, and as the subject of a verb that places do ("fell", "lay").
    """
    for sentence in reading.sentences:
        for token in sentence.tokens:
            if (
                start <= sentence.start + token.start < end
                and sentence.part == "body"
                and _is_place(sentence, token.i, end)
            ):
                return True
    return False


def _is_place(sentence: Sentence, i: int, end: int) -> bool:
    words = _words()
    token = sentence.tokens[i]
    if _opens_with_place(sentence, i):
        return True
    head = sentence.tokens[token.head]
    if token.dep in ("compound", "nmod", "poss") and sentence.start + head.start >= end:
        return head.lemma in words["sited"]
    if i > 0 and sentence.tokens[i - 1].lower == "off":
        return True
    while token.dep == "conj" and token.head != token.i:
        token = sentence.tokens[token.head]
    head = sentence.tokens[token.head]
    if token.dep == "pobj":
        return _after_preposition(sentence, head.i)
    if token.dep in ("dobj", "nsubjpass"):
        return head.lemma in words["taken"]
    return token.dep == "nsubj" and (head.lemma in words["lying"] or _is_as_towns_are(sentence, head.i))


def _is_as_towns_are(sentence: Sentence, i: int) -> bool:
    """Whether a verb tells the state of a town: "is empty", "was quiet"."""
    words = _words()
    return sentence.tokens[i].lemma == "be" and any(
        c.lemma in words["state_of_town"] for c in sentence.children(i, "acomp", "attr")
    )


def _opens_with_place(sentence: Sentence, i: int) -> bool:
    """Whether a name closes the adverbial that opens a sentence, however it is parsed: "In Seoul Kim Dae-jung"."""
    tokens = sentence.tokens
    if i == 0 or i + 1 >= len(tokens) or tokens[i - 1].lower not in ("in", "near", "outside", "at", "from"):
        return False
    if tokens[i - 1].text[:1].islower():
        # "..., and in Taipei Tsai Ing-wen spoke": a name follows, and the parser may take both for one.
        return i > 1 and tokens[i - 2].text in (",", ";", "and", "but", "while") and tokens[i + 1].pos == "PROPN"
    opens = i == 1 or tokens[i - 2].text in (".", ";", ":", "\u201c", '"')
    return opens and tokens[i + 1].pos in ("PROPN", "DET", "PUNCT", "PRON", "NOUN")


def _after_preposition(sentence: Sentence, i: int) -> bool:
    words = _words()
    prep = sentence.tokens[i]
    governor = sentence.tokens[prep.head]
    if prep.lower in words["placing"]:
        # "has confidence in Washington" and "shots at Kabul" hang on words that ask for the preposition.
        return governor.lemma not in words["asking"]
    if prep.lower == "from" and governor.pos in ("VERB", "AUX") and governor.lemma not in words["sourcing"]:
        return True
    if prep.lower == "from" and governor.pos == "PROPN" and i > 0 and sentence.tokens[i - 1].text == ",":
        # "The movement, from Lusaka, hails": where somebody speaks.
        return True
    if prep.lower == "from" and (governor.lemma in words["motion"] or governor.lemma in words["coming"]):
        return True
    if prep.lower in ("from", "to") and _spans_way(sentence, prep.i):
        return True
    if prep.lower not in words["moving"]:
        return False
    if prep.lower == "of" and governor.pos == "NOUN":
        # What a town has is without number; what is said of a government is not.
        return governor.lemma not in words["of_governments"]
    if prep.lower == "to" and governor.lemma in words["bidding"] and sentence.children(governor.i, "dobj"):
        return True
    if governor.pos == "ADP" or governor.pos == "ADV":
        governor = sentence.tokens[governor.head] if governor.lemma not in words["motion"] else governor
    # "Went over to Beijing", "went back to Taipei": a change of sides.
    is_turn = any(c.lower in ("over", "back") for c in sentence.children(governor.i, "advmod", "prt"))
    return governor.lemma in words["motion"] and not (is_turn and prep.lower == "to")


def _spans_way(sentence: Sentence, i: int) -> bool:
    """Whether a preposition is one of a pair that spans a way: "from Seattle to Spokane"."""
    tokens = sentence.tokens
    other = "to" if tokens[i].lower == "from" else "from"
    near = range(max(0, i - _LONGEST_WAY), i) if other == "from" else range(i + 1, min(len(tokens), i + _LONGEST_WAY))
    head = tokens[i].head
    pairs = (tokens[at] for at in near if tokens[at].lower == other and tokens[at].pos in ("ADP", "PART"))
    return any(
        pair.head in (head, i) or head == pair.i
        for pair in pairs
        if all(tokens[at].pos in ("PROPN", "ADP") for at in range(min(i, pair.i), max(i, pair.i)))
    )


@functools.cache
def _words() -> dict[str, frozenset[str]]:
    return {kind: frozenset(words) for kind, words in load_toml("places_of_action.toml").items()}
