"""`SOURCES.toml`: origin, licence, date and hash of each data file."""

from __future__ import annotations

import hashlib
import tomllib
from pathlib import Path

from .tables import Inputs, SourceError

FIELDS = ("origin", "licence", "date")


def quoted(text: str) -> str:
    """A TOML basic string."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ") + '"'


def table(file_name: str, about: dict[str, str], content: bytes) -> str:
    """The TOML table of one file."""
    missing = [field for field in FIELDS if not about.get(field)]
    if missing:
        raise SourceError(f"origins.toml: {file_name} lacks {', '.join(missing)}")
    lines = [f"{name} = {quoted(str(value).strip())}" for name, value in about.items()]
    lines.append(f"sha256 = {quoted(hashlib.sha256(content).hexdigest())}")
    return "\n".join([f"[{quoted(file_name)}]", *lines, ""])


def write(inputs: Inputs, output: Path) -> None:
    """Write the table of every file that `origins.toml` names and that exists."""
    about = tomllib.loads((inputs.sources / "origins.toml").read_text(encoding="utf-8"))
    present = [name for name in sorted(about) if (output / name).exists()]
    text = "\n".join(table(name, about[name], (output / name).read_bytes()) for name in present)
    head = "# Written by scripts/build_reference from src/dejure/reference/sources/origins.toml\n\n"
    (output / "SOURCES.toml").write_bytes((head + text).encode("utf-8"))
