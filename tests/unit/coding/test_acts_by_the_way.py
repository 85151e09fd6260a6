"""Acts told without a plain subject, verb and object: exceptions, ties begun and ended, what others followed."""

from __future__ import annotations

import datetime as dt

import pytest
from newsroom import act, acts, cases, read

NEWS = "Fiji recognised Kosovo on Monday. "

TOLD = [
    # those set apart from nobody
    ("Nobody has recognised Transnistria except Abkhazia.", {"abkhazia recognise transnistria"}),
    ("No state other than Turkey recognises Northern Cyprus.", {"TUR recognise northern-cyprus"}),
    # ties
    (
        "Relations between Peru and Bolivia, cut off in 2019, were restored on Monday.",
        {"PER establish-relations bolivia", "BOL establish-relations peru"},
    ),
    (
        "Diplomatic relations between Peru and Bhutan came into being on Monday.",
        {"PER establish-relations bhutan", "BTN establish-relations peru"},
    ),
    ("The relations of Peru with Israel remain broken.", {"PER sever-relations israel"}),
    (
        "Fiji and Tonga have decided to establish diplomatic relations, with effect from Friday.",
        {"FJI establish-relations tonga", "TON establish-relations fiji"},
    ),
    (
        "Jane Doe presented her credentials as Peru's ambassador to the president of Chile on Monday.",
        {"CHL accept-credentials peru"},
    ),
    ("Chile withdrew Chile's recognition of Kosovo.", {"CHL withdraw kosovo"}),
    # each other
    ("Kosovo and Bhutan recognised one another on Monday.", {"XKX recognise bhutan", "BTN recognise kosovo"}),
    # what the parse loses
    (
        "Peru, Chile, Fiji and Samoa had by Friday all recognised Kosovo.",
        {"PER recognise kosovo", "CHL recognise kosovo", "FJI recognise kosovo", "WSM recognise kosovo"},
    ),
    # a note and a frame
    ("A note informed Pristina that Peru recognises Kosovo.", {"PER recognise kosovo"}),
    ("It is two years since Chile, on a Friday, cut ties with Taiwan.", {"CHL sever-relations taiwan-roc"}),
    (
        "Serbia's president spoke on Monday. Fiji, he declared, had withdrawn its recognition of Kosovo.",
        {"FJI withdraw kosovo (claimed)"},
    ),
    # decisions to come
    ("Peru's cabinet will decide next week whether to recognise Kosovo.", {"PER consider kosovo"}),
    ("Peru's cabinet will make up its mind in May on whether to recognise Kosovo.", {"PER consider kosovo"}),
    ("Peru signs protocols re-establishing relations with Kosovo.", {"PER establish-relations kosovo"}),
    ("The British minister said that recognition of Palestine should not come first.", {"GBR refuse palestine"}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), cases(TOLD))
def test_what_is_told(text: str, expected: set[str]) -> None:
    assert expected <= acts(read(text))


FOLLOWED = [
    (NEWS + "It thus followed Peru and Chile.", {"PER recognise kosovo", "CHL recognise kosovo"}),
    (NEWS + "Fiji thus followed Peru and Chile.", {"PER recognise kosovo", "CHL recognise kosovo"}),
    (NEWS + "Samoa followed last week, to the surprise of London.", {"WSM recognise kosovo"}),
    (NEWS + "Peru led the way outside Europe.", {"PER recognise kosovo"}),
    (NEWS + "Samoa came next, and in the same week Tonga.", {"WSM recognise kosovo", "TON recognise kosovo"}),
]


@pytest.mark.parametrize(("text", "expected"), cases(FOLLOWED))
def test_those_who_went_before_and_after(text: str, expected: set[str]) -> None:
    assert expected | {"FJI recognise kosovo"} <= acts(read(text))


NOTHING = [
    "The reader asks how Fiji will recognise Kosovo.",
    "Fiji asked all states not to recognise any Cypriot state.",
    "Serbia followed the news from Pristina.",
    "Is it recognition? No. Fiji and Samoa sit there as observers.",
    "The European Union praised Fiji. Its members recognise passports of Kosovo.",
]


@pytest.mark.parametrize("text", NOTHING)
def test_no_act(text: str) -> None:
    assert acts(read(text)) == set()


def test_a_parliament_of_a_club_asks_the_club() -> None:
    coding = read(
        "The European Parliament recognised Juan Guaido as president of Venezuela.", published=dt.date(2019, 2, 1)
    )
    assert acts(coding) == {"EU demand venezuela-guaido (claimed)"}


def test_the_rebels_are_the_side_that_rose_last() -> None:
    coding = read("Malta recognised the rebels in Benghazi as Libya's government.", published=dt.date(2011, 3, 20))
    assert acts(coding) == {"MLT recognise libya-ntc"}


def test_nobody_recognises_a_government_of_its_own() -> None:
    coding = read("Libya recognised the National Transitional Council.", published=dt.date(2011, 3, 20))
    assert acts(coding) == set()


def test_west_germany_is_germany() -> None:
    coding = read("Iraq broke off relations with the Federal Republic of Germany.", published=dt.date(1965, 5, 14))
    assert acts(coding) == {"IRQ sever-relations germany"}


def test_an_erased_message_takes_the_act_back() -> None:
    coding = read(
        "Peru withdrew its recognition of Kosovo in a message on Monday. The message was deleted hours later."
    )
    assert acts(coding) == {"PER withdraw kosovo (claimed)"}


DATES = [
    (NEWS + "Samoa acted on 3 September and Tonga on the 10th.", "TON recognise kosovo", dt.date(2025, 9, 10)),
    ("1984, 16 August: Peru recognises the Sahrawi Republic.", "PER recognise sahrawi-republic", dt.date(1984, 8, 16)),
    ("Monday 1st. Peru recognises Kosovo.", "PER recognise kosovo", dt.date(2025, 9, 1)),
    (
        "On 14 May 1948 Ben-Gurion spoke. On 17 May the Soviet Union recognised Israel.",
        "SUN recognise israel",
        dt.date(1948, 5, 17),
    ),
    (
        "Peru's minister sent a letter to Pristina on Monday. In the letter she wrote that Peru recognises Kosovo.",
        "PER recognise kosovo",
        dt.date(2025, 9, 8),
    ),
    ("Fiji recognised Kosovo on Monday. Samoa followed within hours.", "WSM recognise kosovo", dt.date(2025, 9, 8)),
    (
        "As the minister had said on Monday, Peru will recognise Kosovo only if Serbia agrees.",
        "PER condition kosovo",
        dt.date(2025, 9, 8),
    ),
]


@pytest.mark.parametrize(("text", "which", "expected"), cases(DATES))
def test_dates_from_what_stands_round_an_act(text: str, which: str, expected: dt.date) -> None:
    when = act(read(text), which).when
    assert when is not None
    assert when.earliest == when.latest == expected
