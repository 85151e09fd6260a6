"""What tells whether a word tells a deed, of which type and how it is put: names of features, for `deed_model`.

A feature is a short text; its value is mostly 1. Those of a deed come from the lexicon's reading of the word, from how
it is put, from its arguments and from what stands over it. Names leave no word features.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from dejure.coding.clauses import Arguments, arguments_of, coordinated, noun_arguments
from dejure.coding.features import mode_cues_in
from dejure.coding.lexicon import Frame, best_frame, leanings, load_frames, load_support_verbs, support_verb
from dejure.coding.outlook import Outlook, outlook_of
from dejure.coding.word_classes import class_features
from dejure.reading.language import Token
from dejure.reading.reading import Sentence

__all__ = [
    "Deed",
    "auxiliary_features",
    "deed_features",
    "deed_words",
    "deeds_in",
    "mode_features",
    "sentence_features",
    "word_of",
]

_POS = {"VERB": "verb", "AUX": "verb", "ADJ": "adj", "NOUN": "noun"}


class Deed:
    """A word that may tell a deed, as the lexicon and the parse read it.

    Attributes
    ----------
    i : int
        Its position.
    frame : Frame or None
        The lexicon's reading, by itself or as carried by a support verb.
    carrier : int or None
        The word that carries it: a support verb, the copula of an adjective.
    arguments : Arguments
        Its own, or those of the verb that carries it.
    """

    __slots__ = ("_outlook", "_sentence", "arguments", "carrier", "frame", "i")

    def __init__(
        self, sentence: Sentence, i: int, frame: Frame | None, carrier: int | None, arguments: Arguments
    ) -> None:
        self.i = i
        self.frame = frame
        self.carrier = carrier
        self.arguments = arguments
        self._sentence = sentence
        self._outlook: Outlook | None = None

    @property
    def at(self) -> int:
        """The word that carries tense and negation."""
        return self.i if self.carrier is None else self.carrier

    @property
    def outlook(self) -> Outlook:
        """How it is put; worked out when it is first asked for."""
        if self._outlook is None:
            self._outlook = outlook_of(self._sentence, self.at)
        return self._outlook


def deeds_in(sentence: Sentence, nouns: frozenset[str] | None = None) -> list[Deed]:
    """Every word of a sentence that might tell a deed, in order.

    Parameters
    ----------
    nouns : frozenset of str, optional
        Lemmas of nouns that may tell one though no frame of the lexicon says so; every noun without it.
    """
    found: list[Deed] = []
    carried: dict[int, tuple[int, Arguments]] = {}
    for token in sentence.tokens:
        if token.pos in ("VERB", "AUX") and token.dep not in ("aux", "auxpass"):
            arguments = arguments_of(sentence, token.i)
            if support_verb(sentence, token.i, arguments) is not None:
                heads = [at for head in arguments.objects for at in coordinated(sentence, head)]
                for head in heads or arguments.prep("under", "in", "into"):
                    carried.setdefault(head, (token.i, arguments))
            frame = best_frame(sentence, token.i, "verb", arguments)
            found.append(Deed(sentence, token.i, frame, None, arguments))
    for token in sentence.tokens:
        if token.pos == "ADJ" and ((token.lemma, "adj") in load_frames() or token.dep in ("acomp", "ROOT", "oprd")):
            arguments = arguments_of(sentence, token.head if token.dep == "acomp" else token.i)
            own = arguments_of(sentence, token.i)
            merged = Arguments(
                subjects=arguments.subjects, objects=own.objects, preps={**arguments.preps, **own.preps},
                comps=own.comps,
            )  # fmt: skip
            at = token.head if token.dep == "acomp" else None
            frame = best_frame(sentence, token.i, "adj", merged)
            found.append(Deed(sentence, token.i, frame, at, merged))
        elif token.pos == "NOUN" and (
            nouns is None or token.lemma in nouns or token.i in carried or (token.lemma, "noun") in load_frames()
        ):
            found.append(_noun(sentence, token, carried.get(token.i)))
    return sorted(found, key=lambda deed: deed.i)


def _noun(sentence: Sentence, token: Token, carrier: tuple[int, Arguments] | None) -> Deed:
    own = noun_arguments(sentence, token.i)
    if carrier is None:
        return Deed(sentence, token.i, best_frame(sentence, token.i, "noun", own), None, own)
    at, arguments = carrier
    merged = Arguments(
        subjects=arguments.subjects or own.subjects, objects=[], datives=arguments.datives,
        preps={**own.preps, **{k: own.preps.get(k, []) + v for k, v in arguments.preps.items()}},
        comps=own.comps + arguments.comps, particles=arguments.particles, is_passive=arguments.is_passive,
    )  # fmt: skip
    return Deed(sentence, token.i, best_frame(sentence, token.i, "noun", merged), at, merged)


# -- the deed -------------------------------------------------------------------------------------------------------


def deed_features(
    sentence: Sentence, deed: Deed, told_by_rule: str, kinds: Mapping[int, str] | None = None
) -> dict[str, float]:
    """Features of a word as the teller of a deed.

    Parameters
    ----------
    told_by_rule : str
        Type that the rules of `events` give to an event with this word, empty where they tell none.
    kinds : mapping, optional
        What each noun phrase names, by its head.
    """
    tokens = sentence.tokens
    token = tokens[deed.i]
    lemma, pos = token.lemma, _POS.get(token.pos, "-")
    kind = deed.frame.event_type if deed.frame is not None else "-"
    puts = "+".join(_puts(deed))
    found: dict[str, float] = {
        "bias": 1, f"pos:{pos}": 1, f"tag:{token.tag}": 1, f"dep:{pos}|{token.dep}": 1, f"lemma:{lemma}|{pos}": 1,
        f"type:{kind}|{pos}": 1, f"type:{kind}|{puts}": 1, f"type:{kind}|{token.dep}": 1, f"rule:{told_by_rule}": 1,
        f"rule:{told_by_rule}|type:{kind}": 1, f"put:{puts}": 1,
    }  # fmt: skip
    if deed.frame is not None:
        found[f"mode:{kind}.{deed.frame.mode}"] = 1
        found[f"sure:{kind}|{min(len(deed.frame.requires), 2)}"] = 1
    elif (lemma, pos) in load_frames():
        for leaning, share in leanings(sentence, deed.i, pos, deed.arguments).items():
            found[f"leans:{leaning}"] = 2 * share
    if deed.carrier is not None:
        found[f"carrier:{tokens[deed.carrier].lemma}"] = 1
        found[f"carried:{kind}"] = 1
    elif pos == "verb" and lemma in load_support_verbs():
        found["carries"] = 1
    if token.dep == "compound":
        found[f"before:{tokens[token.head].lemma}"] = 1
    _take_arguments(sentence, deed, lemma, kind, found)
    _take_above(sentence, deed, kind, found)
    found |= class_features(sentence, deed.i, deed.arguments, [governor.i for governor in deed.outlook.governors])
    for name, what in _kinds_below(deed, kinds or {}):
        found[f"{name} kind:{what}"] = found[f"{name} kind:{what}|{pos}"] = found[f"{name} kind:{what}|{kind}"] = 1
    if pos == "verb" or kind not in ("-", "NONE"):
        for cue_type, weight in mode_cues_in(sentence, deed.at, deed.i).items():
            found[f"cue:{cue_type}"] = min(weight, 4) / 2
    return found


def _kinds_below(deed: Deed, kinds: Mapping[int, str]) -> Iterator[tuple[str, str]]:
    """What subject, object and the noun under each preposition name; "-" where there is none."""
    arguments = deed.arguments
    slots = {"subj": arguments.subjects, "obj": arguments.objects, **arguments.preps}
    for name, heads in slots.items():
        told = sorted({kinds[head] for head in heads if head in kinds})
        for what in told or (("-",) if name in ("subj", "obj") else ()):
            yield name, what


def _puts(deed: Deed) -> Iterable[str]:
    outlook = deed.outlook
    told = {
        "not": outlook.negated, "future": outlook.future, "would": outlook.would, "may": outlook.possible,
        "must": outlook.obliged, "if": outlook.in_condition, "passive": deed.arguments.is_passive,
    }  # fmt: skip
    return [name for name, holds in told.items() if holds]


def _take_arguments(sentence: Sentence, deed: Deed, lemma: str, kind: str, found: dict[str, float]) -> None:
    tokens = sentence.tokens
    arguments = deed.arguments
    found[f"subjects:{bool(arguments.subjects)}|objects:{bool(arguments.objects)}"] = 1
    for head in arguments.subjects[:1]:
        found[f"subj:{word_of(tokens[head])}"] = 1
    for head in arguments.objects:
        for at in coordinated(sentence, head)[:3]:
            word = word_of(tokens[at])
            found[f"obj:{word}"] = 1
            found[f"lemma:{lemma}>{word}"] = 1
            for told in _types_of(tokens[at].lemma, "noun"):
                found[f"objtype:{told}"] = 1
    for child in (tokens[c] for head in arguments.objects for c in tokens[head].children):
        if child.dep in ("amod", "compound"):
            found[f"objmod:{word_of(child)}"] = 1
    for comp in arguments.comps[:2]:
        told = _told_below(sentence, comp)
        found[f"comp:{told}"] = 1
        found[f"comp:{tokens[comp].lemma}"] = 1
        found[f"lemma:{lemma}>>{told}"] = 1
        found[f"type:{kind}>>{told}"] = 1
    for name, heads in arguments.preps.items():
        found[f"prep:{lemma} {name}"] = 1
        found[f"prep:{name}"] = 1
        for head in heads[:2]:
            found[f"prep:{name} {word_of(tokens[head])}"] = 1
    for particle in arguments.particles:
        found[f"lemma:{lemma} {particle}"] = 1


def _told_below(sentence: Sentence, comp: int) -> str:
    below = best_frame(sentence, comp, "verb", arguments_of(sentence, comp))
    return below.event_type if below is not None else "-"


def _take_above(sentence: Sentence, deed: Deed, kind: str, found: dict[str, float]) -> None:
    tokens = sentence.tokens
    token = tokens[deed.at]
    if token.head != token.i:
        head = tokens[token.head]
        found[f"head:{head.lemma}|{token.dep}"] = 1
        if head.lower in ("of", "by", "in", "after", "for", "with", "to", "from", "on", "over", "at", "against"):
            found[f"headhead:{word_of(tokens[head.head])}"] = 1
    for governor in deed.outlook.governors[:2]:
        effect = governor.effect or "-"
        found[f"above:{effect}|{governor.via}"] = 1
        found[f"above:{governor.lemma}"] = 1
        found[f"type:{kind}<{effect}"] = 1
        for told in _types_of(governor.lemma, governor.pos):
            found[f"abovetype:{told}|{governor.via}"] = 1
            found[f"type:{kind}<<{told}"] = 1
    if not deed.outlook.governors:
        found["above:nothing"] = 1


def _types_of(lemma: str, pos: str) -> list[str]:
    return sorted({f.event_type for f in load_frames().get((lemma, pos), ()) if f.event_type != "NONE"})


def word_of(token: Token) -> str:
    """The lemma; of a name only that it is one, of a number only that."""
    if token.pos == "PROPN":
        return "NAME"
    return "NUMBER" if token.pos == "NUM" else token.lemma


def deed_words(sentence: Sentence, deed: Deed) -> tuple[list[str], ...]:
    """Words whose meanings are averaged, by where they stand.

    In order: the deed as a verb, the deed as a noun, its objects, what else hangs on it, its subjects,
    what stands over it, all of the sentence.
    """
    tokens = sentence.tokens
    arguments = deed.arguments
    own = [tokens[deed.i].lemma]
    pos = tokens[deed.i].pos
    below = [tokens[h].lemma for heads in arguments.preps.values() for h in heads]
    return (
        own if pos in ("VERB", "AUX") else [], own if pos == "NOUN" else [],
        [tokens[at].lemma for head in arguments.objects for at in coordinated(sentence, head)],
        [*below, *(tokens[h].lemma for h in arguments.comps)], [tokens[h].lemma for h in arguments.subjects],
        [tokens[g.i].lemma for g in deed.outlook.governors[:1]],
        [token.lemma for token in tokens if token.pos in ("VERB", "NOUN", "ADJ") and token.i != deed.i],
    )  # fmt: skip


def sentence_features(
    sentence: Sentence, deeds: Sequence[Deed], kinds: Mapping[int, str], told_by_rule: Iterable[str]
) -> dict[str, float]:
    """Features of a sentence as one that tells some event or none."""
    found: dict[str, float] = {"bias": 1}
    for token in sentence.tokens:
        if token.pos in ("VERB", "NOUN", "ADJ", "ADV"):
            found[f"word:{token.lemma}"] = 1
        elif token.pos == "PROPN":
            found["NAME"] = 1
    for kind in kinds.values():
        found[f"kind:{kind}"] = 1
    for event_type in told_by_rule:
        found[f"rule:{event_type}"] = found["rule"] = 1
    for deed in deeds:
        token = sentence.tokens[deed.i]
        if deed.frame is not None and deed.frame.event_type != "NONE":
            found[f"frame:{deed.frame.event_type}"] = found["frame"] = 1
        if token.head == token.i:
            found[f"root:{token.lemma}"] = found[f"root:{token.tag}"] = 1
            for head in deed.arguments.subjects[:1]:
                found[f"subj:{kinds.get(head, '-')}"] = found[f"subj:{word_of(sentence.tokens[head])}"] = 1
    return found


# -- how it is put --------------------------------------------------------------------------------------------------


def mode_features(sentence: Sentence, deed: Deed, event_type: str, by_rule: str | None) -> dict[str, float]:
    """Features of the mode of a deed whose type is known; `by_rule` is the mode that frames and cues give."""
    found = deed_features(sentence, deed, event_type)
    found[f"mode by rule:{event_type}|{by_rule}"] = 1
    for token in sentence.tokens:
        if token.pos in ("VERB", "NOUN", "ADJ"):
            found[f"near:{token.lemma}"] = 1
    return found


def auxiliary_features(
    sentence: Sentence, deed: Deed, event_type: str, by_rule: Mapping[str, bool]
) -> dict[str, float]:
    """Features of the auxiliary modes of a deed; `by_rule` is what the rules say of each."""
    tokens = sentence.tokens
    outlook = deed.outlook
    found: dict[str, float] = {"bias": 1, f"type:{event_type}": 1, f"tag:{tokens[deed.at].tag}": 1}
    for name, holds in by_rule.items():
        found[f"rule:{name}:{holds}"] = found[f"rule:{name}:{holds}|{event_type}"] = 1
    told = {
        "past": outlook.past, "perfect": outlook.perfect, "past perfect": outlook.past_perfect, "can": outlook.can,
        "progressive": outlook.progressive, "on": bool(outlook.conditions), "unreal": outlook.unreal,
        "doubted": outlook.doubted, "question": outlook.is_question, "whether": outlook.whether,
    }  # fmt: skip
    for name in (*_puts(deed), *(name for name, holds in told.items() if holds)):
        found[f"put:{name}"] = found[f"put:{name}|{event_type}"] = 1
    at = tokens[deed.at]
    head = tokens[at.head]
    places = [at.dep, f"{at.dep}|{at.tag}", f"{at.dep}|{head.tag}", f"{at.dep}|{tokens[deed.i].pos}"]
    if head.pos in ("ADP", "SCONJ"):
        places += [f"{head.lower}|{at.tag}", f"{head.lower}|{tokens[head.head].pos}"]
    for name in places:
        found[f"place:{name}"] = 1
    for governor in outlook.governors[:3]:
        found[f"above:{governor.effect}|{governor.negated}"] = found[f"above:{governor.lemma}"] = 1
    for child in (tokens[c] for c in tokens[deed.at].children):
        if child.dep in ("aux", "advmod", "npadvmod", "neg", "mark", "prep"):
            found[f"child:{child.dep}|{child.lower}"] = 1
    for token in sentence.tokens:
        if token.pos in ("ADV", "PART", "AUX", "SCONJ", "DET") or token.lemma in ("year", "decade", "ago", "century"):
            found[f"word:{token.lower}"] = 1
    return found
