"""Governments meant by their heads: "recognised Mr Ouattara", "recognises him as interim president"."""

from __future__ import annotations

from dejure.coding.actors import Cast
from dejure.coding.parties import Party
from dejure.reading.reading import Sentence
from dejure.records import Recognised
from dejure.reference.tables import Polity, load_polities

__all__ = ["government_of_person"]

_FAR = 2
_SHORTEST_NAME = 4


def government_of_person(cast: Cast, sentence: Sentence, i: int, *, is_office: bool) -> Recognised | None:
    """The contested government that is named for the person a head names or, as the holder of an office, means.

    Parameters
    ----------
    is_office : bool
        Whether it is as the holder of an office of government: then "him" and "her" may stand for it.
    """
    token = sentence.tokens[i]
    if token.lower in ("him", "her"):
        return _last_head(cast, sentence, i, is_office=is_office)
    if cast.hit(sentence, i) is None or token.pos != "PROPN":
        return None
    for party in cast.parties(sentence, i):
        polity = _named_for(cast, party, sentence.tokens[i].text) if party.is_person else None
        if polity is not None:
            start, end = sentence.span(i, i)
            return Recognised(id=polity.slug, capacity="government", name_raw=token.text, part=sentence.part,
                              start=start, end=end)  # fmt: skip
    return None


def _named_for(cast: Cast, party: Party, surname: str) -> Polity | None:
    """The one contested government of the person's state, of this day, whose name holds the surname."""
    if len(surname) < _SHORTEST_NAME:
        return None
    found = [
        p for p in load_polities().values()
        if p.capacity == "government" and p.contested and party.slug in (p.parent, p.slug)
        and p.validity.holds_on(cast.on) and surname in p.name
    ]  # fmt: skip
    return found[0] if len(found) == 1 else None


def _last_head(cast: Cast, sentence: Sentence, i: int, *, is_office: bool) -> Recognised | None:
    """The contested government whose head was spoken of last, for "him" and "her".

    Those who speak for other states are passed over; where nobody near is such a head, the government is meant that
    the report is about. Without an office nobody else can be meant.
    """
    topic = load_polities().get(cast.topic or "") if cast.topic_is_told else None
    own = topic if topic is not None and topic.kind == "government" else None
    if own is None and not is_office:
        return None
    for mention in cast.before(sentence, i):
        if mention.order[0] < sentence.index - _FAR:
            break
        word = cast.reading.sentences[mention.order[0]].tokens[mention.order[1]]
        polity = load_polities().get(mention.party.slug or "")
        if polity is None:
            continue
        named = _named_for(cast, mention.party, word.text) if mention.party.is_person else None
        is_rival = polity.capacity == "government" and polity.contested
        is_own_head = is_rival and (mention.party.is_person or (word.pos == "PROPN" and word.text in polity.name))
        if named is not None or is_own_head:
            return _meant(sentence, i, named if named is not None else polity)
        # A president of the state whose new government the report is about is taken for its head.
        is_of_others = own is not None and (polity.iso3 != own.iso3 or polity.slug == own.parent)
        if mention.party.is_person and not is_rival and not is_of_others:
            return None
    return _meant(sentence, i, own) if own is not None else None


def _meant(sentence: Sentence, i: int, polity: Polity) -> Recognised:
    start, end = sentence.span(i, i)
    return Recognised(id=polity.slug, capacity="government", name_raw=sentence.tokens[i].text, part=sentence.part,
                      start=start, end=end)  # fmt: skip
