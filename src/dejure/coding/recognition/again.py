"""Acts told without a wording of their own: repeats of the act told before, items of a timeline, entries of a list."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal

from dejure.coding.date_context import in_context
from dejure.coding.dating import (
    date_of_deed,
    date_of_label,
    date_of_saying,
    date_within,
    is_long_past,
    offset_from,
    published_day,
)
from dejure.coding.outlook import Outlook, load_governors, outlook_of, subjects_above
from dejure.coding.parties import Party
from dejure.coding.recognition.conditions import conditions_behind
from dejure.coding.recognition.judge import Verdict
from dejure.coding.recognition.polity import recognised_by
from dejure.coding.recognition.repeats import Repeat, has_waited
from dejure.coding.recognition.rosters import Entry, is_clause
from dejure.coding.recognition.slugs import is_break_of_loser, opponent_of
from dejure.coding.recognition.triggers import Trigger
from dejure.coding.scene import Scene
from dejure.coding.spans import clause_span, covering
from dejure.reading.reading import Sentence
from dejure.records import COMPLETED_ACTS, Act, Recognised, Recognition, record_id
from dejure.when import When, day

__all__ = ["Draft", "bare_date_before", "copied", "is_anybody", "items_told_again", "key_of", "listed", "told_again"]

#: How many sentences back the act may lie that "did so" repeats, and that "came next" does.
_LONGEST_REPEAT, _CLOSE_REPEAT = 8, 4
_LISTED = 0.8
#: Words that a sentence has that is a date and nothing else.
_BARE_TOKENS = 4


@dataclass(frozen=True, slots=True)
class Draft:
    """A record in the making, with where it came from."""

    record: Recognition
    sentence: Sentence
    trigger: Trigger | None
    verdict: Verdict


def key_of(record: Recognition) -> str:
    """Key of the recogniser, "" where there is none."""
    return record.recogniser.key if record.recogniser is not None else ""


def told_again(scene: Scene, sentence: Sentence, repeat: Repeat, drafts: list[Draft]) -> list[Draft]:
    """As in "Tonga did likewise": what was told last, by somebody else, of all polities it was told of."""
    if repeat.is_joining and repeat.behind:
        # "followed Tanzania's example": what that one did, whatever others did since.
        keys = {p.entity.key for p in repeat.behind}
        drafts = [d for d in drafts if key_of(d.record) in keys]
        acts = {d.record.act for d in drafts if d.record.recognised.id == scene.cast.topic}
        drafts = [d for d in drafts if not acts or d.record.act in acts]
    loser = opponent_of(scene.cast.topic)
    if loser is None or all(p.slug != loser for p in repeat.parties):
        drafts = [
            d for d in drafts if not is_break_of_loser(key_of(d.record), d.record.act, scene.cast.topic)
        ] or drafts
    models = _models(scene, sentence, repeat, drafts)
    if repeat.behind:
        # Only whoever has done it can have followed others in doing it.
        keys = {p.entity.key for p in repeat.behind}
        models = [d for d in models if key_of(d.record) in keys]
    if repeat.is_said and (not drafts or drafts[-1].record.act not in repeat.acts):
        return []
    outlook = outlook_of(sentence, repeat.at)
    act = _act_again(sentence, repeat, outlook)
    if act == "":
        return _urged(scene, sentence, repeat, outlook, models)
    other_side = _with_another(scene, sentence, repeat, models)
    if other_side:
        return [_of_another(scene, sentence, repeat, outlook, models[-1], one) for one in other_side]
    if repeat.is_of_objects:
        return [
            _of_another(scene, sentence, repeat, outlook, model, one)
            for model in models[:1] for p in repeat.parties if (one := recognised_by(p, scene.cast.on)) is not None
        ]  # fmt: skip
    found = []
    predicted_by = _predicted_by(scene, sentence, repeat, outlook) if act == "intend" else []
    told = {d.record.recognised.id for d in models}
    for model in models:
        for party in repeat.parties:
            is_own = (
                party.slug in told
                or party.slug == model.record.recognised.id
                or party.entity.key == key_of(model.record)
            )
            is_own = is_own and not (
                # "does not recognise X and will not do so unless"
                act in ("condition", "intend", "consider") and model.record.act == "refuse" and party.slug not in told
            )
            loses = party.slug is not None and party.slug == opponent_of(model.record.recognised.id)
            is_own = is_own or (loses and act is None and model.record.act == "recognise")
            is_undoing = act in ("refuse", "consider") and model.record.act in ("withdraw", "sever-relations")
            if party.can_recognise and not is_own and not is_undoing:
                changed = None if predicted_by else act
                draft = _again(scene, sentence, repeat, outlook, model, party, changed)
                found.append(_as_predicted(draft, predicted_by) if predicted_by else draft)
    return found


def _predicted_by(scene: Scene, sentence: Sentence, repeat: Repeat, outlook: Outlook) -> list[Party]:
    """Who says of another that it will follow ("Peru is going to follow, according to Chile")."""
    keys = {p.entity.key for p in repeat.parties}
    sources = scene.cast.of_heads(sentence, outlook.sources)
    return [p for p in sources if p.is_known and p.entity.key not in keys]


def _as_predicted(draft: Draft, by: list[Party]) -> Draft:
    record = replace(draft.record, asserted=False, attributed_to=tuple(p.entity for p in by), when=None)
    return replace(draft, record=record)


def _urged(scene: Scene, sentence: Sentence, repeat: Repeat, outlook: Outlook, models: list[Draft]) -> list[Draft]:
    """As in "called on other states to follow suit", "hoped that others would do likewise": asked of them."""
    governor = outlook.first("demand", "want")
    if governor is None or governor.negated or outlook.negated or outlook.in_condition or outlook.whether:
        return []
    doers = {key_of(d.record) for d in models}
    askers = [p for p in scene.cast.of_heads(sentence, subjects_above(sentence, governor)) if p.is_known]
    if not askers:
        return []
    found = []
    for model in models:
        if model.record.act != "recognise":
            continue
        for party in repeat.parties:
            named = party.can_recognise and party.is_known and not is_anybody(party)
            who = party.entity if named else None
            if who is not None and who.key in doers | {a.entity.key for a in askers}:
                continue
            evidence = covering(scene.reading, sentence, repeat.at, [], [])
            when = date_of_saying(scene.reading, sentence, repeat.at, outlook)
            record = _copy(scene, model.record, party, "demand", when, evidence.start, evidence.end, sentence)
            record = replace(record, recogniser=who, asserted=False, attributed_to=(askers[0].entity,))
            found.append(
                Draft(record, sentence, model.trigger, replace(model.verdict, steps=("urged to do the same",)))
            )
    return found


_ANYBODY = re.compile(r"\b(?:countries|nations|states|governments|members|others|community|world|capitals)\b")
_SOMEBODY = re.compile(r"\bunited (?:states|nations)\b|\beuropean\b|\bcommonwealth\b|\bcommunity of\b")


def is_anybody(party: Party) -> bool:
    """Whether states in general are asked: "countries at the United Nations", "the international community"."""
    raw = party.entity.name_raw or ""
    if party.is_club and party.entity.id is not None and _ANYBODY.search(raw) is None:
        # "the Southern African Development Community": a name.
        return False
    words = raw.lower()
    return _ANYBODY.search(words) is not None and _SOMEBODY.search(words) is None


def _act_again(sentence: Sentence, repeat: Repeat, outlook: Outlook) -> Act | Literal[""] | None:
    """What becomes of an act told again: itself (None), another that its words make of it, or nothing ("")."""
    if (
        outlook.possible
        or outlook.in_condition
        or outlook.obliged
        or (outlook.whether and not _is_weighed(outlook))
        or outlook.is_question
        or outlook.unreal
    ):
        return ""
    told = load_governors()
    if any(g.negated and told.get((g.lemma, "verb")) in ("report", "announce") for g in outlook.governors):
        # "has not said when it will do the same"
        return ""
    token = sentence.tokens[repeat.at]
    is_infinitive = any(c.tag == "TO" for c in sentence.children(token.i))
    if (
        is_infinitive
        and sentence.tokens[token.head].lemma in ("be", "become")
        and sentence.children(token.head, "attr")
    ):
        # "It is the third country to do so": a rank, which tells nothing that was not told.
        return ""
    plan = outlook.first("plan")
    is_ahead = outlook.future or outlook.would
    if (plan is not None and plan.negated) or (outlook.negated and is_ahead) or outlook.first("refuse") is not None:
        if is_ahead and (outlook.conditions or conditions_behind(sentence, repeat.at, is_negated=True)):
            # "will not do so unless", "would not follow until"
            return "condition" if outlook.first("demand", "want", "predict", "doubt") is None else ""
        return "refuse" if outlook.first("demand", "want", "predict", "doubt") is None else ""
    if (
        outlook.first("consider") is not None
        and not outlook.negated
        and outlook.first("demand", "want", "doubt", "negate") is None
    ):
        return "consider" if not any(g.negated for g in outlook.governors) else ""
    if outlook.negated or outlook.first("demand", "want", "consider", "doubt", "fear", "predict", "negate") is not None:
        return ""
    if is_ahead and (outlook.conditions or conditions_behind(sentence, repeat.at, is_negated=False)):
        return "condition"
    if outlook.would:
        return "intend" if outlook.first("report", "announce") is not None else ""
    return "intend" if outlook.future or plan is not None else None


def _with_another(scene: Scene, sentence: Sentence, repeat: Repeat, models: list[Draft]) -> list[Recognised]:
    """As in "It had done the same with Tanzania": ties broken or made by the one told last, with somebody else."""
    if not models or models[-1].record.act not in ("sever-relations", "establish-relations") or repeat.is_elliptic:
        return []
    doer = key_of(models[-1].record)
    same = sentence.children(repeat.at, "dobj")
    preps = [p for at in (repeat.at, *(o.i for o in same)) for p in sentence.children(at, "prep") if p.lower == "with"]
    heads = [c.i for p in preps for c in sentence.children(p.i, "pobj")]
    if not heads or any(p.entity.key != doer for p in repeat.parties):
        return []
    found = [recognised_by(p, scene.cast.on) for p in scene.cast.of_heads(sentence, heads)]
    return [one for one in found if one is not None]


def _is_weighed(outlook: Outlook) -> bool:
    """As in "is still weighing whether to do so"."""
    return outlook.effects()[:1] == ["consider"] and not any(g.negated for g in outlook.governors)


def _again(
    scene: Scene, sentence: Sentence, repeat: Repeat, outlook: Outlook, model: Draft, party: Party, changed: Act | None
) -> Draft:
    act: Act = model.record.act
    if changed is not None and (act in COMPLETED_ACTS or changed in ("refuse", "consider", "condition")):
        act = changed
    when = _repeat_date(scene, sentence, repeat, outlook, model.record, party)
    evidence = covering(scene.reading, sentence, repeat.at, [party], [])
    record = _copy(scene, model.record, party, act, when, evidence.start, evidence.end, sentence)
    verdict = replace(model.verdict, steps=("told again",))
    return Draft(record, sentence, model.trigger, verdict)


def _of_another(
    scene: Scene, sentence: Sentence, repeat: Repeat, outlook: Outlook, model: Draft, recognised: Recognised
) -> Draft:
    """In "X was recognised by Peru in May and Y in June" the act told again is of Y, and as much Peru's."""
    own = Party(entity=model.record.recogniser, acts_for="state") if model.record.recogniser is not None else None
    when = _repeat_date(scene, sentence, repeat, outlook, model.record, own) if own is not None else None
    start, end = recognised.start or sentence.start, recognised.end or sentence.end
    key = key_of(model.record)
    record = replace(
        model.record, recognised=recognised, when=when, evidence=scene.span(sentence, start, end), first=False,
        conditions=(), reasons=(), support=(model.record.evidence,), confidence=round(model.record.confidence - 0.1, 3),
        id=record_id(scene.reading.report.text_sha256, "recognition", key, recognised.id, model.record.act,
                     sentence.part, start, end),
    )  # fmt: skip
    return Draft(record, sentence, model.trigger, replace(model.verdict, steps=("told again",)))


