"""Addresses that ask the ledger: polities, standings, counts, claims, histories, boards."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Query, Request, Response

from dejure.errors import NotFound
from dejure.http.answering import Rows, answer, answer_page, observatory_of, rows_of
from dejure.http.described import returns
from dejure.http.parameters import (
    PREFIX,
    ActName,
    After,
    ClockParameters,
    EntryId,
    Limit,
    On,
    PolityName,
    RecogniserName,
    day_of,
    instant_of,
    only_known_parameters,
)
from dejure.ledger import CountRules
from dejure.ledger.acts import order_of
from dejure.ledger.parties import name_of, resolve_actor, resolve_polity
from dejure.serving import catalogue
from dejure.serving.answers import acts_in_full, acts_in_short, review_in_short, standings_answer

__all__ = ["router"]

router = APIRouter(prefix=PREFIX, tags=["ledger"], dependencies=[Depends(only_known_parameters)])


@router.get("/polities", responses=returns("polities", paged=True))
def polities(request: Request, limit: Limit = 1000, after: After = None) -> Response:
    """All polities that something is held about, by slug."""

    def make() -> Rows:
        found = observatory_of(request).polities()
        return rows_of(found, lambda row: (row["slug"],), found)

    return answer_page(request, "polities.page", make, None, limit=limit, after=after)


@router.get("/polities/{polity}", responses=returns("polity"))
def polity(request: Request, polity: PolityName) -> Response:
    """One polity: kind, capacity, dates. What stands in the list of polities."""
    slug = resolve_polity(polity).slug
    return answer(request, ("polity", slug), lambda: catalogue.polity_rows([slug])[0], frozenset())


@router.get("/polities/{polity}/standings", responses=returns("standings"))
def standings(
    request: Request, polity: PolityName, clocks: ClockParameters,
    everybody: Annotated[
        bool, Query(alias="all", description="Also the states of which it is known that they do not.")
    ] = True,
) -> Response:  # fmt: skip
    """Where each stands towards a polity: what `dejure who POLITY --json` tells."""
    observatory, asked = observatory_of(request), _today(clocks.keywords())

    def make() -> Any:
        view = observatory.view(polity, **asked)
        return standings_answer(view, view.standings(everybody=everybody))

    return answer(
        request, ("standings", polity, everybody, *asked.values()), make, observatory.slugs_of(polity, **asked)
    )


@router.get("/polities/{polity}/standings/{recogniser}", responses=returns("standings"))
def standing(request: Request, polity: PolityName, recogniser: RecogniserName, clocks: ClockParameters) -> Response:
    """Where one stands towards a polity: what `dejure who POLITY RECOGNISER --json` tells."""
    observatory, asked = observatory_of(request), _today(clocks.keywords())
    actor = resolve_actor(recogniser, on=asked["on"])

    def make() -> Any:
        view = observatory.pair(actor, polity, **asked)
        return standings_answer(view, [view.standing(actor)])

    return answer(request, ("standing", polity, actor, *asked.values()), make, observatory.slugs_of(polity, **asked))


@router.get("/states/{state}/standings", responses=returns("state_standings"))
def standings_of(
    request: Request, state: Annotated[str, RecogniserName.__metadata__[0]], clocks: ClockParameters
) -> Response:
    """Where one state stands towards every polity that it did or announced something about."""
    observatory, asked = observatory_of(request), _today(clocks.keywords())
    actor = resolve_actor(state, on=asked["on"])

    def make() -> Any:
        return [{"name": name_of(one.recognised), **one.to_dict()} for one in observatory.standings_of(actor, **asked)]

    return answer(request, ("state", actor, *asked.values()), make, None)


@router.get("/polities/{polity}/count", responses=returns("count"))
def count(
    request: Request, polity: PolityName, clocks: ClockParameters,
    preset: Annotated[
        str | None, Query(max_length=40, description="Named rules; what is given beside them wins.", examples=["un"])
    ] = None,
    members: Annotated[
        str | None, Query(max_length=40, description="Only members of this organisation on the day.", examples=["UN"])
    ] = None,
    effective: Annotated[bool | None, Query(description="From the day of legal effect.")] = None,
    disputed: Annotated[
        Literal["include", "exclude", "only"] | None, Query(description="What becomes of contested pairs.")
    ] = None,
    implied: Annotated[bool | None, Query(description="Whether relations count as recognition.")] = None,
    inherited: Annotated[bool | None, Query(description="Whether successors of a dissolved state count.")] = None,
    conditional: Annotated[bool | None, Query(description="Whether acts under a condition count.")] = None,
) -> Response:  # fmt: skip
    """How many recognise a polity, by stated rules, and what each rule changed: what `dejure count --json` tells."""
    observatory, asked = observatory_of(request), _today(clocks.keywords())
    given = {
        "members": members, "effective": effective, "disputed": disputed, "implied": implied, "inherited": inherited,
        "conditional": conditional,
    }  # fmt: skip
    changed = {name: value for name, value in given.items() if value is not None}
    rules = CountRules.preset(preset, **changed) if preset else CountRules(**changed)  # type: ignore[arg-type]
    return answer(
        request, ("count", polity, rules, *asked.values()),
        lambda: observatory.count(polity, rules, **asked).to_dict(), observatory.slugs_of(polity, **asked),
    )  # fmt: skip


@router.get("/polities/{polity}/claims/{recogniser}", responses=returns("claims"))
def claims(
    request: Request, polity: PolityName, recogniser: RecogniserName, clocks: ClockParameters, act: ActName = None
) -> Response:
    """What one did towards a polity, down to the words: what `dejure claim RECOGNISER POLITY --json` tells.

    Without `on`, acts that are still to come are in it, too.
    """
    observatory, asked = observatory_of(request), clocks.keywords()
    actor = resolve_actor(recogniser)

    def make() -> Any:
        return acts_in_full(observatory.acts(polity, actor, act=act, **asked))

    slugs = observatory.slugs_of(polity, **{**asked, "on": asked["on"] or dt.date.max})
    return answer(request, ("claims", polity, actor, act, *asked.values()), make, slugs)


@router.get("/polities/{polity}/history", responses=returns("history", paged=True))
def history(
    request: Request, polity: PolityName, clocks: ClockParameters, act: ActName = None,
    recogniser: Annotated[
        str | None, Query(max_length=200, description="Only acts of this one.", examples=["FRA"])
    ] = None,
    limit: Limit = 200, after: After = None,
) -> Response:  # fmt: skip
    """The acts towards a polity in the order of their days: what `dejure history POLITY --json` tells, in pages."""
    observatory, asked = observatory_of(request), clocks.keywords()
    actor = resolve_actor(recogniser) if recogniser else None

    def make() -> Rows:
        acts = observatory.acts(polity, actor, act=act, **asked)
        return rows_of(acts, lambda one: [str(part) for part in order_of(one)], acts_in_short(acts))

    slugs = observatory.slugs_of(polity, **{**asked, "on": asked["on"] or dt.date.max})
    key = ("history", polity, actor, act, *asked.values())
    return answer_page(request, key, make, slugs, limit=limit, after=after)


@router.get("/polities/{polity}/contradictions", responses=returns("contradictions", paged=True))
def contradictions(
    request: Request, polity: PolityName, clocks: ClockParameters, limit: Limit = 200, after: After = None
) -> Response:
    """Where sources about a polity cannot all be right: what `dejure contradictions POLITY --json` tells, in pages."""
    observatory, asked = observatory_of(request), clocks.keywords()

    def make() -> Rows:
        found = observatory.contradictions(polity, **asked)
        # In the order of the recognisers; a place within the list parts those of one.
        keys = [(one.recogniser or "", f"{place:08}") for place, one in enumerate(found)]
        return rows_of(keys, tuple, [one.to_dict() for one in found])

    slugs = observatory.slugs_of(polity, **{**asked, "on": asked["on"] or dt.date.max})
    return answer_page(request, ("contradictions", polity, *asked.values()), make, slugs, limit=limit, after=after)


@router.get("/polities/{polity}/stories", responses=returns("stories", paged=True))
def stories(
    request: Request, polity: PolityName, clocks: ClockParameters, limit: Limit = 200, after: After = None
) -> Response:
    """The independent stories behind the acts towards a polity: copies of a report are one story."""
    observatory, asked = observatory_of(request), clocks.keywords()

    def make() -> Rows:
        found = observatory.stories(polity, **asked)
        return rows_of(found, lambda row: (row["first"] or "9999", row["story"]), found)

    slugs = observatory.slugs_of(polity, **{**asked, "on": asked["on"] or dt.date.max})
    return answer_page(request, ("stories", polity, *asked.values()), make, slugs, limit=limit, after=after)


@router.get("/entries/{entry}", responses=returns("entry"))
def entry(request: Request, entry: EntryId) -> Response:
    """One entry with its evidence: report, publisher, address, the words and where they stand."""
    observatory = observatory_of(request)
    return answer(
        request, ("entry", entry), lambda: {"id": entry, **observatory.entry(entry).to_dict()}, None
    )  # fmt: skip


@router.get("/changes", responses=returns("changes"))
def changes(
    request: Request,
    since: Annotated[
        str, Query(max_length=40, description="An instant, UTC where it names no zone.",
                   examples=["2026-01-01T00:00:00+00:00"], json_schema_extra={"format": "date-time"}),
    ],
    on: On = None,
) -> Response:  # fmt: skip
    """What the ledger recorded, corrected and judged since an instant: what `dejure diff --since --json` tells."""
    observatory = observatory_of(request)
    instant, day = instant_of(since, "since"), day_of(on, "on") or dt.date.today()
    assert instant is not None
    return answer(
        request, ("changes", instant, day), lambda: observatory.changes_since(instant, on=day).to_dict(), None
    )


@router.get("/review", responses=returns("review"))
def review(request: Request, limit: Annotated[int, Query(ge=1, le=1000, description="How many.")] = 20) -> Response:
    """Acts of the ledger that nobody judged, the riskiest first: what `dejure ledger review --json` tells."""
    observatory = observatory_of(request)
    if observatory.ledger.store is None:
        raise NotFound(
            "this server has no ledger of its own: there is nothing to review", cure="start it with --ledger"
        )
    return answer(
        request, ("review", limit), lambda: review_in_short(observatory.review_queue(limit=limit)), None
    )  # fmt: skip


@router.get("/board", responses=returns("board"))
def board(
    request: Request,
    entry: Annotated[
        str, Query(min_length=1, max_length=300, description="Id of an act of the shipped history, or POLITY@DATE.",
                   examples=["palestine@2025-09-21"]),
    ],
    window_days: Annotated[int, Query(ge=0, le=3660, description="Days after the act.")] = 30,
    on: Annotated[
        str | None, Query(min_length=10, max_length=10, description="As known on this day; all by default.",
                          json_schema_extra={"format": "date"}),
    ] = None,
) -> Response:  # fmt: skip
    """How every state responds to an act: what `dejure board ENTRY` tells."""
    from dejure.analysis.ask_board import board_to_dict

    observatory, day = observatory_of(request), day_of(on, "on")
    if "@" in entry:
        polity_name, _, cell = entry.rpartition("@")
        entry = f"{polity_name}@{day_of(cell, 'the day of the act')}"

    def make() -> Any:
        return board_to_dict(observatory.board(entry, window_days=window_days, on=day))

    return answer(request, ("board.told", entry, window_days, day), make, frozenset())


def _today(asked: dict[str, Any]) -> dict[str, Any]:
    """The clocks with today in the place of no day, so that what is kept is not kept for tomorrow."""
    return {**asked, "on": asked["on"] or dt.date.today()}
