"""Who did it too, told beside an act: "joined Norway in recognising", "the third after Norway", "followed by"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from dejure.coding.parties import Party, is_contested
from dejure.coding.recognition.again import Draft, copied
from dejure.coding.recognition.polity import recognition_words
from dejure.coding.recognition.several import names_from
from dejure.coding.scene import Scene
from dejure.reading.language import Token
from dejure.reading.reading import Sentence
from dejure.records import COMPLETED_ACTS, Recognition
from dejure.when import When

__all__ = ["named_after_rank", "told_alongside"]

_LONGEST_PHRASE = 3
_RANK_NEAR = 20
_TIME_NEAR = 3


def told_alongside(scene: Scene, sentence: Sentence, here: list[Draft], before: list[Draft]) -> list[Draft]:
    """Acts of those who are said to have done the same, beside the acts told in a sentence.

    Parameters
    ----------
    here : list of Draft
        The acts of the sentence.
    before : list of Draft
        Those told before it, for "the third country to do so, after X and Y".
    """
    here = here or _told_before(sentence, before)
    done = [d for d in here if d.record.asserted and d.record.act in COMPLETED_ACTS and d.trigger is not None]
    if not done:
        return []
    acting = {d.record.recogniser.key for d in here if d.record.recogniser is not None}
    about = {d.record.recognised.id for d in here}
    found: dict[tuple[str, str, str], Draft] = {}
    for at, party, is_joint in _others(scene, sentence, done):
        is_new = party.entity.key not in acting and party.slug not in about
        if not is_new or is_contested(party.slug or ""):
            continue
        for model in _models(done):
            when = model.record.when if is_joint else _date_behind(scene, sentence, party)
            record = copied(scene, model.record, party, sentence, at, when)
            key = (party.entity.key, record.recognised.id, record.act)
            found.setdefault(key, _draft(model, record))
    return list(found.values())


def _told_before(sentence: Sentence, before: list[Draft]) -> list[Draft]:
    """The act told last, where a sentence ranks who did it without naming it again, in the writer's own words."""
    text = sentence.text.lower()
    if not before or not any(words in text for words in _AGAIN) or _COUNTED.search(text):
        return []
    last = before[-1]
    near = 0 < sentence.index - last.sentence.index <= _SENTENCES_BACK
    told = [d for d in before if d.sentence is last.sentence] if near else []
    # "announced its recognition and the exchange of envoys": the step is the recognition.
    return [d for d in told if d.record.act == "recognise"] or told


#: "By Pristina's count": then it is claimed by whoever counts.
_COUNTED = re.compile(r"\bcounts?\b|\btall(?:y|ies)\b|\baccording to\b")
#: How an act is named again in a sentence that ranks who did it.
_AGAIN = (
    "to do so",
    "to take this step",
    "to take that step",
    "to take the step",
    "to follow",
    "to act so",
    "to do it",
)
_SENTENCES_BACK = 2


def _draft(model: Draft, record: Recognition) -> Draft:
    return Draft(record, model.sentence, model.trigger, replace(model.verdict, steps=("told alongside",)))


def _models(done: list[Draft]) -> list[Draft]:
    """What the first of the doers did, by the first predicate."""
    first = done[0]
    at = first.trigger.at if first.trigger is not None else -1
    return [
        d for d in done
        if d.trigger is not None and d.trigger.at == at and d.record.recogniser == first.record.recogniser
    ]  # fmt: skip


def _others(scene: Scene, sentence: Sentence, done: list[Draft]) -> Iterator[tuple[int, Party, bool]]:
    """A token, a party, and whether it acted at the same time."""
    words = recognition_words()["alongside"]
    cast, tokens = scene.cast, sentence.tokens
    ats = {d.trigger.at for d in done if d.trigger is not None and d.sentence is sentence}
    for token in tokens:
        if token.lemma in words["before"] and token.pos == "VERB":
            parties, stop = names_from(cast, sentence, token.i + 1)
            if parties and stop < len(tokens) and tokens[stop].lower == "in" and any(a > stop for a in ats):
                yield from ((token.i, p, False) for p in parties)
        phrase = _phrase_at(sentence, token.i, words["with"])
        if phrase and _is_beside(sentence, token, phrase) and _hangs_on(sentence, token.i, ats):
            parties, stop = names_from(cast, sentence, token.i + phrase)
            if parties and _ends_aside(sentence, stop):
                yield from ((token.i, p, True) for p in parties)
        phrase = _phrase_at(sentence, token.i, words["then"])
        if phrase and ats and token.i > min(ats):
            parties, _ = names_from(cast, sentence, token.i + phrase)
            yield from ((token.i, p, False) for p in parties)
    for at, parties in named_after_rank(scene, sentence):
        yield from ((at, p, False) for p in parties)


