"""Results of measurements as JSON files, each with the hashes of all that it depends on.

A result stands as long as version, source and inputs are the same; a run that finds one that stands has nothing to do.
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

__all__ = ["ROOT", "digest_of", "inputs_of", "machine", "stands", "write"]

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "benchmarks" / "results"
#: What belongs to the source: code and the data beside it.
SUFFIXES = frozenset({".py", ".toml", ".csv", ".tsv"})


def digest_of(paths: Iterable[Path]) -> str:
    """SHA-256 over names and bytes of files, in the order of their names; folders stand for all files in them."""
    digest = hashlib.sha256()
    files = [one for path in paths for one in ([path] if path.is_file() else path.rglob("*")) if one.is_file()]
    for file in sorted(files):
        digest.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()


def inputs_of(corpora: dict[str, list[Path]]) -> dict[str, Any]:
    """Version and hashes of the source and of the corpora, by name."""
    from dejure.version import __version__

    source = [file for file in (ROOT / "src" / "dejure").rglob("*") if file.suffix in SUFFIXES]
    return {
        "version": __version__,
        "source_sha256": digest_of(source),
        "corpora_sha256": {name: digest_of(paths) for name, paths in corpora.items()},
    }


def machine() -> dict[str, Any]:
    """What the absolute figures hang on."""
    return {
        "python": platform.python_version(), "system": platform.system(), "architecture": platform.machine(),
        "cores": os.cpu_count(),
    }  # fmt: skip


def stands(name: str, inputs: dict[str, Any]) -> bool:
    """Whether there is a result of just these inputs."""
    path = RESULTS / f"{name}.json"
    return path.is_file() and json.loads(path.read_text(encoding="utf-8")).get("inputs") == inputs


def write(name: str, result: dict[str, Any]) -> None:
    """Keep a result, whole or not at all."""
    RESULTS.mkdir(parents=True, exist_ok=True)
    path = RESULTS / f"{name}.json"
    beside = path.with_suffix(".new")
    beside.write_text(json.dumps(result, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    beside.replace(path)
    print(f"{path.relative_to(ROOT)} written", file=sys.stderr)
