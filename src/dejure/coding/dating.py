"""When a predicate's deed was: the dates of its own clause, of the verbs over it, of its list item, of the report.

A date belongs to the nearest verb above it in the parse. A predicate takes its own dates first, then those of verbs
over it that do not put it on somebody else's word. News told in the present or the perfect without a date takes the
day of publication; what is told as standing or long past stays without one.
"""

from __future__ import annotations

import datetime as dt
import re

from dejure.coding.outlook import Outlook, load_governors
from dejure.reading.dates import DateMention
from dejure.reading.reading import Reading, Sentence
from dejure.when import When, day

__all__ = [
    "date_beside",
    "date_of_deed",
    "date_of_label",
    "date_of_mention",
    "date_of_saying",
    "date_within",
    "dates_of",
    "effective_date",
    "is_long_past",
    "offset_from",
    "published_day",
]

#: Roles of a date mention that bound a state, a period before or after, and do not date a deed.
_BOUNDS = frozenset({"since", "until", "from", "modifier"})
_SAYING_EFFECTS = frozenset({"report", "claim", "announce", "warn", "demand"})
#: What is done with the paper by which an act is done, whose day is that of the act.
_OF_PAPERS = frozenset({"date", "send", "issue", "publish", "sign", "exchange", "release"})
#: The hour that heads a line of rolling coverage.
_HOUR = re.compile(r"\s*\d{1,2}[:.]\d{2}\b")
_NEWS_SENTENCES = 3
_LONG_AGO_DAYS = 45
_CARRYING = frozenset(
    {"announce", "decide", "done", "plan", "report", "consider", "refuse", "deny", "predict", "hedge"}
)


def dates_of(reading: Reading, sentence: Sentence, i: int) -> list[DateMention]:
    """Date mentions whose nearest verb above is the token `i`."""
    return [d for d in _in_sentence(reading, sentence) if _owner(sentence, d) == i]


def date_of_deed(
    reading: Reading, sentence: Sentence, i: int, outlook: Outlook, *, by_other: bool = False
) -> When | None:
    """When the deed was or is to be.

    Parameters
    ----------
    by_other : bool
        Whether somebody else reports it, whose own day of speaking is not the deed's.
    """
    found = _of_clause_on_date(reading, sentence, i) or _best(dates_of(reading, sentence, i))
    if found is not None:
        return found
    for governor in outlook.governors:
        is_bare = governor.effect == "" and governor.lemma == "be"
        if (governor.effect not in _CARRYING and not is_bare) or (
            by_other and governor.effect in ("report", "claim", "announce")
        ):
            continue
        if governor.effect in ("report", "claim") and outlook.perfect and by_other:
            continue
        found = _best(dates_of(reading, sentence, governor.i))
        if found is not None:
            return found
    for at in outlook.beside if not by_other else ():
        found = _best(dates_of(reading, sentence, at))
        if found is not None:
            return found
    labelled = date_of_label(reading, sentence)
    if labelled is not None:
        return labelled
    only = _only_date(reading, sentence, i, by_other=by_other)
    if only is not None:
        return only
    if by_other and outlook.first("report", "claim", "announce") is not None:
        # "X has broken with Y, Z announced": news, unless it is told as long done.
        is_news = sentence.index <= _NEWS_SENTENCES or _is_of_hour(sentence)
        is_new = outlook.perfect or outlook.is_present or outlook.progressive
        return published_day(reading) if is_news and is_new else None
    if sentence.is_headline or not (outlook.past or outlook.past_perfect):
        return published_day(reading)
    is_lead = sentence.paragraph <= 1 or sentence.index <= _NEWS_SENTENCES
    return published_day(reading) if is_lead and outlook.past and not outlook.past_perfect else None


