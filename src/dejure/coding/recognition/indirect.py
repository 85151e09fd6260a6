"""Acts told by the way: those set apart from nobody, a recognition put off, the polity that goes without saying."""

from __future__ import annotations

from collections.abc import Iterator

from dejure.coding.actors import Cast
from dejure.coding.clauses import Arguments, noun_arguments
from dejure.coding.outlook import Governor, Outlook, outlook_of, subjects_above
from dejure.coding.parties import is_contested
from dejure.coding.recognition.conditions import conditions_behind, is_untimely
from dejure.coding.recognition.groups import last_group
from dejure.coding.recognition.polity import recognised_by, recognised_of, recognition_words
from dejure.coding.recognition.trigger import Trigger
from dejure.reading.reading import Sentence
from dejure.records import Recognised
from dejure.reference.tables import load_polities

__all__ = ["excepted", "put_off", "standing_topic", "untimely"]


def standing_topic(cast: Cast, sentence: Sentence, i: int) -> list[Recognised]:
    """As in "announced recognition" after a polity was spoken of: the last contested one, else the report's own."""
    for mention in cast.before(sentence, i):
        if mention.order[0] < sentence.index - 3:
            break
        one = recognised_by(mention.party, cast.on) if not mention.party.is_person else None
        if one is not None and (one.id == cast.topic or (cast.topic is None and is_contested(one.id))):
            return [one]
    polity = load_polities().get(cast.topic or "")
    return [Recognised(id=polity.slug, capacity=polity.capacity, name_raw="")] if polity is not None else []


def excepted(
    cast: Cast, sentence: Sentence, i: int, subjects: list[int], recognised: list[Recognised]
) -> Iterator[Trigger]:
    """As in "nobody has recognised it save X and Y", "no state but X recognises it": those set apart have."""
    tokens = sentence.tokens
    if not any(_is_nobody(sentence, head) for head in subjects):
        return
    words = recognition_words()["exceptions"]
    for at, token in enumerate(tokens):
        is_pair = at > 0 and f"{tokens[at - 1].lower} {token.lower}" in words["pairs"]
        if not is_pair and token.lower not in words["words"]:
            continue
        stop = at + 1
        while stop < len(tokens) and (
            cast.hit(sentence, stop) is not None or tokens[stop].lower in (",", "and", "the")
        ):
            stop += 1
        parties = tuple(p for p in cast.named_in(sentence, at + 1, stop - 1) if p.can_recognise and not p.is_person)
        about = recognised or standing_topic(cast, sentence, i)
        if parties and about:
            yield Trigger("recognise", at, at, parties, tuple(about), "exception to nobody", presupposed=True)
            return


def _is_nobody(sentence: Sentence, head: int) -> bool:
    """Whether a subject is "nobody", "no state", "none", "not a single country"."""
    token = sentence.tokens[head]
    if token.lower in ("nobody", "none", "noone"):
        return True
    return any(c.lower in ("no", "not", "neither") for c in sentence.children(head, "det", "neg", "preconj"))


