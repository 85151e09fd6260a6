"""PLOVER events: predicates that a frame knows, with who did it to whom and how it is put."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from dejure.coding.clauses import arguments_of, noun_arguments
from dejure.coding.dating import date_of_deed, is_long_past
from dejure.coding.deed_model import DeedModel
from dejure.coding.deeds import (
    Telling,
    View,
    is_searched,
    put_by_model,
    sureness_features,
    view_of,
    weighed_deeds,
)
from dejure.coding.features import contexts_of, mode_of
from dejure.coding.lexicon import Frame, best_frame
from dejure.coding.outlook import Governor, Outlook, outlook_of, subjects_above
from dejure.coding.participants import actors_of, recipients_of
from dejure.coding.parties import Party
from dejure.coding.predicates import Candidate, candidates_of
from dejure.coding.scene import Scene
from dejure.coding.spans import covering
from dejure.coding.where import place_of
from dejure.reading.reading import Sentence
from dejure.records import Auxiliary, Entity, Event, ModelName, Span, record_id
from dejure.reference.ontology import load_ontology
from dejure.reference.tables import load_roles

__all__ = ["find_events", "records_of", "tellings_by_rule"]

#: A planned deed of these types is a promise, of these others a threat.
_FUTURE_TYPE = {"CONSULT": "AGREE", "SUPPORT": "AGREE", "COOPERATE": "AGREE", "AID": "AGREE", "RETREAT": "CONCEDE",
                "SANCTION": "THREATEN", "COERCE": "THREATEN", "ASSAULT": "THREATEN"}  # fmt: skip
_ABSORBING = frozenset({"demand", "refuse", "threaten", "deny", "want", "plan", "decide", "warn", "consider", "doubt",
                        "fear", "negate", "presuppose"})  # fmt: skip
_HYPOTHETICAL = frozenset({"consider", "want", "can", "question", "doubt", "fear", "predict", "negate"})
_MODALS = frozenset({"may", "might", "could"})
#: What it is to end a deed of a type.
_ENDED = {"ASSAULT": "RETREAT", "PROTEST": "RETREAT", "SANCTION": "RETREAT", "COERCE": "RETREAT", "MOBILIZE": "RETREAT",
          "CONSULT": "SANCTION", "AID": "SANCTION", "COOPERATE": "SANCTION", "AGREE": "SANCTION", "SUPPORT": "SANCTION",
          "REQUEST": "CONCEDE", "THREATEN": "CONCEDE", "ACCUSE": "CONCEDE"}  # fmt: skip
#: A promise, a concession or a refusal is one though nobody says to whom.
_WITHOUT_ADDRESSEE = frozenset({"AGREE", "CONCEDE", "REJECT"})
_ALWAYS_ON_SOMEBODY = frozenset({"ASSAULT", "ACCUSE", "REQUEST", "SUPPORT"})
#: Measures that fall on all who live there.
_ON_EVERYBODY = frozenset({"curfew", "martial-law", "censor"})
_COOPERATIVE = frozenset({"AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT"})
_VERBAL = frozenset({1, 3})
_HIGHEST = 14
#: How likely an event must be right to be told: one that rules and heads tell, and one that the heads alone do.
_LEAST_OF_RULES, _LEAST_OF_HEADS = 0.15, 0.2


def find_events(scene: Scene, taken: set[tuple[int, int]], model_name: ModelName = "base") -> list[Event]:
    """Events of a report in the order of the text.

    Parameters
    ----------
    taken : set of (sentence index, token)
        Predicates that recognition acts have told already.
    model_name : {"base", "full"}
    """
    model = DeedModel.load(model_name)
    found: list[Event] = []
    for sentence in scene.sentences:
        if not sentence.is_parsed:
            continue  # the gate saw no event in it
        rules = tellings_by_rule(scene, sentence, taken)
        if rules or is_searched(scene, sentence):
            for event, signs in records_of(scene, view_of(scene, sentence, rules, taken, model.nouns), model):
                if event.confidence < (_LEAST_OF_RULES if "rule" in signs else _LEAST_OF_HEADS):
                    continue
                found.append(event)
                scene.events.append(event)
    return _without_repeats(found)


def records_of(scene: Scene, view: View, model: DeedModel) -> Iterator[tuple[Event, dict[str, float]]]:
    """Records of what a sentence tells, in its order, each with the features that its confidence comes from."""
    sentence = view.sentence
    told = [_settle(scene, sentence, one) for one in weighed_deeds(scene, view, model)]
    for one in sorted(told, key=lambda one: one.candidate.word):
        yield _record(scene, sentence, one, view, model)


# -- from predicate to event ----------------------------------------------------------------------------------------


def tellings_by_rule(scene: Scene, sentence: Sentence, taken: set[tuple[int, int]]) -> dict[int, Telling]:
    """What the lexicon's frames and the rules for parties tell of a sentence, by the word that tells it."""
    found: dict[int, Telling] = {}
    for candidate in candidates_of(sentence):
        if (sentence.index, candidate.at) in taken or (sentence.index, candidate.word) in taken:
            continue
        telling = _telling(scene, sentence, candidate)
        if telling is not None:
            found.setdefault(candidate.word, telling)
    return found


