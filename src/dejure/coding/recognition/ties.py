"""Acts told by ties and credentials: relations established, severed, ended; envoys accepted."""

from __future__ import annotations

from collections.abc import Iterator

from dejure.coding.actors import Cast
from dejure.coding.clauses import Arguments, arguments_of, noun_arguments
from dejure.coding.outlook import outlook_of, subjects_above
from dejure.coding.parties import Party
from dejure.coding.recognition.conditions import conditions_behind, depending_verb
from dejure.coding.recognition.doers import acting, acting_by_document, signing_verb
from dejure.coding.recognition.implied import considered, of_their_own, spoken_of, told_of
from dejure.coding.recognition.judge import Base
from dejure.coding.recognition.partners import counterpart, implied_partners, partners_of, the_two
from dejure.coding.recognition.polity import recognised_by, recognition_words
from dejure.coding.recognition.trigger import Trigger, is_put_off, light_verb, names_before
from dejure.reading.reading import Sentence
from dejure.records import Recognised

__all__ = ["by_breaking", "by_exchange", "by_ties"]

# -- relations ------------------------------------------------------------------------------------------------------


def by_ties(cast: Cast, sentence: Sentence, i: int) -> Iterator[Trigger]:
    """As in "established diplomatic relations with", "relations are over"."""
    words = recognition_words()["relations"]
    modifiers = {c.lemma for c in sentence.children(i, "amod", "compound")}
    is_formal = bool(modifiers & words["formal"])
    is_diplomatic = "diplomatic" in modifiers or "ambassadorial" in modifiers
    if _at_level(sentence, i):
        is_formal = is_diplomatic = True
    verb = light_verb(sentence, i) or _restored_after(sentence, i)
    held = considered(sentence, i)
    if held is not None:
        base, manner = _ties_act(held[1], True, is_diplomatic, is_other=bool(modifiers & words["other"]))
        own = noun_arguments(sentence, i)
        if base is not None:
            yield from _between(cast, sentence, base, held[0], i, arguments_of(sentence, held[0]), own, manner)
        return
    as_subject = list(_as_subject(cast, sentence, i, is_diplomatic)) or list(_broken_by_those_before(cast, sentence, i))
    if as_subject:
        yield from as_subject
        return
    if _ended(sentence, i) is not None or (is_diplomatic and _begun(sentence, i) is not None):
        return
    if verb is None or _is_of_deed(sentence, i):
        yield from _by_ties_noun(cast, sentence, i, is_diplomatic)
        return
    lemma = sentence.tokens[verb].lemma
    own = noun_arguments(sentence, i)
    if lemma in words["having"] and (is_diplomatic or not modifiers):
        yield from _none_unless(cast, sentence, i, verb, own)
        return
    if is_diplomatic and (is_put_off(sentence, verb) or lemma in recognition_words()["recognition_object"]["refuse"]):
        yield from _refused(cast, sentence, i, verb, own)
        return
    is_other = bool(modifiers & words["other"])
    if _is_again(sentence, verb) and lemma in words["establish"]:
        lemma = "re-establish"
    is_bare = not modifiers and sentence.tokens[i].lemma == "relation" and not lemma.startswith("normali")
    is_formal = is_formal or (
        not modifiers and lemma in ("establish", "re-establish", "open") and _has_partner(sentence, own, verb)
    )
    is_formal = is_formal or (lemma in words["restore"] and not is_other and (is_bare or bool(own.prep("between"))))
    if is_bare and sentence.tokens[i].dep == "nsubjpass" and not own.preps:
        # "Relations were established the same day", right behind a recognition: of full rank.
        is_formal = is_diplomatic = True
    is_plain = sentence.tokens[i].lemma in ("relation", "tie")
    base, manner = _ties_act(lemma, is_formal, is_diplomatic, is_other=is_other, is_bare=is_plain)
    if base is None:
        return
    arguments = arguments_of(sentence, verb)
    yield from _between(cast, sentence, base, verb, i, arguments, own, manner)