def _copy(scene: Scene, model: Recognition, party: Party, act: Act, when: When | None, start: int, end: int,
          sentence: Sentence) -> Recognition:  # fmt: skip
    evidence = scene.span(sentence, start, end)
    return replace(
        model,
        id=record_id(scene.reading.report.text_sha256, "recognition", party.entity.key, model.recognised.id, act,
                     evidence.part, start, end),
        recogniser=party.entity, act=act, when=when, evidence=evidence, first=False, conditions=(), reasons=(),
        attributed_to=(), asserted=act != "demand", support=(model.evidence,), hedge=None, effective=None,
        confidence=round(model.confidence - 0.1, 3),
    )  # fmt: skip


def copied(
    scene: Scene, model: Recognition, party: Party, sentence: Sentence, at: int, when: When | None
) -> Recognition:
    """The act of a record done by another, told by the words at a token."""
    evidence = covering(scene.reading, sentence, at, [party], [])
    return _copy(scene, model, party, model.act, when, evidence.start, evidence.end, sentence)


def _models(scene: Scene, sentence: Sentence, repeat: Repeat, drafts: list[Draft]) -> list[Draft]:
    """The asserted acts told last: all that one predicate told, of one party."""
    reach = _CLOSE_REPEAT if repeat.is_close else _LONGEST_REPEAT
    near = [d for d in drafts if d.record.asserted and 0 <= sentence.index - d.sentence.index <= reach]
    is_done = sentence.tokens[repeat.at].tag in ("VBD", "VBN") and sentence.tokens[repeat.at].lemma != "do"
    done = [d for d in near if d.record.act in COMPLETED_ACTS]
    told = done if is_done and done and repeat.acts & COMPLETED_ACTS else drafts
    if repeat.of is None and not repeat.is_elliptic:
        # "Fiji cut ties on Monday. It had recognised X in 1990. Tonga took the same step": the news, not the history.
        news = [d for d in told if not _is_history(scene, d)]
        is_apart = {d.record.act for d in news if d in near} - {d.record.act for d in told[-1:]}
        told = news if news and told and told[-1].sentence is not sentence and is_apart else told
        claimed = [
            d for d in drafts if not d.record.asserted and d.record.act in COMPLETED_ACTS and not _is_past(scene, d)
        ]
        if claimed and told and _is_history(scene, told[-1]) and told[-1].record.act != claimed[-1].record.act:
            # The news is only claimed: whether it or the history is meant stays open.
            return []
    for draft in reversed(told):
        is_near = draft.record.asserted and 0 <= sentence.index - draft.sentence.index <= reach
        if not is_near or draft.record.act not in repeat.acts:
            continue
        at = draft.trigger.at if draft.trigger is not None and draft.sentence is sentence else None
        if repeat.of is not None and at != repeat.of:
            continue
        step = _step_of(draft, drafts) if repeat.of is None and not repeat.is_elliptic else draft
        # "did the same" repeats all of it, "took the same step" the recognition.
        same = {step.record.act, draft.record.act} if sentence.tokens[repeat.at].lemma == "do" else {step.record.act}
        return [
            d for d in drafts
            if d.sentence is draft.sentence and d.record.asserted and d.record.act in same
            and key_of(d.record) == key_of(draft.record)
        ]  # fmt: skip
    return []


