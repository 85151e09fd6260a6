"""Acts of recognition: who recognises whom, as what, whether it is said to be so."""

from __future__ import annotations

import datetime as dt

import pytest
from newsroom import act, acts, called, cases, read

# ------------------------------------------------------------------------------------------- the eleven acts, plainly
PLAIN = [
    ("Norway recognised the State of Palestine on Tuesday.", {"NOR recognise palestine"}),
    ("Peru intends to recognise Somaliland next month.", {"PER intend somaliland"}),
    ("Estonia will recognise Palestine if the hostages are freed.", {"EST condition palestine"}),
    ("Portugal is considering recognition of Somaliland.", {"PRT consider somaliland"}),
    ("Germany refused to recognise the Taliban government.", {"DEU refuse afghanistan-islamic-emirate"}),
    ("Suriname denied that it had recognised Kosovo.", {"SUR deny kosovo"}),
    (
        "The Taliban urged Pakistan to recognise their government.",
        {"PAK demand afghanistan-islamic-emirate (claimed)"},
    ),
    ("Chad withdrew its recognition of Kosovo on Monday.", {"TCD withdraw kosovo"}),
    ("Laos established diplomatic relations with Kosovo on Monday.", {"LAO establish-relations kosovo"}),
    ("Bolivia severed diplomatic relations with Israel on Friday.", {"BOL sever-relations israel"}),
    (
        "The Emir of Qatar accepted the credentials of the ambassador of Kosovo on Monday.",
        {"QAT accept-credentials kosovo"},
    ),
]

