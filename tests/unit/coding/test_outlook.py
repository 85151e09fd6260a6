"""What stands over a predicate: tense, negation, doubt, conditions, who reports it."""

from __future__ import annotations

import pytest
from newsroom import cases

from dejure.coding.outlook import Outlook, load_governors, outlook_of
from dejure.reading.reading import Sentence, read_report
from dejure.records import Report
from dejure.settings import Settings


def outlook(text: str, word: str = "signed") -> Outlook:
    """The outlook of the (last) word in a sentence."""
    sentence = _sentence(text)
    (*_, at) = [token.i for token in sentence.tokens if token.lower == word]
    return outlook_of(sentence, at)


def _sentence(text: str) -> Sentence:
    report = Report(id="", title="", body=text, published=None, language="en")
    (sentence,) = read_report(report, Settings()).sentences
    return sentence


OWN = [
    ("Peru signed the treaty.", "signed", {"past"}),
    ("Peru did not sign the treaty.", "sign", {"past", "negated"}),
    ("Peru never signed the treaty.", "signed", {"past", "negated"}),
    ("No country signed the treaty.", "signed", {"past", "negated"}),
    ("Neither country signed the treaty.", "signed", {"past", "negated"}),
    ("Peru will sign the treaty.", "sign", {"future"}),
    ("Peru won't sign the treaty.", "sign", {"future", "negated"}),
    ("Peru is going to sign the treaty.", "sign", {"future"}),
    ("Peru would sign the treaty.", "sign", {"would"}),
    ("Peru might sign the treaty.", "sign", {"possible"}),
    ("Peru should sign the treaty.", "sign", {"obliged"}),
    ("Peru can sign the treaty.", "sign", {"can"}),
    ("Peru has signed the treaty.", "signed", {"perfect"}),
    ("Peru had signed the treaty.", "signed", {"past", "past_perfect"}),
    ("Peru is signing the treaty.", "signing", {"progressive"}),
    ("Will Peru sign the treaty?", "sign", {"future", "is_question"}),
    ("The treaty was signed by Peru.", "signed", {"past"}),
    ("Peru signs the treaty.", "signs", set()),
]
FLAGS = (
    "negated", "future", "would", "possible", "obliged", "can", "perfect", "past", "past_perfect", "progressive",
    "is_question", "in_condition",
)  # fmt: skip


@pytest.mark.parametrize(("text", "word", "flags"), cases(OWN))
def test_its_own_auxiliaries(text: str, word: str, flags: set[str]) -> None:
    found = outlook(text, word)
    assert {flag for flag in FLAGS if getattr(found, flag)} == flags


CONDITIONS = [
    ("Peru will sign the treaty if Chile pays.", "sign", True, False),
    ("Peru will sign the treaty once Chile pays.", "sign", True, False),
    ("Peru will sign the treaty unless Chile objects.", "sign", True, False),
    ("If Chile pays, Peru will sign the treaty.", "sign", True, False),
    ("Peru will sign on condition that Chile pays.", "sign", True, False),
    ("Peru will pay if Chile signs the treaty.", "signs", False, True),
    ("Peru will sign the treaty because Chile paid.", "sign", False, False),
    ("Peru signed the treaty after Chile paid.", "signed", False, False),
]


@pytest.mark.parametrize(("text", "word", "depends", "is_condition"), cases(CONDITIONS))
def test_conditions(text: str, word: str, depends: bool, is_condition: bool) -> None:
    found = outlook(text, word)
    assert bool(found.conditions) == depends
    assert found.in_condition == is_condition


def test_whether_is_told_apart_from_if() -> None:
    assert outlook("Peru is asking whether Chile signed the treaty.", "signed").whether
    assert not outlook("Peru will pay if Chile signs the treaty.", "signs").whether


GOVERNORS = [
    ("Peru decided to sign the treaty.", "sign", "decide"),
    ("Peru refused to sign the treaty.", "sign", "refuse"),
    ("Peru ruled out signing the treaty.", "signing", "refuse"),
    ("It is too early to sign the treaty.", "sign", "refuse"),
    ("Peru urged Chile to sign the treaty.", "sign", "demand"),
    ("Peru called on Chile to sign the treaty.", "sign", "demand"),
    ("Peru said that Chile signed the treaty.", "signed", "report"),
    ("Peru denied that it signed the treaty.", "signed", "deny"),
    ("Peru plans to sign the treaty.", "sign", "plan"),
    ("Peru is considering signing the treaty.", "signing", "consider"),
    ("Peru is the first country to sign the treaty.", "sign", "done"),
    ("Peru threatened to sign the treaty.", "sign", "threaten"),
]


@pytest.mark.parametrize(("text", "word", "effect"), cases(GOVERNORS))
def test_the_nearest_governor(text: str, word: str, effect: str) -> None:
    assert outlook(text, word).effects()[:1] == [effect]


def test_governors_stand_from_the_nearest_to_the_root() -> None:
    found = outlook("Chile said on Monday that Peru refused to sign the treaty.", "sign")
    assert [governor.lemma for governor in found.governors] == ["refuse", "say"]
    assert found.first("report").lemma == "say"  # type: ignore[union-attr]
    assert found.first("demand") is None


def test_a_negated_governor_says_so() -> None:
    found = outlook("Peru did not refuse to sign the treaty.", "sign")
    assert found.first("refuse").negated  # type: ignore[union-attr]
    assert not found.negated


def test_coordinated_verbs_share_the_auxiliary_and_the_condition() -> None:
    found = outlook("Peru will read and sign the treaty if Chile pays.", "sign")
    assert found.future
    assert found.beside


def test_every_governor_has_a_known_effect() -> None:
    effects = set(load_governors().values())
    assert {"report", "claim", "announce", "decide", "plan", "refuse", "deny", "demand", "consider"} <= effects
    assert {pos for _, pos in load_governors()} == {"verb", "noun", "adj"}
