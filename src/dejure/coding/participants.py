"""Who takes part in an event: actors and recipients of a predicate, by its frame, else by where they can stand.

A frame says where its parties stand. Where nobody stands there, the recipient is looked for in the order in which
English names it: whose deed the object is, who is named inside the object, under a preposition of the predicate,
in its complement, and last the land that it was done in.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass, replace

from dejure.coding.clauses import Arguments, arguments_of, coordinated, possessors
from dejure.coding.outlook import load_governors
from dejure.coding.parties import Party, unknown_party
from dejure.coding.phrases import extent
from dejure.coding.predicates import Candidate
from dejure.coding.scene import Scene
from dejure.coding.words import load_noun_classes, load_toml
from dejure.reading.reading import Sentence
from dejure.reference.tables import load_roles

__all__ = ["actors_of", "is_somebody", "parties_meant", "recipients_of"]

_MAX_LIST = 12
_DEEP = 5
#: Prepositions under which a recipient may stand, the likeliest first.
_TOWARDS = ("with", "against", "to", "towards", "toward", "at", "upon", "on", "for", "from", "over", "about", "among",
            "between", "of", "into", "behind")  # fmt: skip
#: Where the object names its own parties: "demands by X", "an end to X's rule", "the request from X for".
_INSIDE = frozenset({"of", "by", "from", "with", "against", "to", "on", "for", "between", "at", "among", "in", "into",
                     "over", "upon", "towards", "toward", "about"})  # fmt: skip
_PLACING = ("in", "into", "at", "inside", "across", "throughout", "near", "through")
#: Deeds done to bodies and things as much as to persons: what is struck, shut or seized is the recipient.
#: Deeds that most often have no recipient: none is looked for far off.
_OFTEN_ALONE = frozenset({"MOBILIZE", "PROTEST", "CONSULT", "COOPERATE"})
#: Deeds that a country suffers at the hands of its own rulers and rebels.
_AT_HOME = frozenset({"COERCE", "RETREAT", "CONCEDE", "MOBILIZE", "ASSAULT", "PROTEST"})
_TRAVEL = frozenset({"CONSULT", "MOBILIZE", "RETREAT"})
_MUTUAL = frozenset({"AGREE", "CONSULT", "COOPERATE"})
_MATERIAL = frozenset({"ASSAULT", "COERCE"})


@dataclass(frozen=True, slots=True)
class _Nouns:
    people: frozenset[str]
    bodies: frozenset[str]
    targets: frozenset[str]
    things: frozenset[str]
    people_endings: tuple[str, ...]


@functools.cache
def _nouns() -> _Nouns:
    table = load_toml("participants.toml")
    return _Nouns(
        people=frozenset(table["people"]),
        bodies=frozenset(table["bodies"]),
        targets=frozenset(table["targets"]),
        things=frozenset(table["things"]),
        people_endings=tuple(table["people_endings"]),
    )


def actors_of(scene: Scene, sentence: Sentence, candidate: Candidate) -> list[Party]:
    """Who does it, at most twelve."""
    arguments, frame = candidate.arguments, candidate.frame
    heads = arguments.subjects
    if frame.actor == "obj":
        heads = arguments.objects
    elif frame.actor.startswith("prep:"):
        heads = arguments.prep(frame.actor[5:])
    elif frame.actor == "both":
        heads = arguments.subjects + arguments.prep("with", "between")
        heads += arguments.objects if "obj" in frame.recipient else []
    parties = _parties(scene, sentence, heads)
    if not parties and frame.actor != "obj":
        parties = _parties(scene, sentence, arguments.prep("between"))
    if (
        not parties
        and frame.actor == "subj"
        and not (arguments.is_passive and sentence.tokens[candidate.at].dep == "conj")
    ):
        # "X's attack killed", "a raid by X killed": what a party did stands for the party.
        parties = [p for head in heads for p in (*_owners(scene, sentence, head), *_doers(scene, sentence, head))]
    if (
        len(parties) == 1
        and parties[0].entity.start is not None
        and (frame.event_type in _MUTUAL or frame.actor == "both")
    ):
        parties = _both_of(scene, sentence, heads) or parties
    if not parties and not arguments.is_passive and not arguments.subjects:
        label = scene.cast.label_party(sentence)
        parties = [label] if label is not None and candidate.at == _root(sentence) else []
    return parties[:_MAX_LIST]


def _doers(scene: Scene, sentence: Sentence, head: int) -> list[Party]:
    """Whose deed a subject is, by its "by" phrase."""
    under = [c.i for prep in sentence.children(head, "prep", "agent") if prep.lower == "by"
             for c in sentence.children(prep.i, "pobj")]  # fmt: skip
    return _parties(scene, sentence, under)


def _both_of(scene: Scene, sentence: Sentence, heads: list[int]) -> list[Party]:
    """The two sides that one plural noun names: "UK and EU negotiators", "the presidents of Chile and Peru"."""
    for head in heads:
        token = sentence.tokens[head]
        if token.tag not in ("NNS", "NNPS"):
            continue
        below = [i for i in sentence.subtree(head) if sentence.tokens[i].dep != "relcl"]
        if not any(sentence.tokens[i].dep == "conj" for i in below):
            continue
        named = [p for p in scene.cast.named_in(sentence, below[0], below[-1]) if p.entity.start is not None]
        if len({p.entity.key for p in named}) > 1:
            return named
    return []


def recipients_of(scene: Scene, sentence: Sentence, candidate: Candidate, actors: list[Party]) -> list[Party]:
    """To whom it is done, at most twelve; empty where nobody can be told, or where all parties act."""
    if candidate.frame.actor == "both" and len(actors) > 1:
        return []
    taken = {p.entity.key for p in actors}
    places = {(p.entity.start, p.entity.end) for p in actors}

    def others(parties: list[Party]) -> list[Party]:
        return [
            p for p in parties
            if p.entity.key not in taken
            and (p.entity.start, p.entity.end) not in places
            and not (is_travel and _is_bare_name(p))
        ]  # fmt: skip

    frame, arguments = candidate.frame, candidate.arguments
    is_travel = frame.event_type in _TRAVEL
    for slot in frame.recipient:
        heads = _slot(sentence, slot, arguments, candidate.word)
        is_patient = slot == "obj" and frame.event_type in _MATERIAL
        there = _parties(scene, sentence, heads, targets=is_patient or slot.startswith("prep"))
        found = others(there) or [p for p in there if _is_other_office(p, actors)]
        if found:
            return found[:_MAX_LIST]
    if len(actors) > 1 and frame.event_type in _MUTUAL:
        return []
    if not frame.recipient and frame.actor != "both":
        return []
    if any(sentence.tokens[at].lower.endswith(("self", "selves")) for at in arguments.objects):
        return []
    for parties in _elsewhere(scene, sentence, candidate):
        found = others(parties)
        if found:
            return found[:_MAX_LIST]
    if frame.event_type in _AT_HOME:
        return [p for p in _hosts(scene, sentence, candidate) if (p.entity.start, p.entity.end) not in places][:1]
    return []


def _is_bare_name(party: Party) -> bool:
    """Whether all that is known is one word of a name: where people and troops go, that is a place."""
    entity = party.entity
    return not party.is_known and entity.role is None and entity.name_raw[:1].isupper() and " " not in entity.name_raw


def _is_other_office(party: Party, actors: list[Party]) -> bool:
    """Whether a party is another office or body of the actor's own state ("the president dismissed the minister")."""
    entity = party.entity
    if (entity.start, entity.end) in {(p.entity.start, p.entity.end) for p in actors}:
        return False
    roles = {p.entity.role for p in actors}
    is_human = party.is_person or any(p.is_person for p in actors)
    return entity.role not in roles and (is_human or (entity.role is not None and None not in roles))


