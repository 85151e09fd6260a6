"""The routes of the pages, for the server to mount; errors as pages."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING

import anyio
import anyio.to_thread
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Route

from dejure.errors import HTTP_STATUS, BadRequest, DejureError, InputTooLarge, LedgerError, NotFound, ServiceError
from dejure.web import (
    page_claim,
    page_home,
    page_methods,
    page_outlook,
    page_polity,
    page_read,
    page_review,
    page_state,
)
from dejure.web.environment import environment
from dejure.web.rendering import Page
from dejure.web.security import HEADERS
from dejure.web.static_files import static_file

if TYPE_CHECKING:
    from dejure.serving import Observatory

__all__ = ["error_page", "routes"]

_LOG = logging.getLogger("dejure.web")

#: What may be asked with a query; longer ones ask for nothing that a page knows.
_LONGEST_QUERY = 4000
_WAITING_THREADS = 16
#: A form has few fields; a file is read up to the limit of a report.
_FIELDS = 24

Handler = Callable[["Observatory", Request], Page | Response]


def routes(observatory: Observatory) -> list[BaseRoute]:
    """All routes of the pages.

    Parameters
    ----------
    observatory : Observatory
        What they are answered from.
    """
    # What another process works on is waited for in threads of its own, so that pages answer meanwhile.
    waiting = anyio.CapacityLimiter(_WAITING_THREADS)

    def get(path: str, handler: Handler, *, is_slow: Callable[[Request], bool] = lambda _: False) -> Route:
        def answer(request: Request) -> Response:
            try:
                if len(request.url.query) > _LONGEST_QUERY:
                    raise InputTooLarge("the address is longer than any that these pages make", cure="shorten it")
                return _answer(handler(observatory, request))
            except DejureError as error:
                return error_page(request, error)
            except Exception as error:
                return _unforeseen(request, error)

        async def endpoint(request: Request) -> Response:
            return await anyio.to_thread.run_sync(answer, request, limiter=waiting if is_slow(request) else None)

        return Route(path, endpoint, methods=["GET"])

    return [
        get("/", page_home.home),
        get("/search", page_home.search),
        get("/polity/{polity}", page_polity.polity),
        get("/polity/{polity}/standings.csv", page_polity.standings_csv),
        get("/polity/{polity}/standings.json", page_polity.standings_json),
        get("/state/{actor}", page_state.state),
        get("/claim/{recogniser}/{polity}", page_claim.claim, is_slow=lambda asked: "why" in asked.query_params),
        get("/entry/{entry}", page_claim.entry),
        get("/board/{polity}/{day}", page_outlook.board),
        get("/wave/{polity}", page_outlook.wave, is_slow=lambda _: True),
        get("/events", page_outlook.events, is_slow=lambda _: True),
        get("/review", page_review.review),
        _post("/judge", observatory, page_review.judge, waiting),
        get("/read", page_read.form),
        _post("/read", observatory, page_read.read, waiting),
        get("/methods", page_methods.methods),
        Route("/static/{name}", _static, methods=["GET"]),
        Route("/{rest:path}", _nothing_here, methods=["GET"]),
    ]


def _post(
    path: str, observatory: Observatory, handler: Callable[..., Page | Response], waiting: anyio.CapacityLimiter
) -> Route:
    async def endpoint(request: Request) -> Response:
        most = observatory.limits.report_characters * 4
        try:
            async with request.form(max_files=1, max_fields=_FIELDS, max_part_size=most) as form:
                fields = {name: value for name, value in form.items() if isinstance(value, str)}
                file = next((value for value in form.values() if not isinstance(value, str)), None)
                content = await file.read(most + 1) if file is not None else b""
            if len(content) > most:
                raise InputTooLarge("the file is larger than this server reads", cure="split it")
            return _answer(await anyio.to_thread.run_sync(handler, observatory, fields, content, limiter=waiting))
        except DejureError as error:
            return error_page(request, error)
        except HTTPException as error:  # what reads the form: too large, too many parts
            kind = InputTooLarge if error.status_code == 413 else BadRequest
            return error_page(request, kind(str(error.detail).lower(), cure="send the form of the page"))
        except Exception as error:
            return _unforeseen(request, error)

    return Route(path, endpoint, methods=["POST"])


def _answer(made: Page | Response) -> Response:
    if isinstance(made, Response):
        return made
    return HTMLResponse(made.render(), status_code=made.status, headers=HEADERS)


def error_page(request: Request, error: DejureError) -> Response:  # noqa: ARG001  the signature of the server
    """An error as a page: what, which value, how to mend it."""
    told = _public(error)
    status = HTTP_STATUS.get(error.code, 500)
    status = 404 if error.code == "unknown_party" else status
    texts = environment().globals["t"]
    title = "title_404" if status == 404 else "title_503" if status in (429, 503, 504) else "title_400"
    title = "title_500" if status == 500 else title
    page = Page("error.html", {**told, "title": texts(f"error.{title}")}, status=status)  # type: ignore[operator]
    return HTMLResponse(page.render(), status_code=status, headers=HEADERS)


def _public(error: DejureError) -> dict[str, str | None]:
    """What a reader is told of an error: of the inside of the server neither paths nor addresses."""
    told = error.to_dict()
    is_inside = HTTP_STATUS.get(error.code, 500) >= 500 or isinstance(error, LedgerError)
    if is_inside and not isinstance(error, ServiceError):
        _LOG.warning("%s: %s", error.code, str(error).replace("\n", " "))
        told |= {"value": None, "cure": environment().globals["t"]("error.ask")}  # type: ignore[operator]
    return told


def _unforeseen(request: Request, error: Exception) -> Response:
    """A fault of ours: its kind goes to the log, and nothing of it to the reader."""
    _LOG.error("an unforeseen failure at %s", request.scope.get("raw_path"), exc_info=error)
    return error_page(request, DejureError(environment().globals["t"]("error.unforeseen")))  # type: ignore[operator]


def _nothing_here(request: Request) -> Response:
    if request.url.path.startswith("/api/"):
        raise HTTPException(404)
    return error_page(request, NotFound("there is nothing at this address", value=request.url.path))


def _static(request: Request) -> Response:
    found = static_file(request.path_params["name"])
    if found is None:
        return error_page(request, NotFound("there is no such file", value=request.path_params["name"]))
    keeps = "public, max-age=31536000, immutable" if request.query_params.get("v") else "no-cache"
    headers = {**HEADERS, "ETag": f'"{found.sha256[:20]}"', "Cache-Control": keeps}
    if request.headers.get("if-none-match") == headers["ETag"]:
        return Response(status_code=304, headers=headers)
    return Response(found.content, media_type=found.kind, headers=headers)
