"""Silences: who was said not to have commented, answered, confirmed or decided, and about what."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from typing import Any, get_args

from dejure.coding.clauses import arguments_of, noun_arguments
from dejure.coding.outlook import outlook_of
from dejure.coding.own_names import by_own_name
from dejure.coding.parties import Party
from dejure.coding.recognition.rosters import Entry, find_entries
from dejure.coding.scene import Scene
from dejure.coding.silent_parties import (
    asked_together,
    counted_before,
    place_that_opens,
    plainly_named,
    those_meant,
    who_is_asked_about,
    who_was_asked,
)
from dejure.coding.spans import covering
from dejure.coding.words import load_toml
from dejure.reading.language import Token
from dejure.reading.reading import Sentence
from dejure.records import Silence, SilenceKind, record_id

__all__ = ["find_silences"]


@functools.cache
def _words() -> dict[str, Any]:
    return load_toml("silences.toml")


def find_silences(scene: Scene) -> list[Silence]:
    """Silences of a report, one for each actor and kind, in the order of the text."""
    found: dict[tuple[str, str | None], Silence] = {}
    topic = scene.topic()
    for sentence in scene.sentences:
        if sentence.is_headline:
            continue
        for token, kind, heads in _silent(sentence):
            for party in _silent_parties(scene, sentence, token, heads):
                record = _record(scene, sentence, token, kind, party, topic)
                if record is not None:
                    found.setdefault((party.entity.key, record.about), record)
    for entry in find_entries(scene.reading, scene.cast):
        record = _of_entry(scene, entry, topic) if entry.act == "silent" else None
        if record is not None:
            found.setdefault((record.actor.key, record.about), record)
    return sorted(found.values(), key=lambda s: (s.evidence.start, s.evidence.end, s.id))


#: A name for more states than these ("the Gulf monarchies") says of none in particular that it kept silent.
_FEW = 4


def _silent_parties(scene: Scene, sentence: Sentence, token: Token, heads: list[int]) -> list[Party]:
    """Who was silent; where the words name nobody, who was asked, or is spoken of in the question before."""
    found: list[Party] = []
    for head in heads:
        meant = counted_before(scene, sentence, head) or scene.cast.parties(sentence, head)
        if meant and not any(p.is_known or p.is_person or p.entity.role for p in meant):
            named = [c.i for c in sentence.children(head, "appos") if c.pos == "PROPN"]
            meant = scene.cast.of_heads(sentence, named) or meant
        found += meant if len(meant) <= _FEW else []
    asked = who_was_asked(scene, sentence, token.i) or asked_together(scene, sentence, heads)
    pronouns = all(sentence.tokens[h].pos == "PRON" for h in heads)
    if asked and heads and pronouns:
        return asked
    if not heads or all(_is_speaker_label(sentence, h) for h in heads):
        return asked or who_is_asked_about(scene, sentence, token.i)
    if found and not any(p.is_known or p.is_person for p in found):
        return place_that_opens(scene, sentence, token.i) or found
    return found


def _is_speaker_label(sentence: Sentence, i: int) -> bool:
    """Whether a name is that of a speaker in a transcript, whose turn begins behind a colon."""
    return i + 1 < len(sentence.tokens) and sentence.tokens[i + 1].lower == ":" and i < _LABEL


_LABEL = 3


def _of_entry(scene: Scene, entry: Entry, topic: str | None) -> Silence | None:
    """A member of a list headed "Not heard from", "No comment"."""
    token = entry.sentence.tokens[entry.at]
    return _record(scene, entry.sentence, token, "no_comment", entry.party, topic)


def _record(
    scene: Scene, sentence: Sentence, token: Token, kind: SilenceKind, party: Party, topic: str | None
) -> Silence | None:
    if not (party.is_known or party.is_person or party.entity.role is not None):
        return None
    party = plainly_named(by_own_name(scene, party))
    evidence = covering(scene.reading, sentence, token.i, [party], [])
    return Silence(
        id=record_id(scene.reading.report.text_sha256, "silences", party.entity.key, kind, evidence.part,
                     evidence.start, evidence.end),
        actor=party.entity, about=topic, about_record=scene.act_about(topic), kind=kind, evidence=evidence,
    )  # fmt: skip


def _silent(sentence: Sentence) -> Iterator[tuple[Token, SilenceKind, list[int]]]:
    """Predicates of silence with their kind and the heads of who was silent."""
    for token in sentence.tokens:
        if token.pos in ("VERB", "AUX"):
            kind = _verb(sentence, token) or _by_idiom(sentence, token)
            if kind is not None:
                yield token, kind, _subjects(sentence, token)
            elif _is_unknown(sentence, token) and (heads := _of_whom_unknown(sentence, token)):
                yield token, "not_yet", heads
        elif (
            token.lower in _words()["adjectives"]["words"]
            and token.pos in ("ADJ", "NOUN", "ADV", "VERB", "PROPN")
            and token.dep in ("acomp", "oprd", "xcomp", "conj", "ccomp")
        ):
            head = sentence.tokens[token.head]
            if not outlook_of(sentence, head.i).negated:
                yield head, "no_comment", _subjects(sentence, head)
        elif _is_unavailable(sentence, token):
            yield sentence.tokens[token.head], "not_answered", _subjects(sentence, sentence.tokens[token.head])
        elif _is_no_word(sentence, token):
            sources = _silent_sources(sentence, token)
            if sources or not _is_argument(sentence, token):
                yield token, "no_comment", sources
        elif _is_unknown(sentence, token) and (heads := _of_whom_unknown(sentence, token)):
            yield token, "not_yet", heads
        elif token.lower == "unanswered":
            yield token, "not_answered", _unanswered(sentence, token)


def _is_unavailable(sentence: Sentence, token: Token) -> bool:
    words = _words()["adjectives"]
    if token.dep not in ("acomp", "oprd"):
        return False
    negated = outlook_of(sentence, token.head).negated
    return (token.lower in words["unavailable"] and not negated) or (token.lower in words["available"] and negated)


def _silent_sources(sentence: Sentence, token: Token) -> list[int]:
    """Whom no word came from: by a phrase on the noun, or on the verb of which it is subject or attribute."""
    found = noun_arguments(sentence, token.i).prep("from", "by", "in")
    head = sentence.tokens[token.head]
    if not found and token.dep in ("nsubj", "attr", "nsubjpass", "dobj") and head.pos in ("VERB", "AUX"):
        found = arguments_of(sentence, head.i).prep("from")
    return found


_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})


def _is_argument(sentence: Sentence, token: Token) -> bool:
    """Whether a noun is object or subject of a verb that has a subject of its own: then that says whose word it is."""
    head = sentence.tokens[token.head]
    if token.i and sentence.tokens[token.i - 1].lower == ":":
        return False
    return head.i != token.i and head.pos in ("VERB", "AUX") and bool(arguments_of(sentence, head.i).subjects)


def _is_unknown(sentence: Sentence, token: Token) -> bool:
    """As in "what X will do is unknown", "of a reaction of X nothing is known"."""
    if token.lower not in ("unknown", "known", "unclear") or token.dep not in ("acomp", "ROOT"):
        return False
    verb = sentence.tokens[token.head] if token.dep == "acomp" else token
    return token.lower != "known" or outlook_of(sentence, verb.i).negated


def _of_whom_unknown(sentence: Sentence, token: Token) -> list[int]:
    verb = sentence.tokens[token.head] if token.dep == "acomp" else token
    clauses = sentence.children(verb.i, "csubj", "csubjpass")
    found = [h for c in clauses if _asks(sentence, c.i) for h in arguments_of(sentence, c.i).subjects]
    nouns = _words()["nouns"]["words"]
    reactions = [
        p for c in sentence.children(verb.i, "prep") for p in sentence.children(c.i, "pobj") if p.lemma in nouns
    ]
    reactions += [s for s in sentence.children(verb.i, "nsubj", "nsubjpass") if s.lemma in nouns]
    return found + [h for r in reactions for h in noun_arguments(sentence, r.i).prep("of", "from", "by")]


def _asks(sentence: Sentence, i: int) -> bool:
    """Whether a clause opens as a question ("what X will do", "whether X will")."""
    below = sentence.subtree(i)
    return bool(below) and sentence.tokens[below[0]].lower in ("what", "how", "whether", "when", "which", "who")


def _unanswered(sentence: Sentence, token: Token) -> list[int]:
    """As in "calls to the ministry went unanswered"; "left messages unanswered" is the leaver's."""
    verb = sentence.tokens[token.head]
    if verb.lemma == "leave" or token.dep in ("oprd", "ccomp"):
        return _subjects(sentence, verb)
    words = _words()["elsewhere"]["unanswered"]
    asked = [s for s in sentence.children(verb.i, "nsubj", "nsubjpass") if s.lemma in words]
    return [h for s in asked for h in noun_arguments(sentence, s.i).prep("to")]


