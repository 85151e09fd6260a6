"""Which reports tell the same story: copies, syndicated and lightly edited or updated texts of one origin.

Two reports are candidates if their MinHash signatures (over three-word shingles) agree in a band; a candidate pair is
verified on the shingles themselves and on the particulars, the numbers and names, since a routine report of another day
shares the words and not the figures. A story is a connected component of verified pairs, so it does not depend on the
order of reports; its id is the report id of its earliest member. An independent account of the same event is another
story: it is another source.

Sources: A. Broder, On the resemblance and containment of documents, 1997; P. Indyk and R. Motwani, Approximate nearest
neighbors, 1998 (banding).
"""

from __future__ import annotations

import array
import datetime as dt
import functools
import hashlib
import re
import sys
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from importlib import resources
from typing import TYPE_CHECKING, Final

from dejure.errors import RecordError

if TYPE_CHECKING:
    from rensa import RMinHash, RMinHashLSH

__all__ = [
    "StoryAssignment",
    "StoryFingerprint",
    "StoryIndex",
    "StoryItem",
    "assign_stories",
    "fingerprint",
    "likeness",
]

#: Words of a shingle: long enough that unrelated reports share few, short enough to survive light editing.
SHINGLE_WORDS: Final = 3
#: Bands of two rows find a pair of Jaccard similarity .15 with probability .95, one of .25 with .999.
PERMUTATIONS: Final = 256
BANDS: Final = 128
SEED: Final = 1997
#: Least likeness of a verified pair: in the development half of `corpora/stories` the likest pair of different stories
#: has .27, and no story hangs on a pair below .48.
THRESHOLD: Final = 0.38
#: Changes with anything that can change an assignment.
METHOD: Final = 1

_WORD: Final = re.compile(r"\d+(?:[.,]\d+)*|\w+(?:'\w+)?")
_STRAIGHT: Final = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-"})
_BEFORE_WORD: Final = " \t\"'(["
_ENDS: Final = ".!?:\n"


@dataclass(frozen=True, slots=True)
class StoryItem:
    """A report to be grouped: its id, its text with the title, and the day it was published (None if unknown)."""

    report_id: str
    text: str
    published: dt.date | None = None


@dataclass(frozen=True, slots=True)
class StoryFingerprint:
    """All that the comparison needs of a report, so that its text need not be kept.

    Attributes
    ----------
    shingles, numbers, names : frozenset of int
        64-bit hashes of three-word shingles, of numbers and of capitalised words within sentences.
    """

    report_id: str
    published: dt.date | None
    shingles: frozenset[int]
    numbers: frozenset[int]
    names: frozenset[int]

    def to_bytes(self) -> bytes:
        """The hashes, sorted, as little-endian 64-bit words after their three counts; same content, same bytes."""
        parts = (self.shingles, self.numbers, self.names)
        words = array.array("Q", [*map(len, parts), *(word for part in parts for word in sorted(part))])
        if sys.byteorder == "big":
            words.byteswap()
        return words.tobytes()

    @classmethod
    def from_bytes(cls, report_id: str, published: dt.date | None, content: bytes) -> StoryFingerprint:
        """What `to_bytes` made.

        Raises
        ------
        RecordError
            If the bytes are not whole.
        """
        words = array.array("Q")
        if len(content) % words.itemsize or len(content) < 3 * words.itemsize:
            raise RecordError("a story fingerprint is not whole", value=report_id, cure="read the report again")
        words.frombytes(content)
        if sys.byteorder == "big":
            words.byteswap()
        shingles, numbers, names = words[:3]
        if len(words) != 3 + shingles + numbers + names:
            raise RecordError("a story fingerprint is not whole", value=report_id, cure="read the report again")
        rest = words[3:]
        return cls(
            report_id,
            published,
            frozenset(rest[:shingles]),
            frozenset(rest[shingles : shingles + numbers]),
            frozenset(rest[shingles + numbers :]),
        )


@dataclass(frozen=True, slots=True)
class StoryAssignment:
    """To which story each report belongs.

    Attributes
    ----------
    version : str
        SHA-256 over the method and the assignment: the same reports give the same version in any order.
    story_of : mapping of str to str
        Story id by report id.
    aliases : mapping of str to str
        Every other id that a story could have been known by, that of each member, to its story id: the id of a story
        that was merged into another, or whose earliest member came in late, still leads to it.
    """

    version: str
    story_of: Mapping[str, str]
    aliases: Mapping[str, str]

    def resolve(self, story_id: str) -> str:
        """The present id of a story known by this id, now or before; an unknown id is returned as it is."""
        return self.aliases.get(story_id, story_id)


@dataclass(frozen=True, slots=True)
class _Packed:
    report_id: str
    published: dt.date | None
    content: bytes

    def unpacked(self) -> StoryFingerprint:
        return StoryFingerprint.from_bytes(self.report_id, self.published, self.content)


