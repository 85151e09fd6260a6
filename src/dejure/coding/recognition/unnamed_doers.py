"""Who does an act whose clause names nobody: the head of the item, who announces it, who acted last, the title."""

from __future__ import annotations

from dejure.coding.outlook import Outlook, subjects_above
from dejure.coding.parties import Party
from dejure.coding.recognition.conditions import is_untimely
from dejure.coding.recognition.implied import acted_last
from dejure.coding.recognition.trigger import Trigger
from dejure.coding.recognition.triggers import find_triggers
from dejure.coding.scene import Scene
from dejure.reading.reading import Sentence

__all__ = ["implied_doers"]

_TIES = frozenset({"establish-relations", "sever-relations"})


def implied_doers(scene: Scene, sentence: Sentence, trigger: Trigger, outlook: Outlook) -> tuple[Party, ...]:
    """Who acts where the clause does not say: the party that heads the list item, else whoever says so impersonally.

    "It is too early to recognise X, the minister said" is the minister's own refusal. "X has its first recognition"
    under a headline that names who gave it is that party's.
    """
    label = scene.cast.label_party(sentence)
    if label is not None:
        return (label,)
    if trigger.rule.endswith(", received"):
        return _in_headline(scene, trigger)
    about = {one.id for one in trigger.recognised}
    if trigger.base in _TIES and trigger.at != trigger.word:
        announcing = _who_announces(scene, sentence, trigger, outlook)
        if announcing:
            return announcing
        before = _named_before(scene, sentence, trigger)
        return before or acted_last(scene.cast, sentence, trigger.at, trigger.word, about)
    if trigger.base == "withdraw" and trigger.at != trigger.word and sentence.children(trigger.at, "auxpass"):
        return acted_last(scene.cast, sentence, trigger.at, trigger.word, about)
    governor = outlook.first("report", "announce")
    is_put_off = is_untimely(sentence, outlook) or trigger.forced in ("refuse!", "consider!")
    if governor is None or (outlook.first("refuse", "consider", "plan") is None and not is_put_off):
        return ()
    return tuple(p for p in scene.cast.of_heads(sentence, subjects_above(sentence, governor)) if p.can_recognise)


def _who_announces(scene: Scene, sentence: Sentence, trigger: Trigger, outlook: Outlook) -> tuple[Party, ...]:
    """As in "The ministry announces that relations with X are terminated": the one that says so has done it."""
    governor = outlook.first("announce")
    is_passive = bool(sentence.children(trigger.at, "auxpass")) and not sentence.children(trigger.at, "agent")
    if governor is None or not is_passive or outlook.negated:
        return ()
    slugs = {one.id for one in trigger.recognised}
    speakers = scene.cast.of_heads(sentence, subjects_above(sentence, governor))
    return tuple(p for p in speakers if p.can_recognise and p.acts_for == "state" and p.slug not in slugs)


def _named_before(scene: Scene, sentence: Sentence, trigger: Trigger) -> tuple[Party, ...]:
    """As in "Pakistan's answer: relations with India are broken off": the state named before in the sentence."""
    ids = {r.id for r in trigger.recognised}
    for mention in scene.cast.before(sentence, trigger.word):
        if mention.order[0] < sentence.index:
            break
        party = mention.party
        if party.can_recognise and party.slug not in ids and sentence.tokens[mention.order[1]].dep in ("poss", "nsubj"):
            return (party,)
    return ()


def _in_headline(scene: Scene, trigger: Trigger) -> tuple[Party, ...]:
    """Who does the same to the same polity in the title."""
    polities = {r.id for r in trigger.recognised}
    for sentence in scene.sentences:
        for other in find_triggers(scene.cast, sentence) if sentence.is_headline else ():
            if other.base == trigger.base and polities & {r.id for r in other.recognised}:
                return tuple(p for p in other.parties if p.can_recognise)
    return ()
