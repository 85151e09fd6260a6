"""Is it said to be so, not so, planned, possible, asked for, reported: what stands over a predicate.

The answer is gathered from the predicate's own auxiliaries and from all that governs it, up to the root of the
sentence. What each governor does is data (`governors.tsv`).
"""

from __future__ import annotations

import functools
from dataclasses import dataclass, field

from dejure.coding.clauses import arguments_of
from dejure.coding.lexicon import read_tsv
from dejure.reading.language import Token
from dejure.reading.reading import Sentence

__all__ = ["Governor", "Outlook", "load_governors", "outlook_of"]

_IF = frozenset({"if", "unless", "provided", "providing", "lest", "assuming", "suppose", "supposing"})
_PROVIDED = frozenset({"provided", "providing", "assuming", "supposing"})
_ONCE = frozenset({"once", "until", "till", "when", "whenever", "before", "after", "as"})
_FUTURE = frozenset({"will", "shall", "'ll", "’ll", "wo", "sha"})
_POSSIBLE = frozenset({"may", "might", "could"})
_OBLIGED = frozenset({"should", "must", "ought"})
_CLIMB = frozenset({"xcomp", "ccomp", "advcl", "acl", "relcl", "pcomp", "conj", "dobj", "pobj", "prep", "attr", "appos",
                    "parataxis", "dep", "nsubj", "nsubjpass", "csubj", "csubjpass", "oprd", "agent", "dative", "acomp",
                    "nmod", "compound", "poss", "intj"})  # fmt: skip
_HIGHEST = 15
_NO_CIRCUMSTANCE = frozenset({"account", "circumstance", "condition", "way", "means", "case", "time"})
_NOT_QUITE = frozenset({"almost", "nearly", "practically"})
_HEARSAY = frozenset("reportedly allegedly supposedly purportedly perhaps maybe possibly probably apparently".split())
_PUTTING_OFF = frozenset({"without", "against", "than", "instead"})


@dataclass(frozen=True, slots=True)
class Governor:
    """A word that stands over a predicate.

    `via` is the dependency by which the chain reached it; `aux` holds its own modal verbs, in lower case.
    """

    i: int
    lemma: str
    pos: str
    effect: str
    negated: bool
    via: str
    aux: frozenset[str]


@dataclass(slots=True)
class Outlook:
    """How a predicate is put.

    Attributes
    ----------
    negated, future, would, possible, obliged, can : bool
        From its own auxiliaries.
    perfect, past, past_perfect, progressive : bool
        Tense and aspect.
    in_condition : bool
        Whether it stands in an "if" clause itself (or one above it does).
    conditions : list of int
        Heads of clauses and phrases it is made to depend on.
    governors : list of Governor
        From the nearest to the root.
    whether : bool
        Whether it stands in a "whether" clause.
    unreal : bool
        Whether words say that it did not come to it: "without", "instead of", "almost", "would have".
    doubted : bool
        Whether an adverb puts it on hearsay or guess: "reportedly", "perhaps".
    sources : list of int
        Heads of "according to" phrases.
    is_question : bool
    is_present : bool
        Whether it is in the simple present.
    beside : list of int
        Verbs that it, or a governor, is coordinated with.
    """

    negated: bool = False
    future: bool = False
    would: bool = False
    possible: bool = False
    obliged: bool = False
    can: bool = False
    perfect: bool = False
    past: bool = False
    past_perfect: bool = False
    progressive: bool = False
    in_condition: bool = False
    whether: bool = False
    unreal: bool = False
    doubted: bool = False
    is_question: bool = False
    is_present: bool = False
    conditions: list[int] = field(default_factory=list)
    governors: list[Governor] = field(default_factory=list)
    beside: list[int] = field(default_factory=list)
    sources: list[int] = field(default_factory=list)

    def effects(self) -> list[str]:
        """Effects of the governors, nearest first."""
        return [g.effect for g in self.governors if g.effect]

    def first(self, *effects: str) -> Governor | None:
        """The nearest governor with one of these effects."""
        return next((g for g in self.governors if g.effect in effects), None)


@functools.cache
def load_governors() -> dict[tuple[str, str], str]:
    """Effect by lemma and part of speech (verb | noun | adj)."""
    return {(row["head"], row["pos"]): row["effect"] for row in read_tsv("governors.tsv")}


def outlook_of(sentence: Sentence, i: int) -> Outlook:
    """Everything that stands over the predicate at position `i`."""
    found = Outlook(is_question=sentence.text.rstrip("\"'”’ ").endswith("?"))
    _own(sentence, i, found)
    _climb(sentence, i, found)
    return found


