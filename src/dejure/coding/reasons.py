"""Reasons, stakes and expected effects: the words that lead to them, their theme, and whose they are."""

from __future__ import annotations

import functools
import re
from typing import Any

from dejure.coding.clauses import arguments_of
from dejure.coding.parties import Party
from dejure.coding.scene import Scene
from dejure.coding.spans import head_span
from dejure.coding.words import load_toml
from dejure.reading.reading import Sentence
from dejure.records import Reason, Recognition, Voice

__all__ = ["reasons_in", "stakes_in", "theme_of"]

_HEDGES = frozenset({"appear", "seem", "likely", "apparently", "perhaps", "probably", "presumably"})
_MOST = 6
_LONGEST_TOKENS = 30


@functools.cache
def _words() -> dict[str, Any]:
    return load_toml("reasons.toml")


def reasons_in(scene: Scene, sentence: Sentence, given_by: Party | None, voice: Voice = "actor") -> tuple[Reason, ...]:
    """Reasons that a sentence gives; the writer's own guess, marked by "appears to", is the writer's voice."""
    found: dict[tuple[int, int], Reason] = {}
    for token in sentence.tokens:
        for head in _led_to(sentence, token.i):
            reason = _reason(scene, sentence, head, given_by, _voice(sentence, token.i, voice))
            if reason is not None:
                found.setdefault((reason.start, reason.end), reason)
    return tuple(found.values())[:_MOST]


def stakes_in(scene: Scene, sentence: Sentence, record: Recognition) -> tuple[Reason, ...]:
    """Stakes that the writer sees for the parties of an act, in another sentence than the act's own.

    "X's decision appears to prioritise ...", "The movement seeks ... to reopen the port": the subject
    is the recogniser's deed, the recogniser or the recognised party.
    """
    keys = {record.recognised.id} | ({record.recogniser.key} if record.recogniser is not None else set())
    for token in sentence.tokens:
        if token.pos != "VERB" or token.lemma not in _words()["markers"]["stakes"]:
            continue
        for head in arguments_of(sentence, token.i).subjects:
            parties = scene.cast.parties(sentence, head)
            if any(keys & {p.entity.key, p.slug} for p in parties):
                return reasons_in(scene, sentence, None, "writer")
    return ()


@functools.cache
def _themes() -> dict[str, re.Pattern[str]]:
    """Cues of each theme as whole words, with or without a plural."""
    themes: dict[str, list[str]] = _words()["themes"]
    return {name: re.compile(rf"\b(?:{'|'.join(map(re.escape, cues))})s?\b") for name, cues in themes.items()}


def theme_of(text: str) -> str | None:
    """The theme with most cues in the words, None if there is none."""
    counts = {theme: len(set(cues.findall(text.lower()))) for theme, cues in _themes().items()}
    best = max(counts, key=lambda theme: counts[theme])
    return best if counts[best] else None


def _led_to(sentence: Sentence, i: int) -> list[int]:
    """Heads of the phrases or clauses that this token gives as reasons."""
    markers = _words()["markers"]
    token = sentence.tokens[i]
    if token.lemma in markers["verbs"] and token.pos == "VERB":
        heads = [c.i for c in sentence.children(i, "dobj")]
        if token.lemma in markers["stakes"]:
            purposes = sentence.children(i, "xcomp", "advcl") + [
                c for h in heads for c in sentence.children(h, "acl", "relcl")
            ]
            heads += [c.i for c in purposes if any(t.tag == "TO" for t in sentence.children(c.i))]
            heads += [
                c.i for h in list(heads) for p in sentence.children(h, "prep") for c in sentence.children(p.i, "pcomp")
            ]
        for prep in sentence.children(i, "prep"):
            if prep.lower in ("at", "as"):
                heads += [c.i for c in sentence.children(prep.i, "pobj", "pcomp")]
        return heads
    if token.lower in ("due", "owing", "because") and token.dep in ("prep", "amod", "advmod", "acomp"):
        inner = sentence.children(i, "prep", "pcomp", "pobj")
        return [p.i for c in inner for p in ([c] if c.dep == "pobj" else sentence.children(c.i, "pobj"))]
    if token.lower == "because" and token.dep == "mark":
        return [token.head]
    if token.lower in ("over", "amid", "given") and token.dep == "prep":
        return [c.i for c in sentence.children(i, "pobj") if c.lemma in markers["nouns"]]
    return []


def _reason(scene: Scene, sentence: Sentence, head: int, given_by: Party | None, voice: Voice) -> Reason | None:
    below = sentence.subtree(head)
    below = [i for i in below if below[0] <= i <= min(below[-1], below[0] + _LONGEST_TOKENS)]
    span = head_span(scene.reading, sentence, below[0], below[-1])
    if len(span.quote) < 4:
        return None
    return Reason(
        part=span.part, start=span.start, end=span.end, quote=span.quote, theme=theme_of(span.quote),
        given_by=given_by.entity if given_by is not None and voice == "actor" else None, voice=voice,
    )  # fmt: skip


def _voice(sentence: Sentence, i: int, default: Voice) -> Voice:
    at = i
    for _ in range(4):
        token = sentence.tokens[at]
        if token.lemma in _HEDGES or any(c.lemma in _HEDGES for c in sentence.children(at, "advmod")):
            return "writer"
        if token.head == at:
            break
        at = token.head
    return default
