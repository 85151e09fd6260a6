"""What in a sentence may be an act of recognition: verbs, nouns, ties, credentials.

A `Trigger` says which bare act the words name, at which predicate, done by whom (heads), about which polity. What
stands over it is judged elsewhere.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator

from dejure.coding.actors import Cast
from dejure.coding.clauses import Arguments, arguments_of, noun_arguments, possessors
from dejure.coding.parties import Party, is_contested
from dejure.coding.recognition.credentials import by_accrediting, by_credentials, by_those
from dejure.coding.recognition.doers import acting, acting_by_document
from dejure.coding.recognition.groups import both_behind
from dejure.coding.recognition.indirect import excepted, put_off, standing_topic, untimely
from dejure.coding.recognition.judge import Base
from dejure.coding.recognition.meant_subjects import asked_members, beside_rank, meant_by_it, one_of_several, whole_club
from dejure.coding.recognition.nominal import (
    by_amount,
    by_deed_noun,
    by_sole_government,
    came_from,
    deed_noun,
    granted_by_those_before,
    has_nothing_to_do,
    is_topic,
    is_unspoken,
    made_to_depend,
    take_by_phrase,
    thanked_for,
    turned_down,
    under_study,
)
from dejure.coding.recognition.polity import recognised_by, recognised_of, recognition_words
from dejure.coding.recognition.presupposed import has_and, of_first_name
from dejure.coding.recognition.several import named_of_general
from dejure.coding.recognition.subjects import (
    before_frame,
    called_upon,
    doer_of_aside,
    misread_subjects,
    name_behind,
    own_government,
    shared_object,
)
from dejure.coding.recognition.things import is_of_thing, only_another
from dejure.coding.recognition.ties import by_breaking, by_exchange, by_ties
from dejure.coding.recognition.ties_again import by_them
from dejure.coding.recognition.times import time_follows
from dejure.coding.recognition.trigger import Trigger, is_put_off, light_verb
from dejure.coding.recognition.turning import by_turning
from dejure.reading.language import Token
from dejure.reading.reading import Sentence
from dejure.records import Recognised

__all__ = ["Trigger", "find_triggers"]


_PAIR = 2
_THEIR_OWN = frozenset({"its", "their", "his", "her"})
_NOUNS = ("recognition", "derecognition", "de-recognition")


@functools.cache
def _openers() -> frozenset[str]:
    """Lemmas that may open a trigger, beside the nouns of recognition."""
    words = recognition_words()
    verbs, relations, credentials = words["verbs"], words["relations"], words["credentials"]
    lists = (
        verbs["recognise"], verbs["withdraw"], verbs["acknowledge"], relations["nouns"], relations["envoys"],
        credentials["nouns"], credentials["accredit"], ("break",), relations["establish"], relations["restore"],
        relations["sever"], words["turning"]["verbs"], words["turning"]["moving"],
    )  # fmt: skip
    return frozenset(word for them in lists for word in them)


def find_triggers(cast: Cast, sentence: Sentence) -> Iterator[Trigger]:
    """Triggers of a sentence, in order of their words."""
    openers = _openers()
    for token in sentence.tokens:
        if token.lower == "those" and token.i:
            yield from by_those(cast, sentence, token.i)
        elif token.lemma in openers or token.lemma.startswith(_NOUNS):
            yield from _opened_by(cast, sentence, token)


def _opened_by(cast: Cast, sentence: Sentence, token: Token) -> Iterator[Trigger]:
    words = recognition_words()
    if token.pos in ("VERB", "AUX", "NOUN", "ADJ", "PROPN") or token.tag.startswith("VB"):
        if token.lemma in words["verbs"]["recognise"] or token.lemma in words["verbs"]["withdraw"]:
            yield from _by_verb(cast, sentence, token.i)
        elif token.lemma in words["verbs"]["acknowledge"] and token.pos == "VERB":
            yield from _by_acknowledging(cast, sentence, token.i)
        elif token.lemma.startswith(_NOUNS):
            yield from _by_noun(cast, sentence, token.i)
        elif token.lemma in words["relations"]["nouns"]:
            yield from by_ties(cast, sentence, token.i)
        elif token.lemma in words["credentials"]["nouns"]:
            yield from by_credentials(cast, sentence, token.i)
        elif token.lemma in words["relations"]["envoys"] and token.tag in ("NNS", "NNPS"):
            yield from by_exchange(cast, sentence, token.i)
        elif token.lemma == "break" and token.pos == "VERB":
            yield from by_breaking(cast, sentence, token.i)
        elif token.lemma in words["turning"]["verbs"] | words["turning"]["moving"] and token.pos == "VERB":
            yield from by_turning(cast, sentence, token.i)
        elif token.lemma in words["credentials"]["accredit"]:
            yield from by_accrediting(cast, sentence, token.i)
        elif token.pos == "VERB":
            yield from by_them(cast, sentence, token.i)


# -- recognise ------------------------------------------------------------------------------------------------------


def _by_verb(cast: Cast, sentence: Sentence, i: int) -> Iterator[Trigger]:
    words = recognition_words()
    arguments = arguments_of(sentence, i)
    token = sentence.tokens[i]
    if token.dep in ("amod", "compound") or token.pos in ("NOUN", "PROPN"):
        yield from _by_surface(cast, sentence, i)
        return
    if _is_epithet(token, arguments):
        return
    is_no_longer = any(c.lower == "longer" for c in sentence.children(i))
    base: Base = "withdraw" if token.lemma in words["verbs"]["withdraw"] or is_no_longer else "recognise"
    as_heads = arguments.prep("as")
    if not arguments.objects and not arguments.is_passive:
        arguments.objects, as_heads = shared_object(sentence, i, as_heads)
        arguments.objects = arguments.objects or ([] if arguments.comps else name_behind(cast, sentence, i))
        arguments.objects = arguments.objects or both_behind(sentence, i)
    called, granted = called_upon(cast, sentence, i), doer_of_aside(cast, sentence, i)
    if called is not None or (granted and base == "recognise"):
        recognised = tuple(r for head in arguments.objects for r in recognised_of(cast, sentence, head, as_heads))
        if recognised and called is not None:
            rule = "called upon to recognise"
            yield Trigger("recognise", i, i, called[0], recognised, rule, forced="demand", askers=called[1])
        elif recognised:
            yield Trigger(base, i, i, granted, recognised, "by or after doing it", presupposed=True)
        return
    if len(arguments.objects) > 1:
        # "recognised X in 1979 and Cuba a year later": the second name is of who did it next.
        arguments.objects = [
            h for h in arguments.objects if h == arguments.objects[0] or not time_follows(sentence, h + 1)
        ]
    parties = _parties(cast, sentence, i, arguments)
    if base == "recognise" and is_of_thing(cast, sentence, i, arguments.objects):
        return
    yield from _of_objects(cast, sentence, base, arguments, as_heads, parties, i)


def _is_epithet(token: Token, arguments: Arguments) -> bool:
    """As in "Transnistria, itself unrecognised", which the parse takes for a verb."""
    return token.lower.startswith("unrec") and token.lower.endswith("ed") and not arguments.objects


def _of_objects(cast: Cast, sentence: Sentence, base: Base, arguments: Arguments, as_heads: list[int],
                parties: tuple[Party, ...], i: int) -> Iterator[Trigger]:  # fmt: skip
    """Whom a verb of recognition recognises, object by object."""
    token = sentence.tokens[i]
    other = only_another(cast, sentence, i, arguments.objects)
    if other:
        yield Trigger(base, i, i, parties, tuple(other), "recognises only another", forced="refuse!")
        return
    if any(_is_each_other(sentence, head) for head in arguments.objects):
        yield from _mutual(cast, base, i, parties)
        return
    for head in arguments.objects:
        found = recognised_of(cast, sentence, head, as_heads)
        if token.dep == "relcl" and len(found) > 1 and sentence.children(head, "conj") and not has_and(sentence, head):
            # "Fiji, which recognises Kosovo, Peru and ...": behind the comma the sentence goes on.
            found = found[:1]
        if found:
            yield Trigger(base, i, i, parties, tuple(found), "verb of recognition")
        yield from excepted(cast, sentence, i, arguments.subjects, found)
    if not arguments.objects:
        yield from _without_object(cast, sentence, i, base, arguments, parties, as_heads)


def _parties(cast: Cast, sentence: Sentence, i: int, arguments: Arguments) -> tuple[Party, ...]:
    """Who recognises: the subjects, or whom the words name where the parse or the phrase hides them."""
    parties = tuple(acting(cast, sentence, arguments.subjects))
    parties = misread_subjects(cast, sentence, i, arguments) or parties
    parties = tuple(named_of_general(cast, sentence, i, arguments.subjects)) or parties
    if not any(p.can_recognise for p in parties):
        parties = tuple(acting_by_document(cast, sentence, i)) or before_frame(cast, sentence, i) or parties
    parties = whole_club(cast, sentence, arguments.subjects) or parties
    parties = tuple(asked_members(cast, sentence, i, arguments.subjects, parties))
    parties = meant_by_it(cast, sentence, i, arguments.subjects) or parties
    beside = () if any(p.can_recognise for p in parties) else beside_rank(cast, sentence, i)
    parties = beside or (*parties, *(p for p in one_of_several(cast, sentence, i) if p not in parties))
    return own_government(cast, sentence, i, arguments.subjects) or parties


def _without_object(cast: Cast, sentence: Sentence, i: int, base: Base, arguments: Arguments,
                    parties: tuple[Party, ...], as_heads: list[int]) -> Iterator[Trigger]:  # fmt: skip
    """A verb of recognition with a clause for its object, or with none: then the report's polity is understood."""
    if sentence.tokens[i].dep == "ccomp" and sentence.tokens[min(sentence.subtree(i))].lower in (
        "which",
        "whom",
        "who",
    ):
        # "say which Venezuelan it recognises", "says whom it recognises"
        return
    sole = by_sole_government(cast, sentence, i, arguments) if arguments.comps else None
    if sole is not None:
        yield sole
        return
    yield from excepted(cast, sentence, i, arguments.subjects, [])
    wanted = recognition_words()["object"]
    named = {sentence.tokens[a].lemma for a in as_heads} & (wanted["as_state"] | wanted["as_government"])
    is_label = i == 0 and sentence.tokens[i].tag in ("VBN", "VBD") and bool(parties) and _is_by(sentence, i)
    if is_label or (not arguments.comps and not arguments.is_passive and not named and sentence.tokens[i].tag != "VBN"):
        recognised = standing_topic(cast, sentence, i)
        if recognised:
            yield Trigger(base, i, i, parties, tuple(recognised), "verb of recognition, object understood")