def _as_subject(cast: Cast, sentence: Sentence, i: int, is_diplomatic: bool) -> Iterator[Trigger]:
    """Ties that end, begin, or depend on something: they are the subject of the verb."""
    ended = _ended(sentence, i)
    begun = _begun(sentence, i) if is_diplomatic else None
    dependent = _made_to_depend(cast, sentence, i)
    own = noun_arguments(sentence, i)
    if ended is not None:
        yield from _between(cast, sentence, "sever-relations", ended, i, Arguments(), own, None)
    elif dependent is not None:
        yield dependent
    elif begun is not None:
        yield from _between(cast, sentence, "establish-relations", begun, i, Arguments(), own, None)


def _has_partner(sentence: Sentence, own: Arguments, verb: int) -> bool:
    return bool(own.prep("with", "between")) or bool(arguments_of(sentence, verb).prep("with")) or not own.preps


def _at_level(sentence: Sentence, i: int) -> bool:
    """Whether "at ambassadorial level" or the like stands behind ties."""
    behind = " ".join(t.lower for t in sentence.tokens[i + 1 : i + _LEVEL_NEAR])
    return any(f"at {one} level" in behind or f"at the {one} level" in behind for one in _LEVELS)


_LEVELS = ("ambassadorial", "ambassador", "embassy", "legation", "consular", "charge d'affaires")
_LEVEL_NEAR = 9


def _none_unless(cast: Cast, sentence: Sentence, i: int, verb: int, own: Arguments) -> Iterator[Trigger]:
    """As in "will have no diplomatic relations with X unless ...": ties made to depend on something."""
    is_none = any(c.lower in ("no", "not", "any") for c in sentence.children(i, "det"))
    outlook = outlook_of(sentence, verb)
    is_refused = (is_none or outlook.negated) and (outlook.future or outlook.would) and not outlook.in_condition
    if not outlook.conditions and not is_refused:
        return
    if not (is_none or outlook.negated) or not (outlook.future or outlook.would):
        return
    doers = [p for p in cast.of_heads(sentence, arguments_of(sentence, verb).subjects) if p.slug is not None]
    partners = cast.of_heads(sentence, own.prep("with", "to"))
    recognised = [one for p in partners if (one := recognised_by(p, cast.on)) is not None]
    if doers and recognised:
        forced = "condition" if outlook.conditions or conditions_behind(sentence, verb, is_negated=True) else "refuse!"
        rule = "no ties unless" if forced == "condition" else "no ties"
        yield Trigger("establish-relations", verb, i, tuple(doers), tuple(recognised), rule, forced=forced)


def _refused(cast: Cast, sentence: Sentence, i: int, verb: int, own: Arguments) -> Iterator[Trigger]:
    """As in "ruled out diplomatic relations with X", "rejected diplomatic ties with X"."""
    doers = [p for p in cast.of_heads(sentence, arguments_of(sentence, verb).subjects) if p.slug is not None]
    partners = cast.of_heads(sentence, own.prep("with", "to") + arguments_of(sentence, verb).prep("with"))
    recognised = [one for p in partners if (one := recognised_by(p, cast.on)) is not None]
    if doers and recognised:
        rule = "ties ruled out"
        yield Trigger("establish-relations", verb, i, tuple(doers), tuple(recognised), rule, forced="refuse")


def by_exchange(cast: Cast, sentence: Sentence, i: int) -> Iterator[Trigger]:
    """As in "is exchanging ambassadors with X": ties of full rank are set up."""
    verb = light_verb(sentence, i)
    if verb is None or sentence.tokens[verb].lemma not in recognition_words()["relations"]["exchanging"]:
        yield from _exchange_announced(cast, sentence, i)
        return
    arguments, own = arguments_of(sentence, verb), noun_arguments(sentence, i)
    if sentence.children(i, "nummod", "poss") or not (arguments.prep("with") or own.prep("with")):
        return
    yield from _between(cast, sentence, "establish-relations", verb, i, arguments, own, None)


