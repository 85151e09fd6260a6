"""Completed acts and plain refusals in languages without a parser: patterns over masked names, precision first.

A sentence is read with the names of the tables in its language put behind a mask; the patterns of
`other_languages.toml` then look for a name, a verb and a name. What is put as a wish, a condition, a rumour or on
somebody else's word is left out, and so is everything but acts of recognition.
"""

from __future__ import annotations

import datetime as dt
import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from dejure.coding.parties import party_of_polity
from dejure.coding.recognition.polity import recognised_by
from dejure.coding.words import load_toml
from dejure.records import Act, Entity, Recognised, Recognition, Report, record_id
from dejure.reference.names import Name, names_in_language
from dejure.reference.overlay import tabled
from dejure.reference.tables import load_polities
from dejure.when import When, day, unknown

__all__ = ["acts_by_pattern"]

_ACTS: tuple[Act, ...] = ("refuse", "withdraw", "sever-relations", "establish-relations", "recognise")
_CONFIDENCE = 0.6
_SENTENCE = re.compile(r"[^\n.!?؟…]+(?:\.(?=\d|\S)[^\n.!?؟…]+)*")
_MASK = "\u241f{}\u241f"
_MASKED = re.compile("\u241f(\\d+)\u241f")
_ONE = "\u241f\\d+\u241f"
_KINDS = frozenset({"name", "official", "alias", "capital", "seat", "abbreviation", "full", "historical"})
#: Endings that a Russian name may lose before it takes those of its case.
_RUSSIAN_ENDING = re.compile(r"(?:(?<=и)я|ая|ое|ый|ий|[аеёийоуыьэюя])$")
#: A day and month, with or without a year, anywhere among the adverbs.
_DATE = r"\d{1,2}(?:\.|er|º)? (?:de )?[^\W\d_]+(?:,? (?:de |del )?\d{4})?"
_SHORTEST_STEM = 4
_LEAD = 2


@dataclass(frozen=True, slots=True)
class _Named:
    start: int
    end: int
    slug: str


@dataclass(frozen=True, slots=True)
class _Sentence:
    """Words behind the mask, and where each name stands in the body."""

    masked: str
    names: tuple[_Named, ...]
    start: int
    text: str
    number: int


def acts_by_pattern(report: Report, language: str) -> list[Recognition]:
    """Completed acts and plain refusals of a report, one for each (recogniser, polity, act).

    Parameters
    ----------
    report : Report
    language : str
        One of `dejure.sources.PATTERN_LANGUAGES`.

    Returns
    -------
    list of Recognition
        In the order of the text, with a confidence of .6.
    """
    found: dict[tuple[str, str, str], Recognition] = {}
    for sentence in _sentences(report.body, language, report.published):
        for record in _acts(report, sentence, language):
            key = (record.recogniser.key if record.recogniser else "", record.recognised.id, record.act)
            found.setdefault(key, record)
    return sorted(found.values(), key=lambda r: (r.evidence.start, r.evidence.end, r.act, r.id))


@functools.cache
def _words(language: str) -> dict[str, Any]:
    table: dict[str, Any] = load_toml("other_languages.toml")[language]
    return table


def _sentences(body: str, language: str, published: dt.date | None) -> Iterator[_Sentence]:
    for number, match in enumerate(_SENTENCE.finditer(body)):
        masked: list[str] = []
        names: list[_Named] = []
        position = match.start()
        for start, end, slug in _names(match[0], language, published):
            masked += [body[position : match.start() + start], _MASK.format(len(names))]
            names.append(_Named(match.start() + start, match.start() + end, slug))
            position = match.start() + end
        masked.append(body[position : match.end()])
        if len(names) > 1:
            text = re.sub(r"[\s\u00a0]+", " ", "".join(masked)).replace("’", "'").lower()
            yield _Sentence(text, tuple(names), match.start(), match[0], number)


@tabled
def _finders() -> dict[str, tuple[re.Pattern[str], dict[str, list[Name]]]]:
    return {}


