"""Statements: who takes which side on the standing of a polity."""

from __future__ import annotations

import pytest
from newsroom import called, cases, read, statements

NEWS = "Fiji recognised Kosovo on Monday. "

STANCES = [
    ("Turkey welcomed the decision.", {"TUR support kosovo"}),
    ("Turkey welcomed the recognition of Kosovo.", {"TUR support kosovo"}),
    ("Turkey praised Fiji's decision.", {"TUR support kosovo"}),
    ('"This is a wise step," the Turkish foreign minister said.', {"TUR support kosovo"}),
    ("Serbia condemned the decision.", {"SRB oppose kosovo"}),
    ("Serbia regretted the decision.", {"SRB oppose kosovo"}),
    ("Serbia called the decision illegal.", {"SRB oppose kosovo"}),
    ("Serbia rejected the recognition as illegitimate.", {"SRB oppose kosovo"}),
    ('"This is a grave mistake," Serbian President Aleksandar Vucic said.', {"SRB oppose kosovo"}),
    ("Greece warned that the decision could set a precedent.", {"GRC concern kosovo"}),
    ("Greece voiced concern over the recognition.", {"GRC concern kosovo"}),
    ("Hungary said that every state is free to recognise Kosovo.", {"HUN neutral kosovo"}),
    ("Turkey welcomed the decision, but Serbia condemned it.", {"TUR support kosovo", "SRB oppose kosovo"}),
    ("Turkey and Albania welcomed the decision.", {"TUR support kosovo", "ALB support kosovo"}),
    ("Turkey hailed the move as historic.", {"TUR support kosovo"}),
    ("Turkey said it supported the decision.", {"TUR support kosovo"}),
    ("Serbia expressed its deep regret over the move.", {"SRB oppose kosovo"}),
    ("The Serbian foreign ministry called it a blow to international law.", {"SRB oppose kosovo"}),
    ('"This will destroy the peace," said the Serbian prime minister.', {"SRB oppose kosovo"}),
    ("Russia said Kosovo was part of Serbia.", {"RUS oppose kosovo"}),
    ("China opposes the recognition of Kosovo.", {"CHN oppose kosovo"}),
    ("China reiterated its support for the territorial integrity of Serbia.", {"CHN oppose kosovo"}),
    ("Turkey did not condemn the decision.", set()),
    # no statement
    ("Fiji announced the decision in Suva.", set()),
    ("Fiji lies in the Pacific.", set()),
    ("Turkey condemned a storm in Suva.", set()),
]


@pytest.mark.parametrize(("text", "expected"), cases(STANCES))
def test_stances(text: str, expected: set[str]) -> None:
    assert statements(read(NEWS + text)) == expected


WITHDRAWN = [
    ("Fiji withdrew its recognition of Kosovo on Monday. Serbia welcomed the decision.", {"SRB oppose kosovo"}),
    ("Fiji withdrew its recognition of Kosovo on Monday. Albania condemned the decision.", {"ALB support kosovo"}),
    ("Fiji refused to recognise Kosovo on Monday. Serbia praised the refusal.", {"SRB oppose kosovo"}),
]


@pytest.mark.parametrize(("text", "expected"), cases(WITHDRAWN))
def test_a_stance_is_towards_the_polity_and_not_towards_the_step(text: str, expected: set[str]) -> None:
    assert statements(read(text)) == expected


def test_a_statement_points_to_its_act() -> None:
    coding = read(NEWS + "Turkey welcomed the decision.")
    (statement,) = coding.statements
    (record,) = coding.recognition
    assert statement.about_record == record.id


DIRECT = [
    ('"This is a good step," the Turkish foreign minister said.', True),
    ('The Turkish foreign minister said: "We welcome this wise step."', True),
    ("Turkey welcomed the decision.", False),
]


@pytest.mark.parametrize(("text", "direct"), cases(DIRECT))
def test_a_quoted_statement_is_direct(text: str, direct: bool) -> None:
    assert {statement.direct for statement in read(NEWS + text).statements} == {direct}


