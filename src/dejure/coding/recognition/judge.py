"""From what stands over a trigger to the act, whether it is asserted, and on whose word.

The verdict starts as the bare act, done and asserted, and is changed by the trigger's own auxiliaries, then by each
governor from the nearest to the root, in the order of the text's own nesting.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Literal

from dejure.coding.actors import Cast
from dejure.coding.outlook import Governor, Outlook, subjects_above
from dejure.coding.parties import Party
from dejure.reading.reading import Sentence
from dejure.records import Act

__all__ = ["Verdict", "judge"]

Base = Literal["recognise", "withdraw", "establish-relations", "sever-relations", "accept-credentials"]
_DONE: frozenset[str] = frozenset({"recognise", "withdraw", "establish-relations", "sever-relations", "accept-credentials"})


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a trigger; `act` None means that no record may be made of it.

    `asked_by` holds whoever asks, where the act is a demand; `said_by` whoever reports or claims.
    """

    act: Act | None
    asserted: bool = True
    said_by: tuple[Party, ...] = ()
    asked_by: tuple[Party, ...] = ()
    conditions: tuple[int, ...] = ()
    hedge: Governor | None = None
    steps: tuple[str, ...] = field(default=())

    def because(self, step: str, **changes: object) -> Verdict:
        """The verdict after one more step."""
        return replace(self, steps=(*self.steps, step), **changes)  # type: ignore[arg-type]


_NOTHING = Verdict(act=None, asserted=False)


def judge(cast: Cast, sentence: Sentence, base: Base, outlook: Outlook, recogniser: Party | None,
          speaker: Party | None) -> Verdict:  # fmt: skip
    """The verdict on a trigger.

    Parameters
    ----------
    base : str
        The act that the trigger names when nothing stands over it.
    recogniser : Party or None
        Who would do it.
    speaker : Party or None
        Whose quotation the trigger stands in, if in one.
    """
    verdict = _own_words(Verdict(act=base), base, outlook, _says_it_itself(cast, sentence, outlook, recogniser, speaker))
    for governor in outlook.governors:
        if verdict.act is None:
            return verdict
        verdict = _under(cast, sentence, verdict, base, governor, recogniser)
    if verdict.act is None:
        return verdict
    if speaker is not None and recogniser is not None and not _same(speaker, recogniser) and not _is_nobody_in_particular(speaker):
        if verdict.act in _DONE and not verdict.asked_by:
            verdict = verdict.because("quoted from another", asserted=False, said_by=(speaker,))
        elif verdict.act == "demand" and not verdict.asked_by:
            verdict = verdict.because("asked in a quotation", asked_by=(speaker,))
    return _with_conditions(verdict, base, outlook)


def _own_words(verdict: Verdict, base: Base, outlook: Outlook, own_voice: bool) -> Verdict:
    if outlook.in_condition:
        return verdict.because("in a condition", asserted=False)
    if outlook.obliged:
        if outlook.negated:
            return _NOTHING
        return verdict.because("should", act="demand", asserted=False)
    if outlook.negated:
        return _negated(verdict, base, outlook, own_voice)
    if outlook.conditions and (outlook.future or outlook.would or outlook.possible or outlook.can):
        return verdict.because("conditional", act="condition")
    if outlook.future:
        return verdict.because("will", act="intend")
    if outlook.would:
        reported = outlook.first("report", "announce", "plan", "suggest", "claim", "decide") is not None
        return verdict.because("would, reported", act="intend") if reported or own_voice else _NOTHING
    if outlook.possible:
        return verdict.because("may", asserted=False) if not own_voice else verdict.because("may", act="consider")
    return verdict if not outlook.can else _NOTHING


def _negated(verdict: Verdict, base: Base, outlook: Outlook, own_voice: bool) -> Verdict:
    if base not in ("recognise", "establish-relations"):
        return _NOTHING if own_voice is False else verdict.because("denied doing it", act="deny")
    if outlook.future or outlook.would or outlook.can:
        return verdict.because("will not", act="refuse")
    if (outlook.perfect or outlook.past or outlook.past_perfect) and not outlook.progressive:
        return _NOTHING
    return verdict.because("does not, in its own words", act="refuse") if own_voice else _NOTHING


