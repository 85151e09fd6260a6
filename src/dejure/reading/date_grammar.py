"""Where English speaks of time: a matcher that walks a text once.

At each word the few forms filed under it and the next are tried; the longest that the words around allow is taken,
then the words behind it that belong to it ("Thursday *evening*", "March *to June*"). Nothing looks further than a fixed
number of characters around, so the time is linear in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import zip_longest
from typing import Final

from dejure.reading.date_guards import holds, is_counted, is_no_date, preposition_before
from dejure.reading.date_words import BLANK, DASH, FLAGS, FORMS, NUMBER, PREFIXES, TABLES, Phrase, plain, words_regex

__all__ = ["phrases"]

_TOKEN: Final = re.compile(r"[^\W\d_]+|[0-9]+")
_PERIOD_MEANINGS = frozenset(
    {"month", "context_month", "year", "years", "fiscal", "decade", "century", "season", "quarter"}
    | {"unit", "context_unit", "this_unit"}
)
_DAY_MEANINGS = frozenset(
    {"day", "weekday", "context_weekday", "day_word", "holiday", "day_of_month", "days", "overnight"}
)
_RANGED = frozenset({"day", "month", "year", "weekday", "day_word", "decade", "edge"})


# ---------------------------------------------------------------------------------------------------- matching
def phrases(text: str) -> Iterator[Phrase]:
    """Every phrase of the text that speaks of time, in order, without overlap."""
    resume = 0
    tokens = list(_TOKEN.finditer(text))
    for token, behind in zip_longest(tokens, tokens[1:]):
        # Most words open nothing: they are left with as little work as can be.
        key = token[0].lower()
        if key[0] in _DIGITS:
            key = NUMBER
        elif key not in _OPENING:
            continue
        if token.start() < resume:
            continue
        found = _phrase_at(text, token.start(), key, "" if behind is None else _key(behind))
        if found is not None and not is_no_date(text, found):
            yield found
            resume = found.end


_DIGITS = frozenset("0123456789")
_OPENING = FORMS.words | PREFIXES.words


def _key(token: re.Match[str]) -> str:
    word = token[0].lower()
    return NUMBER if word[0] in _DIGITS else word


def _phrase_at(text: str, at: int, key: str, behind: str) -> Phrase | None:
    whole = _prefixed_at(text, at, key, behind)
    plain = _simple_at(text, at, key, behind, sure=False)
    if plain is not None:
        plain = _range_from(text, _with_day_part(text, plain))
    if whole is not None and (plain is None or whole.end > plain.end):
        return _range_from(text, whole)
    return plain


def _simple_at(text: str, at: int, key: str, behind: str, *, sure: bool) -> Phrase | None:
    """The longest form at this place. `sure`: words before it say that a date follows."""
    best: Phrase | None = None
    for form in FORMS.opening(key, behind):
        match = form.regex.match(text, at)
        if match is None or (best is not None and match.end() <= best.end):
            continue
        found = Phrase(form.means, at, _end_of(text, match), _slots(match))
        if _ends_well(text, found.end) and holds(text, found, sure):
            best = found
    return best


def _end_of(text: str, match: re.Match[str]) -> int:
    """The end without the full stop of an abbreviation, which may be that of the sentence."""
    return match.end() - (text[match.end() - 1] == ".")


def _slots(match: re.Match[str]) -> dict[str, str]:
    return {name: plain(value) for name, value in match.groupdict().items() if value is not None}


_AMOUNT = re.compile(r"[.,:/][0-9]|%|[ \u00a0]?(?:per cent|percent|million|billion)\b")


def _ends_well(text: str, end: int) -> bool:
    """Whether neither a word nor a number goes on here."""
    if end >= len(text) or not text[end - 1].isalnum():
        return True
    if text[end].isalnum() or text[end] == "_" or (text[end] == "-" and text[end + 1 : end + 2].islower()):
        return False
    return not text[end - 1].isdigit() or _AMOUNT.match(text, end) is None


def _next_key(text: str, at: int) -> tuple[int, str, str] | None:
    """Where the word that begins here stands, with its key and that of the word behind it."""
    token = _TOKEN.match(text, at) or (_TOKEN.match(text, at + 1) if text[at : at + 1] in ("'", "\u2019") else None)
    if token is None:
        return None
    behind = _TOKEN.search(text, token.end())
    return token.start(), _key(token), "" if behind is None else _key(behind)


def _prefixed_at(text: str, at: int, key: str, behind: str) -> Phrase | None:
    """The longest prefix at this place with the date that it changes."""
    best: Phrase | None = None
    for form in PREFIXES.opening(key, behind):
        match = form.regex.match(text, at)
        place = None if match is None else _next_key(text, match.end())
        if match is None or place is None:
            continue
        inner = _simple_at(text, *place, sure=True) or (_edge_at(text, *place) if form.means != "edge" else None)
        best = _longer(best, _changed(text, form.means, match, inner))
    return best


def _edge_at(text: str, at: int, key: str, behind: str) -> Phrase | None:
    """A part of a period ("early 2024") where a date is expected."""
    best: Phrase | None = None
    for form in PREFIXES.opening(key, behind):
        match = form.regex.match(text, at) if form.means == "edge" else None
        place = None if match is None else _next_key(text, match.end())
        if match is not None and place is not None:
            best = _longer(best, _changed(text, "edge", match, _simple_at(text, *place, sure=True)))
    return best


def _changed(text: str, means: str, prefix: re.Match[str], inner: Phrase | None) -> Phrase | None:
    if inner is None or not _may_follow(means, prefix, inner):
        return None
    inner = _with_day_part(text, inner)
    return Phrase(means, prefix.start(), inner.end, _slots(prefix), inner)


def _longer(one: Phrase | None, other: Phrase | None) -> Phrase | None:
    return other if one is None or (other is not None and other.end > one.end) else one


def _may_follow(means: str, prefix: re.Match[str], inner: Phrase) -> bool:
    if means == "edge":
        return inner.means in _PERIOD_MEANINGS and not (inner.means == "this_unit" and not _of(prefix.group()))
    if means == "shift" and prefix.groupdict().get("units") and not is_counted(_slots(prefix)):
        return False
    return inner.means in _DAY_MEANINGS or (means in ("shift", "eve") and inner.means in ("month", "year", "edge"))


def _of(prefix: str) -> bool:
    return prefix.split()[-1].lower() in ("of", "in", "through")


def _with_day_part(text: str, phrase: Phrase) -> Phrase:
    """The phrase with "morning", "night" behind it."""
    match = _DAY_PART.match(text, phrase.end) if phrase.means in _DAY_MEANINGS else None
    if match is None or text[phrase.end : phrase.end + 1] == ".":
        return phrase
    return Phrase(phrase.means, phrase.start, match.end(), phrase.slots, phrase.inner)


_DAY_PART = re.compile(f"{BLANK}(?:{words_regex(TABLES['day_parts']['words'])})(?![A-Za-z-])", FLAGS)
_TO = re.compile(rf"(?:{BLANK}(?:to|until|till|through){BLANK}|{BLANK}?{DASH}{BLANK}?)", FLAGS)
_AND = re.compile(rf"(?:{BLANK}and{BLANK}|{BLANK}?{DASH}{BLANK}?)", FLAGS)


def _range_from(text: str, first: Phrase) -> Phrase:
    """The range that begins with this phrase, or the phrase."""
    if first.means not in _RANGED:
        return first
    glue = (_AND if preposition_before(text, first.start) == "between" else _TO).match(text, first.end)
    place = None if glue is None else _next_key(text, glue.end())
    if place is None:
        return first
    second = _simple_at(text, *place, sure=True) or _edge_at(text, *place)
    if second is None or second.means not in {first.means, "edge", "month" if first.means == "edge" else "edge"}:
        return first
    second = _with_day_part(text, second)
    return Phrase("range", first.start, second.end, {}, first, second)
