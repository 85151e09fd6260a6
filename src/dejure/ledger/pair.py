"""A view of one recogniser alone: what a question about one pair needs, and no more."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dejure.ledger.entries import Entry, Judgement, Series
from dejure.ledger.live import Clock, Layer, LiveClaim
from dejure.ledger.parties import predecessors_of
from dejure.ledger.store_layer import StoreLayer
from dejure.ledger.views import PolityView
from dejure.records import Capacity
from dejure.reference.tables import Polity

__all__ = ["pair_view"]


def pair_view(
    layers: Sequence[Layer], recogniser: str, polity: Polity, clock: Clock, capacity: Capacity | None = None
) -> PolityView:
    """A view that holds the acts of one recogniser, and of those whose acts it may carry on or inherit.

    Its standing of that recogniser is the one of the whole view, for a hundredth of the cost in a large ledger; ask it
    for no other.
    """
    wanted = predecessors_of(recogniser)
    return PolityView([_OnlyOf(layer, wanted, layer.name) for layer in layers], polity, clock, capacity)


@dataclass(slots=True)
class _OnlyOf:
    """A layer with the acts of some recognisers alone."""

    layer: Layer
    recognisers: frozenset[str]
    name: str

    def claims_on(self, slugs: Iterable[str], clock: Clock, *, apart: frozenset[str] = frozenset()) -> list[LiveClaim]:
        if isinstance(self.layer, StoreLayer):
            return self.layer.claims_among(self.recognisers, slugs, clock, apart=apart)
        return [one for one in self.layer.claims_on(slugs, clock) if one.claim.recogniser in self.recognisers]

    def judgements(self, slugs: Iterable[str], clock: Clock) -> list[Judgement]:
        return self.layer.judgements(slugs, clock)

    def series_of(self, slugs: Iterable[str], clock: Clock) -> list[Series]:
        return self.layer.series_of(slugs, clock)

    def originals(self, claims: Iterable[LiveClaim], clock: Clock) -> dict[str, list[Entry]]:
        return self.layer.originals(claims, clock)
