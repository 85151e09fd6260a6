"""PLOVER as data: types, modes, scores, contexts, sectors."""

from __future__ import annotations

import re

import pytest

from dejure.reference.ontology import load_ontology

TYPES = """AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST ACCUSE REJECT THREATEN PROTEST SANCTION MOBILIZE
COERCE ASSAULT""".split()


def test_sixteen_types_in_four_quads() -> None:
    ontology = load_ontology()
    assert list(ontology.types) == TYPES or set(ontology.types) == set(TYPES)
    assert set(ontology.quads) == {1, 2, 3, 4}
    assert {one.quad for one in ontology.types.values()} == {1, 2, 3, 4}


@pytest.mark.parametrize(
    ("name", "quad", "score"),
    [("AGREE", 1, 2.5), ("AID", 2, 10), ("REQUEST", 3, 0), ("ACCUSE", 3, -3), ("SANCTION", 4, -6), ("ASSAULT", 4, -9)],
)
def test_quads_and_scores(name: str, quad: int, score: float) -> None:
    one = load_ontology().types[name]
    assert (one.quad, one.score) == (quad, score)


@pytest.mark.parametrize(
    ("name", "mode", "score"),
    [
        ("CONSULT", "visit", 4), ("RETREAT", "ceasefire", 7.5), ("COERCE", "cyber", -7), ("ASSAULT", "drone", -9.5),
        ("SUPPORT", "recognise", 5), ("SANCTION", "derecognise", -6), ("AGREE", None, 2.5), ("AGREE", "nothing", 2.5),
    ],
)  # fmt: skip
def test_a_mode_has_a_score_of_its_own(name: str, mode: str | None, score: float) -> None:
    assert load_ontology().types[name].score_of(mode) == score


def test_recognition_is_cameo_054() -> None:
    assert load_ontology().types["SUPPORT"].cameo_of("recognise") == "054"


def test_scores_and_codes_are_in_range() -> None:
    for one in load_ontology().types.values():
        assert one.name.isupper()
        for mode in (None, *one.modes):
            assert -10 <= one.score_of(mode) <= 10
            assert re.fullmatch(r"\d{2,4}", one.cameo_of(mode))


def test_material_acts_need_a_recipient() -> None:
    types = load_ontology().types
    assert {name for name, one in types.items() if one.needs_recipient} == {"COOPERATE", "AID", "SANCTION"}


def test_contexts_and_sectors() -> None:
    ontology = load_ontology()
    assert len(ontology.contexts) == len(set(ontology.contexts)) == 37
    assert {"diplomatic", "territory", "military"} <= set(ontology.contexts)
    assert {"GOV", "MIL", "REB", "OPP", "PRE", "IGO", "NGO", "CVL"} <= set(ontology.sectors)
    assert ontology.notes
