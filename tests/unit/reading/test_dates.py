"""Dates in raw text: what is found, what it means, what is no date, and that nothing is ever invented."""

from __future__ import annotations

import datetime as dt

import pytest
from effort import calls_of
from hypothesis import given
from hypothesis import strategies as st

from dejure.reading.date_words import TABLES
from dejure.reading.dates import DateMention, find_dates

#: A Wednesday.
PUBLISHED = dt.date(2025, 3, 19)


def read(text: str, published: dt.date | None = PUBLISHED) -> list[tuple[str, str, str]]:
    """Quote, days and role of every mention."""
    return [(m.quote, m.when.text(), m.role) for m in find_dates(text, published)]


def only(text: str, published: dt.date | None = PUBLISHED) -> DateMention:
    """The one mention of a text."""
    (mention,) = find_dates(text, published)
    return mention


# ------------------------------------------------------------------------------------------------- whole dates
@pytest.mark.parametrize(
    ("text", "quote", "days", "role"),
    [
        ("The note was handed over on 9 June 2011 in Juba.", "9 June 2011", "2011-06-09", "on"),
        ("Signed in Lima on June 9, 2011, it lapsed.", "June 9, 2011", "2011-06-09", "on"),
        ("It bears the date of Thursday, 9 June 2011.", "Thursday, 9 June 2011", "2011-06-09", "on"),
        ("A decree of the 9th of June 2011 says so.", "the 9th of June 2011", "2011-06-09", "on"),
        ("It took force on the first of January 1993.", "the first of January 1993", "1993-01-01", "on"),
        ("Log entry 2011-06-09 is missing.", "2011-06-09", "2011-06-09", "on"),
        ("Filed 2011/06/09 by the clerk.", "2011/06/09", "2011-06-09", "on"),
        ("Stamped 29.02.2012 at the border.", "29.02.2012", "2012-02-29", "on"),
        ("Stamped 29/02/2012 at the border.", "29/02/2012", "2012-02-29", "on"),
        ("Stamped 02/29/2012 at the border.", "02/29/2012", "2012-02-29", "on"),
        ("They met on Sept. 4, 2013 in Nairobi.", "Sept. 4, 2013", "2013-09-04", "on"),
        ("They met on 4 Oct 2013 in Nairobi.", "4 Oct 2013", "2013-10-04", "on"),
        ("(Fri, 4 Oct 2013) No word came.", "Fri, 4 Oct 2013", "2013-10-04", "on"),
        ("Ties date from August 1972.", "August 1972", "1972-08", "since"),
        ("Ties dating from August 1972 were cut.", "August 1972", "1972-08", "since"),
        ("By December of 1991 the union was gone.", "December of 1991", "1991-12", "by"),
        ("Relations were frozen in 1967.", "1967", "1967", "on"),
        ("The republic (1918) was short.", "1918", "1918", "on"),
        ("Nobody has visited since 2009.", "2009", "2009", "since"),
        ("It held until 1975.", "1975", "1975", "until"),
        ("It goes for the year 2030.", "the year 2030", "2030", "on"),
        ("Under the 1933 convention a state needs a people.", "1933", "1933", "modifier"),
        ("A 1991 vote had settled it.", "1991", "1991", "modifier"),
        ("Its contested 2017 ballot was void.", "2017", "2017", "modifier"),
        ("Bolivia's 2009 constitution says so.", "2009", "2009", "modifier"),
        ("The 2018 elections were rigged.", "2018", "2018", "modifier"),
        ("Between 1958 and 1961 it was one state.", "1958 and 1961", "1958-01-01..1961-12-31", "between"),
        ("A union lasted from 1958 to 1961.", "1958 to 1961", "1958-01-01..1961-12-31", "between"),
        ("The emirate of 1996-2001 had three friends.", "1996-2001", "1996-01-01..2001-12-31", "between"),
        ("The 2023/24 session is over.", "2023/24", "2023-01-01..2024-12-31", "modifier"),
        ("In fiscal year 2022-23 aid fell.", "fiscal year 2022-23", "2022-01-01..2023-12-31", "on"),
        ("In fiscal 2022 aid fell.", "fiscal 2022", "2021-04-01..2023-03-31", "on"),
        ("The 1960s brought seventeen new members.", "The 1960s", "1960-01-01..1969-12-31", "on"),
        ("It was so throughout the sixties.", "the sixties", "1960-01-01..1969-12-31", "on"),
        ("It began in the late 1980s.", "the late 1980s", "1986-09-01..1989-12-31", "on"),
        ("A custom of the nineteenth century.", "the nineteenth century", "1801-01-01..1900-12-31", "on"),
        ("It reopened in early 2019.", "early 2019", "2019-01-01..2019-04-30", "on"),
        ("It reopened in mid-2019.", "mid-2019", "2019-05-01..2019-08-31", "on"),
        ("It has been shut since late 2019.", "late 2019", "2019-09-01..2019-12-31", "since"),
        ("The end of 2019 saw a change.", "The end of 2019", "2019-11-01..2019-12-31", "on"),
        ("In the second half of 2019 it slowed.", "the second half of 2019", "2019-07-01..2019-12-31", "on"),
        ("In the second quarter of 2019 it slowed.", "the second quarter of 2019", "2019-04-01..2019-06-30", "on"),
        ("Q4 2019 was worse.", "Q4 2019", "2019-10-01..2019-12-31", "on"),
        ("H1 2019 was better.", "H1 2019", "2019-01-01..2019-06-30", "on"),
        ("In autumn 2014 the mission left.", "autumn 2014", "2014-09-01..2014-11-30", "on"),
        ("The summer of 2014 was tense.", "The summer of 2014", "2014-06-01..2014-08-31", "on"),
        ("The winter of 2013-14 was tense.", "The winter of 2013-14", "2013-12-01..2014-02-28", "on"),
        ("Talks ran between 7 and 9 April 2015.", "7 and 9 April 2015", "2015-04-07..2015-04-09", "between"),
        ("Talks ran on April 7-9, 2015.", "April 7-9, 2015", "2015-04-07..2015-04-09", "between"),
        ("Talks ran 30 March to 2 April 2015.", "30 March to 2 April 2015", "2015-03-30..2015-04-02", "between"),
        ("Talks ran from November to January 2015.", "November to January 2015", "2014-11-01..2015-01-31", "between"),
        ("From late 2014 to early 2015 they met.", "late 2014 to early 2015", "2014-09-01..2015-04-30", "between"),
        ("A mutiny on the night of 3 May 2014 failed.", "the night of 3 May 2014", "2014-05-03", "on"),
        ("At noon on 3 May 2014 it fell.", "noon on 3 May 2014", "2014-05-03", "on"),
        ("The week of 1 May 2014 was calm.", "The week of 1 May 2014", "2014-04-28..2014-05-04", "on"),
        ("It ended two days after 28 February 2014.", "two days after 28 February 2014", "2014-03-02", "offset"),
        ("On the eve of 1 July 1997 it rained.", "the eve of 1 July 1997", "1997-06-30", "offset"),
        ("On Good Friday 1998 they signed.", "Good Friday 1998", "1998-04-10", "on"),
        ("On Easter Monday 1916 it began.", "Easter Monday 1916", "1916-04-24", "on"),
        ("On Christmas Day 1991 he resigned.", "Christmas Day 1991", "1991-12-25", "on"),
        ("With effect from 1 July 2016 it holds.", "1 July 2016", "2016-07-01", "from"),
        ("As of 1 July 2016 it holds.", "1 July 2016", "2016-07-01", "from"),
        ("No later than 1 July 2016 they go.", "1 July 2016", "2016-07-01", "deadline"),
        ("Before 1 July 2016 they had gone.", "1 July 2016", "2016-07-01", "before"),
        ("After 1 July 2016 they had gone.", "1 July 2016", "2016-07-01", "after"),
    ],
)
def test_words_that_give_the_date_whole(text: str, quote: str, days: str, role: str) -> None:
    mention = only(text)
    assert (mention.quote, mention.when.text(), mention.role) == (quote, days, role)
    assert mention.when.basis == "text"
    assert not mention.anchor_needed
    assert only(text, None) == mention


