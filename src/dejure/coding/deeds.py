"""Deeds by the trained heads, which know what the rules tell; and mode and auxiliary modes of every deed.

In title and lead the heads weigh every word that might tell a deed, further on in a report those that the rules of
`events` tell. The type that a rule tells stands, which is more often right; parties are the likeliest noun phrases, and
what the rules say of them is one of the things that the heads go by.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from dejure.coding.deed_features import (
    Deed,
    auxiliary_features,
    deed_features,
    deed_words,
    deeds_in,
    mode_features,
    sentence_features,
)
from dejure.coding.deed_model import DeedModel, softmax
from dejure.coding.features import MODES_BY_ACT_ONLY, mode_of
from dejure.coding.lexicon import Frame
from dejure.coding.outlook import Outlook
from dejure.coding.part_features import alone_features, beside_features, kind_of, list_features, party_heads
from dejure.coding.participants import parties_meant
from dejure.coding.parties import Party
from dejure.coding.predicates import Candidate
from dejure.coding.scene import Scene
from dejure.reading.reading import Sentence
from dejure.records import Auxiliary
from dejure.reference.ontology import load_ontology

if TYPE_CHECKING:
    from dejure.models.encoder_run import Tags

__all__ = [
    "Put",
    "Telling",
    "View",
    "content_words",
    "is_searched",
    "parts_by_rule",
    "put_by_model",
    "put_by_rule",
    "sureness_features",
    "view_of",
    "weighed_deeds",
]

# Chosen on the corpus of sentences, each author held back in turn.
#: How likely a sentence must be to tell events at all, and one in which the rules tell some.
_LEAST_SENTENCE, _LEAST_WITH_RULES = 0.5, 0.3
#: Ways to hang on another deed that leave a deed one of its own.
_BESIDE = frozenset({"advcl", "relcl", "parataxis", "conj"})
#: How likely a word must be to tell some deed, in model `base` and in `full`.
_LEAST_DEED, _LEAST_DEED_TAGGED = 0.2, 0.35
#: A noun phrase takes part beside the likeliest where it is at least so likely in comparison.
_SHARE_ACTOR, _SHARE_RECIPIENT = 0.25, 0.25
#: How much less an actor is likely to be the recipient too, and a deed that needs a recipient to have none.
_BOTH, _NEEDED = 0.1, 0.1
_MOST_PARTIES = 12
#: Share of the encoder in what a word tells, in model `full`.
_SHARE_OF_TAGS = 0.4
#: How likely the type of a rule must be beside the likeliest to stand, in model `full`.
_KEEPS_RULE = 0.3
#: How much likelier than any mode it must be that there is none, as a difference of logits.
_NO_MODE = 1.0
#: How likely an auxiliary mode must be where the rules have it, and where they have not.
_LEAST_KEPT, _LEAST_NEW = 0.25, 0.4
_FRAME = Frame(head="", pos="verb", requires=(), event_type="NONE", mode=None, actor="subj", recipient=(), contexts=(),
               line="deeds:model")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Telling:
    """A deed as a sentence tells it, before its record is made.

    Attributes
    ----------
    share, sure, of_sentence : float
        How likely the heads hold its type, that its word tells some deed, that the sentence tells any; `share` is None
        where they were not asked.
    of_parties : (float, float)
        How likely they hold the likeliest actor and the likeliest recipient.
    is_told_by_rule : bool
    """

    candidate: Candidate
    outlook: Outlook
    event_type: str
    auxiliary: Auxiliary
    actors: list[Party]
    recipients: list[Party]
    share: float | None = None
    sure: float = 0.0
    of_sentence: float = 0.0
    of_parties: tuple[float, float] = (0.0, 0.0)
    is_told_by_rule: bool = True


@dataclass(frozen=True, slots=True)
class View:
    """What the heads see of a sentence: words that might tell deeds, noun phrases by what they name, the rules' say."""

    sentence: Sentence
    deeds: list[Deed]
    kinds: dict[int, str]
    rules: Mapping[int, Telling]

    def deed(self, word: int) -> Deed | None:
        """The deed that this word might tell."""
        return next((deed for deed in self.deeds if deed.i == word), None)


def view_of(
    scene: Scene, sentence: Sentence, rules: Mapping[int, Telling], taken: set[tuple[int, int]],
    nouns: frozenset[str] | None,
) -> View:  # fmt: skip
    """The view of a sentence, without the words that recognition acts have told already."""
    deeds = [
        deed for deed in deeds_in(sentence, nouns)
        if (sentence.index, deed.i) not in taken and (sentence.index, deed.at) not in taken
    ]  # fmt: skip
    kinds = {head: kind_of(scene, sentence, head) for head in party_heads(sentence)}
    return View(sentence, deeds, kinds, rules)


