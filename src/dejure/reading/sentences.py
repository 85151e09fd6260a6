"""Sentences of a segment, found before anything is parsed, so that each can be parsed alone."""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Iterator
from importlib import resources

__all__ = ["split_sentences"]

# A possible end: closing punctuation with quotes and brackets after it, then white space; a semicolon; a colon before
# a quotation or a capital. Clauses that these part are read apart: together they mislead the parser.
_END = re.compile(r"(?<![.!?…])[.!?…]+[\"'”’»)\]]*(?=\s|$)|;(?=\s)|(?<=[^\W\d]):(?=\s+[\"“«'‘]?[^\W\d_])")
_OPENERS = "\"'“‘«([—–-"
_LONGEST = 2_000


def split_sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Offsets of the sentences of `text[start:end]`, in order, without the white space between them.

    A full stop ends a sentence unless it belongs to a title, an initial, an abbreviation before a small letter or a
    number. A stretch of more than 2,000 characters without an end is cut at the last white space before.
    """
    begin = start
    for found in _END.finditer(text, start, end):
        if found.end() - begin > _LONGEST:
            yield from _cut(text, begin, found.end())
            begin = _skip_space(text, found.end(), end)
        elif _is_end(text, begin, found.start(), found.end(), end):
            yield begin, found.end()
            begin = _skip_space(text, found.end(), end)
    if begin < end:
        yield from _cut(text, begin, end)


def _cut(text: str, begin: int, end: int) -> Iterator[tuple[int, int]]:
    while end - begin > _LONGEST:
        space = text.rfind(" ", begin + 1, begin + _LONGEST)
        stop = space if space > 0 else begin + _LONGEST
        yield begin, stop
        begin = _skip_space(text, stop, end)
    if begin < end:
        yield begin, end


def _is_end(text: str, begin: int, mark: int, after: int, end: int) -> bool:
    following = _skip_space(text, after, end)
    if following >= end:
        return True
    next_char = text[following]
    if text[mark] == ";":
        return text.count(" ", begin, mark) >= 2
    if text[mark] == ":":
        opens = text[following + 1 : following + 2] if next_char in _OPENERS else next_char
        return opens.isupper() and text.count(" ", begin, mark) >= 2
    if next_char.islower():
        return False
    if text[mark] != ".":
        return True
    word = _last_word(text, begin, mark)
    titles, others = _abbreviations()
    lower = word.lower()
    if lower in titles and word[:1].isupper() | (lower in ("no", "vs", "v", "e.g", "i.e", "cf", "viz")):
        return lower == "no" and not next_char.isdigit()
    if len(word) == 1 and word.isupper():
        return False
    if lower in others:
        return not (next_char.isdigit() or _is_name_part(text, following))
    return True


def _is_name_part(text: str, following: int) -> bool:
    """After "U.S." or "Sept.", a capital that begins a name goes on; a word that opens sentences starts one."""
    word = re.match(r"[\"'“‘«(]*(\w+)", text[following : following + 40])
    return bool(word) and word[1] not in _STARTERS if word else False


_STARTERS = frozenset(
    "The A An In On At It He She They We I But And This That These Those However Meanwhile Earlier Later After "
    "Before Its His Her Their Our No Some Many When While If As For From With By To There".split()
)


def _last_word(text: str, begin: int, mark: int) -> str:
    at = mark
    while at > begin and (text[at - 1].isalnum() or text[at - 1] in ".&'"):
        at -= 1
    return text[at:mark].strip("'.") if "." not in text[at:mark] else text[at:mark].lstrip("'.")


def _skip_space(text: str, at: int, end: int) -> int:
    while at < end and text[at].isspace():
        at += 1
    return at


@functools.cache
def _abbreviations() -> tuple[frozenset[str], frozenset[str]]:
    raw = resources.files("dejure.reading").joinpath("data/abbreviations.toml").read_text(encoding="utf-8")
    table = tomllib.loads(raw)
    return frozenset(table["titles"]), frozenset(table["others"])
