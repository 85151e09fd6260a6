"""Frames: what a verb, noun or adjective tells of an event, and where its parties stand. Data, interpreted here."""

from __future__ import annotations

import csv
import functools
import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from importlib import resources

from dejure.coding.clauses import Arguments, coordinated, noun_arguments
from dejure.errors import ReferenceTableError
from dejure.reading.reading import Sentence

__all__ = [
    "Frame",
    "SupportVerb",
    "best_frame",
    "leanings",
    "load_frames",
    "load_support_verbs",
    "read_tsv",
    "support_verb",
]

_FILES = ("frames_cooperation.tsv", "frames_conflict.tsv", "frames_general.tsv")
#: Verbs that ask with an infinitive and report with a clause.
_ASKING_WITH_INFINITIVE = frozenset({"tell", "ask", "remind", "warn"})
#: How much less a frame counts where a slot that it requires is empty.
_EMPTY_SLOT = 2.0


@dataclass(frozen=True, slots=True)
class Requirement:
    """One condition on a predicate's arguments."""

    slot: str
    name: str
    words: frozenset[str]


@dataclass(frozen=True, slots=True)
class Frame:
    """One reading of a predicate.

    Attributes
    ----------
    head, pos : str
        Lemma and verb | noun | adj.
    requires : tuple of Requirement
        All must hold; the frame with most of them wins.
    event_type : str
        PLOVER type, or NONE where this use is no event.
    actor : str
        subj, poss, obj, both (reciprocal), or prep:x where the roles are turned ("drew criticism from X").
    recipient : tuple of str
        Slots to try in order: obj, dative, prep:x, comp.subj, comp.obj, poss, subj.
    """

    head: str
    pos: str
    requires: tuple[Requirement, ...]
    event_type: str
    mode: str | None
    actor: str
    recipient: tuple[str, ...]
    contexts: tuple[str, ...]
    line: str


@dataclass(frozen=True, slots=True)
class SupportVerb:
    """A verb that lends its subject to an event noun; `aux` as in `support_verbs.tsv`."""

    verb: str
    aux: str


def read_tsv(name: str) -> Iterator[dict[str, str]]:
    """Rows of a tab-separated table in `coding/data`.

    Raises
    ------
    ReferenceTableError
        If the table is missing or a row has another number of columns than its header.
    """
    try:
        raw = resources.files("dejure.coding").joinpath("data", name).read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise ReferenceTableError("a lexicon table is missing", value=name, cure="install the package again") from error
    for number, row in enumerate(csv.DictReader(raw.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE), start=2):
        if None in row or None in row.values():
            raise ReferenceTableError("a lexicon row has the wrong number of columns", value=f"{name}:{number}")
        yield row


@functools.cache
def load_frames() -> dict[tuple[str, str], tuple[Frame, ...]]:
    """Frames by lemma and part of speech, the most demanding first."""
    found: dict[tuple[str, str], list[Frame]] = {}
    for file in _FILES:
        for number, row in enumerate(read_tsv(file), start=2):
            frame = _frame(row, f"{file}:{number}")
            found.setdefault((frame.head, frame.pos), []).append(frame)
    return {key: tuple(sorted(rows, key=_demands)) for key, rows in found.items()}


@functools.cache
def load_support_verbs() -> dict[str, SupportVerb]:
    """Support verbs by lemma."""
    return {row["verb"]: SupportVerb(row["verb"], row["aux"]) for row in read_tsv("support_verbs.tsv")}


def support_verb(sentence: Sentence, i: int, arguments: Arguments) -> SupportVerb | None:
    """The support verb at a position, with its particle or preposition if that makes one ("call off")."""
    lemma = sentence.tokens[i].lemma
    verbs = load_support_verbs()
    for companion in (*sorted(arguments.particles), *arguments.preps):
        found = verbs.get(f"{lemma} {companion}")
        if found is not None:
            return found
    return verbs.get(lemma)


def best_frame(sentence: Sentence, i: int, pos: str, arguments: Arguments) -> Frame | None:
    """The frame with most satisfied requirements, None if no frame of the lemma fits."""
    for frame in load_frames().get((sentence.tokens[i].lemma, pos), ()):
        if all(_holds(sentence, i, requirement, arguments) for requirement in frame.requires):
            return frame
    return None


