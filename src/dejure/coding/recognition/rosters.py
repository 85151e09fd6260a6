"""Lists, tables and timelines without verbs: "Recognised: Norway, Ireland. Said no: Spain", "26 August - Canada".

A header, a label or the item before says what the states under it have done; a state is an entry where the words
around it are no clause of their own. Which headers there are is data (`recognition.toml`, `rosters`).
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from dejure.coding.actors import Cast
from dejure.coding.parties import Party, party_of_name
from dejure.coding.recognition.polity import is_named, recognised_by, rival_government
from dejure.coding.recognition.triggers import find_triggers
from dejure.coding.words import load_toml
from dejure.reading.dates import DateMention
from dejure.reading.reading import Reading, Sentence
from dejure.records import Recognised
from dejure.reference.names import load_name_index
from dejure.reference.tables import load_polities
from dejure.when import When

__all__ = ["Entry", "find_entries", "is_clause"]

#: A header at the start of a line or sentence, and what follows it.
_HEADER = re.compile(
    r"^\W*(?:\d+[.)/]\s*)?(?P<words>[^:;.!?\n]{2,60}?)\s*(?P<mark>:|\s[-–—]\s|\.$)\s*(?P<rest>.*)$", re.DOTALL
)
_COLUMN = re.compile(r"^(?:column|list|group|row)\s+\w+\W+", re.IGNORECASE)
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_BELOW = frozenset({"relcl", "acl", "advcl", "parataxis", "ccomp"})
_FEW_WORDS = 8
#: Words that head a list only with a colon or a dash behind them: else they answer a question.
_ANSWERS = frozenset({"yes", "no", "done", "against"})
_RELATIVE = frozenset({"who", "which", "that", "whose", "whom", "where"})


@dataclass(frozen=True, slots=True)
class Entry:
    """A state in a list, with what the list says of it.

    Attributes
    ----------
    act : str
        `recognise`, `refuse`, `intend` or `silent`.
    recognised : tuple of Recognised
        Empty where the act is silence about the report's polity.
    rule : str
        What made it an entry, for explanations.
    """

    sentence: Sentence
    at: int
    party: Party
    act: str
    recognised: tuple[Recognised, ...]
    when: When | None
    rule: str


@dataclass(frozen=True, slots=True)
class _Header:
    act: str
    recognised: tuple[Recognised, ...]
    words: str


@functools.cache
def _words() -> dict[str, list[str]]:
    table: dict[str, list[str]] = load_toml("recognition.toml")["rosters"]
    return table


def find_entries(reading: Reading, cast: Cast) -> Iterator[Entry]:
    """Entries of all lists of a report, in the order of the text."""
    header: _Header | None = None
    paragraph, opened, dated_in = -1, False, -1
    opening: When | None = None
    for sentence in reading.sentences:
        if sentence.is_headline:
            continue
        if sentence.paragraph != paragraph:
            paragraph = sentence.paragraph
            header = header if opened else None
        words, start, is_marked = _head_of(reading, sentence)
        found = _header(cast, sentence, words, header, is_marked=is_marked) if words else None
        opened = found is not None and start >= len(sentence.tokens)
        if found is not None:
            header = found if found.act else None
        elif not is_marked:
            start = 0
        elif not _is_date(reading, sentence, words):
            rest = sentence.text[sentence.tokens[start - 1].end :] if start else ""
            is_entry = bool(_named(cast, sentence, 0, start - 1)) and _is_date(reading, sentence, rest)
            header, start = (header if is_entry else None), 0
        if sentence.paragraph != dated_in:
            opening = None
        opening, dated_in = _opening_date(reading, sentence) or opening, sentence.paragraph
        if header is not None and not is_clause(sentence, start):
            yield from _entries(reading, cast, sentence, start, header, opening)


def _head_of(reading: Reading, sentence: Sentence) -> tuple[str, int, bool]:
    """The header's words, the first token behind it, and whether a colon or dash marks it as one.

    The words are those of the line's label where the sentence opens a labelled line.
    """
    text = reading.text(sentence.part)
    label = sentence.segment.label
    if label is not None and not text[label[1] : sentence.start].strip(" :-–—.\t"):
        return text[label[0] : label[1]], 0, not sentence.segment.is_dateline
    match = _HEADER.match(sentence.text)
    if match is None or len(match["words"].split()) > _FEW_WORDS:
        return "", 0, False
    start = next((t.i for t in sentence.tokens if t.start >= match.start("rest")), len(sentence.tokens))
    return match["words"], start if match["rest"] else len(sentence.tokens), match["mark"].strip() != "."


def _is_told_of(cast: Cast, paragraph: int) -> bool:
    """Whether words of recognition stand in a paragraph."""
    return any(
        t.lemma.startswith("recogni") for s in cast.reading.sentences if s.paragraph == paragraph for t in s.tokens
    )


def _header(cast: Cast, sentence: Sentence, words: str, before: _Header | None, *, is_marked: bool) -> _Header | None:
    """What a header says; an act of "" closes the list before."""
    plain = re.sub(r"[^\w\s]", " ", _COLUMN.sub("", words).lower()).strip()
    plain = re.sub(r"\s+", " ", plain)
    if plain in _words()["onward"]:
        return before
    if plain in _ANSWERS and not is_marked:
        return None
    for act in ("recognise", "refuse", "intend", "silent"):
        if any(plain == one or plain.startswith(f"{one} by day") or plain == f"{one} so far" for one in _words()[act]):
            return _Header(act, _report_polities(cast), words)
    for one in _words()["siding"]:
        if plain.startswith(f"{one} ") and _is_told_of(cast, sentence.paragraph):
            hits = list(load_name_index().find(words))
            named = [
                p
                for h in hits[:1]
                if (p := party_of_name(h.names, cast.on) or rival_government(h, cast.on)) is not None
            ]
            polities = [r for p in named if (r := recognised_by(p, cast.on)) is not None and _is_contested(p)]
            if polities:
                return _Header("recognise", tuple(polities), words)
    return None


def _is_contested(party: Party) -> bool:
    polity = load_polities().get(party.slug or "")
    return polity is not None and polity.is_disputed


def _report_polities(cast: Cast) -> tuple[Recognised, ...]:
    """What the list is about: polities that the title joins by "and", the one it names, else the report's topic."""
    titled: list[Recognised] = []
    for sentence in cast.reading.sentences[:1]:
        if sentence.is_headline:
            for party in _named(cast, sentence, 0, len(sentence.tokens) - 1):
                one = recognised_by(party, cast.on)
                if one is not None and not party.is_person and (_is_contested(party) or one.id == cast.topic):
                    titled.append(one)
            if not titled:
                first = [p for p in _named(cast, sentence, 0, len(sentence.tokens) - 1) if p.acts_for == "state"]
                titled = [r for p in first[:1] if (r := recognised_by(p, cast.on)) is not None]
    ids = [one.id for one in titled]
    if len(titled) > 1 and not _joined(cast):
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


