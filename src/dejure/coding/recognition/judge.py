"""From what stands over a trigger to the act, whether it is asserted, and on whose word.

The verdict starts as the bare act, done and asserted, and is changed by the trigger's own auxiliaries, then by each
governor from the nearest to the root, in the order of the text's own nesting.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from dejure.coding.actors import Cast
from dejure.coding.outlook import Governor, Outlook
from dejure.coding.parties import Party
from dejure.coding.recognition.clues import (
    has_gerund,
    is_about_to,
    is_after_all,
    is_deciding,
    is_left_open,
    is_untrue,
    words_before,
)
from dejure.coding.recognition.conditions import take_conditions_around, with_conditions
from dejure.coding.recognition.polity import recognition_words
from dejure.coding.recognition.refusing import refused_outright
from dejure.coding.recognition.speaking import (
    asks_others,
    is_confirmed,
    is_document,
    is_it_behind,
    is_nobody_in_particular,
    is_office_of_nobody,
    is_wanted_of,
    same_voice,
    says_it_itself,
    speaking,
    speaks_together,
    tells_when,
    verb_over,
)
from dejure.coding.recognition.verdict import Base, Verdict
from dejure.reading.reading import Sentence
from dejure.records import COMPLETED_ACTS

__all__ = ["Base", "Verdict", "judge"]

_NOTHING = Verdict(act=None, asserted=False)
_REFUSABLE = ("recognise", "establish-relations")
#: "decided not to recognise", "vowed not to": refused.
_RESOLVING = frozenset({"decide", "plan", "announce"})
_AHEAD = frozenset({"will", "'ll", "shall", "would"})
_AHEAD_NOT = _AHEAD | {"wo"}


def judge(cast: Cast, sentence: Sentence, base: Base, outlook: Outlook, recogniser: Party | None,
          speaker: Party | None, at: int | None = None) -> Verdict:  # fmt: skip
    """The verdict on a trigger.

    Parameters
    ----------
    base : str
        The act that the trigger names when nothing stands over it.
    recogniser : Party or None
        Who would do it.
    speaker : Party or None
        Whose quotation the trigger stands in, if in one.
    at : int or None
        The predicate, for conditions that the parse does not show.
    """
    verdict = _own_words(
        Verdict(act=base),
        base,
        outlook,
        says_it_itself(cast, sentence, outlook, recogniser, speaker),
        is_after_all=is_after_all(sentence, at),
        is_instead=at is not None and words_before(sentence, at) in _INSTEAD,
        is_no_longer=at is not None and any(c.lower == "longer" for c in sentence.children(at)),
    )
    if is_left_open(outlook):
        return _NOTHING
    refused = refused_outright(cast, sentence, base, outlook, recogniser, speaker, at or 0)
    if refused is not None:
        return refused
    told = False
    for governor in outlook.governors:
        if verdict.act is None:
            return verdict
        if is_untrue(sentence, governor):
            return _NOTHING
        verdict = _under(cast, sentence, verdict, base, governor, recogniser, performs=outlook.is_present, told=told)
        told = told or governor.effect in ("report", "announce")
    depends = next((g for g in outlook.governors if g.lemma in ("depend", "hinge", "hang")), None)
    if depends is not None and outlook.whether and base in ("recognise", "establish-relations"):
        return Verdict(act="condition", asserted=True, conditions=(depends.i,), steps=(f"whether ({depends.lemma})",))
    decides = next((g for g in outlook.governors if is_deciding(sentence, g)), None)
    if decides is not None and outlook.whether and base in ("recognise", "establish-relations"):
        ahead = any(g.aux & _AHEAD or g.effect in ("plan", "predict") for g in outlook.governors)
        if ahead and not any(g.negated for g in outlook.governors):
            return Verdict(act="consider", steps=(f"will decide whether ({decides.lemma})",))
    if verdict.act is None or (outlook.whether and verdict.act not in ("consider", "refuse", "demand")):
        return _NOTHING
    sources = cast.of_heads(sentence, outlook.sources)
    others = tuple(p for p in sources if recogniser is None or not same_voice(p, recogniser))
    if others and verdict.act in COMPLETED_ACTS:
        verdict = verdict.because("according to another", asserted=False, said_by=verdict.said_by or others)
    if base in _REFUSABLE and at is not None:
        take_conditions_around(sentence, verdict, outlook, at)
    return with_conditions(_as_quoted(verdict, recogniser, speaker), base, outlook)


_INSTEAD = (("rather", "than"), ("instead", "of"), ("sooner", "than"))


def _as_quoted(verdict: Verdict, recogniser: Party | None, speaker: Party | None) -> Verdict:
    """What another than the recogniser says in a quotation is a claim, or a demand of the speaker."""
    if speaker is None or recogniser is None or same_voice(speaker, recogniser) or is_nobody_in_particular(speaker):
        return verdict
    if verdict.act in COMPLETED_ACTS and not verdict.asked_by:
        return verdict.because("quoted from another", asserted=False, said_by=(speaker,))
    if verdict.act == "demand" and not verdict.asked_by:
        return verdict.because("asked in a quotation", asked_by=(speaker,))
    return verdict


def _own_words(verdict: Verdict, base: Base, outlook: Outlook, own_voice: bool, *, is_after_all: bool,
               is_no_longer: bool, is_instead: bool) -> Verdict:  # fmt: skip
    if outlook.unreal or is_instead:
        return _NOTHING
    if outlook.doubted or is_about_to(outlook):
        verdict = verdict.because("hearsay", asserted=False)
    if outlook.in_condition:
        return verdict.because("in a condition", asserted=False)
    if outlook.is_question and outlook.first("report", "announce", "claim") is None:
        return _NOTHING
    if outlook.obliged:
        if outlook.negated or base in ("withdraw", "sever-relations"):
            return _NOTHING  # calls not to recognise, or to undo it, are events only
        return verdict.because("should", act="demand", asserted=False)
    if outlook.negated:
        return _negated(verdict, base, outlook, own_voice, is_after_all)
    spoken = own_voice or outlook.first("report", "announce", "plan", "suggest", "claim", "decide") is not None
    if outlook.conditions and (outlook.future or outlook.would or outlook.possible or outlook.can):
        if outlook.would and not spoken:
            return verdict.because("the writer's hypothesis", asserted=False)
        return verdict.because("conditional", act="condition")
    is_ceasing = base == "withdraw" and is_no_longer
    return _ahead(verdict, outlook, own_voice=own_voice, is_ceasing=is_ceasing)


#: Governors under which "would" is the future of somebody's words.
_TELLING = ("report", "announce", "plan", "suggest", "claim", "decide", "deny", "predict")


def _ahead(verdict: Verdict, outlook: Outlook, *, own_voice: bool, is_ceasing: bool) -> Verdict:
    """What its own modal verbs make of an act without conditions."""
    if is_ceasing and (own_voice or outlook.first("report", "announce", "decide") is not None or outlook.future):
        # "will no longer recognise": said so, it is withdrawn.
        return verdict.because("no longer")
    if outlook.future:
        return verdict.because("will", act="intend")
    if outlook.would:
        reported = outlook.first(*_TELLING) is not None
        return verdict.because("would, reported", act="intend") if reported or own_voice else _NOTHING
    if outlook.possible and any(g.negated for g in outlook.governors):
        # "did not explain when it might"
        return _NOTHING
    if outlook.possible:
        return verdict.because("may", asserted=False) if not own_voice else verdict.because("may", act="consider")
    return verdict if not outlook.can else _NOTHING


def _negated(verdict: Verdict, base: Base, outlook: Outlook, own_voice: bool, is_after_all: bool) -> Verdict:
    if base == "accept-credentials" and (outlook.future or outlook.would):
        return verdict.because("will not", act="refuse")
    if base not in ("recognise", "establish-relations"):
        if outlook.future or outlook.would or outlook.can:
            # What one will not undo was not said to be undone.
            return _NOTHING
        return _NOTHING if not own_voice and not is_after_all else verdict.because("denied doing it", act="deny")
    if outlook.future or outlook.would or outlook.can:
        return verdict.because("will not", act="refuse")
    nearest = outlook.governors[0] if outlook.governors else None
    if nearest is not None and nearest.via == "xcomp" and nearest.effect in _RESOLVING and not nearest.negated:
        return verdict.because(f"{nearest.lemma} not to", act="refuse")
    if own_voice and outlook.past and not outlook.perfect and not outlook.past_perfect and not is_after_all:
        # "said that Peru did not recognise X": what is not, in the tense of the report.
        return verdict.because("does not, in its own words", act="refuse")
    if (outlook.perfect or outlook.past or outlook.past_perfect) and not outlook.progressive:
        return verdict.because("after all", act="deny") if is_after_all else _NOTHING
    return verdict.because("does not, in its own words", act="refuse") if own_voice else _NOTHING


@dataclass(frozen=True, slots=True)
class _Case:
    """A verdict under one governor; `others` are its subjects that do not speak for the recogniser."""

    verdict: Verdict
    base: Base
    governor: Governor
    subjects: list[Party]
    others: tuple[Party, ...]
    #: Whether its subject is "the two", "both", "they": those who act together speak together.
    speaks_together: bool = False
    #: Whether the act is done by being said ("told reporters that Peru recognises X"), by an office nobody else claims.
    is_performed: bool = False
    #: Whether what is said is left open: "has not said when it will".
    is_open: bool = False
    #: The verb over a governing noun ("voted down a motion").
    above: str = ""
    #: Whether a coordinated verb says that the doer has confirmed it.
    confirmed_by_doer: bool = False

    @property
    def step(self) -> str:
        return f"{self.governor.effect} ({self.governor.lemma})"

    @property
    def is_refusable(self) -> bool:
        """Whether the bare act is one that can be refused or asked for."""
        return self.base in ("recognise", "establish-relations")


def _thought_or_ceased(sentence: Sentence, verdict: Verdict, base: Base, governor: Governor) -> Verdict | None:
    """The verdict under "is thinking of recognising", "ceased to recognise"; None under other words."""
    if has_gerund(sentence, governor) and governor.lemma in recognition_words()["spoken_of"]["verbs"]:
        # "is thinking of recognising", "spoke of recognising": not done; "is not thinking of" is as good as a refusal.
        if verdict.act not in (*COMPLETED_ACTS, "intend"):
            return verdict
        act = "refuse" if governor.negated and base in _REFUSABLE else "consider"
        return _NOTHING if governor.negated and act != "refuse" else verdict.because(governor.lemma, act=act)
    if (
        governor.lemma in recognition_words()["governing"]["ceasing"]
        and governor.effect != "refuse"
        and governor.via in ("xcomp", "pcomp")
    ):
        # "ceased to recognise X", "stopped recognising X"
        return (
            verdict.because(f"ceased ({governor.lemma})", act="withdraw")
            if base == "recognise" and not governor.negated
            else _NOTHING
        )
    return None


def _accused(cast: Cast, sentence: Sentence, verdict: Verdict, governor: Governor) -> Verdict | None:
    """The verdict under "is accused by X of recognising"; None under other words."""
    is_accused = governor.lemma in recognition_words()["governing"]["accusing"]
    if not is_accused or governor.via not in ("pcomp", "prep", "pobj") or verdict.act not in COMPLETED_ACTS:
        return None
    by = [c.i for a in sentence.children(governor.i, "agent") for c in sentence.children(a.i, "pobj")]
    said_by = tuple(cast.of_heads(sentence, by))
    return verdict.because(f"accused ({governor.lemma})", asserted=False, said_by=said_by)


def _is_no_stance(sentence: Sentence, governor: Governor) -> bool:
    """As in "has no position on recognising", "does not change its policy of"."""
    is_topic = governor.lemma in recognition_words()["governing"]["topics"]
    over = sentence.tokens[sentence.tokens[governor.i].head]
    return is_topic and governor.via in ("pcomp", "prep", "pobj") and bool(sentence.children(over.i, "neg"))


def _under(
    cast: Cast,
    sentence: Sentence,
    verdict: Verdict,
    base: Base,
    governor: Governor,
    recogniser: Party | None,
    *,
    performs: bool,
    told: bool,
) -> Verdict:
    set_apart = _thought_or_ceased(sentence, verdict, base, governor)
    if set_apart is not None:
        return set_apart
    if governor.negated and governor.via == "ccomp" and governor.lemma in recognition_words()["amount"]["verbs"]:
        # "did not mean that it recognised"
        return verdict.because(f"not {governor.lemma}", act="deny", asserted=True) if base in _REFUSABLE else _NOTHING
    if governor.effect == "decide" and governor.pos == "noun":
        lemma = sentence.tokens[verb_over(sentence, governor.i)].lemma
        if lemma in recognition_words()["untimely"]["open"] and verdict.act in COMPLETED_ACTS:
            return _NOTHING
    if verdict.act in COMPLETED_ACTS and _is_no_stance(sentence, governor):
        return _NOTHING
    accused = _accused(cast, sentence, verdict, governor)
    if accused is not None:
        return accused
    handler = _HANDLERS.get(governor.effect)
    has_subject = governor.effect in _SPOKEN
    if governor.lemma == "look" and any(c.lower == "forward" for c in sentence.children(governor.i)):
        handler, has_subject = _want, True
    elif (
        not governor.effect
        and governor.lemma in recognition_words()["governing"]["asking"]
        and governor.via in ("xcomp", "ccomp", "advcl")
    ):
        handler, has_subject = _demand, True
    if handler is None:
        unreal = governor.aux & _UNREAL and governor.via in ("xcomp", "ccomp", "acl", "pcomp") and not told
        # "is not in a position to": the word below "be" has answered for the "not".
        is_answered = governor.via == "acomp" or (governor.via == "prep" and verdict.act not in COMPLETED_ACTS)
        is_denied = governor.via in _AS_SUBJECT or (governor.lemma == "be" and not is_answered)
        return _NOTHING if unreal or (governor.negated and is_denied) else verdict
    is_own = handler is _report and is_it_behind(sentence, governor)
    subjects = cast.of_heads(sentence, speaking(sentence, governor)) if has_subject and not is_own else []
    others = tuple(s for s in subjects if recogniser is None or not same_voice(s, recogniser))
    if handler is _want and not others and is_wanted_of(cast, sentence, governor):
        # "wants Rome to recognise": whoever wants it of a state by name does not speak for it.
        others = tuple(subjects)
    if handler is _demand and subjects and not others and asks_others(cast, sentence, governor, recogniser):
        return _NOTHING
    said = handler is _report
    return handler(
        _Case(
            verdict, base, governor, subjects, others,
            speaks_together=said and speaks_together(sentence, governor),
            is_performed=said and performs and (is_office_of_nobody(subjects) or is_document(sentence, governor)),
            is_open=said and tells_when(sentence, governor),
            above=sentence.tokens[verb_over(sentence, governor.i)].lemma,
            confirmed_by_doer=said and is_confirmed(cast, sentence, governor, recogniser),
        )
    )  # fmt: skip


#: Sectors of those who promise for the state what only the state can do.
_PARTISAN = frozenset({"PTY", "OPP"})
#: Modal verbs that make what a governing verb brings about unreal ("a bill that would have obliged X to recognise").
_UNREAL = frozenset({"would", "could", "might"})
_AS_SUBJECT = frozenset({"nsubj", "nsubjpass", "csubj"})
_SPOKEN = frozenset(
    {"report", "announce", "claim", "demand", "want", "suggest", "fear", "warn", "predict", "deny", "doubt", "plan"}
)


def _report(case: _Case) -> Verdict:
    verdict, governor = case.verdict, case.governor
    if governor.negated and (governor.effect != "report" or case.is_open):
        return _NOTHING
    others = tuple(s for s in case.others if not is_nobody_in_particular(s))
    if governor.effect == "claim" and governor.pos == "noun" and not case.subjects:
        return verdict.because(case.step, asserted=False)
    is_own = case.speaks_together or case.is_performed or case.confirmed_by_doer
    if (
        not others
        or len(others) < len(case.subjects)
        or (is_own and verdict.act in (*COMPLETED_ACTS, "intend", "refuse"))
    ):
        if governor.effect == "suggest" and governor.via in ("pcomp", "prep") and verdict.act in COMPLETED_ACTS:
            return verdict.because(case.step, act="consider")
        return verdict.because(case.step)
    if verdict.act == "demand":
        return verdict.because(case.step, asked_by=verdict.asked_by or others)
    if verdict.act == "intend" and case.is_refusable and all(_PARTISAN & set(p.entity.sectors) for p in others):
        # What a party promises for the state is asked of it.
        return verdict.because(case.step, act="demand", asserted=False, asked_by=others)
    if verdict.act in COMPLETED_ACTS or verdict.act in ("intend", "consider", "refuse", "condition"):
        return verdict.because(case.step, asserted=False, said_by=verdict.said_by or others)
    return verdict.because(case.step)


def _plan(case: _Case) -> Verdict:
    if case.governor.negated:
        return case.verdict.because(f"not {case.step}", act="refuse") if case.is_refusable else _NOTHING
    promised_by = tuple(s for s in case.others if not is_nobody_in_particular(s))
    if promised_by and len(promised_by) == len(case.subjects) and case.is_refusable:
        # What a party or a candidate promises for the state is asked of it.
        return case.verdict.because(case.step, act="demand", asserted=False, asked_by=promised_by)
    return case.verdict.because(case.step, act="intend") if case.verdict.act in COMPLETED_ACTS else case.verdict


def _predict(case: _Case) -> Verdict:
    verdict = case.verdict
    if case.governor.negated:
        return _NOTHING
    if verdict.act == "intend":
        verdict = replace(verdict, act=case.base)
    said_by = verdict.said_by or (case.others if case.governor.pos == "verb" else ())
    return verdict.because(case.step, asserted=False, said_by=said_by)


def _consider(case: _Case) -> Verdict:
    if case.governor.negated:
        return case.verdict.because(f"not {case.step}", act="refuse") if case.governor.pos == "verb" else _NOTHING
    return (
        case.verdict.because(case.step, act="consider")
        if case.verdict.act in (*COMPLETED_ACTS, "intend")
        else case.verdict
    )


def _refuse(case: _Case) -> Verdict:
    if case.governor.negated:
        return case.verdict.because(f"not {case.step}", act="consider")
    if case.verdict.act not in (*COMPLETED_ACTS, "intend", "consider"):
        return case.verdict
    return case.verdict.because(case.step, act="refuse") if case.is_refusable else _NOTHING


def _deny(case: _Case) -> Verdict:
    if case.governor.negated:
        return case.verdict
    if case.subjects and len(case.others) == len(case.subjects):
        return case.verdict.because(case.step, asserted=False, said_by=())
    return case.verdict.because(case.step, act="deny", asserted=True, said_by=())


def _demand(case: _Case) -> Verdict:
    verdict = case.verdict
    if case.governor.negated or verdict.act == "refuse":
        return _NOTHING
    words = recognition_words()["governing"]
    if case.governor.pos == "noun" and case.subjects and not case.others and case.above not in words["passing"]:
        # A bill of one's own is none yet; one voted down is refused.
        act = "refuse" if case.above in words["rejecting"] and case.is_refusable else "consider"
        return verdict.because(case.step, act=act)
    is_club = bool(case.subjects) and all(p.is_club for p in case.subjects)
    if is_club and case.governor.lemma not in words["ordering"] and case.is_refusable:
        # A part of a club that asks the club: nothing is decided.
        return verdict.because(case.step, act="demand", asserted=False, asked_by=tuple(case.subjects))
    if case.subjects and not case.others and case.governor.lemma in words["ordering"]:
        # "The president has told the ministry to sever relations": an order to one's own is a decision.
        return verdict.because(case.step)
    if case.subjects and not case.others and case.is_refusable:
        return verdict.because(case.step, act="demand", asserted=False, asked_by=tuple(case.subjects))
    if not case.is_refusable:
        return _NOTHING
    return verdict.because(case.step, act="demand", asserted=False, asked_by=verdict.asked_by or case.others)


def _want(case: _Case) -> Verdict:
    verdict = case.verdict
    if case.governor.negated:
        is_own = not case.others and case.base == "recognise"
        return verdict.because(f"not {case.step}", act="refuse") if is_own else _NOTHING
    if case.others and not case.is_refusable:
        return _NOTHING
    if case.others:
        return verdict.because(case.step, act="demand", asserted=False, asked_by=case.others)
    if verdict.act in COMPLETED_ACTS and case.base == "establish-relations" and not case.others:
        return verdict.because(case.step, act="intend")
    return verdict.because(case.step, act="consider") if verdict.act in COMPLETED_ACTS else verdict


def _undone(_: _Case) -> Verdict:
    return _NOTHING


def _done(case: _Case) -> Verdict:
    governor = case.governor
    if governor.negated:
        # "will not rush to recognise", "would not be rushed into"
        is_refused = governor.aux & _AHEAD_NOT and governor.pos == "verb" and governor.via in ("xcomp", "prep", "pcomp")
        return case.verdict.because(f"not {case.step}", act="refuse") if is_refused and case.is_refusable else _NOTHING
    for words, changes in _MODALS:
        if case.governor.aux & words and case.verdict.act in COMPLETED_ACTS:
            return case.verdict.because(f"{min(words)} {case.step}", **changes)
    return case.verdict.because(case.step)


#: What a modal verb on a governor such as "become" or "decide" makes of the act under it.
_MODALS: tuple[tuple[frozenset[str], dict[str, object]], ...] = (
    (frozenset({"will", "'ll", "shall", "would"}), {"act": "intend"}),
    (frozenset({"should", "must"}), {"act": "demand", "asserted": False}),
    (frozenset({"may", "might", "could"}), {"asserted": False}),
)


def _hypothetical(case: _Case) -> Verdict:
    if case.governor.effect != "warn":
        return _NOTHING
    return case.verdict.because(case.step, asserted=False, said_by=case.others) if case.others else case.verdict


def _hedge(case: _Case) -> Verdict:
    return case.verdict.because(case.step, hedge=case.governor)


_HANDLERS = {
    "report": _report, "announce": _report, "claim": _report, "suggest": _report, "plan": _plan, "predict": _predict,
    "consider": _consider, "refuse": _refuse, "deny": _deny, "demand": _demand, "want": _want, "negate": _undone,
    "cease": _undone, "done": _done, "decide": _done, "doubt": _hypothetical, "fear": _hypothetical,
    "warn": _hypothetical, "threaten": _hypothetical, "question": _undone, "can": _undone, "must": _demand,
    "hedge": _hedge,
}  # fmt: skip