def _exchange_announced(cast: Cast, sentence: Sentence, i: int) -> Iterator[Trigger]:
    """As in "announced the exchange of ambassadors with X"."""
    prep = sentence.tokens[sentence.tokens[i].head]
    noun = sentence.tokens[prep.head]
    if prep.lower != "of" or noun.lemma != "exchange":
        return
    verb = light_verb(sentence, noun.i)
    done = recognition_words()["recognition_object"]["done"]
    if verb is None or sentence.tokens[verb].lemma not in done | {"agree"}:
        return
    own, outer = noun_arguments(sentence, i), noun_arguments(sentence, noun.i)
    own.preps = {**outer.preps, **own.preps}
    if own.prep("with", "between"):
        yield from _between(cast, sentence, "establish-relations", verb, i, arguments_of(sentence, verb), own, None)


def _ended(sentence: Sentence, i: int) -> int | None:
    """The verb in "relations with X ceased", "relations between A and B are over"."""
    words = recognition_words()["relations"]
    token = sentence.tokens[i]
    head = sentence.tokens[token.head]
    if token.dep != "nsubj" or head.pos not in ("VERB", "AUX"):
        return None
    if head.lemma in words["ending"] and not sentence.children(head.i, "dobj"):
        return head.i
    is_over = any(c.lower in words["over"] for c in sentence.children(head.i, "acomp", "oprd", "advmod", "prt", "prep"))
    return head.i if head.lemma in words["staying"] and is_over else None


def _made_to_depend(cast: Cast, sentence: Sentence, i: int) -> Trigger | None:
    """As in "said relations with X would depend on its conduct": ties made to depend by whoever says so."""
    verb = depending_verb(sentence, i)
    if verb is None:
        return None
    outlook = outlook_of(sentence, verb.i)
    governor = outlook.first("report", "announce", "claim")
    if governor is None or outlook.negated or outlook.in_condition or not (outlook.future or outlook.would):
        return None
    found = [
        one for p in cast.of_heads(sentence, noun_arguments(sentence, i).prep("with"))
        if (one := recognised_by(p, cast.on)) is not None
    ]  # fmt: skip
    doers = tuple(p for p in cast.of_heads(sentence, subjects_above(sentence, governor)) if p.can_recognise)
    if not found or not doers:
        return None
    return Trigger("establish-relations", verb.i, i, doers, tuple(found), "ties depend", forced="condition!")


def _is_again(sentence: Sentence, i: int) -> bool:
    """Whether "re-" stands before a word, which the reading takes for a word of its own."""
    return i > 1 and sentence.tokens[i - 1].text == "-" and sentence.tokens[i - 2].lower == "re"


def _restored_after(sentence: Sentence, i: int) -> int | None:
    """The verb in "relations between A and B, cut off in 2019, were restored", which the parse hangs on the first."""
    token = sentence.tokens[i]
    if token.dep not in ("nsubj", "nsubjpass"):
        return None
    verbs = sentence.children(token.head, "conj")
    return next((v.i for v in verbs if v.tag == "VBN" and sentence.children(v.i, "auxpass")), None)


def _begun(sentence: Sentence, i: int) -> int | None:
    """The verb in "diplomatic relations between A and B came into being", "relations begin"."""
    words = recognition_words()["relations"]
    token = sentence.tokens[i]
    head = sentence.tokens[token.head]
    if token.dep != "nsubj" or head.pos != "VERB" or sentence.children(head.i, "dobj"):
        return None
    if head.lemma in words["beginning"]:
        return head.i
    into = [c for p in sentence.children(head.i, "prep") if p.lower == "into" for c in sentence.children(p.i)]
    return head.i if head.lemma in ("come", "enter") and any(c.lower in words["being"] for c in into) else None


