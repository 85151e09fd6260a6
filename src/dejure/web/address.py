"""What an address asks for: clocks and rules from a query, and the address that asks for the same again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, get_args
from urllib.parse import quote, urlencode, urlsplit

from dejure.errors import BadDate, SettingsError
from dejure.ledger import CountRules
from dejure.ledger.rules import Disputed, load_presets
from dejure.records import Capacity

__all__ = ["FIRST_DAY", "LAST_DAY", "Asked", "address", "day_of", "link_of", "number_of", "path_of"]

#: Days outside make no sense to any table that is shipped.
FIRST_DAY, LAST_DAY = dt.date(1776, 1, 1), dt.date(2100, 12, 31)
_SWITCHES = ("effective", "implied", "inherited", "conditional")
_YES = frozenset({"1", "on", "yes", "true"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Clocks and rules of a page.

    Parameters
    ----------
    on : datetime.date
    is_today : bool
        Whether `on` was left out: then the address has no day, and means the day on which it is read.
    known : datetime.date or None
    recorded : datetime.datetime or None
    capacity : {"state", "government"} or None
    rules : CountRules
    """

    on: dt.date
    is_today: bool = True
    known: dt.date | None = None
    recorded: dt.datetime | None = None
    capacity: Capacity | None = None
    rules: CountRules = field(default_factory=CountRules)

    @property
    def clocks(self) -> dict[str, Any]:
        """The clocks as keywords of a ledger."""
        return {"on": self.on, "known": self.known, "recorded": self.recorded, "capacity": self.capacity}

    def query(self, *, rules: bool = True, **changes: Any) -> str:
        """The query that asks for this, with changes; without defaults, in a fixed order."""
        asked = replace(self, **changes) if changes else self
        if "on" in changes:
            asked = replace(asked, is_today=False)
        parts: dict[str, str] = {}
        if not asked.is_today:
            parts["on"] = asked.on.isoformat()
        if asked.known:
            parts["known"] = asked.known.isoformat()
        if asked.recorded:
            parts["recorded"] = asked.recorded.isoformat()
        if asked.capacity:
            parts["capacity"] = asked.capacity
        if rules:
            parts.update(_rules_query(asked.rules))
        return f"?{urlencode(parts)}" if parts else ""

    @classmethod
    def from_query(cls, query: Mapping[str, str], today: dt.date) -> Asked:
        """Read a query.

        Raises
        ------
        BadDate, SettingsError
            If a date or a choice cannot be read.
        """
        on = day_of(query.get("on"), "on")
        capacity = query.get("capacity") or None
        if capacity is not None and capacity not in get_args(Capacity):
            raise SettingsError("no such capacity", value=capacity, cure="choose state or government")
        return cls(
            on=on or today, is_today=on is None, known=day_of(query.get("known"), "known"),
            recorded=_instant_of(query.get("recorded")), capacity=capacity,  # type: ignore[arg-type]
            rules=_rules_of(query),
        )  # fmt: skip


def _rules_of(query: Mapping[str, str]) -> CountRules:
    given: dict[str, Any] = {name: query[name].lower() in _YES for name in _SWITCHES if query.get(name)}
    if members := query.get("members", "").strip():
        given["members"] = None if members.lower() == "all" else members.upper()
    if disputed := query.get("disputed"):
        if disputed not in get_args(Disputed):
            raise SettingsError("no such choice", value=disputed, cure="choose include, exclude or only")
        given["disputed"] = disputed
    if preset := query.get("preset"):
        return CountRules.preset(preset, **given)
    return replace(CountRules(), **given)


def _rules_query(rules: CountRules) -> dict[str, str]:
    parts = {}
    if rules.members:
        parts["members"] = rules.members
    if rules.disputed != "include":
        parts["disputed"] = rules.disputed
    parts.update({name: "1" for name in _SWITCHES if getattr(rules, name)})
    return parts


def preset_names() -> list[str]:
    """The named rules."""
    return list(load_presets())


def day_of(text: str | None, name: str) -> dt.date | None:
    """A day of a query; None where it was left empty.

    Raises
    ------
    BadDate
        If it is none, or outside of what the tables know.
    """
    if text is None or not text.strip():
        return None
    try:
        day = dt.date.fromisoformat(text.strip())
    except ValueError as error:
        raise BadDate(f"`{name}` is no day", value=text, cure="write YYYY-MM-DD") from error
    if not FIRST_DAY <= day <= LAST_DAY:
        raise BadDate(f"`{name}` is out of range", value=text, cure=f"choose {FIRST_DAY} to {LAST_DAY}")
    return day


def _instant_of(text: str | None) -> dt.datetime | None:
    if text is None or not text.strip():
        return None
    try:
        found = dt.datetime.fromisoformat(text.strip().replace(" ", "+"))
    except ValueError as error:
        raise BadDate("`recorded` is no instant", value=text, cure="write YYYY-MM-DDTHH:MM:SS") from error
    return found if found.tzinfo else found.replace(tzinfo=dt.UTC)


def number_of(text: str | None, name: str, *, least: int = 1, most: int, default: int) -> int:
    """A whole number of a query.

    Raises
    ------
    SettingsError
        If it is none, or out of range.
    """
    if text is None or not text.strip():
        return default
    if not text.strip().isascii() or not text.strip().isdigit() or len(text) > 9 or not least <= int(text) <= most:
        raise SettingsError(f"`{name}` is out of range", value=text, cure=f"choose {least} to {most}")
    return int(text)


def path_of(*parts: str) -> str:
    """A path of parts that may hold slashes, dots and blanks."""
    return "/" + "/".join(quote(_undotted(part), safe="") for part in parts)


def _undotted(part: str) -> str:
    """A part of dots alone would be taken away by a browser."""
    return part if part.strip(".") else part.replace(".", "%2E")


def address(*parts: str, query: str = "") -> str:
    """A path with its query."""
    return path_of(*parts) + query


def link_of(url: str | None) -> str | None:
    """An outside address that may be linked: http and https alone, no user name in it; else None."""
    if not url or len(url) > 2000 or any(ord(character) < 33 for character in url):
        return None
    try:
        parts = urlsplit(url)
        parts.port  # noqa: B018  a bad port raises
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.hostname and "@" not in parts.netloc else None
