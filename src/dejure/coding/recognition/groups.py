"""Several polities named or meant at once: "them", "the two", "the republics of A and B", "the A and B states"."""

from __future__ import annotations

from dejure.coding.actors import Cast
from dejure.coding.clauses import coordinated
from dejure.coding.parties import Party
from dejure.coding.recognition.slugs import recognised_by, recognition_words
from dejure.coding.recognition.standing import may_be_recognised
from dejure.reading.reading import Sentence
from dejure.records import Capacity, Recognised
from dejure.reference.tables import load_polities

__all__ = ["COUNTS", "both_behind", "last_group", "names_of_several", "several_spoken_of", "told_together"]

#: How many sentences back several polities may have been told one by one.
_FAR = 6
_PAIR = 2
COUNTS = {"two": 2, "both": 2, "pair": 2, "duo": 2, "three": 3, "trio": 3, "four": 4, "five": 5, "six": 6}
_MANY = frozenset({"them", "they", "their", "these", "those"})


def several_spoken_of(cast: Cast, sentence: Sentence, i: int) -> list[Recognised] | None:
    """The polities that "them", "the two", "all three", "both republics" mean; None where the words mean no several.

    They are the last ones told in one breath that hold the report's polity or are all contested, as many as counted;
    empty where there are none such.
    """
    token = sentence.tokens[i]
    words = {token.lower} | {c.lower for c in sentence.children(i, "det", "nummod", "predet")}
    count = next((COUNTS[w] for w in words if w in COUNTS), None)
    objects = recognition_words()["object"]
    is_noun = token.lemma in objects["state"] | objects["parts"] or token.lower in COUNTS
    is_plural = is_noun and token.tag in ("NNS", "NNPS") and bool(words & {"the", "these", "those"})
    if cast.hit(sentence, i) is not None or not ((count and is_noun) or is_plural or token.lower in _MANY):
        return None
    if any(c.dep in ("prep", "relcl") for c in sentence.children(i)) and token.lower not in _MANY:
        return None
    if is_plural and any(cast.hit(sentence, j) is not None for j in sentence.subtree(i)):
        return None
    group = last_group(cast, sentence, i, count)
    if group or token.lower in _MANY:
        return group or None
    if count is None:
        return _in_title(cast, None) or (told_together(cast, len(cast.told)) if cast.topic in cast.told else None)
    return _last_of(cast, sentence, i, count) or told_together(cast, count) or _in_title(cast, count)


def _in_title(cast: Cast, count: int | None) -> list[Recognised]:
    """The several polities of the title that may be recognised, where the report's own is among them."""
    found: dict[str, Recognised] = {}
    for sentence in cast.reading.sentences[:1]:
        for party in cast.named_in(sentence, 0, len(sentence.tokens) - 1) if sentence.is_headline else ():
            one = recognised_by(party, cast.on) if not party.is_person else None
            if one is not None and one.id not in cast.acting and may_be_recognised(one.id, cast.on):
                found.setdefault(one.id, one)
    is_meant = cast.topic in found and len(found) >= _PAIR and count in (None, len(found))
    return list(found.values()) if is_meant else []


def told_together(cast: Cast, count: int) -> list[Recognised]:
    """The polities that an act was told of together, where they are as many as counted, however far back."""
    polities = [one for slug in sorted(cast.told) if (one := load_polities().get(slug)) is not None]
    return [Recognised(id=p.slug, capacity=p.capacity, name_raw="") for p in polities] if len(polities) == count else []


def last_group(
    cast: Cast, sentence: Sentence, i: int, count: int | None = None, *, told: frozenset[str] = frozenset()
) -> list[Recognised]:
    """The polities told last in one breath that hold the report's own or are all contested, as many as counted.

    With `told`, only those that an act was told of together.
    """
    polities = load_polities()
    groups: dict[tuple[int, int], list[Party]] = {}
    for mention in cast.before(sentence, i):
        if mention.party.slug in polities and not mention.party.is_person:
            groups.setdefault(mention.group, []).append(mention.party)
    for group in groups.values():
        slugs = list(dict.fromkeys(p.slug for p in reversed(group)))
        is_meant = cast.topic in slugs or all(polities[s or ""].is_disputed for s in slugs)
        if told and not set(slugs) <= told:
            continue
        if len(slugs) > 1 and is_meant and (count is None or count == len(slugs)):
            found = [recognised_by(p, cast.on) for p in reversed(group)]
            return list({r.id: r for r in found if r is not None}.values())
    return []


