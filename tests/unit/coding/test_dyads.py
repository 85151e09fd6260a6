"""Marked dyads: the marks, the predicate between the parties, the type, the benchmark's roots."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from newsroom import cases
from shared_by_tests import Run

from dejure.coding.dyads import code_dyads, parse_marked, roots_of
from dejure.coding.linking import Marked, composed_type, predicates_between
from dejure.coding.outlook import outlook_of
from dejure.coding.type_model import TypeModel
from dejure.errors import MalformedLine
from dejure.reading.reading import Sentence, read_sentences
from dejure.settings import Settings


def read(marked: str) -> tuple[Sentence, tuple[int, int] | None, tuple[int, int] | None]:
    one = parse_marked(marked)
    (sentence,) = read_sentences([one.text], Settings())
    return sentence, one.actor, one.recipient


def told(marked: str) -> str:
    """Type of the likeliest predicate by lexicon and composition alone."""
    sentence, actor, recipient = read(marked)
    main = predicates_between(sentence, Marked.of(sentence, actor), Marked.of(sentence, recipient))[0]
    return composed_type(main, outlook_of(sentence, main.at))


class TestMarks:
    def test_marks_are_taken_out_and_spans_trimmed(self) -> None:
        found = parse_marked("In May <s>Lima </s>thanked <t>Quito</t>.")
        assert found.text == "In May Lima thanked Quito."
        assert found.actor is not None
        assert found.recipient is not None
        assert (found.text[slice(*found.actor)], found.text[slice(*found.recipient)]) == ("Lima", "Quito")

    def test_a_side_may_be_missing_or_empty(self) -> None:
        assert parse_marked("<s>Lima</s> mourned.").recipient is None
        assert parse_marked("<s></s>Two papers were closed in <t>Lima</t>.").actor is None

    @pytest.mark.parametrize("text", ["<s>Lima thanked Quito.", "Lima</s> thanked <t>Quito</t>."])
    def test_broken_marks_are_an_error(self, text: str) -> None:
        with pytest.raises(MalformedLine):
            parse_marked(text)

    @given(st.text(alphabet="ab ", max_size=8), st.text(alphabet="cd", min_size=1, max_size=8))
    def test_what_is_marked_is_what_is_found(self, before: str, name: str) -> None:
        found = parse_marked(f"{before}<s>{name}</s> e <t>f</t>")
        assert found.actor is not None
        assert found.text[slice(*found.actor)] == name


class TestPredicate:
    @pytest.mark.parametrize(
        ("marked", "event_type"),
        [
            ("<s>Oslo</s> condemned <t>Minsk</t> on Monday.", "ACCUSE"),
            ("<s>Oslo</s> agreed to withdraw its troops from <t>Mali</t>.", "CONCEDE"),
            ("<s>Oslo</s> refused to release <t>the sailors</t>.", "REJECT"),
            ("<s>Oslo</s> will send food to <t>Mali</t>.", "AGREE"),
            ("<s>Oslo</s> will not release <t>the sailors</t>.", "REJECT"),
            ("<s>Oslo</s> lifted its sanctions on <t>Minsk</t>.", "RETREAT"),
            ("<t>The sailors</t> were arrested by <s>the police</s>.", "COERCE"),
        ],
    )
    def test_the_deed_as_it_is_put(self, marked: str, event_type: str) -> None:
        assert told(marked) == event_type


class TestModel:
    def test_probabilities_over_all_types(self) -> None:
        sentence, actor, recipient = read("<s>Soldiers</s> shot dead <t>four farmers</t> near the river.")
        found = TypeModel.load().score(sentence, actor, recipient)
        assert len(found) == 16
        assert sum(found.values()) == pytest.approx(1, abs=1e-5)
        assert max(found, key=lambda name: found[name]) == "ASSAULT"

    def test_the_trigger_says_which_deed_is_meant(self) -> None:
        sentence, actor, recipient = read("<s>Rebels</s> freed <t>two nurses</t> whom they had abducted in June.")
        spans = {word: (at := sentence.text.index(word), at + len(word)) for word in ("freed", "abducted")}
        model = TypeModel.load()
        freed = model.score(sentence, actor, recipient, spans["freed"])
        abducted = model.score(sentence, actor, recipient, spans["abducted"])
        assert freed["RETREAT"] > abducted["RETREAT"]
        assert abducted["ASSAULT"] > freed["ASSAULT"]

    def test_the_benchmarks_roots_take_over_all_of_the_probability(self) -> None:
        sentence, actor, recipient = read("<s>A court</s> sentenced <t>the editor</t> to two years in prison.")
        roots = roots_of(sentence, actor, recipient, TypeModel.load().score(sentence, actor, recipient))
        assert len(roots) == 15
        assert sum(roots.values()) == pytest.approx(1, abs=1e-5)
        assert "YIELD" in roots
        assert not {"CONCEDE", "RETREAT"} & set(roots)

    @pytest.mark.parametrize(
        ("marked", "root"),
        cases([
            ("<s>Peru</s> and <t>Chile</t> signed a fisheries treaty in Lima.", "SUPPORT"),
            ("<s>Peru</s> agreed to sign a fisheries treaty with <t>Chile</t>.", "AGREE"),
            ("<s>Peru</s> agreed to release <t>two Chilean fishermen</t>.", "AGREE"),
            ("<s>Peru</s> released <t>two Chilean fishermen</t>.", "YIELD"),
            ("<s>A court in Lima</s> found <t>the mayor</t> guilty of fraud.", "ACCUSE"),
            ("<s>The minister</s> said <t>Chile</t> must withdraw its patrol boats.", "REQUEST"),
        ]),
    )  # fmt: skip
    def test_the_benchmark_draws_some_borders_elsewhere(self, marked: str, root: str) -> None:
        (answer,) = code_dyads([parse_marked(marked)])
        assert answer.root == root

    def test_a_sentence_without_any_predicate_has_a_root_too(self) -> None:
        (answer,) = code_dyads([parse_marked("<s>Oslo</s>, <t>Minsk</t>")])
        assert answer.root
        assert 0 <= answer.confidence <= 1


class TestCommand:
    def test_every_row_has_an_answer_in_order(self, dejure: Run, tmp_path: Path) -> None:
        source, target = tmp_path / "in.tsv", tmp_path / "out.tsv"
        source.write_text(
            "uid\tmarked_sentence\nb\t<s>Oslo</s> praised <t>Minsk</t>.\na\tNobody acted.\n", encoding="utf-8"
        )
        assert dejure("code-dyads", str(source), str(target)).code == 0
        first = target.read_bytes()
        rows = [line.split("\t") for line in first.decode().splitlines()]
        assert rows[0] == ["uid", "root", "confidence"]
        assert [row[0] for row in rows[1:]] == ["b", "a"]
        assert rows[1][1] == "SUPPORT"
        assert dejure("code-dyads", str(source), str(target)).code == 0
        assert target.read_bytes() == first

    def test_a_table_without_the_columns_is_refused(self, dejure: Run, tmp_path: Path) -> None:
        source = tmp_path / "in.tsv"
        source.write_text("id\ttext\n1\tx\n", encoding="utf-8")
        found = dejure("code-dyads", str(source), str(tmp_path / "out.tsv"))
        assert found.code == 3
        assert "marked_sentence" in found.err
