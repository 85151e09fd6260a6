"""The history of recognition: acts with their bounds, sources and links from hand-kept rows.

`sources/history/` holds `series.csv`, `documents.csv` and an `acts_SERIES.csv` for each series. A date is a day, a
month, a year or `FIRST..LAST`; further dates that other sources give stand in `other_dates`, and the bounds span them
all. A state that a list names before it existed has two rows: the act by the actor of the day, and a row without a
date whose `inherits` names that act as `recogniser/recognised`; its date is the day of the succession.
"""

from __future__ import annotations

import calendar
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from .tables import PARTIAL_DATE, Inputs, Row, SourceError, read_table

ACT_COLUMNS = (
    "entry", "series", "recogniser", "recogniser_slug", "recognised", "capacity", "act", "manner", "kind", "asserted",
    "attributed_to", "earliest", "latest", "precision", "effective_earliest", "effective_latest", "known_earliest",
    "known_latest", "known_assumed", "disputed", "disputed_by", "inherited_from", "condition", "grade", "note",
    "source", "source_type", "source_url",
)  # fmt: skip
SERIES_COLUMNS = ("series", "recognised", "acts", "complete_from", "complete_to", "scope", "grade", "note")

#: A document that appeared within this time of the act tells when the act became known.
CONTEMPORARY = timedelta(366)
#: A polity may act, or be recognised, this long before the day that the table of polities begins it with.
BEFORE_BIRTH = timedelta(366)
#: Successions by which an act is carried on or held by heirs.
CARRIED = frozenset({"continues", "renamed", "dissolved-into"})

Bounds = tuple[date, date]


@dataclass(frozen=True)
class Sources:
    """The hand-kept rows and the tables that they speak of."""

    series: dict[str, Row]
    documents: dict[str, Row]
    polities: dict[str, Row]
    organisations: dict[str, Row]
    successors: dict[str, list[tuple[str, str]]] = field(default_factory=dict)


def build(inputs: Inputs) -> list[Row]:
    """The rows of `history.csv`."""
    sources = load(inputs)
    rows: list[Row] = []
    for series in sources.series:
        acts = inputs.hand(f"history/acts_{series}.csv")
        rows += series_rows(sources, series, acts)
    seen: set[str] = set()
    for row in rows:
        if row["entry"] in seen:
            raise SourceError(f"acts_{row['series']}.csv: the act {row['entry']} stands there twice")
        seen.add(row["entry"])
    return rows


def build_series(inputs: Inputs) -> list[Row]:
    """The rows of `history_series.csv`; `recognised` is filled from the acts where the series has several."""
    found: dict[str, set[str]] = defaultdict(set)
    for row in build(inputs):
        found[row["series"]].add(row["recognised"])
    return [
        row | {"recognised": row["recognised"] or "|".join(sorted(found[row["series"]]))}
        for row in inputs.hand("history/series.csv")
    ]


def load(inputs: Inputs) -> Sources:
    """Everything the rows are checked against."""
    data = inputs.sources.parent / "data"
    successors: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for row in read_table(data / "successions.csv"):
        if row["kind"] in CARRIED:
            successors[row["from_slug"]].append((row["to_slug"], row["date"]))
    return Sources(
        series={row["series"]: row for row in inputs.hand("history/series.csv")},
        documents={row["document"]: row for row in inputs.hand("history/documents.csv")},
        polities={row["slug"]: row for row in read_table(data / "polities.csv")},
        organisations={row["id"]: row for row in read_table(data / "organisations.csv")},
        successors=dict(successors),
    )


def series_rows(sources: Sources, series: str, acts: list[Row]) -> Iterator[Row]:
    """The acts of a series, then the links of those who inherited them."""
    done: dict[tuple[str, str, str], list[Row]] = defaultdict(list)
    for number, act in enumerate(acts, 2):
        if act["inherits"]:
            continue
        where = f"acts_{series}.csv line {number}"
        row = act_row(sources, series, act, where)
        done[act["recogniser"], act["recognised"], act["act"]].append(row)
        yield row
    for number, act in enumerate(acts, 2):
        if act["inherits"]:
            yield link_row(sources, series, act, done, f"acts_{series}.csv line {number}")


def act_row(sources: Sources, series: str, act: Row, where: str) -> Row:
    """One act as a row of the table."""
    dates = [bounds(text, where) for text in [act["date"], *pieces(act["other_dates"])]]
    first, last = min(low for low, _ in dates), max(high for _, high in dates)
    check_party(sources, act["recogniser"], act, first, last, where)
    check_party(sources, act["recognised"], act, first, last, where)
    document = find(sources.documents, act["document"], where)
    row = common(sources, series, act, (first, last), where)
    row["precision"] = precision(act["date"]) if len(dates) == 1 else "interval"
    known = known_days(document, (first, last), where)
    row |= {"known_earliest": known[0], "known_latest": known[1], "known_assumed": known[2]}
    if act["effective"]:
        effective = bounds(act["effective"], where)
        row |= {"effective_earliest": effective[0].isoformat(), "effective_latest": effective[1].isoformat()}
    return row


