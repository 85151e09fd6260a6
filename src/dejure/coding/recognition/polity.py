"""The recognised party: which polity, as a state or a government, by which words."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from dejure.coding.actors import Cast
from dejure.coding.clauses import arguments_of, coordinated
from dejure.coding.parties import Party, party_of_polity
from dejure.coding.recognition.antecedent import new_government, of_asker, open_polity, standing_one, whose
from dejure.coding.recognition.groups import COUNTS, names_of_several, several_spoken_of
from dejure.coding.recognition.named_for import government_of_person
from dejure.coding.recognition.slugs import recognised_by, recognition_words, rival_government, slug_of
from dejure.reading.language import Token
from dejure.reading.reading import Sentence
from dejure.records import Capacity, Recognised
from dejure.reference.names import NameHit
from dejure.reference.tables import load_polities

__all__ = ["is_named", "recognised_by", "recognised_of", "recognition_words", "rival_government"]

_NEAR = 3
_LONG_NAME = 2


_TELLING = ("det", "poss", "amod", "compound", "nmod", "nummod", "prep", "relcl", "acl", "predet")


@dataclass(frozen=True, slots=True)
class _Kind:
    capacity: Capacity
    is_generic: bool


def recognised_of(cast: Cast, sentence: Sentence, head: int, as_heads: list[int]) -> list[Recognised]:
    """What a verb or noun of recognition takes as its object, if it is a state or a government.

    Parameters
    ----------
    head : int
        Head of the object.
    as_heads : list of int
        Heads of its "as" phrases.

    Returns
    -------
    list of Recognised
        One for each coordinated object; empty where another sense of the word is meant.
    """
    words = recognition_words()["object"]
    if any(c.lower == "neither" for c in sentence.children(head)):
        # "recognises neither Kosovo nor Abkhazia"
        return []
    as_heads = as_heads or _as_within(sentence, head)
    lemmas = {sentence.tokens[i].lemma for i in as_heads}
    if "elect" in lemmas:
        # "president-elect"
        lemmas |= {c.lemma for i in as_heads for c in sentence.children(i, "compound", "amod")}
    if lemmas & words["not_as"]:
        # "as the winner and the country's legitimate president"
        lemmas |= {t.lemma for i in as_heads for t in _offices_behind(sentence, i)}
    if lemmas & words["not_as"] and not lemmas & (words["as_state"] | words["as_government"]):
        return []
    forced: Capacity | None = None
    if lemmas & words["as_government"]:
        forced = "government"
    elif lemmas & words["as_state"]:
        forced = "state"
    found: dict[str, Recognised] = {}
    rival = _rebels_as_government(cast, sentence, head, as_heads)
    if rival is not None:
        return [rival]
    for at in coordinated(sentence, head):
        for one in _each(cast, sentence, at, forced):
            found.setdefault(one.id, one)
    return list(found.values())


def _offices_behind(sentence: Sentence, i: int) -> list[Token]:
    """Offices of government joined by "and" to what somebody is recognised as, with "legitimate" or the like."""
    words = recognition_words()["object"]
    found = []
    for token in sentence.tokens[i + 1 : i + _JOINED]:
        if (
            token.lemma in words["as_government"]
            and {c.lower for c in sentence.children(token.i, "amod")} & words["sole"]
        ):
            found.append(token)
        elif token.text in (".", ";", ","):
            break
    return found


_JOINED = 12


def _as_within(sentence: Sentence, head: int) -> list[int]:
    """Heads of an "as" phrase that the parse has hung on a word inside the object ("the rebels in Benghazi as ...")."""
    wanted = recognition_words()["object"]
    inside = [
        i for i in sentence.subtree(head) if sentence.tokens[i].lower == "as" and sentence.tokens[i].dep == "prep"
    ]
    heads = [c.i for i in inside for c in sentence.children(i, "pobj")]
    return [i for i in heads if sentence.tokens[i].lemma in wanted["as_state"] | wanted["as_government"]]


def _rebels_as_government(cast: Cast, sentence: Sentence, head: int, as_heads: list[int]) -> Recognised | None:
    """As in "the rebels as Libya's government": the side that rose last of those that claim the state that day."""
    token = sentence.tokens[head]
    words = recognition_words()["object"]
    if token.lemma not in words["challenging"] or cast.hit(sentence, head) is not None:
        return None
    # "Libya's rebels" need no "as its government": those who rise against it are not the state.
    modifiers = {c.lemma for c in sentence.children(head, "amod", "compound")}
    is_rising = token.lemma in _RISING or bool(modifiers & _RISING)
    for at in [*as_heads, *([head] if is_rising else [])]:
        owner = cast.owner_of(sentence, at)
        slug = owner.slug if owner is not None else None
        polity = load_polities().get(slug or "")
        if polity is None or polity.capacity == "government":
            continue
        claimants = [
            p for p in load_polities().values()
            if p.parent == slug and p.capacity == "government" and p.validity.holds_on(cast.on) and p.validity.start
        ]  # fmt: skip
        if claimants:
            last = max(claimants, key=lambda p: (p.validity.start or dt.date.min, p.slug))
            start, end = _words(cast, sentence, head)
            return Recognised(
                id=last.slug, capacity="government", name_raw=cast.reading.text(sentence.part)[start:end],
                part=sentence.part, start=start, end=end,
            )  # fmt: skip
    return None


_RISING = frozenset({"rebel", "insurgent", "opposition", "insurgency", "fighter"})


def _each(cast: Cast, sentence: Sentence, i: int, forced: Capacity | None) -> list[Recognised]:
    """What one head stands for: "the independence of Estonia and Latvia" is of two."""
    named_for = government_of_person(cast, sentence, i, is_office=forced == "government")
    if named_for is not None:
        return [named_for]
    rowed = names_of_several(cast, sentence, i)
    if rowed:
        return rowed
    several_meant = several_spoken_of(cast, sentence, i)
    if several_meant is not None:
        return several_meant
    if _is_unity(sentence, i) or (forced is None and _are_some_people(cast, sentence, i)):
        return []
    broken_away = _parts_of(cast, sentence, i)
    if broken_away is not None:
        return broken_away
    kind = _kind(cast, sentence, i)
    if kind is None or (kind.is_generic and any(c.lower in ("any", "no") for c in sentence.children(i, "det"))):
        return []
    if kind.is_generic:
        owners = [h for p in sentence.children(i, "prep") if p.lower == "of" for h in p.children]
        owners += [c.i for c in sentence.children(i, "poss") if c.pos != "PRON"]
        owners += _declared_by(sentence, i)
        meant = [many for owner in owners if (many := several_spoken_of(cast, sentence, owner)) is not None]
        meant += [many for owner in owners if (many := names_of_several(cast, sentence, owner))]
        if meant:
            return meant[0]
        several = [at for owner in owners for at in coordinated(sentence, owner)]
        named = [one for at in several if (one := _one(cast, sentence, at, forced or kind.capacity, kind)) is not None]
        if len(named) > 1:
            return named
    one = _one(cast, sentence, i, forced, kind)
    return [one] if one is not None else []


def _is_unity(sentence: Sentence, i: int) -> bool:
    """As in "recognises only one Chinese state", "a single Republic of X"."""
    before = {c.lower for c in sentence.children(i, "amod", "nummod", "advmod", "det")}
    before |= {g.lower for c in sentence.children(i, "nummod", "amod") for g in sentence.children(c.i, "advmod")}
    is_one = "one" in before or "single" in before
    return is_one and (
        before & {"only", "but", "just"} != set() or "single" in before or sentence.tokens[i - 1].lower == "one"
    )


def _are_some_people(cast: Cast, sentence: Sentence, i: int) -> bool:
    """As in "recognised three Israelis for bravery", "a Kosovar": some of a people are not its state."""
    hit = cast.hit(sentence, i)
    if hit is None or any(name.kind not in ("demonym", "adjective") for name in hit.names):
        return False
    determiners = {c.lower for c in sentence.children(i, "det", "poss", "predet")}
    is_some = bool(sentence.children(i, "nummod")) or bool(determiners & {"a", "an", "some", "many", "several"})
    return is_some or (not determiners and sentence.tokens[i].tag in ("NNS", "NNPS"))


def _parts_of(cast: Cast, sentence: Sentence, i: int) -> list[Recognised] | None:
    """What "two breakaway regions of X", "the self-declared state in X's north" are; None where no part is meant.

    They are the contested polities that the report names and that broke away from X, as many as counted; empty where
    the words leave that open: X itself is not meant.
    """
    token = sentence.tokens[i]
    words = recognition_words()["object"]
    if cast.hit(sentence, i) is not None or token.pos not in ("NOUN", "PROPN"):
        return None
    modifiers = {c.lower for c in sentence.children(i, "amod", "compound", "nmod")}
    is_broken = bool(modifiers & words["breakaway"]) and token.lemma in words["state"] | words["parts"]
    # "the new X state": of X's part, where the report tells of one that calls itself a state.
    is_new = "new" in modifiers and token.lemma in ("state", "republic")
    if token.lemma not in words["parts"] and not is_broken and not is_new:
        return None
    below = sentence.subtree(i)
    named = [p for p in cast.named_in(sentence, below[0], below[-1]) if p.slug is not None]
    polities = load_polities()
    if any((one := polities.get(p.slug or "")) is not None and one.is_disputed for p in named):
        own = [r for p in named if polities[p.slug or ""].is_disputed if (r := recognised_by(p, cast.on)) is not None]
        return own or None
    owners = {p.slug for p in named}
    if not owners:
        return None
    candidates: dict[str, Recognised] = {}
    for other in cast.reading.sentences:
        for party in cast.named_in(other, 0, len(other.tokens) - 1):
            polity = polities.get(party.slug or "")
            if polity is not None and polity.capacity == "state" and polity.is_disputed and polity.parent in owners:
                meant = recognised_by(party, cast.on)
                if meant is not None:
                    candidates.setdefault(meant.id, meant)
    if is_new and not candidates:
        return None
    count = next((COUNTS[c.lower] for c in sentence.children(i, "nummod", "det") if c.lower in COUNTS), None)
    wanted = count if count is not None else 1 if token.tag in ("NN", "NNP") else len(candidates)
    return list(candidates.values()) if len(candidates) == wanted else []


def _declared_by(sentence: Sentence, i: int) -> list[int]:
    """As in "the declarations of independence made by X and Y"."""
    if sentence.tokens[i].lemma not in ("declaration", "proclamation"):
        return []
    verbs = [c.i for t in sentence.subtree(i) for c in sentence.children(t, "acl")]
    return [p.i for v in verbs for a in sentence.children(v, "agent") for p in sentence.children(a.i, "pobj")]


def _one(cast: Cast, sentence: Sentence, i: int, forced: Capacity | None, kind: _Kind) -> Recognised | None:
    token = sentence.tokens[i]
    party = _owner(cast, sentence, i, kind)
    if party is None or party.slug is None:
        return None
    stated = _of_its_state(cast, sentence, i, party)
    if stated is not party and stated.slug is not None:
        start, end = _words(cast, sentence, i)
        words = cast.reading.text(sentence.part)[start:end]
        return Recognised(
            id=stated.slug, capacity="government", name_raw=words, part=sentence.part, start=start, end=end
        )
    is_office = forced == "government" or token.lemma in recognition_words()["object"]["government"]
    if (
        party.is_person
        and party.slug in load_polities()
        and not is_office
        and load_polities()[party.slug].capacity != "government"
    ):
        return None
    slug, capacity = slug_of(party.slug, forced or kind.capacity, cast.on)
    if capacity == "government" and slug == party.slug:
        slug = _risen_last(cast, sentence, i, slug) or slug
    start, end = _words(cast, sentence, i)
    return Recognised(
        id=slug, capacity=capacity, name_raw=cast.reading.text(sentence.part)[start:end], part=sentence.part,
        start=start, end=end,
    )  # fmt: skip


def _risen_last(cast: Cast, sentence: Sentence, i: int, slug: str) -> str | None:
    """Of several governments that claim a state the one that rose last, for "the new authorities"."""
    if not {c.lemma.lower() for c in sentence.children(i, "amod")} & recognition_words()["object"]["risen"]:
        return None
    claims = [
        p for p in load_polities().values()
        if p.parent == slug and p.capacity == "government" and p.validity.holds_on(cast.on) and p.validity.start
    ]  # fmt: skip
    last = max(claims, key=lambda p: (p.validity.start or dt.date.min, p.slug), default=None)
    rose = last.validity.start if last is not None else None
    is_new = rose is not None and (cast.on is None or cast.on - rose <= _NEW)
    return last.slug if last is not None and is_new and last.in_control.startswith("itself") else None


_NEW = dt.timedelta(days=366)


def _kind(cast: Cast, sentence: Sentence, i: int) -> _Kind | None:
    """Whether this head can be a state or a government at all."""
    words = recognition_words()["object"]
    token = sentence.tokens[i]
    hit = cast.hit(sentence, i)
    if hit is not None:
        return _Kind("state", is_generic=False)
    is_bare = token.tag == "NNS" and token.lower != "authorities" and not sentence.children(i, *_TELLING)
    if token.lemma in words["never"] or is_bare:
        # "recognises states, not governments" is of none in particular.
        return None
    if any(c.lower == "over" for c in sentence.children(i, "prep")):
        return None
    near = {t.lower for t in sentence.tokens[i : i + _NEAR_BORDERS]}
    if token.lemma == "sovereignty" and near & {"within", "inside", "borders", "territory"}:
        # "the sovereignty of X within its borders" is of its borders.
        return None
    is_general = token.tag == "NNS" and token.lemma in words["state"] and not sentence.children(
        i, "det", "poss", "nummod", "predet", "compound"
    )  # fmt: skip
    if is_general and any(c.dep in ("relcl", "acl") for c in sentence.children(i)):
        # "countries recognised by X" are any.
        return None
    if token.lemma == "authority" and token.tag == "NN" and not sentence.children(i, "det"):
        # "recognises British authority here" is of who rules, not of a government.
        return None
    if token.lemma in words["government"] or token.lower in words["government"]:
        return _Kind("government", is_generic=True)
    if token.lemma in words["state"]:
        return _Kind("state", is_generic=True)
    if token.pos == "PRON" and token.lower in ("it", "them", "itself", "one"):
        return _Kind("state", is_generic=True)
    return _Kind("state", is_generic=False) if token.pos == "PROPN" else None


_NEAR_BORDERS = 9


def _owner(cast: Cast, sentence: Sentence, i: int, kind: _Kind) -> Party | None:
    """The polity: named by the head, by its modifiers, or the last one spoken of."""
    token = sentence.tokens[i]
    if token.pos == "PRON":
        return of_asker(cast, sentence, i) or open_polity(cast, sentence, i) or standing_one(cast, sentence, i)
    if kind.is_generic and cast.hit(sentence, i) is None:
        if any(c.pos == "PRON" for c in sentence.children(i, "poss")):
            owner = whose(cast, sentence, i)
            if owner is not None:
                return owner
            again = open_polity(cast, sentence, i)
            if again is not None:
                return again
        behind = _named_behind(cast, sentence, i)
        if behind is not None:
            return behind
        called = _by_its_title(cast, sentence, i)
        if called is not None:
            return called
        named = _before_head(cast, sentence, i) or cast.owner_of(sentence, i)
        if named is not None and named.slug is not None:
            return named
        doers = {p.slug for p in cast.of_heads(sentence, arguments_of(sentence, token.head).subjects)}
        meant = (p for p in cast.parties(sentence, i) if p.slug is not None and p.slug not in doers)
        spoken_of = of_asker(cast, sentence, i) or open_polity(cast, sentence, i) or new_government(cast, sentence, i)
        return spoken_of or standing_one(cast, sentence, i) or next(meant, None)
    hit = cast.hit(sentence, i)
    rival = rival_government(hit, cast.on) if hit is not None and _is_own_name(hit, cast.on) else None
    if rival is not None:
        return rival
    behind = _named_by_of(cast, sentence, i) if token.lemma.lower() in _TITLES else None
    if behind is not None:
        return behind
    parties = cast.parties(sentence, i)
    return next((p for p in parties if p.slug is not None), None) or (rival_government(hit, cast.on) if hit else None)


def _by_its_title(cast: Cast, sentence: Sentence, i: int) -> Party | None:
    """Whom "the People's Republic", "the Democratic Republic" means: the one so called whose state the report names."""
    token = sentence.tokens[i]
    before = [c.text for c in sentence.children(i, "poss", "compound", "amod") if c.text[:1].isupper()]
    if token.text not in ("Republic", "Emirate", "Kingdom") or not before:
        return None
    if any(cast.hit(sentence, c.i) is not None for c in sentence.children(i)):
        return None
    named = {name.target for s in cast.reading.sentences for hit in s.names for name in hit.names}
    meant = [
        polity for polity in load_polities().values()
        if polity.is_disputed and polity.validity.holds_on(cast.on) and {polity.slug, polity.parent} & named
        and all(word in polity.name for word in (*before, token.text))
    ]  # fmt: skip
    return party_of_polity(meant[0]) if len(meant) == 1 else None


def _before_head(cast: Cast, sentence: Sentence, i: int) -> Party | None:
    """The name before a head that another name stands beside ("the X republic ... among them Y"): that is not meant."""
    if not sentence.children(i, "appos"):
        return None
    for child in sentence.children(i, "compound", "amod", "nmod"):
        hit = cast.hit(sentence, child.i)
        party = cast.named(sentence, hit) if hit is not None else None
        if party is not None and party.slug is not None and not party.is_person:
            return party
    return None


def _named_behind(cast: Cast, sentence: Sentence, i: int) -> Party | None:
    """The name in "the former Yugoslav republic of X", "the Georgian region of X": whatever adjective stands before."""
    words = recognition_words()["object"]
    token = sentence.tokens[i]
    if token.lemma not in words["state"] | words["parts"] or not any(
        cast.hit(sentence, c.i) is not None for c in sentence.children(i, "amod", "compound", "nmod", "poss")
    ):
        return None
    return _named_by_of(cast, sentence, i)


#: What a state calls itself: "the Democratic Republic of X" is X, whoever else is called so.
_TITLES = frozenset({"republic", "kingdom", "federation", "state", "emirate", "union"})


def _named_by_of(cast: Cast, sentence: Sentence, i: int) -> Party | None:
    """The name behind "of" that is none of the head's own name."""
    own = cast.hit(sentence, i)
    for prep in sentence.children(i, "prep"):
        heads = [
            c.i for c in sentence.children(prep.i, "pobj")
            if prep.lower == "of" and cast.hit(sentence, c.i) not in (None, own)
        ]  # fmt: skip
        for party in (p for h in heads for p in cast.parties(sentence, h)):
            if party.slug is not None and not party.is_person:
                return party
    return None


