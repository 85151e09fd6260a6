"""One report on the table: its reading, its cast, and small questions that all coding rules ask of both."""

from __future__ import annotations

from dataclasses import dataclass, field

from dejure.coding.actors import Cast
from dejure.coding.parties import Party
from dejure.coding.words import load_noun_classes
from dejure.reading.quotations import Quotation
from dejure.reading.reading import Reading, Sentence
from dejure.records import Event, Recognition, Span
from dejure.reference.tables import load_polities

__all__ = ["Scene"]


@dataclass(slots=True)
class Scene:
    """What the rules work on.

    Attributes
    ----------
    reading : Reading
    cast : Cast
    recognition : list of Recognition
        Acts found so far, for what later records refer to.
    triggers : set of (sentence index, token)
        Words that recognition rules have read, whatever came of them.
    events : list of Event
        Events found so far.
    unused : list of (sentence, token, rule, why)
        Words of recognition that gave no record, for explanations.
    """

    reading: Reading
    cast: Cast
    recognition: list[Recognition] = field(default_factory=list)
    triggers: set[tuple[int, int]] = field(default_factory=set)
    events: list[Event] = field(default_factory=list)
    unused: list[tuple[Sentence, int, str, str]] = field(default_factory=list)

    @classmethod
    def of(cls, reading: Reading) -> Scene:
        """A scene with the cast of the report as of its publication."""
        return cls(reading, Cast(reading, reading.published))

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """Sentences in order, title first."""
        return self.reading.sentences

    def quotation_at(self, sentence: Sentence, i: int) -> Quotation | None:
        """The innermost speech quotation that holds a token."""
        if sentence.part != "body":
            return None
        at = sentence.start + sentence.tokens[i].start
        holding = [q for q in self.reading.quotations if q.start <= at < q.end and q.kind == "speech"]
        return max(holding, key=lambda q: q.level) if holding else None

    def speaker_at(self, sentence: Sentence, i: int) -> Party | None:
        """Whose quotation a token stands in, where that is known."""
        quotation = self.quotation_at(sentence, i)
        if quotation is None or quotation.speaker is None:
            return None
        party = self.cast.speaker_near(sentence.part, *quotation.speaker)
        if party is None or not (party.is_known or party.is_person or party.entity.role is not None):
            return None
        return party

    def author_of(self, sentence: Sentence, head: int) -> Party | None:
        """Who did "the decision", "it": the author of the act of recognition, else of the deed, told last before."""
        token = sentence.tokens[head]
        if token.lemma not in load_noun_classes().deeds and token.lower not in ("it", "this"):
            return None
        here = (sentence.part, sentence.start + token.start)
        for record in reversed(self.recognition):
            before = record.evidence.part == here[0] and record.evidence.end <= here[1]
            if before and record.asserted and record.recogniser is not None:
                return Party(entity=record.recogniser, acts_for="state")
        for event in reversed(self.events):
            before = event.evidence.part == here[0] and event.trigger.end <= here[1]
            if before and len(event.actor) == 1 and event.actor[0].id is not None:
                return Party(entity=event.actor[0], acts_for="state")
        return None

    def act_about(self, slug: str | None) -> str | None:
        """Id of the first asserted act about a polity."""
        return next((r.id for r in self.recognition if r.recognised.id == slug and r.asserted), None)

    def topic(self) -> str | None:
        """Slug of the polity whose standing the report is about: of most acts, else the first contested one named.

        Of several recognised together the first by the alphabet stands for all.
        """
        counts: dict[str, int] = {}
        for record in self.recognition:
            counts[record.recognised.id] = counts.get(record.recognised.id, 0) + 1
        if counts:
            most = [slug for slug in counts if counts[slug] == max(counts.values())]
            together = [slug for slug in most if slug in self.cast.told]
            return min(together) if most[0] in together else most[0]
        return self.contested_named()

    def contested_named(self) -> str | None:
        """The contested polity that the report names most, the first of equals."""
        polities = load_polities()
        counts: dict[str, int] = {}
        for sentence in self.sentences:
            for party in self.cast.named_in(sentence, 0, len(sentence.tokens) - 1):
                polity = polities.get(party.slug or "")
                if polity is not None and polity.is_disputed:
                    counts[polity.slug] = counts.get(polity.slug, 0) + 1
        return max(counts, key=lambda slug: (counts[slug], -list(counts).index(slug))) if counts else None

    def span(self, sentence: Sentence, start: int, end: int) -> Span:
        """Words of the sentence's part."""
        return self.reading.span(sentence.part, start, end)
