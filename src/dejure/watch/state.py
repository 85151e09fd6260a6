"""What a watch remembers, in one file that is replaced whole: a kill leaves the state of before or the one of after.

Items are marked as seen after the ledger has taken them, and the ledger takes each item once. A kill between the two
costs the work of one batch, and neither loses nor doubles anything.
"""

from __future__ import annotations

import datetime as dt
import os
import uuid
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from dejure.errors import SettingsError
from dejure.records import Reject, Report
from dejure.sources.fetch import Validators
from dejure.watch.news import Held, News, Rules

__all__ = ["FeedState", "Parcel", "State", "Waiting", "load_state", "replace_file", "save_state"]

_VERSION = 1
#: How long after it was last in a feed an item is remembered. One that comes back later is coded again; the ledger
#: takes nothing of it twice.
_REMEMBERED = dt.timedelta(days=60)
#: How long changes that were told are kept, for the feed that is written and the digests.
_TOLD = dt.timedelta(days=31)
_MOST_REJECTS, _MOST_UNDELIVERED = 500, 100


@dataclass(kw_only=True, slots=True)
class FeedState:
    """What is known of one feed: its validators, or size and time of a file; when and how it failed last."""

    validators: Validators | None = None
    stamp: tuple[int, int] | None = None
    failure: str | None = None


@dataclass(kw_only=True, slots=True)
class Waiting:
    """An item whose page could not be had yet."""

    report: Report
    feed: str
    attempts: int
    not_before: float


@dataclass(kw_only=True, slots=True)
class Parcel:
    """A change that a webhook has not taken yet, or refused so many times."""

    news: str
    refusals: int = 0


@dataclass(kw_only=True, slots=True)
class DayReject:
    """An input that could not be read, and the day on which that was seen."""

    day: dt.date
    reject: Reject


@dataclass(kw_only=True, slots=True)
class State:
    """All that a watch remembers.

    Parameters
    ----------
    id : str
        Names the watch in what it writes.
    ledger : str
        The ledger that it belongs to.
    told_to : datetime.datetime
        Up to which instant of the ledger's record changes were told.
    told_on : datetime.date
        The day as of which they were looked at last.
    told_by : Rules or None
        By which rules.
    seen : dict of str to datetime.date
        Items that are done, by hash, and the day they were last in a feed.
    waiting : dict of str to Waiting
    held : dict of str to Held
        Changes below the thresholds, by pair.
    news : list of News
        Changes that were told.
    outbox : list of Parcel
    hook_until, hook_failures
        Until when the webhook is left alone, and how often in a row it could not be reached.
    hosts : dict of str to float
        Until when a host asked to be left alone.
    """

    version: int = _VERSION
    id: str = field(default_factory=lambda: str(uuid.uuid4()))
    ledger: str
    begun: dt.datetime
    told_to: dt.datetime
    told_on: dt.date
    told_by: Rules | None = None
    seen: dict[str, dt.date] = field(default_factory=dict)
    feeds: dict[str, FeedState] = field(default_factory=dict)
    waiting: dict[str, Waiting] = field(default_factory=dict)
    held: dict[str, Held] = field(default_factory=dict)
    news: list[News] = field(default_factory=list)
    rejects: list[DayReject] = field(default_factory=list)
    outbox: list[Parcel] = field(default_factory=list)
    undelivered: list[str] = field(default_factory=list)
    hook_until: float = 0.0
    hook_failures: int = 0
    hosts: dict[str, float] = field(default_factory=dict)

    def add_reject(self, reject: Reject, day: dt.date) -> bool:
        """Remember an input that could not be read; False where the same trouble of the same source is known."""
        if any(_trouble(one.reject) == _trouble(reject) for one in self.rejects):
            return False
        self.rejects = [*self.rejects, DayReject(day=day, reject=reject)][-_MOST_REJECTS:]
        return True

    def forget(self, today: dt.date) -> None:
        """Let go of what is old."""
        self.seen = {key: day for key, day in self.seen.items() if day >= today - _REMEMBERED}
        waiting = {parcel.news for parcel in self.outbox}
        self.news = [one for one in self.news if one.told_at.date() >= today - _TOLD or one.id in waiting]
        self.rejects = [one for one in self.rejects if one.day >= today - _TOLD]
        self.undelivered = self.undelivered[-_MOST_UNDELIVERED:]


def _trouble(reject: Reject) -> tuple[str, str, str, str]:
    """What was wrong and with what, without the place in the feed, which moves."""
    value = reject.value or ""
    is_place = value.startswith(f"{reject.source}:") and value.rpartition(":")[2].isdigit()
    return reject.source, reject.code, reject.what, "" if is_place else value


def load_state(path: Path) -> State | None:
    """The state of a file; None where there is none.

    Raises
    ------
    SettingsError
        If the file is no state, or one of a later version.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return None
    try:
        state = msgspec.json.decode(data, type=State)
    except (msgspec.MsgspecError, ValueError) as error:
        raise SettingsError(
            "the state of the watch cannot be read", value=path,
            cure="move it away: the ledger takes no item twice, but changes not told yet will not be told",
        ) from error  # fmt: skip
    if state.version > _VERSION:
        raise SettingsError("the state was written by a later version of dejure", value=path)
    return state


def save_state(state: State, path: Path) -> None:
    """Put a state in the place of the one before."""
    replace_file(path, msgspec.json.encode(state, order="sorted"))


def replace_file(path: Path, data: bytes) -> None:
    """Write a file whole or not at all, so that it outlives a kill and a power cut.

    Raises
    ------
    SettingsError
        If the folder cannot be written to, or the disk is full.
    """
    begun = path.with_name(f"{path.name}.begun")
    try:
        with begun.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        begun.replace(path)
    except OSError as error:
        raise SettingsError(
            f"the folder of the watch cannot be written to: {error.strerror}", value=path,
            cure="make room or mend its rights, and run the same command again to go on",
        ) from error  # fmt: skip
    if os.name == "posix":
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
