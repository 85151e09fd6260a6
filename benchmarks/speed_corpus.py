"""The pinned corpus of 300 reports through the whole path, with the gate and without, against the parser alone."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import resource
import time
from collections.abc import Callable
from typing import Any

from result_files import ROOT

__all__ = ["CORPUS", "measure"]

CORPUS = ROOT / "corpora" / "speed"
PASSES = 3
BATCH = 64
KILOBYTES_A_MEGABYTE = 1024


def measure() -> dict[str, Any]:
    """Ratios of seconds, the share of sentences that the gate has parsed, and peak memory of this process."""
    import spacy

    import dejure
    from dejure.coding.gate import choose_sentences
    from dejure.reading.reading import read_report
    from dejure.settings import Settings

    given = _given()
    reports = [
        dejure.Report(id=one["id"], title=one["title"], body=one["text"],
                      published=dt.date.fromisoformat(one["published"]), language="en")
        for one in given
    ]  # fmt: skip
    nlp = spacy.load(Settings().language_model, exclude=["ner", "senter"])
    sentences: list[str] = []
    shares: dict[str, list[bool]] = {"politics": [], "other": []}
    for one, report in zip(given, reports, strict=True):
        read = read_report(report, Settings(), choose_sentences).sentences
        sentences += [sentence.text for sentence in read]
        shares["politics" if one["topic"] == "politics" else "other"] += [sentence.is_parsed for sentence in read]

    def alone() -> None:
        for _ in nlp.pipe(sentences, batch_size=BATCH):
            pass

    def whole(gate: str) -> Callable[[], None]:
        def run() -> None:
            for coding in dejure.read_many(reports, settings=Settings(gate=gate)):
                assert isinstance(coding, dejure.Coding)

        return run

    parser, off, on = _best(alone, whole("off"), whole("on"))
    return {
        "ratios": {
            "seconds_corpus_without_gate_to_parser_alone": round(off / parser, 3),
            "seconds_corpus_with_gate_to_parser_alone": round(on / parser, 3),
            "seconds_corpus_with_gate_to_without": round(on / off, 3),
            **{f"share_parsed_{name}": round(sum(them) / len(them), 3) for name, them in shares.items()},
        },
        "absolute": {
            "corpus_reports": len(reports), "corpus_sentences": len(sentences),
            "corpus_words": sum(len(text.split()) for text in sentences),
            "peak_megabytes_corpus": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // KILOBYTES_A_MEGABYTE,
        },
    }  # fmt: skip


def _given() -> list[dict[str, Any]]:
    raw = (CORPUS / "reports.jsonl").read_bytes()
    if hashlib.sha256(raw).hexdigest() != (CORPUS / "SHA256").read_text(encoding="utf-8").strip():
        raise SystemExit("speed: corpora/speed/reports.jsonl is not the pinned one; see scripts/build_speed_corpus")
    return [json.loads(line) for line in raw.decode("utf-8").splitlines()]


def _best(*tasks: Callable[[], None]) -> list[float]:
    """Seconds of the best pass of each task, taken by turns; the first pass of all only warms up."""
    best = [float("inf")] * len(tasks)
    for number in range(PASSES + 1):
        for at, task in enumerate(tasks):
            began = time.perf_counter()
            task()
            if number:
                best[at] = min(best[at], time.perf_counter() - began)
    return best
