"""What did not happen, might happen, or is only said to have happened is never a completed, asserted act."""

from __future__ import annotations

import pytest
from newsroom import acts, cases, read

from dejure.records import COMPLETED_ACTS

NOT_DONE = [
    # no will
    "Fiji is in no hurry to recognise Kosovo.",
    "Fiji is not ready to recognise Kosovo, its foreign minister said.",
    "Fiji has no plans to recognise Kosovo, its foreign minister said.",
    "Fiji does not intend to recognise Kosovo.",
    "Fiji hesitated to recognise Kosovo.",
    "Fiji avoided recognising Kosovo.",
    "Fiji has stopped short of recognising Kosovo.",
    "Fiji shelved plans to recognise Kosovo.",
    "Fiji postponed its recognition of Kosovo.",
    "Fiji rejected calls to recognise Kosovo.",
    "Fiji's recognition of Kosovo is not on the table, its minister said.",
    "Recognition of Kosovo by Fiji is out of the question, its minister said.",
    "Neither Fiji nor Samoa recognised Kosovo.",
    "Nobody in Fiji wants to recognise Kosovo.",
    # not yet, nearly
    "Fiji is yet to recognise Kosovo.",
    "Fiji has yet to recognise Kosovo.",
    "Fiji almost recognised Kosovo in 2010.",
    "Fiji nearly recognised Kosovo in 2010.",
    "Fiji came close to recognising Kosovo.",
    "Fiji failed to recognise Kosovo.",
    "Fiji pretended to recognise Kosovo.",
    # not that
    "Without recognising Kosovo, Fiji opened an office in Pristina.",
    "Instead of recognising Kosovo, Fiji opened an office in Pristina.",
    "Fiji opened an office in Pristina without recognising Kosovo.",
    "Rather than recognise Kosovo, Fiji opened an office in Pristina.",
    "Before recognising Kosovo, Fiji wants an agreement with Serbia.",
    # too much, or only asked for
    "It is too early for Fiji to recognise Kosovo, its envoy said.",
    "Samoa's envoy told an agency that it was too soon for Fiji to recognise Kosovo.",
    "The Kosovar minister asked, politely, that the Fijian government recognise Kosovo.",
    "Serbia condemned an unlawful step and demands that Fiji revoke its recognition of Kosovo.",
    "The head of Fiji's parliament called for all relations with Serbia to be broken off.",
    # not true
    "It is not true that Fiji recognised Kosovo.",
    "The claim that Fiji recognised Kosovo is false.",
    "Reports that Fiji recognised Kosovo were wrong.",
    "Serbia does not believe that Fiji recognised Kosovo.",
    "Fiji dismissed reports that it had recognised Kosovo.",
    # not sure
    "Fiji reportedly recognised Kosovo on Monday.",
    "Fiji allegedly recognised Kosovo.",
    "Fiji may have recognised Kosovo.",
    "Perhaps Fiji recognised Kosovo on Monday.",
    "Media in Suva reported that Fiji had recognised Kosovo.",
    "Serbia asked whether Fiji had recognised Kosovo.",
    "Has Fiji recognised Kosovo?",
    # not so
    "If Fiji recognised Kosovo, Serbia would recall its ambassador.",
    "Had Fiji recognised Kosovo, Serbia would have recalled its ambassador.",
    "When Fiji recognises Kosovo, Serbia will recall its ambassador.",
    "If and when Fiji recognises Kosovo, it will open an embassy.",
    "Fiji would have recognised Kosovo if Serbia had agreed.",
    "A Fijian recognition of Kosovo would anger Serbia.",
    # not to
    "Serbia warned Fiji against recognising Kosovo.",
    "Serbia fears that Fiji will recognise Kosovo.",
    "The idea of recognising Kosovo divides Fiji.",
    "Talks about the recognition of Kosovo by Fiji collapsed.",
    "A plan to recognise Kosovo was dropped by Fiji.",
    # the same of other acts
    "Fiji did not sever diplomatic relations with Israel.",
    "Fiji denied that it had severed diplomatic relations with Israel.",
    "Fiji nearly severed diplomatic relations with Israel.",
    "Fiji has yet to establish diplomatic relations with Kosovo.",
    "Fiji did not withdraw its recognition of Kosovo.",
    "Fiji could withdraw its recognition of Kosovo.",
    "Reports that Fiji withdrew its recognition of Kosovo were wrong.",
    "Fiji did not accept the credentials of the ambassador of Kosovo.",
    # other things than a state or a government
    "Fiji recognised the right of Kosovo's government to tax its citizens.",
    "Fiji recognised Kosovo as a candidate for membership.",
    "Kosovo is recognised as a hub of the trade in old cars.",
    "Fiji recognised the one-China principle.",
]


@pytest.mark.parametrize("text", cases(NOT_DONE))
def test_nothing_is_asserted_as_done(text: str) -> None:
    done = [one for one in read(text).recognition if one.asserted and one.act in COMPLETED_ACTS]
    assert done == []


EXACTLY = [
    ("Fiji has stopped short of recognising Kosovo, its minister said.", {"FJI refuse kosovo"}),
    ("Fiji is not prepared to recognise Kosovo, its foreign minister said.", {"FJI refuse kosovo"}),
    ("Fiji will not rule out recognising Kosovo.", {"FJI consider kosovo"}),
    ("Fiji rejected a call to recognise Kosovo.", {"FJI refuse kosovo"}),
    ("Moldova denied on Friday that it would recognise Transnistria.", {"MDA deny transnistria"}),
    ("Fiji will recognise Kosovo only after an agreement with Serbia, its minister said.", {"FJI condition kosovo"}),
    ("Fiji's opposition promised to recognise Kosovo.", {"FJI demand kosovo (claimed)"}),
    ("Unnamed officials said that Fiji had recognised Kosovo.", {"FJI recognise kosovo (claimed)"}),
    ("Fiji said Samoa would recognise Kosovo next week.", {"WSM intend kosovo (claimed)"}),
    ("Neither Fiji nor Samoa will recognise Kosovo, their ministers said.",
     {"FJI refuse kosovo", "WSM refuse kosovo"}),
    ("Fiji has yet to recognise Kosovo, whose envoy came to Suva.", set()),
    # what is spoken of has happened
    ("A day after recognising Palestine, Norway opened an embassy in Ramallah.", {"NOR recognise palestine"}),
    ("By recognising Palestine, Norway rewarded terror, Benjamin Netanyahu said.", {"NOR recognise palestine"}),
    ("Hamas praised Norway for recognising Palestine.", {"NOR recognise palestine"}),
    ("Norway was right to recognise Palestine, the bishop said.", {"NOR recognise palestine"}),
    ("Kosovo thanked Fiji for its recognition.", {"FJI recognise kosovo"}),
    ("Kosovo's president thanked Fiji for recognising her country.", {"FJI recognise kosovo"}),
    ("Sweden recognised Kosovo on 4 March 2008 and Iceland a day later.",
     {"SWE recognise kosovo", "ISL recognise kosovo"}),
    ("Honduras broke with Taipei and opened relations with Beijing on Sunday.",
     {"HND sever-relations taiwan-roc", "HND establish-relations china-prc"}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), cases(EXACTLY))
def test_what_it_is(text: str, expected: set[str]) -> None:
    assert acts(read(text)) == expected
