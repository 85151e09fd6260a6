"""Explanations: the words, the rule, the flag, the date, what lost."""

from __future__ import annotations

import pytest
from newsroom import read

import dejure
from dejure import InputError

PUBLISHED = "2025-09-12"


def explain(text: str, record: str = "") -> list[str]:
    found = dejure.explain(text, record, published=PUBLISHED, title="")
    return ["\n".join(one.lines()) for one in found]


def test_every_act_is_explained_under_its_own_id() -> None:
    text = "Fiji recognised Kosovo on Monday. Tonga did so too."
    ids = {record.id for record in read(text).recognition}
    assert {one.id for one in dejure.explain(text, published=PUBLISHED, title="")} == ids


def test_the_rule_the_flag_and_the_date_are_told() -> None:
    (told,) = explain("Fiji recognised Kosovo on Monday.")
    assert "verb of recognition, bare act recognise; nothing stands over it" in told
    assert "asserted: " in told
    assert "2025-09-08: counted from" in told


def test_what_stands_over_the_act_is_told() -> None:
    (told,) = explain("Fiji promised to recognise Kosovo.")
    assert "plan (promise)" in told


def test_an_act_on_anothers_word_says_whose() -> None:
    (told,) = explain("Serbia claimed that Fiji had recognised Kosovo.")
    assert "not asserted" in told
    assert "on the word of Serbia" in told


def test_what_lost_is_told() -> None:
    (told,) = explain("Fiji recognised Kosovo on Monday. The minister confirmed that Fiji had recognised Kosovo.")
    assert "lost   the same act" in told


def test_one_record_can_be_asked_for() -> None:
    text = "Fiji recognised Kosovo on Monday. Tonga did so too."
    wanted = read(text).recognition[1].id
    (told,) = explain(text, wanted[:8])
    assert told.startswith(wanted)


def test_an_unknown_record_is_an_error() -> None:
    with pytest.raises(InputError, match="no act of recognition"):
        explain("Fiji recognised Kosovo on Monday.", "ffffffff")
