"""Codings of reports as the simple rows that boards and waves take."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from dejure.analysis.board import BoardAct, BoardInput, BoardSilence, BoardStatement, BoardStory
from dejure.analysis.states import StateSystem
from dejure.records import Coding

__all__ = ["board_input", "series_rows", "slug_of_actor"]

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


def board_input(codings: Iterable[Coding], polity: str, system: StateSystem) -> BoardInput:
    """Rows of a board about a polity; each report is taken as a story of its own."""
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
            slug = slug_of_actor(_state_of(told.speaker.id, told.speaker.country), day, system)
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
            slug = slug_of_actor(_state_of(one.actor.id, one.actor.country), day, system)
            if slug and one.about == polity:
                silences.append(BoardSilence(actor=slug, day=day, report=report, quote=one.evidence.quote))
        stories.append(_story(coding, polity, day, system))
    return BoardInput(acts=tuple(acts), statements=tuple(statements), silences=tuple(silences), stories=tuple(stories))


def _state_of(actor: str | None, country: str | None) -> str | None:
    """A ministry or a spokesman speaks for the state; who has no country speaks for itself."""
    return country or actor


def _themes(reasons: Iterable[object]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(theme for one in reasons if (theme := getattr(one, "theme", None))))


def _story(coding: Coding, polity: str, day: dt.date, system: StateSystem) -> BoardStory:
    actors = {entity.id for event in coding.events for entity in event.actor}
    actors |= {one.recogniser.id for one in coding.recognition if one.recogniser}
    actors |= {one.speaker.country or one.speaker.id for one in coding.statements}
    touches = any(one.recognised.id == polity for one in coding.recognition) or any(
        one.about == polity for one in coding.statements
    )
    slugs = frozenset(filter(None, (slug_of_actor(actor, day, system) for actor in actors)))
    return BoardStory(id=coding.report.id, day=day, actors=slugs, touches=touches)