def _step_of(draft: Draft, drafts: list[Draft]) -> Draft:
    """In "recognised X and agreed to establish relations with it" the step that others take is the recognition."""
    if draft.record.act != "establish-relations":
        return draft
    return next(
        (
            d for d in drafts
            if d.sentence is draft.sentence and d.record.act == "recognise" and d.record.asserted
            and key_of(d.record) == key_of(draft.record) and d.record.recognised.id == draft.record.recognised.id
        ),
        draft,
    )  # fmt: skip


def _is_history(scene: Scene, draft: Draft) -> bool:
    """Whether an act is of long ago, or a standing fact without a day."""
    when = draft.record.when
    return when is None or (when.earliest is None and when.latest is None) or is_long_past(scene.reading, when)


def _is_past(scene: Scene, draft: Draft) -> bool:
    return is_long_past(scene.reading, draft.record.when)


def _own_date(scene: Scene, sentence: Sentence, repeat: Repeat, party: Party) -> When | None:
    """In "Kenya in March and Sudan in April had taken the step" each has the date behind its own name."""
    starts = sorted(p.entity.start for p in repeat.parties if p.entity.start is not None)
    if len(starts) < len(repeat.parties) or len(starts) == 1 or party.entity.end is None:
        return None
    after = [s for s in starts if party.entity.start is not None and s > party.entity.start]
    stop = after[0] if after else sentence.start + sentence.tokens[repeat.at].start
    found = [m for m in scene.reading.dates_in(sentence.part, party.entity.end, stop) if m.when.is_resolved]
    return found[0].when if found and party.entity.part == sentence.part else None


