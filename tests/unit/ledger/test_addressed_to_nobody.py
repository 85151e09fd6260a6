"""A demand that is addressed to nobody in particular is kept and found again, and so is a judgement about it."""

from __future__ import annotations

import datetime as dt

from ledger_fixtures import NewLocation
from ledger_items import act

from dejure.ledger import Interval
from dejure.ledger.entries import Judgement
from dejure.ledger.ledger import Ledger


def test_a_demand_on_nobody_is_read_again(new_location: NewLocation) -> None:
    demand = act(None, "kosovo", "demand", "2024-01-01", asserted=False, attributed_to=("ALB",))
    judgement = Judgement(
        verdict="confirm", recogniser=None, recognised="kosovo", capacity="state", act="demand",
        cluster=Interval.of(dt.date(2024, 1, 1)), person="A. Name", reason="read it", made_at=dt.datetime.now(dt.UTC),
    )  # fmt: skip
    with Ledger(new_location(), create=True, with_history=False) as ledger:
        ledger.append([demand])
        (found,) = ledger.acts("kosovo")
        assert (found.recogniser, found.entries) == (None, (demand,))
        assert ledger.count("kosovo").certain == 0
        ledger.append([judgement])
        (found,) = ledger.acts("kosovo")
        assert found.verdict == "confirm"
        assert ledger.review() == []
