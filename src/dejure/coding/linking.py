"""Which predicate of a sentence links two marked parties: every word that may tell a deed, and how it stands to them.

Used where actor and recipient are given and their deed is asked for. The events of a report go the other way, from the
predicate to its parties (`events.py`); frames and arguments are the same.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass, replace

from dejure.coding.clauses import Arguments, arguments_of, coordinated, noun_arguments, possessors
from dejure.coding.lexicon import Frame, best_frame, carried_noun
from dejure.coding.outlook import Outlook, load_governors
from dejure.coding.predicates import obliging_frame
from dejure.coding.words import load_toml
from dejure.reading.reading import Sentence

__all__ = ["Marked", "Predicate", "composed_type", "predicates_between"]

Span = tuple[int, int]

_SPOKEN = frozenset({"report", "claim", "announce", "suggest"})
_PRONOUNS = frozenset({"he", "she", "it", "they", "we", "i", "him", "her", "them", "us", "himself", "itself"})
_HIGHEST = 14
#: Dependencies by which a deed hangs on what asks for it, promises or refuses it.
_UNDER = frozenset({"xcomp", "ccomp", "acl", "pcomp", "prep", "pobj", "dobj", "aux", "oprd"})
# How much each link to a party counts in the choice of the predicate; set by hand, the order is what matters.
_AS_ACTOR, _BY_PRONOUN, _NEAR_ACTOR = 4.0, 3.0, 0.5
_IN_SLOT, _AS_ARGUMENT, _BELOW = 3.0, 2.0, 1.0
_TELLS_EVENT, _TELLS_NONE, _PER_LEVEL = 3.0, -1.0, 0.15
#: How far a known event may stand behind a predicate that the lexicon does not know, and still be taken.
_CLOSE = 1.5


@dataclass(frozen=True, slots=True)
class Marked:
    """A marked party: the tokens its words cover, and the one that the others hang on."""

    tokens: frozenset[int]
    head: int

    @classmethod
    def of(cls, sentence: Sentence, span: Span | None) -> Marked | None:
        """The party at these offsets in the sentence's text, None where there is none or it covers no token."""
        if span is None:
            return None
        inside = [t.i for t in sentence.tokens if t.start < span[1] and t.end > span[0]]
        if not inside:
            return None
        depths = {i: _depth(sentence, i) for i in inside if sentence.tokens[i].pos not in ("PUNCT", "DET")} or {
            inside[0]: 0
        }
        return cls(frozenset(inside), min(depths, key=lambda i: (depths[i], i)))


@dataclass(frozen=True, slots=True)
class Predicate:
    """A word that may tell the deed.

    Attributes
    ----------
    at, word : int
        Position of the word that carries tense and negation, and of the word that names the deed.
    frame : Frame or None
        The lexicon's reading, None where it has none.
    actor, recipient : str
        How it stands to the parties: a slot (subj, obj, dative, prep:x, comp.subj, comp.obj, poss), pronoun, below,
        none where there is no such party, or empty.
    weight : float
        Higher is likelier the one.
    """

    at: int
    word: int
    frame: Frame | None
    arguments: Arguments
    actor: str
    recipient: str
    weight: float
    depth: int
    support: str = ""

    @property
    def event_type(self) -> str:
        """Type of its frame; NONE where the frame says that it is no event, empty without a frame."""
        return self.frame.event_type if self.frame is not None else ""

    @property
    def tells_event(self) -> bool:
        """Whether the lexicon takes it for an event."""
        return self.event_type not in ("", "NONE")


def predicates_between(sentence: Sentence, actor: Marked | None, recipient: Marked | None) -> list[Predicate]:
    """Every predicate of the sentence, the likeliest one first."""
    inside = (actor.tokens if actor else frozenset()) | (recipient.tokens if recipient else frozenset())
    found: list[Predicate] = []
    used: set[int] = set()
    for token in sentence.tokens:
        if token.pos in ("VERB", "AUX") and token.dep not in ("aux", "auxpass"):
            found.append(_weighed(sentence, _verb(sentence, token.i, used), actor, recipient))
        elif token.pos == "ADJ" and token.dep in ("acomp", "ROOT", "oprd", "conj", "amod"):
            found += _adjective(sentence, token.i, actor, recipient)
    for token in sentence.tokens:
        if token.pos in ("NOUN", "PROPN") and token.i not in used:
            arguments = noun_arguments(sentence, token.i)
            frame = best_frame(sentence, token.i, "noun", arguments)
            if frame is not None:
                noun = Predicate(token.i, token.i, frame, arguments, "", "", -1.0, 0)
                found.append(_weighed(sentence, noun, actor, recipient))
    weights = [p.weight - 3.0 if p.word in inside and p.word == p.at else p.weight for p in found]
    order = sorted(range(len(found)), key=lambda k: (-weights[k], found[k].word))
    return _governing_first(sentence, [found[k] for k in order])


