"""Which events of different reports tell one happening: a stated rule over parties, type, date, place and lead words.

Two events are candidates if they share a party and a possible day. A pair is given points for what agrees; pairs of at
least `link` points are links, and between two reports whose events differ in type only the best one is. A report
without a usable event is linked by its words alone. Groups that are linked are put together, the likest first, as long
as the mean of the points between all their members stays at `link` and one day is possible for all of them, so that
daily news of one kind does not run into a chain. Everything is sorted before it begins: the order of the reports does
not matter. Points and thresholds stand in `corpus/data/incidents.toml`.
"""

from __future__ import annotations

import array
import datetime as dt
import functools
import hashlib
import heapq
import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any, Final

from dejure.corpus.lead_words import incident_rules
from dejure.corpus.nearness import Nearness

__all__ = ["Incident", "IncidentFinder", "Member", "Usable", "usable"]

_ONE_DAY: Final = dt.timedelta(days=1)
_GRAINS: Final = 2**32
_NOT_DONE: Final = ("future", "hypothetical", "negation")


@dataclass(frozen=True, slots=True)
class Usable:
    """What the comparison needs of an event, or of a report without one (`event_id` and `event_type` None).

    Attributes
    ----------
    first, last : datetime.date
        The days on which it may have happened.
    is_firm : bool
        Whether words give the day.
    """

    report: int
    event_id: str | None
    event_type: str | None
    actors: frozenset[str]
    recipients: frozenset[str]
    first: dt.date
    last: dt.date
    is_firm: bool
    place: str | None

    parties: frozenset[str] = field(init=False)
    """All who take part."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "parties", self.actors | self.recipients)


@dataclass(frozen=True, slots=True)
class Member:
    """An event (or a report without one: None) of an incident, with the mean of its points to the other members."""

    report_id: str
    event_id: str | None
    points: float | None


@dataclass(frozen=True, slots=True)
class Incident:
    """One happening: its members, the earliest published first, and which of them stands for all.

    Attributes
    ----------
    head : Member
        The earliest of those whose type and parties are the commonest.
    first, last : datetime.date
        The days that are possible for all members.
    """

    members: tuple[Member, ...]
    head: Member
    first: dt.date
    last: dt.date

    @property
    def incident_id(self) -> str:
        """Made from the earliest member."""
        told = f"{self.members[0].report_id}\x1f{self.members[0].event_id or ''}"
        return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:16]


@dataclass(slots=True)
class _Report:
    report_id: str
    published: dt.date | None
    words: array.array[int]
    events: list[Usable] = field(default_factory=list)


class IncidentFinder:
    """Takes reports and their events in any order and tells the incidents."""

    def __init__(self) -> None:
        self._rules = incident_rules()
        self._worth: dict[str, float] = self._rules["points"]
        self._words_alone: float = self._rules["thresholds"]["words_alone"]
        self._mutual = frozenset(self._rules["kindred"]["mutual"])
        self._kindred = frozenset(frozenset(pair.split()) for pair in self._rules["kindred"]["pairs"])
        self._given: dict[str, _Report] = {}
        self._reports: list[_Report] = []
        self._nodes: list[Usable] = []
        self._nearness = Nearness((), ())

    def add_report(self, report_id: str, published: dt.date | None, words: Iterable[str]) -> None:
        """A report with its lead words."""
        self._given[report_id] = _Report(report_id, published, array.array("Q", sorted(map(_hash, words))))

    def add_event(self, row: dict[str, Any]) -> str | None:
        """An event, as a row of the data set `events`, of a report that was added; why it is left alone, or None."""
        report = self._given[row["report_id"]]
        found = usable(row, report.published)
        if isinstance(found, str):
            return found
        report.events.append(found)
        return None

    def incidents(self) -> list[Incident]:
        """All incidents, the earliest published first. Each has an event."""
        self._reports = sorted(self._given.values(), key=lambda one: (one.published or dt.date.max, one.report_id))
        self._nodes = list(self._all_nodes())
        self._nearness = Nearness([one.published for one in self._reports], [one.words for one in self._reports])
        seeds = self._seeds()
        links: dict[int, list[int]] = defaultdict(list)
        for one, other in sorted(seeds):
            links[one].append(other)
        groups = [
            group for part in _connected(len(self._nodes), seeds) for group in self._grouped(part, links)
            if any(self._nodes[one].event_id is not None for one in group)
        ]  # fmt: skip
        # Nodes are in the order of age, and a group is sorted.
        return [self._incident(group) for group in sorted(groups)]

    def _all_nodes(self) -> Iterator[Usable]:
        for number, report in enumerate(self._reports):
            for one in sorted(report.events, key=lambda one: one.event_id or ""):
                yield replace(one, report=number)
            if not report.events and report.published:
                first = report.published - self._rules["days"]["undated"] * _ONE_DAY
                yield Usable(number, None, None, _parties(()), _parties(()), first, report.published, False, None)

    # -- candidates and links ---------------------------------------------------------------------------------------

    def _seeds(self) -> dict[tuple[int, int], float]:
        """Links by pair of nodes, with points; see the module."""
        best: dict[tuple[int, int], tuple[float, int, int]] = {}
        kindred: dict[tuple[int, int], float] = {}
        linked: set[tuple[int, int]] = set()
        least = self._rules["thresholds"]["link"]
        for one, other in self._candidates():
            points = self._points(one, other)
            if points < least:
                continue
            reports = (self._nodes[one].report, self._nodes[other].report)
            if self._likeness_of_types(self._nodes[one].event_type, self._nodes[other].event_type):
                kindred[one, other] = points
                linked.add(reports)
            else:
                best[reports] = max(best.get(reports, (-math.inf, 0, 0)), (points, -one, -other))
        for reports, (points, one, other) in best.items():
            if reports not in linked:
                kindred[-one, -other] = points
        return kindred

    def _candidates(self) -> Iterator[tuple[int, int]]:
        """Pairs of nodes of different reports, each once, the smaller number first."""
        blocks: dict[tuple[dt.date, str], list[int]] = defaultdict(list)
        for number, node in enumerate(self._nodes):
            for party in node.parties:
                for day in _days(node.first, node.last):
                    blocks[day, party].append(number)
        for (day, party), members in blocks.items():
            for at, one in enumerate(members):
                a = self._nodes[one]
                for other in members[at + 1 :]:
                    b = self._nodes[other]
                    # A pair meets in many blocks; that of its first day and party counts.
                    if (
                        a.report != b.report
                        and day == max(a.first, b.first)
                        and party == min(a.parties & b.parties)
                    ):  # fmt: skip
                        yield one, other
        yield from self._candidates_by_words()

    def _candidates_by_words(self) -> Iterator[tuple[int, int]]:
        """Events of reports that are near to one without an event and share a word with it, not a common one."""
        nodes_of: dict[int, list[int]] = defaultdict(list)
        for number, node in enumerate(self._nodes):
            nodes_of[node.report].append(number)
        bare = {node.report for node in self._nodes if node.event_id is None}
        for early, report in enumerate(self._reports):
            if report.published is None:
                break  # those without a day come last
            for late in self._nearness.near_later(early, self._words_alone):
                if (early in bare) == (late in bare):
                    continue
                one, other = (early, late) if early in bare else (late, early)
                (number,) = nodes_of[one]
                if self._nearness.share_a_word(one, other):
                    for event in nodes_of[other]:
                        if _meet(self._nodes[number], self._nodes[event]):
                            yield min(number, event), max(number, event)

    def _points(self, one: int, other: int) -> float:
        """How much speaks for one happening; -inf where it is ruled out."""
        a, b = self._nodes[one], self._nodes[other]
        if a.first > b.last or b.first > a.last:
            return -math.inf
        both = a.event_id is not None and b.event_id is not None
        if both and a.parties.isdisjoint(b.parties):
            return -math.inf
        points, nearness = self._worth, self._nearness.of(a.report, b.report)
        total = float(points["words"] * nearness)
        likeness = self._likeness_of_types(a.event_type, b.event_type)
        if not likeness and nearness < self._words_alone:
            return -math.inf
        if not both:
            return total  # by their words alone
        shared = a.parties & b.parties
        agreements: list[float] = []
        if likeness:
            total += likeness
            if len(shared) > 1:
                agreements.append(points["both_parties"])
            if a.is_firm and b.is_firm:
                agreements.append(points["same_day"])
        if len(a.parties) > len(shared) < len(b.parties):
            agreements.append(points["other_party"])
        if a.place and b.place and a.place != b.place:
            agreements.append(points["other_place"])
        is_directed = a.event_type == b.event_type and a.event_type not in self._mutual
        if is_directed and len(shared) > 1 and a.actors and b.actors and not a.actors & b.actors:
            agreements.append(points["reversed"])
        return total + math.fsum(agreements)

    def _likeness_of_types(self, a: str | None, b: str | None) -> float:
        if a is None or b is None:
            return 0.0
        if a == b:
            return float(self._rules["points"]["same_type"])
        return float(self._rules["points"]["kindred_type"]) if frozenset((a, b)) in self._kindred else 0.0

    # -- groups -----------------------------------------------------------------------------------------------------

    def _grouped(self, part: list[int], links: dict[int, list[int]]) -> list[list[int]]:
        """The groups of nodes that hang together by links, put together while the mean of the points allows it."""
        if len(part) == 1:
            return [part]
        groups = _Groups(part, self._nodes, self._between)
        for one in part:
            for other in links.get(one, ()):
                groups.link(one, other)
        return groups.put_together(self._rules["thresholds"]["link"])

    def _between(self, one: int, other: int) -> int | None:
        """Points of a pair, at least 0, as a whole number of `_GRAINS`; None where the two are never compared.

        Whole numbers add up to the same in any order.
        """
        a, b = self._nodes[one], self._nodes[other]
        if a.report == b.report or a.first > b.last or b.first > a.last:
            return None
        return round(max(self._points(one, other) if one < other else self._points(other, one), 0.0) * _GRAINS)

    def _incident(self, group: list[int]) -> Incident:
        nodes = [self._nodes[one] for one in group]
        members = []
        for one, node in zip(group, nodes, strict=True):
            others = [other for other in group if self._nodes[other].report != node.report]
            points = [max(self._points(min(one, other), max(one, other)), 0.0) for other in others]
            mean = round(sum(points) / len(points), 3) if points else None
            members.append(Member(self._reports[node.report].report_id, node.event_id, mean))
        told = Counter(_gist(node) for node in nodes if node.event_id is not None)
        head = max(
            (at for at, node in enumerate(nodes) if node.event_id is not None),
            key=lambda at: (told[_gist(nodes[at])], -at),
        )
        first, last = max(node.first for node in nodes), min(node.last for node in nodes)
        return Incident(tuple(members), members[head], first, last)


def _gist(node: Usable) -> tuple[str | None, frozenset[str], frozenset[str]]:
    return node.event_type, node.actors, node.recipients


class _Groups:
    """Groups of nodes, and the sums of points between those that a link joins; others are never asked for."""

    def __init__(self, part: list[int], nodes: list[Usable], between: Callable[[int, int], int | None]) -> None:
        self._between = between
        self._members = {one: [one] for one in part}
        self._spans = {one: (nodes[one].first, nodes[one].last) for one in part}
        self._sums: dict[int, dict[int, tuple[int, int]]] = {one: {} for one in part}
        self._heap: list[tuple[float, int, int, int, int]] = []
        self._version = dict.fromkeys(part, 0)

    def link(self, one: int, other: int) -> None:
        """Join two nodes of different reports that have a day in common."""
        self._sums[one][other] = self._sums[other][one] = self._sum(one, other)
        self._push(one, other)

    def put_together(self, least: float) -> list[list[int]]:
        """Put together the likest two until no two linked ones reach the least mean."""
        while self._heap:
            mean, one, other, version, version_other = heapq.heappop(self._heap)
            is_stale = self._version.get(one) != version or self._version.get(other) != version_other
            if is_stale or -mean < least:
                continue
            first = max(self._spans[one][0], self._spans[other][0])
            last = min(self._spans[one][1], self._spans[other][1])
            if first <= last:
                self._spans[one] = (first, last)
                self._merge(one, other)
        return [sorted(group) for group in self._members.values()]

    def _sum(self, one: int, other: int) -> tuple[int, int]:
        """Points between all members of two groups, and how many pairs that is."""
        found = [
            points for a in self._members[one] for b in self._members[other]
            if (points := self._between(a, b)) is not None
        ]  # fmt: skip
        return sum(found), len(found)

    def _merge(self, one: int, other: int) -> None:
        ours, theirs = self._sums[one], self._sums.pop(other)
        del ours[other], theirs[one]
        for third in ours.keys() | theirs.keys():
            mine, yours = ours.get(third) or self._sum(one, third), theirs.get(third) or self._sum(other, third)
            ours[third] = self._sums[third][one] = (mine[0] + yours[0], mine[1] + yours[1])
            self._sums[third].pop(other, None)
        self._members[one] += self._members.pop(other)
        self._version[one] += 1
        del self._version[other]
        for third in sorted(ours):
            self._push(one, third)

    def _push(self, one: int, other: int) -> None:
        one, other = min(one, other), max(one, other)
        points, pairs = self._sums[one][other]
        mean = points / (pairs * _GRAINS)
        heapq.heappush(self._heap, (-mean, one, other, self._version[one], self._version[other]))


def usable(row: dict[str, Any], published: dt.date | None, report: int = 0) -> Usable | str:
    """What the comparison needs of a row of `events`, or why it is left alone.

    `not_done`: it is planned, supposed or denied; `undated`: no day can be told; `wide`: too many days are possible;
    `no_party`: nobody who takes part is known.
    """
    rules = incident_rules()["days"]
    if any(row[name] for name in _NOT_DONE):
        return "not_done"
    actors, recipients = _keys(row["actor"]), _keys(row["recipient"])
    if not actors | recipients:
        return "no_party"
    first, last, is_firm = row["earliest"], row["latest"], False
    # A day after the report appeared is a slip for what was done.
    has_date = bool(first and last) and not (published and first > published)
    if has_date and row["basis"] != "publication":
        is_firm = first == last
    elif has_date:
        first = last - rules["before_publication"] * _ONE_DAY
    elif row["historical"] or published is None:
        return "undated"
    else:
        first, last = published - rules["undated"] * _ONE_DAY, published
    if (last - first).days >= rules["widest"]:
        return "wide"
    place = row["place_name"] if row["place_precision"] in ("city", "region") else None
    return Usable(report, row["event_id"], row["event_type"], actors, recipients, first, last, is_firm, place)


def _keys(entities: list[dict[str, Any]]) -> frozenset[str]:
    return _parties(
        tuple(sorted({str(one["country"] or one["id"]) for one in entities if one["country"] or one["id"]}))
    )


@functools.lru_cache(maxsize=100_000)
def _parties(keys: tuple[str, ...]) -> frozenset[str]:
    """One set for all events with the same parties, which saves memory."""
    return frozenset(keys)


def _meet(a: Usable, b: Usable) -> bool:
    return a.first <= b.last and b.first <= a.last


def _days(first: dt.date, last: dt.date) -> Iterator[dt.date]:
    for number in range((last - first).days + 1):
        yield first + number * _ONE_DAY


def _connected(count: int, seeds: dict[tuple[int, int], float]) -> list[list[int]]:
    """Nodes that hang together by links, each part sorted."""
    parent = list(range(count))

    def root(one: int) -> int:
        while parent[one] != one:
            parent[one] = parent[parent[one]]
            one = parent[one]
        return one

    for one, other in seeds:
        low, high = sorted((root(one), root(other)))
        parent[high] = low
    parts: dict[int, list[int]] = defaultdict(list)
    for one in range(count):
        parts[root(one)].append(one)
    return list(parts.values())


@functools.lru_cache(maxsize=200_000)
def _hash(word: str) -> int:
    return int.from_bytes(hashlib.blake2b(word.encode(), digest_size=8).digest(), "little")