def _broken_by_those_before(cast: Cast, sentence: Sentence, i: int) -> Iterator[Trigger]:
    """Names, a finite verb of breaking or making, ties, and the parse has taken the verb for an adjective."""
    words = recognition_words()["relations"]
    for child in sentence.children(i, "amod", "compound"):
        if child.dep == "compound" and not _is_misread_verb(cast, sentence, child.i):
            continue
        is_again = _is_again(sentence, child.i)
        base: Base = "sever-relations"
        if (
            is_again
            or (
                child.lower.removesuffix("d") in words["establish"]
                or child.lower.removesuffix("ed") in words["restore"]
            )
            or (child.dep == "compound" and child.lemma in words["establish"] | words["restore"])
        ):
            base = "establish-relations"
        elif (child.tag not in ("VBN", "VBD") and child.dep != "compound") or child.lemma not in words["sever"]:
            continue
        own = noun_arguments(sentence, i)
        partners = partners_of(cast, sentence, own.prep("with"), set())
        doers = names_before(cast, sentence, child.i - 2 * is_again)
        recognised = [one for p in partners if (one := recognised_by(p, cast.on)) is not None]
        ids = {r.id for r in recognised}
        doers = [p for p in doers if p.can_recognise and p.slug not in ids]
        at, manner = (i if is_again else child.i), ("resume" if is_again else None)
        if doers and recognised:
            yield Trigger(base, at, i, tuple(doers), tuple(recognised), "names before ties", manner=manner)
            return
        if len(doers) == 2 and base == "establish-relations" and not own.prep("with"):
            for doer, other in (doers, doers[::-1]):
                partner = recognised_by(other, cast.on)
                if partner is not None:
                    yield Trigger(base, at, i, (doer,), (partner,), "names before ties, mutual", manner=manner)
            return


def _is_misread_verb(cast: Cast, sentence: Sentence, i: int) -> bool:
    """As in "Peru severs relations", "Peru and Chile cut ties": right behind a name, the parse sees a noun."""
    words = recognition_words()["relations"]
    token = sentence.tokens[i]
    is_verb = token.lemma in words["sever"] | words["establish"] | words["restore"] and token.lower == token.text
    return is_verb and i > 0 and cast.hit(sentence, i - 1) is not None and cast.hit(sentence, i) is None


def by_breaking(cast: Cast, sentence: Sentence, i: int) -> Iterator[Trigger]:
    """As in "broke with Taipei", "is breaking off": a rupture that names no ties."""
    arguments = arguments_of(sentence, i)
    if [sentence.tokens[h].lower for h in arguments.objects] == ["them"]:
        # "still have relations with X. Fiji broke them off": those last spoken of.
        partners = _partners_last_told(cast, sentence)
        doers = tuple(p for p in acting(cast, sentence, arguments.subjects) if p.can_recognise)
        if partners and doers:
            yield Trigger("sever-relations", i, i, doers, tuple(partners), "broke them off")
        return
    if arguments.objects or not (arguments.prep("with") or "off" in {c.lower for c in sentence.children(i)}):
        return
    yield from _between(cast, sentence, "sever-relations", i, i, arguments, Arguments(), None)


def _partners_last_told(cast: Cast, sentence: Sentence) -> list[Recognised]:
    """With whom the ties are that the sentence before speaks of."""
    for earlier in reversed(cast.reading.sentences[max(0, sentence.index - 1) : sentence.index + 1]):
        for token in earlier.tokens:
            if token.lemma in recognition_words()["relations"]["nouns"]:
                heads = noun_arguments(earlier, token.i).prep("with")
                found = [one for p in cast.of_heads(earlier, heads) if (one := recognised_by(p, cast.on)) is not None]
                if found:
                    return found
    return []


