"""Which polity a pronoun or a bare noun means as recognised: "it", "the new state", "the junta", "her government".

What the section speaks of goes before what the report is about, and that before whoever was named last. A polity that
only recognises others in the report is never meant, nor a state that nobody could recognise that day.
"""

from __future__ import annotations

from dejure.coding.actors import Cast
from dejure.coding.clauses import arguments_of
from dejure.coding.outlook import load_governors
from dejure.coding.parties import Party, party_of_polity
from dejure.coding.recognition.slugs import recognition_words
from dejure.coding.recognition.standing import may_be_recognised, standing_of, tells_birth
from dejure.reading.reading import Sentence
from dejure.reference.tables import load_polities

__all__ = ["new_government", "of_asker", "open_polity", "standing_one", "whose"]

_NEAR = 3


def open_polity(cast: Cast, sentence: Sentence, i: int) -> Party | None:
    """The polity spoken of near that may be recognised: that of the section, the report's own, the last contested."""
    polities = load_polities()
    if cast.topic is not None and not cast.topic_is_told and sentence.tokens[i].pos == "PRON":
        for mention in cast.before(sentence, i):
            party = mention.party
            is_state = party.slug in polities and not party.is_person and party.acts_for == "state"
            where = cast.reading.sentences[mention.order[0]]
            is_state = is_state and (may_be_recognised(party.slug, cast.on) or tells_birth(where))
            if sentence.index - _NEAR < mention.order[0] < sentence.index and is_state and not party.is_place_name:
                return party
    doers = {p.slug for p in cast.of_heads(sentence, arguments_of(sentence, sentence.tokens[i].head).subjects)}
    doers |= cast.acting - {cast.topic}
    near = [m for m in cast.before(sentence, i) if m.order[0] >= sentence.index - 2 * _NEAR and not m.party.is_person]
    own = [m for m in near if cast.topic is not None and m.party.slug == cast.topic]
    if not own or own[0].paragraph != sentence.paragraph:
        # An item of a list, a section: what it speaks of goes before what the report as a whole is about.
        for mention in near:
            slug = mention.party.slug
            is_open = slug is not None and slug not in doers and may_be_recognised(slug, cast.on)
            if is_open and mention.paragraph == sentence.paragraph and not mention.party.is_place_name:
                return mention.party
    if own:
        return own[0].party
    for mention in near:
        slug = mention.party.slug
        if slug and mention.order[0] >= sentence.index - _NEAR and slug not in doers:
            polity = polities.get(slug)
            if polity is not None and polity.is_disputed:
                return mention.party
    return _new_state_before(cast, sentence, i) if cast.topic is None else None


def standing_one(cast: Cast, sentence: Sentence, i: int) -> Party | None:
    """The report's own polity, however far back it was named, for words that nothing near them explains."""
    polity = load_polities().get(cast.topic or "") if cast.topic_is_told else None
    if polity is None or not may_be_recognised(polity.slug, cast.on):
        return None
    doers = {p.slug for p in cast.of_heads(sentence, arguments_of(sentence, sentence.tokens[i].head).subjects)}
    return party_of_polity(polity) if not doers & {polity.slug, polity.parent} else None


def new_government(cast: Cast, sentence: Sentence, i: int) -> Party | None:
    """The government that the report is about, for "the new government", "the junta", where no name tells it."""
    polity = load_polities().get(cast.topic or "")
    is_meant = sentence.tokens[i].lemma in recognition_words()["object"]["government"]
    return party_of_polity(polity) if polity is not None and polity.kind == "government" and is_meant else None


def _new_state_before(cast: Cast, sentence: Sentence, i: int) -> Party | None:
    """The state that the sentence before is about, for "it" and "the new state", where the report has no polity."""
    is_meant = sentence.tokens[i].lower == "it" or any(c.lower == "new" for c in sentence.children(i, "amod"))
    doers = {p.slug for p in cast.of_heads(sentence, arguments_of(sentence, sentence.tokens[i].head).subjects)}
    for mention in cast.before(sentence, i) if is_meant else ():
        party = mention.party
        is_state = party.slug in load_polities() and party.acts_for == "state" and not party.is_person
        if 0 < sentence.index - mention.order[0] <= 2 and mention.is_subject and is_state and party.slug not in doers:
            where = cast.reading.sentences[mention.order[0]]
            if not (may_be_recognised(party.slug, cast.on) or tells_birth(where)):
                # "France recognised its duty. Germany recognised it too."
                return None
            return party if not party.is_place_name else None
    return None


def whose(cast: Cast, sentence: Sentence, i: int) -> Party | None:
    """Whose "his cabinet", "her government" is, where that is one that may be recognised."""
    for child in sentence.children(i, "poss"):
        for party in cast.parties(sentence, child.i) if child.pos == "PRON" else []:
            polity = load_polities().get(party.slug or "")
            if polity is not None and standing_of(polity.slug, cast.on) in ("government", "contested"):
                return party_of_polity(polity) if polity.slug not in cast.acting else None
    return None


_ASKING = frozenset({"demand", "want", "report", "announce", "claim"})
_HIGH = 4


def of_asker(cast: Cast, sentence: Sentence, i: int) -> Party | None:
    """The contested polity that asks for recognition, or tells of it: "X urged others to recognise it" is of X."""
    token = sentence.tokens[sentence.tokens[i].head]
    for _ in range(_HIGH):
        above = sentence.tokens[token.head]
        if above.i == token.i:
            return None
        if load_governors().get((above.lemma, "verb"), "") in _ASKING:
            for party in cast.of_heads(sentence, arguments_of(sentence, above.i).subjects):
                polity = load_polities().get(party.slug or "")
                is_told = polity is not None and polity.slug in cast.recognised | {cast.topic}
                if polity is not None and is_told and standing_of(polity.slug, cast.on) in ("government", "contested"):
                    return party_of_polity(polity)
        token = above
    return None