# --------------------------------------------------------------------------------------- counted from publication
@pytest.mark.parametrize(
    ("text", "quote", "days", "role"),
    [
        ("Chad acted on Wednesday.", "Wednesday", "2025-03-19", "on"),
        ("Chad acted on Thursday.", "Thursday", "2025-03-13", "on"),
        ("Chad acted on Tuesday evening.", "Tuesday evening", "2025-03-18", "on"),
        ("Chad acted late on Sunday.", "late on Sunday", "2025-03-16", "on"),
        ("Chad acted last Tuesday.", "last Tuesday", "2025-03-11", "on"),
        ("Chad acted last Friday.", "last Friday", "2025-03-14", "on"),
        ("Chad meets them next Friday.", "next Friday", "2025-03-21", "on"),
        ("Chad meets them next Thursday.", "next Thursday", "2025-03-27", "on"),
        ("Chad meets them this Saturday.", "this Saturday", "2025-03-22", "on"),
        ("Chad meets them on Monday next week.", "Monday next week", "2025-03-24", "on"),
        ("Chad acted on Monday last week.", "Monday last week", "2025-03-10", "on"),
        ("Chad will open an office on Friday.", "Friday", "2025-03-21", "on"),
        ("Chad is due to vote on Friday.", "Friday", "2025-03-21", "on"),
        ("On Friday the cabinet will decide.", "Friday", "2025-03-21", "on"),
        ("The minister said on Monday that Chad will wait.", "Monday", "2025-03-17", "on"),
        ("Chad will wait, the minister said on Monday.", "Monday", "2025-03-17", "on"),
        ("Ahead of Friday's session nobody spoke.", "Friday", "2025-03-21", "before"),
        ("Everybody has to answer by Friday.", "Friday", "2025-03-21", "by"),
        ("Two had answered by Friday.", "Friday", "2025-03-14", "by"),
        ("They left yesterday.", "yesterday", "2025-03-18", "on"),
        ("They leave today.", "today", "2025-03-19", "on"),
        ("They leave tomorrow morning.", "tomorrow morning", "2025-03-20", "on"),
        ("They leave tonight.", "tonight", "2025-03-19", "on"),
        ("They left last night.", "last night", "2025-03-18", "on"),
        ("They left the day before yesterday.", "the day before yesterday", "2025-03-17", "on"),
        ("Shots were heard overnight.", "overnight", "2025-03-18..2025-03-19", "on"),
        ("A letter came on 28 February.", "28 February", "2025-02-28", "on"),
        ("A letter came on March 5.", "March 5", "2025-03-05", "on"),
        ("A letter came on December 5th.", "December 5th", "2024-12-05", "on"),
        ("A letter came on 29 February.", "29 February", "2024-02-29", "on"),
        ("The king arrives on 2 April.", "2 April", "2025-04-02", "on"),
        ("The king will arrive on 1 November.", "1 November", "2025-11-01", "on"),
        ("A letter came on the 11th.", "the 11th", "2025-03-11", "on"),
        ("A letter came on the 11th of this month.", "the 11th of this month", "2025-03-11", "on"),
        ("A letter came on 11 May last year.", "11 May last year", "2024-05-11", "on"),
        ("A letter came in May.", "May", "2024-05", "on"),
        ("A letter came in March.", "March", "2025-03", "on"),
        ("A letter came in Nov. and was lost.", "Nov", "2024-11", "on"),
        ("A letter will come in May.", "May", "2025-05", "on"),
        ("Malta would recognise it in September, he said.", "September", "2025-09", "on"),
        ("A letter came last March.", "last March", "2024-03", "on"),
        ("This March is cold.", "This March", "2025-03", "on"),
        ("A congress convenes next March.", "next March", "2026-03", "on"),
        ("It was so in May of last year.", "May of last year", "2024-05", "on"),
        ("The May summit failed.", "May", "2024-05", "modifier"),
        ("A February decision was void.", "February", "2025-02", "modifier"),
        ("It is his third trip this week.", "this week", "2025-03-17..2025-03-23", "on"),
        ("He went there last week.", "last week", "2025-03-10..2025-03-16", "on"),
        ("He goes there next month.", "next month", "2025-04", "on"),
        ("He went there last year.", "last year", "2024", "on"),
        ("He went there the year before last.", "the year before last", "2023", "on"),
        ("He went there earlier this month.", "earlier this month", "2025-03-01..2025-03-19", "on"),
        ("He goes there later this month.", "later this month", "2025-03-19..2025-03-31", "on"),
        ("He went there earlier in the week.", "earlier in the week", "2025-03-17..2025-03-19", "on"),
        ("He went there late last year.", "late last year", "2024-09-01..2024-12-31", "on"),
        ("He went there in early March.", "early March", "2025-03-01..2025-03-11", "on"),
        ("He went there in mid-February.", "mid-February", "2025-02-10..2025-02-19", "on"),
        ("Germany decides by the end of the year.", "the end of the year", "2025-11-01..2025-12-31", "by"),
        ("Germany decides within the year.", "the year", "2025", "within"),
        ("He went there at the weekend.", "the weekend", "2025-03-15..2025-03-16", "on"),
        ("He will go there at the weekend.", "the weekend", "2025-03-22..2025-03-23", "on"),
        ("He went there last weekend.", "last weekend", "2025-03-15..2025-03-16", "on"),
        ("He went there five days ago.", "five days ago", "2025-03-14", "ago"),
        ("He went there two weeks ago.", "two weeks ago", "2025-03-03..2025-03-09", "ago"),
        ("He went there 14 months ago.", "14 months ago", "2024-01", "ago"),
        ("He went there twenty-two years ago.", "twenty-two years ago", "2003", "ago"),
        ("He went there more than ten years ago.", "ten years ago", "2014-03-19..2015-03-19", "ago"),
        ("He went there nearly ten years ago.", "ten years ago", "2015-03-19..2016-03-19", "ago"),
        ("He went there a few days ago.", "a few days ago", "..2025-03-19", "ago"),
        ("They return in three days' time.", "in three days' time", "2025-03-22", "on"),
        ("They will return in three weeks.", "in three weeks", "2025-04-07..2025-04-13", "on"),
        ("Nothing was said in recent weeks.", "recent weeks", "..2025-03-19", "on"),
        ("Nothing was said in the past ten days.", "the past ten days", "2025-03-09..2025-03-19", "on"),
        ("More is to come in the coming days.", "the coming days", "2025-03-19..", "on"),
        ("More is to come over the next two weeks.", "the next two weeks", "2025-03-19..2025-04-02", "on"),
        ("He must leave within 48 hours.", "within 48 hours", "2025-03-19..2025-03-21", "within"),
        ("It snowed this spring.", "this spring", "2025-03-01..2025-05-31", "on"),
        ("It snowed last summer.", "last summer", "2024-06-01..2024-08-31", "on"),
        ("It was so in the autumn.", "the autumn", "2024-09-01..2024-11-30", "on"),
        ("On Christmas Eve it was cut.", "Christmas Eve", "2024-12-24", "on"),
        ("On New Year's Day it was cut.", "New Year's Day", "2025-01-01", "on"),
        ("They will march on Bastille Day.", "Bastille Day", "2025-07-14", "on"),
        ("It happened at the turn of the year.", "the turn of the year", "2024-12-16..2025-01-15", "on"),
        ("From Monday to Wednesday nobody worked.", "Monday to Wednesday", "2025-03-17..2025-03-19", "between"),
        ("3-5 March were quiet.", "3-5 March", "2025-03-03..2025-03-05", "between"),
    ],
)
def test_words_counted_from_publication(text: str, quote: str, days: str, role: str) -> None:
    mention = only(text)
    assert (mention.quote, mention.when.text(), mention.role) == (quote, days, role)
    assert mention.when.basis == "relative"
    assert mention.anchor_needed
    assert mention.anchor == "published"
    undated = only(text, None)
    assert undated.quote == quote or "will" in text or "within" in text
    assert not undated.when.is_resolved
    assert undated.when.precision == "unknown"