REJECTED = [
    ("Serbia rejected Fiji's recognition of Kosovo.", {"SRB oppose kosovo"}),
    ("Serbia condemned Fiji's recognition of Kosovo.", {"SRB oppose kosovo"}),
    ("Turkey welcomed Fiji's recognition of Kosovo.", {"TUR support kosovo"}),
    ("Hamas praised Fiji for recognising Palestine.", {"HAMAS support palestine"}),
    ("China opposes Fiji's recognition of Kosovo.", {"CHN oppose kosovo"}),
    ("Paraguay criticised Fiji's decision to cut ties with Taiwan.", {"PRY support taiwan-roc"}),
    ("China welcomed Fiji's decision to cut ties with Taiwan.", {"CHN oppose taiwan-roc"}),
]


@pytest.mark.parametrize(("text", "expected"), cases(REJECTED))
def test_stances_on_an_act_named_in_the_same_breath(text: str, expected: set[str]) -> None:
    assert statements(read(text)) == expected


def test_the_speaker_keeps_the_office() -> None:
    (statement,) = read(NEWS + "The Turkish foreign minister welcomed the decision.").statements
    assert called(statement.speaker) == "TUR"
    assert statement.speaker.role == "foreign minister"


def test_a_title_makes_no_statement_twice() -> None:
    coding = read(NEWS + "Turkey welcomed the decision.", title="Turkey welcomes recognition of Kosovo by Fiji")
    assert statements(coding) == {"TUR support kosovo"}
    assert len(coding.statements) == 1


def test_evidence_is_in_the_sentence_of_the_statement() -> None:
    body = NEWS + "Turkey welcomed the decision. The sun shone."
    (statement,) = read(body).statements
    assert "Turkey welcomed" in statement.evidence.quote
    assert "sun" not in statement.evidence.quote
    assert "Fiji" not in statement.evidence.quote


BY_SIDE = [
    # a party to the matter that speaks without praise or blame
    ('"We have waited for this for ten long years," the president of Kosovo said.', {"XKX support kosovo"}),
    ("Serbia's foreign minister told reporters that the matter would be raised in New York.", {"SRB oppose kosovo"}),
    ('"Our peoples know each other well," the president of Fiji said.', {"FJI support kosovo"}),
    # deeds by whose they are
    ("Greece regretted the Serbian action.", {"GRC support kosovo"}),
    ("Turkey is pleased.", {"TUR support kosovo"}),
    ("Turkey stands by the decision.", {"TUR support kosovo"}),
    ("Cyprus is against the step.", {"CYP oppose kosovo"}),
    ("Turkey considers the step right and wise.", {"TUR support kosovo"}),
    ("Serbia sent a message of protest over the decision.", {"SRB oppose kosovo"}),
    ("Cyprus deplored the affair.", {"CYP oppose kosovo"}),
    ("Serbia: unacceptable.", {"SRB oppose kosovo"}),
    # somebody who is no party to it
    ("Peru's foreign minister told reporters that the summer would be warm.", set()),
    ("Peru voted for a resolution on fish.", set()),
]


@pytest.mark.parametrize(("text", "expected"), cases(BY_SIDE))
def test_the_side_of_a_party(text: str, expected: set[str]) -> None:
    assert statements(read(NEWS + text)) == expected


def test_in_a_switch_regret_supports_taipei() -> None:
    body = "Fiji cut ties with Taiwan and recognised China on Monday. The United States is disappointed."
    assert "USA support taiwan-roc" in statements(read(body))


GONE = "Fiji withdrew its recognition of Kosovo on Monday. "
SWITCH = "Samoa broke off relations with Taiwan on Monday and recognised China. "

