"""A report as one HTML file: no script, nothing to load, the same bytes for the same ledger."""

from __future__ import annotations

import functools
import html
from collections.abc import Iterable, Sequence
from importlib import resources

from dejure.handout.citation import bibtex
from dejure.handout.facts import CLASSES, Handout, Quote, Recent, Row, Source
from dejure.handout.markup import clean, link, text
from dejure.handout.pictures import PATTERNS, legend, tile_grid, timeline, world_map
from dejure.handout.summary import act_words, changes, differences, headline, names, number_of, rules_told
from dejure.ledger import Interval
from dejure.ledger.parties import name_of
from dejure.version import __version__

__all__ = ["report_page"]

_BASES = {"own": "", "carried": "carried on from the state it continues", "government": "by recognising its government",
          "relations": "implied by relations", "inherited": "inherited from a dissolved state",
          "inferred": "inferred from recognition of the rival"}  # fmt: skip
#: Nothing is loaded and nothing runs, whatever a text holds.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_SECTIONS = {
    "summary": "Summary", "map": "Map", "timeline": "Over time", "states": "Where each stands", "quotes": "Quotes",
    "sources": "Sources", "method": "Method", "limits": "Limits", "cite": "Citation",
}  # fmt: skip
#: Classes that are told as a table; of the others, who announced or disputes nothing stands in a list of names.
_TABLES = ("yes", "maybe", "uncounted", "ended")
_MOST_DISPUTES = 200
_OPEN = "sources contradict each other"
#: Contradictions that the contested standings do not tell already.
_OF_OTHERS = ("dates", "denied", "refused_and_done")
# A warning that most rows share is told once.
_SERIES_ENDS = "the series is complete to"


def report_page(found: Handout) -> str:
    """The page.

    Parameters
    ----------
    found : Handout
        From `make_handout`.

    Returns
    -------
    str
        A whole HTML document.

    Raises
    ------
    MissingExtra
        If SciPy, of the extra `[analysis]`, is not there to place the tiles.
    """
    title = f"Who recognises {clean(found.polity.name)}? As of {found.clock.on}"
    known = f" · as known on {found.clock.known}" if found.clock.known else ""
    recorded = f" · as recorded at {found.clock.recorded.isoformat()}" if found.clock.recorded else ""
    parts = [
        '<!doctype html><html lang=en><head><meta charset="utf-8">',
        '<meta name=viewport content="width=device-width,initial-scale=1">',
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">',
        '<meta name=referrer content="no-referrer">',
        f"<title>{text(title)}</title><style>{_style()}</style></head><body>",
        f"{PATTERNS}<header><h1>Who recognises {text(found.polity.name)}?</h1>",
        f"<p class=sub>As of {found.clock.on}{known}{recorded} · as a {found.count.capacity}</p></header>",
        "<nav aria-label=Contents><ul>",
        *(f"<li><a href='#{key}'>{name}</a></li>" for key, name in _SECTIONS.items()),
        "</ul></nav><main>",
        _section("summary", _summary(found)),
        _section("map", _maps(found)),
        _section("timeline", _over_time(found)),
        _section("states", _states(found)),
        _section("quotes", _quotes(found)),
        _section("sources", _sources(found.sources)),
        _section("method", _method(found)),
        _section("limits", _limits(found)),
        _section("cite", _citation(found)),
        "</main></body></html>\n",
    ]
    return "\n".join(parts)


@functools.cache
def _style() -> str:
    return resources.files("dejure.handout").joinpath("data", "handout.css").read_text(encoding="utf-8")


def _section(key: str, inside: str) -> str:
    return f"<section id={key}><h2>{_SECTIONS[key]}</h2>{inside}</section>"


def _list(items: Iterable[str]) -> str:
    rows = "".join(f"<li>{one}</li>" for one in items)
    return f"<ul>{rows}</ul>" if rows else ""


def _summary(found: Handout) -> str:
    count = found.count
    ended, contested = len(found.of_class("ended")), sum(row.is_contested for row in found.rows)
    cards = "".join(
        f"<div><b>{number}</b><span>{told}</span></div>"
        for number, told in (
            (number_of(count), "recognise it"), (number_of(found.before), f"a year before, {found.before.on}"),
            (str(ended), "withdrawn, frozen or lapsed"), (str(contested), "contested"),
        )
    )  # fmt: skip
    note = f"<p class=caution>{text(count.note[0].upper() + count.note[1:])}.</p>" if count.note else ""
    return "".join(
        [
            f"<p>{headline(found)}</p><p class=sub>Counted: {rules_told(count.rules)}.</p>",
            f"<div class=figures>{cards}</div>{note}",
            "<h3>What changed in the year before</h3>",
            *(f"<p>{one}</p>" for one in changes(found)),
            _recent(found),
            "<h3>What is disputed</h3>",
            _disputes(found),
            "<h3>What would count differently</h3>",
            _list(differences(count.effects)),
        ]
    )


