"""A report, read: sentences with their parse, dates and quotations, each unit a span of the text."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest

from dejure.errors import NoSentence
from dejure.reading.dates import DateMention, find_dates
from dejure.reading.headlines import recase
from dejure.reading.items import as_clause
from dejure.reading.joined_clauses import as_written, with_clauses_parted
from dejure.reading.language import Token, bare_tokens, load_parser
from dejure.reading.layout import Segment, dateline_day, find_segments
from dejure.reading.quotations import Quotation, find_quotations
from dejure.reading.sentences import split_sentences
from dejure.records import Report, Span
from dejure.reference.names import Name, NameHit, NameIndex, load_name_index
from dejure.settings import Settings
from dejure.when import Part

__all__ = ["Choose", "Reading", "Sentence", "read_report", "read_reports", "read_sentences"]


@dataclass(slots=True)
class Sentence:
    """A sentence with its parse. Token offsets count from `start` in the part.

    Attributes
    ----------
    index : int
        Position in the report, title first.
    paragraph : int
        Position of its segment.
    names : tuple of NameHit
        Known names in it, offsets in the sentence.
    is_parsed : bool
        Whether its tokens come from the parser; else they are bare words and names.
    """

    index: int
    part: Part
    start: int
    end: int
    text: str
    paragraph: int
    segment: Segment
    names: tuple[NameHit, ...]
    tokens: list[Token] = field(default_factory=list)
    is_parsed: bool = True

    @property
    def is_headline(self) -> bool:
        """Whether it is the report's title."""
        return self.segment.kind == "headline"

    def subtree(self, i: int) -> list[int]:
        """Positions of a token and all below it, in order."""
        found, stack = [], [i]
        while stack:
            at = stack.pop()
            found.append(at)
            stack.extend(self.tokens[at].children)
        return sorted(found)

    def children(self, i: int, *deps: str) -> list[Token]:
        """Dependents of a token, those with one of the labels if any are given."""
        tokens = self.tokens
        below = tokens[i].children
        if not below:
            return []
        if not deps:
            return [tokens[c] for c in below]
        return [token for c in below if (token := tokens[c]).dep in deps]

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Offsets in the part of the tokens from `first` to `last`, both included."""
        return self.start + self.tokens[first].start, self.start + self.tokens[last].end


#: Says of each sentence of a report whether it is worth a parse, given all lemmas that a lower-case form may be of.
Choose = Callable[[Sequence[Sentence], Callable[[str], frozenset[str]]], list[bool]]


@dataclass(frozen=True, slots=True)
class Reading:
    """What `read_report` makes of a report."""

    report: Report
    sentences: tuple[Sentence, ...]
    dates: tuple[DateMention, ...]
    quotations: tuple[Quotation, ...]
    title_dates: tuple[DateMention, ...]

    @property
    def published(self) -> dt.date | None:
        """Day of publication, where the report has one."""
        return self.report.published

    def text(self, part: Part) -> str:
        """Title or body."""
        return self.report.title if part == "title" else self.report.body

    def span(self, part: Part, start: int, end: int) -> Span:
        """The words at these offsets."""
        return self.report.slice(part, start, end)

    def dates_in(self, part: Part, start: int, end: int) -> list[DateMention]:
        """Dates that stand wholly within these offsets."""
        pool = self.title_dates if part == "title" else self.dates
        return [d for d in pool if d.start >= start and d.end <= end]


def read_report(report: Report, settings: Settings, choose: Choose | None = None) -> Reading:
    """Read a report: split it, parse each sentence alone, find dates and quotations.

    Parameters
    ----------
    report : Report
        As `sources` gives it.
    settings : Settings
        Which model parses.
    choose : callable, optional
        Says of each sentence whether it is worth a parse; all are without it. What is not parsed keeps its place, its
        names and its dates, and has bare words for tokens.

    Raises
    ------
    NoSentence
        If nothing in it reads as a sentence.
    ModelError
        If the language model is missing or not the pinned one.
    """
    (reading,) = read_reports([report], settings, choose)
    if isinstance(reading, NoSentence):
        raise reading
    return reading


def read_reports(
    reports: Sequence[Report], settings: Settings, choose: Choose | None = None
) -> list[Reading | NoSentence]:
    """Read some reports at once, which takes less time than one after the other and gives the same.

    Sentences are parsed alone, those of all reports in one go. A report without a sentence has its error in its place.

    Raises
    ------
    ModelError
        If the language model is missing or not the pinned one.
    """
    index = load_name_index()
    split = [list(_sentences(report, index)) for report in reports]
    parser = load_parser(settings.language_model)
    if choose is not None:
        for sentences in filter(None, split):
            for sentence, is_chosen in zip(sentences, choose(sentences, parser.lemmas_of), strict=True):
                sentence.is_parsed = is_chosen
    chosen = [sentence for sentences in split for sentence in sentences if sentence.is_parsed]
    for sentence, tokens in zip(chosen, parser.parse(_parse_text(s) for s in chosen), strict=True):
        sentence.tokens = as_written(sentence.text, tokens)
    return [_reading(report, sentences) for report, sentences in zip(reports, split, strict=True)]


def _reading(report: Report, sentences: list[Sentence]) -> Reading | NoSentence:
    if not any(any(c.isalpha() for c in s.text) for s in sentences):
        return NoSentence("no sentence was found", value=report.id, cure="give the text of a news report")
    for sentence in sentences:
        if not sentence.is_parsed:
            sentence.tokens = bare_tokens(sentence.text, [(hit.start, hit.end) for hit in sentence.names])
    return Reading(
        report=report,
        sentences=tuple(s for s in sentences if s.tokens),
        dates=_dates(report),
        quotations=find_quotations(report.body),
        title_dates=find_dates(report.title, report.published, part="title"),
    )


_DAYS_IN_PRESS = 3


def _dates(report: Report) -> tuple[DateMention, ...]:
    """The dates of a body, counted from the day of writing where its dateline gives one shortly before publication."""
    dates = find_dates(report.body, report.published)
    told = dateline_day(report.body)
    if told is None or report.published is None:
        return dates
    day = next((m.when.earliest for m in dates if m.start >= told[0] and m.when.precision == "day"), None)
    is_its_own = any(told[0] <= m.start < told[1] and m.when.earliest == day for m in dates)
    if day is None or not is_its_own or not 0 < (report.published - day).days <= _DAYS_IN_PRESS:
        return dates
    return find_dates(report.body, day)


def read_sentences(texts: Iterable[str], settings: Settings, *, headlines: Iterable[bool] = ()) -> Iterator[Sentence]:
    """Sentences that stand alone, each taken whole and parsed alone.

    Parameters
    ----------
    texts : iterable of str
        One sentence each; none is split.
    headlines : iterable of bool
        Whether each is a headline; those past the end are none.

    Raises
    ------
    ModelError
        If the language model is missing or not the pinned one.
    """
    index = load_name_index()
    pairs = zip_longest(list(texts), headlines, fillvalue=False)
    sentences = [_alone(position, str(text), bool(told), index) for position, (text, told) in enumerate(pairs)]
    parsed = load_parser(settings.language_model).parse(_parse_text(s) for s in sentences)
    for sentence, tokens in zip(sentences, parsed, strict=True):
        sentence.tokens = as_written(sentence.text, tokens)
        yield sentence


def _alone(position: int, text: str, is_headline: bool, index: NameIndex) -> Sentence:
    part: Part = "title" if is_headline else "body"
    segment = Segment(part, 0, len(text), "headline" if is_headline else "paragraph")
    return Sentence(
        index=position, part=part, start=0, end=len(text), text=text, paragraph=0, segment=segment,
        names=tuple(index.find(text)),
    )  # fmt: skip


def _sentences(report: Report, index: NameIndex) -> Iterator[Sentence]:
    position = 0
    for paragraph, segment in enumerate(find_segments(report.title, report.body)):
        text = report.title if segment.part == "title" else report.body
        if segment.kind == "headline":
            pieces = iter([(segment.start, segment.end)])
        else:
            pieces = split_sentences(text, segment.start, segment.end)
        for start, end in pieces:
            words = text[start:end]
            yield Sentence(
                index=position, part=segment.part, start=start, end=end, text=words, paragraph=paragraph,
                segment=segment, names=tuple(index.find(words)),
            )  # fmt: skip
            position += 1


def _parse_text(sentence: Sentence) -> tuple[str, tuple[tuple[int, int], ...]]:
    """The text to parse, and where it names countries by a noun."""
    names = [(hit.start, hit.end) for hit in sentence.names]
    countries = tuple((hit.start, hit.end) for hit in sentence.names if any(_is_country(n) for n in hit.names))
    text = sentence.text if sentence.is_headline else with_clauses_parted(as_clause(sentence.text, names), names)
    return recase(text, names, headline=sentence.is_headline), countries


def _is_country(name: Name) -> bool:
    return name.table == "polity" and name.kind in ("name", "capital", "alias", "seat", "historical")
