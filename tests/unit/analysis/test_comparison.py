"""The agreement of two event data sets."""

from __future__ import annotations

import datetime as dt
import random
from typing import Any

import numpy as np
import pytest

from dejure.analysis.comparison import compare_events, nominal_alpha
from dejure.corpus.rows import empty_row
from dejure.errors import SettingsError

START = dt.date(2024, 1, 1)
COUNTRIES = ("CHL", "GHA", "NPL", "NOR", "KEN")
TYPES = ("AID", "ACCUSE", "CONSULT")


def _event(number: int, kind: str, who: str, whom: str, day: int, **more: Any) -> dict[str, Any]:
    when = START + dt.timedelta(days=day)
    return (
        empty_row("events")
        | {"event_id": f"e{number:04}", "event_type": kind, "earliest": when, "latest": when,
           "actor": [{"id": who, "name": who, "country": who}],
           "recipient": [{"id": whom, "name": whom, "country": whom}]}
        | more
    )  # fmt: skip


def _drawn(count: int, seed: int) -> list[dict[str, Any]]:
    chance = random.Random(seed)
    return [
        _event(number, chance.choice(TYPES), *chance.sample(COUNTRIES, 2), chance.randrange(60))
        for number in range(count)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("one", "other", "alpha"),
    [
        # Worked by hand in K. Krippendorff, Computing Krippendorff's Alpha-Reliability, 2011, parts A and B.
        ("0100000010", "1110010000", 0.095),
        ("aabbdcccedda", "babbbccceddd", 0.692),
    ],
)
def test_alpha_is_that_of_the_worked_examples(one: str, other: str, alpha: float) -> None:
    values = sorted({*one, *other})
    table = np.zeros((len(values), len(values)))
    for a, b in zip(one, other, strict=True):
        table[values.index(a), values.index(b)] += 1
    assert nominal_alpha(table) == pytest.approx(alpha, abs=0.0006)


def test_a_set_agrees_with_itself() -> None:
    events = _drawn(200, 1)
    found = compare_events(events, events)
    assert (found.all_types.precision, found.all_types.recall, found.days) == (1.0, 1.0, ())
    assert (found.alpha.value, found.alpha.low, found.alpha.high, found.alpha.units) == (1.0, 1.0, 1.0, 200)
    assert sum(one.matched for one in found.types) == 200


def test_events_that_are_missing_and_of_another_type_are_counted() -> None:
    a = [_event(1, "AID", "CHL", "GHA", 1), _event(2, "ACCUSE", "NPL", "NOR", 2), _event(3, "AID", "CHL", "KEN", 5)]
    b = [_event(1, "AID", "CHL", "GHA", 2), _event(2, "CONSULT", "NPL", "NOR", 2)]
    found = compare_events(a, b)
    scores = {one.event_type: (one.in_a, one.in_b, one.matched, one.precision, one.recall) for one in found.types}
    assert scores == {
        "ACCUSE": (1, 0, 0, 0.0, None), "AID": (2, 1, 1, 0.5, 1.0), "CONSULT": (0, 1, 0, None, 0.0),
    }  # fmt: skip
    assert (found.alpha.units, found.alpha_of_aligned.units) == (3, 2)
    assert [(one.day.day, one.only_a, one.only_b) for one in found.days] == [(3, 1, 1), (6, 1, 0)]
    exact = compare_events(a, b, tolerance_days=0)
    assert exact.all_types.matched == 0


def test_matching_is_one_to_one_and_takes_the_nearest_day() -> None:
    a = [_event(1, "AID", "CHL", "GHA", 1), _event(2, "AID", "CHL", "GHA", 2)]
    b = [_event(9, "AID", "CHL", "GHA", 2)]
    found = compare_events(a, b)
    assert (found.all_types.matched, [one.day.day for one in found.days]) == (1, [2])


def test_a_party_more_or_a_longer_interval_still_matches_and_the_other_direction_does_not() -> None:
    wide = {"earliest": START, "latest": START + dt.timedelta(days=6)}
    both = [{"id": one, "name": one, "country": one} for one in ("CHL", "NOR")]
    a = [_event(1, "AID", "CHL", "GHA", 5)]
    assert compare_events(a, [_event(1, "AID", "CHL", "GHA", 0, actor=both, **wide)]).all_types.matched == 1
    assert compare_events(a, [_event(1, "AID", "GHA", "CHL", 5)]).all_types.matched == 0


def test_the_order_of_rows_does_not_matter_and_the_seed_fixes_the_interval() -> None:
    a, b = _drawn(150, 2), _drawn(150, 3)
    found = compare_events(a, b, draws=50, seed=7)
    assert compare_events(a[::-1], b[::-1], draws=50, seed=7) == found
    assert found.alpha.low is not None
    assert found.alpha.high is not None
    assert found.alpha.value is not None
    assert found.alpha.low <= found.alpha.value <= found.alpha.high
    assert compare_events(a, b, draws=50, seed=8).alpha != found.alpha


def test_what_is_left_out_is_told() -> None:
    a = [_event(1, "AID", "CHL", "GHA", 1, negation=True), _event(2, "AID", "CHL", "GHA", 1, event_type=None),
         _event(3, "AID", "CHL", "GHA", 1, earliest=None, latest=None), _event(4, "AID", "CHL", "GHA", 40)]  # fmt: skip
    found = compare_events(a, [], last=START + dt.timedelta(days=30))
    assert found.left_out == {"a": {"auxiliary": 1, "no_type": 1, "outside": 1, "undated": 1}, "b": {}}
    assert (found.events_a, found.alpha.value) == (0, None)
    assert compare_events(a, [], with_auxiliary=True).events_a == 2
    with pytest.raises(SettingsError):
        compare_events(a, a, tolerance_days=-1)
