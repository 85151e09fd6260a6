"""A page as PDF, printed by an installed Chromium or Chrome that loads nothing from a network."""

from __future__ import annotations

import datetime as dt
import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from dejure.errors import BrowserFailed, MissingExtra

__all__ = ["find_browser", "write_pdf"]

_NAMES = (
    "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge", "msedge",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)  # fmt: skip
_FLAGS = (
    "--headless", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--no-default-browser-check",
    "--disable-extensions", "--disable-sync", "--disable-background-networking", "--disable-component-update",
    "--disable-default-apps", "--disable-domain-reliability", "--metrics-recording-only", "--no-pings",
    "--host-resolver-rules=MAP * ~NOTFOUND", "--proxy-server=127.0.0.1:9", "--no-pdf-header-footer",
)  # fmt: skip
_SECONDS = 120.0


def find_browser(given: str | None = None) -> str:
    """Path of the browser that prints.

    Raises
    ------
    MissingExtra
        If the one that is named, or every one that is known, is not installed.
    """
    for name in (given,) if given else _NAMES:
        found = shutil.which(name)
        if found:
            return found
    raise MissingExtra(
        "no Chromium or Chrome is installed to print a PDF", value=given,
        cure="install one, or name it by --browser; or write .html and print that",
    )  # fmt: skip


def write_pdf(page: str, path: Path, *, dated: dt.date, browser: str | None = None) -> None:
    """Print a page.

    Parameters
    ----------
    page : str
        HTML that needs no other file.
    path : Path
        Where the PDF goes; it is there whole or not at all.
    dated : datetime.date
        Goes into the PDF as the day of its making, so that the same page gives the same file with the same browser.
    browser : str, optional
        Name or path of the browser; the first that is found by default.

    Raises
    ------
    MissingExtra
        If there is no browser.
    BrowserFailed
        If it gave no PDF.
    """
    program = find_browser(browser)
    with tempfile.TemporaryDirectory(prefix="dejure-") as folder:
        source, target = Path(folder, "page.html"), Path(folder, "page.pdf")
        source.write_text(page, encoding="utf-8", newline="\n")
        # Its own sandbox cannot be set up by the administrator, who is the only user of many containers.
        as_root = ("--no-sandbox",) if getattr(os, "geteuid", lambda: 1)() == 0 else ()
        command = [program, *_FLAGS, *as_root, f"--user-data-dir={folder}/profile", f"--print-to-pdf={target}",
                   source.as_uri()]  # fmt: skip
        try:
            done = subprocess.run(command, capture_output=True, timeout=_SECONDS, check=False)  # noqa: S603
        except (OSError, subprocess.TimeoutExpired) as error:
            raise BrowserFailed("the browser gave no PDF", value=f"{program}: {error}", cure=_CURE) from error
        if not target.is_file() or not target.stat().st_size:
            told = done.stderr.decode("utf-8", "replace").strip().splitlines()
            raise BrowserFailed(
                "the browser gave no PDF", value=f"{program}: {told[-1] if told else done.returncode}", cure=_CURE
            )
        path.write_bytes(_with_date(target.read_bytes(), dated))


_CURE = "write .html and print that, or name another browser by --browser"


def _with_date(pdf: bytes, day: dt.date) -> bytes:
    """The PDF with its dates set to a day; no byte moves, since offsets of its parts are noted at its end."""
    stamp = f"{day:%Y%m%d}000000".encode()
    return re.sub(rb"(/(?:CreationDate|ModDate) ?\(D:)\d{14}", lambda match: match[1] + stamp, pdf)
