"""Acts that words only lead towards, take back or put off, beside look-alikes that are done."""

from __future__ import annotations

import pytest
from newsroom import acts, read

from dejure.records import COMPLETED_ACTS


@pytest.mark.parametrize(
    "text",
    [
        "Croatia is inching towards recognising Palestine.",
        "Croatia is split over recognising Palestine.",
        "Croatia is a long way from recognising Kosovo.",
        "Croatia is on the verge of recognising Palestine.",
        "Croatia is wary of recognising Kosovo.",
        "Croatia is working towards establishing diplomatic relations with Kosovo.",
        "Fiji is in no mood to recognise Kosovo.",
        "Croatia has withdrawn a statement in which it said it had recognised Kosovo.",
        "Croatia took down a post saying it had recognised Kosovo.",
        "Croatia apologised for a tweet that said it had recognised Kosovo.",
        "Croatia recognised two Israelis for bravery.",
        "Croatia recognised a Kosovar with a prize.",
    ],
)
def test_nothing_is_done(text: str) -> None:
    done = [r for r in read(text).recognition if r.asserted and r.act in COMPLETED_ACTS]
    assert done == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Croatia took the step of recognising Palestine.", "HRV recognise palestine"),
        ("Croatia made history by recognising Kosovo on Monday.", "HRV recognise kosovo"),
        ("Croatia signed a communique on establishing diplomatic relations with Kosovo on Monday.",
         "HRV establish-relations kosovo"),
        ("Croatia recognised the Palestinians as a state.", "HRV recognise palestine"),
        ("The Swiss government has recognised Palestine.", "CHE recognise palestine"),
    ],
)  # fmt: skip
def test_look_alikes_are_done(text: str, expected: str) -> None:
    assert acts(read(text)) == {expected}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Austria is not in a position to recognise Palestine, its foreign minister said.", "AUT refuse palestine"),
        ("The time is not ripe for recognition of Kosovo, Greece's foreign minister said.", "GRC refuse kosovo"),
        ("Recognition of Kosovo is not on the agenda, Peru's foreign minister said.", "PER refuse kosovo"),
        ("Malta is holding off on recognition of Palestine, its prime minister said.", "MLT refuse palestine"),
        ("Canada will not be rushed into recognising Somaliland, its foreign minister said.", "CAN refuse somaliland"),
        ("Kuwait ruled out diplomatic relations with Israel on Sunday.", "KWT refuse israel"),
        ("Croatia is leaning towards recognising Palestine, its foreign minister said.", "HRV consider palestine"),
        ("So long as talks go on, Peru will not recognise Kosovo, its foreign minister said.", "PER condition kosovo"),
        ("Until Serbia agrees, Peru will not recognise Kosovo, its foreign minister said.", "PER condition kosovo"),
        ("Belgium has put off recognition of Palestine until all hostages are released.", "BEL condition palestine"),
    ],
)  # fmt: skip
def test_put_off_or_made_to_depend(text: str, expected: str) -> None:
    assert acts(read(text)) == {expected}


def test_a_prediction_is_no_demand() -> None:
    assert acts(read("Analysts expect Spain to recognise Kosovo.")) == {"ESP recognise kosovo (claimed)"}