def _of_clause_on_date(reading: Reading, sentence: Sentence, i: int) -> When | None:
    """As in "withdrew it on 31 March, when it established relations with Peru": the date that the clause hangs on."""
    token = sentence.tokens[i]
    opens = [c for c in sentence.children(i, "advmod") if c.lower == "when"]
    if token.dep not in ("relcl", "advcl", "acl") or not opens:
        return None
    at = sentence.tokens[opens[0].i - 1] if opens[0].i else None
    before = sentence.tokens[at.i - 1] if at is not None and at.text == "," and at.i else at
    for mention in _in_sentence(reading, sentence):
        apart = mention.end - sentence.start - before.start if before is not None else 0
        if before is not None and mention.when.is_resolved and 0 < apart <= len(before.text) + 1:
            return mention.when
    return None


def _only_date(reading: Reading, sentence: Sentence, i: int, *, by_other: bool) -> When | None:
    """The one date of the sentence, wherever the parse has hung it; not a day on which somebody else spoke."""
    found = [m for m in _in_sentence(reading, sentence) if m.role not in _BOUNDS and m.when.is_resolved]
    if len(found) != 1 or (found[0].offset_days is not None and found[0].anchor == "event"):
        return None
    if (
        found[0].when.precision == "interval"
        and _ends_ahead(reading, found[0].when)
        and i != _owner(sentence, found[0])
    ):
        # "agreed to resume ties and to open embassies within two months"
        return None
    owner = _owner(sentence, found[0])
    if owner < 0 or owner == i:
        return found[0].when
    above = _above(sentence, i)
    governed = sentence.tokens[owner]
    if owner in above:
        below = above[: above.index(owner)]
        is_aside = any(
            sentence.tokens[at].dep in ("relcl", "acl") and not _is_circumstance(sentence, at) for at in below
        )
    else:
        is_paper = governed.lemma in _OF_PAPERS or any(c.lower == "public" for c in sentence.children(owner))
        is_aside = (governed.dep in ("relcl", "acl") or _is_told_of_a_name(sentence, owner)) and not is_paper
    is_saying = load_governors().get((governed.lemma, "verb")) in _SAYING_EFFECTS
    return None if is_aside or (is_saying and (by_other or owner not in above)) else found[0].when


def _is_told_of_a_name(sentence: Sentence, i: int) -> bool:
    """Whether a participle stands between commas behind a name ("the coalition, put together on Sunday, as ...")."""
    token = sentence.tokens[i]
    if token.dep != "advcl" or token.tag != "VBN" or sentence.children(i, "mark", "nsubjpass", "auxpass") or i < 2:
        return False
    return sentence.tokens[i - 1].text == "," and sentence.tokens[i - 2].pos in ("PROPN", "NOUN")


def _is_circumstance(sentence: Sentence, i: int) -> bool:
    """Whether a relative clause tells what was done at, in or by the thing ("a message in which X withdrew")."""
    return any(t.lower == "which" and t.dep == "pobj" for t in (sentence.tokens[j] for j in sentence.subtree(i)))


def _above(sentence: Sentence, i: int) -> list[int]:
    """A token and those above it, up to the root."""
    found: list[int] = []
    while i not in found:
        found.append(i)
        i = sentence.tokens[i].head
    return found


