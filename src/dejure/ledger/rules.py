"""The facts that the rules of standing rest on, from `data/rules.toml`, and the switches of a count."""

from __future__ import annotations

import datetime as dt
import functools
import tomllib
from dataclasses import dataclass, fields, replace
from importlib import resources
from typing import Any, Literal

from dejure.errors import SettingsError
from dejure.records import Record

__all__ = ["CountRules", "Exclusive", "Facts", "load_facts", "load_presets"]

Disputed = Literal["include", "exclude", "only"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Exclusive:
    """Claims to one state that exclude each other."""

    name: str
    start: dt.date
    end: dt.date | None
    sides: tuple[tuple[str, ...], ...]
    exceptions: frozenset[str]

    def holds_on(self, day: dt.date | None) -> bool:
        """Whether the claims excluded each other that day; an unknown day is taken as now."""
        if day is None:
            return self.end is None
        return self.start <= day and (self.end is None or day <= self.end)

    def rivals(self, slug: str) -> tuple[str, ...]:
        """The slugs of the other sides."""
        if not any(slug in side for side in self.sides):
            return ()
        return tuple(one for side in self.sides if slug not in side for one in side)


@dataclass(frozen=True, slots=True, kw_only=True)
class GovernmentChange:
    """One government after another."""

    before: str
    after: str
    date: dt.date
    is_regular: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """All facts of `rules.toml`."""

    exclusive: tuple[Exclusive, ...]
    survives_absorption: frozenset[str]
    states_only: dict[str, dt.date]
    changes: tuple[GovernmentChange, ...]

    def rivals_of(self, slug: str) -> tuple[tuple[str, Exclusive], ...]:
        """Slugs whose recognition ends that of this one, each with the claim that says so."""
        return tuple((rival, claim) for claim in self.exclusive for rival in claim.rivals(slug))


@dataclass(frozen=True, slots=True, kw_only=True)
class CountRules(Record):
    """What counts as a recogniser.

    Parameters
    ----------
    members : str or None
        Only members of this organisation on the day (`UN`, `EU`, `AU`, ...).
    effective : bool
        Count from the day of legal effect and not of announcement, where both are told.
    disputed : {"include", "exclude", "only"}
        Contested pairs: by their author's word; not at all; nothing else.
    implied : bool
        Count establishing relations as recognition.
    inherited : bool
        Count what the successors of a dissolved state hold.
    conditional : bool
        Count recognition that was announced under a condition.
    """

    members: str | None = None
    effective: bool = False
    disputed: Disputed = "include"
    implied: bool = False
    inherited: bool = False
    conditional: bool = False

    def __post_init__(self) -> None:
        if self.disputed not in ("include", "exclude", "only"):
            raise SettingsError("no such choice", value=self.disputed, cure="choose include, exclude or only")

    @classmethod
    def preset(cls, name: str, **changes: Any) -> CountRules:
        """Rules by name, with what is given beside it.

        Raises
        ------
        SettingsError
            If there is no such preset.
        """
        presets = load_presets()
        if name not in presets:
            raise SettingsError("no such preset", value=name, cure=f"choose one of {', '.join(presets)}")
        known = {one.name for one in fields(cls)}
        return replace(cls(**{k: v for k, v in presets[name].items() if k in known}), **changes)


@functools.cache
def load_presets() -> dict[str, dict[str, Any]]:
    """The named rules, with the text that tells of each."""
    return _toml("presets.toml")


@functools.cache
def load_facts() -> Facts:
    """The facts, read once."""
    raw = _toml("rules.toml")
    return Facts(
        exclusive=tuple(
            Exclusive(
                name=one["name"], start=one["from"], end=one.get("to"),
                sides=tuple(tuple(side) for side in one["sides"]), exceptions=frozenset(one["exceptions"]),
            )
            for one in raw["exclusive"]
        ),
        survives_absorption=frozenset(raw["survives_absorption"]["slugs"]),
        states_only={one["actor"]: one["from"] for one in raw["states_only"]},
        changes=tuple(
            GovernmentChange(
                before=one["from"], after=one["to"], date=one["date"], is_regular=one["manner"] == "regular"
            )
            for one in raw["government_change"]
        ),
    )  # fmt: skip


def _toml(name: str) -> dict[str, Any]:
    return tomllib.loads(resources.files("dejure.ledger").joinpath("data", name).read_text(encoding="utf-8"))
