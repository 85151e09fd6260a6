"""Dates in raw English text: where they stand, which days they mean, and how they are tied to what is told.

The words are found by `date_grammar`, which reads `data/dates.toml`; here their days are worked out, against the
publication day or a date spoken of before. What neither the words nor these give stays unresolved.

Rules of the span: it holds the words that name the time and no preposition ("on *Thursday*", "since *August 2021*",
"between *3 and 5 May*"), except where there would be no date without it ("*within days*", "*in two weeks*",
"*two days after*"). Parts of the day belong to it ("*Thursday evening*", "*the night of 3 May*").

Rules of the days: a weekday, month or day without a year is the latest not after publication (publication itself
counts), or, where the clause speaks of the future, the first not before it. "last" is strictly before, "next" strictly
after ("last Thursday" never yesterday, "next Tuesday" never tomorrow), "this" in the running week, month or year; weeks
run from Monday to Sunday. `early`, `mid`, `late` are thirds.
Seasons are northern.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final, Literal, cast

from dejure.reading.date_grammar import phrases
from dejure.reading.date_guards import GUARDS, is_modifier, preposition_before, word_after
from dejure.reading.date_meanings import NAMED
from dejure.reading.date_offsets import COUNTED
from dejure.reading.date_resolver import Anchor, Resolver
from dejure.reading.date_words import Phrase
from dejure.when import Part, When, unknown

__all__ = ["Anchor", "DateMention", "Role", "find_dates"]

Role = Literal[
    "on", "since", "until", "between", "by", "ago", "from", "deadline", "before", "after", "within", "offset",
    "modifier",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class DateMention:
    """Words of a text that name a time.

    Parameters
    ----------
    start, end : int
        Offsets of the words, half open, in Unicode code points.
    quote : str
        The words.
    when : When
        The days they mean, with part, start and end set; both bounds None where that cannot be known.
    role : str
        How the time is tied to what is told: "since", "until", "by", "deadline" (no later than), "from" (with effect
        from), "before", "after", "between" (a range), "within", "ago", "offset" (two days after, a week later),
        "modifier" (the 1988 declaration), else "on".
    anchor_needed : bool
        Whether the words need something outside themselves to be resolved.
    offset_days : int or None
        Days from the anchor, where the words count days or weeks.
    anchor : {"event", "date", "published"} or None
        What the words count from: something that happened, a date spoken of before, the publication day. None where
        the words give the date whole, or where it depends on the country ("Independence Day").
    """

    start: int
    end: int
    quote: str
    when: When
    role: Role
    anchor_needed: bool
    offset_days: int | None = None
    anchor: Anchor | None = None


def find_dates(text: str, published: dt.date | None, part: Part = "body") -> tuple[DateMention, ...]:
    """Every mention of a date in a text, in order, without overlap.

    Parameters
    ----------
    text : str
        Title or body of a report.
    published : datetime.date or None
        The day it appeared; without it, what counts from that day stays unresolved.
    part : {"title", "body"}
        Which part the text is; in a title "to recognise" speaks of the future.

    Returns
    -------
    tuple of DateMention
        `quote` is `text[start:end]`.
    """
    resolver = Resolver(text, published, part, {**NAMED, **COUNTED})
    return tuple(_mention(resolver, phrase) for phrase in phrases(text))


_ROLE_OF: Final[dict[str, Role]] = {"ago": "ago", "shift": "offset", "eve": "offset", "within": "within"}
_MAY_MODIFY: Final = frozenset({"year", "years", "month", "day"})


def _mention(resolver: Resolver, phrase: Phrase) -> DateMention:
    found = resolver.resolve(phrase)
    when = unknown() if found.days is None else found.days.when("text" if found.whole else "relative")
    return DateMention(
        start=phrase.start,
        end=phrase.end,
        quote=resolver.text[phrase.start : phrase.end],
        when=when.at(resolver.part, phrase.start, phrase.end),
        role=_role(resolver.text, phrase),
        anchor_needed=not found.whole,
        offset_days=found.offset,
        anchor=found.anchor,
    )


def _role(text: str, phrase: Phrase) -> Role:
    said = preposition_before(text, phrase.start)
    bare = said is None or said in GUARDS["of_noun"]
    if bare and phrase.means in _MAY_MODIFY and is_modifier(text, phrase.start, word_after(text, phrase.end)):
        return "modifier"
    if phrase.is_range and said in (None, "from", "between"):
        return "between"
    return _ROLE_OF.get(phrase.means, "on") if said is None else cast(Role, said)
