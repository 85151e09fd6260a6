"""The words and forms of `data/dates.toml`, compiled.

A *form* is a pattern of words and slots with a meaning ("{day} {month}[,] {year}" means a day); a *prefix* is one that
changes the date that follows it ("the end of", "two days after"). Each is filed under the two words it may open
with. No pattern repeats without bound.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from importlib import resources
from typing import Any, Final

__all__ = [
    "BLANK",
    "COUNTS",
    "DASH",
    "EDGES",
    "FLAGS",
    "FORMS",
    "MONTHS",
    "NUMBER",
    "PREFIXES",
    "TABLES",
    "UNITS",
    "WEEKDAYS",
    "Form",
    "Phrase",
    "day_number",
    "month_number",
    "plain",
    "words_regex",
]

#: The tables of `data/dates.toml`.
TABLES: Final[dict[str, Any]] = tomllib.loads(
    (resources.files("dejure.reading") / "data" / "dates.toml").read_text(encoding="utf-8")
)
#: Between two words: one to three blanks, or a line break, never an empty line.
BLANK: Final = r"(?:[ \t\u00a0\u202f]{1,3}|[ \t]?\n[ \t]?)"
DASH: Final = r"[-\u2010-\u2014]"
FLAGS: Final = re.IGNORECASE | re.ASCII
#: Under which a form is filed that opens with a number.
NUMBER: Final = "#"


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that speak of time, and what they mean.

    Parameters
    ----------
    means : str
        Name of the meaning, as in the `forms` and `prefixes` of the tables, or "range".
    start, end : int
        Offsets of the words.
    slots : dict
        What stood in the slots of the form: lower case, blanks and apostrophes made plain.
    inner : Phrase or None
        The date that a prefix changes; the first of a range.
    second : Phrase or None
        The other end of a range.
    """

    means: str
    start: int
    end: int
    slots: dict[str, str]
    inner: Phrase | None = None
    second: Phrase | None = None

    @property
    def is_range(self) -> bool:
        """Whether the words name a first and a last."""
        return self.means in ("range", "days", "years")


def plain(words: str) -> str:
    """Lower case, single blanks, plain apostrophes and hyphens, no closing full stop."""
    simple = re.sub(r"\s+", " ", words.lower().replace("\u2019", "'").rstrip("."))
    return re.sub(DASH, "-", simple.replace("st. ", "st "))


def day_number(slots: dict[str, str]) -> int:
    """The day of the month that the slots name, 0 where they name none."""
    words = slots.get("day") or slots.get("ordinal") or slots.get("dd") or ""
    digits = re.sub(r"\D", "", words)
    return int(digits) if digits else int(TABLES["ordinals"].get(words, 0))


def month_number(slots: dict[str, str]) -> int:
    """The month that the slots name, 1 to 12."""
    return MONTHS[slots["month"]] if "month" in slots else int(slots["mm"])


# ------------------------------------------------------------------------------------------------------- slots
def words_regex(words: Iterable[str]) -> str:
    """An expression for any of these words, the longest first."""
    ordered = sorted(words, key=lambda w: (-len(w), w))
    return "|".join(plain_regex(word) for word in ordered)


def plain_regex(word: str) -> str:
    escaped = re.escape(word).replace("\\ ", BLANK).replace("'", "['\u2019]").replace(r"\-", DASH)
    return re.sub(r"^st(?=\(\?)", r"st\\.?", escaped)


def _counts() -> dict[str, int]:
    numbers: dict[str, int] = dict(TABLES["numbers"])
    tens = {w: n for w, n in numbers.items() if n in range(20, 100, 10)}
    ones = {w: n for w, n in numbers.items() if 1 <= n <= 9 and w not in ("a", "an")}
    return numbers | {f"{t}{glue}{o}": a + b for t, a in tens.items() for o, b in ones.items() for glue in "- "}


def _count_regex() -> str:
    numbers: dict[str, int] = TABLES["numbers"]
    tens = words_regex(w for w, n in numbers.items() if n in range(20, 100, 10))
    ones = words_regex(w for w, n in numbers.items() if 1 <= n <= 9 and w not in ("a", "an"))
    return f"(?:{tens})[- ](?:{ones})|" + words_regex([*numbers, *TABLES["vague_counts"]["words"]])


