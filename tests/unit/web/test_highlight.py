"""Marks keep the text whole; what hides in a text is shown."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dejure.web.highlight import Marked, context_of, safe_text, segments

_MARKS = st.builds(
    Marked, st.integers(-5, 40), st.integers(-5, 60), st.sampled_from(["events", "recognition"]), st.sampled_from("abc")
)


@given(st.text(max_size=50), st.lists(_MARKS, max_size=6))
def test_the_pieces_give_the_text_again_and_each_mark_its_slice(text: str, marks: list[Marked]) -> None:
    pieces = segments(text, marks)
    assert "".join(piece.text for piece in pieces) == text
    for one in marks:
        if 0 <= one.start < min(one.end, len(text)):
            assert "".join(piece.text for piece in pieces if one in piece.marks).startswith(
                text[one.start : one.end][:1]
            )
            covered = sum(len(piece.text) for piece in pieces if one in piece.marks)
            assert covered >= min(one.end, len(text)) - one.start
        else:
            assert all(one not in piece.marks for piece in pieces)


@given(st.text(max_size=200), st.integers(0, 200), st.integers(0, 200))
def test_the_context_holds_the_words(text: str, one: int, other: int) -> None:
    start, end = sorted((min(one, len(text)), min(other, len(text))))
    first, last = context_of(text, start, end, around=20)
    assert 0 <= first <= start <= end <= last <= len(text)


def test_hidden_characters_are_shown_and_others_left_alone() -> None:
    assert safe_text("a\u202eb\x00c\ufeff") == "a‹U+202E›b‹U+0000›c‹U+FEFF›"
    for plain in ("Kosovë, Ελλάδα, 中国", "السلام\u200f", "line\nline\ttab", "👩\u200d🚀", "co\u00adop"):
        assert safe_text(plain) == plain