def _elsewhere(scene: Scene, sentence: Sentence, candidate: Candidate) -> list[list[Party]]:
    """Where else a recipient may stand, in the order of trial."""
    arguments = candidate.arguments
    objects = [at for head in arguments.objects for at in coordinated(sentence, head)]
    found = [
        _parties(scene, sentence, arguments.datives),
        [p for head in objects for p in _authors(scene, sentence, head)],
        [p for head in objects for p in _inside(scene, sentence, head)],
    ]
    found += [_below(scene, sentence, arguments.prep(name)) for name in _TOWARDS]
    found += [_named_below(scene, sentence, arguments.comps), _hosts(scene, sentence, candidate)]
    if candidate.frame.event_type not in _OFTEN_ALONE:
        found.append(_anywhere(scene, sentence, candidate.at))
    return found


def _anywhere(scene: Scene, sentence: Sentence, at: int) -> list[Party]:
    """The first party named in what hangs on a predicate, behind it."""
    for i in sentence.subtree(at):
        token = sentence.tokens[i]
        if i <= at or token.pos not in ("NOUN", "PROPN") or token.dep in ("compound", "npadvmod", "nsubj", "appos"):
            continue
        found = [p for p in _parties(scene, sentence, [i]) if not p.is_place_name]
        if found:
            return found
    return []


