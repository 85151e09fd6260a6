"""Recognition records of a report: every trigger judged, repeated acts followed, one record for each act."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from dejure.coding.date_context import in_context
from dejure.coding.dating import (
    date_beside,
    date_of_deed,
    date_of_saying,
    date_within,
    effective_date,
    offset_from,
    published_day,
)
from dejure.coding.outlook import Outlook, outlook_of
from dejure.coding.parties import Party, party_of_polity, state_of_country
from dejure.coding.recognition.again import Draft, is_anybody, items_told_again, listed, told_again
from dejure.coding.recognition.alongside import told_alongside
from dejure.coding.recognition.asked_for import is_asked_for
from dejure.coding.recognition.conditions import conditions_behind, is_untimely, when_it_has
from dejure.coding.recognition.judge import Verdict, judge
from dejure.coding.recognition.merging import merge_drafts, unless_taken_back
from dejure.coding.recognition.polity import recognised_by, recognition_words
from dejure.coding.recognition.presupposed import is_supposed, speaks_in_label, taken_for_granted, tells_standing_fact
from dejure.coding.recognition.proforms import spoken_of_again
from dejure.coding.recognition.redate import of_its_day, redated_all
from dejure.coding.recognition.repeats import Repeat, find_repeats
from dejure.coding.recognition.rosters import find_entries
from dejure.coding.recognition.tables import find_rows, within_row
from dejure.coding.recognition.topic import find_topic
from dejure.coding.recognition.triggers import Trigger, find_triggers
from dejure.coding.recognition.unnamed_doers import implied_doers
from dejure.coding.scene import Scene
from dejure.coding.spans import covering, phrase_span
from dejure.reading.reading import Sentence
from dejure.records import COMPLETED_ACTS, Act, Entity, Kind, Recognised, Recognition, Span, record_id
from dejure.reference.tables import load_organisations, load_polities
from dejure.when import When

__all__ = ["find_drafts", "find_recognition"]

_FIRST = re.compile(r"\bfirst\b", re.IGNORECASE)
_NTH_FIRST = re.compile(
    r"\bfirst\b[^.]{0,40}\b(?:country|nation|state|government|power|member|in the world|to)\b|\bwas first\b"
    r"|\bfirst (?:\w+ )?recognition\b",
    re.IGNORECASE,
)
_NEXT_DAY = re.compile(r"\b(?:next|following) (?:day|morning|afternoon|evening|night)\b", re.IGNORECASE)
_DE_JURE = re.compile(r"\bde jure\b", re.IGNORECASE)
_DE_FACTO = re.compile(r"\bde facto\b", re.IGNORECASE)
#: Either claims the state of the other, and has no ties with it.
_TWO_CHINAS = {"taiwan-roc", "china-prc"}
_SURE = 0.9
#: Sectors of those who promise or ask for what only the state can do, and the acts that this makes a demand; what a
#: parliament votes to "recognise" is one too, what a party "recognises" is nothing.
_PARTISAN = frozenset({"PTY", "OPP"})
_ASKABLE = frozenset({"intend", "demand", "consider", "condition"})
_CARRIED_BY = frozenset({"xcomp", "acl", "pcomp", "ccomp", "dobj", "relcl", "prep"})
_TIES = frozenset({"establish-relations", "sever-relations"})
#: What is done only to a polity one has recognised before, or has ties with: never to one's own breakaway part.
_OF_OTHERS = frozenset({"withdraw", "sever-relations", "accept-credentials"})
_CARRYING = frozenset({"decide", "plan", "done", "announce", "refuse", "consider", "demand"})


def find_recognition(scene: Scene) -> list[Recognition]:
    """All acts of recognition of a report, in the order of the text, one for each (recogniser, polity, act)."""
    merged = merge_drafts(find_drafts(scene))
    return sorted(merged, key=lambda r: (r.evidence.part != "title", r.evidence.start, r.evidence.end, r.act, r.id))


def find_drafts(scene: Scene) -> list[Draft]:
    """Every telling of an act, before those of one act are made one record; each with the rules that led to it."""
    topic = find_topic(scene)
    scene.cast.topic, scene.cast.topic_is_told = topic.slug, topic.is_told
    scene.cast.acting, scene.cast.recognised = topic.acting, topic.recognised
    drafts: list[Draft] = []
    rows = list(find_rows(scene.reading, scene.cast))
    entries = [(entry.sentence.index, draft) for entry in (*find_entries(scene.reading, scene.cast), *rows)
               for draft in listed(scene, entry)]  # fmt: skip
    for sentence in scene.sentences:
        if sentence.is_headline:
            scene.triggers |= {(sentence.index, t.word) for t in find_triggers(scene.cast, sentence)}
            continue
        found = ((d, within_row(rows, sentence.index, d.record)) for d in _drafts(scene, sentence))
        here = [replace(draft, record=record) for draft, record in found if record is not None]
        here += told_alongside(scene, sentence, here, drafts)
        drafts += here
        drafts += [draft for index, draft in entries if index == sentence.index]
        first = next((d.record.recognised.id for d in here if d.record.act not in _TIES), None)
        if first is not None and not scene.cast.topic_is_told:
            scene.cast.topic, scene.cast.topic_is_told = first, True
        scene.cast.doer = here[-1].record.recogniser.key if here and here[-1].record.recogniser else scene.cast.doer
        for draft in here:
            together = frozenset(one.id for one in draft.trigger.recognised) if draft.trigger is not None else ()
            if len(together) > 1:
                scene.cast.told = frozenset(together)
        for repeat in find_repeats(scene.cast, sentence, {d.trigger.at for d in here if d.trigger is not None}):
            told = told_again(scene, sentence, repeat, drafts)
            drafts += told or told_again(scene, sentence, repeat, _undone_near(scene, sentence, repeat))
        if not here:
            drafts += items_told_again(scene, sentence, drafts)
    return redated_all(scene, [unless_taken_back(scene, draft) for draft in drafts])


def _undone_near(scene: Scene, sentence: Sentence, repeat: Repeat) -> list[Draft]:
    """What was just said not to have been done, for "X has not recognised Y, but Z did so": as if it had been."""
    if sentence.tokens[repeat.at].lemma not in ("do", "have"):
        return []
    found = []
    for earlier in scene.sentences[max(0, sentence.index - 1) : sentence.index + 1]:
        for trigger in find_triggers(scene.cast, earlier) if not earlier.is_headline else ():
            outlook = outlook_of(earlier, trigger.at)
            if not outlook.negated or outlook.future or outlook.would or trigger.forced:
                continue
            verdict = Verdict(act=trigger.base)
            for party, recognised in ((p, r) for p in trigger.parties for r in trigger.recognised):
                record = _record(scene, earlier, trigger, outlook, party, recognised, verdict)
                if record is not None:
                    found.append(Draft(record, earlier, trigger, verdict))
    return found


def _drafts(scene: Scene, sentence: Sentence) -> Iterator[Draft]:
    named = list(find_triggers(scene.cast, sentence))
    for trigger in [*named, *spoken_of_again(scene, sentence, named)]:
        outlook = outlook_of(sentence, trigger.at)
        scene.triggers |= {(sentence.index, i) for i in (trigger.at, trigger.word, *_carriers(outlook))}
        is_aside = trigger.at == trigger.word and sentence.tokens[trigger.at].dep == "pobj" and trigger.presupposed
        if is_aside and not any(g.effect == "decide" and g.pos == "verb" for g in outlook.governors):
            # "after the recognitions by X": what the phrase hangs on says nothing of whether they took place.
            outlook.governors.clear()
        if trigger.at == trigger.word and trigger.presupposed and trigger.parties:
            if is_supposed(outlook):
                continue
            if taken_for_granted(sentence, outlook):
                # "Peru said that it regretted Chile's recognition of X": whoever says so, it has taken place.
                outlook.governors.clear()
        if _is_told_of_name(scene, sentence, trigger.at):
            # "Turkey, which recognised X in 1983, rejected": what the sentence goes on to say changes nothing of it.
            outlook.governors.clear()
        trigger = replace(trigger, forced="demand") if is_asked_for(sentence, trigger) else trigger
        if trigger.rule == "by or after doing it" or _is_judged(sentence, outlook):
            # "Peru was right to recognise X, Chile said": whoever says so, it has taken place.
            outlook.governors.clear()
        speaker = scene.speaker_at(sentence, trigger.word) or speaks_in_label(scene.cast, sentence, trigger)
        parties = trigger.parties
        if not any(p.can_recognise for p in parties) and (not parties or is_untimely(sentence, outlook)):
            # "The time is not ripe to recognise X": no time recognises; whoever says so refuses.
            parties = implied_doers(scene, sentence, trigger, outlook) or parties
        for party in parties or (None,):
            verdict = _verdict(scene, sentence, trigger, outlook, party, speaker)
            for recognised in trigger.recognised:
                record = _record(scene, sentence, trigger, outlook, party, recognised, verdict)
                if record is not None:
                    yield Draft(record, sentence, trigger, verdict)
                else:
                    who = party.entity.name if party is not None else "nobody named"
                    why = ", ".join(verdict.steps) or "who would do it cannot"
                    scene.unused.append((sentence, trigger.at, trigger.rule, f"{who}, {recognised.id}: {why}"))


def _is_told_of_name(scene: Scene, sentence: Sentence, at: int) -> bool:
    """Whether a finite clause with "which" or "who" hangs on a name."""
    token = sentence.tokens[at]
    opens = any(c.lower in ("which", "who") and c.i < at for c in sentence.children(at, "nsubj"))
    return token.dep == "relcl" and opens and scene.cast.hit(sentence, token.head) is not None


def _is_judged(sentence: Sentence, outlook: Outlook) -> bool:
    """As in "was right to recognise", "had been brave to": what is so judged has been done."""
    nearest = outlook.governors[0] if outlook.governors else None
    if nearest is None or nearest.via != "xcomp" or nearest.lemma not in recognition_words()["calling"]["judging"]:
        return False
    verb = sentence.tokens[sentence.tokens[nearest.i].head]
    return verb.lemma == "be" and verb.tag in ("VBD", "VBN") and not nearest.negated


def _carriers(outlook: Outlook) -> list[int]:
    """Governors that only carry the act ("decided to", "plans to", "voted to") and tell no deed of their own."""
    carriers = []
    for governor in outlook.governors:
        if governor.effect not in _CARRYING or governor.via not in _CARRIED_BY:
            break
        carriers.append(governor.i)
    return carriers


_CONDITIONAL = frozenset({"conditional", "contingent", "dependent", "depend", "condition", "conditioned"})


def _is_made_conditional(sentence: Sentence, trigger: Trigger) -> bool:
    """As in "made its recognition conditional on", "announced recognition but made its effect depend on"."""
    word, at = sentence.tokens[trigger.word], sentence.tokens[trigger.at]
    around = {word.lemma, sentence.tokens[word.head].lemma} if word.pos == "NOUN" else set()
    around |= (
        {sentence.tokens[j].lemma for j in sentence.subtree(word.i)} & _CONDITIONAL if word.pos == "NOUN" else set()
    )
    if word.dep in ("nsubj", "nsubjpass"):
        at = sentence.tokens[word.head]
    verbs = [at, *(c for c in sentence.children(at.i, "conj") if c.i > at.i)]
    for verb in verbs:
        small = sentence.children(verb.i, "ccomp", "oprd", "acomp", "xcomp")
        if verb.lemma in ("make", "tie", "link", "condition", "be"):
            around |= {c.lemma for c in small} | {verb.lemma}
    return bool(around & _CONDITIONAL)


def _verdict(scene: Scene, sentence: Sentence, trigger: Trigger, outlook: Outlook, party: Party | None,
             speaker: Party | None) -> Verdict:  # fmt: skip
    if trigger.forced == "deny":
        return Verdict(act="deny", steps=(trigger.rule,))
    if trigger.forced.endswith("!"):
        return Verdict(act=trigger.forced[:-1], steps=(trigger.rule,))  # type: ignore[arg-type]
    if trigger.forced == "consider" and outlook.negated and not (outlook.in_condition or outlook.past_perfect):
        # "does not contemplate recognition"
        return Verdict(act="refuse", steps=("not considered",))
    verdict = judge(scene.cast, sentence, trigger.base, outlook, party, speaker, trigger.at)
    if verdict.act in ("recognise", "establish-relations", "intend") and _is_made_conditional(sentence, trigger):
        verdict = verdict.because("made conditional", act="condition")
    if verdict.act == "intend" and trigger.base in ("recognise", "establish-relations"):
        first = when_it_has(scene.cast, sentence, trigger.at, {one.id for one in trigger.recognised})
        if first is not None:
            verdict = verdict.because("when it has", act="condition", conditions=(first,))
    if trigger.forced == "refuse" and verdict.act == "demand":
        # Calls not to recognise are no act.
        return verdict.because("asked to refuse", act=None)
    if trigger.forced and verdict.act is not None:
        act: Act = trigger.forced  # type: ignore[assignment]
        if act == "demand":
            return verdict.because(
                trigger.rule, act="demand", asserted=False, asked_by=trigger.askers or verdict.asked_by
            )
        if verdict.act in (trigger.base, "intend"):
            verdict = verdict.because(trigger.rule, act=act)
            till = conditions_behind(sentence, trigger.at, is_negated=True) if act == "refuse" else []
            if till and verdict.asserted and _is_of_act(trigger):
                # "has put off recognition until the hostages are free"
                verdict = verdict.because("refused until", act="condition", conditions=tuple(till))
    return verdict


def _is_of_act(trigger: Trigger) -> bool:
    """Whether an act that a verb over its noun refuses can be made to depend on something."""
    return trigger.base in ("recognise", "establish-relations")


def _record(scene: Scene, sentence: Sentence, trigger: Trigger, outlook: Outlook, party: Party | None,
            recognised: Recognised, verdict: Verdict) -> Recognition | None:  # fmt: skip
    act = verdict.act
    if act is None or _is_impossible(party, recognised, act):
        return None
    said_by = verdict.said_by
    if act == "establish-relations" and said_by and all(p.entity.key and _is_side(p, recognised) for p in said_by):
        # Ties are an act of both sides: either announces them.
        said_by, verdict = (), replace(verdict, asserted=True)
    recogniser: Entity | None = party.entity if party is not None else None
    if party is not None and not party.can_recognise and not (act == "demand" and not party.is_known):
        changed = _not_a_state(party, act)
        if changed is None:
            return None
        recogniser, said_by = changed
        act = "demand"
    if act == "demand" and party is not None and (not party.is_known or is_anybody(party)):
        recogniser = None
    if recogniser is None and act != "demand":
        return None
    if act == "demand":
        said_by = verdict.asked_by or said_by
        if not said_by and recogniser is None:
            return None
    asserted = verdict.asserted and act != "demand"
    if act == "recognise" and not asserted and not said_by and "in a condition" in verdict.steps:
        return None
    when = in_context(scene.reading, _when(scene, sentence, trigger, outlook, act, bool(said_by)))
    effective, when = _in_effect(scene, sentence, act, when)
    recognised = of_its_day(_of_topic(scene, recognised, act), when)
    if asserted and act in COMPLETED_ACTS and _is_planned(scene, when):
        if _is_next_day(scene, when):
            return None
        act = "intend"
    evidence = covering(scene.reading, sentence, trigger.at, [party] if party else [], [recognised])
    clause = sentence.text
    return Recognition(
        id=record_id(
            scene.reading.report.text_sha256, "recognition", recogniser.key if recogniser else "", recognised.id, act,
            evidence.part, evidence.start, evidence.end,
        ),
        recogniser=recogniser, recognised=recognised, act=act,
        manner=trigger.manner if act in ("recognise", "withdraw", "sever-relations", "establish-relations") else None,  # type: ignore[arg-type]
        kind=_kind(clause) if act == "recognise" else None,
        asserted=asserted, attributed_to=tuple(p.entity for p in said_by),
        first=act == "recognise" and asserted and _is_first(evidence.quote, clause),
        when=when, effective=effective, conditions=_conditions(scene, sentence, verdict),
        reasons=(), hedge=_hedge(scene, sentence, verdict), event=None,
        confidence=_confidence(trigger, verdict, party), evidence=evidence,
    )  # fmt: skip


def _is_side(party: Party, recognised: Recognised) -> bool:
    one = recognised_by(party, None) if party.slug is not None and party.acts_for == "state" else None
    return one is not None and one.id == recognised.id


def _of_topic(scene: Scene, recognised: Recognised, act: Act) -> Recognised:
    """Envoys of a state whose rival government the report is about are that government's."""
    topic = load_polities().get(scene.cast.topic or "")
    if act != "accept-credentials" or topic is None or topic.capacity != "government" or topic.parent != recognised.id:
        return recognised
    return replace(recognised, id=topic.slug, capacity="government")