def _telling(scene: Scene, sentence: Sentence, candidate: Candidate) -> Telling | None:
    outlook = outlook_of(sentence, candidate.at)
    if _is_absorbed(sentence, candidate, outlook):
        return None
    actors = actors_of(scene, sentence, candidate)
    if not actors:
        return None
    recipients = recipients_of(scene, sentence, candidate, actors)
    actors, recipients = _at_home(scene, sentence, candidate, actors, recipients)
    auxiliary = _auxiliary(sentence, candidate, outlook)
    if not recipients and not _stands_alone(candidate.frame, actors, auxiliary):
        return None
    told = candidate.frame.event_type if candidate.aux != "ended" else _ENDED.get(candidate.frame.event_type, "")
    event_type = _type(told or candidate.frame.event_type, auxiliary)
    if event_type == "PROTEST" and _are_states(actors):
        event_type = "ACCUSE"
    if event_type == "THREATEN" and all(map(_only_foretells, actors)):
        return None
    if event_type != candidate.frame.event_type:
        auxiliary = replace(auxiliary, future=False, negation=auxiliary.negation and event_type != "REJECT")
    return Telling(candidate, outlook, event_type, auxiliary, actors, recipients)


def _only_foretells(party: Party) -> bool:
    """Whether somebody has no means to threaten with: of analysts and sources a warning is a forecast."""
    role = load_roles().get(party.entity.role or "")
    return party.entity.id is None and role is not None and role.kind == "source"


def _are_states(actors: list[Party]) -> bool:
    """A state protests in words, a crowd in the street."""
    return all(p.acts_for == "state" and not p.is_plural for p in actors)


def _settle(scene: Scene, sentence: Sentence, one: Telling) -> Telling:
    """A telling of the model, with what the rules know of parties and of the way it is put."""
    candidate = one.candidate
    actors, recipients = _at_home(scene, sentence, candidate, one.actors, one.recipients)
    if one.is_told_by_rule and one.candidate.frame.line != "deeds:model":
        return replace(one, actors=actors, recipients=recipients)
    event_type = "ACCUSE" if one.event_type == "PROTEST" and _are_states(actors) else one.event_type
    auxiliary = replace(_auxiliary(sentence, candidate, one.outlook), future=False)
    return replace(one, event_type=event_type, auxiliary=auxiliary, actors=actors, recipients=recipients)


def _at_home(
    scene: Scene, sentence: Sentence, candidate: Candidate, actors: list[Party], recipients: list[Party]
) -> tuple[list[Party], list[Party]]:
    """Police, protesters, rebels without a country take that of the place, else of the other side; marked inferred."""
    homeless = [p for p in (*actors, *recipients) if _is_homeless(p)]
    if not homeless:
        return actors, recipients
    place = place_of(scene, sentence, candidate.at)
    others = [p.entity.country for p in (*actors, *recipients) if p.entity.country is not None]
    country = place.country if place is not None and place.country else (others[0] if others else None)
    if country is None:
        return actors, recipients
    return [_settled(p, country) for p in actors], [_settled(p, country) for p in recipients]


def _is_homeless(party: Party) -> bool:
    role = load_roles().get(party.entity.role or "")
    return not party.is_known and role is not None and role.kind in ("group", "unit", "body") and not party.is_club


def _settled(party: Party, country: str) -> Party:
    return party.at(replace(party.entity, country=country, inferred=True)) if _is_homeless(party) else party


