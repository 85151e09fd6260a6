"""Which changed standings are told, and which are held for a person to look at."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dejure.errors import SettingsError
from dejure.ledger.acts import ActRecord
from dejure.ledger.entries import Entry, canonical
from dejure.ledger.live import Clock
from dejure.ledger.parties import name_of
from dejure.ledger.standing import Standing
from dejure.ledger.surveys import changes_between, confidences_of
from dejure.ledger.views import PolityView
from dejure.records import Record
from dejure.reference.tables import load_polities

if TYPE_CHECKING:
    from dejure.ledger import Ledger

__all__ = ["Held", "News", "Rules", "Stand", "Words", "find_news", "pair_key"]

_MOST_WORDS = 5
# What a person or a table says needs no second story.
_BY_PEOPLE = ("person", "table")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What a change needs to be told without a person having looked at it.

    Parameters
    ----------
    confidence : float
        Least confidence of the coder in the act behind it, in its best report.
    stories : int
        Least number of independent stories of that act; copies of one report count once.
    """

    confidence: float = 0.8
    stories: int = 2

    def __post_init__(self) -> None:
        if not 0 <= self.confidence <= 1:
            raise SettingsError("a confidence lies between 0 and 1", value=self.confidence)
        if self.stories < 1:
            raise SettingsError("at least one story must be asked for", value=self.stories)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stand(Record):
    """Where a pair stands, as far as a change of it is told."""

    standing: str
    certainty: str
    announced: str
    dispute: str

    @classmethod
    def of(cls, standing: Standing) -> Stand:
        """The part of a standing whose change is told."""
        return cls(
            standing=standing.standing, certainty=standing.certainty, announced=standing.announced,
            dispute=standing.dispute,
        )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Words(Record):
    """The words of one report behind a change."""

    quote: str
    publisher: str | None
    published: dt.date | None
    url: str | None
    report: str


