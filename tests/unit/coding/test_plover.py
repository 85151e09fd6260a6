"""PLOVER events: type, sides, mode, auxiliary modes, who reports it."""

from __future__ import annotations

import pytest
from newsroom import called, cases, event, events, read

from dejure.reference.ontology import load_ontology

TYPES = [
    ("Chile and Peru signed an agreement on fishing.", {"CHL+PER AGREE"}),
    ("Chile agreed to send doctors to Peru.", {"CHL AGREE PER"}),
    ("The president of Chile met the president of Peru on Monday.", {"CHL CONSULT PER"}),
    ("The foreign minister of Chile visited Peru on Monday.", {"CHL CONSULT PER"}),
    ("Chile praised Peru for its courage.", {"CHL SUPPORT PER"}),
    ("Chile apologised to Peru on Monday.", {"CHL CONCEDE PER"}),
    ("Chile and Peru held joint naval exercises.", {"CHL+PER COOPERATE"}),
    ("Chile shared intelligence with Peru on Monday.", {"CHL COOPERATE PER"}),
    ("Chile sent food aid to Peru on Monday.", {"CHL AID PER"}),
    ("Chile withdrew its troops from Peru on Monday.", {"CHL RETREAT PER"}),
    ("Chile released three Peruvian soldiers on Monday.", {"CHL RETREAT PER"}),
    ("Chile asked Peru for help on Monday.", {"CHL REQUEST PER"}),
    ("Chile urged Peru to free the fishermen.", {"CHL REQUEST PER"}),
    ("Chile accused Peru of spying.", {"CHL ACCUSE PER"}),
    ("Chile condemned Peru on Monday.", {"CHL ACCUSE PER"}),
    ("Chile summoned the Peruvian ambassador on Monday.", {"CHL ACCUSE PER"}),
    ("Chile rejected a proposal by Peru on Monday.", {"CHL REJECT PER"}),
    ("Chile threatened to attack Peru.", {"CHL THREATEN PER"}),
    ("Chile imposed sanctions on Peru.", {"CHL SANCTION PER"}),
    ("Chile expelled two Peruvian diplomats on Monday.", {"CHL SANCTION PER"}),
    ("Chile recalled its ambassador to Peru on Monday.", {"CHL SANCTION PER"}),
    ("Chile arrested four Peruvian fishermen on Monday.", {"CHL COERCE PER"}),
    ("Chilean troops attacked Peruvian soldiers on Monday.", {"CHL ASSAULT PER"}),
    ("Chile deployed troops along the border with Peru on Monday.", {"CHL MOBILIZE PER"}),
    ("Thousands of Chileans protested against Peru on Monday.", {"CHL PROTEST PER"}),
]


@pytest.mark.parametrize(("text", "expected"), cases(TYPES))
def test_types(text: str, expected: set[str]) -> None:
    assert events(read(text)) == expected


def test_all_types_are_tried() -> None:
    tried = {line.split()[1] for _, expected in TYPES for line in expected}
    assert tried == set(load_ontology().types)