def _governing_first(sentence: Sentence, ranked: list[Predicate]) -> list[Predicate]:
    """What asks for a deed, promises or refuses it comes before the deed: "agreed to withdraw" is an agreement."""
    if not ranked:
        return ranked
    best = _above(sentence, ranked[0], ranked)
    if best is ranked[0] and not best.tells_event:
        told = next((p for p in ranked if p.tells_event and p.weight >= best.weight - _CLOSE), None)
        best = _above(sentence, told, ranked) if told is not None else best
    return [best, *(p for p in ranked if p is not best)]


def _above(sentence: Sentence, below: Predicate, ranked: list[Predicate]) -> Predicate:
    """The highest event of the actor's that a predicate is a complement of, else the predicate itself."""
    by_place = {i: p for p in reversed(ranked) for i in (p.at, p.word) if p.tells_event}
    token, best = sentence.tokens[below.at], below
    for _ in range(_HIGHEST):
        if token.dep not in _UNDER or token.head == token.i:
            break
        token = sentence.tokens[token.head]
        above = by_place.get(token.i)
        if above is not None and above is not below and above.actor in ("subj", "pronoun", "none"):
            best = above
    return best


def composed_type(one: Predicate, outlook: Outlook) -> str:
    """The type of a predicate's frame as it is put: planned, refused, undone, asked for; the frame's own otherwise."""
    kind = one.event_type
    if not one.tells_event:
        return kind
    tables = _compositions()
    effects = [g.effect for g in outlook.governors if g.via in _UNDER and not g.negated]
    for effect in effects:
        if effect in tables["governed"]:
            return tables["governed"][effect]
    if one.support == "negated":
        kind = tables["undone"].get(kind, kind)
    elif outlook.negated or "negate" in effects or any(g.negated and g.via == "xcomp" for g in outlook.governors):
        return tables["refused"].get(kind, kind)
    planned = outlook.future or one.support == "future" or bool({"plan", "decide"} & set(effects))
    if planned or (outlook.would and outlook.first("report", "announce", "plan", "suggest") is not None):
        return tables["planned"].get(kind, kind)
    return kind


@functools.cache
def _compositions() -> dict[str, dict[str, str]]:
    return load_toml("type_compositions.toml")


def _depth(sentence: Sentence, i: int) -> int:
    depth, token = 0, sentence.tokens[i]
    while token.head != token.i and depth < len(sentence.tokens):
        depth, token = depth + 1, sentence.tokens[token.head]
    return depth


def _verb(sentence: Sentence, i: int, used: set[int]) -> Predicate:
    arguments = arguments_of(sentence, i)
    frame = best_frame(sentence, i, "verb", arguments)
    if frame is None or not any(r.slot in ("obj", "prt") for r in frame.requires):
        carried = _carried(sentence, i, arguments, used)
        if carried is not None:
            return carried
    elif frame.event_type != "NONE":
        used.update(arguments.objects)
    if frame is None:
        frame = obliging_frame(sentence, i, arguments)
    return Predicate(i, i, frame, arguments, "", "", 0.0, 0)


def _carried(sentence: Sentence, i: int, arguments: Arguments, used: set[int]) -> Predicate | None:
    """An event noun with the verb that carries it."""
    found = carried_noun(sentence, i, arguments, used)
    if found is None:
        return None
    head, frame, merged, support = found
    return Predicate(i, head, frame, merged, "", "", 0.5, 0, support.aux or "plain")


