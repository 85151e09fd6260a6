from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shared_by_tests import Run

from dejure.cli.lines import Line
from dejure.cli.show import marked
from dejure.cli.terminal import safe
from dejure.records import Span


def line(mark: str, start: int, end: int, text: str, name: str = "recognition") -> Line:
    evidence = Span(part="body", start=start, end=end, quote=text[start:end])
    return Line(list_name=name, mark=mark, what="recognise", who="a → b", evidence=evidence)


TEXT = "Russia recognised the Taliban, it said."


@pytest.mark.parametrize(
    ("spans", "drawn"),
    [
        ([("R1", 0, 29)], "[Russia recognised the Taliban]R1, it said."),
        ([("R1", 0, 29), ("E1", 0, 17)], "[[Russia recognised]E1 the Taliban]R1, it said."),
        ([("R1", 0, 17), ("S1", 7, 29)], "[Russia [recognised]R1 the Taliban]S1, it said."),
        ([("R1", 7, 39)], "Russia [recognised the Taliban, it said.]R1"),
        ([], TEXT),
    ],
)
def test_nested_and_overlapping_spans(spans: list[tuple[str, int, int]], drawn: str) -> None:
    lines = [line(mark, start, end, TEXT) for mark, start, end in spans]
    assert marked(TEXT, "body", lines, is_plain=True).plain == drawn


def test_records_of_the_other_part_are_left_out() -> None:
    assert marked(TEXT, "title", [line("R1", 0, 6, TEXT)], is_plain=True).plain == TEXT


@given(st.text(min_size=1, max_size=80), st.lists(st.tuples(st.integers(0, 79), st.integers(1, 80)), max_size=6))
def test_marks_lose_no_character(text: str, pairs: list[tuple[int, int]]) -> None:
    spans = [(a, min(b, len(text))) for a, b in pairs if a < min(b, len(text))]
    lines = [line(f"\ue000{n}\ue001", a, b, text) for n, (a, b) in enumerate(spans)]
    drawn = marked(text, "body", lines, is_plain=False)
    rest = drawn.plain
    for one in lines:
        rest = rest.replace(f" {one.mark}", "", 1)
    assert rest == safe(text)


@given(st.text())
def test_nothing_in_a_text_reaches_the_terminal_as_a_command(text: str) -> None:
    clean = safe(text)
    assert len(clean) == len(text)
    assert not any((ord(c) < 32 and c != "\n") or 0x7F <= ord(c) < 0xA0 for c in clean)
    assert not any(0x202A <= ord(c) <= 0x202E or 0x2066 <= ord(c) <= 0x2069 for c in clean)


@pytest.mark.usefixtures("coder")
def test_show(dejure: Run, report_file: Path) -> None:
    found = dejure("show", report_file, "--published", "2025-07-04")
    assert found.code == 0
    assert "]R1" in found.out.replace("\n", "")
    assert "R1  recognise  Russia → afghanistan-islamic-emirate (government)  2025-07-04" in found.out
    only = dejure("show", report_file, "--list", "silences")
    assert "]N1" in only.out
    assert "R1" not in only.out


@pytest.mark.usefixtures("coder")
def test_show_keeps_marks_true_below_blank_lines_and_hides_controls(dejure: Run, tmp_path: Path) -> None:
    path = tmp_path / "r.txt"
    path.write_text("Head\n\n\n\x1b[31mRed\u202e. Russia recognised the Taliban. More of it.\n", encoding="utf-8")
    found = dejure("show", path)
    assert "[Russia recognised the Taliban]" in found.out.replace("]R1]E1", "]").replace("[[", "[")
    assert "\x1b" not in found.out
    assert "\u202e" not in found.out


@pytest.mark.usefixtures("coder")
def test_show_tells_what_cannot_be_read(dejure: Run, tmp_path: Path) -> None:
    found = dejure("show", tmp_path / "none.txt")
    assert (found.code, found.out) == (3, "")
    assert found.err.startswith("dejure: there is no such file")
