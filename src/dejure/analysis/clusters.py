"""Coordinated acts: three or more states of one organisation on the same day, one joint statement, one declared shock.

A cluster is one arrival; who is in it is a second question. Its members do not count as independent acts.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from dejure.analysis.acts import DatedAct, Series
from dejure.analysis.states import StateSystem

__all__ = ["Cluster", "find_clusters"]

#: So many states of one organisation on one day are taken to have agreed on it.
LEAST_MEMBERS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Cluster:
    """Acts that came as one.

    Attributes
    ----------
    day : datetime.date
    bloc : str
        The organisation, `joint:NAME` for a joint statement, `shock` for a declared shock.
    members : tuple of str
        Slugs.
    """

    day: dt.date
    bloc: str
    members: tuple[str, ...]


def find_clusters(series: Series, system: StateSystem) -> tuple[Cluster, ...]:
    """Clusters of a series, by day; each act is in one at most.

    The organisation with most members among the acts of the day comes first, the smaller organisation where two have
    as many.
    """
    found: list[Cluster] = []
    free = [one for one in series.acts if one.act == "recognise"]
    free = _take(free, found, _shock(series, free), "shock")
    for name in sorted({one.joint for one in free if one.joint}):
        free = _take(free, found, [one for one in free if one.joint == name], f"joint:{name}")
    for day in sorted({one.earliest for one in free if one.is_day}):
        while True:
            bloc, together = _largest([one for one in free if one.is_day and one.earliest == day], day, system)
            if len(together) < LEAST_MEMBERS:
                break
            free = _take(free, found, together, bloc)
    return tuple(sorted(found, key=lambda one: (one.day, one.bloc)))


def _shock(series: Series, acts: Sequence[DatedAct]) -> list[DatedAct]:
    if series.polity.shock is None:
        return []
    first, last = series.polity.shock
    return [one for one in acts if first <= one.earliest and one.latest <= last]


def _take(free: list[DatedAct], found: list[Cluster], together: list[DatedAct], bloc: str) -> list[DatedAct]:
    if len(together) < (1 if bloc == "shock" else LEAST_MEMBERS):
        return free
    members = tuple(sorted(one.recogniser for one in together))
    found.append(Cluster(day=min(one.latest for one in together), bloc=bloc, members=members))
    return [one for one in free if one not in together]


def _largest(acts: list[DatedAct], day: dt.date, system: StateSystem) -> tuple[str, list[DatedAct]]:
    best: tuple[int, int, str, list[DatedAct]] = (0, 0, "", [])
    if len(acts) < LEAST_MEMBERS:
        return "", []
    places = system.index
    for bloc in system.blocs:
        inside = system.bloc_members(bloc, day)
        together = [one for one in acts if inside[places[one.recogniser]]]
        rank = (len(together), -int(inside.sum()))
        if len(together) >= LEAST_MEMBERS and rank > best[:2]:
            best = (*rank, bloc, together)
    return best[2], best[3]
