"""Silences: who was said not to have commented, answered, confirmed or decided, and about what."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from typing import Any, get_args

from dejure.coding.clauses import arguments_of, noun_arguments
from dejure.coding.outlook import outlook_of
from dejure.coding.parties import Party
from dejure.coding.recognition.rosters import Entry, find_entries
from dejure.coding.scene import Scene
from dejure.coding.spans import covering
from dejure.coding.words import load_toml
from dejure.reading.language import Token
from dejure.reading.reading import Sentence
from dejure.records import Silence, SilenceKind, record_id

__all__ = ["find_silences"]


@functools.cache
def _words() -> dict[str, Any]:
    return load_toml("silences.toml")


def find_silences(scene: Scene) -> list[Silence]:
    """Silences of a report, one for each actor and kind, in the order of the text."""
    found: dict[tuple[str, str | None], Silence] = {}
    topic = scene.topic()
    for sentence in scene.sentences:
        if sentence.is_headline:
            continue
        for token, kind, heads in _silent(sentence):
            for party in scene.cast.of_heads(sentence, heads):
                record = _record(scene, sentence, token, kind, party, topic)
                if record is not None:
                    found.setdefault((party.entity.key, record.about), record)
    for entry in find_entries(scene.reading, scene.cast):
        record = _of_entry(scene, entry, topic) if entry.act == "silent" else None
        if record is not None:
            found.setdefault((record.actor.key, record.about), record)
    return sorted(found.values(), key=lambda s: (s.evidence.start, s.evidence.end, s.id))


def _of_entry(scene: Scene, entry: Entry, topic: str | None) -> Silence | None:
    """A member of a list headed "Not heard from", "No comment"."""
    token = entry.sentence.tokens[entry.at]
    return _record(scene, entry.sentence, token, "no_comment", entry.party, topic)


def _record(
    scene: Scene, sentence: Sentence, token: Token, kind: SilenceKind, party: Party, topic: str | None
) -> Silence | None:
    if not (party.is_known or party.is_person or party.entity.role is not None):
        return None
    evidence = covering(scene.reading, sentence, token.i, [party], [])
    return Silence(
        id=record_id(scene.reading.report.text_sha256, "silences", party.entity.key, kind, evidence.part,
                     evidence.start, evidence.end),
        actor=party.entity, about=topic, about_record=scene.act_about(topic), kind=kind, evidence=evidence,
    )  # fmt: skip


def _silent(sentence: Sentence) -> Iterator[tuple[Token, SilenceKind, list[int]]]:
    """Predicates of silence with their kind and the heads of who was silent."""
    for token in sentence.tokens:
        if token.pos in ("VERB", "AUX"):
            kind = _verb(sentence, token) or _by_idiom(sentence, token)
            if kind is not None:
                yield token, kind, _subjects(sentence, token)
        elif (
            token.lower in _words()["adjectives"]["words"]
            and token.pos in ("ADJ", "NOUN", "ADV", "VERB", "PROPN")
            and token.dep in ("acomp", "oprd", "xcomp", "conj", "ccomp")
        ):
            head = sentence.tokens[token.head]
            if not outlook_of(sentence, head.i).negated:
                yield head, "no_comment", _subjects(sentence, head)
        elif _is_unavailable(sentence, token):
            yield sentence.tokens[token.head], "not_answered", _subjects(sentence, sentence.tokens[token.head])
        elif _is_no_word(sentence, token):
            yield token, "no_comment", _silent_sources(sentence, token)
        elif token.lower == "unanswered":
            yield token, "not_answered", _unanswered(sentence, token)


def _is_unavailable(sentence: Sentence, token: Token) -> bool:
    words = _words()["adjectives"]
    if token.dep not in ("acomp", "oprd"):
        return False
    negated = outlook_of(sentence, token.head).negated
    return (token.lower in words["unavailable"] and not negated) or (token.lower in words["available"] and negated)


def _silent_sources(sentence: Sentence, token: Token) -> list[int]:
    """Whom no word came from: by a phrase on the noun, or on the verb of which it is subject or attribute."""
    found = noun_arguments(sentence, token.i).prep("from", "by", "in")
    head = sentence.tokens[token.head]
    if not found and token.dep in ("nsubj", "attr", "nsubjpass", "dobj") and head.pos in ("VERB", "AUX"):
        found = arguments_of(sentence, head.i).prep("from")
    return found


def _unanswered(sentence: Sentence, token: Token) -> list[int]:
    """As in "calls to the ministry went unanswered"; "left messages unanswered" is the leaver's."""
    verb = sentence.tokens[token.head]
    if verb.lemma == "leave" or token.dep in ("oprd", "ccomp"):
        return _subjects(sentence, verb)
    words = _words()["elsewhere"]["unanswered"]
    asked = [s for s in sentence.children(verb.i, "nsubj", "nsubjpass") if s.lemma in words]
    return [h for s in asked for h in noun_arguments(sentence, s.i).prep("to")]


def _by_idiom(sentence: Sentence, token: Token) -> SilenceKind | None:
    """As in "kept its counsel", "let the matter pass without a word", "asked about X, turned to Y"."""
    words = _words()
    if outlook_of(sentence, token.i).negated:
        return None
    wanted = words["idioms"].get(token.lemma)
    objects = sentence.children(token.i, "dobj", "acomp", "oprd", "attr")
    objects += [c for o in objects for c in sentence.children(o.i, "conj")]
    if wanted is not None and any(o.lemma in wanted or o.lower in wanted for o in objects):
        is_having = token.lemma in ("have", "offer") and not any(
            c.lemma in ("add", "say", "announce", "report", "offer") for t in objects for c in sentence.children(t.i)
        )
        return None if is_having else "no_comment"
    passing = [c.i for c in sentence.children(token.i, "ccomp", "xcomp")] if token.lemma == "let" else []
    for prep in (p for at in (token.i, *passing) for p in sentence.children(at, "prep")):
        nouns = words["manners"].get(prep.lower, ())
        if any(o.lemma in nouns for o in sentence.children(prep.i, "pobj")):
            return "no_comment"
    if token.lemma in words["elsewhere"]["verbs"]:
        asked = [c for c in sentence.children(token.i, "advcl", "conj") if c.lemma == "ask" and c.i < token.i]
        head = sentence.tokens[token.head]
        if token.dep == "conj" and head.lemma == "ask" and sentence.children(head.i, "auxpass"):
            return "avoided"
        return "avoided" if asked and not sentence.children(asked[0].i, "nsubj") else None
    return None