def parts_by_rule(view: View, deed: Deed) -> dict[int, str]:
    """The part that the rules give to each noun phrase: A, R, AR or "-"; nothing where they do not tell the deed."""
    telling = view.rules.get(deed.i)
    if telling is None:
        return {}
    parts = {}
    for head in view.kinds:
        acts, suffers = (_covers(view.sentence, parties, head) for parties in (telling.actors, telling.recipients))
        parts[head] = ("A" * acts + "R" * suffers) or "-"
    return parts


def _covers(sentence: Sentence, parties: list[Party], head: int) -> bool:
    start, end = sentence.span(head, head)
    return any(
        p.entity.start is not None and p.entity.end is not None and p.entity.part == sentence.part
        and p.entity.start < end and start < p.entity.end
        for p in parties
    )  # fmt: skip


def content_words(sentence: Sentence) -> list[str]:
    """Lemmas of a sentence's verbs, nouns and adjectives."""
    return [token.lemma for token in sentence.tokens if token.pos in ("VERB", "NOUN", "ADJ")]


def is_searched(scene: Scene, sentence: Sentence) -> bool:
    """Whether deeds are looked for beside those of the rules: in the title and the first sentence of the body.

    Further on a report tells far fewer events than the corpus does, and most of what the heads take for one is none.
    """
    first = next((one.index for one in scene.sentences if one.part == "body"), 0)
    return sentence.part == "title" or sentence.index == first


def weighed_deeds(scene: Scene, view: View, model: DeedModel) -> Iterator[Telling]:
    """What a sentence tells by the heads' judgement, which knows what the rules tell; the likeliest first."""
    sentence, vectors = view.sentence, model.vectors
    told = [one.event_type for one in view.rules.values()]
    features = sentence_features(sentence, view.deeds, view.kinds, told)
    chance = model.sentence.chance(features, vectors.mean(content_words(sentence)))
    if chance < (_LEAST_WITH_RULES if view.rules else _LEAST_SENTENCE):
        return
    tags = model.encoder.tags(sentence.text) if model.encoder is not None else None
    least = _LEAST_DEED if tags is None else _LEAST_DEED_TAGGED
    ranked = []
    read = {i for one in view.rules.values() for i in (one.candidate.at, one.candidate.word)}
    is_all = is_searched(scene, sentence)
    for deed in view.deeds:
        rule = view.rules.get(deed.i)
        if rule is None and (not is_all or deed.i in read or deed.carrier in read or _is_spoken_of(deed, read)):
            continue
        by_rule = rule.event_type if rule is not None else ""
        shares = model.deed.shares(
            deed_features(sentence, deed, by_rule, view.kinds), vectors.of_groups(deed_words(sentence, deed))
        )  # fmt: skip
        if tags is not None:
            shares = _with_tags(sentence, deed, shares, tags)
        sure = 1.0 - shares.pop("NONE")
        if sure >= least or rule is not None:
            ranked.append((sure, deed, by_rule, shares))
    ranked.sort(key=lambda one: (-one[0], one[1].i))
    words: set[int] = set()
    carriers: set[int] = set()
    for sure, deed, by_rule, shares in ranked:
        if deed.i in carriers or deed.carrier in words:
            continue
        event_type = _type_of(by_rule, shares, has_tags=tags is not None)
        telling = _with_parties(scene, view, deed, event_type, model)
        if telling is None:
            continue
        words.add(deed.i)
        if deed.carrier is not None:
            carriers.add(deed.carrier)
        yield replace(
            telling, event_type=event_type, share=shares[event_type], sure=sure, of_sentence=chance,
            is_told_by_rule=bool(by_rule),
        )  # fmt: skip


def _type_of(by_rule: str, shares: Mapping[str, float], *, has_tags: bool) -> str:
    """The type that a rule tells, which the heads alone do not overrule; else the likeliest."""
    likeliest = max(shares, key=lambda name: (shares[name], name))
    if by_rule and (not has_tags or shares[by_rule] >= _KEEPS_RULE * shares[likeliest]):
        return by_rule
    return likeliest


def _with_tags(sentence: Sentence, deed: Deed, shares: Mapping[str, float], tags: Tags) -> dict[str, float]:
    """What the heads and the encoder hold of a word, averaged."""
    token = sentence.tokens[deed.i]
    other = tags.at(token.start, token.end)
    return {name: (1 - _SHARE_OF_TAGS) * share + _SHARE_OF_TAGS * other[name] for name, share in shares.items()}