def _is_planned(scene: Scene, when: When | None) -> bool:
    """Whether an act decided on has its day still before it."""
    published = scene.reading.published
    return published is not None and when is not None and when.earliest is not None and when.earliest > published


def _is_next_day(scene: Scene, when: When | None) -> bool:
    """Whether "the next morning" was counted from the wrong day: what is told of it is no plan."""
    if when is None or when.part is None or when.start is None or when.end is None:
        return False
    return _NEXT_DAY.search(scene.reading.text(when.part)[when.start : when.end]) is not None


def _is_impossible(party: Party | None, recognised: Recognised, act: Act) -> bool:
    """Nobody recognises itself; a state has no dealings with its own government, nor undoes any with its own part."""
    if party is None or party.slug is None:
        return False
    polity = load_polities().get(recognised.id)
    is_own = polity is not None and polity.parent == party.slug
    is_itself = is_own and polity is not None and polity.capacity == "government" and act not in ("refuse", "deny")
    # By its plain name even that is told, and kept; an office whose state was guessed is not to be believed so.
    if {party.slug, recognised.id} == _TWO_CHINAS and act in ("recognise", "establish-relations"):
        return True
    is_guessed = party.is_person or party.entity.inferred or (party.entity.name_raw or "").lower() in ("it", "they")
    return party.slug == recognised.id or is_itself or (is_own and is_guessed and act in _OF_OTHERS)


