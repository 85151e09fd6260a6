"""The parser behind its thin interface: offsets, heads, lemmas, pinned files."""

from __future__ import annotations

import pytest

from dejure.errors import ModelError
from dejure.reading import language
from dejure.reading.language import PINNED_MODEL, Token, load_parser, model_files
from dejure.reading.reading import Sentence, read_report
from dejure.records import Report
from dejure.settings import Settings


def sentence(text: str) -> Sentence:
    """The one sentence of a text, parsed."""
    report = Report(id="", title="", body=text, published=None, language="en")
    (one,) = read_report(report, Settings()).sentences
    return one


def token(text: str, word: str) -> Token:
    """A token of a sentence by its form."""
    return next(one for one in sentence(text).tokens if one.text == word)


@pytest.mark.parametrize(
    "text",
    [
        "The Fijian cabinet didn't meet on Monday.",
        "It cost €2.5m — too much, “they” said…",
        "Côte d’Ivoire’s envoy, 62, left at 14:30.",
        "An emoji 🇫🇯 and a\u00a0space, two  spaces and a\ttab.",
        "SAMOA AND FIJI MET.",
    ],
)
def test_tokens_are_slices_in_order(text: str) -> None:
    at = 0
    for one in sentence(text).tokens:
        assert at <= one.start < one.end
        assert not text[at : one.start].strip()
        assert text[one.start : one.end].casefold() == one.text.casefold()
        at = one.end


def test_heads_and_children_agree() -> None:
    one = sentence("The cabinet of Fiji met the envoy of Samoa after a long night, and he left.")
    for each in one.tokens:
        assert one.tokens[each.i] is each
        for child in each.children:
            assert one.tokens[child].head == each.i
        if each.head != each.i:
            assert each.i in one.tokens[each.head].children
    assert one.subtree(next(t.i for t in one.tokens if t.head == t.i)) == list(range(len(one.tokens)))


def test_children_by_label() -> None:
    one = sentence("The cabinet met the envoy.")
    met = token("The cabinet met the envoy.", "met").i
    assert [child.text for child in one.children(met, "nsubj")] == ["cabinet"]
    assert [child.text for child in one.children(met, "nsubj", "dobj")] == ["cabinet", "envoy"]
    assert len(one.children(met)) >= 3


@pytest.mark.parametrize(
    ("text", "word", "lemma"),
    [
        ("Fiji recognised Kosovo.", "recognised", "recognise"),
        ("Fiji recognized Kosovo.", "recognized", "recognize"),
        ("Fiji is recognising Kosovo.", "recognising", "recognise"),
        ("Fiji has derecognised Kosovo.", "derecognised", "derecognise"),
        ("Rebels staged a coup.", "staged", "stage"),
        ("The army waged a war.", "waged", "wage"),
    ],
)
def test_lemmas(text: str, word: str, lemma: str) -> None:
    assert token(text, word).lemma == lemma


def test_white_space_is_no_token() -> None:
    assert all(one.text.strip() for one in sentence("The  cabinet \t met\u00a0 the   envoy .").tokens)


def test_the_parser_is_loaded_once() -> None:
    assert load_parser(PINNED_MODEL) is load_parser(PINNED_MODEL)
    assert load_parser(PINNED_MODEL).name == PINNED_MODEL


def test_files_are_told_with_their_hashes() -> None:
    files = model_files(PINNED_MODEL)
    assert any(name.endswith("parser/model") for name in files)
    assert all(len(digest) == 64 and int(digest, 16) >= 0 for digest in files.values())
    assert load_parser(PINNED_MODEL).files == files


def test_a_missing_model() -> None:
    with pytest.raises(ModelError, match="not installed"):
        load_parser("en_core_web_of_nobody")


def test_a_pinned_model_with_other_files(monkeypatch: pytest.MonkeyPatch) -> None:
    files = dict.fromkeys(model_files(PINNED_MODEL), "0" * 64)
    monkeypatch.setattr(language, "model_files", lambda name: files)
    with pytest.raises(ModelError, match="differ from the pinned"):
        language.SpacyParser(PINNED_MODEL)


def test_a_package_that_is_no_model() -> None:
    with pytest.raises(ModelError, match="cannot be loaded"):
        load_parser("json")
