"""The page of a pair: every act, its sources, and the words that support it, in their place where the text was kept."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from starlette.requests import Request
from starlette.responses import Response

from dejure.errors import DejureError, NotFound
from dejure.ledger import ActRecord, Entry, Judgement
from dejure.ledger.parties import resolve_actor
from dejure.ledger.surveys import recording_of
from dejure.web.address import Asked, address
from dejure.web.highlight import Marked, Segment, context_of, segments
from dejure.web.rendering import Page, redirect

if TYPE_CHECKING:
    from dejure.serving import Observatory

__all__ = ["claim", "entry"]


@dataclass(frozen=True, slots=True)
class _Evidence:
    """An entry and how its words are shown: in the text around them, or alone."""

    entry: Entry
    around: list[Segment]
    title: str
    whole: list[Segment]
    quote: str
    cut_before: bool
    cut_after: bool
    recorded: dt.datetime | None
    why: dict[str, Any] | None


@dataclass(frozen=True, slots=True)
class _Act:
    act: ActRecord
    evidence: list[_Evidence]
    corrected: list[Entry]
    judgements: list[Judgement]


def claim(observatory: Observatory, request: Request) -> Page | Response:
    """The page."""
    asked = Asked.from_query(request.query_params, dt.date.today())
    actor = resolve_actor(request.path_params["recogniser"], on=asked.on)
    view = observatory.view(request.path_params["polity"], **asked.clocks)
    slug = view.polity.slug
    query = asked.query(rules=False)
    if (actor, slug) != (request.path_params["recogniser"], request.path_params["polity"]):
        return redirect(address("claim", actor, slug, query=query))
    acts = observatory.claim(actor, slug, act=request.query_params.get("act") or None, **asked.clocks)
    wanted = request.query_params.get("why")
    judgements = [
        one for layer in observatory.ledger.layers for one in layer.judgements([slug], view.clock)
        if one.recogniser == actor
    ]  # fmt: skip
    return Page("claim.html", {
        "section": "home", "asked": asked, "actor": actor, "polity": view.polity, "query": query,
        "path": address("claim", actor, slug), "standing": view.standing(actor), "wanted": wanted,
        "acts": [_shown(observatory, one, judgements, wanted) for one in acts], "can_judge": observatory.can_write,
    })  # fmt: skip


def _shown(observatory: Observatory, act: ActRecord, judgements: Sequence[Judgement], wanted: str | None) -> _Act:
    store = observatory.ledger.store
    recorded = recording_of(store, [one.id for one in act.entries]) if store else {}
    corrected = []
    for one in act.entries:
        for id_ in one.supersedes:
            try:
                corrected.append(observatory.entry(id_))
            except NotFound:
                continue
    return _Act(
        act, [_evidence(observatory, one, recorded.get(one.id), wanted) for one in act.entries], corrected,
        [one for one in judgements if one.act == act.act],
    )  # fmt: skip


def _evidence(observatory: Observatory, entry: Entry, recorded: dt.datetime | None, wanted: str | None) -> _Evidence:
    found = entry.evidence
    kept = observatory.ledger.text_of(entry.report.id) if entry.report else None
    around: list[Segment] = []
    whole: list[Segment] = []
    first, last, text = 0, 0, ""
    if found is not None and found.part and found.start is not None and found.end is not None and kept:
        text = kept[0] if found.part == "title" else kept[1]
        if text[found.start : found.end] == found.quote:
            first, last = context_of(text, found.start, found.end)
            around = segments(
                text[first:last], [Marked(found.start - first, found.end - first, "recognition", entry.id)]
            )
            begin = min(len(text) - len(text.lstrip()), found.start)
            mark = Marked(found.start - begin, found.end - begin, "recognition", entry.id)
            whole = segments(text[begin:], [mark])
    return _Evidence(
        entry, around, kept[0] if kept else "", whole, found.quote if found and found.part else "",
        bool(text[:first].strip()),
        last < len(text), recorded, _why(observatory, entry, kept) if wanted == entry.id else None,
    )  # fmt: skip


def _why(observatory: Observatory, entry: Entry, kept: tuple[str, str] | None) -> dict[str, Any]:
    """What the coder says about the act in the text, where that was kept: the rules that fired for these words."""
    if kept is None or entry.evidence is None:
        return {"told": [], "error": ""}
    published = entry.report.published.isoformat() if entry.report and entry.report.published else None
    report = {"title": kept[0], "text": kept[1], "published": published}
    try:
        told = observatory.reader.ask("explain", {"report": report})
    except DejureError as error:
        return {"told": [], "error": error.what}
    ours = [one for one in told if one["words"] == entry.evidence.quote]
    return {"told": ours, "error": ""}


def entry(observatory: Observatory, request: Request) -> Response:
    """The place of an entry on the page of its pair."""
    found = observatory.entry(request.path_params["entry"])
    where = found.claim.recogniser or ""
    if not where:
        return redirect(address("polity", found.claim.recognised))
    return redirect(address("claim", where, found.claim.recognised, query=f"#e-{found.id}"))