def _not_a_state(party: Party, act: Act) -> tuple[Entity, tuple[Party, ...]] | None:
    """A parliament, party or politician is no recogniser: its vote or promise is a demand on its state."""
    polity = load_polities().get(party.slug or "") or state_of_country(party.entity.country or "")
    if party.is_club and party.acts_for == "organ" and act in _ASKABLE | {"recognise"}:
        # The parliament of a club of states asks it of the club.
        club = load_organisations().get(party.entity.id or "")
        return (replace(party.entity, name=club.name, inferred=True), (party,)) if club is not None else None
    sectors = set(party.entity.sectors)
    is_voting = party.acts_for == "organ" or "LEG" in sectors
    may_ask = (act in _ASKABLE and (is_voting or bool(_PARTISAN & sectors))) or (act == "recognise" and is_voting)
    if polity is None or not may_ask:
        return None
    state = party_of_polity(polity).entity
    return replace(state, inferred=True), (party,)


def _when(
    scene: Scene, sentence: Sentence, trigger: Trigger, outlook: Outlook, act: Act, by_other: bool
) -> When | None:
    if trigger.presupposed and trigger.at == trigger.word:
        head = sentence.tokens[sentence.tokens[trigger.word].head]
        # "whose recognition dates from 1979"
        dated = (
            head.i if head.lemma in ("date", "go") and sentence.tokens[trigger.word].dep == "nsubj" else trigger.word
        )
        within = date_within(scene.reading, sentence, dated)
        if within is not None:
            return within
        carrier = next((g for g in outlook.governors if g.effect == "decide" and g.pos == "verb"), None)
        if carrier is not None:
            # "has signed a decree on the recognition of": the signing is the deed.
            return date_of_deed(scene.reading, sentence, carrier.i, outlook_of(sentence, carrier.i), by_other=by_other)
        return date_of_deed(scene.reading, sentence, trigger.at, replace(outlook, past_perfect=True), by_other=True)
    if act in COMPLETED_ACTS or act == "intend":
        marks = {c.lower for c in sentence.children(trigger.at, "mark")}
        is_counted = sentence.tokens[trigger.at].dep == "advcl" and marks & {"after", "before"}
        shifted = offset_from(scene.reading, sentence, trigger.at, None) if is_counted else None
        if shifted is not None:
            return shifted
        when = date_of_deed(scene.reading, sentence, trigger.at, outlook, by_other=by_other)
        if _is_of_other_clause(sentence, trigger.at, when):
            when = published_day(scene.reading)
        is_told = when is not None and when.basis == "publication"
        is_standing = outlook.first("presuppose") is not None or tells_standing_fact(sentence, trigger.at)
        return None if is_told and (act == "intend" or is_standing) else when
    return date_of_saying(scene.reading, sentence, trigger.at, outlook)


