"""What the words around a phrase say: whether it is a date at all, its role, its tense.

"May" may be a verb or a prime minister, "2011" a number of votes. The lists that decide stand in `data/dates.toml`.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from functools import lru_cache
from typing import Final, Literal

from dejure.reading.date_words import (
    BLANK,
    DASH,
    FLAGS,
    TABLES,
    Phrase,
    day_number,
    month_number,
    plain,
    words_regex,
)

__all__ = [
    "GUARDS",
    "Tense",
    "approximation_before",
    "holds",
    "is_counted",
    "is_modifier",
    "is_no_date",
    "preposition_before",
    "tense_around",
    "word_after",
    "word_before",
]

Tense = Literal["past", "future"]

_WINDOW = 160
# ------------------------------------------------------------------------------------------------------ guards
GUARDS: Final[dict[str, frozenset[str]]] = {name: frozenset(words) for name, words in TABLES["guards"].items()}
_NO_DATES = re.compile(rf"\b(?:{words_regex(TABLES['guards']['no_dates'])})\b", FLAGS)
_LAST_WORDS = re.compile(r"([^\W_]+)[^\w\n]{0,3}$")
_TITLED = re.compile(rf"\b(?:{words_regex(TABLES['guards']['titles'])})\.?\s(?:[A-Z]\w*\s)?(?=May\b)", re.IGNORECASE)


@lru_cache(maxsize=2)
def _names_a_may(text: str) -> bool:
    """Whether the report has somebody of that name."""
    return _TITLED.search(text) is not None


def word_before(text: str, at: int) -> str:
    """The word before this place, as it is written; empty where a sentence begins."""
    match = _LAST_WORDS.search(text[max(0, at - 40) : at])
    return match.group(1) if match and not re.search(r"[.!?;:()\"\u201c\u201d]", match.group()) else ""


def word_after(text: str, end: int) -> str:
    """The word behind this place, as it is written; empty where a mark or a number stands there."""
    match = re.match(rf"{BLANK}([^\W\d_]+)", text[end : end + 30])
    return match.group(1) if match else ""


def holds(text: str, found: Phrase, sure: bool) -> bool:
    """Whether the words around allow that this is a date."""
    check = _CHECKS.get(found.means)
    if check is not None and not check(text, found, sure):
        return False
    return "month" not in found.slots or _has_month(text, found, sure)


_NUMBER_AHEAD = re.compile(rf"\.?{BLANK}[0-9]")


def _has_month(text: str, found: Phrase, sure: bool) -> bool:
    word = found.slots["month"]
    place = text[found.start : found.end].lower().rfind(word)
    written = text[found.start + place : found.start + place + len(word)]
    if written[0].islower() and (word in GUARDS["other_words"] or word in TABLES["month_abbreviations"]):
        return False
    if "which" in found.slots and _NUMBER_AHEAD.match(text, found.end):
        return False
    if len(found.slots) > 1:
        return True
    before, after = word_before(text, found.start).lower(), word_after(text, found.end)
    if word in TABLES["month_abbreviations"]:
        return sure or (before in GUARDS["sure_before_month"] and text[found.end : found.end + 1] == ".")
    if before in GUARDS["titles"]:
        return False
    if word in GUARDS["other_words"] and not sure:
        return _is_month_alone(text, found, word, before, after)
    lone = word in GUARDS["forenames"] and before not in GUARDS["before_month"]
    return not (lone and after[:1].isupper()) or sure


def _is_month_alone(text: str, found: Phrase, word: str, before: str, after: str) -> bool:
    """Whether "May" or "March" without a number is the month."""
    if before in GUARDS["determiners"] and before not in ("this", "that", "every"):
        barred = GUARDS["after_march"] | GUARDS["after_name"] | GUARDS["function_words"]
        return after.islower() and after not in barred and text[found.start].isupper()
    named = word == "may" and _names_a_may(text)
    telling = "sure_before_month" if named else "before_month"
    if before not in GUARDS[telling]:
        return False
    if word == "may" and before not in GUARDS["sure_before_month"]:
        is_name = after in GUARDS["after_name"] or (after.endswith("ed") and after.islower())
        return not is_name and text[found.end : found.end + 2] not in ("'s", "\u2019s")
    return after not in (GUARDS["after_name"] - {"and", "was", "is", "has", "had", "will", "would"})


def _is_year_alone(text: str, found: Phrase, sure: bool) -> bool:
    if text[found.start : found.start + 1].isalpha():
        return True
    before, after = word_before(text, found.start).lower(), word_after(text, found.end)
    if _is_count(text, found.end, after) or not (sure or _starts_clean(text, found.start)):
        return False
    if sure or re.match(r"\(\d{4}[),;:]", text[max(0, found.start - 1) : found.end + 1]):
        return True
    if int(found.slots["year"]) < 1800:
        free = not after or after in GUARDS["function_words"] - {"of"}
        return before in GUARDS["sure_before_year"] and free
    if before in GUARDS["before_year"] or preposition_before(text, found.start) is not None:
        return before in GUARDS["sure_before_year"] or not _is_number(text, found, before, after)
    return is_modifier(text, found.start, after) or _is_joined(text, found.start)


def _is_count(text: str, end: int, after: str) -> bool:
    return after.lower() in GUARDS["counted"] or re.match(rf"{DASH}[0-9A-Za-z]", text[end : end + 2]) is not None


def _is_number(text: str, found: Phrase, before: str, after: str) -> bool:
    """Whether a year behind "of", "by", "from" is a count after all."""
    if before == "of" and word_before(text, found.start - 3).lower() in GUARDS["count_of"]:
        return True
    noun = after.islower() and after not in GUARDS["function_words"]
    return noun and (after.endswith("s") or found.slots["year"].endswith("00"))


def _starts_clean(text: str, at: int) -> bool:
    before = text[max(0, at - 2) : at]
    if re.search(r"[$€£¥#@+=/_]$|[0-9][.,:]$|[0-9][\u2010-\u2014-]$", before):
        return False
    return not (before[-1:] in "-\u2010\u2011\u2012\u2013\u2014" and before[-1:] and not before[:1].isspace())


def is_modifier(text: str, at: int, after: str) -> bool:
    """Whether a year stands before a noun: "the 1988 declaration", "Spain's disputed 2017 vote"."""
    if not after or after.lower() in GUARDS["function_words"]:
        return False
    match = re.search(r"(\S+)\s(?:([a-z-]+)\s)?$", text[max(0, at - 60) : at])
    if match is None:
        return False
    near, far = (match.group(2) or "").lower(), match.group(1).lower()
    if near in GUARDS["before_count"] or far in GUARDS["before_count"]:
        return False
    opener = {near, far} if near else {far}
    return bool(opener & GUARDS["determiners"]) or any(w.endswith(("'s", "\u2019s", "s'", "s\u2019")) for w in opener)


_YEAR_AND = re.compile(rf"\b(?:1[89]|20)[0-9][0-9](?:,|,?{BLANK}(?:and|or)){BLANK}$")


def _is_joined(text: str, at: int) -> bool:
    """Whether another year goes before: "in 2019, 2020 and 2021"."""
    return _YEAR_AND.search(text[max(0, at - 14) : at]) is not None


def _is_years(text: str, found: Phrase, _sure: bool) -> bool:
    first = int(found.slots["year"])
    last = int(found.slots["year2"]) if "year2" in found.slots else first // 100 * 100 + int(found.slots["short"])
    if last < first and "short" in found.slots and found.slots["short"] == "00":
        last += 100
    after = word_after(text, found.end)
    return 1000 <= first < last <= first + 200 and _starts_clean(text, found.start) and after not in GUARDS["counted"]


def _is_day(text: str, found: Phrase, _sure: bool) -> bool:
    slots = found.slots
    if re.search(r"[0-9$€£][.,:/]?$", text[max(0, found.start - 2) : found.start]):
        return False
    number = day_number(slots)
    year = int(slots.get("year", "2024"))
    if number and ("month" in slots or "mm" in slots) and number > calendar.monthrange(year, month_number(slots))[1]:
        return False
    if "day2" in slots and int(re.sub(r"\D", "", slots["day2"])) <= number:
        return False
    return "year" not in slots or _is_year_of(text, found)


def _is_numeric(text: str, found: Phrase, sure: bool) -> bool:
    """Whether one number alone can be the month."""
    one, other = int(found.slots["dd"]), int(found.slots["dd2"])
    if (one > 12) == (other > 12) and one != other:
        return False
    day, month = (one, other) if one >= other else (other, one)
    return month <= 12 and day <= calendar.monthrange(int(found.slots["year"]), month)[1] and _is_day(text, found, sure)


def _is_year_of(text: str, found: Phrase) -> bool:
    return word_after(text, found.end).lower() not in GUARDS["counted"] or not text[found.end - 1].isdigit()


def _is_day_of_month(text: str, found: Phrase, sure: bool) -> bool:
    after = word_after(text, found.end)
    digits = re.sub(r"\D", "", found.slots["ordinal"])
    known = digits != "" and 1 <= int(digits) <= 31
    free = (not after or after in GUARDS["function_words"] - {"of"}) and text[found.end : found.end + 1] != "-"
    return known and free and (sure or word_before(text, found.start).lower() in GUARDS["before_ordinal"])


def _is_weekday(text: str, found: Phrase, sure: bool) -> bool:
    turned = "which" in found.slots and text[found.start].lower() == found.slots["weekday"][0]  # "Friday next"
    if turned and (found.slots["which"] not in ("last", "next") or word_after(text, found.end)):
        return False
    return text[found.start - 1 : found.start] not in ("-", "_", "@") or sure


def _is_season(text: str, found: Phrase, sure: bool) -> bool:
    if len(found.slots) > 1:
        return True
    return sure or word_before(text, found.start).lower() in GUARDS["before_season"]


def _is_quarter(text: str, found: Phrase, _sure: bool) -> bool:
    if "quarter" in found.slots:
        return text[found.start] == "Q" and _starts_clean(text, found.start)
    ordinal = TABLES["ordinals"].get(found.slots["ordinal"], 0)
    of = word_after(text, found.end).lower() == "of"
    return 1 <= ordinal <= 4 and not of and word_before(text, found.start).lower() in GUARDS["before_quarter"]


def _is_half(text: str, found: Phrase, _sure: bool) -> bool:
    return text[found.start] == "H"


def _is_decade(text: str, found: Phrase, sure: bool) -> bool:
    lead = text[found.start : found.start + 3].lower()
    short = "decade" in found.slots and len(re.sub(r"\D", "", found.slots["decade"])) == 2
    return not short or lead == "the" or text[found.start - 1 : found.start] in ("'", "\u2019") or sure


def _is_holiday(text: str, found: Phrase, _sure: bool) -> bool:
    place = text[found.start : found.end].lower().replace("\u2019", "'").find(found.slots["holiday"][:4])
    return text[found.start + max(place, 0)].isupper() or found.slots["holiday"].startswith("the ")


def is_counted(slots: dict[str, str]) -> bool:
    """A unit without a count is a plural: "days later", not "day after day"."""
    return "count" in slots or "units" not in slots or slots["units"] not in TABLES["units"]


def _is_shift(text: str, found: Phrase, _sure: bool) -> bool:
    return is_counted(found.slots) and _starts_clean(text, found.start)


def _is_hence(text: str, found: Phrase, sure: bool) -> bool:
    if not _is_shift(text, found, sure) or text[found.start : found.start + 2].lower() != "in":
        return _is_shift(text, found, sure)
    if "time" in text[found.start : found.end].lower():
        return True
    before = word_before(text, found.start).lower()
    free = word_after(text, found.end).lower() not in ("of", "power", "office", "jail", "prison")
    return free and before not in GUARDS["before_duration"] and tense_around(text, found.start, found.end) == "future"


def _is_this_unit(text: str, found: Phrase, sure: bool) -> bool:
    return sure or preposition_before(text, found.start) == "within"


def _is_weekend(text: str, found: Phrase, _sure: bool) -> bool:
    return "which" in found.slots or text[found.start : found.start + 3].lower() == "the"


_CHECKS: Final[dict[str, Callable[[str, Phrase, bool], bool]]] = {
    "day": _is_day, "numeric": _is_numeric, "days": _is_day, "day_of_month": _is_day_of_month, "year": _is_year_alone,
    "years": _is_years, "decade": _is_decade, "season": _is_season,
    "quarter": _is_quarter, "half": _is_half, "weekday": _is_weekday, "holiday": _is_holiday, "shift": _is_shift,
    "ago": _is_shift, "hence": _is_hence, "this_unit": _is_this_unit, "weekend": _is_weekend,
}  # fmt: skip


def is_no_date(text: str, found: Phrase) -> bool:
    """Whether the words stand in a set phrase that names no date ("Black Friday")."""
    base = max(0, found.start - 30)
    window = text[base : found.end + 30]
    return any(m.start() < found.end - base and m.end() > found.start - base for m in _NO_DATES.finditer(window))


# --------------------------------------------------------------------------------------------- what goes before
_ROLES: Final[dict[str, str]] = {
    w: role for role, words in TABLES["prepositions"].items() if role != "fillers" for w in words
}
_PREPOSITION = re.compile(
    rf"(?:^|[^\w-])({words_regex(_ROLES)}){BLANK}(?:(?:{words_regex(TABLES['prepositions']['fillers'])}){BLANK}){{0,2}}$",
    FLAGS,
)
_SIDES: Final[dict[str, str]] = {w: side for side, ws in TABLES["approximate"].items() for w in ws}
_APPROXIMATE = re.compile(rf"\b({words_regex(_SIDES)}){BLANK}$", FLAGS)


def preposition_before(text: str, at: int) -> str | None:
    """The role that the words before this place give: "since", "by", "between" ..."""
    match = _PREPOSITION.search(text[max(0, at - 45) : at])
    return None if match is None else _ROLES[plain(match.group(1))]


def approximation_before(text: str, at: int) -> str | None:
    """Whether a count is said to be too small ("earlier"), too large ("later") or rough ("both")."""
    match = _APPROXIMATE.search(text[max(0, at - 25) : at])
    return None if match is None else _SIDES[plain(match.group(1))]


# ------------------------------------------------------------------------------------------------------- tense
_TENSE_WORDS: Final[dict[str, frozenset[str]]] = {name: frozenset(words) for name, words in TABLES["tense"].items()}
_MARKER = re.compile(
    r"(?<![A-Za-z])(?:"
    + "|".join(f"(?P<{name}>{words_regex(_TENSE_WORDS[name])})" for name in ("future", "past", "boundary"))
    + r"|(?P<ed>[a-z]{1,20}ed))(?![A-Za-z])",
    FLAGS,
)
_DIRECTLY = re.compile(rf"\b(?:{words_regex(_TENSE_WORDS['directly'])}){BLANK}(?:(?:the|a|its){BLANK})?$", FLAGS)
_HEADLINE = re.compile(r"(?<![A-Za-z])to [a-z]{2,20}(?![A-Za-z])", re.ASCII)
_CLAUSE_END = re.compile('[;:!?\n"\u201c\u201d\u00ab\u00bb()]|[.](?=\\s|$)')


def tense_around(text: str, start: int, end: int, *, headline: bool = False) -> Tense | None:
    """Whether the clause around these words speaks of what was or what will be.

    The nearest marker before the words decides, then the first behind them; in a headline "to recognise" is one.
    """
    left = _CLAUSE_END.split(text[max(0, start - _WINDOW) : start])[-1]
    if _DIRECTLY.search(left):
        return "future"
    if headline and (matches := list(_HEADLINE.finditer(left))) and not _MARKER.search(left, matches[-1].end()):
        return "future"
    verb = _MARKER.match(text[end : end + _WINDOW].lstrip())
    if verb is not None and verb.lastgroup == "past" and not headline:
        # "Sweden on Thursday became": the verb right behind is the one the day belongs to.
        return "past"
    for match in reversed(list(_MARKER.finditer(left))):
        if match.lastgroup == "boundary":
            if match.end() + 1 >= len(left):
                continue
            break
        if (said := _said_by(left, match)) is not None:
            return said
    right = _CLAUSE_END.split(text[end : end + _WINDOW].lstrip(","))[0].split(",")[0]
    for match in _MARKER.finditer(right):
        if match.lastgroup == "boundary":
            break
        if (said := _said_by(right, match)) is not None:
            return said
    return None


def _said_by(clause: str, marker: re.Match[str]) -> Tense | None:
    word = marker.group().lower()
    if marker.lastgroup == "future":
        return None if marker.group() == "May" else "future"
    if marker.lastgroup == "past":
        return "past"
    before = word_before(clause, marker.start()).lower()
    skipped = word in _TENSE_WORDS["no_past"] or before in _TENSE_WORDS["passive"] or before in _TENSE_WORDS["articles"]
    return None if skipped else "past"
