"""The response board: how every state stands to an act within a window of days.

Two columns that are never mixed. `position` is what a state did about recognition itself; `stance` is what it said. A
state is explicitly silent where a report says so; observed silent where it is in the news on any matter often enough
and said nothing; else unobserved. Silence is never inferred from the lack of an act.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Sequence
from dataclasses import dataclass, fields

from dejure.analysis.states import StateSystem

__all__ = [
    "Board",
    "BoardAct",
    "BoardInput",
    "BoardRow",
    "BoardSettings",
    "BoardSilence",
    "BoardStatement",
    "BoardStory",
    "make_board",
]

_POSITION_OF = {"intend": "intends", "condition": "conditional", "consider": "considers", "refuse": "refuses"}
_STANCE_OF = {"support": "supports", "oppose": "opposes", "concern": "concerned", "neutral": "neutral"}


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardSettings:
    """Thresholds of observed silence.

    Parameters
    ----------
    stories_any : int
        Independent stories in the window that have the state as an actor on any matter.
    stories_touching : int
        How many of them touch the act or the polity.
    """

    stories_any: int = 3
    stories_touching: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardAct:
    """An act of a state towards the polity: days between which it lies (None open), and since when it is known."""

    actor: str
    act: str
    earliest: dt.date | None
    latest: dt.date | None
    known: dt.date
    report: str = ""
    quote: str = ""
    themes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardStatement:
    """What a state said: `stance` is support, oppose, concern or neutral."""

    actor: str
    stance: str
    day: dt.date
    report: str = ""
    quote: str = ""
    themes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardSilence:
    """A report says that a state did not comment, answer or decide."""

    actor: str
    day: dt.date
    report: str = ""
    quote: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardStory:
    """One independent story: its day, the states that are actors in it, whether it touches the act or the polity."""

    id: str
    day: dt.date
    actors: frozenset[str]
    touches: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardInput:
    """All rows that a board is made of."""

    acts: tuple[BoardAct, ...] = ()
    statements: tuple[BoardStatement, ...] = ()
    silences: tuple[BoardSilence, ...] = ()
    stories: tuple[BoardStory, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardRow:
    """One state on the board.

    Attributes
    ----------
    position : str
        recognised before, recognised after, intends, conditional, considers, refuses, none.
    days_low, days_high : int or None
        First and last possible day of its recognition, counted from the act; negative before it.
    stance : str
        supports, opposes, concerned, mixed, neutral, silent, unobserved.
    silence : str
        `explicit`, `observed` or empty.
    """

    state: str
    name: str
    region: str
    blocs: tuple[str, ...]
    position: str
    days_low: int | None
    days_high: int | None
    stance: str
    silence: str
    stories: int
    quotes: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    changed: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """The board of an act, its window and the thresholds that it was made with."""

    polity: str
    act_day: dt.date
    window_end: dt.date
    settings: BoardSettings
    rows: tuple[BoardRow, ...]

    def counts(self, column: str) -> dict[str, int]:
        """How many states have each value of `position` or `stance`."""
        found: dict[str, int] = {}
        for row in self.rows:
            value = str(getattr(row, column))
            found[value] = found.get(value, 0) + 1
        return dict(sorted(found.items(), key=lambda item: (-item[1], item[0])))

    def to_csv(self) -> str:
        """All rows; lists are parted by bars."""
        buffer = io.StringIO()
        names = [one.name for one in fields(BoardRow)]
        writer = csv.writer(buffer, lineterminator="\n")
        writer.writerow(names)
        for row in self.rows:
            cells = [getattr(row, name) for name in names]
            writer.writerow(["|".join(c) if isinstance(c, tuple) else "" if c is None else c for c in cells])
        return buffer.getvalue()


def make_board(
    given: BoardInput,
    system: StateSystem,
    *,
    polity: str,
    act_day: dt.date,
    window_days: int = 30,
    settings: BoardSettings | None = None,
    excluded: Sequence[str] = (),
    as_of: dt.date | None = None,
) -> Board:
    """Make the board of an act.

    Parameters
    ----------
    given : BoardInput
    system : StateSystem
    polity : str
        Slug of the recognised polity.
    act_day : datetime.date
    window_days : int
        Days after the act.
    settings : BoardSettings, optional
    excluded : sequence of str
        States that have no place on it: the recogniser, the polity itself.
    as_of : datetime.date, optional
        What became known later is left out; rows that differ from the day before say so in `changed`.
    """
    settings = settings or BoardSettings()
    end = act_day + dt.timedelta(days=window_days)
    last = min(end, as_of) if as_of else end
    members = system.members_on(act_day)
    rows = []
    for place, slug in enumerate(system.slugs):
        if not members[place] or slug in excluded or slug == polity:
            continue
        row = _row(given, system, place, act_day, last, settings)
        if as_of is not None:
            before = _row(given, system, place, act_day, last - dt.timedelta(days=1), settings)
            row = _with_change(row, before)
        rows.append(row)
    return Board(polity=polity, act_day=act_day, window_end=last, settings=settings, rows=tuple(rows))


def _row(
    given: BoardInput, system: StateSystem, place: int, act_day: dt.date, last: dt.date, settings: BoardSettings
) -> BoardRow:
    slug = system.slugs[place]
    acts = [one for one in given.acts if one.actor == slug and one.known <= last]
    told = [one for one in given.statements if one.actor == slug and act_day <= one.day <= last]
    position, low, high = _position(acts, act_day)
    stance, silence, number = _stance(given, slug, told, act_day, last, settings)
    blocs = tuple(bloc for bloc in system.blocs if system.bloc_members(bloc, act_day)[place])
    rows: list[BoardAct | BoardStatement] = [*acts, *told]
    quotes = [one.quote for one in rows if one.quote]
    themes = [theme for one in rows for theme in one.themes]
    return BoardRow(
        state=slug,
        name=system.names[place],
        region=system.traits[place].region,
        blocs=blocs,
        position=position,
        days_low=low,
        days_high=high,
        stance=stance,
        silence=silence,
        stories=number,
        quotes=tuple(dict.fromkeys(quotes)),
        themes=tuple(dict.fromkeys(themes)),
    )


def _position(acts: list[BoardAct], act_day: dt.date) -> tuple[str, int | None, int | None]:
    """A recognition that holds outweighs every word; else the last word counts."""
    done = [one for one in acts if one.act == "recognise"]
    gone = [one for one in acts if one.act == "withdraw"]
    if done and not (gone and max(o.known for o in gone) > max(o.known for o in done)):
        first = min(done, key=lambda one: (one.latest or one.known, one.earliest or dt.date.min))
        latest = first.latest or first.known
        low = (first.earliest - act_day).days if first.earliest else None
        high = (latest - act_day).days
        return ("recognised before" if latest < act_day else "recognised after"), low, high
    words = sorted((one for one in acts if one.act in _POSITION_OF), key=lambda one: one.known)
    return (_POSITION_OF[words[-1].act] if words else "none"), None, None


def _stance(
    given: BoardInput, slug: str, told: list[BoardStatement], act_day: dt.date, last: dt.date, settings: BoardSettings
) -> tuple[str, str, int]:
    stories = {one.id: one for one in given.stories if slug in one.actors and act_day <= one.day <= last}
    number = len(stories)
    voiced = {_STANCE_OF[one.stance] for one in told}
    if voiced:
        sides = voiced - {"neutral"}
        if len(sides) > 1:
            return "mixed", "", number
        return next(iter(sides or voiced)), "", number
    if any(one.actor == slug and act_day <= one.day <= last for one in given.silences):
        return "silent", "explicit", number
    touching = sum(one.touches for one in stories.values())
    if number >= settings.stories_any and touching >= settings.stories_touching:
        return "silent", "observed", number
    return "unobserved", "", number


def _with_change(row: BoardRow, before: BoardRow) -> BoardRow:
    from dataclasses import replace

    changes = [
        f"{column}: {getattr(before, column)} to {getattr(row, column)}"
        for column in ("position", "stance")
        if getattr(before, column) != getattr(row, column)
    ]
    return replace(row, changed="; ".join(changes))
