#!/usr/bin/env python3
"""How well incidents bring together the reports that tell one happening, from text to incident.

    .venv/bin/python benchmarks/incidents.py [--half development|frozen] [--force]

writes benchmarks/results/incidents_HALF.json. The reports of `corpora/incidents` are read by the coder; two reports
belong together if they are members of one incident. Pairwise precision, recall and F1 over all pairs of reports of the
half, with an interval from 1,000 draws of families of happenings (seed 1; a family is what one affair's near misses
stand in); B-cubed beside it, where a report stands with all that share an incident with it. A pair of which one report
tells the other's happening as background (`also`) counts neither way. `dense` says the same with the families moved
into two weeks.
"""

from __future__ import annotations

import argparse
import datetime as dt
import itertools
import json
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Callable
from typing import Any

from result_files import ROOT, inputs_of, machine, stands, write

CORPUS = ROOT / "corpora" / "incidents"
DRAWS = 1_000
Pair = frozenset[str]


def main() -> int:
    """Measure, unless a result of the same inputs stands."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--half", choices=["development", "frozen"], default="development")
    parser.add_argument("--force", action="store_true", help="measure even where a result of the same inputs stands")
    parser.add_argument("--errors", action="store_true", help="print wrong and missing pairs")
    arguments = parser.parse_args()
    path = CORPUS / f"{arguments.half}.jsonl"
    name, inputs = f"incidents_{arguments.half}", inputs_of({"incidents": [path]})
    if stands(name, inputs) and not arguments.force:
        print(f"{name}: the result stands", file=sys.stderr)
        return 0
    reports = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    scores = _scores(reports, _together(reports, lambda _: 0), print_errors=arguments.errors)
    dense = _scores(reports, _together(reports, _into_two_weeks(reports)))
    result = {"inputs": inputs, "machine": {"python": machine()["python"]}, "scores": scores, "dense": dense}
    write(name, result)
    print(json.dumps({"scores": scores, "dense": dense}, indent=1))
    return 0


def _family(report: dict[str, Any]) -> str:
    return str(report["happening"]).split("-")[0]


def _into_two_weeks(reports: list[dict[str, Any]]) -> Callable[[dict[str, Any]], int]:
    """Whole weeks by which each family moves so that it begins within one fortnight."""
    first: dict[str, dt.date] = {}
    for report in reports:
        day = dt.date.fromisoformat(report["published"])
        first[_family(report)] = min(first.get(_family(report), day), day)
    target = dt.date(2000, 1, 3)
    weeks = {
        family: (target - (day - dt.timedelta(days=day.weekday()))).days + 7 * (number % 2)
        for number, (family, day) in enumerate(sorted(first.items()))
    }
    return lambda report: weeks[_family(report)]


def _together(reports: list[dict[str, Any]], moved: Callable[[dict[str, Any]], int]) -> set[Pair]:
    """Pairs of reports in one incident, each report moved by some days after it was coded."""
    import dejure
    from dejure.corpus.incidents import IncidentFinder
    from dejure.corpus.lead_words import lead_words
    from dejure.corpus.rows import rows_of

    finder = IncidentFinder()
    given = [{key: one[key] for key in ("id", "title", "text", "published")} | {"language": "en"} for one in reports]
    for one, coding in zip(reports, dejure.read_many(given), strict=True):
        assert isinstance(coding, dejure.Coding)
        days = dt.timedelta(days=moved(one))
        finder.add_report(
            one["id"], dt.date.fromisoformat(one["published"]) + days, lead_words(one["title"], one["text"])
        )
        for name, row in rows_of(coding):
            if name == "events":
                for bound in ("earliest", "latest"):
                    row[bound] = row[bound] + days if row[bound] else None
                finder.add_event(row)
    pairs: set[Pair] = set()
    for incident in finder.incidents():
        ids = {member.report_id for member in incident.members}
        pairs.update(map(frozenset, itertools.combinations(sorted(ids), 2)))
    return pairs


def _scores(reports: list[dict[str, Any]], together: set[Pair], *, print_errors: bool = False) -> dict[str, Any]:
    by_id = {report["id"]: report for report in reports}
    # Counts of right, found and true pairs by the family of the first report; a wrong pair across counts there, too.
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    found_of, true_of = defaultdict(set), defaultdict(set)
    for one, other in itertools.combinations(sorted(by_id), 2):
        a, b = by_id[one], by_id[other]
        if a["happening"] in b["also"] or b["happening"] in a["also"]:
            continue
        is_true, is_found = a["happening"] == b["happening"], frozenset((one, other)) in together
        counts[_family(a)].update(right=is_true and is_found, found=is_found, true=is_true)
        for mine, theirs in ((one, other), (other, one)):
            if is_true:
                true_of[mine].add(theirs)
            if is_found:
                found_of[mine].add(theirs)
        if print_errors and is_true != is_found:
            print("missed" if is_true else "wrong", a["happening"], one, b["happening"], other)
    chance, families = random.Random(1), sorted(counts)  # noqa: S311 - draws, not secrets
    draws = sorted(
        _f1(sum((counts[chance.choice(families)] for _ in families), Counter()))[2] for _ in range(DRAWS)
    )  # fmt: skip
    precision, recall, f1 = _f1(sum(counts.values(), Counter()))
    cubed = [
        sum(len(true_of[one] & found_of[one] | {one}) / len(of[one] | {one}) for one in by_id) / len(by_id)
        for of in (found_of, true_of)
    ]
    return {
        "reports": len(reports), "happenings": len({one["happening"] for one in reports}),
        "pairs": sum(count["true"] for count in counts.values()), "precision": round(precision, 3),
        "recall": round(recall, 3), "f1": round(f1, 3),
        "f1_interval_95": [round(draws[int(DRAWS * 0.025)], 3), round(draws[int(DRAWS * 0.975) - 1], 3)],
        "b_cubed_precision": round(cubed[0], 3), "b_cubed_recall": round(cubed[1], 3),
        "b_cubed_f1": round(2 * cubed[0] * cubed[1] / (cubed[0] + cubed[1]), 3),
    }  # fmt: skip


def _f1(count: Counter[str]) -> tuple[float, float, float]:
    found, true = count["found"] or 1, count["true"] or 1
    return count["right"] / found, count["right"] / true, 2 * count["right"] / (found + true)


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT / "src"))
    sys.exit(main())
