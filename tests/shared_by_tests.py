"""What tests of several rooms import by name: the checkout, a report, the form of a command's outcome."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
PROSE = (
    "Russia has recognised the Taliban government, the first state to do so, its foreign ministry said on Thursday. "
    "The Taliban welcomed the step. The United Nations has not yet commented. No other country has followed."
)


@dataclass(frozen=True)
class Outcome:
    """What a command gave."""

    code: int
    out: str
    err: str


Run = Callable[..., Outcome]