def _last_of(cast: Cast, sentence: Sentence, i: int, count: int) -> list[Recognised]:
    """The polities spoken of last, as many as counted, where the report's own is among them; subjects are none."""
    found: dict[str, Recognised] = {}
    for mention in cast.before(sentence, i):
        if mention.is_subject or mention.party.is_person or mention.party.acts_for != "state":
            continue
        one = recognised_by(mention.party, cast.on)
        if one is not None and mention.order[0] >= sentence.index - _FAR:
            found.setdefault(one.id, one)
        if len(found) == count:
            break
    is_meant = cast.topic in found or all(
        load_polities()[slug].is_disputed for slug in found if slug in load_polities()
    )
    return list(reversed(found.values())) if len(found) == count and is_meant else []


def both_behind(sentence: Sentence, verb: int) -> list[int]:
    """The "both" right behind a verb, with no noun of its own, that the parse has joined to what follows."""
    at = verb + 1
    if at + 1 >= len(sentence.tokens) or sentence.tokens[at].lower != "both":
        return []
    return [at] if sentence.tokens[at + 1].pos not in ("NOUN", "PROPN", "ADJ", "DET", "NUM") else []


def names_of_several(cast: Cast, sentence: Sentence, i: int) -> list[Recognised]:
    """Those that "the A and B people's republics", "the republics of A, B and C" are; empty where not two are named."""
    token = sentence.tokens[i]
    words = recognition_words()["object"]
    is_several = token.tag in ("NNS", "NNPS") and token.lemma in words["state"] | words["government"] | words["parts"]
    if not is_several:
        return []
    heads = [
        at for p in sentence.children(i, "prep") if p.lower == "of"
        for c in sentence.children(p.i, "pobj") for at in coordinated(sentence, c.i)
    ]  # fmt: skip
    # "the three Baltic states, Estonia, Latvia and Lithuania".
    beside = [at for c in sentence.children(i, "appos") for at in coordinated(sentence, c.i)]
    if len(heads) < _PAIR and len(beside) >= _PAIR and all(_is_name(cast, sentence, at) for at in beside):
        found = [one for at in beside for one in _called(cast, sentence, at, "")]
        return found if len({one.id for one in found}) >= _PAIR else []
    if len(heads) < _PAIR or not all(_is_name(cast, sentence, at) for at in heads):
        if _is_name(cast, sentence, i):
            return []
        below = sentence.subtree(i)
        before = [j for j in below if j < i and _is_name(cast, sentence, j)]
        heads = [j for j in before if cast.hit(sentence, j + 1) is not cast.hit(sentence, j)]
        if token.dep == "conj" and before and _is_name(cast, sentence, token.head):
            # The parse may join "B republics" to A.
            heads.insert(0, token.head)
        elif not any(sentence.tokens[j].lower == "and" for j in below if j < i):
            return []
    found = [one for at in heads for one in _called(cast, sentence, at, token.lemma)]
    return found if len({one.id for one in found}) >= _PAIR else []


def _is_name(cast: Cast, sentence: Sentence, at: int) -> bool:
    return cast.hit(sentence, at) is not None


def _called(cast: Cast, sentence: Sentence, at: int, noun: str) -> list[Recognised]:
    """What a name is of before or behind a noun ("Donetsk" of republics): who is called so wins over a place.

    The noun is empty where the name stands by itself.
    """
    hit = cast.hit(sentence, at)
    polities = load_polities()
    for name in hit.names if hit is not None else ():
        polity = polities.get(name.target)
        # Of one that is no more the report may still tell: "the A and B republics" names it by its kind.
        start = polity.validity.start if polity is not None else None
        has_risen = cast.on is None or start is None or start <= cast.on
        is_so_called = polity is not None and noun != "" and noun in polity.name.lower() and has_risen
        if polity is not None and polity.is_disputed and is_so_called:
            first, last = sentence.span(at, at)
            return [
                Recognised(
                    id=polity.slug, capacity=polity.capacity, name_raw=sentence.tokens[at].text, part=sentence.part,
                    start=first, end=last,
                )
            ]  # fmt: skip
    party = cast.named(sentence, hit) if hit is not None else None
    capacity: Capacity | None = "government" if noun in recognition_words()["object"]["government"] else None
    one = recognised_by(party, cast.on, capacity=capacity) if party is not None and not party.is_person else None
    return [one] if one is not None else []
