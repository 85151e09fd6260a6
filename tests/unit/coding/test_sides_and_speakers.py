"""Statements: which deed the words are of, what the report is about, words that take no side, and who speaks."""

from __future__ import annotations

import pytest
from newsroom import cases, read, statements

NEWS = "Fiji recognised Kosovo on Monday. "

WHICH_DEED = [
    # Who refuses to go along, and what was done years ago, is not "the decision".
    (NEWS + "Peru said it would not recognise Kosovo. Turkey welcomed the decision.", "TUR support kosovo"),
    (NEWS + "Togo withdrew its recognition of Kosovo in 2013. Turkey praised the move.", "TUR support kosovo"),
    ("Fiji withdrew its recognition of Kosovo on Monday. Turkey deplored the move.", "TUR support kosovo"),
    ("Fiji refused to recognise Kosovo on Monday. Its minister defended the decision.", "FJI oppose kosovo"),
    # Whose deed it is goes before what was told last.
    (NEWS + "Togo withdrew its recognition of Kosovo on Tuesday. Turkey hailed Fiji's decision.", "TUR support kosovo"),
    # What is quoted, and what "the" points back to, is the news.
    (NEWS + 'Turkey hailed "a great day".', "TUR support kosovo"),
    ("Kosovo opened an office in Suva; Fiji will not recognise it. Turkey welcomed the opening.", "TUR support kosovo"),
    # An event is no refusal.
    ("Fiji refused to recognise Kosovo on Monday. Togo called the vote a farce.", "TGO oppose kosovo"),
]


@pytest.mark.parametrize(("text", "expected"), cases(WHICH_DEED))
def test_of_which_deed_praise_and_blame_are(text: str, expected: str) -> None:
    assert expected in statements(read(text))


WHAT_ABOUT = [
    (
        "China and Fiji recognised each other on Monday and established relations. Taiwan regretted the step.",
        "TWN support taiwan-roc",
    ),
    (
        "Peru recognised Jerusalem as the capital of Israel on Monday. Turkey threatened to break with Israel. "
        "Spain voiced concern.",
        "ESP concern jerusalem-israeli-capital",
    ),
    (
        "Peru no longer recognises Jerusalem as the capital of Israel. Malaysia praised the step.",
        "MYS oppose jerusalem-israeli-capital",
    ),
]


@pytest.mark.parametrize(("text", "expected"), cases(WHAT_ABOUT))
def test_what_a_report_is_about(text: str, expected: str) -> None:
    assert expected in statements(read(text))


NO_SIDE = [
    (NEWS + "Peru called it a matter for the two countries.", {"PER neutral kosovo"}),
    (NEWS + "Peru said it was for the Balkan peoples to decide.", {"PER neutral kosovo"}),
    (NEWS + "Peru said it respected the choice.", {"PER neutral kosovo"}),
    (NEWS + "Peru respects the outcome.", {"PER neutral kosovo"}),
    (NEWS + "Peru said that Fiji had every right to do so.", {"PER neutral kosovo"}),
    (NEWS + "Peru said its own policy was unchanged.", {"PER neutral kosovo"}),
    (NEWS + "Peru called for calm.", {"PER neutral kosovo"}),
    (NEWS + "Peru called for a taxi.", set()),
    # A party at issue leaves nothing to others.
    (NEWS + "Serbia said that its position was unchanged.", {"SRB oppose kosovo"}),
    (NEWS + "Peru said that this was right for the region.", set()),
]


@pytest.mark.parametrize(("text", "expected"), cases(NO_SIDE))
def test_words_that_take_no_side(text: str, expected: set[str]) -> None:
    assert statements(read(text)) == expected


WHO_SPEAKS = [
    (NEWS + "Peru called it a mistake. Chile said the same.", {"PER oppose kosovo", "CHL oppose kosovo"}),
    (NEWS + "Peru called it a mistake, and Chile agreed.", {"PER oppose kosovo", "CHL oppose kosovo"}),
    (NEWS + "Peru called it a mistake. Chile agreed to wait.", {"PER oppose kosovo"}),
    (NEWS + "The Turkish ambassador, Asli Demir, called the decision a triumph.", {"TUR support kosovo"}),
    (NEWS + "In the streets people praised the decision.", set()),
    (NEWS + "Kosovo's minister said how he had heard of it.", set()),
]


@pytest.mark.parametrize(("text", "expected"), cases(WHO_SPEAKS))
def test_who_speaks(text: str, expected: set[str]) -> None:
    assert statements(read(text)) == expected


def test_who_speaks_for_no_state_is_called_by_name() -> None:
    (statement,) = read(NEWS + "The opposition leader, Litia Vunipola, called the decision a disgrace.").statements
    assert statement.speaker.name == "Litia Vunipola"
