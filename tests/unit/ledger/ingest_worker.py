"""Ingests numbered acts in small batches and says after each how far it got; it is there to be killed."""

from __future__ import annotations

import sys

from ledger_items import act

from dejure.ledger.store import Store


def main(location: str, count: int, size: int) -> None:
    """Append acts 0 to `count`, `size` at a time, and acknowledge each batch on standard output."""
    with Store(location, create=True) as store:
        for start in range(0, count, size):
            store.append(
                [act("FRA", "kosovo", note=str(number), report=f"r{number}") for number in range(start, start + size)]
            )
            print(start + size, flush=True)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
