"""From the corpus of sentences to weights of the type model, by the same reading and features as at run time."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dejure.coding.type_features import type_features
from dejure.coding.type_model import BASE_WEIGHTS
from dejure.errors import InputMissing, MalformedLine
from dejure.models.linear import LinearHead, write_card
from dejure.reading.reading import Sentence, read_sentences
from dejure.settings import Settings

if TYPE_CHECKING:
    from dejure.models.encoder_training import MarkedExample

__all__ = ["Example", "read_examples", "train_base", "train_full"]

Span = tuple[int, int]
#: An example is given twice: with its predicate to be found, and with it named, as the event coder names it.
_NAMED_WEIGHT = 0.7
_EPOCHS = 5


@dataclass(frozen=True, slots=True)
class Example:
    """A dyad of the corpus: a sentence with one actor and one recipient marked, and the type of the deed.

    `part` is train, development or test; `recipient` is None where the event has none.
    """

    sentence: Sentence
    actor: Span
    recipient: Span | None
    trigger: Span
    event_type: str
    part: str


def read_examples(corpus: Path, settings: Settings | None = None) -> list[Example]:
    """One example for each event of a corpus of JSON lines, as `scripts/build_corpus` writes it.

    Where all parties of a joint act are actors, the first and the second are the dyad.

    Raises
    ------
    InputMissing, MalformedLine
        If there is no such file, or a line is not a sentence of the corpus.
    """
    settings = settings if settings is not None else Settings.from_environment()
    records = list(_records(corpus))
    texts = (record["text"] for record in records)
    sentences = read_sentences(texts, settings, headlines=[record["style"] == "headline" for record in records])
    found = []
    for record, sentence in zip(records, sentences, strict=True):
        for event in record["events"]:
            actors, recipients = event["actor"], event["recipient"]
            other = recipients[0] if recipients else actors[1] if len(actors) > 1 else None
            found.append(
                Example(sentence, _span(actors[0]), _span(other) if other is not None else None,
                        _span(event["trigger"]), event["event_type"], record["part"])
            )  # fmt: skip
    return found


def _records(corpus: Path) -> Iterable[dict[str, Any]]:
    if not corpus.is_file():
        raise InputMissing("there is no such corpus", value=str(corpus), cure="name corpora/plover/sentences.jsonl")
    for number, line in enumerate(corpus.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            record = json.loads(line)
            yield {key: record[key] for key in ("text", "style", "part", "events")}
        except (ValueError, KeyError, TypeError) as error:
            where = f"{corpus.name}, line {number}"
            raise MalformedLine("a line is not a sentence of the corpus", value=where, cure=str(error)) from error


def _span(words: dict[str, Any]) -> Span:
    return words["start"], words["end"]


def train_base(corpus: Path, folder: Path, settings: Settings | None = None) -> dict[str, Any]:
    """Train the linear head and write it with its card; returns the card.

    Raises
    ------
    MissingExtra
        If scikit-learn is not installed.
    """
    from dejure.models.training import best_temperature, fit_head

    examples = read_examples(corpus, settings)
    train = [one for one in examples if one.part == "train"]
    found = [type_features(one.sentence, one.actor, one.recipient) for one in train]
    named = [type_features(one.sentence, one.actor, one.recipient, one.trigger) for one in train]
    labels = [one.event_type for one in train]
    weights = [1.0] * len(found) + [_NAMED_WEIGHT] * len(named)
    head = fit_head([*found, *named], [*labels, *labels], weights, "told:")
    held = [one for one in examples if one.part == "development"]
    logits = [head.logits(type_features(one.sentence, one.actor, one.recipient)) for one in held]
    head = replace(head, temperature=best_temperature(logits, [head.classes.index(one.event_type) for one in held]))
    card = {
        "what": "linear head over parse and lexicon features: the PLOVER type of a deed between two marked parties",
        "licence": "Apache-2.0",
        "trained_on": {"corpus": corpus.name, "sha256": hashlib.sha256(corpus.read_bytes()).hexdigest(),
                       "events": len(train)},
        "train_again": "dejure train base corpora/plover/sentences.jsonl src/dejure/models/data",
        "scores": {part: _scores(head, [one for one in examples if one.part == part])
                   for part in ("development", "test")},
    }  # fmt: skip
    write_card(folder, BASE_WEIGHTS, head.to_bytes(), card)
    return card


def _scores(head: LinearHead, examples: list[Example]) -> dict[str, float]:
    """Accuracy, macro-F1 and calibration error on a part of the corpus, over the 16 types."""
    shares = [head.probabilities(type_features(one.sentence, one.actor, one.recipient)) for one in examples]
    found = [head.classes[int(share.argmax())] for share in shares]
    return _summary(found, [float(share.max()) for share in shares], [one.event_type for one in examples])


def _summary(found: list[str], sure: list[float], gold: list[str]) -> dict[str, float]:
    from dejure.models.training import calibration_error, macro_f1

    right = [g == f for g, f in zip(gold, found, strict=True)]
    return {
        "events": len(gold), "accuracy": round(sum(right) / max(1, len(right)), 4),
        "macro_f1": round(macro_f1(gold, found), 4), "calibration_error": round(calibration_error(sure, right), 4),
    }  # fmt: skip


def train_full(
    corpus: Path, folder: Path, pause_after: float | None = None, settings: Settings | None = None
) -> dict[str, Any] | None:
    """Fine-tune the encoder and write it with its card; returns the card, or None where time was up.

    Parameters
    ----------
    pause_after : float, optional
        Seconds after which no new epoch is begun; the checkpoint in `folder` is taken up by the next run.

    Raises
    ------
    MissingExtra
        If the extra `[training]` is not installed.
    """
    from dejure.models.encoder_run import ENCODER_WEIGHTS, TOKENIZER
    from dejure.models.encoder_training import export_encoder, fit_encoder, logits_of, read_pieces, tag_pieces
    from dejure.models.training import best_temperature

    examples = read_examples(corpus, settings)
    marked = [_marked(one) for one in examples]
    rows, tokenizer = read_pieces(marked)
    classes = sorted({one.event_type for one in examples})
    train = [i for i, one in enumerate(examples) if one.part == "train"]
    tagged = tag_pieces(list(_tellings(corpus)))
    digest = hashlib.sha256(corpus.read_bytes()).hexdigest()
    folder.mkdir(parents=True, exist_ok=True)
    checkpoint = folder / f"encoder-{digest[:16]}.checkpoint"
    model = fit_encoder(
        [rows[i] for i in train], [marked[i] for i in train], tagged, classes, checkpoint, _EPOCHS, pause_after
    )
    if model is None:
        return None
    whole, small = export_encoder(model, folder)
    temperature, scores = 1.0, {}
    for part in ("development", "test"):
        places = [i for i, one in enumerate(examples) if one.part == part]
        gold = [examples[i].event_type for i in places]
        logits = logits_of(small, [rows[i] for i in places])
        if part == "development":
            temperature = best_temperature(logits, [classes.index(name) for name in gold])
        exact = logits_of(whole, [rows[i] for i in places])
        scores[part] = _scores_of(logits / temperature, classes, gold) | {
            "accuracy_in_single_precision": _scores_of(exact / temperature, classes, gold)["accuracy"],
            "int8_logits_differ_by": round(float(abs(logits - exact).max()), 3),
        }
    card = {
        "what": "MiniLM-L6 fine-tuned to the PLOVER type of a deed between two marked parties, and to which word "
                "pieces tell a deed of which type; int8 ONNX",
        "licence": "Apache-2.0; from sentence-transformers/all-MiniLM-L6-v2, Apache-2.0",
        "classes": classes, "temperature": temperature,
        "trained_on": {"corpus": corpus.name, "sha256": digest, "events": len(train),
                       "sentences": len(tagged), "epochs": _EPOCHS},
        "train_again": "dejure train full corpora/plover/sentences.jsonl src/dejure/models/data",
        "scores": scores,
    }  # fmt: skip
    write_card(folder, ENCODER_WEIGHTS, small, card)
    write_card(folder, TOKENIZER, tokenizer, {"what": "word pieces of all-MiniLM-L6-v2", "licence": "Apache-2.0"})
    checkpoint.unlink()
    return card


def _tellings(corpus: Path) -> Iterable[tuple[str, list[tuple[Span, str]]]]:
    """Each sentence of the training part, with where its deeds are told."""
    for record in _records(corpus):
        if record["part"] == "train":
            yield record["text"], [(_span(event["trigger"]), event["event_type"]) for event in record["events"]]


def _marked(one: Example) -> MarkedExample:
    from dejure.models.encoder_training import MarkedExample

    return MarkedExample(one.sentence.text, one.actor, one.recipient, one.event_type)


def _scores_of(logits: Any, classes: list[str], gold: list[str]) -> dict[str, float]:
    from dejure.models.training import shares_of

    shares = shares_of(logits)
    return _summary([classes[int(k)] for k in shares.argmax(1)], shares.max(1).tolist(), gold)
