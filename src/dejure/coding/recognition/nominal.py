"""Recognition told by nouns: withdrawn, come from somebody, studied; a clause on who is the government.

"The withdrawal of recognition from X", "a switch of recognition from X to Y", "recognition came from X", "recognition
is under study", "recognises that the Government of X is the sole legal government".
"""

from __future__ import annotations

from collections.abc import Iterator

from dejure.coding.actors import Cast
from dejure.coding.clauses import Arguments, arguments_of, noun_arguments, possessors
from dejure.coding.outlook import outlook_of, subjects_above
from dejure.coding.parties import Party, is_contested
from dejure.coding.recognition.conditions import depending_verb
from dejure.coding.recognition.indirect import standing_topic
from dejure.coding.recognition.judge import Base
from dejure.coding.recognition.polity import recognised_by, recognised_of, recognition_words
from dejure.coding.recognition.several import names_from
from dejure.coding.recognition.trigger import Trigger, light_verb, names_before
from dejure.reading.language import Token
from dejure.reading.reading import Sentence
from dejure.records import Recognised

__all__ = [
    "by_amount",
    "by_deed_noun",
    "by_sole_government",
    "came_from",
    "deed_noun",
    "granted_by_those_before",
    "has_nothing_to_do",
    "is_topic",
    "is_unspoken",
    "made_to_depend",
    "take_by_phrase",
    "thanked_for",
    "turned_down",
    "under_study",
]

#: How many words before a noun, and how far above it in the parse, what is said of it may stand.
_NEAR, _CLIMB = 5, 3


def by_deed_noun(cast: Cast, sentence: Sentence, i: int, own: Arguments) -> Iterator[Trigger]:
    """As in "the withdrawal of recognition from X", "its switch of recognition from X to Y"."""
    noun = deed_noun(sentence, i)
    if noun is None:
        return
    words = recognition_words()["recognition_nouns"]
    outer = noun_arguments(sentence, noun.i)
    verb = light_verb(sentence, noun.i)
    arguments = arguments_of(sentence, verb) if verb is not None else Arguments()
    heads = outer.subjects + own.subjects or arguments.subjects
    heads = heads if verb is None or outer.subjects or own.subjects else arguments.subjects
    doers = cast.of_heads(sentence, heads)
    given = own.prep("of", "to", "for") + outer.prep("to", "for")
    left = own.prep("from") + outer.prep("from")
    at = verb if verb is not None and not (outer.subjects or own.subjects) else noun.i
    is_bare = at == noun.i
    if noun.lemma in words["switch"]:
        turns: tuple[tuple[list[int], Base], ...] = (
            (outer.prep("to") + own.prep("to"), "recognise"),
            (left, "sever-relations"),
        )
        for there, turn in turns:
            found = _recognised(cast, sentence, there, own)
            parties = tuple(p for p in doers if p.slug not in {r.id for r in found})
            how = "switch" if turn == "recognise" else None
            if found and parties:
                yield Trigger(turn, at, i, parties, tuple(found), "noun of switching", "", how, presupposed=is_bare)
        return
    is_undone = noun.lemma in words["withdraw"] or noun.lemma in words["suspend"]
    found = _recognised(cast, sentence, own.prep("of") or (left if is_undone else given), own)
    found = found or standing_topic(cast, sentence, i)
    parties = tuple(p for p in doers if p.slug not in {r.id for r in found})
    if not found or (not parties and is_bare):
        return
    base: Base = "withdraw" if is_undone else "recognise"
    manner = "suspend" if noun.lemma in words["suspend"] else "resume" if noun.lemma in words["resume"] else None
    rule = f"noun of deed ({noun.lemma})"
    yield Trigger(base, at, i, parties, tuple(found), rule, "", manner, presupposed=is_bare)


def deed_noun(sentence: Sentence, i: int) -> Token | None:
    """The noun of a deed that recognition stands under ("withdrawal of recognition"), None for any other."""
    token = sentence.tokens[i]
    prep = sentence.tokens[token.head]
    if token.dep != "pobj" or prep.lower != "of":
        return None
    noun = sentence.tokens[prep.head]
    words = recognition_words()["recognition_nouns"]
    kinds = words["withdraw"] | words["suspend"] | words["switch"] | words["resume"]
    return noun if noun.pos in ("NOUN", "PROPN") and noun.lemma.lower() in kinds else None


