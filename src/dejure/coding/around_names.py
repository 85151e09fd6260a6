"""What stands around a name, and what a name is of: questions that need neither the report nor its other names."""

from __future__ import annotations

from dejure.coding.words import load_toml
from dejure.reading.language import Token
from dejure.reading.reading import Sentence
from dejure.reference.names import Name, NameHit
from dejure.reference.tables import load_organisations, load_places, load_polities

__all__ = [
    "countries_of",
    "follows_the",
    "hit_text",
    "is_bare_word",
    "is_one_name",
    "is_river",
    "is_where",
    "is_written_as_organ",
    "rules",
]


def is_where(sentence: Sentence, hit: NameHit) -> bool:
    """Whether a name tells where something was done: "a delegation was in Kabul"."""
    tokens = sentence.tokens
    token = next((t for t in tokens if t.start >= hit.start), None)
    if token is None:
        return False
    if token.dep in ("compound", "nmod"):
        token = tokens[token.head]
    preposition = tokens[token.head]
    return (
        token.dep == "pobj"
        and preposition.lower in ("in", "at", "near", "outside", "into")
        and tokens[preposition.head].pos in ("VERB", "AUX")
    )


def rules(name: Name, named: frozenset[str]) -> bool:
    """Whether a capital is named for a rival government of a state among these."""
    polity = load_polities().get(name.target)
    return name.kind == "capital" and polity is not None and polity.parent in named


def countries_of(name: Name) -> frozenset[str]:
    """ISO codes of the country or countries that a body or a town is of."""
    if name.table == "place":
        return frozenset(place.country for place in load_places().get(name.target, ())[:1])
    organisation = load_organisations().get(name.target) if name.table == "organisation" else None
    return frozenset({organisation.country}) if organisation is not None and organisation.country else frozenset()


def hit_text(sentence: Sentence, hit: NameHit) -> str:
    """The words of a name hit."""
    return sentence.text[hit.start : hit.end]


def is_written_as_organ(sentence: Sentence, hit: NameHit) -> bool:
    """Whether a short name of an organ may stand for it: "the Commission", not "the commission"."""
    words = hit_text(sentence, hit).split()
    return words[-1][:1].isupper() and not sentence.text[hit.end :].startswith((" of ", " under ", " on "))


def is_one_name(sentence: Sentence, hit: NameHit, head: Token) -> bool:
    """Whether a name and a later head are one: the next word, or a person's given name and the last of several."""
    is_next = sentence.text[hit.end : head.start].strip() == ""
    return is_next or all(n.table == "person" for n in hit.names)


def is_river(sentence: Sentence, hit: NameHit) -> bool:
    """Whether the name of a state stands with an article that only the river of that name takes: "the Niger"."""
    token = next((t for t in sentence.tokens if t.start == hit.start), None)
    is_named = token is not None and hit_text(sentence, hit) in load_toml("noun_fits.toml")["rivers"]
    if not is_named or token is None or sentence.text[: hit.start].split()[-1:] not in (["the"], ["The"]):
        return False
    # "The Niger government" has the article of its noun.
    return token.dep not in ("compound", "nmod", "amod", "poss")


def is_bare_word(sentence: Sentence, token: Token, hit: NameHit) -> bool:
    """Whether a name of an organisation is "the" with one word, which may be short for another: "the League"."""
    article, *words = hit_text(sentence, hit).split()
    has_article = article.lower() == "the" if words else follows_the(sentence, hit)
    is_alone = (words or [article]) == [token.text]
    return is_alone and has_article and all(n.table == "organisation" for n in hit.names)


def follows_the(sentence: Sentence, hit: NameHit) -> bool:
    """Whether "the" or "both" stands before a name."""
    return sentence.text[: hit.start].rstrip().rpartition(" ")[2].lower() in ("the", "both")