def test_a_headline_in_the_infinitive_speaks_of_the_future() -> None:
    headline = "Spain to recognise Kosovo on Friday"
    assert [m.when.text() for m in find_dates(headline, PUBLISHED, "title")] == ["2025-03-21"]
    assert find_dates(headline, PUBLISHED, "title")[0].when.part == "title"


def test_a_weekday_beside_a_day_chooses_the_year() -> None:
    assert only("It met on Sunday, 23 March.").when.text() == "2025-03-23"
    assert only("It met on Saturday, 23 March.").when.text() == "2024-03-23"


# ------------------------------------------------------------------------------- counted from another date, an event
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("On 3 May 2011 it fell. The previous day all was calm.", ("The previous day", "2011-05-02", "on")),
        ("On 3 May 2011 it fell. A day earlier all was calm.", ("A day earlier", "2011-05-02", "offset")),
        ("On 3 May 2011 it fell. The next day all was calm.", ("The next day", "2011-05-04", "on")),
        ("On 3 May 2011 it fell, and that same day he fled.", ("that same day", "2011-05-03", "on")),
        ("On 3 May 2011 it fell. Two days later he fled.", ("Two days later", "2011-05-05", "offset")),
        ("On 3 May 2011 it fell. He had fled six days before.", ("six days before", "2011-04-27", "offset")),
        ("On 3 May 2011 it fell. A week later he fled.", ("A week later", "2011-05-09..2011-05-15", "offset")),
        ("On 3 May 2011 it fell. The following Friday he fled.", ("The following Friday", "2011-05-06", "on")),
        ("On 3 May 2011 it fell. Later that month he fled.", ("Later that month", "2011-05-03..2011-05-31", "on")),
        ("In June 2011 it fell. The following month he fled.", ("The following month", "2011-07", "on")),
        ("In 1988 it was declared. Two years later it was gone.", ("Two years later", "1990", "offset")),
        ("In 1988 it was declared. The following year it was gone.", ("The following year", "1989", "on")),
        ("It was declared in 1988, and had by the end of the year 80 friends.",
         ("the end of the year", "1988-11-01..1988-12-31", "by")),
    ],
)  # fmt: skip
def test_words_counted_from_the_date_before(text: str, expected: tuple[str, str, str]) -> None:
    assert read(text)[-1] == expected
    assert find_dates(text, PUBLISHED)[-1].when.basis == "relative"


