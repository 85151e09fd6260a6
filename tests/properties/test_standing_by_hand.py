"""What may be so on a day, held against the enumeration of all dates that the bounds allow."""

from __future__ import annotations

import datetime as dt
import itertools

from hypothesis import given
from hypothesis import strategies as st

from dejure.ledger.entries import Interval
from dejure.ledger.standing import Step, evaluate

_START = dt.date(2020, 1, 1)
_LAST = 5


def _date(number: int) -> dt.date:
    return _START + dt.timedelta(days=number)


@st.composite
def _steps(draw: st.DrawFn) -> list[Step]:
    """Recognitions alone, or with suspensions that need no recognition before them."""
    found = []
    for number in range(draw(st.integers(0, 4))):
        first = draw(st.integers(0, _LAST))
        last = draw(st.integers(first, _LAST))
        effect = draw(st.sampled_from(["recognised", "frozen"]))
        step = Step(effect=effect, when=Interval.of(_date(first), _date(last)), basis="own", entries=(f"{number}",))
        found.append(step)
    return found


@given(steps=_steps(), on=st.integers(0, _LAST))
def test_as_if_every_date_were_tried(steps: list[Step], on: int) -> None:
    by_hand = set()
    spans = [
        range((s.when.earliest - _START).days, (s.when.latest - _START).days + 1)
        for s in steps if s.when.earliest and s.when.latest
    ]  # fmt: skip
    for dates in itertools.product(*spans):
        done = [(date, step) for date, step in zip(dates, steps, strict=True) if date <= on]
        if not done:
            by_hand.add("unknown")
            continue
        last = max(date for date, _ in done)
        by_hand |= {step.effect for date, step in done if date == last}
    found = set(evaluate(steps, _date(on), "unknown").by_name)
    # Never more than the dates allow; less only where a suspension has to follow the one recognition there is.
    assert found <= by_hand
    assert found
    if len({step.effect for step in steps}) <= 1:
        assert found == by_hand


@given(steps=_steps(), on=st.integers(0, _LAST))
def test_the_order_of_the_steps_does_not_matter(steps: list[Step], on: int) -> None:
    one, other = evaluate(steps, _date(on), "unknown"), evaluate(list(reversed(steps)), _date(on), "unknown")
    assert one == other