def _ties_act(
    lemma: str, is_formal: bool, is_diplomatic: bool, *, is_other: bool, is_bare: bool = False
) -> tuple[Base | None, str | None]:
    words = recognition_words()["relations"]
    if lemma in words["sever"]:
        return ("sever-relations", None) if is_formal or not is_other else (None, None)
    if lemma in words["suspend"] and (is_diplomatic or is_formal or (is_bare and not is_other)):
        return "sever-relations", "suspend"
    if lemma in words["establish"] and is_formal:
        return "establish-relations", None
    if lemma in words["restore"] and is_formal:
        return "establish-relations", "resume"
    return None, None


def _is_of_deed(sentence: Sentence, i: int) -> bool:
    """As in "announced the establishment of relations": the noun, and not the verb over it, tells what was done."""
    words = recognition_words()["relations"]
    prep = sentence.tokens[sentence.tokens[i].head]
    if sentence.tokens[i].dep != "pobj" or prep.lower != "of":
        return False
    noun = sentence.tokens[prep.head]
    return noun.pos == "NOUN" and noun.lemma in words["establish_nouns"] | words["restore_nouns"] | words["sever_nouns"]


def _by_ties_noun(cast: Cast, sentence: Sentence, i: int, is_diplomatic: bool) -> Iterator[Trigger]:
    """As in "the establishment of diplomatic relations between A and B", "the severing of ties with B"."""
    words = recognition_words()["relations"]
    token = sentence.tokens[i]
    if token.dep != "pobj":
        return
    noun = sentence.tokens[sentence.tokens[token.head].head]
    base: Base
    is_again = noun.lemma in words["restore_nouns"] or (
        noun.lemma in words["establish_nouns"] and _is_again(sentence, noun.i)
    )
    if is_again or (noun.lemma in words["establish_nouns"] and is_diplomatic):
        base = "establish-relations"
    elif noun.lemma in words["sever_nouns"]:
        base = "sever-relations"
    else:
        return
    verb = light_verb(sentence, noun.i)
    verb = verb if verb is not None else signing_verb(sentence, noun.i)
    arguments = arguments_of(sentence, verb) if verb is not None else Arguments()
    own = noun_arguments(sentence, i)
    outer = noun_arguments(sentence, noun.i)
    own.subjects += outer.subjects
    own.preps = {**outer.preps, **own.preps}
    manner = "resume" if is_again else "suspend" if noun.lemma == "suspension" else None
    yield from _between(cast, sentence, base, verb if verb is not None else noun.i, i, arguments, own, manner)


def _between(cast: Cast, sentence: Sentence, base: Base, at: int, word: int, arguments: Arguments, own: Arguments,
             manner: str | None) -> Iterator[Trigger]:  # fmt: skip
    outer = [h for h in arguments.prep("with", "from", "to") if _may_be_partner(cast, sentence, h)]
    subjects, partners, both = _sides(cast, sentence, arguments, own, outer)
    if not subjects and at != word:
        subjects = [p for p in acting_by_document(cast, sentence, at) if p.slug not in {q.slug for q in partners}]
    if not partners and base == "establish-relations" and not (own.prep("with") or outer):
        subjects = the_two(cast, sentence, arguments.subjects) or subjects
    partners = [p for p in partners if p.slug is not None and p.slug not in {s.slug for s in subjects}]
    if not partners and len(subjects) == 2:
        subjects, partners = subjects[:1], subjects[1:]
    if not partners and len(subjects) == 1 and base == "sever-relations":
        partners = counterpart(cast, sentence, word, subjects[0])
    if len(both) > 1 and base == "establish-relations" and {p.slug for p in both} <= cast.told:
        # "The two countries" are not those that were just recognised together: whose ties these are stays open.
        return
    several = spoken_of(cast, sentence, own.prep("with") + outer)
    if several and not partners and not both:
        doers = tuple(p for p in subjects if p.slug not in {one.id for one in several})
        yield Trigger(base, at, word, doers, tuple(several), "diplomatic relations with several", manner=manner)
        return
    has_partner = own.prep("with", "to", "between") or outer or arguments.prep("between")
    if not partners and not has_partner:
        yield from _with_whom_implied(cast, sentence, base, at, word, arguments, subjects, manner)
        return
    recognised = [one for p in partners if (one := recognised_by(p, cast.on)) is not None]
    if recognised:
        yield Trigger(base, at, word, tuple(subjects), tuple(recognised), "diplomatic relations", manner=manner)
        returned = [one for p in subjects if (one := recognised_by(p, cast.on)) is not None]
        is_joint = base == "establish-relations" and len(subjects) == 1 and bool(arguments.subjects)
        if both or (is_joint and not outer and not own.prep("with")):
            rule = "diplomatic relations, mutual"
            yield Trigger(base, at, word, tuple(partners), tuple(returned), rule, manner=manner)


