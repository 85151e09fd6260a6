"""What tells the type of the deed between two marked parties: names of features, for the linear head in `models`.

A feature is a short text, such as `type:REJECT` or `lemma:refuse`; its value is mostly 1. They come from the lexicon's
reading of the likeliest predicate, from how it is put (negation, future, governors), from its arguments, from the path
between the parties, and from the words themselves. Names of people and places leave no word features.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from itertools import pairwise

from dejure.coding.clauses import arguments_of, coordinated
from dejure.coding.features import mode_cues_in
from dejure.coding.lexicon import best_frame, leanings, load_frames
from dejure.coding.linking import Marked, Predicate, composed_type, predicates_between
from dejure.coding.outlook import Outlook, load_governors, outlook_of
from dejure.reading.language import Token
from dejure.reading.reading import Sentence

__all__ = ["type_features", "word_groups"]

Span = tuple[int, int]

_CONTENT = frozenset({"VERB", "NOUN", "ADJ", "ADV", "ADP", "PART", "AUX", "SCONJ"})
_SKIPPED = frozenset({"the", "a", "an", "be", "have", "of", "in", "on", "at"})
_POS = {"VERB": "verb", "AUX": "verb", "ADJ": "adj"}
_NEAR = 8
_MOST_PREDICATES = 4


def type_features(
    sentence: Sentence, actor: Span | None, recipient: Span | None, trigger: Span | None = None
) -> dict[str, float]:
    """Features of the deed that the actor does to the recipient.

    Parameters
    ----------
    actor, recipient : (start, end) or None
        Offsets in the sentence's own text; None where the sentence names nobody.
    trigger : (start, end), optional
        The word that tells the deed, where it is known; else the likeliest predicate is taken.
    """
    doer, sufferer = Marked.of(sentence, actor), Marked.of(sentence, recipient)
    predicates = _ordered(sentence, predicates_between(sentence, doer, sufferer), trigger)
    found: dict[str, float] = defaultdict(float, {"bias": 1.0})
    if predicates:
        _take_main(sentence, predicates[0], found)
    _take_others(predicates, found)
    _take_words(sentence, doer, sufferer, found)
    _take_path(sentence, doer, sufferer, found)
    return {name: min(value, 2.0) for name, value in found.items()}


def word_groups(
    sentence: Sentence, actor: Span | None, recipient: Span | None, trigger: Span | None = None
) -> dict[str, list[str]]:
    """Words whose meanings are averaged for the head, by the place they stand in: the deed, its objects, the whole."""
    doer, sufferer = Marked.of(sentence, actor), Marked.of(sentence, recipient)
    inside = _tokens_of(doer) | _tokens_of(sufferer)
    predicates = _ordered(sentence, predicates_between(sentence, doer, sufferer), trigger)
    groups: dict[str, list[str]] = {"deed": [], "objects": [], "all": [], "recipient": [], "actor": []}
    tokens = sentence.tokens
    if predicates:
        main = predicates[0]
        groups["deed"] = sorted({tokens[main.at].lemma, tokens[main.word].lemma})
        heads = [*main.arguments.objects, *main.arguments.comps]
        heads += [h for names in main.arguments.preps.values() for h in names]
        groups["objects"] = [tokens[i].lemma for h in heads for i in coordinated(sentence, h) if i not in inside]
    groups["all"] = [t.lemma for t in tokens if t.pos in ("VERB", "NOUN", "ADJ") and t.i not in inside]
    groups["recipient"] = [tokens[i].lemma for i in sorted(_tokens_of(sufferer)) if tokens[i].pos in ("NOUN", "ADJ")]
    groups["actor"] = [tokens[i].lemma for i in sorted(_tokens_of(doer)) if tokens[i].pos in ("NOUN", "ADJ")]
    return groups


def _tokens_of(party: Marked | None) -> frozenset[int]:
    return party.tokens if party is not None else frozenset()


def _ordered(sentence: Sentence, predicates: list[Predicate], trigger: Span | None) -> list[Predicate]:
    """The predicate at the trigger first, else as they are ranked, those that the lexicon knows as events ahead."""
    if trigger is not None:
        at = [p for p in predicates if any(_meets(sentence.tokens[i], trigger) for i in (p.word, p.at))]
        if at:
            return [at[0], *(p for p in predicates if p is not at[0])]
    return predicates


def _meets(token: Token, span: Span) -> bool:
    return token.start < span[1] and token.end > span[0]


def _take_main(sentence: Sentence, main: Predicate, found: dict[str, float]) -> None:
    outlook = outlook_of(sentence, main.at)
    tokens = sentence.tokens
    kind = main.event_type or "-"
    lemma = tokens[main.word].lemma
    puts = list(_puts(outlook, main))
    told = composed_type(main, outlook)
    found[f"told:{told}"] = 1
    found[f"told:{told}|{trust_in(main)}"] = 1
    found[f"type:{kind}"] = 1
    found[f"type:{kind}|{'+'.join(puts)}"] = 1
    found[f"lemma:{lemma}"] = 1
    found[f"lemma:{lemma}|{main.recipient}"] = 1
    found[f"type:{kind}|to:{main.recipient}"] = 1
    found[f"type:{kind}|by:{main.actor}"] = 1
    found[f"tag:{tokens[main.at].tag}"] = 1
    if main.frame is None:
        pos = _POS.get(tokens[main.word].pos, "noun")
        for leaning, share in leanings(sentence, main.word, pos, main.arguments).items():
            found[f"leans:{leaning}"] = 2 * share
    if main.frame is not None:
        found[f"mode:{kind}.{main.frame.mode}"] = 1
        found[f"sure:{kind}|{min(len(main.frame.requires), 2)}"] = 1
    for put in puts:
        found[f"put:{put}"] = 1
    if main.at != main.word:
        found[f"carrier:{tokens[main.at].lemma}"] = 1
    for particle in main.arguments.particles:
        found[f"lemma:{lemma} {particle}"] = 1
    _take_arguments(sentence, main, kind, found)
    _take_governors(outlook, kind, found)
    if main.frame is not None and main.frame.event_type != "NONE":
        for cue_type, weight in mode_cues_in(sentence, main.at, main.word).items():
            found[f"cue:{cue_type}"] = min(weight, 4) / 2


def trust_in(main: Predicate) -> str:
    """How far the lexicon's reading of the predicate may be trusted: whether its arguments are the marked parties."""
    if main.frame is None or not main.tells_event:
        return "unread"
    if main.actor not in ("subj", "pronoun", "none"):
        return "poor"
    if main.recipient in main.frame.recipient:
        return "sure"
    return "fair" if main.recipient not in ("", "none") else "half"