def _joined(cast: Cast) -> bool:
    """Whether the title joins two polities by "and"."""
    title = cast.reading.report.title
    return " and " in title


def _named(cast: Cast, sentence: Sentence, first: int, last: int) -> list[Party]:
    return cast.named_in(sentence, first, min(last, len(sentence.tokens) - 1)) if sentence.tokens else []


def _is_date(reading: Reading, sentence: Sentence, words: str) -> bool:
    if not words.strip(" .:-–—"):
        return False
    at = reading.text(sentence.part).find(words, max(0, sentence.start - len(words) - 8))
    return at >= 0 and bool(reading.dates_in(sentence.part, at, at + len(words)))


def is_clause(sentence: Sentence, start: int) -> bool:
    """Whether the words behind a header hold a main verb; one that follows "who", "which", "that" is none."""
    depth = 0
    relative = False
    for token in sentence.tokens[start:]:
        depth += token.text.count("(") - token.text.count(")")
        relative = (relative or token.lower in _RELATIVE) and token.text not in (";", ".")
        if depth > 0 or token.tag not in _FINITE or relative:
            continue
        if not _hangs_below(sentence, token.i):
            return True
    return False


def _hangs_below(sentence: Sentence, i: int) -> bool:
    at = i
    for _ in range(6):
        token = sentence.tokens[at]
        if token.dep in _BELOW:
            return True
        if token.head == at:
            return False
        at = token.head
    return False


def _entries(reading: Reading, cast: Cast, sentence: Sentence, start: int, header: _Header,
             opening: When | None) -> Iterator[Entry]:  # fmt: skip
    depth, last = 0, None
    named = {one.id for one in header.recognised}
    if header.act != "silent" and not named:
        return
    for token in sentence.tokens[start:]:
        depth += token.text.count("(") - token.text.count(")")
        hit = cast.hit(sentence, token.i)
        if depth > 0 or hit is None or hit is last or token.dep == "poss":
            continue
        last = hit
        if not _opens_fragment(sentence, token.i, start):
            continue
        found = cast.named_in(sentence, token.i, token.i)
        for party in found:
            if party.can_recognise and not party.is_person and party.slug not in named:
                yield Entry(sentence, token.i, party, header.act, header.recognised,
                            _date(reading, sentence, token.i) or opening, f"list under '{header.words}'")  # fmt: skip


def _opens_fragment(sentence: Sentence, i: int, start: int) -> bool:
    """Whether a name opens a member of the list: behind a separator, "and" or an article."""
    at = i - 1
    while at >= start and sentence.tokens[at].lower in ("the", "both", "also", "then", "finally"):
        at -= 1
    if at < start:
        return True
    before = sentence.tokens[at]
    return before.lower in (",", ";", ":", "and", "&", "-", "–", "—", ".", "|", "/")


def _opening_date(reading: Reading, sentence: Sentence) -> When | None:
    """The date that opens a sentence ("19 Feb: Australia;") and holds for the entries behind it on the line."""
    found = _resolved(reading.dates_in(sentence.part, sentence.start, sentence.end))
    return found[0].when if found and found[0].start <= sentence.start + 1 else None


def _date(reading: Reading, sentence: Sentence, i: int) -> When | None:
    """The date of an entry: of its item's label, the next one behind it, else the last one before it."""
    label = sentence.segment.label
    if label is not None and not sentence.segment.is_dateline:
        dated = _resolved(reading.dates_in(sentence.part, *label))
        if dated:
            return dated[0].when
    mentions = _resolved(reading.dates_in(sentence.part, sentence.start, sentence.end))
    here = sentence.start + sentence.tokens[i].start
    opening = [m for m in mentions if m.end <= here]
    if opening and opening[0].start - sentence.start < _FEW_WORDS:
        return opening[0].when
    behind = [m for m in mentions if m.start > here]
    if behind:
        return behind[0].when
    return opening[-1].when if opening else None


def _resolved(mentions: list[DateMention]) -> list[DateMention]:
    return [m for m in mentions if m.when.is_resolved and m.role not in ("since", "until", "modifier")]
