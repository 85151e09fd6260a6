"""Where somebody stands on a polity by what they are to it and by what the report says they did.

A remark without words of praise or blame still has a side when a party to the matter makes it: the polity itself, the
state it broke away from, a rival government, whoever recognised it or broke with it.
"""

from __future__ import annotations

from dejure.coding.parties import Party, government_of
from dejure.coding.scene import Scene
from dejure.records import Stance
from dejure.reference.tables import load_polities

__all__ = ["leaning", "partisan"]

_FOR = frozenset({"recognise", "intend", "establish-relations", "accept-credentials"})
_AGAINST = frozenset({"withdraw", "sever-relations", "refuse"})
#: The two Chinas: what is done for one is done against the other.
_RIVALS = {"taiwan-roc": "china-prc", "china-prc": "taiwan-roc"}


def partisan(scene: Scene, party: Party, about: str) -> Stance | None:
    """The side of a party that is itself at issue: the polity, its mother country, its rival."""
    polity = load_polities().get(about)
    if polity is None or not polity.is_disputed or party.slug is None or party.acts_for != "state":
        return None
    if party.slug == about:
        return "support"
    if party.slug == polity.parent and polity.capacity == "government":
        # Where no other claims the state, its ministries speak for the one government there is.
        alone = government_of(polity.parent, scene.cast.on)
        return "support" if alone is not None and alone.slug == about else "oppose"
    own = load_polities().get(party.slug)
    is_rival = own is not None and own.capacity == "government" and own.parent == polity.parent
    return "oppose" if party.slug == polity.parent or (is_rival and polity.capacity == "government") else None


def leaning(scene: Scene, party: Party, about: str) -> Stance | None:
    """The side of a party by what it is to the polity, else by its own act towards it."""
    side = partisan(scene, party, about)
    if side is not None:
        return side
    if party.acts_for != "state" and not party.is_club:
        return None
    for record in scene.recognition:
        if record.recogniser is None or record.recogniser.key != party.entity.key or record.act == "condition":
            continue
        is_own = record.recognised.id == about and (record.asserted or record.act == "intend")
        if is_own and record.act in _FOR | _AGAINST:
            return "support" if record.act in _FOR else "oppose"
        if is_own and record.act == "consider":
            return "neutral"
        if record.recognised.id == _RIVALS.get(about) and record.asserted and record.act in _FOR:
            return "oppose"
    return None
