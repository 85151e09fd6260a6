"""Predicates and their arguments, read off a dependency parse.

The same questions are asked of a verb in the active, the passive, a relative clause, an infinitive, a participle, a
coordination, and of a noun that stands for a deed: who is the subject, who the object, what hangs on which
preposition. The answers are positions of head tokens; who they are is for `actors` to say.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from dejure.reading.language import Token
from dejure.reading.reading import Sentence

__all__ = [
    "Arguments",
    "arguments_of",
    "coordinated",
    "has_the",
    "is_asked_about",
    "is_pronoun",
    "noun_arguments",
    "possessors",
    "top_of_list",
]

_RELATIVE = frozenset({"who", "which", "that", "whom", "whose"})
_SUBJECT = ("nsubj", "csubj", "expl")
_PASSIVE_SUBJECT = ("nsubjpass", "csubjpass")
_OBJECT = ("dobj", "attr", "oprd")
# Verbs whose infinitive is done by their object.
_OBJECT_CONTROL = frozenset(
    "urge ask tell order force allow help persuade want press push call request invite instruct compel permit "
    "enable encourage warn advise direct authorise authorize lobby beg implore beseech appeal require expect "
    "convince pressure oblige command challenge lead cause get".split()
)
_DEEPEST = 12
#: Longest coordination that is followed, in members.
_LONGEST_LIST = 60


@dataclass(slots=True)
class Arguments:
    """Head positions of what a predicate takes.

    `preps` maps a preposition (lower case) to the heads it governs, on the predicate or on its object; `comps` are the
    heads of complement clauses and infinitives.
    """

    subjects: list[int] = field(default_factory=list)
    objects: list[int] = field(default_factory=list)
    datives: list[int] = field(default_factory=list)
    preps: dict[str, list[int]] = field(default_factory=dict)
    comps: list[int] = field(default_factory=list)
    particles: set[str] = field(default_factory=set)
    is_passive: bool = False

    def prep(self, *names: str) -> list[int]:
        """Heads governed by any of these prepositions."""
        return [head for name in names for head in self.preps.get(name, ())]


def coordinated(sentence: Sentence, i: int) -> list[int]:
    """A head and all that is coordinated with it, in order; what "not" or "but not" sets apart is left out."""
    found: list[int] = []
    stack = [i]
    while stack and len(found) < _LONGEST_LIST:
        at = stack.pop()
        found.append(at)
        for child in sentence.children(at, "conj"):
            is_negated = any(c.dep in ("neg", "preconj") and c.lower == "not" for c in sentence.children(child.i))
            before = sentence.tokens[child.i - 1] if child.i else None
            if not is_negated and not (before is not None and before.lower == "not"):
                stack.append(child.i)
    return sorted(found)


def arguments_of(sentence: Sentence, i: int) -> Arguments:
    """Arguments of a verb (or of an adjective or noun used as predicate)."""
    found = Arguments()
    token = sentence.tokens[i]
    found.is_passive = _is_passive(sentence, token)
    _take_dependents(sentence, i, found)
    if _is_interrupted(sentence, token):
        found.subjects = found.subjects[-1:]
    for at in list(found.objects):
        if sentence.tokens[at].pos in ("NOUN", "PROPN"):
            _take_preps(sentence, at, found)
    if not found.subjects and not (found.is_passive and token.dep != "conj"):
        found.subjects = _misread_subject(sentence, token) or _inherited_subject(sentence, i)
    if not found.objects:
        found.objects = _gap_object(sentence, i, found)
    return found


def _misread_subject(sentence: Sentence, verb: Token) -> list[int]:
    """The name right before a finite verb that opens a sentence, which the parse took for a part of the verb."""
    if verb.tag not in ("VBZ", "VBD", "VBP") or verb.dep != "ROOT":
        return []
    before = [c.i for c in sentence.children(verb.i, "compound", "npadvmod", "nmod") if c.pos == "PROPN"]
    return [verb.i - 1] if verb.i - 1 in before and sentence.subtree(verb.i - 1)[0] == 0 else []


def _is_interrupted(sentence: Sentence, verb: Token) -> bool:
    """Whether a verb of saying stands inside what is said ("Peru, he declared, had withdrawn"), with both subjects."""
    subjects = sentence.children(verb.i, "nsubj")
    said = [c for c in sentence.children(verb.i, "ccomp") if c.i > verb.i]
    return len(subjects) > 1 and bool(said) and not sentence.children(said[0].i, "nsubj", "nsubjpass")


def noun_arguments(sentence: Sentence, i: int) -> Arguments:
    """Arguments of a noun that stands for a deed.

    Subjects: its possessor, a "by" phrase, an adjective or noun before it that may name an actor ("Israeli attack").
    The "of" phrase is kept among the prepositions: whether it does or suffers depends on the noun.
    """
    found = Arguments()
    _take_preps(sentence, i, found)
    found.subjects = possessors(sentence, i) + found.prep("by")
    found.subjects += [c.i for c in sentence.children(i, "amod", "compound", "nmod") if c.text[:1].isupper()]
    for child in sentence.children(i, "acl", "relcl"):
        if child.lemma in ("launch", "carry", "stage", "conduct", "impose", "make", "issue", "sign"):
            found.subjects += arguments_of(sentence, child.i).subjects
        elif child.tag == "TO" or any(c.tag == "TO" for c in sentence.children(child.i)):
            found.comps.append(child.i)
    return found


def possessors(sentence: Sentence, i: int) -> list[int]:
    """Heads of the possessives before a noun; for "whose" of whom it is said."""
    return [_whose(sentence, i) if c.lower == "whose" else c.i for c in sentence.children(i, "poss")]


def _whose(sentence: Sentence, i: int) -> int:
    """What the clause that opens with "whose" and a noun hangs on; the noun itself where it hangs on none."""
    verb = sentence.tokens[sentence.tokens[i].head]
    return verb.head if verb.dep == "relcl" else i


def _is_passive(sentence: Sentence, token: Token) -> bool:
    if any(c.dep in ("nsubjpass", "auxpass", "csubjpass") for c in sentence.children(token.i)):
        return True
    if token.tag == "VBN" and token.dep in ("acl", "relcl"):
        return not any(c.dep in ("nsubj", "aux") for c in sentence.children(token.i))
    if token.dep == "conj" and token.tag == "VBN":
        own = any(c.dep in ("nsubj", "aux") for c in sentence.children(token.i))
        head = sentence.tokens[token.head]
        return head.tag == "VBN" and not own and _is_passive(sentence, head)
    if token.dep == "conj" and token.tag == "VBD":
        # The parser takes the second of two participles for a past tense: "was looted and burned".
        own = any(c.dep in ("nsubj", "aux", *_OBJECT) for c in sentence.children(token.i))
        head = sentence.tokens[token.head]
        return head.i + 2 == token.i and head.tag == "VBN" and not own and _is_passive(sentence, head)
    return False


def _take_dependents(sentence: Sentence, i: int, found: Arguments) -> None:
    for child in sentence.children(i):
        if child.dep in _SUBJECT:
            found.subjects.append(_antecedent(sentence, i, child))
        elif child.dep in _PASSIVE_SUBJECT or child.dep in _OBJECT:
            found.objects.append(_antecedent(sentence, i, child))
        elif child.dep == "agent":
            found.subjects += [c.i for by in _with_same(sentence, child) for c in sentence.children(by.i, "pobj")]
        elif child.dep == "dative":
            heads = [c.i for c in sentence.children(child.i, "pobj")] or [child.i]
            found.datives += heads
            found.preps.setdefault("to", []).extend(heads)
        elif child.dep == "prt":
            found.particles.add(child.lower)
        elif child.dep in ("ccomp", "xcomp"):
            found.comps.append(child.i)
        if child.dep == "oprd":
            found.comps.append(child.i)
    _take_preps(sentence, i, found)
    if found.is_passive and sentence.tokens[i].dep == "conj" and not found.objects:
        found.objects = arguments_of(sentence, sentence.tokens[i].head).objects


def _with_same(sentence: Sentence, prep: Token) -> list[Token]:
    """A preposition, and the same one joined to it ("by Egypt and by Germany")."""
    return [sentence.tokens[at] for at in coordinated(sentence, prep.i) if sentence.tokens[at].lower == prep.lower]


def _take_preps(sentence: Sentence, i: int, found: Arguments, depth: int = 0) -> None:
    for child in sentence.children(i):
        if child.dep not in ("prep", "prt", "advmod", "mark") or child.pos not in ("ADP", "SCONJ", "ADV", "PART"):
            continue
        heads = [c.i for c in sentence.children(child.i, "pobj") if not _is_day(c)]
        if heads:
            found.preps.setdefault(child.lower, []).extend(heads)
        if child.dep in ("prep", "prt") and depth < 3:
            inner = sentence.children(child.i, "prep")
            for one in inner:
                heads = [c.i for c in sentence.children(one.i, "pobj")]
                found.preps.setdefault(one.lower, []).extend(heads)


#: Days and months, full and cut short, as far as they are no other common word under a preposition.
_CALENDAR = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april june july august september "
    "october november december jan jan. feb feb. mar. apr. aug aug. sept sept. sep. oct oct. nov nov. dec dec. weekend "
    "yesterday today tomorrow tonight morning afternoon evening midnight noon dawn dusk night week month".split()
)


def _is_day(token: Token) -> bool:
    """Whether a noun under a preposition only says when."""
    return token.lower in _CALENDAR or (token.pos == "NUM" and token.text.isdigit() and len(token.text) == 4)


def _antecedent(sentence: Sentence, verb: int, argument: Token) -> int:
    """The noun that a relative pronoun stands for, else the argument itself."""
    token = sentence.tokens[verb]
    if argument.lower in _RELATIVE and token.dep == "relcl":
        return _named_by_apposition(sentence, token.head, argument.i)
    return argument.i


def _named_by_apposition(sentence: Sentence, head: int, relative: int) -> int:
    """In "Peru, Chile's old rival, which recognised X" the name, where "which" stands behind a comma."""
    token = sentence.tokens[head]
    above = sentence.tokens[token.head]
    is_apart = relative > 0 and sentence.tokens[relative - 1].text == ","
    return above.i if token.dep == "appos" and is_apart and token.pos == "NOUN" and above.pos == "PROPN" else head


def _inherited_subject(sentence: Sentence, i: int, depth: int = 0) -> list[int]:
    """The subject of a verb that has none of its own, from what it hangs on."""
    token = sentence.tokens[i]
    if depth > _DEEPEST or token.head == i:
        return []
    head = sentence.tokens[token.head]
    if token.dep == "ccomp" and token.i > head.i and _is_interrupted(sentence, head):
        return [sentence.children(head.i, "nsubj")[0].i]
    if token.dep in ("xcomp", "ccomp"):
        return _controller(sentence, head, depth)
    if token.dep in ("conj", "advcl", "dep", "parataxis", "acomp"):
        return _subject_of(sentence, head, depth)
    if token.dep in ("acl", "relcl"):
        return _subject_of_noun_clause(sentence, token, head, depth)
    if token.dep in ("pcomp", "pobj"):
        governor = sentence.tokens[head.head]
        if governor.pos in ("VERB", "AUX", "ADJ"):
            other = _doer_under_preposition(sentence, head, governor)
            if other:
                return other
            return _subject_of(sentence, governor, depth)
        return possessors(sentence, governor.i) or _holder(sentence, governor, depth)
    return []


def _doer_under_preposition(sentence: Sentence, prep: Token, governor: Token) -> list[int]:
    """Whose gerund it is: "praised X for recognising", "By recognising Y, X gave in, the critic said"."""
    if prep.lower in ("for", "of", "against", "from"):
        return [c.i for c in sentence.children(governor.i, "dobj", "nsubjpass")]
    said = [c for c in sentence.children(governor.i, "ccomp") if c.i > prep.i]
    return [s.i for c in said[:1] for s in sentence.children(c.i, *_SUBJECT)]


def _subject_of(sentence: Sentence, verb: Token, depth: int) -> list[int]:
    if verb.pos not in ("VERB", "AUX", "ADJ") and verb.dep not in ("ROOT", "ccomp"):
        return _holder(sentence, verb, depth)
    own = [_antecedent(sentence, verb.i, c) for c in sentence.children(verb.i, *_SUBJECT, *_PASSIVE_SUBJECT)]
    if verb.lemma == "be" and len(own) == 1 and sentence.tokens[own[0]].lower == "it":
        # "It is two years since X, on a Thursday, cut": what hangs on the verb of the frame is X's.
        # "It was X who": likewise.
        frame = [verb, *sentence.children(verb.i, "attr")]
        preps = [c for at in frame for c in sentence.children(at.i, "prep") if c.lower == "since"]
        since = [p.i for c in preps for p in sentence.children(c.i, "pobj")]
        return since or [c.i for c in sentence.children(verb.i, "attr") if c.pos == "PROPN"] or own
    return own or _inherited_subject(sentence, verb.i, depth + 1)


def _controller(sentence: Sentence, head: Token, depth: int) -> list[int]:
    if head.lemma in _OBJECT_CONTROL:
        objects = [c.i for c in sentence.children(head.i, "dobj", "nsubjpass")]
        objects += [p.i for c in sentence.children(head.i, "prep", "dative") for p in sentence.children(c.i, "pobj")]
        objects += [c.i for c in sentence.children(head.i, "dative")]
        if objects:
            return objects[:1]
    return _subject_of(sentence, head, depth)


def _subject_of_noun_clause(sentence: Sentence, token: Token, noun: Token, depth: int) -> list[int]:
    """As in "the first nation to recognise", "a decision to recognise", "troops killed by", "a minister visiting"."""
    if token.tag == "VBG" and noun.lemma in _SPEECH_NOUNS:
        return possessors(sentence, noun.i) or _national(sentence, noun.i) or _holder(sentence, noun, depth) or [noun.i]
    if token.tag == "VBG" or token.tag in ("VBZ", "VBD", "VBP"):
        return [noun.i]
    if any(c.tag == "TO" for c in sentence.children(token.i)) or token.tag == "VB":
        if noun.dep in ("attr", "oprd", "pobj", "appos", "dobj", "conj") and noun.lemma in _AGENT_NOUNS:
            return _holder(sentence, noun, depth) or [noun.i]
        owners = possessors(sentence, noun.i) or _national(sentence, noun.i) or _named_behind(sentence, noun.i)
        return owners or _holder(sentence, noun, depth)
    return []


def _named_behind(sentence: Sentence, noun: int) -> list[int]:
    """The name in "the efforts of X to win", "the decision of X to"."""
    heads = [p for c in sentence.children(noun, "prep") if c.lower == "of" for p in sentence.children(c.i, "pobj")]
    return [p.i for p in heads if p.pos == "PROPN"]


#: What is issued: "a statement condemning X" condemns in the name of those who issue it.
_SPEECH_NOUNS = frozenset(
    "statement report letter communique communiqué resolution declaration speech message note document "
    "petition motion order decree bill law article ruling verdict judgment judgement warning campaign "
    "leaflet memo email telegram cable post tweet video interview broadcast press lawsuit suit complaint "
    "decision policy plan proposal operation".split()
)

_AGENT_NOUNS = frozenset(
    "country nation state government power member one republic kingdom party leader president minister first "
    "second third fourth fifth sixth seventh last latest ally neighbour neighbor organisation organization bloc".split()
)


def _national(sentence: Sentence, noun: int) -> list[int]:
    """Adjectives and nouns before a noun that may name an actor, and its "by" and "of" phrases."""
    return [c.i for c in sentence.children(noun, "amod", "compound", "nmod") if c.text[:1].isupper()]


def _holder(sentence: Sentence, noun: Token, depth: int) -> list[int]:
    """The subject of the verb that a noun completes ("X has become the first nation", "X took the decision")."""
    if depth > _DEEPEST:
        return []
    if noun.dep in ("attr", "oprd", "dobj", "acomp"):
        return _subject_of(sentence, sentence.tokens[noun.head], depth + 1)
    if noun.dep == "appos":
        return [noun.head]
    if noun.dep == "pobj":
        above = sentence.tokens[sentence.tokens[noun.head].head]
        if above.pos in ("VERB", "AUX"):
            return _subject_of(sentence, above, depth + 1)
        if sentence.tokens[noun.head].lower in ("of", "among"):
            return _holder(sentence, above, depth + 1)
    if noun.dep == "conj":
        return _holder(sentence, sentence.tokens[noun.head], depth + 1)
    return []


def _gap_object(sentence: Sentence, i: int, found: Arguments) -> list[int]:
    """The noun that a relative clause leaves a hole for ("the deal Russia signed", "soldiers killed by")."""
    token = sentence.tokens[i]
    if token.dep not in ("relcl", "acl"):
        return []
    if found.is_passive:
        return [token.head]
    if token.dep == "relcl" and found.subjects and token.head not in found.subjects:
        has_to = any(c.tag == "TO" for c in sentence.children(i))
        return [] if has_to else [token.head]
    return []


def has_the(sentence: Sentence, i: int) -> bool:
    """Whether a noun has the definite article."""
    return any(c.lower == "the" for c in sentence.children(i, "det"))


def is_pronoun(_: Sentence, token: Token) -> bool:
    """Whether a token is a pronoun that stands for somebody."""
    return token.pos == "PRON" and token.dep != "expl"


def top_of_list(sentence: Sentence, token: Token) -> Token:
    """The first of the coordinated heads that a token is one of."""
    while token.dep == "conj" and token.head != token.i:
        token = sentence.tokens[token.head]
    return token


def is_asked_about(sentence: Sentence, top: Token) -> bool:
    """Whether a name is what a verbless question is about ("And Italy?"): the next sentence speaks of it."""
    above = sentence.tokens[top.head]
    is_alone = top.dep == "ROOT" or (top.dep == "pobj" and above.lower == "about" and above.dep == "ROOT")
    return is_alone and top.pos == "PROPN" and sentence.text.rstrip().endswith("?")
