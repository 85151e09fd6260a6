"""Acts the writer takes for granted, acts whose doer or partner the clause leaves out, people kept plainly named."""

from __future__ import annotations

import datetime as dt

import pytest
from newsroom import act, acts, cases, read, silences, statements

NEWS = "Fiji recognised Kosovo on Monday. "

STANDING = [
    "Kosovo, recognised only by Fiji, held a parade.",
    "Like Fiji, which recognises Kosovo, Peru sent an envoy.",
    "Fiji, which recognised Kosovo, sent aid to Bhutan.",
    "Kosovo is recognised by Fiji. A vote is due next week.",
    "Only Fiji recognises Kosovo.",
    "Peru welcomed Fiji's recognition of Kosovo.",
    "Peru said on Monday that it had noted Fiji's recognition of Kosovo.",
    "The minister called Fiji's recognition of Kosovo a mistake.",
]


@pytest.mark.parametrize("text", STANDING)
def test_a_standing_fact_has_no_day_of_its_own(text: str) -> None:
    found = act(read(text), "FJI recognise")
    assert found.asserted
    assert found.when is None


def test_it_takes_the_day_that_the_report_gives_elsewhere() -> None:
    found = act(read(NEWS + "Peru regretted Fiji's recognition of Kosovo."), "FJI recognise")
    assert found.when is not None
    assert found.when.earliest == dt.date(2025, 9, 8)


def test_news_keeps_the_day_of_publication() -> None:
    found = act(read("Fiji recognises Kosovo. Its president signed the decree."), "FJI recognise")
    assert found.when is not None
    assert found.when.basis == "publication"


NOT_DONE = [
    "Fiji's recognition of Kosovo would be a mistake, an analyst said.",
    "Fiji's recognition of Kosovo might upset Serbia.",
    "Fiji withdrew its ambassador. By the same stroke recognition was withdrawn from the rebels.",
]


@pytest.mark.parametrize("text", NOT_DONE)
def test_no_act(text: str) -> None:
    assert not acts(read(text))


LEFT_OUT = [
    (
        "Fiji recognised Kosovo on Monday. Relations were established the same day.",
        {"FJI recognise kosovo", "FJI establish-relations kosovo"},
    ),
    (
        "Peru recognises the People's Republic of China, and is exchanging ambassadors with Beijing. "
        "Relations with Taiwan ceased.",
        {"PER recognise china-prc", "PER establish-relations china-prc", "PER sever-relations taiwan-roc"},
    ),
    (
        "The foreign ministers of Fiji and Tonga on Monday signed accords that establish full diplomatic relations "
        "between their countries and Israel.",
        {"FJI establish-relations israel", "TON establish-relations israel"},
    ),
    (
        "Fiji considers its diplomatic relations with Estonia and Latvia restored.",
        {"FJI establish-relations estonia", "FJI establish-relations latvia"},
    ),
    (
        "Fiji announced the establishment of diplomatic relations with Bhutan on Monday.",
        {"FJI establish-relations bhutan"},
    ),
    (
        "Peru will have no diplomatic relations with Israel unless the war ends, its minister said.",
        {"PER condition israel"},
    ),
    ("Peru's foreign minister: the government does not recognise Kosovo.", {"PER refuse kosovo"}),
]


@pytest.mark.parametrize(("text", "expected"), cases(LEFT_OUT))
def test_who_and_with_whom(text: str, expected: set[str]) -> None:
    assert acts(read(text)) == expected


def test_a_recognition_ends_at_the_comma() -> None:
    text = "Following Fiji's recognition of Kosovo, Uzbekistan's foreign ministry said it was in no hurry."
    assert acts(read(text)) == {"FJI recognise kosovo"}


def test_a_deadline_of_something_else_is_not_the_day() -> None:
    text = "Peru and Chile have agreed to restore diplomatic relations, and to reopen embassies within two months."
    for found in read(text).recognition:
        assert found.when is not None
        assert found.when.latest == dt.date(2025, 9, 12)


def test_who_is_broken_with_speaks_against_it() -> None:
    text = "Fiji cut diplomatic relations with Peru on Monday. Peru denounced the decision as unfriendly."
    assert {one.split()[1] for one in statements(read(text)) if one.startswith("PER")} == {"oppose"}


SILENT = [
    (
        "And Chile, Peru and Fiji? They have offered no explanation.",
        {"CHL no_comment", "PER no_comment", "FJI no_comment"},
    ),
    ("Fiji's foreign minister said that he has received no notice of the decision.", set()),
]


@pytest.mark.parametrize(("text", "expected"), cases(SILENT))
def test_silences(text: str, expected: set[str]) -> None:
    assert silences(read(NEWS + text)) == expected


def test_a_silent_person_goes_without_a_title() -> None:
    found = read(NEWS + "Herr Brandstetter, who leads the opposition, declined to discuss it.").silences
    assert [one.actor.name for one in found] == ["Brandstetter"]
