"""The rules behind a model's networks, read off once a word: part of speech, lemma.

A spaCy model ends with two stages of rules, the attribute ruler and the lemmatizer. What they say of a token follows
from its form, its tag and its label alone, but for a few rules over two tokens ("gonna", "there is"). So each form with
its tag and label is put to them once, in a text of its own, and the answer is kept; a sentence that may hold one of the
few goes to the stages whole. What comes out is what the stages say, for a third less time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

__all__ = ["Told", "WordRules", "read_token"]

#: Stages that give no more than tag, label and head.
_NETWORKS = frozenset({"tok2vec", "transformer", "tagger", "parser"})
_RULES = ["attribute_ruler", "lemmatizer"]
#: What a rule may ask of a token for its answer to follow from form, tag and label.
_ASKED = frozenset({"TAG", "DEP", "LOWER", "ORTH", "TEXT", "IS_SPACE"})
_MOST_KEPT = 200_000

Key = tuple[int, int, int]


class Told(NamedTuple):
    """What the rules say of a token: empty strings where they say nothing."""

    text: str
    lower: str
    lemma: str
    pos: str
    tag: str
    dep: str
    is_space: bool
    #: Whether a rule over several tokens may begin with it.
    opens: bool


class WordRules:
    """The two stages of a pipeline, taken out of it."""

    def __init__(self, nlp: Language) -> None:
        """Take the stages out, which must be as `may_stand_for` wants them."""
        from spacy.matcher import Matcher

        self._vocab = nlp.vocab
        self._stages: list[Any] = [nlp.get_pipe(name) for name in _RULES]
        nlp.select_pipes(disable=_RULES)
        self._openers = Matcher(nlp.vocab)
        several = [pattern[:1] for rule in self._stages[0].patterns for pattern in rule["patterns"] if len(pattern) > 1]
        if several:
            self._openers.add("several", several)
        self._kept: dict[Key, Told] = {}

    @staticmethod
    def may_stand_for(nlp: Language) -> bool:
        """Whether a pipeline ends with the two stages, after networks alone, and its rules ask for no more."""
        names = nlp.pipe_names
        if names[-2:] != _RULES or not _NETWORKS.issuperset(names[:-2]):
            return False
        ruler: Any = nlp.get_pipe("attribute_ruler")
        return all(
            _ASKED.issuperset(token) and "OP" not in token
            for rule in ruler.patterns for pattern in rule["patterns"] for token in pattern
        )  # fmt: skip

    def told(self, doc: Doc) -> list[Told]:
        """What the stages say of each token of a text that has tags and labels."""
        from spacy.attrs import DEP, ORTH, TAG

        keys: list[Key] = [(orth, tag, dep) for orth, tag, dep in doc.to_array([ORTH, TAG, DEP]).tolist()]
        if len(self._kept) > _MOST_KEPT:
            self._kept.clear()
        kept = self._kept
        for key in keys:
            if key not in kept:
                kept[key] = self._asked(key)
        found = [kept[key] for key in keys]
        if any(one.opens for one in found):
            self._apply(doc)
            return [read_token(token) for token in doc]
        return found

    def _asked(self, key: Key) -> Told:
        """The answer for one token."""
        from spacy.tokens import Doc

        alone = Doc(self._vocab, words=[self._vocab.strings[key[0]]])
        alone[0].tag, alone[0].dep = key[1], key[2]
        opens = bool(len(self._openers)) and bool(self._openers(alone, allow_missing=True))
        self._apply(alone)
        return read_token(alone[0], opens=opens)

    def _apply(self, doc: Doc) -> None:
        for stage in self._stages:
            stage(doc)


def read_token(token: Any, *, opens: bool = False) -> Told:
    """What stands in a token of a text that went through all stages."""
    return Told(
        token.text, token.lower_, token.lemma_, token.pos_, token.tag_, token.dep_, bool(token.is_space), opens
    )  # fmt: skip
