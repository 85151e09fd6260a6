"""What an act is made to depend on, read off the words behind its predicate where the parse hides the link.

"Will recognise X provided that", "as long as", "will not recognise X until it", "without a state": the words that open
a condition stand behind the predicate in its own clause.
"""

from __future__ import annotations

from dataclasses import replace

from dejure.coding.actors import Cast
from dejure.coding.outlook import Outlook
from dejure.coding.recognition.polity import recognition_words
from dejure.coding.recognition.verdict import Base, Verdict
from dejure.reading.language import Token
from dejure.reading.reading import Sentence
from dejure.records import COMPLETED_ACTS

__all__ = [
    "conditions_behind",
    "depending_verb",
    "is_untimely",
    "take_conditions_around",
    "when_it_has",
    "with_conditions",
]

#: Openers that make anything ahead depend on what follows, and those that do so only where a clause follows.
_ALWAYS = (
    ("provided",), ("providing",), ("on", "condition"), ("on", "the", "condition"), ("as", "long", "as"),
    ("so", "long", "as"), ("only", "if"), ("only", "when"), ("only", "once"), ("only", "after"), ("unless",),
    ("if", "and", "when"), ("only", "on"), ("only", "upon"), ("only", "under"), ("only", "with"), ("only", "at"),
    ("only", "as", "part"), ("only", "in", "return"), ("only", "in", "exchange"), ("only", "through"),
    ("subject", "to"), ("contingent", "on"), ("dependent", "on"),
    ("conditional", "on"), ("in", "the", "event", "that"), ("if",),
)  # fmt: skip
#: These refuse until something has come about; before a bare date they only say when.
_TILL = (("until",), ("till",), ("while",), ("before",), ("once",), ("except",))
_WITHOUT = "without"
#: "without delay", "without conditions": manners, on which nothing depends.
_MANNERS = frozenset(
    "delay condition conditions precondition preconditions reservation reservations hesitation comment warning "
    "explanation question exception notice ceremony fanfare further".split()
)
_CLAUSE_WORDS = 9
_SAYING = frozenset({"report", "announce", "claim"})


def conditions_behind(sentence: Sentence, at: int, *, is_negated: bool) -> list[int]:
    """Heads of the words that open a condition behind a predicate.

    Parameters
    ----------
    at : int
        The predicate.
    is_negated : bool
        Whether it is refused: then "until", "while", "before", "without" open a condition as well.
    """
    tokens = sentence.tokens
    for i in range(at + 1, len(tokens)):
        if tokens[i].text in (";", "”", '"'):
            return []
        if tokens[i].lower == "but":
            return _behind_but(sentence, i + 1)
        if any(_opens(sentence, i, words) for words in _ALWAYS) and not _is_whether(sentence, i):
            return [i]
        if _opens(sentence, i, ("as", "soon", "as")) and _has_clause(sentence, i + 3):
            return [i]
        if is_negated and any(_opens(sentence, i, words) for words in _TILL) and _has_clause(sentence, i + 1):
            return [i]
        if is_negated and tokens[i].lower == _WITHOUT and not _is_manner(sentence, i):
            return [i]
    return []


def depending_verb(sentence: Sentence, i: int) -> Token | None:
    """The verb that makes a noun depend on something ("recognition hinges on"); None where none does."""
    token = sentence.tokens[i]
    verb = sentence.tokens[token.head]
    is_subject = token.dep == "nsubj" and verb.lemma in recognition_words()["recognition_nouns"]["depending"]
    return verb if is_subject and any(p.lower in ("on", "upon") for p in sentence.children(verb.i, "prep")) else None


def conditions_before(sentence: Sentence, at: int, *, is_negated: bool) -> list[int]:
    """Heads of the words that open a condition at the head of the sentence ("As long as X, Peru will not", "Until X").

    Parameters
    ----------
    at : int
        The predicate.
    is_negated : bool
        Whether it is refused: then "until", "while", "before", "without" open a condition as well.
    """
    first = next((i for i in range(at) if sentence.tokens[i].pos not in ("PUNCT", "CCONJ")), at)
    comma = next((i for i in range(first, at) if sentence.tokens[i].text == ","), None)
    if comma is None and sentence.tokens[first].lower != "only":
        return []
    if any(_opens(sentence, first, words) for words in _ALWAYS):
        return [first]
    is_till = any(_opens(sentence, first, words) for words in _TILL) and _has_clause(sentence, first + 1)
    is_without = sentence.tokens[first].lower == _WITHOUT and not _is_manner(sentence, first)
    return [first] if is_negated and (is_till or is_without) else []


def take_conditions_around(sentence: Sentence, verdict: Verdict, outlook: Outlook, at: int) -> None:
    """Add to the outlook the conditions that the words behind or before a planned or refused act open."""
    is_ahead = outlook.future or outlook.would or outlook.first("plan") is not None
    if outlook.conditions or verdict.act not in ("intend", "refuse") or not is_ahead:
        return
    is_negated = verdict.act == "refuse"
    found = conditions_behind(sentence, at, is_negated=is_negated)
    outlook.conditions += found or conditions_before(sentence, at, is_negated=is_negated)


