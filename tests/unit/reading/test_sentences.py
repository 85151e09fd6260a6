"""Where sentences end, and where a full stop, a semicolon or a colon is no end."""

from __future__ import annotations

import pytest
from effort import calls_of
from hypothesis import given
from hypothesis import strategies as st

from dejure.reading.sentences import split_sentences


def split(text: str) -> list[str]:
    """The sentences of a text."""
    return [text[start:end] for start, end in split_sentences(text, 0, len(text))]


@pytest.mark.parametrize(
    "sentences",
    [
        ["The envoy left.", "He came back."],
        ["The envoy left!", "Did he come back?", "He did."],
        ["The envoy left…", "Nobody saw him."],
        ['"The envoy left."', "Nobody saw him."],
        ['He said: "I left."', "Nobody saw him."],
        ["The envoy (a lawyer) left.", "Nobody saw him."],
        ["Nobody saw him leave (he used the back door.)", "He came back."],
        ["“The envoy left.”", "“He came back.”"],
        ["The price fell to 2.5 dollars.", "Nobody bought."],
        ["He was born in 1970.", "He died in 2020."],
        ["They met in the U.S.", "The talks failed."],
        ["The cabinet met at 5 p.m.", "It broke up at six."],
        ["He wrote to Acme Inc.", "The firm did not answer."],
        ["The envoy left;", "nobody saw him go."],
        ["He made one promise:", "No soldier would stay."],
        ["The envoy left"],
    ],
)
def test_sentences(sentences: list[str]) -> None:
    assert split(" ".join(sentences)) == sentences


@pytest.mark.parametrize(
    "sentence",
    [
        "Mr. Tarsil met Mrs. Onega in Suva.",
        "Gen. Tarsil met Sen. Onega and Dr. Vale.",
        "J. R. Tarsil met A. Onega in Suva.",
        "The U.S. Senate met on Monday.",
        "The U.N. envoy met the U.S. ambassador.",
        "They met on Sept. 8 in Suva.",
        "The talks (cf. the note of Monday) failed.",
        "Resolution No. 242 was read aloud.",
        "Talks in St. Petersburg failed.",
        "It fell by 2.5 per cent.",
        "Visit dejure.example.org for more.",
        "He asked for food, tents etc. and left.",
        "He said: nobody leaves.",
        "Yes; no.",
        "They left at 14:30 on Monday.",
    ],
)
def test_one_sentence(sentence: str) -> None:
    assert split(sentence) == [sentence]


def test_white_space_between_sentences_belongs_to_none() -> None:
    assert split("The envoy left.  \t He came back. ") == ["The envoy left.", "He came back."]


def test_only_the_stretch_asked_for() -> None:
    text = "Before. The envoy left. He came back. After."
    found = list(split_sentences(text, 8, 37))
    assert [text[a:b] for a, b in found] == ["The envoy left.", "He came back."]


def test_a_stretch_without_an_end_is_cut_at_white_space() -> None:
    text = "word " * 2_000
    found = split(text)
    assert len(found) > 1
    assert all(len(one) <= 2_000 for one in found)
    assert " ".join(one.strip() for one in found).split() == text.split()


def test_a_stretch_without_white_space_is_cut_all_the_same() -> None:
    found = split("a" * 5_001)
    assert "".join(found) == "a" * 5_001
    assert all(len(one) <= 2_000 for one in found)


@pytest.mark.parametrize("text", ["", " ", "\n"])
def test_nothing(text: str) -> None:
    assert [one for one in split(text) if one.strip()] == []


@given(st.text(alphabet=st.sampled_from("aB1 .;:!?…\"'”’)(\n\u00a0é漢"), max_size=120))
def test_sentences_lie_in_order_and_lose_no_word(text: str) -> None:
    at, found = 0, list(split_sentences(text, 0, len(text)))
    for start, end in found:
        assert at <= start < end <= len(text)
        assert not text[at:start].strip()
        at = end
    assert not text[at:].strip()


def test_effort_grows_with_the_length_and_not_with_its_square() -> None:
    text = "The envoy left at 5 p.m. and came back; nobody saw him. "

    def effort(times: int) -> int:
        return calls_of(lambda: list(split_sentences(text * times, 0, len(text) * times)))

    assert effort(200) < 25 * effort(10)