def _is_by(sentence: Sentence, i: int) -> bool:
    """Whether "by" stands right behind ("Recognised by Peru and Chile", an item of a timeline)."""
    return i + 1 < len(sentence.tokens) and sentence.tokens[i + 1].lower == "by"


def _by_surface(cast: Cast, sentence: Sentence, i: int) -> Iterator[Trigger]:
    """Names, the verb, a contested name, and the parse has missed the verb: "Russia and Syria recognise Abkhazia"."""
    tokens = sentence.tokens
    at, first = i - 1, i
    while at >= 0 and (cast.hit(sentence, at) is not None or tokens[at].lower in (",", "and", "the")):
        first = at if cast.hit(sentence, at) is not None else first
        at -= 1
    start = i + 1 + (i + 1 < len(tokens) and tokens[i + 1].lower == "the")
    hit = cast.hit(sentence, start) if start < len(tokens) else None
    if first == i or hit is None or (at >= 0 and tokens[at].pos in ("ADP", "VERB")):
        return
    stop = start
    while stop < len(tokens) and cast.hit(sentence, stop) is hit:
        stop += 1
    if stop < len(tokens) and tokens[stop].pos in ("NOUN", "PROPN", "PART"):
        return
    parties = tuple(p for p in cast.named_in(sentence, first, i - 1) if p.can_recognise)
    found = [recognised_by(p, cast.on) for p in cast.named_in(sentence, start, start)]
    recognised = tuple(r for r in found if r is not None and is_contested(r.id))
    if parties and recognised:
        yield Trigger("recognise", i, i, parties, recognised, "names around a verb of recognition")