def _below(scene: Scene, sentence: Sentence, heads: list[int]) -> list[Party]:
    """Parties under a preposition: the head itself, else those whom its phrase names."""
    own = [p for p in _parties(scene, sentence, heads) if not _is_time(p)]
    return own or [p for head in heads for p in (*_owners(scene, sentence, head), *_inside(scene, sentence, head))]


def _is_time(party: Party) -> bool:
    return not party.is_known and not party.is_person and party.entity.role is None and not party.entity.name


def _inside(scene: Scene, sentence: Sentence, head: int, depth: int = 0) -> list[Party]:
    """The nearest parties that a noun phrase names below its head ("a call by X", "the arrest of followers of Y")."""
    if depth > _DEEP:
        return []
    for child in sentence.children(head, "prep", "agent"):
        if child.lower not in _INSIDE:
            continue
        heads = [c.i for c in sentence.children(child.i, "pobj")]
        found = _parties(scene, sentence, heads)
        found = found or [p for at in heads for p in _owners(scene, sentence, at)]
        found = found or [p for at in heads for p in _inside(scene, sentence, at, depth + 1)]
        if found:
            return found
    for child in sentence.children(head, "acl", "relcl"):
        arguments = arguments_of(sentence, child.i)
        found = _parties(scene, sentence, [at for at in arguments.subjects if at != head])
        found = found or _parties(scene, sentence, [at for at in arguments.objects if at != head])
        if found:
            return found
    return []


def _owners(scene: Scene, sentence: Sentence, head: int) -> list[Party]:
    """Who owns, or gives the name to, a thing: "X's decision", "the Turkish decision"."""
    found = _parties(scene, sentence, possessors(sentence, head))
    if found:
        return found
    found = _parties(scene, sentence, [c.i for c in sentence.children(head, "compound", "nmod")])
    if found:
        return found
    owner = scene.cast.owner_of(sentence, head)
    return [owner] if owner is not None and owner.is_known and owner.entity.start is not None else []


def _authors(scene: Scene, sentence: Sentence, head: int) -> list[Party]:
    """Whose deed an object is: "Russia's decision", else "the decision" told of before."""
    found = _owners(scene, sentence, head)
    author = scene.author_of(sentence, head) if not found else None
    return found or ([author] if author is not None else [])