def _of_its_state(cast: Cast, sentence: Sentence, i: int, party: Party) -> Party:
    """The state before "Provisional Government", where the name alone is of a government of another age."""
    polity = load_polities().get(party.slug or "")
    if polity is None or polity.capacity != "government" or polity.validity.holds_on(cast.on):
        return party
    own = cast.hit(sentence, i)
    for child in sentence.children(i, "amod", "compound", "nmod", "poss"):
        hit = cast.hit(sentence, child.i)
        state = cast.named(sentence, hit) if hit is not None and hit is not own else None
        if state is not None and state.slug is not None and state.slug != polity.parent:
            return state
    return party


def _is_own_name(hit: NameHit, on: dt.date | None) -> bool:
    """Whether a name is that of a rival government or of its head, and no name of the state as well."""
    targets = [load_polities().get(name.target) for name in hit.names if name.validity.holds_on(on)]
    rivals = [p for p in targets if p is not None and p.capacity == "government" and p.validity.holds_on(on)]
    if len({p.slug for p in rivals}) != 1 or len(hit.names[0].text.split()) < _LONG_NAME:
        return False
    others = {n.target for n in hit.names if n.table == "polity"} - {rivals[0].slug, rivals[0].parent}
    return not others


def is_named(sentence: Sentence, recognised: Recognised) -> bool:
    """Whether the words for a recognised polity in this sentence hold a known name, and are no second mention."""
    if recognised.start is None or recognised.end is None or recognised.part != sentence.part:
        return False
    first, last = recognised.start - sentence.start, recognised.end - sentence.start
    return any(hit.start < last and hit.end > first for hit in sentence.names)


def _words(cast: Cast, sentence: Sentence, i: int) -> tuple[int, int]:
    hit = cast.hit(sentence, i)
    if hit is not None:
        return sentence.start + hit.start, sentence.start + hit.end
    first = i
    for child in sentence.children(i, "amod", "compound", "nmod", "poss"):
        first = min(first, sentence.subtree(child.i)[0])
    return sentence.span(first, i)
