"""Clauses joined by "and" where the parser hears a list: "X recognised Slovenia, and Austria and Hungary did so".

It takes the subject of the second clause for one more object of the first. With "but" in the place of "and" it sees
two clauses; the text keeps its length, so offsets stay true.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from dejure.reading.items import is_finite_form
from dejure.reading.language import Token

__all__ = ["as_written", "with_clauses_parted"]

_AND = re.compile(r"(?P<comma>,)?\s+(?P<word>and)\s+")
_WORD = re.compile(r"[^\W\d_][\w'’-]*")
_JOINING = re.compile(r"[\s,]*(?:(?:and|the|later|then|also|now|since|both|soon|itself|once)\b[\s,]*)*")


def with_clauses_parted(text: str, names: Sequence[tuple[int, int]]) -> str:
    """The text with "but" for each "and" behind which names and a finite verb of their own follow."""
    if len(names) < 2:
        return text
    starts = dict(names)
    ends = {end: start for start, end in names}
    pieces = list(text)
    for found in _AND.finditer(text):
        at = found.start("word")
        if _clause_follows(text, found.end(), starts) and _clause_before(text, found, ends):
            pieces[at : at + 3] = "but"
    return "".join(pieces)


def as_written(text: str, tokens: list[Token]) -> list[Token]:
    """The tokens, each "but" that the parser was given for "and" written "and" again."""
    for token in tokens:
        if token.text == "but" and text[token.start : token.end] == "and":
            token.text = token.lower = token.lemma = "and"
    return tokens


def _clause_follows(text: str, at: int, starts: dict[int, int]) -> bool:
    """Whether names open there and a finite verb stands right behind them."""
    named = False
    while True:
        joined = _JOINING.match(text, at)
        begin = joined.end() if joined is not None else at
        end = starts.get(begin) or starts.get(at)
        if end is None:
            break
        named, at = True, end
    joined = _JOINING.match(text, at)
    word = _WORD.match(text, joined.end() if joined is not None else at)
    if not named or word is None or not is_finite_form(word[0]):
        return False
    # "and Peru recognised by ..." is a participle.
    return not (word[0].endswith("ed") and text[word.end() :].lstrip().startswith("by "))


def _clause_before(text: str, found: re.Match[str], ends: dict[int, int]) -> bool:
    """Whether what stands before is a clause and no list of names that goes on."""
    before = text[: found.start()]
    verbs = [m for m in _WORD.finditer(before) if is_finite_form(m[0])]
    if not verbs:
        return False
    at = found.start()
    if at not in ends:
        return True
    while at in ends:
        # Back over the names before: what they hang on tells whether they are its objects.
        at = ends[at]
        lead = re.search(r"(?:[\s,]|\band\b|\bthe\b)*$", text[:at])
        at = lead.start() if lead is not None else at
    return found["comma"] is not None and verbs[-1].end() == at
