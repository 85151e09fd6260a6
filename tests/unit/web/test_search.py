"""Questions in plain words."""

from __future__ import annotations

import datetime as dt

import pytest

from dejure.web.search import find

ON = dt.date(2025, 1, 1)


@pytest.mark.parametrize(
    ("question", "kind", "slug"),
    [
        ("kosovo", "polity", "kosovo"),
        ("Who recognises Palestine?", "polity", "palestine"),
        ("who recognises the Sahrawi Republic", "polity", "sahrawi-republic"),
        ("France", "actor", "france"),
        ("does France recognise Kosovo?", "pair", "kosovo"),
        ("Kosovo, recognised by France", "pair", "kosovo"),
        ("XKX", "polity", "kosovo"),
    ],
)
def test_what_a_question_means(question: str, kind: str, slug: str) -> None:
    first = find(question, ON)[0]
    assert (first.kind, first.slug) == (kind, slug)


def test_the_beginning_of_a_name_gives_a_list() -> None:
    assert "abkhazia" in [one.slug for one in find("abkh", ON)]


@pytest.mark.parametrize("question", ["", " ", "?", "zzzzqq", "<script>", "\u202e", "x" * 200, "who is it"])
def test_what_names_nothing_finds_nothing(question: str) -> None:
    assert find(question, ON) == []
