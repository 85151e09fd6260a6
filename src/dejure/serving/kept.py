"""Answers that are kept as long as the ledger says nothing new about their polities."""

from __future__ import annotations

import threading
from collections import OrderedDict, deque
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Any

__all__ = ["Kept", "KeptAnswers"]

# So many steps of the ledger a making may lag behind and still be kept.
_STEPS = 64


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer, how much it weighs, and the polities it hangs on; None hangs on all of the ledger."""

    value: Any
    weight: int
    slugs: frozenset[str] | None


@dataclass(slots=True)
class _Making:
    """An answer that is being made: others who ask the same wait for it."""

    step: int
    done: threading.Event = field(default_factory=threading.Event)
    kept: Kept | None = None


class KeptAnswers:
    """The answers asked for last, up to a weight. Threads may share it; each answer is made once at a time.

    Parameters
    ----------
    most : int
        Total weight that is kept.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._lock = threading.Lock()
        self._kept: OrderedDict[Hashable, Kept] = OrderedDict()
        self._making: dict[Hashable, _Making] = {}
        self._touched: deque[frozenset[str] | None] = deque(maxlen=_STEPS)
        self._step = 0
        self.weight = 0
        self.hits = 0
        self.misses = 0

    def __len__(self) -> int:
        return len(self._kept)

    def forget(self, slugs: frozenset[str] | None) -> None:
        """The ledger took a step that bears on these polities, or on all: what hangs on them goes."""
        with self._lock:
            self._step += 1
            self._touched.append(slugs)
            for key in [key for key, one in self._kept.items() if _bears_on(slugs, one.slugs)]:
                self.weight -= self._kept.pop(key).weight

    def get(self, key: Hashable, make: Callable[[], Kept]) -> Any:
        """The kept answer, or the one that `make` gives. It is never older than the last step before the call."""
        with self._lock:
            asked = self._step
        while True:
            with self._lock:
                if (found := self._kept.get(key)) is not None:
                    self._kept.move_to_end(key)
                    self.hits += 1
                    return found.value
                making = self._making.get(key)
                if making is None:
                    making = self._making[key] = _Making(self._step)
                    self.misses += 1
                    break
            making.done.wait()
            if making.kept is not None and making.step >= asked:
                return making.kept.value
        try:
            made = making.kept = make()
            self._keep(key, made, making.step)
            return made.value
        finally:
            with self._lock:
                del self._making[key]
            making.done.set()

    def _keep(self, key: Hashable, made: Kept, step: int) -> None:
        with self._lock:
            missed = self._step - step
            if made.weight > self._most or missed > len(self._touched):
                return
            since = list(self._touched)[len(self._touched) - missed :]
            if any(_bears_on(slugs, made.slugs) for slugs in since):
                return
            self._kept[key] = made
            self.weight += made.weight
            while self.weight > self._most:
                _, oldest = self._kept.popitem(last=False)
                self.weight -= oldest.weight


def _bears_on(touched: frozenset[str] | None, slugs: frozenset[str] | None) -> bool:
    return touched is None or slugs is None or not touched.isdisjoint(slugs)
