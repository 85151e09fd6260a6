"""Every word that a template asks for stands in the table, and dates are told as people write them."""

from __future__ import annotations

import datetime as dt
import re
from importlib import resources
from itertools import product
from typing import get_args

import pytest

pytest.importorskip("jinja2", reason="the extra web is not installed")

from dejure.ledger.entries import Interval
from dejure.ledger.standing import Announced, Basis, StandingName
from dejure.records import ACTS
from dejure.web.environment import environment
from dejure.web.standing_view import CLASSES
from dejure.web.texts import load_texts

_TEMPLATES = [
    one for one in resources.files("dejure.web").joinpath("templates").iterdir() if one.name.endswith(".html")
]


@pytest.mark.parametrize("template", _TEMPLATES, ids=lambda one: one.name)
def test_words_of_a_template_are_in_the_table(template: object) -> None:
    source = template.read_text(encoding="utf-8")  # type: ignore[attr-defined]
    environment().parse(source)
    texts = load_texts()
    # Keys that are put together from a part of a record are for the next test.
    for key in re.findall(r"""\bt\(\s*["']([a-z_0-9.]+)["']\s*[,)]""", source):
        assert isinstance(texts(key), str)


@pytest.mark.parametrize(
    ("key", "names"),
    [
        ("act", ACTS), ("act_name", ACTS), ("act_sentence", ACTS), ("standing", get_args(StandingName)),
        ("basis", get_args(Basis)), ("announced", get_args(Announced)), ("group", CLASSES), ("group_short", CLASSES),
    ],
)  # fmt: skip
def test_every_value_of_a_record_has_words(key: str, names: tuple[str, ...]) -> None:
    assert set(names) <= set(load_texts().table[key])


@pytest.mark.parametrize(
    ("first", "last", "precision", "told"),
    [
        ("2008-02-18", "2008-02-18", "day", "18 February 2008"),
        ("2008-02-18", "2008-02-20", "interval", "18–20 February 2008"),
        ("2008-02-18", "2008-03-02", "interval", "18 February – 2 March 2008"),
        ("2008-12-18", "2009-01-02", "interval", "18 December 2008 – 2 January 2009"),
        ("2008-02-01", "2008-02-29", "month", "February 2008"),
        ("2008-01-01", "2008-12-31", "year", "2008"),
        (None, "2008-02-20", "interval", "by 20 February 2008"),
        ("2008-02-20", None, "interval", "from 20 February 2008 on"),
        (None, None, "unknown", "day unknown"),
    ],
)
def test_when(first: str | None, last: str | None, precision: str, told: str) -> None:
    days = [dt.date.fromisoformat(one) if one else None for one in (first, last)]
    assert load_texts().when(Interval(earliest=days[0], latest=days[1], precision=precision)) == told  # type: ignore[arg-type]


def test_sentences_hold_both_names() -> None:
    for act, name in product(sorted(ACTS), ("actor", "polity")):
        assert f"{{{name}}}" in load_texts().of("act_sentence", act)
