"""Acts told by tables, labels, ranks, likeness; what is only thought of, left open, refused or made to depend."""

from __future__ import annotations

import datetime as dt

import pytest
from newsroom import acts, read


def test_a_table_says_what_its_rows_have_done() -> None:
    text = (
        "State; position; date\nPeru; recognised; 3 September\nChile; refuses until talks are held; 4 September\n"
        "Fiji; has said nothing; -\nMali; recognition withdrawn; 5 September"
    )
    coding = read(text, title="Kosovo: where they stand")
    assert acts(coding) == {"PER recognise kosovo", "CHL condition kosovo", "MLI withdraw kosovo"}
    told = {r.recogniser.id: r.when.text() for r in coding.recognition if r.recogniser and r.when}
    assert told["PER"] == "2025-09-03"


def test_ties_of_a_table_are_with_the_state_of_its_title() -> None:
    text = (
        "State | Date | Remarks\nPeru | 3 September | relations established\nFiji | 5 September | relations severed\n"
    )
    text += "Mali | 6 September | talks go on"
    assert acts(read(text, title="Kosovo's year")) == {
        "PER establish-relations kosovo",
        "FJI sever-relations kosovo",
    }


def test_a_label_under_a_header_is_an_entry() -> None:
    text = (
        "Governments that have recognised Kosovo:\nPERU - First, on September 1.\n"
        "FIJI - September 3. A crowd cheered.\n"
        "Not yet:\nCHILE - September 10 is the day of its vote."
    )
    assert acts(read(text, title="Factbox")) == {"PER recognise kosovo", "FJI recognise kosovo"}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Norway recognised Kosovo on Tuesday. Peru was first, last Thursday.",
         {"NOR recognise kosovo", "PER recognise kosovo"}),
        ("Kosovo was recognised by Peru in May 2020 and Palestine in June 2021.",
         {"PER recognise kosovo", "PER recognise palestine"}),
        ("China recognised Kosovo in May. Peru accepted the credentials of a Kosovar ambassador in June. "
         "Fiji did the same as Peru in August.",
         {"CHN recognise kosovo", "PER accept-credentials kosovo", "FJI accept-credentials kosovo"}),
        ("Norway recognised Kosovo on Monday. Chile took the same step as Norway.",
         {"NOR recognise kosovo", "CHL recognise kosovo"}),
        ("Peru recognised Kosovo. The White House did not comment, and India's foreign ministry declined to do so.",
         {"PER recognise kosovo"}),
    ],
)  # fmt: skip
def test_acts_told_by_likeness(text: str, wanted: set[str]) -> None:
    assert acts(read(text)) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Britain's foreign ministry said that it did not recognise Somaliland.", {"GBR refuse somaliland"}),
        ("Japan has decided not to recognise Palestine.", {"JPN refuse palestine"}),
        ("Japan is not thinking of recognising Palestine.", {"JPN refuse palestine"}),
        ("Peru is thinking of recognising Kosovo.", {"PER consider kosovo"}),
        ("The French foreign minister said that recognition of Kosovo was out of the question.", {"FRA refuse kosovo"}),
        ("Russia refused to say whether it would recognise Kosovo.", set()),
        ("Britain said it was too early to decide on recognition of Palestine.", set()),
        ("Britain said it was too early to recognise Palestine.", {"GBR refuse palestine"}),
        ("Singapore will recognise Palestine when it has an effective government, its foreign minister said.",
         {"SGP condition palestine"}),
        ("The United States says recognition of Kosovo depends on reforms.", {"USA condition kosovo"}),
        ("Turkey might go as far as breaking off diplomatic relations with Israel if the decision stands, "
         "President Erdogan said.", {"TUR condition israel"}),
        ("Peru will recognise Kosovo as soon as Chile recognises Palestine, Peru's president said.",
         {"PER condition kosovo"}),
        ("Peru will recognise Kosovo as soon as possible, its president said.", {"PER intend kosovo"}),
        ("Turkey went so far as to break off diplomatic relations with Israel.", {"TUR sever-relations israel"}),
    ],
)  # fmt: skip
def test_what_is_only_said(text: str, wanted: set[str]) -> None:
    assert acts(read(text)) == wanted


def test_all_members_of_a_club_are_not_the_club() -> None:
    (record,) = read("Kosovo's president asked all members of the United Nations to recognise Kosovo.").recognition
    assert record.act == "demand"
    assert record.recogniser is None


def test_a_government_is_meant_by_its_head() -> None:
    text = "The United States recognised Alassane Ouattara on Friday."
    assert acts(read(text, published=dt.date(2010, 12, 8))) == {"USA recognise ivory-coast-ouattara"}
    text = "France recognised Alassane Ouattara as the winner of the election."
    assert acts(read(text, published=dt.date(2010, 12, 8))) == set()


@pytest.mark.parametrize(
    ("text", "published", "wanted"),
    [
        ("LUSAKA, May 20 - Peru today recognised Kosovo.", dt.date(2025, 5, 21), "2025-05-20"),
        ("Lima, Tuesday. Peru recognised Kosovo today.", dt.date(2025, 9, 10), "2025-09-09"),
        ("LIMA, May 2 - Peru today recognised Kosovo.", dt.date(2025, 5, 21), "2025-05-21"),
        ("2014: Peru recognises Kosovo, on August 16.", dt.date(2025, 9, 12), "2014-08-16"),
    ],
)
def test_days_counted_from_dateline_and_label(text: str, published: dt.date, wanted: str) -> None:
    (record,) = read(text, published=published).recognition
    assert record.when is not None
    assert record.when.text() == wanted
