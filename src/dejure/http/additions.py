"""Addresses that add to the ledger. Only with the token."""

from __future__ import annotations

import hmac
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Body, Depends, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from dejure.errors import BadRequest, LedgerReadOnly, Unauthorised
from dejure.http.answering import observatory_of, pack
from dejure.http.described import returns
from dejure.http.parameters import PREFIX, Capacity, only_known_parameters
from dejure.http.tasks import ReportGiven, run_task, take_turn
from dejure.records import Act

__all__ = ["require_token", "router"]


async def require_token(request: Request) -> None:
    """Let nobody pass who does not show the token.

    Raises
    ------
    LedgerReadOnly
        If this server has none: nobody may write.
    Unauthorised
        If none or a wrong one was shown.
    """
    observatory = observatory_of(request)
    if not observatory.can_write or not observatory.token:
        raise LedgerReadOnly("this server only reads")
    kind, _, shown = request.headers.get("authorization", "").partition(" ")
    known = observatory.token.encode()
    # In constant time: how long the comparison takes tells nothing of how much was right.
    if kind.lower() != "bearer" or not hmac.compare_digest(shown.strip().encode("utf-8", "replace"), known):
        raise Unauthorised("this needs the token of the server", cure="send it: Authorization: Bearer TOKEN")


router = APIRouter(
    prefix=PREFIX, tags=["writing"], dependencies=[Depends(only_known_parameters), Depends(require_token)]
)


class Ingestion(BaseModel):
    """Reports to read, or codings that were read elsewhere."""

    model_config = ConfigDict(extra="forbid")

    reports: list[ReportGiven] = Field(default_factory=list)
    codings: list[dict[str, Any]] = Field(
        default_factory=list, description="As `dejure read --format jsonl` writes them."
    )
    keep_text: bool = Field(False, description="Keep the full text of the reports; it is never exported.")


class JudgementGiven(BaseModel):
    """What a person decides about an act."""

    model_config = ConfigDict(extra="forbid")

    verdict: Literal["confirm", "reject", "merge", "split", "redate"]
    recogniser: str = Field(max_length=200)
    polity: str = Field(max_length=200)
    act: Act
    person: str = Field(min_length=1, max_length=200, description="Who decides.")
    reason: str = Field(min_length=1, max_length=2000, description="Why.")
    dated: str | None = Field(None, max_length=40, description="Which act, by its date: DATE or FROM..TO.")
    date: str | None = Field(None, max_length=40, description="The date to take (redate, split, merge).")
    with_dated: str | None = Field(None, max_length=40, description="The dates of the second act (merge).")
    reports: list[str] = Field(default_factory=list, max_length=1000, description="Reports of another act (split).")
    supersedes: list[str] = Field(default_factory=list, max_length=1000, description="Judgements that this replaces.")
    capacity: Capacity | None = None


_READ_EXAMPLE = {
    "reports": [
        {
            "title": "Moscow recognises Taliban",
            "text": "Russia recognised the Taliban government on Thursday, the foreign ministry said.",
            "published": "2025-07-04",
        }
    ]
}
_JUDGE_EXAMPLE = {
    "verdict": "reject", "recogniser": "KEN", "polity": "kosovo", "act": "recognise", "dated": "2025-03-26",
    "person": "A. Name", "reason": "misread headline",
}  # fmt: skip
_SECURITY: dict[str, Any] = {"security": [{"token": []}]}


@router.post("/ingest", responses=returns("ingested", task=True, write=True), openapi_extra=_SECURITY)
async def ingest(
    request: Request, given: Annotated[Ingestion, Body(openapi_examples={"a report": {"value": _READ_EXAMPLE}})]
) -> Response:
    """Read reports, or take codings, and record their acts; what is there already is left alone."""
    take_turn(request)
    observatory = observatory_of(request)
    if bool(given.reports) == bool(given.codings):
        raise BadRequest("give reports or codings", cure="send one list that is not empty")
    if given.codings:
        told = await run_task(request, lambda: observatory.ingest_codings(given.codings))
    else:
        reports = [one.mapping() for one in given.reports]
        told = await run_task(request, lambda: observatory.ingest(reports, keep_text=given.keep_text))
    return Response(pack(told).plain, media_type="application/json", headers={"cache-control": "no-store"})


@router.post("/judgements", responses=returns("judged", write=True), openapi_extra=_SECURITY)
async def judge(
    request: Request,
    given: Annotated[JudgementGiven, Body(openapi_examples={"a rejection": {"value": _JUDGE_EXAMPLE}})],
) -> Response:
    """Record what a person decided about an act; it holds for what a better coder finds later as well."""
    observatory = observatory_of(request)

    def make() -> Any:
        judgement = observatory.judge(
            given.verdict, given.recogniser, given.polity, given.act, person=given.person, reason=given.reason,
            cluster=observatory.dates_of(given.dated, "date of the act"),
            date=observatory.dates_of(given.date, "new date"),
            with_cluster=observatory.dates_of(given.with_dated, "date of the second act"),
            reports=tuple(given.reports), supersedes=tuple(given.supersedes), capacity=given.capacity,
        )  # fmt: skip
        return {"id": judgement.id, **judgement.to_dict()}

    told = await run_task(request, make)
    return Response(pack(told).plain, media_type="application/json", headers={"cache-control": "no-store"})
