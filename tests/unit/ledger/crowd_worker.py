"""A writer or reader among many: `crowd_worker.py LOCATION writer|reader NUMBER SECONDS`."""

from __future__ import annotations

import sys
import time

from ledger_items import act

from dejure.ledger.ledger import Ledger


def write(location: str, number: int, seconds: float) -> int:
    """Append acts of one's own until the time is up; the number of acknowledged ones is returned."""
    done = 0
    end = time.monotonic() + seconds
    with Ledger(location) as ledger:
        while time.monotonic() < end:
            batch = [
                act("FRA", "kosovo", note=f"{number}/{one}", report=f"r{number}/{one}")
                for one in range(done, done + 20)
            ]
            ledger.append(batch)
            done += len(batch)
    return done


def read(location: str, seconds: float) -> int:
    """Ask until the time is up; what a reader saw of the ledger never shrinks."""
    asked = 0
    last = -1
    end = time.monotonic() + seconds
    with Ledger(location, with_history=False) as ledger:
        while time.monotonic() < end:
            ledger.who("kosovo")
            seen = sum(len(one.entries) for one in ledger.acts("kosovo"))
            if seen < last:
                raise SystemExit(f"saw {seen} after {last}")
            last = seen
            asked += 1
    return asked


if __name__ == "__main__":
    place, role, name, for_seconds = sys.argv[1], sys.argv[2], int(sys.argv[3]), float(sys.argv[4])
    print(write(place, name, for_seconds) if role == "writer" else read(place, for_seconds))
