"""Lists, tables and timelines without verbs: "Recognised: Norway, Ireland. Said no: Spain", "26 August - Canada".

A header, a label or the item before says what the states under it have done; a state is an entry where the words
around it are no clause of their own. Which headers there are is data (`recognition.toml`, `rosters`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from dejure.coding.actors import Cast
from dejure.coding.parties import Party
from dejure.coding.recognition.headers import Header, head_of, header_of, is_date_of
from dejure.reading.dates import DateMention
from dejure.reading.reading import Reading, Sentence
from dejure.records import Recognised
from dejure.when import When

__all__ = ["Entry", "find_entries", "is_clause"]

_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_BELOW = frozenset({"relcl", "acl", "advcl", "parataxis", "ccomp"})
_FEW_WORDS = 8
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


def find_entries(reading: Reading, cast: Cast) -> Iterator[Entry]:
    """Entries of all lists of a report, in the order of the text."""
    header: Header | None = None
    paragraph, opened, dated_in, row_ends = -1, False, -1, -1
    opening: When | None = None
    #: The line of a labelled entry, the rest of which tells no more entries.
    labelled_in = -1
    for sentence in reading.sentences:
        if sentence.is_headline:
            continue
        if sentence.paragraph != paragraph:
            paragraph = sentence.paragraph
            # Rows of a table are lines of their own, each right under the one before.
            is_next_row = (
                row_ends >= 0
                and reading.text(sentence.part)[row_ends : _line_start(sentence)].strip(" \t-*•–—·") == "\n"
            )
            header = header if opened or is_next_row else None
            row_ends, labelled_in = -1, -1
        if sentence.paragraph == labelled_in:
            continue
        words, start, is_marked = head_of(reading, sentence)
        is_whole = start >= len(sentence.tokens)
        found = header_of(cast, sentence, words, header, is_marked=is_marked, is_whole=is_whole) if words else None
        opened = found is not None and is_whole
        if found is not None:
            header = found if found.act else None
        elif not is_marked:
            start = 0
        elif header is not None and start == 0 and (entry := _of_label(reading, cast, sentence, header)):
            # "FRANCE - March 10", each right under the one before.
            yield from entry
            row_ends, labelled_in = sentence.segment.end, sentence.paragraph
            continue
        elif not is_date_of(reading, sentence, words):
            rest = sentence.text[sentence.tokens[start - 1].end :] if start else ""
            is_entry = bool(cast.named_in(sentence, 0, start - 1)) and is_date_of(reading, sentence, rest)
            header, start = (header if is_entry else None), 0
        if sentence.paragraph != dated_in:
            opening = None
        opening, dated_in = _opening_date(reading, sentence) or opening, sentence.paragraph
        if header is not None and not is_clause(sentence, start):
            entries = list(_entries(reading, cast, sentence, start, header, opening))
            yield from entries
            row_ends = sentence.end if entries and _is_line(reading, sentence) else -1
        else:
            row_ends = -1


def _of_label(reading: Reading, cast: Cast, sentence: Sentence, header: Header) -> list[Entry]:
    """The state that a line's label names, where the line opens with a date and is no clause ("FRANCE - March 10")."""
    party = cast.label_party(sentence)
    named = {one.id for one in header.recognised}
    if party is None or not party.can_recognise or party.slug in named or not named or is_clause(sentence, 0):
        return []
    dates = _resolved(reading.dates_in(sentence.part, sentence.start, sentence.end))
    before = reading.text(sentence.part)[sentence.start : dates[0].start] if dates else ""
    if not dates or len(before.split()) > _LEADING_WORDS:
        return []
    rule = f"label under '{header.words}'"
    return [Entry(sentence, 0, party, header.act, header.recognised, dates[0].when, rule)]


_LEADING_WORDS = 3


def _is_line(reading: Reading, sentence: Sentence) -> bool:
    """Whether a sentence, with its label, is all of its line."""
    text = reading.text(sentence.part)
    before, after = text[: _line_start(sentence)].rstrip(" \t-*•–—·"), text[sentence.end :].lstrip(" \t")
    return (not before or before.endswith("\n")) and (not after or after.startswith("\n"))


def _line_start(sentence: Sentence) -> int:
    """Where the line of a sentence starts, its label counted in."""
    label = sentence.segment.label
    return min(sentence.start, label[0]) if label is not None else sentence.start


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


def _entries(reading: Reading, cast: Cast, sentence: Sentence, start: int, header: Header,
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
        if not _opens_fragment(sentence, token.i, start) or not _closes_fragment(cast, sentence, token.i):
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


_CALENDAR = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december yesterday today".split()
)
_AFTER_NAME = frozenset({"ADP", "CCONJ", "NUM", "PUNCT", "SYM", "ADV", "SPACE", "SCONJ", "X"})


def _closes_fragment(cast: Cast, sentence: Sentence, i: int) -> bool:
    """Whether a name ends there: "Israel furious" under a header tells of Israel's mood, and no member of a list."""
    hit = cast.hit(sentence, i)
    stop = i
    while stop < len(sentence.tokens) and cast.hit(sentence, stop) is hit:
        stop += 1
    if stop >= len(sentence.tokens):
        return True
    after = sentence.tokens[stop]
    return after.pos in _AFTER_NAME or after.lower in _CALENDAR


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
