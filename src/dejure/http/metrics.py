"""Counts and times of a server, in the text form of Prometheus."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterable

from dejure.serving import Observatory
from dejure.version import __version__

__all__ = ["Metrics"]

_SECONDS = (0.005, 0.025, 0.1, 0.25, 1.0, 5.0, 30.0)


class Metrics:
    """What happened since the start. Labels come from routes, never from what a client sent."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._requests: Counter[tuple[str, str, int]] = Counter()
        self._buckets: Counter[tuple[str, float]] = Counter()
        self._seconds: Counter[str] = Counter()
        self._sums: dict[str, float] = {}
        self.in_flight = 0

    def note(self, method: str, route: str, status: int, seconds: float) -> None:
        """A request was answered."""
        with self._lock:
            self._requests[method, route, status] += 1
            self._seconds[route] += 1
            self._sums[route] = self._sums.get(route, 0.0) + seconds
            for bound in _SECONDS:
                if seconds <= bound:
                    self._buckets[route, bound] += 1

    def text(self, observatory: Observatory) -> str:
        """Everything, as Prometheus reads it."""
        with self._lock:
            lines = list(self._lines())
        kept = (("views", observatory.views), ("answers", observatory.answers))
        lines += ["# TYPE dejure_kept_hits_total counter"]
        lines += [f'dejure_kept_hits_total{{kind="{name}"}} {one.hits}' for name, one in kept]
        lines += ["# TYPE dejure_kept_misses_total counter"]
        lines += [f'dejure_kept_misses_total{{kind="{name}"}} {one.misses}' for name, one in kept]
        lines += ["# TYPE dejure_kept_weight gauge"]
        lines += [f'dejure_kept_weight{{kind="{name}"}} {one.weight}' for name, one in kept]
        lines += ["# TYPE dejure_ledger_head gauge", f"dejure_ledger_head {observatory.head()}"]
        lines += ["# TYPE dejure_info gauge", f'dejure_info{{version="{__version__}"}} 1']
        return "\n".join(lines) + "\n"

    def _lines(self) -> Iterable[str]:
        yield "# TYPE dejure_requests_in_flight gauge"
        yield f"dejure_requests_in_flight {self.in_flight}"
        yield "# TYPE dejure_requests_total counter"
        for (method, route, status), number in sorted(self._requests.items()):
            yield f'dejure_requests_total{{method="{method}",route="{route}",status="{status}"}} {number}'
        yield "# TYPE dejure_request_seconds histogram"
        for route, number in sorted(self._seconds.items()):
            for bound in _SECONDS:
                yield f'dejure_request_seconds_bucket{{route="{route}",le="{bound}"}} {self._buckets[route, bound]}'
            yield f'dejure_request_seconds_bucket{{route="{route}",le="+Inf"}} {number}'
            yield f'dejure_request_seconds_sum{{route="{route}"}} {self._sums[route]:.6f}'
            yield f'dejure_request_seconds_count{{route="{route}"}} {number}'