def _repeat_date(
    scene: Scene, sentence: Sentence, repeat: Repeat, outlook: Outlook, model: Recognition, party: Party
) -> When | None:
    if repeat.behind and not repeat.is_joining:
        return None
    behind = date_within(scene.reading, sentence, repeat.at, after=True) if repeat.is_elliptic else None
    if has_waited(sentence, repeat.at):
        stop = sentence.start + sentence.tokens[repeat.at].end
        until = (m.when for m in scene.reading.dates_in(sentence.part, stop, sentence.end) if m.when.is_resolved)
        behind = next(until, None)
    if behind is not None:
        return behind
    own = _own_date(scene, sentence, repeat, party) or _beside(scene, sentence, repeat.at)
    if own is not None:
        return own
    shifted = offset_from(scene.reading, sentence, repeat.at, model.when)
    if shifted is not None:
        return shifted
    when = date_of_deed(scene.reading, sentence, repeat.at, outlook)
    is_open = when is not None and when.earliest is None and when.latest is None
    if is_open and model.when is not None and _is_within_hours(scene, sentence, when):
        # "within hours of the Twelve": after whom, if they are named, is for `redate` to see.
        return when
    if is_open and model.when is not None and model.when.precision in ("month", "year"):
        # "a day later", counted from a month: in that month.
        return model.when
    if when is not None and when.basis == "publication" and is_long_past(scene.reading, model.when):
        return model.when if repeat.is_elliptic else None
    if when is not None and when.basis == "publication" and repeat.is_elliptic and model.when is not None:
        return model.when
    return when


