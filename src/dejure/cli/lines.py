"""Each record as one line for people: what, who, when, how sure. Shared by the tables and by `show`."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from dejure.records import Background, Coding, Entity, Event, Recognition, Silence, Span, Statement
from dejure.when import When

__all__ = ["LISTS", "Line", "lines_of"]

#: Lists in the order in which people read them: title, mark and colour. The colours are readable on dark and light.
LISTS: dict[str, tuple[str, str, str]] = {
    "recognition": ("Recognition", "R", "green"),
    "statements": ("Statements", "S", "cyan"),
    "silences": ("Silences", "N", "magenta"),
    "background": ("Background", "B", "bright_blue"),
    "events": ("Events", "E", "red"),
}

_STANCE_STYLE = {"support": "green", "oppose": "red", "concern": "magenta"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One record, told.

    Parameters
    ----------
    mark : str
        Letter of the list and number within it, such as `R1`.
    what, who, when : str
        The act; the parties; the date, empty where there is none.
    sure : float or None
        Confidence between 0 and 1.
    notes : tuple of str
        What else must be known to understand it: who claims it, what it depends on.
    style : str
        Style of `what`.
    evidence : Span
        The words that support it.
    """

    list_name: str
    mark: str
    what: str
    who: str
    evidence: Span
    when: str = ""
    sure: float | None = None
    notes: tuple[str, ...] = field(default=())
    style: str = ""


def lines_of(coding: Coding, lists: Iterable[str] = LISTS) -> list[Line]:
    """All records of a coding, list by list."""
    found = []
    for name in lists:
        for number, record in enumerate(getattr(coding, name), start=1):
            found.append(_TELL[name](record, name, f"{LISTS[name][1]}{number}"))
    return found


def _recognition(record: Recognition, name: str, mark: str) -> Line:
    who = _name(record.recogniser) if record.recogniser else "whom it may concern"
    notes = [*_claim(record.asserted, record.attributed_to, is_demand=record.act == "demand")]
    notes += [
        note
        for note in ("first" if record.first else "", record.manner, record.kind and record.kind.replace("_", " "))
        if note
    ]
    if record.effective:
        notes.append(f"in effect {record.effective.text()}")
    notes += [f"if: {_quoted(condition.quote)}" for condition in record.conditions]
    return Line(
        list_name=name, mark=mark, what=record.act,
        who=f"{who} → {record.recognised.id} ({record.recognised.capacity})",
        when=_when(record.when), sure=record.confidence, notes=tuple(notes), evidence=record.evidence,
        style="bold" if record.asserted else "",
    )  # fmt: skip


def _event(record: Event, name: str, mark: str) -> Line:
    flags = [flag for flag in ("historical", "future", "hypothetical", "negation") if getattr(record.auxiliary, flag)]
    notes = [*(["not happened" if flag == "negation" else flag for flag in flags])]
    if record.attributed_to:
        notes.append(f"according to {_names(record.attributed_to)}")
    if record.contexts:
        notes.append(", ".join(record.contexts))
    if record.where:
        notes.append(f"in {record.where.name}")
    what = record.event_type if record.mode is None else f"{record.event_type} {record.mode}"
    who = f"{_names(record.actor)} → {_names(record.recipient)}" if record.recipient else _names(record.actor)
    return Line(
        list_name=name, mark=mark, what=what, who=who, when=_when(record.when), sure=record.confidence,
        notes=tuple(notes), evidence=record.evidence,
    )  # fmt: skip


def _statement(record: Statement, name: str, mark: str) -> Line:
    notes = ["in their own words"] if record.direct else []
    if record.addressee:
        notes.append(f"to {_name(record.addressee)}")
    notes += [f"because: {_quoted(reason.quote)}" for reason in record.reasons]
    return Line(
        list_name=name, mark=mark, what=record.stance, who=f"{_name(record.speaker)} on {record.about}",
        sure=record.confidence, notes=tuple(notes), evidence=record.evidence,
        style=_STANCE_STYLE.get(record.stance, ""),
    )  # fmt: skip


def _silence(record: Silence, name: str, mark: str) -> Line:
    about = f" on {record.about}" if record.about else ""
    return Line(
        list_name=name, mark=mark, what=record.kind.replace("_", " "), who=f"{_name(record.actor)}{about}",
        evidence=record.evidence,
    )  # fmt: skip


def _background(record: Background, name: str, mark: str) -> Line:
    numbers = [str(n) for n in (record.number, record.of) if n is not None]
    parts = [record.polity, _names(record.actors), " of ".join(numbers), record.scope or ""]
    since = f"since {record.since.text()}" if record.since else ""
    until = f"until {record.until.text()}" if record.until else ""
    return Line(
        list_name=name, mark=mark, what=record.claim.replace("_", " "), who=" · ".join(part for part in parts if part),
        when=" ".join(part for part in (since, until) if part),
        notes=tuple(_claim(record.asserted, record.attributed_to)),
        evidence=record.evidence,
    )  # fmt: skip


_TELL: dict[str, Callable[[Any, str, str], Line]] = {
    "recognition": _recognition,
    "events": _event,
    "statements": _statement,
    "silences": _silence,
    "background": _background,
}


def _claim(asserted: bool, attributed_to: tuple[Entity, ...], *, is_demand: bool = False) -> list[str]:
    """Who stands behind it, said in full where the writer does not."""
    by = _names(attributed_to)
    if is_demand:
        return [f"asked by {by}"] if by else []
    if asserted:
        return [f"according to {by}"] if by else []
    return [f"not asserted, claimed by {by}" if by else "not asserted"]


def _name(entity: Entity) -> str:
    return entity.name or entity.name_raw or entity.id or "?"


def _names(entities: tuple[Entity, ...]) -> str:
    return ", ".join(_name(entity) for entity in entities)


def _when(when: When | None) -> str:
    return when.text() if when else ""


def _quoted(words: str) -> str:
    return f"“{words}”"
