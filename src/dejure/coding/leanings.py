"""Where somebody stands on a matter by what they are to it and by what the report says they did.

A remark without words of praise or blame still has a side when a party to the matter makes it: the polity itself, the
state it broke away from, a rival government, whoever recognised it or broke with it. A party that is itself at issue
keeps its side whatever its words are of: who regrets that ties with it are cut speaks for itself.
"""

from __future__ import annotations

from dejure.coding.matters import dispute_side
from dejure.coding.parties import Party, government_of
from dejure.coding.scene import Scene
from dejure.records import Recognition, Stance
from dejure.reference.tables import load_polities

__all__ = ["leaning", "partisan"]

_FOR = frozenset({"recognise", "intend", "establish-relations", "accept-credentials"})
_AGAINST = frozenset({"withdraw", "sever-relations", "refuse"})
#: The two Chinas: what is done for one is done against the other.
_RIVALS = {"taiwan-roc": "china-prc", "china-prc": "taiwan-roc"}
_CHINAS = frozenset({"china-prc", "china"})


def partisan(scene: Scene, party: Party, about: str) -> Stance | None:
    """The side of a party that is itself at issue: the polity, its mother country, its rival, who holds a claim."""
    own = load_polities().get(about)
    if own is not None and own.is_disputed and party.slug is None and _leads(party, own.iso3):
        return "support"
    if party.slug is None or party.acts_for != "state":
        return None
    claim = dispute_side(about, party.slug)
    if claim is not None:
        return claim
    polity = load_polities().get(about)
    if polity is None:
        return None
    if not polity.is_disputed:
        return _of_state(scene, party, about)
    if party.slug == about:
        return "support"
    if party.slug == polity.parent and polity.capacity == "government":
        # Where no other claims the state, its ministries speak for the one government there is.
        alone = government_of(polity.parent, scene.cast.on)
        return "support" if alone is not None and alone.slug == about else "oppose"
    own = load_polities().get(party.slug)
    is_rival = own is not None and own.capacity == "government" and own.parent == polity.parent
    is_mother = party.slug == polity.parent or (about == "taiwan-roc" and party.slug in _CHINAS)
    return "oppose" if is_mother or (is_rival and polity.capacity == "government") else None


def _leads(party: Party, country: str | None) -> bool:
    """Whether a movement is the contested polity's own, as the Polisario Front is the Sahrawi republic's."""
    return country is not None and party.entity.country == country and "PRE" in party.entity.sectors


def _of_state(scene: Scene, party: Party, about: str) -> Stance | None:
    """The side where the matter is a state that nobody else claims: its own while it is recognised, its breakaway's."""
    own = load_polities().get(party.slug or "")
    if own is not None and own.is_disputed and own.capacity == "state" and own.parent == about:
        return "oppose"
    is_recognised = any(r.act == "recognise" and r.recognised.id == about for r in scene.recognition)
    return "support" if party.slug == about and is_recognised else None


def leaning(scene: Scene, party: Party, about: str) -> Stance | None:
    """The side of a party by what it is to the matter, else by its own act towards it."""
    by_deed = _by_deed(scene, party, about)
    side = partisan(scene, party, about)
    if side is None or (side == "oppose" and by_deed == "support"):
        return by_deed or side
    return side


def _by_deed(scene: Scene, party: Party, about: str) -> Stance | None:
    if party.acts_for != "state" and not party.is_club:
        return None
    own = [
        r for r in scene.recognition
        if r.recogniser is not None and r.recogniser.key == party.entity.key and r.act != "condition"
    ]  # fmt: skip
    undone = [r for r in own if r.act == "withdraw" and r.recognised.id == about]
    if undone and not any(r.manner is not None and r.act == "recognise" for r in own):
        # A withdrawal undoes what else the report recalls; where only another tells of it, nothing is sure.
        return "oppose" if any(r.asserted for r in undone) else None
    return next((side for record in own if (side := _of_act(record, about)) is not None), None)


def _of_act(record: Recognition, about: str) -> Stance | None:
    is_own = record.recognised.id == about and (record.asserted or record.act == "intend")
    if is_own and record.act in _FOR | _AGAINST:
        return "support" if record.act in _FOR else "oppose"
    if is_own and record.act == "consider":
        return "neutral"
    if record.recognised.id == _RIVALS.get(about) and record.asserted and record.act in _FOR:
        return "oppose"
    return None
