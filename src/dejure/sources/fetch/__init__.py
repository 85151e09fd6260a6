"""Feeds and pages over HTTP and HTTPS, by whoever asks for it. Nothing else in this room touches the network.

What is asked for is checked first: the address that is connected to is the one that was checked, robots.txt is kept,
and time, size and redirects have bounds.
"""

from __future__ import annotations

from dejure.sources.fetch.addresses import Gate, Resolve, Target, joined, target_of
from dejure.sources.fetch.exchange import Answer, exchange
from dejure.sources.fetch.fetcher import Fetched, Fetcher, Validators

__all__ = [
    "Answer",
    "Fetched",
    "Fetcher",
    "Gate",
    "Resolve",
    "Target",
    "Validators",
    "exchange",
    "joined",
    "target_of",
]
