"""Quotations in raw text: marks, nesting, what is open, who says it."""

from __future__ import annotations

import pytest
from effort import calls_of
from hypothesis import given
from hypothesis import strategies as st

from dejure.reading.quotations import Quotation, find_quotations
from dejure.reading.speakers import elisions, verbs


def only(text: str) -> Quotation:
    """The one quotation of a text."""
    (found,) = find_quotations(text)
    return found


def said(text: str) -> list[tuple[str, str | None, str | None]]:
    """Words, lemma of the cue and words naming the speaker of every quotation."""
    return [
        (q.text, q.cue[2] if q.cue else None, text[slice(*q.speaker)] if q.speaker else None)
        for q in find_quotations(text)
    ]


# ----------------------------------------------------------------------------------------------- one speaker each
@pytest.mark.parametrize(
    ("text", "words", "lemma", "speaker"),
    [
        # behind the quotation
        ('"We keep our word," said Katrin Jakobsdottir on Monday.', "We keep our word,", "say", "Katrin Jakobsdottir"),
        ('"We keep our word," Jakobsdottir said.', "We keep our word,", "say", "Jakobsdottir"),
        ('"We keep our word," she told parliament.', "We keep our word,", "tell", "she"),
        ('"Why now?" asked a deputy of the Greens.', "Why now?", "ask", "a deputy of the Greens"),
        ('"Never again!" shouted the crowd in the square.', "Never again!", "shout", "the crowd"),
        ('"Our line is unchanged", insisted the foreign ministry.', "Our line is unchanged", "insist",
         "the foreign ministry"),
        ('"Our line is unchanged," the foreign minister, Anna Lindh, said.', "Our line is unchanged,", "say",
         "the foreign minister, Anna Lindh"),
        ('"Our line is unchanged," Anna Lindh, the foreign minister, said.', "Our line is unchanged,", "say",
         "Anna Lindh"),
        ('"Our line is unchanged," said the foreign minister, Anna Lindh, in Oslo.', "Our line is unchanged,", "say",
         "the foreign minister, Anna Lindh"),
        ('"It hurts," an aide who asked not to be named told Reuters.', "It hurts,", "tell",
         "an aide who asked not to be named"),
        ('"It hurts," an aide, who asked not to be named, told Reuters.', "It hurts,", "tell", "an aide"),
        ('"It hurts," according to a diplomat in Addis Ababa.', "It hurts,", "according to", "a diplomat"),
        ('It is "a farce" in the words of Thabo Mbeki.', "a farce", "in the words of", "Thabo Mbeki"),
        ('"Small states matter," — Lee Kuan Yew', "Small states matter,", None, "Lee Kuan Yew"),
        ('"It is done," wrote Maria Moreno and Luis Vega in a letter.', "It is done,", "write",
         "Maria Moreno and Luis Vega"),
        ('"It is done," quietly said an old envoy.', "It is done,", "say", "an old envoy"),
        ("‘It is done,’ Lagos’s envoy said.", "It is done,", "say", "Lagos’s envoy"),
        ("'It isn't done,' Lagos's envoy said.", "It isn't done,", "say", "Lagos's envoy"),
        ('"The door is open", added state news agency Belta.', "The door is open", "add", "state news agency Belta"),
        ('"The door is open", state news agency Belta reported.', "The door is open", "report",
         "state news agency Belta"),
        # before it
        ('Mbeki said: "It is a farce."', "It is a farce.", "say", "Mbeki"),
        ('Thabo Mbeki, president of South Africa, told reporters: "It is a farce."', "It is a farce.", "tell",
         "Thabo Mbeki"),
        ("South Africa's president, Thabo Mbeki, replied, \"It is a farce.\"", "It is a farce.", "reply",
         "South Africa's president, Thabo Mbeki"),
        ('On Tuesday the African Union said it would "look at the facts".', "look at the facts", "say",
         "the African Union"),
        ('In Pretoria the minister has condemned the step as "plainly illegal".', "plainly illegal", "condemn",
         "the minister"),
        ('Mbeki on Friday called it "a farce".', "a farce", "call", "Mbeki"),
        ('Mbeki said he was tired, adding: "It is a farce."', "It is a farce.", "add", "Mbeki"),
        ('Mbeki welcomed the deal and called it "a beginning".', "a beginning", "call", "Mbeki"),
        ('Mbeki was quoted as saying: "It is a farce."', "It is a farce.", "say", "Mbeki"),
        ('Asked about it, Mbeki snapped and said, "Ask them."', "Ask them.", "say", "Mbeki"),
        ('Ghana, Mali and Togo warned of "grave consequences".', "grave consequences", "warn", "Ghana, Mali and Togo"),
        ('According to the palace, "nothing has been signed".', "nothing has been signed", "according to",
         "the palace"),
        ('What Mbeki described as "a farce" went on.', "a farce", "describe", "Mbeki"),
        ('The letter read: "We withdraw our recognition."', "We withdraw our recognition.", "read", "The letter"),
        ('Thabo Mbeki: "It is a farce."', "It is a farce.", None, "Thabo Mbeki"),
        ('16.40 Thabo Mbeki, in a broadcast: "It is a farce."', "It is a farce.", None, "Thabo Mbeki"),
        ('PRETORIA - Thabo Mbeki said: "It is a farce."', "It is a farce.", "say", "Thabo Mbeki"),
        ('Mbeki pointed out that it was "not the first time".', "not the first time", "point out", "Mbeki"),
        ('Mr. Mbeki went on: "It is a farce."', "It is a farce.", "go on", "Mr. Mbeki"),
        # nobody
        ('The "peace plan" failed.', "peace plan", None, None),
        ('A ship called "Dawn of Freedom" sailed.', "Dawn of Freedom", None, None),
        ('The report "Who Governs the Western Sahara Today" came out.', "Who Governs the Western Sahara Today",
         None, None),
        ('He left the hall. "Not one more day of this."', "Not one more day of this.", None, None),
        ('They won a "prize for murder" that day.', "prize for murder", None, None),
    ],
)  # fmt: skip
def test_who_says_it(text: str, words: str, lemma: str | None, speaker: str | None) -> None:
    assert said(text) == [(words, lemma, speaker)]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ('It was a "prize" for terrorists.', "scare"),
        ('A so-called "zone of peace" opened.', "scare"),
        ('Saar called it a "prize" for terrorists.', "speech"),
        ('"No," said Saar.', "speech"),
        ('Saar: "No."', "speech"),
        ('"Enough!" The hall fell silent.', "speech"),
        ('It would "end a long and bitter quarrel" between them.', "speech"),
        ('The film "The Longest Day in Pristina" opened.', "scare"),
    ],
)
def test_speech_and_scare_quotes(text: str, kind: str) -> None:
    assert only(text).kind == kind