def _by_idiom(sentence: Sentence, token: Token) -> SilenceKind | None:
    """As in "kept its counsel", "let the matter pass without a word", "asked about X, turned to Y"."""
    kind = _idiom(sentence, token)
    return None if kind is None or outlook_of(sentence, token.i).negated else kind


def _idiom(sentence: Sentence, token: Token) -> SilenceKind | None:
    words = _words()
    wanted = words["idioms"].get(token.lemma)
    objects = sentence.children(token.i, "dobj", "acomp", "oprd", "attr")
    objects += [c for o in objects for c in sentence.children(o.i, "conj")]
    if wanted is not None and any(
        (o.lemma in wanted or o.lower in wanted) and not _is_order(sentence, o) for o in objects
    ):
        is_having = token.lemma in ("have", "offer") and not any(
            c.lemma in words["people"]["telling"] for t in objects for c in sentence.children(t.i)
        )
        return None if is_having else "no_comment"
    if _is_turned_down(sentence, token):
        return "declined"
    passing = [c.i for c in sentence.children(token.i, "ccomp", "xcomp")] if token.lemma == "let" else []
    met = [o.i for o in sentence.children(token.i, "dobj")] if token.lemma in words["manners"]["meeting"] else []
    for prep in (p for at in (token.i, *passing, *met) for p in sentence.children(at, "prep")):
        nouns = words["manners"].get(prep.lower, ())
        if any(o.lemma in nouns for o in sentence.children(prep.i, "pobj")):
            return "no_comment"
        if prep.lower == "without" and _is_speaking(sentence, prep):
            return "no_comment"
    if token.lemma in words["elsewhere"]["verbs"]:
        asked = [c for c in sentence.children(token.i, "advcl", "conj") if c.lemma == "ask" and c.i < token.i]
        head = sentence.tokens[token.head]
        if token.dep == "conj" and head.lemma == "ask" and sentence.children(head.i, "auxpass"):
            return "avoided"
        return "avoided" if asked and not sentence.children(asked[0].i, "nsubj") else None
    return None