def _is_each_other(sentence: Sentence, i: int) -> bool:
    at = i + (sentence.tokens[i].lower in ("each", "one"))
    words = [t.lower for t in sentence.tokens[max(0, at - 1) : at + 1]]
    return words in (["each", "other"], ["one", "another"])


def _mutual(cast: Cast, base: Base, i: int, parties: tuple[Party, ...]) -> Iterator[Trigger]:
    """Two parties that recognise each other: an act of either."""
    if len(parties) != 2:
        return
    for one, other in (parties, parties[::-1]):
        recognised = recognised_by(other, cast.on)
        if recognised is not None:
            yield Trigger(base, i, i, (one,), (recognised,), "mutual recognition")


def _by_acknowledging(cast: Cast, sentence: Sentence, i: int) -> Iterator[Trigger]:
    """As in "acknowledge X as interim president" recognises; without such an "as" it does not."""
    arguments = arguments_of(sentence, i)
    as_heads = arguments.prep("as")
    wanted = recognition_words()["object"]
    if not any(sentence.tokens[a].lemma in wanted["as_state"] | wanted["as_government"] for a in as_heads):
        return
    for head in arguments.objects:
        recognised = recognised_of(cast, sentence, head, as_heads)
        if recognised:
            parties = cast.of_heads(sentence, arguments.subjects)
            yield Trigger("recognise", i, i, tuple(parties), tuple(recognised), "acknowledge as")


