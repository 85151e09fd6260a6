"""What the statements of a report are about: the standing of a polity, or a claim that is disputed.

A matter is told of where an act of recognition is, where words of recognition stand beside the polity's name, or where
the disputed claim is named; a remark close behind is about it, also where it names nothing.
"""

from __future__ import annotations

import functools
import re
from collections import Counter
from dataclasses import dataclass

from dejure.coding.parties import is_contested
from dejure.coding.recognition.polity import recognition_words
from dejure.coding.scene import Scene
from dejure.coding.words import load_toml
from dejure.reading.reading import Sentence
from dejure.records import Stance
from dejure.reference.tables import load_polities

__all__ = ["Matter", "claimed", "dispute_side", "dispute_slugs", "matter_of", "own_dispute"]

_CHINAS = frozenset({"china-prc", "taiwan-roc"})
#: How many sentences behind the telling a remark that names nothing is still about the matter.
_NEAR = 8
#: How many sentences back the name may lie that a word of recognition without one is about.
_BACK = 2


@dataclass(frozen=True, slots=True)
class _Dispute:
    slug: str
    told: re.Pattern[str]
    places: re.Pattern[str]
    claims: re.Pattern[str]
    holders: frozenset[str]
    rivals: frozenset[str]


@dataclass(frozen=True, slots=True)
class Matter:
    """What a report's statements are about.

    Attributes
    ----------
    topic : str
        Slug of the polity or of the dispute.
    told : frozenset of int
        Sentences that tell of it.
    is_dispute : bool
        Whether it is a claim to something, and not the standing of a polity.
    is_undone : bool
        Whether the news of a dispute is that somebody takes recognition of the claim back.
    """

    topic: str
    told: frozenset[int]
    is_dispute: bool = False
    is_undone: bool = False

    def is_near(self, scene: Scene, sentence: Sentence) -> bool:
        """Whether the matter was told of in this sentence or the few before it, in the same part or the title."""
        sentences = scene.sentences
        return any(
            sentences[i].part != sentence.part or abs(sentence.index - i) <= _NEAR for i in self.told
        )  # fmt: skip


def matter_of(scene: Scene) -> Matter | None:
    """What the statements of the report are about; None where it names no polity of contested standing and no claim."""
    dispute = _dispute_told(scene)
    if dispute is not None and (not scene.recognition or _opens_with(scene, dispute)):
        told = frozenset(s.index for s in scene.sentences if _tells(dispute, s.text))
        return Matter(dispute.slug, told, is_dispute=True, is_undone=_is_undone(scene, told))
    topic = scene.topic()
    if topic is None:
        return None
    topic = _contested_of(scene, topic) if scene.recognition else _recognised_rival(scene, topic)
    topic = _titled(scene, topic)
    # Of a switch between the two Chinas statements are about Taipei.
    topic = "taiwan-roc" if topic in _CHINAS else topic
    return Matter(topic, frozenset(s.index for s in scene.sentences if _tells_of(scene, s, topic)))


#: Acts that settle what a report is about; a demand, a condition, a rupture may be an answer to something else.
_SETTLING = frozenset({"recognise", "withdraw", "refuse", "intend", "consider"})


def _opens_with(scene: Scene, dispute: _Dispute) -> bool:
    """Whether a disputed claim is told before any act, and no act of recognition is the news."""
    if any(r.act in _SETTLING and is_contested(r.recognised.id) for r in scene.recognition):
        return False
    first = next(s for s in scene.sentences if _tells(dispute, s.text))
    return first.part == "title" or all(
        r.evidence.part == "body" and r.evidence.start >= first.start for r in scene.recognition
    )


def _contested_of(scene: Scene, topic: str) -> str:
    """Of what acts are about, the polity whose standing is contested, where the one most told of is a plain state.

    Honduras and Beijing recognise each other: the remarks are about Taipei. "Will not recognise it", said of a region
    that voted to leave Iraq, is about the region.
    """
    if is_contested(topic):
        return topic
    counts = Counter(r.recognised.id for r in scene.recognition)
    others = [slug for slug in counts if (is_contested(slug) or slug in _CHINAS) and not _is_of(slug, topic)]
    if any(slug in _CHINAS or counts[slug] == counts[topic] for slug in others):
        return max(others, key=lambda slug: (slug in _CHINAS, counts[slug]))
    about = [r for r in scene.recognition if r.recognised.id == topic]
    named = load_polities().get(scene.contested_named() or "")
    if named is None or any(r.act not in ("refuse", "sever-relations") for r in about):
        return topic
    # Caracas breaks with Washington, which recognised its rival: the remarks are about who governs in Caracas.
    breaking = {r.recogniser.country for r in about if r.recogniser is not None and r.act == "sever-relations"}
    if named.kind == "government" and named.iso3 in breaking:
        return _recognised_rival(scene, named.slug)
    is_refused = all(r.act == "refuse" for r in about)
    return named.slug if is_refused and named.parent == topic else topic