def _under(cast: Cast, sentence: Sentence, verdict: Verdict, base: Base, governor: Governor,
           recogniser: Party | None) -> Verdict:  # fmt: skip
    effect = governor.effect
    step = f"{effect} ({governor.lemma})"
    handler = _HANDLERS.get(effect)
    if handler is None:
        return verdict
    if effect in ("report", "announce", "claim", "demand", "want", "suggest", "fear", "warn", "predict", "deny", "doubt"):
        subjects = cast.of_heads(sentence, subjects_above(sentence, governor))
    else:
        subjects = []
    return handler(verdict, base, governor, recogniser, subjects, step)


def _report(verdict: Verdict, base: Base, governor: Governor, recogniser: Party | None, subjects: list[Party],
            step: str) -> Verdict:  # fmt: skip
    if governor.negated and governor.effect != "report":
        return _NOTHING
    others = tuple(s for s in subjects if recogniser is None or not _same(s, recogniser))
    others = tuple(s for s in others if not _is_nobody_in_particular(s))
    if not others or len(others) < len(subjects):
        return verdict.because(step)
    if verdict.act == "demand":
        return verdict.because(step, asked_by=verdict.asked_by or others)
    if verdict.act in _DONE or verdict.act in ("intend", "consider", "refuse", "condition"):
        return verdict.because(step, asserted=False, said_by=verdict.said_by or others)
    return verdict.because(step)


def _plan(verdict: Verdict, base: Base, governor: Governor, recogniser: Party | None, subjects: list[Party],
          step: str) -> Verdict:  # fmt: skip
    if governor.negated:
        return verdict.because(f"not {step}", act="refuse") if base in ("recognise", "establish-relations") else _NOTHING
    return verdict.because(step, act="intend") if verdict.act in _DONE else verdict


def _predict(verdict: Verdict, base: Base, governor: Governor, recogniser: Party | None, subjects: list[Party],
             step: str) -> Verdict:  # fmt: skip
    if governor.negated:
        return _NOTHING
    others = tuple(s for s in subjects if recogniser is None or not _same(s, recogniser))
    if verdict.act == "intend":
        verdict = replace(verdict, act=base)
    return verdict.because(step, asserted=False, said_by=verdict.said_by or (others if governor.pos == "verb" else ()))


def _consider(verdict: Verdict, base: Base, governor: Governor, recogniser: Party | None, subjects: list[Party],
              step: str) -> Verdict:  # fmt: skip
    if governor.negated:
        return verdict.because(f"not {step}", act="refuse") if governor.pos == "verb" else _NOTHING
    return verdict.because(step, act="consider") if verdict.act in (*_DONE, "intend") else verdict


def _refuse(verdict: Verdict, base: Base, governor: Governor, recogniser: Party | None, subjects: list[Party],
            step: str) -> Verdict:  # fmt: skip
    if governor.negated:
        return verdict.because(f"not {step}", act="consider")
    if verdict.act not in (*_DONE, "intend", "consider"):
        return verdict
    return verdict.because(step, act="refuse") if base in ("recognise", "establish-relations") else _NOTHING


def _deny(verdict: Verdict, base: Base, governor: Governor, recogniser: Party | None, subjects: list[Party],
          step: str) -> Verdict:  # fmt: skip
    if governor.negated:
        return verdict
    if subjects and recogniser is not None and not any(_same(s, recogniser) for s in subjects):
        return verdict.because(step, asserted=False, said_by=())
    return verdict.because(step, act="deny", asserted=True, said_by=())


def _demand(verdict: Verdict, base: Base, governor: Governor, recogniser: Party | None, subjects: list[Party],
            step: str) -> Verdict:  # fmt: skip
    if governor.negated or base not in ("recognise", "establish-relations"):
        return _NOTHING
    if verdict.act == "refuse":
        return _NOTHING
    others = tuple(s for s in subjects if recogniser is None or not _same(s, recogniser))
    if subjects and not others:
        return verdict.because(step)
    return verdict.because(step, act="demand", asserted=False, asked_by=verdict.asked_by or others)