def _stands_alone(frame: Frame, actors: list[Party], auxiliary: Auxiliary) -> bool:
    """Whether an event of this type can do without a recipient.

    What is said is said to or of somebody, and a blow hits somebody: where nobody else is named there is no dyad.
    """
    ontology = load_ontology().types[frame.event_type]
    if ontology.needs_recipient:
        return False
    if len(actors) > 1 and frame.event_type not in _ALWAYS_ON_SOMEBODY:
        return True
    if frame.event_type in _WITHOUT_ADDRESSEE:
        return not auxiliary.hypothetical
    if frame.event_type == "COERCE":
        return frame.mode in _ON_EVERYBODY
    return ontology.quad not in _VERBAL and frame.event_type not in _ALWAYS_ON_SOMEBODY


def _is_absorbed(sentence: Sentence, candidate: Candidate, outlook: Outlook) -> bool:
    """Whether the deed is what another event asks for, refuses, promises or speaks of, and so none of its own."""
    nearest = outlook.governors[0] if outlook.governors else None
    if (
        nearest is not None
        and nearest.pos == "noun"
        and nearest.via in ("pcomp", "prep")
        and candidate.at == candidate.word
    ):
        return sentence.tokens[candidate.at].pos == "VERB"
    for governor in outlook.governors:
        if governor.via in ("advcl", "relcl", "parataxis") or governor.effect in (
            "report",
            "announce",
            "claim",
            "done",
        ):
            if governor.via == "relcl" and governor.effect == "done":
                continue
            if governor.effect:
                continue
            if governor.via in ("advcl", "relcl", "parataxis"):
                return False
        if governor.effect in _ABSORBING or (governor.pos == "verb" and _has_event_frame(sentence, governor)):
            return governor.effect not in ("plan", "consider", "want", "decide") or _has_event_frame(sentence, governor)
    return (
        candidate.word == candidate.at
        and sentence.tokens[candidate.at].pos == "NOUN"
        and _is_inside(sentence, candidate.at)
    )


def _has_event_frame(sentence: Sentence, governor: Governor) -> bool:
    pos = governor.pos if governor.pos in ("verb", "adj") else "noun"
    arguments = arguments_of(sentence, governor.i) if pos != "noun" else noun_arguments(sentence, governor.i)
    frame = best_frame(sentence, governor.i, pos, arguments)
    return frame is not None and frame.event_type != "NONE"


def _is_inside(sentence: Sentence, i: int) -> bool:
    """Whether a bare noun is the object of a verb that is an event itself ("condemned Russia's attack on Kyiv")."""
    token = sentence.tokens[i]
    for _ in range(_HIGHEST):
        if token.head == token.i:
            return False
        head = sentence.tokens[token.head]
        if head.pos in ("VERB", "AUX"):
            if token.dep not in ("dobj", "pobj", "prep", "nsubjpass", "attr"):
                return False
            frame = best_frame(sentence, head.i, "verb", arguments_of(sentence, head.i))
            return frame is not None and frame.event_type != "NONE"
        token = head
    return False


def _auxiliary(sentence: Sentence, candidate: Candidate, outlook: Outlook) -> Auxiliary:
    effects = {g.effect for g in outlook.governors if not g.negated}
    planned = outlook.future or "plan" in effects or candidate.aux == "future"
    reported_would = outlook.would and outlook.first("report", "announce", "plan", "suggest") is not None
    uncertain = any(g.aux & _MODALS for g in outlook.governors) or (outlook.would and not reported_would)
    asked = outlook.in_condition or outlook.whether or outlook.possible or outlook.is_question or outlook.obliged
    hypothetical = uncertain or asked or bool(effects & _HYPOTHETICAL)
    return Auxiliary(
        historical=False,
        future=planned or reported_would,
        hypothetical=hypothetical,
        negation=outlook.negated or candidate.aux == "negated" or _is_about_nothing(sentence, candidate),
    )


def _is_about_nothing(sentence: Sentence, candidate: Candidate) -> bool:
    """As in "offered no names", "has no plan": the object is denied."""
    return any(c.lower == "no" for at in candidate.arguments.objects for c in sentence.children(at, "det"))


