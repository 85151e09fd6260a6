"""A report, read: sentences in order with their parts, names, dates and quotations."""

from __future__ import annotations

import datetime as dt

import pytest

from dejure.errors import NoSentence
from dejure.reading.reading import Reading, read_report
from dejure.records import Report
from dejure.settings import Settings

TITLE = "Fiji recognises Kosovo"
BODY = (
    'SUVA, Sept 8 - Fiji recognised Kosovo on Monday. "We are glad," said the foreign minister.\n\n'
    "SAMOA: The envoy left in 2019.\n"
)


@pytest.fixture(scope="module")
def reading() -> Reading:
    """The reading of a short report."""
    return read(BODY, TITLE)


def read(body: str, title: str = "", published: dt.date | None = dt.date(2025, 9, 12)) -> Reading:
    """The reading of a report."""
    return read_report(Report(id="", title=title, body=body, published=published, language="en"), Settings())


def test_sentences_stand_in_order_title_first(reading: Reading) -> None:
    assert [one.index for one in reading.sentences] == list(range(len(reading.sentences)))
    assert [one.is_headline for one in reading.sentences] == [True, *[False] * (len(reading.sentences) - 1)]
    assert reading.sentences[0].text == TITLE
    assert reading.sentences[1].text == "Fiji recognised Kosovo on Monday."


def test_each_sentence_is_its_slice(reading: Reading) -> None:
    for one in reading.sentences:
        assert reading.text(one.part)[one.start : one.end] == one.text
        for each in one.tokens:
            start, end = one.span(each.i, each.i)
            assert reading.text(one.part)[start:end] == one.text[each.start : each.end]


def test_paragraphs_and_labels(reading: Reading) -> None:
    last = reading.sentences[-1]
    assert last.text == "The envoy left in 2019."
    assert last.segment.kind == "item"
    assert last.paragraph > reading.sentences[1].paragraph
    assert reading.sentences[1].segment.is_dateline


def test_names_are_found_with_their_offsets(reading: Reading) -> None:
    one = reading.sentences[1]
    assert [one.text[hit.start : hit.end] for hit in one.names] == ["Fiji", "Kosovo"]
    assert {name.target for hit in one.names for name in hit.names} >= {"fiji", "kosovo"}


def test_dates(reading: Reading) -> None:
    start, end = reading.sentences[1].start, reading.sentences[1].end
    (monday,) = reading.dates_in("body", start, end)
    assert monday.when.text() == "2025-09-08"
    assert reading.dates_in("title", 0, len(TITLE)) == []
    assert reading.dates_in("body", start, start + 4) == []


def test_quotations(reading: Reading) -> None:
    (quotation,) = reading.quotations
    assert BODY[quotation.start : quotation.end].strip('"') == "We are glad,"
    assert quotation.speaker is not None
    assert BODY[slice(*quotation.speaker)] == "the foreign minister"


def test_a_span_is_its_slice(reading: Reading) -> None:
    assert reading.span("title", 0, 4).quote == "Fiji"
    assert reading.span("body", 0, 4).quote == "SUVA"


def test_the_day_of_publication(reading: Reading) -> None:
    assert reading.published == dt.date(2025, 9, 12)
    assert read(BODY, published=None).published is None


@pytest.mark.parametrize("body", ["123 456.", "— … !!", "🇫🇯 🇽🇰", "12:30\n13:45\n"])
def test_no_letter_no_sentence(body: str) -> None:
    with pytest.raises(NoSentence):
        read(body)


def test_a_report_of_nothing_but_page_furniture() -> None:
    with pytest.raises(NoSentence):
        read("We use cookies to make this page work.\nSubscribe\nRead more\n")


def test_a_very_long_sentence_is_read() -> None:
    found = read("and the envoy of Fiji left for Apia " * 300)
    assert len(found.sentences) > 1
    assert all(one.tokens for one in found.sentences)


def test_the_same_reading_twice() -> None:
    first, second = read(BODY, TITLE), read(BODY, TITLE)
    assert [[repr(t) for t in one.tokens] for one in first.sentences] == [
        [repr(t) for t in one.tokens] for one in second.sentences
    ]
    assert first.dates == second.dates
    assert first.quotations == second.quotations