# --------------------------------------------------------------------------------------------------- other wordings
WORDED = [
    # verbs
    ("Mexico has recognised Kosovo as an independent state.", {"MEX recognise kosovo"}),
    ("Mexico has recognized Kosovo.", {"MEX recognise kosovo"}),
    ("Iceland has formally acknowledged Somaliland as a sovereign state.", {"ISL recognise somaliland"}),
    ("Kosovo was recognised by Mongolia on Thursday.", {"MNG recognise kosovo"}),
    ("Zambia derecognised the Sahrawi Republic on Monday.", {"ZMB withdraw sahrawi-republic"}),
    ("Malta, Andorra and Monaco recognised Palestine on Monday.",
     {"MLT recognise palestine", "AND recognise palestine", "MCO recognise palestine"}),
    ("Nauru recognised Abkhazia and South Ossetia on Tuesday.",
     {"NRU recognise abkhazia", "NRU recognise south-ossetia"}),
    ("Samoa, which recognised Kosovo in 2008, opened a school in Pristina.", {"WSM recognise kosovo"}),
    ("Having recognised Kosovo, Samoa opened an embassy in Pristina.", {"WSM recognise kosovo"}),
    # governments
    ("Turkey recognised the Taliban as the legitimate government of Afghanistan.",
     {"TUR recognise afghanistan-islamic-emirate"}),
    ("Japan has recognised the transitional government of Syria.", {"JPN recognise syria-transitional-government"}),
    ("Moscow recognised the Islamic Emirate of Afghanistan.", {"RUS recognise afghanistan-islamic-emirate"}),
    # agents and objects one after the other
    ("Kosovo was recognised by Egypt and by Germany on Monday.", {"EGY recognise kosovo", "DEU recognise kosovo"}),
    ("Kosovo was recognised on Monday by Italy and by Sweden.", {"ITA recognise kosovo", "SWE recognise kosovo"}),
    ("Peru recognised the two breakaway states, Abkhazia and South Ossetia, on Monday.",
     {"PER recognise abkhazia", "PER recognise south-ossetia"}),
    # nouns and light verbs
    ("Paraguay extended diplomatic recognition to Kosovo on Thursday.", {"PRY recognise kosovo"}),
    ("Paraguay granted Kosovo diplomatic recognition on Thursday.", {"PRY recognise kosovo"}),
    ("Kosovo won recognition from Sudan on Monday.", {"SDN recognise kosovo"}),
    ("Sudan's recognition of Kosovo annoyed officials in Belgrade.", {"SDN recognise kosovo"}),
    ("The recognition of Kosovo by Sudan annoyed officials in Belgrade.", {"SDN recognise kosovo"}),
    ("Sudan announced its recognition of Kosovo on Monday.", {"SDN recognise kosovo"}),
    ("Serbia criticised Sudan's decision to recognise Kosovo.", {"SDN recognise kosovo"}),
    ("Serbia rejected Sudan's recognition of Kosovo.", {"SDN recognise kosovo"}),
    ("Serbia condemned Sudan's recognition of Kosovo.", {"SDN recognise kosovo"}),
    ("Nauru recognised Kosovo on Tuesday.", {"NRU recognise kosovo"}),
    ("Fiji recognised Abkhazia on Tuesday.", {"FJI recognise abkhazia"}),
    ("Togo revoked its recognition of Kosovo on Monday.", {"TGO withdraw kosovo"}),
    ("Togo rescinded its recognition of Kosovo on Monday.", {"TGO withdraw kosovo"}),
    # decisions of the competent authority are the act, unless a later day is set
    ("The Icelandic government decided on Friday to recognise Palestine.", {"ISL recognise palestine"}),
    ("Iceland's foreign minister signed the decree that recognises Palestine on Friday.", {"ISL recognise palestine"}),
    ("The Icelandic government decided on Friday to recognise Palestine next month.", {"ISL intend palestine"}),
    # intentions
    ("Iceland will recognise Palestine next week, its prime minister said.", {"ISL intend palestine"}),
    ("Iceland is going to recognise Palestine next week, its prime minister said.", {"ISL intend palestine"}),
    ("Iceland announced plans to recognise Palestine next week.", {"ISL intend palestine"}),
    ("Iceland has pledged to recognise Palestine.", {"ISL intend palestine"}),
    ("Iceland said it would recognise Palestine next week.", {"ISL intend palestine"}),
    # conditions
    ("Belgium will recognise Palestine once all hostages are free.", {"BEL condition palestine"}),
    ("Unless Israel agrees to a truce, Malta will recognise Palestine.", {"MLT condition palestine"}),
    ("Should Israel not agree to a truce, Malta will recognise Palestine.", {"MLT condition palestine"}),
    ("Japan made its recognition of Palestine conditional on an end to the fighting.", {"JPN condition palestine"}),
    ("Japan said it would recognise Palestine only if the fighting ended.", {"JPN condition palestine"}),
    # under study
    ("Greece is weighing whether to recognise Kosovo.", {"GRC consider kosovo"}),
    ("Greece is studying the recognition of Kosovo.", {"GRC consider kosovo"}),
    ("Greece and Kosovo are in talks about recognition.", {"GRC consider kosovo"}),
    # refusals in the actor's own words, or told as an answer
    ("Hungary ruled out recognising Palestine.", {"HUN refuse palestine"}),
    ("Hungary rejected recognition of Palestine on Thursday.", {"HUN refuse palestine"}),
    ("Hungary will not recognise Palestine, its foreign minister said.", {"HUN refuse palestine"}),
    ('"We do not recognise the Taliban government," the foreign minister of Nepal said.',
     {"NPL refuse afghanistan-islamic-emirate"}),
    ("It is too early to recognise Palestine, the prime minister of Latvia said on Thursday.",
     {"LVA refuse palestine"}),
    ("Latvia is withholding recognition of the Taliban government.", {"LVA refuse afghanistan-islamic-emirate"}),
    # denials
    ("Zambia's foreign ministry denied reports that the country had recognised Kosovo.", {"ZMB deny kosovo"}),
    ("Nepal's foreign ministry said that receiving the envoy did not amount to recognition of the Taliban government.",
     {"NPL deny afghanistan-islamic-emirate"}),
    ("Nepal's foreign minister said the visit does not mean recognition of the Taliban.",
     {"NPL deny afghanistan-islamic-emirate"}),
    # demands
    ("President Mahmoud Abbas asked Japan to recognise Palestine.", {"JPN demand palestine (claimed)"}),
    ("Deputies in Reykjavik called on the Icelandic government to recognise Kosovo.", {"ISL demand kosovo (claimed)"}),
    ("Danish lawmakers passed a motion asking the government to recognise Palestine.",
     {"DNK demand palestine (claimed)"}),
    ("The Palestinian foreign minister called on other countries to recognise Palestine.",
     {"- demand palestine (claimed)"}),
    ("Somaliland asked for recognition by Ethiopia.", {"ETH demand somaliland (claimed)"}),
    # relations
    ("Fiji and Kosovo established diplomatic relations on Wednesday.",
     {"FJI establish-relations kosovo", "XKX establish-relations fiji"}),
    ("Diplomatic relations between Fiji and Kosovo were established on Wednesday.",
     {"FJI establish-relations kosovo", "XKX establish-relations fiji"}),
    ("Belize restored diplomatic relations with Israel on Monday.", {"BLZ establish-relations israel"}),
    ("Belize broke off diplomatic relations with Israel on Monday.", {"BLZ sever-relations israel"}),
    ("Belize cut ties with Israel on Monday.", {"BLZ sever-relations israel"}),
    ("Belize suspended diplomatic relations with Israel on Monday.", {"BLZ sever-relations israel"}),
    ("Belize will establish diplomatic relations with Kosovo next week.", {"BLZ intend kosovo"}),
    ("Belize refused to establish diplomatic relations with Kosovo.", {"BLZ refuse kosovo"}),
    # credentials
    ("The ambassador of Kosovo presented her credentials to the President of Fiji on Monday.",
     {"FJI accept-credentials kosovo"}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), cases(PLAIN + WORDED))