def link_row(sources: Sources, series: str, act: Row, done: dict[tuple[str, str, str], list[Row]], where: str) -> Row:
    """A row that says who holds an act of an earlier actor, from the day of the succession."""
    origins: list[Row] = []
    days: list[date] = []
    for origin in pieces(act["inherits"]):
        recogniser, _, recognised = origin.partition("/")
        found = done.get((recogniser, recognised, act["act"]))
        if not found:
            raise SourceError(f"{where}: no {act['act']} of {origin} to inherit")
        origins += found
        day = bounds(act["date"], where)[0] if act["date"] else succession(sources, act, recogniser, recognised, where)
        days.append(max(day, *(date.fromisoformat(row["latest"]) for row in found)))
    day = max(days)
    row = common(sources, series, act, (day, day), where)
    row["precision"] = "day"
    row["inherited_from"] = "|".join(sorted(origin["entry"] for origin in origins))
    row["known_earliest"] = max(day.isoformat(), *(origin["known_earliest"] for origin in origins))
    row["known_latest"] = max(day.isoformat(), *(origin["known_latest"] for origin in origins))
    row["known_assumed"] = max(origin["known_assumed"] for origin in origins)
    return row


def succession(sources: Sources, act: Row, recogniser: str, recognised: str, where: str) -> date:
    """The day on which the recogniser, or the recognised polity, became what it is in this row."""
    before, after = (
        (recogniser, act["recogniser"]) if recogniser != act["recogniser"] else (recognised, act["recognised"])
    )
    open_paths = [(before, "")]
    for slug, day in open_paths:
        if slug == after and day:
            return bounds(day, where)[1]
        open_paths += [(heir, max(day, when)) for heir, when in sources.successors.get(slug, [])]
        if len(open_paths) > len(sources.polities):
            break
    raise SourceError(f"{where}: successions.csv does not lead from {before} to {after}; give the date")


def common(sources: Sources, series: str, act: Row, when: Bounds, where: str) -> Row:
    """What acts and links share."""
    about = find(sources.series, series, where)
    document = find(sources.documents, act["document"], where)
    recogniser = sources.polities.get(act["recogniser"])
    recognised = find(sources.polities, act["recognised"], where)
    named = "-".join(part for part in (act["act"], act["manner"]) if part)
    entry = "/".join((series, when[0].isoformat(), act["recogniser"], act["recognised"], named))
    return {
        "entry": entry,
        "series": series,
        "recogniser": recogniser["actor_id"] if recogniser else act["recogniser"],
        "recogniser_slug": act["recogniser"] if recogniser else "",
        "recognised": act["recognised"],
        "capacity": act["capacity"] or recognised["capacity"],
        "act": act["act"],
        "manner": act["manner"],
        "kind": act["kind"],
        "asserted": act["asserted"],
        "attributed_to": act["attributed_to"],
        "earliest": when[0].isoformat(),
        "latest": when[1].isoformat(),
        "disputed": "1" if act["disputed"] or act["disputed_by"] else "0",
        "disputed_by": act["disputed_by"],
        "condition": act["condition"],
        "grade": about["grade"],
        "note": "; ".join(part for part in (about["warning"], act["note"]) if part),
        "source": document["source"],
        "source_type": document["source_type"],
        "source_url": document["source_url"],
    }


def known_days(document: Row, act: Bounds, where: str) -> tuple[str, str, str]:
    """First and last day on which the evidence can have become public, and whether that is assumed."""
    first, last = act
    if not document["published"]:
        return last.isoformat(), last.isoformat(), "1"
    appeared = bounds(document["published"], where)
    if appeared[1] < first:
        raise SourceError(f"{where}: the document {document['document']} appeared before the act")
    if appeared[0] - last <= CONTEMPORARY:
        return max(appeared[0], first).isoformat(), appeared[1].isoformat(), "0"
    return last.isoformat(), appeared[1].isoformat(), "1"


def check_party(sources: Sources, slug: str, act: Row, first: date, last: date, where: str) -> None:
    """Refuse parties that were not there on any day of the act, save a short time before their birth with a note."""
    row = sources.polities.get(slug) or sources.organisations.get(slug)
    if row is None:
        raise SourceError(f"{where}: {slug!r} is neither a polity nor an organisation")
    start = bounds(row["from"], where)[0] if row["from"] else date.min
    end = bounds(row["to"], where)[1] if row["to"] else date.max
    late = first > end and act["act"] not in ("withdraw", "sever-relations")
    if late or (last < start and not act["note"]):
        raise SourceError(
            f"{where}: {slug} ({row['from']} to {row['to']}) was not there on {first}; name the actor of the day"
        )
    if last + BEFORE_BIRTH < start and slug == act["recogniser"]:
        raise SourceError(f"{where}: {slug} acts long before it began ({row['from']})")


def bounds(text: str, where: str) -> Bounds:
    """First and last day of a date as the sources write it."""
    low, _, high = text.partition("..")
    for part in (low, high or low):
        if not PARTIAL_DATE.fullmatch(part):
            raise SourceError(f"{where}: {text!r} is no date (write 1922, 1922-11, 1922-11-15 or FIRST..LAST)")
    first, last = edge(low, last=False), edge(high or low, last=True)
    if first > last:
        raise SourceError(f"{where}: {text} ends before it begins")
    return first, last


def edge(text: str, *, last: bool) -> date:
    """First or last day of a partial date."""
    numbers = [int(part) for part in text.split("-")]
    if len(numbers) == 3:
        return date(*numbers)
    year, month = numbers[0], numbers[1] if len(numbers) == 2 else (12 if last else 1)
    return date(year, month, calendar.monthrange(year, month)[1] if last else 1)


def precision(text: str) -> str:
    """The unit that a date is written in."""
    return "interval" if ".." in text else {4: "year", 7: "month", 10: "day"}[len(text)]


def pieces(cell: str) -> Iterable[str]:
    """The parts of a cell that holds several."""
    return [part for part in cell.split("|") if part]


def find(table: dict[str, Row], name: str, where: str) -> Row:
    """A row by its name."""
    if name not in table:
        raise SourceError(f"{where}: {name!r} is not there")
    return table[name]