def _is_spoken_of(deed: Deed, read: set[int]) -> bool:
    """Whether a deed is what one that the rules tell asks for, refuses or promises."""
    return any(governor.i in read and governor.via not in _BESIDE for governor in deed.outlook.governors)


def _with_parties(scene: Scene, view: View, deed: Deed, event_type: str, model: DeedModel) -> Telling | None:
    """The deed with its likeliest parties; as the rules put it where they tell it of this type."""
    sentence = view.sentence
    rule = view.rules.get(deed.i)
    kinds = {head: kind for head, kind in view.kinds.items() if head != deed.i}
    if not kinds:
        return rule
    by_rule = parts_by_rule(view, deed)
    heads, features = list(kinds), list_features(sentence, deed, event_type, kinds, by_rule)
    words = np.stack([model.vectors.mean([sentence.tokens[head].lemma]) for head in heads])
    as_actor = softmax(model.actor.scores(features, words))
    acting = _likeliest(heads, as_actor.tolist(), _SHARE_ACTOR)
    beside = beside_features(sentence, deed, event_type, kinds, acting)
    as_recipient = model.recipient.scores([f | b for f, b in zip(features, beside, strict=True)], words)
    alone = model.recipient.scores([alone_features(sentence, deed, event_type, kinds, by_rule)])
    shares = softmax(np.concatenate([as_recipient, alone])).tolist()
    shares = [share * (_BOTH if head in acting else 1.0) for head, share in zip([*heads, -1], shares, strict=True)]
    needs = load_ontology().types[event_type].needs_recipient and len(acting) == 1
    shares[-1] *= _NEEDED if needs else 1.0
    suffering = _likeliest([*heads, -1], shares, _SHARE_RECIPIENT)
    sure_of = (float(max(as_actor)), max(shares) / sum(shares))
    if rule is not None and (len(rule.actors) > 1 or not is_searched(scene, sentence) or _has_far(sentence, rule)):
        return replace(rule, of_parties=sure_of)
    suffering = [] if suffering[0] == -1 else [head for head in suffering if head not in acting and head != -1]
    actors, recipients = _parties(scene, sentence, acting), _parties(scene, sentence, suffering)
    actors = list({p.entity.key: p for p in reversed(actors)}.values())[::-1]
    recipients = [p for p in recipients if not _is_one_of(p, actors)]
    if not actors or (needs and not recipients):
        return replace(rule, of_parties=sure_of) if rule is not None else None
    if rule is not None:
        return replace(rule, actors=actors, recipients=recipients, of_parties=sure_of)
    own = deed.frame if deed.frame is not None and deed.frame.event_type == event_type else _FRAME
    frame = replace(_FRAME, head=sentence.tokens[deed.i].lemma, event_type=event_type, contexts=own.contexts)
    candidate = Candidate(deed.at, deed.i, frame, deed.arguments)
    return Telling(candidate, deed.outlook, event_type, Auxiliary(), actors, recipients, of_parties=sure_of)


def _has_far(sentence: Sentence, rule: Telling) -> bool:
    """Whether the rules know a party from elsewhere in the report, or from no words at all."""
    return any(
        p.entity.start is None or p.entity.part != sentence.part
        or not sentence.start <= p.entity.start < sentence.end
        for p in (*rule.actors, *rule.recipients)
    )  # fmt: skip


def _is_one_of(party: Party, actors: list[Party]) -> bool:
    """Whether a party is an actor told once more, by the same words or a pronoun; another of its state is not."""
    same = [p.entity for p in actors if p.entity.key == party.entity.key]
    return any(
        (p.start, p.end) == (party.entity.start, party.entity.end)
        or (p.role == party.entity.role and not party.is_person)
        for p in same
    )  # fmt: skip


def _likeliest(heads: list[int], shares: list[float], least: float) -> list[int]:
    """The likeliest head first, then those nearly as likely, in the order of the text."""
    best = max(range(len(heads)), key=lambda k: (shares[k], -k))
    others = [head for head, share in zip(heads, shares, strict=True) if share >= least * shares[best]]
    return [heads[best], *(head for head in others if head != heads[best])]


def _parties(scene: Scene, sentence: Sentence, heads: list[int]) -> list[Party]:
    found: dict[tuple[str, str | None], Party] = {}
    for head in sorted(heads):
        for party in parties_meant(scene, sentence, head):
            found.setdefault((party.entity.key, party.entity.role), party)
    return list(found.values())[:_MOST_PARTIES]


