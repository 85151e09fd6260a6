"""The scripts and the style sheet that the pages load, by name; nothing else can be asked for."""

from __future__ import annotations

import functools
import hashlib
from dataclasses import dataclass
from importlib import resources

__all__ = ["StaticFile", "address_of", "static_file"]

_KINDS = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml"}


@dataclass(frozen=True, slots=True)
class StaticFile:
    """Bytes, media type and hash."""

    content: bytes
    kind: str
    sha256: str


@functools.cache
def _files() -> dict[str, StaticFile]:
    found = {}
    for place in resources.files("dejure.web").joinpath("static").iterdir():
        kind = next((value for suffix, value in _KINDS.items() if place.name.endswith(suffix)), None)
        if kind is not None:
            content = place.read_bytes()
            found[place.name] = StaticFile(content, kind, hashlib.sha256(content).hexdigest())
    return found


def static_file(name: str) -> StaticFile | None:
    """A file, where there is one of this name."""
    return _files().get(name)


def address_of(name: str) -> str:
    """The address of a file; it changes with the content, so that a browser may keep it for ever."""
    return f"/static/{name}?v={_files()[name].sha256[:12]}"