def _type(event_type: str, auxiliary: Auxiliary) -> str:
    if auxiliary.future and not auxiliary.negation and not auxiliary.hypothetical:
        return _FUTURE_TYPE.get(event_type, event_type)
    if auxiliary.future and auxiliary.negation and event_type in _COOPERATIVE:
        return "REJECT"
    return event_type


def _record(
    scene: Scene, sentence: Sentence, one: Telling, view: View, model: DeedModel
) -> tuple[Event, dict[str, float]]:
    candidate, outlook, actors, recipients = one.candidate, one.outlook, one.actors, one.recipients
    event_type = one.event_type
    ontology = load_ontology().types[event_type]
    said_by = _said_by(scene, sentence, candidate, outlook, actors)
    when = date_of_deed(scene.reading, sentence, candidate.at, outlook, by_other=bool(said_by))
    backshifted = outlook.first("report", "claim", "announce") is not None
    is_old = is_long_past(scene.reading, when)
    auxiliary = replace(one.auxiliary, historical=is_old or (outlook.past_perfect and not backshifted))
    mode = candidate.frame.mode if event_type == candidate.frame.event_type else None
    mode = mode or mode_of(sentence, candidate.at, candidate.word, event_type)
    put = put_by_model(view, one, mode, auxiliary, model, is_old=is_old)
    mode, auxiliary = put.mode, put.auxiliary
    features = sureness_features(one, put)
    evidence = covering(scene.reading, sentence, candidate.at, [*actors, *recipients], [])
    trigger = _word(scene, sentence, candidate.word)
    event = Event(
        id=record_id(
            scene.reading.report.text_sha256, "events", event_type, [p.entity.key for p in actors],
            [p.entity.key for p in recipients], trigger.part, trigger.start, trigger.end,
        ),
        event_type=event_type, mode=mode, contexts=contexts_of(sentence, candidate.frame.contexts),
        quad_code=ontology.quad, intensity=ontology.score_of(mode), cameo=ontology.cameo_of(mode),
        actor=_entities(actors), recipient=_entities(recipients), auxiliary=auxiliary,
        attributed_to=_entities(said_by), when=when, where=place_of(scene, sentence, candidate.at),
        confidence=_confidence(features, model), trigger=trigger, evidence=evidence,
    )  # fmt: skip
    return event, features


def _said_by(
    scene: Scene, sentence: Sentence, candidate: Candidate, outlook: Outlook, actors: list[Party]
) -> list[Party]:
    keys = {p.entity.key for p in actors}
    speaker = scene.speaker_at(sentence, candidate.word)
    if speaker is not None:
        return [speaker] if speaker.entity.key not in keys else []
    governor = outlook.first("report", "claim", "announce", "suggest")
    if governor is None:
        return []
    return [p for p in scene.cast.of_heads(sentence, subjects_above(sentence, governor)) if p.entity.key not in keys][
        :2
    ]


def _word(scene: Scene, sentence: Sentence, i: int) -> Span:
    start, end = sentence.span(i, i)
    return scene.span(sentence, start, end)


def _entities(parties: list[Party]) -> tuple[Entity, ...]:
    """Records of the parties; two ministers of one state are that state once, by the first.

    Where all are of one state, as when its president and its premier meet, each office stands for itself.
    """
    is_at_home = len({p.entity.key for p in parties}) == 1
    unique: dict[tuple[str, str | None], Entity] = {}
    for party in parties:
        unique.setdefault((party.entity.key, party.entity.role if is_at_home else None), party.entity)
    return tuple(unique.values())


def _confidence(features: dict[str, float], model: DeedModel) -> float:
    """How likely type and parties are right, as fitted on the development part of the corpus."""
    return round(min(0.97, max(0.03, model.right.chance(features))), 3)


def _without_repeats(events: list[Event]) -> list[Event]:
    """The title and a second sentence often tell the same deed: the telling with most parties stays."""
    best: dict[tuple[object, ...], Event] = {}
    for event in events:
        key = (
            event.event_type,
            tuple(e.key for e in event.actor),
            tuple(e.key for e in event.recipient),
            event.auxiliary,
        )
        known = best.get(key)
        if known is None or (known.evidence.part == "title" and event.evidence.part == "body"):
            best[key] = event
    return sorted(best.values(), key=lambda e: (e.evidence.part != "title", e.trigger.start, e.event_type, e.id))
