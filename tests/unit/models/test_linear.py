"""The linear head: its probabilities, its file, its card."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dejure.errors import ModelError
from dejure.models import linear
from dejure.models.linear import LinearHead, read_weights, write_card

HEAD = LinearHead(
    ("AID", "REJECT"), {"bias": 0, "word:send": 1, "word:no": 2},
    np.array([[0, 0], [2, -1], [-1, 3]], dtype=np.float32), 1.0,
)  # fmt: skip


def test_known_features_decide_and_unknown_ones_count_for_nothing() -> None:
    assert HEAD.probabilities({"word:send": 1}).argmax() == 0
    assert HEAD.probabilities({"word:no": 1}).argmax() == 1
    assert HEAD.probabilities({"word:no": 1, "never seen": 9}) == pytest.approx(HEAD.probabilities({"word:no": 1}))
    assert HEAD.probabilities({"never seen": 1}) == pytest.approx([0.5, 0.5])


@given(st.dictionaries(st.sampled_from(sorted(HEAD.rows)), st.floats(-50, 50, width=32)))
def test_probabilities_sum_to_one(features: dict[str, float]) -> None:
    found = HEAD.probabilities(features)
    assert found.sum() == pytest.approx(1, abs=1e-5)
    assert (found >= 0).all()


def test_a_head_survives_its_file() -> None:
    again = LinearHead.from_bytes(HEAD.to_bytes())
    assert (again.classes, dict(again.rows), again.temperature) == (HEAD.classes, dict(HEAD.rows), 1.0)
    assert (again.weights == HEAD.weights).all()
    assert HEAD.to_bytes() == HEAD.to_bytes()


def test_weights_that_are_not_those_of_their_card_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(linear, "_data", lambda name: tmp_path / name)
    write_card(tmp_path, "head.npz", HEAD.to_bytes(), {"licence": "Apache-2.0"})
    assert read_weights("head.npz") == HEAD.to_bytes()
    (tmp_path / "head.npz").write_bytes(b"other")
    with pytest.raises(ModelError, match="card"):
        read_weights("head.npz")
    with pytest.raises(ModelError, match="missing"):
        read_weights("none.npz")


def test_the_shipped_head_has_a_card_that_says_how_to_train_it_again() -> None:
    card = linear.read_card("types_base.npz")
    assert {"sha256", "licence", "trained_on", "train_again", "scores"} <= set(card)
    assert len(LinearHead.from_bytes(read_weights("types_base.npz")).classes) == 16
    assert json.dumps(card)
