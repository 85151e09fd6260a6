"""The gate: what it leaves without a parse can tell nothing, and whether it is on changes no record."""

from __future__ import annotations

import datetime as dt

import pytest

from dejure.coding.gate import choose_sentences
from dejure.coding.gate_model import GATE_WEIGHTS, GateModel
from dejure.coding.report import code_report
from dejure.errors import SettingsError
from dejure.models.linear import read_card
from dejure.reading.language import load_parser
from dejure.reading.reading import read_report
from dejure.records import Report
from dejure.settings import Settings

_LEAD = "The bakery on the corner has a new oven. "


def _chosen(body: str) -> dict[str, bool]:
    report = Report(id="r", title="", body=_LEAD + body, published=dt.date(2024, 5, 2), language="en")
    return {s.text: s.is_parsed for s in read_report(report, Settings(), choose_sentences).sentences[1:]}


def test_a_sentence_without_a_word_of_an_event_is_left_out() -> None:
    assert _chosen("Bread smells better in the morning. Rain fell softly on the roof.") == {
        "Bread smells better in the morning.": False,
        "Rain fell softly on the roof.": False,
    }


@pytest.mark.parametrize(
    "told",
    ["Police arrested two bakers.", "The minister would not comment.", "Peru said that Chile must leave the islet."],
)
def test_words_of_an_event_a_duty_or_a_silence_are_parsed(told: str) -> None:
    assert _chosen(f"Bread smells better in the morning. {told}")[told]


def test_a_sentence_that_a_later_one_looks_back_to_is_parsed() -> None:
    chosen = _chosen("A tall man stood in the doorway. He attacked the baker.")
    assert chosen["A tall man stood in the doorway."]


def test_a_report_that_speaks_of_recognition_is_parsed_whole() -> None:
    assert all(_chosen("Bread smells better in the morning. Chile recognised Kosovo.").values())


def test_a_parse_gives_no_lemma_that_was_not_foreseen() -> None:
    parser = load_parser(Settings().language_model)
    text = "The women who had sought better lives were fleeing, and their wolves died as armies' bombings worsened."
    for token in next(parser.parse([(text, ())])):
        if token.pos in ("VERB", "NOUN", "ADJ", "AUX"):
            assert token.lemma in parser.lemmas_of(token.lower) or token.lemma == "be"


def test_the_records_are_the_same_with_the_gate_and_without() -> None:
    body = (
        "President Abena Kufuor of Ghana met Togo's foreign minister in Accra on Tuesday. The sea was calm that day. "
        "Fishermen dried their nets. She accused smugglers of killing two guards. Dolphins swam by."
    )
    report = Report(id="r", title="Leaders meet", body=body, published=dt.date(2024, 5, 2), language="en")
    on, off = (code_report(report, Settings(gate=value)) for value in ("on", "off"))
    assert on == off
    assert on.events


@pytest.mark.parametrize(
    "told",
    [
        "Shares of the brewer fell 4 percent after the report.",
        "The library will open at nine on Saturdays from next month.",
    ],
)
def test_business_and_local_life_are_left_out(told: str) -> None:
    assert not _chosen(f"{told} Bread smells better in the morning.")[told]


def test_nor_is_the_first_sentence_parsed_for_its_place_alone() -> None:
    report = Report(id="r", title="Bakery gets a new oven", body=_LEAD, published=dt.date(2024, 5, 2), language="en")
    assert not any(s.is_parsed for s in read_report(report, Settings(), choose_sentences).sentences)


def test_what_a_sentence_weighs_is_a_matter_of_whole_numbers() -> None:
    model = GateModel.load()
    again = GateModel.from_bytes(model.to_bytes())
    assert again == model
    assert all(isinstance(steps, int) for table in (model.own, model.shades) for steps in table.values())
    words = frozenset({"police", "arrest", "baker", "zzyzx"})
    signs = ["tells", "names:0"]
    own = model.bias + sum(model.own.get(name, 0) for name in (*signs, *(f"w:{word}" for word in words)))
    met = [model.shades[word] for word in words if word in model.shades]
    assert model.weigh(signs, words) == own + sum(met) / len(met)


def test_the_card_tells_what_was_lost_of_reports_not_seen() -> None:
    lost = read_card(GATE_WEIGHTS)["cross_validated"]
    assert lost["events_lost"] <= 0.005 * lost["events"]
    assert not lost.get("recognition_lost")


def test_another_value_is_refused() -> None:
    with pytest.raises(SettingsError):
        Settings(gate="perhaps")