def _beside(scene: Scene, sentence: Sentence, at: int) -> When | None:
    """The day right behind the verb ("did so on Saturday", "followed on 3 May")."""
    end = sentence.start + sentence.tokens[at].end
    stop = min(end + _NEAR_CHARACTERS, sentence.end)
    found = [m for m in scene.reading.dates_in(sentence.part, end, stop) if m.when.is_resolved]
    if not found or found[0].role != "on" or found[0].anchor == "event":
        return None
    between = scene.reading.text(sentence.part)[end : found[0].start].split()
    return found[0].when if len(between) <= _NEAR_WORDS and not any(w.endswith((",", ";")) for w in between) else None


_NEAR_CHARACTERS, _NEAR_WORDS = 30, 3


def _is_within_hours(scene: Scene, sentence: Sentence, when: When | None) -> bool:
    """Whether the words put the act on the same day ("within hours", "hours later")."""
    if when is None or when.start is None or when.end is None:
        return False
    return "hour" in scene.reading.text(sentence.part)[when.start : when.end]


def bare_date_before(scene: Scene, sentence: Sentence) -> When | None:
    """The date that stands alone before the sentence, in its paragraph ("Monday 2nd. Poland recognises ...")."""
    for earlier in reversed(scene.sentences[: sentence.index]):
        if earlier.paragraph != sentence.paragraph or earlier.part != sentence.part:
            return None
        dates = scene.reading.dates_in(earlier.part, earlier.start, earlier.end)
        found = [m for m in dates if m.when.is_resolved and m.role in ("on", "by")]
        if len(found) == 1 and len([t for t in earlier.tokens if t.pos != "PUNCT"]) <= _BARE_TOKENS:
            return in_context(scene.reading, found[0].when)
    return None


