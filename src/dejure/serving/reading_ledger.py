"""A ledger that is only read, by many threads, and that keeps its views."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Hashable
from typing import Any

from sqlalchemy import event

from dejure.errors import NotFound
from dejure.ledger import Entry, Ledger, schema
from dejure.ledger.engines import reading
from dejure.ledger.history_layer import history_entries
from dejure.ledger.live import Clock
from dejure.ledger.pair import pair_view
from dejure.ledger.parties import resolve_polity
from dejure.ledger.store import Store
from dejure.ledger.store_layer import entry_of, entry_rows
from dejure.ledger.views import PolityView
from dejure.records import Capacity

__all__ = ["ReadingLedger", "find_entry"]

#: Pages that the connections of all readers may keep, in KiB.
_CACHE_KIB = 131_072

KeepView = Callable[[Hashable, Callable[[], PolityView]], PolityView]


class ReadingLedger(Ledger):
    """A ledger whose database refuses to be written to, and whose views are kept.

    Parameters
    ----------
    location : str or None
    readers : int
        Threads that ask it.
    keep : callable
        Gives the kept view of a key, or makes it.
    """

    def __init__(self, location: str | None, readers: int, keep: KeepView) -> None:
        super().__init__(location)
        self._keep = keep
        if self.store is not None:
            _refuse_writing(self.store, readers)

    def view(
        self, polity: str, *, on: dt.date | None = None, known: dt.date | None = None,
        recorded: dt.datetime | None = None, capacity: Capacity | None = None,
    ) -> PolityView:  # fmt: skip
        """All that is held about a polity, as of three clocks; kept."""
        day = on or dt.date.today()
        slug = resolve_polity(polity, on=day).slug
        make = super().view
        return self._keep(
            (slug, day, known, recorded, capacity),
            lambda: make(slug, on=day, known=known, recorded=recorded, capacity=capacity),
        )

    def pair(
        self, recogniser: str, polity: str, *, on: dt.date | None = None, known: dt.date | None = None,
        recorded: dt.datetime | None = None, capacity: Capacity | None = None,
    ) -> PolityView:  # fmt: skip
        """A view of one recogniser alone."""
        clock = Clock(on=on or dt.date.today(), known=known, recorded=recorded)
        return pair_view(self.layers, recogniser, resolve_polity(polity, on=clock.on), clock, capacity)


def find_entry(store: Store | None, entry_id: str) -> Entry:
    """The entry of an id, of the shipped history or the store.

    Raises
    ------
    NotFound
        If there is none.
    """
    if re.fullmatch(r"[0-9a-f]{32}", entry_id):
        for entry in history_entries():
            if entry.id == entry_id:
                return entry
        if store is not None:
            with reading(store.engine) as connection:
                row = connection.execute(entry_rows().where(schema.entries.c.id == bytes.fromhex(entry_id))).first()
            if row is not None:
                return entry_of(row)
    raise NotFound("there is no entry of this id", value=entry_id, cure="the answers about claims tell the ids")


def _refuse_writing(store: Store, readers: int) -> None:
    """Let no connection of this process write, whatever it is asked to; share the cache among them."""
    is_sqlite = store.engine.dialect.name == "sqlite"

    @event.listens_for(store.engine, "connect")
    def _prepare(connection: Any, record: object) -> None:  # noqa: ARG001  SQLAlchemy's signature
        if is_sqlite:
            connection.execute(f"PRAGMA cache_size=-{_CACHE_KIB // readers}")
            connection.execute("PRAGMA query_only=ON")
        else:
            connection.read_only = True

    store.engine.dispose()