def _finder(language: str) -> tuple[re.Pattern[str], dict[str, list[Name]]]:
    """One pattern of all names of a language, the longest first, and the names by their group's key."""
    known = _finders()
    if language not in known:
        by_words: dict[str, list[Name]] = {}
        for name in names_in_language(language):
            if (
                name.kind in _KINDS
                and (name.kind == "name" or not name.is_ambiguous)
                and name.target in load_polities()
            ):
                by_words.setdefault(_pattern_of(name.text, language), []).append(name)
        prefix = "(?:[وفبلك](?=\\w{3}))?" if language == "ar" else ""
        ordered = sorted(by_words, key=lambda words: (-len(words), words))
        groups = "|".join(f"(?P<n{i}>{words})" for i, words in enumerate(ordered))
        by_group = {f"n{i}": by_words[words] for i, words in enumerate(ordered)}
        known[language] = (re.compile(rf"(?<!\w){prefix}(?:{groups})(?!\w)"), by_group)
    return known[language]


def _pattern_of(text: str, language: str) -> str:
    words = re.split(r"[\s\u00a0]+", text)
    if language == "ru":
        return r"\s+".join(_declined(word) for word in words)
    return r"\s+".join(re.escape(word) for word in words)


def _declined(word: str) -> str:
    """A Russian word in any case: its stem with the endings that cases have."""
    stem = _RUSSIAN_ENDING.sub("", word)
    if len(stem) < _SHORTEST_STEM or not word[-1].isalpha():
        return re.escape(word)
    return re.escape(stem) + "[а-яё]{0,3}"


def _names(text: str, language: str, on: dt.date | None) -> Iterator[tuple[int, int, str]]:
    finder, by_group = _finder(language)
    for match in finder.finditer(text):
        group = match.lastgroup or ""
        valid = [n for n in by_group[group] if on is None or n.validity.holds_on(on)]
        slugs = {n.target for n in valid}
        if len(slugs) == 1:
            yield match.start(group), match.end(group), slugs.pop()


@functools.cache
def _patterns(language: str) -> tuple[tuple[Act, re.Pattern[str]], ...]:
    """Patterns in the order in which they are tried: what says less than recognition before it."""
    words = _words(language)
    joined = f"(?:, | (?:{words['and']}) | ?و ?)" if language == "ar" else f"(?:, | (?:{words['and']}) )"
    article = r"(?:(?:el|la|los|las|o|a|os|as|le|les|l'|die|der|das|den) ?)?"
    several = f"{_ONE}(?:{joined}{article}{_ONE})*"
    made = []
    for act in _ACTS:
        for raw in words[act]:
            filled = raw.replace("{A}", f"(?P<a>{several})").replace("{B}", f"(?P<b>{several})")
            filled = filled.replace("{adv}", rf"(?:{words['adv']}|{_DATE})").replace("{to}", words["to"])
            made.append((act, re.compile(filled)))
    return tuple(made)


def _acts(report: Report, sentence: _Sentence, language: str) -> Iterator[Recognition]:
    taken: list[tuple[int, int]] = []
    for act, pattern in _patterns(language):
        for match in pattern.finditer(sentence.masked):
            if any(start < match.end() and match.start() < end for start, end in taken):
                continue
            if not _is_guarded(sentence, match, act, language):
                taken.append(match.span())
                yield from _records(report, sentence, match, act, language)


def _is_guarded(sentence: _Sentence, match: re.Match[str], act: Act, language: str) -> bool:
    """Whether the sentence puts it as a wish, a condition, a rumour, a negation or on another's word."""
    words = _words(language)
    guards = words["guards"]
    if act == "refuse" and "guards_but" in words:
        allowed = set(words["guards_but"].partition(": ")[2].split("|"))
        guards = "|".join(word for word in guards.split("|") if word not in allowed)
    if re.search(rf"(?<!\w)(?:{guards})(?!\w)", sentence.masked):
        return True
    if re.match(rf"[\s,]*(?:{words['guards_behind']})(?!\w)", sentence.masked[match.end() :]):
        return True
    before = sentence.masked[: match.start()]
    if act != "refuse" and re.search(
        r"(?<!\w)(?:no|non|não|ne|n'|nicht|не|ни|ningún|aucun|nenhum|kein)(?:\s|$)", before[-12:]
    ):
        return True
    said, behind = re.compile(rf"(?<!\w){words['said_that']}(?!\w)"), sentence.masked[match.end() :]
    return bool(said.search(before)) or bool(_MASKED.search(behind) and said.search(behind))


