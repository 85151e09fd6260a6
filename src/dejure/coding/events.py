"""PLOVER events: predicates that a frame knows, with who did it to whom and how it is put."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from dejure.coding.clauses import Arguments, arguments_of, coordinated, noun_arguments, possessors
from dejure.coding.dating import date_of_deed, is_long_past
from dejure.coding.features import contexts_of, mode_of
from dejure.coding.lexicon import Frame, best_frame, support_verb
from dejure.coding.outlook import Governor, Outlook, load_governors, outlook_of, subjects_above
from dejure.coding.parties import Party
from dejure.coding.scene import Scene
from dejure.coding.spans import covering
from dejure.coding.where import place_of
from dejure.reading.reading import Sentence
from dejure.records import Auxiliary, Entity, Event, Span, record_id
from dejure.reference.ontology import load_ontology
from dejure.reference.tables import load_roles

__all__ = ["find_events"]

#: A planned deed of these types is a promise, of these others a threat.
_FUTURE_TYPE = {"CONSULT": "AGREE", "SUPPORT": "AGREE", "COOPERATE": "AGREE", "AID": "AGREE", "RETREAT": "CONCEDE",
                "SANCTION": "THREATEN", "COERCE": "THREATEN", "ASSAULT": "THREATEN"}  # fmt: skip
_ABSORBING = frozenset({"demand", "refuse", "threaten", "deny", "want", "plan", "decide", "warn", "consider", "doubt",
                        "fear", "negate", "presuppose"})  # fmt: skip
_HYPOTHETICAL = frozenset({"consider", "want", "can", "question", "doubt", "fear", "predict", "negate"})
_MODALS = frozenset({"may", "might", "could"})
_VERBAL = frozenset({1, 3})
_MAX_LIST = 12
_HIGHEST = 14


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A predicate with its frame and arguments; `word` names the deed, `at` carries tense and negation."""

    at: int
    word: int
    frame: Frame
    arguments: Arguments
    aux: str = ""


def find_events(scene: Scene, taken: set[tuple[int, int]]) -> list[Event]:
    """Events of a report in the order of the text.

    Parameters
    ----------
    taken : set of (sentence index, token)
        Predicates that recognition acts have told already.
    """
    found: list[Event] = []
    for sentence in scene.sentences:
        for candidate in _candidates(sentence):
            if (sentence.index, candidate.at) in taken or (sentence.index, candidate.word) in taken:
                continue
            event = _event(scene, sentence, candidate)
            if event is not None:
                found.append(event)
                scene.events.append(event)
    return _without_repeats(found)


# -- predicates -----------------------------------------------------------------------------------------------------


def _candidates(sentence: Sentence) -> Iterator[_Candidate]:
    used: set[int] = set()
    for token in sentence.tokens:
        if token.pos in ("VERB", "AUX"):
            found = _verb(sentence, token.i, used)
            if found is not None:
                yield found
        elif token.pos == "ADJ" and token.dep in ("acomp", "ROOT", "oprd", "conj"):
            arguments = arguments_of(sentence, token.head if token.dep == "acomp" else token.i)
            arguments.preps = {**arguments.preps, **arguments_of(sentence, token.i).preps}
            frame = best_frame(sentence, token.i, "adj", arguments)
            if frame is not None and frame.event_type != "NONE":
                at = token.head if token.dep == "acomp" else token.i
                yield _Candidate(at, token.i, frame, arguments)
    for token in sentence.tokens:
        if token.pos == "NOUN" and token.i not in used:
            arguments = noun_arguments(sentence, token.i)
            frame = best_frame(sentence, token.i, "noun", arguments)
            if frame is not None and frame.event_type != "NONE" and _is_told(sentence, token.i):
                yield _Candidate(token.i, token.i, frame, arguments)


def _verb(sentence: Sentence, i: int, used: set[int]) -> _Candidate | None:
    arguments = arguments_of(sentence, i)
    frame = best_frame(sentence, i, "verb", arguments)
    is_specific = frame is not None and any(r.slot in ("obj", "prt") for r in frame.requires)
    if not is_specific:
        supported = _supported(sentence, i, arguments, used)
        if supported is not None:
            return supported
    if frame is None or frame.event_type == "NONE":
        return None
    used.update(arguments.objects if is_specific else ())
    return _Candidate(i, i, frame, arguments)


def _supported(sentence: Sentence, i: int, arguments: Arguments, used: set[int]) -> _Candidate | None:
    """An event noun that a support verb carries ("launched an attack on", "held talks with")."""
    support = support_verb(sentence, i, arguments)
    if support is None:
        return None
    heads = [at for head in arguments.objects for at in coordinated(sentence, head)]
    heads += arguments.prep("under", "in", "into") if not heads else []
    for head in heads:
        own = noun_arguments(sentence, head)
        merged = Arguments(
            subjects=arguments.subjects or own.subjects, objects=[], datives=arguments.datives,
            preps={**own.preps, **{k: own.preps.get(k, []) + v for k, v in arguments.preps.items()}},
            comps=own.comps + arguments.comps, particles=arguments.particles, is_passive=arguments.is_passive,
        )  # fmt: skip
        frame = best_frame(sentence, head, "noun", merged)
        if frame is None or frame.event_type == "NONE":
            continue
        used.add(head)
        if support.aux == "passive_actor":
            merged = replace(merged, subjects=own.subjects + merged.prep("from", "by"), objects=arguments.subjects)
        return _Candidate(i, head, frame, merged, support.aux)
    return None


