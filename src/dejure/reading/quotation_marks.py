"""Quotation marks of a text, paired: what stands between them, how it nests, what was never closed.

Whether a mark opens or closes follows from its neighbours and from what is open; an apostrophe does neither. At the end
of a paragraph everything is closed: a double mark left open quotes to there, a single one left open was none.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

__all__ = ["Marked", "find_marked", "paragraphs"]

#: Opening mark to the marks that may close it.
_CLOSERS: Final = {
    '"': '"”', "“": '”"', "„": "“”", "”": "”", "«": "»", "»": "«", "‹": "›", "›": "‹", "'": "'", "‘": "’'",
}  # fmt: skip
_SINGLE: Final = frozenset("'‘")
_MARK = re.compile("[\"'“”„‘’«»‹›]")
_OPENERS_BEFORE: Final = frozenset("([{—–-/“‘\"'«„:=>")
_SOLID = re.compile(r"\S")
_DEEPEST = 4
_LONGEST_WRAPPED_LINE = 100
_WORD_AHEAD = re.compile(r"[^\W_]{1,12}")


@dataclass(frozen=True, slots=True)
class Marked:
    """A stretch between quotation marks.

    Parameters
    ----------
    start, end : int
        Offsets inside the marks, without white space at either end.
    outer_start, outer_end : int
        Offsets with the marks.
    level : int
        0 for the outermost.
    is_open : bool
        Whether the closing mark is missing.
    parent : int or None
        Position of the stretch around it in the list.
    paragraph : int
        Which paragraph it stands in.
    """

    start: int
    end: int
    outer_start: int
    outer_end: int
    level: int
    is_open: bool
    parent: int | None
    paragraph: int


def paragraphs(text: str) -> list[tuple[int, int]]:
    """Offsets of the paragraphs: between empty lines, or the lines where there is none and the text is not wrapped."""
    gap = re.compile(r"\n[ \t]{0,8}\n\s*" if "\n\n" in text or _is_wrapped(text) else r"\n\s*")
    found, begin = [], 0
    for match in gap.finditer(text):
        found.append((begin, match.start()))
        begin = match.end()
    found.append((begin, len(text)))
    return [(a, b) for a, b in found if a < b]


def _is_wrapped(text: str) -> bool:
    lines = [line for line in text.split("\n") if line.strip()]
    cut = sum(line.rstrip()[-1] not in ".!?…:\"'”’»)" for line in lines[:-1])
    return len(lines) > 1 and max(map(len, lines)) <= _LONGEST_WRAPPED_LINE and cut * 2 > len(lines) - 1


def find_marked(text: str, bounds: list[tuple[int, int]], elisions: frozenset[str]) -> list[Marked]:
    """Everything between quotation marks in these paragraphs, by place, the outer before the inner.

    Parameters
    ----------
    elisions : frozenset of str
        Words that an apostrophe may open ("'til").
    """
    found: list[Marked] = []
    for number, (begin, end) in enumerate(bounds):
        reader = _Paragraph(text, begin, end, elisions)
        spans = sorted(reader.spans(), key=lambda span: (span[0], -span[1]))
        found.extend(_nested(text, spans, number, len(found)))
    return found


_Span = tuple[int, int, bool]


def _nested(text: str, spans: list[_Span], paragraph: int, base: int) -> Iterator[Marked]:
    around: list[tuple[int, int]] = []
    for number, (outer_start, outer_end, is_open) in enumerate(spans):
        while around and around[-1][1] <= outer_start:
            around.pop()
        start, end = outer_start + 1, outer_end if is_open else outer_end - 1
        inside = text[start:end]
        start += len(inside) - len(inside.lstrip())
        end -= len(inside) - len(inside.rstrip())
        parent = around[-1][0] if around else None
        yield Marked(start, max(start, end), outer_start, outer_end, len(around), is_open, parent, paragraph)
        around.append((base + number, outer_end))


@dataclass(slots=True)
class _Paragraph:
    """Pairs the marks of one paragraph."""

    text: str
    begin: int
    end: int
    elisions: frozenset[str]
    open: list[tuple[str, int]] = field(default_factory=list)
    done: list[_Span] = field(default_factory=list)

    def spans(self) -> list[_Span]:
        marks = [m.start() for m in _MARK.finditer(self.text, self.begin, self.end)]
        for at, following in itertools.pairwise([*marks, -1]):
            self.take(at, following)
        self.drop(0, self.end)
        return [(a, b, is_open) for a, b, is_open in self.done if not self.is_blank(a + 1, b - (not is_open))]

    def is_blank(self, start: int, end: int) -> bool:
        return _SOLID.search(self.text, start, end) is None

    def take(self, at: int, following: int) -> None:
        mark = self.text[at]
        level = next((i for i in range(len(self.open) - 1, -1, -1) if mark in _CLOSERS[self.open[i][0]]), None)
        if level is not None and self.closes(at, following):
            self.drop(level + 1, at)
            self.done.append((self.open.pop()[1], at + 1, False))
        elif mark in _CLOSERS and self.opens(at):
            same = next((i for i, (other, _) in enumerate(self.open) if other == mark), None)
            if same is not None and self.open[-1][0] == mark:
                self.drop(same, at)
            if len(self.open) < _DEEPEST:
                self.open.append((mark, at))

    def drop(self, level: int, end: int) -> None:
        """Close what is open from this level on where its marks are missing."""
        while len(self.open) > level:
            mark, at = self.open.pop()
            stop = end
            while stop > at + 1 and self.text[stop - 1].isspace():
                stop -= 1
            if mark not in _SINGLE and stop > at + 1:
                self.done.append((at, stop, True))

    def before(self, at: int) -> str:
        return self.text[at - 1] if at > self.begin else " "

    def after(self, at: int) -> str:
        return self.text[at + 1] if at + 1 < self.end else " "

    def opens(self, at: int) -> bool:
        mark, before, after = self.text[at], self.before(at), self.after(at)
        if mark in "“„«":
            return True
        if after.isspace() or not (before.isspace() or before in _OPENERS_BEFORE):
            return False
        if mark not in _SINGLE:
            return True
        word = _WORD_AHEAD.match(self.text, at + 1, self.end)
        return after in '"“' or (word is not None and not (word[0].lower() in self.elisions or _is_decade(word[0])))

    def closes(self, at: int, following: int) -> bool:
        mark, before, after = self.text[at], self.before(at), self.after(at)
        if mark in "”»«›‹“":
            return True
        if mark == '"':
            return after.isspace() if before.isspace() else not after.isalnum() or before not in _OPENERS_BEFORE
        if before.isspace() or after.isalnum():
            return False
        return not (before in "sS" and self.goes_on(at) and self.may_close(following))

    def goes_on(self, at: int) -> bool:
        """Whether a plain word follows, as behind "the ministers'"."""
        return self.text[at + 1 : at + 2] == " " and self.text[at + 2 : at + 3].islower()

    def may_close(self, at: int) -> bool:
        """Whether the next mark would close a single quotation."""
        if at < 0 or self.text[at] not in "'’":
            return False
        return not self.before(at).isspace() and not self.after(at).isalnum()


def _is_decade(word: str) -> bool:
    return re.fullmatch(r"[0-9]0s?", word) is not None
