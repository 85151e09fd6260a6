"""Acts that the writer takes for granted: standing facts without a day of their own, recognitions spoken of by the way.

"The Taliban, recognised only by Russia", "Spain, which recognises Palestine": that the report appeared on a day says no
more of them than that they were done by then.
"""

from __future__ import annotations

from dejure.coding.actors import Cast
from dejure.coding.outlook import Outlook
from dejure.coding.parties import Party
from dejure.coding.recognition.polity import recognition_words
from dejure.coding.recognition.trigger import Trigger
from dejure.reading.reading import Sentence

__all__ = ["has_and", "is_supposed", "of_first_name", "speaks_in_label", "taken_for_granted", "tells_standing_fact"]

_LONGEST_LABEL = 12
_RELATIVE = frozenset({"which", "who", "that"})
_ALONE = frozenset({"only", "solely", "alone", "just"})
_PRESENT = frozenset({"VBZ", "VBP"})
_UNREAL = frozenset({"would", "could", "might", "should", "may", "'d"})
_FACTIVE = ("dobj", "pobj", "prep", "nsubj", "nsubjpass")


def tells_standing_fact(sentence: Sentence, i: int) -> bool:
    """Whether a verb of recognition tells how things stand, and not what has just been done.

    It does in a relative clause or a participle beside a name, in the present passive, and with "only".
    """
    token = sentence.tokens[i]
    is_verb = token.pos in ("VERB", "AUX") and token.tag != "VBG"
    if not is_verb or token.lemma not in recognition_words()["verbs"]["recognise"]:
        return False
    subjects = sentence.children(i, "nsubj", "nsubjpass")
    if token.dep == "acl" and token.tag == "VBN" and not sentence.children(i, "nsubj", "aux"):
        return True
    if token.dep == "relcl" and any(c.lower in _RELATIVE for c in subjects):
        return True
    aux = sentence.children(i, "aux")
    is_passive = [c for c in sentence.children(i, "auxpass") if c.tag in _PRESENT]
    if is_passive and not aux and sentence.children(i, "agent"):
        return True
    near = [token, *subjects, *sentence.children(i, "agent")]
    is_present = token.tag in _PRESENT or bool(is_passive)
    return is_present and any(c.lower in _ALONE for t in near for c in sentence.children(t.i, "advmod", "amod"))


def taken_for_granted(sentence: Sentence, outlook: Outlook) -> bool:
    """Whether what governs a noun of recognition speaks of it as done: "welcomed", "noted", "called it a mistake"."""
    if not outlook.governors:
        return False
    nearest = outlook.governors[0]
    verbs = recognition_words()["recognition_object"]["presupposed"] | recognition_words()["amount"]["judging"]
    return nearest.lemma in verbs and nearest.via in _FACTIVE and sentence.tokens[nearest.i].pos == "VERB"


def speaks_in_label(cast: Cast, sentence: Sentence, trigger: Trigger) -> Party | None:
    """The office holder before a colon whose own state the words behind it are about: "Peru's minister: we ..."."""
    colon = next((t.i for t in sentence.tokens[: trigger.word] if t.text == ":"), None)
    if colon is None or colon > _LONGEST_LABEL:
        return None
    countries = {p.entity.country for p in trigger.parties if p.entity.country}
    for token in sentence.tokens[:colon]:
        for party in cast.of_heads(sentence, [token.i]) if token.pos in ("NOUN", "PROPN") else ():
            if (party.is_person or party.entity.role is not None) and party.entity.country in countries:
                return party
    return None


def is_supposed(outlook: Outlook) -> bool:
    """Whether a noun of recognition is the subject of what would be: "X's recognition of Y would be a mistake"."""
    nearest = outlook.governors[0] if outlook.governors else None
    return nearest is not None and nearest.via in ("nsubj", "nsubjpass") and bool(nearest.aux & _UNREAL)


def has_and(sentence: Sentence, head: int) -> bool:
    """Whether the members of a list are joined by a word."""
    return any(sentence.tokens[j].dep == "cc" for j in sentence.subtree(head))


def of_first_name(cast: Cast, sentence: Sentence, head: int) -> int:
    """The head of "of X" where the parse has run on over a comma: "recognition of X, Peru's ministry said"."""
    tokens = sentence.tokens
    at = head
    while at > 0 and tokens[at].lower != "of":
        at -= 1
    stops = [j for j in range(at + 1, head) if tokens[j].text == "," and cast.hit(sentence, j - 1) is not None]
    if at <= 0 or not stops:
        return head
    rest = tokens[stops[0] + 1 : head + 1]
    is_list = any(t.lower in ("and", "or", ",", "as") for t in rest)
    is_owned = any(t.tag == "POS" for t in rest)
    return stops[0] - 1 if is_owned and not is_list else head