def when_it_has(cast: Cast, sentence: Sentence, at: int, slugs: set[str]) -> int | None:
    """The verb in "will recognise X when it has a government", "when conditions are right": no day, but a condition.

    Parameters
    ----------
    at : int
        The predicate.
    slugs : set of str
        Whom it is about: what they have to do first is a condition, what others do then tells when.
    """
    for clause in sentence.children(at, "advcl"):
        opens = {c.lower for c in sentence.children(clause.i, "advmod", "mark")}
        subjects = sentence.children(clause.i, "nsubj", "nsubjpass")
        if clause.i < at or "when" not in opens or not subjects:
            continue
        head = subjects[0]
        is_theirs = head.lower in ("it", "they") or any(p.slug in slugs for p in cast.of_heads(sentence, [head.i]))
        is_theirs = is_theirs or any(c.lower in ("its", "their") for c in sentence.children(head.i, "poss"))
        if is_theirs or head.lemma in recognition_words()["untimely"]["nouns"]:
            return clause.i
    return None


def _behind_but(sentence: Sentence, i: int) -> list[int]:
    """As in "will recognise X, but only after a deal", "but not before it agrees"."""
    if any(_opens(sentence, i, words) for words in _ALWAYS if len(words) > 1):
        return [i]
    is_not_till = i < len(sentence.tokens) and sentence.tokens[i].lower == "not"
    is_not_till = is_not_till and any(_opens(sentence, i + 1, words) for words in (*_TILL, (_WITHOUT,)))
    return [i] if is_not_till and (_has_clause(sentence, i + 2) or _opens(sentence, i + 1, (_WITHOUT,))) else []


def _opens(sentence: Sentence, i: int, words: tuple[str, ...]) -> bool:
    return tuple(t.lower for t in sentence.tokens[i : i + len(words)]) == words


def _is_whether(sentence: Sentence, i: int) -> bool:
    """Whether "if" stands for "whether", behind a verb of asking, or behind "as"."""
    before = sentence.tokens[i - 1]
    return sentence.tokens[i].lower == "if" and (before.pos == "VERB" or before.lower in ("as", "even", "when", "what"))


def _has_clause(sentence: Sentence, start: int) -> bool:
    """Whether a verb follows, before the next stop."""
    for token in sentence.tokens[start : start + _CLAUSE_WORDS]:
        if token.pos in ("VERB", "AUX") and token.tag != "VBG":
            return True
        if token.text in (",", ".", ";"):
            return False
    return False


def _is_manner(sentence: Sentence, i: int) -> bool:
    below = [sentence.tokens[j] for j in sentence.subtree(i)]
    return any(t.lower in _MANNERS for t in below[:3]) or any(t.tag == "VBG" for t in below[1:2])


def is_untimely(sentence: Sentence, outlook: Outlook) -> bool:
    """Whether it is said of an act that now is not the time, that it would be premature."""
    words = recognition_words()["untimely"]
    tokens = sentence.tokens
    for governor in outlook.governors:
        token = tokens[governor.i]
        is_word = (governor.lemma in words["nouns"] and governor.pos == "noun") or governor.lemma in words["adjectives"]
        above = tokens[token.head]
        around = [
            *sentence.children(governor.i),
            *(sentence.children(above.i) if above.lemma in ("be", "come") else []),
        ]
        is_negated = governor.negated or any(c.dep == "neg" or c.lower in ("not", "n't", "hardly") for c in around)
        if is_word and is_negated:
            return _is_of_time(sentence, governor.i, governor.lemma)
        if governor.lemma in words["outright"]:
            return True
        if governor.lemma == "be" and any(c.lemma in words["outright"] for c in sentence.children(governor.i, "acomp")):
            return True
        if governor.lemma in words["reasons"] and any(c.lower == "no" for c in sentence.children(governor.i, "det")):
            return True
    return False


def _is_of_time(sentence: Sentence, i: int, lemma: str) -> bool:
    """Whether it is the time that is not right, and not some other thing."""
    words = recognition_words()["untimely"]
    if lemma in words["nouns"]:
        return True
    head = sentence.tokens[i].head
    return any(
        c.lemma in words["nouns"] or c.lower in ("it", "now") for c in sentence.children(head, "nsubj", "advmod")
    )


_UNSURE = frozenset({"would", "could", "might", "will", "'ll", "shall", "may", "can"})


def with_conditions(verdict: Verdict, base: Base, outlook: Outlook) -> Verdict:
    """The verdict with what the act is made to depend on."""
    if not outlook.conditions or verdict.act not in ("intend", "recognise", "condition", "refuse", "consider", base):
        return verdict
    if verdict.act in COMPLETED_ACTS and any(g.effect == "done" and g.aux & _UNSURE for g in outlook.governors):
        # "might go as far as to break off relations if the decision stands"
        verdict = replace(verdict, asserted=not verdict.said_by)
        return verdict.because("could, if", act="condition", conditions=tuple(outlook.conditions))
    if verdict.act == "refuse":
        return verdict.because("refused until", act="condition", conditions=tuple(outlook.conditions))
    if verdict.act == "intend" or verdict.act == "condition":
        return verdict.because("made to depend", act="condition", conditions=tuple(outlook.conditions))
    return replace(verdict, conditions=tuple(outlook.conditions))
