"""Speed of the server on loopback, over the shipped history and a ledger of synthetic entries.

    python benchmarks/server.py [--entries N] [--seconds S] [--force]

Times are those of a client on the same machine, sending and packing included. "First" answers are to questions that
were not asked before, "again" to the same ones; each first question makes a view of its own. Look-ups are counted with
sixteen clients that ask where a pair stands, pairs drawn as the entries are, while another process appends to the
ledger as fast as it is granted; what they are told is as of the last row that was there when they asked.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import random
import re
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

import httpx
import ledger as entries_bench
import result_files

from dejure.ledger.entries import SourceReport
from dejure.ledger.store import Store

SEED = 20260101
CLIENTS = 16
#: So many entries an ingest of a batch of reports records at once.
BATCH = 200
FIRST_DAY = dt.date(1995, 1, 1)


@contextmanager
def served(location: str) -> Iterator[tuple[str, float, int]]:
    """A server of its own; its address, the seconds until it took requests, its id."""
    environment = {**os.environ, "PYTHONPATH": str(result_files.ROOT / "src")}
    limits = ("--limit", "requests_per_second=0")
    start = time.perf_counter()
    process = subprocess.Popen(  # noqa: S603  our own command
        [sys.executable, "-m", "dejure", "serve", "--port", "0", "--no-pages", "--ledger", location, *limits],
        stderr=subprocess.PIPE, text=True, env=environment,
    )  # fmt: skip
    assert process.stderr is not None
    try:
        for line in process.stderr:
            if (found := re.search(r"listening on (\S+)", line)) is not None:
                break
        else:
            raise RuntimeError("the server did not start")
        yield found[1], time.perf_counter() - start, process.pid
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(60)
        process.stderr.close()


def questions() -> dict[str, list[str]]:
    """Addresses by kind; each is a question of its own."""
    draw = random.Random(SEED)  # noqa: S311  made-up questions
    states, polities = entries_bench.parties()
    heavy = polities[0].slug

    def day(number: int) -> str:
        return (FIRST_DAY + dt.timedelta(days=61 * number)).isoformat()

    return {
        "standings": [f"/polities/{draw.choice(polities).slug}/standings?on={day(n)}" for n in range(60)],
        "standings_heaviest": [f"/polities/{heavy}/standings?on={day(n)}" for n in range(15)],
        "standings_known": [
            f"/polities/{draw.choice(polities).slug}/standings?on={day(n)}&known={day(n)}" for n in range(30)
        ],
        "claim": [f"/polities/{draw.choice(polities).slug}/claims/{draw.choice(states)}" for _ in range(120)],
        "claim_heaviest": [f"/polities/{heavy}/claims/{one}" for one in states[:15]],
        "count": [f"/polities/{draw.choice(polities).slug}/count?on={day(n)}" for n in range(40)],
        "history_page": [f"/polities/{one.slug}/history?limit=100" for one in polities[:20]],
    }  # fmt: skip


def cpu_seconds(pid: int) -> float:
    """Time that a process has had of the processors."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def times(client: httpx.Client, addresses: list[str], pid: int) -> dict[str, float]:
    """Milliseconds of answers, one after the other, and what each cost the processor of the server."""
    spent = []
    before = cpu_seconds(pid)
    for address in addresses:
        start = time.perf_counter()
        told = client.get(address)
        spent.append(1000 * (time.perf_counter() - start))
        if told.status_code != 200:
            raise RuntimeError(f"{address}: {told.status_code} {told.text[:200]}")
    cost = 1000 * (cpu_seconds(pid) - before) / len(spent)
    spent.sort()
    return {
        "n": len(spent), "server_cpu_mean_ms": round(cost, 2), "median_ms": round(statistics.median(spent), 2),
        "p95_ms": round(spent[int(0.95 * (len(spent) - 1))], 2), "max_ms": round(spent[-1], 2),
    }  # fmt: skip


