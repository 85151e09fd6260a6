"""How far two event data sets agree: matched events, precision and recall by type, Krippendorff's alpha, days.

An event of one set and an event of the other may be the same if they share an actor and a recipient (or both lack one)
and their intervals are no further apart than a tolerance in days. Matching is one to one, the nearest day first, then
the order of ids, so that it does not depend on the order of the rows. Events are matched twice: with their types, for
precision and recall; and without, for alpha, where the value of a unit is its type, and "none" in a set that lacks it.
Alpha is nominal; its interval comes from draws of days, since the events of a day depend on each other.

Source: K. Krippendorff, Content Analysis, 4th ed. 2018, ch. 12.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dejure.errors import SettingsError

__all__ = ["Alpha", "Comparison", "DayDifference", "TypeScore", "compare_events", "nominal_alpha"]

Row = Mapping[str, Any]
_AUXILIARY = ("historical", "future", "hypothetical", "negation")
_NONE = "none"
# An event whose interval is wider than this tells no day.
_WIDEST = 31


@dataclass(frozen=True, slots=True, kw_only=True)
class TypeScore:
    """Events of one type. Precision is of A as judged by B, recall the share of B that A has; None where undefined."""

    event_type: str
    in_a: int
    in_b: int
    matched: int
    precision: float | None
    recall: float | None
    f1: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Alpha:
    """Krippendorff's alpha over `units`; None where all units have one value."""

    value: float | None
    low: float | None
    high: float | None
    units: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DayDifference:
    """A day on which an event of one set has no partner in the other."""

    day: dt.date
    only_a: int
    only_b: int
    matched: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """The agreement of two event data sets.

    Attributes
    ----------
    left_out : dict
        By set, how many events were left out, by reason: `auxiliary` (did not happen as told), `undated`, `outside`
        (of the days compared), `no_type`.
    all_types, types
        Scores over all types, and of each.
    alpha : Alpha
        Over all units, those that one set lacks included.
    alpha_of_aligned : Alpha
        Over those that both have.
    days : tuple of DayDifference
        The days that differ, those that differ most first.
    """

    events_a: int
    events_b: int
    first: dt.date | None
    last: dt.date | None
    tolerance_days: int
    left_out: dict[str, dict[str, int]]
    all_types: TypeScore
    types: tuple[TypeScore, ...]
    alpha: Alpha
    alpha_of_aligned: Alpha
    draws: int
    seed: int
    days: tuple[DayDifference, ...]

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready."""
        return {name: _plain(value) for name, value in asdict(self).items()}


@dataclass(frozen=True, slots=True)
class _Event:
    key: str
    kind: str
    actors: frozenset[str]
    recipients: frozenset[str]
    first: dt.date
    last: dt.date


@dataclass(slots=True)
class _Side:
    events: list[_Event] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)


def compare_events(
    rows_a: Iterable[Row], rows_b: Iterable[Row], *, tolerance_days: int = 1, with_auxiliary: bool = False,
    first: dt.date | None = None, last: dt.date | None = None, draws: int = 1_000, seed: int = 1,
) -> Comparison:  # fmt: skip
    """Compare two event data sets, given as rows of the data set `events`.

    Parameters
    ----------
    tolerance_days : int
        Most days between the intervals of two events that are matched.
    with_auxiliary : bool
        Take historical, future, hypothetical and negated events, too.
    first, last : datetime.date, optional
        Compare the events of these days only, both included.
    draws, seed : int
        Of the bootstrap.

    Raises
    ------
    SettingsError
        If the tolerance is negative or there are no draws.
    """
    if tolerance_days < 0 or draws < 1:
        raise SettingsError("the tolerance must be 0 or more, the draws 1 or more", value=(tolerance_days, draws))
    a, b = (_side(rows, with_auxiliary, first, last) for rows in (rows_a, rows_b))
    same = _matched(a.events, b.events, tolerance_days, lambda one, other: one.kind == other.kind)
    aligned = _matched(a.events, b.events, tolerance_days, lambda _one, _other: True, preferred=same)
    days = [event.first for side in (a, b) for event in side.events]
    units = _units(a.events, b.events, aligned)
    both = [unit for unit in units if _NONE not in unit[1:]]
    chance = np.random.default_rng(seed)
    return Comparison(
        events_a=len(a.events), events_b=len(b.events), first=min(days, default=None), last=max(days, default=None),
        tolerance_days=tolerance_days, left_out={"a": dict(sorted(a.left_out.items())),
                                                 "b": dict(sorted(b.left_out.items()))},
        all_types=_score("all", len(a.events), len(b.events), len(same)), types=_scores(a.events, b.events, same),
        alpha=_alpha(units, draws, chance), alpha_of_aligned=_alpha(both, draws, chance), draws=draws, seed=seed,
        days=_days(a.events, b.events, same),
    )  # fmt: skip


def nominal_alpha(table: NDArray[np.float64]) -> float | None:
    """Krippendorff's alpha for nominal data of two coders.

    Parameters
    ----------
    table : array of float, (values, values)
        How often the first coder gave the value of the row and the second that of the column.

    Returns
    -------
    float or None
        None where nothing varies, so that agreement says nothing.
    """
    coincidences = table + table.T
    of_value = coincidences.sum(axis=1)
    count = of_value.sum()
    observed = count - np.trace(coincidences)
    expected = count**2 - (of_value**2).sum()
    return float(1 - (count - 1) * observed / expected) if expected else None


def _side(rows: Iterable[Row], with_auxiliary: bool, first: dt.date | None, last: dt.date | None) -> _Side:
    side = _Side()
    for row in rows:
        begin = row["earliest"] or row["latest"] or row["published"]
        end = row["latest"] or begin
        if not row["event_type"]:
            side.left_out["no_type"] += 1
        elif not with_auxiliary and any(row[name] for name in _AUXILIARY):
            side.left_out["auxiliary"] += 1
        elif begin is None or not dt.timedelta() <= end - begin <= dt.timedelta(days=_WIDEST):
            side.left_out["undated"] += 1
        elif (first and end < first) or (last and begin > last):
            side.left_out["outside"] += 1
        else:
            key = f"{row['event_id']} {row['report_id']}"
            parties = _keys(row["actor"]), _keys(row["recipient"])
            side.events.append(_Event(key, row["event_type"], *parties, begin, end))
    side.events.sort(key=lambda one: (one.first, one.last, one.key))
    return side


def _keys(entities: list[Row] | None) -> frozenset[str]:
    """What names the parties: country, else id, else name in small letters."""
    keys = (one["country"] or one["id"] or (one["name"] or "").lower() for one in entities or ())
    return frozenset(str(key) for key in keys if key)


def _matched(
    a: list[_Event], b: list[_Event], tolerance: int, fits: Callable[[_Event, _Event], bool],
    preferred: Iterable[tuple[int, int]] = (),
) -> list[tuple[int, int]]:  # fmt: skip
    """One-to-one pairs of positions: the preferred ones, then the nearest in time."""
    pairs = list(preferred)
    taken_a, taken_b = {one for one, _ in pairs}, {other for _, other in pairs}
    candidates = sorted(
        (_gap(a[one], b[other]), one, other)
        for one, other in _candidates(a, b, tolerance)
        if one not in taken_a and other not in taken_b and fits(a[one], b[other])
    )
    for _, one, other in candidates:
        if one not in taken_a and other not in taken_b:
            taken_a.add(one)
            taken_b.add(other)
            pairs.append((one, other))
    return sorted(pairs)


def _candidates(a: list[_Event], b: list[_Event], tolerance: int) -> Iterator[tuple[int, int]]:
    blocks: dict[tuple[str, int], list[int]] = defaultdict(list)
    for number, event in enumerate(b):
        for party in event.actors or {""}:
            for day in range(event.first.toordinal(), event.last.toordinal() + 1):
                blocks[party, day].append(number)
    for number, event in enumerate(a):
        near: set[int] = set()
        for party in event.actors or {""}:
            for day in range(event.first.toordinal() - tolerance, event.last.toordinal() + tolerance + 1):
                near.update(blocks.get((party, day), ()))
        for other in near:
            one_side, other_side = event.recipients, b[other].recipients
            if one_side & other_side or not (one_side or other_side):
                yield number, other


def _gap(one: _Event, other: _Event) -> int:
    """Days between the intervals, 0 where they meet."""
    return max((other.first - one.last).days, (one.first - other.last).days, 0)


def _score(kind: str, in_a: int, in_b: int, matched: int) -> TypeScore:
    return TypeScore(
        event_type=kind, in_a=in_a, in_b=in_b, matched=matched, precision=_share(matched, in_a),
        recall=_share(matched, in_b), f1=_share(2 * matched, in_a + in_b),
    )  # fmt: skip


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None


def _scores(a: list[_Event], b: list[_Event], same: list[tuple[int, int]]) -> tuple[TypeScore, ...]:
    in_a, in_b = Counter(one.kind for one in a), Counter(one.kind for one in b)
    matched = Counter(a[one].kind for one, _ in same)
    return tuple(_score(kind, in_a[kind], in_b[kind], matched[kind]) for kind in sorted(in_a | in_b))


def _units(a: list[_Event], b: list[_Event], aligned: list[tuple[int, int]]) -> list[tuple[dt.date, str, str]]:
    """Day, type in A and type in B of every unit."""
    taken_a, taken_b = {one for one, _ in aligned}, {other for _, other in aligned}
    return [
        *((a[one].first, a[one].kind, b[other].kind) for one, other in aligned),
        *((event.first, event.kind, _NONE) for number, event in enumerate(a) if number not in taken_a),
        *((event.first, _NONE, event.kind) for number, event in enumerate(b) if number not in taken_b),
    ]


def _alpha(units: list[tuple[dt.date, str, str]], draws: int, chance: np.random.Generator) -> Alpha:
    if not units:
        return Alpha(value=None, low=None, high=None, units=0)
    value_of = {kind: n for n, kind in enumerate(sorted({kind for _, *kinds in units for kind in kinds}))}
    day_of = {day: n for n, day in enumerate(sorted({day for day, *_ in units}))}
    size = len(value_of)
    cells = np.array([value_of[one] * size + value_of[other] for _, one, other in units])
    days = np.array([day_of[day] for day, *_ in units])
    drawn = []
    for _ in range(draws):
        times = np.bincount(chance.integers(len(day_of), size=len(day_of)), minlength=len(day_of))
        table = np.bincount(cells, weights=times[days], minlength=size * size).astype(np.float64).reshape(size, size)
        if (value := nominal_alpha(table)) is not None:
            drawn.append(value)
    whole = nominal_alpha(np.bincount(cells, minlength=size * size).astype(np.float64).reshape(size, size))
    if whole is None or not drawn:
        return Alpha(value=None, low=None, high=None, units=len(units))
    low, high = np.quantile(drawn, [0.025, 0.975])
    return Alpha(value=round(whole, 4), low=round(float(low), 4), high=round(float(high), 4), units=len(units))


def _days(a: list[_Event], b: list[_Event], same: list[tuple[int, int]]) -> tuple[DayDifference, ...]:
    taken_a, taken_b = {one for one, _ in same}, {other for _, other in same}
    only_a = Counter(event.first for number, event in enumerate(a) if number not in taken_a)
    only_b = Counter(event.first for number, event in enumerate(b) if number not in taken_b)
    matched = Counter(a[one].first for one, _ in same)
    differing = (
        DayDifference(day=day, only_a=only_a[day], only_b=only_b[day], matched=matched[day]) for day in only_a | only_b
    )
    return tuple(sorted(differing, key=lambda one: (-one.only_a - one.only_b, one.day)))


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _plain(one) for name, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(one) for one in value]
    return value.isoformat() if isinstance(value, dt.date) else value
