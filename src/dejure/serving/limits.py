"""What a server grants: sizes, times, rates, memory."""

from __future__ import annotations

from dataclasses import dataclass, fields

from dejure.errors import SettingsError

__all__ = ["Limits"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Limits of a server; all are at least 0, and where 0 has a meaning it is told.

    Parameters
    ----------
    readers : int
        Threads that answer; also the most connections to the ledger.
    body_bytes : int
        Largest body of a request.
    report_characters : int
        Longest report that is read, in code points.
    reports_at_once : int
        Reports or codings of one request to ingest.
    page_rows : int
        Most rows of one page.
    request_seconds : int
        How long a request may take from its first byte to its last; slow clients are cut off.
    header_seconds : int
        How long a client may take to say what it wants.
    task_seconds : int
        How long reading a report, a forecast or an export may take; the process that does it is then ended.
    task_bytes : int
        Most address space of that process; 0 is no limit.
    requests_per_second, burst : int
        Requests of one client, on average and at once; 0 a second is no limit.
    tasks_per_minute : int
        Reports, forecasts and exports of one client; 0 is no limit.
    connections : int
        Connections at the same time; more are answered 503.
    cache_bytes : int
        Memory for answers that are kept.
    cached_claims : int
        Claims of the views that are kept.
    export_entries : int
        Most entries of an export in a form that has to be held whole (JSON-LD, Parquet).
    """

    readers: int = 4
    body_bytes: int = 2_000_000
    report_characters: int = 200_000
    reports_at_once: int = 100
    page_rows: int = 1000
    request_seconds: int = 120
    header_seconds: int = 10
    task_seconds: int = 90
    task_bytes: int = 6_000_000_000
    requests_per_second: int = 100
    burst: int = 400
    tasks_per_minute: int = 60
    connections: int = 200
    cache_bytes: int = 96_000_000
    cached_claims: int = 200_000
    export_entries: int = 300_000

    def __post_init__(self) -> None:
        may_be_none = {"task_bytes", "requests_per_second", "tasks_per_minute", "cache_bytes", "cached_claims"}
        for one in fields(self):
            value = getattr(self, one.name)
            if value < (0 if one.name in may_be_none else 1):
                raise SettingsError("a limit of the server is too low", value=f"{one.name} {value}", cure="raise it")
