"""Questions to the whole store: which polities, which confidences, what changed since an instant."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sqlalchemy import Connection, func, select

from dejure.ledger import schema
from dejure.ledger.engines import reading
from dejure.ledger.entries import Judgement
from dejure.ledger.live import CLUSTER_SLACK, Clock
from dejure.ledger.rows import among
from dejure.ledger.standing import Standing
from dejure.ledger.steps import target_of
from dejure.ledger.store import Store, moment
from dejure.ledger.store_layer import item_of
from dejure.ledger.views import PolityView
from dejure.records import Record
from dejure.reference.tables import load_polities

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dejure.ledger.acts import ActRecord
    from dejure.ledger.ledger import Ledger

__all__ = [
    "Change",
    "Difference",
    "changes_between",
    "confidences_of",
    "difference",
    "head_instant",
    "kept_text",
    "recognised_slugs",
    "recording_of",
    "standings_before",
]

_E = schema.entries.c


@dataclass(frozen=True, slots=True, kw_only=True)
class Change(Record):
    """A pair that stands otherwise than the record had it before."""

    before: Standing
    after: Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference(Record):
    """What changed since an instant.

    Parameters
    ----------
    added, judged, superseded : int
        Entries recorded since; judgements made since; entries that were corrected since.
    changes : tuple of Change
        Pairs whose standing changed, as of the day asked for.
    older : tuple of Change
        Pairs whose standing changed as known on the day of the instant: evidence of before came in after.
    """

    since: dt.datetime
    on: dt.date
    added: int
    judged: int
    superseded: int
    changes: tuple[Change, ...]
    older: tuple[Change, ...]


def recognised_slugs(store: Store) -> set[str]:
    """Slugs of the polities that the store has claims about."""
    with reading(store.engine) as connection:
        return set(connection.execute(select(schema.claims.c.recognised).distinct()).scalars())


def confidences_of(store: Store, entries: set[str]) -> dict[str, float]:
    """The highest confidence that a coder gave to each entry."""
    found: dict[str, float] = {}
    links = schema.coding_entries.c
    with reading(store.engine) as connection:
        reports = {row[1] for row in among(connection, _E.id, [bytes.fromhex(e) for e in entries], _E.report)}
        rows = among(connection, _E.report, sorted(reports - {None}), _E.sequence, _E.kind)
        codings = [sequence for _, sequence, kind in rows if kind == "CodedReport"]
        for _, entry, confidence in among(connection, links.coding, codings, links.entry, links.confidence):
            id_ = bytes(entry).hex()
            if id_ in entries:
                found[id_] = max(confidence, found.get(id_, 0.0))
    return found


def difference(ledger: Ledger, since: dt.datetime, on: dt.date) -> Difference:
    """What changed in the record since an instant, and what that changed in the views."""
    store = ledger.store
    if store is None:
        return Difference(since=since, on=on, added=0, judged=0, superseded=0, changes=(), older=())
    clock = Clock(on=on, recorded=since)
    instant = clock.recorded_microseconds or 0
    with reading(store.engine) as connection:
        counted = select(_E.kind, func.count()).where(_E.recorded_at > instant).group_by(_E.kind)
        kinds = {row[0]: row[1] for row in connection.execute(counted)}
        slugs = _affected(_touched(connection, instant), on)
        superseded = connection.execute(
            select(func.count(func.distinct(schema.supersessions.c.target)))
            .join(schema.entries, _E.id == schema.supersessions.c.by).where(_E.recorded_at > instant)
        ).scalar_one()  # fmt: skip
    day = since.date()
    return Difference(
        since=since, on=on, added=kinds.get("Entry", 0), judged=kinds.get("Judgement", 0), superseded=superseded,
        changes=tuple(_changes(ledger, slugs, clock, replace(clock, recorded=None))),
        older=tuple(
            _changes(ledger, slugs, replace(clock, on=min(on, day), known=day), Clock(on=min(on, day), known=day))
        ),
    )  # fmt: skip


def head_instant(store: Store) -> dt.datetime:
    """When the last item was recorded; 1970 where there is none."""
    with reading(store.engine) as connection:
        return moment(int(connection.execute(select(func.coalesce(func.max(_E.recorded_at), 0))).scalar_one()))


def changes_between(ledger: Ledger, since: dt.datetime, until: dt.datetime, on: dt.date) -> list[Change]:
    """Pairs that stand otherwise on a day by the record of `until` than by that of `since`."""
    store, clock = ledger.required_store(), Clock(on=on, recorded=since)
    with reading(store.engine) as connection:
        slugs = _affected(_touched(connection, clock.recorded_microseconds or 0), on)
    # The record as it stands is weighed already and much faster to ask, as long as nobody writes meanwhile.
    found = _changes(ledger, slugs, clock, replace(clock, recorded=None))
    return found if head_instant(store) == until else _changes(ledger, slugs, clock, replace(clock, recorded=until))


def _touched(connection: Connection, instant: int) -> set[str]:
    """Slugs of the polities about which something came in, was judged or was coded again since."""
    slugs = set(
        connection.execute(
            select(schema.claims.c.recognised).distinct().join(schema.entries, _E.claim == schema.claims.c.claim)
            .where(_E.recorded_at > instant)
        ).scalars()
    )  # fmt: skip
    rows = connection.execute(
        select(_E.kind, _E.content).where(schema.is_of_kind("Judgement"), _E.recorded_at > instant)
    )
    judgements = [item_of(row.kind, row.content) for row in rows]
    slugs |= {one.recognised for one in judgements if isinstance(one, Judgement)}
    slugs |= set(
        connection.execute(
            select(schema.claims.c.recognised).distinct().join(schema.entries, _E.claim == schema.claims.c.claim)
            .join(schema.coding_entries, schema.coding_entries.c.entry == _E.id)
            .where(schema.coding_entries.c.coding.in_(
                select(_E.sequence).where(schema.is_of_kind("CodedReport"), _E.recorded_at > instant)
                .scalar_subquery()
            ))
        ).scalars()
    )  # fmt: skip
    return slugs


def _affected(slugs: set[str], on: dt.date) -> set[str]:
    """Also the polities whose standing claims about these bear upon: rivals, states of governments, successors."""
    return {
        slug for slug, polity in load_polities().items()
        if slug in slugs or not slugs.isdisjoint(target_of(polity, None, on).slugs)
    }  # fmt: skip


def _changes(ledger: Ledger, slugs: set[str], before: Clock, after: Clock) -> list[Change]:
    found = []
    for slug in sorted(slugs):
        polity = load_polities().get(slug)
        if polity is None:
            continue
        old, new = PolityView(ledger.layers, polity, before), PolityView(ledger.layers, polity, after)
        for actor in sorted({*old.actors(), *new.actors()}):
            one, other = old.standing(actor), new.standing(actor)
            if _differs(one, other):
                found.append(Change(before=one, after=other))
    return found


def _differs(one: Standing, other: Standing) -> bool:
    def shown(s: Standing) -> tuple[object, ...]:
        return (s.standing, s.certainty, s.since, s.basis, s.announced, s.dispute)

    return shown(one) != shown(other)


def kept_text(store: Store, report: str) -> tuple[str, str] | None:
    """Title and body of a report, where they were kept."""
    table = schema.report_texts.c
    with reading(store.engine) as connection:
        row = connection.execute(select(table.title, table.body).where(table.report_id == report)).first()
    return (row[0], row[1]) if row else None


def recording_of(store: Store, entries: Iterable[str]) -> dict[str, dt.datetime]:
    """When the store took each entry, by its id; ids that it does not hold are left out."""
    with reading(store.engine) as connection:
        rows = among(connection, _E.id, sorted(bytes.fromhex(one) for one in entries), _E.recorded_at)
        start = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
        return {bytes(id_).hex(): start + dt.timedelta(microseconds=instant) for id_, instant in rows}


def standings_before(ledger: Ledger, acts: Iterable[ActRecord]) -> dict[tuple[str, str], Standing]:
    """Where each pair of these acts stood on the day before the act, without it and all that came with it."""
    found: dict[tuple[str, str], Standing] = {}
    views: dict[tuple[str, dt.date], PolityView] = {}
    for act in acts:
        start = act.date.earliest if act.date else None
        polity = load_polities().get(act.recognised)
        if act.recogniser is None or start is None or polity is None:
            continue
        day = start - dt.timedelta(days=CLUSTER_SLACK.days + 1)
        key = (act.recognised, day)
        if key not in views:
            views[key] = PolityView(ledger.layers, polity, Clock(on=day))
        found[act.recogniser, act.recognised] = views[key].standing(act.recogniser)
    return found
