"""What in a sentence may be an act of recognition: verbs, nouns, ties, credentials.

A `Trigger` says which bare act the words name, at which predicate, done by whom (heads), about which polity. What
stands over it is judged elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator

from dejure.coding.actors import Cast
from dejure.coding.clauses import Arguments, arguments_of, noun_arguments, possessors
from dejure.coding.outlook import outlook_of, subjects_above
from dejure.coding.parties import Party, party_of_polity, state_of_country
from dejure.coding.recognition.doers import acting, acting_by_document
from dejure.coding.recognition.indirect import excepted, put_off, standing_topic
from dejure.coding.recognition.judge import Base
from dejure.coding.recognition.nominal import by_deed_noun, by_sole_government, came_from, deed_noun, under_study
from dejure.coding.recognition.polity import recognised_by, recognised_of, recognition_words
from dejure.coding.recognition.presupposed import has_and, of_first_name
from dejure.coding.recognition.several import named_of_general
from dejure.coding.recognition.ties import by_accrediting, by_breaking, by_credentials, by_exchange, by_ties
from dejure.coding.recognition.trigger import Trigger, is_contested, light_verb, names_before
from dejure.reading.reading import Sentence
from dejure.records import Recognised

__all__ = ["Trigger", "find_triggers"]


def find_triggers(cast: Cast, sentence: Sentence) -> Iterator[Trigger]:
    """Triggers of a sentence, in order of their words."""
    words = recognition_words()
    for token in sentence.tokens:
        if token.pos in ("VERB", "AUX", "NOUN", "ADJ", "PROPN") or token.tag.startswith("VB"):
            if token.lemma in words["verbs"]["recognise"] or token.lemma in words["verbs"]["withdraw"]:
                yield from _by_verb(cast, sentence, token.i)
            elif token.lemma in words["verbs"]["acknowledge"] and token.pos == "VERB":
                yield from _by_acknowledging(cast, sentence, token.i)
            elif token.lemma.startswith(("recognition", "derecognition", "de-recognition")):
                yield from _by_noun(cast, sentence, token.i)
            elif token.lemma in words["relations"]["nouns"]:
                yield from by_ties(cast, sentence, token.i)
            elif token.lemma in words["credentials"]["nouns"]:
                yield from by_credentials(cast, sentence, token.i)
            elif token.lemma in words["relations"]["envoys"] and token.tag in ("NNS", "NNPS"):
                yield from by_exchange(cast, sentence, token.i)
            elif token.lemma == "break" and token.pos == "VERB":
                yield from by_breaking(cast, sentence, token.i)
            elif token.lemma in words["credentials"]["accredit"]:
                yield from by_accrediting(cast, sentence, token.i)


# -- recognise ------------------------------------------------------------------------------------------------------


def _by_verb(cast: Cast, sentence: Sentence, i: int) -> Iterator[Trigger]:
    words = recognition_words()
    arguments = arguments_of(sentence, i)
    token = sentence.tokens[i]
    if token.dep in ("amod", "compound") or token.pos in ("NOUN", "PROPN"):
        yield from _by_surface(cast, sentence, i)
        return
    base: Base = "withdraw" if token.lemma in words["verbs"]["withdraw"] else "recognise"
    if any(c.lower == "longer" for c in sentence.children(i)):
        base = "withdraw"
    as_heads = arguments.prep("as")
    parties = tuple(acting(cast, sentence, arguments.subjects))
    parties = _misread_subjects(cast, sentence, i, arguments) or parties
    parties = tuple(named_of_general(cast, sentence, i, arguments.subjects)) or parties
    if not any(p.can_recognise for p in parties):
        parties = tuple(acting_by_document(cast, sentence, i)) or _before_frame(cast, sentence, i) or parties
    parties = _own_government(cast, sentence, i, arguments.subjects) or parties
    called = _called_upon(cast, sentence, i)
    if called is not None:
        addressees, askers = called
        for head in arguments.objects:
            recognised = recognised_of(cast, sentence, head, as_heads)
            if recognised:
                yield Trigger("recognise", i, i, addressees, tuple(recognised), "called upon to recognise", forced="demand", askers=askers)
        return
    if not arguments.objects and not arguments.is_passive:
        arguments.objects, as_heads = _shared_object(sentence, i, as_heads)
    if not arguments.objects and not arguments.is_passive and not arguments.comps:
        arguments.objects = _name_behind(cast, sentence, i)
    granted = _doer_of_aside(cast, sentence, i)
    if granted and base == "recognise":
        for head in arguments.objects:
            recognised = recognised_of(cast, sentence, head, as_heads)
            if recognised:
                yield Trigger(base, i, i, granted, tuple(recognised), "by or after doing it", presupposed=True)
        return
    if any(_is_each_other(sentence, head) for head in arguments.objects):
        yield from _mutual(cast, base, i, parties)
        return
    for head in arguments.objects:
        recognised = recognised_of(cast, sentence, head, as_heads)
        if token.dep == "relcl" and len(recognised) > 1 and not has_and(sentence, head):
            # "Fiji, which recognises Kosovo, Peru and ...": behind the comma the sentence goes on.
            recognised = recognised[:1]
        if recognised:
            yield Trigger(base, i, i, parties, tuple(recognised), "verb of recognition")
        yield from excepted(cast, sentence, i, arguments.subjects, recognised)
    sole = by_sole_government(cast, sentence, i, arguments) if not arguments.objects and arguments.comps else None
    if sole is not None:
        yield sole
        return
    if not arguments.objects:
        yield from excepted(cast, sentence, i, arguments.subjects, [])
    wanted = recognition_words()["object"]
    named = {sentence.tokens[a].lemma for a in as_heads} & (wanted["as_state"] | wanted["as_government"])
    if not arguments.objects and not arguments.comps and not arguments.is_passive and not named:
        recognised = standing_topic(cast, sentence, i)
        if recognised and token.tag != "VBN":
            yield Trigger(base, i, i, parties, tuple(recognised), "verb of recognition, object understood")


def _name_behind(cast: Cast, sentence: Sentence, i: int) -> list[int]:
    """The contested name right behind the verb that the parse has taken for a part of what follows."""
    start = i + 1 + (i + 1 < len(sentence.tokens) and sentence.tokens[i + 1].lower == "the")
    hit = cast.hit(sentence, start) if start < len(sentence.tokens) else None
    party = cast.named(sentence, hit) if hit is not None else None
    if hit is None or party is None or party.slug is None or not is_contested(party.slug):
        return []
    stop = start
    while stop < len(sentence.tokens) and cast.hit(sentence, stop) is hit:
        stop += 1
    is_owned = stop < len(sentence.tokens) and sentence.tokens[stop].tag in ("POS", "NN", "NNS", "NNP", "NNPS")
    return [] if is_owned else [stop - 1]


_ASIDE_BEFORE = frozenset({"after", "by", "in", "since", "on", "upon", "having"})


def _doer_of_aside(cast: Cast, sentence: Sentence, i: int) -> tuple[Party, ...]:
    """Who did it in "A day after recognising X, Peru opened", "By recognising X, Peru rewarded": the subject behind."""
    tokens = sentence.tokens
    if tokens[i].tag != "VBG" or i == 0 or tokens[i - 1].lower not in _ASIDE_BEFORE or i > _NEAR_VERB:
        return ()
    comma = next((t.i for t in tokens[i:] if t.text == ","), None)
    if comma is None:
        return ()
    for token in tokens[comma + 1 : comma + 1 + _NEAR_VERB]:
        if token.dep == "nsubj":
            verb = tokens[token.head]
            if {c.lower for c in sentence.children(verb.i, "aux")} & _MODAL or verb.lemma == "say":
                return ()
            return tuple(p for p in acting(cast, sentence, [token.i]) if p.can_recognise)
    return ()


_MODAL = frozenset({"will", "would", "could", "might", "may", "should", "'ll", "'d", "can"})


def _before_frame(cast: Cast, sentence: Sentence, i: int) -> tuple[Party, ...]:
    """The names right before "was among the first to recognise", "were quick to": the parse may have lost the subject."""
    head = sentence.tokens[sentence.tokens[i].head]
    for _ in range(_FRAME):
        if head.lemma in ("be", "become") or head.head == head.i:
            break
        head = sentence.tokens[head.head]
    if head.lemma not in ("be", "become") or head.i >= i or any(c.dep == "neg" for c in sentence.children(head.i)):
        return ()
    own = [s for s in sentence.children(head.i, "nsubj", "nsubjpass") if s.pos != "PRON"]
    ranked = recognition_words()["alongside"]["ranked"]
    if own and any(t.lemma in ranked for t in sentence.tokens[max(head.i, i - _FRAME) : i]):
        # "became on Tuesday the fifth country to": the parse has lost what it became.
        return tuple(p for p in acting(cast, sentence, [s.i for s in own]) if p.can_recognise)
    return () if own else tuple(p for p in names_before(cast, sentence, head.i) if p.can_recognise)


_FRAME = 3


def _own_government(cast: Cast, sentence: Sentence, i: int, heads: list[int]) -> tuple[Party, ...]:
    """The government that a parliament, a party, a member asks: their own, where the words name no other."""
    tokens = sentence.tokens
    head = tokens[heads[0]] if heads else None
    if head is None or head.lemma not in ("government", "cabinet", "executive") or len(heads) != 1:
        return ()
    if sentence.children(head.i, "amod", "compound", "nmod", "prep") or any(c.pos != "PRON" for c in sentence.children(head.i, "poss")):
        return ()
    verb = tokens[tokens[i].head]
    if head.head != verb.i and head.head != i:
        return ()
    for party in cast.of_heads(sentence, arguments_of(sentence, verb.i).subjects):
        is_of_it = party.acts_for == "organ" or bool({"LEG", "PTY", "OPP"} & set(party.entity.sectors))
        polity = state_of_country(party.entity.country or "") if is_of_it and party.entity.country else None
        if polity is not None:
            return (party_of_polity(polity),)
    return ()


def _called_upon(
    cast: Cast, sentence: Sentence, i: int
) -> tuple[tuple[Party, ...], tuple[Party, ...]] | None:
    """Who is asked, and who asks, in "X repeated his call on countries to recognise Y"; None where no call is meant."""
    token = sentence.tokens[i]
    words = recognition_words()["calling"]
    if token.tag != "VB" or not any(c.tag == "TO" for c in sentence.children(i)):
        return None
    head = sentence.tokens[token.head]
    nouns = [head] if head.lemma in words["nouns"] and head.pos == "NOUN" else []
    nouns += [c for c in sentence.children(head.i, "dobj") if c.lemma in words["nouns"] and c.i < i] if head.pos == "VERB" else []
    if not nouns:
        return None
    noun = nouns[0]
    asked = [p for prep in sentence.children(noun.i, "prep") if prep.lower in words["to_whom"] for p in prep.children]
    if not asked:
        return None
    verb = sentence.tokens[noun.head] if noun.dep == "dobj" else None
    askers = cast.of_heads(sentence, possessors(sentence, noun.i))
    askers = askers or (cast.of_heads(sentence, arguments_of(sentence, verb.i).subjects) if verb is not None else [])
    addressees = tuple(p for p in cast.of_heads(sentence, asked) if p.can_recognise and not _is_general(sentence, asked))
    return addressees, tuple(p for p in askers if p.is_known)


def _is_general(sentence: Sentence, heads: list[int]) -> bool:
    """Whether states in general are meant: "countries at the United Nations", "the international community"."""
    general = recognition_words()["several"]["general"] | {"community", "world"}
    return any(sentence.tokens[h].lemma in general and sentence.tokens[h].tag != "NNP" for h in heads)


def _misread_subjects(cast: Cast, sentence: Sentence, i: int, arguments: Arguments) -> tuple[Party, ...]:
    """Who did it where the parse has lost the subject of a finite verb: the names right before it."""
    token = sentence.tokens[i]
    head = sentence.tokens[token.head]
    is_they = any(sentence.tokens[h].lower == "they" for h in arguments.subjects)
    if is_they and token.dep == "ccomp" and not sentence.children(head.i, "nsubj", "nsubjpass"):
        # "Peru, Chile and Fiji have said they will": the parse has lost who said it.
        return tuple(p for p in names_before(cast, sentence, head.i) if p.can_recognise)
    if not arguments.subjects and not arguments.is_passive and token.dep == "ROOT":
        return tuple(p for p in names_before(cast, sentence, i) if p.can_recognise) if token.tag != "VB" else ()
    if sentence.children(i, "nsubj", "nsubjpass"):
        return ()
    return _just_before(cast, sentence, i) or _stray_subject(cast, sentence, i, arguments)


def _stray_subject(cast: Cast, sentence: Sentence, i: int, arguments: Arguments) -> tuple[Party, ...]:
    """A subject before the verb that the parse has hung on no verb, where the one it gives cannot act."""
    if any(p.can_recognise for p in cast.of_heads(sentence, arguments.subjects)) or sentence.tokens[i].dep != "conj":
        return ()
    for token in reversed(sentence.tokens[:i]):
        if token.dep in ("nsubj", "nsubjpass") and sentence.tokens[token.head].pos not in ("VERB", "AUX"):
            return tuple(p for p in cast.parties(sentence, token.i) if p.can_recognise)
    return ()


def _just_before(cast: Cast, sentence: Sentence, i: int) -> tuple[Party, ...]:
    """The name right before a finite verb that the parse takes for a part of it ("the United Kingdom recognises")."""
    at = i - 1
    while at >= 0 and sentence.tokens[at].dep == "advmod":
        at -= 1
    if at < 0 or sentence.tokens[i].tag not in ("VBZ", "VBP", "VBD") or cast.hit(sentence, at) is None:
        return ()
    if sentence.tokens[at].dep not in ("compound", "amod", "nmod"):
        return ()
    return tuple(p for p in cast.named_in(sentence, at, at) if p.can_recognise)


def _shared_object(sentence: Sentence, i: int, as_heads: list[int]) -> tuple[list[int], list[int]]:
    """The object of a verb coordinated with this one ("recognises and will deal with the council as ...")."""
    for child in sentence.children(i, "conj"):
        if child.pos == "VERB" and child.i > i and child.i - i <= _NEAR_VERB:
            other = arguments_of(sentence, child.i)
            return other.objects or other.prep("with"), as_heads or other.prep("as")
    return [], as_heads


#: How far a verb may stand behind the one that shares its object.
_NEAR_VERB = 5


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
    _take_by_phrase(sentence, i, own)
    other_senses = recognition_words()["nouns"]["other_senses"]
    if any(c.lemma in other_senses for c in sentence.children(i, "compound", "amod")):
        return
    misread = _granted_by_those_before(cast, sentence, i, own) or _thanked_for(cast, sentence, i, own)
    if misread is not None:
        yield misread
        return
    if deed_noun(sentence, i) is not None:
        yield from by_deed_noun(cast, sentence, i, own)
        return
    told = came_from(cast, sentence, i, own) or under_study(cast, sentence, i, own)
    if told is not None:
        yield told
        return
    verb = light_verb(sentence, i)
    arguments = arguments_of(sentence, verb) if verb is not None else Arguments()
    if _has_nothing_to_do(sentence, i):
        yield from _by_amount(cast, sentence, i, verb if verb is not None else i, own, arguments, is_denied=True)
        return
    if verb is not None and _says_what_it_is(sentence, verb, i):
        yield from _by_amount(cast, sentence, i, verb, own, arguments)
        return
    late = put_off(cast, sentence, i)
    if late is not None:
        yield late
        return
    reading = _light_reading(sentence, verb)
    if reading in _OWN_DEEDS and _is_anothers(cast, sentence, possessors(sentence, i) + own.prep("by"), arguments):
        reading = "presupposed"
    if reading == "demand" and own.subjects and verb is not None and sentence.tokens[verb].lemma == "call":
        # "called Peru's recognition of X a mistake"; what is asked for is called for.
        reading = "presupposed"
    base: Base = (
        "withdraw"
        if reading in ("withdraw", "freeze", "suspend") or sentence.tokens[i].lemma.startswith("de")
        else "recognise"
    )
    if reading in ("", "presupposed") and any(c.lower in ("a", "an", "any", "no") for c in sentence.children(i, "det")):
        return
    if reading in ("", "presupposed") and (_is_unspoken(sentence, i) or _is_topic(sentence, i)):
        return
    recognised = _noun_objects(cast, sentence, i, own, arguments, reading)
    parties = _noun_subjects(cast, sentence, own, arguments, reading, [r.id for r in recognised])
    if not recognised:
        return
    granted = _granted(sentence, i)
    if granted is not None and base == "withdraw" and parties:
        yield Trigger("recognise", granted, granted, tuple(parties), tuple(recognised), "recognition granted before")
    if reading == "switch" and verb is not None:
        left = [r for h in own.prep("from") + arguments.prep("from") for r in recognised_of(cast, sentence, h, [])]
        if left:
            yield Trigger("sever-relations", verb, i, tuple(parties), tuple(left), "switch of recognition")
    manner = {
        "freeze": "freeze",
        "suspend": "suspend",
        "resume": "resume",
        "reaffirm": "reaffirm",
        "switch": "switch",
    }.get(reading)
    forced = {
        "refuse": "refuse",
        "consider": "consider",
        "plan": "intend",
        "condition": "condition",
        "demand": "demand",
        "wanted": "demand",
    }.get(reading, "")
    at = verb if verb is not None and reading not in ("presupposed", "") else i
    yield Trigger(base, at, i, tuple(parties), tuple(recognised), f"noun of recognition, {reading or 'bare'}",
                  forced, manner, presupposed=reading in ("presupposed", ""))  # fmt: skip


def _is_unspoken(sentence: Sentence, i: int) -> bool:
    """As in "did not refer to recognition by X": what was not spoken of need not be."""
    if sentence.children(i, "det", "poss"):
        return False
    at = i
    for _ in range(_FRAME):
        at = sentence.tokens[at].head
        if sentence.tokens[at].pos in ("VERB", "AUX"):
            return bool(sentence.children(at, "neg"))
    return False


def _is_topic(sentence: Sentence, i: int) -> bool:
    """As in "talks about the recognition of X by Y", "the prospect of recognition", "possible recognition"."""
    words = recognition_words()["spoken_of"]
    if any(c.lower in words["modifiers"] for c in sentence.children(i, "amod")):
        return True
    prep = sentence.tokens[sentence.tokens[i].head]
    noun = sentence.tokens[prep.head]
    return prep.pos in ("ADP", "SCONJ") and noun.pos == "NOUN" and noun.lemma in words["nouns"]


def _thanked_for(cast: Cast, sentence: Sentence, i: int, own: Arguments) -> Trigger | None:
    """As in "Kosovo thanked Fiji for its recognition": the one thanked has recognised the one who thanks."""
    verb = light_verb(sentence, i)
    is_for = sentence.tokens[sentence.tokens[i].head].lower == "for"
    if verb is None or not is_for or sentence.tokens[verb].lemma not in recognition_words()["nouns"]["thanking"]:
        return None
    arguments = arguments_of(sentence, verb)
    recognised = [one for h in own.prep("of") for one in recognised_of(cast, sentence, h, own.prep("as"))]
    if not own.prep("of"):
        thanking = [recognised_by(p, cast.on) for p in cast.of_heads(sentence, arguments.subjects)]
        recognised = [one for one in thanking if one is not None and is_contested(one.id)]
    ids = {one.id for one in recognised}
    doers = [p for p in cast.of_heads(sentence, arguments.objects) if p.can_recognise and p.slug not in ids]
    if not doers or not recognised or outlook_of(sentence, verb).negated:
        return None
    return Trigger("recognise", i, i, tuple(doers), tuple(recognised), "thanked for recognition", presupposed=True)


def _granted_by_those_before(cast: Cast, sentence: Sentence, i: int, own: Arguments) -> Trigger | None:
    """Names, a finite verb of granting, "recognition", and the parse has taken the verb for an adjective of it."""
    for child in sentence.children(i, "amod"):
        if child.tag not in ("VBN", "VBD") or child.lemma not in recognition_words()["recognition_object"]["done"]:
            continue
        after = own.prep("to", "of") or [
            c.i
            for p in sentence.tokens[i + 1 : i + 2]
            if p.lower in ("to", "of")
            for c in sentence.children(p.i, "pobj")
        ]
        recognised = tuple(r for h in after for r in recognised_of(cast, sentence, h, own.prep("as")))
        ids = {r.id for r in recognised}
        doers = tuple(p for p in names_before(cast, sentence, child.i) if p.can_recognise and p.slug not in ids)
        if doers and recognised:
            return Trigger("recognise", child.i, i, doers, recognised, "names before granted recognition")
    return None


def _take_by_phrase(sentence: Sentence, i: int, own: Arguments) -> None:
    """In "recognition by X of Y" the parse may hang either phrase on what is near: the words decide."""
    if i + 1 >= len(sentence.tokens) or sentence.tokens[i + 1].lower != "by":
        return
    doers = [c.i for c in sentence.children(i + 1, "pobj")]
    own.subjects += [d for d in doers if d not in own.subjects]
    for doer in doers:
        for prep in sentence.children(doer, "prep"):
            if prep.lower == "of" and not own.prep("of"):
                strays = [c.i for c in sentence.children(doer, "conj") if c.i > prep.i]
                own.preps["of"] = [c.i for c in sentence.children(prep.i, "pobj")] + strays


def _granted(sentence: Sentence, i: int) -> int | None:
    """The verb in "the recognition it had granted in 2008", which tells the act that is now undone."""
    verbs = recognition_words()["recognition_object"]["done"]
    return next((c.i for c in sentence.children(i, "relcl", "acl") if c.lemma in verbs), None)


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


def _has_nothing_to_do(sentence: Sentence, i: int) -> bool:
    """As in "had nothing to do with recognition", "there was no question of recognition"."""
    before = [t.lower for t in sentence.tokens[max(0, i - _NEAR_VERB) : i]]
    text = " ".join(before)
    return text.endswith(("nothing to do with", "nothing to do with any", "no question of", "nothing to do with the"))


def _by_amount(
    cast: Cast, sentence: Sentence, i: int, verb: int, own: Arguments, arguments: Arguments, *, is_denied: bool = False
) -> Iterator[Trigger]:
    """As in "the step did not amount to recognition", said by whoever took it: a denial; unsaid, no act."""
    is_denied = is_denied or bool(sentence.children(verb, "neg")) or any(
        c.lower in ("no", "not") for c in sentence.children(i, "det", "neg")
    )
    if not is_denied:
        return
    as_heads = own.prep("as")
    recognised = [one for head in own.prep("of") for one in recognised_of(cast, sentence, head, as_heads)]
    recognised = recognised or standing_topic(cast, sentence, i)
    subjects = cast.of_heads(sentence, arguments.subjects)
    outlook = outlook_of(sentence, verb)
    governor = outlook.first("report", "announce", "claim")
    speakers = cast.of_heads(sentence, subjects_above(sentence, governor)) if governor is not None else []
    slugs = {one.id for one in recognised}
    doers = [p for p in [*speakers, *subjects] if p.can_recognise and p.slug not in slugs]
    doers = doers or _acting_before(cast, sentence, i, slugs)
    if recognised and doers:
        yield Trigger("recognise", verb, i, tuple(doers[:1]), tuple(recognised), "no recognition", forced="deny")


def _acting_before(cast: Cast, sentence: Sentence, i: int, but: set[str]) -> list[Party]:
    """The state that was told to act just before, whose step it is that is explained."""
    for mention in cast.before(sentence, i):
        if mention.order[0] < sentence.index - 1:
            break
        party = mention.party
        if mention.is_subject and party.can_recognise and party.slug is not None and party.slug not in but:
            return [party]
    return []


def _light_reading(sentence: Sentence, verb: int | None) -> str:
    if verb is None:
        return ""
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
        heads = own.subjects + own.prep("from", "by") + arguments.prep("from", "by", "on")
    elif reading in ("", "presupposed"):
        heads = own.subjects + own.prep("from")
    else:
        heads = own.subjects + arguments.subjects
    parties = acting(cast, sentence, heads)
    if reading in ("received", "wanted") and not parties and recognised:
        # "won the recognition of Peru": of whom it is, where the winner is the one recognised.
        parties = [p for p in cast.of_heads(sentence, own.prep("of")) if p.can_recognise]
    return [p for p in parties if p.slug is None or p.slug not in recognised]
