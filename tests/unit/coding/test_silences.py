"""Silences: who is said not to have commented, answered, confirmed or decided."""

from __future__ import annotations

import pytest
from newsroom import cases, read, silences

NEWS = "Fiji recognised Kosovo on Monday. "

SILENT = [
    ("The United Nations has not commented.", {"UN no_comment"}),
    ("The United Nations made no comment.", {"UN no_comment"}),
    ("There was no comment from Serbia.", {"SRB no_comment"}),
    ("Serbia remained silent.", {"SRB no_comment"}),
    ("Serbia kept quiet.", {"SRB no_comment"}),
    ("The foreign ministry of Serbia declined to comment.", {"SRB declined"}),
    ("Serbia's foreign minister refused to comment.", {"SRB declined"}),
    ("Serbia's foreign ministry did not respond to a request for comment.", {"SRB not_answered"}),
    ("Serbia's foreign ministry did not answer calls on Monday.", {"SRB not_answered"}),
    ("Serbia's foreign minister sidestepped the question.", {"SRB avoided"}),
    ("Greece did not say whether it would do the same.", {"GRC avoided"}),
    ("Greece has not yet decided.", {"GRC not_yet"}),
    ("Greece has yet to comment.", {"GRC not_yet"}),
    ("Neither Greece nor Cyprus has commented.", {"GRC no_comment", "CYP no_comment"}),
    ("Greece and Cyprus declined to comment.", {"GRC declined", "CYP declined"}),
    ("Neither the European Union nor NATO responded.", {"EU not_answered", "NATO not_answered"}),
    ("There was no immediate reaction from Belgrade.", {"SRB no_comment"}),
    ("Serbia's foreign ministry could not be reached for comment.", {"SRB not_answered"}),
    ("The Serbian president would not be drawn on the matter.", {"SRB declined"}),
    ("Nobody in Belgrade would say whether Serbia had been told.", {"SRB avoided"}),
    ("Others, such as Greece, declined to comment.", {"GRC declined"}),
    ("In Belgrade, too, officials kept quiet.", {"SRB no_comment"}),
    ("And Greece? Not a peep.", {"GRC no_comment"}),
    ("We asked the Greek embassy. Nothing yet.", {"GRC no_comment"}),
    ("Greek foreign ministry: no reply yet.", {"GRC no_comment"}),
    ("What the government in Athens will do is unknown.", {"GRC not_yet"}),
    ("From Athens came nothing on the subject.", {"GRC no_comment"}),
    ("Greece met the decision with silence.", {"GRC no_comment"}),
    ("Greece's ambassador left without speaking to reporters.", {"GRC no_comment"}),
    ("Greece has told nobody what it will do.", {"GRC no_comment"}),
    ("The Greek foreign ministry abstained from any comment.", {"GRC declined"}),
    ("Greece's foreign minister turned down a request to talk.", {"GRC declined"}),
    ("The Greek ministry released not one line.", {"GRC no_comment"}),
    ("Greece's ambassador has not honoured us with a reaction.", {"GRC no_comment"}),
    ("The Greek foreign minister was asked, and the Greek foreign minister did not say.", {"GRC avoided"}),
    ("Greece no longer answers its telephone.", {"GRC not_answered"}),
    ("The Greek foreign minister did not refer to the subject.", {"GRC avoided"}),
    ("A Greek spokesman would not speculate.", {"GRC no_comment"}),
    ("Greece avoided the word recognition.", {"GRC avoided"}),
    ("Greece's prime minister dodged the cameras.", {"GRC avoided"}),
    ("Cyprus had no comment, and Greece declined to.", {"CYP no_comment", "GRC declined"}),
    ("Greece, asked whether it would follow, gave no answer.", {"GRC no_comment"}),
    ("Greece, whose embassy in Suva did not reply, is watching.", {"GRC not_answered"}),
    ("Greece, which borders the region, and Cyprus have yet to comment.", {"CYP not_yet", "GRC not_yet"}),
    ("The Greek government left open what it would do.", {"GRC no_comment"}),
    ("The Greek foreign ministry would say no more.", {"GRC no_comment"}),
    ("The Greek foreign minister could not be found for comment.", {"GRC not_answered"}),
    ("The Greek foreign minister would not go into details.", {"GRC avoided"}),
    ("No official in Athens was willing to comment.", {"GRC declined"}),
    ("No Greek official would comment.", {"GRC no_comment"}),
    ("The Greek foreign minister seemed reluctant to talk.", {"GRC declined"}),
    ("Greece has yet to make its position known.", {"GRC not_yet"}),
    ("Athens has so far remained tight-lipped.", {"GRC no_comment"}),
    ("Greece reserved judgment.", {"GRC no_comment"}),
    ("Greece has not said whom it regards as president.", {"GRC avoided"}),
    # no silence
    ("Greece ordered its army to keep the peace.", set()),
    ("Greece was prepared to comment.", set()),
    ("Greece declined to join the army of Cyprus.", set()),
    ("The Greek foreign minister asked Cyprus to go into details.", set()),
    ("Greece commented on the decision in a letter.", set()),
    ("Greece said nothing had changed.", set()),
    ("The streets of Athens were silent.", set()),
    ("Greece urged Cyprus not to comment.", set()),
]


@pytest.mark.parametrize(("text", "expected"), cases(SILENT))
def test_silences(text: str, expected: set[str]) -> None:
    assert silences(read(NEWS + text)) == expected


def test_a_silence_is_about_the_report_s_polity() -> None:
    (silence,) = read(NEWS + "The United Nations has not commented.").silences
    assert silence.about == "kosovo"


def test_a_silence_is_no_act() -> None:
    coding = read("Greece has not yet decided whether to recognise Kosovo.")
    assert coding.recognition == ()
    assert silences(coding) == {"GRC not_yet"}


def test_evidence() -> None:
    body = NEWS + "The United Nations has not commented."
    (silence,) = read(body).silences
    assert silence.evidence.quote.startswith("The United Nations has not commented")