def _named_below(scene: Scene, sentence: Sentence, comps: list[int]) -> list[Party]:
    """Whom a complement names: its objects and what its prepositions govern, else the first name in it."""
    for comp in comps:
        arguments = arguments_of(sentence, comp)
        heads = [arguments.objects, arguments.datives, *(arguments.prep(name) for name in _TOWARDS)]
        for one in heads:
            found = _parties(scene, sentence, one)
            found = found or [p for head in one for p in _owners(scene, sentence, head)]
            if found:
                return found
        below = sentence.subtree(comp)
        named = [p for p in scene.cast.named_in(sentence, below[0], below[-1]) if not p.is_place_name]
        if named:
            return named[:1]
    return []


def _hosts(scene: Scene, sentence: Sentence, candidate: Candidate) -> list[Party]:
    """Whose land it was done in, where nobody else is named."""
    heads = candidate.arguments.prep(*_PLACING)
    above = sentence.tokens[candidate.at].head
    if sentence.tokens[candidate.at].dep in ("xcomp", "advcl"):
        heads = heads + arguments_of(sentence, above).prep("in", "at", "to")
    found = [p for p in scene.cast.of_heads(sentence, heads) if p.slug is not None and not p.is_person]
    return found if candidate.frame.event_type == "CONSULT" else [p for p in found if not p.is_place_name]


def _slot(sentence: Sentence, slot: str, arguments: Arguments, word: int) -> list[int]:
    if slot == "obj":
        return arguments.objects
    if slot == "dative":
        return arguments.datives
    if slot == "subj":
        return arguments.subjects
    if slot == "comp.subj":
        return [head for comp in arguments.comps for head in arguments_of(sentence, comp).subjects]
    if slot == "comp.obj":
        return [head for comp in arguments.comps for head in arguments_of(sentence, comp).objects]
    if slot == "comp.agent":
        return [head for comp in arguments.comps for head in arguments_of(sentence, comp).prep("by")]
    if slot == "poss":
        return possessors(sentence, word)
    return arguments.prep(slot[5:]) if slot.startswith("prep:") else []


def _parties(scene: Scene, sentence: Sentence, heads: list[int], *, targets: bool = False) -> list[Party]:
    """Parties of these heads that can take part, without repeats."""
    found: dict[tuple[str, str | None], Party] = {}
    for head in heads:
        for at in coordinated(sentence, head):
            names_people = is_somebody(sentence, at, targets=targets)
            for party in _meant(scene, sentence, at):
                if _is_unknown_place(sentence, at, party):
                    continue
                if _takes_part(party) or (names_people and party.entity.start is not None):
                    named = party if names_people else _narrowed(scene, sentence, at, party)
                    found.setdefault((named.entity.key, named.entity.role), named)
    return list(found.values())


def parties_meant(scene: Scene, sentence: Sentence, head: int) -> list[Party]:
    """The parties that a noun phrase names where it is known to take part; its words where the tables know nobody."""
    found = []
    for party in _meant(scene, sentence, head):
        if party.entity.start is None and not party.is_known:
            continue
        people = is_somebody(sentence, head, targets=False)
        found.append(party if people else _narrowed(scene, sentence, head, party))
    return found or [_described(scene, sentence, head)]


def _is_unknown_place(sentence: Sentence, i: int, party: Party) -> bool:
    """Whether a name that no table knows stands where places stand: "in Etosha", "at Hoek"."""
    above = sentence.tokens[sentence.tokens[i].head]
    is_nobody = not party.is_known and party.entity.role is None
    return is_nobody and sentence.tokens[i].pos == "PROPN" and above.lower in _PLACING and above.dep == "prep"


def _narrowed(scene: Scene, sentence: Sentence, i: int, party: Party) -> Party:
    """Of a thing that a party owns, the words that name the owner: of "Russia's decision" the word "Russia"."""
    if sentence.tokens[i].pos != "NOUN" or not party.is_known or party.entity.role is not None:
        return party
    heads = [c.i for c in sentence.children(i, "poss", "compound", "nmod", "amod")]
    heads += [c.i for prep in sentence.children(i, "prep", "agent") if prep.lower in ("of", "by")
              for c in sentence.children(prep.i, "pobj")]  # fmt: skip
    for head in heads:
        for owner in scene.cast.parties(sentence, head):
            if owner.entity.key == party.entity.key and owner.entity.start is not None:
                return owner
    return party


