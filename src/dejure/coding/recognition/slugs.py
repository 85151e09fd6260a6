"""By which slug, and as what, a party is recognised; the words that recognition is told with."""

from __future__ import annotations

import datetime as dt
import functools
from typing import Any

from dejure.coding.parties import Party, government_of, party_of_polity, state_of_country
from dejure.coding.words import load_toml
from dejure.records import Capacity, Recognised
from dejure.reference.names import NameHit
from dejure.reference.overlay import tabled
from dejure.reference.tables import Polity, load_polities, read_table

__all__ = [
    "came_with_its_state",
    "is_break_of_loser",
    "opponent_of",
    "recognised_by",
    "recognition_words",
    "rival_government",
    "slug_of",
]


#: The two Chinas: recognition of either is of one of two rivals, whatever name the text uses.
_RIVAL_OF_STATE = {"china": "china-prc"}


_RIVALS = {"china-prc": "taiwan-roc", "taiwan-roc": "china-prc"}


#: A government that lost the seat and kept its name elsewhere is another polity from then on.
_MOVED = {"china-roc": "taiwan-roc"}


#: Former forms of a state that are the same party to its relations, under the same code.
_SAME_STATE = frozenset({"west-germany", "united-arab-republic", "tanganyika"})


#: How far the rise of a government and of its state may lie apart and be one.
_WITH_ITS_STATE = dt.timedelta(days=60)
#: How long before its day a state is none yet; nearer to it, it has been proclaimed.
_LONG_BEFORE = dt.timedelta(days=366)


@functools.cache
def recognition_words() -> dict[str, dict[str, frozenset[str]]]:
    """The word classes of `recognition.toml`."""
    table: dict[str, dict[str, Any]] = load_toml("recognition.toml")
    return {group: {key: frozenset(words) for key, words in rows.items()} for group, rows in table.items()}


def recognised_by(party: Party, on: dt.date | None, *, capacity: Capacity | None = None) -> Recognised | None:
    """A party that is itself the recognised one ("the Taliban won recognition")."""
    if party.slug is None or (party.acts_for == "none" and party.entity.role is not None):
        return None
    slug, own = slug_of(party.slug, capacity, on)
    entity = party.entity
    return Recognised(
        id=slug, capacity=own, name_raw=entity.name_raw or entity.name, part=entity.part, start=entity.start,
        end=entity.end,
    )  # fmt: skip


def rival_government(hit: NameHit, on: dt.date | None) -> Party | None:
    """The rival government that a known name stands for on a day."""
    for name in hit.names:
        polity = load_polities().get(name.target)
        if polity is not None and polity.capacity == "government" and polity.validity.holds_on(on):
            return party_of_polity(polity)
    return None


@tabled
def governments_by_state() -> dict[str, tuple[Polity, ...]]:
    """The governments that claim each state, by its slug."""
    found: dict[str, list[Polity]] = {}
    for polity in load_polities().values():
        if polity.kind == "government" and polity.parent is not None:
            found.setdefault(polity.parent, []).append(polity)
    return {state: tuple(governments) for state, governments in found.items()}


def came_with_its_state(polity: Polity, on: dt.date | None) -> bool:
    """Whether a government without a rival rose with the state it governs: then that state is recognised or not."""
    state = load_polities().get(polity.parent or "")
    rise = polity.validity.start
    if state is None or state.validity.start is None or rise is None or not state.validity.holds_on(on):
        return False
    rivals = governments_by_state().get(state.slug, ())
    is_alone = all(p.slug == polity.slug or not p.validity.holds_on(on) for p in rivals)
    return is_alone and abs(rise - state.validity.start) <= _WITH_ITS_STATE


def _is_to_come(polity: Polity, on: dt.date | None) -> bool:
    start = polity.validity.start
    return on is not None and start is not None and start - on > _LONG_BEFORE


@tabled
def _seceded() -> dict[str, str]:
    return {row["to_slug"]: row["from_slug"] for row in read_table("successions.csv") if row["kind"] == "secedes"}


def opponent_of(slug: str | None) -> str | None:
    """The state that loses by the recognition of a polity: its rival, its parent, or the state it seceded from."""
    polity = load_polities().get(slug or "")
    if polity is None:
        return None
    return _RIVALS.get(polity.slug) or polity.parent or _seceded().get(polity.slug)


def is_break_of_loser(actor: str, act: str, slug: str | None) -> bool:
    """Whether an act is the break of who loses by a recognition with who granted it: nobody follows in that."""
    loser = load_polities().get(opponent_of(slug) or "")
    return loser is not None and act == "sever-relations" and actor == loser.actor_id


def _is_driven_out(government: Polity, state: Polity, on: dt.date | None) -> bool:
    """Whether a government holds nothing of its state, which exists: by the state's plain name nobody means it."""
    return state.validity.holds_on(on) and not government.in_control.startswith("itself")


def slug_of(slug: str, wanted: Capacity | None, on: dt.date | None) -> tuple[str, Capacity]:
    """The slug of what is recognised and its capacity: a contested government stands for its state's."""
    slug = _RIVAL_OF_STATE.get(slug, slug)
    polity = load_polities().get(slug)
    if polity is not None and slug in _MOVED and on is not None and not polity.validity.holds_on(on):
        is_over = polity.validity.end is not None and polity.validity.end < on
        polity = load_polities().get(_MOVED[slug], polity) if is_over else polity
        slug = polity.slug
    if polity is None:
        return slug, wanted or "state"
    if polity.kind == "historical" and polity.iso3 is None:
        # A former name or form of a state that goes on under the same code: "West Germany" is Germany.
        today = state_of_country(polity.actor_id or "")
        polity = today if today is not None and polity.slug in _SAME_STATE else polity
        slug = polity.slug
    if polity.capacity == "government":
        start = polity.validity.start
        if on is not None and start is not None and on < start and polity.parent:
            # A seat or a name that a later government has taken over: the one of that day is meant.
            then = government_of(polity.parent, on)
            return (then.slug if then is not None else polity.parent), "government"
        return slug, "government"
    if _is_to_come(polity, on):
        # "recognise the Algerians" of 1958: the government that claims a state before there is one.
        claimant = government_of(slug, on)
        if claimant is not None:
            return claimant.slug, "government"
    if wanted == "government" and not polity.contested:
        rival = government_of(slug, on)
        is_meant = rival is not None and not (came_with_its_state(rival, on) or _is_driven_out(rival, polity, on))
        return (rival.slug if rival is not None and is_meant else slug), "government"
    return slug, "state" if polity.contested else (wanted or "state")