def _is_told(sentence: Sentence, i: int) -> bool:
    """Whether a bare event noun tells of a deed by named parties ("talks between X and Y", "X's attack on Y")."""
    token = sentence.tokens[i]
    if token.dep in ("compound", "amod"):
        return False
    has_owner = any(c.dep in ("poss", "amod", "compound") and c.text[:1].isupper() for c in sentence.children(i))
    preps = {c.lower for c in sentence.children(i, "prep")}
    return bool(preps & {"between", "by"}) or (has_owner and bool(preps & {"on", "against", "to", "with", "of", "in"}))


# -- from predicate to event ----------------------------------------------------------------------------------------


def _event(scene: Scene, sentence: Sentence, candidate: _Candidate) -> Event | None:
    outlook = outlook_of(sentence, candidate.at)
    if _is_absorbed(sentence, candidate, outlook):
        return None
    actors = [p for p in _actors(scene, sentence, candidate) if _takes_part(p)]
    if not actors:
        return None
    recipients = _recipients(scene, sentence, candidate, actors)
    actors, recipients = _at_home(scene, sentence, candidate, actors, recipients)
    if not any(p.is_known for p in [*actors, *recipients]) and not all(p.entity.role or p.is_person for p in actors):
        return None
    if not recipients and not _stands_alone(candidate.frame.event_type, actors):
        return None
    auxiliary = _auxiliary(candidate, outlook)
    event_type = _type(candidate.frame.event_type, auxiliary)
    if event_type == "PROTEST" and all(p.acts_for == "state" and not p.is_plural for p in actors):
        # A state protests in words, a crowd in the street.
        event_type = "ACCUSE"
    if event_type != candidate.frame.event_type:
        auxiliary = replace(auxiliary, future=False)
    return _record(scene, sentence, candidate, outlook, event_type, auxiliary, actors, recipients)


def _at_home(
    scene: Scene, sentence: Sentence, candidate: _Candidate, actors: list[Party], recipients: list[Party]
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


def _stands_alone(event_type: str, actors: list[Party]) -> bool:
    """Whether an event of this type can do without a recipient.

    What is said is said to or of somebody: a verbal act of one party in which nobody else is named tells no dyad.
    """
    ontology = load_ontology().types[event_type]
    if ontology.needs_recipient:
        return False
    return ontology.quad not in _VERBAL or len(actors) > 1


def _actors(scene: Scene, sentence: Sentence, candidate: _Candidate) -> list[Party]:
    arguments, frame = candidate.arguments, candidate.frame
    heads = arguments.subjects
    if frame.actor == "obj":
        heads = arguments.objects
    elif frame.actor.startswith("prep:"):
        heads = arguments.prep(frame.actor[5:])
    elif frame.actor == "both":
        heads = arguments.subjects + arguments.prep("with", "between")
    parties = scene.cast.of_heads(sentence, heads)
    if not parties and frame.actor != "obj":
        parties = scene.cast.of_heads(sentence, arguments.prep("between"))
    if not parties and not arguments.is_passive and not arguments.subjects:
        label = scene.cast.label_party(sentence)
        parties = [label] if label is not None and candidate.at == _root(sentence) else []
    return parties[:_MAX_LIST]


def _root(sentence: Sentence) -> int:
    return next((t.i for t in sentence.tokens if t.head == t.i), 0)


def _recipients(scene: Scene, sentence: Sentence, candidate: _Candidate, actors: list[Party]) -> list[Party]:
    if candidate.frame.actor == "both":
        return []
    keys = {p.entity.key for p in actors}
    for slot in candidate.frame.recipient:
        heads = _slot(sentence, slot, candidate.arguments, candidate.word)
        parties = [p for p in scene.cast.of_heads(sentence, heads) if p.entity.key not in keys and _takes_part(p)]
        if parties:
            return parties[:_MAX_LIST]
    for parties in (
        _authors(scene, sentence, candidate.arguments.objects),
        _named_below(scene, sentence, candidate.arguments.comps),
        _hosts(scene, sentence, candidate) if candidate.frame.event_type == "CONSULT" else [],
    ):
        others = [p for p in parties if p.entity.key not in keys]
        if others:
            return others
    return []


def _named_below(scene: Scene, sentence: Sentence, comps: list[int]) -> list[Party]:
    """The first party that a complement names ("agreed to train officers of X")."""
    for comp in comps:
        below = sentence.subtree(comp)
        found = [p for p in scene.cast.named_in(sentence, below[0], below[-1]) if not p.is_place_name]
        if found:
            return found[:1]
    return []


def _hosts(scene: Scene, sentence: Sentence, candidate: _Candidate) -> list[Party]:
    """Whose capital or country talks were in: the host, where nobody else is named."""
    heads = candidate.arguments.prep("in", "at")
    above = sentence.tokens[candidate.at].head
    if sentence.tokens[candidate.at].dep in ("xcomp", "advcl"):
        heads = heads + arguments_of(sentence, above).prep("in", "at", "to")
    return [p for p in scene.cast.of_heads(sentence, heads) if p.slug is not None and not p.is_person]


def _authors(scene: Scene, sentence: Sentence, heads: list[int]) -> list[Party]:
    """Whose deed an object is: "Russia's decision", else "the decision" told of before."""
    found = [owner for head in heads if (owner := scene.cast.owner_of(sentence, head)) is not None and owner.is_known]
    return found or [author for head in heads if (author := scene.author_of(sentence, head)) is not None]


def _slot(sentence: Sentence, slot: str, arguments: Arguments, word: int) -> list[int]:
    if slot == "obj":
        return arguments.objects
    if slot == "dative":
        return arguments.datives
    if slot == "subj":
        return arguments.subjects
    if slot == "comp.subj":
        return [head for comp in arguments.comps for head in arguments_of(sentence, comp).subjects]
    if slot == "comp.obj":
        return [head for comp in arguments.comps for head in arguments_of(sentence, comp).objects]
    if slot == "poss":
        return possessors(sentence, word)
    return arguments.prep(slot[5:]) if slot.startswith("prep:") else []


def _takes_part(party: Party) -> bool:
    """Whether a party can act or be acted upon: somebody known, a person, a role's holder, but no mere source."""
    if party.entity.role is not None and load_roles()[party.entity.role].kind == "source":
        return False
    return party.is_known or party.entity.role is not None or party.is_person


def _is_absorbed(sentence: Sentence, candidate: _Candidate, outlook: Outlook) -> bool:
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


def _auxiliary(candidate: _Candidate, outlook: Outlook) -> Auxiliary:
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
        negation=outlook.negated or candidate.aux == "negated",
    )


