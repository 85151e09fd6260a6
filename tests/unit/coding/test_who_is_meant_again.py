"""Who is meant by datelines, counted plurals, pronouns, guests and hosts, own men, titles, and who is out of office."""

import datetime as dt

import pytest

from dejure.coding.holders import heads_power, holds_office, may_bear_title
from dejure.coding.offices import may_have
from dejure.coding.parties import Party
from dejure.coding.persons import is_woman
from dejure.coding.resolve import resolve_mention
from dejure.coding.role_owner import NOBODY, likeliest
from dejure.records import Entity
from dejure.reference.names import load_name_index


def _ids(text: str, words: str, on: str, *, last: bool = False) -> set[str]:
    start = text.rindex(words) if last else text.index(words)
    found = resolve_mention(text, start, start + len(words), dt.date.fromisoformat(on))
    return {found.id, *found.also} if found.id is not None else set()


@pytest.mark.parametrize(
    ("text", "words", "on", "expected"),
    [
        ("OSLO (Agency) - Snow closed the airport.", "OSLO", "2018-01-09", set()),
        ("LIMA, Friday. Peru has a new cabinet.", "LIMA", "2015-03-06", set()),
        ("Quito: the ministers met at noon.", "Quito", "2011-08-02", set()),
        ("Oslo, in a short note, said that it disagreed with Stockholm.", "Oslo", "2018-01-09", {"NOR"}),
        ("Rain over Accra radio masts. Ghana's press was silent.", "Ghana's", "2010-05-05", {"GHA"}),
    ],
)
def test_where_a_report_was_sent_from_is_a_place(text: str, words: str, on: str, expected: set[str]) -> None:
    assert _ids(text, words, on) == expected


@pytest.mark.parametrize(
    ("text", "words", "on", "expected"),
    [
        ("Kenya and Uganda share a lake. Officials of the two neighbours met.", "Officials of the two neighbours",
         "2014-04-02", {"KEN", "UGA"}),
        ("Brazil, Peru and Chile signed. The three governments are pleased.", "The three governments", "2012-06-07",
         {"BRA", "PER", "CHL"}),
        ("Latvia and Estonia voted. Neither country gave a reason.", "Neither country", "2016-10-03", {"LVA", "EST"}),
        ("Norway wrote to Spain, France and Italy. Nobody answered, and both sides were content.", "both sides",
         "2016-10-03", set()),
        ("Ecuadorians rang friends in Colombia. The two governments had opened the road.", "The two governments",
         "2010-11-26", {"ECU", "COL"}),
        ("Poland heard of it. Two countries voted against.", "Two countries", "2010-11-26", set()),
    ],
)  # fmt: skip
def test_plurals_that_count(text: str, words: str, on: str, expected: set[str]) -> None:
    assert _ids(text, words, on) == expected


@pytest.mark.parametrize(
    ("text", "words", "on", "expected"),
    [
        ("Angela Merkel stood beside Barack Obama. Later she spoke.", "she", "2013-06-19", {"DEU"}),
        ("Barack Obama stood beside Angela Merkel. Later he spoke.", "he", "2013-06-19", {"USA"}),
        ("José María Aznar saw Tony Blair in Spain. Aznar slept, and he woke.", "he", "2003-03-16", {"ESP"}),
        ("Germany hired trainers. Italy thanked them.", "them", "2013-06-19", set()),
        ("Iceland wrote to Malta. The latter did not answer.", "The latter", "2013-06-19", {"MLT"}),
        ("Iceland wrote to Malta. The former waited.", "The former", "2013-06-19", {"ISL"}),
    ],
)
def test_pronouns_and_the_latter(text: str, words: str, on: str, expected: set[str]) -> None:
    assert _ids(text, words, on) == expected


@pytest.mark.parametrize(
    ("text", "words", "on", "expected"),
    [
        ("VIENNA - Emmanuel Macron came for a day. The host offered cake.", "The host", "2019-10-07", {"AUT"}),
        ("VIENNA - Emmanuel Macron came for a day. The guest liked the cake.", "The guest", "2019-10-07", {"FRA"}),
        ("Turkey wants huts for its men at the border.", "its men", "2019-10-07", {"TUR"}),
        ("Spanish observers counted votes in Peru.", "Spanish observers", "2011-06-06", {"ESP"}),
        ("Huawei opened an office in Chile. The Chinese company pays well.", "The Chinese company", "2019-10-07",
         {"HUAWEI"}),
        ("Taipei sent rice. The island has enough.", "The island", "2017-05-02", {"TWN"}),
        ("Seretse Khama asked the nation for patience.", "the nation", "1970-04-02", {"BWA"}),
        ("Serbia's minister said that the Andean country changed its mind.", "the Andean country", "2017-05-02", set()),
        ("Romano Prodi told Spain why. Alberto Fujimori addressed the nation.", "the nation", "1996-12-23", {"PER"}),
        ("Naseem Shah bowled for an hour in Leeds.", "Naseem Shah", "2020-08-05", set()),
        ("The A.N.C., from Lusaka, sent greetings.", "Lusaka", "1976-09-01", set()),
        ("The A.N.C. wrote to Pretoria.", "The A.N.C.", "1976-09-01", {"ANC"}),
        ("Zanu-PF won in Zimbabwe.", "Zanu-PF", "2013-08-02", {"ZANU-PF"}),
    ],
)  # fmt: skip
def test_second_mentions_by_what_they_are(text: str, words: str, on: str, expected: set[str]) -> None:
    assert _ids(text, words, on) == expected