def put_by_rule(view: View, deed: Deed, event_type: str, *, is_old: bool) -> tuple[str | None, dict[str, bool]]:
    """Mode and auxiliary modes by frames, cues and syntax for a deed of this type; and if its date is long past."""
    outlook = deed.outlook
    mode = deed.frame.mode if deed.frame is not None and deed.frame.event_type == event_type else None
    telling = view.rules.get(deed.i)
    told = telling.auxiliary if telling is not None else None
    return mode or mode_of(view.sentence, deed.at, deed.i, event_type), {
        "historical": outlook.past_perfect,
        "future": told.future if told is not None else outlook.future,
        "hypothetical": told.hypothetical if told is not None else outlook.possible or outlook.in_condition,
        "negation": told.negation if told is not None else outlook.negated,
        "old": is_old,
    }


@dataclass(frozen=True, slots=True)
class Put:
    """How a deed is put, and how likely its word is to tell a deed of its type."""

    mode: str | None
    auxiliary: Auxiliary
    share: float


def put_by_model(
    view: View, one: Telling, mode: str | None, auxiliary: Auxiliary, model: DeedModel, *, is_old: bool
) -> Put:
    """Mode and auxiliary modes, those of the rules weighed with the heads' own; `is_old` if its date is long past."""
    sentence, event_type = view.sentence, one.event_type
    deed = view.deed(one.candidate.word)
    if deed is None:
        return Put(mode, auxiliary, 0.0)
    by_rule, told = put_by_rule(view, deed, event_type, is_old=is_old)
    numbers = model.vectors.of_groups(deed_words(sentence, deed))
    features = mode_features(sentence, deed, event_type, by_rule)
    logits = model.mode.logits(features, numbers)
    if not _is_of_frame(deed, event_type):
        mode = _likeliest_mode(model, event_type, logits.tolist()) or mode
    asked = auxiliary_features(sentence, deed, event_type, told)
    chances = {name: head.chance(asked) for name, head in model.auxiliary.items()}
    share = one.share if one.share is not None else model.deed.shares(features, numbers)[event_type]
    if auxiliary.hypothetical and deed.outlook.in_condition:
        # What stands behind "if" has not happened, whatever the head thinks of it.
        chances["hypothetical"] = 1.0
    return Put(mode, _weighed(auxiliary, chances), share)


def _is_of_frame(deed: Deed, event_type: str) -> bool:
    """Whether the frame itself names the mode, which is more often right than the head."""
    return deed.frame is not None and deed.frame.event_type == event_type and deed.frame.mode is not None


def _likeliest_mode(model: DeedModel, event_type: str, logits: list[float]) -> str | None:
    scores = {
        name.split("|")[1]: logit
        for name, logit in zip(model.mode.classes, logits, strict=True)
        if name.startswith(f"{event_type}|")
    }
    scores = {mode: logit for mode, logit in scores.items() if mode not in MODES_BY_ACT_ONLY}
    if "-" in scores:
        scores["-"] -= _NO_MODE
    best = max(scores, key=lambda mode: (scores[mode], mode), default="-")
    return best if best != "-" else None


def sureness_features(one: Telling, put: Put) -> dict[str, float]:
    """Features of whether an event is right: who tells it, how sure of the type, what its parties are."""
    source = "rule" if one.is_told_by_rule else "model"
    recipients = "none" if not one.recipients else "known" if all(p.is_known for p in one.recipients) else "unknown"
    actors = "known" if all(p.is_known for p in one.actors) else "unknown"
    found = {
        "bias": 1.0, source: 1.0, f"share of {source}": put.share,
        f"requires of {source}": min(3, len(one.candidate.frame.requires)) / 3, f"actors {actors}": 1.0,
        f"recipients {recipients}": 1.0, "several actors": float(len(one.actors) > 1),
        "several recipients": float(len(one.recipients) > 1), "auxiliary": float(put.auxiliary.any),
        "carried": float(one.candidate.at != one.candidate.word),
    }  # fmt: skip
    if one.share is not None:
        actor, recipient = one.of_parties
        found |= {"sure": one.sure, "type": one.share / max(one.sure, 1e-6), "sentence": one.of_sentence,
                  "actor": actor, "recipient": recipient, "all": one.share * actor * recipient,
                  f"type {one.event_type}": 1.0}  # fmt: skip
    return found


def _weighed(auxiliary: Auxiliary, chances: Mapping[str, float]) -> Auxiliary:
    """What the rules say, unless a head is sure of the contrary."""
    return replace(auxiliary, **{
        name: chance > (_LEAST_KEPT if getattr(auxiliary, name) else _LEAST_NEW) for name, chance in chances.items()
    })  # fmt: skip