@dataclass(frozen=True, slots=True, kw_only=True)
class News(Record):
    """A changed standing.

    Parameters
    ----------
    id : str
        Of this change of this pair; a machine that gets it twice can tell by it.
    told_at : datetime.datetime
        UTC.
    on : datetime.date
        The day as of which it holds.
    act, date, confidence, stories
        The act behind it; None where evidence was taken back.
    verdict : str or None
        What a person decided about that act.
    words : tuple of Words
    """

    id: str
    told_at: dt.datetime
    recogniser: str
    recogniser_name: str
    recognised: str
    recognised_name: str
    capacity: str
    on: dt.date
    before: Stand
    after: Stand
    act: str | None
    date: str | None
    confidence: float | None
    stories: int
    verdict: str | None
    words: tuple[Words, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Held(Record):
    """A change that is not told yet, and why; its act stands in the review queue of the ledger.

    Parameters
    ----------
    before : Stand
        Where the pair stood before, and what was told of it last.
    since : datetime.date
        The day on which it was held first.
    instant : datetime.datetime
        The instant of the ledger's record at which it stood so.
    """

    recogniser: str
    recognised: str
    before: Stand
    after: Stand
    reasons: tuple[str, ...]
    since: dt.date
    instant: dt.datetime


@dataclass(frozen=True, slots=True)
class _Basis:
    """An act behind a change, with what the rules ask about."""

    act: ActRecord
    confidence: float | None
    by_people: bool


def pair_key(recogniser: str, recognised: str) -> str:
    """Key of a pair."""
    return f"{recogniser}|{recognised}"


def find_news(
    ledger: Ledger, held: dict[str, Held], since: dt.datetime, until: dt.datetime, now: dt.datetime, rules: Rules
) -> tuple[list[News], dict[str, Held]]:
    """What is told now, and what is held.

    A pair that was held is looked at again, against where it stood when it was told last: a second story, a judgement
    or a withdrawn report may have come in since.

    Parameters
    ----------
    since, until : datetime.datetime
        Instants of the ledger's record.
    """
    on = now.date()
    views = _Views(ledger, on)
    changed = {
        pair_key(one.after.recogniser, one.after.recognised): one for one in changes_between(ledger, since, until, on)
    }
    news: list[News] = []
    still_held: dict[str, Held] = {}
    for key in sorted({*changed, *held}):
        known = held.get(key)
        recogniser, _, recognised = key.partition("|")
        if recognised not in load_polities():
            continue
        instant = known.instant if known else since
        change = None if known else changed[key]
        before = change.before if change else views.standing(recogniser, recognised, instant)
        after = change.after if change else views.standing(recogniser, recognised, until)
        if Stand.of(after) == Stand.of(before):
            continue
        bases = _bases(ledger, before, after, until)
        reasons = _reasons(bases, rules)
        if reasons:
            still_held[key] = Held(
                recogniser=recogniser, recognised=recognised, before=Stand.of(before), after=Stand.of(after),
                reasons=reasons, since=known.since if known else on, instant=instant,
            )  # fmt: skip
        else:
            news.append(_news(Stand.of(before), after, _best(bases), until, now))
    return news, still_held


class _Views:
    """Where pairs stand on a day, as recorded at several instants."""

    def __init__(self, ledger: Ledger, on: dt.date) -> None:
        self._ledger, self._on = ledger, on
        self._made: dict[tuple[str, dt.datetime], PolityView] = {}

    def standing(self, recogniser: str, recognised: str, recorded: dt.datetime) -> Standing:
        """Where one stood by the record of an instant."""
        key = (recognised, recorded)
        if key not in self._made:
            clock = Clock(on=self._on, recorded=recorded)
            self._made[key] = PolityView(self._ledger.layers, load_polities()[recognised], clock)
        return self._made[key].standing(recogniser)


def _bases(ledger: Ledger, before: Standing, after: Standing, until: dt.datetime) -> list[_Basis]:
    """The acts that the standing rests on now and did not before; none where evidence was taken back."""
    ids = _entries(after) - _entries(before)
    acts = [
        act for act in ledger.acts(after.recognised, after.recogniser, recorded=until)
        if any(entry.id in ids for entry in act.entries)
    ]  # fmt: skip
    confidences = confidences_of(ledger.required_store(), {entry.id for act in acts for entry in act.entries})
    return [
        _Basis(
            act=act,
            confidence=max((confidences[one.id] for one in act.entries if one.id in confidences), default=None),
            by_people=act.verdict is not None or any(one.recorder.kind in _BY_PEOPLE for one in act.entries),
        )
        for act in acts
    ]  # fmt: skip


def _entries(standing: Standing) -> set[str]:
    contests = {id_ for one in standing.contests for id_ in one.entries}
    return {*standing.entries, *standing.announced_entries, *contests}


def _reasons(bases: Sequence[_Basis], rules: Rules) -> tuple[str, ...]:
    """Why a change is held; empty where it is told."""
    lacking = [_lacks(one, rules) for one in bases]
    return min(lacking, key=len) if lacking and all(lacking) else ()


def _lacks(basis: _Basis, rules: Rules) -> tuple[str, ...]:
    if basis.by_people:
        return ()
    told = []
    if (basis.confidence or 0.0) < rules.confidence:
        told.append(f"confidence {basis.confidence or 0.0:.2f} is below {rules.confidence:.2f}")
    if basis.act.stories < rules.stories:
        told.append(f"{basis.act.stories} of {rules.stories} stories")
    return tuple(told)


def _best(bases: Sequence[_Basis]) -> _Basis | None:
    return max(bases, key=lambda one: (one.by_people, one.act.stories, one.confidence or 0.0), default=None)


def _news(before: Stand, after: Standing, best: _Basis | None, until: dt.datetime, now: dt.datetime) -> News:
    act = best.act if best else None
    made = hashlib.sha256(f"{after.recogniser}|{after.recognised}|{until.isoformat()}|".encode())
    made.update(canonical(before) + canonical(Stand.of(after)))
    return News(
        id=made.hexdigest()[:32], told_at=now, recogniser=after.recogniser, recogniser_name=name_of(after.recogniser),
        recognised=after.recognised, recognised_name=name_of(after.recognised), capacity=after.capacity, on=after.on,
        before=before, after=Stand.of(after), act=act.act if act else None,
        date=act.date.text() if act and act.date else None, confidence=best.confidence if best else None,
        stories=act.stories if act else 0, verdict=act.verdict if act else None,
        words=_words(act.entries) if act else (),
    )  # fmt: skip


def _words(entries: Sequence[Entry]) -> tuple[Words, ...]:
    """The words of a few entries, the oldest report first."""
    found = {
        (one.report.id, one.evidence.quote): Words(
            quote=" ".join(one.evidence.quote.split()), publisher=one.report.publisher,
            published=one.report.published, url=one.report.url, report=one.report.id,
        )
        for one in entries if one.evidence and one.report
    }  # fmt: skip
    ordered = sorted(found.values(), key=lambda one: (one.published or dt.date.max, one.report, one.quote))
    return tuple(ordered[:_MOST_WORDS])
