"""The watch itself: passes over the feeds, each resumable at any moment, and the loop that makes them.

The order of a pass makes it so. (1) An item is coded, the ledger takes it, and only then is it marked as seen. (2) When
all feeds are done, the changes between the instant of the ledger that was told last and its newest one are found, and
the state is replaced: with them, and with the new instant. (3) What is written follows from the state, and is written
again at the next start if a kill came in between. The webhook is told at least once, each change under an id.
"""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dejure.alone import alone
from dejure.errors import FetchLater, InputError, LedgerLocked, SettingsError
from dejure.ledger.surveys import head_instant
from dejure.reader import code_each
from dejure.records import Reject, Report
from dejure.settings import FetchSettings, Settings
from dejure.sources.fetch import Fetcher, Resolve
from dejure.watch.courier import Courier, Delivery, pause_after
from dejure.watch.intake import Intake, is_url, item_key, page_of, read_source
from dejure.watch.item_log import ItemLog
from dejure.watch.news import News, Rules, find_news
from dejure.watch.outputs import hook_body, write_outputs
from dejure.watch.prefetch import Prefetch
from dejure.watch.state import FeedState, Parcel, State, Waiting, load_state, save_state

if TYPE_CHECKING:
    from dejure.ledger import Ledger
    from dejure.ledger.ingest import Taken

__all__ = ["PassReport", "WatchSettings", "Watcher"]

#: Told after each batch: the feed, and the items done in this pass.
Advance = Callable[[str, int], None]

STATE_NAME = "state.json"
# Items that are coded, recorded and marked at a time: what a kill costs at most.
_BATCH = 10
# A page that cannot be had so often is given up, and the feed's own text taken.
_PAGE_ATTEMPTS = 6
_PAGE_PAUSE = 900.0
# A change that the webhook refused so often is not sent again; an outbox of more lets go of the oldest.
_MOST_REFUSALS, _MOST_PARCELS = 5, 1000
# How long a single pass waits for the webhook before it leaves the rest to the next one.
_LAST_WAIT = 30.0


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchSettings:
    """What may be chosen for a watch.

    Parameters
    ----------
    out : Path
        Where the state and what is written lie.
    rules : Rules
        What a change needs to be told.
    pages : bool
        Whether the page that an entry links to is fetched and read in place of the entry's own text.
    keep_text : bool
        Whether the ledger keeps the full texts.
    webhook, secret : str
        Where changes are posted, and what signs them.
    """

    out: Path
    rules: Rules = field(default_factory=Rules)
    pages: bool = False
    keep_text: bool = False
    webhook: str = ""
    secret: str = field(default="", repr=False)


@dataclass(slots=True, kw_only=True)
class PassReport:
    """What one pass did; counts are of this pass."""

    at: dt.datetime
    items: int = 0
    acts: int = 0
    rejects: list[Reject] = field(default_factory=list)
    failures: dict[str, str] = field(default_factory=dict)
    unchanged: int = 0
    news: list[News] = field(default_factory=list)
    held: int = 0
    waiting: int = 0
    posted: int = 0
    outbox: int = 0
    notes: list[str] = field(default_factory=list)

    def to_dict(self) -> dict[str, Any]:
        """For machines."""
        return {
            "at": self.at.isoformat(timespec="seconds"), "items": self.items, "acts": self.acts,
            "rejects": [one.to_dict() for one in self.rejects], "failures": self.failures, "unchanged": self.unchanged,
            "changes": [one.to_dict() for one in self.news], "held": self.held, "waiting": self.waiting,
            "posted": self.posted, "outbox": self.outbox, "notes": self.notes,
        }  # fmt: skip


