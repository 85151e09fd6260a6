"""The word tables of the coding room name only things that exist, and reasons get their theme by whole words."""

from __future__ import annotations

import pytest

from dejure.coding.reasons import theme_of
from dejure.coding.words import load_toml
from dejure.reference.tables import load_organisations, load_polities


def test_nouns_for_states_name_polities() -> None:
    polities = load_polities()
    table = load_toml("noun_fits.toml")
    named = [slug for slugs in [*table["nouns"].values(), *table["divided"]] for slug in slugs]
    assert [slug for slug in named if slug not in polities] == []


def test_clubs_that_recognise_are_clubs_of_states() -> None:
    organisations = load_organisations()
    clubs = load_toml("recognition.toml")["clubs"]["political"]
    assert [club for club in clubs if club not in organisations or not organisations[club].is_states_club] == []


@pytest.mark.parametrize("words", ["he said so", "their support for it", "the turmoil", "lawmakers met"])
def test_a_cue_inside_a_word_gives_no_theme(words: str) -> None:
    assert theme_of(words) is None


@pytest.mark.parametrize(
    ("words", "theme"),
    [
        ("the rights of women", "women_rights"),
        ("human rights", "human_rights"),
        ("trade and foreign investment", "economic_interest"),
        ("the country's territorial integrity", "territorial_integrity"),
    ],
)
def test_themes(words: str, theme: str) -> None:
    assert theme_of(words) == theme
