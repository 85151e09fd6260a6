"""Texts made to take long: names over and over."""

from __future__ import annotations

from effort import calls_of

import dejure

ONE_NAME, NO_END = "Russia recognised ", 300


def test_four_times_the_names_take_little_more_than_four_times_the_effort() -> None:
    short, long = ONE_NAME * NO_END, ONE_NAME * NO_END * 4
    dejure.read(short, published="2020-01-01")
    few = calls_of(lambda: dejure.read(short, published="2020-01-01"))
    many = calls_of(lambda: dejure.read(long, published="2020-01-01"))
    assert many < few * 5.5