def _is_no_word(sentence: Sentence, token: Token) -> bool:
    """Whether a noun says that there was no word ("no comment from Kabul")."""
    words = _words()["nouns"]
    if token.lower in words["bare"]:
        return token.dep != "dobj" and bool(_silent_sources(sentence, token))
    if token.pos != "NOUN" or token.lemma not in words["words"]:
        return False
    if any(c.lower == "no" for c in sentence.children(token.i, "det", "neg")):
        return True
    before = {t.lower for t in sentence.tokens[max(0, token.i - 2) : token.i]}
    return {"not", "a"} <= before


def _subjects(sentence: Sentence, token: Token) -> list[int]:
    return arguments_of(sentence, token.i).subjects


def _verb(sentence: Sentence, token: Token) -> SilenceKind | None:
    words = _words()
    governed = _declined(sentence, token) or _unwilling(sentence, token)
    if governed is not None:
        return governed
    kind = words["negated"].get(token.lemma)
    if kind is not None and _has_companion(sentence, token):
        if _is_yet_to(sentence, token):
            return "not_yet"
        outlook = outlook_of(sentence, token.i)
        if outlook.negated and not outlook.in_condition and not outlook.obliged and not outlook.first("demand"):
            return _KINDS[kind]
        if token.lemma == "say" and any(c.lower == "nothing" for c in sentence.children(token.i)):
            return "no_comment"
    return _by_object(sentence, token)


def _unwilling(sentence: Sentence, token: Token) -> SilenceKind | None:
    """As in "preferred not to say", "did not wish to comment", "would rather not talk"."""
    words = _words()["unwilling"]
    if token.lemma not in words["speaking"]:
        return None
    low = {c.lower for c in sentence.children(token.i)}
    if {"rather", "not"} <= low and token.lemma != "be":
        return "declined"
    head = sentence.tokens[token.head]
    if token.dep != "xcomp" or head.lemma not in words["verbs"]:
        return None
    if token.lemma in ("be", "take", "give", "go", "say") and not _vague(sentence, token) and token.lemma != "say":
        return None
    return "declined" if bool(low & {"not", "n't"}) != outlook_of(sentence, head.i).negated else None


def _declined(sentence: Sentence, token: Token) -> SilenceKind | None:
    """As in "declined to comment", "would not be drawn", "avoided saying whether"."""
    words = _words()
    if token.lemma not in words["speaking"]["verbs"] or token.dep not in ("xcomp", "pcomp", "ccomp", "dobj"):
        return None
    head = sentence.tokens[token.head]
    if token.dep == "pcomp":
        head = sentence.tokens[head.head]
    kind = words["declining"].get(head.lemma)
    if kind is None or (token.lemma in ("be", "use", "take", "give", "express", "say") and not _vague(sentence, token)):
        return None
    return None if outlook_of(sentence, head.i).negated else _KINDS[kind]


_VAGUE = frozenset(
    "draw word term side position whether comment answer when how if view stand opinion anything more what who which "
    "detail date".split()
)


def _vague(sentence: Sentence, token: Token) -> bool:
    below = {sentence.tokens[i].lemma for i in sentence.subtree(token.i)}
    return bool(below & _VAGUE)


def _has_companion(sentence: Sentence, token: Token) -> bool:
    wanted = _words()["companions"].get(token.lemma)
    if wanted is None:
        return True
    for child in sentence.children(token.i):
        if child.dep in ("nsubj", "nsubjpass"):
            continue
        below = sentence.subtree(child.i) if child.dep in ("ccomp", "xcomp", "advcl", "dobj", "prep") else [child.i]
        if any(sentence.tokens[i].lemma in wanted or sentence.tokens[i].lower in wanted for i in below[:6]):
            return True
    return False


def _is_yet_to(sentence: Sentence, token: Token) -> bool:
    """As in "has yet to comment": an infinitive under "have" with "yet"."""
    if token.dep not in ("xcomp", "advcl", "ccomp", "ROOT", "conj"):
        return False
    around = [token, sentence.tokens[token.head]]
    return any(c.lower in ("yet", "still") for t in around for c in sentence.children(t.i)) and any(
        t.tag == "TO" for t in sentence.children(token.i)
    )


def _by_object(sentence: Sentence, token: Token) -> SilenceKind | None:
    words = _words()["object_verbs"]
    objects = sentence.children(token.i, "dobj", "attr", "nsubjpass")
    if token.lemma in words["avoided"] and any(o.lemma in words["avoided_objects"] for o in objects):
        return "avoided"
    if token.lemma in words["making"]:
        negated = outlook_of(sentence, token.i).negated or _is_yet_to(sentence, token)
        for obj in objects:
            if obj.lemma in words["no_objects"] and (
                negated or any(c.lower == "no" for c in sentence.children(obj.i, "det"))
            ):
                return "not_yet" if obj.lemma == "decision" else "no_comment"
    return None


_KINDS: dict[str, SilenceKind] = {kind: kind for kind in get_args(SilenceKind)}