def _own(sentence: Sentence, i: int, found: Outlook) -> None:
    token = sentence.tokens[i]
    aux = _auxiliaries(sentence, i)
    words = {a.lower for a in aux}
    found.negated = _is_negated(sentence, i)
    found.future = bool(words & _FUTURE) or _is_going_to(sentence, token)
    found.would = bool(words & {"would", "'d", "’d"})
    found.possible = bool(words & _POSSIBLE)
    found.obliged = bool(words & _OBLIGED) or _is_mandative(sentence, token)
    found.can = bool(words & {"can", "ca"})
    found.perfect = any(a.lemma == "have" and a.tag in ("VBZ", "VBP", "VB", "VBG") for a in aux)
    found.past_perfect = any(a.lemma == "have" and a.tag in ("VBD", "VBN") for a in aux)
    found.is_present = token.tag in ("VBZ", "VBP") and not sentence.children(i, "aux", "auxpass")
    found.past = token.tag == "VBD" or any(a.tag == "VBD" for a in aux)
    adverbs = {c.lower for c in sentence.children(i, "advmod", "npadvmod")}
    found.unreal = bool(adverbs & _NOT_QUITE) or (found.would and found.perfect)
    found.doubted = bool(adverbs & _HEARSAY)
    found.progressive = token.tag == "VBG" and any(a.lemma == "be" for a in aux)
    _take_conditions(sentence, i, found)


def _is_mandative(sentence: Sentence, token: Token) -> bool:
    """As in "demands that Peru revoke it": the bare form behind "that" and a subject tells what ought to be."""
    return (
        token.tag == "VB"
        and not sentence.children(token.i, "aux", "auxpass")
        and any(c.lower == "that" for c in sentence.children(token.i, "mark"))
        and bool(sentence.children(token.i, "nsubj"))
    )


def _auxiliaries(sentence: Sentence, i: int) -> list[Token]:
    aux = sentence.children(i, "aux", "auxpass")
    token = sentence.tokens[i]
    if not aux and token.dep == "conj" and not sentence.children(i, "nsubj", "nsubjpass"):
        return _auxiliaries(sentence, token.head)
    return aux


def _is_negated(sentence: Sentence, i: int) -> bool:
    for child in sentence.children(i):
        if (
            child.dep == "neg"
            or (child.lower in ("never", "no", "neither", "nor") and child.dep in ("advmod", "det", "preconj"))
            or (
                child.lower in ("nor", "neither")
                and child.dep == "cc"
                and child.i == sentence.subtree(i)[0]
                and child.i < i
            )
        ):
            return True
        if child.dep in ("nsubj", "nsubjpass") and _is_nobody(sentence, child):
            return True
        if child.dep == "dobj" and any(c.lower == "neither" for c in sentence.children(child.i)):
            # "recognised neither side"
            return True
        if child.dep == "prep" and any(
            c.lemma in _NO_CIRCUMSTANCE and _is_nobody(sentence, c) for c in sentence.children(child.i, "pobj")
        ):
            # "would under no circumstances recognise it"
            return True
        if child.dep == "aux" and any(c.dep == "neg" for c in sentence.children(child.i)):
            return True
    return False


def _is_nobody(sentence: Sentence, token: Token) -> bool:
    return token.lower in ("none", "nobody", "neither", "nothing") or any(
        c.lower in ("no", "neither") and c.dep == "det" for c in sentence.children(token.i)
    )


def _is_going_to(sentence: Sentence, token: Token) -> bool:
    if token.dep == "ROOT" and token.tag == "VB" and _is_infinitive(sentence, token):
        # A headline leaves out "is": "Havana to free spy".
        return bool(sentence.children(token.i, "nsubj"))
    if token.dep != "xcomp":
        return False
    head = sentence.tokens[token.head]
    to = any(c.tag == "TO" for c in sentence.children(token.i))
    return to and ((head.lemma == "go" and head.tag == "VBG") or head.lemma == "be")


def _take_conditions(sentence: Sentence, i: int, found: Outlook) -> None:
    for child in sentence.children(i, "advcl", "prep", "mark", "advmod"):
        if child.dep == "advmod":
            if child.lower == "otherwise" and child.i < i:
                # "Otherwise they will recognise him": what was asked just before is the condition.
                found.conditions.append(child.i)
            continue
        if child.dep == "mark":
            found.in_condition |= child.lower in _IF
            found.whether |= child.lower == "whether"
            continue
        opens = {c.lower for c in sentence.children(child.i, "mark", "advmod")} | {
            child.lower if child.dep == "prep" else ""
        }
        if (
            opens & _IF
            or (child.dep == "advcl" and _is_inverted(sentence, child.i))
            or (child.dep in ("advcl", "prep") and child.lower in _PROVIDED)
            or (child.dep == "advcl" and "once" in opens)
            or (child.lower == "on" and any(c.lemma == "condition" for c in sentence.children(child.i, "pobj")))
        ):
            found.conditions.append(child.i)
    found.in_condition |= _is_inverted(sentence, i)


