"""Background claims: nobody has, only these have, so many have, the first, the ninth, and who is in control."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from dejure.coding.clauses import arguments_of
from dejure.coding.outlook import outlook_of, subjects_above
from dejure.coding.parties import Party
from dejure.coding.recognition.triggers import Trigger, find_triggers
from dejure.coding.scene import Scene
from dejure.coding.spans import clause_span, covering
from dejure.reading.dates import DateMention
from dejure.reading.language import Token
from dejure.reading.reading import Sentence
from dejure.records import Background, Claim, Span, record_id
from dejure.when import When

__all__ = ["find_background"]

_MEMBERS = frozenset(
    "country state nation government member power republic capital body ally neighbour other one partner".split()
)
_ORDINAL = re.compile(r"^(\d{1,3})(?:st|nd|rd|th)$")
_ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
    "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
).split()
_NUMBERS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen twenty"
).split()
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
_CONTROL_VERBS = frozenset("control rule govern run hold seize take capture retake regain".split())
_CONTROLLED = frozenset("power control country kabul capital government charge".split())
_LONGEST_SCOPE = 80


@dataclass(frozen=True, slots=True)
class _Found:
    claim: Claim
    polity: str
    at: int
    parties: tuple[Party, ...] = ()
    number: int | None = None
    of: int | None = None
    scope: str | None = None


def find_background(scene: Scene) -> list[Background]:
    """Background claims of a report, in the order of the text."""
    records: dict[str, Background] = {}
    for sentence in scene.sentences:
        if sentence.is_headline:
            continue
        for found in _claims(scene, sentence):
            record = _record(scene, sentence, found)
            records.setdefault(record.id, record)
    return list(records.values())


def _claims(scene: Scene, sentence: Sentence) -> Iterator[_Found]:
    for trigger in find_triggers(scene.cast, sentence):
        if trigger.base != "recognise":
            continue
        for recognised in trigger.recognised:
            yield from _about_recognisers(sentence, trigger, recognised.id)
    for token in sentence.tokens:
        yield from _control(scene, sentence, token)


def _about_recognisers(sentence: Sentence, trigger: Trigger, polity: str) -> Iterator[_Found]:
    arguments = arguments_of(sentence, trigger.at)
    heads = list(arguments.subjects)
    for head in heads:
        token = sentence.tokens[head]
        scope = _scope(sentence, head)
        if _is_none(sentence, token) and trigger.rule.startswith(("verb of", "noun of recognition, done")):
            yield _Found("none_recognised", polity, trigger.at, scope=scope)
        elif _is_only(sentence, head):
            yield _Found("only_recognisers", polity, trigger.at, trigger.parties, scope=scope)
        elif (number := _count(sentence, token)) is not None:
            yield _Found("count", polity, trigger.at, number=number, of=_total(sentence, token), scope=scope)
    yield from _ranks(sentence, trigger, polity)


def _ranks(sentence: Sentence, trigger: Trigger, polity: str) -> Iterator[_Found]:
    """As in "the first country to recognise", "the ninth EU member to do so"."""
    token = sentence.tokens[trigger.at]
    noun = sentence.tokens[token.head]
    if token.dep not in ("relcl", "acl", "xcomp", "advcl") or noun.pos not in ("NOUN", "PROPN", "ADJ", "NUM"):
        return
    words = [noun, *sentence.children(noun.i, "amod", "nummod", "compound", "advmod")]
    for word in words:
        rank = _rank(word)
        if rank == 1:
            yield _Found("first", polity, trigger.at, trigger.parties, scope=_scope(sentence, noun.i))
        elif rank is not None:
            yield _Found("ordinal", polity, trigger.at, trigger.parties, number=rank, scope=_scope(sentence, noun.i))


def _control(scene: Scene, sentence: Sentence, token: Token) -> Iterator[_Found]:
    """As in "in control of X since", "has ruled X since", "seized power in": only of a contested polity."""
    heads: list[int] = []
    if token.lemma == "control" and token.pos == "NOUN" and sentence.tokens[token.head].lower in ("in", "under"):
        verb = sentence.tokens[sentence.tokens[token.head].head]
        heads = arguments_of(sentence, verb.i).subjects
    elif token.pos == "VERB" and token.lemma in _CONTROL_VERBS:
        arguments = arguments_of(sentence, token.i)
        objects = {sentence.tokens[o].lemma for o in arguments.objects}
        has_country = any(p.slug for p in scene.cast.of_heads(sentence, arguments.objects))
        if objects & _CONTROLLED or (has_country and token.lemma in ("control", "rule", "govern", "run")):
            heads = arguments.subjects
    elif (
        token.lemma == "return"
        and token.pos == "NOUN"
        and any(sentence.tokens[h].lemma == "power" for c in sentence.children(token.i, "prep") for h in c.children)
    ):
        heads = [c.i for c in sentence.children(token.i, "poss")]
    for party in scene.cast.of_heads(sentence, heads):
        if party.slug is not None and "PRE" in party.entity.sectors and not outlook_of(sentence, token.i).negated:
            yield _Found("in_control", party.slug, token.i, (party,))


def _record(scene: Scene, sentence: Sentence, found: _Found) -> Background:
    outlook = outlook_of(sentence, found.at)
    governor = outlook.first("report", "claim", "announce")
    said_by = scene.cast.of_heads(sentence, subjects_above(sentence, governor)) if governor is not None else []
    evidence = _evidence(scene, sentence, found)
    since, until = _bounds(scene, sentence)
    return Background(
        id=record_id(scene.reading.report.text_sha256, "background", found.claim, found.polity, found.number,
                     evidence.part, evidence.start, evidence.end),
        claim=found.claim, polity=found.polity, actors=tuple(p.entity for p in found.parties), number=found.number,
        of=found.of, scope=found.scope, asserted=not said_by, attributed_to=tuple(p.entity for p in said_by),
        since=since, until=until, evidence=evidence,
    )  # fmt: skip


def _evidence(scene: Scene, sentence: Sentence, found: _Found) -> Span:
    if sentence.tokens[found.at].pos == "NOUN":
        return covering(scene.reading, sentence, found.at, found.parties, [])
    heads = arguments_of(sentence, found.at).subjects
    return clause_span(scene.reading, sentence, found.at, heads)


def _bounds(scene: Scene, sentence: Sentence) -> tuple[When | None, When | None]:
    """The "since" and "until" of the sentence; a "since X's return" takes the date that the report gives it."""
    mentions = scene.reading.dates_in(sentence.part, sentence.start, sentence.end)
    since = next((m for m in mentions if m.role == "since"), None)
    until = next((m for m in mentions if m.role == "until"), None)
    when = since.when if since is not None else _since_event(scene, sentence)
    return when, until.when if until is not None else None


def _since_event(scene: Scene, sentence: Sentence) -> When | None:
    for token in sentence.tokens:
        if token.lower == "since" and token.dep in ("prep", "mark"):
            names = {sentence.tokens[j].lemma for c in sentence.children(token.i) for j in sentence.subtree(c.i)}
            if names & {"return", "takeover", "power", "fall", "seizure", "coup", "independence"}:
                earlier = _earlier_since(scene, sentence)
                return earlier.when if earlier is not None else None
    return None


def _earlier_since(scene: Scene, sentence: Sentence) -> DateMention | None:
    pool = [d for d in scene.reading.dates if d.role == "since" and d.end <= sentence.start]
    return pool[-1] if pool else None


def _is_none(sentence: Sentence, token: Token) -> bool:
    if token.lower in ("none", "nobody"):
        return True
    negative = any(c.lower in ("no", "not") and c.dep in ("det", "neg", "preconj") for c in sentence.children(token.i))
    single = any(c.lower in ("single", "one") for c in sentence.children(token.i))
    return token.lemma in _MEMBERS and negative and (single or True)


def _is_only(sentence: Sentence, head: int) -> bool:
    around = [c.lower for c in sentence.children(head)]
    token = sentence.tokens[head]
    above = [c.lower for c in sentence.children(token.head)] if token.dep in ("pobj", "nsubj") else []
    before = sentence.tokens[head - 1].lower if head else ""
    return "only" in around or before == "only" or (token.dep == "pobj" and "only" in above)


def _count(sentence: Sentence, token: Token) -> int | None:
    if token.lemma not in _MEMBERS and token.pos != "NUM" and token.lower not in ("members",):
        return _number(token.lower) if token.pos == "NUM" else None
    for child in sentence.children(token.i, "nummod"):
        return _number(child.lower)
    return _number(token.lower) if token.pos == "NUM" else None


def _total(sentence: Sentence, token: Token) -> int | None:
    """The total in "147 of the 193 members", "four of the bloc's ten"."""
    for child in sentence.children(token.i, "prep"):
        if child.lower == "of":
            for inner in sentence.children(child.i, "pobj"):
                for number in sentence.children(inner.i, "nummod"):
                    return _number(number.lower)
    return None


def _scope(sentence: Sentence, head: int) -> str | None:
    """The words that say among whom: "EU member", "country in Latin America", "of 193 UN members"."""
    below = [i for i in sentence.subtree(head) if sentence.tokens[i].dep not in ("relcl", "acl", "punct")]
    near = [i for i in below if not _is_under_clause(sentence, i, head)]
    if not near:
        return None
    words = sentence.text[sentence.tokens[near[0]].start : sentence.tokens[near[-1]].end]
    return words[:_LONGEST_SCOPE] or None


def _is_under_clause(sentence: Sentence, i: int, head: int) -> bool:
    at = i
    while at != head:
        token = sentence.tokens[at]
        if token.dep in ("relcl", "acl", "advcl", "xcomp", "ccomp"):
            return True
        if token.head == at:
            return False
        at = token.head
    return False


def _rank(token: Token) -> int | None:
    if token.lower in _ORDINALS:
        return _ORDINALS.index(token.lower) + 1
    found = _ORDINAL.match(token.lower)
    return int(found[1]) if found else None


def _number(word: str) -> int | None:
    digits = word.replace(",", "")
    if digits.isdigit() and digits.isascii():
        return int(digits)
    if word in _NUMBERS:
        return _NUMBERS.index(word)
    tens, _, ones = word.partition("-")
    if tens in _TENS:
        return _TENS[tens] + (_NUMBERS.index(ones) if ones in _NUMBERS else 0)
    return None
