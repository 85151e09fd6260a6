"""Scores codings against a gold standard, report by report.

What counts as the same record follows `records.md`:

- A recognition act is (recogniser, polity, act); one record for each in a report. The return direction of a mutual act
  (A establishes relations with B, so B does with A) is neither right nor wrong where the gold has but one direction.
- A completed act is one of `COMPLETED_ACTS` that is asserted; both must say so.
- An event is (actor, type, recipient). One with several actors or recipients stands for all pairs. Negated,
  hypothetical and historical events are no news and are left out.
- A statement is (speaker, about, stance), a silence its actor.
- Parties are the same by code: ISO 3166 alpha-3 or an organisation's acronym, and a polity's slug stands for its code.
  A gold party without a code is a name; the name or the words found must contain it, or be contained in it.

Each record of the gold takes at most one record found, in the order of the text. Scores are sums over all reports
(micro averages).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from dejure.records import COMPLETED_ACTS
from dejure.reference.tables import load_polities

__all__ = ["Score", "score", "wrong_spans"]

Json = dict[str, Any]
MUTUAL_ACTS = frozenset({"establish-relations", "sever-relations", "intend"})
NO_NEWS = ("negation", "hypothetical", "historical")
SHORTEST_NAME = 4


@dataclass(frozen=True, slots=True)
class Score:
    """Counts, and what follows from them."""

    right: int = 0
    extra: int = 0
    missed: int = 0

    def __add__(self, other: Score) -> Score:
        return Score(self.right + other.right, self.extra + other.extra, self.missed + other.missed)

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall; 0 where there is nothing."""
        total = 2 * self.right + self.extra + self.missed
        return 2 * self.right / total if total else 0.0


def score(pairs: Iterable[tuple[Json, Json]]) -> dict[str, Score]:
    """Scores by layer, over pairs of (gold report, coding); an empty coding stands for a report that was not read."""
    totals = {layer: Score() for layer in _LAYERS}
    for report, coding in pairs:
        for layer, count in _LAYERS.items():
            totals[layer] += count(report["gold"], coding)
    return totals


def wrong_spans(report: Json, coding: Json) -> int:
    """How many quotes of a coding are not the slice of the report's title or text that they say they are."""
    parts = {"title": report.get("title") or "", "body": report["text"]}
    return sum(parts[one["part"]][one["start"] : one["end"]] != one["quote"] for one in _quotes(coding))


def _quotes(value: Any) -> Iterator[Json]:
    if isinstance(value, dict):
        if value.get("quote") is not None and value.get("part"):
            yield value
        for one in value.values():
            yield from _quotes(one)
    elif isinstance(value, list):
        for one in value:
            yield from _quotes(one)


# -- parties --------------------------------------------------------------------------------------------------------


def _code(party: str | None) -> str | None:
    """Code of a slug; anything else stays as it is."""
    polity = load_polities().get(party or "")
    return party if polity is None else polity.iso3 or polity.actor_id


def _code_of(entity: Json | None) -> str | None:
    """Code of a party found, by its id, else its country."""
    return None if entity is None else _code(entity.get("id") or entity.get("country"))


def _is_code(party: str) -> bool:
    return party.isupper() and " " not in party


def _is_party(gold: str | None, entity: Json | None) -> bool:
    """Whether the party found is the one of the gold."""
    if gold is None or entity is None:
        return gold is None and entity is None
    if _code(gold) == _code_of(entity) or gold == entity.get("id"):
        return True
    if _is_code(gold):
        return False
    wanted = gold.casefold()
    names = [(entity.get(field) or "").casefold() for field in ("name", "name_raw")]
    return any(name and (wanted in name or (len(name) >= SHORTEST_NAME and name in wanted)) for name in names)


# -- layers ---------------------------------------------------------------------------------------------------------


def _matched(gold: list[Any], found: list[Any], is_same: Callable[[Any, Any], bool]) -> Score:
    """Each of the gold takes the first of those found that is still free."""
    free = list(found)
    for wanted in gold:
        taken = next((at for at, one in enumerate(free) if is_same(wanted, one)), None)
        if taken is not None:
            del free[taken]
    right = len(found) - len(free)
    return Score(right, len(free), len(gold) - right)


def _keys(records: list[Json], *, is_gold: bool, only_completed: bool) -> set[tuple[str | None, str | None, str]]:
    keys = set()
    for one in records:
        if only_completed and not (one["asserted"] and one["act"] in COMPLETED_ACTS):
            continue
        recogniser = _code(one["recogniser"]) if is_gold else _code_of(one["recogniser"])
        keys.add((recogniser, one["entity"] if is_gold else one["recognised"]["id"], one["act"]))
    return keys


def _acts(gold: Json, coding: Json, *, only_completed: bool) -> Score:
    wanted = _keys(gold["recognition"], is_gold=True, only_completed=only_completed)
    found = _keys(coding.get("recognition", []), is_gold=False, only_completed=only_completed)
    forgiven = {
        (recogniser, polity, act)
        for recogniser, polity, act in found - wanted
        if act in MUTUAL_ACTS and any((_code(p), _code(r), a) == (recogniser, _code(polity), act) for r, p, a in wanted)
    }
    return Score(len(wanted & found), len(found - wanted - forgiven), len(wanted - found))


def _recognition(gold: Json, coding: Json) -> Score:
    return _acts(gold, coding, only_completed=False)


def _completed(gold: Json, coding: Json) -> Score:
    return _acts(gold, coding, only_completed=True)


def _events(gold: Json, coding: Json) -> Score:
    wanted = list(dict.fromkeys((one["actor"], one["plover"], one["recipient"]) for one in gold["events"]))
    found: dict[tuple[Any, ...], tuple[Json | None, str, Json | None]] = {}
    for one in coding.get("events", []):
        if not any(one["auxiliary"][name] for name in NO_NEWS):
            for actor in one["actor"]:
                for recipient in one["recipient"] or [None]:
                    key = (_label(actor), one["event_type"], _label(recipient))
                    found.setdefault(key, (actor, one["event_type"], recipient))
    return _matched(
        wanted,
        list(found.values()),
        lambda g, f: g[1] == f[1] and _is_party(g[0], f[0]) and _is_party(g[2], f[2]),
    )


def _label(entity: Json | None) -> str | None:
    return None if entity is None else _code_of(entity) or entity["name"]


def _statements(gold: Json, coding: Json) -> Score:
    wanted = list(dict.fromkeys((one["speaker"], _code(one["about"]), one["stance"]) for one in gold["statements"]))
    found = {
        (_label(one["speaker"]), _code(one["about"]), one["stance"]): (
            one["speaker"],
            _code(one["about"]),
            one["stance"],
        )
        for one in coding.get("statements", [])
    }
    return _matched(wanted, list(found.values()), lambda g, f: g[1:] == f[1:] and _is_party(g[0], f[0]))


def _silences(gold: Json, coding: Json) -> Score:
    found = {_label(one["actor"]): one["actor"] for one in coding.get("silences", [])}
    return _matched(list(dict.fromkeys(gold["silent"])), list(found.values()), _is_party)


_LAYERS: dict[str, Callable[[Json, Json], Score]] = {
    "recognition": _recognition,
    "completed": _completed,
    "events": _events,
    "statements": _statements,
    "silences": _silences,
}