def _puts(outlook: Outlook, main: Predicate) -> Iterable[str]:
    told = {
        "not": outlook.negated, "future": outlook.future, "would": outlook.would, "may": outlook.possible,
        "must": outlook.obliged, "if": outlook.in_condition, "on": bool(outlook.conditions),
        "passive": main.arguments.is_passive, "support": main.support in ("negated", "future"),
    }  # fmt: skip
    return [name for name, holds in told.items() if holds]


def _take_arguments(sentence: Sentence, main: Predicate, kind: str, found: dict[str, float]) -> None:
    tokens = sentence.tokens
    lemma = tokens[main.word].lemma
    for head in main.arguments.objects:
        for at in coordinated(sentence, head):
            word = _word(tokens[at])
            found[f"obj:{word}"] = 1
            found[f"lemma:{lemma}>{word}"] = 1
            for told in _types_of(tokens[at].lemma, "noun"):
                found[f"objtype:{told}"] = 1
                found[f"type:{kind}>{told}"] = 1
    for comp in main.arguments.comps:
        below = best_frame(sentence, comp, "verb", arguments_of(sentence, comp))
        told = below.event_type if below is not None else "-"
        found[f"comp:{told}"] = 1
        found[f"comp:{tokens[comp].lemma}"] = 1
        found[f"type:{kind}>>{told}"] = 1
        found[f"lemma:{lemma}>>{told}"] = 1
    for name, heads in main.arguments.preps.items():
        found[f"prep:{lemma} {name}"] = 1
        for head in heads:
            found[f"prep:{name} {_word(tokens[head])}"] = 1


def _take_governors(outlook: Outlook, kind: str, found: dict[str, float]) -> None:
    for governor in outlook.governors[:3]:
        effect = governor.effect or "-"
        found[f"above:{effect}"] = 1
        found[f"above:{governor.lemma}"] = 1
        found[f"type:{kind}<{effect}"] = 1
        for told in _types_of(governor.lemma, governor.pos):
            found[f"abovetype:{told}"] = 1
            found[f"type:{kind}<<{told}"] = 1