def carried_noun(
    sentence: Sentence, i: int, arguments: Arguments, used: set[int]
) -> tuple[int, Frame, Arguments, SupportVerb] | None:
    """The event noun that a support verb carries ("launched an attack on", "held talks with").

    Given are its position, its frame, and the arguments of both together; the position is added to `used`.
    """
    support = support_verb(sentence, i, arguments)
    if support is None:
        return None
    heads = [at for head in arguments.objects for at in coordinated(sentence, head)]
    for head in heads or arguments.prep("under", "in", "into"):
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
        return head, frame, merged, support
    return None


def leanings(sentence: Sentence, i: int, pos: str, arguments: Arguments) -> dict[str, float]:
    """What a predicate leans to that no frame of its lemma fits: share of its frames by type, the nearest ones most.

    A frame counts more for each requirement that holds, and much less for each whose slot is empty.
    """
    found: dict[str, float] = {}
    for frame in load_frames().get((sentence.tokens[i].lemma, pos), ()):
        fit = sum(
            1.0 if _holds(sentence, i, r, arguments) else -_EMPTY_SLOT if _is_empty(r, arguments) else 0.0
            for r in frame.requires
        )
        found[frame.event_type] = found.get(frame.event_type, 0.0) + math.exp(fit)
    total = sum(found.values())
    return {event_type: share / total for event_type, share in found.items()}


def _is_empty(requirement: Requirement, arguments: Arguments) -> bool:
    filled = {
        "obj": bool(arguments.objects), "subj": bool(arguments.subjects), "prt": bool(arguments.particles),
        "prep": bool(arguments.preps.get(requirement.name)), "comp": bool(arguments.comps),
    }  # fmt: skip
    return not filled.get(requirement.slot, True)


def _demands(frame: Frame) -> tuple[int, int, bool]:
    """Order of trial: most requirements first, then most of them with words, then what is no event."""
    return -len(frame.requires), -sum(bool(r.words) for r in frame.requires), frame.event_type != "NONE"


def _frame(row: dict[str, str], line: str) -> Frame:
    requires = tuple(_requirement(piece) for piece in row["requires"].split(";") if piece)
    recipient = tuple(slot for slot in row["recipient"].split(",") if slot and slot != "-")
    return Frame(
        head=row["head"], pos=row["pos"], requires=requires, event_type=row["event_type"], mode=row["mode"] or None,
        actor=row["actor"] or "subj", recipient=recipient,
        contexts=tuple(c for c in row["contexts"].split("|") if c), line=line,
    )  # fmt: skip


def _requirement(piece: str) -> Requirement:
    slot, _, rest = piece.partition(":")
    name, _, words = rest.partition("=")
    if slot == "prep":
        return Requirement(slot, name, frozenset(w for w in words.split("|") if w))
    return Requirement(slot, "", frozenset(w for w in rest.split("|") if w))


def _holds(sentence: Sentence, i: int, requirement: Requirement, arguments: Arguments) -> bool:
    slot, words = requirement.slot, requirement.words
    if slot == "obj":
        return _any_lemma(sentence, arguments.objects, words) if words else bool(arguments.objects)
    if slot == "subj":
        return _any_lemma(sentence, arguments.subjects, words)
    if slot == "prt":
        return bool(arguments.particles & words) or any(
            c.lower in words and not sentence.children(c.i, "pobj")
            for c in sentence.children(i, "prt", "advmod", "prep")
        )
    if slot == "prep":
        heads = arguments.preps.get(requirement.name)
        return bool(heads) and (not words or _any_lemma(sentence, heads or [], words))
    if slot == "comp":
        if sentence.tokens[i].lemma in _ASKING_WITH_INFINITIVE and not any(
            c.tag == "TO" for at in arguments.comps for c in sentence.children(at)
        ):
            return False
        return bool(arguments.comps) and (not words or _any_lemma(sentence, arguments.comps, words))
    if slot == "mod":
        return _has_modifier(sentence, [i, *arguments.objects], words)
    if slot == "name":
        return not arguments.comps and any(sentence.tokens[at].pos == "PROPN" for at in arguments.objects)
    if slot == "noobj":
        return not arguments.objects
    return slot == "passive" and arguments.is_passive


def _any_lemma(sentence: Sentence, heads: list[int], words: frozenset[str]) -> bool:
    for head in heads:
        for at in coordinated(sentence, head):
            token = sentence.tokens[at]
            if token.lemma in words or token.lower in words:
                return True
    return False


def _has_modifier(sentence: Sentence, heads: list[int], words: frozenset[str]) -> bool:
    for head in heads:
        for child in sentence.children(head, "amod", "compound", "nmod", "poss", "advmod"):
            if child.lemma in words or child.lower in words:
                return True
    return False