def _is_of_other_clause(sentence: Sentence, at: int, when: When | None) -> bool:
    """Whether a date stands in a clause about a name, which tells when something else was."""
    if when is None or when.start is None or when.part != sentence.part or when.basis == "publication":
        return False
    announcements = recognition_words()["announcements"]
    inside = next((t for t in sentence.tokens if sentence.start + t.start <= when.start < sentence.start + t.end), None)
    while inside is not None and inside.head != inside.i and inside.i != at:
        if inside.dep in ("relcl", "acl") and inside.tag in ("VBD", "VBN", "VBP", "VBZ") and inside.i != at:
            of_document = sentence.tokens[inside.head].lemma in announcements["documents"] | announcements["nouns"]
            return at not in sentence.subtree(inside.i) and not of_document
        inside = sentence.tokens[inside.head]
    return False


def _in_effect(scene: Scene, sentence: Sentence, act: Act, when: When | None) -> tuple[When | None, When | None]:
    """From when the act holds where the words say so, and its own date; a plan takes that day for its own."""
    if act not in COMPLETED_ACTS and act != "intend":
        return None, when
    effective = effective_date(scene.reading, sentence)
    if effective is None:
        return None, when
    own = date_beside(scene.reading, sentence, effective)
    if act == "intend":
        return None, own if own is not None and _is_planned(scene, own) else effective
    if when is None or (when.earliest, when.latest) == (effective.earliest, effective.latest):
        when = own if own is not None else published_day(scene.reading)
    return effective, when