# ------------------------------------------------------------------------------------------------ several of them
def test_a_quotation_broken_by_its_speaker() -> None:
    text = '"We are neighbours," Ruto added, "and neighbours talk."'
    assert said(text) == [("We are neighbours,", "add", "Ruto"), ("and neighbours talk.", "add", "Ruto")]
    text = '"We are neighbours," added Ruto, "and neighbours talk."'
    assert said(text) == [("We are neighbours,", "add", "Ruto"), ("and neighbours talk.", "add", "Ruto")]


def test_the_next_sentence_has_the_same_speaker() -> None:
    text = '"We are neighbours," said Ruto. "Neighbours talk. Always." "Do they?" asked Abiy. "I doubt it."'
    assert [speaker for _, _, speaker in said(text)] == ["Ruto", "Ruto", "Abiy", "Abiy"]


def test_a_fragment_of_another_sentence_has_not() -> None:
    text = '"We are neighbours," said Ruto. Analysts see "a shift in the balance of power" here.'
    assert said(text)[1] == ("a shift in the balance of power", None, None)


def test_two_fragments_of_one_sentence() -> None:
    text = 'Ruto said it was "long overdue", "fair to both" and "right".'
    assert [(lemma, speaker) for _, lemma, speaker in said(text)] == [("say", "Ruto")] * 3


