"""How standings are shown: the class of every state on a page, lists of them, disputes side by side, pictures."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from dejure.ledger import Contradiction, Count, Standing
from dejure.ledger.entries import Interval
from dejure.ledger.parties import name_of, polity_of
from dejure.ledger.views import PolityView
from dejure.web.maps import dots_of, outlines, tiles

__all__ = [
    "CLASSES",
    "Area",
    "Group",
    "Mark",
    "Shown",
    "areas",
    "dispute_rows",
    "groups",
    "marks",
    "show_standings",
    "shown_tiles",
]  # fmt: skip

#: Classes in the order of legend and lists.
CLASSES = ("yes", "maybe", "out", "frozen", "withdrawn", "lapsed", "plan", "refused", "no", "unknown", "self")
_OF_STANDING = {"frozen": "frozen", "withdrawn": "withdrawn", "lapsed": "lapsed", "not_recognised": "no"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A state on the page: where it stands, what colour that is, and whether it counts by the rules."""

    standing: Standing
    slug: str
    name: str
    group: str
    is_contested: bool

    @property
    def id(self) -> str:
        """Actor id."""
        return self.standing.recogniser


@dataclass(frozen=True, slots=True)
class Group:
    """The states of one class."""

    name: str
    states: tuple[Shown, ...]


@dataclass(frozen=True, slots=True)
class Area:
    """An outline with its class; `state` is empty where nobody of that day owns it."""

    path: str
    group: str
    state: str
    name: str
    is_contested: bool


@dataclass(frozen=True, slots=True)
class Mark:
    """A dot or a tile with its class."""

    x: float
    y: float
    group: str
    state: str
    name: str
    code: str
    is_contested: bool


def show_standings(view: PolityView, count: Count) -> list[Shown]:
    """Everybody that stands somewhere towards the polity, by name."""
    certain, possible = set(count.certain_ids), set(count.only_possible_ids)
    contested = set(count.contested_ids)
    found = []
    for one in view.standings(everybody=True):
        polity = polity_of(one.recogniser, view.clock.on)
        found.append(
            Shown(
                standing=one, slug=polity.slug if polity else one.recogniser,
                name=polity.name if polity else name_of(one.recogniser),
                group=_group(one, certain, possible),
                is_contested=one.dispute == "contested" or one.recogniser in contested,
            )
        )  # fmt: skip
    return sorted(found, key=lambda shown: (shown.name.casefold(), shown.slug))


def _group(one: Standing, certain: set[str], possible: set[str]) -> str:
    if one.recogniser in certain:
        return "yes"
    if one.recogniser in possible:
        return "maybe"
    if one.standing == "recognised":
        return "out"
    if one.standing in ("not_recognised", "unknown") and one.announced != "none":
        return "refused" if one.announced == "refused" else "plan"
    return _OF_STANDING.get(one.standing, "unknown")


def groups(shown: Iterable[Shown]) -> list[Group]:
    """The states by class, empty ones left out."""
    by: dict[str, list[Shown]] = {}
    for one in shown:
        by.setdefault(one.group, []).append(one)
    return [Group(name, tuple(by[name])) for name in CLASSES if name in by]


def _known(shown: Iterable[Shown]) -> dict[str, Shown]:
    return {one.slug: one for one in shown}


def areas(shown: Iterable[Shown], itself: Sequence[str], states: frozenset[str]) -> list[Area]:
    """All outlines with the class of their state.

    Parameters
    ----------
    shown : iterable of Shown
    itself : sequence of str
        Slugs of the polity that the page is about, drawn as itself.
    states : frozenset of str
        Slugs of the states of the day; others have no standing.
    """
    known = _known(shown)
    found = []
    for one in outlines():
        state = known.get(one.slug)
        group = "self" if one.slug in itself else state.group if state else "unknown"
        owned = one.slug if one.slug and (state or one.slug in states or one.slug in itself) else ""
        found.append(
            Area(one.path, group, owned and (state.id if state else one.slug), name_of(one.slug) if one.slug else "",
                 bool(state and state.is_contested))
        )  # fmt: skip
    return sorted(found, key=lambda area: CLASSES.index(area.group), reverse=True)


def marks(shown: Iterable[Shown], itself: Sequence[str], states: frozenset[str]) -> list[Mark]:
    """Dots for the states and the polity itself that no outline shows; what is known lies above what is not."""
    known = _known(shown)
    found = []
    for dot in dots_of({*known, *states, *itself}):
        state = known.get(dot.slug)
        group = "self" if dot.slug in itself else state.group if state else "unknown"
        found.append(
            Mark(round(dot.x, 1), round(dot.y, 1), group, state.id if state else dot.slug, name_of(dot.slug), "",
                 bool(state and state.is_contested))
        )  # fmt: skip
    return sorted(found, key=lambda mark: (-CLASSES.index(mark.group), mark.state))


def shown_tiles(shown: Iterable[Shown], itself: Sequence[str]) -> list[Mark]:
    """The grid: every state of the day that has a tile."""
    known = _known(shown)
    found = []
    for tile in tiles():
        state = known.get(tile.slug)
        group = "self" if tile.slug in itself else state.group if state else "unknown"
        found.append(
            Mark(tile.column, tile.row, group, state.id if state else tile.slug, name_of(tile.slug), tile.code,
                 bool(state and state.is_contested))
        )  # fmt: skip
    return found


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a dispute: who says so, what, since when."""

    by: tuple[str, ...]
    standing: str
    certainty: str
    since: Interval | None
    entries: tuple[str, ...]


Dispute = tuple[Shown, Side, list[Side], list[Contradiction]]


def dispute_rows(shown: Iterable[Shown], contradictions: Iterable[Contradiction]) -> list[Dispute]:
    """Contested pairs: what the author's word makes of them, what each claim would, and what else disagrees."""
    told: dict[str, list[Contradiction]] = {}
    for contradiction in contradictions:
        told.setdefault(contradiction.recogniser or "", []).append(contradiction)
    rows = []
    for state in shown:
        if not state.is_contested and state.id not in told:
            continue
        one = state.standing
        own = Side((state.id,), one.standing, one.certainty, one.since, one.entries)
        others = [Side(c.claimed_by, c.standing, c.certainty, None, c.entries) for c in one.contests]
        rows.append((state, own, others, told.get(state.id, [])))
    return rows


def rug(days: Mapping[str, Sequence[dt.date]], first: dt.date, last: dt.date, width: int = 1000) -> dict[str, str]:
    """Ticks for the acts above a slider, as paths, by kind."""
    span = max(1, (last - first).days)
    return {
        kind: "".join(
            f"M{width * (day - first).days / span:.1f} 0v16" for day in sorted(set(several)) if first <= day <= last
        )
        for kind, several in days.items()
    }  # fmt: skip
