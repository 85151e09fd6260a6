"""Addresses hold dates and rules, and nothing that would lead elsewhere."""

from __future__ import annotations

import datetime as dt
from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dejure.errors import BadDate, DejureError, SettingsError
from dejure.ledger import CountRules
from dejure.web.address import Asked, day_of, link_of, number_of, path_of

TODAY = dt.date(2026, 1, 1)
_DAYS = st.dates(dt.date(1800, 1, 1), dt.date(2090, 1, 1))
_RULES = st.builds(
    CountRules, members=st.sampled_from([None, "UN", "EU"]), disputed=st.sampled_from(["include", "exclude", "only"]),
    effective=st.booleans(), implied=st.booleans(), inherited=st.booleans(), conditional=st.booleans(),
)  # fmt: skip


@given(_DAYS, st.none() | _DAYS, _RULES, st.sampled_from([None, "state", "government"]))
def test_an_address_asks_for_the_same_again(
    on: dt.date, known: dt.date | None, rules: CountRules, capacity: str | None
) -> None:
    asked = Asked(on=on, is_today=False, known=known, rules=rules, capacity=capacity)  # type: ignore[arg-type]
    assert Asked.from_query(dict(parse_qsl(asked.query()[1:])), TODAY) == asked


def test_an_empty_query_is_today_by_the_plain_rules() -> None:
    asked = Asked.from_query({}, TODAY)
    assert (asked.on, asked.rules, asked.query()) == (TODAY, CountRules(), "")


def test_a_preset_stands_under_what_is_given_beside_it() -> None:
    asked = Asked.from_query({"preset": "strict", "disputed": "include"}, TODAY)
    assert asked.rules == CountRules(members="UN", effective=True, disputed="include")


@pytest.mark.parametrize("text", ["0000-01-01", "2024-02-30", "9999-12-31", "1500-01-01", "today", "2024-1-1", "<b>"])
def test_days_that_are_none_are_refused(text: str) -> None:
    with pytest.raises(BadDate):
        day_of(text, "on")


@pytest.mark.parametrize("text", ["-1", "0", "501", "1e3", "٣", "x", "9" * 30])
def test_numbers_out_of_range_are_refused(text: str) -> None:
    with pytest.raises(SettingsError):
        number_of(text, "limit", most=500, default=20)


@given(st.text(max_size=30))
def test_a_path_stays_one_part(part: str) -> None:
    try:
        path = path_of("claim", part)
    except UnicodeEncodeError:
        return
    assert path.startswith("/claim/")
    assert path.count("/") == 2
    assert path.rsplit("/", 1)[1] not in (".", "..")


@pytest.mark.parametrize("url", ["https://example.org/a?b=c", "http://example.org:8080/"])
def test_outside_addresses_are_linked(url: str) -> None:
    assert link_of(url) == url


@pytest.mark.parametrize(
    "url",
    [
        None,
        "",
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "data:text/html,x",
        "//example.org",
        "https://a@b",
        "http:/x",
        "https://example.org/\nx",
        "java\tscript:x",
        "file:///etc/passwd",
        "https://[bad",
        "https://example.org:port/",
        "https://e/" + "x" * 3000,
    ],
)
def test_other_addresses_are_not(url: str | None) -> None:
    assert link_of(url) is None


def test_a_wrong_choice_names_the_right_ones() -> None:
    with pytest.raises(DejureError, match="include, exclude or only"):
        Asked.from_query({"disputed": "maybe"}, TODAY)