def _is_order(sentence: Sentence, token: Token) -> bool:
    """Whether "peace" is that of a country which troops keep, and not one's own, which is silence."""
    return token.lemma == "peace" and not sentence.children(token.i, "poss")


def _is_turned_down(sentence: Sentence, token: Token) -> bool:
    """As in "turned down our request to talk", "sidestepped twice", "abstained from any comment"."""
    words = _words()
    objects = sentence.children(token.i, "dobj")
    if token.lemma == "turn" and any(c.lower == "down" for c in sentence.children(token.i, "prt", "advmod")):
        return any(o.lemma in words["object_verbs"]["avoided_objects"] for o in objects)
    if token.lemma in words["declining"]["alone"] and not objects and not sentence.children(token.i, "xcomp", "ccomp"):
        return True
    from_what = [
        c for p in sentence.children(token.i, "prep") if p.lower == "from" for c in sentence.children(p.i, "pobj")
    ]
    return token.lemma in words["declining"] and any(o.lemma in words["nouns"]["words"] for o in from_what)


def _is_speaking(sentence: Sentence, prep: Token) -> bool:
    verbs = [c for c in sentence.children(prep.i, "pcomp") if c.lemma in _words()["unwilling"]["speaking"]]
    return any(c.lemma not in ("be", "take", "give", "go", "say") for c in verbs)


