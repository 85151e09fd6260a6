"""How a report lies on the page: headline, datelines, labels of items, lines that are no news."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dejure.reading.layout import Segment, find_segments


def segments(body: str, title: str = "") -> list[Segment]:
    """All segments."""
    return list(find_segments(title, body))


def told(body: str, title: str = "") -> list[str]:
    """The words of the segments."""
    return [(title if one.part == "title" else body)[one.start : one.end] for one in segments(body, title)]


def labels(body: str) -> list[str | None]:
    """The words that head the segments."""
    return [body[slice(*one.label)] if one.label else None for one in segments(body)]


def test_title_and_paragraphs() -> None:
    body = "The cabinet met at noon.\n\nIt broke up at three.\n"
    found = segments(body, "Cabinet meets")
    assert [(one.part, one.kind) for one in found] == [
        ("title", "headline"), ("body", "paragraph"), ("body", "paragraph"),
    ]  # fmt: skip
    assert told(body, "Cabinet meets") == ["Cabinet meets", "The cabinet met at noon.", "It broke up at three."]


@pytest.mark.parametrize("title", ["", "   ", "\t"])
def test_no_title_no_headline(title: str) -> None:
    assert [one.kind for one in segments("The cabinet met at noon.", title)] == ["paragraph"]


def test_white_space_around_lines_belongs_to_no_segment() -> None:
    assert told("  \t The cabinet met at noon. \u00a0\n\n \n  It broke up.  ", "  Cabinet meets ") == [
        "Cabinet meets", "The cabinet met at noon.", "It broke up.",
    ]  # fmt: skip


def test_nothing_in_nothing() -> None:
    assert segments("") == []
    assert segments(" \n\t\n ") == []


@pytest.mark.parametrize(
    ("line", "label", "rest"),
    [
        ("SUVA, Sept 8 - The cabinet met at noon.", "SUVA, Sept 8", "The cabinet met at noon."),
        ("SUVA, Fiji, 8 September 2025 — The cabinet met.", "SUVA, Fiji, 8 September 2025", "The cabinet met."),
        ("Suva (Island Wire) – The cabinet met.", "Suva", "The cabinet met."),
        ("SUVA/APIA — The cabinets met.", "SUVA/APIA", "The cabinets met."),
        ("SAINT GEORGE'S -- The cabinet met.", "SAINT GEORGE'S", "The cabinet met."),
    ],
)
def test_a_dateline_stands_beside_its_segment(line: str, label: str, rest: str) -> None:
    (one,) = segments(line)
    assert one.is_dateline
    assert labels(line) == [label]
    assert told(line) == [rest]


@pytest.mark.parametrize(
    "line",
    [
        "The cabinet met - as it does each week - at noon.",
        "Fiji recognised Kosovo – the last island to do so – on Monday.",
        "A well-known envoy came to Suva.",
        "the cabinet met on Monday, a spokeswoman said.",
    ],
)
def test_what_is_no_dateline(line: str) -> None:
    assert told(line) == [line]
    assert not segments(line)[0].is_dateline


def test_only_the_first_line_of_news_has_a_dateline() -> None:
    body = "The cabinet met.\nSuva (Island Wire) – It broke up."
    assert not any(one.is_dateline for one in segments(body))


@pytest.mark.parametrize(
    ("line", "label", "rest"),
    [
        ("Tuesday: The envoy left for Apia.", "Tuesday", "The envoy left for Apia."),
        ("Monday 8 September: The envoy left.", "Monday 8 September", "The envoy left."),
        ("8 May 2025 — The envoy left.", "8 May 2025", "The envoy left."),
        ("14:30 - The envoy left.", "14:30", "The envoy left."),
        ("14.30: The envoy left.", "14.30", "The envoy left."),
        ("SAMOA: The envoy left.", "SAMOA", "The envoy left."),
        ("NEW ZEALAND - The envoy left.", "NEW ZEALAND", "The envoy left."),
    ],
)
def test_labels_of_items(line: str, label: str, rest: str) -> None:
    body = f"What happened this week.\n{line}"
    assert labels(body)[1] == label
    assert told(body)[1] == rest
    assert [one.kind for one in segments(body)] == ["paragraph", "item"]


@pytest.mark.parametrize("line", ["The minister said this: nobody leaves.", "He had one wish - to go home."])
def test_what_is_no_label(line: str) -> None:
    assert labels(f"What happened this week.\n{line}") == [None, None]


@pytest.mark.parametrize("bullet", ["- ", "* ", "• ", "– ", "1. ", "(2) ", "12) "])
def test_bullets(bullet: str) -> None:
    body = f"What happened this week.\n{bullet}The envoy left for Apia."
    assert told(body)[1] == "The envoy left for Apia."
    assert segments(body)[1].kind == "item"


@pytest.mark.parametrize(
    "line",
    [
        "We use cookies to make this page work.",
        "By clicking Accept you agree to our use of cookies.",
        "READ MORE: Ten islands in ten days",
        "Related articles",
        "Related: Ten islands in ten days",
        "Sign up for our morning newsletter",
        "Subscribe",
        "Share this story",
        "Advertisement",
        "Photo: A. Person",
        "Reporting by A. Person; editing by B. Person",
        "All rights reserved.",
        "© 2025 Island Wire",
        "Tags: islands, ministers",
        "https://example.org/story/12",
    ],
)
def test_what_surrounds_an_article_is_no_news(line: str) -> None:
    body = f"{line}\nThe cabinet met at noon.\n{line}\n"
    assert told(body) == ["The cabinet met at noon."]


@pytest.mark.parametrize(
    "line",
    [
        "The ministry said the cookies factory would close.",
        "Reporting on the war has become harder, the union said.",
        "Copies of the treaty were shared on Monday.",
        "Photographs of the ceremony were shown in Suva.",
        "Subscribe to peace, the bishop told the crowd in a sermon that lasted two hours.",
    ],
)
def test_news_is_not_taken_for_it(line: str) -> None:
    assert told(f"The cabinet met at noon.\n{line}")[1:] == [line]


def test_a_long_line_is_never_dropped() -> None:
    line = "Share this story, the governor told the crowd, " + "and tell it again, " * 10 + "until everyone knows."
    assert told(line) == [line]


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=200), st.text(max_size=40))
def test_segments_lie_in_order_and_within_the_text(body: str, title: str) -> None:
    at = {"title": 0, "body": 0}
    for one in segments(body, title):
        text = title if one.part == "title" else body
        assert at[one.part] <= one.start < one.end <= len(text)
        assert not text[one.start].isspace()
        assert not text[one.end - 1].isspace()
        if one.label:
            assert at[one.part] <= one.label[0] < one.label[1] <= one.start
        at[one.part] = one.end