def _by_noun(cast: Cast, sentence: Sentence, i: int) -> Iterator[Trigger]:
    """Nominal and light-verb wording: "X's recognition of Y", "grant Y recognition", "Y won recognition from X"."""
    own = noun_arguments(sentence, i)
    take_by_phrase(sentence, i, own)
    other_senses = recognition_words()["nouns"]["other_senses"]
    if any(c.lemma in other_senses for c in sentence.children(i, "compound", "amod")):
        return
    misread = granted_by_those_before(cast, sentence, i, own) or thanked_for(cast, sentence, i, own)
    if misread is None and deed_noun(sentence, i) is not None:
        yield from by_deed_noun(cast, sentence, i, own)
        return
    if any(c.lemma == "mutual" for c in sentence.children(i, "amod")):
        verb = light_verb(sentence, i)
        both = acting(cast, sentence, arguments_of(sentence, verb).subjects) if verb is not None else []
        both = acting_by_document(cast, sentence, i) or both
        if verb is not None and len({p.slug for p in both}) < _PAIR:
            # "A's prime minister and B's president signed": the parse may lose the second.
            both = [p for p in cast.named_in(sentence, 0, verb - 1) if p.slug is not None and not p.is_person]
        yield from _mutual(cast, "recognise", i, tuple(both))
        return
    told = misread or came_from(cast, sentence, i, own) or under_study(cast, sentence, i, own)
    told = told or made_to_depend(cast, sentence, i, own) or turned_down(cast, sentence, i, own)
    if told is not None:
        yield told
        return
    verb = light_verb(sentence, i)
    arguments = arguments_of(sentence, verb) if verb is not None else Arguments()
    is_denied = has_nothing_to_do(sentence, i)
    if is_denied or (verb is not None and _says_what_it_is(sentence, verb, i)):
        at = verb if verb is not None else i
        yield from by_amount(cast, sentence, i, at, own, arguments, is_denied=is_denied)
        return
    late = put_off(cast, sentence, i) or untimely(cast, sentence, i, own)
    if late is not None:
        yield late
        return
    yield from _by_verb_over(cast, sentence, i, verb, own, arguments)


#: What the reading of a verb over recognition says of its manner, and which act it fixes.
_MANNERS = {one: one for one in ("freeze", "suspend", "resume", "reaffirm", "switch")}
_FORCED = {
    "refuse": "refuse",
    "consider": "consider",
    "plan": "intend",
    "condition": "condition",
    "demand": "demand",
    "wanted": "demand",
}


