"""A user's own tables over the shipped ones."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from dejure.errors import ReferenceTableError
from dejure.reference.names import load_name_index
from dejure.reference.overlay import overlay_files, overlay_folder, use_overlay
from dejure.reference.tables import load_polities, load_roles, reference_hash


@pytest.fixture(autouse=True)
def _without_overlay() -> Iterator[None]:
    use_overlay(None)
    yield
    use_overlay(None)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A republic of its own and a name for it."""
    (tmp_path / "polities.csv").write_text(
        "slug,name,kind,actor_id,iso3,capacity,contested\nquorvia,Quorvia,contested,quorvia,,state,1\n", "utf-8"
    )
    (tmp_path / "names.csv").write_text("name,lang,kind,target\nQuorvia,en,name,quorvia\n", "utf-8")
    return tmp_path


def targets(text: str) -> list[str]:
    """What the names of a text stand for."""
    return [hit.names[0].target for hit in load_name_index().find(text)]


def test_its_rows_are_added(folder: Path) -> None:
    assert targets("Quorvia and Fiji") == ["fiji"]
    use_overlay(folder)
    assert targets("Quorvia and Fiji") == ["quorvia", "fiji"]
    assert load_polities()["quorvia"].contested
    assert "fiji" in load_polities()


def test_it_can_be_taken_away(folder: Path) -> None:
    before = reference_hash()
    use_overlay(folder)
    assert overlay_folder() == folder
    assert [path.name for path in overlay_files()] == ["names.csv", "polities.csv"]
    assert reference_hash() != before
    use_overlay(None)
    assert overlay_folder() is None
    assert overlay_files() == []
    assert reference_hash() == before
    assert targets("Quorvia") == []


def test_a_row_takes_the_place_of_ours(tmp_path: Path) -> None:
    assert load_roles()["academics"].acts_for == "none"
    (tmp_path / "roles.csv").write_text("phrase,sectors,acts_for,kind\nacademics,EDU,organ,group\n", "utf-8")
    use_overlay(tmp_path)
    assert load_roles()["academics"].acts_for == "organ"


def test_a_byte_order_mark_does_no_harm(tmp_path: Path) -> None:
    (tmp_path / "roles.csv").write_text("phrase,sectors,acts_for,kind\nquorvians,CVL,none,group\n", "utf-8-sig")
    use_overlay(tmp_path)
    assert "quorvians" in load_roles()


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ReferenceTableError, match="no such folder"):
        use_overlay(tmp_path / "none")
    assert overlay_folder() is None


def test_a_folder_without_a_table(tmp_path: Path) -> None:
    with pytest.raises(ReferenceTableError, match="no table that we know"):
        use_overlay(tmp_path)


@pytest.mark.parametrize(
    "table", ["phrase,colour\nquorvians,green\n", "phrase,sectors,acts_for,kind\nquorvians,CVL,none,group,more\n", ""]
)
def test_a_table_that_is_not_like_ours(tmp_path: Path, table: str) -> None:
    (tmp_path / "roles.csv").write_text(table, "utf-8")
    use_overlay(tmp_path)
    with pytest.raises(ReferenceTableError):
        load_roles()
