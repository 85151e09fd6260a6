"""Addresses that take long: reading a report, forecasts, events of the corpus, exports."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

import anyio.to_thread
import msgspec
from fastapi import APIRouter, Depends, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.background import BackgroundTask
from starlette.responses import FileResponse

from dejure.errors import BadRequest, EmptyInput, InputTooLarge, MissingExtra, RateLimited, WrongMediaType
from dejure.http.answering import cursor_of, observatory_of, pack, parts_of, reply, reply_page
from dejure.http.described import returns
from dejure.http.parameters import PREFIX, After, Day, Limit, On, PolityName, day_of, only_known_parameters
from dejure.http.problems import bad_request
from dejure.http.rates import client_of
from dejure.ledger.parties import resolve_polity
from dejure.serving import Observatory
from dejure.serving.events import DataSetName, EventFilter

__all__ = ["ReportGiven", "router", "run_task", "take_turn"]

router = APIRouter(prefix=PREFIX, tags=["tasks"], dependencies=[Depends(only_known_parameters)])

_T = TypeVar("_T")
_MEDIA_TYPES = {
    "csv": "text/csv", "json": "application/json", "jsonld": "application/ld+json",
    "parquet": "application/vnd.apache.parquet",
}  # fmt: skip
#: Forms of an export that are held whole while they are made.
_HELD = ("jsonld", "parquet")
_PANEL_YEARS = 300

_DATE = {"format": "date"}
_First = Annotated[
    str | None,
    Query(alias="from", min_length=10, max_length=10, description="Not before this day.", json_schema_extra=_DATE),
]
_Last = Annotated[
    str | None,
    Query(alias="to", min_length=10, max_length=10, description="Not after this day.", json_schema_extra=_DATE),
]
_Confidence = Annotated[float | None, Query(ge=0, le=1, description="At least so sure.")]
_Report = Annotated[str | None, Query(max_length=200, description="Only of this report.")]


class ReportGiven(BaseModel):
    """A news report, with the keys of a JSON line."""

    model_config = ConfigDict(extra="forbid")

    text: str = Field(description="The report, in full sentences.")
    title: str | None = Field(None, description="Its headline.")
    id: str | None = Field(None, max_length=200, description="Its id; else one is made of the text.")
    published: str | None = Field(None, max_length=40, description="The day it appeared, YYYY-MM-DD.")
    language: str | None = Field(None, max_length=40)
    publisher: str | None = Field(None, max_length=1000)
    url: str | None = Field(None, max_length=4000)

    def mapping(self) -> dict[str, Any]:
        """As a mapping for the reader."""
        return {name: value for name, value in self.model_dump().items() if value is not None}


_READ_BODY = {
    "requestBody": {
        "required": True,
        "content": {
            "application/json": {
                "schema": ReportGiven.model_json_schema(),
                "example": {
                    "title": "Moscow recognises Taliban",
                    "text": "Russia recognised the Taliban government on Thursday, the foreign ministry said.",
                    "published": "2025-07-04",
                },
            },
            "text/plain": {"schema": {"type": "string"}},
            "text/html": {"schema": {"type": "string"}},
        },
    }
}


@router.post("/read", responses=returns("read", task=True), openapi_extra=_READ_BODY)
async def read(
    request: Request, published: Day = None,
    model: Annotated[Literal["base", "full"] | None, Query(description="The coder.")] = None,
) -> Response:  # fmt: skip
    """Read one report: what `dejure read --format jsonl` tells. Nothing is kept.

    The body is JSON, or the report itself as text/plain or text/html.
    """
    take_turn(request)
    observatory, day = observatory_of(request), day_of(published, "published")
    body = await request.body()
    if not body.strip():
        raise EmptyInput("there is no text", cure="send a report")
    ask = _reading(observatory, body, request.headers.get("content-type", ""), day, model)
    try:
        told = await run_task(request, ask)
    except MissingExtra as error:
        if model is None:
            raise
        raise BadRequest("this server does not have this model", value=model, cure="choose another") from error
    return Response(msgspec.json.encode(told), media_type="application/json", headers={"cache-control": "no-store"})


def _reading(
    observatory: Observatory, body: bytes, content_type: str, day: dt.date | None, model: str | None
) -> Callable[[], dict[str, Any]]:
    """How a body is read, by what it is said to be."""
    kind = content_type.partition(";")[0].strip().lower()
    if kind == "text/plain":
        return lambda: observatory.read_bytes(body, "text", day, model)
    if kind == "text/html":
        return lambda: observatory.read_bytes(body, "html", day, model)
    if kind != "application/json":
        raise WrongMediaType("this kind of body is not read", value=kind, cure="send JSON, text/plain or text/html")
    try:
        given = ReportGiven.model_validate_json(body).mapping()
    except ValidationError as error:
        raise bad_request(error.errors(include_url=False, include_context=False)) from error
    if day:
        given["published"] = day.isoformat()
    return lambda: observatory.read_given(given, model)


@router.get("/polities/{polity}/wave", responses=returns("wave", task=True))
async def wave(request: Request, polity: PolityName, on: On = None) -> Response:
    """How far recognition may spread: what `dejure wave POLITY --json -` tells.

    The first answer for a polity and a day takes up to half a minute; it is kept.
    """
    observatory, day = observatory_of(request), day_of(on, "on") or dt.date.today()
    slug = resolve_polity(polity).slug
    take_turn(request)
    told = await run_task(request, lambda: pack(observatory.wave(slug, day)))
    return reply(request, told)


@router.get("/events", responses=returns("events", paged=True))
async def events(
    request: Request,
    actor: Annotated[
        str | None, Query(max_length=200, description="Id or country of who did it.", examples=["RUS"])
    ] = None,
    recipient: Annotated[str | None, Query(max_length=200, description="Id or country of to whom.")] = None,
    event_type: Annotated[
        str | None, Query(alias="type", max_length=40, description="PLOVER event type.", examples=["SANCTION"])
    ] = None,
    first: _First = None, last: _Last = None, confidence: _Confidence = None, report: _Report = None,
    limit: Limit = 100, after: After = None,
) -> Response:  # fmt: skip
    """Who did what to whom: rows of the corpus by day of publication, report and id, in pages."""
    chosen = EventFilter(
        actor=actor, recipient=recipient, kind=event_type, first=day_of(first, "from"), last=day_of(last, "to"),
        confidence=confidence, report=report,
    )  # fmt: skip
    return await _rows(request, "events", chosen, limit, after)


@router.get("/corpus/{dataset}", responses=returns("rows", paged=True))
async def corpus(
    request: Request, dataset: DataSetName,
    actor: Annotated[str | None, Query(max_length=200, description="Id or country of who acts or speaks.")] = None,
    about: Annotated[str | None, Query(max_length=200, description="Slug of the polity that it is about.")] = None,
    kind: Annotated[str | None, Query(max_length=40, description="Event type, act, stance or kind of silence.")] = None,
    first: _First = None, last: _Last = None, confidence: _Confidence = None, report: _Report = None,
    limit: Limit = 100, after: After = None,
) -> Response:  # fmt: skip
    """Rows of a data set of the corpus: events, recognition, statements, silences, reports, in pages."""
    chosen = EventFilter(
        actor=actor, about=about, kind=kind, first=day_of(first, "from"), last=day_of(last, "to"),
        confidence=confidence, report=report,
    )  # fmt: skip
    return await _rows(request, dataset, chosen, limit, after)


@router.get(
    "/exports/entries.{form}", responses=returns("file", task=True, media_types=list(_MEDIA_TYPES.values())),
    response_class=FileResponse,
)  # fmt: skip
async def export_entries(
    request: Request, form: Literal["csv", "json", "jsonld", "parquet"],
    history: Annotated[bool, Query(description="The shipped history as well.")] = False,
) -> Response:  # fmt: skip
    """All entries, superseded ones marked: what `dejure ledger export` writes."""
    observatory = observatory_of(request)
    take_turn(request)
    head = await run_task(request, observatory.head)
    if form in _HELD and head > observatory.limits.export_entries:
        raise InputTooLarge(
            f"more than {observatory.limits.export_entries:,} entries are not written as {form}", value=head,
            cure="take csv or json, or use the command line",
        )  # fmt: skip
    return await _file(request, f"entries.{form}", lambda path: observatory.export(path, form, history=history))


@router.get(
    "/exports/panel.{form}", responses=returns("file", task=True, media_types=list(_MEDIA_TYPES.values())),
    response_class=FileResponse,
)  # fmt: skip
async def export_panel(
    request: Request, form: Literal["csv", "parquet"],
    polity: Annotated[
        list[str], Query(min_length=1, max_length=20, description="A polity; may be repeated.", examples=[["kosovo"]])
    ],
    first: Annotated[int, Query(alias="from", ge=1816, le=2200, description="First year.", examples=[1990])],
    last: Annotated[int, Query(alias="to", ge=1816, le=2200, description="Last year.", examples=[2000])],
    known: Day = None,
) -> Response:  # fmt: skip
    """State-polity-years with ISO, COW and Gleditsch-Ward codes: what `dejure ledger panel` writes."""
    observatory, day = observatory_of(request), day_of(known, "known")
    take_turn(request)
    if last - first >= _PANEL_YEARS or (last - first + 1) * len(polity) > 2 * _PANEL_YEARS:
        raise InputTooLarge("the panel has too many years", value=f"{first}..{last}", cure="ask for fewer at once")
    return await _file(request, f"panel.{form}", lambda path: observatory.panel(path, polity, first, last, day))


async def run_task(request: Request, ask: Callable[[], _T]) -> _T:
    """What a long question gives, asked on a thread that no short one needs."""
    return await anyio.to_thread.run_sync(ask, limiter=request.app.state.task_threads)


def take_turn(request: Request) -> None:
    """Count a long question against its client.

    Raises
    ------
    RateLimited
        If it asked too many.
    """
    client = request.client.host if request.client else None
    if not request.app.state.task_rates.takes(client_of(client)):
        raise RateLimited("too many reports, forecasts or exports", cure="wait a minute")


async def _rows(request: Request, dataset: DataSetName, chosen: EventFilter, limit: int, after: str | None) -> Response:
    observatory = observatory_of(request)
    place = parts_of(after, 3) if after is not None else None
    if place is not None:
        day_of(place[0] if place[0] != "9999-12-31" else None, "after")
    limit = min(limit, observatory.limits.page_rows)

    def ask() -> tuple[list[bytes], str | None]:
        page = observatory.events(chosen, dataset=dataset, after=place, limit=limit)
        return [msgspec.json.encode(row) for row in page.rows], cursor_of(page.after) if page.after else None

    rows, following = await run_task(request, ask)
    return reply_page(request, rows, parts_of(following) if following else None)


async def _file(request: Request, name: str, write: Callable[[Path], int]) -> Response:
    """A file that is written, sent and taken away."""
    folder = tempfile.TemporaryDirectory(prefix="dejure-")
    path = Path(folder.name) / name
    try:
        await run_task(request, lambda: write(path))
    except BaseException:
        folder.cleanup()
        raise
    kind = _MEDIA_TYPES[name.rpartition(".")[2]]
    return FileResponse(path, media_type=kind, filename=name, background=BackgroundTask(folder.cleanup))