def _recent(found: Handout) -> str:
    if not found.recent:
        return ""
    rows = []
    for one in found.recent:
        act = one.act
        who = text(name_of(act.recogniser)) if act.recogniser else "nobody in particular"
        rows.append((_when(act.date), who, act_words(act), _row_refs(one)))
    left = f"<p class=note>{found.recent_left_out} earlier ones are in the ledger.</p>" if found.recent_left_out else ""
    return _table("Acts of that year, or that may fall into it", ("When", "Who", "Act", "Sources"), rows) + left


def _disputes(found: Handout) -> str:
    """Whose standing is contested, alike ones together; then where sources exclude each other otherwise."""
    groups: dict[str, list[str]] = {}
    for row in found.rows:
        if not row.is_contested:
            continue
        who = f"{text(row.name)} {_refs(row.sources)}".strip()
        claims = [f"{_words(c.standing)} according to {names(c.claimed_by) or 'an unnamed source'}"
                  for c in row.standing.contests]  # fmt: skip
        told = f"{_words(row.standing.standing)} by its own acts, {'; '.join(claims)}" if claims else _OPEN
        groups.setdefault(told, []).append(who)
    items = [f"<b>{how[0].upper()}{how[1:]}</b> ({len(several)}): {', '.join(several)}."
            for how, several in groups.items()]  # fmt: skip
    for other in found.contradictions:
        if other.kind in _OF_OTHERS:
            who = text(name_of(other.recogniser)) if other.recogniser else "nobody in particular"
            items.append(f"<b>{who}</b>: {text(other.told)}.")
    left = len(items) - _MOST_DISPUTES
    items = [*items[:_MOST_DISPUTES], *([f"And {left} more: <code>dejure contradictions</code>."] if left > 0 else [])]
    return _list(dict.fromkeys(items)) or "<p>Nothing that is held.</p>"


def _maps(found: Handout) -> str:
    return (
        f"<figure>{world_map(found)}{legend(found)}<figcaption>Outlines are those of today; a state of the day that "
        "has none is a dot. They are no statement on any boundary. Natural Earth (public domain), by way of "
        "world-atlas (ISC).</figcaption></figure>"
        f"<figure><div class=scroll tabindex=0 role=group aria-label='Tile grid'>{tile_grid(found)}</div>"
        "<figcaption>Every state one tile, as near to its place as there is room; letters are codes.</figcaption>"
        "</figure>"
    )


def _over_time(found: Handout) -> str:
    drawn = timeline(found)
    if not drawn:
        return "<p>No dated act is held.</p>"
    return (
        f"<figure>{drawn}<figcaption>Solid: certain. Dashed: possible; between the two, the days on which the sources "
        "leave it open. By the rules of the summary, and from the same evidence throughout.</figcaption></figure>"
    )


def _states(found: Handout) -> str:
    parts = []
    for drawn, told in CLASSES.items():
        rows = found.of_class(drawn)
        tabled = [row for row in rows if drawn in _TABLES or row.standing.announced != "none" or row.is_contested]
        listed = [row for row in rows if row not in tabled]
        if not rows:
            continue
        parts.append(f"<h3>{told[0].upper()}{told[1:]} ({len(rows)})</h3>")
        if tabled:
            cells = [(_who(row), _when(row.standing.since), _notes(row), _row_refs(row)) for row in tabled]
            parts.append(_table("", ("Who", "Since", "Standing", "Sources"), cells))
        if listed:
            label = "All others: " if tabled else ""
            parts.append(f"<p>{label}{', '.join(text(row.name) for row in listed)}.</p>")
    ends = {row.standing.warning for row in found.rows if (row.standing.warning or "").startswith(_SERIES_ENDS)}
    notes = [f"<p class=caution>{text(told[0].upper() + told[1:])}: what changed later is in it only where your own "
             "ledger tells.</p>" for told in sorted(filter(None, ends))]  # fmt: skip
    return "".join([*notes, *parts]) or "<p>Nothing is held about this polity on that day.</p>"


def _who(row: Row) -> str:
    code = f" <span class=code>{text(row.actor)}</span>" if row.actor != row.name else ""
    return f"{text(row.name)}{code}"


def _notes(row: Row) -> str:
    one = row.standing
    told = [_words(one.standing) + (", possibly" if one.certainty == "possible" else "")]
    told += [_BASES[one.basis]] if one.basis and _BASES[one.basis] else []
    if one.announced != "none":
        told.append(f"{text(one.announced)}{f' for {text(one.announced_for.text())}' if one.announced_for else ''}")
    told += [
        f"contested: {_words(c.standing)} according to {names(c.claimed_by) or 'an unnamed source'}"
        for c in one.contests
    ]
    told += ["contested"] if row.is_contested and not one.contests else []
    told += ["under a condition"] if one.conditional else []
    told += [text(one.warning)] if one.warning and not one.warning.startswith(_SERIES_ENDS) else []
    return "; ".join(told)


def _words(standing: str) -> str:
    return text(standing.replace("_", " "))


def _when(interval: Interval | None) -> str:
    return text(interval.text()) if interval else ""


