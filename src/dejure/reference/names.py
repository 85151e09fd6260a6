"""Every name of the tables, found in a text in one pass.

Names are kept as runs of letters and digits, without accents and case, so that "Côte d'Ivoire", "Cote d’Ivoire" and
"CÔTE D'IVOIRE" meet; what the text writes is then held against what the table writes, so that "us" is not "US" and
"turkey" not "Turkey". At each word the longest name that fits wins; a longer phrase that only looks like a name
("Central American", "the South China Sea") is passed over whole.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from dejure.reference.overlay import tabled
from dejure.reference.tables import (
    Validity,
    _validity,
    load_organisations,
    load_people,
    load_places,
    load_polities,
    read_table,
)

__all__ = ["Name", "NameHit", "NameIndex", "load_name_index", "names_in_language"]

NameTable = Literal["polity", "organisation", "person", "place", "block"]

_WORD = re.compile(r"[^\W_]+")
# What may stand between two words of one name: a space, an abbreviation's stop, an apostrophe, a hyphen, an ampersand,
# a bracket that opens ("Congo (Brazzaville)").
_GAP = re.compile(r"\.?[ \u00a0'’ʼ‘.\-–‑&/]?[ \u00a0(]?")
_LONGEST_GAP = 3
_SHORTEST_SPOKEN = 4
_ARTICLE = "the"


@dataclass(frozen=True, slots=True)
class Name:
    """One way to name one thing.

    `kind` tells how: name, official, alias, demonym, adjective, capital, seat, historical, misspelling, abbreviation,
    acronym, former, organ, full, short.
    """

    text: str
    table: NameTable
    target: str
    kind: str
    validity: Validity
    is_ambiguous: bool
    #: Of a person: the sectors of the office held.
    sectors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NameHit:
    """A name found in a text, with all that it may stand for."""

    start: int
    end: int
    names: tuple[Name, ...]


class NameIndex:
    """Names by their words, for one-pass search."""

    def __init__(self, names: Iterator[Name]) -> None:
        self._by_key: dict[str, list[Name]] = {}
        self._longest: dict[str, int] = {}
        for name in names:
            self._add(name)
            if name.kind == "acronym" and name.text.isalpha() and name.text.isupper():
                # "The A.N.C.": older papers put stops in.
                self._add(replace(name, text="".join(f"{letter}." for letter in name.text)))

    def _add(self, name: Name) -> None:
        words = _key_words(name.text)
        if words:
            self._by_key.setdefault(" ".join(words), []).append(name)
            self._longest[words[0]] = max(self._longest.get(words[0], 0), len(words))

    def __len__(self) -> int:
        return len(self._by_key)

    def names(self) -> Iterator[Name]:
        """All names, by their words."""
        for names in self._by_key.values():
            yield from names

    def find(self, text: str) -> Iterator[NameHit]:
        """Names in the text, in order, without overlap; at each place the longest."""
        words = [(m.start(), m.end(), _fold(m[0])) for m in _WORD.finditer(text)]
        at = 0
        while at < len(words):
            longest = self._longest.get(words[at][2])
            hit = self._longest_at(text, words, at, longest) if longest else None
            if hit is not None and words[at][2] == _ARTICLE and self._reaches_beyond(text, words, at + 1, hit):
                # "The French Republic": the whole name, not "the French".
                hit = None
            if hit is None:
                at += 1
            else:
                names = tuple(name for name in hit[0].names if name.table != "block")
                if names:
                    yield NameHit(hit[0].start, hit[0].end, names)
                at += hit[1]

    def _reaches_beyond(self, text: str, words: list[tuple[int, int, str]], at: int, hit: tuple[NameHit, int]) -> bool:
        """Whether a name that begins at this word ends after another one."""
        longest = self._longest.get(words[at][2]) if at < len(words) else None
        later = self._longest_at(text, words, at, longest) if longest else None
        return later is not None and later[0].end > hit[0].end

    def look_up(self, text: str) -> tuple[Name, ...]:
        """What this string, taken whole, may name."""
        return tuple(self._by_key.get(" ".join(_key_words(text)), ()))

    def _longest_at(
        self, text: str, words: list[tuple[int, int, str]], at: int, longest: int
    ) -> tuple[NameHit, int] | None:
        best: tuple[NameHit, int] | None = None
        key = ""
        for count in range(1, min(longest, len(words) - at) + 1):
            begin, end, word = words[at + count - 1]
            if count > 1 and not _is_gap(text, words[at + count - 2][1], begin):
                break
            key = f"{key} {word}" if key else word
            names = self._by_key.get(key)
            if not names:
                continue
            start = words[at][0]
            fitting = tuple(n for n in names if _fits_case(text[start:end], n.text))
            if fitting:
                stop = end + 1 if text[end : end + 1] in _closing(fitting) else end
                best = NameHit(start, stop, fitting), count
        return best


@tabled
def load_name_index() -> NameIndex:
    """The index of all English names of the shipped tables."""
    return NameIndex(_all_names())


def names_in_language(language: str) -> list[Name]:
    """Names of polities in another language than English, by its ISO 639-1 code."""
    lasting = {slug: polity.validity for slug, polity in load_polities().items()}
    found = []
    for row in read_table("names.csv"):
        own = lasting.get(row["target"])
        if row["lang"] == language and own is not None:
            validity = _validity(row)
            validity = Validity(validity.start or own.start, validity.end or own.end)
            found.append(Name(row["name"], "polity", row["target"], row["kind"], validity, row["ambiguous"] == "1"))
    return found


def _all_names() -> Iterator[Name]:
    for row in read_table("name_blocks.csv"):
        yield Name(row["phrase"], "block", "", "block", Validity(None, None), False)
    # A name without dates of its own lasts as long as the polity it names.
    lasting = {slug: polity.validity for slug, polity in load_polities().items()}
    lasting |= {one.id: one.validity for one in load_organisations().values()}
    for table, file in (("polity", "names.csv"), ("organisation", "organisation_names.csv")):
        for row in read_table(file):
            if row["lang"] == "en":
                own = lasting.get(row["target"])
                validity = _validity(row)
                if own is not None:
                    validity = Validity(validity.start or own.start, validity.end or own.end)
                yield Name(row["name"], table, row["target"], row["kind"], validity, row["ambiguous"] == "1")  # type: ignore[arg-type]
    for place in load_places():
        yield Name(place, "place", place, "place", Validity(None, None), True)
    for person in load_people():
        yield Name(person.name, "person", person.polity, "full", person.validity, False, person.sectors)
        if person.short and person.short != person.name:
            yield Name(
                person.short,
                "person",
                person.polity,
                "short",
                person.validity,
                person.is_short_ambiguous,
                person.sectors,
            )


def _fold(word: str) -> str:
    if word.isascii():
        return word.lower()
    decomposed = unicodedata.normalize("NFKD", word)
    return "".join(c for c in decomposed if not unicodedata.combining(c)).casefold()


def _key_words(text: str) -> list[str]:
    return [_fold(m[0]) for m in _WORD.finditer(text)]


def _is_gap(text: str, start: int, end: int) -> bool:
    return end - start <= _LONGEST_GAP and _GAP.fullmatch(text, start, end) is not None


def _closing(names: tuple[Name, ...]) -> frozenset[str]:
    """The stop or bracket that one of these names ends with and that the text may write too."""
    return frozenset(name.text[-1] for name in names if name.text[-1] in ".)")


def _fits_case(found: str, written: str) -> bool:
    """Whether the text writes the name as the table does, in capitals, or with each word's first letter raised.

    An abbreviation in capitals ("US", "UN") must be in capitals; any other name must at least begin each word that the
    table begins with a capital with one.
    """
    if found == written:
        return True
    letters = [c for c in found if c.isalpha()]
    if all(c.isupper() for c in letters):
        return len(letters) > 3 or written.isupper() or "." in written
    if sum(c.isupper() for c in written) > 1 and written.replace(".", "").isupper():
        # "Nato", "Unita": British papers write a pronounceable acronym as a name.
        first, hyphen, rest = written.partition("-")
        is_word = len(first) >= _SHORTEST_SPOKEN and first.isalpha()
        return is_word and found == first.capitalize() + hyphen + rest
    first = next((c for c in found if c.isalnum()), "")
    wanted = next((c for c in written if c.isalnum()), "")
    if wanted.isupper() and not first.isupper():
        return False
    return _capitals(found) >= _capitals(written)


def _capitals(text: str) -> int:
    return sum(1 for m in _WORD.finditer(text) if m[0][0].isupper())
