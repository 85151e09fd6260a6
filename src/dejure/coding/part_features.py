"""What tells who takes part in a deed: names of features of noun phrases, for `deed_model`.

They come from the way through the parse from the deed to the noun phrase, from the slots of the frame, from what the
noun phrase names, and from the others that the sentence has. Names leave no word features.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from dejure.coding.deed_features import Deed, word_of
from dejure.coding.participants import is_somebody
from dejure.coding.scene import Scene
from dejure.coding.word_classes import classes_of
from dejure.reading.reading import Sentence
from dejure.reference.tables import load_roles

__all__ = ["alone_features", "beside_features", "kind_of", "list_features", "party_heads"]

_POS = {"VERB": "verb", "AUX": "verb", "ADJ": "adj", "NOUN": "noun"}
_FORMS = frozenset({"aux", "auxpass", "prt", "det", "mark", "case"})
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "ADJ"})
#: Dependencies under which a word belongs to the noun it stands before.
_INSIDE_NOUN = frozenset({"compound", "amod", "nmod", "nummod", "quantmod"})
_LIKE_ADJECTIVES = frozenset({"acomp", "advmod", "ROOT", "oprd", "conj", "amod"})
#: Kinds of noun phrases that name nobody who could take part.
_NOBODY = frozenset({"thing", "target", "place", "place+", "other"})
_LONGEST_WAY = 5
_MOST_COUNTED = 3


def party_heads(sentence: Sentence) -> list[int]:
    """Heads of noun phrases, pronouns, and capitalised words before a noun: all that may name a party."""
    found = []
    for token in sentence.tokens:
        if token.pos not in _NOMINAL or token.dep in _FORMS:
            continue
        if token.pos == "PRON" and token.dep not in ("nsubj", "nsubjpass", "dobj", "pobj", "dative", "conj", "attr"):
            continue
        if token.dep in _INSIDE_NOUN and not (token.text[:1].isupper() and token.pos in ("PROPN", "ADJ")):
            continue
        if token.pos == "ADJ" and token.dep in _LIKE_ADJECTIVES and not token.text[:1].isupper():
            continue
        if token.dep in ("npadvmod", "expl"):
            continue
        found.append(token.i)
    return found


def list_features(
    sentence: Sentence, deed: Deed, event_type: str, kinds: Mapping[int, str], by_rule: Mapping[int, str]
) -> list[dict[str, float]]:
    """Features of each noun phrase as a party to a deed, in the order of `kinds`.

    Parameters
    ----------
    event_type : str
        Type of the deed, as the model tells it.
    kinds : mapping
        What each noun phrase names, by its head.
    by_rule : mapping
        The part that the rules of `participants` give it, by its head: A, R, AR or "-"; "?" where no rule speaks.
    """
    somebody = [head for head, kind in kinds.items() if kind not in _NOBODY]
    behind, before = [h for h in somebody if h > deed.i], [h for h in reversed(somebody) if h < deed.i]
    has_object = any(head in deed.arguments.objects for head in kinds)
    found = []
    for head, kind in kinds.items():
        one, slot, way = _part(sentence, deed, event_type, head, kind, by_rule.get(head, "?"))
        one[f"kind:{event_type}|{slot}|{kind}"] = 1
        one[f"kind:{slot}|{kind}|{has_object}|{bool(behind)}"] = 1
        one[f"way:{way}|{kind}"] = 1
        for name, line in (("behind", behind), ("before", before)):
            if head in line:
                rank = min(line.index(head), _MOST_COUNTED)
                one[f"{name}:{rank}"] = one[f"{name}:{rank}|{event_type}"] = 1
                one[f"only {name}:{len(line) == 1}"] = 1
        found.append(one)
    return found


def beside_features(
    sentence: Sentence, deed: Deed, event_type: str, kinds: Mapping[int, str], acting: Collection[int]
) -> list[dict[str, float]]:
    """Features of each noun phrase as a recipient where these act, in the order of `kinds`; to be added to the others.

    Parameters
    ----------
    acting : collection of int
        Heads of the actors.
    """
    first = min(acting, default=-1)
    what = kinds.get(first, "-")
    under = set(sentence.subtree(deed.at))
    lists = {_first_of_list(sentence, head) for head in acting}
    found = []
    for head, kind in kinds.items():
        acts = "acts" if head in acting else "listed" if _first_of_list(sentence, head) in lists else "not"
        order = "".join(name for _, name in sorted([(deed.i, "d"), (first, "a"), (head, "r")]))
        is_under = head in under
        slot = _slot_of(deed, _first_of_list(sentence, head))
        found.append({
            f"beside:{acts}": 1.0, f"beside:{acts}|{event_type}": 1.0, f"beside:{order}|{is_under}": 1.0,
            f"beside:{order}|{event_type}": 1.0, f"beside:{what}>{kind}|{acts}": 1.0,
            f"beside:{what}>{kind}|{event_type}": 1.0, f"beside:{order}|{slot}|{kind}": 1.0,
            f"beside:{is_under}|{kind}|{event_type}": 1.0,
        })  # fmt: skip
    return found


def alone_features(
    sentence: Sentence, deed: Deed, event_type: str, kinds: Mapping[int, str], by_rule: Mapping[int, str]
) -> dict[str, float]:
    """Features of a deed as one without a recipient; parameters as of `list_features`."""
    told = "unknown" if not by_rule else "some" if any("R" in part for part in by_rule.values()) else "none"
    under = set(sentence.subtree(deed.at))
    below = sorted({kind for head, kind in kinds.items() if head in under and head > deed.i and kind not in _NOBODY})
    arguments = deed.arguments
    behind = min(sum(kind not in _NOBODY for head, kind in kinds.items() if head > deed.i), _MOST_COUNTED)
    mode = deed.frame.mode if deed.frame is not None else None
    slots = "|".join(deed.frame.recipient) if deed.frame is not None else "-"
    prep = next(iter(sorted(arguments.preps)), "")
    return {
        "alone": 1, f"alone:{event_type}": 1, f"alone:{sentence.tokens[deed.i].lemma}": 1,
        f"alone:{event_type}|{bool(arguments.objects)}": 1, f"alone:behind{behind}": 1,
        f"alone:{event_type}|behind{min(behind, 2)}": 1, f"alone:{bool(arguments.objects)}|{prep}": 1,
        f"alone:frame|{slots}": 1, f"alone:{event_type}|{mode}": 1, f"alone:rule {told}": 1,
        f"alone:rule {told}|{event_type}": 1, f"alone:{event_type}|below{min(len(below), 2)}": 1,
        **{f"alone:class {name}": 1 for name in classes_of(sentence.tokens[deed.i])},
        **{f"alone:below {kind}|{event_type}": 1 for kind in below},
    }  # fmt: skip


def kind_of(scene: Scene, sentence: Sentence, head: int) -> str:
    """What a noun phrase names, in a word: state, club, place, group, person, somebody, thing and the like."""
    parties = scene.cast.parties(sentence, head)
    is_people = is_somebody(sentence, head, targets=False)
    if not parties:
        return "somebody" if is_people else "target" if is_somebody(sentence, head, targets=True) else "thing"
    party = parties[0]
    role = load_roles().get(party.entity.role or "")
    known = "known" if party.is_known else "unknown"
    if len(parties) > 1:
        return "several"
    if party.is_club:
        return "club"
    if party.is_place_name:
        return "place+" if party.slug is not None else "place"
    if role is not None:
        return f"{role.kind}|{known}"
    if party.acts_for == "state":
        return "head of state" if party.is_person else "state"
    if party.is_person:
        return f"person|{known}"
    return ("known" if party.is_known else "other") + ("+" if is_people else "")


def _part(
    sentence: Sentence, deed: Deed, event_type: str, head: int, what: str, by_rule: str
) -> tuple[dict[str, float], str, str]:
    """Features of one noun phrase by itself, its slot, and the way to it."""
    tokens = sentence.tokens
    token = tokens[head]
    lemma, pos = tokens[deed.i].lemma, _POS.get(tokens[deed.i].pos, "-")
    first = _first_of_list(sentence, head)
    slot = _slot_of(deed, first)
    passive = "passive" if deed.arguments.is_passive else "active"
    way = _way(sentence, deed.i, first)
    side = "before" if head < deed.i else "behind"
    found: dict[str, float] = {
        "bias": 1, f"slot:{slot}": 1, f"slot:{event_type}|{slot}": 1, f"slot:{lemma}|{slot}": 1,
        f"slot:{slot}|{what}": 1, f"slot:{slot}|{passive}|{pos}": 1, f"way:{way}": 1, f"way:{event_type}|{way}": 1,
        f"what:{what}": 1, f"what:{event_type}|{what}|{side}": 1, f"word:{word_of(token)}": 1,
        f"dep:{token.dep}|{side}": 1, f"rule:{by_rule}": 1, f"rule:{by_rule}|{slot}": 1, f"side:{side}|{pos}": 1,
        f"rule:{by_rule}|{event_type}": 1, f"what:{what}|{token.dep}": 1,
    }  # fmt: skip
    for name in classes_of(tokens[deed.i]):
        found[f"slot:class {name}|{slot}"] = found[f"slot:class {name}|{slot}|{what}|{passive}"] = 1
        found[f"way:class {name}|{way}"] = 1
    for name in classes_of(token):
        found[f"word:class {name}|{slot}"] = found[f"word:class {name}|{event_type}"] = 1
    found[f"slot:{event_type}|{slot}|{what}|{passive}"] = 1
    if first != head:
        found[f"listed:{slot}"] = 1
    if deed.frame is not None and deed.frame.event_type != "NONE":
        takes = "A" if slot == deed.frame.actor else "R" if slot in deed.frame.recipient else "-"
        found[f"frame:{takes}"] = 1
        found[f"frame:{takes}|{slot}"] = 1
    for child in token.children:
        if tokens[child].dep in ("det", "poss", "nummod", "amod"):
            found[f"has:{tokens[child].dep}|{slot}"] = 1
    steps = way.count(">") + way.count("<")
    found[f"steps:{min(steps, 6)}|{side}"] = 1
    if token.dep == "pobj":
        found[f"under:{tokens[token.head].lower}|{event_type}"] = 1
        found[f"under:{lemma} {tokens[token.head].lower}"] = 1
    return found, slot, way


def _first_of_list(sentence: Sentence, i: int) -> int:
    """The first member of the list that a noun stands in."""
    tokens = sentence.tokens
    for _ in range(_LONGEST_WAY):
        if tokens[i].dep != "conj" or tokens[tokens[i].head].pos not in _NOMINAL:
            break
        i = tokens[i].head
    return i


def _slot_of(deed: Deed, head: int) -> str:
    arguments = deed.arguments
    if head in arguments.subjects:
        return "subj"
    if head in arguments.objects:
        return "obj"
    if head in arguments.datives:
        return "dative"
    return next((f"prep:{name}" for name, heads in arguments.preps.items() if head in heads), "none")


def _way(sentence: Sentence, start: int, end: int) -> str:
    """The way through the parse from the deed to the party: dependencies up, then down, with the prepositions."""
    up, down = _chain(sentence, start), _chain(sentence, end)
    meeting = next((i for i in up if i in down), None)
    if meeting is None:
        return "apart"
    tokens = sentence.tokens
    rising = [f"{tokens[i].dep}>" for i in up[: up.index(meeting)]]
    falling = []
    for i in reversed(down[: down.index(meeting)]):
        dep = tokens[i].dep
        falling.append(f"<{tokens[i].lower}" if dep in ("prep", "agent", "dative") and tokens[i].pos == "ADP" else
                       f"<{dep}")  # fmt: skip
    if len(rising) + len(falling) > _LONGEST_WAY:
        return f"far:{rising[0] if rising else ''}{falling[-1] if falling else ''}"
    return "".join(rising) + "".join(falling)


def _chain(sentence: Sentence, i: int) -> list[int]:
    found = [i]
    while sentence.tokens[found[-1]].head != found[-1] and len(found) <= len(sentence.tokens):
        found.append(sentence.tokens[found[-1]].head)
    return found