#: Number words up to ninety-nine, a dozen and a hundred.
COUNTS: Final = _counts()
MONTHS: Final[dict[str, int]] = TABLES["months"] | TABLES["month_abbreviations"]
WEEKDAYS: Final[dict[str, int]] = TABLES["weekdays"] | TABLES["weekday_abbreviations"]
#: Each plural or singular of a unit to the unit.
UNITS: Final[dict[str, str]] = {
    form: unit for unit, row in TABLES["units"].items() for form in (unit, row.get("plural", f"{unit}s"))
}
#: Each wording of a part of a period to its row.
EDGES: Final[dict[str, dict[str, Any]]] = {w: row for row in TABLES["edges"].values() for w in row["words"]}

_YEAR = r"(?:1[0-9]|20|21)[0-9]{2}(?![0-9])"
_DAY = r"(?:3[01]|[12][0-9]|0?[1-9])(?:st|nd|rd|th)?(?![0-9A-Za-z])"
_PERIODS = [u for u in TABLES["units"] if u not in ("minute", "hour", "day", "night")]
_WORD_SLOTS: dict[str, Iterable[str]] = {
    "weekday": TABLES["weekdays"],
    "season": TABLES["seasons"],
    **dict.fromkeys(("which", "which_week", "which_month", "which_year"), TABLES["which"]),
    "context": TABLES["which_context"],
    "day_word": TABLES["day_words"],
    "unit": TABLES["units"],
    "period": _PERIODS,
    "stretch": ["day", "night", *_PERIODS],
    "units": UNITS,
    "backward": TABLES["backward"]["words"],
    "forward": TABLES["forward"]["words"],
    "edge": EDGES,
    "decade_word": TABLES["decades"],
    "holiday": TABLES["holidays"],
}
_NUMBER_SLOTS = {
    "year": _YEAR,
    "year2": _YEAR,
    "short": r"[0-9]{2}(?![0-9])",
    "mm": r"(?:1[0-2]|0?[1-9])(?![0-9])",
    "dd": r"(?:3[01]|[12][0-9]|0?[1-9])(?![0-9])",
    "dd2": r"(?:3[01]|[12][0-9]|0?[1-9])(?![0-9])",
    "day": _DAY,
    "day2": _DAY,
    "decade": r"['\u2019]?(?:(?:1[0-9]|20)[0-9]|[3-9])0['\u2019]?s",
    "quarter": "[1-4](?![0-9])",
    "half": "[12](?![0-9])",
}
_MIXED_SLOTS: dict[str, tuple[str, Iterable[str]]] = {
    "ordinal": (r"[1-3]?[0-9](?:st|nd|rd|th)|" + words_regex(TABLES["ordinals"]), TABLES["ordinals"]),
    "count": (
        r"[0-9]{1,4}(?![0-9])|" + _count_regex(),
        [*TABLES["numbers"], *TABLES["vague_counts"]["words"]],
    ),
    "month": (
        f"{words_regex(TABLES['months'])}|(?:{words_regex(TABLES['month_abbreviations'])})\\.?",
        MONTHS,
    ),
    "weekday_short": (f"(?:{words_regex(TABLES['weekday_abbreviations'])})\\.?", TABLES["weekday_abbreviations"]),
}


def _slot(name: str) -> tuple[str, frozenset[str]]:
    """Regular expression of a slot, and how what stands in it may begin."""
    if name in _WORD_SLOTS:
        return words_regex(_WORD_SLOTS[name]), _beginnings(_WORD_SLOTS[name])
    if name in _NUMBER_SLOTS:
        return _NUMBER_SLOTS[name], _NUMBERED
    regex, words = _MIXED_SLOTS[name]
    # "twenty-one": a word may go on in others.
    longer = {f"{begins}{_ANY}" for begins in _beginnings(words)}
    return regex, _beginnings(words) | longer | (_NUMBERED if name in ("ordinal", "count") else frozenset())


#: In how a pattern may begin: a number, and that anything may follow.
_ANY: Final = "*"
_NUMBERED: Final = frozenset({NUMBER, f"{NUMBER}{_ANY}"})
_BEGINS: Final = re.compile(r"[a-z]+|[#*]")
_WHOLE_WORDS: Final = 2