def test_paragraphs_that_open_again() -> None:
    text = 'Ruto said: "We begin.\n\n"We go on.\n\n"We end."\n\nHe left.'
    found = find_quotations(text)
    assert [(q.text, q.open) for q in found] == [("We begin.", True), ("We go on.", True), ("We end.", False)]
    assert [text[slice(*q.speaker)] for q in found if q.speaker] == ["Ruto"] * 3


def test_a_speaker_named_in_the_last_paragraph() -> None:
    text = "“We begin.\n\n“We go on.\n\n“We end,” said Ruto."
    found = find_quotations(text)
    assert [text[slice(*q.speaker)] for q in found if q.speaker] == ["Ruto"] * 3
    assert [q.kind for q in found] == ["speech"] * 3


def test_a_new_paragraph_without_a_quotation_ends_the_turn() -> None:
    text = '"We begin," said Ruto.\n\nThe hall rose.\n\n"Who pays for all of this?"'
    assert said(text)[1] == ("Who pays for all of this?", None, None)


# ------------------------------------------------------------------------------------------------------ the marks
@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('He said "yes" and "no".', ["yes", "no"]),
        ("He said “yes” and “no”.", ["yes", "no"]),
        ("He said 'yes' and 'no'.", ["yes", "no"]),
        ("He said ‘yes’ and ‘no’.", ["yes", "no"]),
        ("He said «yes» and « no ».", ["yes", "no"]),
        ("He said „yes“ and „no”.", ["yes", "no"]),
        ("He said »yes« and ”no”.", ["yes", "no"]),
        ('He said ("yes") and—"no".', ["yes", "no"]),
        ("It's the ministers' and Kenya's own affair, isn't it?", []),
        ("It’s the ministers’ and Kenya’s own affair, isn’t it?", []),
        ("Rock 'n' roll of the '90s, 'tis said.", []),
        ("The ministers' 'joint position' held.", ["joint position"]),
        ("'The ministers' talks failed,' he said.", ["The ministers' talks failed,"]),
        ("‘The ministers’ talks failed,’ he said.", ["The ministers’ talks failed,"]),
        ("A bar of 6' 5\" was found.", []),
        ('"" and "  "', []),
        ("", []),
    ],
)
def test_marks(text: str, words: list[str]) -> None:
    assert [q.text for q in find_quotations(text)] == words


def test_nested_quotations() -> None:
    text = "“She said, ‘The vote was “void” from the start,’ and left,” Dobrindt recalled."
    found = find_quotations(text)
    assert [(q.level, q.text) for q in found] == [
        (0, "She said, ‘The vote was “void” from the start,’ and left,"),
        (1, "The vote was “void” from the start,"),
        (2, "void"),
    ]
    assert [text[slice(*q.speaker)] for q in found if q.speaker] == ["Dobrindt", "She"]


def test_outer_offsets_hold_the_marks() -> None:
    text = "He said « no » twice."
    one = only(text)
    assert text[one.outer_start : one.outer_end] == "« no »"
    assert text[one.start : one.end] == "no"


def test_a_quotation_over_several_sentences_and_lines() -> None:
    text = 'Ruto wrote: "It is late.\nIt is not\ntoo late."\n\nHe signed.'
    assert only(text).text == "It is late.\nIt is not\ntoo late."


def test_lines_without_empty_ones_are_paragraphs() -> None:
    text = f'Ruto said: "It is late. {"So late. " * 20}\nThe hall rose, and "nobody spoke" then.'
    assert [(q.open, q.text[-8:]) for q in find_quotations(text)] == [(True, "So late."), (False, "dy spoke")]