def _titled(scene: Scene, topic: str) -> str:
    """The one polity of the title that is acted on, or whose standing is contested, where the topic is not in it.

    "World welcomes Namibia" is about Namibia, whatever else is told of Beijing.
    """
    named = {
        p.slug for s in scene.sentences if s.is_headline for p in scene.cast.named_in(s, 0, len(s.tokens) - 1) if p.slug
    }
    if not named or named & {topic, *_CHINAS} or any(_is_of(topic, slug) for slug in named):
        return topic
    acted_on = {r.recognised.id for r in scene.recognition}
    meant = [slug for slug in sorted(named) if slug in acted_on or is_contested(slug)]
    return meant[0] if len(meant) == 1 and not _are_rivals(meant[0], topic) else topic


def _are_rivals(one: str, other: str) -> bool:
    """Whether both claim to govern one state: the title names the one against whom the other is recognised."""
    own, its = load_polities().get(one), load_polities().get(other)
    return own is not None and its is not None and own.parent is not None and own.parent == its.parent


def _is_of(slug: str, parent: str) -> bool:
    polity = load_polities().get(slug)
    return polity is not None and polity.parent == parent


def _recognised_rival(scene: Scene, topic: str) -> str:
    """Of two who claim one government, the one that words of recognition have as their object."""
    polity = load_polities().get(topic)
    if polity is None or polity.capacity != "government":
        return topic
    verbs = recognition_words()["verbs"]["recognise"]
    for sentence in scene.sentences:
        for token in sentence.tokens:
            objects = sentence.children(token.i, "dobj", "nsubjpass") if token.lemma in verbs else []
            for party in scene.cast.of_heads(sentence, [o.i for o in objects]):
                other = load_polities().get(party.slug or "")
                if other is not None and other.parent == polity.parent and other.capacity == "government":
                    return other.slug
    return topic


def own_dispute(scene: Scene, sentence: Sentence, start: int, end: int) -> str | None:
    """The disputed claim that these words of a sentence are about, whatever the report is about."""
    words = _plain(scene.reading.text(sentence.part)[start:end])
    return next((one.slug for one in _disputes().values() if one.told.search(words)
                 or (one.places.search(words) and one.claims.search(words))), None)  # fmt: skip


def claimed(slug: str, words: str) -> tuple[str, bool]:
    """Words without those of a dispute, and whether they name the claim: who names it without blame is for it."""
    dispute = _disputes()[slug]
    plain = _plain(words)
    names = bool(dispute.told.search(plain) or (dispute.places.search(plain) and dispute.claims.search(plain)))
    for pattern in (dispute.told, dispute.claims):
        plain = pattern.sub(" ", plain)
    return plain, names


def dispute_slugs() -> frozenset[str]:
    """Slugs of the known disputes."""
    return frozenset(_disputes())


def dispute_side(slug: str, polity: str) -> Stance | None:
    """The side of a polity in a dispute by what it is."""
    dispute = _disputes().get(slug)
    if dispute is None:
        return None
    return "support" if polity in dispute.holders else "oppose" if polity in dispute.rivals else None


@functools.cache
def _disputes() -> dict[str, _Dispute]:
    return {
        row["slug"]: _Dispute(
            row["slug"], _any_of(row["plain"]), _any_of(row["places"]), _any_of(row["claims"]),
            frozenset(row["holders"]), frozenset(row["rivals"]),
        )
        for row in load_toml("disputes.toml")["dispute"]
    }  # fmt: skip


def _any_of(phrases: list[str]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, phrases))})\b" if phrases else r"(?!)")


def _plain(text: str) -> str:
    return text.lower().replace("’", "'")


def _tells(dispute: _Dispute, text: str) -> bool:
    text = _plain(text)
    return bool(dispute.places.search(text) and dispute.claims.search(text))


def _dispute_told(scene: Scene) -> _Dispute | None:
    """The dispute that most sentences tell of."""
    report = scene.reading.report
    whole = f"{report.title} {report.body}"
    counts = {
        one.slug: sum(_tells(one, s.text) for s in scene.sentences)
        for one in _disputes().values()
        if _tells(one, whole)
    }
    best = max(counts, key=lambda slug: counts[slug], default=None)
    return _disputes()[best] if best is not None and counts[best] else None


def _is_undone(scene: Scene, told: frozenset[int]) -> bool:
    """Whether the first words on the matter say that recognition of the claim is taken back."""
    first = scene.sentences[min(told)]
    undoing = recognition_words()["recognition_object"]["withdraw"]
    recognising = recognition_words()["verbs"]["recognise"]
    return any(
        (t.lemma in undoing and t.pos == "VERB")
        or (t.lemma in recognising and any(c.lower == "longer" for c in first.children(t.i, "advmod")))
        for t in first.tokens
    )


def _tells_of(scene: Scene, sentence: Sentence, topic: str) -> bool:
    acts = [r.evidence for r in scene.recognition]
    if any(sentence.part == e.part and sentence.start <= e.start < sentence.end for e in acts):
        return True
    words = recognition_words()["verbs"]["recognise"] | recognition_words()["nouns"]["recognition"]
    if not any(t.lemma in words for t in sentence.tokens):
        return False
    polity = load_polities().get(topic)
    slugs = {topic, polity.parent} if polity is not None and polity.capacity == "government" else {topic}
    near = [s for s in scene.sentences if 0 <= sentence.index - s.index <= _BACK and s.part == sentence.part]
    return any(p.slug in slugs for s in near for p in scene.cast.named_in(s, 0, len(s.tokens) - 1))
