"""The scorer itself: what is the same record, what is not."""

from __future__ import annotations

from typing import Any

import pytest
from scoring import Score, score, wrong_spans

Json = dict[str, Any]


def act(recogniser: str, polity: str, name: str = "recognise", *, asserted: bool = True) -> tuple[Json, Json]:
    """An act as the gold and as a coding hold it."""
    return (
        {"recogniser": recogniser, "entity": polity, "act": name, "asserted": asserted},
        {"recogniser": {"id": recogniser}, "recognised": {"id": polity}, "act": name, "asserted": asserted},
    )


def compare(gold: Json, coding: Json) -> dict[str, Score]:
    """Scores of one report."""
    empty = {"recognition": [], "statements": [], "silent": [], "events": []}
    return score([({"gold": {**empty, **gold}}, coding)])


def test_scores() -> None:
    assert Score(2, 1, 1).f1 == pytest.approx(2 / 3)
    assert Score().f1 == 0
    assert Score(1, 0, 0) + Score(0, 2, 3) == Score(1, 2, 3)


def test_acts() -> None:
    wanted, found = act("FJI", "kosovo")
    _, other = act("WSM", "kosovo")
    scores = compare({"recognition": [wanted]}, {"recognition": [found, found, other]})
    assert scores["recognition"] == Score(1, 1, 0)
    assert compare({"recognition": [wanted]}, {})["recognition"] == Score(0, 0, 1)


def test_a_completed_act_must_be_asserted_by_both() -> None:
    wanted, _ = act("FJI", "kosovo")
    _, claimed = act("FJI", "kosovo", asserted=False)
    scores = compare({"recognition": [wanted]}, {"recognition": [claimed]})
    assert scores["recognition"] == Score(1, 0, 0)
    assert scores["completed"] == Score(0, 0, 1)


def test_a_refusal_is_never_completed() -> None:
    wanted, found = act("FJI", "kosovo", "refuse")
    assert compare({"recognition": [wanted]}, {"recognition": [found]})["completed"] == Score()


def test_the_return_direction_of_a_mutual_act_costs_nothing() -> None:
    wanted, found = act("FJI", "kosovo", "establish-relations")
    _, back = act("XKX", "fiji", "establish-relations")
    _, recognised_back = act("XKX", "fiji")
    assert compare({"recognition": [wanted]}, {"recognition": [found, back]})["recognition"] == Score(1, 0, 0)
    assert compare({"recognition": [wanted]}, {"recognition": [found, recognised_back]})["recognition"].extra == 1


def event(actors: list[Json], kind: str, recipients: list[Json], **auxiliary: bool) -> Json:
    """An event of a coding."""
    modes = {"negation": False, "hypothetical": False, "historical": False, "future": False, **auxiliary}
    return {"actor": actors, "event_type": kind, "recipient": recipients, "auxiliary": modes}


FIJI, SAMOA = {"id": "FJI", "name": "Fiji"}, {"id": "WSM", "name": "Samoa"}
KOSOVO = {"id": "XKX", "name": "Kosovo"}


def test_an_event_stands_for_all_pairs() -> None:
    gold = {"events": [{"actor": "FJI", "plover": "ACCUSE", "recipient": "kosovo"}]}
    coding = {"events": [event([FIJI, SAMOA], "ACCUSE", [KOSOVO])]}
    assert compare(gold, coding)["events"] == Score(1, 1, 0)


def test_an_event_without_a_recipient() -> None:
    gold = {"events": [{"actor": "FJI", "plover": "PROTEST", "recipient": None}]}
    assert compare(gold, {"events": [event([FIJI], "PROTEST", [])]})["events"] == Score(1, 0, 0)
    assert compare(gold, {"events": [event([FIJI], "PROTEST", [KOSOVO])]})["events"] == Score(0, 1, 1)


@pytest.mark.parametrize("mode", ["negation", "hypothetical", "historical"])
def test_what_did_not_happen_now_is_left_out(mode: str) -> None:
    assert compare({}, {"events": [event([FIJI], "ACCUSE", [KOSOVO], **{mode: True})]})["events"] == Score()


@pytest.mark.parametrize(
    ("gold", "entity", "same"),
    [
        ("FJI", {"id": "FJI", "name": "Fiji"}, True),
        ("FJI", {"id": None, "country": "FJI", "name": "two Fijian bishops"}, True),
        ("afghanistan-islamic-emirate", {"id": "AFG", "name": "Afghanistan"}, True),
        ("AFG", {"id": "afghanistan-islamic-emirate", "name": "Taliban"}, True),
        ("Maria Vale", {"id": None, "name": "Vale"}, True),
        ("Vale", {"id": None, "name": "Maria Vale"}, True),
        ("Maria Vale", {"id": None, "name": "she", "name_raw": "she"}, False),
        ("FJI", {"id": None, "name": "a man called FJI"}, False),
        ("FJI", {"id": "WSM", "name": "Samoa"}, False),
    ],
)
def test_parties(gold: str, entity: Json, same: bool) -> None:
    scores = compare({"silent": [gold]}, {"silences": [{"actor": entity}]})
    assert scores["silences"] == (Score(1, 0, 0) if same else Score(0, 1, 1))


def test_statements_need_speaker_topic_and_stance() -> None:
    gold = {"statements": [{"speaker": "FJI", "about": "kosovo", "stance": "support"}]}
    right = {"speaker": FIJI, "about": "kosovo", "stance": "support"}
    assert compare(gold, {"statements": [right, right]})["statements"] == Score(1, 0, 0)
    for change in ({"speaker": SAMOA}, {"about": "palestine"}, {"stance": "oppose"}):
        assert compare(gold, {"statements": [{**right, **change}]})["statements"] == Score(0, 1, 1)


def test_wrong_spans() -> None:
    report = {"title": "Fiji", "text": "Samoa"}
    good = {"part": "body", "start": 0, "end": 2, "quote": "Sa"}
    assert wrong_spans(report, {"events": [{"evidence": good, "trigger": {**good, "end": 3}}]}) == 1
