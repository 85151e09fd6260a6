"""How many requests a client may make: a bucket of tokens for each, refilled with time."""

from __future__ import annotations

import ipaddress
import time
from collections import OrderedDict
from collections.abc import Callable

__all__ = ["Rates", "client_of"]

# So many clients are remembered; the one seen longest ago is forgotten first.
_CLIENTS = 10_000


class Rates:
    """Buckets by client; used from the event loop alone.

    Parameters
    ----------
    per_second : float
        Refill; 0 is no limit.
    burst : float
        What a bucket holds.
    clock : callable
        Seconds that only grow.
    """

    def __init__(self, per_second: float, burst: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._per_second = per_second
        self._burst = burst
        self._clock = clock
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def takes(self, client: str) -> bool:
        """Whether this client may make another request now."""
        if not self._per_second:
            return True
        now = self._clock()
        level, seen = self._buckets.pop(client, (self._burst, now))
        level = min(self._burst, level + (now - seen) * self._per_second)
        is_granted = level >= 1
        self._buckets[client] = (level - 1 if is_granted else level, now)
        if len(self._buckets) > _CLIENTS:
            self._buckets.popitem(last=False)
        return is_granted


def client_of(host: str | None) -> str:
    """Whom an address stands for: itself, or the /64 of an IPv6 address, of which one client has many."""
    if host is None:
        return ""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host
    if address.version == 6:
        return str(ipaddress.ip_network((address, 64), strict=False))
    return host