def _beginnings(words: Iterable[str]) -> frozenset[str]:
    return frozenset(_cut(" ".join(re.findall(r"[a-z]+", word.lower()))) for word in words)


def _cut(begins: str) -> str:
    """No more of the beginning of a pattern than its first two words, and a blank where they are whole."""
    found = [piece.end() for piece in _BEGINS.finditer(begins)]
    if len(found) < _WHOLE_WORDS or len(begins) == found[_WHOLE_WORDS - 1]:
        return begins
    return f"{begins[: found[_WHOLE_WORDS - 1]]} "


def _is_whole(begins: str) -> bool:
    return begins.endswith((" ", _ANY)) and len(_BEGINS.findall(begins)) >= _WHOLE_WORDS


# ---------------------------------------------------------------------------------------------------- patterns
class _Template:
    """Reads one pattern of the tables: its regular expression and how it may begin."""

    def __init__(self, pattern: str) -> None:
        self.rest = re.findall(r"\{\w+\}|[A-Za-z]+|\s|.", pattern)[::-1]
        regex, self.beginnings = self.sequence("")
        self.regex = re.compile(regex, FLAGS)

    def sequence(self, close: str) -> tuple[str, frozenset[str]]:
        """Alternatives up to `close`: expression and beginnings, an empty one where all of it may be left out."""
        done: list[str] = []
        parts: list[str] = []
        beginnings: frozenset[str] = frozenset()
        begins = frozenset({""})
        while self.rest and (piece := self.rest.pop()) != close:
            if piece == "|":
                done.append("".join(parts))
                parts, beginnings, begins = [], beginnings | begins, frozenset({""})
                continue
            regex, further = self.element(piece)
            parts.append(regex)
            whole = {one for one in begins if _is_whole(one)}
            begins = frozenset({_cut(one + more) for one in begins - whole for more in further} | whole)
        done.append("".join(parts))
        return "|".join(done), beginnings | begins

    def element(self, piece: str) -> tuple[str, frozenset[str]]:
        """One word, slot or group."""
        if piece in "[(":
            regex, begins = self.sequence("]" if piece == "[" else ")")
            return (f"(?:{regex})?", begins | {""}) if piece == "[" else (f"(?:{regex})", begins)
        if piece.startswith("{"):
            regex, begins = _slot(piece[1:-1])
            return f"(?P<{piece[1:-1]}>{regex})", begins
        if piece.isspace():
            return BLANK, frozenset({" "})
        return plain_regex(piece), frozenset({piece.lower() if piece.isalpha() else " "})


@dataclass(frozen=True, slots=True)
class Form:
    """A compiled pattern, the name of what it means, and its place in the tables."""

    means: str
    regex: re.Pattern[str]
    place: int


class FiledForms:
    """Forms by the word they open with and the word behind it.

    Parameters
    ----------
    rows : iterable of tables
        Each with `means` and `patterns`.
    """

    def __init__(self, rows: Iterable[dict[str, Any]]) -> None:
        filed: dict[str, dict[str, set[Form]]] = {}
        told = ((row["means"], pattern) for row in rows for pattern in row["patterns"])
        for place, (means, pattern) in enumerate(told):
            template = _Template(pattern)
            form = Form(means, template.regex, place)
            for first, *second in map(_BEGINS.findall, filter(None, template.beginnings)):
                filed.setdefault(first, {}).setdefault("".join(second[:1]) or _ANY, set()).add(form)
        self._filed = {
            first: {second: tuple(sorted(forms | others.get(_ANY, set()), key=lambda form: form.place))
                    for second, forms in others.items()}
            for first, others in filed.items()
        }  # fmt: skip

    @property
    def words(self) -> frozenset[str]:
        """The words that a form may open with."""
        return frozenset(self._filed)

    def opening(self, first: str, second: str) -> tuple[Form, ...]:
        """The forms that may stand at a word, given the word behind it, in the order of the tables."""
        others = self._filed.get(first)
        return () if others is None else others.get(second) or others.get(_ANY, ())


#: The forms, and the prefixes, that may stand at a word.
FORMS: Final = FiledForms(TABLES["forms"])
PREFIXES: Final = FiledForms(TABLES["prefixes"])
