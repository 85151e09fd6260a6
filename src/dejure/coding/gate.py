"""Which sentences of a report are worth a parse: those that hold words some rule of the coder could fire on.

Each sentence is parsed alone, so that leaving one out changes no other's parse. A report that speaks of recognition, or
names a polity whose standing is disputed, is parsed whole. Of any other a sentence may be parsed where

- it is the title or opens the body, since the trained heads look there for deeds that no word list tells;
- all words that some frame of an event asks for are in it, in any form the lemmatizer could trace back to them;
- it holds words of a silence, or of what a speaker says that somebody must do.

Of these the trained model of `gate_model` leaves out those in which a record is very unlikely. Those that a kept one
could look back to for whom its words mean are parsed, too.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dejure.coding.gate_model import GateModel, signs_of
from dejure.coding.lexicon import Frame, load_frames
from dejure.coding.words import load_toml
from dejure.reading.reading import Sentence
from dejure.reference.tables import load_polities

__all__ = ["LemmasOf", "Weighed", "choose_sentences", "choose_weighed", "weigh_sentences"]

#: From a lower-case form to every lemma that it may be of.
LemmasOf = Callable[[str], frozenset[str]]

_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
_PIECE = re.compile(r"[^\W_]+")
#: Slots whose words must stand in the sentence itself for the frame to hold.
_WORDED = frozenset({"obj", "subj", "prt", "prep", "comp", "mod"})


@dataclass(frozen=True, slots=True)
class Weighed:
    """What the gate goes by.

    Attributes
    ----------
    words : list of frozenset of str
        Every lemma that a word of each sentence may be of.
    tells : list of bool
        Whether each holds words of an event, a duty or a silence.
    first : int
        The first sentence of the body.
    is_whole : bool
        Whether the report may tell of recognition, so that all of it is parsed.
    """

    words: list[frozenset[str]]
    tells: list[bool]
    first: int
    is_whole: bool


def choose_sentences(sentences: Sequence[Sentence], lemmas_of: LemmasOf) -> list[bool]:
    """Whether each sentence of a report is to be parsed.

    Parameters
    ----------
    sentences : sequence of Sentence
        Split, with their known names, not parsed yet.
    lemmas_of : callable
        Gives all lemmas that a lower-case form may be of.
    """
    weighed, model = weigh_sentences(sentences, lemmas_of), GateModel.load()

    def weight_of(i: int) -> float:
        words = weighed.words[i]
        return model.weigh(
            signs_of(sentences[i], words, tells=weighed.tells[i], is_first=i == weighed.first), words
        )  # fmt: skip

    return choose_weighed(sentences, weighed, weight_of, model.least, model.sure)


def weigh_sentences(sentences: Sequence[Sentence], lemmas_of: LemmasOf) -> Weighed:
    """What the gate goes by in these sentences."""
    words = [_words(sentence.text, lemmas_of) for sentence in sentences]
    return Weighed(
        words=words,
        tells=[_may_tell(w) for w in words],
        first=next((i for i, s in enumerate(sentences) if s.part == "body"), 0),
        is_whole=any(_concerns_recognition(s, w) for s, w in zip(sentences, words, strict=True)),
    )


def choose_weighed(
    sentences: Sequence[Sentence], weighed: Weighed, weight_of: Callable[[int], float], least: float, sure: float
) -> list[bool]:
    """Whether each sentence is to be parsed, given what each weighs.

    Parameters
    ----------
    weight_of : callable
        What the trained model gives to a sentence, by its position.
    least, sure : float
        What a sentence must weigh to be parsed; and to have those parsed that it may look back to.
    """
    if weighed.is_whole:
        return [True] * len(sentences)
    chosen = [False] * len(sentences)
    for i, sentence in enumerate(sentences):
        if weighed.tells[i] or sentence.is_headline or i == weighed.first:
            weight = weight_of(i)
            chosen[i] |= weight > least
            if weight > sure:
                for back in _looked_back_to(sentences, i):
                    chosen[back] = True
    return chosen


def _words(text: str, lemmas_of: LemmasOf) -> frozenset[str]:
    """Every lemma that a word of the text, or a piece of one with a hyphen, may be of."""
    lower = text.lower()
    forms = set(_WORD.findall(lower)) | set(_PIECE.findall(lower))
    return frozenset().union(*(lemmas_of(form) for form in forms)) if forms else frozenset()


# -- what can fire ---------------------------------------------------------------------------------------------------


def _may_tell(words: frozenset[str]) -> bool:
    """Whether some frame, some duty that is told or some silence could be read in these words."""
    frames = _frames()
    for word in words:
        if any(all(words & wanted for wanted in needs) for needs in frames.get(word, ())):
            return True
    cues = _cues()
    return bool(words & cues["duties"] or words & cues["silent"] or _may_be_silence(words))


def _may_be_silence(words: frozenset[str]) -> bool:
    table = _silences()
    if words & table.alone or any(verb in words and words & objects for verb, objects in table.idioms):
        return True
    if not words & _cues()["negations"]:
        return False
    return any(verb in words and (not needed or words & needed) for verb, needed in table.denied)


@dataclass(frozen=True, slots=True)
class _Silences:
    """Words of silences: those that are one alone, with a companion, and where they are denied."""

    alone: frozenset[str]
    idioms: tuple[tuple[str, frozenset[str]], ...]
    denied: tuple[tuple[str, frozenset[str]], ...]


@functools.cache
def _silences() -> _Silences:
    """What `silences.toml` holds, as sets of words."""
    table = load_toml("silences.toml")
    adjectives, nouns = table["adjectives"], table["nouns"]
    alone = {*table["declining"]["alone"], *(w for w in table["declining"] if w != "alone"), *adjectives["words"]}
    alone |= {*adjectives["unavailable"], *(w for w in nouns["bare"] if w not in _cues()["negations"])}
    companions = {verb: frozenset(words) for verb, words in table["companions"].items()}
    denied = [(verb, companions.get(verb, frozenset())) for verb in table["negated"]]
    denied += [(noun, frozenset()) for noun in (*nouns["words"], *adjectives["available"])]
    return _Silences(
        frozenset(alone),
        tuple((verb, frozenset(_leaves(words))) for verb, words in table["idioms"].items()),
        tuple(denied),
    )


@functools.cache
def _frames() -> Mapping[str, tuple[tuple[frozenset[str], ...], ...]]:
    """What each head needs beside itself, one tuple of word sets a frame; uses that tell no event are left out."""
    found: dict[str, set[tuple[frozenset[str], ...]]] = {}
    for (head, _), frames in load_frames().items():
        told = {_needs(frame) for frame in frames if frame.event_type != "NONE"}
        if told:
            found.setdefault(head, set()).update(told)
    return {head: ((),) if () in needs else tuple(needs) for head, needs in found.items()}


def _needs(frame: Frame) -> tuple[frozenset[str], ...]:
    needs = [requirement.words for requirement in frame.requires if requirement.slot in _WORDED and requirement.words]
    needs += [frozenset({requirement.name}) for requirement in frame.requires if requirement.slot == "prep"]
    return tuple(needs)


@functools.cache
def _cues() -> dict[str, frozenset[str]]:
    return {name: frozenset(words) for name, words in load_toml("gate.toml")["cues"].items()}


# -- recognition -----------------------------------------------------------------------------------------------------


def _concerns_recognition(sentence: Sentence, words: frozenset[str]) -> bool:
    if words & _recognition_words():
        return True
    polities = load_polities()
    return any(
        name.table == "polity" and name.target in polities and polities[name.target].is_disputed
        for hit in sentence.names for name in hit.names
    )  # fmt: skip


@functools.cache
def _recognition_words() -> frozenset[str]:
    table = load_toml("recognition.toml")
    # "acknowledge" recognises with a state or government alone, which the cues and frames tell.
    verbs = [*table["verbs"]["recognise"], *table["verbs"]["withdraw"]]
    return _cues()["recognition"] | {word for word in (*verbs, *table["nouns"]["recognition"]) if " " not in word}


def _leaves(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from _leaves(one)
    elif isinstance(value, Iterable):
        for one in value:
            yield from _leaves(one)


# -- looking back ----------------------------------------------------------------------------------------------------


def _looked_back_to(sentences: Sequence[Sentence], i: int) -> Iterator[int]:
    """Sentences before this one that may say whom it means: the last few, and those with the same unknown names."""
    cues = _cues()
    forms = {form.lower() for form in _PIECE.findall(sentences[i].text)}
    reach = 2 if forms & cues["pronouns"] else 1 if forms & cues["definite"] else 0
    yield from range(max(0, i - reach), i)
    names = _unknown_names(sentences[i])
    if names:
        for back in range(i):
            if names & _unknown_names(sentences[back]):
                yield back


def _unknown_names(sentence: Sentence) -> frozenset[str]:
    """Words with a capital letter that are no piece of a known name and do not open the sentence."""
    known = [(hit.start, hit.end) for hit in sentence.names]
    return frozenset(
        found[0] for found in _PIECE.finditer(sentence.text)
        if found.start() and found[0][0].isupper() and not any(a <= found.start() < b for a, b in known)
    )  # fmt: skip
