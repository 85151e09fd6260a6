"""Model `full` reads reports: rules and heads as in `base`, and the encoder."""

from __future__ import annotations

import pytest

import dejure
from dejure.coding.deed_model import SURENESS, weights_read
from dejure.models.encoder_run import ENCODER_WEIGHTS
from dejure.settings import Settings

pytest.importorskip("onnxruntime")

TEXT = (
    "Ankara dispatches field hospital to Beirut\n"
    "BEIRUT, May 3 - Turkey sent a field hospital to Lebanon on Monday. "
    "Lebanese police arrested four protesters in Tripoli."
)


def _read(text: str = TEXT) -> dejure.Coding:
    return dejure.read(text, published="2021-05-04", settings=Settings(model="full"))


def test_full_reads_and_names_its_weights() -> None:
    coding = _read()
    assert coding.coder.model == "full"
    assert coding.coder.models[ENCODER_WEIGHTS] == weights_read("full")[ENCODER_WEIGHTS]
    assert {"AID", "COERCE"} <= {event.event_type for event in coding.events}


def test_full_reads_the_same_twice() -> None:
    assert _read().to_dict() == _read().to_dict()


def test_base_does_not_name_the_encoder() -> None:
    assert ENCODER_WEIGHTS not in weights_read()
    assert SURENESS not in weights_read()


def test_acts_are_the_same_in_both_models() -> None:
    text = "PRISTINA, Feb. 18 - France recognised Kosovo on Monday, its foreign ministry said."
    codings = [
        dejure.read(text, published="2008-02-19", settings=Settings(model=model)) for model in ("base", "full")
    ]  # fmt: skip
    assert [act.act for act in codings[0].recognition] == ["recognise"]
    assert codings[0].recognition == codings[1].recognition
