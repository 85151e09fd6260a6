"""Stories do not depend on the order or the portions in which reports come, and know copies from other reports."""

from __future__ import annotations

import datetime as dt
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dejure.errors import RecordError
from dejure.ledger.stories import (
    StoryFingerprint,
    StoryIndex,
    StoryItem,
    assign_stories,
    fingerprint,
    likeness,
)

DAY = dt.date(2024, 3, 5)
LEAD = (
    "Velmora recognised the government of East Carrow on Tuesday and said that its envoy would present a letter in "
    "Port Carrow within 10 days, the foreign ministry announced after a meeting of the cabinet that went on for hours."
)
QUOTE = '"We have read the constitution twice and found nobody missing from it," Foreign Minister Ilse Brandt said.'
REPLY = "West Carrow called home its ambassador and asked the 14 members of the Harbour League to meet before Friday."
PAST = "The two Carrows parted in 1987 after a quarrel over the customs house, and 3 attempts to join them have failed."
OTHER = (
    "Fishermen of Sund blocked the harbour for a fourth morning with 60 boats, asking for a share of the wind farm "
    "that is to be built on their banks, and the mayor, Ole Krag, promised to carry their letter to the capital."
)
PARAGRAPHS = (LEAD, QUOTE, REPLY, PAST, OTHER)


def item(report_id: str, *paragraphs: str, published: dt.date | None = DAY) -> StoryItem:
    return StoryItem(report_id, "\n\n".join(paragraphs), published)


def stories(*items: StoryItem) -> list[set[str]]:
    assignment = assign_stories(items)
    found: dict[str, set[str]] = {}
    for report, story in assignment.story_of.items():
        found.setdefault(story, set()).add(report)
    return sorted(found.values(), key=min)


whole = st.lists(st.sampled_from(PARAGRAPHS), max_size=5)
days = st.none() | st.dates(dt.date(2024, 3, 4), dt.date(2024, 3, 8))
reports = st.lists(st.tuples(whole, days), max_size=9).map(
    lambda rows: [item(f"r{number}", *text, published=day) for number, (text, day) in enumerate(rows)]
)


@given(st.data())
def test_order_does_not_matter(data: st.DataObject) -> None:
    items = data.draw(reports)
    assert assign_stories(data.draw(st.permutations(items))) == assign_stories(items)


@given(reports, st.lists(st.integers(0, 9), max_size=4))
def test_portions_do_not_matter(items: list[StoryItem], cuts: list[int]) -> None:
    index = StoryIndex()
    edges = [0, *sorted(cuts), len(items)]
    for start, end in itertools.pairwise(edges):
        index.add(items[start:end])
        index.add(items[:end])
        index.assignment()
    assert index.assignment() == assign_stories(items)


@given(reports)
def test_a_story_is_named_after_its_earliest_member(items: list[StoryItem]) -> None:
    assignment = assign_stories(items)
    by_id = {one.report_id: one for one in items}
    assert set(assignment.story_of) == set(by_id)
    for report, story in assignment.story_of.items():
        assert assignment.story_of[story] == story
        assert assignment.resolve(report) == story
        first, later = by_id[story].published or dt.date.max, by_id[report].published or dt.date.max
        assert (first, story) <= (later, report)


@given(reports)
def test_a_fingerprint_survives_its_bytes(items: list[StoryItem]) -> None:
    for one in items:
        made = fingerprint(one)
        assert StoryFingerprint.from_bytes(made.report_id, made.published, made.to_bytes()) == made


@given(reports)
def test_likeness_is_symmetric_and_whole_for_itself(items: list[StoryItem]) -> None:
    prints = [fingerprint(one) for one in items]
    for one, other in itertools.product(prints, prints):
        assert likeness(one, other) == likeness(other, one)
        assert 0 <= likeness(one, other) <= 1
    assert all(likeness(one, one) == (1 if one.shingles else 0) for one in prints)


def test_a_copy_a_cut_and_another_headline() -> None:
    first = item("first", "Velmora recognises East Carrow", LEAD, QUOTE, REPLY, PAST)
    cut = item("cut", "A new friend for Port Carrow", LEAD, QUOTE)
    curly = item("curly", LEAD, QUOTE.replace('"', "”"), REPLY, PAST)
    assert stories(first, cut, curly, item("other", OTHER)) == [{"first", "cut", "curly"}, {"other"}]


def test_an_update_on_the_day_and_a_routine_report_of_another() -> None:
    words = "Shells killed {} people and wounded {} in Port Carrow and the villages of the estuary, the governor said."
    more = "Engineers restored power to {} households, and the harbour stayed closed to ships of every kind on {}."
    texts = [[words.format(*f), more.format(*m)] for f, m in (((5, 14), (320, "Tuesday")), ((7, 14), (320, "Tuesday")))]
    other_day = [words.format(2, 9), more.format(810, "Sunday")]
    update, routine = item("update", *texts[1]), item("routine", *other_day, published=dt.date(2024, 3, 10))
    assert stories(item("first", *texts[0]), update, routine) == [{"first", "update"}, {"routine"}]


def test_a_shared_background_makes_no_story() -> None:
    assert stories(item("a", LEAD, QUOTE, REPLY, PAST), item("b", OTHER, PAST)) == [{"a"}, {"b"}]


def test_a_link_that_comes_late_merges_and_leaves_an_alias() -> None:
    index = StoryIndex()
    index.add([item("lead", LEAD, QUOTE, published=dt.date(2024, 3, 7)), item("tail", REPLY, PAST)])
    before = index.assignment()
    assert set(before.story_of.values()) == {"lead", "tail"}
    index.add([item("full", LEAD, QUOTE, REPLY, PAST, published=dt.date(2024, 3, 4))])
    after = index.assignment()
    assert set(after.story_of.values()) == {"full"}
    assert after.aliases == {"lead": "full", "tail": "full"}
    assert [after.resolve(story) for story in ("lead", "tail", "full", "never")] == ["full", "full", "full", "never"]
    assert before.version != after.version


def test_reports_without_words_stand_alone() -> None:
    assert stories(item("a"), item("b", "…"), item("c", "...")) == [{"a"}, {"b"}, {"c"}]


def test_a_report_of_two_words() -> None:
    assert stories(item("a", "Carrow recognised"), item("b", "Carrow recognised")) == [{"a", "b"}]


def test_one_id_for_two_texts_is_refused() -> None:
    with pytest.raises(RecordError, match="two texts"):
        assign_stories([item("a", LEAD), item("a", OTHER)])


@pytest.mark.parametrize("content", [b"", b"123", fingerprint(item("a", LEAD)).to_bytes()[:-8]])
def test_bytes_that_are_not_whole_are_refused(content: bytes) -> None:
    with pytest.raises(RecordError, match="not whole"):
        StoryFingerprint.from_bytes("a", None, content)
