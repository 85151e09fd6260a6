"""How parties are marked among the word pieces."""

from __future__ import annotations

import numpy as np
import pytest

from dejure.models.encoder_run import Tags, mark_pieces, padded

# "Rome sent Malta rice", a piece a word
OFFSETS = [(0, 4), (5, 9), (10, 15), (16, 20)]
IDS = [2000, 2001, 2002, 2003]


def test_marks_stand_around_the_parties() -> None:
    found = mark_pieces(IDS, OFFSETS, (0, 4), (10, 15))
    assert found.ids == (101, 1, 2000, 2, 2001, 3, 2002, 4, 2003, 102)
    assert (found.actor, found.recipient) == (1, 5)


def test_a_party_that_is_not_there_is_the_start() -> None:
    found = mark_pieces(IDS, OFFSETS, None, (10, 15))
    assert (found.actor, found.recipient) == (0, 3)
    assert mark_pieces(IDS, OFFSETS, None, None).ids == (101, *IDS, 102)


def test_nested_parties_close_in_the_order_they_opened_reversed() -> None:
    assert mark_pieces(IDS, OFFSETS, (0, 15), (10, 15)).ids == (101, 1, 2000, 2001, 3, 2002, 4, 2, 2003, 102)


def test_a_long_sentence_is_cut_and_its_lost_party_is_the_start() -> None:
    found = mark_pieces([2000] * 400, [(i, i + 1) for i in range(400)], (0, 1), (390, 391))
    assert len(found.ids) == 160
    assert found.ids[-1] == 102
    assert (found.actor, found.recipient) == (1, 0)


def test_rows_are_filled_up_to_the_longest() -> None:
    inputs = padded([mark_pieces(IDS, OFFSETS, None, None), mark_pieces(IDS[:1], OFFSETS[:1], None, None)])
    assert inputs["ids"].shape == (2, 6)
    assert inputs["mask"].sum(axis=1).tolist() == [6, 3]


def test_a_word_tells_what_its_first_piece_tells() -> None:
    shares = np.array([[0.9, 0.1], [0.2, 0.8], [1.0, 0.0]], dtype=np.float32)
    tags = Tags(((0, 4), (5, 8), (8, 11)), ("NONE", "AID"), shares)
    assert tags.at(5, 11)["AID"] == pytest.approx(0.8)
    assert tags.at(0, 4)["NONE"] == pytest.approx(0.9)


def test_a_word_that_was_cut_off_tells_nothing() -> None:
    tags = Tags(((0, 4), (5, 8)), ("NONE", "AID"), np.array([[0.1, 0.9]], dtype=np.float32))
    assert tags.at(5, 8) == {"NONE": 1.0, "AID": 0.0}
