"""The ledger does not depend on the order in which it was told, on either engine."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ledger_items import POLITIES, act, ledgers

from dejure.ledger.entries import Item
from dejure.ledger.integrity import verify
from dejure.ledger.live import Clock, LiveClaim
from dejure.ledger.parties import resolve_polity
from dejure.ledger.standing import Standing
from dejure.ledger.store import Store, moment
from dejure.ledger.store_layer import StoreLayer
from dejure.ledger.views import PolityView

# `DEJURE_LEDGER_EXAMPLES` asks for more; `scripts/measure_ledger` does.
_FEW = settings(
    max_examples=int(os.environ.get("DEJURE_LEDGER_EXAMPLES", "8")),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)
_CLOCKS = [
    Clock(on=dt.date(1995, 1, 1)),
    Clock(on=dt.date(2010, 6, 1), known=dt.date(2012, 1, 1)),
    Clock(on=dt.date(2025, 1, 1), known=dt.date(2000, 1, 1)),
    Clock(on=dt.date(2025, 1, 1)),
]


def views(store: Store, clocks: list[Clock] | None = None) -> list[Any]:
    """What the store answers on many days of validity and knowledge."""
    layer = StoreLayer(store)
    found: list[Any] = []
    for slug in POLITIES:
        for clock in clocks or _CLOCKS:
            view = PolityView([layer], resolve_polity(slug), clock)
            claims: list[LiveClaim] = view.claims
            standings: list[Standing] = view.standings()
            found.append((slug, clock.on, clock.known, claims, standings))
    return found


@_FEW
@given(items=ledgers(), data=st.data())
def test_order_does_not_matter(new_location: Callable[[], str], items: list[Item], data: st.DataObject) -> None:
    other = data.draw(st.permutations(items))
    cut = data.draw(st.integers(0, len(other)))
    with Store(new_location(), create=True) as one, Store(new_location(), create=True) as two:
        assert one.append(items) == len(items)
        two.append(other[:cut])
        two.append(other[cut:])
        assert ids(one) == ids(two) == {item.id for item in items}
        assert views(one) == views(two)
        assert verify(one).is_whole
        assert verify(two).is_whole


@_FEW
@given(items=ledgers(), data=st.data())
def test_what_is_derived_is_what_weighing_every_entry_gives(
    new_location: Callable[[], str], items: list[Item], data: st.DataObject
) -> None:
    cut = data.draw(st.integers(0, len(items)))
    end = dt.datetime(2500, 1, 1, tzinfo=dt.UTC)
    with Store(new_location(), create=True) as store:
        for part in (items[:cut], items[cut:]):
            store.append(part)
            for slug in POLITIES:
                now, weighed = Clock(on=dt.date(2025, 1, 1)), Clock(on=dt.date(2025, 1, 1), recorded=end)
                assert StoreLayer(store).claims_on([slug], now) == StoreLayer(store).claims_on([slug], weighed)


@_FEW
@given(items=ledgers())
def test_twice_is_once(new_location: Callable[[], str], items: list[Item]) -> None:
    with Store(new_location(), create=True) as store:
        store.append(items)
        before = views(store), verify(store)
        assert store.append([*items, *reversed(items)]) == 0
        assert (views(store), verify(store)) == before


@_FEW
@given(items=ledgers(), later=ledgers())
def test_the_past_of_the_record_does_not_change(
    new_location: Callable[[], str], items: list[Item], later: list[Item]
) -> None:
    with Store(new_location(), create=True) as store:
        store.append(items)
        instant = last_instant(store)
        clocks = [Clock(on=clock.on, known=clock.known, recorded=instant) for clock in _CLOCKS]
        before = views(store, clocks)
        store.append(later)
        assert views(store, clocks) == before


@_FEW
@given(items=ledgers())
def test_superseding_round_trips(new_location: Callable[[], str], items: list[Item]) -> None:
    first = act("TUV", "kosovo", "recognise", "2011-01-01", report="own")
    wrong = act("TUV", "palestine", "recognise", "2011-01-01", report="own", supersedes=(first.id,))
    back = act("TUV", "kosovo", "recognise", "2011-01-01", report="own", supersedes=(wrong.id,), note="after all")
    with Store(new_location(), create=True) as store:
        store.append([*items, first])
        before = standing(store, "kosovo")
        store.append([wrong])
        assert standing(store, "kosovo").standing == "unknown"
        store.append([back])
        after = standing(store, "kosovo")
        assert (after.standing, after.since) == (before.standing, before.since)
        assert first.id in ids(store)
        assert wrong.id in ids(store)


def standing(store: Store, slug: str) -> Standing:
    return PolityView([StoreLayer(store)], resolve_polity(slug), Clock(on=dt.date(2012, 1, 1))).standing("TUV")


def ids(store: Store) -> set[str]:
    from sqlalchemy import select

    from dejure.ledger import schema

    with store.engine.connect() as connection:
        return {bytes(row[0]).hex() for row in connection.execute(select(schema.entries.c.id))}


def last_instant(store: Store) -> dt.datetime:
    from sqlalchemy import func, select

    from dejure.ledger import schema

    with store.engine.connect() as connection:
        return moment(connection.execute(select(func.max(schema.entries.c.recorded_at))).scalar_one())
