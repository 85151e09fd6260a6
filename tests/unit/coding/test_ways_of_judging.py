"""Ways of judging: pictures, wishes, assent withheld, blame of doing nothing, what others said the same of."""

from __future__ import annotations

import pytest
from newsroom import cases, read, statements

NEWS = "Fiji recognised Kosovo on Monday. "

JUDGING = [
    # a picture without praise or blame has the side of who draws it
    ("Its president called it the end of a long wait.", {"FJI support kosovo"}),
    ("Serbia described the step as a present for smugglers.", {"SRB oppose kosovo"}),
    # "a step" that is judged is the one told of
    ("Norway praised a courageous decision.", {"NOR support kosovo"}),
    ("Spain regretted a hasty announcement.", {"ESP oppose kosovo"}),
    # what is felt or wished
    ("Iceland wished the new state well.", {"ISL support kosovo"}),
    ("Ghana expressed its solidarity with Kosovo.", {"GHA support kosovo"}),
    ("Peru has joined in the criticism.", {"PER oppose kosovo"}),
    # assent that is not given
    ("Panama did not approve.", {"PAN oppose kosovo"}),
    # its own recognition, upheld
    ("Albania reaffirmed its recognition of Kosovo.", {"ALB support kosovo"}),
    # whoever blames a delay wants the deed
    ("Albania criticised the delay.", {"ALB support kosovo"}),
    # a side taken in a chamber
    ("The parliament of Samoa voted down a bill on recognition of Kosovo.", {"WSM oppose kosovo"}),
    # appeals
    ("The Turkish foreign minister wants Samoa to recognise Kosovo too.", {"TUR support kosovo"}),
    # the same again
    ("Turkey welcomed it. Albania takes the same view.", {"TUR support kosovo", "ALB support kosovo"}),
    ("Turkey welcomed it. So has Albania.", {"TUR support kosovo", "ALB support kosovo"}),
    # said in the middle of what is said
    ("The step, Turkey's foreign minister said, was an act of justice.", {"TUR support kosovo"}),
    # the source named, and no verb of saying
    ("According to Serbia, the step was a mistake.", {"SRB oppose kosovo"}),
    ("The decision was a mistake, according to the Serbian foreign minister.", {"SRB oppose kosovo"}),
    # plain words for it
    ("Albania's prime minister said the decision was right.", {"ALB support kosovo"}),
    ("Japan took note of the decision.", {"JPN neutral kosovo"}),
    ("Kosovo meets all the criteria, Fiji's foreign ministry said.", {"FJI support kosovo"}),
    # look-alikes
    ("According to Serbia, the decision was taken on Sunday.", set()),
    ("Japan took note of the weather.", set()),
    ("The ambassadors will meet on Friday, Fiji's foreign ministry said.", set()),
    ("The ceremony lasted an hour, Fiji's government said.", set()),
    ("Norway called a meeting on fish.", set()),
    ("Norway praised a decision on fish.", set()),
    ("Norway neither welcomed nor condemned the step.", set()),
    ("Norway takes the same ferry.", set()),
    ("Norway wished for rain.", set()),
    ("Norway reaffirmed its contract with Samoa.", set()),
]


@pytest.mark.parametrize(("text", "expected"), cases(JUDGING))
def test_what_is_judged(text: str, expected: set[str]) -> None:
    assert statements(read(NEWS + text)) == expected


def test_the_country_that_is_blamed_is_the_one_that_refused() -> None:
    refusal = "Fiji refused to recognise Kosovo on Monday. "
    text = refusal + "The opposition leader, Ann Stone, said the country was on the wrong side of history."
    (statement,) = read(text).statements
    assert (statement.speaker.name, statement.stance) == ("Ann Stone", "support")


def test_fellow_feeling_is_not_turned_by_a_refusal() -> None:
    text = "Fiji refused to recognise Kosovo on Monday. Norway expressed its sympathy."
    assert statements(read(text)) == {"NOR support kosovo"}


def test_who_backs_the_own_refusal_is_with_it() -> None:
    text = "Fiji refused to recognise Kosovo on Monday. The president of Fiji backed the decision."
    assert statements(read(text)) == {"FJI oppose kosovo"}