def _meant(scene: Scene, sentence: Sentence, i: int) -> list[Party]:
    """Parties of a head; for a pronoun the words of the same sentence that it stands for, where they name somebody."""
    parties = scene.cast.parties(sentence, i)
    token = sentence.tokens[i]
    if not parties and is_somebody(sentence, i, targets=False):
        return [_described(scene, sentence, i)]
    if token.pos != "PRON" or token.lower not in _THIRD:
        return parties
    if parties:
        return [_named_before(scene, sentence, i, party) for party in parties]
    above = token
    for _ in range(_DEEP):
        if above.head == above.i:
            break
        above = sentence.tokens[above.head]
        is_saying = load_governors().get((above.lemma, "verb")) in ("report", "claim", "announce")
        if is_saying and token.head != above.i and above.dep != "relcl":
            speakers = [at for at in arguments_of(sentence, above.i).subjects if at < i]
            found = [p for at in speakers if sentence.tokens[at].pos != "PRON" for p in _parties(scene, sentence, [at])]
            if found:
                return found
    return []


def _described(scene: Scene, sentence: Sentence, i: int) -> Party:
    """Somebody whom only the words tell: of a name that can mean several, no guess is made which."""
    first, last = extent(sentence, i)
    start, end = sentence.span(first, last)
    text = scene.reading.text(sentence.part)[start:end]
    party = unknown_party(text, is_plural=sentence.tokens[i].tag in ("NNS", "NNPS"))
    return party.at(replace(party.entity, name_raw=text, part=sentence.part, start=start, end=end))


_THIRD = frozenset({"it", "he", "she", "they", "its", "his", "her", "their", "him", "them"})


def _named_before(scene: Scene, sentence: Sentence, i: int, party: Party) -> Party:
    for mention in scene.cast.before(sentence, i):
        if mention.order[0] != sentence.index:
            break
        entity = mention.party.entity
        is_name = entity.start is not None and entity.name_raw.lower() not in _THIRD
        if is_name and entity.key == party.entity.key:
            return mention.party
    return party


def is_somebody(sentence: Sentence, i: int, *, targets: bool) -> bool:
    """Whether a noun names people or a body of people; with `targets`, also what can be struck or seized."""
    nouns = _nouns()
    token = sentence.tokens[i]
    if token.pos not in ("NOUN", "PROPN", "ADJ", "NUM"):
        return False
    lemma = token.lemma.lower()
    if lemma in nouns.people or lemma in nouns.bodies or (targets and lemma in nouns.targets):
        return True
    if token.lemma in load_noun_classes().quantities or token.pos == "NUM":
        return _counts_somebody(sentence, i)
    if lemma in nouns.things or len(lemma) < _SHORT:
        return False
    return token.pos == "NOUN" and lemma.endswith(nouns.people_endings)


_SHORT = 5


def _counts_somebody(sentence: Sentence, i: int) -> bool:
    for prep in sentence.children(i, "prep"):
        if prep.lower == "of":
            return any(is_somebody(sentence, c.i, targets=False) for c in sentence.children(prep.i, "pobj"))
    return False


def _takes_part(party: Party) -> bool:
    """Whether a party can act or be acted upon: somebody known, a person, a role's holder, but no mere source."""
    role = load_roles().get(party.entity.role or "")  # who has lost an office has a role of no table
    if role is not None and role.kind == "source":
        return False
    return party.is_known or party.entity.role is not None or party.is_person


def _root(sentence: Sentence) -> int:
    return next((t.i for t in sentence.tokens if t.head == t.i), 0)
