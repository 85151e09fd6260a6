"""Addresses about the server itself: health, metrics, methods, the schema of records."""

from __future__ import annotations

from fastapi import APIRouter, Depends, Request, Response
from starlette.responses import PlainTextResponse

from dejure.http.answering import answer, observatory_of, pack
from dejure.http.described import returns
from dejure.http.parameters import PREFIX, only_known_parameters
from dejure.records import json_schema
from dejure.version import __version__

__all__ = ["router"]

router = APIRouter(prefix=PREFIX, tags=["service"], dependencies=[Depends(only_known_parameters)])


@router.get("/health", responses=returns("health"))
def health(request: Request) -> Response:
    """Whether the server can answer: it looks at its ledger."""
    observatory = observatory_of(request)
    told = {
        "status": "ok", "dejure": __version__, "ledger": observatory.ledger.store is not None,
        "head": observatory.head(), "corpus": observatory.has_corpus, "writes": observatory.can_write,
    }  # fmt: skip
    return Response(pack(told).plain, media_type="application/json", headers={"cache-control": "no-store"})


@router.get(
    "/metrics", responses=returns("text", media_types=["text/plain"]), response_class=PlainTextResponse
)  # fmt: skip
def metrics(request: Request) -> Response:
    """Counts and times, as Prometheus reads them."""
    text = request.app.state.metrics.text(observatory_of(request))
    return Response(text, media_type="text/plain; version=0.0.4", headers={"cache-control": "no-store"})


@router.get("/methods", responses=returns("methods"))
def methods(request: Request) -> Response:
    """What the answers rest on: version, hashes of the tables, rules of counts, series with grades, citations."""
    observatory = observatory_of(request)
    return answer(request, "methods.told", observatory.methods, frozenset())


@router.get("/schema", responses=returns("schema"))
def schema(request: Request) -> Response:
    """The JSON Schema of a coding: what `dejure schema` tells."""
    return answer(request, "schema", json_schema, frozenset())
