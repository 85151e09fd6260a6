"""Whose an act is where its subject is a pronoun or a rank: "said it had recognised", "one of three states"."""

from __future__ import annotations

from dataclasses import replace

from dejure.coding.actors import Cast
from dejure.coding.clauses import arguments_of
from dejure.coding.mentions import Mention
from dejure.coding.outlook import outlook_of, subjects_above
from dejure.coding.parties import Party
from dejure.coding.recognition.polity import recognition_words
from dejure.reading.reading import Sentence

__all__ = ["asked_members", "beside_rank", "meant_by_it", "one_of_several", "whole_club"]

_NEAR = 2
_RANKS = frozenset({"first", "second", "third", "fourth", "fifth", "last", "latest", "only"})


def meant_by_it(cast: Cast, sentence: Sentence, i: int, heads: list[int]) -> tuple[Party, ...]:
    """Who "it" is as a subject of recognising: who says so of itself, else, at the head of a clause, who acted last.

    Parameters
    ----------
    i : int
        The predicate.
    heads : list of int
        Heads of its subjects.
    """
    if [sentence.tokens[h].lower for h in heads] != ["it"] or sentence.tokens[heads[0] - 1].lower == "for":
        # ("for it to be prudent to")
        return ()
    governor = outlook_of(sentence, i).first("report", "announce", "claim", "deny")
    if governor is not None:
        said = [p for p in cast.of_heads(sentence, subjects_above(sentence, governor)) if p.can_recognise]
        return (_as_it(sentence, heads[0], said[0]),) if len(said) == 1 and not said[0].entity.inferred else ()
    nearest = next((m for m in cast.before(sentence, heads[0]) if m.party.can_recognise), None)
    if cast.doer is None or nearest is None or _is_subject_itself(cast, nearest):
        return ()
    for mention in cast.before(sentence, heads[0]):
        if mention.order[0] < sentence.index - _NEAR:
            break
        if mention.party.entity.key == cast.doer and mention.is_subject and mention.party.can_recognise:
            return (_as_it(sentence, heads[0], mention.party),)
    return ()


def _as_it(sentence: Sentence, i: int, party: Party) -> Party:
    """The party with the pronoun for its words."""
    start, end = sentence.span(i, i)
    words = sentence.tokens[i].text
    return party.at(replace(party.entity, name_raw=words, part=sentence.part, start=start, end=end))


def _is_subject_itself(cast: Cast, mention: Mention) -> bool:
    """Whether a subject is a party, by its name or an office, and no thing of its ("the British mandate")."""
    where = cast.reading.sentences[mention.order[0]]
    is_thing = cast.hit(where, mention.order[1]) is None and mention.party.entity.role is None
    return mention.is_subject and not (is_thing and where.tokens[mention.order[1]].pos == "NOUN")


def whole_club(cast: Cast, sentence: Sentence, heads: list[int]) -> tuple[Party, ...]:
    """The club that "the six states of the Gulf Cooperation Council" is, all of it."""
    for head in heads:
        token = sentence.tokens[head]
        is_all = any(c.lower in ("the", "all") for c in sentence.children(head, "det", "predet"))
        if token.tag != "NNS" or token.lemma not in recognition_words()["several"]["general"] or not is_all:
            continue
        if any(c.lower == "other" or c.dep in ("relcl", "acl") for c in sentence.children(head)):
            continue
        of = [c.i for p in sentence.children(head, "prep") if p.lower == "of" for c in sentence.children(p.i, "pobj")]
        clubs = tuple(p for p in cast.of_heads(sentence, of) if p.is_club and p.can_recognise)
        if clubs:
            return clubs
    return ()


def asked_members(cast: Cast, sentence: Sentence, i: int, heads: list[int], parties: tuple[Party, ...]) -> list[Party]:
    """In "asked all members of the United Nations to recognise" states in general are asked, not the club."""
    token = sentence.tokens[i]
    is_asked = token.tag == "VB" and token.dep in ("xcomp", "ccomp", "advcl")
    general = recognition_words()["several"]["general"]
    found: list[Party] = []
    for party in parties:
        at = next((h for h in heads if sentence.tokens[h].tag == "NNS" and sentence.tokens[h].lemma in general), None)
        if is_asked and party.is_club and at is not None and cast.hit(sentence, at) is None:
            words = sentence.tokens[at].text
            start, end = sentence.span(at, at)
            nobody = replace(party.entity, id=None, country=None, name=words, name_raw=words, start=start, end=end)
            found.append(replace(party, entity=nobody, slug=None, is_club=False, acts_for="none"))
        else:
            found.append(party)
    return found


def one_of_several(cast: Cast, sentence: Sentence, i: int) -> list[Party]:
    """Who is named beside the subject in "X was one of three states, with Y and Z, to recognise"."""
    for verb in (sentence.tokens[i].head, sentence.tokens[sentence.tokens[i].head].head):
        if sentence.tokens[verb].lemma not in ("be", "become", "remain"):
            continue
        if not any(c.lower == "one" for c in sentence.children(verb, "attr")):
            return []
        with_them = [
            c.i for p in sentence.children(verb, "prep") if p.lower in ("with", "alongside", "beside") and p.i < i
            for c in sentence.children(p.i, "pobj")
        ]  # fmt: skip
        return [p for p in cast.of_heads(sentence, with_them) if p.can_recognise and not p.is_person]
    return []


def beside_rank(cast: Cast, sentence: Sentence, i: int) -> tuple[Party, ...]:
    """The name before a rank that stands beside it ("Panama, in 1978 the first state there to recognise X, ...")."""
    token = sentence.tokens[i]
    head = sentence.tokens[token.head]
    is_rank = head.lemma in recognition_words()["several"]["general"] and head.tag == "NN"
    ranks = {c.lower for c in sentence.children(head.i, "amod", "nummod")}
    if token.dep not in ("relcl", "acl") or not is_rank or not ranks & _RANKS or cast.hit(sentence, head.i) is not None:
        return ()
    if head.dep == "appos":
        named = [head.head]
    elif head.dep in ("nsubj", "nsubjpass", "conj", "npadvmod", "dep"):
        above = head.head
        named = [h for h in arguments_of(sentence, above).subjects if h < head.i]
        named = named if named and any(t.lower == "," for t in sentence.tokens[named[0] : head.i]) else []
    else:
        return ()
    return tuple(p for h in named[:1] for p in cast.parties(sentence, h) if p.can_recognise)
