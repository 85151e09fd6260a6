"""Predicates that a frame knows: verbs, adjectives, event nouns, event nouns that a support verb carries."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import dataclass

from dejure.coding.clauses import Arguments, arguments_of, noun_arguments
from dejure.coding.lexicon import Frame, best_frame, carried_noun, load_frames, load_support_verbs
from dejure.coding.outlook import load_governors
from dejure.reading.reading import Sentence

__all__ = ["Candidate", "candidates_of", "obliging_frame"]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A predicate with its frame and arguments; `word` names the deed, `at` carries tense and negation."""

    at: int
    word: int
    frame: Frame
    arguments: Arguments
    aux: str = ""


def candidates_of(sentence: Sentence) -> Iterator[Candidate]:
    """All predicates of a sentence that the lexicon knows, in order."""
    used: set[int] = set()
    frames = load_frames()
    for token in sentence.tokens:
        if token.pos in ("VERB", "AUX"):
            found = _verb(sentence, token.i, used)
            if found is not None:
                yield found
        elif token.pos == "ADJ" and token.dep in ("acomp", "ROOT", "oprd", "conj") and (token.lemma, "adj") in frames:
            arguments = arguments_of(sentence, token.head if token.dep == "acomp" else token.i)
            own = arguments_of(sentence, token.i)
            arguments.preps = {**arguments.preps, **own.preps}
            arguments.comps = arguments.comps + [at for at in own.comps if at not in arguments.comps]
            frame = best_frame(sentence, token.i, "adj", arguments)
            if frame is not None and frame.event_type != "NONE":
                at = token.head if token.dep == "acomp" else token.i
                yield Candidate(at, token.i, frame, arguments)
    for token in sentence.tokens:
        if token.pos == "NOUN" and token.i not in used and (token.lemma, "noun") in frames:
            arguments = noun_arguments(sentence, token.i)
            frame = best_frame(sentence, token.i, "noun", arguments)
            if frame is not None and frame.event_type != "NONE" and _is_told(sentence, token.i):
                yield Candidate(token.i, token.i, frame, arguments)


def _verb(sentence: Sentence, i: int, used: set[int]) -> Candidate | None:
    if sentence.tokens[i].lemma not in _verbs_that_tell():
        return None
    arguments = arguments_of(sentence, i)
    frame = best_frame(sentence, i, "verb", arguments)
    is_specific = frame is not None and any(r.slot in ("obj", "prt") for r in frame.requires)
    if not is_specific:
        supported = _supported(sentence, i, arguments, used)
        if supported is not None:
            return supported
    if frame is None:
        obliging = obliging_frame(sentence, i, arguments)
        return Candidate(i, i, obliging, arguments) if obliging is not None else None
    if frame.event_type == "NONE":
        return None
    used.update(arguments.objects if is_specific else ())
    return Candidate(i, i, frame, arguments)


@functools.cache
def _verbs_that_tell() -> frozenset[str]:
    """Verbs with a frame of their own, that carry event nouns, or that report what somebody must do."""
    own = {lemma for lemma, pos in load_frames() if pos == "verb"}
    carrying = {phrase.split()[0] for phrase in load_support_verbs()}
    return frozenset(own | carrying | {lemma for (lemma, _), effect in load_governors().items() if effect in _SAYING})


def obliging_frame(sentence: Sentence, i: int, arguments: Arguments) -> Frame | None:
    """A request, as in "X said that Y must withdraw": what a speaker says somebody has to do is asked of them."""
    if load_governors().get((sentence.tokens[i].lemma, "verb")) not in _SAYING:
        return None
    for comp in arguments.comps:
        aux = {c.lower for c in sentence.children(comp, "aux")}
        verb = sentence.tokens[comp]
        needs = verb.lemma in ("need", "have", "ought") and any(
            c.dep == "xcomp" and any(d.tag == "TO" for d in sentence.children(c.i)) for c in sentence.children(comp)
        )
        if verb.dep == "ccomp" and (aux & _MUST or needs) and sentence.children(comp, "nsubj", "nsubjpass"):
            return _OBLIGING
    return None


_SAYING = frozenset({"report", "claim", "announce", "suggest", "demand"})
_MUST = frozenset({"must", "should", "ought"})
_OBLIGING = Frame(
    head="say", pos="verb", requires=(), event_type="REQUEST", mode=None, actor="subj",
    recipient=("dative", "comp.subj", "comp.agent"), contexts=(), line="predicates:obliging",
)  # fmt: skip


def _supported(sentence: Sentence, i: int, arguments: Arguments, used: set[int]) -> Candidate | None:
    """An event noun with the verb that carries it."""
    found = carried_noun(sentence, i, arguments, used)
    if found is None:
        return None
    head, frame, merged, support = found
    return Candidate(i, head, frame, merged, support.aux)


def _is_told(sentence: Sentence, i: int) -> bool:
    """Whether a bare event noun tells of a deed by named parties ("talks between X and Y", "X's attack on Y")."""
    token = sentence.tokens[i]
    if token.dep in ("compound", "amod"):
        return False
    has_owner = any(c.dep in ("poss", "amod", "compound") and c.text[:1].isupper() for c in sentence.children(i))
    preps = {c.lower for c in sentence.children(i, "prep")}
    return bool(preps & {"between", "by"}) or (has_owner and bool(preps & {"on", "against", "to", "with", "of", "in"}))