@pytest.mark.parametrize(
    ("text", "quote", "anchor", "offset"),
    [
        ("It came two days after Fiji, Samoa and Tonga acted.", "two days after", "event", 2),
        ("It came three weeks before the vote.", "three weeks before", "event", -21),
        ("It came the day after the vote.", "the day after", "event", 1),
        ("It came hours after the vote.", "hours after", "event", 0),
        ("It came thirty-four years after the war.", "thirty-four years after", "event", None),
        ("It came on the eve of the summit.", "the eve of", "event", -1),
        ("It came within 30 days of the vote.", "within 30 days", "event", 30),
        ("A day earlier it had denied that.", "A day earlier", "date", -1),
        ("The following Tuesday it denied that.", "The following Tuesday", "date", None),
        ("It is expected within days.", "within days", None, None),
        ("Independence Day was quiet.", "Independence Day", None, None),
        ("During Ramadan nobody came.", "Ramadan", None, None),
    ],
)
def test_what_the_text_does_not_settle_stays_open(
    text: str, quote: str, anchor: str | None, offset: int | None
) -> None:
    mention = only(text)
    assert (mention.quote, mention.anchor, mention.offset_days) == (quote, anchor, offset)
    assert not mention.when.is_resolved
    assert mention.anchor_needed


def test_without_publication_an_offset_is_kept() -> None:
    mention = only("They left five days ago.", None)
    assert (mention.anchor, mention.offset_days, mention.when.is_resolved) == ("published", -5, False)