def test_what_is_told(text: str, expected: set[str]) -> None:
    assert acts(read(text)) == expected


# -------------------------------------------------------------------------------------------------- what is no act
NOTHING = [
    # other senses of the word
    "The minister recognised the need for reform in Kosovo.",
    "A nurse from Pristina was recognised for her work with refugees in Kosovo.",
    "The dog recognised its owner at the bus station in Pristina.",
    "Canada recognised the genocide of the Armenians in April.",
    "Brazil recognised the victory of the opposition in the election in Uruguay.",
    "Paraguay recognised Jerusalem as the capital of Israel.",
    "The United States recognised Israel's sovereignty over the Golan Heights.",
    "Greece does not recognise passports issued in Kosovo.",
    "European football's governing body recognised the football federation of Kosovo.",
    "Norway recognised the right of the Palestinians to a state of their own.",
    "A university in Oslo recognised diplomas from Kosovo.",
    "Facial recognition cameras were put up at the border of Kosovo.",
    "The internationally recognised government of Yemen met in Aden.",
    # the writer's background
    "India has not recognised the Taliban government.",
    "India does not recognise Kosovo.",
    # unnamed multitudes
    "More than 110 states have recognised Kosovo.",
    "Most members of the bloc recognise Kosovo.",
    # calls against, and calls to revoke
    "Israel urged France not to recognise Palestine.",
    "Serbia urged Ghana to withdraw its recognition of Kosovo.",
    # ambassadors and missions are events only
    "Chile recalled its ambassador to Israel on Monday.",
    "Fiji opened an embassy in Jerusalem on Monday.",
    "Turkey closed its consulate in Hargeisa on Monday.",
    # ties that are not diplomatic
    "Belize established trade relations with Taiwan on Monday.",
    "Belize strengthened its ties with Kosovo on Monday.",
    # too early to say, no decision
    "It is too early to say whether Latvia will recognise Palestine, its foreign minister said.",
    "Latvia has made no decision on recognising Palestine.",
]


@pytest.mark.parametrize("text", cases(NOTHING))
def test_no_act(text: str) -> None:
    assert acts(read(text)) == set()


