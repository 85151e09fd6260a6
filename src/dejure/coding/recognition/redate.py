"""Dates of acts from what stands round them: the announcement of the next sentence, the letter of the one before.

An act whose own words give no day has that of publication. Here it takes a day that the text ties to it: of the list
item it stands in, of the act it followed within hours, of the document by which it was done, of the announcement.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

from dejure.coding.date_context import in_context, news_before
from dejure.coding.dating import date_of_mention, is_long_past
from dejure.coding.recognition.again import Draft, bare_date_before
from dejure.coding.recognition.polity import recognition_words
from dejure.coding.scene import Scene
from dejure.reading.dates import DateMention
from dejure.reading.reading import Sentence
from dejure.records import COMPLETED_ACTS, Recognised
from dejure.reference.names import load_name_index
from dejure.reference.tables import Polity, load_polities
from dejure.when import When, day, month

__all__ = ["of_its_day", "redated_all"]

#: How many sentences behind an act its announcement may be dated, and before it its document.
#: In which of its first sentences a report tells its news, the title counted.
_LEAD = 2
_NEXT_SENTENCES, _SENTENCES_BEFORE, _ACTS_BEFORE = 2, 2, 3
#: How far behind a date without a day of its own its month may stand, in characters.
_NEXT_WORDS = 24
#: How old the news of a report may be.
_FEW_DAYS = 3
_HALF_YEAR, _YEAR = dt.timedelta(days=180), dt.timedelta(days=366)
_TOGETHER = frozenset({"recognise", "establish-relations", "accept-credentials"})
#: "Burundi in February", "Turkey, on 3 May,": between a name and a date of its own.
_OF_NAME = re.compile(r",?\s+(?:(?:on|in)\s+)?(?:the\s+)?$")
_SAME_TIME = re.compile(
    r"\bwithin (?:the |an )?(?:hours?|minutes)\b|\b(?:hours|minutes) later\b|\bat once\b|\bimmediately\b"
    r"|\bthe same (?:day|evening|night|morning|afternoon)\b",
    re.IGNORECASE,
)


def redated_all(scene: Scene, drafts: list[Draft]) -> list[Draft]:
    """The drafts of a report, each with the date that its context gives it."""
    found: list[Draft] = []
    for draft in drafts:
        found.append(_redated(scene, draft, found))
    return [_with_its_pair(scene, draft, found) for draft in found]


def _with_its_pair(scene: Scene, draft: Draft, drafts: list[Draft]) -> Draft:
    """News without a day takes that of what the same two did with it: recognised, and took the envoy's letters."""
    own = draft.record
    if own.act not in _TOGETHER or own.when is None or own.when.basis != "publication" or not own.asserted:
        return draft
    for other in (d.record for d in drafts if d is not draft):
        if other.act not in _TOGETHER or other.act == own.act or not other.asserted or other.when is None:
            continue
        if other.recogniser is None or own.recogniser is None or other.recogniser.key != own.recogniser.key:
            continue
        is_dated = other.when.basis != "publication" and _is_recent(scene, other.when)
        if is_dated and other.recognised.id == own.recognised.id:
            return replace(draft, record=replace(own, when=other.when))
    return draft


def _is_within(polity: Polity, when: When) -> bool:
    """Whether a government rose and fell between the bounds of a date."""
    start, end = polity.validity.start, polity.validity.end
    if start is None or end is None or when.earliest is None or when.latest is None:
        return False
    return when.earliest <= start and end <= when.latest


def _state_of_its_day(recognised: Recognised, polity: Polity, on: dt.date) -> Recognised:
    """The state that the words meant on the day of the act, where the one they mean today was not there yet."""
    start = polity.validity.start
    if polity.is_disputed or start is None or on >= start or not recognised.name_raw:
        return recognised
    polities = load_polities()
    then = {
        name.target for name in load_name_index().look_up(recognised.name_raw)
        if name.table == "polity" and name.validity.holds_on(on) and not polities[name.target].is_disputed
    }  # fmt: skip
    return replace(recognised, id=then.pop()) if len(then) == 1 and polity.slug not in then else recognised


def of_its_day(recognised: Recognised, when: When | None) -> Recognised:
    """The government that claimed the state when the act was: of two of one name, the one of that day."""
    polity = load_polities().get(recognised.id)
    if polity is None or when is None or when.earliest is None:
        return recognised
    if polity.capacity != "government":
        return _state_of_its_day(recognised, polity, when.earliest)
    if polity.validity.start is None or when.latest is None or when.latest >= polity.validity.start:
        return recognised
    then = [
        p
        for p in load_polities().values()
        if p.slug.startswith(polity.slug)
        and p is not polity
        and (p.validity.holds_on(when.earliest) or p.validity.holds_on(when.latest) or _is_within(p, when))
    ]
    return replace(recognised, id=then[0].slug) if len(then) == 1 else recognised


