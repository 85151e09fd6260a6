"""Words in unusual capitals, put into the case of running text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dejure.reading.headlines import is_title_case, recase


def recased(text: str, *names: str, headline: bool = True) -> str:
    """The text recased, with the names given where they stand."""
    return recase(text, [(text.index(name), text.index(name) + len(name)) for name in names], headline=headline)


@pytest.mark.parametrize(
    ("text", "raised"),
    [
        ("Cabinet Meets After Long Night Of Talks", True),
        ("Cabinet Meets As Talks Drag Through Night", True),
        ("Cabinet meets after long night of talks", False),
        ("Fiji and Samoa sign treaty in Suva after talks", False),
        ("Cabinet Meets", False),
        ("", False),
    ],
)
def test_title_case(text: str, raised: bool) -> None:
    assert is_title_case(text) == raised


def test_a_raised_headline_is_lowered_but_for_its_names() -> None:
    assert recased("Samoa Recognises Kosovo After Long Night Of Talks", "Samoa", "Kosovo") == (
        "Samoa recognises Kosovo after long night of talks"
    )


def test_its_first_word_keeps_its_capital() -> None:
    assert recased("Cabinet Meets After Long Night").startswith("Cabinet meets")


def test_a_plain_headline_stays() -> None:
    text = "Samoa recognises Kosovo after Long talks"
    assert recased(text, "Samoa", "Kosovo") == text


def test_running_text_is_not_lowered() -> None:
    text = "Samoa Recognises Kosovo After Long Night Of Talks"
    assert recased(text, "Samoa", "Kosovo", headline=False) == text


def test_a_shouted_name_keeps_one_capital() -> None:
    assert recased("SAMOA recognises Kosovo", "SAMOA", "Kosovo", headline=False) == "Samoa recognises Kosovo"


@pytest.mark.parametrize("acronym", ["EU", "UN", "USA"])
def test_an_acronym_is_not_lowered(acronym: str) -> None:
    text = f"The {acronym} recognises Kosovo"
    assert recased(text, acronym, headline=False) == text


@given(
    st.text(max_size=60),
    st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=4),
    st.booleans(),
)
def test_the_length_never_changes(text: str, names: list[tuple[int, int]], headline: bool) -> None:
    found = recase(text, names, headline=headline)
    assert len(found) == len(text)
    assert all(
        a == b or a.lower() == b.lower() or a.casefold() == b.casefold() for a, b in zip(text, found, strict=True)
    )
