"""Second mentions of the recognised: only a polity that could be recognised that day is meant."""

from __future__ import annotations

import datetime as dt

import pytest
from newsroom import acts, read

from dejure.coding.recognition.slugs import opponent_of, slug_of
from dejure.coding.recognition.standing import Standing, standing_of

_CASES: list[tuple[str, str, str, set[str]]] = [
    ("Croatia declares independence", "1991-06-27",
     "Croatia declared its independence in Zagreb on Tuesday. Lithuania recognised it the next day. Iceland will "
     "recognise the new state next week, its prime minister said.",
     {"LTU recognise croatia", "ISL intend croatia"}),
    ("Juba counts its friends", "2011-07-12",
     "South Sudan was born on Saturday. Kenya and Uganda recognised the young country at once, and China set up "
     "diplomatic relations with it.",
     {"KEN recognise south-sudan", "UGA recognise south-sudan", "CHN establish-relations south-sudan"}),
    ("Notes on recognition", "1992-02-10",
     "SLOVENIA. Japan recognised it last week.\nGEORGIA. Sweden will recognise the state in March.\nSOMALILAND. Its "
     "minister asked Kenya to recognise the republic.",
     {"JPN recognise slovenia", "SWE intend georgia", "KEN demand somaliland (claimed)"}),
    ("Moscow and the two regions", "2008-09-06",
     "Nicaragua recognised Abkhazia and South Ossetia on Friday. The European Union will not recognise the regions, "
     "its foreign ministers said in Brussels.",
     {"NIC recognise abkhazia", "NIC recognise south-ossetia", "EU refuse abkhazia", "EU refuse south-ossetia"}),
    ("Polish question settled", "1945-07-07",
     "Italy recognised the Polish Provisional Government on Friday. Sweden recognised the new Government in Warsaw a "
     "day earlier.",
     {"ITA recognise poland", "SWE recognise poland"}),
    ("Cairo, Monday", "1958-09-24",
     "A provisional government of Algeria was formed in Cairo on Friday. Iraq and Libya recognized it at once.",
     {"IRQ recognise algeria-gpra", "LBY recognise algeria-gpra"}),
    ("Guaidó's friends", "2019-01-25",
     "Juan Guaidó swore himself in as interim president of Venezuela on Wednesday. Canada and Peru recognised him "
     "within hours. Chile has recognised him too.",
     {"CAN recognise venezuela-guaido", "PER recognise venezuela-guaido", "CHL recognise venezuela-guaido"}),
    ("Bolivia: the morning after", "2019-11-14",
     "Jeanine Áñez took the oath as interim president of Bolivia on Tuesday. Brazil recognised her government the "
     "next day, and Colombia has recognised her.",
     {"BRA recognise bolivia-anez", "COL recognise bolivia-anez"}),
    ("Angry words over Biafra", "1968-04-20",
     "Tanzania recognised Biafra last Saturday. Nigeria broke off relations the same day.",
     {"TZA recognise biafra", "NGA sever-relations tanzania"}),
    ("Honduras chooses Beijing", "2023-03-26",
     "Honduras broke off relations with Taiwan on Saturday and established them with China.",
     {"HND sever-relations taiwan-roc", "HND establish-relations china-prc"}),
    ("", "2025-08-13", "The Greens repeated their demand that New Zealand recognise Palestine today.",
     {"NZL demand palestine (claimed)"}),
    # -- look-alikes
    ("Trade row", "2014-03-03",
     "Peru and Chile met in Lima on Monday. Peru said it recognised the importance of the talks. Chile recognised it "
     "as a step.", set()),
    ("Rulings", "2018-05-05", "France recognised its responsibility in the case. Germany recognised it too.", set()),
    ("Elections", "2021-05-05",
     "Peru held an election on Sunday. Chile recognised the result on Monday and Brazil recognised it a day later.",
     set()),
    ("Coach", "2019-06-06", "Brazil beat Peru in the final. Fans in Lima recognised him at once.", set()),
    ("", "2006-06-12",
     "Montenegro proclaimed its independence on 3 June. Iceland recognised it on 8 June. Serbia has not said when it "
     "will do the same.", {"ISL recognise montenegro"}),
]  # fmt: skip


@pytest.mark.parametrize(("title", "day", "text", "expected"), _CASES)
def test_what_a_second_mention_means(title: str, day: str, text: str, expected: set[str]) -> None:
    assert acts(read(text, title=title, published=dt.date.fromisoformat(day))) == expected


@pytest.mark.parametrize(
    ("slug", "day", "standing"),
    [
        ("south-sudan", "2011-07-20", "new"),
        ("south-sudan", "2021-07-20", "settled"),
        ("kosovo", "2021-07-20", "contested"),
        ("bolivia-anez", "2019-11-20", "government"),
        ("spain-nationalist", "1946-12-14", "gone"),
        ("no-such-place", "2020-01-01", "settled"),
    ],
)
def test_standing(slug: str, day: str, standing: Standing) -> None:
    assert standing_of(slug, dt.date.fromisoformat(day)) == standing


@pytest.mark.parametrize(
    ("slug", "day", "meant"),
    [
        ("poland", "1945-07-06", "poland"),  # the exiles hold nothing of it
        ("guinea-bissau", "1973-10-02", "guinea-bissau"),  # state and government rose together
        ("algeria", "1959-01-01", "algeria-gpra"),  # no state yet
        ("bolivia", "2019-11-20", "bolivia-anez"),
    ],
)
def test_whose_government(slug: str, day: str, meant: str) -> None:
    assert slug_of(slug, "government", dt.date.fromisoformat(day)) == (meant, "government")


def test_who_loses_by_a_recognition() -> None:
    assert opponent_of("kosovo") == "serbia"
    assert opponent_of("china-prc") == "taiwan-roc"
    assert opponent_of("bangladesh") == "pakistan"
    assert opponent_of("france") is None
