"""Arguments of verbs of saying and of stance, also where the parser takes the main verb for a participle.

"The ambassador, Ann Lee, called it a gift": with a name between commas the small model reads "called" as a participle
that hangs on the ambassador, and the sentence as a mere noun phrase.
"""

from __future__ import annotations

from dejure.coding.clauses import Arguments, arguments_of
from dejure.reading.reading import Sentence

__all__ = ["arguments_said"]

_COMPLEMENTS = ("dobj", "oprd", "ccomp")


def arguments_said(sentence: Sentence, i: int) -> Arguments:
    """Arguments of a verb; those of a main verb where it was taken for a participle behind an apposition."""
    found = arguments_of(sentence, i)
    if not _is_main(sentence, i):
        return found
    found.is_passive = False
    found.subjects = [sentence.tokens[i].head]
    own = [c.i for c in sentence.children(i, "dobj")]
    found.objects = own or [c.i for c in sentence.children(i, "oprd")][:1] or [o for o in found.objects if o > i]
    return found


def _is_main(sentence: Sentence, i: int) -> bool:
    token = sentence.tokens[i]
    head = sentence.tokens[token.head]
    return (
        token.dep == "acl"
        and token.tag in ("VBN", "VBD")
        and head.dep == "ROOT"
        and head.pos in ("NOUN", "PROPN")
        and sentence.tokens[i - 1].text == ","
        and bool(sentence.children(head.i, "appos"))
        and bool(sentence.children(i, *_COMPLEMENTS))
    )