def _refs(numbers: Sequence[int]) -> str:
    return "<span class=refs>" + " ".join(f"<a href='#s{n}'>[{n}]</a>" for n in numbers) + "</span>" if numbers else ""


def _row_refs(row: Row | Recent) -> str:
    more = f" and {row.more_sources} more" if row.more_sources else ""
    return f"{_refs(row.sources)}{more}"


def _table(caption: str, head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table of HTML cells; on a narrow screen each row becomes a card with the headings as labels."""
    body = "".join(
        "<tr>"
        + "".join(
            f"<td{_class(name)}{f' data-label={name}' if place else ''}>{cell}</td>" if cell else "<td></td>"
            for place, (name, cell) in enumerate(zip(head, row, strict=True))
        )
        + "</tr>"
        for row in rows
    )
    named = f"<caption>{caption}</caption>" if caption else ""
    headings = "".join(f"<th scope=col>{name}</th>" for name in head)
    return f"<table>{named}<thead><tr>{headings}</tr></thead><tbody>{body}</tbody></table>"


def _class(name: str) -> str:
    return " class=when" if name in ("When", "Since") else ""


def _quotes(found: Handout) -> str:
    if not found.quotes:
        return (
            "<p>This ledger holds no words of reports about this polity: the shipped history names documents and "
            "lists. Reports of your own, taken in by <code>dejure ingest</code>, are quoted here.</p>"
        )
    left = f"<p class=note>{found.left_out} more are in the ledger.</p>" if found.left_out else ""
    return "".join(map(_quote, found.quotes)) + left


def _quote(one: Quote) -> str:
    evidence, act = one.entry.evidence, one.act
    assert evidence is not None
    who = text(name_of(act.recogniser)) if act.recogniser else "nobody in particular"
    when = f" · {_when(act.date)}" if act.date else ""
    return (
        f"<blockquote><p><bdi>“{text(evidence.quote)}”</bdi></p>"
        f"<p class=note>{who}: {act_words(act)}{when} {_refs([one.source])}</p></blockquote>"
    )


def _sources(sources: Sequence[Source]) -> str:
    if not sources:
        return "<p>None.</p>"
    rows = []
    for one in sources:
        report = one.report
        label = f"<bdi>{text(report.title or report.publisher or report.id, 200)}</bdi>"
        facts = [
            f"<bdi>{text(report.publisher, 200)}</bdi>" if report.title and report.publisher else "",
            str(report.published or ""),
            f"grade {', '.join(map(text, one.grades))}" if one.grades else "",
            f"report {text(report.id)}",
        ]
        rows.append(
            f"<li id=s{one.number} value={one.number}>{link(report.url, label)} "
            f"<span class=note>{' · '.join(filter(None, facts))}</span></li>"
        )
    return f"<ol class=sources>{''.join(rows)}</ol>"


def _method(found: Handout) -> str:
    trusted = [
        f"{text(one.name)}: {', '.join(map(text, one.acts))}; complete {one.complete_from or '?'} to "
        f"{one.complete_to or '?'}; grade {text(one.grade or 'none')}"
        for one in found.series
    ]
    ledger = f"a ledger of {text(found.head)}, over the shipped history" if found.head else "the shipped history alone"
    return (
        "<p>The ledger holds acts with their sources and the days between which each may have happened. An act is "
        "<em>certain</em> after the last of these days and <em>possible</em> from the first. Where a state stands "
        "follows from its acts by seven rules: recognising a government recognises its state; recognition of a state "
        "survives changes of government; recognition of a government lapses with it; establishing relations implies "
        "recognition; of two exclusive claims recognising one ends the other; a continuing state carries its acts on; "
        "an act that its author asserts outweighs the claim of a third party.</p>"
        "<p>Silence means that a state did nothing only between the days in which a series names every act:</p>"
        f"{_list(trusted) or '<p>No series covers this polity.</p>'}"
        f"<p>{found.acts} acts up to the day, from {ledger}. Reference tables {text(found.reference[:16])}; dejure "
        f"{__version__}. The same ledger and options give the same file, byte for byte; <code>dejure count</code> "
        "gives the same numbers by the same rules.</p>"
    )


def _limits(found: Handout) -> str:
    told = [
        "What no source in the ledger tells is not here. After the last day of a complete series acts may be missing.",
        "Acts from news reports were found by a machine: hold them against the quoted words. Its confidence is the "
        "weight of a rule, not a probability.",
        "Series of grade B−, C or of single acts are claims and no reference; an answer that rests on one says so.",
        "Recognition here is of states and governments. It says nothing on who controls a territory, or who should.",
        "Maps use the outlines of today, whatever the day.",
    ]
    if found.clock.known:
        told.append(f"Evidence that became public after {found.clock.known} is left out on purpose.")
    return _list(told)


def _citation(found: Handout) -> str:
    return (
        "<p>Cite the sources for a fact about one state, and this for the count. The entry names what made it.</p>"
        f"<pre>{_plain(bibtex(found))}</pre>"
    )


def _plain(several_lines: str) -> str:
    return html.escape(several_lines)
