"""Who says a quotation, from the words around it: patterns over the surface of one sentence, no parse.

The quotation itself and those beside it are blotted out before ("____"). The verbs and small words stand in
`data/reporting_verbs.toml`.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from importlib import resources
from typing import Any, Final

from dejure.reading.sentences import split_sentences

__all__ = ["Attribution", "Cue", "attribute_after", "attribute_before", "elisions", "verbs"]

#: Offsets of the reporting words and their lemma.
Cue = tuple[int, int, str]

_TABLE: Final[dict[str, Any]] = tomllib.loads(
    (resources.files("dejure.reading") / "data" / "reporting_verbs.toml").read_text(encoding="utf-8")
)
_LISTS: Final[dict[str, frozenset[str]]] = {n: frozenset(v) for n, v in _TABLE.items() if isinstance(v, list)}
_FORMS: Final[dict[str, str]] = {form: lemma for lemma, forms in _TABLE["verbs"].items() for form in forms}
_SOURCE = re.compile(rf"\b(?:{'|'.join(_TABLE['sources'])})\s", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+(?:[.'’-][^\W_]+)*")
_BARRIER = re.compile('[;:—–()"“”„«»\n]|\\s--?\\s')
_TIME = re.compile(r"[0-9]{1,2}[.:][0-9]{2}")
_POSSESSIVE = ("'s", "’s", "s'", "s’")
_BEFORE_CHARACTERS = 320
_BEHIND_CHARACTERS = 240
_MOST_WORDS = 16
_LABEL_WORDS = 12
_NEAR_CHARACTERS = 40


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who is said to say a quotation.

    Parameters
    ----------
    cue : tuple or None
        The reporting words.
    speaker : tuple or None
        Offsets of the words that name the speaker.
    is_near : bool
        Whether nothing but a colon, a comma or a few words stands between verb and quotation.
    is_label : bool
        Whether it is a name and a colon.
    """

    cue: Cue | None
    speaker: tuple[int, int] | None
    is_near: bool
    is_label: bool


@dataclass(frozen=True, slots=True)
class _Word:
    start: int
    end: int
    raw: str
    lower: str

    @property
    def is_capital(self) -> bool:
        return self.raw[0].isupper() or self.raw[0].isdigit()


def elisions() -> frozenset[str]:
    """Words that an apostrophe may open."""
    return _LISTS["elisions"]


def verbs() -> dict[str, tuple[str, ...]]:
    """The reporting verbs: each lemma with its forms."""
    return {lemma: tuple(forms) for lemma, forms in _TABLE["verbs"].items()}


def _words(text: str, start: int, end: int) -> list[_Word]:
    return [_Word(m.start(), m.end(), m[0], m[0].lower()) for m in _WORD.finditer(text, start, end)]


# ------------------------------------------------------------------------------------------------------- verbs
def _verb_at(words: list[_Word], i: int) -> Cue | None:
    """The reporting verb that begins at a word, unless it is a noun there."""
    word = words[i]
    if i + 1 < len(words) and words[i + 1].start == word.end + 1:
        both = f"{word.lower} {words[i + 1].lower}"
        if both in _FORMS:
            return word.start, words[i + 1].end, _FORMS[both]
    if word.lower not in _FORMS or (word.is_capital and i > 0):
        return None
    if word.lower in _LISTS["nouns"] and i > 0:
        before = words[i - 1]
        modified = i > 1 and words[i - 2].lower in _LISTS["determiners"] and not before.lower.endswith("s")
        base = word.lower == _FORMS[word.lower]
        if before.lower in _LISTS["before_noun"] or before.lower.endswith(_POSSESSIVE) or (base and modified):
            return None
    return word.start, word.end, _FORMS[word.lower]


def _is_filler(word: _Word) -> bool:
    """Auxiliaries, adverbs and days that stand between a subject and its verb."""
    if word.raw[0].islower():
        return word.lower in _LISTS["between"] or word.lower.endswith("ly")
    return word.lower in _LISTS["days"]