def _by_verb_over(
    cast: Cast, sentence: Sentence, i: int, verb: int | None, own: Arguments, arguments: Arguments
) -> Iterator[Trigger]:
    """What the verb over a noun of recognition makes of it ("granted", "withheld", "welcomed")."""
    reading = _light_reading(sentence, verb)
    if reading in ("done", "switch", "reaffirm", "plan") and arguments.subjects:
        # "Peru, which switched its recognition": its own, whoever was named before.
        own.subjects = [h for h in own.subjects if sentence.tokens[h].lower not in _THEIR_OWN]
    owners = [h for h in possessors(sentence, i) if h in own.subjects] + own.prep("by")
    if reading in _OWN_DEEDS and _is_anothers(cast, sentence, owners, arguments):
        reading = "presupposed"
    if reading == "demand" and own.subjects and verb is not None and sentence.tokens[verb].lemma == "call":
        # "called Peru's recognition of X a mistake"; what is asked for is called for.
        reading = "presupposed"
    base: Base = (
        "withdraw"
        if reading in ("withdraw", "freeze", "suspend") or sentence.tokens[i].lemma.startswith("de")
        else "recognise"
    )
    if reading in ("", "presupposed") and (
        any(c.lower in ("a", "an", "any", "no") for c in sentence.children(i, "det"))
        or is_unspoken(sentence, i)
        or is_topic(sentence, i)
    ):
        return
    recognised = _noun_objects(cast, sentence, i, own, arguments, reading)
    parties = _noun_subjects(cast, sentence, own, arguments, reading, [r.id for r in recognised])
    if verb is not None and reading in _OWN_DEEDS | {"withdraw", "freeze", "suspend", "resume"} and not own.subjects:
        parties = list(meant_by_it(cast, sentence, verb, arguments.subjects)) or parties
    if not recognised:
        return
    granted = _granted(sentence, i)
    if granted is not None and base == "withdraw" and parties:
        yield Trigger("recognise", granted, granted, tuple(parties), tuple(recognised), "recognition granted before")
    if reading == "switch" and verb is not None:
        left = [r for h in own.prep("from") + arguments.prep("from") for r in recognised_of(cast, sentence, h, [])]
        if left:
            yield Trigger("sever-relations", verb, i, tuple(parties), tuple(left), "switch of recognition")
    manner, forced = _MANNERS.get(reading), _FORCED.get(reading, "")
    at = verb if verb is not None and reading not in ("presupposed", "") else i
    yield Trigger(base, at, i, tuple(parties), tuple(recognised), f"noun of recognition, {reading or 'bare'}",
                  forced, manner, presupposed=reading in ("presupposed", ""))  # fmt: skip


def _granted(sentence: Sentence, i: int) -> int | None:
    """The verb in "the recognition it had granted in 2008", which tells the act that is now undone."""
    verbs = recognition_words()["recognition_object"]["done"]
    return next((c.i for c in sentence.children(i, "relcl", "acl") if c.lemma in verbs), None)


#: How far a verb may stand behind the one that shares its object, a word before the noun it is of.
_NEAR_VERB, _FRAME = 5, 3

#: Readings in which the verb's subject is the recogniser, unless the noun names another.
_OWN_DEEDS = frozenset({"refuse", "condition", "consider", "plan", "done", "reaffirm", "switch"})


def _is_anothers(cast: Cast, sentence: Sentence, owner_heads: list[int], arguments: Arguments) -> bool:
    """Whether the recognition is somebody else's than the verb's subject ("X rejected Y's recognition of Z")."""
    owners = {p.slug for p in cast.of_heads(sentence, owner_heads) if p.slug is not None}
    subjects = {p.slug for p in cast.of_heads(sentence, arguments.subjects) if p.slug is not None}
    return bool(owners and subjects and not owners & subjects)


def _says_what_it_is(sentence: Sentence, verb: int, i: int) -> bool:
    """Whether a verb says that something is, or is not, recognition ("does not amount to recognition")."""
    token = sentence.tokens[verb]
    is_verb = token.lemma in recognition_words()["amount"]["verbs"]
    if token.lemma in recognition_words()["recognition_nouns"]["reading"]:
        # "should not be read as recognition"
        is_verb = sentence.tokens[sentence.tokens[i].head].lower == "as"
    return (
        is_verb
        and sentence.tokens[i].dep in ("attr", "pobj", "dobj", "conj")
        and not (token.lemma == "confer" and not sentence.children(verb, "neg"))
    )