def _want(verdict: Verdict, base: Base, governor: Governor, recogniser: Party | None, subjects: list[Party],
          step: str) -> Verdict:  # fmt: skip
    others = tuple(s for s in subjects if recogniser is None or not _same(s, recogniser))
    if governor.negated:
        return verdict.because(f"not {step}", act="refuse") if not others and base == "recognise" else _NOTHING
    if others and base in ("recognise", "establish-relations"):
        return verdict.because(step, act="demand", asserted=False, asked_by=others)
    return verdict.because(step, act="consider") if verdict.act in _DONE else verdict


def _undone(verdict: Verdict, base: Base, governor: Governor, recogniser: Party | None, subjects: list[Party],
            step: str) -> Verdict:  # fmt: skip
    return _NOTHING


def _done(verdict: Verdict, base: Base, governor: Governor, recogniser: Party | None, subjects: list[Party],
          step: str) -> Verdict:  # fmt: skip
    if governor.negated:
        return _NOTHING
    if governor.aux & {"will", "'ll", "shall"} and verdict.act in _DONE:
        return verdict.because(f"will {step}", act="intend")
    if governor.aux & {"should", "must"} and verdict.act in _DONE:
        return verdict.because(f"should {step}", act="demand", asserted=False)
    if governor.aux & {"may", "might", "could"} and verdict.act in _DONE:
        return verdict.because(f"may {step}", asserted=False)
    if governor.aux & {"would"} and verdict.act in _DONE:
        return verdict.because(f"would {step}", act="intend")
    return verdict.because(step)


def _hypothetical(verdict: Verdict, base: Base, governor: Governor, recogniser: Party | None, subjects: list[Party],
                  step: str) -> Verdict:  # fmt: skip
    if governor.effect == "warn":
        others = tuple(s for s in subjects if recogniser is None or not _same(s, recogniser))
        return verdict.because(step, asserted=False, said_by=others) if others else verdict
    return _NOTHING


def _hedge(verdict: Verdict, base: Base, governor: Governor, recogniser: Party | None, subjects: list[Party],
           step: str) -> Verdict:  # fmt: skip
    return verdict.because(step, hedge=governor)


_HANDLERS = {
    "report": _report, "announce": _report, "claim": _report, "suggest": _report, "plan": _plan, "predict": _predict,
    "consider": _consider, "refuse": _refuse, "deny": _deny, "demand": _demand, "want": _want, "negate": _undone,
    "cease": _undone, "done": _done, "decide": _done, "doubt": _hypothetical, "fear": _hypothetical,
    "warn": _hypothetical, "threaten": _hypothetical, "question": _undone, "can": _undone, "must": _demand,
    "hedge": _hedge,
}  # fmt: skip


def _with_conditions(verdict: Verdict, base: Base, outlook: Outlook) -> Verdict:
    if not outlook.conditions or verdict.act not in ("intend", "recognise", "condition", "refuse", "consider", base):
        return verdict
    if verdict.act == "refuse":
        return verdict.because("refused until", act="condition", conditions=tuple(outlook.conditions))
    if verdict.act == "intend" or verdict.act == "condition":
        return verdict.because("made to depend", act="condition", conditions=tuple(outlook.conditions))
    return replace(verdict, conditions=tuple(outlook.conditions))


def _says_it_itself(cast: Cast, sentence: Sentence, outlook: Outlook, recogniser: Party | None,
                    speaker: Party | None) -> bool:  # fmt: skip
    if recogniser is None:
        return False
    if speaker is not None and _same(speaker, recogniser):
        return True
    governor = outlook.first("report", "announce", "claim")
    if governor is None:
        return False
    return any(_same(s, recogniser) for s in cast.of_heads(sentence, subjects_above(sentence, governor)))


def _is_nobody_in_particular(party: Party) -> bool:
    """A person whom nothing in the report ties to a polity: most likely one who speaks for the recogniser."""
    return party.is_person and not party.is_known and not party.is_plural


def _same(one: Party, other: Party) -> bool:
    """Whether two parties are of one polity and both speak for it, or are the same."""
    if one.entity.key == other.entity.key:
        return True
    same_polity = one.slug is not None and one.slug == other.slug
    return same_polity and one.acts_for == "state" and other.acts_for == "state"
