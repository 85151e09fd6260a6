"""What is said of an act that the words before name: "Both deny it", "weighs the matter", "asked whether ..., said no".

The verb tells what becomes of the act, its subject whose act it would be; the act itself and its polity are those of
the words of recognition told last, no further back than two sentences.
"""

from __future__ import annotations

from collections.abc import Iterator

from dejure.coding.actors import Cast
from dejure.coding.clauses import arguments_of
from dejure.coding.outlook import Outlook, outlook_of, subjects_above
from dejure.coding.parties import Party
from dejure.coding.recognition.polity import recognition_words
from dejure.coding.recognition.repeats import find_repeats
from dejure.coding.recognition.trigger import Trigger
from dejure.coding.recognition.triggers import find_triggers
from dejure.coding.scene import Scene
from dejure.reading.language import Token
from dejure.reading.reading import Sentence
from dejure.records import Recognised
from dejure.reference.tables import load_polities

__all__ = ["spoken_of_again"]

_NEAR = 2
_RECOGNISING = frozenset({"recognise"})
_UNDOING = _RECOGNISING | {"withdraw"}
_POINTING = frozenset({"the", "this", "that", "such"})
_ALIKE = frozenset({"similar", "such"})


def spoken_of_again(scene: Scene, sentence: Sentence, here: list[Trigger]) -> Iterator[Trigger]:
    """Triggers of the verbs of a sentence whose object stands for an act told before.

    Parameters
    ----------
    here : list of Trigger
        Those that the sentence names in words of its own.
    """
    words = recognition_words()
    taken = {t.at for t in here} | {t.word for t in here}
    for token in sentence.tokens:
        if token.pos not in ("VERB", "AUX") or token.i in taken:
            continue
        undoing = next((one for one in _UNDONE if token.lemma in words["recognition_object"][one]), None)
        if undoing is not None:
            yield from _undone(scene, sentence, token, undoing)
        elif token.lemma in words["proforms"]["answering"]:
            yield from (
                _answered_no(scene.cast, sentence, token, here) if here else _answered_again(scene, sentence, token)
            )
        elif (token.lemma in words["proforms"]["denying"] and _stands_for_act(sentence, token.i)) or (
            token.lemma == "do" and _is_no_such_thing(sentence, token.i)
        ):
            yield from _denied(scene, sentence, token)
        elif (
            token.lemma in words["recognition_object"]["consider"] and _stands_for_act(sentence, token.i)
        ) or _is_under_study(sentence, token):
            yield from _considered(scene, sentence, token)
        elif _rules_out(sentence, token):
            yield from _ruled_out(scene, sentence, token)


_UNDONE = ("withdraw", "freeze", "suspend")


def _undone(scene: Scene, sentence: Sentence, token: Token, reading: str) -> Iterator[Trigger]:
    """As in "Cape Verde freezes its own", "it withdraws it in 2000": the recognition told of just before."""
    arguments = arguments_of(sentence, token.i)
    told = _told_last(scene, sentence, token.i, _UNDOING)
    if told is None or not arguments.objects or arguments.is_passive:
        return
    _, act = told
    head = sentence.tokens[arguments.objects[0]]
    is_own = head.lower == "own" and any(c.lower in ("its", "their", "his", "her") for c in sentence.children(head.i))
    # "it" is a recognition only where the same sentence speaks of one by that noun.
    # (its clause may stand behind a semicolon).
    goes_on = sentence.tokens[0].lower == "it"
    nouns = recognition_words()["nouns"]["recognition"]
    near = scene.sentences[max(0, sentence.index - goes_on) : sentence.index + 1]
    is_here = head.lower in ("this", "that") and token.dep == "conj" and told[0] is sentence and act.at == token.head
    is_noun = is_here or any(act.word < len(s.tokens) and s.tokens[act.word].lemma in nouns for s in near)
    if not is_own and not (head.lower in ("it", "this", "that") and is_noun):
        return
    parties = tuple(p for p in _subjects(scene.cast, sentence, token) if p.can_recognise)
    if is_own or not parties or any(p.slug in {r.id for r in act.recognised} for p in parties):
        parties = parties if is_own else act.parties
    manner = reading if reading != "withdraw" else None
    yield Trigger("withdraw", token.i, token.i, parties, act.recognised, "recognition of its own undone", manner=manner)


