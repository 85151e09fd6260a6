"""The codebook tells of everything in the ontology, and comes out the same each time."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from dejure.errors import ReferenceTableError
from dejure.records import Auxiliary
from dejure.reference.codebook import CODEBOOK_FORMATS, codebook_text, missing_texts
from dejure.reference.ontology import load_ontology


def test_every_type_mode_and_context_has_its_texts() -> None:
    assert missing_texts() == []


def test_json_holds_every_type_with_its_modes_and_auxiliary_modes() -> None:
    told = json.loads(codebook_text(form="json"))
    modes = {one["name"]: [mode["name"] for mode in one["modes"]] for one in told["types"]}
    assert modes == {name: list(one.modes) for name, one in load_ontology().types.items()}
    assert {one["name"] for one in told["auxiliary"]} == set(Auxiliary.__dataclass_fields__)


def test_one_type_alone_in_any_case_of_letters() -> None:
    assert codebook_text("agree") == codebook_text("AGREE")
    assert "ASSAULT\n" not in codebook_text("agree")


def test_an_unknown_type_is_told_with_a_cure() -> None:
    with pytest.raises(ReferenceTableError, match="FIGHT"):
        codebook_text("FIGHT")


@pytest.mark.parametrize("form", CODEBOOK_FORMATS)
def test_the_command_prints_the_same_bytes_whatever_the_hash_seed(form: str) -> None:
    command = [sys.executable, "-m", "dejure", "codebook", "--format", form]
    printed = {
        subprocess.run(command, env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=True).stdout
        for seed in ("1", "2")
    }
    assert len(printed) == 1
    assert printed.pop().decode() == codebook_text(form=form)  # type: ignore[arg-type]
