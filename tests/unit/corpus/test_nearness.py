"""Nearness by lists of reports is the cosine of lead words less what is usual, near in time and far apart."""

from __future__ import annotations

import array
import datetime as dt
import math
import random

import pytest

from dejure.corpus.lead_words import incident_rules
from dejure.corpus.nearness import Nearness


def _reports(seed: int) -> tuple[list[dt.date | None], list[array.array[int]]]:
    chance = random.Random(seed)
    days = sorted(dt.date(2024, 1, 1) + dt.timedelta(days=chance.randrange(40)) for _ in range(70))
    words = [array.array("Q", sorted(chance.sample(range(60), chance.choice((0, 3, 12, 30))))) for _ in range(80)]
    return [*days, *[None] * 10], words


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_it_is_the_cosine_less_the_larger_mean(seed: int) -> None:
    days, words = _reports(seed)
    near = Nearness(days, words)
    count = max(len(words), incident_rules()["lead"]["least_reports"])

    def cosine(a: int, b: int) -> float:
        return len(set(words[a]) & set(words[b])) / math.sqrt(len(words[a]) * len(words[b]) or 1)

    usual = [sum(cosine(a, b) for b in range(len(words))) / count for a in range(len(words))]
    for a in range(len(words)):
        for b in range(a + 1, len(words)):
            told = near.of(a, b)
            assert told == near.of(b, a)
            assert told == pytest.approx(max(cosine(a, b) - max(usual[a], usual[b]), 0.0), abs=1e-12)


def test_near_later_are_those_within_a_week_that_are_near_enough() -> None:
    days, words = _reports(4)
    near, reach = Nearness(days, words), dt.timedelta(days=incident_rules()["days"]["undated"])
    dated = sum(day is not None for day in days)
    for a in range(dated):
        expected = [
            b for b in range(a + 1, dated)
            if near.of(a, b) >= 0.125 and (days[b] or dt.date.max) - (days[a] or dt.date.max) <= reach
        ]  # fmt: skip
        assert near.near_later(a, 0.125) == expected
