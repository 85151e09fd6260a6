"""A web server of our own, in a process of its own, and what it was asked."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class OddServer:
    """Where it listens and what lies in its folder."""

    folder: Path
    port: int

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"

    def asked(self) -> list[dict[str, Any]]:
        return self._lines("log.jsonl")

    def posted(self) -> list[dict[str, Any]]:
        return self._lines("hooks.jsonl")

    def paths(self) -> list[str]:
        return [one["path"] for one in self.asked()]

    def _lines(self, name: str) -> list[dict[str, Any]]:
        path = self.folder / name
        return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []


@contextmanager
def odd_server(folder: Path) -> Iterator[OddServer]:
    """Start one, stop it at the end."""
    folder.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, str(Path(__file__).with_name("odd_server.py")), str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield OddServer(folder, int(process.stdout.readline()))
        finally:
            process.kill()
