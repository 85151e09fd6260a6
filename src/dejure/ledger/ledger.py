"""`Ledger`: the shipped history and the user's store as one, asked and added to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from dejure.errors import LedgerMissing
from dejure.ledger.acts import ActRecord, acts_of
from dejure.ledger.contradictions import Contradiction, contradictions_of
from dejure.ledger.counts import Count, count
from dejure.ledger.entries import Entry, Interval, Item, Judgement, Verdict
from dejure.ledger.history_layer import HistoryLayer
from dejure.ledger.ingest import Taken, take_coding
from dejure.ledger.judgement import ReviewItem, cluster_of
from dejure.ledger.live import Clock, Layer, LiveClaim
from dejure.ledger.parties import resolve_actor, resolve_polity
from dejure.ledger.rules import CountRules
from dejure.ledger.standing import Standing
from dejure.ledger.steps import holders_of
from dejure.ledger.store import Store
from dejure.ledger.store_layer import StoreLayer
from dejure.ledger.stories_of import story_of_reports
from dejure.ledger.surveys import Difference
from dejure.ledger.views import PolityView
from dejure.records import Act, Capacity, Coding, Report
from dejure.settings import Settings

__all__ = ["Ledger", "open_ledger"]

_BATCH_OF_CODINGS = 200


class Ledger:
    """A ledger to ask and to add to.

    Parameters
    ----------
    location : str or Path, optional
        Path of a SQLite file or a `postgresql://` address. None: the shipped history alone, which is read-only.
    create : bool
        Whether to make the store where it is not.
    with_history : bool
        Whether the shipped history lies below it.

    Raises
    ------
    LedgerError
        If the store cannot be opened.
    """

    def __init__(self, location: str | Path | None = None, *, create: bool = False, with_history: bool = True) -> None:
        self.store = Store(location, create=create) if location else None
        self.layers: list[Layer] = [HistoryLayer()] if with_history else []
        if self.store is not None:
            self.layers.append(StoreLayer(self.store))

    def close(self) -> None:
        """Let go of the store."""
        if self.store is not None:
            self.store.close()

    def __enter__(self) -> Ledger:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def view(
        self, polity: str, *, on: dt.date | None = None, known: dt.date | None = None,
        recorded: dt.datetime | None = None, capacity: Capacity | None = None,
    ) -> PolityView:  # fmt: skip
        """All that is held about a polity, as of three clocks.

        Parameters
        ----------
        polity : str
            Slug, id or name.
        on : datetime.date, optional
            Valid on which day; today by default.
        known : datetime.date, optional
            From evidence that was public on that day; all of it by default.
        recorded : datetime.datetime, optional
            As the store stood at that instant, with a time zone; as it stands by default.
        capacity : {"state", "government"}, optional
        """
        clock = Clock(on=on or dt.date.today(), known=known, recorded=recorded)
        return PolityView(self.layers, resolve_polity(polity, on=clock.on), clock, capacity)

    def who(self, polity: str, *, everybody: bool = False, **clocks: Any) -> tuple[Standing, ...]:
        """Where each stands towards a polity; see `view` for the clocks.

        Parameters
        ----------
        polity : str
        everybody : bool
            Also those of whom a series says, by silence, that they did nothing.
        """
        return tuple(self.view(polity, **clocks).standings(everybody=everybody))

    def standing(self, recogniser: str, polity: str, **clocks: Any) -> Standing:
        """Where one stands towards a polity."""
        view = self.view(polity, **clocks)
        return view.standing(resolve_actor(recogniser, on=view.clock.on))

    def count(self, polity: str, rules: CountRules | str | None = None, **clocks: Any) -> Count:
        """How many recognise a polity, by rules or the name of a preset."""
        chosen = CountRules.preset(rules) if isinstance(rules, str) else rules or CountRules()
        return count(self.view(polity, **clocks), chosen)

    def acts(
        self, polity: str, recogniser: str | None = None, *, act: str | None = None, **clocks: Any
    ) -> tuple[ActRecord, ...]:
        """The acts towards a polity, each with its entries down to the words, in the order of their dates.

        Of a recogniser also those of the states that it continues or succeeds.

        Without `on`, acts that are still to come are in it, too.
        """
        view = self.view(polity, **{**clocks, "on": clocks.get("on") or dt.date.max})
        wanted = resolve_actor(recogniser) if recogniser else None
        own = {*view.target.until, *view.target.governments}
        claims = [
            one for one in view.claims
            if one.claim.recognised in own and act in (None, one.claim.act)
            and (wanted is None or wanted in {one.claim.recogniser, *dict(holders_of(one, view.clock.on))})
            and (one.happened.earliest or dt.date.min) <= view.clock.on
        ]  # fmt: skip
        entries = self._entries(claims, view.clock)
        return tuple(acts_of(claims, entries, self._stories(entries)))

    def contradictions(self, polity: str | None = None, **clocks: Any) -> tuple[Contradiction, ...]:
        """Where sources cannot all be right: other dates for one act, one says done and the other not."""
        slugs = [resolve_polity(polity).slug] if polity else self.polities()
        found: list[Contradiction] = []
        for slug in slugs:
            acts = self.acts(slug, **clocks)
            found += contradictions_of([one for one in acts if one.recognised == slug])
        return tuple(found)

    def polities(self) -> list[str]:
        """Slugs of all polities that something is held about."""
        from dejure.ledger.history_layer import history_entries
        from dejure.ledger.surveys import recognised_slugs

        slugs = {entry.claim.recognised for entry in history_entries()} if self._has_history() else set()
        return sorted(slugs | (recognised_slugs(self.store) if self.store else set()))

    def append(self, items: Iterable[Item]) -> int:
        """Record items; those that are there already are left alone. The number of new ones is returned."""
        return self.required_store().append(items)

    def ingest(
        self, codings: Iterable[tuple[Report | None, Coding]], *, keep_text: bool = False,
        told: Callable[[Taken], None] | None = None,
    ) -> int:  # fmt: skip
        """Take the acts of codings; what was taken before is left alone.

        Parameters
        ----------
        codings : iterable of (Report or None, Coding)
            With the report, its story can be told.
        keep_text : bool
            Whether title and body of the reports are kept; they are never exported.
        told : callable, optional
            Is called with what each coding gave, refused records too, once it is recorded.

        Returns
        -------
        int
            How many items were new.
        """
        from dejure.ledger.stories_of import keep_fingerprints

        store = self.required_store()
        added = 0
        for batch in _batches(codings, _BATCH_OF_CODINGS):
            taken = [take_coding(coding) for _, coding in batch]
            reports = {
                coding.report.text_sha256[:16]: report for report, coding in batch if report is not None
            }  # fmt: skip
            texts = {id_: (report.title, report.body) for id_, report in reports.items()} if keep_text else None
            keep_fingerprints(store, reports)
            added += store.append([item for one in taken for item in one.items], texts=texts)
            for one in taken:
                if told is not None:
                    told(one)
        return added

    def judge(
        self, verdict: Verdict, recogniser: str | None, polity: str, act: Act, *, person: str, reason: str,
        cluster: Interval | None = None, capacity: Capacity | None = None, date: Interval | None = None,
        with_cluster: Interval | None = None, reports: Iterable[str] = (), supersedes: Iterable[str] = (),
        made_at: dt.datetime | None = None,
    ) -> Judgement:  # fmt: skip
        """Record what a person decided about an act.

        Parameters
        ----------
        cluster : Interval, optional
            The dates of the claims that it is about; that of the only act of the pair by default.
        supersedes : iterable of str
            Ids of judgements that it takes the place of.

        Raises
        ------
        BadEntry
            If there is no such act, or several and no cluster says which.
        """
        target = resolve_polity(polity)
        actor = resolve_actor(recogniser) if recogniser else None
        chosen = cluster or cluster_of(self.acts(target.slug, actor, act=act), target.slug)
        judgement = Judgement(
            verdict=verdict, recogniser=actor, recognised=target.slug, capacity=capacity or target.capacity, act=act,
            cluster=chosen, person=person, reason=reason, made_at=made_at or dt.datetime.now(dt.UTC), date=date,
            with_cluster=with_cluster, reports=tuple(reports), supersedes=tuple(supersedes),
        )  # fmt: skip
        self.append([judgement])
        return judgement

    def text_of(self, report: str) -> tuple[str, str] | None:
        """Title and body of a report, where they were kept."""
        from dejure.ledger.surveys import kept_text

        return kept_text(self.store, report) if self.store else None

    def diff(self, since: dt.datetime, *, on: dt.date | None = None) -> Difference:
        """What changed in the record since an instant, and what that changed in the views."""
        from dejure.ledger.surveys import difference

        return difference(self, since, on or dt.date.today())

    def review(self, *, limit: int | None = None) -> list[ReviewItem]:
        """Acts of the store that nobody judged, the riskiest first."""
        from dejure.ledger.judgement import review_queue
        from dejure.ledger.surveys import confidences_of, recognised_slugs, standings_before

        store = self.required_store()
        acts = [act for slug in sorted(recognised_slugs(store)) for act in self._own_acts(slug)]
        ids = {entry.id for act in acts for entry in act.entries}
        found = review_queue(acts, confidences_of(store, ids), standings_before(self, acts))
        return found[:limit]

    def _own_acts(self, slug: str) -> list[ActRecord]:
        """Acts that rest on entries of the store."""
        shipped = HistoryLayer.name
        acts = [act for act in self.acts(slug) if act.recognised == slug]
        return [
            act for act in acts if any(entry.recorder.name != f"dejure {shipped}" for entry in act.entries)
        ]  # fmt: skip

    def _entries(self, claims: list[LiveClaim], clock: Clock) -> dict[LiveClaim, list[Entry]]:
        """The entries of each claim; a judged claim has those of the claims it was made of."""
        found: dict[LiveClaim, list[Entry]] = {one: [] for one in claims}
        apart = {one.entry for one in claims if one.is_apart}
        for layer in self.layers:
            names = [one for one in claims if one.layer == getattr(layer, "name", "")]
            originals = layer.originals(names, clock)
            for one in names:
                found[one] += [e for e in originals.get(one.entry, []) if one.is_apart or e.id not in apart]
        return found

    def _stories(self, entries: dict[LiveClaim, list[Entry]]) -> dict[str, str]:
        reports = {entry.report.id for several in entries.values() for entry in several if entry.report}
        return story_of_reports(self.store, reports) if self.store is not None else {}

    def _has_history(self) -> bool:
        return any(isinstance(layer, HistoryLayer) for layer in self.layers)

    def required_store(self) -> Store:
        """The store.

        Raises
        ------
        LedgerMissing
            If there is none but the shipped history.
        """
        if self.store is None:
            raise LedgerMissing(
                "there is no ledger to write to: the shipped history is read-only",
                cure="name one by --ledger PATH or by DEJURE_LEDGER",
            )
        return self.store


def open_ledger(
    location: str | Path | None = None, *, create: bool = False, settings: Settings | None = None
) -> Ledger:
    """The ledger that is named here, else by the settings (`DEJURE_LEDGER`), else the shipped history alone."""
    settings = settings or Settings.from_environment()
    return Ledger(location or settings.ledger or None, create=create)


def _batches(source: Iterable[Any], size: int) -> Iterator[list[Any]]:
    batch: list[Any] = []
    for one in source:
        batch.append(one)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch
