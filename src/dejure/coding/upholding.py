"""Who upholds the unity of a state, or its own recognition of a polity and friendship with it, and who claims it.

"Reaffirmed Somalia's unity", "confirmed its recognition of Taiwan", "is an inseparable part of China".
"""

from __future__ import annotations

from dejure.coding.arguments_said import arguments_said
from dejure.coding.matters import Matter
from dejure.coding.outlook import outlook_of
from dejure.coding.recognition.polity import recognition_words
from dejure.coding.scene import Scene
from dejure.coding.stance_words import statement_words
from dejure.reading.reading import Sentence
from dejure.records import Stance
from dejure.reference.tables import load_polities

__all__ = ["claims_as_part", "upholding"]


def upholding(scene: Scene, sentence: Sentence, i: int, matter: Matter) -> Stance | None:
    """As in "reaffirmed Somalia's unity": against a polity that would leave it, for the one that is meant itself.

    "Reaffirmed its recognition of Taiwan", "pledged friendship with it" are for it.
    """
    token = sentence.tokens[i]
    if _upholds_bond(scene, sentence, i, matter):
        return "support"
    moved = _moves(scene, sentence, i, matter)
    if moved is not None:
        return moved
    polity = load_polities().get(matter.topic)
    if token.lemma not in statement_words()["verbs"]["upholding"] or polity is None or not polity.is_disputed:
        return None
    objects = arguments_said(sentence, i).objects
    below = [j for head in objects for j in sentence.subtree(head)]
    unity = statement_words()["nouns"]["unity"]
    if not any(sentence.tokens[j].lemma in unity and sentence.tokens[j].pos != "PROPN" for j in below):
        return None
    named = scene.cast.named_in(sentence, min(below), max(below))
    slugs = {p.slug for p in named}
    if matter.topic in slugs:
        return None if token.lemma in recognition_words()["verbs"]["recognise"] else "support"
    return "oppose" if polity.parent in slugs else None


def _moves(scene: Scene, sentence: Sentence, i: int, matter: Matter) -> Stance | None:
    """As in "tabled a motion for recognition", "voted down a bill to recognise it": a side taken in a chamber."""
    words, token = statement_words()["chambers"], sentence.tokens[i]
    is_down = token.lemma in words["defeating"] or bool(
        token.lemma == "vote" and any(c.lower == "down" for c in sentence.children(i, "prt", "advmod", "prep"))
    )
    if not is_down and token.lemma not in words["moving"]:
        return None
    arguments = arguments_said(sentence, i)
    down = [c.i for p in sentence.children(i) if p.lower == "down" for c in sentence.children(p.i, "pobj")]
    heads = [h for h in arguments.objects + down if sentence.tokens[h].lemma in words["papers"]]
    recognising = recognition_words()["verbs"]["recognise"] | recognition_words()["nouns"]["recognition"]
    below = [j for j in sentence.subtree(i) if heads and j > heads[0]]
    found = [j for j in below if sentence.tokens[j].lemma in recognising]
    if not found or not matter.is_near(scene, sentence) or outlook_of(sentence, found[0]).negated:
        return None
    return "oppose" if is_down else "support"


def _upholds_bond(scene: Scene, sentence: Sentence, i: int, matter: Matter) -> bool:
    """As in "reaffirmed its recognition of Taiwan", "pledged friendship with it", where no other is named."""
    words = statement_words()
    if sentence.tokens[i].lemma not in words["verbs"]["upholding"] | words["verbs"]["keeping"]:
        return False
    bonds = words["appeals"]["bonds"] | recognition_words()["nouns"]["recognition"]
    heads = [h for h in arguments_said(sentence, i).objects if sentence.tokens[h].lemma in bonds]
    if not heads or not matter.is_near(scene, sentence):
        return False
    below = [j for head in heads for j in sentence.subtree(head)]
    own = {p.entity.key for p in scene.cast.of_heads(sentence, arguments_said(sentence, i).subjects)}
    named = [p for p in scene.cast.named_in(sentence, min(below), max(below)) if p.entity.key not in own]
    return any(p.slug == matter.topic for p in named)


def claims_as_part(scene: Scene, sentence: Sentence, below: list[int], matter: Matter) -> Stance | None:
    """As in "is part of Serbia", "an inseparable part of China": denies the polity what it claims, unless negated."""
    polity = load_polities().get(matter.topic)
    if polity is None or polity.parent is None:
        return None
    for j in below:
        if (
            sentence.tokens[j].lemma not in statement_words()["nouns"]["shares"]
            or outlook_of(sentence, sentence.tokens[j].head).negated
        ):
            continue
        wholes = [c.i for p in sentence.children(j, "prep") if p.lower == "of" for c in sentence.children(p.i, "pobj")]
        if any(p.slug == polity.parent for p in scene.cast.of_heads(sentence, wholes)):
            return "oppose"
    return None