def _is_no_word(sentence: Sentence, token: Token) -> bool:
    """Whether a noun says that there was no word ("no comment from Kabul")."""
    words = _words()["nouns"]
    if token.lower in words["bare"]:
        is_object = token.dep == "dobj" and sentence.tokens[token.head].lemma != "come"
        if not is_object and _silent_sources(sentence, token):
            return True
        alone = not any(t.tag in _FINITE for t in sentence.tokens) or sentence.tokens[token.i - 1].lower == ":"
        return alone and (token.lower != "nothing" or any(t.lower == "yet" for t in sentence.tokens))
    if token.pos != "NOUN" or token.lemma not in words["words"]:
        return False
    if any(c.lower == "no" for c in sentence.children(token.i, "det", "neg")):
        return True
    before = {t.lower for t in sentence.tokens[max(0, token.i - 2) : token.i]}
    return {"not", "a"} <= before


def _subjects(sentence: Sentence, token: Token) -> list[int]:
    if token.dep == "xcomp" and sentence.children(token.i, "auxpass"):
        # "declined to be drawn": who declined.
        token = sentence.tokens[token.head]
    arguments = arguments_of(sentence, token.i)
    # "X could not be reached", "X would not be drawn"
    heads = arguments.subjects or (arguments.objects if arguments.is_passive else [])
    over = sentence.tokens[token.head]
    if not heads and over.dep in ("acomp", "oprd"):
        heads = arguments_of(sentence, over.head).subjects  # "X seemed reluctant to talk"
    heads = _asked_aside(sentence, token) or _set_apart(sentence, token) + heads
    return [one for head in heads for one in those_meant(sentence, head)]


def _asked_aside(sentence: Sentence, token: Token) -> list[int]:
    """As in "Peru, asked whether it agreed, gave no answer": the subject, which the parser gives to the asking."""
    if sentence.children(token.i, "nsubj", "nsubjpass"):
        return []
    for ask in sentence.tokens[1 : token.i]:
        is_beside = token.head == ask.i or ask.head == token.i
        if ask.lemma in _words()["people"]["asking"] and sentence.tokens[ask.i - 1].lower == "," and is_beside:
            return [c.i for c in sentence.children(ask.i, "nsubj", "nsubjpass") if c.i < ask.i]
    return []


def _set_apart(sentence: Sentence, token: Token) -> list[int]:
    """As in "Peru, which borders it, and Chile have yet to comment": the first, which the parser leaves alone."""
    verb = sentence.tokens[token.head] if token.dep == "xcomp" else token
    first = sentence.tokens[verb.head]
    is_list = verb.dep == "conj" and first.dep == "ROOT" and first.pos in ("NOUN", "PROPN")
    return [first.i] if is_list and sentence.children(first.i, "relcl", "appos") else []