def test_a_missing_mark_costs_no_more_than_its_paragraph() -> None:
    text = 'It was "a long day. Nobody slept.\n\n"We won," said Ruto.'
    assert said(text) == [("a long day. Nobody slept.", None, None), ("We won,", "say", "Ruto")]
    assert [q.open for q in find_quotations(text)] == [True, False]


def test_a_mark_missing_within_a_paragraph() -> None:
    text = '"It was a long day. "We won," said Ruto.'
    assert [(q.text, q.open) for q in find_quotations(text)] == [("It was a long day.", True), ("We won,", False)]


def test_the_part_is_kept() -> None:
    assert find_quotations('"Yes," says Oslo', "title")[0].part == "title"


# ----------------------------------------------------------------------------------------------------- the tables
def test_the_verbs() -> None:
    assert len(verbs()) >= 120
    assert all(lemma in forms and len(forms) >= 3 for lemma, forms in verbs().items())
    assert {"s", "til"} <= elisions()


@pytest.mark.parametrize("lemma", sorted(verbs()))
def test_every_verb_reports(lemma: str) -> None:
    past = verbs()[lemma][2]
    assert said(f'Ruto {past}: "It is late, and getting later."')[0][1:] == (lemma, "Ruto")


# ----------------------------------------------------------------------------------------------------- properties
_PIECES = st.sampled_from(
    ['"', "“", "”", "'", "‘", "’", "«", "»", "„", "said", "X", "he", "told", "adding", ",", ".", ":", " ", "\n", "\n\n",
     "the minister", "who", "and", "According to", "—", "-", "called", "90s", "s'", "U.S.", "Mr."]
)  # fmt: skip
_TEXTS = st.one_of(st.text(max_size=200), st.lists(_PIECES, max_size=60).map(" ".join), st.lists(_PIECES).map("".join))


@given(_TEXTS)
def test_any_text_gives_ordered_nested_spans(text: str) -> None:
    around: list[Quotation] = []
    last = -1
    for one in find_quotations(text):
        assert last < one.outer_start < one.start <= one.end <= one.outer_end <= len(text)
        assert one.text == text[one.start : one.end] != ""
        last = one.outer_start
        while around and around[-1].outer_end <= one.outer_start:
            around.pop()
        assert one.level == len(around)
        assert all(one.outer_end <= outer.outer_end for outer in around)
        around.append(one)
        for span in (one.speaker, one.cue and one.cue[:2]):
            assert span is None or 0 <= span[0] < span[1] <= len(text)
            assert span is None or span[1] <= one.outer_start or span[0] >= one.outer_end or one.speaker is span


@given(_TEXTS)
def test_the_words_of_the_speaker_stand_outside_the_quotation(text: str) -> None:
    for one in find_quotations(text):
        if one.speaker is not None:
            assert one.speaker[1] <= one.outer_start or one.speaker[0] >= one.outer_end


# -------------------------------------------------------------------------------------------------- linear effort
ADVERSE = ['"', "“", "“‘", "“a", "' '", '" .', '."', "“....", 'Mr. "', '"We go," said X. ', "said \"", "“‘a said ",
           '"a 'r"'b “c ", "\n\n\"a", "a' ", "‘a’ ‘", ", said “", "(", "."]  # fmt: skip


@pytest.mark.parametrize("unit", ADVERSE)
def test_effort_grows_with_the_text(unit: str) -> None:
    short, long = (unit * (size // len(unit)) for size in (4_000, 16_000))
    few = calls_of(lambda: find_quotations(short))
    many = calls_of(lambda: find_quotations(long))
    assert many <= 4.4 * few + 200


@pytest.mark.parametrize("unit", ["(", '"', "x", "\n", "'", ". "])
def test_a_million_characters(unit: str) -> None:
    assert find_quotations(unit * 1_000_000) == ()