# --------------------------------------------------------------------------------------------- before the quotation
def attribute_before(text: str, begin: int, at: int, end: int) -> Attribution | None:
    """Who says the quotation that opens at `at`, by the words before it in its sentence.

    Parameters
    ----------
    text : str
        The text with what is quoted blotted out.
    begin, end : int
        The paragraph, or the quotation around.
    """
    start = _sentence_start(text, max(begin, at - _BEFORE_CHARACTERS), at, min(end, at + 20))
    words = _words(text, start, at)
    if not words:
        return None
    cue: Cue | None = None
    hanging = -1
    for i in range(len(words) - 1, -1, -1):
        verb = _verb_at(words, i)
        if verb is None or _is_naming(text, words, i, at):
            continue
        cue = cue or verb
        if _is_participle(text, words, i):
            hanging = i if hanging < 0 else hanging
            continue
        speaker = _subject(text, words, i) or _named_behind(text, verb[1], at)
        if speaker is not None or not words[i].lower.endswith("ing"):
            return Attribution(cue, speaker, is_near=_ends_in(text, cue[1], at), is_label=False)
    if hanging > 0 and (subject := _sentence_subject(text, words, hanging)):
        return Attribution(cue, subject, is_near=_ends_in(text, words[hanging].end, at), is_label=False)
    return _by_source(text, start, at) or _by_label(text, words, at, cue)


def _is_participle(text: str, words: list[_Word], i: int) -> bool:
    """Whether a verb in -ing hangs on another one: "said that ..., adding"."""
    if not words[i].lower.endswith("ing") or i == 0:
        return False
    return "," in text[words[i - 1].end : words[i].start] or words[i - 1].lower in ("and", "while", "before", "after")


def _sentence_start(text: str, begin: int, at: int, end: int) -> int:
    start = begin
    for first, last in split_sentences(text, begin, end):
        start = first if first <= at else start
        if last >= at:
            break
    return min(start, at)


def _ends_in(text: str, begin: int, at: int) -> bool:
    """Whether the words up to the quotation lead into it: a colon, a comma, or just a few words."""
    between = text[begin:at].rstrip()
    return between[-1:] in (":", ",", "") or len(between) < _NEAR_CHARACTERS


def _is_naming(text: str, words: list[_Word], i: int, at: int) -> bool:
    """Whether the verb names what is quoted ("an operation called ...") and nobody says it."""
    word = words[i]
    if word.lower not in _LISTS["naming"] or text[word.end : at].strip():
        return False
    return all(w.lower != "what" for w in words[max(0, i - 8) : i])


def _by_source(text: str, start: int, at: int) -> Attribution | None:
    match = _SOURCE.search(text, start, at)
    if match is None:
        return None
    speaker = _named_behind(text, match.end() - 1, at)
    cue = (match.start(), match.end() - 1, match[0].strip().lower())
    return Attribution(cue, speaker, is_near=_ends_in(text, match.end(), at), is_label=False) if speaker else None


def _by_label(text: str, words: list[_Word], at: int, cue: Cue | None) -> Attribution | None:
    """A name and a colon: `Mark Carney: "..."`, `Keir Starmer, in a video: "..."`."""
    if not text[words[-1].end : at].rstrip().endswith(":"):
        return None
    first = len(words) - 1
    while first > 0 and not _BARRIER.search(text, words[first - 1].end, words[first].start):
        first -= 1
    label = words[first:]
    while label and not label[0].raw[0].isalpha():
        label = label[1:]
    stop = next((n for n in range(1, len(label)) if "," in text[label[n - 1].end : label[n].start]), len(label))
    head = _trimmed(label[:stop])
    if not head or len(label) > _LABEL_WORDS or not head[0].is_capital:
        return None
    return Attribution(cue, (head[0].start, head[-1].end), is_near=True, is_label=True)


