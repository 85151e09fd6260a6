"""Envoys accepted: credentials presented and received, diplomats accredited."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from dejure.coding.actors import Cast
from dejure.coding.clauses import arguments_of, noun_arguments, possessors
from dejure.coding.recognition.polity import recognised_by, recognition_words
from dejure.coding.recognition.trigger import Trigger, light_verb
from dejure.reading.reading import Sentence

__all__ = ["by_accrediting", "by_credentials", "by_those"]


def by_credentials(cast: Cast, sentence: Sentence, i: int) -> Iterator[Trigger]:
    """As in "accepted the credentials of the ambassador of"."""
    words = recognition_words()["credentials"]
    token = sentence.tokens[i]
    own = noun_arguments(sentence, i)
    if token.lemma == "letter":
        own.preps["of"] = [h for c in own.prep("of") for h in (c, *noun_arguments(sentence, c).prep("of", "from"))]
    if token.lemma == "letter" and not any(sentence.tokens[h].lemma == "credence" for h in own.prep("of")):
        return
    verb = light_verb(sentence, i)
    if verb is None:
        return
    lemma = sentence.tokens[verb].lemma
    arguments = arguments_of(sentence, verb)
    senders = own.prep("of", "from") + arguments.prep("from", "of") + possessors(sentence, i)
    senders = [s for h in senders for s in _sent_by(sentence, h)] + senders + _among(sentence, i)
    if lemma in words["accept"]:
        yield from _credentials(cast, sentence, verb, i, arguments.subjects, senders)
    elif lemma in words["present"]:
        hosts = arguments.prep("to") + own.prep("to") + arguments.datives
        for envoy in arguments.prep("as") + own.prep("as"):
            # "presented his credentials as Peru's ambassador to the president"
            senders = possessors(sentence, envoy) + noun_arguments(sentence, envoy).prep("of") + senders
            hosts = hosts + noun_arguments(sentence, envoy).prep("to")
        yield from _credentials(cast, sentence, verb, i, hosts, [*senders, *arguments.subjects])


def by_those(cast: Cast, sentence: Sentence, i: int) -> Iterator[Trigger]:
    """As in "accepted the credentials of X's envoy, and Y received those of his colleague": of the same sender."""
    words = recognition_words()["credentials"]
    verb = sentence.tokens[sentence.tokens[i].head]
    if sentence.tokens[i].dep != "dobj" or verb.lemma not in words["accept"]:
        return
    first = next((t for t in sentence.tokens[:i] if t.lemma in words["nouns"]), None)
    told = list(by_credentials(cast, sentence, first.i)) if first is not None else []
    own = noun_arguments(sentence, i).prep("of", "from")
    named = [h for head in own for h in (head, *noun_arguments(sentence, head).prep("of", "from"))]
    for trigger in told[:1]:
        found = list(_credentials(cast, sentence, verb.i, i, arguments_of(sentence, verb.i).subjects, named))
        slugs = {one.id for one in trigger.recognised}
        hosts = [p for p in cast.of_heads(sentence, arguments_of(sentence, verb.i).subjects) if p.slug is not None]
        if not found and hosts and not {p.slug for p in hosts} & slugs:
            found = [Trigger("accept-credentials", verb.i, i, tuple(hosts), trigger.recognised, "credentials, those")]
        yield from found


def _sent_by(sentence: Sentence, envoy: int) -> list[int]:
    """Who sent an envoy ("an ambassador appointed by X")."""
    sent = [
        c for c in sentence.children(envoy, "acl", "relcl") if c.lemma in recognition_words()["credentials"]["sending"]
    ]
    return [s for c in sent for s in arguments_of(sentence, c.i).subjects]


def _among(sentence: Sentence, i: int) -> list[int]:
    """Heads of those picked out of many ("the credentials of ten ambassadors, among them the envoy of X")."""
    tokens = sentence.tokens
    for token in tokens[i + 1 :]:
        is_picked = token.lower == "including" or (
            token.lower in ("them", "whom") and tokens[token.i - 1].lower == "among"
        )
        if is_picked:
            envoys = recognition_words()["credentials"]["envoys"]
            found = [t for t in tokens[token.i + 1 : token.i + _PICKED] if t.lemma in envoys]
            return (
                [
                    h
                    for t in found
                    for p in sentence.children(t.i, "prep")
                    for h in p.children
                    if p.lower in ("of", "from")
                ]
                + [h for t in found for h in possessors(sentence, t.i)]
                + [c.i for t in found for c in sentence.children(t.i, "amod")]
            )
    return []


_PICKED = 14


def by_accrediting(cast: Cast, sentence: Sentence, i: int) -> Iterator[Trigger]:
    """As in "accredited diplomats sent by"."""
    arguments = arguments_of(sentence, i)
    envoys = recognition_words()["credentials"]["envoys"]
    heads = [h for h in arguments.objects if sentence.tokens[h].lemma in envoys or cast.hit(sentence, h)]
    # "diplomats sent by the new authorities" are theirs.
    senders = [s for h in heads for c in sentence.children(h, "acl") for s in arguments_of(sentence, c.i).subjects]
    yield from _credentials(cast, sentence, i, i, arguments.subjects, senders or heads)


def _credentials(
    cast: Cast, sentence: Sentence, verb: int, word: int, hosts: list[int], senders: list[int]
) -> Iterator[Trigger]:
    receiving = [p for p in cast.of_heads(sentence, hosts) if p.slug is not None]
    slugs = {p.slug for p in receiving}
    sending = [p for p in cast.of_heads(sentence, senders) if p.slug is not None and p.slug not in slugs]
    recognised = [one for p in sending[:1] if (one := recognised_by(replace(p, acts_for="state"), cast.on)) is not None]
    if recognised and receiving:
        yield Trigger("accept-credentials", verb, word, tuple(receiving), tuple(recognised), "credentials")