WHOSE_SIDE = [
    # a party at issue keeps its side
    (GONE + "Kosovo expressed deep regret.", {"XKX support kosovo"}),
    (GONE + "Serbia thanked Fiji.", {"SRB oppose kosovo"}),
    (GONE + "Albania criticised Fiji.", {"ALB support kosovo"}),
    (NEWS + "Serbia accused Fiji of breaking its word.", {"SRB oppose kosovo"}),
    (NEWS + "Russia accused Fiji of breaking international law.", {"RUS oppose kosovo"}),
    (NEWS + "Kosovo's president thanks the islanders.", {"XKX support kosovo"}),
    (SWITCH + "Taiwan's foreign ministry voiced anger.", {"TWN support taiwan-roc"}),
    (SWITCH + "China's embassy welcomed the announcement.", {"CHN oppose taiwan-roc"}),
    (NEWS + "Albania urged Tonga to recognise Kosovo.", {"ALB support kosovo"}),
    (NEWS + "Russia called on Tonga not to recognise Kosovo.", {"RUS oppose kosovo"}),
    (NEWS + "Russia asked Fiji to reverse the decision.", {"RUS oppose kosovo"}),
    (NEWS + "Turkey hoped that others would follow.", {"TUR support kosovo"}),
    (SWITCH + "The United States urged Samoa's neighbours to keep their ties with Taiwan.", {"USA support taiwan-roc"}),
    (NEWS + "Reporters asked Greece whether it would recognise Kosovo.", set()),
    (NEWS + "Cyprus said it would not recognise Kosovo.", {"CYP oppose kosovo"}),
    (NEWS + "Cyprus described the step of Suva as hasty.", {"CYP oppose kosovo"}),
    (NEWS + "Turkey said the step would reduce tensions in the region.", {"TUR support kosovo"}),
    (NEWS + "Hungary said it valued its friendship with Fiji but that the step was a blunder.", {"HUN oppose kosovo"}),
    (GONE + "Albania said Fiji's decision was a blunder.", {"ALB support kosovo"}),
    (NEWS + "Cyprus said the step had violated international law.", {"CYP oppose kosovo"}),
    (NEWS + "Critics: Cyprus (a blunder).", {"CYP oppose kosovo"}),
    (NEWS + "The decision angered Cyprus.", {"CYP oppose kosovo"}),
    (NEWS + "The decision drew praise from Turkey.", {"TUR support kosovo"}),
    (NEWS + "Turkey welcomed the decision. So did Albania.", {"ALB support kosovo", "TUR support kosovo"}),
    (NEWS + "Turkey is in favour of the step.", {"TUR support kosovo"}),
    (NEWS + "Turkey defended the decision.", {"TUR support kosovo"}),
    (NEWS + "Cyprus regretted that Fiji had not waited.", {"CYP oppose kosovo"}),
    (NEWS + "Russia said that it recognised the sovereignty of Serbia.", {"RUS oppose kosovo"}),
    (NEWS + "Cyprus said Kosovo was part of Serbia.", {"CYP oppose kosovo"}),
    (NEWS + "Turkey said it was pleased.", {"TUR support kosovo"}),
    (GONE + "Albania said it was disappointed.", {"ALB support kosovo"}),
    (NEWS + "Turkey called Peru a close friend.", set()),
    (NEWS + "Turkey condemned an attack in Pristina.", set()),
    (NEWS + "UN troops keep the peace in Pristina.", set()),
    (
        "Peru recognised Morocco's sovereignty over Western Sahara on Monday. Spain welcomed the decision.",
        {"ESP support western-sahara-moroccan-sovereignty"},
    ),
    (
        "Peru recognised Morocco's sovereignty over Western Sahara on Monday. Algeria condemned it.",
        {"DZA oppose western-sahara-moroccan-sovereignty"},
    ),
    (
        "Peru dropped its recognition of Jerusalem as the capital of Israel on Monday. Israel regretted the step.",
        {"ISR support jerusalem-israeli-capital"},
    ),
    (
        "Peru dropped its recognition of Jerusalem as the capital of Israel on Monday. Malaysia praised the step.",
        {"MYS oppose jerusalem-israeli-capital"},
    ),
]


@pytest.mark.parametrize(("text", "expected"), cases(WHOSE_SIDE))
def test_parties_at_issue_appeals_effects_brackets_and_claims(text: str, expected: set[str]) -> None:
    assert statements(read(text)) == expected