# ------------------------------------------------------------------------------------------------ asserted or claimed
STANDING = [
    ("Kosovo's foreign minister said that Guinea had recognised her country.", {"GIN recognise kosovo (claimed)"},
     ["XKX"]),
    ("Serbia claimed that Ghana had withdrawn its recognition of Kosovo.", {"GHA withdraw kosovo (claimed)"}, ["SRB"]),
    ("Guinea's foreign minister said that his country had recognised Kosovo.", {"GIN recognise kosovo"}, []),
    ("The foreign ministry of Guinea announced that the country had recognised Kosovo.", {"GIN recognise kosovo"}, []),
    ("According to Kosovo's government, Guinea has recognised Kosovo.", {"GIN recognise kosovo (claimed)"}, ["XKX"]),
    ("Peru is expected to recognise Kosovo next week.", {"PER recognise kosovo (claimed)"}, []),
    ("Peru is due to recognise Kosovo next week.", {"PER recognise kosovo (claimed)"}, []),
    ("Peru may soon recognise Kosovo.", {"PER recognise kosovo (claimed)"}, []),
    ("Peru could recognise Kosovo before the summer.", {"PER recognise kosovo (claimed)"}, []),
    ("Kosovo received a note in which Guinea's ambassador formally notified it of recognition.",
     {"GIN recognise kosovo"}, []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected", "claimants"), cases(STANDING))
def test_who_stands_for_it(text: str, expected: set[str], claimants: list[str]) -> None:
    coding = read(text)
    assert acts(coding) == expected
    assert [called(entity) for entity in act(coding).attributed_to] == claimants


RETRACTED = [
    "The foreign ministry in Lima said on Monday that Peru had recognised Kosovo. "
    "On Tuesday it retracted the announcement, which it called an error.",
    "Peru recognised Kosovo, a minister wrote on Monday; on Tuesday the ministry called it a mistake.",
]


@pytest.mark.parametrize("text", cases(RETRACTED))
def test_an_announcement_taken_back_is_not_asserted(text: str) -> None:
    assert "PER recognise kosovo" not in acts(read(text))


def test_a_demand_names_who_asks() -> None:
    record = act(read("The Taliban urged Pakistan to recognise their government."))
    assert called(record.recogniser) == "PAK"
    assert [called(entity) for entity in record.attributed_to] == ["afghanistan-islamic-emirate"]


@pytest.mark.parametrize(
    "body", ["The cabinet met in Oslo on Friday. Snow fell in the evening.", "A choir sang in the rain in Bergen."]
)
def test_a_title_alone_asserts_nothing(body: str) -> None:
    assert not any(one.asserted for one in read(body, title="Norway recognises Palestine").recognition)


def test_a_title_does_not_double_what_the_text_tells() -> None:
    coding = read("Norway recognised Palestine on Tuesday.", title="Norway recognises Palestine")
    assert acts(coding) == {"NOR recognise palestine"}
    assert act(coding).evidence.part == "body"


# -------------------------------------------------------------------------------------------------- what they are like
def test_capacity() -> None:
    for text, capacity in (
        ("Norway recognised the State of Palestine on Tuesday.", "state"),
        ("Turkey recognised the Taliban as the government of Afghanistan on Tuesday.", "government"),
        ("Japan recognised the transitional government of Syria on Tuesday.", "government"),
        ("Fiji recognised Kosovo on Tuesday.", "state"),
    ):
        assert act(read(text)).recognised.capacity == capacity, text


RIVALS = [
    ("Canada recognised Juan Guaidó as interim president of Venezuela on Wednesday.", dt.date(2019, 1, 24),
     "CAN", "venezuela-guaido"),
    ("Cuba recognised the Maduro government on Wednesday.", dt.date(2019, 1, 24), "CUB", "venezuela-maduro"),
    ("Japan recognised the transitional government of Syria on Wednesday.", dt.date(2025, 5, 2),
     "JPN", "syria-transitional-government"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "published", "recogniser", "slug"), cases(RIVALS))
def test_rival_governments_have_slugs_of_their_own(text: str, published: dt.date, recogniser: str, slug: str) -> None:
    record = act(read(text, published=published))
    assert (called(record.recogniser), record.recognised.id) == (recogniser, slug)
    assert record.recognised.capacity == "government"


MANNERS = [
    ("Mali suspended its recognition of the Sahrawi Republic.", "MLI withdraw sahrawi-republic", "suspend"),
    ("Mali froze its recognition of the Sahrawi Republic.", "MLI withdraw sahrawi-republic", "freeze"),
    ("Mali resumed its recognition of the Sahrawi Republic.", "MLI recognise sahrawi-republic", "resume"),
    ("Mali reaffirmed its recognition of the Sahrawi Republic.", "MLI recognise sahrawi-republic", "reaffirm"),
    ("Tuvalu switched its diplomatic recognition from Taiwan to China.", "TUV recognise china-prc", "switch"),
    ("Mali withdrew its recognition of the Sahrawi Republic.", "MLI withdraw sahrawi-republic", None),
]


@pytest.mark.parametrize(("text", "line", "manner"), cases(MANNERS))
def test_manner(text: str, line: str, manner: str | None) -> None:
    assert act(read(text), line).manner == manner


KINDS = [
    ("Uganda granted de facto recognition to Somaliland on Monday.", "de_facto"),
    ("Uganda recognised Somaliland de jure on Monday.", "de_jure"),
    ("Uganda recognised Somaliland on Monday.", None),
]


@pytest.mark.parametrize(("text", "kind"), cases(KINDS))
def test_kind(text: str, kind: str | None) -> None:
    assert act(read(text)).kind == kind


def test_first() -> None:
    assert act(read("Uganda became the first country to recognise Somaliland.")).first
    assert not act(read("Uganda recognised Somaliland on Monday.")).first


def test_conditions_are_quoted() -> None:
    text = "Estonia will recognise Palestine if the hostages are freed."
    (condition,) = act(read(text)).conditions
    assert condition.quote == "if the hostages are freed"


def test_a_switch_leaves_one_and_takes_the_other() -> None:
    text = "Tuvalu severed diplomatic relations with Taiwan and established diplomatic relations with China on Monday."
    assert acts(read(text)) >= {"TUV sever-relations taiwan-roc", "TUV establish-relations china-prc"}


# ----------------------------------------------------------------------------------------------- told again, repeated
REPEATS = [
    ("Spain recognised Palestine in May 2024. Slovenia did so in June 2024.",
     {"ESP recognise palestine", "SVN recognise palestine"}),
    ("Ireland recognised Palestine on Tuesday. Malta followed suit on Thursday.",
     {"IRL recognise palestine", "MLT recognise palestine"}),
    ("Ireland recognised Palestine on Tuesday. Malta did the same on Thursday.",
     {"IRL recognise palestine", "MLT recognise palestine"}),
    ("Portugal recognised Palestine on Monday, as did Luxembourg.",
     {"PRT recognise palestine", "LUX recognise palestine"}),
    ("Like Spain, which recognised Palestine in 2024, Malta has now done so.",
     {"ESP recognise palestine", "MLT recognise palestine"}),
    ("Fiji cut ties with Taiwan on Monday. Palau did not follow.", {"FJI sever-relations taiwan-roc"}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), cases(REPEATS))
def test_repeated_acts(text: str, expected: set[str]) -> None:
    assert acts(read(text)) == expected


def test_one_record_for_an_act_told_twice() -> None:
    text = "Norway recognised Palestine on Tuesday. In Oslo, crowds cheered when Norway recognised Palestine."
    record = act(read(text))
    assert record.evidence.start == 0
    assert record.when is not None
    assert record.when.text() == "2025-09-09"


def test_acts_stand_in_the_order_of_the_text() -> None:
    text = "Norway recognised Palestine on Tuesday. Fiji recognised Kosovo. Chad withdrew its recognition of Kosovo."
    starts = [record.evidence.start for record in read(text).recognition]
    assert starts == sorted(starts)


def test_an_act_names_its_event() -> None:
    coding = read("Norway recognised Palestine on Tuesday.")
    assert act(coding).event in {one.id for one in coding.events}
