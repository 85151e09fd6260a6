"""Which language a report is in, and whether it is one we read."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections import Counter
from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import Any

from dejure.errors import UnreadLanguage
from dejure.records import Report
from dejure.settings import Settings

__all__ = ["PATTERN_LANGUAGES", "READ_LANGUAGES", "detect_language", "language_name", "require_readable"]

#: ISO 639-1 codes of the languages that are read whole, and of those whose acts of recognition alone are, by patterns.
READ_LANGUAGES = frozenset({"en"})
PATTERN_LANGUAGES = frozenset({"ar", "de", "es", "fr", "pt", "ru"})

# Enough to tell a language, in code points; the first words of a report are its own, the last ones often a teaser's.
_SAMPLE = 2000
# With fewer letters than this, names outweigh the words that tell a language.
_FEWEST_LETTERS = 40
# Function words that other languages in Latin script hardly have. English news has 18 to 30 of these in a hundred
# words, others under 9, so plain English is known without loading the identifier's model.
_ENGLISH_WORDS = frozenset(
    "the of and to that with has said by which from its would have been not their his her will this were it who after "
    "but they she are".split()
)
_ENGLISH_SHARE = 0.14
# In a line or two, names may bring the identifier to the language they come from; then a word or two of English count.
_SHORT = 200
_ENGLISH_SHARE_SHORT = 0.08
# Below this the identifier is unsure; a line of foreign names in Latin script scores .1 to .3, a sentence .8 and more.
_SURE = 0.5

_SCRIPT_LANGUAGE = {
    "LATIN": "en", "CYRILLIC": "ru", "ARABIC": "ar", "CJK": "zh", "HIRAGANA": "ja", "KATAKANA": "ja", "HANGUL": "ko",
    "GREEK": "el", "HEBREW": "he", "DEVANAGARI": "hi", "BENGALI": "bn", "THAI": "th", "GEORGIAN": "ka",
    "ARMENIAN": "hy", "ETHIOPIC": "am", "TAMIL": "ta", "TELUGU": "te", "MYANMAR": "my", "KHMER": "km", "LAO": "lo",
}  # fmt: skip
_WORD = re.compile(r"[^\W\d_]+")


def detect_language(text: str) -> tuple[str, float]:
    """The language of a text.

    Parameters
    ----------
    text : str
        The first 2,000 characters count.

    Returns
    -------
    code : str
        ISO 639-1, "und" where there are no letters.
    confidence : float
        Between 0 and 1. Latin script in which no other language is sure passes as English with what English scores.
    """
    sample = text[:_SAMPLE]
    script, letters = _script(sample)
    if not script:
        return "und", 0.0
    if letters < _FEWEST_LETTERS:
        return _SCRIPT_LANGUAGE.get(script, "und"), 0.5
    share = _english_share(sample) if script == "LATIN" else 0.0
    if share >= (_ENGLISH_SHARE if letters >= _SHORT else _ENGLISH_SHARE_SHORT):
        return "en", round(min(1.0, 0.8 + share), 3)
    scores: dict[str, float] = dict(_identifier().rank(sample))
    best = max(scores, key=lambda code: scores[code])
    if script == "LATIN" and scores[best] < _SURE:
        return "en", round(scores.get("en", 0.0), 3)
    return best, round(scores[best], 3)


def require_readable(report: Report, settings: Settings) -> Report:
    """The report with its language filled in, if that is one we read.

    A language that came with the report is believed unless the script says otherwise.

    Raises
    ------
    UnreadLanguage
        If it is not; the message names the language. Never with `settings.unread_language` "skip_check".
    """
    text = f"{report.title}\n{report.body}"
    code = _primary(report.language)
    if not code or (code in READ_LANGUAGES and _script(text[:_SAMPLE])[0] != "LATIN"):
        code = detect_language(text)[0]
    if code not in READ_LANGUAGES | PATTERN_LANGUAGES and settings.unread_language != "skip_check":
        raise UnreadLanguage(
            f"the report is in {language_name(code)} ({code})"
            if code != "und"
            else "the report is in no known language",
            cure="English is read, and acts of recognition in Spanish, French, German, Portuguese, Russian, Arabic",
        )
    return report if report.language == code else replace(report, language=code)


def language_name(code: str) -> str:
    """English name of a language; "another language" where we have none."""
    return _names().get(code, "another language")


@cache
def _names() -> dict[str, str]:
    table = files("dejure.sources").joinpath("data", "languages.csv").read_text("utf-8")
    return {row["code"]: row["name"] for row in csv.DictReader(table.splitlines())}


@cache
def _identifier() -> Any:
    """The identifier, kept to languages that we can name; loading takes half a second."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages([code for code in identifier.labels if code in _names()])
    return identifier


def _primary(tag: str | None) -> str:
    """ISO 639-1 code of a tag or name such as `en-GB`, `eng` or `English`; "" where there is none."""
    head = re.split(r"[-_]", tag.strip().lower())[0] if tag else ""
    if head in ("eng", "english"):
        return "en"
    by_name = {name.lower(): code for code, name in _names().items()} if len(head) > 3 else {}
    return by_name.get(head, "" if head in ("und", "mul", "zxx") else head)


def _script(text: str) -> tuple[str, int]:
    """The script that most letters are in, "" where there are none, and the number of letters."""
    scripts: Counter[str] = Counter()
    for letter, count in Counter(text).items():
        if letter.isalpha():
            scripts[unicodedata.name(letter, "UNKNOWN").split(" ")[0].split("-")[0]] += count
    if not scripts:
        return "", 0
    # Japanese mixes three scripts; kana decide it.
    if scripts["HIRAGANA"] + scripts["KATAKANA"] > scripts.total() / 5:
        return "HIRAGANA", scripts.total()
    return max(scripts, key=lambda name: (scripts[name], name)), scripts.total()


def _english_share(text: str) -> float:
    words = _WORD.findall(text.lower())
    return sum(word in _ENGLISH_WORDS for word in words) / len(words)
