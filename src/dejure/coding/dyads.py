"""Marked sentences to roots: who is actor and who recipient is given, what one does to the other is asked for."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from dejure.coding.linking import Marked, Predicate, predicates_between
from dejure.coding.type_model import TypeModel
from dejure.coding.words import load_toml
from dejure.errors import MalformedLine
from dejure.reading.reading import Sentence, read_sentences
from dejure.settings import Settings

__all__ = ["MarkedSentence", "RootAnswer", "code_dyads", "parse_marked"]

Span = tuple[int, int]
_TAG = re.compile(r"<(/?)([st])>")


@dataclass(frozen=True, slots=True)
class MarkedSentence:
    """A sentence with where its actor and recipient stand; a side that is not marked is None."""

    text: str
    actor: Span | None
    recipient: Span | None


@dataclass(frozen=True, slots=True)
class RootAnswer:
    """A root of the benchmark and the probability given to it."""

    root: str
    confidence: float


def parse_marked(marked: str, where: str = "") -> MarkedSentence:
    """The sentence without its marks, `<s>..</s>` around the actor and `<t>..</t>` around the recipient.

    Of several marks of a kind the first counts.

    Raises
    ------
    MalformedLine
        If a mark is not closed, or closed without being opened.
    """
    pieces: list[str] = []
    opened: dict[str, int] = {}
    spans: dict[str, Span] = {}
    at = length = 0
    for tag in _TAG.finditer(marked):
        pieces.append(marked[at : tag.start()])
        length += tag.start() - at
        at = tag.end()
        if not tag[1]:
            opened[tag[2]] = length
        elif tag[2] not in opened:
            raise MalformedLine(f"</{tag[2]}> closes nothing", value=where or marked[:60])
        else:
            spans.setdefault(tag[2], (opened.pop(tag[2]), length))
    if opened:
        raise MalformedLine(f"<{min(opened)}> is not closed", value=where or marked[:60])
    text = "".join([*pieces, marked[at:]])
    return MarkedSentence(text, _trimmed(text, spans.get("s")), _trimmed(text, spans.get("t")))


def _trimmed(text: str, span: Span | None) -> Span | None:
    if span is None or not text[span[0] : span[1]].strip():
        return None
    words = text[span[0] : span[1]]
    start = span[0] + len(words) - len(words.lstrip())
    return start, start + len(words.strip())


def code_dyads(sentences: Iterable[MarkedSentence], settings: Settings | None = None) -> Iterator[RootAnswer]:
    """The root of each marked sentence, in order; it never abstains.

    Raises
    ------
    ModelError
        If the parser's or the head's weights are missing or not the pinned ones.
    MissingExtra
        If model `full` is set without the extra `[onnx]`.
    """
    settings = settings if settings is not None else Settings.from_environment()
    given = list(sentences)
    model = TypeModel.load(settings.model)
    for one, sentence in zip(given, read_sentences((one.text for one in given), settings), strict=True):
        shares = model.score(sentence, one.actor, one.recipient)
        roots = roots_of(sentence, one.actor, one.recipient, shares)
        root = max(sorted(roots), key=lambda name: roots[name])
        yield RootAnswer(root, round(roots[root], 3))


def roots_of(
    sentence: Sentence, actor: Span | None, recipient: Span | None, shares: dict[str, float]
) -> dict[str, float]:
    """Probabilities of the benchmark's roots from those of our types."""
    table = load_toml("benchmark_roots.toml")
    ranked = predicates_between(sentence, Marked.of(sentence, actor), Marked.of(sentence, recipient))
    roots: dict[str, float] = dict.fromkeys(_root_names(), 0.0)
    for event_type, share in shares.items():
        rows = (row.root for row in _rows() if ranked and row.holds(event_type, ranked[0]))
        roots[next(rows, table["roots"].get(event_type, event_type))] += share
    return roots


@functools.cache
def _root_names() -> tuple[str, ...]:
    from dejure.reference.ontology import load_ontology

    merged: dict[str, str] = load_toml("benchmark_roots.toml")["roots"]
    return tuple(sorted({merged.get(name, name) for name in load_ontology().types}))


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of `benchmark_roots.toml`."""

    type: str
    root: str
    frame: str
    mode: str

    def holds(self, event_type: str, main: Predicate) -> bool:
        """Whether a type, given how the lexicon reads the predicate, goes to the row's root."""
        mode = (main.frame.mode or "") if main.frame is not None else ""
        return (self.type, self.frame, self.mode) == (event_type, main.event_type, mode)


@functools.cache
def _rows() -> tuple[_Row, ...]:
    return tuple(_Row(**row) for row in load_toml("benchmark_roots.toml")["rows"])
