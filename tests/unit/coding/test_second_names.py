"""Titles before a word of a whole name, words of official names, and names that are pieces of other names."""

import datetime as dt

import pytest

from dejure.coding.resolve import resolve_mention


def _id(text: str, words: str, on: str) -> str | None:
    start = text.index(words)
    return resolve_mention(text, start, start + len(words), dt.date.fromisoformat(on)).id


@pytest.mark.parametrize(
    ("text", "words", "on", "expected"),
    [
        ("Spain, Austria and Finland want border guards. The Union has no troops.", "The Union", "2015-10-01", "EU"),
        ("Ghana, Kenya and Zambia sent observers. The Union certified the poll.", "The Union", "2017-08-10", "AU"),
        ("The vote in Brazil is on Sunday. The Republic turns a hundred.", "The Republic", "1989-11-13", "BRA"),
        ("Tokyo and Canberra have talked with New Delhi for a year.", "New Delhi", "2008-05-05", "IND"),
        ("King Juan Carlos opened the hall, King Hussein sent a message.", "King Hussein", "1985-04-04", "JOR"),
        ("Sheikh Jaber returned to his emirate from Egypt.", "Sheikh Jaber", "1988-03-03", "KWT"),
        ("Lord Carrington flew to Lagos.", "Lord Carrington", "1981-02-02", "GBR"),
    ],
)  # fmt: skip
def test_a_shorter_name_stands_for_the_whole(text: str, words: str, on: str, expected: str) -> None:
    assert _id(text, words, on) == expected


@pytest.mark.parametrize(
    ("text", "words", "on"),
    [
        ("The singer Mary Paris will tour in May.", "Paris", "2010-03-03"),
        ("General Lincoln spoke to his men before the march.", "General Lincoln", "1988-03-03"),
        ("Sviatlana Tsikhanouskaya met students in Vilnius.", "Sviatlana Tsikhanouskaya", "2021-05-05"),
        ("Crowds filled the Egyptian capital after dark.", "the Egyptian capital", "2011-02-02"),
        ("Troops marched into the Chadian capital before dawn.", "the Chadian capital", "1990-12-02"),
    ],
)
def test_what_is_only_like_a_name_is_nobody(text: str, words: str, on: str) -> None:
    assert _id(text, words, on) is None


@pytest.mark.parametrize(("on", "expected"), [("2013-07-01", "EGY"), ("2013-07-05", None)])
def test_a_month_of_leaving_office_ends_where_the_successor_begins(on: str, expected: str | None) -> None:
    assert _id("Mohamed Morsi spoke for an hour.", "Mohamed Morsi", on) == expected


def _ids(text: str, words: str, on: str) -> set[str | None]:
    start = text.index(words)
    found = resolve_mention(text, start, start + len(words), dt.date.fromisoformat(on))
    return {found.id, *found.also}


@pytest.mark.parametrize(
    ("text", "words", "on", "expected"),
    [
        ("Shells fell near Seoul. The North denied it.", "The North", "1995-05-05", {"PRK"}),
        ("Peru sued Chile. Brazil asked the two countries to wait.", "the two countries", "2008-01-17", {"PER", "CHL"}),
        ("Qatar sued Bahrain. The two Gulf states sent lawyers.", "The two Gulf states", "1995-05-05", {"QAT", "BHR"}),
        ("Greek, Turkish and Iraqi ministers met.", "Greek, Turkish and Iraqi", "2004-02-02", {"GRC", "TUR", "IRQ"}),
        ("The Nixon administration sent an envoy.", "The Nixon administration", "1971-02-02", {"USA"}),
        ("Polls opened in Georgia, where Atlanta has two thirds of the votes.", "Georgia", "1998-11-03", {None}),
    ],
)  # fmt: skip
def test_what_the_report_speaks_of_decides(text: str, words: str, on: str, expected: set[str | None]) -> None:
    assert _ids(text, words, on) == expected


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("Norway rejected Peru's claim, with a spokesman calling it absurd.", "a spokesman", "NOR"),
        ("Kenya praised Chad's offer, with the foreign minister naming it generous.", "the foreign minister", "KEN"),
    ],
)
def test_who_speaks_in_a_clause_that_goes_with_another(text: str, words: str, expected: str) -> None:
    assert _id(text, words, "2015-05-05") == expected
