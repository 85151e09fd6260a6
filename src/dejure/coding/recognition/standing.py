"""Whether a polity is one that could be recognised on a day, by what the reference tables know of it.

A contested polity, a government with a rival and a state that is new are recognised or not; a state of old that
nobody disputes has long been, and one that is long gone no longer is. What the text names as recognised goes before.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import Literal

from dejure.coding.actors import Cast
from dejure.coding.recognition.slugs import recognised_by, recognition_words
from dejure.reading.reading import Sentence
from dejure.reference.tables import load_polities

__all__ = ["Standing", "may_be_recognised", "polities_of_text", "standing_of", "tells_birth"]

Standing = Literal["government", "contested", "new", "settled", "gone"]

#: How long a state or a government is new after its rise, how long one that fell is still spoken of, and how long
#: before its day a state may be spoken of as one.
_NEW, _REMEMBERED, _AHEAD = dt.timedelta(days=3 * 366), dt.timedelta(days=2 * 366), dt.timedelta(days=366)
_JUST = dt.timedelta(days=92)
#: What a mention weighs: in the title, beside words that tell of a birth, of what rose within weeks, elsewhere.
_IN_TITLE, _AT_BIRTH, _JUST_RISEN, _ELSEWHERE = 2.0, 1.0, 0.6, 0.25
_PLACING = frozenset({"in", "at", "near", "inside", "from"})


def standing_of(slug: str | None, on: dt.date | None) -> Standing:
    """What a polity is on a day; unknown ones and those of an unknown day are taken as settled."""
    polity = load_polities().get(slug or "")
    if polity is None:
        return "settled"
    start, end = polity.validity.start, polity.validity.end
    if on is not None and ((end is not None and on - end > _REMEMBERED) or (start is not None and start - on > _AHEAD)):
        return "gone"
    if polity.is_disputed:
        return "government" if polity.kind == "government" else "contested"
    return "new" if on is not None and start is not None and abs(on - start) <= _NEW else "settled"


def may_be_recognised(slug: str | None, on: dt.date | None) -> bool:
    """Whether recognition of the polity is open on that day."""
    return standing_of(slug, on) in ("government", "contested", "new")


def tells_birth(sentence: Sentence) -> bool:
    """Whether a sentence has a word that tells of the rise of a state or a government."""
    births = recognition_words()["object"]["births"]
    return any(t.lemma.lower() in births for t in sentence.tokens)


def polities_of_text(cast: Cast) -> dict[str, float]:
    """The polities named in the report that may be recognised, with how much the report is about each."""
    weights: Counter[str] = Counter()
    for sentence in cast.reading.sentences:
        if not sentence.names or not sentence.tokens:
            continue
        is_of_birth = tells_birth(sentence)
        for slug, is_actor in _slugs(cast, sentence).items():
            if may_be_recognised(slug, cast.on):
                elsewhere = _JUST_RISEN if _has_just_risen(slug, cast.on) and not is_actor else _ELSEWHERE
                weight = _IN_TITLE if sentence.is_headline else _AT_BIRTH if is_of_birth else elsewhere
                weights[slug] += weight  # type: ignore[assignment]
    return dict(weights.most_common())


def _has_just_risen(slug: str, on: dt.date | None) -> bool:
    start = load_polities()[slug].validity.start if slug in load_polities() else None
    return on is not None and start is not None and abs(on - start) <= _JUST


def _slugs(cast: Cast, sentence: Sentence) -> dict[str, bool]:
    """The polities that names of a sentence stand for, and whether such a name is or is in the subject of a deed."""
    found: dict[str, bool] = {}
    for token in sentence.tokens:
        hit = cast.hit(sentence, token.i)
        if hit is None or cast.hit(sentence, token.i + 1) is hit or sentence.tokens[token.head].lower in _PLACING:
            # "a state has been proclaimed in Palestine": where, and not which.
            continue
        party = cast.named(sentence, hit)
        one = recognised_by(party, cast.on) if party is not None and not party.is_club else None
        if one is not None:
            found[one.id] = found.get(one.id, True) and token.dep in ("nsubj", "poss")
    return found
