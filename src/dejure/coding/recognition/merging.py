"""From tellings to records: announcements taken back, and one record for each act."""

from __future__ import annotations

from dataclasses import replace

from dejure.coding.clauses import arguments_of
from dejure.coding.outlook import outlook_of
from dejure.coding.recognition.again import Draft, key_of
from dejure.coding.recognition.polity import recognition_words
from dejure.coding.scene import Scene
from dejure.reading.reading import Sentence
from dejure.records import Entity, Recognition

__all__ = ["merge_drafts", "unless_taken_back"]

#: What every further telling of an act adds to its confidence.
_MERGED = 0.03


def unless_taken_back(scene: Scene, draft: Draft) -> Draft:
    """An act whose author later in the same text retracts the announcement is not asserted."""
    if not draft.record.asserted or draft.record.recogniser is None:
        return draft
    for sentence in scene.sentences:
        if sentence.index > draft.sentence.index and _takes_back(scene, sentence, draft.record.recogniser):
            return replace(draft, record=replace(draft.record, asserted=False))
    return draft


def _takes_back(scene: Scene, sentence: Sentence, author: Entity) -> bool:
    words = recognition_words()["retraction"]
    for token in sentence.tokens:
        if token.pos != "VERB" or token.lemma not in words["verbs"] | words["erasing"]:
            continue
        arguments = arguments_of(sentence, token.i)
        objects = {sentence.tokens[i].lemma for i in arguments.objects}
        if arguments.is_passive and not arguments.subjects:
            # "The message was erased some hours later": a thing said before, taken down by whoever said it.
            is_told = any(c.lower in ("the", "this") for i in arguments.objects for c in sentence.children(i, "det"))
            if is_told and objects & words["objects"] and token.lemma in words["erasing"]:
                return not outlook_of(sentence, token.i).negated
            continue
        subjects = scene.cast.of_heads(sentence, arguments.subjects)
        if objects & words["objects"] and any(p.entity.country == author.country and p.is_known for p in subjects):
            return not outlook_of(sentence, token.i).negated
    return False


def merge_drafts(drafts: list[Draft]) -> list[Recognition]:
    """One record per (recogniser, polity, act): the asserted one, else the first; the others support it."""
    groups: dict[tuple[str, str, str], list[Recognition]] = {}
    for draft in drafts:
        record = draft.record
        groups.setdefault((key_of(record), record.recognised.id, record.act), []).append(record)
    return [_merged(rows) for rows in groups.values()]


def _merged(rows: list[Recognition]) -> Recognition:
    best = max(rows, key=lambda r: (r.asserted, r.when is not None and r.when.basis != "publication", r.confidence))
    others = [r for r in rows if r is not best]
    dated = best.when or next((r.when for r in others if r.when is not None and r.asserted == best.asserted), None)
    support = tuple(dict.fromkeys([*best.support, *(r.evidence for r in others)]))
    return replace(
        best,
        when=dated,
        first=best.first or any(r.first for r in others),
        support=support,
        confidence=round(min(0.99, best.confidence + _MERGED * len(others)), 3),
    )
