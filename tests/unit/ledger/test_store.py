"""The store on both engines: what is refused, what is kept, what a damaged ledger shows."""

from __future__ import annotations

import datetime as dt
import itertools
import os
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from ledger_items import act, coded, day, judged
from sqlalchemy import delete, insert, update

from dejure import (
    BadEntry,
    LedgerDamaged,
    LedgerError,
    LedgerFull,
    LedgerLocked,
    LedgerMissing,
    LedgerReadOnly,
    LedgerTooNew,
)
from dejure.ledger import schema
from dejure.ledger.backup import backup, restore
from dejure.ledger.engines import writing
from dejure.ledger.integrity import checkpoint, read_checkpoint, verify
from dejure.ledger.ledger import Ledger
from dejure.ledger.live import Clock
from dejure.ledger.redaction import redact
from dejure.ledger.store import Store, moment
from dejure.ledger.store_layer import StoreLayer

NewLocation = Callable[[], str]
NOW = Clock(on=dt.date(2025, 1, 1))


def claims(store: Store, clock: Clock = NOW, slug: str = "kosovo") -> list[str]:
    return [one.entry for one in StoreLayer(store).claims_on([slug], clock)]


class TestAppend:
    def test_the_same_content_is_the_same_entry(self, store: Store) -> None:
        assert act("FRA", "kosovo").id == act("FRA", "kosovo").id
        assert act("FRA", "kosovo").id != act("FRA", "kosovo", report="r2").id
        assert store.append([act("FRA", "kosovo"), act("FRA", "kosovo")]) == 1
        assert store.append([act("FRA", "kosovo")]) == 0

    def test_instants_strictly_increase(self, store: Store) -> None:
        store.append(act("FRA", "kosovo", note=str(number)) for number in range(50))
        with store.engine.connect() as connection:
            instants = list(connection.execute(schema.entries.select().order_by(schema.entries.c.sequence)))
        assert all(one.recorded_at < other.recorded_at for one, other in itertools.pairwise(instants))
        assert moment(instants[0].recorded_at).tzinfo is not None

    def test_a_failed_batch_leaves_nothing(self, store: Store) -> None:
        class Broken:
            id = "zz"

        with pytest.raises(ValueError, match="non-hexadecimal"):
            store.append([act("FRA", "kosovo"), Broken()])  # type: ignore[list-item]
        assert checkpoint(store).count == 0
        assert store.append([act("FRA", "kosovo")]) == 1
        assert verify(store).is_whole


class TestSuperseding:
    def test_a_better_coding_takes_the_place_of_the_older(self, store: Store) -> None:
        wrong, right = act("FRA", "kosovo", date="2010-06-01"), act("FRA", "kosovo", date="2010-06-02")
        store.append([wrong, coded("r1", "0.9", wrong)])
        assert claims(store) == [wrong.id]
        store.append([right, coded("r1", "0.10", right)])
        assert claims(store) == [right.id]
        before = Clock(on=NOW.on, recorded=_instant_of(store, 2))
        assert claims(store, before) == [wrong.id]

    def test_an_older_coding_that_comes_later_changes_nothing(self, store: Store) -> None:
        wrong, right = act("FRA", "kosovo", date="2010-06-01"), act("FRA", "kosovo", date="2010-06-02")
        store.append([right, coded("r1", "0.10", right)])
        store.append([wrong, coded("r1", "0.9", wrong)])
        assert claims(store) == [right.id]

    def test_a_coding_that_finds_nothing_takes_back_what_was_found(self, store: Store) -> None:
        wrong = act("FRA", "kosovo")
        store.append([coded("r1", "2")])
        store.append([wrong, coded("r1", "1", wrong)])
        assert claims(store) == []

    def test_known_and_recorded_are_other_clocks(self, store: Store) -> None:
        store.append([act("FRA", "kosovo", date="2010-06-01", known="2015-01-01")])
        assert claims(store, Clock(on=day("2012-01-01"))) != []
        assert claims(store, Clock(on=day("2012-01-01"), known=day("2012-01-01"))) == []
        assert claims(store, Clock(on=day("2012-01-01"), known=day("2015-01-01"))) != []
        assert claims(store, Clock(on=day("2012-01-01"), recorded=dt.datetime(2020, 1, 1, tzinfo=dt.UTC))) == []

    def test_versions_in_the_order_of_people(self) -> None:
        ordered = ["0.9", "0.10.dev1", "0.10", "0.10.0", "0.10.1", "1"]
        mixed = ["1", "0.10", "0.9", "0.10.1", "0.10.dev1", "0.10.0"]
        assert sorted(mixed, key=lambda version: coded("r", version).rank) == ordered


