"""The PLOVER ontology as data: types, modes, scores, contexts, sectors, and our map to CAMEO.

Source: PLOVER manual 2.0 draft, Open Event Data Alliance; decisions of ours are listed in `notes`.
"""

from __future__ import annotations

import functools
import tomllib
from dataclasses import dataclass
from importlib import resources

__all__ = ["EventType", "Mode", "Ontology", "load_ontology"]


@dataclass(frozen=True, slots=True)
class Mode:
    """A mode of an event type; `score` on the conflict-cooperation scale from -10 to 10."""

    name: str
    score: float
    cameo: str


@dataclass(frozen=True, slots=True)
class EventType:
    """One of the 16 event types."""

    name: str
    quad: int
    score: float
    cameo: str
    needs_recipient: bool
    modes: dict[str, Mode]

    def score_of(self, mode: str | None) -> float:
        """Score of the mode, else of the type."""
        return self.modes[mode].score if mode in self.modes else self.score

    def cameo_of(self, mode: str | None) -> str:
        """CAMEO code of the mode, else of the type."""
        return self.modes[mode].cameo if mode in self.modes else self.cameo


@dataclass(frozen=True, slots=True)
class Ontology:
    """All of it."""

    types: dict[str, EventType]
    quads: dict[int, str]
    contexts: tuple[str, ...]
    sectors: tuple[str, ...]
    notes: tuple[str, ...]


@functools.cache
def load_ontology() -> Ontology:
    """The ontology, read once a process."""
    raw = resources.files("dejure.reference").joinpath("data/ontology.toml").read_text(encoding="utf-8")
    table = tomllib.loads(raw)
    return Ontology(
        types={name: _event_type(name, row) for name, row in table["types"].items()},
        quads={int(number): name for number, name in table["quads"].items()},
        contexts=tuple(table["contexts"]["names"]),
        sectors=tuple(table["sectors"]["names"]),
        notes=tuple(table["notes"]),
    )


def _event_type(name: str, row: dict[str, object]) -> EventType:
    modes = row.get("modes", {})
    assert isinstance(modes, dict)
    return EventType(
        name=name,
        quad=int(str(row["quad"])),
        score=float(str(row["score"])),
        cameo=str(row["cameo"]),
        needs_recipient=row["recipient"] == "required",
        modes={mode: Mode(mode, float(values[0]), str(values[1])) for mode, values in modes.items()},
    )