def _redated(scene: Scene, draft: Draft, before: list[Draft]) -> Draft:
    when = in_context(scene.reading, draft.record.when)
    if when is not None and when.earliest is None and when.latest is None:
        # "on a Thursday in November 2013": the words behind say more; "within hours": the act before.
        when = _said_behind(scene, when) or _of_act_before(scene, draft, before) or _of_day_before(scene, draft) or when
    when = _not_behind(scene, draft, _of_own_name(scene, draft) or when)
    is_news = when is not None and when.basis == "publication" and draft.record.asserted
    if is_news and draft.record.act in COMPLETED_ACTS | {"intend"}:
        when = _from_context(scene, draft, before) or when
    elif is_news:
        when = _of_history(scene, draft) or _of_news(scene, draft, before) or when
    recognised = of_its_day(draft.record.recognised, when)
    return replace(draft, record=replace(draft.record, when=when, recognised=recognised))


def _of_own_name(scene: Scene, draft: Draft) -> When | None:
    """The date right behind the name of who acted, where each of several has one ("Peru in May and Chile in June")."""
    who = draft.record.recogniser
    if who is None or who.part is None or who.end is None or draft.record.act not in COMPLETED_ACTS:
        return None
    sentence, text = draft.sentence, scene.reading.text(draft.sentence.part)
    if who.part != sentence.part or not sentence.start <= who.end <= sentence.end:
        return None
    mentions = _resolved(scene, sentence)
    behind = [m for m in mentions if m.start >= who.end and _OF_NAME.fullmatch(text[who.end : m.start])]
    return in_context(scene.reading, behind[0].when) if behind and len(mentions) > 1 else None


def _from_context(scene: Scene, draft: Draft, before: list[Draft]) -> When | None:
    sentence = draft.sentence
    listed = bare_date_before(scene, sentence)
    if listed is not None:
        return listed
    if _SAME_TIME.search(draft.record.evidence.quote) or _SAME_TIME.search(sentence.text):
        with_it = _of_act_before(scene, draft, before)
        if with_it is not None:
            return with_it
    by_document = _of_document(scene, sentence)
    if by_document is not None:
        return by_document
    nouns = recognition_words()["announcements"]["nouns"]
    for later in scene.sentences:
        if 0 < later.index - sentence.index <= _NEXT_SENTENCES and later.part == sentence.part:
            when = date_of_mention(scene.reading, later, nouns)
            if when is not None and not is_long_past(scene.reading, when):
                return when
    found_there = _by_statement(scene, sentence) or _of_history(scene, draft) or _titled(scene)
    return found_there or _of_news(scene, draft, before)


def _of_news(scene: Scene, draft: Draft, before: list[Draft]) -> When | None:
    """The day of the news that the report opens with, for what it goes on to tell in the past tense without a day."""
    if draft.trigger is None or draft.trigger.at >= len(draft.sentence.tokens) or draft.record.act == "deny":
        return None
    token = draft.sentence.tokens[draft.trigger.at]
    chain = [token, *draft.sentence.children(token.i, "aux", "auxpass")]
    above = draft.sentence.tokens[token.head]
    is_past = any(t.tag == "VBD" for t in (*chain, above)) or draft.record.act not in COMPLETED_ACTS
    lead = next((d for d in before if d.record.asserted and d.sentence.index <= _LEAD), None)
    if not is_past or lead is None or lead.record.when is None or lead.sentence is draft.sentence:
        return None
    when = lead.record.when
    return when if when.basis != "publication" and _is_recent(scene, when) else None


def _by_statement(scene: Scene, sentence: Sentence) -> When | None:
    """As in "How: by statements that the president issued on Monday", right behind the act."""
    nouns = recognition_words()["announcements"]["documents"]
    for later in scene.sentences[sentence.index + 1 : sentence.index + 2]:
        found = _resolved(scene, later)
        is_told = any(t.lemma in nouns and t.dep in ("pobj", "nsubj", "nsubjpass", "dobj") for t in later.tokens)
        if later.part == sentence.part and is_told and len(found) == 1 and _is_recent(scene, found[0].when):
            return found[0].when
    return None


def _titled(scene: Scene) -> When | None:
    """The day that the title gives the news, where it is one of the last before publication."""
    found = [m.when for m in scene.reading.title_dates if m.when.is_resolved and m.role == "on"]
    return found[0] if len(found) == 1 and _is_recent(scene, found[0]) else None


def _is_recent(scene: Scene, when: When) -> bool:
    published = scene.reading.published
    if published is None or when.earliest is None or when.precision != "day":
        return False
    return dt.timedelta() <= published - when.earliest <= dt.timedelta(days=_FEW_DAYS)


def _said_behind(scene: Scene, when: When) -> When | None:
    if when.part is None or when.end is None:
        return None
    behind = [m for m in scene.reading.dates_in(when.part, when.end, when.end + _NEXT_WORDS) if m.when.is_resolved]
    return behind[0].when if behind and when.start != behind[0].start else None