class TestIntegrity:
    def test_whatever_is_changed_shows(self, new_location: NewLocation) -> None:
        entries, words, reports = schema.entries, schema.evidence, schema.claims
        changes = [
            update(entries).where(entries.c.sequence == 2).values(known_latest=700_000),
            update(entries).where(entries.c.sequence == 2).values(id=b"0" * 16),
            update(words).values(content='{"quote":"other"}'),
            update(words).values(content=None),
            update(reports).values(content='{"act":"withdraw"}'),
            delete(entries).where(entries.c.sequence == 2),
        ]
        for change in changes:
            with Store(new_location(), create=True) as store:
                store.append([act("FRA", "kosovo"), act("BRA", "kosovo"), act("KEN", "kosovo")])
                assert verify(store).is_whole
                with writing(store.engine) as connection:
                    connection.execute(change)
                assert not verify(store).is_whole, change

    def test_a_lost_tail_shows_against_a_checkpoint(self, store: Store, tmp_path: Path) -> None:
        store.append([act("FRA", "kosovo"), act("BRA", "kosovo")])
        noted = checkpoint(store)
        with writing(store.engine) as connection:
            connection.execute(delete(schema.entries).where(schema.entries.c.sequence == 2))
        assert verify(store).is_whole
        assert "the tail is lost" in verify(store, noted).problems[0]
        with pytest.raises(BadEntry):
            read_checkpoint(tmp_path / "none")

    def test_more_after_a_checkpoint_is_no_loss(self, store: Store) -> None:
        store.append([act("FRA", "kosovo")])
        noted = checkpoint(store)
        store.append([act("BRA", "kosovo")])
        assert verify(store, noted).is_whole


class TestRedaction:
    def test_the_words_go_and_the_chain_stays(self, store: Store) -> None:
        secret = act("FRA", "kosovo", quote="a name that must not be here")
        store.append([secret, act("BRA", "kosovo")])
        before = claims(store)
        redact(store, [secret.id[:10]], person="A. Person", reason="court order")
        found = verify(store)
        assert (found.is_whole, found.redacted) == (True, 1)
        assert claims(store) == before
        if store.engine.dialect.name == "sqlite":
            everything = b"".join(path.read_bytes() for path in Path(store.location).parent.glob("*.ledger*"))
            assert b"must not be here" not in everything

    def test_it_needs_a_person_and_something_to_take(self, store: Store) -> None:
        store.append([act("FRA", "kosovo")])
        for given in ({"entries": ["f" * 32]}, {"entries": ["abc"]}, {"reports": ["none"]}, {}):
            with pytest.raises(BadEntry):
                redact(store, person="A. Person", reason="why", **given)
        with pytest.raises(BadEntry):
            redact(store, [act("FRA", "kosovo").id], person="", reason="")

    def test_redacted_words_do_not_come_back_with_the_same_entry(self, store: Store) -> None:
        secret = act("FRA", "kosovo", quote="gone")
        store.append([secret])
        redact(store, reports=["r1"], person="A. Person", reason="why")
        store.append([secret, act("FRA", "kosovo", quote="gone", report="r9")])
        assert verify(store).redacted == 1


class TestBackup:
    def test_it_comes_back_as_it_was(self, new_location: NewLocation, tmp_path: Path) -> None:
        file = tmp_path / "backup"
        with Store(new_location(), create=True) as store:
            store.append([act("FRA", "kosovo"), coded("r1", "1"), judged("confirm", act("FRA", "kosovo"))])
            redact(store, reports=["r1"], person="A. Person", reason="why")
            assert backup(store, file) == checkpoint(store)
            before, found = claims(store), verify(store)
        target = new_location()
        restore(file, target)
        with Store(target) as again:
            assert (claims(again), verify(again)) == (before, found)
            assert again.append([act("BRA", "kosovo")]) == 1
        with pytest.raises(BadEntry, match="not empty"):
            restore(file, target)

    def test_a_cut_off_backup_leaves_an_empty_ledger(self, new_location: NewLocation, tmp_path: Path) -> None:
        file = tmp_path / "backup"
        with Store(new_location(), create=True) as store:
            store.append([act("FRA", "kosovo", note=str(n), quote=str(n)) for n in range(200)])
            backup(store, file)
        file.write_bytes(file.read_bytes()[:-500])
        target = new_location()
        with pytest.raises(LedgerDamaged):
            restore(file, target)
        with Store(target) as again:
            assert checkpoint(again).count == 0

    def test_a_place_that_cannot_be_written(self, store: Store, tmp_path: Path) -> None:
        with pytest.raises(LedgerError):
            backup(store, tmp_path / "no" / "folder")