@dataclass(slots=True)
class StoryIndex:
    """Stories of a growing set of reports; what was added in any number of steps gives what one step gives.

    Fingerprints are held as bytes, about 2.5 KB for a report of 300 words, and unpacked for candidates alone.
    """

    _items: list[_Packed] = field(default_factory=list)
    _position: dict[str, int] = field(default_factory=dict)
    _parent: list[int] = field(default_factory=list)
    _buckets: RMinHashLSH | None = None

    def add(self, items: Iterable[StoryItem]) -> None:
        """Add reports; one that is there already is left alone.

        Raises
        ------
        RecordError
            If a report comes with another text or day than before.
        """
        self.add_fingerprints(fingerprint(item) for item in items)

    def add_fingerprints(self, prints: Iterable[StoryFingerprint]) -> None:
        """Add reports by what `fingerprint` made of them; see `add`."""
        for item in prints:
            known = self._position.get(item.report_id)
            packed = _Packed(item.report_id, item.published, item.to_bytes())
            if known is None:
                self._append(item, packed)
            elif self._items[known] != packed:
                raise RecordError(
                    "a report has two texts", value=item.report_id, cure="give the other one an id of its own"
                )

    def assignment(self) -> StoryAssignment:
        """Which story each report belongs to now."""
        members: dict[int, list[_Packed]] = {}
        for index, item in enumerate(self._items):
            members.setdefault(self._root(index), []).append(item)
        story_of: dict[str, str] = {}
        for group in members.values():
            head = min(group, key=_age).report_id
            story_of.update((item.report_id, head) for item in group)
        story_of = dict(sorted(story_of.items()))
        return StoryAssignment(
            version=_version(story_of),
            story_of=story_of,
            aliases={report: story for report, story in story_of.items() if report != story},
        )

    def _append(self, item: StoryFingerprint, packed: _Packed) -> None:
        index = len(self._items)
        self._items.append(packed)
        self._parent.append(index)
        self._position[item.report_id] = index
        if not item.shingles:
            return
        signature = _signature(item)
        buckets = self._buckets or _new_buckets()
        self._buckets = buckets
        for other in buckets.query(signature):
            one, two = self._root(index), self._root(other)
            # A pair within one story needs no look.
            if one != two and likeness(item, self._items[other].unpacked()) >= THRESHOLD:
                self._parent[max(one, two)] = min(one, two)
        buckets.insert(index, signature)

    def _root(self, index: int) -> int:
        parent = self._parent
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index


def assign_stories(items: Iterable[StoryItem]) -> StoryAssignment:
    """Group reports into stories.

    Raises
    ------
    RecordError
        If two items have one id and different texts.
    """
    index = StoryIndex()
    index.add(items)
    return index.assignment()


def fingerprint(item: StoryItem) -> StoryFingerprint:
    """What the comparison needs of a report: hashed shingles, numbers and names."""
    text = unicodedata.normalize("NFKC", item.text).translate(_STRAIGHT)
    words: list[str] = []
    numbers: set[int] = set()
    names: set[int] = set()
    for match in _WORD.finditer(text):
        word = match.group()
        lower = word.casefold()
        words.append(lower)
        if word[0].isdigit() or lower in _number_words():
            numbers.add(_hash(lower))
        elif word[0].isupper() and not _starts_sentence(text, match.start()):
            names.add(_hash(lower))
    return StoryFingerprint(
        item.report_id,
        item.published,
        frozenset(map(_hash, _shingles(words))),
        frozenset(numbers),
        frozenset(names),
    )


def likeness(one: StoryFingerprint, other: StoryFingerprint) -> float:
    """How far one report is made of the other, from 0 to 1.

    The share of the shorter report's shingles that stand in the longer one, so that a cut copy is whole, times the
    agreement of their particulars: the mean of the shares of numbers and of names, counted the same way. Where a report
    has no numbers, or no names, the other kind counts alone. An update changes figures within the day; where the days
    of publication differ, other figures speak for a routine report, and the share of numbers counts again.
    """
    shared = _share(one.shingles, other.shingles) or 0.0
    numbers, names = _share(one.numbers, other.numbers), _share(one.names, other.names)
    kinds = [share for share in (numbers, names) if share is not None]
    agreement = sum(kinds) / len(kinds) if kinds else 1.0
    if one.published and other.published and one.published != other.published:
        agreement *= 1.0 if numbers is None else numbers
    return shared * agreement


def _share(one: frozenset[int], other: frozenset[int]) -> float | None:
    """The part of the smaller set that lies in the larger; None if it is empty."""
    least = min(len(one), len(other))
    return len(one & other) / least if least else None


def _shingles(words: list[str]) -> Iterator[str]:
    """All runs of three words; a shorter text is one shingle."""
    if words:
        for start in range(max(1, len(words) - SHINGLE_WORDS + 1)):
            yield " ".join(words[start : start + SHINGLE_WORDS])


def _starts_sentence(text: str, start: int) -> bool:
    """Whether a word stands at the beginning of a sentence or line, where a capital letter tells nothing."""
    while start and text[start - 1] in _BEFORE_WORD:
        start -= 1
    return start == 0 or text[start - 1] in _ENDS


def _hash(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "little")


def _signature(item: StoryFingerprint) -> RMinHash:
    from rensa import RMinHash

    signature = RMinHash(num_perm=PERMUTATIONS, seed=SEED)
    signature.update([word.to_bytes(8, "little") for word in sorted(item.shingles)])
    return signature


def _new_buckets() -> RMinHashLSH:
    from rensa import RMinHashLSH

    return RMinHashLSH(threshold=THRESHOLD, num_perm=PERMUTATIONS, num_bands=BANDS)


def _age(item: _Packed) -> tuple[dt.date, str]:
    return (item.published or dt.date.max, item.report_id)


def _version(story_of: Mapping[str, str]) -> str:
    digest = hashlib.sha256(f"stories {METHOD} {SHINGLE_WORDS} {PERMUTATIONS} {BANDS} {SEED} {THRESHOLD}\n".encode())
    for report, story in story_of.items():
        digest.update(f"{report}\0{story}\n".encode())
    return digest.hexdigest()


@functools.cache
def _number_words() -> frozenset[str]:
    data = resources.files("dejure.ledger").joinpath("data", "stories.toml").read_text(encoding="utf-8")
    return frozenset(str(tomllib.loads(data)["number_words"]).split())
