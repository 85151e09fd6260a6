"""Names in a text: the longest, in the case the table gives it, whatever accents and apostrophes are used."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dejure.reference.names import NameIndex, load_name_index


@pytest.fixture(scope="module")
def index() -> NameIndex:
    """All English names."""
    return load_name_index()


def found(index: NameIndex, text: str) -> list[tuple[str, str]]:
    """The words of each hit and the target of its first name."""
    return [(text[hit.start : hit.end], hit.names[0].target) for hit in index.find(text)]


@pytest.mark.parametrize(
    ("text", "words", "target"),
    [
        ("An envoy from Fiji came.", "Fiji", "fiji"),
        ("A Fijian envoy came.", "Fijian", "fiji"),
        ("FIJI sent an envoy.", "FIJI", "fiji"),
        ("Suva sent an envoy.", "Suva", "fiji"),
        ("The Kremlin sent an envoy.", "Kremlin", "russia"),
        ("Côte d'Ivoire sent an envoy.", "Côte d'Ivoire", "ivory-coast"),
        ("Côte d’Ivoire sent an envoy.", "Côte d’Ivoire", "ivory-coast"),
        ("Cote d'Ivoire sent an envoy.", "Cote d'Ivoire", "ivory-coast"),
        ("COTE D'IVOIRE sent an envoy.", "COTE D'IVOIRE", "ivory-coast"),
        ("Guinea-Bissau sent an envoy.", "Guinea-Bissau", "guinea-bissau"),
        ("Papua New Guinea sent an envoy.", "Papua New Guinea", "papua-new-guinea"),
        ("The U.S. sent an envoy.", "U.S.", "united-states"),
        ("The US sent an envoy.", "US", "united-states"),
        ("The Taliban sent an envoy.", "Taliban", "afghanistan-islamic-emirate"),
        ("The Sahrawi Republic sent an envoy.", "Sahrawi Republic", "sahrawi-republic"),
        ("Somaliland sent an envoy.", "Somaliland", "somaliland"),
        ("The African Union sent an envoy.", "African Union", "AU"),
        ("The UN sent an envoy.", "UN", "UN"),
    ],
)
def test_a_name(index: NameIndex, text: str, words: str, target: str) -> None:
    (hit,) = index.find(text)
    assert text[hit.start : hit.end].removeprefix("The ") == words
    assert target in {name.target for name in hit.names}


@pytest.mark.parametrize(
    "text",
    [
        "He told us nothing.",
        "They ate turkey and drank from china.",
        "A guinea pig ran off.",
        "An iron chad fell out.",
        "Fijianish songs, a book of Samoanology.",
        "The who is who of Suvarov.",
        "",
        "— … 123",
    ],
)
def test_no_name(index: NameIndex, text: str) -> None:
    assert found(index, text) == []


def test_the_longest_wins(index: NameIndex) -> None:
    assert [words for words, _ in found(index, "South Sudan and Sudan met South Ossetia.")] == [
        "South Sudan", "Sudan", "South Ossetia",
    ]  # fmt: skip


def test_a_longer_phrase_that_only_looks_like_a_name_is_passed_over(index: NameIndex) -> None:
    assert found(index, "Ships crossed the South China Sea.") == []
    assert [words for words, _ in found(index, "China sent ships.")] == ["China"]


def test_one_name_may_stand_for_several(index: NameIndex) -> None:
    (hit,) = index.find("The Taliban came.")
    assert {name.target for name in hit.names} >= {"afghanistan-islamic-emirate", "afghanistan-islamic-emirate-1996"}


def test_words_of_a_name_may_not_stand_apart(index: NameIndex) -> None:
    assert [words for words, _ in found(index, "South, Sudan")] == ["Sudan"]
    assert [words for words, _ in found(index, "South\n\n\nSudan")] == ["Sudan"]


def test_look_up_takes_the_whole_string(index: NameIndex) -> None:
    assert {name.target for name in index.look_up("cote d ivoire")} == {"ivory-coast"}
    assert index.look_up("Fiji and Samoa") == ()
    assert index.look_up("") == ()


def test_people_are_found_by_full_and_by_short_name(index: NameIndex) -> None:
    assert ("William Ruto", "kenya") in found(index, "William Ruto came.")


@given(st.text(max_size=80))
def test_hits_lie_in_order_without_overlap(text: str) -> None:
    at = 0
    for hit in load_name_index().find(text):
        assert at <= hit.start < hit.end <= len(text)
        assert hit.names
        at = hit.end


@given(st.lists(st.sampled_from(["Fiji", "Samoa", "South", "Sudan", "Côte", "d'Ivoire", "the", "UN", ",", "."])))
def test_hits_are_those_of_each_name_alone(words: list[str]) -> None:
    text = " ".join(words)
    for hit in load_name_index().find(text):
        alone = list(load_name_index().find(text[hit.start : hit.end]))
        assert [one.names for one in alone] == [hit.names]