def _records(
    report: Report, sentence: _Sentence, match: re.Match[str], act: Act, language: str
) -> Iterator[Recognition]:
    doers = [sentence.names[int(i)] for i in _MASKED.findall(match["a"])]
    polities = [sentence.names[int(i)] for i in _MASKED.findall(match["b"])]
    words = match[0].replace(match["a"], "").replace(match["b"], "")
    for doer in doers:
        for polity in polities:
            if doer.slug == polity.slug or not _is_open(polity.slug, act, words):
                continue
            recognised = _recognised(report, polity)
            recogniser = _entity(report, doer)
            if recognised is None or recogniser.id is None or recogniser.id == recognised.id:
                continue
            start = min(n.start for n in (*doers, *polities))
            end = max(n.end for n in (*doers, *polities))
            evidence = report.slice("body", start, end)
            yield Recognition(
                id=record_id(report.text_sha256, "recognition", recogniser.key, recognised.id, act, "body", start, end),
                recogniser=recogniser, recognised=recognised, act=act, manner=None, kind=None, asserted=True,
                attributed_to=(), first=False, when=_when(report, sentence, language), effective=None, conditions=(),
                reasons=(), hedge=None, event=None, confidence=_CONFIDENCE, evidence=evidence,
            )  # fmt: skip


_STATE_WORDS = re.compile(
    r"\b(?:estado|independencia|état|indépendance|independência|staat|unabhängigkeit)|независимост|государств|دولة|استقلال"
)


def _is_open(slug: str, act: Act, words: str) -> bool:
    """Whether the polity can be what the words say: one whose standing is contested, or called a state in the words."""
    polity = load_polities()[slug]
    return act.endswith("-relations") or polity.is_disputed or bool(_STATE_WORDS.search(words))


def _recognised(report: Report, named: _Named) -> Recognised | None:
    party = party_of_polity(load_polities()[named.slug])
    one = recognised_by(party, report.published)
    if one is None:
        return None
    return Recognised(id=one.id, capacity=one.capacity, name_raw=report.body[named.start : named.end], part="body",
                      start=named.start, end=named.end)  # fmt: skip


def _entity(report: Report, named: _Named) -> Entity:
    entity = party_of_polity(load_polities()[named.slug]).entity
    return Entity(
        id=entity.id, name=entity.name, country=entity.country, sectors=entity.sectors,
        name_raw=report.body[named.start : named.end], part="body", start=named.start, end=named.end,
    )  # fmt: skip


# -- dates ----------------------------------------------------------------------------------------------------------


def _when(report: Report, sentence: _Sentence, language: str) -> When | None:
    """The one date of the sentence, else the day of publication for what opens the report, else none."""
    words, published = _words(language), report.published
    months: list[str] = words["months"]
    low = sentence.text.lower().replace("’", "'")
    match = re.search(words["day_month"].replace("{months}", "|".join(f"(?:{m})" for m in months)), low)
    if match is not None:
        dated = _day(int(match[1]), months, match[2], match[3], published)
        return day(dated, "text" if match[3] else "relative").at("body", *_span(sentence, match)) if dated else None
    for offset, word in ((0, words["today"]), (1, words["yesterday"])):
        match = re.search(rf"(?<!\w){word}(?!\w)", low)
        if match is not None and published is not None:
            return day(published - dt.timedelta(days=offset), "relative").at("body", *_span(sentence, match))
    for number, name in enumerate(words["weekdays"]):
        match = re.search(rf"(?<!\w)(?:{name})(?!\w)", low)
        if match is not None and published is not None:
            back = (published.weekday() - number) % 7
            return day(published - dt.timedelta(days=back), "relative").at("body", *_span(sentence, match))
    if re.search(r"(?<!\d)(?:1[89]|20)\d\d(?!\d)", low):
        return unknown()
    return day(published, "publication") if published is not None and sentence.number < _LEAD else None


def _span(sentence: _Sentence, match: re.Match[str]) -> tuple[int, int]:
    return sentence.start + match.start(), sentence.start + match.end()


def _day(number: int, months: list[str], month: str, year: str | None, published: dt.date | None) -> dt.date | None:
    """The day; without a year the latest not after publication."""
    at = next(i for i, names in enumerate(months, start=1) if month in names.split("|"))
    years = [int(year)] if year else [published.year, published.year - 1] if published is not None else []
    for one in years:
        try:
            found = dt.date(one, at, number)
        except ValueError:
            continue
        if year or published is None or found <= published:
            return found
    return None