def _stands_for_act(sentence: Sentence, verb: int) -> bool:
    """Whether the object of a verb is "it", "the matter", "such a step"."""
    nouns = recognition_words()["proforms"]["nouns"]
    for head in arguments_of(sentence, verb).objects:
        token = sentence.tokens[head]
        if token.lower in ("it", "this", "that"):
            return True
        before = {c.lower for c in sentence.children(head, "det", "predet", "amod")}
        is_bare = not any(c.dep in ("prep", "relcl", "acl", "compound", "poss") for c in sentence.children(head))
        if token.lemma in nouns and before & _ALIKE and is_bare:
            return True
        if token.lemma in nouns and before & _POINTING and (is_bare or _is_whole(sentence, head)):
            return True
    return False


def _is_whole(sentence: Sentence, head: int) -> bool:
    """As in "the question in all its aspects", "the matter with its partners": the phrase says how, not of what."""
    below = [c for c in sentence.children(head) if c.dep in ("prep", "relcl", "acl", "compound", "poss")]
    return all(c.dep == "prep" and c.lower in ("in", "with", "at", "under") for c in below)


def _is_no_such_thing(sentence: Sentence, verb: int) -> bool:
    """As in "has done no such thing", "did nothing of the kind"."""
    for child in sentence.children(verb, "dobj"):
        below = {c.lower for c in sentence.children(child.i)}
        if child.lower == "thing" and {"no", "such"} <= below:
            return True
        if child.lower == "nothing" and any(
            g.lemma in ("sort", "kind") for p in sentence.children(child.i, "prep") for g in sentence.children(p.i)
        ):
            return True
    return False


def _is_under_study(sentence: Sentence, token: Token) -> bool:
    """As in "the matter was under study", "has the question under review", "the question is being examined"."""
    words = recognition_words()
    under = [
        c for p in sentence.children(token.i, "prep") if p.lower == "under" for c in sentence.children(p.i, "pobj")
    ]
    under += [
        c for o in sentence.children(token.i, "dobj") for p in sentence.children(o.i, "prep") if p.lower == "under"
        for c in sentence.children(p.i, "pobj")
    ]  # fmt: skip
    is_passive = token.lemma in words["recognition_object"]["consider"] and bool(sentence.children(token.i, "auxpass"))
    is_studied = any(c.lemma in words["recognition_nouns"]["under"] for c in under)
    spoken = sentence.children(token.i, "nsubjpass" if is_passive else "nsubj", "dobj")
    return (is_passive or is_studied) and any(_is_the_matter(sentence, o) for o in spoken)


def _is_the_matter(sentence: Sentence, token: Token) -> bool:
    """Whether a noun with "the" or "this" stands for an act told before: "the question", "the matter"."""
    determiners = {c.lower for c in sentence.children(token.i, "det")}
    below = sentence.children(token.i, "relcl", "acl", "compound", "poss")
    preps = [p for p in sentence.children(token.i, "prep") if p.lower != "under"]
    is_noun = token.lemma in recognition_words()["proforms"]["nouns"]
    return is_noun and bool(determiners & _POINTING) and not below and not preps


def _rules_out(sentence: Sentence, token: Token) -> bool:
    """As in "ruled out a similar move", "rules it out", "has refused it"."""
    refusing = recognition_words()["proforms"]["refusing"]
    if token.lemma == "rule":
        if not any(c.lower == "out" for c in sentence.children(token.i)):
            return False
    elif token.lemma not in refusing:
        return False
    return _stands_for_act(sentence, token.i)