def items_told_again(scene: Scene, sentence: Sentence, drafts: list[Draft]) -> list[Draft]:
    """An item of a timeline that is a name and no clause, behind an item with an act ("26 August: Canada")."""
    when = date_of_label(scene.reading, sentence)
    if when is None or not drafts or sentence.start > sentence.segment.start + 1 or is_clause(sentence, 0):
        return []
    last = drafts[-1]
    is_before = 1 <= sentence.paragraph - last.sentence.paragraph <= 1 or last.sentence.paragraph == sentence.paragraph
    if not is_before or not last.record.asserted or last.record.act not in COMPLETED_ACTS:
        return []
    models = [d for d in drafts if d.sentence is last.sentence and key_of(d.record) == key_of(last.record)
              and d.record.act == last.record.act]  # fmt: skip
    first = next((t for t in sentence.tokens if scene.cast.hit(sentence, t.i) is not None), None)
    if first is None or first.i > 1:
        return []
    found = []
    for party in scene.cast.parties(sentence, sentence.tokens[first.i].i) or scene.cast.named_in(sentence, 0, first.i):
        for model in models if party.can_recognise and not party.is_person else ():
            span = clause_span(scene.reading, sentence, first.i)
            record = _copy(scene, model.record, party, model.record.act, when, span.start, span.end, sentence)
            found.append(Draft(record, sentence, model.trigger, replace(model.verdict, steps=("timeline item",))))
    return found


_ACTS: dict[str, Act] = {
    one: one
    for one in ("recognise", "refuse", "intend", "condition", "withdraw", "establish-relations", "sever-relations")
}


def listed(scene: Scene, entry: Entry) -> list[Draft]:
    """The acts of an entry of a list."""
    act = _ACTS.get(entry.act)
    if act is None:
        return []
    when = _not_ahead(scene, entry.when) if act in COMPLETED_ACTS else entry.when
    if when is None and act in COMPLETED_ACTS:
        titled = [m for m in scene.reading.title_dates if m.when.is_resolved]
        when = titled[0].when if titled else published_day(scene.reading)
    return [_listed(scene, entry, act, recognised, when) for recognised in entry.recognised]


def _not_ahead(scene: Scene, when: When | None) -> When | None:
    """A day without a year in a list of what was done lies behind the report."""
    published = scene.reading.published
    if (
        when is None
        or published is None
        or when.basis != "relative"
        or when.earliest is None
        or when.earliest <= published
    ):
        return when
    if when.precision != "day":
        return when
    before = day(when.earliest.replace(year=when.earliest.year - 1, day=min(when.earliest.day, 28)), "relative")
    before = (
        day(before.earliest.replace(day=when.earliest.day), "relative")
        if before.earliest and when.earliest.month != 2
        else before
    )
    return before.at(when.part, when.start, when.end or 0) if when.part and when.start is not None else before


def _listed(scene: Scene, entry: Entry, act: Act, recognised: Recognised, when: When | None) -> Draft:
    start, end = entry.party.entity.start, entry.party.entity.end
    sentence = entry.sentence
    if start is None or end is None or entry.party.entity.part != sentence.part:
        start, end = sentence.span(entry.at, entry.at)
    evidence = scene.span(sentence, start, end)
    record = Recognition(
        id=record_id(scene.reading.report.text_sha256, "recognition", entry.party.entity.key, recognised.id, act,
                     evidence.part, start, end),
        recogniser=entry.party.entity, recognised=recognised, act=act, manner=None, kind=None, asserted=True,
        attributed_to=(), first=False, when=when, effective=None, conditions=(), reasons=(), hedge=None, event=None,
        confidence=_LISTED, evidence=evidence,
    )  # fmt: skip
    return Draft(record, sentence, None, Verdict(act=act, steps=(entry.rule,)))
