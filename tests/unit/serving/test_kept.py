"""Answers that are kept."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from dejure.serving.kept import Kept, KeptAnswers

KOSOVO, PALESTINE = frozenset({"kosovo"}), frozenset({"palestine"})


class Made:
    """Counts how often an answer is made."""

    def __init__(self, slugs: frozenset[str] | None = KOSOVO, weight: int = 1, seconds: float = 0.0) -> None:
        self.number = 0
        self._given = (weight, slugs)
        self._seconds = seconds

    def __call__(self) -> Kept:
        self.number += 1
        made = self.number
        time.sleep(self._seconds)
        return Kept(made, *self._given)


def test_an_answer_is_kept_until_its_polity_is_touched() -> None:
    kept, made = KeptAnswers(10), Made()
    assert [kept.get("a", made) for _ in range(3)] == [1, 1, 1]
    kept.forget(PALESTINE)
    assert kept.get("a", made) == 1
    kept.forget(KOSOVO | PALESTINE)
    assert kept.get("a", made) == 2
    kept.forget(None)
    assert kept.get("a", made) == 3


def test_what_hangs_on_everything_goes_with_every_step() -> None:
    kept, all_of_it, nothing = KeptAnswers(10), Made(None), Made(frozenset())
    kept.get("all", all_of_it), kept.get("none", nothing)
    kept.forget(frozenset())
    assert (kept.get("all", all_of_it), kept.get("none", nothing)) == (2, 1)


def test_no_more_is_kept_than_the_limit() -> None:
    kept = KeptAnswers(10)
    for number in range(50):
        kept.get(number, Made(weight=3))
    assert (len(kept), kept.weight) == (3, 9)
    kept.get("heavy", Made(weight=11))
    assert len(kept) == 3
    assert KeptAnswers(0).get("a", Made()) == 1


def test_what_is_asked_by_many_is_made_once() -> None:
    kept, made = KeptAnswers(10), Made(seconds=0.1)
    with ThreadPoolExecutor(8) as threads:
        assert set(threads.map(lambda _: kept.get("a", made), range(8))) == {1}


def test_who_asks_after_a_step_is_not_told_what_was_begun_before_it() -> None:
    kept = KeptAnswers(10)
    begun, go_on = threading.Event(), threading.Event()

    def slow() -> Kept:
        begun.set()
        assert go_on.wait(10)
        return Kept("old", 1, KOSOVO)

    with ThreadPoolExecutor(2) as threads:
        first = threads.submit(kept.get, "a", slow)
        assert begun.wait(10)
        kept.forget(KOSOVO)
        second = threads.submit(kept.get, "a", lambda: Kept("new", 1, KOSOVO))
        go_on.set()
        assert (first.result(10), second.result(10)) == ("old", "new")
    assert kept.get("a", Made()) == "new"


def test_a_failure_is_told_and_not_kept() -> None:
    kept = KeptAnswers(10)

    def fail() -> Kept:
        raise ValueError("no")

    for _ in range(2):
        with pytest.raises(ValueError, match="no"):
            kept.get("a", fail)
    assert kept.get("a", Made()) == 1