@pytest.mark.parametrize(
    ("text", "words", "on", "expected"),
    [
        ("Robert Mugabe has resigned. Zimbabwe danced.", "Robert Mugabe", "2017-11-21", set()),
        ("Robert Mugabe will not resign. Zimbabwe waits.", "Robert Mugabe", "2017-11-20", {"ZWE"}),
        (
            "José Manuel Barroso, once prime minister, gave a talk in Lisbon about Portugal.",
            "José Manuel Barroso, once prime minister",
            "2019-02-02",
            set(),
        ),
        ("Kennedy promises ships, Khrushchev is silent.", "Kennedy", "1962-10-20", {"USA"}),
        ("Edward Kennedy was ill. Kennedy will rest at home.", "Kennedy", "1962-10-20", set()),
        ("M. Lumumba spoke in Leopoldville.", "M. Lumumba", "1960-08-01", {"COD"}),
    ],
)
def test_who_holds_an_office(text: str, words: str, on: str, expected: set[str]) -> None:
    assert _ids(text, words, on, last=True) == expected


@pytest.mark.parametrize(
    ("text", "words", "on", "expected"),
    [
        ("Chile wrote to Bolivia. Evo Morales said in Sucre that the government would wait.", "the government",
         "2013-04-24", {"BOL"}),
        ("Norway and Denmark voted. Mette Frederiksen slept late; the prime minister had a cold.", "the prime minister",
         "2021-09-14", {"DNK"}),
        ("The embassy says that it called Washington and the foreign ministry. Iran denies it.", "the foreign ministry",
         "1979-11-05", {"IRN"}),
        ("Sydney cheered. The governor-general opened the games; Australia had marched in.", "The governor-general",
         "2000-09-15", {"AUS"}),
        ("Ceylon wants the Royal Navy to leave.", "the Royal Navy", "1956-04-10", {"GBR"}),
        ("Peru announced recognition of Chile's new government. The junta broke with Cuba.", "The junta", "1973-09-17",
         {"CHL"}),
    ],
)  # fmt: skip
def test_whose_an_office_is(text: str, words: str, on: str, expected: set[str]) -> None:
    assert _ids(text, words, on) == expected


def test_titles_and_powers() -> None:
    on = dt.date(2016, 1, 16)
    assert may_bear_title("taiwan-roc", "Ma", "president", on)
    assert not may_bear_title("north-korea", "Ri", "president", on) or not may_bear_title(
        "china", "Wang", "president", on
    )
    assert heads_power("united-states", "Obama", on)
    assert not heads_power("united-states", "Kerry", on)
    assert not heads_power("fiji", "Bainimarama", on)
    assert not may_have("foreign ministry", "united-states", on)
    assert may_have("foreign ministry", "france", on)
    assert may_have("treasury department", "united-states", on)


def test_who_holds_which_office() -> None:
    on = dt.date(2021, 9, 14)
    person = Party(Entity(id="DNK", name="Denmark", country="DNK", name_raw="Mette Frederiksen"), slug="denmark",
                   acts_for="state", is_person=True)  # fmt: skip
    assert holds_office(person, "prime minister", on)
    assert not holds_office(person, "foreign minister", on)
    assert is_woman(person)


def test_a_mere_guess_names_nobody() -> None:
    even = {"share": 0.3}
    assert likeliest({"chile": even, "peru": even, "bolivia": even, NOBODY: {"nobody": 1.0}}) == NOBODY
    assert likeliest({"chile": {"share": 1.0, "first": 1.0, "back0": 1.0}, NOBODY: {"nobody": 1.0}}) == "chile"


def test_names_of_organisations_last_as_long_as_they() -> None:
    found = [name for name in load_name_index().look_up("OPEC") if name.validity.holds_on(dt.date(1990, 8, 3))]
    assert {name.target for name in found} == {"OPEC"}