def _light_reading(sentence: Sentence, verb: int | None) -> str:
    if verb is None:
        return ""
    if is_put_off(sentence, verb):
        return "refuse"
    lemma = sentence.tokens[verb].lemma
    for name, verbs in recognition_words()["recognition_object"].items():
        if lemma in verbs:
            return name
    return ""


def _noun_objects(
    cast: Cast, sentence: Sentence, i: int, own: Arguments, arguments: Arguments, reading: str
) -> list[Recognised]:
    as_heads = own.prep("as") + arguments.prep("as")
    found: list[Recognised] = []
    if reading == "received" and own.prep("of"):
        winners = [recognised_by(p, cast.on) for p in cast.of_heads(sentence, arguments.subjects)]
        meant = [one for one in winners if one is not None and (is_contested(one.id) or one.id == cast.topic)]
        if meant:
            return meant
    for head in own.prep("of"):
        if sentence.tokens[head].pos == "ADJ":
            # "made its recognition of X conditional": the parse joins the name to what follows.
            head = next((c.i for c in sentence.children(head, "compound", "amod") if cast.hit(sentence, c.i)), head)
        found += recognised_of(cast, sentence, of_first_name(cast, sentence, head), as_heads)
    if found or own.prep("of"):
        return found
    owned = set(possessors(sentence, i))
    for head in _object_heads(sentence, i, own, arguments, reading):
        meant = recognised_of(cast, sentence, head, as_heads)
        found += [one for one in meant if head not in owned or is_contested(one.id) or one.id == cast.topic]
    if found or (reading in ("withdraw", "freeze", "suspend") and arguments.prep("from", "of")):
        # "withdrawn from the Nationalists": from somebody, though nothing tells whose name that is.
        return found
    for head in [c.i for c in sentence.children(i, "amod", "compound", "nmod")] + possessors(sentence, i):
        if cast.hit(sentence, head) is None:
            continue
        for party in cast.parties(sentence, head):
            one = recognised_by(party, cast.on)
            if one is not None and is_contested(one.id):
                found.append(one)
    return found or standing_topic(cast, sentence, i)


def _object_heads(sentence: Sentence, i: int, own: Arguments, arguments: Arguments, reading: str) -> list[int]:
    """Where the recognised stands beside a noun of recognition that has no "of" phrase."""
    if reading in ("received", "wanted"):
        return arguments.subjects
    if reading == "switch":
        return own.prep("to") + arguments.prep("to") + arguments.datives
    if reading == "demand" and not own.prep("for", "to"):
        # "Kosovo asked Peru for recognition"
        return arguments.subjects
    if reading not in ("done", "refuse", "withdraw", "freeze", "suspend", "resume", "reaffirm"):
        return own.prep("for", "to")
    heads = own.prep("to", "for") + arguments.datives + arguments.prep("to", "from", "of", "for")
    if reading in ("withdraw", "freeze", "suspend") and not heads:
        # "revoked Kosovo's recognition"; "withdrew Peru's recognition", by Peru's minister, is of another.
        return [h for h in possessors(sentence, i) if sentence.tokens[h].pos != "PRON"]
    return heads


def _noun_subjects(cast: Cast, sentence: Sentence, own: Arguments, arguments: Arguments, reading: str,
                   recognised: list[str]) -> list[Party]:  # fmt: skip
    if reading in ("received", "wanted"):
        heads = own.prep("from", "by") + arguments.prep("from", "by")
    elif reading == "demand":
        heads = own.subjects + own.prep("from", "by") + arguments.prep("from", "by", "on", "to")
        heads = heads or [h for h in arguments.objects if cast.hit(sentence, h) is not None]
    elif reading in ("", "presupposed"):
        heads = own.subjects + own.prep("from")
    else:
        heads = own.subjects + arguments.subjects
    parties = acting(cast, sentence, heads)
    if reading in ("received", "wanted") and not parties and recognised:
        # "won the recognition of Peru": of whom it is, where the winner is the one recognised.
        parties = [p for p in cast.of_heads(sentence, own.prep("of")) if p.can_recognise]
    return [p for p in parties if p.slug is None or p.slug not in recognised]
