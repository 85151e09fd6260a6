from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dejure.errors import EmptyInput, InputError, InputTooLarge, NoSentence
from dejure.settings import Settings
from dejure.sources import frame, read_text
from dejure.sources.text import LONGEST_TITLE, holds_sentence

BODY = "Russia recognised the Taliban. The UN was silent."


def test_first_line_is_the_title_and_the_rest_the_body() -> None:
    assert frame(f"Moscow recognises Taliban\n\n{BODY}") == ("Moscow recognises Taliban", f"\n{BODY}")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (BODY, "one line"),
        ("x" * (LONGEST_TITLE + 1) + f"\n{BODY}", "a first line that is too long"),
        ("Moscow recognises Taliban\nBy our staff", "a rest without a sentence"),
        ("", "nothing"),
        ("\n\n", "blank lines"),
    ],
)
def test_no_title_where(text: str, why: str) -> None:
    assert frame(text) == ("", text), why


def test_title_of_exactly_the_longest_length() -> None:
    assert frame("x" * LONGEST_TITLE + f"\n{BODY}")[0] == "x" * LONGEST_TITLE


def test_blank_lines_before_the_title_are_no_line() -> None:
    assert frame(f"\n \n\nHead\n{BODY}") == ("Head", BODY)


@given(st.text())
def test_the_frame_loses_nothing(text: str) -> None:
    title, body = frame(text)
    if title:
        assert text.endswith(f"{title}\n{body}")
        assert not text[: len(text) - len(title) - 1 - len(body)].strip()
        assert len(title) <= LONGEST_TITLE
        assert "\n" not in title
        assert holds_sentence(body)
    else:
        assert body == text


@given(
    st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\x00\r\ufeff"), min_size=1), st.text(max_size=9)
)
def test_reading_keeps_every_character(head: str, tail: str) -> None:
    text = f"{head}\nRussia recognised the Taliban. {tail}".replace("\x00", "").replace("\r", "")
    if text.startswith("\ufeff"):
        return
    try:
        report = read_text(text.encode("utf-8", "replace"), source="x", settings=Settings())
    except InputError:
        return
    kept = f"{report.title}\n{report.body}" if report.title else report.body
    assert text.encode("utf-8", "replace").decode().endswith(kept)


@pytest.mark.parametrize(
    "text",
    [
        "He declined.",
        "Was it so? No.",
        "普京承认塔利班。",
        "Сказал он.",
        "قال الوزير ذلك؟",
        "Done (it is).",
    ],
)
def test_sentences(text: str) -> None:
    assert holds_sentence(text)


@pytest.mark.parametrize("text", ["", "By our staff", "No.", "12.5", "www.example.org", "...", "🙂. 🙂."])
def test_no_sentences(text: str) -> None:
    assert not holds_sentence(text)


def test_line_ends_are_unified_and_nothing_else(settings: Settings) -> None:
    data = "\ufeffHead\r\nOne is  here.\rTwo\u00a0is here.\n\n".encode()
    report = read_text(data, source="x", settings=settings)
    assert (report.title, report.body) == ("Head", "One is  here.\nTwo\u00a0is here.\n\n")
    assert report.sha256 == hashlib.sha256(data).hexdigest()
    assert report.id == report.text_sha256[:16]
    assert report.extractor == "text"


def test_right_to_left_text_and_emoji_pass(settings: Settings) -> None:
    report = read_text("Head 🇵🇸\nHe said \u202bשלום\u202c 👩‍👧 and left.".encode(), source="x", settings=settings)
    assert report.body == "He said \u202bשלום\u202c 👩‍👧 and left."


@pytest.mark.parametrize("text", ["", " \n\t\n", "\ufeff"])
def test_empty(text: str, settings: Settings) -> None:
    with pytest.raises(EmptyInput):
        read_text(text.encode(), source="x", settings=settings)


@pytest.mark.parametrize("text", ["🙂🙂🙂", "12345 !!!", "Hello", "----"])
def test_without_a_sentence(text: str, settings: Settings) -> None:
    with pytest.raises(NoSentence):
        read_text(text.encode(), source="x", settings=settings)


def test_too_many_characters() -> None:
    with pytest.raises(InputTooLarge, match="30 characters"):
        read_text(BODY.encode(), source="x", settings=Settings(max_characters=30))