def _verb(sentence: Sentence, token: Token) -> SilenceKind | None:
    words = _words()
    governed = _declined(sentence, token) or _unwilling(sentence, token) or _cut_short(sentence, token)
    if governed is not None:
        return governed
    kind = words["negated"].get(token.lemma)
    if kind is not None and _has_companion(sentence, token):
        if _is_yet_to(sentence, token):
            return "not_yet"
        outlook = outlook_of(sentence, token.i)
        is_stopped = any(c.lower == "longer" for c in sentence.children(token.i, "advmod"))
        is_stopped = is_stopped or _is_said_of_none(sentence, token)
        if (
            (outlook.negated or is_stopped)
            and not outlook.in_condition
            and not outlook.obliged
            and not outlook.first("demand")
        ):
            return _KINDS[kind]
        if token.lemma == "say" and any(_is_nothing(sentence, c) for c in sentence.children(token.i)):
            return "no_comment"
    return _by_object(sentence, token)


def _is_nothing(sentence: Sentence, token: Token) -> bool:
    """As in "said nothing", "would say no more"."""
    return token.lower == "nothing" or (
        token.lower in ("more", "further") and any(c.lower == "no" for c in sentence.children(token.i))
    )


def _is_said_of_none(sentence: Sentence, token: Token) -> bool:
    """As in "Neither Peru nor Chile responded"."""
    subjects = sentence.children(token.i, "nsubj", "nsubjpass")
    return any(c.lower == "neither" for s in subjects for c in sentence.children(s.i))


def _cut_short(sentence: Sentence, token: Token) -> SilenceKind | None:
    """As in "they commented, and Peru declined to.": what is declined was said before."""
    following = sentence.tokens[token.i + 1 : token.i + 3]
    is_short = len(following) == 2 and following[0].lower == "to" and following[1].tag in (".", ",", ":", "CC")
    kind = _words()["declining"].get(token.lemma) if is_short else None
    return _KINDS[kind] if isinstance(kind, str) and not outlook_of(sentence, token.i).negated else None


def _unwilling(sentence: Sentence, token: Token) -> SilenceKind | None:
    """As in "preferred not to say", "did not wish to comment", "would rather not talk"."""
    words = _words()["unwilling"]
    if token.lemma not in words["speaking"]:
        return None
    low = {c.lower for c in sentence.children(token.i)}
    if {"rather", "not"} <= low and token.lemma != "be":
        return "declined"
    head = sentence.tokens[token.head]
    if token.dep == "xcomp" and head.dep in ("acomp", "oprd"):
        return _unready(sentence, head)
    if token.dep != "xcomp" or head.lemma not in words["verbs"]:
        return None
    if token.lemma in ("be", "take", "give", "go", "say") and not _vague(sentence, token) and token.lemma != "say":
        return None
    return "declined" if bool(low & {"not", "n't"}) != outlook_of(sentence, head.i).negated else None


def _unready(sentence: Sentence, adjective: Token) -> SilenceKind | None:
    """As in "was not prepared to say", "no official was willing to comment", "seemed reluctant to talk"."""
    words = _words()["unwilling"]
    verb = sentence.tokens[adjective.head]
    subjects = sentence.children(verb.i, "nsubj")
    negated = outlook_of(sentence, verb.i).negated or any(
        c.lower in ("no", "neither", "none") for s in subjects for c in (s, *sentence.children(s.i, "det"))
    )
    is_loath = adjective.lower in words["loath"] and not negated
    return "declined" if is_loath or (adjective.lower in words["ready"] and negated) else None


def _declined(sentence: Sentence, token: Token) -> SilenceKind | None:
    """As in "declined to comment", "would not be drawn", "avoided saying whether"."""
    words = _words()
    if token.lemma not in words["speaking"]["verbs"] or token.dep not in ("xcomp", "pcomp", "ccomp", "dobj"):
        return None
    head = sentence.tokens[token.head]
    if token.dep == "pcomp":
        head = sentence.tokens[head.head]
    kind = words["declining"].get(head.lemma)
    if kind is None or (token.lemma in ("be", "use", "take", "give", "express", "say") and not _vague(sentence, token)):
        return None
    return None if outlook_of(sentence, head.i).negated else _KINDS[kind]


_VAGUE = frozenset(
    "draw word term side position whether comment answer when how if view stand opinion anything more what who which "
    "detail date whom why where".split()
)