def put_off(cast: Cast, sentence: Sentence, i: int) -> Trigger | None:
    """As in "recognition should not come first", "recognition must wait", in the words of who would have to give it."""
    token = sentence.tokens[i]
    verb = sentence.tokens[token.head]
    if token.dep == "dobj":
        # The parse may take the subject of what is said for the object of saying it.
        said = [c for c in sentence.children(verb.i, "ccomp") if c.i > i and not sentence.children(c.i, "nsubj")]
        verb = said[0] if said else verb
        if not said:
            return None
    elif token.dep == "pobj" and verb.lower == "for" and verb.i < i and sentence.tokens[verb.head].i > i:
        # "said that for Berlin recognition comes at the end": the parse makes one phrase of both.
        verb = sentence.tokens[verb.head]
        if sentence.children(verb.i, "nsubj"):
            return None
    elif token.dep not in ("nsubj", "nsubjpass") or verb.pos != "VERB":
        return None
    words = recognition_words()["putting_off"]
    outlook = outlook_of(sentence, verb.i)
    is_ahead = outlook.obliged or outlook.future or outlook.would
    waits = verb.lemma in words["waiting"] and not outlook.negated and (outlook.obliged or outlook.future)
    comes_late = verb.lemma in words["coming"] and outlook.negated and (outlook.obliged or outlook.can)
    comes_late = comes_late or (verb.lemma in words["coming"] and not outlook.negated and _at_the_end(sentence, verb.i))
    comes_late = comes_late or (
        verb.lemma == "be" and outlook.negated and is_ahead and _is_first_step(sentence, verb.i)
    )
    follows = verb.lemma in words["waiting"] | words["coming"] | {"be"} and not outlook.negated and is_ahead
    depends = follows and bool(outlook.conditions or conditions_behind(sentence, verb.i, is_negated=False))
    depends = depends or (waits and bool(conditions_behind(sentence, verb.i, is_negated=True)))
    depends = depends or (verb.lemma == "be" and outlook.obliged and not outlook.negated and _is_part(sentence, verb.i))
    governor = outlook.first("report", "announce", "claim", "suggest") or _view_above(outlook)
    if governor is None or not (waits or comes_late or depends):
        return None
    speakers = cast.of_heads(sentence, subjects_above(sentence, governor))
    own = noun_arguments(sentence, i)
    recognised = [r for h in own.prep("of") for r in recognised_of(cast, sentence, h, own.prep("as"))]
    recognised = recognised or _standing_several(cast, sentence, i)
    doers = [p for p in speakers if p.can_recognise and p.slug not in {r.id for r in recognised}]
    if not doers or not recognised:
        return None
    return Trigger("recognise", i, i, tuple(doers), tuple(recognised), "recognition put off",
                   forced="condition!" if depends else "refuse!")  # fmt: skip


def untimely(cast: Cast, sentence: Sentence, i: int, own: Arguments) -> Trigger | None:
    """As in "the time is not ripe for recognition of X": the refusal of whoever says so."""
    outlook = outlook_of(sentence, i)
    is_near = sentence.tokens[i].dep == "pobj" and sentence.tokens[sentence.tokens[i].head].lower == "for"
    if not is_near or outlook.in_condition or outlook.is_question or not is_untimely(sentence, outlook):
        return None
    governor = outlook.first("report", "announce")
    speakers = cast.of_heads(sentence, subjects_above(sentence, governor)) if governor is not None else []
    recognised = [r for h in own.prep("of") for r in recognised_of(cast, sentence, h, own.prep("as"))]
    slugs = {r.id for r in recognised}
    doers = tuple(p for p in speakers if p.can_recognise and p.slug not in slugs)
    if not doers or not recognised:
        return None
    return Trigger("recognise", i, i, doers, tuple(recognised), "recognition untimely", forced="refuse!")


def _at_the_end(sentence: Sentence, verb: int) -> bool:
    """As in "should come at the end of talks", "can come only as part of a settlement"."""
    below = [sentence.tokens[j].lower for j in sentence.subtree(verb) if j > verb]
    return any(
        word in below[:6] for word in ("end", "conclusion", "later", "part", "result", "outcome", "through", "last")
    )


def _is_first_step(sentence: Sentence, verb: int) -> bool:
    """As in "should not be the start of the process", "a first step"."""
    attributes = sentence.children(verb, "attr")
    return any(a.lemma in ("start", "beginning", "step", "precondition", "point") for a in attributes)


def _is_part(sentence: Sentence, verb: int) -> bool:
    """As in "should be part of a lasting peace"."""
    return any(a.lemma in ("part", "result", "outcome", "product", "fruit") for a in sentence.children(verb, "attr"))


def _view_above(outlook: Outlook) -> Governor | None:
    return next((g for g in outlook.governors if g.lemma in ("view", "position", "stand", "hold")), None)


def _standing_several(cast: Cast, sentence: Sentence, i: int) -> list[Recognised]:
    """The report's polities, all of those that were last told in one breath with its own."""
    one = standing_topic(cast, sentence, i)
    several = last_group(cast, sentence, i, told=cast.told) if cast.told else []
    return several if one and any(r.id == one[0].id for r in several) else one
