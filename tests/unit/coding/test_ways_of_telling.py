"""Families of wording: each text of the table gives its acts and no others, in the short form of `newsroom.acts`."""

from __future__ import annotations

from pathlib import Path

import pytest
from newsroom import acts, cases, read


def _cases() -> list[tuple[str, frozenset[str]]]:
    _, *rows = Path(__file__).with_name("ways_of_telling.tsv").read_text(encoding="utf-8").splitlines()
    told = (row.split("\t") for row in rows)
    return [(text.replace("\\n", "\n"), frozenset(filter(None, found.split("; ")))) for text, found in told]


@pytest.mark.parametrize(("text", "expected"), cases(_cases()))
def test_what_a_text_tells(text: str, expected: frozenset[str]) -> None:
    assert acts(read(text)) == expected
