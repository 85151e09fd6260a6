"""Codings of reports as the simple rows that boards and waves take."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from pathlib import Path

from dejure.analysis.acts import Series, series_of_rows
from dejure.analysis.board import BoardAct, BoardInput, BoardSilence, BoardStatement, BoardStory
from dejure.analysis.states import StateSystem
from dejure.errors import UnknownParty
from dejure.ledger import Ledger
from dejure.ledger.acts import ActRecord
from dejure.ledger.entries import Entry
from dejure.ledger.history_layer import history_entries
from dejure.records import Coding

__all__ = ["board_acts_of_ledger", "board_input", "rows_of_ledger", "series_of_ledger", "series_rows", "slug_of_actor"]

_USED = frozenset({"recognise", "intend", "condition", "consider", "refuse", "withdraw"})


def slug_of_actor(actor: str | None, day: dt.date, system: StateSystem) -> str | None:
    """The state of an actor id (ISO code or slug) on a day, or None where it is no state of the system."""
    if not actor:
        return None
    for place, (slug, iso3) in enumerate(zip(system.slugs, system.iso3, strict=True)):
        if actor in (slug, iso3) and system.is_member(place, day):
            return slug
    return None


def series_rows(codings: Iterable[Coding], polity: str) -> list[dict[str, str]]:
    """Asserted acts towards a polity as rows of a series; what has no date is known when the report appeared."""
    rows = []
    for coding in codings:
        published = coding.report.published
        for one in coding.recognition:
            if one.recognised.id != polity or not one.asserted or one.act not in _USED or one.recogniser is None:
                continue
            early = one.when.earliest if one.when else None
            late = one.when.latest if one.when else None
            known = max(filter(None, (published, early)), default=None)
            if known is None:
                continue
            if one.act == "recognise" and early is None and late is None:
                continue
            voiced = one.act != "recognise"
            rows.append(
                {
                    "recogniser": one.recogniser.name,
                    "recogniser_iso3": one.recogniser.id or "",
                    "recogniser_slug": one.recogniser.id or "",
                    "recognised": polity,
                    "act": one.act,
                    "date_earliest": str(known if voiced else early or late),
                    "date_latest": str(known if voiced else late or known),
                    "source": coding.report.id,
                }
            )
    return rows


def rows_of_ledger(acts: Iterable[ActRecord]) -> list[dict[str, str]]:
    """Asserted acts that a ledger holds beyond the shipped history, as rows of a series.

    What a person rejected is not among the acts of a ledger. Of what has no date, a position is dated by the first
    report of it, and a recognition is left out: nobody can tell whether it is new.
    """
    rows = []
    for one in acts:
        own = _own_entries(one)
        if not own or not one.asserted or one.act not in _USED or one.recogniser is None:
            continue
        first = min((day for entry in own if (day := entry.known_at.latest or entry.known_at.earliest)), default=None)
        early, late = (one.date.earliest, one.date.latest) if one.date else (None, None)
        if one.act != "recognise":
            early = late = early or late or first
        early, late = early or late, late or early
        if early is None or late is None:
            continue
        known = max(day for day in (first, late) if day is not None)
        rows.append(
            {
                "recogniser": one.recogniser,
                "recogniser_iso3": one.recogniser,
                "recogniser_slug": one.recogniser,
                "recognised": one.recognised,
                "act": one.act,
                "date_earliest": str(early),
                "date_latest": str(late),
                "known_assumed": "0",
                "known_earliest": str(known),
                "source": own[0].id,
            }
        )
    return rows


def series_of_ledger(
    ledger: Ledger, polity: str, day: dt.date, system: StateSystem, *, covariates: Path | None = None
) -> tuple[Series, ...]:
    """What a ledger holds of a polity beyond the shipped history, as known on a day; one series at most."""
    if ledger.store is None:
        return ()
    try:
        acts = ledger.acts(polity, known=day)
    except UnknownParty:
        # A polity that only a given series knows.
        return ()
    rows = [row for row in rows_of_ledger(acts) if row["recognised"] == polity]
    return series_of_rows(rows, system, name="ledger", covariates=covariates)


def _own_entries(act: ActRecord) -> list[Entry]:
    """Entries of an act that did not come with the package."""
    shipped = {entry.id for entry in history_entries()}
    return [entry for entry in act.entries if entry.id not in shipped]


def board_acts_of_ledger(acts: Iterable[ActRecord], system: StateSystem) -> list[BoardAct]:
    """Positions of states towards a polity that a ledger holds beyond the shipped history."""
    found = []
    for one in acts:
        own = _own_entries(one)
        dated = one.date.latest or one.date.earliest if one.date else None
        known = min((day for entry in own if (day := entry.known_at.latest or entry.known_at.earliest)), default=dated)
        if not own or known is None or not one.asserted or one.act not in _USED:
            continue
        slug = slug_of_actor(one.recogniser, dated or known, system)
        if slug is None:
            continue
        evidence = next((entry.evidence for entry in own if entry.evidence and entry.evidence.quote), None)
        found.append(
            BoardAct(
                actor=slug,
                act=one.act,
                earliest=one.date.earliest if one.date else None,
                latest=dated,
                known=known,
                report=own[0].id,
                quote=evidence.quote or "" if evidence else "",
            )
        )
    return found


def board_input(codings: Iterable[Coding], polity: str, system: StateSystem) -> BoardInput:
    """Rows of a board about a polity; each report is taken as a story of its own.

    Ministries and spokesmen have the id of their state. Who is only of a country (its opposition, a newspaper, a rival
    government) does not speak for the state.
    """
    acts: list[BoardAct] = []
    statements: list[BoardStatement] = []
    silences: list[BoardSilence] = []
    stories: list[BoardStory] = []
    for coding in codings:
        day = coding.report.published
        if day is None:
            continue
        report = coding.report.id
        for act in coding.recognition:
            slug = slug_of_actor(act.recogniser.id if act.recogniser else None, day, system)
            if slug and act.recognised.id == polity and act.asserted and act.act in _USED:
                early = act.when.earliest if act.when else None
                late = act.when.latest if act.when else None
                acts.append(
                    BoardAct(
                        actor=slug,
                        act=act.act,
                        earliest=early,
                        latest=late,
                        known=day,
                        report=report,
                        quote=act.evidence.quote,
                        themes=_themes(act.reasons),
                    )
                )
        for told in coding.statements:
            slug = slug_of_actor(told.speaker.id, day, system)
            if slug and told.about == polity:
                statements.append(
                    BoardStatement(
                        actor=slug,
                        stance=told.stance,
                        day=day,
                        report=report,
                        quote=told.evidence.quote,
                        themes=_themes(told.reasons),
                    )
                )
        for one in coding.silences:
            slug = slug_of_actor(one.actor.id, day, system)
            if slug and one.about == polity:
                silences.append(BoardSilence(actor=slug, day=day, report=report, quote=one.evidence.quote))
        stories.append(_story(coding, polity, day, system))
    return BoardInput(acts=tuple(acts), statements=tuple(statements), silences=tuple(silences), stories=tuple(stories))


def _themes(reasons: Iterable[object]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(theme for one in reasons if (theme := getattr(one, "theme", None))))


def _story(coding: Coding, polity: str, day: dt.date, system: StateSystem) -> BoardStory:
    actors = {entity.id for event in coding.events for entity in event.actor}
    actors |= {one.recogniser.id for one in coding.recognition if one.recogniser}
    actors |= {one.speaker.id for one in coding.statements}
    touches = any(one.recognised.id == polity for one in coding.recognition) or any(
        one.about == polity for one in coding.statements
    )
    slugs = frozenset(filter(None, (slug_of_actor(actor, day, system) for actor in actors)))
    return BoardStory(id=coding.report.id, day=day, actors=slugs, touches=touches)