def _adjective(sentence: Sentence, i: int, actor: Marked | None, recipient: Marked | None) -> list[Predicate]:
    token = sentence.tokens[i]
    at = token.head if token.dep == "acomp" else i
    arguments = arguments_of(sentence, at)
    arguments.preps = {**arguments.preps, **arguments_of(sentence, i).preps}
    frame = best_frame(sentence, i, "adj", arguments)
    if frame is None:
        return []
    return [_weighed(sentence, Predicate(at, i, frame, arguments, "", "", -0.5, 0), actor, recipient)]


def _weighed(sentence: Sentence, one: Predicate, actor: Marked | None, recipient: Marked | None) -> Predicate:
    as_actor, weight = _actor_link(sentence, one, actor)
    as_recipient, more = _recipient_link(sentence, one, recipient)
    depth = _depth(sentence, one.at)
    told = _TELLS_EVENT if one.event_type not in ("", "NONE") else _TELLS_NONE * (one.event_type == "NONE")
    total = one.weight + weight + more + told - _PER_LEVEL * depth
    return replace(one, actor=as_actor, recipient=as_recipient, weight=total, depth=depth)


def _actor_link(sentence: Sentence, one: Predicate, actor: Marked | None) -> tuple[str, float]:
    if actor is None:
        return ("none", 1.0 if one.arguments.is_passive else 0.0)
    slot = one.frame.actor if one.frame is not None else "subj"
    own = one.arguments.subjects
    if slot.startswith("prep:"):
        own = one.arguments.prep(slot[5:])
    elif slot == "obj":
        own = one.arguments.objects
    elif slot == "both":
        own = own + one.arguments.prep("with", "between", "of")
    elif slot == "poss":
        own = own + possessors(sentence, one.word)
    if _covers(sentence, own, actor):
        return ("subj", _AS_ACTOR)
    for name, heads in _slots(sentence, one).items():
        if _covers(sentence, heads, actor):
            return (name, _NEAR_ACTOR)
    if _speaks_of_itself(sentence, one, actor):
        return ("pronoun", _BY_PRONOUN)
    return ("below" if _is_under(sentence, actor.head, one.at) else "", _NEAR_ACTOR / 2)


def _recipient_link(sentence: Sentence, one: Predicate, recipient: Marked | None) -> tuple[str, float]:
    if recipient is None:
        return ("none", 0.0)
    slots = _slots(sentence, one)
    wanted = one.frame.recipient if one.frame is not None else ()
    for name in (*wanted, *slots):
        if _covers(sentence, slots.get(name, []), recipient):
            return (name, _IN_SLOT if name in wanted else _AS_ARGUMENT if name != "subj" else 0.0)
    return ("below", _BELOW) if _is_under(sentence, recipient.head, one.at) else ("", 0.0)


def _slots(sentence: Sentence, one: Predicate) -> dict[str, list[int]]:
    arguments = one.arguments
    slots = {"obj": arguments.objects, "dative": arguments.datives}
    slots |= {f"prep:{name}": heads for name, heads in arguments.preps.items()}
    slots["poss"] = possessors(sentence, one.word)
    below = [arguments_of(sentence, comp) for comp in arguments.comps]
    slots["comp.subj"] = [head for each in below for head in each.subjects if head not in arguments.subjects]
    slots["comp.obj"] = [head for each in below for head in each.objects]
    slots["subj"] = arguments.subjects
    return slots


def _covers(sentence: Sentence, heads: list[int], party: Marked) -> bool:
    return any(at in party.tokens for head in heads for at in coordinated(sentence, head))


def _is_under(sentence: Sentence, i: int, above: int) -> bool:
    token = sentence.tokens[i]
    for _ in range(len(sentence.tokens)):
        if token.i == above:
            return True
        if token.head == token.i:
            return False
        token = sentence.tokens[token.head]
    return False


def _speaks_of_itself(sentence: Sentence, one: Predicate, actor: Marked) -> bool:
    """As in "X said it would ...": the subject is a pronoun and the verb of saying above is the actor's."""
    if not any(sentence.tokens[s].lower in _PRONOUNS for s in one.arguments.subjects):
        return False
    token = sentence.tokens[one.at]
    for _ in range(_HIGHEST):
        if token.head == token.i:
            break
        token = sentence.tokens[token.head]
        effect = load_governors().get((token.lemma, "verb"), "")
        if effect in _SPOKEN and _covers(sentence, arguments_of(sentence, token.i).subjects, actor):
            return True
    return False
