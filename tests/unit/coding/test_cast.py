"""Who is meant: names, roles, capitals, pronouns, people introduced and named again."""

from __future__ import annotations

import datetime as dt

import pytest
from newsroom import act, acts, called, cases, event, events, read

MEANT = [
    # states by their names, capitals, seats, demonyms
    ("Reykjavik recognised Kosovo on Monday.", {"ISL recognise kosovo"}),
    ("The Kremlin recognised Abkhazia on Monday.", {"RUS recognise abkhazia"}),
    ("The Icelandic government recognised Kosovo on Monday.", {"ISL recognise kosovo"}),
    ("The government of Iceland recognised Kosovo on Monday.", {"ISL recognise kosovo"}),
    ("ICELAND recognised Kosovo on Monday.", {"ISL recognise kosovo"}),
    ("Côte d'Ivoire recognised Kosovo on Monday.", {"CIV recognise kosovo"}),
    ("Cote d’Ivoire recognised Kosovo on Monday.", {"CIV recognise kosovo"}),
    ("The Republic of Fiji recognised Kosovo on Monday.", {"FJI recognise kosovo"}),
    ("U.S. officials said on Monday that the United States had recognised Kosovo.", {"USA recognise kosovo"}),
    # polities without a code act under their slug
    ("Somaliland recognised Kosovo on Monday.", {"somaliland recognise kosovo"}),
    ("Abkhazia recognised Transnistria on Monday.", {"abkhazia recognise transnistria"}),
    # organisations of states
    ("The European Union recognised Kosovo on Monday.", {"EU recognise kosovo"}),
    ("The African Union recognised Somaliland on Monday.", {"AU recognise somaliland"}),
    # office holders stand for the state
    ("The Icelandic foreign minister recognised Kosovo in a letter on Monday.", {"ISL recognise kosovo"}),
    ("Iceland's foreign ministry recognised Kosovo in a note on Monday.", {"ISL recognise kosovo"}),
    ("Kenyan President William Ruto recognised Kosovo by decree on Monday.", {"KEN recognise kosovo"}),
    # pronouns
    ("Iceland has a new cabinet. It recognised Kosovo on Monday.", {"ISL recognise kosovo"}),
    ("Iceland said on Monday that it had recognised Kosovo.", {"ISL recognise kosovo"}),
    ("Iceland opened an embassy in Pristina after it recognised Kosovo.", {"ISL recognise kosovo"}),
    ("Ministers of Fiji and Samoa flew to Pristina on Monday. They recognised Kosovo the same day.",
     {"FJI recognise kosovo", "WSM recognise kosovo"}),
    ("Fiji and Samoa sent envoys to Pristina on Monday. Both recognised Kosovo.",
     {"FJI recognise kosovo", "WSM recognise kosovo"}),
    # the definite noun
    ("Iceland sent an envoy to Hargeisa on Monday. The island recognised Somaliland the same day.",
     {"ISL recognise somaliland"}),
    ("Iceland sent an envoy to Hargeisa on Monday. The country recognised Somaliland the same day.",
     {"ISL recognise somaliland"}),
    # people introduced, then named alone
    ("Iceland's foreign minister, Jon Tarsilsson, flew to Hargeisa on Monday. "
     "Tarsilsson announced that his country recognised Somaliland.", {"ISL recognise somaliland"}),
    ("Jon Tarsilsson, the foreign minister of Iceland, flew to Hargeisa on Monday. "
     "He said his country recognised Somaliland.", {"ISL recognise somaliland"}),
    ("Icelandic Foreign Minister Jon Tarsilsson said his country had recognised Somaliland.",
     {"ISL recognise somaliland"}),
    # the first person of a speaker
    ('"We recognise the State of Palestine today," said the prime minister of Iceland.', {"ISL recognise palestine"}),
    ('"My country recognises Palestine today," Iceland\'s prime minister said.', {"ISL recognise palestine"}),
    # the party that heads a list item
    ("They acted this week:\n\nICELAND: recognised Kosovo on Monday.\n\nFIJI: recognised Kosovo on Friday.",
     {"ISL recognise kosovo", "FJI recognise kosovo"}),
    # parliaments, parties and people of no office are not the state
    ("A poet in Reykjavik recognised Kosovo in a song.", set()),
    ("Iceland's Pirate Party recognised Kosovo on Monday.", set()),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), cases(MEANT))
def test_who_is_meant(text: str, expected: set[str]) -> None:
    assert {line.removesuffix(" (claimed)") for line in acts(read(text))} == expected


NAMES_OF_DAYS = [
    # a government is meant by the day of the report
    ("Iran recognised the Taliban on Monday.", dt.date(1998, 3, 4), "afghanistan-islamic-emirate-1996"),
    ("Iran recognised the Taliban government on Monday.", dt.date(2025, 3, 4), "afghanistan-islamic-emirate"),
]


@pytest.mark.parametrize(("text", "published", "slug"), cases(NAMES_OF_DAYS))
def test_names_are_read_as_of_the_report(text: str, published: dt.date, slug: str) -> None:
    assert act(read(text, published=published)).recognised.id == slug


def test_an_entity_tells_where_it_stands() -> None:
    text = "The Danish foreign minister, Mette Solgaard, visited Kosovo on Monday."
    (actor,) = event(read(text)).actor
    assert (actor.id, actor.country) == ("DNK", "DNK")
    assert "GOV" in actor.sectors
    assert actor.role == "foreign minister"
    assert actor.part == "body"
    assert actor.start is not None
    assert text[actor.start : actor.end].startswith(("The Danish", "Mette", "Danish"))
    assert actor.name_raw == text[actor.start : actor.end]


def test_what_no_table_knows_keeps_its_name() -> None:
    text = "Quorvian rebels attacked Fijian soldiers on Monday."
    (actor,) = event(read(text)).actor
    assert actor.id is None
    assert "ebels" in actor.name_raw


def test_one_pronoun_two_parties() -> None:
    text = "Chile and Peru quarrelled over fish. On Monday they signed an agreement with Bolivia."
    assert "CHL+PER AGREE BOL" in events(read(text))


def test_they_are_all_that_the_sentence_lists() -> None:
    text = "Within the Group of Seven, Britain, France and Canada have said they will recognise Palestine; Italy waits."
    intends = {called(one.recogniser) for one in read(text).recognition if one.act == "intend"}
    assert intends == {"GBR", "FRA", "CAN"}


def test_of_three_both_are_those_that_did_something() -> None:
    text = "Niger has cut ties with Ukraine, two days after its neighbour Mali did so. Both accuse Kyiv of aggression."
    assert "MLI+NER ACCUSE UKR" in events(read(text))


def test_a_pronoun_is_marked_as_inferred_or_points_to_itself() -> None:
    text = "Iceland has a new cabinet. It recognised Kosovo on Monday."
    actor = act(read(text)).recogniser
    assert called(actor) == "ISL"
    assert actor is not None
    assert actor.inferred or text[actor.start : actor.end] == "It"