def _vague(sentence: Sentence, token: Token) -> bool:
    below = {sentence.tokens[i].lemma for i in sentence.subtree(token.i)}
    return bool(below & _VAGUE)


def _has_companion(sentence: Sentence, token: Token) -> bool:
    wanted = _words()["companions"].get(token.lemma)
    if wanted is None:
        return True
    for child in sentence.children(token.i):
        if child.dep in ("nsubj", "nsubjpass"):
            continue
        below = sentence.subtree(child.i) if child.dep in ("ccomp", "xcomp", "advcl", "dobj", "prep") else [child.i]
        if any(sentence.tokens[i].lemma in wanted or sentence.tokens[i].lower in wanted for i in below[:6]):
            return True
    # "he was asked, and he did not say"
    is_bare = token.lemma == "say" and not sentence.children(token.i, "dobj", "ccomp", "xcomp", "prep")
    return is_bare and any(t.lemma == "ask" for t in sentence.tokens[: token.i])


def _is_yet_to(sentence: Sentence, token: Token) -> bool:
    """As in "has yet to comment": an infinitive under "have" with "yet"."""
    if token.dep not in ("xcomp", "advcl", "ccomp", "ROOT", "conj"):
        return False
    around = [token, sentence.tokens[token.head]]
    return any(c.lower in ("yet", "still") for t in around for c in sentence.children(t.i)) and any(
        t.tag == "TO" for t in sentence.children(token.i)
    )


def _by_object(sentence: Sentence, token: Token) -> SilenceKind | None:
    words = _words()["object_verbs"]
    withs = [c for p in sentence.children(token.i, "prep") if p.lower == "with" for c in sentence.children(p.i, "pobj")]
    if token.lemma in words["honouring"] and any(c.lemma in words["no_objects"] for c in withs):
        return "no_comment" if outlook_of(sentence, token.i).negated else None
    objects = sentence.children(token.i, "dobj", "attr", "nsubjpass")
    # "avoided the word recognition": the word may stand before what it is of
    named = [o.lemma for o in objects] + [c.lemma for o in objects for c in sentence.children(o.i, "compound", "nmod")]
    if token.lemma in words["avoided"] and any(lemma in words["avoided_objects"] for lemma in named):
        return None if outlook_of(sentence, token.i).negated else "avoided"
    if token.lemma in words["revealing"] and _is_left_unknown(sentence, token):
        return "not_yet"
    if token.lemma in words["making"]:
        negated = outlook_of(sentence, token.i).negated or _is_yet_to(sentence, token)
        for obj in objects:
            if obj.lemma in words["no_objects"] and (
                negated or any(c.lower == "no" for c in sentence.children(obj.i, "det")) or _is_not_one(sentence, obj)
            ):
                return "not_yet" if obj.lemma == "decision" else "no_comment"
    return None


def _is_left_unknown(sentence: Sentence, token: Token) -> bool:
    """As in "has yet to make its position known", "has not made clear its view"."""
    words = _words()["object_verbs"]
    clauses = sentence.children(token.i, "ccomp", "xcomp", "acomp", "oprd")
    if not any(c.lower in words["known"] for c in clauses):
        return False
    things = [*sentence.children(token.i, "dobj"), *(s for c in clauses for s in sentence.children(c.i, "nsubj"))]
    is_told = any(t.lemma in words["no_objects"] for t in things)
    return is_told and (outlook_of(sentence, token.i).negated or _is_yet_to(sentence, token))


def _is_not_one(sentence: Sentence, obj: Token) -> bool:
    """As in "released not one line", "gave not a hint"."""
    before = [t.lower for t in sentence.tokens[max(0, obj.i - 3) : obj.i]]
    return any(before[at : at + 2] in (["not", "one"], ["not", "a"]) for at in range(len(before)))


_KINDS: dict[str, SilenceKind] = {kind: kind for kind in get_args(SilenceKind)}