def _of_act_before(scene: Scene, draft: Draft, before: list[Draft]) -> When | None:
    """The day of the act told before, of another party, where the words say that this one came with it."""
    words = draft.record.when
    is_timed = _SAME_TIME.search(draft.sentence.text) is not None
    if not is_timed and words is not None and words.start is not None and words.end is not None:
        is_timed = "hour" in scene.reading.text(draft.sentence.part)[words.start : words.end]
    if not is_timed:
        return None
    named = {p.entity.key for p in scene.cast.named_in(draft.sentence, 0, len(draft.sentence.tokens) - 1)}
    told = [d for d in before if d.record.recogniser is not None and d.record.recogniser.key in named]
    for other in (*reversed(told), *reversed(before)):
        apart = draft.sentence.index - other.sentence.index
        is_other = other.record.recogniser != draft.record.recogniser
        if 0 <= apart <= _ACTS_BEFORE and is_other and other.record.asserted and other.record.when is not None:
            return other.record.when
    return None


def _of_day_before(scene: Scene, draft: Draft) -> When | None:
    """The day told last before "within minutes", "the same day", in the same line: of what is no act itself."""
    words = draft.record.when
    if _SAME_TIME.search(draft.sentence.text) is None or words is None or words.start is None:
        return None
    sentence = draft.sentence
    first = next((s.start for s in scene.sentences if s.paragraph == sentence.paragraph), sentence.start)
    label = sentence.segment.label
    first = min(first, label[0]) if label is not None and not sentence.segment.is_dateline else first
    found = [
        m for m in scene.reading.dates_in(sentence.part, max(first, sentence.start - _LINE), words.start)
        if m.when.is_resolved and m.when.precision == "day" and m.role in ("on", "by")
    ]  # fmt: skip
    return in_context(scene.reading, found[-1].when) if found else None


_LINE = 160


def _of_document(scene: Scene, sentence: Sentence) -> When | None:
    """As in "In the letters she informed them", "By this same document": the day of what was told of it before."""
    nouns = recognition_words()["announcements"]["documents"]
    meant = {
        t.lemma for t in sentence.tokens
        if t.lemma in nouns and any(c.lower in ("the", "this", "that", "these") for c in sentence.children(t.i, "det"))
    }  # fmt: skip
    if not meant:
        return None
    is_same = any(t.lower in ("same", "this") for t in sentence.tokens)
    for earlier in reversed(scene.sentences[max(0, sentence.index - _SENTENCES_BEFORE) : sentence.index]):
        found = _resolved(scene, earlier)
        is_told = any(t.lemma in (meant if not is_same else nouns) for t in earlier.tokens)
        if earlier.part == sentence.part and is_told and len(found) == 1:
            return in_context(scene.reading, found[0].when)
    return None


def _of_history(scene: Scene, draft: Draft) -> When | None:
    """The day of a tale of long ago that the text is in the middle of, before any date of these weeks."""
    sentence = draft.sentence
    is_copy = bool({"told again", "timeline item"} & set(draft.verdict.steps))
    if draft.trigger is None or sentence.index == 0 or is_copy or draft.trigger.at >= len(sentence.tokens):
        return None
    token = sentence.tokens[draft.trigger.at]
    is_past = token.tag == "VBD" or any(c.tag == "VBD" for c in sentence.children(token.i, "aux", "auxpass"))
    if not is_past or news_before(scene.reading, sentence.part, sentence.start):
        return None
    found = _resolved(scene, scene.sentences[sentence.index - 1])
    return found[-1].when if found and is_long_past(scene.reading, found[-1].when) else None


def _not_behind(scene: Scene, draft: Draft, when: When | None) -> When | None:
    """A month that a plan is for lies ahead: of the next year where this year's has passed.

    So does a day without a year that the reading took for one of half a year ago or more.
    """
    published = scene.reading.published
    if draft.record.act != "intend" or when is None or when.latest is None or published is None:
        return when
    behind = published - when.latest
    is_far_back = when.precision == "day" and when.basis == "relative" and _HALF_YEAR <= behind <= _YEAR
    is_passed = when.precision in ("month", "interval") and when.latest < published and when.basis == "relative"
    if not is_passed or when.earliest is None or when.earliest < published - _YEAR:
        if is_far_back and when.earliest is not None:
            later = day(_a_year_on(when.earliest), "relative")
            return later.at(when.part, when.start, when.end or 0) if when.part and when.start is not None else later
        return when
    later = month(when.earliest.year + 1, when.earliest.month, "relative")
    return later.at(when.part, when.start, when.end or 0) if when.part and when.start is not None else later


def _a_year_on(one: dt.date) -> dt.date:
    return one.replace(year=one.year + 1, day=min(one.day, 28) if one.month == 2 else one.day)


def _resolved(scene: Scene, sentence: Sentence) -> list[DateMention]:
    found = scene.reading.dates_in(sentence.part, sentence.start, sentence.end)
    return [m for m in found if m.when.is_resolved and m.role in ("on", "by")]