def _with_whom_implied(cast: Cast, sentence: Sentence, base: Base, at: int, word: int, arguments: Arguments,
                       subjects: list[Party], manner: str | None) -> Iterator[Trigger]:  # fmt: skip
    """Ties whose other side the clause leaves out: that of the act told last, the polity spoken of."""
    implied = _asking(cast, sentence, at, subjects)
    implied = implied or (implied_partners(cast, sentence, word, subjects, base) if subjects else [])
    if not subjects and not arguments.subjects and at != word:
        implied = told_of(cast, sentence, word)
    if implied:
        yield Trigger(base, at, word, tuple(subjects), tuple(implied), "diplomatic relations, implied", manner=manner)


def _asking(cast: Cast, sentence: Sentence, at: int, subjects: list[Party]) -> list[Recognised]:
    """In "China called on Bhutan to open relations" they are asked for with the one that asks."""
    governor = outlook_of(sentence, at).first("demand")
    if governor is None or governor.pos != "verb" or not subjects:
        return []
    slugs = {p.slug for p in subjects}
    askers = [p for p in cast.of_heads(sentence, subjects_above(sentence, governor)) if p.can_recognise]
    return [
        one for p in askers if p.acts_for == "state" and p.slug not in slugs
        and (one := recognised_by(p, cast.on)) is not None
    ]  # fmt: skip


def _sides(
    cast: Cast, sentence: Sentence, arguments: Arguments, own: Arguments, outer: list[int]
) -> tuple[list[Party], list[Party], list[Party]]:
    """Who has ties, with whom, and all of them where "between" names them."""
    subjects = acting(cast, sentence, arguments.subjects or own.subjects or own.prep("of"))
    partners = partners_of(cast, sentence, own.prep("with", "to") + outer, {p.slug for p in subjects})
    between = own.prep("between") + arguments.prep("between")
    both = cast.of_heads(sentence, between)
    theirs = of_their_own(cast, sentence, between)
    if theirs:
        # "relations between their countries and X": of each of them with X.
        slugs = {p.slug for p in theirs}
        subjects, partners, both = theirs, [p for p in both if p.slug not in slugs], []
    elif (
        both and arguments.subjects and (doers := [p for p in subjects if _id(p, cast) in {_id(b, cast) for b in both}])
    ):
        # "Relations between A and B were broken off by A": of A alone.
        ids = {_id(p, cast) for p in doers}
        return doers, [p for p in both if _id(p, cast) not in ids], []
    elif both:
        subjects, partners = both, []
    return [p for p in subjects if p.slug is not None], partners, both


def _id(party: Party, cast: Cast) -> str | None:
    """The id by which a party's dealings are recorded: former forms of a state are one with it."""
    one = recognised_by(party, cast.on)
    return one.id if one is not None else party.slug


def _may_be_partner(cast: Cast, sentence: Sentence, i: int) -> bool:
    """Whether a head under "to" can be a party to ties ("ties to Peru"; not "to the surprise of Peru")."""
    token = sentence.tokens[i]
    objects = recognition_words()["object"]
    named = cast.hit(sentence, i) is not None or token.pos in ("PRON", "PROPN")
    return named or token.lemma in objects["state"] | objects["government"]
