"""The shipped tables hang together: slugs, dates, codes, roles, hashes."""

from __future__ import annotations

import datetime as dt
import hashlib
import tomllib
from importlib import resources

import pytest

from dejure.errors import ReferenceTableError
from dejure.reference.ontology import load_ontology
from dejure.reference.tables import (
    Validity,
    load_organisations,
    load_people,
    load_polities,
    load_roles,
    read_table,
    reference_hash,
)

DATA = resources.files("dejure.reference").joinpath("data")


def test_a_missing_table() -> None:
    with pytest.raises(ReferenceTableError, match="missing"):
        list(read_table("nothing.csv"))


@pytest.mark.parametrize(
    "slug",
    """kosovo palestine israel somaliland sahrawi-republic abkhazia south-ossetia south-sudan northern-cyprus
    transnistria donetsk-peoples-republic ukraine south-vietnam el-salvador afghanistan-islamic-emirate
    afghanistan-islamic-emirate-1996 venezuela-guaido venezuela-maduro syria-transitional-government china-prc
    taiwan-roc""".split(),
)
def test_the_slugs_of_the_records_are_there(slug: str) -> None:
    assert slug in load_polities()


@pytest.mark.parametrize(
    ("slug", "actor", "capacity"),
    [
        ("kosovo", "XKX", "state"),
        ("palestine", "PSE", "state"),
        ("taiwan-roc", "TWN", "state"),
        ("china-prc", "CHN", "government"),
        ("israel", "ISR", "state"),
        ("afghanistan-islamic-emirate", "afghanistan-islamic-emirate", "government"),
        ("syria-transitional-government", "SYR", "government"),
        ("venezuela-guaido", "venezuela-guaido", "government"),
        ("somaliland", "somaliland", "state"),
        ("abkhazia", "abkhazia", "state"),
    ],
)
def test_actor_id_and_capacity(slug: str, actor: str, capacity: str) -> None:
    polity = load_polities()[slug]
    assert (polity.actor_id, polity.capacity) == (actor, capacity)


def test_polities() -> None:
    polities = load_polities()
    for slug, polity in polities.items():
        assert slug == polity.slug == slug.lower()
        assert polity.name
        assert polity.parent is None or polity.parent in polities, slug
        assert polity.iso3 is None or (len(polity.iso3) == 3 and polity.iso3.isupper()), slug
        is_code = len(polity.actor_id) == 3 and polity.actor_id.isupper()
        assert polity.actor_id == slug or is_code or polity.actor_id in load_organisations(), slug
        start, end = polity.validity.start, polity.validity.end
        assert start is None or end is None or start <= end, slug


def test_every_name_has_a_target() -> None:
    polities, organisations = load_polities(), load_organisations()
    for row in read_table("names.csv"):
        assert row["target"] in polities, row
        assert row["name"].strip() == row["name"]
        assert row["name"]
    for row in read_table("organisation_names.csv"):
        assert row["target"] in organisations, row


def test_every_polity_has_an_english_name() -> None:
    named = {row["target"] for row in read_table("names.csv") if row["lang"] == "en"}
    assert set(load_polities()) <= named


def test_organisations_and_their_members() -> None:
    organisations, polities = load_organisations(), load_polities()
    sectors = set(load_ontology().sectors)
    for one in organisations.values():
        assert set(one.sectors) <= sectors, one.id
    for club in ("UN", "EU", "AU", "NATO", "OIC", "ECOWAS"):
        assert organisations[club].is_states_club
    for row in read_table("organisation_members.csv"):
        assert row["organisation"] in organisations, row
        assert row["polity"] in polities or row["polity"] in organisations, row


def test_people() -> None:
    polities, organisations = load_polities(), load_organisations()
    for person in load_people():
        assert person.polity in polities or person.polity in organisations, person
        start, end = person.validity.start, person.validity.end
        assert start is None or end is None or start <= end, person


def test_roles() -> None:
    sectors = set(load_ontology().sectors)
    roles = load_roles()
    assert roles["foreign minister"].acts_for == "state"
    assert roles["parliament"].acts_for == "organ"
    assert roles["academics"].acts_for == "none"
    for role in roles.values():
        assert role.phrase == role.phrase.lower()
        assert set(role.sectors) <= sectors
        assert role.kind in {"office", "body", "group", "unit", "source"}


def test_every_table_has_origin_licence_and_hash() -> None:
    sources = tomllib.loads(DATA.joinpath("SOURCES.toml").read_text(encoding="utf-8"))
    files = {one.name for one in DATA.iterdir() if one.name.endswith((".csv", ".csv.gz", ".toml"))} - {"SOURCES.toml"}
    assert set(sources) == files
    for name, told in sources.items():
        assert told["origin"]
        assert told["licence"]
        assert told["sha256"] == hashlib.sha256(DATA.joinpath(name).read_bytes()).hexdigest(), name


def test_the_hash_of_all_tables_is_stable() -> None:
    assert reference_hash() == reference_hash()
    assert len(reference_hash()) == 64


class TestValidity:
    spell = Validity(dt.date(1996, 9, 27), dt.date(2001, 12, 7))

    @pytest.mark.parametrize(
        ("date", "holds", "days"),
        [
            (dt.date(1996, 9, 26), False, 1),
            (dt.date(1996, 9, 27), True, 0),
            (dt.date(2001, 12, 7), True, 0),
            (dt.date(2001, 12, 9), False, 2),
        ],
    )
    def test_bounds_are_included(self, date: dt.date, holds: bool, days: int) -> None:
        assert self.spell.holds_on(date) == holds
        assert self.spell.distance_days(date) == days

    def test_an_unknown_day_is_now(self) -> None:
        assert not self.spell.holds_on(None)
        assert Validity(dt.date(1996, 9, 27), None).holds_on(None)

    def test_open_bounds(self) -> None:
        assert Validity(None, None).holds_on(dt.date(1, 1, 1))
        assert Validity(None, dt.date(2000, 1, 1)).distance_days(dt.date(2000, 1, 3)) == 2
        assert Validity(dt.date(2000, 1, 1), None).distance_days(dt.date(2020, 1, 3)) == 0


def test_no_organisation_has_the_code_of_a_state() -> None:
    # SWAPO is one and the same, as a movement and as the government that the United Nations took it for.
    codes = {p.iso3 for p in load_polities().values()} | {p.actor_id for p in load_polities().values()}
    assert set(load_organisations()) & codes == {"SWAPO"}