#: Words right before a date from which something holds, and verbs of taking effect.
_FROM_THEN = re.compile(
    r"(?:\bwith (?:legal )?effect (?:from|as of|on)|\beffective(?: from| as of| on)?|\bas of|\bas from|\bwith effect"
    r"|\b(?:takes?|took|taking|will take) effect (?:on|from|in|at)"
    r"|\b(?:comes?|came|enters?|entered|will come|will enter) into (?:force|effect) (?:on|from|in))\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_PLAIN_FROM = re.compile(r"\b(?:from|starting|beginning)\s+$", re.IGNORECASE)


def effective_date(reading: Reading, sentence: Sentence) -> When | None:
    """From when an act told in the sentence holds, where words say so ("with effect from 1 October")."""
    text = reading.text(sentence.part)
    for mention in _in_sentence(reading, sentence):
        before = text[max(sentence.start, mention.start - 40) : mention.start]
        is_from = bool(_PLAIN_FROM.search(before)) and _is_ahead(reading, mention.when)
        if mention.when.is_resolved and (_FROM_THEN.search(before) or is_from):
            return mention.when
    return None


def date_beside(reading: Reading, sentence: Sentence, other: When) -> When | None:
    """The resolved date of the sentence that is not `other`, where there is one."""
    found = [m for m in _in_sentence(reading, sentence) if m.when.is_resolved and m.role not in _BOUNDS]
    return next((m.when for m in found if (m.when.earliest, m.when.latest) != (other.earliest, other.latest)), None)


def date_of_saying(reading: Reading, sentence: Sentence, i: int, outlook: Outlook) -> When | None:
    """When something was voiced: a date that hangs on the verb of saying, else on the predicate or a verb above it.

    A date ahead of publication is the planned day, not that of the saying.
    """
    sayings = [g.i for g in outlook.governors if g.effect in ("report", "announce", "claim", "demand", "warn")]
    # "Peru will not recognise it, the minister assured them on Tuesday": the parser may hang the saying below.
    below = sentence.children(i, "parataxis")
    sayings += [c.i for c in below if load_governors().get((c.lemma, "verb")) in _SAYING_EFFECTS]
    others = [g.i for g in outlook.governors if g.i not in sayings]
    as_said = _as_said(reading, sentence, i)
    if as_said is not None:
        return as_said
    for at in (*sayings, i, *others):
        going_on = _going_on_since(reading, sentence, at)
        if going_on is not None:
            return going_on
        found = _best(dates_of(reading, sentence, at))
        if found is not None and not _is_ahead(reading, found):
            return found
    labelled = date_of_label(reading, sentence) or _only_saying(reading, sentence)
    if labelled is not None:
        return labelled
    return published_day(reading) if sentence.paragraph <= 2 or not outlook.past_perfect else None


def _only_saying(reading: Reading, sentence: Sentence) -> When | None:
    """The one date of the sentence where it hangs on a verb of saying, wherever the parse has put that."""
    found = [m for m in _in_sentence(reading, sentence) if m.role not in _BOUNDS and m.when.is_resolved]
    if len(found) != 1 or _is_ahead(reading, found[0].when):
        return None
    owner = _owner(sentence, found[0])
    is_saying = owner >= 0 and load_governors().get((sentence.tokens[owner].lemma, "verb")) in _SAYING_EFFECTS
    return found[0].when if is_saying and sentence.tokens[owner].dep not in ("relcl", "acl") else None


def _as_said(reading: Reading, sentence: Sentence, i: int) -> When | None:
    """The date of the clause in "As the minister had said on 3 May, Peru will recognise"."""
    for clause in sentence.children(i, "advcl"):
        opens = {c.lower for c in sentence.children(clause.i, "mark")}
        if "as" in opens and load_governors().get((clause.lemma, "verb")) in _SAYING_EFFECTS:
            return _best(dates_of(reading, sentence, clause.i))
    return None


def _going_on_since(reading: Reading, sentence: Sentence, i: int) -> When | None:
    """The start of what somebody "has been demanding since July"."""
    if sentence.tokens[i].tag != "VBG" or not any(c.lemma == "have" for c in sentence.children(i, "aux")):
        return None
    return next((m.when for m in dates_of(reading, sentence, i) if m.role == "since" and m.when.is_resolved), None)


def date_of_mention(reading: Reading, sentence: Sentence, nouns: frozenset[str]) -> When | None:
    """The resolved date that hangs on one of these nouns ("the announcement, made on Thursday") or on its verb."""
    for mention in _in_sentence(reading, sentence):
        if mention.role in _BOUNDS or not mention.when.is_resolved:
            continue
        owner = _owner(sentence, mention)
        if owner < 0:
            continue
        token = sentence.tokens[owner]
        around = [sentence.tokens[token.head]] if token.dep in ("acl", "relcl") else []
        around += sentence.children(owner, "nsubj", "nsubjpass", "dobj")
        if any(_is_definite(sentence, t.i) and t.lemma in nouns for t in around):
            return mention.when
    return None


def _is_definite(sentence: Sentence, i: int) -> bool:
    return any(c.lower in ("the", "this", "that") for c in sentence.children(i, "det"))


def offset_from(reading: Reading, sentence: Sentence, i: int, anchor: When | None) -> When | None:
    """The day of a repeated act that the sentence counts from ("X acted, two days after Y did so").

    The main clause has the date `anchor` or one of its own in the sentence; the act of the clause under "after" lies
    the counted days before it, of the clause under "before" (whose count is negative) as many after.
    """
    for mention in _in_sentence(reading, sentence):
        if mention.anchor != "event" or mention.offset_days is None:
            continue
        is_behind = sentence.tokens[i].start > mention.start - sentence.start
        main = _best([d for d in _in_sentence(reading, sentence) if d is not mention and d.when.is_resolved]) or anchor
        if not is_behind or main is None or main.earliest is None or main.latest is None or main.precision != "day":
            continue
        moved = main.earliest - dt.timedelta(days=mention.offset_days)
        return day(moved, "relative").at(sentence.part, mention.start, mention.end)
    return None


def _ends_ahead(reading: Reading, when: When) -> bool:
    return reading.published is not None and when.latest is not None and when.latest > reading.published


def _is_ahead(reading: Reading, when: When) -> bool:
    return reading.published is not None and when.earliest is not None and when.earliest > reading.published


def date_within(reading: Reading, sentence: Sentence, i: int, *, after: bool = False) -> When | None:
    """The resolved date among the words that hang on a noun; with `after`, the first one behind it."""
    below = sentence.subtree(i)
    first, last = sentence.span(below[0], below[-1])
    if after:
        first, last = sentence.span(i, len(sentence.tokens) - 1)
    mentions = [m for m in reading.dates_in(sentence.part, first, last) if m.role not in _BOUNDS and m.when.is_resolved]
    return mentions[0].when if mentions else None


def _is_of_hour(sentence: Sentence) -> bool:
    """Whether a line of rolling coverage holds the sentence ("14:30 Canada recognises ...")."""
    return _HOUR.match(sentence.text) is not None


def date_of_label(reading: Reading, sentence: Sentence) -> When | None:
    """The date that heads a list item ("Tuesday: ..."); a dateline's date is the day of writing, not of the deed."""
    label = sentence.segment.label
    if label is None or sentence.segment.is_dateline:
        return None
    return _best(reading.dates_in(sentence.part, *label))


def published_day(reading: Reading) -> When | None:
    """The day of publication as the day of the deed, None where the report has none."""
    return day(reading.published, "publication") if reading.published is not None else None


def is_long_past(reading: Reading, when: When | None) -> bool:
    """Whether a date lies so far before publication that it tells history and not news."""
    if when is None or when.latest is None or reading.published is None:
        return False
    return when.latest < reading.published - dt.timedelta(days=_LONG_AGO_DAYS)


def _in_sentence(reading: Reading, sentence: Sentence) -> list[DateMention]:
    return reading.dates_in(sentence.part, sentence.start, sentence.end)


def _best(mentions: list[DateMention]) -> When | None:
    usable = [m for m in mentions if m.role not in _BOUNDS]
    for mention in usable:
        if mention.when.is_resolved:
            return mention.when
    unplaced = [m for m in usable if m.anchor != "event" and m.offset_days is None]
    return unplaced[0].when if unplaced else None


def _owner(sentence: Sentence, mention: DateMention) -> int:
    """The nearest verb above the words of a date."""
    first = mention.start - sentence.start
    last = mention.end - sentence.start
    inside = [t for t in sentence.tokens if t.start < last and t.end > first]
    if not inside:
        return -1
    positions = {t.i for t in inside}
    top = next((t for t in inside if t.head not in positions or t.head == t.i), inside[0])
    at = top
    for _ in range(len(sentence.tokens)):
        if at.pos in ("VERB", "AUX") and at.i not in positions:
            return at.i
        if at.head == at.i:
            return at.i
        at = sentence.tokens[at.head]
    return -1
