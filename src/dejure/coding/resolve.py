"""Who one mention is: the words at given offsets of a text, as of a day, in the text's own context."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from dejure.coding.actors import Cast
from dejure.coding.mentions import distinct
from dejure.coding.parties import Party, party_of_name
from dejure.coding.places_of_action import is_location, is_sent_from
from dejure.coding.sport import is_side
from dejure.errors import InputError
from dejure.reading.reading import Reading, Sentence, read_report
from dejure.records import Report
from dejure.reference.names import load_name_index
from dejure.reference.overlay import use_overlay
from dejure.reference.tables import load_polities
from dejure.settings import Settings

__all__ = ["Resolution", "resolve_mention", "resolve_mentions"]

#: How long a contested polity is still spoken of as one when it is gone.
_DAYS_OF_AN_AFTERMATH = 366
_SURE, _BY_CONTEXT, _INFERRED, _UNKNOWN = 0.95, 0.8, 0.65, 0.3


@dataclass(frozen=True, slots=True)
class Resolution:
    """What a mention was resolved to; `id` and `country` are None where nothing may be said.

    `confidence` is that of the resolution, 0 to 1; for a null id it is that of there being none. `also` holds the
    further ids of words that stand for several ("the two countries", "Iran and Iraq").
    """

    id: str | None
    country: str | None
    sectors: tuple[str, ...]
    confidence: float
    also: tuple[str, ...] = ()


def resolve_mention(
    text: str, start: int, end: int, on: dt.date | None, settings: Settings | None = None
) -> Resolution:
    """Who the words `text[start:end]` are, on a day.

    Raises
    ------
    InputError
        If the offsets do not lie in the text.
    NoSentence
        If the text holds no sentence.
    """
    return resolve_mentions(text, [(start, end)], on, settings)[0]


def resolve_mentions(
    text: str, spans: list[tuple[int, int]], on: dt.date | None, settings: Settings | None = None
) -> list[Resolution]:
    """Who the words at several places of one text are, on a day; the text is read once."""
    for start, end in spans:
        if not 0 <= start < end <= len(text):
            raise InputError("a mention lies outside its text", value=(start, end, len(text)))
    settings = settings if settings is not None else Settings.from_environment()
    use_overlay(settings.reference)
    report = Report(id="mention", title="", body=text, published=on, language="en")
    reading = read_report(report, settings)
    cast = Cast(reading, on)
    return [_resolution(reading, cast, start, end) for start, end in spans]


def _resolution(reading: Reading, cast: Cast, start: int, end: int) -> Resolution:
    parties = _parties(reading, cast, start, end)
    if not parties and _is_team(reading, start, end):
        return Resolution(None, None, (), _BY_CONTEXT)
    if not parties and not cast.is_refused(start, end):
        alone = _by_name_alone(reading.report.body[start:end], cast.on)
        parties = [alone] if alone is not None else []
    if not parties:
        return Resolution(None, None, (), _UNKNOWN)
    first = parties[0]
    entity = first.entity
    is_where = is_location(reading, start, end) or is_sent_from(reading, start, end)
    if first.is_place_name and len(parties) == 1 and is_where:
        # A city that something was in is a place; one that speaks or is spoken with stands for its state.
        return Resolution(None, entity.country, (), _BY_CONTEXT)
    if _is_of_another_time(first, cast.on):
        return Resolution(None, entity.country or _parent_code(first), (), _BY_CONTEXT)
    if not first.is_known:
        return Resolution(None, None, entity.sectors, _UNKNOWN)
    whole = entity.start == start and entity.end == end
    sure = _INFERRED if entity.inferred else _SURE if whole else _BY_CONTEXT
    also = tuple(p.entity.id for p in parties[1:] if p.entity.id is not None and p.entity.id != entity.id)
    return Resolution(entity.id, entity.country, entity.sectors, sure, also if entity.id is not None else ())


def _is_of_another_time(party: Party, on: dt.date | None) -> bool:
    """Whether a contested polity was long gone, or to come, on a day: its name is then that of a region."""
    polity = load_polities().get(party.slug or "")
    if polity is None or on is None or not polity.is_disputed or polity.actor_id != polity.slug:
        return False
    if polity.validity.start is not None and on < polity.validity.start:
        return True
    return polity.validity.distance_days(on) > _DAYS_OF_AN_AFTERMATH


def _parent_code(party: Party) -> str | None:
    polities = load_polities()
    polity = polities.get(party.slug or "")
    parent = polities.get(polity.parent or "") if polity is not None else None
    return parent.iso3 if parent is not None else None


def _parties(reading: Reading, cast: Cast, start: int, end: int) -> list[Party]:
    """The parties of the head of the words, found among the tokens they cover; several where the words list several."""
    for sentence in reading.sentences:
        inside = [
            t.i for t in sentence.tokens if sentence.start + t.start < end and sentence.start + t.end > start
        ]  # fmt: skip
        if adjectives := _listed_names(sentence, cast, inside):
            return distinct([party for at in adjectives for party in cast.parties(sentence, at)])
        if inside:
            head = _head(sentence, inside)
            named = cast.parties(sentence, head)
            listed = [p for p in named if p.entity.start is None or start <= p.entity.start < end]
            return listed or named[:1]
    return []


def _listed_names(sentence: Sentence, cast: Cast, inside: list[int]) -> list[int]:
    """Adjectives that stand side by side without their noun: "Egyptian, Syrian and Jordanian"."""
    tokens = sentence.tokens
    named = [i for i in inside if tokens[i].pos in ("ADJ", "PROPN") and cast.hit(sentence, i) is not None]
    between = [i for i in inside if i not in named]
    is_list = between and all(tokens[i].text == "," or tokens[i].pos == "CCONJ" for i in between)
    return named if len(named) > 1 and is_list else []


def _is_team(reading: Reading, start: int, end: int) -> bool:
    """Whether the words are a side in a match, whatever else the name may stand for."""
    return any(
        is_side(sentence, token.i)
        for sentence in reading.sentences
        for token in sentence.tokens
        if start <= sentence.start + token.start < end
    )


def _head(sentence: Sentence, inside: list[int]) -> int:
    """The token among these that the others hang on: the last one whose own head lies outside."""
    tokens = sentence.tokens
    tops = [i for i in inside if tokens[i].head not in inside or tokens[i].head == i]
    nominal = [i for i in tops if tokens[i].pos in ("NOUN", "PROPN", "PRON", "ADJ", "NUM")]
    return (nominal or tops or inside)[-1]


def _by_name_alone(words: str, on: dt.date | None) -> Party | None:
    names = load_name_index().look_up(words)
    certain = tuple(n for n in names if not n.is_ambiguous and n.table != "block")
    return party_of_name(certain, on) if certain else None