# ----------------------------------------------------------------------------------------------------- the subject
def _subject(text: str, words: list[_Word], verb: int) -> tuple[int, int] | None:
    """The words that name the subject of a verb, to its left in the clause."""
    last = verb
    while last > 0 and _is_filler(words[last - 1]) and not _is_barred(text, words, last):
        last -= 1
    if last == 0 or _is_barred(text, words, last):
        return None
    if words[last - 1].lower in ("who", "which"):
        return _antecedent(text, words, last - 1)
    if words[last - 1].lower in ("and", "or", "then"):
        return _sentence_subject(text, words, last - 1)
    first = last
    while first > 0 and words[first - 1].lower not in _LISTS["clause_words"] and not _is_barred(text, words, first):
        first -= 1
    if first == last:
        return None
    if words[first].lower == "what" and first + 1 < last:
        first += 1
    return _among_pieces(text, words, first, last)


def _is_barred(text: str, words: list[_Word], i: int) -> bool:
    """Whether a mark that ends clauses stands before a word."""
    return i > 0 and _BARRIER.search(text, words[i - 1].end, words[i].start) is not None


def _has_comma(text: str, words: list[_Word], i: int) -> bool:
    """Whether a comma stands behind a word."""
    stop = words[i + 1].start if i + 1 < len(words) else words[i].end + 1
    return "," in text[words[i].end : stop]


def _pieces(text: str, words: list[_Word], first: int, last: int) -> list[list[_Word]]:
    pieces: list[list[_Word]] = [[]]
    for i in range(first, last):
        pieces[-1].append(words[i])
        if i + 1 < last and _has_comma(text, words, i):
            pieces.append([])
    return pieces


def _among_pieces(text: str, words: list[_Word], first: int, last: int) -> tuple[int, int] | None:
    """The subject in a stretch before a verb, which commas may divide into adjuncts, head and apposition."""
    whole = [p for p in _pieces(text, words, first, last) if p]
    trimmed = [_trimmed(p) for p in whole]
    if not _has_comma(text, words, last - 1):
        return _listed(trimmed)
    heads = [i for i, piece in enumerate(trimmed) if piece]
    if not heads:
        return None
    head = heads[0] if len(heads) < 3 else heads[-2] if _names(trimmed[heads[-2]]) else heads[0]
    piece = trimmed[head]
    behind = trimmed[head + 1] if head + 1 < len(trimmed) else []
    is_role = not piece[-1].is_capital
    end = behind[-1].end if is_role and behind and behind[0].is_capital else piece[-1].end
    return piece[0].start, end


def _names(piece: list[_Word]) -> bool:
    return piece[0].is_capital and piece[0].lower not in _LISTS["determiners"]


def _listed(trimmed: list[list[_Word]]) -> tuple[int, int] | None:
    """The last piece, with those before it where they are a list of names."""
    if not trimmed or not trimmed[-1]:
        return None
    last, first = trimmed[-1], trimmed[-1][0].start
    if any(w.lower == "and" for w in last[1:]) and last[0].is_capital:
        for piece in reversed(trimmed[:-1]):
            if not piece or len(piece) > 4 or not all(w.is_capital for w in piece):
                break
            first = piece[0].start
    return first, last[-1].end


def _trimmed(piece: list[_Word]) -> list[_Word]:
    """A piece without the adverbs and the place or time at its head; empty where nothing is left to name anybody."""
    words = list(piece)
    while words and (words[0].lower in _LISTS["lead_words"] or _is_filler(words[0]) or _TIME.fullmatch(words[0].raw)):
        words = words[1:]
    if words and words[0].lower in _LISTS["lead_prepositions"]:
        words = _without_adjunct(words[1:])
    while words and _is_filler(words[-1]):
        words.pop()
    named = any(w.is_capital or w.lower in _LISTS["pronouns"] or w.lower in _LISTS["determiners"] for w in words)
    if not words or len(words) > _MOST_WORDS or not (named or words[-1].lower.endswith("s")):
        return []
    return words[-1:] if words[-1].lower in _LISTS["personal"] else words