SYNTAX = [
    # whole clauses, sides told by office holders
    ("The foreign ministers of Chile and Peru met in Lima.", {"CHL+PER CONSULT"}),
    ("Chile and Peru met in Lima.", {"CHL+PER CONSULT"}),
    ("Ministers of Chile and Peru flew to Kosovo.", {"CHL+PER CONSULT XKX"}),
    # a state protests by note, not in the street
    ("Chile protested against Peru's decision.", {"CHL ACCUSE PER"}),
    # a day is nobody
    ("Chile imposed sanctions on Peru on Monday.", {"CHL SANCTION PER"}),
    ("On Monday Chile imposed sanctions on Peru.", {"CHL SANCTION PER"}),
    # passives
    ("Peruvian soldiers were attacked by Chilean troops on Monday.", {"CHL ASSAULT PER"}),
    ("Peru was condemned by Chile and Bolivia.", {"BOL+CHL ACCUSE PER"}),
    ("Two Peruvian diplomats were expelled from Chile.", set()),
    # both sides
    ("Chile and Peru held talks in Lima on Monday.", {"CHL+PER CONSULT"}),
    ("The presidents of Chile and Peru met on Monday.", {"CHL+PER CONSULT"}),
    # support verbs
    ("Chile launched an attack on Peru.", {"CHL ASSAULT PER"}),
    ("Chile carried out air strikes against Peru.", {"CHL ASSAULT PER"}),
    ("Chile paid a visit to Peru.", {"CHL CONSULT PER"}),
    ("Chile offered an apology to Peru.", {"CHL CONCEDE PER"}),
    ("Peru came under attack from Chile.", {"CHL ASSAULT PER"}),
    # nouns
    ("Chile's attack on Peru shocked the region.", {"CHL ASSAULT PER"}),
    ("Talks between Chile and Peru took place on Monday.", {"CHL+PER CONSULT"}),
    # lists of sides stay lists
    ("Chile and Bolivia condemned Peru and Ecuador.", {"BOL+CHL ACCUSE ECU+PER"}),
    # two verbs of one subject
    ("Chile condemned Peru and recalled its ambassador from Lima.", {"CHL ACCUSE PER", "CHL SANCTION PER"}),
    # relative clauses
    ("Chile, which attacked Peru on Monday, has a new president.", {"CHL ASSAULT PER"}),
    # nobody acts
    ("The weather in Peru improved on Monday.", set()),
    ("Peru is a country of mountains.", set()),
]


@pytest.mark.parametrize(("text", "expected"), cases(SYNTAX))
def test_syntax(text: str, expected: set[str]) -> None:
    assert events(read(text)) == expected


NOT_THESE = [
    ("Peru attacked Bolivia on Monday. Chile's opposition accused the government of weakness.", "CHL ACCUSE PER"),
    ("Chile imposed sanctions on Monday on Peru.", "CHL SANCTION Monday"),
    ("Analysts warned Chile on Monday that it would attack Peru.", "analysts THREATEN CHL"),
]


@pytest.mark.parametrize(("text", "line"), cases(NOT_THESE))
def test_nobody_is_drawn_into_it(text: str, line: str) -> None:
    assert line not in events(read(text))


AUXILIARIES = [
    # a promise, a threat, a concession
    ("Chile will send food aid to Peru next week.", {"CHL AGREE PER"}),
    ("The president of Chile will visit Peru next week.", {"CHL AGREE PER"}),
    ("Chile will attack Peru, its president said.", {"CHL THREATEN PER"}),
    ("Chile will impose sanctions on Peru, its president said.", {"CHL THREATEN PER"}),
    ("Chile will withdraw its troops from Peru next week.", {"CHL CONCEDE PER"}),
    # negation
    ("Chile did not attack Peru.", {"CHL ASSAULT PER not"}),
    ("Chile never apologised to Peru.", {"CHL CONCEDE PER not"}),
    # doubt
    ("Chile may attack Peru.", {"CHL ASSAULT PER maybe"}),
    ("If Chile attacks Peru, prices will rise.", {"CHL ASSAULT PER maybe"}),
    # what lies back
    ("Chile attacked Peru in 1879.", {"CHL ASSAULT PER before"}),
    ("Chile had attacked Peru in 1879.", {"CHL ASSAULT PER before"}),
]


@pytest.mark.parametrize(("text", "expected"), cases(AUXILIARIES))
def test_auxiliary_modes(text: str, expected: set[str]) -> None:
    assert events(read(text)) == expected


ABSORBED = [
    ("Chile urged Peru to attack Bolivia.", {"CHL REQUEST PER"}),
    ("Chile refused to meet Peru.", {"CHL REJECT PER"}),
    ("Chile denied that it had attacked Peru.", {"CHL REJECT PER"}),
    ("Chile condemned Peru's attack on Bolivia.", {"CHL ACCUSE PER"}),
]


