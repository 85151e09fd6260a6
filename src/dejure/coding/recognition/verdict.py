"""What becomes of a possible act: which act, whether asserted, on whose word, on what conditions."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Literal

from dejure.coding.outlook import Governor
from dejure.coding.parties import Party
from dejure.records import Act

__all__ = ["Base", "Verdict"]

Base = Literal["recognise", "withdraw", "establish-relations", "sever-relations", "accept-credentials"]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a trigger; `act` None means that no record may be made of it.

    `asked_by` holds whoever asks, where the act is a demand; `said_by` whoever reports or claims.
    """

    act: Act | None
    asserted: bool = True
    said_by: tuple[Party, ...] = ()
    asked_by: tuple[Party, ...] = ()
    conditions: tuple[int, ...] = ()
    hedge: Governor | None = None
    steps: tuple[str, ...] = field(default=())

    def because(self, step: str, **changes: object) -> Verdict:
        """The verdict after one more step."""
        return replace(self, steps=(*self.steps, step), **changes)  # type: ignore[arg-type]
