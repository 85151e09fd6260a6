"""What the header of a list says of the states under it: "Recognised so far", "Governments that have recognised X".

A header is a line of its own, or the words before a colon, a dash or a bar. Its words decide, by class
(`recognition.toml`, `rosters`); a header with any other word says nothing.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

from dejure.coding.actors import Cast
from dejure.coding.outlook import outlook_of
from dejure.coding.parties import Party, is_contested, party_of_name
from dejure.coding.recognition.polity import is_named, recognised_by, recognition_words, rival_government
from dejure.coding.recognition.triggers import find_triggers
from dejure.coding.words import load_toml
from dejure.reading.reading import Reading, Sentence
from dejure.records import Recognised
from dejure.reference.names import NameHit, load_name_index
from dejure.reference.tables import load_polities

__all__ = ["Header", "head_of", "header_of", "is_date_of", "named_polities", "report_polities", "roster_words"]

#: A header at the start of a line or sentence, and what follows it.
_HEADER = re.compile(
    r"^\W*(?:\d+[.)/]\s*)?(?P<words>[^:;.!?\n|]{2,60}?)\s*(?P<mark>:|\||\s[-–—]\s|\.$)\s*(?P<rest>.*)$", re.DOTALL
)
_COLUMN = re.compile(r"^(?:column|list|group|row)\s+\w+\W+", re.IGNORECASE)
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_FEW_WORDS = 8
#: Words that head a list only with a colon or a dash behind them: else they answer a question.
_ANSWERS = frozenset({"yes", "no", "done", "against"})
_DATE_WORD = re.compile(
    r"\d+(?:st|nd|rd|th)?|january|february|march|april|may|june|july|august|september|october|november|december"
    r"|\w+day|am|pm"
)


@dataclass(frozen=True, slots=True)
class Header:
    """What the states under it have done, about whom; an act of "" closes the list before."""

    act: str
    recognised: tuple[Recognised, ...]
    words: str


@functools.cache
def roster_words() -> dict[str, frozenset[str]]:
    """The words of headers and lists, by class."""
    table: dict[str, list[str]] = load_toml("recognition.toml")["rosters"]
    return {key: frozenset(words) for key, words in table.items()}


def head_of(reading: Reading, sentence: Sentence) -> tuple[str, int, bool]:
    """The header's words, the first token behind it, and whether a mark or a line of its own makes it one.

    The words are those of the line's label where the sentence opens a labelled line.
    """
    text = reading.text(sentence.part)
    label = sentence.segment.label
    if label is not None and not text[label[1] : sentence.start].strip(" :-–—.\t"):
        return text[label[0] : label[1]], 0, not sentence.segment.is_dateline
    plain = sentence.text.strip()
    count = len(plain.split())
    if _is_line(reading, sentence) and count <= _FEW_WORDS and not any(t.tag in _FINITE for t in sentence.tokens):
        return plain, len(sentence.tokens), True
    match = _HEADER.match(sentence.text)
    if match is None or len(match["words"].split()) > _FEW_WORDS:
        # However long, a sentence that ends in a colon heads what comes below it.
        return (plain.rstrip(" :"), len(sentence.tokens), True) if plain.endswith(":") else ("", 0, False)
    start = next((t.i for t in sentence.tokens if t.start >= match.start("rest")), len(sentence.tokens))
    return match["words"], start if match["rest"] else len(sentence.tokens), match["mark"].strip() != "."


def _is_line(reading: Reading, sentence: Sentence) -> bool:
    """Whether a sentence is a line of its own without a stop, and no row of a table."""
    text = reading.text(sentence.part)
    before = text[: sentence.start].rstrip(" \t")
    after = text[sentence.end :].lstrip(" \t")
    is_alone = (not before or before.endswith("\n")) and after.startswith("\n")
    return is_alone and sentence.text.rstrip()[-1:].isalnum() and "|" not in sentence.text


def header_of(
    cast: Cast, sentence: Sentence, words: str, before: Header | None, *, is_marked: bool, is_whole: bool
) -> Header | None:
    """What a header says; None where it is none.

    Parameters
    ----------
    is_whole : bool
        Whether the sentence holds nothing else.
    """
    plain = re.sub(r"[^\w\s]", " ", _COLUMN.sub("", words).lower()).strip()
    plain = re.sub(r"\s+", " ", plain)
    table = roster_words()
    if plain in table["onward"]:
        return before
    if plain in _ANSWERS and not is_marked:
        return None
    for act in ("recognise", "refuse", "intend", "silent"):
        if any(plain == one or plain == f"{one} so far" for one in table[act]):
            return Header(act, report_polities(cast), words)
    act = _act_of(cast, words, plain)
    if act:
        own = named_polities(cast, words)
        return Header(act, own or report_polities(cast), words)
    return _siding(cast, sentence, words, plain) or (_by_clause(cast, sentence, words) if is_whole else None)


def _act_of(cast: Cast, words: str, plain: str) -> str:
    """The act by the words of a header, "" where they say no act, or more than one."""
    table = roster_words()
    if not set(plain.split()) & table["recognising"]:
        return ""
    left = list(words)
    for hit in load_name_index().find(words):
        if not _may_be_recognised(cast, hit):
            # "Norway has recognised X: ..." is a clause, with who has done it.
            return ""
        left[hit.start : hit.end] = " " * (hit.end - hit.start)
    rest = re.sub(r"[^\w\s]", " ", "".join(left).lower()).split()
    beside = table["recognising"] | table["beside"]
    strange = [w for w in rest if w not in beside and not _DATE_WORD.fullmatch(w)]
    if set(strange) & table["undoing"] - {"not"} or ("not" in strange and "will" not in strange):
        return ""
    if set(strange) & table["refusing"] or {"will", "not"} <= set(strange):
        return "refuse" if set(strange) <= table["refusing"] | {"will", "not", "out", "does", "do"} else ""
    if set(strange) & table["planning"]:
        return "intend" if set(strange) <= table["planning"] else ""
    return "recognise" if not strange else ""


def _may_be_recognised(cast: Cast, hit: NameHit) -> bool:
    """Whether a name in a header can be that of the polity the list is about; a day or a month is no name."""
    if _DATE_WORD.fullmatch(hit.names[0].text.lower()):
        return True
    party = party_of_name(hit.names, cast.on) or rival_government(hit, cast.on)
    return party is not None and (is_contested(party.slug) or party.slug == cast.topic)


def _siding(cast: Cast, sentence: Sentence, words: str, plain: str) -> Header | None:
    """As in "For X", "With X", where X is a contested polity and the title or the paragraph speaks of recognition."""
    if not any(plain.startswith(f"{one} ") for one in roster_words()["siding"]):
        return None
    near = (s for s in cast.reading.sentences if s.paragraph == sentence.paragraph or s.is_headline)
    if not any(t.lemma.startswith("recogni") for s in near for t in s.tokens):
        return None
    polities = named_polities(cast, words)
    return Header("recognise", polities, words) if polities else None


def named_polities(cast: Cast, words: str) -> tuple[Recognised, ...]:
    """The contested polity that a header names."""
    hits = list(load_name_index().find(words))
    named = [p for h in hits if (p := party_of_name(h.names, cast.on)) is not None and is_contested(p.slug)]
    named = named or [p for h in hits if (p := rival_government(h, cast.on)) is not None]
    return tuple(r for p in named if is_contested(p.slug) and (r := recognised_by(p, cast.on)) is not None)[:1]


def _by_clause(cast: Cast, sentence: Sentence, words: str) -> Header | None:
    """As in "Governments that have recognised X, proclaimed in May by Y:": a clause about states in general."""
    if not sentence.text.rstrip().endswith(":"):
        return None
    for trigger in find_triggers(cast, sentence):
        outlook = outlook_of(sentence, trigger.at)
        is_bare = not any(p.can_recognise for p in trigger.parties) and trigger.at == trigger.word
        is_plain = not (outlook.negated or outlook.future or outlook.would or outlook.possible or outlook.in_condition)
        is_plain = is_plain and not outlook.obliged and outlook.first("refuse", "negate", "plan", "consider") is None
        if trigger.base == "recognise" and is_bare and is_plain and _is_of_general(sentence, trigger.at):
            return Header("recognise", trigger.recognised, words)
    return None


def _is_of_general(sentence: Sentence, at: int) -> bool:
    """Whether a predicate is of states in general: in a clause about them, or with them for its subject."""
    general = recognition_words()["several"]["general"]
    below = {sentence.tokens[j].lemma for s in sentence.children(at, "nsubj") for j in sentence.subtree(s.i)}
    return sentence.tokens[at].dep == "relcl" or bool(below & general)


def report_polities(cast: Cast) -> tuple[Recognised, ...]:
    """What the list is about: polities that the title joins by "and", the one it names, else the report's topic."""
    titled: list[Recognised] = []
    for sentence in cast.reading.sentences[:1]:
        if sentence.is_headline:
            for party in _named(cast, sentence):
                one = recognised_by(party, cast.on)
                if one is not None and not party.is_person and (is_contested(party.slug) or one.id == cast.topic):
                    titled.append(one)
            if not titled:
                first = [p for p in _named(cast, sentence) if p.acts_for == "state"]
                titled = [r for p in first[:1] if (r := recognised_by(p, cast.on)) is not None]
    ids = [one.id for one in titled]
    if len(titled) > 1 and " and " not in cast.reading.report.title:
        titled = [one for one in titled if one.id == cast.topic]
    if titled and (cast.topic in ids or (len(titled) == 1 and _is_guess(cast))):
        return tuple(titled)
    polity = load_polities().get(cast.topic or "")
    if polity is None or _is_guess(cast):
        return tuple(titled)
    return (Recognised(id=polity.slug, capacity=polity.capacity, name_raw=""),)


def _is_guess(cast: Cast) -> bool:
    """Whether no words of recognition name the report's polity: it is the contested one named most."""
    return not any(
        r.id == cast.topic and is_named(s, r)
        for s in cast.reading.sentences
        for t in find_triggers(cast, s)
        for r in t.recognised
    )


def _named(cast: Cast, sentence: Sentence) -> list[Party]:
    return cast.named_in(sentence, 0, len(sentence.tokens) - 1) if sentence.tokens else []


def is_date_of(reading: Reading, sentence: Sentence, words: str) -> bool:
    """Whether the words of a header hold a date."""
    if not words.strip(" .:-–—|"):
        return False
    at = reading.text(sentence.part).find(words, max(0, sentence.start - len(words) - 8))
    return at >= 0 and bool(reading.dates_in(sentence.part, at, at + len(words)))