def _type(event_type: str, auxiliary: Auxiliary) -> str:
    if auxiliary.future and not auxiliary.negation and not auxiliary.hypothetical:
        return _FUTURE_TYPE.get(event_type, event_type)
    return event_type


def _record(scene: Scene, sentence: Sentence, candidate: _Candidate, outlook: Outlook, event_type: str,
            auxiliary: Auxiliary, actors: list[Party], recipients: list[Party]) -> Event:  # fmt: skip
    ontology = load_ontology().types[event_type]
    said_by = _said_by(scene, sentence, candidate, outlook, actors)
    when = date_of_deed(scene.reading, sentence, candidate.at, outlook, by_other=bool(said_by))
    backshifted = outlook.first("report", "claim", "announce") is not None
    is_old = is_long_past(scene.reading, when) or (outlook.past_perfect and not backshifted)
    auxiliary = replace(auxiliary, historical=is_old)
    mode = candidate.frame.mode if event_type == candidate.frame.event_type else None
    mode = mode or mode_of(sentence, candidate.at, candidate.word, event_type)
    evidence = covering(scene.reading, sentence, candidate.at, [*actors, *recipients], [])
    trigger = _word(scene, sentence, candidate.word)
    return Event(
        id=record_id(
            scene.reading.report.text_sha256, "events", event_type, [p.entity.key for p in actors],
            [p.entity.key for p in recipients], trigger.part, trigger.start, trigger.end,
        ),
        event_type=event_type, mode=mode, contexts=contexts_of(sentence, candidate.frame.contexts),
        quad_code=ontology.quad, intensity=ontology.score_of(mode), cameo=ontology.cameo_of(mode),
        actor=_entities(actors), recipient=_entities(recipients), auxiliary=auxiliary,
        attributed_to=_entities(said_by), when=when, where=place_of(scene, sentence, candidate.at),
        confidence=_confidence(candidate, actors, recipients, auxiliary), trigger=trigger, evidence=evidence,
    )  # fmt: skip


def _said_by(
    scene: Scene, sentence: Sentence, candidate: _Candidate, outlook: Outlook, actors: list[Party]
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
    """Records of the parties; two ministers of one state are that state once, by the first."""
    unique: dict[str, Entity] = {}
    for party in parties:
        unique.setdefault(party.entity.key, party.entity)
    return tuple(unique.values())


def _confidence(candidate: _Candidate, actors: list[Party], recipients: list[Party], auxiliary: Auxiliary) -> float:
    sure = 0.5 + 0.08 * min(3, len(candidate.frame.requires))
    sure += 0.12 * all(p.is_known for p in actors) + 0.12 * (bool(recipients) and all(p.is_known for p in recipients))
    sure -= 0.15 * auxiliary.any + 0.1 * (
        candidate.word == candidate.at and load_governors().get((candidate.frame.head, "noun"), "") != ""
    )
    return round(min(0.97, max(0.1, sure)), 3)


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
