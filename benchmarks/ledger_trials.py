"""The long trials of the ledger, one by one; each that has passed with the same source is kept and not run again.

    python benchmarks/ledger_trials.py [--force]

`DEJURE_KILLS`, `DEJURE_CROWD_SECONDS` and `DEJURE_LEDGER_EXAMPLES` say how long.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import result_files

TRIALS = {
    f"{name}_{engine}": f"{path}[{engine}]"
    for engine in ("sqlite", "postgresql")
    for name, path in {
        "kills": "tests/unit/ledger/test_killed.py::test_killed_at_any_moment",
        "crowd": "tests/unit/ledger/test_killed.py::test_a_crowd",
        "order": "tests/properties/test_ledger_order.py::test_order_does_not_matter",
        "twice": "tests/properties/test_ledger_order.py::test_twice_is_once",
        "record": "tests/properties/test_ledger_order.py::test_the_past_of_the_record_does_not_change",
        "derived": "tests/properties/test_ledger_order.py::test_what_is_derived_is_what_weighing_every_entry_gives",
    }.items()
}
LENGTHS = ("DEJURE_KILLS", "DEJURE_CROWD_SECONDS", "DEJURE_LEDGER_EXAMPLES")


def main() -> int:
    """Run what has not passed yet; the number of trials that failed."""
    lengths = {name: os.environ.get(name, "as in the checks") for name in LENGTHS}
    inputs = {**result_files.inputs_of({}), **lengths}
    failed = 0
    for name, test in TRIALS.items():
        if result_files.stands(f"ledger_{name}", inputs) and "--force" not in sys.argv:
            continue
        start = time.monotonic()
        command = [sys.executable, "-m", "pytest", "-q", test]
        ran = subprocess.run(command, cwd=result_files.ROOT, capture_output=True, text=True, check=False)  # noqa: S603  our own tests
        last = ran.stdout.strip().splitlines()[-1] if ran.stdout.strip() else ran.stderr.strip()[-200:]
        print(f"{name}: {last}", file=sys.stderr, flush=True)
        if ran.returncode:
            failed += 1
            print(ran.stdout[-3000:], file=sys.stderr)
            continue
        told = {"inputs": inputs, "machine": result_files.machine(), "test": test, "outcome": last.split(" in ")[0]}
        result_files.write(f"ledger_{name}", {**told, "seconds": round(time.monotonic() - start)})
    return failed


if __name__ == "__main__":
    sys.exit(main())
