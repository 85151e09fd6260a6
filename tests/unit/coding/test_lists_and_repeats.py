"""Acts without a verb of their own: lists under a header, timelines, repeats, several polities at once."""

from __future__ import annotations

import pytest
from newsroom import acts, read, silences


def test_a_header_says_what_the_states_under_it_have_done() -> None:
    text = "Recognised: Norway, Ireland and Spain.\nSaid no: Serbia; Greece.\nNot heard from: Chile, Peru."
    coding = read(text, title="Kosovo: who has done what")
    assert acts(coding) == {
        "NOR recognise kosovo", "IRL recognise kosovo", "ESP recognise kosovo",
        "SRB refuse kosovo", "GRC refuse kosovo",
    }  # fmt: skip
    assert silences(coding) == {"CHL no_comment", "PER no_comment"}


def test_an_unknown_header_says_nothing() -> None:
    assert acts(read("Visited: Norway, Ireland and Spain.", title="Kosovo: who went where")) == set()


def test_the_date_of_a_line_is_that_of_its_states() -> None:
    coding = read("Recognised, by day. 3 Sept: Norway; Ireland. 5 Sept: Spain.", title="Kosovo: the first week")
    told = {r.recogniser.id: r.when.text() for r in coding.recognition if r.recogniser and r.when}
    assert told == {"NOR": "2025-09-03", "IRL": "2025-09-03", "ESP": "2025-09-05"}


@pytest.mark.parametrize(
    "text",
    [
        "Norway recognised Kosovo on Monday. Chile took the same step on Tuesday, and Peru lost no time.",
        "Norway recognised Kosovo on Monday. Then came Chile on Tuesday. Peru followed on Wednesday.",
        "Norway recognised Kosovo on Monday, Chile on Tuesday and Peru on Wednesday.",
    ],
)
def test_an_act_is_told_again(text: str) -> None:
    wanted = {"NOR recognise kosovo", "CHL recognise kosovo", "PER recognise kosovo"}
    assert acts(read(text)) <= wanted
    assert len(acts(read(text))) >= 2


@pytest.mark.parametrize(
    "text",
    [
        "Norway recognised Kosovo on Monday. Police followed the convoy.",
        "Norway recognised Kosovo on Monday. Chile came second in the regatta.",
        "Norway recognised Kosovo and opened a mission in Chile on Monday.",
    ],
)
def test_what_is_no_repeat(text: str) -> None:
    assert acts(read(text)) == {"NOR recognise kosovo"}


def test_them_and_the_two_are_both() -> None:
    text = "Nauru recognised Abkhazia and South Ossetia on Monday. Tuvalu recognised the two on Tuesday."
    assert acts(read(text)) == {
        "NRU recognise abkhazia", "NRU recognise south-ossetia",
        "TUV recognise abkhazia", "TUV recognise south-ossetia",
    }  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "Relations between Mali and Ukraine are over.",
        "Mali announced that relations with Ukraine had ceased.",
    ],
)
def test_ties_that_end(text: str) -> None:
    assert any("sever-relations" in act for act in acts(read(text)))


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Serbia kept its counsel.", {"SRB no_comment"}),
        ("Nothing was heard on Monday, and not a word came from Belgrade.", {"SRB no_comment"}),
        ("Calls to the Serbian foreign ministry went unanswered.", {"SRB not_answered"}),
        ("The Serbian foreign ministry was not available for comment.", {"SRB not_answered"}),
        ("Serbia's foreign ministry preferred not to comment.", {"SRB declined"}),
        ("Serbia let the news pass without a word.", {"SRB no_comment"}),
        ("Serbia made no secret of its anger.", set()),
    ],
)
def test_ways_of_saying_nothing(text: str, wanted: set[str]) -> None:
    assert silences(read("Fiji recognised Kosovo on Monday. " + text)) == wanted