def _ruled_out(scene: Scene, sentence: Sentence, token: Token) -> Iterator[Trigger]:
    """A state that will have none of what another has done."""
    told = _told_last(scene, sentence, token.i)
    outlook = outlook_of(sentence, token.i)
    is_open = outlook.negated or outlook.in_condition or outlook.possible or outlook.whether or outlook.is_question
    if told is None or is_open or outlook.first("demand", "want", "doubt", "negate", "predict") is not None:
        return
    where, act = told
    doers = {p.slug for p in act.parties} if _is_done(outlook_of(where, act.at)) else set()
    states = [p for p in _subjects(scene.cast, sentence, token) if not p.is_club and p.slug not in doers]
    yield from _trigger(token, states, act.recognised, "refuse!")


def _told_last(
    scene: Scene, sentence: Sentence, at: int, bases: frozenset[str] = _RECOGNISING
) -> tuple[Sentence, Trigger] | None:
    """The words of recognition before a token, the nearest ones, no further back than two sentences."""
    for earlier in reversed(scene.sentences[max(0, sentence.index - _NEAR) : sentence.index + 1]):
        if earlier.part != sentence.part and not earlier.is_headline:
            continue
        triggers = [t for t in find_triggers(scene.cast, earlier) if t.base in bases and t.recognised]
        before = [t for t in triggers if earlier is not sentence or t.word < at]
        if before:
            return earlier, max(before, key=lambda t: t.word)
    return None


def _denied(scene: Scene, sentence: Sentence, token: Token) -> Iterator[Trigger]:
    """A denial by those who are said to have done it; of "no such thing", by whoever says so of itself."""
    told = _told_last(scene, sentence, token.i, _UNDOING)
    outlook = outlook_of(sentence, token.i)
    if told is None or outlook.negated or outlook.future or outlook.would or outlook.can or outlook.in_condition:
        return
    doers = {p.slug or p.entity.key for p in told[1].parties}
    subjects = _subjects(scene.cast, sentence, token)
    denying = [p for p in subjects if (p.slug or p.entity.key) in doers]
    if token.lemma == "do":
        denying = denying or [p for p in subjects if p.can_recognise and scene.cast.topic_is_told]
    yield from _trigger(token, denying, told[1].recognised, "deny")


def _considered(scene: Scene, sentence: Sentence, token: Token) -> Iterator[Trigger]:
    """A state that weighs the matter, where its own recognition was spoken of or that of others."""
    told = _told_last(scene, sentence, token.i)
    outlook = outlook_of(sentence, token.i)
    is_stated = not (outlook.negated or outlook.in_condition or outlook.possible or outlook.obliged or outlook.whether)
    # "refused to consider it", "was asked to consider it" are of another kind.
    is_own = is_stated and outlook.first("refuse", "demand", "want", "doubt", "negate") is None
    is_judging = bool(sentence.children(token.i, "ccomp", "xcomp", "oprd", "acomp"))
    if told is None or not is_own or is_judging:
        return
    where, act = told
    # What it has done it no longer weighs.
    doers = {p.slug for p in act.parties} if _is_done(outlook_of(where, act.at)) else set()
    states = [p for p in _subjects(scene.cast, sentence, token) if not p.is_club and p.slug not in doers]
    yield from _trigger(token, states, act.recognised, "consider!")


def _is_done(outlook: Outlook) -> bool:
    is_open = outlook.future or outlook.would or outlook.possible or outlook.obliged or outlook.in_condition
    is_open = is_open or outlook.first("demand", "want", "plan", "consider", "refuse", "predict") is not None
    return not (outlook.negated or is_open or outlook.whether or outlook.is_question or outlook.unreal)


