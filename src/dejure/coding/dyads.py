"""Marked sentences to roots: who is actor and who recipient is given, what one does to the other is asked for."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from dejure.coding.features import contexts_of
from dejure.coding.lexicon import load_frames
from dejure.coding.linking import Marked, Predicate, composed_type, predicates_between
from dejure.coding.outlook import outlook_of
from dejure.coding.type_model import TypeModel
from dejure.coding.words import load_noun_classes, load_toml
from dejure.errors import MalformedLine
from dejure.reading.reading import Sentence, read_sentences
from dejure.settings import Settings

__all__ = ["MarkedSentence", "RootAnswer", "RootRow", "code_dyads", "parse_marked", "root_rows", "roots_of"]

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
    sentence: Sentence,
    actor: Span | None,
    recipient: Span | None,
    shares: dict[str, float],
    rows: Sequence[RootRow] | None = None,
) -> dict[str, float]:
    """Probabilities of the benchmark's roots from those of our types.

    Parameters
    ----------
    rows : sequence of RootRow, optional
        The rows of `benchmark_roots.toml` to go by, for measuring what they do; all of them where it is None.
    """
    merged, rows = _merged(), root_rows() if rows is None else rows
    ranked = predicates_between(sentence, Marked.of(sentence, actor), Marked.of(sentence, recipient))
    reading = _Reading.of(sentence, ranked[0]) if ranked else None
    roots: dict[str, float] = dict.fromkeys(_root_names(), 0.0)
    for event_type, share in shares.items():
        held = (row.root for row in rows if reading is not None and row.holds(event_type, reading))
        roots[next(held, merged.get(event_type, event_type))] += share
    return roots


@functools.cache
def _root_names() -> tuple[str, ...]:
    from dejure.reference.ontology import load_ontology

    return tuple(sorted({_merged().get(name, name) for name in load_ontology().types}))


@functools.cache
def _merged() -> dict[str, str]:
    """Roots of the types that have another name in the benchmark."""
    found: dict[str, str] = load_toml("benchmark_roots.toml")["roots"]
    return found


@dataclass(frozen=True, slots=True)
class _Reading:
    """What a row of `benchmark_roots.toml` asks about: how the lexicon reads the predicate between the parties."""

    frame: str
    mode: str
    put: str
    object: frozenset[str]
    contexts: tuple[str, ...]

    @classmethod
    def of(cls, sentence: Sentence, main: Predicate) -> _Reading:
        heads = [*main.arguments.objects, *(h for found in main.arguments.preps.values() for h in found), main.word]
        return cls(
            frame=main.event_type, mode=(main.frame.mode or "") if main.frame is not None else "",
            put=_how_put(sentence, main), object=frozenset(sentence.tokens[h].lemma for h in heads),
            contexts=contexts_of(sentence, main.frame.contexts if main.frame is not None else ()),
        )  # fmt: skip


def _how_put(sentence: Sentence, main: Predicate) -> str:
    """Whether a deed is `promised` or `done`; empty where it is refused, asked for or called off."""
    outlook = outlook_of(sentence, main.at)
    plain = next((f for f in load_frames().get((sentence.tokens[main.at].lemma, "verb"), ()) if not f.requires), None)
    is_word_given = plain is not None and plain.event_type == "AGREE" and main.event_type != "AGREE"
    if outlook.negated or main.support == "negated":
        return ""
    if outlook.future or main.support == "future" or outlook.first("plan") is not None or is_word_given:
        return "promised"
    return "done" if composed_type(main, outlook) == main.event_type else ""


@dataclass(frozen=True, slots=True)
class RootRow:
    """A row of `benchmark_roots.toml`; a condition that is None is not asked for."""

    type: str
    root: str
    frame: str | None = None
    mode: str | None = None
    put: str | None = None
    object: str | None = None
    context: str | None = None

    def holds(self, event_type: str, reading: _Reading) -> bool:
        """Whether a type, given how the lexicon reads the predicate, goes to the row's root."""
        return (
            self.type == event_type
            and self.frame in (None, reading.frame)
            and self.mode in (None, reading.mode)
            and self.put in (None, reading.put)
            and (self.object is None or bool(reading.object & getattr(load_noun_classes(), self.object)))
            and (self.context is None or self.context in reading.contexts)
        )


@functools.cache
def root_rows() -> tuple[RootRow, ...]:
    """The rows of `benchmark_roots.toml`, in order."""
    return tuple(RootRow(**row) for row in load_toml("benchmark_roots.toml")["rows"])
