"""The application: addresses under `/api/v1`, pages beside them, and what stands before all of them."""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from contextlib import asynccontextmanager
from typing import Any

import anyio
import anyio.to_thread
from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute
from starlette.types import ASGIApp

from dejure.errors import DejureError
from dejure.http import additions, questions, service, tasks
from dejure.http.described import described
from dejure.http.guard import LOOPBACK, Guard
from dejure.http.metrics import Metrics
from dejure.http.parameters import PREFIX
from dejure.http.problems import handlers, problem
from dejure.http.rates import Rates
from dejure.serving import Observatory
from dejure.version import __version__

__all__ = ["PREFIX", "make_api", "make_app"]

# Long questions wait for the processes that answer them; each takes a thread, and no short one does.
_TASK_THREADS = 24

ErrorPage = Callable[[Request, DejureError], Response]


def make_app(
    observatory: Observatory, *, pages: Sequence[BaseRoute] = (), error_page: ErrorPage | None = None,
    hosts: Iterable[str] = LOOPBACK,
) -> ASGIApp:  # fmt: skip
    """The whole application.

    Parameters
    ----------
    observatory : Observatory
        Is closed by who made it.
    pages : sequence of routes
        Pages for people, beside the interface.
    error_page : callable, optional
        Makes the response to an error on a page.
    hosts : iterable of str
        Names under which the server may be asked.
    """
    api = make_api(observatory)
    api.router.routes.extend(pages)
    for kind, handler in handlers().items():
        api.add_exception_handler(kind, _for_pages(handler, error_page) if kind is DejureError else handler)
    return Guard(api, hosts=hosts, limits=observatory.limits, metrics=api.state.metrics, error_page=error_page)


def make_api(observatory: Observatory) -> FastAPI:
    """The interface without what stands before it."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:  # noqa: ARG001  fastapi's signature
        anyio.to_thread.current_default_thread_limiter().total_tokens = observatory.limits.readers
        # The first question is not kept waiting for tables to be read; nor is the start.
        threading.Thread(target=observatory.warm, daemon=True).start()
        yield

    api = FastAPI(
        title="dejure", version=__version__, lifespan=lifespan, docs_url=None, redoc_url=None,
        openapi_url=f"{PREFIX}/openapi.json", redirect_slashes=False,
        description="Who recognises whom, who did what to whom, with the words that support it.",
    )  # fmt: skip
    api.state.observatory = observatory
    api.state.metrics = Metrics()
    api.state.task_threads = anyio.CapacityLimiter(_TASK_THREADS)
    per_minute = observatory.limits.tasks_per_minute
    api.state.task_rates = Rates(per_minute / 60, max(1, per_minute))
    for router in (questions.router, tasks.router, additions.router, service.router):
        api.include_router(router)
    api.openapi = lambda: _description(api)  # type: ignore[method-assign]
    return api


def _description(api: FastAPI) -> dict[str, Any]:
    if not api.openapi_schema:
        api.openapi_schema = described(
            get_openapi(title=api.title, version=api.version, description=api.description, routes=api.routes)
        )
    return api.openapi_schema


def _for_pages(handler: Any, error_page: ErrorPage | None) -> Any:
    """Errors of pages as pages, those of the interface in its shape."""
    if error_page is None:
        return handler

    async def handle(request: Request, error: Exception) -> Response:
        assert isinstance(error, DejureError)
        if request.url.path.startswith("/api/"):
            return problem(error)
        return error_page(request, error)

    return handle