def _is_first(quote: str, clause: str) -> bool:
    return bool(_FIRST.search(quote)) and bool(_NTH_FIRST.search(clause))


def _kind(clause: str) -> Kind | None:
    if _DE_FACTO.search(clause):
        return "de_facto"
    return "de_jure" if _DE_JURE.search(clause) else None


def _conditions(scene: Scene, sentence: Sentence, verdict: Verdict) -> tuple[Span, ...]:
    return tuple(phrase_span(scene.reading, sentence, i) for i in verdict.conditions)


def _hedge(scene: Scene, sentence: Sentence, verdict: Verdict) -> Span | None:
    if verdict.hedge is None:
        return None
    token = sentence.tokens[verdict.hedge.i]
    return scene.span(sentence, sentence.start + token.start, sentence.start + token.end)


def _confidence(trigger: Trigger, verdict: Verdict, party: Party | None) -> float:
    sure = _SURE - 0.02 * len(verdict.steps)
    if trigger.rule.startswith("noun"):
        sure -= 0.05
    is_taken_over = trigger.parties == () and trigger.base in _OF_OTHERS and not trigger.rule.startswith("cred")
    if party is not None and (party.entity.inferred or is_taken_over):
        sure -= 0.1
    if not verdict.asserted:
        sure -= 0.1
    return round(max(0.3, sure), 3)
