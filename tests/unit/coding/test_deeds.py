"""Deeds by the trained heads, beside those of the lexicon; and that the heads are kept as they were trained."""

from __future__ import annotations

import numpy as np
import pytest
from newsroom import events, read

import dejure
from dejure.coding.deed_model import DeedModel
from dejure.coding.word_classes import classes_of
from dejure.errors import SettingsError
from dejure.models.head_training import fit_chance, fit_classes, fit_lists
from dejure.reading.language import Token
from dejure.settings import Settings


@pytest.mark.parametrize(
    "text",
    [
        "The river in Peru froze in the night.",
        "Peru beat Chile 2-1 in the final on Saturday.",
        "The recipe asks for two eggs and a cup of flour.",
    ],
)
def test_a_sentence_that_tells_no_event_gives_none(text: str) -> None:
    assert events(read(text)) == set()


def test_a_deed_is_told_once_by_rule_or_by_model() -> None:
    assert events(read("Chile launched an attack on Peru.")) == {"CHL ASSAULT PER"}


def test_what_the_rules_tell_stands() -> None:
    found = events(read("Chile condemned Peru on Monday. Bolivia released three Chilean soldiers on Tuesday."))
    assert {"CHL ACCUSE PER", "BOL RETREAT CHL"} <= found


def test_the_same_text_gives_the_same_events() -> None:
    text = "Gunmen in Lima clubbed a prosecutor outside the court on Monday."
    assert read(text).events == read(text).events


def test_what_a_party_does_to_another_of_its_own_state_keeps_both() -> None:
    found = read("Chile's president dismissed the Chilean finance minister on Monday.").events
    assert all(one.actor and {e.start for e in one.actor}.isdisjoint({e.start for e in one.recipient}) for one in found)


def test_every_event_is_at_least_as_sure_as_is_asked() -> None:
    text = "Peru's army shelled a border post of Ecuador on Friday. Lima promised to rebuild a school nearby."
    found = read(text).events
    assert found
    assert min(one.confidence for one in found) >= 0.15


def _word(lemma: str, pos: str) -> Token:
    return Token(0, 0, lemma, lemma, pos, "", "ROOT", 0)


def test_a_verb_outside_the_corpus_is_known_by_its_class() -> None:
    words = {"doxx": "verb", "waterboard": "verb", "cordon": "noun"}
    for lemma, pos in words.items():
        assert classes_of(_word(lemma, pos.upper())), lemma
    assert classes_of(_word("apple", "NOUN")) == ()


def test_heads_survive_being_kept() -> None:
    model = DeedModel.load()
    again = DeedModel.from_bytes(model.to_bytes(), model.vectors)
    features = {"lemma:attack|verb": 1.0, "type:ASSAULT|verb": 1.0, "rule:ASSAULT": 1.0}
    numbers = model.vectors.of_groups([["attack"], [], ["town"], [], ["troop"], [], ["town"]])
    assert again.deed.shares(features, numbers) == model.deed.shares(features, numbers)
    assert sum(model.deed.shares(features, numbers).values()) == pytest.approx(1.0)


def test_a_word_unknown_to_the_vectors_counts_for_nothing() -> None:
    vectors = DeedModel.load().vectors
    assert not vectors.mean(["xyzzyx"]).any()
    assert np.array_equal(vectors.mean(["attack", "xyzzyx"]), vectors.mean(["attack"]))


def test_words_of_like_meaning_lie_near() -> None:
    def near(one: str, two: str) -> float:
        a, b = vectors.mean([one]), vectors.mean([two])
        return float(a @ b / np.linalg.norm(a) / np.linalg.norm(b))

    vectors = DeedModel.load().vectors
    assert near("bomb", "shell") > near("bomb", "praise")
    assert near("arrest", "detain") > near("arrest", "donate")


def test_events_below_the_least_confidence_are_left_out() -> None:
    text = "Chile condemned Peru on Monday. Chilean troops attacked Peruvian soldiers on Tuesday."
    whole = dejure.read(text, published="2024-01-02")
    middle = sorted(one.confidence for one in whole.events)[-1]
    fewer = dejure.read(text, published="2024-01-02", settings=Settings(least_confidence=middle))
    assert fewer.events == tuple(one for one in whole.events if one.confidence >= middle)
    assert not dejure.read(text, settings=Settings(least_confidence=1.0)).events


def test_a_least_confidence_out_of_bounds_is_told() -> None:
    with pytest.raises(SettingsError, match="from 0 to 1"):
        Settings(least_confidence=1.5)
    with pytest.raises(SettingsError, match="must be a number"):
        Settings.from_environment({"DEJURE_LEAST_CONFIDENCE": "high"})


class TestFitting:
    def test_the_right_member_of_each_list_comes_out_ahead(self) -> None:
        pytest.importorskip("scipy")
        examples = [{"good": 1.0}, {"bad": 1.0}, {"bad": 1.0}, {"bad": 1.0}, {"good": 1.0}]
        numbers = np.zeros((5, 0), dtype=np.float32)
        _, rows, weights, _, _ = fit_lists(examples, numbers, [0, 0, 0, 1, 1], [True, False, False, False, True], 0.1)
        assert weights[rows["good"], 0] > weights[rows["bad"], 0]

    def test_classes_and_chances_follow_their_features(self) -> None:
        pytest.importorskip("sklearn")
        examples = [{"a": 1.0}, {"a": 1.0}, {"b": 1.0}, {"b": 1.0}, {"c": 1.0}, {"c": 1.0}]
        numbers = np.zeros((6, 0), dtype=np.float32)
        classes, rows, weights, _, _ = fit_classes(examples, numbers, ["x", "x", "y", "y", "z", "z"], 10.0)
        assert [classes[int(weights[rows[name]].argmax())] for name in "abc"] == ["x", "y", "z"]
        _, rows, weights, _, _ = fit_chance(examples, numbers, [True, True, False, False, False, False], 10.0,
                                            balanced=True)  # fmt: skip
        assert weights[rows["a"], 0] > 0 > weights[rows["b"], 0]
