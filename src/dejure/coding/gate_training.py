"""From development reports, coded with every sentence parsed, to the weights of the gate.

A sentence counts as one that is needed where the words that tell a record stand in it, or those that name somebody who
takes part. The limit is the highest at which, of reports that the model did not see, so few records would be lost.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np

from dejure.coding.deed_model import WORD_VECTORS, WordVectors
from dejure.coding.gate import Weighed, choose_weighed, weigh_sentences
from dejure.coding.gate_model import GATE_WEIGHTS, STEPS, GateModel, signs_of
from dejure.coding.report import code_reading
from dejure.errors import InputMissing
from dejure.models.head_training import fit_chance
from dejure.models.linear import read_weights, write_card
from dejure.reading.language import load_parser
from dejure.reading.reading import Sentence, read_report
from dejure.records import Coding, Report
from dejure.settings import Settings

__all__ = ["train_gate"]

#: Development material; the corpus that speed is measured on is none of it.
_FILES: Final = ("recognition/development.jsonl", "stories/development_reports.jsonl", "incidents/development.jsonl")
_PLOVER: Final = "plover/sentences.jsonl"
_LISTS: Final = ("events", "recognition", "statements", "silences", "background")
_ENTITIES: Final = ("actor", "recipient", "recogniser", "recognised")
_SENTENCES_A_REPORT, _SEED, _FOLDS = 6, 5, 5
_STRENGTH = 0.1
#: Share of events that may be lost in cross-validation; no act of recognition may.
_MOST_LOST = 0.002
#: A sentence that passes by less than this is in doubt itself: those before it are not parsed for its sake.
_MARGIN = STEPS // 4


@dataclass(frozen=True, slots=True)
class _Read:
    """A report with what its sentences weigh by, and the records that need each sentence."""

    sentences: tuple[Sentence, ...]
    weighed: Weighed
    signs: list[list[str]]
    needed: list[Counter[str]]


def train_gate(corpora: Path, folder: Path) -> dict[str, Any]:
    """Train on the development reports of a folder of corpora, write weights and card; returns the card.

    Raises
    ------
    InputMissing
        If there are no such files.
    MissingExtra
        If a library for training is not installed.
    """
    settings = Settings()
    read = [_read(report, settings) for report in _reports(corpora)]
    vectors = WordVectors.from_bytes(read_weights(WORD_VECTORS))
    folds = [random.Random(f"{_SEED}{at}").randrange(_FOLDS) for at in range(len(read))]  # noqa: S311 - no secret
    weights: list[list[float]] = [[] for _ in read]
    for fold in range(_FOLDS):
        model = _fitted([one for one, its in zip(read, folds, strict=True) if its != fold], vectors)
        for at, one in enumerate(read):
            if folds[at] == fold:
                weights[at] = [
                    model.weigh(signs, words) for signs, words in zip(one.signs, one.weighed.words, strict=True)
                ]
    least, lost = _limit(read, weights)
    whole = _fitted(read, vectors)
    model = GateModel(whole.own, whole.shades, whole.bias, least, least + _MARGIN)
    digest = hashlib.sha256(b"".join((corpora / name).read_bytes() for name in (*_FILES, _PLOVER)))
    card = {
        "what": "a linear gate over words, meanings and names: whether a sentence is worth a parse",
        "licence": "Apache-2.0",
        "trained_on": {"corpus": [*_FILES, _PLOVER], "sha256": digest.hexdigest(), "reports": len(read),
                       "sentences": sum(len(one.sentences) for one in read)},
        "cross_validated": lost,
        "train_again": "dejure train gate corpora src/dejure/models/data",
    }  # fmt: skip
    write_card(folder, GATE_WEIGHTS, model.to_bytes(), card)
    return card


def _reports(corpora: Path) -> Iterator[Report]:
    """English reports; sentences of the PLOVER corpus are joined by sixes in an order drawn once."""
    for name in (*_FILES, _PLOVER):
        path = corpora / name
        if not path.is_file():
            raise InputMissing("there is no such corpus", value=str(path), cure="name the folder corpora")
        rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        if name == _PLOVER:
            rows = [row for row in rows if row["part"] != "test"]
            random.Random(_SEED).shuffle(rows)  # noqa: S311 - an order, no secret
            sixes = [rows[at : at + _SENTENCES_A_REPORT] for at in range(0, len(rows), _SENTENCES_A_REPORT)]
            rows = [{**six[0], "title": "", "text": " ".join(row["text"] for row in six)} for six in sixes]
        for row in rows:
            if row.get("language", "en") == "en":
                published = dt.date.fromisoformat(row["published"])
                yield Report(id=row["id"], title=row["title"], body=row["text"], published=published, language="en")


def _read(report: Report, settings: Settings) -> _Read:
    reading = read_report(report, settings)
    weighed = weigh_sentences(reading.sentences, load_parser(settings.language_model).lemmas_of)
    signs = [
        list(signs_of(sentence, words, tells=tells, is_first=at == weighed.first))
        for at, (sentence, words, tells) in enumerate(
            zip(reading.sentences, weighed.words, weighed.tells, strict=True)
        )
    ]  # fmt: skip
    needed = _needed(reading.sentences, code_reading(reading, settings))
    return _Read(reading.sentences, weighed, signs, needed)


def _needed(sentences: Sequence[Sentence], coding: Coding) -> list[Counter[str]]:
    """How many records of each list need each sentence."""
    found: list[Counter[str]] = [Counter() for _ in sentences]
    for name in _LISTS:
        for record in getattr(coding, name):
            told = getattr(record, "trigger", None) or record.evidence
            places = {(told.part, told.start)}
            for field in _ENTITIES:
                value = getattr(record, field, None)
                places |= {
                    (entity.part, entity.start)
                    for entity in (value if isinstance(value, tuple) else (value,))
                    if getattr(entity, "start", None) is not None
                }
            for sentence, counted in zip(sentences, found, strict=True):
                counted[name] += any(sentence.part == part and sentence.start <= start < sentence.end
                                     for part, start in places)  # fmt: skip
    return found


def _fitted(read: Sequence[_Read], vectors: WordVectors) -> GateModel:
    rows = [row for one in read for row in zip(one.signs, one.weighed.words, one.needed, strict=True)]
    examples = [dict.fromkeys([*signs, *(f"w:{word}" for word in sorted(words))], 1.0) for signs, words, _ in rows]
    numbers = np.array([vectors.mean(sorted(words)) for _, words, _ in rows], dtype=np.float32)
    _, names, weights, dense, bias = fit_chance(
        examples, numbers, [any(needed.values()) for *_, needed in rows], _STRENGTH, balanced=False
    )
    shades = np.round(vectors.table.astype(np.float64) @ dense[:, 0].astype(np.float64) * STEPS).astype(int)
    own = {name: round(float(weights[row, 0]) * STEPS) for name, row in names.items()}
    return GateModel(
        {name: steps for name, steps in own.items() if steps},
        {word: int(shades[row]) for word, row in vectors.places.items()},
        round(float(bias[0]) * STEPS), 0, 0,
    )  # fmt: skip


def _limit(read: Sequence[_Read], weights: list[list[float]]) -> tuple[int, dict[str, Any]]:
    """The highest limit that loses few enough, and what it loses of reports that the model did not see."""
    told: tuple[int, dict[str, Any]] | None = None
    for least in range(-4 * STEPS, 0, STEPS // 8):
        lost: Counter[str] = Counter()
        for one, its in zip(read, weights, strict=True):
            parsed = choose_weighed(one.sentences, one.weighed, its.__getitem__, least, least + _MARGIN)
            lost["sentences_parsed"] += sum(parsed)
            for needed, is_parsed in zip(one.needed, parsed, strict=True):
                lost.update({f"{name}_lost": count for name, count in needed.items() if count and not is_parsed})
        total = sum(needed["events"] for one in read for needed in one.needed)
        if told is not None and (lost["events_lost"] > _MOST_LOST * total or lost["recognition_lost"]):
            break
        told = least, {"sentences": sum(len(one.sentences) for one in read), "events": total, **lost}
    assert told is not None
    return told