def _is_inverted(sentence: Sentence, i: int) -> bool:
    """As in "Should X agree ...": an auxiliary before its subject, in a statement."""
    aux, subjects = sentence.children(i, "aux"), sentence.children(i, "nsubj")
    if not aux or not subjects or sentence.text.rstrip().endswith("?"):
        return False
    return aux[0].lower in ("should", "had", "were") and aux[0].i < subjects[0].i


def _climb(sentence: Sentence, i: int, found: Outlook) -> None:
    effects = load_governors()
    token = sentence.tokens[i]
    for _ in range(_HIGHEST):
        _take_parenthesis(sentence, token, found)
        if token.head == token.i or (token.dep not in _CLIMB and not _is_extent(sentence, token)):
            return
        via, head = token.dep, sentence.tokens[token.head]
        if via == "relcl" and _stands_apart(sentence, token):
            return
        found.whether |= via == "advcl" and _is_left_unsaid(sentence, token, head)
        if via == "pcomp":
            found.unreal |= head.lower in _PUTTING_OFF or sentence.tokens[head.head].lower in ("instead", "rather")
        if via == "advcl" and token.i == i and (_is_awaited(sentence, token, head) or head.lower in ("soon", "long")):
            # "When X recognises Y, Z will", "as soon as X recognises Y"
            found.in_condition = True
        marks = {c.lower for c in sentence.children(token.i, "mark")} if via == "advcl" else set()
        opens = {c.lower for c in sentence.children(token.i, "advmod")} if via == "advcl" else set()
        if token.i != i and (marks & _IF or (marks | opens) & {"once", "until"}):
            found.in_condition = True
        if via == "conj":
            found.beside.append(head.i)
            token = head
            _inherit(sentence, token.i, found)
            continue
        degree = _too_much(sentence, token, head) if via == "advcl" else None
        if degree is not None:
            found.governors.append(Governor(degree.i, degree.lemma, "adj", "refuse", False, "xcomp", frozenset()))
        pos = "verb" if head.pos in ("VERB", "AUX") else "adj" if head.pos == "ADJ" else "noun"
        is_beside = via in ("advcl", "conj", "parataxis") or (
            via == "relcl" and pos == "noun" and not _is_infinitive(sentence, token)
        )
        if head.pos in ("VERB", "AUX", "NOUN", "ADJ", "PROPN"):
            effect = "" if is_beside else effects.get((head.lemma, pos), "")
            effect = _special(sentence, head, effect, token)
            aux = frozenset(a.lower for a in sentence.children(head.i, "aux", "auxpass"))
            negated = _is_negated(sentence, head.i) or _is_copula_negated(sentence, head)
            found.governors.append(Governor(head.i, head.lemma, pos, effect, negated, via, aux))
            if not is_beside:
                _take_conditions(sentence, head.i, found)
        token = head


def _is_left_unsaid(sentence: Sentence, token: Token, head: Token) -> bool:
    """As in "has not said when it will recognise X": what a verb of saying with "not" leaves open."""
    opens = sentence.tokens[min(sentence.subtree(token.i))]
    is_saying = load_governors().get((head.lemma, "verb")) == "report"
    return is_saying and opens.lower in ("when", "how") and opens.i == head.i + 1 and _is_negated(sentence, head.i)


def _stands_apart(sentence: Sentence, token: Token) -> bool:
    """As in "his country, which had recognised X, urged": a clause behind a comma is told, whatever stands over it."""
    first = min(sentence.subtree(token.i))
    opens = sentence.tokens[first]
    return opens.lower in ("which", "who", "whose") and first > 0 and sentence.tokens[first - 1].text == ","


def _too_much(sentence: Sentence, token: Token, head: Token) -> Token | None:
    """The "early" of "it is too early for Peru to recognise it": what is too much, or too soon, is not done."""
    if not _is_infinitive(sentence, token):
        return None
    inside = [c for p in sentence.children(head.i, "prep") if p.lower == "in" for c in sentence.children(p.i, "pobj")]
    if head.lemma == "be" and any(_is_nobody(sentence, one) for one in inside):
        # "is in no mood to"
        return inside[0]
    said = sentence.children(head.i, "acomp", "advmod", "attr")
    return next((one for one in said if any(c.lower == "too" for c in sentence.children(one.i, "advmod"))), None)


