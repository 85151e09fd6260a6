"""What a name may stand for, asked of the tables alone."""

from __future__ import annotations

import datetime as dt

import pytest

from dejure.reference.who_is import Candidate, resolve


def ids(name: str, on: dt.date | None = None) -> list[str]:
    """Ids of the candidates, the best first."""
    return [one.id for one in resolve(name, on=on)]


@pytest.mark.parametrize(
    ("name", "best"),
    [
        ("Fiji", "FJI"), ("Fijian", "FJI"), ("Suva", "FJI"), ("Kosovo", "XKX"), ("Palestine", "PSE"),
        ("Taiwan", "TWN"), ("Somaliland", "somaliland"), ("Abkhazia", "abkhazia"), ("African Union", "AU"),
        ("côte d’ivoire", "CIV"), ("Kremlin", "RUS"),
    ],
)  # fmt: skip
def test_the_best_comes_first(name: str, best: str) -> None:
    assert ids(name)[0] == best


@pytest.mark.parametrize("name", ["", "  ", "Quorvia", "Fiji and Samoa", "🇫🇯"])
def test_no_guess_where_nothing_is_known(name: str) -> None:
    assert resolve(name) == ()


def test_the_day_decides_between_governments() -> None:
    def slug(on: dt.date) -> str | None:
        return resolve("Taliban", on=on)[0].slug

    assert slug(dt.date(1998, 1, 1)) == "afghanistan-islamic-emirate-1996"
    assert slug(dt.date(2025, 1, 1)) == "afghanistan-islamic-emirate"


def test_what_does_not_hold_says_how_far_away_it_is() -> None:
    by_slug: dict[str | None, Candidate] = {one.slug: one for one in resolve("Taliban", on=dt.date(2001, 12, 17))}
    first = by_slug["afghanistan-islamic-emirate-1996"]
    assert not first.holds
    assert first.days_away == 10
    assert by_slug["afghanistan-islamic-emirate"].days_away > 7_000


def test_a_person_belongs_to_a_state() -> None:
    best = resolve("William Ruto", on=dt.date(2024, 1, 1))[0]
    assert (best.table, best.country, best.slug, best.name) == ("person", "KEN", "kenya", "William Ruto")


def test_codes_come_with_their_dates() -> None:
    best = resolve("Kosovo")[0]
    assert best.codes
    assert all(code.cow is None or code.cow.isdigit() for code in best.codes)


def test_no_candidate_twice() -> None:
    found = resolve("Taliban")
    assert len({(one.id, one.slug, one.kind, one.valid_from) for one in found}) == len(found)