def _without_adjunct(words: list[_Word]) -> list[_Word]:
    """What stands behind "In Washington", "At the summit": from the next article or pronoun, else the next name."""
    dated = next((i for i, w in enumerate(words) if not (w.raw[0].isdigit() or w.lower in _LISTS["days"])), len(words))
    if dated or not words:
        return words[dated:]
    for i in range(1, len(words)):
        if words[i].lower in _LISTS["determiners"] or words[i].lower in _LISTS["pronouns"]:
            return words[i:]
        if words[i].is_capital and not words[i - 1].is_capital and i > 1:
            return words[i:]
    return words[1:] if len(words) > 1 and words[0].is_capital and words[1].is_capital else []


def _antecedent(text: str, words: list[_Word], who: int) -> tuple[int, int] | None:
    """What "who" stands for."""
    first = who
    while first > 0 and not _is_barred(text, words, first) and who - first < _MOST_WORDS:
        first -= 1
        if first < who - 1 and _has_comma(text, words, first):
            first += 1
            break
    piece = _trimmed(words[first:who])
    return (piece[0].start, piece[-1].end) if piece else None


def _sentence_subject(text: str, words: list[_Word], last: int) -> tuple[int, int] | None:
    """The subject that a verb behind "and" shares: the first name or noun of the sentence."""
    first = last
    while first > 0 and not _is_barred(text, words, first):
        first -= 1
    pieces = [p for p in _pieces(text, words, first, last) if p and not p[0].lower.endswith(("ed", "ing"))]
    piece = next((p for p in map(_trimmed, pieces) if p), [])
    stop = 0
    while stop < len(piece) and not _ends_noun(piece, stop):
        stop += 1
    return (piece[0].start, piece[stop - 1].end) if stop else None


def _ends_noun(piece: list[_Word], i: int) -> bool:
    word = piece[i]
    if i == 0 or word.is_capital:
        return False
    if word.lower in _FORMS or word.lower.endswith("ed") or _is_filler(word) or piece[0].lower in _LISTS["pronouns"]:
        return True
    joins = word.lower in ("of", "for", "and", "the", "de", "al", "bin", "van", "von")
    has_noun = piece[0].lower in _LISTS["determiners"] or piece[0].lower.endswith(_POSSESSIVE)
    is_title = any(w.is_capital for w in piece[i + 1 : i + 3])
    return not (joins or has_noun or is_title)


# --------------------------------------------------------------------------------------------- behind the quotation
def attribute_after(text: str, at: int, end: int, closing: str) -> Attribution | None:
    """Who says the quotation that closes at `at`, by the words behind it.

    Parameters
    ----------
    closing : str
        Last character of what is quoted: behind a full stop a new sentence begins.
    """
    stop = _sentence_stop(text, at, min(end, at + _BEHIND_CHARACTERS))
    words = _words(text, at, stop)[: _MOST_WORDS + 8]
    source = _by_source_behind(text, at, stop)
    if source is not None or not words or not _may_follow(text, at, words[0], closing):
        return source
    verb = _verb_behind(text, words)
    if verb is None:
        return _by_dash(text, at, stop, words)
    number, cue = verb
    if number == 0:
        speaker = _named_behind(text, cue[1], stop)
    elif words[0].lower not in _LISTS["links"] and any(_opens_subject(w) for w in words[:number]):
        speaker = _subject(text, words[: number + 1], number)
    else:
        return None
    return Attribution(cue, speaker, is_near=True, is_label=False) if speaker else None


def _sentence_stop(text: str, at: int, end: int) -> int:
    for _, last in split_sentences(text, at, end):
        if last > at + 3:
            return last
    return end


def _may_follow(text: str, at: int, first: _Word, closing: str) -> bool:
    """Whether the words behind can belong to the quotation."""
    between = text[at : first.start].strip()
    if between not in ("", ",", "—", "–", "-"):
        return False
    if between:
        return True
    if closing in (".", "…"):
        return first.raw[0].islower()
    return closing in (",", "?", "!", "—", "–", "-") or first.lower in _FORMS


