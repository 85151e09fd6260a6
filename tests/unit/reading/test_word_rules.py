"""What the model's rules are asked once a word is what they say of the whole sentence."""

from __future__ import annotations

import pytest
import spacy

from dejure.reading.language import PINNED_MODEL
from dejure.reading.word_rules import WordRules, read_token

TEXTS = [
    "The women who had sought better lives were fleeing, and their wolves died as armies' bombings worsened.",
    "There is no word from Suva, and there's no envoy; it isn't known whether they'd've gone.",
    "I'm gonna go, he's gotta stay: let's see what y'all did.",
    "But that is what the man that left did, though nobody got it.",
    "She gets her own boat,  two spaces\tand a tab, a 2nd £5m loan and 3 geese.",
    "“You do what you do,” said the best of them; nothing more was said to him or us.",
]


@pytest.fixture(scope="module")
def pipelines() -> tuple[spacy.language.Language, spacy.language.Language]:
    """The model whole, and another copy to take the rules from."""
    whole, other = (spacy.load(PINNED_MODEL, exclude=["ner", "senter"]) for _ in range(2))
    return whole, other


def test_they_say_the_same(pipelines: tuple[spacy.language.Language, spacy.language.Language]) -> None:
    whole, other = pipelines
    assert WordRules.may_stand_for(other)
    rules = WordRules(other)
    assert not {"attribute_ruler", "lemmatizer"} & set(other.pipe_names)
    for text in [*TEXTS, *TEXTS[::-1], " ".join(TEXTS)]:
        told = [one._replace(opens=False) for one in rules.told(other(text))]
        assert told == [read_token(token) for token in whole(text)]


def test_a_pipeline_whose_rules_ask_for_more_keeps_them() -> None:
    nlp = spacy.blank("en")
    assert not WordRules.may_stand_for(nlp)
    nlp.add_pipe("tagger")
    ruler = nlp.add_pipe("attribute_ruler")
    nlp.add_pipe("lemmatizer")
    assert WordRules.may_stand_for(nlp)
    ruler.add([[{"MORPH": "Number=Sing"}]], {"POS": "X"})  # type: ignore[attr-defined]
    assert not WordRules.may_stand_for(nlp)


def test_a_parse_is_the_same_in_any_company(
    pipelines: tuple[spacy.language.Language, spacy.language.Language],
) -> None:
    whole, _ = pipelines
    alone = {text: whole(text) for text in TEXTS}
    for batch in (TEXTS, TEXTS[::-1], TEXTS[2:5]):
        for doc in whole.pipe(batch, batch_size=64):
            assert doc.tensor.tobytes() == alone[doc.text].tensor.tobytes()
            assert [(t.tag, t.dep, t.head.i) for t in doc] == [(t.tag, t.dep, t.head.i) for t in alone[doc.text]]