def test_an_unresolved_day_hides_the_one_before() -> None:
    found = read("On 3 May 2011 it fell. On Thursday he fled. A day earlier all was calm.", None)
    assert [days for _, days, _ in found] == ["2011-05-03", "?", "?"]


# ---------------------------------------------------------------------------------------------------- no dates
@pytest.mark.parametrize(
    "text",
    [
        "It may recognise the republic.",
        "Theresa May said so.",
        "May said she would wait.",
        "Prime Minister May was booed, and May's government fell.",
        "A cabinet led by May collapsed.",
        "Crowds march on the capital.",
        "The March on Rome is remembered.",
        "A 14-1 split stunned the council.",
        "Resolution 2758 expelled them.",
        "They cite resolution 1244 of the council.",
        "Some 2,000 soldiers stayed.",
        "Around 1,900 people fled.",
        "The 2000 soldiers stayed.",
        "More than 2011 votes were cast.",
        "It passed with 2011 votes.",
        "A total of 1950 ballots were void.",
        "Article 5 was invoked.",
        "At COP28 nothing happened.",
        "They drove down Route 66.",
        "It cost $2024 a head.",
        "Shares rose by 2024.5 points.",
        "Flight 1967 was late.",
        "The Second World War ended it.",
        "Black Friday sales rose.",
        "The Sunday Times reported it.",
        "The Arab Spring toppled him.",
        "April Glaspie was the envoy.",
        "The late president was honoured.",
        "The early warning failed.",
        "In the end nothing came of it.",
        "It was the 22nd state to do so.",
        "On the 22nd floor a lamp burned.",
        "Day after day they waited.",
        "For the first time in four years they spoke.",
        "They held talks for two days.",
        "A week-long visit ended.",
        "A two-year-old dispute ended.",
        "They won 3-2 and lost 4-1.",
        "Fall in line, he said.",
        "The minister seconds the motion.",
        "It happens on Mondays.",
        "05/06/2024 may be either.",
        "Agenda 2030 is a plan.",
        "One day it will be recognised.",
        "At 1900 GMT the lights went out.",
        "Page 1999 is missing.",
    ],
)
def test_what_is_no_date(text: str) -> None:
    assert read(text) == []


