"""The same bytes out of the command line, whatever the order that Python gives to sets."""

from __future__ import annotations

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
REPORTS = ROOT / "examples" / "reports"
SEEDS = ("0", "1", "2", "3", "7", "42", "1000", "65535", "1234567", "4294967295")


def _read(seed: str) -> bytes:
    command = [sys.executable, "-m", "dejure", "read", str(REPORTS), "--format", "jsonl"]
    ran = subprocess.run(command, capture_output=True, check=True, env={**os.environ, "PYTHONHASHSEED": seed})
    return ran.stdout


def test_the_same_bytes_under_ten_hash_seeds() -> None:
    with ThreadPoolExecutor(max_workers=2) as pool:
        outputs = dict(zip(SEEDS, pool.map(_read, SEEDS), strict=True))
    first = outputs[SEEDS[0]]
    assert first.count(b"\n") == len(list(REPORTS.glob("*.txt")))
    assert [seed for seed, out in outputs.items() if out != first] == []
