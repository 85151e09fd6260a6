"""The one shape of every error: `{"code", "what", "value", "cure"}`, with the status that belongs to the code."""

from __future__ import annotations

import logging
from typing import Any

import msgspec
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from dejure.errors import (
    HTTP_STATUS,
    BadRequest,
    DejureError,
    Forbidden,
    InputTooLarge,
    LedgerError,
    MissingExtra,
    NotAllowed,
    NotFound,
    RateLimited,
    ServiceError,
    Unauthorised,
    WrongMediaType,
)

__all__ = ["handlers", "problem", "public"]

_LOG = logging.getLogger("dejure.http")
_TOLD = {404: "there is nothing at this address", 405: "this address does not have this method"}
_ASK = "ask whoever runs the server; its log tells more"
_RETRY_SECONDS = {"rate_limited": "1", "busy": "5", "ledger_locked": "5"}
_OF_STATUS: dict[int, tuple[type[DejureError], str]] = {
    400: (BadRequest, "write it as the description of the interface says: /api/v1/openapi.json"),
    403: (Forbidden, ""),
    404: (NotFound, "the addresses stand in /api/v1/openapi.json"),
    405: (NotAllowed, "the methods stand in /api/v1/openapi.json"),
    413: (InputTooLarge, "send it in portions"),
    415: (WrongMediaType, "send JSON"),
}


def public(error: DejureError) -> dict[str, str | None]:
    """What a client is told of an error: of the inside of the server neither paths nor addresses."""
    told = error.to_dict()
    is_inside = HTTP_STATUS.get(error.code, 500) >= 500 or isinstance(error, LedgerError)
    if is_inside and not isinstance(error, (ServiceError, MissingExtra)):
        _LOG.warning("%s: %s", error.code, str(error).replace("\n", " "))
        told |= {"value": None, "cure": _ASK}
    return told


def problem(error: DejureError) -> Response:
    """An error as a response."""
    told = public(error)
    headers = {"cache-control": "no-store"}
    if isinstance(error, Unauthorised):
        headers["www-authenticate"] = 'Bearer realm="dejure"'
    if isinstance(error, RateLimited) or error.code in _RETRY_SECONDS:
        headers["retry-after"] = _RETRY_SECONDS[error.code]
    return Response(msgspec.json.encode(told), HTTP_STATUS.get(error.code, 500), headers, "application/json")


async def _dejure_error(request: Request, error: Exception) -> Response:  # noqa: ARG001  starlette's signature
    assert isinstance(error, DejureError)
    return problem(error)


async def _http_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    kind, cure = _OF_STATUS.get(error.status_code, (BadRequest, ""))
    value = request.url.path if error.status_code == 404 else request.method if error.status_code == 405 else None
    told = _TOLD.get(error.status_code) or str(error.detail)
    response = problem(kind(told[:1].lower() + told[1:], value=value, cure=cure))
    for name, told in (error.headers or {}).items():
        response.headers[name] = told
    return response


async def _validation_error(request: Request, error: Exception) -> Response:  # noqa: ARG001  starlette's signature
    assert isinstance(error, RequestValidationError)
    return problem(bad_request(error.errors()))


def bad_request(found: Any) -> BadRequest:
    """The first of the faults that the types found."""
    first = found[0] if found else {}
    place = ".".join(str(part) for part in first.get("loc", ()) if part not in ("query", "path", "body"))
    told = str(first.get("msg", "it does not fit its description"))
    what = f"{place or 'the body'} is not right: {told[:1].lower()}{told[1:]}"
    value = first.get("input")
    return BadRequest(
        what, value=value if isinstance(value, (str, int, float)) else None,
        cure="write it as the description of the interface says: /api/v1/openapi.json",
    )  # fmt: skip


async def _unforeseen(request: Request, error: Exception) -> Response:
    _LOG.error("an unforeseen failure at %s", request.scope.get("raw_path"), exc_info=error)
    return problem(DejureError("an unforeseen failure"))


def handlers() -> dict[Any, Any]:
    """Exception handlers for the application."""
    return {
        DejureError: _dejure_error, HTTPException: _http_error, RequestValidationError: _validation_error,
        UnicodeError: _unicode_error, Exception: _unforeseen,
    }  # fmt: skip


async def _unicode_error(request: Request, error: Exception) -> Response:  # noqa: ARG001  starlette's
    return problem(
        BadRequest("the text holds what is no Unicode", value=type(error).__name__, cure="write it as UTF-8")
    )
