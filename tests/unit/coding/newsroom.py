"""Reads a few sentences with the real coder and tells what came out in one short line a record."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Iterable
from typing import Any

import pytest
from known_misses import KNOWN_MISSES

from dejure.coding import code_report
from dejure.records import Coding, Entity, Event, Recognition, Report
from dejure.settings import Settings

#: A Friday.
PUBLISHED = dt.date(2025, 9, 12)


@functools.lru_cache(maxsize=2048)
def read(body: str, *, title: str = "", published: dt.date | None = PUBLISHED) -> Coding:
    """The coding of a report in English."""
    return code_report(Report(id="", title=title, body=body, published=published, language="en"), Settings())


def acts(coding: Coding) -> set[str]:
    """`NOR recognise palestine`; what is not asserted ends in `(claimed)`."""
    return {_act(record) for record in coding.recognition}


def act(coding: Coding, start: str = "") -> Recognition:
    """The one act, or the one whose short line begins so."""
    (found,) = [record for record in coding.recognition if _act(record).startswith(start)]
    return found


def events(coding: Coding) -> set[str]:
    """`RUS ASSAULT UKR`, `CHL+PER CONSULT`; auxiliary modes behind (`RUS ASSAULT UKR not`)."""
    return {_event(record) for record in coding.events}


def event(coding: Coding, start: str = "") -> Event:
    """The one event, or the one whose short line begins so."""
    (found,) = [record for record in coding.events if _event(record).startswith(start)]
    return found


def statements(coding: Coding) -> set[str]:
    """`TUR support palestine`."""
    return {f"{called(record.speaker)} {record.stance} {record.about}" for record in coding.statements}


def silences(coding: Coding) -> set[str]:
    """`UN no_comment`."""
    return {f"{called(record.actor)} {record.kind}" for record in coding.silences}


def claims(coding: Coding) -> set[str]:
    """`none_recognised kosovo`, `count kosovo 110`, `first kosovo RUS`."""
    return {
        " ".join(
            str(part)
            for part in (
                record.claim,
                record.polity,
                *([record.number] if record.number is not None else []),
                *sorted(called(actor) for actor in record.actors),
            )
        )
        for record in coding.background
    }


def called(entity: Entity | None) -> str:
    """Id, else the country, else the name; `-` for nobody in particular."""
    return "-" if entity is None else entity.id or entity.country or entity.name


def cases(rows: Iterable[Any]) -> list[Any]:
    """Parameters of a test; a row whose text is among the known misses is expected to fail, with the reason."""
    return [_case(row if isinstance(row, tuple) else (row,)) for row in rows]


def _case(row: tuple[Any, ...]) -> Any:
    reason = KNOWN_MISSES.get(row[0])
    marks = () if reason is None else pytest.mark.xfail(reason=reason, strict=True)
    return pytest.param(*row, marks=marks)


def _act(record: Recognition) -> str:
    return f"{called(record.recogniser)} {record.act} {record.recognised.id}{'' if record.asserted else ' (claimed)'}"


_AUXILIARIES = {"historical": "before", "future": "later", "hypothetical": "maybe", "negation": "not"}


def _event(record: Event) -> str:
    told = ["+".join(sorted(called(actor) for actor in record.actor)), record.event_type]
    if record.recipient:
        told.append("+".join(sorted(called(recipient) for recipient in record.recipient)))
    return " ".join([*told, *(word for name, word in _AUXILIARIES.items() if getattr(record.auxiliary, name))])