def _recognised(cast: Cast, sentence: Sentence, heads: list[int], own: Arguments) -> list[Recognised]:
    return [one for h in heads for one in recognised_of(cast, sentence, h, own.prep("as"))]


def came_from(cast: Cast, sentence: Sentence, i: int, own: Arguments) -> Trigger | None:
    """As in "recognition came from X on Monday and from Y", "its only recognition has come from X"."""
    token = sentence.tokens[i]
    verb = sentence.tokens[token.head]
    if token.dep != "nsubj" or verb.lemma not in recognition_words()["recognition_nouns"]["coming"]:
        return None
    parties = []
    for other in sentence.tokens[verb.i + 1 :]:
        if other.lower == "from" and (other.head == verb.i or other.dep == "conj"):
            parties += names_from(cast, sentence, other.i + 1)[0]
    found = _recognised(cast, sentence, own.prep("of", "for"), own)
    owners = [recognised_by(p, cast.on) for p in cast.of_heads(sentence, possessors(sentence, i))]
    found = found or [one for one in owners if one is not None] or standing_topic(cast, sentence, i)
    ids = {one.id for one in found}
    doers = tuple(p for p in parties if p.slug not in ids)
    return Trigger("recognise", verb.i, i, doers, tuple(found), "recognition came from") if doers and found else None


def turned_down(cast: Cast, sentence: Sentence, i: int, own: Arguments) -> Trigger | None:
    """As in "turned down Kosovo's request for recognition", "rebuffed a plea by Kosovo for recognition"."""
    token = sentence.tokens[i]
    prep = sentence.tokens[token.head]
    noun = sentence.tokens[prep.head]
    words = recognition_words()
    if token.dep != "pobj" or prep.lower != "for" or noun.lemma not in words["calling"]["nouns"] | {"application"}:
        return None
    verb = sentence.tokens[noun.head]
    is_down = any(c.lower == "down" for c in sentence.children(verb.i))
    is_refused = verb.lemma in words["proforms"]["turning_down"] or (verb.lemma == "turn" and is_down)
    if not is_refused or noun.dep not in ("dobj", "nsubjpass") or outlook_of(sentence, verb.i).negated:
        return None
    found = _recognised(cast, sentence, own.prep("of"), own)
    askers = cast.of_heads(sentence, possessors(sentence, noun.i) + noun_arguments(sentence, noun.i).prep("by", "from"))
    found = (
        found
        or [r for p in askers if (r := recognised_by(p, cast.on)) is not None]
        or standing_topic(cast, sentence, i)
    )
    slugs = {one.id for one in found}
    subjects = cast.of_heads(sentence, arguments_of(sentence, verb.i).subjects)
    doers = tuple(p for p in subjects if p.can_recognise and p.slug not in slugs)
    if not found or not doers:
        return None
    return Trigger("recognise", verb.i, i, doers, tuple(found), "request for recognition turned down", forced="refuse")


def under_study(cast: Cast, sentence: Sentence, i: int, own: Arguments) -> Trigger | None:
    """As in "recognition of X is under consideration", "was not being considered": for who says so."""
    token = sentence.tokens[i]
    verb = sentence.tokens[token.head]
    if token.dep not in ("nsubj", "nsubjpass") or token.i > verb.i:
        return None
    words = recognition_words()
    under = [c for p in sentence.children(verb.i, "prep") if p.lower == "under" for c in sentence.children(p.i, "pobj")]
    is_studied = any(c.lemma in words["recognition_nouns"]["under"] for c in under)
    is_passive = token.dep == "nsubjpass" and verb.lemma in words["recognition_object"]["consider"]
    found = _recognised(cast, sentence, own.prep("of", "for"), own) or standing_topic(cast, sentence, i)
    is_not_on = _is_not_on(sentence, token.i, verb.i)
    is_out = is_not_on or (verb.lemma in ("be", "remain", "seem") and _is_out_of_question(sentence, verb.i))
    if not found or not (is_studied or is_passive or is_out):
        return None
    is_negated = outlook_of(sentence, verb.i).negated and not is_not_on
    if (
        is_out
        and not own.prep("of", "for")
        and any(t.lemma in recognition_words()["verbs"]["recognise"] for t in sentence.tokens)
    ):
        # Another recognition of the same sentence may be meant.
        return None
    if is_out:
        return _ruled_out(cast, sentence, i, verb.i, own, found) if not is_negated else None
    doers = tuple(p for p in cast.of_heads(sentence, own.subjects) if p.can_recognise)
    return Trigger("recognise", verb.i, i, doers, tuple(found), "recognition under study",
                   forced="refuse!" if is_negated else "consider!")  # fmt: skip