def test_an_impossible_day_is_none() -> None:
    assert read("It was 31 February 2024.") == [("February 2024", "2024-02", "on")]
    assert read("It was 2024-13-45.") == []


def test_a_name_does_not_hide_the_month() -> None:
    text = "Theresa May resigned. In May 2019 she wept, and since May she has been silent."
    assert [quote for quote, _, _ in read(text, dt.date(2019, 7, 1))] == ["May 2019", "May"]


def test_several_dates_in_order() -> None:
    text = "In 2019, 2020 and 2021 they met; on Thursday, 6 March 2025, they met again, and will on 1 May."
    assert [days for _, days, _ in read(text)] == ["2019", "2020", "2021", "2025-03-06", "2025-05-01"]


def test_a_line_break_may_stand_within_a_date() -> None:
    assert read("It fell on 3\nMay 2011.") == [("3\nMay 2011", "2011-05-03", "on")]
    assert read("It lists 3\n\nMay 2011") == [("May 2011", "2011-05", "on")]


def test_the_calendar_ends() -> None:
    assert not only("It fell 9999 years ago.").when.is_resolved
    for published in (dt.date.min, dt.date.max):
        for text in ("last week", "next year", "on Monday", "in May", "last winter", "at Easter", "next weekend"):
            for mention in find_dates(text, published):
                assert mention.quote


# ------------------------------------------------------------------------------------------------- the tables
def test_every_meaning_of_the_tables_is_known() -> None:
    from dejure.reading.date_meanings import NAMED
    from dejure.reading.date_offsets import COUNTED

    named = {row["means"] for kind in ("forms", "prefixes") for row in TABLES[kind]}
    assert named | {"range"} == NAMED.keys() | COUNTED.keys()


