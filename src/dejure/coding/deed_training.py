"""From the corpus of sentences to the heads of the deed model, by the same reading and features as at run time."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from dejure.coding.dating import date_of_deed, is_long_past
from dejure.coding.deed_features import (
    Deed,
    auxiliary_features,
    deed_features,
    deed_words,
    mode_features,
    sentence_features,
)
from dejure.coding.deed_model import AUXILIARY, DEED_WEIGHTS, SURENESS, WORD_VECTORS, DeedModel, SparseHead, WordVectors
from dejure.coding.deeds import View, content_words, parts_by_rule, put_by_rule, view_of
from dejure.coding.events import records_of, tellings_by_rule
from dejure.coding.part_features import alone_features, beside_features, list_features
from dejure.coding.recognition import find_recognition
from dejure.coding.recognition.events import events_of_acts
from dejure.coding.scene import Scene
from dejure.errors import InputMissing
from dejure.models.head_training import Fitted, fit_chance, fit_classes, fit_lists
from dejure.models.linear import write_card
from dejure.reading.language import PINNED_MODEL, lemmas_by_pos
from dejure.reading.reading import Sentence, read_report
from dejure.records import Entity, Report
from dejure.settings import Settings

__all__ = ["Marked", "read_marked", "train_deeds", "train_sureness", "train_words"]

Array = npt.NDArray[np.float32]
#: Inverse penalties of the heads, and the penalty of those over lists; chosen on the development part.
_DEED, _SENTENCE, _MODE, _AUXILIARY_STRENGTH, _LISTS, _RIGHT = 0.1, 0.1, 1.0, 1.0, 4.0, 1.0
#: Parts that the authors are dealt out to, each held back once.
_FOLDS = 4
_UNTOLD = SparseHead(("holds",), {"bias": 0}, *(np.zeros(shape, dtype=np.float32) for shape in ((1, 1), (0, 1), (1,))))


@dataclass(frozen=True, slots=True)
class Marked:
    """A sentence of the corpus as it is seen, with its marked events by the word that tells them."""

    scene: Scene
    view: View
    events: dict[int, dict[str, Any]]
    author: str


def read_marked(corpus: Path, parts: frozenset[str], settings: Settings | None = None) -> Iterator[Marked]:
    """The sentences of some parts of a corpus of JSON lines, as `scripts/build_corpus` writes it.

    Raises
    ------
    InputMissing
        If there is no such file.
    """
    if not corpus.is_file():
        raise InputMissing("there is no such corpus", value=str(corpus), cure="name corpora/plover/sentences.jsonl")
    settings = settings if settings is not None else Settings.from_environment()
    for line in corpus.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        if record["part"] not in parts:
            continue
        published = dt.date.fromisoformat(record["published"])
        report = Report(id=record["id"], title="", body=record["text"], published=published, language="en")
        scene = Scene.of(read_report(report, settings))
        scene.recognition = find_recognition(scene)
        taken = events_of_acts(scene)[1].tokens
        for sentence in scene.sentences:
            view = view_of(scene, sentence, tellings_by_rule(scene, sentence, taken), taken, None)
            yield Marked(scene, view, dict(_events_of(view, record["events"])), record["author"])


def _events_of(view: View, events: list[dict[str, Any]]) -> Iterator[tuple[int, dict[str, Any]]]:
    """Marked events of a sentence by the word that tells each; of two by one word, the first."""
    seen: set[int] = set()
    words = [deed.i for deed in view.deeds]
    for event in events:
        inside = _inside(view.sentence, event["trigger"])
        told = [i for i in inside if i in words]
        top = _top(view.sentence, inside)
        word = top if top in told else told[0] if told else None
        if word is not None and word not in seen:
            seen.add(word)
            yield word, event


def _inside(sentence: Sentence, words: dict[str, Any]) -> list[int]:
    start, end = words["start"] - sentence.start, words["end"] - sentence.start
    return [t.i for t in sentence.tokens if t.start < end and t.end > start]


def _top(sentence: Sentence, inside: list[int]) -> int | None:
    """The word among these that the others hang on, a noun if there is one."""
    tokens = sentence.tokens
    tops = [i for i in inside if tokens[i].head not in inside or tokens[i].head == i]
    nominal = [i for i in tops if tokens[i].pos in ("NOUN", "PROPN", "PRON", "ADJ", "NUM")]
    return (nominal or tops)[-1] if tops else None


@dataclass(slots=True)
class _Examples:
    """What one head learns from."""

    features: list[dict[str, float]] = field(default_factory=list)
    numbers: list[Array] = field(default_factory=list)
    labels: list[Any] = field(default_factory=list)
    lists: list[int] = field(default_factory=list)

    def add(self, features: dict[str, float], numbers: Array | None, label: Any, number: int = 0) -> None:
        self.features.append(features)
        self.numbers.append(numbers if numbers is not None else np.zeros(0, dtype=np.float32))
        self.labels.append(label)
        self.lists.append(number)

    @property
    def table(self) -> Array:
        return np.array(self.numbers, dtype=np.float32)


def _gather(marked: list[Marked], vectors: WordVectors) -> dict[str, _Examples]:
    names = ("sentence", "deed", "actor", "recipient", "mode", *AUXILIARY)
    found = {name: _Examples() for name in names}
    for number, one in enumerate(marked):
        view, sentence = one.view, one.view.sentence
        told = [telling.event_type for telling in view.rules.values()]
        features = sentence_features(sentence, view.deeds, view.kinds, told)
        found["sentence"].add(features, vectors.mean(content_words(sentence)), bool(one.events))
        for deed in view.deeds:
            telling = view.rules.get(deed.i)
            event = one.events.get(deed.i)
            features = deed_features(sentence, deed, telling.event_type if telling is not None else "", view.kinds)
            numbers = vectors.of_groups(deed_words(sentence, deed))
            found["deed"].add(features, numbers, event["event_type"] if event is not None else "NONE")
            if event is not None:
                _take_parties(view, deed, event, vectors, found, number * 1000 + deed.i)
                _take_put(one, deed, event, numbers, found)
    return found


def _take_parties(
    view: View, deed: Deed, event: dict[str, Any], vectors: WordVectors, found: dict[str, _Examples], number: int
) -> None:
    sentence = view.sentence
    kinds = {head: kind for head, kind in view.kinds.items() if head != deed.i}
    by_rule = parts_by_rule(view, deed)
    features = list_features(sentence, deed, event["event_type"], kinds, by_rule)
    tops = {
        slot: {_top(sentence, _inside(sentence, words)) for words in event[slot]} for slot in ("actor", "recipient")
    }
    beside = beside_features(sentence, deed, event["event_type"], kinds, [h for h in kinds if h in tops["actor"]])
    for head, one, more in zip(kinds, features, beside, strict=True):
        words = vectors.mean([sentence.tokens[head].lemma])
        found["actor"].add(one, words, head in tops["actor"], number)
        found["recipient"].add(one | more, words, head in tops["recipient"], number)
    alone = alone_features(sentence, deed, event["event_type"], kinds, by_rule)
    if kinds:
        found["recipient"].add(
            alone, np.zeros(vectors.table.shape[1], dtype=np.float32), not event["recipient"], number
        )


def _take_put(one: Marked, deed: Deed, event: dict[str, Any], numbers: Array, found: dict[str, _Examples]) -> None:
    sentence, event_type = one.view.sentence, event["event_type"]
    reading = one.scene.reading
    is_old = is_long_past(reading, date_of_deed(reading, sentence, deed.at, deed.outlook))
    mode, auxiliary = put_by_rule(one.view, deed, event_type, is_old=is_old)
    label = f"{event_type}|{event['mode'] or '-'}"
    found["mode"].add(mode_features(sentence, deed, event_type, mode), numbers, label)
    features = auxiliary_features(sentence, deed, event_type, auxiliary)
    for name in AUXILIARY:
        found[name].add(features, None, name in event["auxiliary"])


def train_deeds(corpus: Path, folder: Path, settings: Settings | None = None) -> dict[str, Any]:
    """Train the heads of the deed model and write them with their card; returns the card.

    The vectors of words must be in `folder`, as `train_words` writes them.

    Raises
    ------
    MissingExtra
        If scikit-learn is not installed.
    """
    vectors = WordVectors.from_bytes((folder / WORD_VECTORS).read_bytes())
    marked = list(read_marked(corpus, frozenset({"train"}), settings))
    model = replace(_heads(marked, vectors), right=_confidence(marked, vectors))
    card = {
        "what": "linear heads over parse and lexicon features: which word tells a deed, its type, parties, mode",
        "licence": "Apache-2.0",
        "trained_on": {"corpus": corpus.name, "sha256": hashlib.sha256(corpus.read_bytes()).hexdigest(),
                       "sentences": len(marked), "events": sum(len(one.events) for one in marked)},
        "train_again": "dejure train deeds corpora/plover/sentences.jsonl src/dejure/models/data",
    }  # fmt: skip
    write_card(folder, DEED_WEIGHTS, model.to_bytes(), card)
    return card


def _heads(marked: list[Marked], vectors: WordVectors) -> DeedModel:
    """All heads but that for confidence, in the precision that they are kept in."""
    found = _gather(marked, vectors)
    nouns = {
        one.view.sentence.tokens[word].lemma
        for one in marked for word in one.events if one.view.sentence.tokens[word].pos == "NOUN"
    }  # fmt: skip
    deed, sentence, mode = found["deed"], found["sentence"], found["mode"]
    model = DeedModel(
        sentence=_head(fit_chance(sentence.features, sentence.table, sentence.labels, _SENTENCE, balanced=True)),
        deed=_head(fit_classes(deed.features, deed.table, deed.labels, _DEED)),
        actor=_of_lists(found["actor"]), recipient=_of_lists(found["recipient"]),
        mode=_head(fit_classes(mode.features, mode.table, mode.labels, _MODE)),
        auxiliary={
            name: _head(fit_chance(found[name].features, found[name].table, found[name].labels, _AUXILIARY_STRENGTH,
                                   balanced=False))
            for name in AUXILIARY
        },
        right=_UNTOLD, vectors=vectors, nouns=frozenset(nouns),
    )  # fmt: skip
    return DeedModel.from_bytes(model.to_bytes(), vectors)


def _confidence(marked: list[Marked], vectors: WordVectors) -> SparseHead:
    """The head for confidence, fitted to what is right of events found by heads that did not see their author."""
    authors = sorted({one.author for one in marked})
    told: list[tuple[dict[str, float], bool]] = []
    for first in range(_FOLDS):
        held = set(authors[first::_FOLDS])
        model = _heads([one for one in marked if one.author not in held], vectors)
        told += [judged for one in marked if one.author in held for judged in _judged(one, model)]
    return _fit_sureness(told)


def _fit_sureness(told: list[tuple[dict[str, float], bool]]) -> SparseHead:
    features, right = [one for one, _ in told], [hit for _, hit in told]
    numbers = np.zeros((len(told), 0), dtype=np.float32)
    return _head(fit_chance(features, numbers, right, _RIGHT, balanced=False))


def train_sureness(corpus: Path, folder: Path, settings: Settings | None = None) -> dict[str, Any]:
    """Fit how sure model `full` is of its events, write that with its card, and return the card.

    Fitted to the development part, which neither the heads nor the encoder learned from. The weights of the package are
    read, so those of `full` must be in it.

    Raises
    ------
    MissingExtra
        If scikit-learn or onnxruntime is not installed.
    """
    from dejure.models.encoder_run import ENCODER_WEIGHTS, EncoderRun
    from dejure.models.linear import read_card

    model = replace(DeedModel.load("base"), nouns=None, encoder=EncoderRun.load())
    told = [
        judged for one in read_marked(corpus, frozenset({"development"}), settings) for judged in _judged(one, model)
    ]
    model = replace(model, right=_fit_sureness(told))
    card = {
        "what": "how likely an event of model full is right, type and parties: a linear head over what is known of it",
        "licence": "Apache-2.0",
        "trained_on": {"corpus": corpus.name, "sha256": hashlib.sha256(corpus.read_bytes()).hexdigest(),
                       "events": len(told), "encoder": read_card(ENCODER_WEIGHTS)["sha256"]},
        "train_again": "dejure train sureness corpora/plover/sentences.jsonl src/dejure/models/data",
    }  # fmt: skip
    write_card(folder, SURENESS, model.sureness_to_bytes(), card)
    return card


def _judged(marked: Marked, model: DeedModel) -> Iterator[tuple[dict[str, float], bool]]:
    """Features of each event found in a sentence, and whether one is marked of its type with its parties."""
    for event, features in records_of(marked.scene, marked.view, model):
        told = [one for one in marked.events.values() if one["event_type"] == event.event_type]
        yield (
            features,
            any(_meet(event.actor, one["actor"]) and _meet(event.recipient, one["recipient"]) for one in told),
        )


def _meet(found: tuple[Entity, ...], words: list[dict[str, Any]]) -> bool:
    if not words:
        return not any(entity.start is not None for entity in found)
    return any(
        entity.start is not None and entity.end is not None and entity.start < one["end"] and one["start"] < entity.end
        for entity in found for one in words
    )  # fmt: skip


def _head(fitted: Fitted) -> SparseHead:
    return SparseHead(*fitted)


def _of_lists(examples: _Examples) -> SparseHead:
    return _head(fit_lists(examples.features, examples.table, examples.lists, examples.labels, _LISTS))


def train_words(folder: Path) -> dict[str, Any]:
    """Make the vectors of words and write them with their card; returns the card.

    Raises
    ------
    MissingExtra
        If a library for training is not installed.
    """
    from dejure.models.word_vectors import word_vectors

    words, table = word_vectors(lemmas_by_pos(PINNED_MODEL))
    vectors = WordVectors({word: row for row, word in enumerate(words)}, table)
    card = {
        "what": "meanings of English words in few numbers: all-MiniLM-L6-v2 of each word alone, its principal parts",
        "licence": "Apache-2.0; from sentence-transformers/all-MiniLM-L6-v2, Apache-2.0",
        "words": len(words), "train_again": "dejure train words - src/dejure/models/data",
    }  # fmt: skip
    write_card(folder, WORD_VECTORS, vectors.to_bytes(), card)
    return card
