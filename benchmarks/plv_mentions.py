#!/usr/bin/env python3
"""Whether the marked actors and recipients of PLV sentences are found as mentions in the bare sentence.

    .venv/bin/python benchmarks/plv_mentions.py --shared DIR [--force]     writes benchmarks/results/plv_mentions.json

A marked span counts as found where the words of some party of the report's cast overlap it: `any` takes every party,
`named` only those with an id or a country. The PLV train split (Hu et al., ACL 2024) is measured on, never trained on.
"""

from __future__ import annotations

import argparse
import csv
import re
import sys
from pathlib import Path
from typing import Any

from result_files import inputs_of, machine, stands, write

_PARTS_AND_BOTH = 3
_MARK = re.compile(r"</?[st]>")


def main() -> int:
    """Measure, unless a result of the same inputs stands."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, required=True, metavar="DIR", help="folder with data/plv")
    parser.add_argument("--force", action="store_true", help="measure even where a result of the same inputs stands")
    arguments = parser.parse_args()
    table = arguments.shared / "data" / "plv" / "plv_train.tsv"
    inputs = inputs_of({"plv_train": [table]})
    if stands("plv_mentions", inputs) and not arguments.force:
        print("plv_mentions: the result stands", file=sys.stderr)
        return 0
    with table.open(encoding="utf-8", newline="") as lines:
        rows = [_found(row["marked_sentence"]) for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)]
    rows = [row for row in rows if len(row["any"]) == _PARTS_AND_BOTH]  # some rows mark no actor or no recipient
    shares = {
        kind: {
            part: round(sum(row[kind][part] for row in rows) / len(rows), 3) for part in ("actor", "recipient", "both")
        }
        for kind in ("any", "named")
    }
    write(
        "plv_mentions", {"inputs": inputs, "machine": {"python": machine()["python"]}, "n": len(rows), "shares": shares}
    )
    print(shares)
    return 0


def _found(marked: str) -> dict[str, dict[str, bool]]:
    from dejure.coding.actors import Cast
    from dejure.reading.reading import read_report
    from dejure.records import Report
    from dejure.settings import Settings

    text, spans = _unmarked(marked)
    reading = read_report(Report(id="plv", title="", body=text, published=None, language="en"), Settings())
    cast = Cast(reading, None)
    parties = [
        party
        for sentence in reading.sentences
        for token in sentence.tokens
        if token.pos in ("NOUN", "PROPN", "PRON", "ADJ")
        for party in cast.parties(sentence, token.i)
    ]
    answer: dict[str, dict[str, bool]] = {}
    for kind in ("any", "named"):
        entities = [party.entity for party in parties if kind == "any" or party.is_known]
        places = [(e.start, e.end) for e in entities if e.start is not None and e.end is not None]
        has = {part: any(a < end and b > start for a, b in places) for part, (start, end) in spans.items()}
        answer[kind] = {**has, "both": all(has.values())}
    return answer


def _unmarked(marked: str) -> tuple[str, dict[str, Any]]:
    text, starts, spans = "", {}, {}
    at = 0
    for match in _MARK.finditer(marked):
        text += marked[at : match.start()]
        at = match.end()
        part = "actor" if "s" in match[0] else "recipient"
        if match[0].startswith("</"):
            spans[part] = (starts[part], len(text))
        else:
            starts[part] = len(text)
    return text + marked[at:], spans


if __name__ == "__main__":
    sys.exit(main())
