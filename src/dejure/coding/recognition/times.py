"""Phrases of time, by their words: what tells when, and where in a sentence such a phrase begins and ends."""

from __future__ import annotations

import re

from dejure.reading.language import Token
from dejure.reading.reading import Sentence

__all__ = ["TIMES", "end_of_phrase", "governed", "is_time", "time_follows"]

_ORDINAL = re.compile(
    r"\d+(?:st|nd|rd|th)|(?:twenty-|thirty-)?(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)"
    r"|tenth|eleventh|twelfth|[a-z]+teenth|twentieth|thirtieth"
)
TIMES = frozenset(
    "day week month year hour morning evening afternoon night weekend spring summer autumn winter turn time end "
    "fortnight "
    "january february march april may june july august september october november december monday tuesday wednesday "
    "thursday friday saturday sunday January February March April May June July August September October November "
    "December Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
)  # fmt: skip


def governed(sentence: Sentence, prep: Token) -> list[Token]:
    """What a preposition governs."""
    return sentence.children(prep.i, "pobj")


def is_time(sentence: Sentence, i: int) -> bool:
    """Whether a word tells when, or what hangs on it does."""
    return any(
        t.pos == "NUM"
        or t.lemma in TIMES
        or _ORDINAL.fullmatch(t.lower) is not None
        or t.text.removesuffix(".") in TIMES
        or t.lower[:1].isdigit()
        for t in (sentence.tokens[j] for j in sentence.subtree(i))
    )


def time_follows(sentence: Sentence, i: int) -> bool:
    """Whether a phrase of time begins at a token ("on Friday", "a year later")."""
    tokens = sentence.tokens
    if i >= len(tokens):
        return False
    first = tokens[i]
    if first.lower in ("yesterday", "today", "tomorrow", "later", "earlier", "last", "this", "afterwards"):
        return True
    if first.lower == "the" and i + 2 < len(tokens) and tokens[i + 1].lower in ("next", "following", "same"):
        return tokens[i + 2].lemma in TIMES
    if first.lower in ("on", "in", "at", "within") and i + 1 < len(tokens):
        return is_time(sentence, end_of_phrase(sentence, i + 1))
    if first.lower in ("a", "two", "three", "four", "five", "six", "some", "nine", "ten", "several", "one"):
        return any(t.lemma in TIMES for t in tokens[i + 1 : i + 4])
    return False


def end_of_phrase(sentence: Sentence, i: int) -> int:
    """The head of the short phrase that opens at `i`."""
    token = sentence.tokens[i]
    return token.head if token.dep in ("det", "nummod", "amod", "compound") and 0 < token.head - i < 4 else i
