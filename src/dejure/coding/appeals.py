"""Who asks that a polity be recognised, or that it be not: an appeal is a stance, whoever is asked.

"Urged Wellington to recognise it", "called on states not to recognise it", "hoped that others would follow".
"""

from __future__ import annotations

import functools
from dataclasses import dataclass

from dejure.coding.clauses import arguments_of
from dejure.coding.matters import Matter
from dejure.coding.outlook import outlook_of
from dejure.coding.recognition.polity import recognition_words
from dejure.coding.scene import Scene
from dejure.coding.stance_words import statement_words
from dejure.coding.words import load_toml
from dejure.reading.reading import Sentence
from dejure.records import Stance
from dejure.reference.tables import load_polities

__all__ = ["Appeal", "appeal_at", "refusal_in"]

_ASKS = frozenset({"whether", "if", "why", "when", "how", "what", "which", "who"})
_PUT_SO = frozenset(
    {"will", "would", "wo", "can", "could", "ca", "shall", "do", "does", "did", "'ll", "'d", "’ll", "’d"}
)


@dataclass(frozen=True, slots=True)
class Appeal:
    """A verb of asking or hoping, the side it takes, and the head of what is asked for."""

    stance: Stance
    head: int


@functools.cache
def _words() -> dict[str, frozenset[str]]:
    return {key: frozenset(words) for key, words in load_toml("statements.toml")["appeals"].items()}


def appeal_at(scene: Scene, sentence: Sentence, i: int, matter: Matter) -> Appeal | None:
    """The appeal that a verb makes, where what it asks for is recognition of the matter's polity or the contrary."""
    lemma = sentence.tokens[i].lemma
    is_hope = lemma in _words()["hoping"]
    if lemma not in _words()["asking"] and not is_hope:
        return None
    outlook = outlook_of(sentence, i)
    if outlook.negated or outlook.in_condition or outlook.unreal:
        return None
    arguments = arguments_of(sentence, i)
    if arguments.is_passive:
        return None
    nouns = arguments.prep("for", "on", "upon", "to") + ([] if is_hope else arguments.objects)
    clauses = [h for h in arguments.comps if sentence.tokens[h].pos in ("VERB", "AUX")]
    clauses += [c.i for c in sentence.children(i, "advcl") if any(t.tag == "TO" for t in sentence.children(c.i))]
    for head in (*clauses, *nouns):
        stance = _asked_for(scene, sentence, head, matter)
        if stance is not None:
            return Appeal(stance, head)
    return None


def _asked_for(scene: Scene, sentence: Sentence, head: int, matter: Matter) -> Stance | None:
    below = sentence.subtree(head)
    if sentence.tokens[below[0]].lower in _ASKS:
        return None
    bond = _bond(scene, sentence, head, matter)
    if bond is not None:
        return bond
    recognising = recognition_words()["verbs"]["recognise"] | recognition_words()["nouns"]["recognition"]
    is_near = matter.is_near(scene, sentence)
    for j in below:
        token = sentence.tokens[j]
        if token.lemma in recognising and _is_of_matter(scene, sentence, j, matter, is_near=is_near):
            is_undone = sentence.tokens[token.head].lemma in _words()["undoing"] | _words()["refraining"]
            return "oppose" if is_undone or outlook_of(sentence, j).negated else "support"
        is_clause = token.i == head and token.pos == "VERB" and is_near
        if is_clause and token.lemma in _words()["refraining"]:
            return "oppose"
        if is_clause and token.lemma in _words()["undoing"] and _undoes_deed(sentence, j):
            return "oppose"
        if is_clause and (token.lemma in _words()["following"] or _does_likewise(sentence, j)):
            return "support"
    return None


def _bond(scene: Scene, sentence: Sentence, i: int, matter: Matter) -> Stance | None:
    """As in "urged them to strengthen their ties with Taiwan", "asked Peru to close its office in Taipei"."""
    arguments = arguments_of(sentence, i)
    if not any(sentence.tokens[h].lemma in _words()["bonds"] for h in arguments.objects):
        return None
    below = sentence.subtree(i)
    if all(p.slug != matter.topic for p in scene.cast.named_in(sentence, below[0], below[-1])):
        return None
    lemma = sentence.tokens[i].lemma
    return "support" if lemma in _words()["bonding"] else "oppose" if lemma in _words()["parting"] else None


def _undoes_deed(sentence: Sentence, i: int) -> bool:
    """Whether what is to be undone is a deed told of ("revoke the decision", "annul it")."""
    arguments = arguments_of(sentence, i)
    return any(sentence.tokens[h].lemma in statement_words()["nouns"]["deeds"] for h in arguments.objects)


def _does_likewise(sentence: Sentence, i: int) -> bool:
    below = {sentence.tokens[j].lower for j in sentence.subtree(i)}
    return sentence.tokens[i].lemma == "do" and bool(below & {"likewise", "same", "so", "too"})


def _is_of_matter(scene: Scene, sentence: Sentence, i: int, matter: Matter, *, is_near: bool) -> bool:
    """Whether a word of recognition is about the matter: it names the polity, or near by names no other."""
    below = sentence.subtree(i)
    slugs = {p.slug for p in scene.cast.named_in(sentence, below[0], below[-1]) if p.slug is not None}
    polity = load_polities().get(matter.topic)
    own = {matter.topic, polity.parent if polity is not None and polity.capacity == "government" else None}
    if slugs:
        return bool(slugs & own)
    return is_near


def refusal_in(sentence: Sentence, below: list[int]) -> Stance | None:
    """The side of a clause that says recognition will not, or cannot, be given; a mere "has not" is no answer."""
    for j in below:
        token = sentence.tokens[j]
        if token.lemma not in recognition_words()["verbs"]["recognise"] or token.pos not in ("VERB", "AUX"):
            continue
        low = {c.lower for c in sentence.children(j)}
        if low & {"not", "n't", "n’t", "never"} and low & _PUT_SO:
            return "oppose"
    return None
