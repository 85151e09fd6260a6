"""Lists that no single room has: polities, stories with their reports, the methods behind the answers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from importlib import resources
from typing import Any

from dejure.ledger import ActRecord, Ledger, SourceReport
from dejure.ledger.rules import load_presets
from dejure.ledger.stories_of import story_of_reports
from dejure.records import SCHEMA_VERSION
from dejure.reference.history import load_history_series
from dejure.reference.tables import load_polities, reference_hash
from dejure.version import __version__

__all__ = ["methods", "polity_rows", "story_rows"]


def polity_rows(slugs: Iterable[str]) -> list[dict[str, Any]]:
    """Polities that something is held about, with their dates, by slug."""
    polities = load_polities()
    return [
        {
            "slug": one.slug, "name": one.name, "kind": one.kind, "capacity": one.capacity, "actor_id": one.actor_id,
            "iso3": one.iso3, "parent": one.parent, "disputed": one.is_disputed,
            "from": one.validity.start.isoformat() if one.validity.start else None,
            "to": one.validity.end.isoformat() if one.validity.end else None,
        }
        for slug in slugs if (one := polities.get(slug)) is not None
    ]  # fmt: skip


def story_rows(ledger: Ledger, acts: Sequence[ActRecord]) -> list[dict[str, Any]]:
    """Stories by the day of their first report: the reports of each, and the acts that they tell of."""
    reports: dict[str, SourceReport] = {}
    told: dict[str, list[dict[str, Any]]] = {}
    for act in acts:
        short = {
            "recogniser": act.recogniser, "recognised": act.recognised, "act": act.act,
            "date": act.date.to_dict() if act.date else None,
        }  # fmt: skip
        for id_ in {entry.report.id for entry in act.entries if entry.report}:
            told.setdefault(id_, []).append(short)
        reports |= {entry.report.id: entry.report for entry in act.entries if entry.report}
    story_of = story_of_reports(ledger.store, reports) if ledger.store else {}
    stories: dict[str, list[SourceReport]] = {}
    for id_ in sorted(reports):
        stories.setdefault(story_of.get(id_, id_), []).append(reports[id_])
    rows = [
        {
            "story": story, "first": min((str(one.published) for one in several if one.published), default=None),
            "reports": [one.to_dict() for one in several],
            "acts": _once(short for one in several for short in told[one.id]),
        }
        for story, several in stories.items()
    ]  # fmt: skip
    return sorted(rows, key=lambda row: (row["first"] or "9999", row["story"]))


def _once(rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for row in rows:
        if row not in found:
            found.append(row)
    return found


def methods() -> dict[str, Any]:
    """What the answers rest on."""
    from dejure.analysis.store import inputs_hash

    citations = resources.files("dejure.analysis").joinpath("data", "citations.bib").read_text(encoding="utf-8")
    return {
        "dejure": __version__, "schema": SCHEMA_VERSION, "reference": reference_hash(),
        "wave_inputs_sha256": inputs_hash(), "presets": load_presets(),
        "series": [
            {
                "name": name, "recognised": list(one.recognised), "acts": sorted(one.acts), "grade": one.grade,
                "complete_from": one.complete_from.isoformat() if one.complete_from else None,
                "complete_to": one.complete_to.isoformat() if one.complete_to else None, "note": one.note,
            }
            for name, one in sorted(load_history_series().items())
        ],
        "citations": citations,
    }  # fmt: skip
