"""When an act was: its own day, the day of the report, nobody else's day, nothing invented."""

from __future__ import annotations

import datetime as dt

import pytest
from newsroom import act, cases, read

DATED = [
    # its own day
    ("Fiji recognised Kosovo on 3 September 2025.", "2025-09-03", "text"),
    ("Fiji recognised Kosovo on Monday.", "2025-09-08", "relative"),
    ("On Monday, Fiji recognised Kosovo.", "2025-09-08", "relative"),
    ("Fiji recognised Kosovo yesterday.", "2025-09-11", "relative"),
    ("Fiji recognised Kosovo in 2008.", "2008", "text"),
    ("Fiji recognised Kosovo in March 2008.", "2008-03", "text"),
    ("Fiji will recognise Kosovo next month.", "2025-10", "relative"),
    ("Fiji refused on Monday to recognise Kosovo.", "2025-09-08", "relative"),
    ("Kosovo's president urged Fiji on Monday to recognise her country.", "2025-09-08", "relative"),
    ("Samoa, which recognised Kosovo in 2008, opened a school there on Monday.", "2008", "text"),
    # the day that its clause hangs on, whatever day the rest has
    ("Fiji will not recognise Kosovo, its president assured his guests on Monday.", "2025-09-08", "relative"),
    # just happened, without a day of its own
    ("Fiji has recognised Kosovo.", "2025-09-12", "publication"),
    ("Fiji is recognising Kosovo, its president said.", "2025-09-12", "publication"),
    # its own announcement dates it
    ("Fiji announced on Monday that it recognises Kosovo.", "2025-09-08", "relative"),
    ("The government of Fiji decided on Monday to recognise Kosovo.", "2025-09-08", "relative"),
]


@pytest.mark.parametrize(("text", "days", "basis"), cases(DATED))
def test_when(text: str, days: str, basis: str) -> None:
    when = act(read(text)).when
    assert when is not None
    assert (when.text(), when.basis) == (days, basis)


@pytest.mark.parametrize(
    "text",
    cases(
        [
            # the day is the saying's
            "Fiji has recognised Kosovo, the foreign minister of Albania said on Monday.",
            "The foreign minister of Albania said on Monday that Fiji had recognised Kosovo.",
            # a standing fact, long ago
            "Northern Cyprus, recognised only by Turkey, held an election on Monday.",
            "Fiji's recognition of Kosovo is a matter of the past.",
        ]
    ),
)
def test_a_day_that_is_not_its_own_is_not_taken(text: str) -> None:
    when = act(read(text)).when
    assert when is None or when.text() == "2025-09-12"
    assert when is None or when.basis == "publication"


def test_an_undated_report_invents_nothing() -> None:
    when = act(read("Fiji recognised Kosovo on Thursday.", published=None)).when
    assert when is not None
    assert (when.earliest, when.latest, when.precision) == (None, None, "unknown")
    assert when.start is not None


def test_an_undated_report_has_no_day_of_publication() -> None:
    assert act(read("Fiji has recognised Kosovo.", published=None)).when is None


def test_an_undated_report_warns() -> None:
    assert read("Fiji has recognised Kosovo.", published=None).warnings
    assert not read("Fiji has recognised Kosovo.").warnings


def test_a_written_date_needs_no_publication() -> None:
    when = act(read("Fiji recognised Kosovo on 3 September 2008.", published=None)).when
    assert when is not None
    assert when.text() == "2008-09-03"


def test_the_words_of_the_date_are_kept() -> None:
    body = "Fiji recognised Kosovo on Monday."
    when = act(read(body)).when
    assert when is not None
    assert body[when.start : when.end] in ("Monday", "on Monday")


def test_each_act_its_day() -> None:
    coding = read("Fiji recognised Kosovo on Monday. Samoa recognised Kosovo on Tuesday.")
    days = [record.when.earliest for record in coding.recognition if record.when is not None]
    assert days == [dt.date(2025, 9, 8), dt.date(2025, 9, 9)]


@pytest.mark.parametrize(
    "text",
    cases(
        [
            "Fiji recognised Kosovo on Monday, with effect from 1 October 2025.",
            "Fiji decided on Monday to recognise Kosovo from 1 October 2025.",
        ]
    ),
)
def test_the_effect_may_come_later(text: str) -> None:
    record = act(read(text), "FJI recognise")
    assert record.when is not None
    assert record.when.text() == "2025-09-08"
    assert record.effective is not None
    assert record.effective.earliest == dt.date(2025, 10, 1)


def test_each_of_several_has_the_date_behind_its_name() -> None:
    coding = read("Fiji, on 3 May 2011, and Samoa, in June 2012, recognised Kosovo.")
    found = {
        record.recogniser.id: record.when.text() for record in coding.recognition if record.recogniser and record.when
    }
    assert found == {"FJI": "2011-05-03", "WSM": "2012-06"}


def test_a_clause_with_when_has_the_date_that_it_hangs_on() -> None:
    coding = read("Fiji cut its aid in May 2011 and left the bank on 3 June 2014, when it recognised Kosovo.")
    (record,) = [r for r in coding.recognition if r.act == "recognise"]
    assert record.when is not None
    assert record.when.text() == "2014-06-03"


def test_last_november_is_counted_from_today_in_a_tale_of_long_ago() -> None:
    coding = read("Fiji recognised Kosovo in May 2011. Samoa recognised Kosovo last November.")
    (record,) = [r for r in coding.recognition if r.recogniser is not None and r.recogniser.id == "WSM"]
    assert record.when is not None
    assert record.when.text() == "2024-11"