@pytest.mark.parametrize("name", sorted(TABLES["holidays"]))
def test_every_holiday_is_read(name: str) -> None:
    mention = only(f"It met on {name.title().replace(chr(39) + 'S', chr(39) + 's')} 2024.")
    assert mention.when.earliest is not None
    assert mention.when.earliest.year in (2023, 2024)


@pytest.mark.parametrize(
    ("year", "easter", "orthodox"),
    [(1818, "03-22", "04-26"), (1943, "04-25", "04-25"), (2000, "04-23", "04-30"), (2024, "03-31", "05-05"),
     (2025, "04-20", "04-20"), (2038, "04-25", "04-25")],
)  # fmt: skip
def test_easter(year: int, easter: str, orthodox: str) -> None:
    assert only(f"It fell on Easter Sunday {year}.").when.text() == f"{year}-{easter}"
    assert only(f"It fell on Orthodox Easter {year}.").when.text() == f"{year}-{orthodox}"


# ------------------------------------------------------------------------------------------------- properties
_WORDS = (
    "May March Monday last next the of two days after before ago 2024 1988 31 22nd - / , . between and from to since"
    " early mid- week year ’ ' s ( ) Christmas spring this end in Q3 fiscal 1990s today ſept"
)
_PIECES = st.sampled_from([*_WORDS.split(), " ", "  ", "\n", "\n\n"])
_TEXTS = st.one_of(st.text(max_size=200), st.lists(_PIECES, max_size=40).map(" ".join), st.lists(_PIECES).map("".join))
_DAYS = st.one_of(st.none(), st.dates())


@given(_TEXTS, _DAYS)
def test_any_text_gives_ordered_spans(text: str, published: dt.date | None) -> None:
    last = 0
    for mention in find_dates(text, published):
        assert last <= mention.start < mention.end <= len(text)
        assert mention.quote == text[mention.start : mention.end]
        assert (mention.when.part, mention.when.start, mention.when.end) == ("body", mention.start, mention.end)
        assert mention.anchor_needed == (mention.when.basis == "relative")
        last = mention.end


@given(_TEXTS)
def test_without_publication_nothing_relative_is_resolved_from_it(text: str) -> None:
    for mention in find_dates(text, None):
        assert not (mention.anchor == "published" and mention.when.is_resolved)


@given(st.dates(dt.date(1800, 1, 1), dt.date(2099, 12, 31)))
def test_a_written_day_reads_back(day: dt.date) -> None:
    for text in (f"on {day.day} {day:%B} {day.year}", f"on {day:%B} {day.day}, {day.year}", f"on {day.isoformat()}"):
        assert only(text, None).when.earliest == only(text, None).when.latest == day


@given(st.dates(dt.date(1900, 1, 1), dt.date(2099, 12, 31)), st.integers(0, 6))
def test_a_bare_weekday_lies_in_the_last_seven_days(published: dt.date, number: int) -> None:
    name = list(TABLES["weekdays"])[number]
    found = only(f"They met on {name.title()}.", published).when.earliest
    assert found is not None
    assert found.weekday() == number
    assert 0 <= (published - found).days < 7


# ------------------------------------------------------------------------------------------------ linear effort
ADVERSE = [
    "(", '"', "1 ", "May ", "May. ", "the day before ", "a'", "-", "1-", "1/", "in 2019, ", "two hundred ",
    "the end of ", "between May and ", "Theresa May ", "1 May to ", "early late ", "\n", "x", "1", "two days after ",
]  # fmt: skip


@pytest.mark.parametrize("unit", ADVERSE)
def test_effort_grows_with_the_text(unit: str) -> None:
    short, long = (unit * (size // len(unit)) for size in (4_000, 16_000))
    few = calls_of(lambda: find_dates(short, PUBLISHED))
    many = calls_of(lambda: find_dates(long, PUBLISHED))
    assert many <= 4.4 * few + 200


@pytest.mark.parametrize("unit", ["(", '"', "x", "\n", "1", "-"])
def test_a_million_characters(unit: str) -> None:
    assert find_dates(unit * 1_000_000, PUBLISHED) == ()