class TestBadPlaces:
    def test_a_later_schema_is_refused(self, new_location: NewLocation) -> None:
        location = new_location()
        with Store(location, create=True) as store, writing(store.engine) as connection:
            connection.execute(insert(schema.versions).values(version=schema.SCHEMA_VERSION + 1))
        with pytest.raises(LedgerTooNew, match="install"):
            Store(location)

    def test_nothing_there(self, tmp_path: Path) -> None:
        with pytest.raises(LedgerMissing):
            Store(tmp_path / "none")
        with pytest.raises(LedgerMissing):
            Store(tmp_path / "no" / "folder", create=True)
        with pytest.raises(LedgerError):
            Store("oracle://host/base")

    def test_no_server(self) -> None:
        with pytest.raises(LedgerMissing):
            Store("postgresql://nobody@127.0.0.1:1/none")

    def test_a_file_of_something_else(self, tmp_path: Path) -> None:
        path = tmp_path / "text"
        path.write_text("no database\n" * 100)
        with pytest.raises(LedgerDamaged):
            Store(path)
        other = tmp_path / "other"
        with sqlite3.connect(other) as connection:
            connection.execute("CREATE TABLE mine (x)")
        connection.close()
        with pytest.raises(LedgerDamaged, match="something else"):
            Store(other, create=True)

    def test_a_half_written_file(self, tmp_path: Path) -> None:
        path = tmp_path / "cut"
        with Store(path, create=True) as store:
            store.append([act("FRA", "kosovo", note=str(n), quote="x" * 500 + str(n)) for n in range(300)])
        path.write_bytes(path.read_bytes()[:40_000])
        with pytest.raises(LedgerDamaged), Store(path) as store:
            verify(store)

    def test_locked_by_another(self, tmp_path: Path) -> None:
        path = tmp_path / "ledger"
        with Store(path, create=True, lock_seconds=0.2) as store:
            other = sqlite3.connect(path, isolation_level=None)
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(LedgerLocked):
                store.append([act("FRA", "kosovo")])
            other.execute("ROLLBACK")
            other.close()
            assert store.append([act("FRA", "kosovo")]) == 1

    def test_a_full_disk_loses_nothing(self, tmp_path: Path) -> None:
        with Store(tmp_path / "ledger", create=True) as store:
            store.append([act("FRA", "kosovo")])
            with store.engine.connect() as connection:
                pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
                connection.exec_driver_sql(f"PRAGMA max_page_count={pages + 5}")
            with pytest.raises(LedgerFull, match="make room"):
                store.append([act("BRA", "kosovo", note=str(n), quote="x" * 900 + str(n)) for n in range(500)])
            assert verify(store).count == 1
            with store.engine.connect() as connection:
                connection.exec_driver_sql("PRAGMA max_page_count=1000000")
            assert store.append([act("BRA", "kosovo")]) == 1

    @pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
    def test_a_read_only_file(self, tmp_path: Path) -> None:
        path = tmp_path / "ledger"
        Store(path, create=True).close()
        path.chmod(0o444)
        with Store(path) as store, pytest.raises(LedgerReadOnly):
            store.append([act("FRA", "kosovo")])

    def test_a_database_that_only_reads(self, tmp_path: Path) -> None:
        with Store(tmp_path / "ledger", create=True) as store:
            with store.engine.connect() as connection:
                connection.exec_driver_sql("PRAGMA query_only=ON")
            with pytest.raises(LedgerReadOnly):
                store.append([act("FRA", "kosovo")])

    def test_the_shipped_history_is_read_only(self) -> None:
        with Ledger() as ledger, pytest.raises(LedgerMissing, match="read-only"):
            ledger.append([act("FRA", "kosovo")])


def _instant_of(store: Store, sequence: int) -> dt.datetime:
    with store.engine.connect() as connection:
        table = schema.entries
        return moment(connection.execute(table.select().where(table.c.sequence == sequence)).one().recorded_at)
