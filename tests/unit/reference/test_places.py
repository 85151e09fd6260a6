"""Cities and regions: where something was, and whose police are meant."""

from __future__ import annotations

import datetime as dt

import pytest

from dejure.coding.resolve import resolve_mention
from dejure.reference.tables import load_places

_DAY = dt.date(2022, 5, 4)


def test_every_place_lies_on_the_globe() -> None:
    for name, places in load_places().items():
        for place in places:
            assert place.name == name
            assert -90 <= place.latitude <= 90, name
            assert -180 <= place.longitude <= 180, name
            assert len(place.country) == 3, name
        assert list(places) == sorted(places, key=lambda p: -p.population), name


@pytest.mark.parametrize(
    ("text", "words", "country"),
    [
        ("Shots were heard in Lagos on Tuesday.", "Lagos", "NGA"),
        ("Dockers in Valparaíso walked out.", "Valparaíso", "CHL"),
        ("The train from Kharkiv was late.", "Kharkiv", "UKR"),
    ],
)
def test_a_city_is_a_place_and_nobody(text: str, words: str, country: str) -> None:
    start = text.index(words)
    found = resolve_mention(text, start, start + len(words), _DAY)
    assert (found.id, found.country) == (None, country)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Jackson said that he would not go.", "Jackson"),
        ("The novel by Orlando Hurst sold well.", "Orlando"),
    ],
)
def test_a_person_named_like_a_city_is_no_place(text: str, words: str) -> None:
    start = text.index(words)
    found = resolve_mention(text, start, start + len(words), _DAY)
    assert (found.id, found.country) == (None, None)


def test_police_of_a_city_are_of_its_country() -> None:
    text = "Police in Lagos fired tear gas."
    found = resolve_mention(text, 0, 6, _DAY)
    assert (found.id, found.country) == ("NGA", "NGA")


@pytest.mark.parametrize(
    "text",
    [
        "Manila called on Beijing to withdraw its ships.",
        "Nobody in the cabinet will talk to Beijing.",
        "Seoul has confidence in Beijing.",
    ],
)
def test_a_capital_that_is_asked_or_trusted_is_its_government(text: str) -> None:
    start = text.index("Beijing")
    assert resolve_mention(text, start, start + len("Beijing"), _DAY).id == "CHN"


@pytest.mark.parametrize(
    "text",
    ["The minister flew to Beijing.", "Crowds gathered in Beijing.", "Rebels captured Beijing."],
)
def test_a_capital_where_something_is_done_is_a_place(text: str) -> None:
    start = text.index("Beijing")
    found = resolve_mention(text, start, start + len("Beijing"), _DAY)
    assert (found.id, found.country) == (None, "CHN")


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("Kenya won gold in the marathon.", "Kenya", None),
        ("Spain beat Chile 3-1 in Madrid.", "Chile", None),
        ("Kenya won the gold back from smugglers.", "Kenya", "KEN"),
        ("The council voted 14-1 to defeat a motion by Chile.", "Chile", "CHL"),
    ],
)
def test_a_team_is_no_government(text: str, words: str, expected: str | None) -> None:
    start = text.index(words)
    assert resolve_mention(text, start, start + len(words), _DAY).id == expected