def _verb_behind(text: str, words: list[_Word]) -> tuple[int, Cue] | None:
    """The first reporting verb behind a quotation, and its place: 0 at once, else behind its subject.

    A verb behind "who" counts only where no other follows.
    """
    fallback: tuple[int, Cue] | None = None
    for i, word in enumerate(words):
        if i > 0 and _is_barred(text, words, i):
            break
        cue = _verb_at(words, i)
        if cue is None or word.lower.endswith("ing"):
            continue
        if i == 0 and word.lower in _LISTS["nouns"] and word.lower == cue[2]:
            continue
        if i > 0 and words[i - 1].lower in ("who", "which"):
            fallback = fallback or (i, cue)
            continue
        return (0 if all(_is_filler(w) for w in words[:i]) else i), cue
    return fallback


def _opens_subject(word: _Word) -> bool:
    return word.is_capital or word.lower in _LISTS["determiners"] | _LISTS["pronouns"] or word.lower.endswith("s")


def _by_source_behind(text: str, at: int, stop: int) -> Attribution | None:
    match = _SOURCE.match(text, at + len(text[at:stop]) - len(text[at:stop].lstrip(" ,")))
    if match is None:
        return None
    speaker = _named_behind(text, match.end() - 1, stop)
    cue = (match.start(), match.end() - 1, match[0].strip().lower())
    return Attribution(cue, speaker, is_near=True, is_label=False) if speaker else None


def _by_dash(text: str, at: int, stop: int, words: list[_Word]) -> Attribution | None:
    """A name behind a dash at the end of the line."""
    if text[at : words[0].start].strip() not in ("—", "–", "-") or len(words) > 8 or not words[0].is_capital:
        return None
    speaker = _named_behind(text, words[0].start - 1, stop)
    return Attribution(None, speaker, is_near=True, is_label=True) if speaker and "\n" not in text[at:stop] else None


def _named_behind(text: str, at: int, end: int) -> tuple[int, int] | None:
    """The words that name somebody right behind a verb: up to a mark, a preposition of place or time, another verb."""
    words = _words(text, at, min(end, at + 160))
    if not words or text[at : words[0].start].strip() or not _names_somebody(words[0]):
        return None
    stop = 1
    while stop < len(words) and stop < _MOST_WORDS and not _ends_name(text, words, stop):
        stop += 1
    is_role = not words[stop - 1].is_capital
    if is_role and stop < len(words) and _has_comma(text, words, stop - 1) and _is_apposed(text, words, stop):
        stop += 1
        while stop < len(words) and words[stop].is_capital and not _ends_name(text, words, stop):
            stop += 1
    return words[0].start, words[stop - 1].end


def _names_somebody(word: _Word) -> bool:
    if word.lower in _LISTS["nouns"] and _FORMS.get(word.lower) == word.lower:
        return True
    if word.lower in _LISTS["stops"] or word.lower in _FORMS or _is_filler(word):
        return word.lower in _LISTS["pronouns"] or word.lower in ("this", "both", "all", "each")
    return word.is_capital or word.lower in _LISTS["determiners"] | _LISTS["pronouns"] or len(word.raw) > 4


def _ends_name(text: str, words: list[_Word], i: int) -> bool:
    between = text[words[i - 1].end : words[i].start].strip(" \t\u00a0")
    if between not in ("", "&", "/", "'", "’", ".") or words[0].lower in _LISTS["pronouns"] - {"one"}:
        return True
    if words[i].lower == "and":
        return i + 1 >= len(words) or not (words[i + 1].is_capital or words[i + 1].lower in _LISTS["determiners"])
    return words[i].lower in _LISTS["stops"] or (words[i].lower.endswith("ly") and words[i].raw[0].islower())


def _is_apposed(text: str, words: list[_Word], i: int) -> bool:
    return words[i].is_capital and words[i].raw[0].isalpha() and "." not in text[words[i - 1].end : words[i].start]
