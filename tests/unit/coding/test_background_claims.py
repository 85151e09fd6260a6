"""Background claims: nobody, only these, so many, the first, the ninth, who is in control."""

from __future__ import annotations

import datetime as dt

import pytest
from newsroom import called, cases, claims, read

CLAIMS = [
    ("No country has recognised Somaliland.", {"none_recognised somaliland"}),
    ("No other country has recognised the Taliban government since 2021.",
     {"none_recognised afghanistan-islamic-emirate"}),
    ("Not a single state has recognised Transnistria.", {"none_recognised transnistria"}),
    ("Somaliland has not been recognised by any country.", {"none_recognised somaliland"}),
    ("Only Turkey recognises Northern Cyprus.", {"only_recognisers northern-cyprus TUR"}),
    ("Northern Cyprus is recognised only by Turkey.", {"only_recognisers northern-cyprus TUR"}),
    ("Russia became the first country to recognise the Taliban government.",
     {"first afghanistan-islamic-emirate RUS"}),
    ("Fiji is the third Pacific state to recognise Kosovo.", {"ordinal kosovo 3 FJI"}),
    ("Fiji became the 112th country to recognise Kosovo.", {"ordinal kosovo 112 FJI"}),
    ("More than 110 states have recognised Kosovo.", {"count kosovo 110"}),
    ("Kosovo has been recognised by 110 states.", {"count kosovo 110"}),
    ("Some 147 of the 193 members of the United Nations recognise Palestine.", {"count palestine 147"}),
    ("Seventeen countries have recognised Kosovo.", {"count kosovo 17"}),
    ("The Taliban have ruled Afghanistan since August 2021.",
     {"in_control afghanistan-islamic-emirate afghanistan-islamic-emirate"}),
    ("The Taliban seized power in August 2021.",
     {"in_control afghanistan-islamic-emirate afghanistan-islamic-emirate"}),
    # none
    ("Fiji recognised Kosovo on Monday.", set()),
    ("Fiji was the first country to ban plastic bags in Kosovo.", set()),
    ("No country has recognised the flag of Kosovo.", set()),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), cases(CLAIMS))
def test_claims(text: str, expected: set[str]) -> None:
    assert claims(read(text)) == expected


def test_a_total_and_a_scope() -> None:
    (claim,) = read("Some 147 of the 193 members of the United Nations recognise Palestine.").background
    assert (claim.number, claim.of) == (147, 193)
    assert claim.scope is not None
    assert "members of the United Nations" in claim.scope


def test_since() -> None:
    (claim,) = read("No other country has recognised the Taliban government since August 2021.").background
    assert claim.since is not None
    assert claim.since.text() == "2021-08"
    assert claim.until is None


def test_asserted_or_attributed() -> None:
    (own,) = read("No country has recognised Somaliland.").background
    (said,) = read("Somalia said that no country has recognised Somaliland.").background
    assert own.asserted
    assert own.attributed_to == ()
    assert not said.asserted
    assert [called(entity) for entity in said.attributed_to] == ["SOM"]


def test_a_universal_is_no_act() -> None:
    assert read("No country has recognised Somaliland.").recognition == ()


FIRSTS = [
    ("Russia became the first country to recognise the Taliban government.", "country"),
    ("Fiji is the first Pacific state to recognise Kosovo.", "Pacific state"),
]


@pytest.mark.parametrize(("text", "scope"), cases(FIRSTS))
def test_a_first_is_act_and_claim(text: str, scope: str) -> None:
    coding = read(text)
    assert coding.recognition[0].first
    (claim,) = coding.background
    assert claim.claim == "first"
    assert claim.scope is not None
    assert scope in claim.scope


@pytest.mark.parametrize("published", [None, dt.date(2025, 9, 12)])
def test_claims_need_no_date(published: dt.date | None) -> None:
    assert claims(read("No country has recognised Somaliland.", published=published)) == {"none_recognised somaliland"}
