"""The response board: two columns, and silence only where somebody was heard."""

from __future__ import annotations

import csv
import datetime as dt
import io

from hypothesis import given, settings
from hypothesis import strategies as st

from dejure.analysis.board import (
    BoardAct,
    BoardInput,
    BoardSettings,
    BoardSilence,
    BoardStatement,
    BoardStory,
    make_board,
)
from dejure.analysis.states import state_system

SYSTEM = state_system()
DAY = dt.date(2025, 7, 3)


def day(number: int) -> dt.date:
    return DAY + dt.timedelta(days=number)


def story(name: str, *actors: str, touches: bool = False, number: int = 1) -> BoardStory:
    return BoardStory(id=name, day=day(number), actors=frozenset(actors), touches=touches)


def row_of(state: str, rows: BoardInput, **options):
    board = make_board(rows, SYSTEM, polity="somaliland", act_day=DAY, **options)
    return next(row for row in board.rows if row.state == state)


def test_every_member_of_the_day_has_a_row() -> None:
    board = make_board(BoardInput(), SYSTEM, polity="kosovo", act_day=DAY, excluded=["serbia"])
    assert len(board.rows) == SYSTEM.members_on(DAY).sum() - 2
    assert board.counts("stance") == {"unobserved": len(board.rows)}
    assert len(list(csv.DictReader(io.StringIO(board.to_csv())))) == len(board.rows)


def test_recognition_before_and_after_with_days_as_an_interval() -> None:
    acts = (
        BoardAct(actor="kenya", act="recognise", earliest=day(-9), latest=day(-5), known=day(-5)),
        BoardAct(actor="ghana", act="recognise", earliest=day(2), latest=day(4), known=day(4)),
    )
    before, after = (row_of(state, BoardInput(acts=acts)) for state in ("kenya", "ghana"))
    assert (before.position, before.days_low, before.days_high) == ("recognised before", -9, -5)
    assert (after.position, after.days_low, after.days_high) == ("recognised after", 2, 4)


def test_the_last_word_counts_and_an_act_outweighs_it() -> None:
    words = [
        BoardAct(actor="ghana", act=act, earliest=None, latest=None, known=day(number))
        for number, act in ((1, "refuse"), (3, "consider"), (5, "condition"), (7, "intend"))
    ]
    for number, position in ((1, "refuses"), (3, "considers"), (5, "conditional"), (7, "intends")):
        assert row_of("ghana", BoardInput(acts=tuple(words)), as_of=day(number)).position == position


def test_what_was_said_is_mixed_where_it_points_both_ways() -> None:
    told = [BoardStatement(actor="france", stance=stance, day=day(1)) for stance in ("support", "concern", "neutral")]
    assert row_of("france", BoardInput(statements=tuple(told[::2]))).stance == "supports"
    assert row_of("france", BoardInput(statements=tuple(told))).stance == "mixed"


def test_silence_is_explicit_observed_or_unknown() -> None:
    heard = (story("a", "france"), story("b", "france"), story("c", "france", touches=True))
    silent = row_of("france", BoardInput(stories=heard))
    assert (silent.stance, silent.silence) == ("silent", "observed")
    assert row_of("france", BoardInput(stories=heard[1:])).stance == "unobserved"
    assert row_of("france", BoardInput(stories=heard), settings=BoardSettings(stories_any=4)).stance == "unobserved"
    untouched = tuple(story(name, "france") for name in "abcd")
    assert row_of("france", BoardInput(stories=untouched)).stance == "unobserved"
    told = BoardInput(silences=(BoardSilence(actor="france", day=day(1)),))
    assert (row_of("france", told).stance, row_of("france", told).silence) == ("silent", "explicit")


def test_the_same_story_twice_counts_once() -> None:
    again = (story("a", "france", touches=True),) * 5
    assert row_of("france", BoardInput(stories=again)).stance == "unobserved"


def test_stories_out_of_the_window_do_not_count() -> None:
    late = tuple(story(name, "france", touches=True, number=40) for name in "abc")
    assert row_of("france", BoardInput(stories=late)).stance == "unobserved"
    assert row_of("france", BoardInput(stories=late), window_days=60).stance == "silent"


def test_changes_since_yesterday() -> None:
    told = BoardInput(statements=(BoardStatement(actor="france", stance="oppose", day=day(2)),))
    assert row_of("france", told, as_of=day(2)).changed == "stance: unobserved to opposes"
    assert row_of("france", told, as_of=day(3)).changed == ""


@settings(max_examples=40, deadline=None)
@given(keep=st.sets(st.integers(0, 29)))
def test_a_thinner_corpus_never_makes_a_state_more_silent(keep: set[int]) -> None:
    states = ("france", "germany", "japan")
    whole = [story(str(n), states[n % 3], touches=n % 5 == 0, number=n) for n in range(30)]
    thinned = [one for n, one in enumerate(whole) if n in keep]
    for state in states:
        full = row_of(state, BoardInput(stories=tuple(whole)))
        thin = row_of(state, BoardInput(stories=tuple(thinned)))
        assert not (thin.stance == "silent" and full.stance == "unobserved")
        assert thin.stories <= full.stories