@pytest.mark.parametrize(("text", "expected"), cases(ABSORBED))
def test_what_another_event_speaks_of_is_none_of_its_own(text: str, expected: set[str]) -> None:
    found = events(read(text))
    assert not any("ASSAULT" in line or "CONSULT" in line for line in found)
    assert found <= expected


REPORTED = [
    ("Chile said that Peru had attacked Bolivia.", "PER ASSAULT BOL", ["CHL"]),
    ("According to Chile, Peru attacked Bolivia on Monday.", "PER ASSAULT BOL", ["CHL"]),
    ("Peru attacked Bolivia on Monday, Chile said.", "PER ASSAULT BOL", ["CHL"]),
    ("Peru attacked Bolivia on Monday.", "PER ASSAULT BOL", []),
]


@pytest.mark.parametrize(("text", "line", "sources"), cases(REPORTED))
def test_who_reports_it(text: str, line: str, sources: list[str]) -> None:
    assert [called(entity) for entity in event(read(text), line).attributed_to] == sources


MODES = [
    ("Chilean warplanes bombed Peru on Monday.", "ASSAULT", "aerial"),
    ("Chile arrested four Peruvian fishermen on Monday.", "COERCE", "arrest"),
    ("Chile expelled two Peruvian diplomats on Monday.", "SANCTION", "expel"),
    ("The president of Chile visited Peru on Monday.", "CONSULT", "visit"),
    ("Chile withdrew its troops from Peru on Monday.", "RETREAT", "withdraw"),
    ("Thousands of Chileans went on strike against Peru on Monday.", "PROTEST", "strike"),
    ("Fiji recognised Kosovo on Monday.", "SUPPORT", "recognise"),
    ("Fiji withdrew its recognition of Kosovo on Monday.", "SANCTION", "derecognise"),
]


@pytest.mark.parametrize(("text", "event_type", "mode"), cases(MODES))
def test_modes(text: str, event_type: str, mode: str) -> None:
    found = [one for one in read(text).events if one.event_type == event_type]
    assert [one.mode for one in found] == [mode]


def test_scores_are_those_of_the_ontology() -> None:
    ontology = load_ontology()
    for text, *_ in TYPES + SYNTAX + AUXILIARIES + MODES:
        for one in read(text).events:
            kind = ontology.types[one.event_type]
            assert one.quad_code == kind.quad
            assert one.intensity == kind.score_of(one.mode)
            assert one.mode is None or one.mode in kind.modes
            assert set(one.contexts) <= set(ontology.contexts)


def test_no_event_without_an_actor_and_none_without_a_needed_recipient() -> None:
    ontology = load_ontology()
    for text, *_ in TYPES + SYNTAX + AUXILIARIES:
        for one in read(text).events:
            assert one.actor
            assert one.recipient or not ontology.types[one.event_type].needs_recipient


def test_a_recognition_is_told_once() -> None:
    """As a SUPPORT of the act, not another time by the lexicon."""
    assert events(read("Fiji recognised Kosovo on Monday.")) == {"FJI SUPPORT XKX"}
    assert len(read("Fiji recognised Kosovo on Monday.").events) == 1


ACTS_AS_EVENTS = [
    ("Fiji withdrew its recognition of Kosovo on Monday.", {"FJI SANCTION XKX"}),
    ("Fiji will recognise Kosovo next week, its president said.", {"FJI AGREE XKX"}),
    ("Fiji severed diplomatic relations with Israel on Monday.", {"FJI SANCTION ISR"}),
    ("Fiji refused to recognise Kosovo.", {"FJI REJECT XKX"}),
    ("Kosovo urged Fiji to recognise its independence.", {"XKX REQUEST FJI"}),
    ("Samoa urged the European Union to recognise Kosovo.", {"WSM REQUEST EU"}),
    ("Fiji established diplomatic relations with Kosovo on Monday.", {"FJI SUPPORT XKX"}),
]


@pytest.mark.parametrize(("text", "expected"), cases(ACTS_AS_EVENTS))
def test_acts_as_events(text: str, expected: set[str]) -> None:
    coding = read(text)
    assert events(coding) == expected
    assert len(coding.events) == len(expected)