def _answered_no(cast: Cast, sentence: Sentence, token: Token, here: list[Trigger]) -> Iterator[Trigger]:
    """As in "Asked whether his country would recognise X, the minister said no": his refusal."""
    if not _says_no(sentence, token) or outlook_of(sentence, token.i).negated:
        return
    speakers = cast.of_heads(sentence, arguments_of(sentence, token.i).subjects)
    countries = {p.entity.country for p in speakers if p.entity.country is not None}
    for trigger in here:
        is_asked = outlook_of(sentence, trigger.at).whether or outlook_of(sentence, trigger.at).is_question
        meant = [p for p in trigger.parties if p.entity.country in countries]
        if trigger.base == "recognise" and is_asked and trigger.at < token.i:
            # Whether it would: a refusal. Whether it has: a denial.
            asked = outlook_of(sentence, trigger.at)
            is_past = asked.past or asked.perfect or asked.past_perfect
            yield from _trigger(token, meant, trigger.recognised, "deny" if is_past and not asked.would else "refuse!")
            return


def _says_no(sentence: Sentence, token: Token) -> bool:
    """Whether "no" stands behind a verb of answering, in quotation marks or not."""
    at = token.i + 1
    while at < len(sentence.tokens) and (
        sentence.tokens[at].pos == "PUNCT"
        or sentence.tokens[at].lower in _MARKS
    ):  # fmt: skip
        at += 1
    if at >= len(sentence.tokens) or sentence.tokens[at].lower != "no":
        return False
    behind = sentence.tokens[at + 1] if at + 1 < len(sentence.tokens) else None
    return sentence.tokens[at].head == token.i or behind is None or behind.pos == "PUNCT"


_MARKS = frozenset("\"'“”‘’")


def _answered_again(scene: Scene, sentence: Sentence, token: Token) -> Iterator[Trigger]:
    """As in "Asked if his country would do the same, the minister said no"."""
    if not _says_no(sentence, token) or outlook_of(sentence, token.i).negated:
        return
    told = _told_last(scene, sentence, token.i)
    speakers = scene.cast.of_heads(sentence, arguments_of(sentence, token.i).subjects)
    countries = {p.entity.country for p in speakers if p.entity.country is not None}
    for repeat in find_repeats(scene.cast, sentence, set()) if told is not None else ():
        outlook = outlook_of(sentence, repeat.at)
        is_asked = outlook.first("question") is not None or outlook.whether or outlook.in_condition
        meant = [p for p in repeat.parties if p.entity.country in countries]
        if told is not None and is_asked and repeat.at < token.i and (outlook.would or outlook.future):
            yield from _trigger(token, meant, told[1].recognised, "refuse!")
            return


def _subjects(cast: Cast, sentence: Sentence, token: Token) -> list[Party]:
    heads = arguments_of(sentence, token.i).subjects
    governor = outlook_of(sentence, token.i).first("report", "announce", "claim")
    if _is_under_study(sentence, token) and not sentence.children(token.i, "dobj"):
        heads = [c.i for a in sentence.children(token.i, "agent") for c in sentence.children(a.i, "pobj")]
    is_pronoun = all(sentence.tokens[h].lower in ("it", "they", "he", "she") for h in heads)
    if is_pronoun and governor is not None:
        # "told us it had done no such thing": who says so says it of itself.
        heads = subjects_above(sentence, governor)
    return cast.of_heads(sentence, heads)


def _trigger(token: Token, parties: list[Party], recognised: tuple[Recognised, ...], forced: str) -> Iterator[Trigger]:
    """One trigger of those of the parties that can recognise and whose own the polity is not."""
    polities = load_polities()
    own = {r.id for r in recognised}
    own |= {parent for r in recognised if (one := polities.get(r.id)) is not None and (parent := one.parent)}
    doers = tuple(p for p in parties if p.can_recognise and p.slug not in own)
    if doers:
        yield Trigger("recognise", token.i, token.i, doers, recognised, "spoken of again", forced=forced)
