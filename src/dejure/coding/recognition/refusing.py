"""Phrases that settle an act whatever stands over it: "now is not the time", "stopped short of", "split over"."""

from __future__ import annotations

from dejure.coding.actors import Cast
from dejure.coding.outlook import Outlook
from dejure.coding.parties import Party
from dejure.coding.recognition.clues import words_before
from dejure.coding.recognition.conditions import is_untimely
from dejure.coding.recognition.speaking import is_said_behind, says_it_itself
from dejure.coding.recognition.unfulfilled import is_taken_back, leads_towards, stands_off
from dejure.coding.recognition.verdict import Base, Verdict
from dejure.reading.reading import Sentence

__all__ = ["refused_outright"]

_NOTHING = Verdict(act=None, asserted=False)
_REFUSABLE = ("recognise", "establish-relations")


def refused_outright(
    cast: Cast,
    sentence: Sentence,
    base: Base,
    outlook: Outlook,
    recogniser: Party | None,
    speaker: Party | None,
    at: int,
) -> Verdict | None:
    """The verdict where set phrases refuse: "now is not the time", "stopped short of", "decided against"."""
    if is_taken_back(sentence, outlook):
        return Verdict(act=base, asserted=False, steps=("taken back",))
    if stands_off(sentence, at, outlook):
        is_own = says_it_itself(cast, sentence, outlook, recogniser, speaker)
        is_ahead = is_own and base in _REFUSABLE and leads_towards(sentence, at)
        return Verdict(act="consider", steps=("towards",)) if is_ahead else _NOTHING
    if base not in _REFUSABLE:
        return None
    if not outlook.unreal and not outlook.in_condition and is_untimely(sentence, outlook):
        return Verdict(act="refuse", steps=("not the time",))
    before = words_before(sentence, at)
    if before == ("short", "of"):
        # In its own words it is a refusal.
        own = says_it_itself(cast, sentence, outlook, recogniser, speaker) or is_said_behind(cast, sentence, recogniser)
        return Verdict(act="refuse", steps=("short of",)) if own else _NOTHING
    if before[1:] == ("against",) and outlook.first("decide") is not None:
        return Verdict(act="refuse", steps=("decided against",))
    return None
