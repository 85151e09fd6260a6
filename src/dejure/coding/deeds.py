"""Deeds that no frame of the lexicon tells, by the trained heads; and mode and auxiliary modes of every deed.

The rules of `events` come first: what they tell stands. In title and lead, a word that they do not read is taken for a
deed where the sentence is one that tells events and the head for deeds is sure enough of it; its parties are the
likeliest noun phrases.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

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
from dejure.coding.part_features import alone_features, kind_of, list_features, party_heads
from dejure.coding.participants import parties_meant
from dejure.coding.parties import Party
from dejure.coding.predicates import Candidate
from dejure.coding.scene import Scene
from dejure.reading.reading import Sentence
from dejure.records import Auxiliary
from dejure.reference.ontology import load_ontology

__all__ = [
    "Put",
    "Telling",
    "View",
    "added_deeds",
    "content_words",
    "is_searched",
    "parts_by_rule",
    "put_by_model",
    "put_by_rule",
    "sureness_features",
    "view_of",
]

# Chosen on the development part of the corpus of sentences.
#: How likely a sentence must be to tell events at all.
_LEAST_SENTENCE = 0.6
#: How likely a word must be to tell a deed: the likeliest of a sentence that rules and acts of
#: recognition leave silent, and any other.
_LEAST_FIRST, _LEAST_OTHER = 0.25, 0.5
#: How likely it must be to tell a deed of this very type.
_LEAST_TYPE = 0.3
#: A noun phrase takes part beside the likeliest where it is at least so likely in comparison.
_SHARE = 0.25
#: How much less an actor is likely to be the recipient too, and a deed that needs a recipient to have none.
_BOTH, _NEEDED = 0.1, 0.1
_MOST_PARTIES = 12
#: How much likelier than any mode it must be that there is none, as a difference of logits.
_NO_MODE = 1.0
#: How likely an auxiliary mode must be where the rules have it, and where they have not.
_LEAST_KEPT, _LEAST_NEW = 0.15, 0.6
_FRAME = Frame(head="", pos="verb", requires=(), event_type="NONE", mode=None, actor="subj", recipient=(), contexts=(),
               line="deeds:model")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Telling:
    """A deed as a sentence tells it, before its record is made.

    `share` is the probability that the heads give to its type, None where rules told it.
    """

    candidate: Candidate
    outlook: Outlook
    event_type: str
    auxiliary: Auxiliary
    actors: list[Party]
    recipients: list[Party]
    share: float | None = None


@dataclass(frozen=True, slots=True)
class View:
    """What the heads see of a sentence: words that might tell deeds, noun phrases by what they name, the rules' say.

    `has_act` tells whether it holds words of an act of recognition.
    """

    sentence: Sentence
    deeds: list[Deed]
    kinds: dict[int, str]
    rules: Mapping[int, Telling]
    has_act: bool = False

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
    return View(sentence, deeds, kinds, rules, any(index == sentence.index for index, _ in taken))


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


def added_deeds(scene: Scene, view: View, model: DeedModel) -> Iterator[Telling]:
    """Deeds beside those that the rules tell, the likeliest first."""
    sentence, vectors = view.sentence, model.vectors
    told = [one.event_type for one in view.rules.values()]
    features = sentence_features(sentence, view.deeds, view.kinds, told)
    if model.sentence.chance(features, vectors.mean(content_words(sentence))) < _LEAST_SENTENCE:
        return
    ranked = []
    read = {i for one in view.rules.values() for i in (one.candidate.at, one.candidate.word)}
    for deed in view.deeds:
        if deed.i not in read and (deed.carrier is None or deed.carrier not in read):
            shares = model.deed.shares(deed_features(sentence, deed, ""), vectors.of_groups(deed_words(sentence, deed)))
            ranked.append((1.0 - shares.pop("NONE"), deed, shares))
    ranked.sort(key=lambda one: (-one[0], one[1].i))
    for rank, (sure, deed, shares) in enumerate(ranked):
        if sure < (_LEAST_OTHER if rank or view.rules or view.has_act else _LEAST_FIRST):
            return
        event_type = max(shares, key=lambda name: (shares[name], name))
        if shares[event_type] < _LEAST_TYPE:
            continue
        telling = _with_parties(scene, view, deed, event_type, model)
        if telling is not None:
            yield replace(telling, share=shares[event_type])


def _with_parties(scene: Scene, view: View, deed: Deed, event_type: str, model: DeedModel) -> Telling | None:
    sentence = view.sentence
    kinds = {head: kind for head, kind in view.kinds.items() if head != deed.i}
    if not kinds:
        return None
    heads, features = list(kinds), list_features(sentence, deed, event_type, kinds, {})
    words = [model.vectors.mean([sentence.tokens[head].lemma]) for head in heads]
    as_actor = softmax(np.array([model.actor.logits(f, w)[0] for f, w in zip(features, words, strict=True)]))
    acting = _likeliest(heads, as_actor.tolist())
    as_recipient = [model.recipient.logits(f, w)[0] for f, w in zip(features, words, strict=True)]
    as_recipient.append(model.recipient.logits(alone_features(sentence, deed, event_type, kinds))[0])
    shares = softmax(np.array(as_recipient)).tolist()
    shares = [share * (_BOTH if head in acting else 1.0) for head, share in zip([*heads, -1], shares, strict=True)]
    needs = load_ontology().types[event_type].needs_recipient and len(acting) == 1
    shares[-1] *= _NEEDED if needs else 1.0
    suffering = _likeliest([*heads, -1], shares)
    suffering = [] if suffering[0] == -1 else [head for head in suffering if head not in acting and head != -1]
    actors, recipients = _parties(scene, sentence, acting), _parties(scene, sentence, suffering)
    taken = {p.entity.key for p in actors}
    recipients = [p for p in recipients if p.entity.key not in taken]
    if not actors or (needs and not recipients):
        return None
    own = deed.frame if deed.frame is not None and deed.frame.event_type == event_type else _FRAME
    frame = replace(_FRAME, head=sentence.tokens[deed.i].lemma, event_type=event_type, contexts=own.contexts)
    candidate = Candidate(deed.at, deed.i, frame, deed.arguments)
    return Telling(candidate, deed.outlook, event_type, Auxiliary(), actors, recipients)


def _likeliest(heads: list[int], shares: list[float]) -> list[int]:
    """The likeliest head first, then those nearly as likely, in the order of the text."""
    best = max(range(len(heads)), key=lambda k: (shares[k], -k))
    others = [head for head, share in zip(heads, shares, strict=True) if share >= _SHARE * shares[best]]
    return [heads[best], *(head for head in others if head != heads[best])]


def _parties(scene: Scene, sentence: Sentence, heads: list[int]) -> list[Party]:
    found: dict[tuple[str, str | None], Party] = {}
    for head in sorted(heads):
        for party in parties_meant(scene, sentence, head):
            found.setdefault((party.entity.key, party.entity.role), party)
    return list(found.values())[:_MOST_PARTIES]


def put_by_rule(view: View, deed: Deed, event_type: str) -> tuple[str | None, dict[str, bool]]:
    """Mode and auxiliary modes that frames, cues and syntax give to a deed of this type."""
    outlook = deed.outlook
    mode = deed.frame.mode if deed.frame is not None and deed.frame.event_type == event_type else None
    telling = view.rules.get(deed.i)
    told = telling.auxiliary if telling is not None else None
    return mode or mode_of(view.sentence, deed.at, deed.i, event_type), {
        "historical": outlook.past_perfect,
        "future": told.future if told is not None else outlook.future,
        "hypothetical": told.hypothetical if told is not None else outlook.possible or outlook.in_condition,
        "negation": told.negation if told is not None else outlook.negated,
    }


@dataclass(frozen=True, slots=True)
class Put:
    """How a deed is put, and how likely its word is to tell a deed of its type."""

    mode: str | None
    auxiliary: Auxiliary
    share: float


def put_by_model(view: View, one: Telling, mode: str | None, auxiliary: Auxiliary, model: DeedModel) -> Put:
    """Mode and auxiliary modes, those of the rules weighed with the heads' own."""
    sentence, event_type = view.sentence, one.event_type
    deed = view.deed(one.candidate.word)
    if deed is None:
        return Put(mode, auxiliary, 0.0)
    by_rule, told = put_by_rule(view, deed, event_type)
    numbers = model.vectors.of_groups(deed_words(sentence, deed))
    features = mode_features(sentence, deed, event_type, by_rule)
    logits = model.mode.logits(features, numbers)
    if not _is_of_frame(deed, event_type):
        mode = _likeliest_mode(model, event_type, logits.tolist()) or mode
    asked = auxiliary_features(sentence, deed, event_type, told)
    chances = {name: head.chance(asked) for name, head in model.auxiliary.items()}
    share = one.share if one.share is not None else model.deed.shares(features, numbers)[event_type]
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
    source = "rule" if one.share is None else "model"
    recipients = "none" if not one.recipients else "known" if all(p.is_known for p in one.recipients) else "unknown"
    actors = "known" if all(p.is_known for p in one.actors) else "unknown"
    return {
        "bias": 1.0, source: 1.0, f"share of {source}": put.share,
        f"requires of {source}": min(3, len(one.candidate.frame.requires)) / 3, f"actors {actors}": 1.0,
        f"recipients {recipients}": 1.0, "several actors": float(len(one.actors) > 1),
        "several recipients": float(len(one.recipients) > 1), "auxiliary": float(put.auxiliary.any),
        "carried": float(one.candidate.at != one.candidate.word),
    }  # fmt: skip


def _weighed(auxiliary: Auxiliary, chances: Mapping[str, float]) -> Auxiliary:
    """What the rules say, unless a head is sure of the contrary."""
    return replace(auxiliary, **{
        name: chance > (_LEAST_KEPT if getattr(auxiliary, name) else _LEAST_NEW) for name, chance in chances.items()
    })  # fmt: skip
