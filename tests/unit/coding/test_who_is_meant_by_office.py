"""Offices that only some states have, names written otherwise, who held office when, and lists of adjectives."""

import datetime as dt

import pytest

from dejure.coding.holders import holder_by_one_word, holder_of_variant
from dejure.coding.offices import at_home, is_federal, is_rival, may_have
from dejure.coding.resolve import resolve_mention
from dejure.coding.words import load_toml
from dejure.reference.tables import load_polities


def _ids(text: str, words: str, on: str, *, last: bool = False) -> set[str]:
    start = text.rindex(words) if last else text.index(words)
    found = resolve_mention(text, start, start + len(words), dt.date.fromisoformat(on))
    return {found.id, *found.also} if found.id is not None else set()


@pytest.mark.parametrize(
    ("text", "words", "on", "expected"),
    [
        ("Bahrain and Yemen talked. The king said nothing.", "The king", "2012-07-19", {"BHR"}),
        ("Oman and Iran share a strait. The sultan rarely speaks of it.", "The sultan", "2006-09-22", {"OMN"}),
        ("Mexico and Canada met. The prime minister brought his team.", "The prime minister", "2018-02-05", {"CAN"}),
        ("Denmark and Poland sent letters. The president did not sign.", "The president", "2004-11-03", {"POL"}),
        ("Lagos held a service. A telegram came from the Queen.", "the Queen", "1961-02-02", {"GBR"}),
        ("PARIS - The unions marched. The government kept its plan; Germany watches.", "The government", "2019-12-10",
         {"FRA"}),
        ("Bangladesh opened the border. Soldiers fed people from Myanmar.", "Soldiers", "2017-09-12", {"BGD"}),
        ("A spokesman for Angela Merkel smiled at Poland.", "A spokesman for Angela Merkel", "2009-05-05", {"DEU"}),
    ],
)  # fmt: skip
def test_an_office_is_of_a_state_that_has_it(text: str, words: str, on: str, expected: set[str]) -> None:
    assert _ids(text, words, on) == expected


@pytest.mark.parametrize(
    ("text", "words", "on", "expected"),
    [
        ("Boyko Borisov spoke in Sofia. Bulgaria will not pay.", "Boyko Borisov", "2010-05-04", {"BGR"}),
        ("Turkey's Suleiman Demirel hosted the leaders.", "Suleiman Demirel", "1999-11-19", {"TUR"}),
        ("Goodluck Jonathan met Blaise Compaoré. Jonathan flew home.", "Jonathan", "2011-10-02", {"NGA"}),
        ("His successor, Raymond Barre, is an economist.", "His successor, Raymond Barre", "1976-11-09", {"FRA"}),
        ("Her predecessor, Kim Campbell, sat in Halifax.", "Her predecessor, Kim Campbell", "1997-03-02", set()),
        ("Italy's ousted prime minister went home.", "Italy's ousted prime minister", "2019-08-21", set()),
        ("Mohamed Morsi, overthrown on Wednesday, was held.", "Mohamed Morsi", "2013-07-09", set()),
    ],
)  # fmt: skip
def test_who_holds_an_office_and_who_held_it(text: str, words: str, on: str, expected: set[str]) -> None:
    assert _ids(text, words, on, last=True) == expected


@pytest.mark.parametrize(
    ("text", "words", "on", "expected"),
    [
        ("Dutch and Danish frigates left Den Helder.", "Dutch and Danish frigates", "2019-05-14", {"NLD", "DNK"}),
        ("The other ministers of the Arab League left.", "The other ministers of the Arab League", "2003-05-20",
         {"ARAB-LEAGUE"}),
        ("Honduran and Salvadoran troops clashed. The OAS wept, and both sides accused each other.", "both sides",
         "1969-07-16", {"HND", "SLV"}),
        ("Chilean and Peruvian trawlers went home.", "Chilean and Peruvian trawlers", "1996-01-29", {"CHL", "PER"}),
        ("The Yugoslav army claimed two planes.", "The Yugoslav army", "1999-03-25", {"YUG"}),
        ("Panama signed, and in Taipei Tsai Ing-wen spoke.", "Taipei", "2017-06-14", set()),
        ("Nigeria thanked Ghana. Accra told it to wait.", "it", "2022-04-12", {"NGA"}),
        ("Gaza's Hamas freed nobody.", "Hamas", "2014-07-07", {"HAMAS"}),
        ("Kabul said no. Pakistan took the letter.", "Kabul", "1998-04-07", {"afghanistan-islamic-emirate-1996"}),
        ("Catalonia had sun, and Spain had wind.", "Catalonia", "2021-01-20", set()),
        ("Serbia wants its ports back.", "Serbia", "1994-02-10", set()),
        ("Guinea's election commission published nothing.", "Guinea's election commission", "2016-06-30", set()),
        ("Nokia hired again. Shell is asking for time.", "Shell", "2016-06-30", {"SHELL"}),
        ("He picked a shell from the beach in Kenya.", "shell", "2016-06-30", set()),
        ("Copies of the Khmer Times were burnt.", "the Khmer Times", "2016-06-30", set()),
    ],
)  # fmt: skip
def test_what_names_and_pronouns_stand_for(text: str, words: str, on: str, expected: set[str]) -> None:
    assert _ids(text, words, on) == expected


def test_offices_go_by_the_year() -> None:
    day = dt.date(1970, 5, 5)
    assert may_have("king", "greece", day)
    assert not may_have("king", "greece", dt.date(1980, 5, 5))
    assert not may_have("prime minister", "united-states", day)
    assert not may_have("foreign minister", "united-states", day)
    assert is_federal("yugoslavia", day)
    assert is_rival("biafra")
    assert not is_rival("france")
    assert at_home("queen", dt.date(1930, 1, 1)) is None


def test_tables_of_offices_name_polities() -> None:
    tables = load_toml("offices_of_states.toml")
    rows = [row for name in ("titles", "lacking", "federal") for found in tables[name].values() for row in found]
    assert {row.partition(" ")[0] for row in rows} <= load_polities().keys()


def test_a_variant_needs_two_words_and_its_country() -> None:
    day = dt.date(2010, 5, 4)
    assert holder_of_variant(["Borisov"], {"BGR"}, day) is None
    assert holder_of_variant(["Boyko", "Borisoff"], set(), day) is None
    found = holder_of_variant(["Boyko", "Borisoff"], {"BGR"}, day)
    assert found is not None
    assert found.entity.id == "BGR"
    assert holder_of_variant(["Boyko", "Borisov"], {"BGR"}, None) is None
    assert holder_by_one_word("Borisoff", {"FRA"}, day) is None