def _types_of(lemma: str, pos: str) -> list[str]:
    frames = load_frames().get((lemma, pos), ())
    return sorted({frame.event_type for frame in frames if frame.event_type != "NONE"})


def _take_others(predicates: list[Predicate], found: dict[str, float]) -> None:
    """What else in the sentence the lexicon takes for a deed, by rank and by its link to the parties."""
    events = [p for p in predicates if p.event_type not in ("", "NONE")]
    for rank, one in enumerate(events[:_MOST_PREDICATES]):
        found[f"rank{min(rank, 2)}:{one.event_type}"] = 1
        if one.actor in ("subj", "pronoun"):
            found[f"does:{one.event_type}"] = 1
        if one.recipient not in ("", "below", "none"):
            found[f"suffers:{one.event_type}"] = 1
        if one.actor in ("subj", "pronoun") and one.recipient not in ("", "none"):
            found[f"both:{one.event_type}"] = 1
    if len(events) > 1:
        found[f"pair:{events[0].event_type}+{events[1].event_type}"] = 1


def _take_words(sentence: Sentence, doer: Marked | None, sufferer: Marked | None, found: dict[str, float]) -> None:
    tokens = sentence.tokens
    inside = _tokens_of(doer) | _tokens_of(sufferer)
    words = [t for t in tokens if t.i not in inside and t.pos in _CONTENT and t.lemma not in _SKIPPED]
    for token in words:
        if token.pos in ("VERB", "NOUN", "ADJ", "ADV"):
            found[f"word:{token.lemma}"] = 1
            for told in _types_of(token.lemma, token.pos.lower()[:4]):
                found[f"any:{told}"] += 0.5
    for one, two in pairwise(words):
        found[f"two:{one.lemma} {two.lemma}"] = 1
    if doer is not None:
        found[f"actor:{_word(tokens[doer.head])}"] = 1
        for token in tokens[max(doer.tokens) + 1 : max(doer.tokens) + 1 + _NEAR]:
            if token.i not in inside and token.pos in ("VERB", "NOUN", "ADJ", "ADP", "PART"):
                found[f"after:{token.lemma}"] = 1
    if sufferer is not None:
        head = tokens[sufferer.head]
        found[f"recipient:{_word(head)}"] = 1
        found[f"hangs:{head.dep} {tokens[head.head].lower if head.dep == 'pobj' else ''}"] = 1
        first = min(sufferer.tokens)
        for token in tokens[max(0, first - 4) : first]:
            if token.i not in inside:
                found[f"before:{token.lemma}"] = 1
    found[f"missing:{doer is None}{sufferer is None}"] = 1


def _take_path(sentence: Sentence, doer: Marked | None, sufferer: Marked | None, found: dict[str, float]) -> None:
    if doer is None or sufferer is None:
        return
    up, down = _chain(sentence, doer.head), _chain(sentence, sufferer.head)
    meeting = next((i for i in up if i in down), None)
    if meeting is None:
        return
    path = [*up[: up.index(meeting) + 1], *reversed(down[: down.index(meeting)])]
    tokens = sentence.tokens
    found["deps:" + ">".join(tokens[i].dep for i in path[:-1])] = 1
    for i in path:
        token = tokens[i]
        if i in doer.tokens or i in sufferer.tokens:
            continue
        found[f"path:{_word(token)}"] = 1
        for told in _types_of(token.lemma, "verb" if token.pos == "VERB" else "noun"):
            found[f"pathtype:{told}"] = 1
        effect = load_governors().get((token.lemma, "verb"), "")
        if effect:
            found[f"patheffect:{effect}"] = 1
    found[f"meet:{_word(tokens[meeting])}"] = 1


def _chain(sentence: Sentence, i: int) -> list[int]:
    found = [i]
    while sentence.tokens[found[-1]].head != found[-1] and len(found) <= len(sentence.tokens):
        found.append(sentence.tokens[found[-1]].head)
    return found


def _word(token: Token) -> str:
    """The lemma; of a name only that it is one, of a number only that."""
    if token.pos == "PROPN":
        return "NAME"
    return "NUMBER" if token.pos == "NUM" else token.lemma
