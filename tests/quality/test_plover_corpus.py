"""The PLOVER corpus is what its authored text gives, and the type model holds its floors on it and on the benchmark."""

from __future__ import annotations

import csv
import functools
import hashlib
import json
import os
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

from dejure.coding.dyads import code_dyads, parse_marked
from dejure.coding.type_model import TypeModel
from dejure.coding.type_training import read_examples
from dejure.models.linear import read_card
from dejure.models.training import macro_f1
from dejure.reference.ontology import load_ontology

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "scripts"))

from corpus_build import blocks, checks  # noqa: E402

FLOORS = tomllib.loads(Path(__file__).with_name("floors.toml").read_text(encoding="utf-8"))["types"]
CORPUS = ROOT / "corpora/plover/sentences.jsonl"
SHARED = os.environ.get("DEJURE_SHARED")
GOOD = (
    "# a-1 | agency | 1990 | Europe | 1990-02-03\nOslo thanked Rome and Rome.\n"
    "SUPPORT | | | | actor: Oslo | recipient: Rome@2 | trigger: thanked\n"
)


def build(folder: Path, text: str) -> tuple[list[dict[str, Any]], list[blocks.Slip]]:
    (folder / "one.txt").write_text(text, encoding="utf-8")
    return blocks.read_authored(folder, load_ontology())


class TestBuild:
    def test_what_is_written_is_what_the_authored_text_gives(self) -> None:
        records, slips = blocks.read_authored(ROOT / "corpora/plover/authored", load_ontology())
        assert not slips
        assert [json.loads(line) for line in CORPUS.read_text(encoding="utf-8").splitlines()] == records

    def test_every_quote_is_its_slice(self) -> None:
        for line in CORPUS.read_text(encoding="utf-8").splitlines():
            record = json.loads(line)
            for event in record["events"]:
                for span in (*event["actor"], *event["recipient"], *event["said_by"], event["trigger"]):
                    assert record["text"][span["start"] : span["end"]] == span["quote"]

    def test_a_later_place_of_a_word_can_be_asked_for(self, tmp_path: Path) -> None:
        (record,), slips = build(tmp_path, GOOD)
        assert not slips
        assert record["events"][0]["recipient"] == [{"start": 22, "end": 26, "quote": "Rome"}]

    @pytest.mark.parametrize(
        ("old", "new", "line", "told"),
        [
            ("actor: Oslo", "actor: Osl", 3, "stands 0 times"),
            ("Rome@2", "Rome@3", 3, "place 3"),
            ("SUPPORT |", "SUPORT |", 3, "no such type"),
            ("SUPPORT | |", "SUPPORT | visit |", 3, "no mode"),
            ("agency", "telegram", 1, "no such style"),
            ("1990-02-03", "1991-02-03", 1, "year"),
            ("trigger: thanked", "verb: thanked", 3, "no such field"),
            ("\nSUPPORT", "\nNONE\nSUPPORT", 1, "NONE"),
        ],
    )
    def test_a_slip_is_named_by_file_and_line(self, tmp_path: Path, old: str, new: str, line: int, told: str) -> None:
        records, (slip,) = build(tmp_path, GOOD.replace(old, new, 1))
        assert not records
        assert (slip.file, slip.line) == ("one.txt", line)
        assert told in slip.told

    def test_a_frozen_file_is_the_test_part(self, tmp_path: Path) -> None:
        (tmp_path / "frozen_x.txt").write_text(GOOD, encoding="utf-8")
        (record,), _ = blocks.read_authored(tmp_path, load_ontology())
        assert record["part"] == "test"

    def test_sentences_of_one_mould_are_found(self) -> None:
        texts = ["On Monday Oslo thanked Rome for 3 ships.", "On Monday Bern thanked Kyiv for 9 ships.", "It rained."]
        records = [{"id": str(i), "text": text} for i, text in enumerate(texts)]
        assert checks.repeats(records) == [("0", "1")]
        assert checks.mould_share(records) == (pytest.approx(1 / 3), [("0", "1")])


@functools.cache
def examples() -> list[Any]:
    return read_examples(CORPUS)


class TestTypes:
    def test_the_weights_were_trained_on_this_corpus(self) -> None:
        digest = hashlib.sha256(CORPUS.read_bytes()).hexdigest()
        assert read_card("types_base.npz")["trained_on"]["sha256"] == digest, "train again: dejure train base"

    @pytest.mark.parametrize("part", ["development", "test"])
    def test_accuracy_on_our_own_sentences_does_not_fall(self, part: str) -> None:
        model = TypeModel.load()
        mine = [one for one in examples() if one.part == part]
        scores = [model.score(one.sentence, one.actor, one.recipient) for one in mine]
        found = [max(score, key=lambda name: score[name]) for score in scores]
        assert macro_f1([one.event_type for one in mine], found) >= FLOORS[part]

    @pytest.mark.skipif(not SHARED, reason="set DEJURE_SHARED to the folder that holds data/plv")
    def test_root_macro_f1_on_the_benchmark_does_not_fall(self) -> None:
        with (Path(SHARED or "") / "data/plv/plv_train.tsv").open(encoding="utf-8", newline="") as lines:
            rows = list(csv.DictReader(lines, delimiter="\t"))
        found = [answer.root for answer in code_dyads(parse_marked(row["marked_sentence"]) for row in rows)]
        assert macro_f1([row["gold_root"] for row in rows], found) >= FLOORS["benchmark"]