def _is_out_of_question(sentence: Sentence, verb: int) -> bool:
    """As in "was out of the question", "is off the table", "would be premature"."""
    words = recognition_words()["untimely"]
    behind = " ".join(t.lower for t in sentence.tokens[verb + 1 : verb + 1 + _NEAR])
    return behind.startswith(tuple(words["ruled_out"])) or any(
        c.lemma in words["outright"] for c in sentence.children(verb, "acomp")
    )


def _is_not_on(sentence: Sentence, i: int, verb: int) -> bool:
    """As in "recognition is not on the agenda", "is not planned": the words behind "not", up to the verb or beyond."""
    neg = next((c.i for c in sentence.children(verb, "neg") if c.i > i), None)
    if neg is None or sentence.tokens[neg - 1].lemma != "be":
        return False
    behind = " ".join(t.lower for t in sentence.tokens[neg + 1 : neg + 1 + _NEAR])
    return behind.startswith(tuple(recognition_words()["untimely"]["not_on"]))


def _ruled_out(
    cast: Cast, sentence: Sentence, i: int, verb: int, own: Arguments, found: list[Recognised]
) -> Trigger | None:
    """A recognition that is out of the question, in the words of whoever would have to give it."""
    outlook = outlook_of(sentence, verb)
    governor = outlook.first("report", "announce", "claim", "suggest")
    if governor is None or outlook.in_condition or outlook.whether or outlook.is_question:
        return None
    slugs = {one.id for one in found}
    speakers = [
        p
        for p in cast.of_heads(sentence, subjects_above(sentence, governor))
        if p.can_recognise and p.slug not in slugs
    ]
    owners = [p for p in cast.of_heads(sentence, own.subjects) if p.can_recognise]
    doers = tuple(p for p in speakers if not owners or p.slug in {q.slug for q in owners})
    if not doers:
        return None
    return Trigger("recognise", verb, i, doers, tuple(found), "recognition out of the question", forced="refuse!")


def made_to_depend(cast: Cast, sentence: Sentence, i: int, own: Arguments) -> Trigger | None:
    """As in "says recognition depends on reforms", "X's recognition of Y hinges on": whose it is makes it depend."""
    verb = depending_verb(sentence, i)
    if verb is None:
        return None
    outlook = outlook_of(sentence, verb.i)
    if outlook.negated or outlook.in_condition or outlook.whether:
        return None
    found = _recognised(cast, sentence, own.prep("of", "for"), own) or standing_topic(cast, sentence, i)
    governor = outlook.first("report", "announce", "claim")
    heads = own.subjects or (subjects_above(sentence, governor) if governor is not None else [])
    slugs = {one.id for one in found}
    doers = tuple(p for p in cast.of_heads(sentence, heads) if p.can_recognise and p.slug not in slugs)
    if not found or not doers:
        return None
    return Trigger("recognise", verb.i, i, doers, tuple(found), "recognition depends", forced="condition!")


def by_sole_government(cast: Cast, sentence: Sentence, i: int, arguments: Arguments) -> Trigger | None:
    """As in "recognises that there is one X and that the Government of Y is the sole legal government"."""
    words = recognition_words()["object"]
    below = sentence.subtree(i)
    for at in below:
        token = sentence.tokens[at]
        is_office = token.dep in ("attr", "pobj") and token.lemma in words["as_government"] and at > i
        if not is_office or not {c.lower for c in sentence.children(at, "amod")} & words["sole"]:
            continue
        verb = sentence.tokens[token.head]
        subjects = sentence.children(verb.i, "nsubj") if verb.lemma == "be" else []
        found = [r for s in subjects for r in recognised_of(cast, sentence, s.i, [at])]
        parties = tuple(cast.of_heads(sentence, arguments.subjects))
        if found and parties and not any(c.dep == "neg" for c in sentence.children(verb.i)):
            return Trigger("recognise", i, i, parties, tuple(found), "sole legal government")
    return None


