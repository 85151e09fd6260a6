"""The plain-language part of a report: the count, what changed, what is disputed, what would count differently."""

from __future__ import annotations

from collections.abc import Iterable

from dejure.handout.facts import Handout, name_key
from dejure.handout.markup import text
from dejure.ledger import ActRecord, CountRules
from dejure.ledger.counts import Count, RuleEffect
from dejure.ledger.parties import name_of

__all__ = ["act_words", "changes", "differences", "headline", "names", "rules_told"]

#: How a count by the other setting of a rule is told.
_OTHERWISE = {
    ("members", "all"): "counting everybody, not members only",
    ("effective", "yes"): "counting from the day of legal effect",
    ("effective", "no"): "counting from the announcement",
    ("disputed", "exclude"): "leaving out what is contested",
    ("disputed", "include"): "keeping what is contested, by its author's word",
    ("implied", "yes"): "counting diplomatic relations as recognition",
    ("implied", "no"): "not counting diplomatic relations as recognition",
    ("inherited", "yes"): "counting what successors of a dissolved state hold",
    ("inherited", "no"): "not counting what successors of a dissolved state hold",
    ("conditional", "yes"): "counting what was announced under a condition",
    ("conditional", "no"): "not counting what was announced under a condition",
}
_MOST_NAMES = 12


def names(ids: Iterable[str], most: int = _MOST_NAMES) -> str:
    """Usual names in their order, as HTML; of many, the first few and how many more."""
    shown = sorted((name_of(one) for one in ids), key=name_key)
    told = ", ".join(text(name) for name in shown[:most])
    return f"{told} and {len(shown) - most} more" if len(shown) > most else told


def number_of(count: Count) -> str:
    """Certain, or certain–possible."""
    return f"{count.certain}" if count.certain == count.possible else f"{count.certain}–{count.possible}"


def headline(found: Handout) -> str:
    """The count in two sentences."""
    count, polity = found.count, text(found.polity.name)
    how = f"as a {count.capacity}"
    if found.polity.validity.end is not None and found.polity.validity.end < count.on:
        return f"{polity} had ended by {count.on}: what had been recognised has lapsed."
    other = len(found.of_class("uncounted"))
    more = f" {other} more hold it on a ground that these rules do not count." if other else ""
    if not count.possible:
        return f"On <b>{count.on}</b> nobody is known to have recognised {polity} {how}, by these rules.{more}"
    many = "recogniser" if count.certain == 1 else "recognisers"
    told = f"On <b>{count.on}</b>, <b>{count.certain}</b> {many} certainly recognised {polity} {how}"
    if count.certain == count.possible:
        return f"{told}. The sources leave none of them open.{more}"
    return (
        f"{told}, and possibly up to <b>{count.possible}</b>: the sources leave open whether "
        f"{names(count.only_possible_ids)} had done so by that day.{more}"
    )


def rules_told(rules: CountRules) -> str:
    """What counts, as a list of the settings."""
    told = [
        f"members of {text(rules.members.upper())}" if rules.members else "all recognisers",
        "from legal effect" if rules.effective else "from the announcement",
        {"include": "contested ones by their author's word", "exclude": "contested ones left out",
         "only": "contested ones alone"}[rules.disputed],
        *(
            f"{what} {'counted' if is_on else 'not counted'}"
            for what, is_on in (
                ("relations", rules.implied), ("inherited recognition", rules.inherited),
                ("conditional recognition", rules.conditional),
            )
        ),
    ]  # fmt: skip
    return "; ".join(told)


def changes(found: Handout) -> list[str]:
    """What the count gained and lost since a year before; paragraphs as HTML."""
    now, then = found.count, found.before
    if number_of(now) == number_of(then) and set(now.certain_ids) == set(then.certain_ids):
        told = [f"Nothing in the count: it was {number_of(then)} on {then.on}, by the same rules."]
    else:
        told = [f"On {then.on} the count was {number_of(then)}, by the same rules; it is now {number_of(now)}."]
    for what, ids in (
        ("Now certain", set(now.certain_ids) - set(then.certain_ids)),
        ("No longer certain", set(then.certain_ids) - set(now.certain_ids)),
        ("Now possible", set(now.only_possible_ids) - set(then.only_possible_ids) - set(then.certain_ids)),
    ):
        if ids:
            told.append(f"{what}: {names(ids, 30)}.")
    if not found.recent:
        told.append("No act towards it is held that falls into this year.")
    return told


def act_words(act: ActRecord) -> str:
    """What was done, by whom it is claimed, who disputes it."""
    told = [text(act.act + (f" ({act.manner})" if act.manner else ""))]
    if not act.asserted:
        told.append(f"claimed by {names(act.claimed_by) or 'an unnamed source'}, not by its author")
    if act.disputed_by:
        told.append(f"disputed by {names(act.disputed_by)}")
    if not act.agrees:
        told.append("the sources name days that exclude each other")
    if act.verdict:
        told.append(f"judged: {text(act.verdict)}")
    return "; ".join(told)


def differences(effects: Iterable[RuleEffect]) -> list[str]:
    """What the other setting of each rule would make of the count, as HTML."""
    told, none = [], []
    for one in effects:
        how = _OTHERWISE.get((one.rule, one.other)) or f"counting members of {text(one.other)} alone"
        gained = set(one.gained_possible) - set(one.gained)
        lost = set(one.lost_possible) - set(one.lost)
        parts = [
            f"{len(ids)} {what} ({names(ids)})"
            for ids, what in (
                (one.gained, "fewer certain"), (one.lost, "more certain"),
                (gained, "fewer possible"), (lost, "more possible"),
            )
            if ids
        ]  # fmt: skip
        if parts:
            told.append(f"<b>{how[0].upper()}{how[1:]}</b>: {'; '.join(parts)}.")
        else:
            none.append(how)
    return [*told, f"<b>No difference</b>: {'; '.join(none)}."] if none else told