class Watcher:
    """Watches feeds for a ledger.

    Parameters
    ----------
    feeds : sequence of str
        Addresses and paths.
    ledger : Ledger
        One that can be written to.
    watch : WatchSettings
    settings, fetch : Settings, FetchSettings, optional
        Of reading and of fetching; those of the environment by default.
    resolve : callable, optional
        Looks up hosts.
    now : callable, optional
        The clock.
    advance : callable, optional
        Called after each batch of items.
    """

    def __init__(
        self, feeds: Sequence[str], ledger: Ledger, watch: WatchSettings, *, settings: Settings | None = None,
        fetch: FetchSettings | None = None, resolve: Resolve | None = None,
        now: Callable[[], dt.datetime] = lambda: dt.datetime.now(dt.UTC), advance: Advance | None = None,
    ) -> None:  # fmt: skip
        if not feeds:
            raise SettingsError("no feed was given", cure="name addresses or paths of feeds")
        self._feeds = tuple(dict.fromkeys(feeds))
        out = watch.out.resolve()
        for feed in self._feeds:
            if not is_url(feed) and out.is_relative_to(Path(feed).resolve()):
                raise SettingsError("the watch would read what it writes", value=feed, cure="name another one by --out")
        self._ledger, self._watch, self._now = ledger, watch, now
        self._settings = settings or Settings.from_environment()
        self._fetch = fetch or FetchSettings.from_environment()
        self._resolve = resolve
        self._courier = Courier(watch.webhook, watch.secret, self._fetch, resolve=resolve) if watch.webhook else None
        self._fetcher = Fetcher(self._fetch, resolve=resolve)
        self._state: State | None = None
        self._log, self._advance = ItemLog(watch.out), advance
        # What the courier brought since the last pass was told.
        self._posted, self._notes = 0, list[str]()

    @contextmanager
    def held(self) -> Iterator[Watcher]:
        """Hold the folder, take up the state, and write again what a kill may have left unwritten.

        Raises
        ------
        SettingsError
            If another watch works there, or its state is that of another ledger.
        """
        out = self._watch.out
        try:
            out.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise SettingsError("the folder of the watch cannot be made", value=out, cure="name another one") from error
        busy = SettingsError(
            "another watch works in this folder", value=out, cure="wait for its end, or name another one"
        )
        with alone(out, busy):
            store = self._ledger.required_store()
            location = store.location if "://" in store.location else str(Path(store.location).resolve())
            state, head = load_state(out / STATE_NAME), head_instant(store)
            if state is None:
                now = self._now()
                state = State(ledger=_named(location), begun=now, told_to=head, told_on=now.date())
                save_state(state, out / STATE_NAME)
            elif state.ledger != _named(location):
                raise SettingsError(
                    "the folder holds a watch of another ledger", value=state.ledger, cure="name another one by --out"
                )
            elif state.told_to > head:
                raise SettingsError(
                    "the ledger is older than its watch: it was replaced or restored", value=location,
                    cure="name another folder by --out; the ledger takes no item twice",
                )  # fmt: skip
            self._state = state
            self._fetcher = Fetcher(self._fetch, resolve=self._resolve, waits=state.hosts)
            write_outputs(state, out, self._now().date())
            yield self

    def run_pass(self, *, last: bool = False) -> PassReport:
        """One pass over all feeds.

        Parameters
        ----------
        last : bool
            Whether none follows, so that the webhook is waited for, within bounds.
        """
        state = self._taken_up()
        done = PassReport(at=self._now())
        self._wake(done)
        known = [(feed, state.feeds.setdefault(feed, FeedState()).validators) for feed in self._feeds if is_url(feed)]
        ahead = Prefetch(self._fetcher, known)
        for feed in self._feeds:
            self._read(feed, ahead, done)
        self._tell(done)
        state.hosts = self._fetcher.waits
        state.forget(done.at.date())
        self._save()
        write_outputs(state, self._watch.out, done.at.date())
        self._post()
        if last:
            self._wait_for_courier()
        done.posted, self._posted = self._posted, 0
        done.notes, self._notes = [*done.notes, *self._notes], []
        done.held, done.waiting, done.outbox = len(state.held), len(state.waiting), len(state.outbox)
        return done

    def run(self, every: float, told: Callable[[PassReport], None]) -> None:
        """Pass after pass, until the process is stopped; a ledger that others hold locked is tried again next time."""
        while True:
            begun = time.monotonic()
            try:
                told(self.run_pass())
            except LedgerLocked as error:
                told(PassReport(at=self._now(), failures={self._taken_up().ledger: str(error)}))
            while (left := begun + every - time.monotonic()) > 0:
                self._post()
                if self._courier is not None and self._courier.is_busy:
                    self._settle(min(left, 1.0))
                else:
                    time.sleep(min(left, 5.0))

    def _read(self, feed: str, ahead: Prefetch, done: PassReport) -> None:
        """One feed: what is new of it is coded and recorded; its validators are kept when all of it is done."""
        state, today = self._taken_up(), done.at.date()
        known = state.feeds.setdefault(feed, FeedState())
        intake = read_source(feed, ahead.take, self._settings, stamp=known.stamp)
        known.failure = intake.failure
        if intake.failure is not None:
            done.failures[feed] = intake.failure
        done.unchanged += intake.is_unchanged
        done.rejects += [one for one in intake.rejects if state.add_reject(one, today)]
        self._record(((item_key(one), one) for one in self._new(intake, today)), feed, done)
        if intake.failure is None:
            known.validators, known.stamp = intake.validators, intake.stamp
        self._save()

    def _new(self, intake: Intake, today: dt.date) -> Iterator[Report]:
        state = self._taken_up()
        given: set[str] = set()
        for report in intake.reports:
            key = item_key(report)
            if key in state.seen:
                state.seen[key] = today
            elif key not in state.waiting and key not in given:
                given.add(key)
                yield report

    def _wake(self, done: PassReport) -> None:
        """Items whose page could not be had, when their time has come."""
        state, now = self._taken_up(), self._now().timestamp()
        for key, one in sorted(state.waiting.items()):
            if one.not_before <= now:
                self._record([(key, one.report)], one.feed, done)

    def _record(self, items: Any, feed: str, done: PassReport) -> None:
        """Code items, let the ledger take them, mark them; a batch at a time."""
        state, source = self._taken_up(), iter(items)
        while batch := list(islice(source, _BATCH)):
            reports = []
            for key, report in batch:
                ready = self._with_page(key, report, feed, done)
                if ready is not None:
                    reports.append((key, ready))
            outcomes = self._ingest([report for _, report in reports], done)
            self._log.add(reports, feed, outcomes, done.at.date())
            if self._advance is not None:
                self._advance(feed, done.items)
            for key, _ in reports:
                state.seen[key] = done.at.date()
                state.waiting.pop(key, None)
            self._save()

    def _with_page(self, key: str, report: Report, feed: str, done: PassReport) -> Report | None:
        """The report, with its page where pages are wanted; None where the page is waited for."""
        if not self._watch.pages or not report.url or not (is_url(feed) or is_url(report.url)):
            return report
        state = self._taken_up()
        try:
            return page_of(report, feed, self._fetcher, self._settings)
        except FetchLater as error:
            known = state.waiting.get(key)
            attempts = known.attempts + 1 if known else 1
            if attempts < _PAGE_ATTEMPTS:
                pause = max(_PAGE_PAUSE * 2 ** (attempts - 1), error.retry_seconds or 0.0)
                not_before = self._now().timestamp() + pause
                state.waiting[key] = Waiting(report=report, feed=feed, attempts=attempts, not_before=not_before)
                return None
            done.notes.append(f"{report.url}: {error.what}; the feed's own text was read")
        except InputError as error:
            done.notes.append(f"{report.url}: {error.what}; the feed's own text was read")
        return report

    def _ingest(self, reports: list[Report], done: PassReport) -> dict[str, int | str]:
        """Code reports, let the ledger take them; what came of each by the hash of its text."""
        state, rejects = self._taken_up(), []
        outcomes: dict[str, int | str] = {}
        codings = []
        for report, coded in code_each(reports, self._settings):
            if not isinstance(coded, Reject):
                codings.append((report, coded))
                continue
            rejects.append(coded)
            if report is not None:
                outcomes[report.text_sha256] = coded.code
        in_order = iter(codings)

        def told(taken: Taken) -> None:
            outcomes[next(in_order)[1].report.text_sha256] = len(taken.items) - 1
            done.acts += len(taken.items) - 1
            rejects.extend(taken.rejects)

        self._ledger.ingest(codings, keep_text=self._watch.keep_text, told=told)
        done.items += len(reports)
        done.rejects += [one for one in rejects if state.add_reject(one, done.at.date())]
        return outcomes

    def _tell(self, done: PassReport) -> None:
        """Find what changed since it was told last, and put it into the state with the instant up to which it was."""
        state = self._taken_up()
        until = head_instant(self._ledger.required_store())
        looked_at = (state.told_to, state.told_on, state.told_by)
        if looked_at == (until, done.at.date(), self._watch.rules):
            return
        done.news, state.held = find_news(
            self._ledger, state.held, state.told_to, until, done.at, self._watch.rules
        )  # fmt: skip
        state.told_to, state.told_on, state.told_by = until, done.at.date(), self._watch.rules
        state.news += done.news
        if self._courier is not None:
            state.outbox += [Parcel(news=one.id) for one in done.news]
            state.undelivered += [one.news for one in state.outbox[:-_MOST_PARCELS]]
            state.outbox = state.outbox[-_MOST_PARCELS:]

    def _post(self) -> None:
        """Send the courier off with what is due, once it is back and what it brought is taken in."""
        state = self._taken_up()
        if self._courier is None or self._courier.is_busy:
            return
        self._settle()
        if not self._is_due():
            return
        by_id = {one.id: one for one in state.news}
        self._courier.send([(one.news, hook_body(by_id[one.news])) for one in state.outbox if one.news in by_id])

    def _is_due(self) -> bool:
        state = self._taken_up()
        return bool(state.outbox) and self._now().timestamp() >= state.hook_until

    def _settle(self, seconds: float = 0.0) -> None:
        """Take in what the courier brought back."""
        state = self._taken_up()
        results: list[Delivery] = self._courier.results(seconds) if self._courier else []
        for one in results:
            parcel = next((parcel for parcel in state.outbox if parcel.news == one.news), None)
            if parcel is None:
                continue
            if one.outcome == "later":
                state.hook_failures += 1
                state.hook_until = self._now().timestamp() + pause_after(state.hook_failures, one.retry_seconds)
                self._notes.append(f"webhook: {one.why}")
                continue
            state.hook_failures = 0
            self._posted += one.outcome == "taken"
            parcel.refusals += one.outcome == "refused"
            if one.outcome == "refused":
                self._notes.append(f"webhook: {one.why}")
            if one.outcome == "taken" or parcel.refusals >= _MOST_REFUSALS:
                state.outbox.remove(parcel)
                state.undelivered += [one.news] if one.outcome == "refused" else []
        if any(one.outcome == "refused" for one in results):
            state.hook_until = self._now().timestamp() + pause_after(1, None)
        if results:
            self._save()

    def _wait_for_courier(self) -> None:
        end = time.monotonic() + _LAST_WAIT
        while self._courier is not None and self._courier.is_busy and time.monotonic() < end:
            self._settle(0.2)
        self._settle()

    def _save(self) -> None:
        save_state(self._taken_up(), self._watch.out / STATE_NAME)

    def _taken_up(self) -> State:
        if self._state is None:
            raise SettingsError("the watch does not hold its folder", cure="use it within: with watcher.held()")
        return self._state


def _named(location: str) -> str:
    """A ledger's place without a password."""
    scheme, mark, rest = location.partition("://")
    return f"{scheme}://{rest.rpartition('@')[2]}" if mark else location