def is_unspoken(sentence: Sentence, i: int) -> bool:
    """As in "did not refer to recognition by X": what was not spoken of need not be."""
    if sentence.children(i, "det", "poss"):
        return False
    at = i
    for _ in range(_CLIMB):
        at = sentence.tokens[at].head
        if sentence.tokens[at].pos in ("VERB", "AUX"):
            return bool(sentence.children(at, "neg"))
    return False


def is_topic(sentence: Sentence, i: int) -> bool:
    """As in "talks about the recognition of X by Y", "the prospect of recognition", "possible recognition"."""
    words = recognition_words()["spoken_of"]
    if any(c.lower in words["modifiers"] for c in sentence.children(i, "amod")):
        return True
    prep = sentence.tokens[sentence.tokens[i].head]
    noun = sentence.tokens[prep.head]
    return prep.pos in ("ADP", "SCONJ") and noun.pos == "NOUN" and noun.lemma in words["nouns"]


def has_nothing_to_do(sentence: Sentence, i: int) -> bool:
    """As in "had nothing to do with recognition", "there was no question of recognition"."""
    before = [t.lower for t in sentence.tokens[max(0, i - _NEAR) : i]]
    text = " ".join(before)
    is_equal = text.endswith(
        ("tantamount to", "equivalent to", "equal to", "the same as", "a form of", "a step towards")
    )
    if is_equal:
        return any(word in ("not", "n't", "never", "neither") for word in before)
    return text.endswith(("nothing to do with", "nothing to do with any", "no question of", "nothing to do with the"))


def by_amount(
    cast: Cast, sentence: Sentence, i: int, verb: int, own: Arguments, arguments: Arguments, *, is_denied: bool = False
) -> Iterator[Trigger]:
    """As in "the step did not amount to recognition", said by whoever took it: a denial; unsaid, no act."""
    is_denied = (
        is_denied
        or bool(sentence.children(verb, "neg"))
        or any(c.lower in ("no", "not") for c in sentence.children(i, "det", "neg"))
        or _is_denied_above(sentence, verb)
    )
    if not is_denied or sentence.children(verb, "expl"):
        # "if there is no recognition" says nothing of what a step is.
        return
    as_heads = own.prep("as")
    recognised = [one for head in own.prep("of") for one in recognised_of(cast, sentence, head, as_heads)]
    recognised = recognised or standing_topic(cast, sentence, i)
    subjects = cast.of_heads(sentence, arguments.subjects)
    outlook = outlook_of(sentence, verb)
    governor = outlook.first("report", "announce", "claim", "deny")
    speakers = cast.of_heads(sentence, subjects_above(sentence, governor)) if governor is not None else []
    slugs = {one.id for one in recognised}
    doers = [p for p in [*speakers, *subjects] if p.can_recognise and p.slug not in slugs]
    doers = doers or _acting_before(cast, sentence, i, slugs)
    if recognised and doers:
        yield Trigger("recognise", verb, i, tuple(doers[:1]), tuple(recognised), "no recognition", forced="deny")


def _is_denied_above(sentence: Sentence, verb: int) -> bool:
    """As in "denied that his signature implied recognition"."""
    governor = outlook_of(sentence, verb).first("deny")
    return governor is not None and governor.pos == "verb" and governor.via == "ccomp" and not governor.negated


def _acting_before(cast: Cast, sentence: Sentence, i: int, but: set[str]) -> list[Party]:
    """The state that was told to act just before, whose step it is that is explained."""
    for mention in cast.before(sentence, i):
        if mention.order[0] < sentence.index - 1:
            break
        party = mention.party
        if mention.is_subject and party.can_recognise and party.slug is not None and party.slug not in but:
            return [party]
    return []


def thanked_for(cast: Cast, sentence: Sentence, i: int, own: Arguments) -> Trigger | None:
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


def granted_by_those_before(cast: Cast, sentence: Sentence, i: int, own: Arguments) -> Trigger | None:
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


def take_by_phrase(sentence: Sentence, i: int, own: Arguments) -> None:
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