def look_ups(base: str, seconds: float) -> dict[str, Any]:
    """How many look-ups of a pair sixteen clients get in some seconds."""
    states, polities = entries_bench.parties()
    by_rank = [1 / (rank + 1) for rank in range(200)]
    stop = time.perf_counter() + seconds
    spent: list[float] = []
    failed: list[int] = []

    def ask(number: int) -> None:
        draw = random.Random(SEED + number)  # noqa: S311  made-up questions
        with httpx.Client(base_url=base, timeout=60, trust_env=False) as client:
            while time.perf_counter() < stop:
                polity = draw.choices(polities, by_rank[: len(polities)])[0].slug
                state = draw.choices(states, by_rank[: len(states)])[0]
                start = time.perf_counter()
                told = client.get(f"/polities/{polity}/standings/{state}?on=2025-01-01")
                spent.append(1000 * (time.perf_counter() - start))
                if told.status_code != 200:
                    failed.append(told.status_code)

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(CLIENTS)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    spent.sort()
    return {
        "clients": CLIENTS, "seconds": seconds, "look_ups": len(spent), "per_second": round(len(spent) / seconds, 1),
        "median_ms": round(statistics.median(spent), 2), "p95_ms": round(spent[int(0.95 * (len(spent) - 1))], 2),
        "failed": len(failed),
    }  # fmt: skip


def append_until_told(location: str) -> None:
    """Append entries of other reports, a batch a transaction, until standard input ends; prints how many."""
    source = (
        replace(entry, report=SourceReport(id=f"late{number:012x}", publisher="Another agency"))
        for number, entry in enumerate(entries_bench.synthetic(2_000_000))
    )
    done = 0
    told = threading.Event()
    threading.Thread(target=lambda: (sys.stdin.read(), told.set()), daemon=True).start()
    with Store(location) as store:
        print("ready", flush=True)
        start = time.perf_counter()
        while not told.is_set():
            done += store.append(list(islice(source, BATCH)))
        print(done, round(done / (time.perf_counter() - start)), flush=True)


@contextmanager
def appending(location: str, told: Callable[[int, int], None]) -> Iterator[None]:
    """Another process that appends meanwhile."""
    process = subprocess.Popen(  # noqa: S603  this file
        [sys.executable, __file__, "--append", location],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdout is not None
    process.stdout.readline()
    try:
        yield
    finally:
        out, _ = process.communicate("")
        added, rate = out.split()
        told(int(added), int(rate))


def run(entries: int, seconds: float) -> dict[str, Any]:
    """All figures."""
    found: dict[str, Any] = {"entries": entries}
    with tempfile.TemporaryDirectory() as folder:
        location = str(Path(folder) / "bench.ledger")
        with Store(location, create=True) as store:
            store.append(entries_bench.synthetic(entries))
        with served(location) as (base, started, pid):
            found["start"] = {"seconds": round(started, 2), "cpu_seconds": cpu_seconds(pid)}
            with httpx.Client(base_url=base, timeout=120, trust_env=False) as client:
                client.get("/polities/kosovo/standings")
                for name, addresses in questions().items():
                    found[name] = {"first": times(client, addresses, pid), "again": times(client, addresses, pid)}
                    print(name, found[name], file=sys.stderr, flush=True)
            found["load_average_before_look_ups"] = round(os.getloadavg()[0], 1)
            found["look_ups_alone"] = look_ups(base, seconds / 2)
            meanwhile: dict[str, int] = {}
            with appending(location, lambda added, rate: meanwhile.update(added=added, per_second=rate)):
                found["look_ups_while_ingesting"] = look_ups(base, seconds)
            found["look_ups_while_ingesting"]["ingested"] = meanwhile
    return found


def main() -> None:
    """Measure, and keep the result with the hashes of what it depends on."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--entries", type=int, default=100_000)
    parser.add_argument("--seconds", type=float, default=20.0)
    parser.add_argument("--force", action="store_true")
    parser.add_argument("--append", metavar="LEDGER")
    given = parser.parse_args()
    if given.append:
        append_until_told(given.append)
        return
    inputs = {**result_files.inputs_of({}), "entries": given.entries, "seed": SEED}
    if result_files.stands("http", inputs) and not given.force:
        return
    figures = run(given.entries, given.seconds)
    result_files.write("http", {"inputs": inputs, "machine": result_files.machine(), "figures": figures})


if __name__ == "__main__":
    main()
