"""Which polity an act is about, and whose it is, where the words leave one or the other to the report."""

from __future__ import annotations

import datetime as dt

import pytest
from newsroom import acts, read

_CASES: list[tuple[str, str, str, set[str]]] = [
    # -- the polity that the report is about, by salience
    ("Santiago: the third day", "1973-09-17",
     "Peru announced recognition of the new Government on Friday. The junta broke with Cuba. "
     "Sweden refuses recognition.",
     {"PER recognise chile-junta", "CHL sever-relations cuba", "SWE refuse chile-junta"}),
    ("Georgia breaks with Syria", "2018-05-30",
     "Georgia severed diplomatic relations with Syria after Damascus recognised Abkhazia and South Ossetia. "
     "Russia recognised both in August 2008.",
     {"GEO sever-relations syria", "SYR recognise abkhazia", "SYR recognise south-ossetia", "RUS recognise abkhazia",
      "RUS recognise south-ossetia"}),
    ("", "2009-07-05", "Mr Micheletti says Israel and Taiwan have recognised his government. Both deny it.",
     {"ISR recognise honduras-micheletti (claimed)", "TWN recognise honduras-micheletti (claimed)",
      "ISR deny honduras-micheletti", "TWN deny honduras-micheletti"}),
    # -- names of several, of governments, of their day
    ("", "2022-06-29", "Syria has recognised the independence of the Donetsk and Luhansk people's republics.",
     {"SYR recognise donetsk-peoples-republic", "SYR recognise luhansk-peoples-republic"}),
    ("", "1992-01-16", "Bulgaria has recognised the independence of the republics of Slovenia and Croatia.",
     {"BGR recognise slovenia", "BGR recognise croatia"}),
    ("", "1991-08-27", "Denmark recognised the Baltic republics of Estonia, Latvia and Lithuania on Monday.",
     {"DNK recognise estonia", "DNK recognise latvia", "DNK recognise lithuania"}),
    ("", "1950-01-10", "Denmark has withdrawn recognition from the Nationalist Government now seated at Taipei.",
     {"DNK withdraw taiwan-roc"}),
    ("", "1950-01-10", "Norway has accorded recognition de jure to the Central People's Government.",
     {"NOR recognise china-prc"}),
    ("China and Japan", "1972-10-01", "Japan recognises the People's Republic as China's only legal government.",
     {"JPN recognise china-prc"}),
    ("", "2009-05-10", "West Germany severed diplomatic relations with Belgrade in October 1957.",
     {"DEU sever-relations yugoslavia"}),
    # -- told again, joined, followed, taken back
    ("", "1976-02-23", "France recognised the People's Republic of Angola on Tuesday. Italy joined it the next day.",
     {"FRA recognise angola-mpla", "ITA recognise angola-mpla"}),
    ("", "1968-05-09", "Tanzania recognised Biafra in April. Nigeria broke off diplomatic relations with Tanzania. "
     "Gabon has followed Tanzania's example.",
     {"TZA recognise biafra", "NGA sever-relations tanzania", "GAB recognise biafra"}),
    ("", "1968-04-19", "Tanzania recognised Biafra on Saturday. Britain would not be following Tanzania's example.",
     {"TZA recognise biafra", "GBR refuse biafra"}),
    ("", "2008-06-20", "Burundi suspended its recognition of the Sahrawi republic in May. Mali freezes its own.",
     {"BDI withdraw sahrawi-republic", "MLI withdraw sahrawi-republic"}),
    ("", "2022-06-20", "Denmark recognised Latvia on 24 August 1991. The United States waited until 2 September.",
     {"DNK recognise latvia", "USA recognise latvia"}),
    # -- words that stand for the act
    ("", "2024-05-29", "Norway recognised Palestine on Tuesday. New Zealand is weighing the matter.",
     {"NOR recognise palestine", "NZL consider palestine"}),
    ("", "2024-05-29", "Norway recognised Palestine on Tuesday. Israel considered the matter to be closed.",
     {"NOR recognise palestine"}),
    ("", "2024-05-29", "Asked whether Denmark would recognise Palestine, Prime Minister Mette Frederiksen said no.",
     {"DNK refuse palestine"}),
    ("", "2011-06-07", "Abkhazia claimed that Tuvalu had recognised it. Tuvalu said it had done no such thing.",
     {"TUV recognise abkhazia (claimed)", "TUV deny abkhazia"}),
    # -- whose act
    ("", "1948-05-15", "The United States has recognised Israel. The announcement came after the British mandate had "
     "ended. It recognises the provisional government as the de facto authority.",
     {"USA recognise israel"}),
    ("", "2012-11-13", "The six states of the Gulf Cooperation Council recognised Kosovo on Monday.",
     {"GCC recognise kosovo"}),
    ("", "2024-11-22", "Panama, in 1978 the first state in Latin America to recognise the Sahrawi republic, continues "
     "to support the talks.",
     {"PAN recognise sahrawi-republic"}),
    ("", "1983-11-18", "Turkey, which recognised the Turkish Republic of Northern Cyprus at once, rejected the text.",
     {"TUR recognise northern-cyprus"}),
    # -- nothing done
    ("", "1979-06-08", "It is time that Britain recognised Zimbabwe-Rhodesia.",
     {"GBR demand zimbabwe-rhodesia (claimed)"}),
    ("", "1965-11-13", "Many are sure that Portugal will recognise Rhodesia. They still recognise British authority.",
     {"PRT recognise rhodesia (claimed)"}),
    ("", "2011-07-11", "Slovakia, which recognises neither Kosovo nor Abkhazia, voted against.", set()),
    ("", "1993-09-16", "It was a time when France recognised nobody.", set()),
    ("", "2025-03-09", "Asked whether Kenya had recognised Somaliland, the minister said no.",
     {"KEN deny somaliland"}),
    ("", "2009-10-01", "Colombia keeps quiet about recognition of Kosovo.", set()),
    ("", "2024-05-29", "Norway recognised Palestine on Tuesday. Iceland joined the bank.", {"NOR recognise palestine"}),
]  # fmt: skip


@pytest.mark.parametrize(("title", "published", "body", "expected"), _CASES)
def test_what_is_told(title: str, published: str, body: str, expected: set[str]) -> None:
    assert acts(read(body, title=title, published=dt.date.fromisoformat(published))) == expected