def _phrase_at(sentence: Sentence, i: int, phrases: frozenset[str]) -> int:
    """How many tokens the longest of the phrases takes that begins here; 0 for none."""
    for length in range(_LONGEST_PHRASE, 0, -1):
        if " ".join(t.lower for t in sentence.tokens[i : i + length]) in phrases:
            return length
    return 0


def _is_beside(sentence: Sentence, token: Token, length: int) -> bool:
    """Whether a phrase stands beside the clause: "like" and "as well as" join other things, too, but at its head."""
    word = sentence.tokens[token.i].lower
    if word == "like":
        return token.i == 0 or sentence.tokens[token.i - 1].text in (",", ";")
    if length > 1 and word == "as":
        return token.i > 0 and sentence.tokens[token.i - 1].text == ","
    return True


def _hangs_on(sentence: Sentence, i: int, ats: set[int]) -> bool:
    """Whether a phrase belongs to one of the predicates, or to what stands over it, and to no other clause."""
    verb = sentence.tokens[i]
    while verb.head != verb.i and verb.pos not in ("VERB", "AUX"):
        verb = sentence.tokens[verb.head]
    return verb.i in ats or any(at in sentence.subtree(verb.i) for at in ats)


def _ends_aside(sentence: Sentence, stop: int) -> bool:
    """Whether an aside ends there: at a stop, at a phrase of time, at the verb."""
    if stop >= len(sentence.tokens):
        return True
    token = sentence.tokens[stop]
    return token.pos in ("PUNCT", "VERB", "AUX") or token.lower in ("on", "in", "by", "at", "this", "last", "and")


def named_after_rank(scene: Scene, sentence: Sentence) -> Iterator[tuple[int, list[Party]]]:
    """Those behind "after" in "the third country to do so, after Norway and Spain", "a day after Norway"."""
    words = recognition_words()["alongside"]
    tokens = sentence.tokens
    for token in tokens:
        if token.lower not in words["after"] or token.i + 1 >= len(tokens):
            continue
        if not _is_ranked(sentence, token.i) and not _is_timed(sentence, token.i):
            continue
        parties, stop = names_from(scene.cast, sentence, token.i + 1)
        is_clause = stop < len(tokens) and tokens[stop].pos in ("VERB", "AUX")
        if parties and not is_clause:
            yield token.i, parties


def _is_ranked(sentence: Sentence, at: int) -> bool:
    """Whether a rank among states stands before ("the second Arab state, after", "its 112th recognition, after")."""
    words = recognition_words()["alongside"]
    near = sentence.tokens[max(0, at - _RANK_NEAR) : at]
    has_rank = any(t.lower in words["ranks"] or (t.lower[:1].isdigit() and t.lower[-2:] in _ORDINALS) for t in near)
    return has_rank and any(t.lemma.lower() in words["ranked"] for t in near)


_ORDINALS = ("st", "nd", "rd", "th")


def _is_timed(sentence: Sentence, at: int) -> bool:
    times = recognition_words()["alongside"]["times"]
    return any(t.lemma in times for t in sentence.tokens[max(0, at - 1) : at])


def _date_behind(scene: Scene, sentence: Sentence, party: Party) -> When | None:
    """The date right behind a name ("followed by Fiji on Friday")."""
    end = party.entity.end
    if end is None or party.entity.part != sentence.part:
        return None
    found = [m for m in scene.reading.dates_in(sentence.part, end, end + 24) if m.when.is_resolved]
    between = scene.reading.text(sentence.part)[end : found[0].start] if found else ""
    return found[0].when if found and not set(between) & set(",;.") and len(between.split()) <= _TIME_NEAR else None
