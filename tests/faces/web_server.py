"""A server with pages for tests: a ledger with reports of our own, good and hostile, on a free port."""

from __future__ import annotations

import datetime as dt
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn
from ledger_items import CODER

from dejure.http.app import make_app
from dejure.ledger.entries import Claim, CodedReport, Entry, Evidence, Interval, SourceReport
from dejure.ledger.store import Store
from dejure.serving import Observatory
from dejure.web import error_page, routes

TOKEN = "a-token-of-the-tests"

GOOD = (
    "Kenya recognises Kosovo",
    "Nairobi had waited for years. On Wednesday Kenya recognised the Republic of Kosovo, its president said.\n\n"
    "The foreign ministry in Pristina thanked him. “We are — at last — no longer alone,” a minister said.",
)
GOOD_WORDS = "Kenya recognised the Republic of Kosovo"

#: Scripts, images, tags that close ours, and marks that turn the direction of the text round.
EVIL = (
    "<script>window.ran = 'title'</script>",
    "Brasilia. </blockquote><img src=x onerror=\"window.ran = 'body'\"> "
    "Brazil recognised \u202eovosoK\u202c <b>today</b>."
    "<svg onload=\"window.ran = 'svg'\"><script>window.ran = 'script'</script></svg> {{ 7 * 7 }} {% raw %}",
)
EVIL_WORDS = "Brazil recognised \u202eovosoK\u202c <b>today</b>"


def _entry(
    recogniser: str | None, report: SourceReport, body: str, words: str, day: str, *, act: str = "recognise",
    asserted: bool = True, by: tuple[str, ...] = (),
) -> Entry:  # fmt: skip
    start = body.index(words)
    return Entry(
        claim=Claim(
            recogniser=recogniser, recognised="kosovo", capacity="state", act=act, asserted=asserted,  # type: ignore[arg-type]
            attributed_to=by, valid_from=Interval.of(dt.date.fromisoformat(day)),
        ),
        known_at=Interval.of(report.published), recorder=CODER, report=report,
        evidence=Evidence(quote=words, part="body", start=start, end=start + len(words)),
    )  # fmt: skip


def fill(path: Path, *, hostile: bool = True) -> None:
    """Write the ledger of the tests; without what is hostile or made up it holds what a picture may show."""
    good = SourceReport(
        id="good",
        published=dt.date(2025, 3, 26),
        publisher="The Examiner",
        title=GOOD[0],
        url="https://example.org/kenya",
    )
    evil = SourceReport(
        id="e/../vil.<svg>", published=dt.date(2024, 5, 5),
        publisher="<img src=x onerror=\"window.ran = 'publisher'\">", title=EVIL[0], url="javascript:window.ran='link'",
    )  # fmt: skip
    rumour = SourceReport(id="rumour", published=dt.date(2024, 6, 1), publisher="The Rumour", title="Nauru wavers")
    told = "Serbia says that Nauru has withdrawn its recognition of Kosovo. Nauru said nothing."
    words = "Nauru has withdrawn its recognition of Kosovo"
    entries = [
        _entry("KEN", good, GOOD[1], GOOD_WORDS, "2025-03-26"),
        _entry("BRA", evil, EVIL[1], EVIL_WORDS, "2024-05-05"),
        _entry("NRU", rumour, told, words, "2024-05-30", act="withdraw", asserted=False, by=("SRB",)),
        _entry(None, rumour, told, "said nothing", "2024-06-01", act="demand", asserted=False, by=("EU",)),
    ]
    if not hostile:
        entries = entries[:1]
    found: dict[str, list[str]] = {}
    for one in entries:
        found.setdefault(one.report.id if one.report else "", []).append(one.id)
    coded = [
        CodedReport(report=report, coder="dejure", version="1", entries=tuple((id_, 0.6) for id_ in ids))
        for report, ids in found.items()
    ]
    with Store(str(path), create=True) as store:
        store.append([*entries, *coded], texts={good.id: GOOD, evil.id: EVIL, rumour.id: (rumour.title or "", told)})


@contextmanager
def serving(ledger: Path | None, *, token: str | None = TOKEN, corpus: Path | None = None) -> Iterator[str]:
    """The address of a server that runs as long as the block."""
    observatory = Observatory(ledger, token=token, corpus=corpus)
    app = make_app(observatory, pages=routes(observatory), error_page=error_page)
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=0, log_level="error", ws="none"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        end = time.monotonic() + 60
        while not server.started and time.monotonic() < end:
            time.sleep(0.05)
        port = server.servers[0].sockets[0].getsockname()[1]
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(20)
        observatory.close()