def _is_extent(sentence: Sentence, token: Token) -> bool:
    """The "far" of "might go as far as breaking", "went so far as to break"."""
    return token.dep == "advmod" and token.lower == "far" and bool(sentence.children(token.i, "prep", "xcomp", "advcl"))


def _take_parenthesis(sentence: Sentence, token: Token, found: Outlook) -> None:
    """A reporting verb that the parse hangs below what is said ("..., the office said")."""
    for child in sentence.children(token.i, "parataxis"):
        effect = load_governors().get((child.lemma, "verb"), "")
        if effect in ("report", "claim", "announce"):
            found.governors.append(Governor(child.i, child.lemma, "verb", effect, False, "parataxis", frozenset()))
    for child in sentence.children(token.i, "prep"):
        if child.lower == "according":
            for inner in sentence.children(child.i, "prep"):
                found.sources += [c.i for c in sentence.children(inner.i, "pobj")]


def _is_awaited(sentence: Sentence, token: Token, head: Token) -> bool:
    """As in "When X recognises Y, Z will ...": a clause of time under a main clause in the future."""
    opens = {c.lower for c in sentence.children(token.i, "mark", "advmod")}
    ahead = {a.lower for a in sentence.children(head.i, "aux")} & (_FUTURE | {"would"})
    return bool(opens & {"when", "once", "whenever"}) and bool(ahead)


def _is_copula_negated(sentence: Sentence, head: Token) -> bool:
    above = sentence.tokens[head.head]
    if head.dep == "pobj" and above.dep == "prep":
        # "is not in a position to"
        return sentence.tokens[above.head].lemma == "be" and _is_negated(sentence, above.head)
    return head.dep == "acomp" and _is_negated(sentence, head.head)


def _is_infinitive(sentence: Sentence, token: Token) -> bool:
    return any(c.tag == "TO" for c in sentence.children(token.i))


def _inherit(sentence: Sentence, i: int, found: Outlook) -> None:
    """A coordinated verb shares the conditions and marks of the one it is coordinated with."""
    for child in sentence.children(i, "mark"):
        found.in_condition |= child.lower in _IF


#: Verbs that have their effect only with one of these words.
_WITH_COMPANION: dict[str, tuple[frozenset[str], str]] = {
    "rule": (frozenset({"out"}), "refuse"),
    "stop": (frozenset({"short", "from"}), "refuse"),
    "fall": (frozenset({"short", "from"}), "refuse"),
    "hold": (frozenset({"off", "back"}), "refuse"),
    "call": (frozenset({"on", "for", "upon"}), "demand"),
}


def _special(sentence: Sentence, head: Token, effect: str, below: Token) -> str:
    """Governors whose effect hangs on a companion: "rule out", "stop short of", "set to", "too early to"."""
    companions = {c.lower for c in sentence.children(head.i)}
    if head.lemma == "call" and below.dep in ("advcl", "xcomp", "ccomp"):
        # "called for relations to be broken off"
        companions |= {c.lower for c in sentence.children(below.i, "mark")}
    if head.lemma in _WITH_COMPANION:
        words, meant = _WITH_COMPANION[head.lemma]
        return meant if companions & words else ""
    if head.lemma in ("set", "tip", "poise") and head.tag not in ("VBN", "VBD"):
        return ""
    if head.lemma in ("early", "late") and head.pos == "ADJ":
        return "refuse" if "too" in companions else ""
    if head.lemma == "tell" and below.dep == "xcomp":
        return "demand"
    if head.lemma == "look" and "at" not in companions:
        return ""
    if head.lemma == "have" and companions & {"yet", "still"}:
        return "negate"
    if head.lemma == "have":
        return "must" if _is_infinitive(sentence, below) else ""
    if head.lemma == "ask" and below.dep in ("advcl", "ccomp"):
        # "asked why", "asked whether", "asks how": a question, no demand, and what it asks is not told.
        opens = {c.lower for c in sentence.children(below.i, "mark", "advmod")}
        return "question" if opens & {"how", "whether", "if", "when", "why"} else "demand" if "that" in opens else ""
    if head.lemma in ("first", "last") and "to" in companions:
        return "done"
    return effect


def subjects_above(sentence: Sentence, governor: Governor) -> list[int]:
    """Heads of the subject of a governing verb, or the owners of a governing noun."""
    return arguments_of(sentence, governor.i).subjects
