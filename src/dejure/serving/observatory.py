"""`Observatory`: a ledger, a corpus and the readers behind a server, asked by its faces from many threads."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable, Hashable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from dejure.errors import BadDate, CorpusUnusable, DejureError, LedgerReadOnly
from dejure.ledger import ActRecord, Contradiction, Count, CountRules, Difference, Entry, Judgement, Ledger, Standing
from dejure.ledger.entries import Interval
from dejure.ledger.judgement import ReviewItem
from dejure.ledger.parties import resolve_actor, resolve_polity
from dejure.ledger.steps import target_of
from dejure.ledger.table_import import interval_of
from dejure.ledger.touched import head_of, touched_slugs
from dejure.ledger.views import PolityView
from dejure.records import Capacity
from dejure.reference.overlay import use_overlay
from dejure.serving import catalogue, writing
from dejure.serving.events import DataSetName, EventFilter, EventPage, Events
from dejure.serving.kept import Kept, KeptAnswers
from dejure.serving.limits import Limits
from dejure.serving.reading_ledger import ReadingLedger, find_entry
from dejure.serving.workers import Worker
from dejure.settings import Settings

if TYPE_CHECKING:
    from dejure.analysis.board import Board
    from dejure.corpus.store import Corpus

__all__ = ["Observatory"]

# An entry of a kept list of acts takes about this many bytes.
_ENTRY_BYTES = 2500
_WINDOW_DAYS = 3660


class Observatory:
    """What a server answers from. Threads may share it; `close` it at the end.

    Parameters
    ----------
    location : str or Path, optional
        The ledger. None: that of the settings, else the shipped history alone.
    corpus : str or Path, optional
        Folder of a finished corpus, for events.
    token : str, optional
        Who has it may ingest and judge; without one the ledger is read only.
    limits : Limits, optional
    settings : Settings, optional
        Else those of the environment.

    Raises
    ------
    LedgerError
        If the ledger cannot be opened.
    CorpusUnusable
        If the folder holds no finished corpus.
    """

    def __init__(
        self, location: str | Path | None = None, *, corpus: str | Path | None = None, token: str | None = None,
        limits: Limits | None = None, settings: Settings | None = None,
    ) -> None:  # fmt: skip
        self.settings = settings or Settings.from_environment()
        use_overlay(self.settings.reference)
        self.limits = limits or Limits()
        self.token = token
        self.location = str(location or self.settings.ledger or "") or None
        if self.location and token:
            Ledger(self.location, create=True).close()
        self.ledger = ReadingLedger(self.location, self.limits.readers, self._kept_view)
        self.corpus: Corpus | None = None
        if corpus is not None:
            from dejure.corpus.store import Corpus

            self.corpus = Corpus(corpus)
        self.events_of = Events(corpus) if corpus is not None else None
        self.views = KeptAnswers(self.limits.cached_claims)
        self.answers = KeptAnswers(self.limits.cache_bytes)
        self.reader = Worker(self.limits.task_seconds, self.limits.task_bytes)
        self.calculator = Worker(self.limits.task_seconds, self.limits.task_bytes)
        self._step = threading.Lock()
        self._head = head_of(self.ledger.store) if self.ledger.store else 0
        self._writer = writing.Writer(self.location) if self.location and token else None

    def close(self) -> None:
        """Let go of the ledger and end the processes."""
        self.reader.close()
        self.calculator.close()
        if self._writer is not None:
            self._writer.close()
        self.ledger.close()

    def warm(self) -> None:
        """Read the tables that most answers need, before anybody asks."""
        try:
            for row in self.polities():
                resolve_polity(row["name"])
        except DejureError:  # told to who asks
            return

    @property
    def can_write(self) -> bool:
        """Whether it can be added to."""
        return self._writer is not None

    @property
    def has_corpus(self) -> bool:
        """Whether there are events."""
        return self.events_of is not None

    def head(self) -> int:
        """Sequence of the last row of the ledger; what it says anew is heeded by every answer from now on."""
        store = self.ledger.store
        if store is None:
            return 0
        head = head_of(store)
        if head != self._head:
            with self._step:
                if head > self._head:
                    touched = touched_slugs(store, self._head)
                    self.views.forget(touched)
                    self.answers.forget(touched)
                    self._head = head
        return head

    def keep(self, key: Hashable, make: Callable[[], tuple[Any, int]], slugs: frozenset[str] | None) -> Any:
        """An answer that is kept until the ledger says something new about the polities it hangs on.

        Parameters
        ----------
        key : hashable
            Names the question whole, its clocks too.
        make : callable
            Gives the answer and its size in bytes.
        slugs : frozenset of str or None
            The polities; None is everything, an empty set is nothing of the ledger.
        """
        self.head()
        return self.answers.get(key, lambda: Kept(*make(), slugs))

    def slugs_of(
        self, polity: str, *, on: dt.date | None = None, capacity: Capacity | None = None, **_: Any
    ) -> frozenset[str]:
        """Slugs of all polities that the answers about one hang on, under these clocks."""
        day = on or dt.date.today()
        return frozenset(target_of(resolve_polity(polity, on=day), capacity, day).slugs)

    def _kept_view(self, key: Hashable, make: Callable[[], PolityView]) -> PolityView:
        def made() -> Kept:
            view = make()
            return Kept(view, len(view.claims) + 1, frozenset(view.target.slugs))

        self.head()
        view = self.views.get(key, made)
        assert isinstance(view, PolityView)
        return view

    # What the ledger says. `clocks` are on, known (days), recorded (an instant with a zone) and capacity.

    def polities(self) -> list[dict[str, Any]]:
        """All polities that something is held about, by slug."""
        found: list[dict[str, Any]] = self.keep(
            "polities", lambda: ((rows := catalogue.polity_rows(self.ledger.polities())), 300 * len(rows)), None
        )
        return found

    def view(self, polity: str, **clocks: Any) -> PolityView:
        """All that is held about a polity, as of three clocks."""
        return self.ledger.view(polity, **clocks)

    def standings(self, polity: str, *, everybody: bool = True, **clocks: Any) -> tuple[Standing, ...]:
        """Where each stands towards a polity; see `ledger.Ledger.who`."""
        return self.ledger.who(polity, everybody=everybody, **clocks)

    def standing(self, recogniser: str, polity: str, **clocks: Any) -> Standing:
        """Where one stands towards a polity."""
        return self.ledger.standing(recogniser, polity, **clocks)

    def pair(self, recogniser: str, polity: str, **clocks: Any) -> PolityView:
        """A view to ask for the standing of one recogniser alone; made anew, and cheap."""
        return self.ledger.pair(recogniser, polity, **clocks)

    def standings_of(self, recogniser: str, **clocks: Any) -> list[Standing]:
        """Where one stands towards every polity that something is held about of it."""
        actor = resolve_actor(recogniser, on=clocks.get("on"))
        found = []
        for row in self.polities():
            view = self.view(row["slug"], **clocks)
            if actor in view.actors():
                found.append(view.standing(actor))
        return found

    def count(self, polity: str, rules: CountRules | str | None = None, **clocks: Any) -> Count:
        """How many recognise a polity, by rules or the name of a preset."""
        return self.ledger.count(polity, rules, **clocks)

    def acts(
        self, polity: str, recogniser: str | None = None, *, act: str | None = None, **clocks: Any
    ) -> tuple[ActRecord, ...]:
        """What `history` tells, made anew: for those who keep what they make of it."""
        return self.ledger.acts(polity, recogniser, act=act, **clocks)

    def history(
        self, polity: str, recogniser: str | None = None, *, act: str | None = None, **clocks: Any
    ) -> tuple[ActRecord, ...]:
        """The acts towards a polity, in the order of their dates, with their entries; kept."""
        slug = resolve_polity(polity, on=clocks.get("on")).slug
        actor = resolve_actor(recogniser) if recogniser else None
        key = ("acts", slug, actor, act, *sorted(clocks.items()))

        def make() -> tuple[tuple[ActRecord, ...], int]:
            acts = self.acts(slug, actor, act=act, **clocks)
            return acts, sum(_ENTRY_BYTES * (1 + len(one.entries)) for one in acts)

        clocks = {**clocks, "on": clocks.get("on") or dt.date.max}
        found: tuple[ActRecord, ...] = self.keep(key, make, self.slugs_of(slug, **clocks))
        return found

    def claim(self, recogniser: str, polity: str, *, act: str | None = None, **clocks: Any) -> tuple[ActRecord, ...]:
        """What one did towards a polity: each act, its sources, and the words that support it."""
        return self.history(polity, recogniser, act=act, **clocks)

    def entry(self, entry_id: str) -> Entry:
        """One entry with its evidence.

        Raises
        ------
        NotFound
            If there is none of this id.
        """
        return find_entry(self.ledger.store, entry_id)

    def stories(self, polity: str, **clocks: Any) -> list[dict[str, Any]]:
        """The independent stories behind the acts towards a polity, each with its reports and acts."""
        acts = self.history(polity, **clocks)
        return catalogue.story_rows(self.ledger, acts)

    def contradictions(self, polity: str | None = None, **clocks: Any) -> tuple[Contradiction, ...]:
        """Where sources cannot all be right, about a polity or about all."""
        return self.ledger.contradictions(polity, **clocks)

    def changes_since(self, since: dt.datetime, *, on: dt.date | None = None) -> Difference:
        """What changed in the record since an instant (with a zone), and what that changed in the views."""
        return self.ledger.diff(since, on=on)

    def review_queue(self, *, limit: int = 20) -> list[ReviewItem]:
        """Acts of the ledger that nobody judged, the riskiest first; none where there is no ledger."""
        if self.ledger.store is None:
            return []

        def make() -> tuple[list[ReviewItem], int]:
            found = self.ledger.review(limit=self.limits.page_rows)
            return found, sum(_ENTRY_BYTES * (1 + len(one.act.entries)) for one in found)

        found: list[ReviewItem] = self.keep("review", make, None)
        return found[:limit]

    # What is added; who may is for the faces to check.

    def judge(self, verdict: str, recogniser: str | None, polity: str, act: str, **given: Any) -> Judgement:
        """Record what a person decided; see `ledger.Ledger.judge`."""
        return self._required_writer().judge(verdict, recogniser, polity, act, **given)

    def ingest(self, reports: Sequence[dict[str, Any]], *, keep_text: bool = False) -> dict[str, Any]:
        """Read reports (keys of a JSON line) and record their acts: `{reports, acts, added, rejects}`."""
        return self._required_writer().ingest(self, reports, keep_text=keep_text)

    def ingest_codings(self, codings: Sequence[dict[str, Any]]) -> dict[str, Any]:
        """Record the acts of codings, as `dejure read --format jsonl` writes them."""
        return self._required_writer().ingest_codings(codings, self.limits.reports_at_once)

    def _required_writer(self) -> writing.Writer:
        if self._writer is None:
            raise LedgerReadOnly(
                "this server only reads", cure="start it with a ledger and a token: dejure serve --ledger PATH"
            )
        return self._writer

    # What takes long is done in other processes.

    def read_text(
        self, text: str, *, title: str | None = None, published: dt.date | str | None = None,
        language: str | None = None, model: str | None = None,
    ) -> dict[str, Any]:  # fmt: skip
        """The coding of one report, as JSON makes it. The text is never taken for a path.

        Raises
        ------
        InputError
            If it cannot be read.
        Busy, TimedOut
            If it is too much for the server.
        """
        if title is None:
            from dejure.sources import frame

            title, text = frame(text.replace("\r\n", "\n"))
        given = {"title": title, "text": text, "published": str(published) if published else None, "language": language}
        return self.read_given(given, model)

    def read_given(self, given: dict[str, Any], model: str | None = None) -> dict[str, Any]:
        """The coding of a report with the keys of a JSON line."""
        return writing.read_one(self, given, model)

    def read_bytes(
        self, data: bytes, form: Literal["text", "html"], published: dt.date | None = None, model: str | None = None
    ) -> dict[str, Any]:
        """The coding of a report as bytes: plain text or a web page."""
        asked = {
            "data": data, "form": form, "published": published, "model": model,
            "characters": self.limits.report_characters,
        }  # fmt: skip
        return writing.only_coding(self.reader.ask("read-bytes", asked))

    def read_reports(self, reports: Sequence[dict[str, Any]], model: str | None = None) -> list[dict[str, Any]]:
        """Each `{"coding"}` or `{"reject"}`, as JSON makes them."""
        asked = {"reports": list(reports), "model": model, "characters": self.limits.report_characters}
        found: list[dict[str, Any]] = self.reader.ask("read", asked)
        return found

    def wave(self, polity: str, on: dt.date | None = None) -> dict[str, Any]:
        """How far recognition may spread: what `dejure wave --json` tells. The first answer of a day takes seconds."""
        slug = resolve_polity(polity).slug
        day = on or dt.date.today()

        def make() -> tuple[dict[str, Any], int]:
            asked = {"location": self.location, "polity": slug, "on": day.isoformat()}
            return self.calculator.ask("wave", asked), 20_000

        found: dict[str, Any] = self.keep(("wave", slug, day), make, frozenset({slug}))
        return found

    def board(self, entry: str, *, window_days: int = 30, on: dt.date | None = None) -> Board:
        """How every state responds to an act: the id of an act, or `POLITY@DATE`."""
        from dejure.analysis.ask_board import anchor_of, ask_board

        if not 0 <= window_days <= _WINDOW_DAYS:
            raise BadDate("no window is that long", value=window_days, cure=f"choose 0 to {_WINDOW_DAYS} days")
        polity, at, day = entry.rpartition("@")
        if at:
            entry = f"{resolve_polity(polity).slug}@{day}"
        key = ("board", entry, window_days, on)
        about = anchor_of(entry, self.ledger)[0]

        def make() -> tuple[Board, int]:
            return ask_board(entry, window_days=window_days, on=on, ledger=self.ledger, corpus=self.corpus), 100_000

        board: Board = self.keep(key, make, frozenset({about}))
        return board

    def export(self, file: Path, form: str, *, history: bool = False) -> int:
        """Write all entries to a file: csv, json, parquet, jsonld; the number of entries is returned."""
        asked = {"location": self.location, "file": str(file), "form": form, "history": history}
        return int(self.calculator.ask("export", asked))

    def panel(self, file: Path, polities: Sequence[str], first: int, last: int, known: dt.date | None = None) -> int:
        """Write state-polity-years to a file (CSV, or Parquet by its suffix); the number of rows is returned."""
        asked = {
            "location": self.location, "file": str(file), "polities": [resolve_polity(one).slug for one in polities],
            "first": first, "last": last, "known": known.isoformat() if known else None,
        }  # fmt: skip
        return int(self.calculator.ask("panel", asked))

    # The corpus, and what all rests on.

    def events(
        self, chosen: EventFilter | None = None, *, dataset: DataSetName = "events", after: Sequence[str] | None = None,
        limit: int = 100,
    ) -> EventPage:  # fmt: skip
        """A page of rows of the corpus, in the order of day of publication, report and id.

        Raises
        ------
        CorpusUnusable
            If there is no corpus.
        """
        if self.events_of is None:
            raise CorpusUnusable("this server has no corpus", cure="start it with: dejure serve --corpus DIR")
        limit = min(limit, self.limits.page_rows)
        return self.events_of.page(chosen or EventFilter(), dataset=dataset, after=after, limit=limit)

    def methods(self) -> dict[str, Any]:
        """Version, hashes of tables and models, the rules of counts, the series with their grades, what to cite."""
        found: dict[str, Any] = self.keep("methods", lambda: (catalogue.methods(), 60_000), frozenset())
        return found

    def dates_of(self, act: str | None, what: str) -> Interval | None:
        """Days as people write them: a day, a month, a year, or two days with `..` between."""
        return interval_of(act, what)
