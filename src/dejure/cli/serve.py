"""`dejure serve`: the HTTP interface, and the pages where they are installed."""

from __future__ import annotations

import importlib.util
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from dejure.cli.ledger_options import ledger_option
from dejure.errors import MissingExtra, SettingsError

if TYPE_CHECKING:
    from dejure.serving import Limits, Observatory

__all__ = ["command"]

_LEAST_TOKEN = 16


@click.command("serve")
@click.option(
    "--host", default="127.0.0.1", show_default=True, help="Address to listen on; every other one is open to others."
)
@click.option("--port", type=click.IntRange(0, 65535), default=8731, show_default=True, help="0 is any free one.")
@click.option("--corpus", metavar="DIR", help="A finished corpus, for events.")
@click.option(
    "--token-file",
    metavar="FILE",
    help="Holds the token for ingest and judge; or DEJURE_TOKEN. Without one nobody can write.",
)
@click.option(
    "--allow-host", "hosts", multiple=True, metavar="NAME", help="A name under which it may be asked; may be repeated."
)
@click.option(
    "--limit",
    "changed",
    multiple=True,
    metavar="NAME=NUMBER",
    help="A limit; docs/http.md lists them. May be repeated.",
)
@click.option("--pages/--no-pages", default=True, help="Pages for people.  [default: where they are installed]")
@ledger_option
def command(
    host: str, port: int, corpus: str | None, token_file: str | None, hosts: tuple[str, ...], changed: tuple[str, ...],
    pages: bool, location: str | None,
) -> int:  # fmt: skip
    """Answer questions over HTTP, under /api/v1. Needs the extra [web].

    It reads only, unless there is a token, and listens on this machine only, unless --host says otherwise.
    """
    for package in ("fastapi", "uvicorn"):
        if importlib.util.find_spec(package) is None:
            raise MissingExtra(
                f"this needs {package}", value=package, cure="install it with: pip install 'dejure[web]'"
            )
    from dejure.http.app import make_app
    from dejure.http.guard import LOOPBACK
    from dejure.http.server import bind, serve
    from dejure.serving import Observatory

    limits = _limits(changed)
    token = _token(token_file)
    observatory = Observatory(location, corpus=corpus, token=token, limits=limits)
    try:
        listener = bind(host, port)
        own = f"[{host}]" if ":" in host else host
        app = make_app(observatory, hosts=(*LOOPBACK, own, *hosts), **(_pages(observatory) if pages else {}))

        def ready() -> None:
            number = listener.getsockname()[1]
            click.echo(f"dejure: listening on http://{own}:{number}/api/v1", err=True)

        serve(app, listener, limits, ready=ready)
    finally:
        observatory.close()
    return 0


def _limits(changed: tuple[str, ...]) -> Limits:
    from dataclasses import fields

    from dejure.serving import Limits

    known = [one.name for one in fields(Limits)]
    given: dict[str, int] = {}
    for one in changed:
        name, _, number = one.partition("=")
        if name not in known or not (number.isascii() and number.isdigit()):
            raise SettingsError("no such limit", value=one, cure=f"write NAME=NUMBER with one of {', '.join(known)}")
        given[name] = int(number)
    return Limits(**given)


def _token(token_file: str | None) -> str | None:
    """The token; never from the command line, which everybody on the machine can read."""
    told = os.environ.get("DEJURE_TOKEN")
    if token_file:
        try:
            told = Path(token_file).read_text(encoding="utf-8").strip()
        except (OSError, UnicodeError) as error:
            raise SettingsError("the file of the token cannot be read", value=token_file) from error
    if told is None or told == "":
        return None
    if len(told) < _LEAST_TOKEN or not told.isascii() or not told.isprintable() or " " in told:
        raise SettingsError(f"a token has at least {_LEAST_TOKEN} letters and digits", cure="make a longer one")
    return told


def _pages(observatory: Observatory) -> dict[str, Any]:
    """The pages, where this build has them."""
    try:
        found = importlib.util.find_spec("dejure.web") is not None and importlib.util.find_spec("jinja2") is not None
    except ModuleNotFoundError:
        found = False
    if not found:
        return {}
    from importlib import import_module

    web = import_module("dejure.web")
    return {"pages": web.routes(observatory), "error_page": getattr(web, "error_page", None)}
