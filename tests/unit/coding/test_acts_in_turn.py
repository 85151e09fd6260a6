"""Which act, by whom: chronicles, list items, acts told again in other words; beside each what looks alike."""

from __future__ import annotations

import datetime as dt

import pytest
from newsroom import acts, read

_DECEMBER = dt.date(2023, 12, 28)


def test_a_chronicle_without_years_tells_the_year_before_the_report() -> None:
    text = "March 26 - Honduras breaks with Taiwan and opens relations with China.\nMay 9: Chad recognises Kosovo."
    assert acts(read(text, title="The year", published=_DECEMBER)) == {
        "HND sever-relations taiwan-roc", "HND establish-relations china-prc", "TCD recognise kosovo",
    }  # fmt: skip


def test_an_agenda_tells_what_is_to_come() -> None:
    text = "May 28: Spain and Norway recognise Kosovo.\nJune 4: Slovenia's parliament votes."
    assert acts(read(text, published=dt.date(2024, 5, 22))) == {"ESP intend kosovo", "NOR intend kosovo"}


@pytest.mark.parametrize("mark", [" - ", " – ", ": ", " ("])
def test_a_list_item_whose_name_a_mark_parts_from_its_verb(mark: str) -> None:
    text = f"The losses:\nPanama{mark}established relations with China on 13 June 2017\nNothing else is known."
    assert acts(read(text, title="Who left Taiwan")) == {"PAN establish-relations china-prc"}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Norway recognised Kosovo on Monday, and Chile and Peru did the same on Tuesday.",
         {"CHL recognise kosovo", "PER recognise kosovo"}),
        ("Norway recognised Kosovo. Chile followed in the evening with a statement by its minister.",
         {"CHL recognise kosovo"}),
        ("Norway recognised Kosovo. Chile and Peru too.", {"CHL recognise kosovo", "PER recognise kosovo"}),
        ("Norway recognised Kosovo. The Peruvian foreign minister said that Lima would not follow for the moment.",
         {"PER refuse kosovo"}),
        ("Norway recognised Kosovo. Peru ruled out a similar move.", {"PER refuse kosovo"}),
        ("Norway recognised Kosovo. Peru is still weighing whether to do so.", {"PER consider kosovo"}),
        ("Norway recognised Kosovo. Peru has the question under study.", {"PER consider kosovo"}),
        ("Norway recognised Kosovo. Peru said it would do so only in return for concessions.",
         {"PER condition kosovo"}),
    ],
)  # fmt: skip
def test_an_act_told_again_in_other_words(text: str, wanted: set[str]) -> None:
    assert acts(read(text)) == {"NOR recognise kosovo", *wanted}


@pytest.mark.parametrize(
    "text",
    [
        "Norway recognised Kosovo. Talks followed on Tuesday, and Chile led the debate on Wednesday.",
        "Norway recognised Kosovo. Chile moved troops on Tuesday, and Peru said the same about aid.",
        "Norway recognised Kosovo. Chile ruled out a similar truce and has the budget under study.",
        "Norway recognised Kosovo. Peru has not said when it will recognise Kosovo.",
    ],
)
def test_what_only_sounds_like_the_act_told_again(text: str) -> None:
    assert acts(read(text)) == {"NOR recognise kosovo"}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Peru would under no circumstances recognise Kosovo, its minister said.", {"PER refuse kosovo"}),
        ("Peru's government does not contemplate recognition of Kosovo.", {"PER refuse kosovo"}),
        ("Peru turned down Kosovo's request for recognition.", {"PER refuse kosovo"}),
        ("Peru gave Serbia eight days to vote. Otherwise it will recognise Kosovo.", {"PER condition kosovo"}),
        ("Peru declared that it is ready to recognise Kosovo only under another name.", {"PER condition kosovo"}),
        ("Peru may recognise Kosovo in the near future, its president hinted.", {"PER consider kosovo"}),
        ("China called on Bhutan to open diplomatic relations at an early date.",
         {"BTN demand china-prc (claimed)"}),
    ],
)  # fmt: skip
def test_refusals_and_conditions_in_other_words(text: str, wanted: set[str]) -> None:
    assert acts(read(text)) == wanted


def test_the_object_and_not_the_doer_is_left_out_of_the_second_half() -> None:
    text = "Nauru recognised Abkhazia on 15 December 2009 and South Ossetia a day later."
    assert acts(read(text)) == {"NRU recognise abkhazia", "NRU recognise south-ossetia"}


def test_it_is_a_thing_where_a_thing_was_recognised() -> None:
    text = "Germany recognised the massacre as genocide on Friday. Austria recognised it on Wednesday."
    assert acts(read(text, title="Kosovo's parliament marks a day")) == set()


def test_only_the_government_of_another_is_recognised() -> None:
    text = "Turkey recognised Northern Cyprus. Britain recognised only the government of President Glafcos Clerides."
    assert acts(read(text, title="Northern Cyprus")) == {
        "TUR recognise northern-cyprus", "GBR refuse northern-cyprus",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Honduras went over to Beijing in 2023.", {"HND establish-relations china-prc"}),
        ("The minister of Honduras went back to Beijing in 2023.", set()),
        ("Honduras went over to Lima in 2023.", set()),
    ],
)
def test_going_over_from_one_china_to_the_other(text: str, wanted: set[str]) -> None:
    assert acts(read(text, title="Taiwan and its friends")) == wanted


def test_a_clause_behind_a_comma_is_told_whatever_stands_over_it() -> None:
    text = "The envoy of Turkey said his country, which had recognised Kosovo in 2008, urged all others to do likewise."
    assert acts(read(text)) == {"TUR recognise kosovo", "- demand kosovo (claimed)"}
