"""Items for tests of the ledger, short to write and, for hypothesis, at random."""

from __future__ import annotations

import datetime as dt
from typing import Any

from hypothesis import strategies as st

from dejure.ledger.entries import (
    Claim,
    CodedReport,
    Entry,
    Evidence,
    Interval,
    Item,
    Judgement,
    Recorder,
    SourceReport,
)

CODER = Recorder(kind="coder", name="dejure")
_STATES = ("FRA", "BRA", "KEN", "SUN", "RUS", "CSK", "SVK", "DDR", "GBR", "SRB")
_POLITIES = ("kosovo", "taiwan-roc", "china-prc", "afghanistan", "afghanistan-islamic-emirate", "palestine")
_ACTS = (
    "recognise",
    "withdraw",
    "establish-relations",
    "sever-relations",
    "refuse",
    "intend",
    "condition",
    "consider",
    "deny",
)
_DAYS = st.dates(dt.date(1988, 1, 1), dt.date(2024, 12, 31))


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def act(
    recogniser: str | None, recognised: str, what: str = "recognise", date: str | Interval | None = "2010-06-01", *,
    capacity: str = "state", report: str = "r1", known: str | None = None, coder: Recorder = CODER,
    quote: str = "words", supersedes: tuple[str, ...] = (), note: str | None = None, **claim: Any,
) -> Entry:  # fmt: skip
    """One entry; `date` is a day, an interval, or None; it was known on that day unless `known` says otherwise."""
    when = Interval.of(day(date)) if isinstance(date, str) else date
    public = day(known) if known else (when.latest if when else None)
    return Entry(
        claim=Claim(
            recogniser=recogniser, recognised=recognised, capacity=capacity, act=what, valid_from=when, **claim  # type: ignore[arg-type]
        ),
        known_at=Interval.of(public) if public else Interval(), recorder=coder,
        report=SourceReport(id=report, published=public),
        evidence=Evidence(quote=quote, part="body", start=0, end=len(quote)),
        supersedes=supersedes, note=note,
    )  # fmt: skip


def coded(report: str, version: str, *entries: Entry) -> CodedReport:
    """That version `version` of the coder found just these entries in a report."""
    return CodedReport(report=report, coder="dejure", version=version, entries=tuple((e.id, 0.9) for e in entries))


def judged(verdict: str, entry: Entry, **more: Any) -> Judgement:
    """A judgement about the claim of an entry."""
    claim = entry.claim
    given: dict[str, Any] = {
        "verdict": verdict, "recogniser": claim.recogniser, "recognised": claim.recognised, "capacity": claim.capacity,
        "act": claim.act, "cluster": claim.valid_from or Interval(), "person": "A. Person", "reason": "read it",
        "made_at": dt.datetime(2024, 6, 1, tzinfo=dt.UTC), **more,
    }  # fmt: skip
    return Judgement(**given)


@st.composite
def entries(draw: st.DrawFn) -> Entry:
    """Any act between a few states and polities, so that they meet."""
    first = draw(_DAYS)
    when = draw(
        st.one_of(
            st.none(), st.just(Interval.of(first)),
            st.integers(0, 400).map(lambda days: Interval.of(first, first + dt.timedelta(days=days))),
        )
    )  # fmt: skip
    what = draw(st.sampled_from(_ACTS))
    published = draw(st.one_of(st.none(), _DAYS))
    asserted = draw(st.booleans())
    return Entry(
        claim=Claim(
            recogniser=draw(st.sampled_from(_STATES)), recognised=draw(st.sampled_from(_POLITIES)),
            capacity=draw(st.sampled_from(["state", "government"])), act=what, asserted=asserted,  # type: ignore[arg-type]
            attributed_to=() if asserted else (draw(st.sampled_from(_STATES)),), valid_from=when,
            manner=draw(st.sampled_from([None, "freeze"])) if what == "withdraw" else None,
        ),
        known_at=Interval.of(published) if published else Interval(), recorder=CODER,
        report=SourceReport(id=draw(st.sampled_from(["r1", "r2", "r3", "r4"]))),
        evidence=Evidence(quote=draw(st.text(min_size=1, max_size=20))),
    )  # fmt: skip


@st.composite
def ledgers(draw: st.DrawFn) -> list[Item]:
    """Entries with corrections of them, codings of their reports in two versions, and judgements."""
    acts = draw(st.lists(entries(), min_size=1, max_size=12, unique_by=lambda e: e.id))
    items: list[Item] = list(acts)
    for one in draw(st.lists(st.sampled_from(acts), max_size=3, unique_by=lambda e: e.id)):
        again = draw(entries())
        correction = Entry(
            claim=again.claim, known_at=again.known_at, report=again.report, evidence=again.evidence,
            recorder=Recorder(kind="person", name="A. Person", reason="looked"), supersedes=(one.id,),
        )  # fmt: skip
        items.append(correction)
        if draw(st.booleans()):  # the correction is taken back
            items.append(
                Entry(
                    claim=one.claim, known_at=one.known_at, report=one.report, evidence=one.evidence, note="after all",
                    recorder=Recorder(kind="person", name="B. Person", reason="no"), supersedes=(correction.id,),
                )
            )  # fmt: skip
    for report in ("r1", "r2"):
        of_report = [e for e in acts if e.report is not None and e.report.id == report]
        for version in ("0.9", "0.10.1", "0.10"):
            kept = draw(st.lists(st.sampled_from(of_report), unique_by=lambda e: e.id)) if of_report else []
            if draw(st.booleans()):
                items.append(coded(report, version, *sorted(kept, key=lambda e: e.id)))
    for one in draw(st.lists(st.sampled_from(acts), max_size=2, unique_by=lambda e: e.id)):
        verdict = draw(st.sampled_from(["confirm", "reject", "redate"]))
        date = Interval.of(draw(_DAYS)) if verdict == "redate" else None
        items.append(judged(verdict, one, date=date))
    unique = {item.id: item for item in items}
    return list(unique.values())


POLITIES = _POLITIES
