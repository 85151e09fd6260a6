"""The rules do not hang on which state is named: the parser knows few of their names."""

from __future__ import annotations

import pytest
from newsroom import PUBLISHED, acts, read

from dejure.reference.tables import load_polities

STATES = [one for one in load_polities().values() if one.kind == "state" and one.validity.holds_on(PUBLISHED)]
TEMPLATES = [
    ("{} recognised Kosovo on Monday.", "{} recognise kosovo"),
    ("Kosovo was recognised by {} on Monday.", "{} recognise kosovo"),
    ("{} withdrew its recognition of Kosovo.", "{} withdraw kosovo"),
    ("The government of {} refused to recognise the Taliban.", "{} refuse afghanistan-islamic-emirate"),
    ("{} severed diplomatic relations with Taiwan on Monday.", "{} sever-relations taiwan-roc"),
]


@pytest.mark.parametrize(("sentence", "line"), TEMPLATES)
def test_every_state_does_what_is_told(sentence: str, line: str) -> None:
    wrong = [
        one.name for one in STATES if acts(read(sentence.format(one.name))) != {line.format(one.actor_id)}
    ]  # fmt: skip
    assert len(STATES) > 190
    assert wrong == []
