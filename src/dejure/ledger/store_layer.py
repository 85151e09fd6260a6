"""A store as a layer: which entries count at an instant and for a day of knowledge, by claim."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

import msgspec
from sqlalchemy import Connection, Select, and_, func, or_, select

from dejure.ledger import schema
from dejure.ledger.counting import counting_of, in_time
from dejure.ledger.engines import reading
from dejure.ledger.entries import (
    Claim,
    Entry,
    Evidence,
    Interval,
    Item,
    Judgement,
    Recorder,
    Series,
    SourceReport,
)
from dejure.ledger.live import Clock, LiveClaim
from dejure.ledger.rows import among, chunks
from dejure.ledger.store import Store

__all__ = ["StoreLayer", "entry_of", "entry_rows", "item_of", "superseded_ids"]

_E = schema.entries.c
_C = schema.claims.c


class StoreLayer:
    """The user's ledger.

    An entry counts unless an entry or judgement that counts supersedes it. Of a coder's entries only those of its best
    coding of the report count.
    """

    name = "ledger"

    def __init__(self, store: Store) -> None:
        self.store = store

    def claims_on(self, slugs: Iterable[str], clock: Clock, *, apart: frozenset[str] = frozenset()) -> list[LiveClaim]:
        """Claims that count about these polities, each with the entry that made it known first."""
        return self._claims(_C.recognised.in_(sorted(set(slugs))), clock, apart)

    def claims_of_pair(self, recogniser: str, slugs: Iterable[str], clock: Clock) -> list[LiveClaim]:
        """Claims that count about one pair."""
        chosen = and_(_C.recognised.in_(sorted(set(slugs))), _C.recogniser == recogniser)
        return self._claims(chosen, clock, frozenset())

    def claims_among(
        self, recognisers: Iterable[str], slugs: Iterable[str], clock: Clock, *, apart: frozenset[str] = frozenset()
    ) -> list[LiveClaim]:
        """Claims that count of these recognisers about these polities."""
        chosen = and_(_C.recognised.in_(sorted(set(slugs))), _C.recogniser.in_(sorted(set(recognisers))))
        return self._claims(chosen, clock, apart)

    def _claims(self, chosen: Any, clock: Clock, apart: frozenset[str]) -> list[LiveClaim]:
        with reading(self.store.engine) as connection:
            if clock.known is None and clock.recorded is None and not apart:
                return self._standing_now(connection, chosen)
            return self._live(connection, _claims(connection, chosen), clock, apart)

    def _standing_now(self, connection: Connection, chosen: Any) -> list[LiveClaim]:
        """Everything as it stands, by what is derived for just that."""
        reports = schema.reports.c
        rows = connection.execute(
            select(_C.content.label("claim"), _E.id, _E.known_earliest, _E.known_latest, _E.known_precision, _E.content,
                   reports.id.label("report_id"))
            .join(schema.entries, _E.id == _C.first)
            .outerjoin(schema.reports, reports.report == _E.report).where(chosen)
        )  # fmt: skip
        found = []
        for claim, id_, earliest, latest, precision, content, report in rows:
            extra = msgspec.json.decode(content) if content else {}
            found.append(
                LiveClaim(
                    claim=_decoded(claim), entry=bytes(id_).hex(), known_at=_interval(earliest, latest, precision),
                    grade=extra.get("grade"), series=extra.get("series"), report=report, layer=self.name,
                )
            )  # fmt: skip
        return sorted(found, key=_by_entry)

    def judgements(self, slugs: Iterable[str], clock: Clock) -> list[Judgement]:
        """Judgements that count about these polities."""
        wanted = set(slugs)
        return [one for one in self._whole(Judgement, clock) if one.recognised in wanted]

    def series_of(self, slugs: Iterable[str], clock: Clock) -> list[Series]:
        """Periods of trust about these polities."""
        wanted = set(slugs)
        return [one for one in self._whole(Series, clock) if one.recognised in wanted]

    def originals(self, claims: Iterable[LiveClaim], clock: Clock) -> dict[str, list[Entry]]:
        """For the entry of each claim all entries that count and make the same claim, before any judgement."""
        with reading(self.store.engine) as connection:
            ids = {bytes.fromhex(one.entry) for one in claims}
            alone = {bytes.fromhex(one.entry) for one in claims if one.is_apart}
            number_of: dict[bytes, int] = dict(among(connection, _E.id, ids, _E.claim))
            by_claim: dict[int, list[Entry]] = {}
            for chunk in chunks(sorted(set(number_of.values()))):
                rows = connection.execute(_entry_rows().where(_E.claim.in_(chunk), in_time(clock))).all()
                counting = counting_of(connection, rows, clock)
                for row in rows:
                    if row.sequence in counting:
                        by_claim.setdefault(row.claim, []).append(entry_of(row))
        found = {}
        for id_, number in number_of.items():
            entries = sorted(by_claim.get(number, []), key=lambda entry: entry.id)
            found[id_.hex()] = [e for e in entries if e.id == id_.hex()] if id_ in alone else entries
        return found

    def _whole(self, kind: type[Any], clock: Clock) -> list[Any]:
        """Items of a kind that count."""
        with reading(self.store.engine) as connection:
            rows = connection.execute(
                select(schema.entries).where(schema.is_of_kind(kind.__name__), in_time(clock)).order_by(_E.id)
            ).all()
            counting = counting_of(connection, rows, clock)
        return [item_of(row.kind, row.content) for row in rows if row.sequence in counting]

    def _live(
        self, connection: Connection, claims: dict[int, Claim], clock: Clock, apart: frozenset[str]
    ) -> list[LiveClaim]:
        numbers = [row[1] for row in among(connection, schema.reports.c.id, apart, schema.reports.c.report)]
        chosen = in_time(clock)
        if numbers:
            chosen = and_(chosen, or_(_E.report.is_(None), _E.report.not_in(numbers)))
        found: dict[int, Any] = {row.claim: row for row in _untouched(connection, claims, chosen)}
        touched = [row for chunk in chunks(claims) for row in connection.execute(_touched(chunk, chosen))]
        counting = counting_of(connection, touched, clock)
        for row in touched:
            if row.sequence in counting and (row.claim not in found or _knew(row) < _knew(found[row.claim])):
                found[row.claim] = row
        live = [one for rows in chunks(found.values()) for one in self._told(connection, claims, rows, clock)]
        live += self._apart(connection, claims, numbers, clock)
        return sorted(live, key=_by_entry)

    def _told(
        self, connection: Connection, claims: dict[int, Claim], rows: list[Any], clock: Clock, *, is_apart: bool = False
    ) -> list[LiveClaim]:
        extras = {
            row.sequence: row for row in connection.execute(
                select(_E.sequence, _E.known_precision, _E.content, schema.reports.c.id.label("report_id"))
                .outerjoin(schema.reports, schema.reports.c.report == _E.report)
                .where(_E.sequence.in_([row.sequence for row in rows]))
            )
        }  # fmt: skip
        found = []
        for row in rows:
            extra = extras[row.sequence]
            content = msgspec.json.decode(extra.content) if extra.content else {}
            found.append(
                LiveClaim(
                    claim=claims[row.claim], entry=bytes(row.id).hex(),
                    known_at=_interval(row.known_earliest, row.known_latest, extra.known_precision),
                    is_known=clock.known is None or row.known_latest <= clock.known.toordinal(),
                    grade=content.get("grade"), series=content.get("series"), report=extra.report_id, layer=self.name,
                    is_apart=is_apart,
                )
            )  # fmt: skip
        return found

    def _apart(
        self, connection: Connection, claims: dict[int, Claim], numbers: list[int], clock: Clock
    ) -> list[LiveClaim]:
        """Entries of reports that a person set apart, one by one."""
        rows = [
            row for chunk in chunks(numbers)
            for row in connection.execute(_short().where(_E.report.in_(chunk), _E.kind == "Entry", in_time(clock)))
            if row.claim in claims
        ]  # fmt: skip
        counting = counting_of(connection, rows, clock)
        kept = [row for row in rows if row.sequence in counting]
        return [one for part in chunks(kept) for one in self._told(connection, claims, part, clock, is_apart=True)]


def item_of(kind: str, content: str) -> Item:
    """A whole item from its stored form."""
    from dejure.ledger.entries import WHOLE_ITEMS

    return msgspec.json.decode(content, type=WHOLE_ITEMS[kind])


def entry_of(row: Any) -> Entry:
    """An entry from a row of `_entry_rows`."""
    extra = msgspec.json.decode(row.content) if row.content else {}
    words = msgspec.json.decode(row.evidence_content, type=Evidence) if row.evidence_content else None
    return Entry(
        supersedes=tuple(extra.get("supersedes", ())), claim=msgspec.json.decode(row.claim_content, type=Claim),
        known_at=_interval(row.known_earliest, row.known_latest, row.known_precision),
        known_assumed=bool(row.known_assumed), recorder=msgspec.json.decode(row.recorder_content, type=Recorder),
        report=msgspec.json.decode(row.report_content, type=SourceReport) if row.report_content else None,
        evidence=words, evidence_hash=bytes(row.evidence).hex() if row.evidence else None, confidence=row.confidence,
        series=extra.get("series"), grade=extra.get("grade"), note=extra.get("note"),
    )  # fmt: skip


def superseded_ids(store: Store) -> frozenset[bytes]:
    """Ids of all entries that no longer count."""
    clock = Clock(on=dt.date.max)
    with reading(store.engine) as connection:
        rows = connection.execute(_short().where(_E.touched == 1)).all()
        counting = counting_of(connection, rows, clock)
    return frozenset(bytes(row.id) for row in rows if row.sequence not in counting)


def entry_rows() -> Select[Any]:
    """Entries with all that belongs to them."""
    return _entry_rows()


def _entry_rows() -> Select[Any]:
    return (
        select(
            schema.entries, _C.content.label("claim_content"), _C.hash.label("claim_hash"),
            schema.reports.c.content.label("report_content"), schema.reports.c.hash.label("report_hash"),
            schema.recorders.c.content.label("recorder_content"), schema.recorders.c.hash.label("recorder_hash"),
            schema.evidence.c.content.label("evidence_content"), schema.evidence.c.redacted_by,
        )
        .join(schema.claims, _C.claim == _E.claim)
        .join(schema.recorders, schema.recorders.c.recorder == _E.recorder)
        .outerjoin(schema.reports, schema.reports.c.report == _E.report)
        .outerjoin(schema.evidence, schema.evidence.c.hash == _E.evidence)
        .where(_E.kind == "Entry")
    )  # fmt: skip


@lru_cache(maxsize=65_536)
def _interval(earliest: int, latest: int, precision: str) -> Interval:
    return Interval(
        earliest=dt.date.fromordinal(earliest) if earliest > 0 else None,
        latest=dt.date.fromordinal(latest) if latest < schema.NEVER else None,
        precision=precision,  # type: ignore[arg-type]
    )


def _short() -> Select[Any]:
    return select(_E.sequence, _E.id, _E.claim, _E.report, _E.known_earliest, _E.known_latest, _E.kind, _E.touched)


def _claims(connection: Connection, chosen: Any) -> dict[int, Claim]:
    rows = connection.execute(select(_C.claim, _C.content).where(chosen))
    return {row[0]: _decoded(row[1]) for row in rows}


@lru_cache(maxsize=200_000)
def _decoded(content: str) -> Claim:
    return msgspec.json.decode(content, type=Claim)


def _by_entry(live: LiveClaim) -> tuple[str, str]:
    return (live.entry, live.report or "")


def _knew(row: Any) -> tuple[int, bytes]:
    """What orders the entries of a claim: who made it known first; among equals the id, whichever came in first."""
    return (row.known_latest, bytes(row.id))


def _untouched(connection: Connection, claims: Iterable[int], chosen: Any) -> Iterator[Any]:
    """Of each claim the entry that made it known first, among those that nothing bears on."""
    free = _E.touched == 0
    as_text = func.hex(_E.id) if connection.dialect.name == "sqlite" else func.encode(_E.id, "hex")
    for chunk in chunks(claims):
        first = (
            select(_E.claim, func.min(_E.known_latest).label("known_latest"))
            .where(_E.claim.in_(chunk), free, chosen).group_by(_E.claim).subquery()
        )  # fmt: skip
        ids = connection.execute(
            select(func.min(as_text))
            .join(first, and_(_E.claim == first.c.claim, _E.known_latest == first.c.known_latest))
            .where(free, chosen).group_by(_E.claim)
        ).scalars()  # fmt: skip
        for part in chunks([bytes.fromhex(id_) for id_ in ids]):
            yield from connection.execute(_short().where(_E.id.in_(part)))


def _touched(chunk: list[int], chosen: Any) -> Select[Any]:
    return _short().where(_E.claim.in_(chunk), _E.touched == 1, chosen)
