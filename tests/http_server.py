"""A real server process on loopback, and a client for it."""

from __future__ import annotations

import csv
import json
import os
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx
from shared_by_tests import ROOT

TOKEN = "a-token-for-the-tests-0123456789"
API = "/api/v1"


@dataclass
class Served:
    """A running server."""

    url: str
    pid: int
    lines: list[str] = field(default_factory=list)

    @property
    def port(self) -> int:
        return int(self.url.rsplit(":", 1)[1])

    def client(self, **given: object) -> httpx.Client:
        """A client that goes to the interface and trusts no proxy of the environment."""
        return httpx.Client(base_url=self.url + API, timeout=600, trust_env=False, **given)  # type: ignore[arg-type]

    def children(self) -> list[int]:
        """Processes that the server started."""
        found = []
        for task in Path(f"/proc/{self.pid}/task").iterdir():
            found += [int(one) for one in (task / "children").read_text().split()]
        return found

    def memory(self) -> int:
        """Resident bytes of the server and its processes."""
        total = 0
        for pid in (self.pid, *self.children()):
            try:
                status = Path(f"/proc/{pid}/status").read_text()
            except OSError:
                continue
            if (found := re.search(r"VmRSS:\s+(\d+)", status)) is not None:
                total += 1024 * int(found[1])
        return total


@contextmanager
def served(*arguments: str, token: str | None = None, folder: Path | None = None) -> Iterator[Served]:
    """`dejure serve` with these arguments, until the block is left."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("DEJURE_")}
    environment["PYTHONPATH"] = os.pathsep.join([str(ROOT / "src"), environment.get("PYTHONPATH", "")])
    if token:
        environment["DEJURE_TOKEN"] = token
    process = subprocess.Popen(
        [sys.executable, "-m", "dejure", "serve", "--port", "0", *arguments],
        stderr=subprocess.PIPE, text=True, env=environment, cwd=folder,
    )  # fmt: skip
    assert process.stderr is not None
    try:
        lines: list[str] = []
        for line in process.stderr:
            lines.append(line)
            if (found := re.search(r"listening on (http://\S+?:\d+)/", line)) is not None:
                break
        else:
            raise AssertionError(f"the server did not start: {''.join(lines)}")
        running = Served(found[1], process.pid, lines)
        threading.Thread(target=lambda: lines.extend(process.stderr or ()), daemon=True).start()
        yield running
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            raise
        process.stderr.close()


def corpus_of_examples(folder: Path) -> Path:
    """A corpus of the bundled reports."""
    from dejure.corpus.run import run_corpus

    examples = ROOT / "examples" / "reports"
    lines = folder / "reports.jsonl"
    with (examples / "published.csv").open(encoding="utf-8", newline="") as stream, lines.open("w") as out:
        for row in csv.DictReader(stream):
            title, _, text = (examples / row["file"]).read_text(encoding="utf-8").partition("\n")
            given = {"id": row["file"], "title": title, "text": text, "published": row["published"]}
            out.write(json.dumps(given) + "\n")
    run_corpus([str(lines)], str(folder / "corpus"))
    return folder / "corpus"
