"""Statements: the stance somebody takes towards the recognition or standing of a polity.

A statement is a verb of stance ("welcomed the move"), a verb of saying with a clause, or a quotation. Its stance is the
verb's, else that of the evaluating words in what is said. It counts only where it bears on the report's polity.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from dejure.coding.clauses import Arguments, arguments_of, coordinated
from dejure.coding.leanings import leaning, partisan
from dejure.coding.outlook import load_governors, outlook_of
from dejure.coding.parties import Party
from dejure.coding.reasons import reasons_in
from dejure.coding.recognition.polity import recognition_words
from dejure.coding.scene import Scene
from dejure.coding.spans import covering, head_span
from dejure.coding.stance_words import STANCE, stance_of_words, stances, statement_words, words_in
from dejure.reading.reading import Sentence
from dejure.records import Entity, Recognition, Span, Stance, Statement, record_id
from dejure.reference.tables import load_polities

__all__ = ["find_statements"]

_CHINAS = frozenset({"china-prc", "taiwan-roc"})
_LONGEST_LABEL = 8
#: Words that a quotation must have to be a remark where none of them praises or blames.
_SENTENCE = 5
#: How many sentences behind an act a remark that names neither it nor the polity is still about it.
_NEAR = 8
_SAYING = frozenset({"report", "claim", "announce", "warn", "suggest"})


@dataclass(frozen=True, slots=True)
class _Unit:
    """Something said: by whom (head or party), in which words, by which verb.

    `by_words` marks a stance that the words said were weighed for, and not the verb's; it may be None.
    """

    sentence: Sentence
    at: int
    speakers: tuple[Party, ...]
    content: Span
    stance: Stance | None
    direct: bool
    by_words: bool = False


def find_statements(scene: Scene) -> list[Statement]:
    """Statements of a report, one for each speaker, polity and wording, in the order of the text."""
    topic = scene.topic()
    if topic is None:
        return []
    # Of a switch between the two Chinas statements are about Taipei.
    topic = "taiwan-roc" if topic in _CHINAS else topic
    found: dict[tuple[str, str, int], Statement] = {}
    silent_on_it: list[Statement] = []
    for sentence in scene.sentences:
        if sentence.is_headline:
            continue
        for unit in _units(scene, sentence, topic):
            for party in unit.speakers:
                record = _record(scene, unit, party, topic)
                if record is not None and unit.stance is None:
                    silent_on_it.append(record)
                elif record is not None:
                    found.setdefault((party.entity.key, record.about, record.evidence.end), record)
    for record in (*silent_on_it, *_by_asking(scene)):
        said = {(one.speaker.key, one.about) for one in found.values()}
        if (record.speaker.key, record.about) not in said:
            found.setdefault((record.speaker.key, record.about, record.evidence.end), record)
    return sorted(found.values(), key=lambda s: (s.evidence.start, s.evidence.end, s.id))


def _by_asking(scene: Scene) -> Iterator[Statement]:
    """Who asks a state to recognise a polity speaks up for it."""
    for act in scene.recognition:
        for speaker in act.attributed_to if act.act == "demand" else ():
            if speaker.key == act.recognised.id or (speaker.country is None and not speaker.name[:1].isupper()):
                continue  # "a motion"; that it asks for its own recognition says nothing of its stance
            yield Statement(
                id=record_id(scene.reading.report.text_sha256, "statements", speaker.key, act.recognised.id, "support",
                             act.evidence.part, act.evidence.start, act.evidence.end),
                speaker=speaker, about=act.recognised.id, about_record=act.id, stance="support", direct=False,
                addressee=act.recogniser, reasons=(), hedge=None, confidence=0.6, evidence=act.evidence,
            )  # fmt: skip


def _record(scene: Scene, unit: _Unit, party: Party, topic: str) -> Statement | None:
    if not (party.is_known or party.is_person or party.entity.role is not None):
        return None
    about = _about(scene, unit, topic, party)
    if party.slug == about and not _is_disputed(about):
        # Of ties between two states either speaks about the other.
        about = next(
            (r.recognised.id for r in scene.recognition if r.recogniser and r.recogniser.key == party.entity.key), about
        )
    stance = _side(scene, unit, party, about)
    if stance is None:
        return None
    if stance == "support" and not unit.by_words and not _is_disputed(topic) and _is_cut_off(scene, party, topic):
        # Whoever is broken with speaks against the break, and not for itself.
        stance = "oppose"
    hedge = _hedge(scene, unit)
    return Statement(
        id=record_id(scene.reading.report.text_sha256, "statements", party.entity.key, about, stance,
                     unit.content.part, unit.content.start, unit.content.end),
        speaker=party.entity, about=about,
        about_record=scene.act_about(about),
        stance=stance, direct=unit.direct, addressee=_addressee(scene, unit, party),
        reasons=reasons_in(scene, unit.sentence, party), hedge=hedge,
        confidence=round(0.75 - 0.15 * (not party.is_known) - 0.1 * unit.direct - 0.15 * (unit.stance is None), 3),
        evidence=unit.content,
    )  # fmt: skip


def _side(scene: Scene, unit: _Unit, party: Party, about: str) -> Stance | None:
    """The stance of the words; where they have none, or say the opposite of what the party did, that of its deed."""
    if not unit.by_words:
        return unit.stance
    lean = leaning(scene, party, about)
    if unit.stance is None:
        is_announcement = _holds_act(scene, unit) and partisan(scene, party, about) != "oppose"
        return None if is_announcement else lean
    opposite = {"support": "oppose", "oppose": "support"}
    return lean if lean is not None and opposite.get(unit.stance) == lean else unit.stance


def _is_cut_off(scene: Scene, party: Party, topic: str) -> bool:
    """Whether the report's acts are those of another who breaks ties with the party that speaks."""
    is_broken_with = any(
        r.act == "sever-relations" and r.asserted and r.recognised.id == party.slug for r in scene.recognition
    )
    is_breaking = any(r.recogniser is not None and r.recogniser.key == party.entity.key for r in scene.recognition)
    return party.slug == topic and is_broken_with and not is_breaking


def _holds_act(scene: Scene, unit: _Unit) -> bool:
    """Whether what is said is itself an act of recognition: a bare announcement is no statement."""
    first, last = _tokens_of(unit)
    return any((unit.sentence.index, i) in scene.triggers for i in range(first, last + 1))


def _about(scene: Scene, unit: _Unit, topic: str, speaker: Party) -> str:
    """The contested polity named in the words, and not as the speaker, else the report's own."""
    polities = load_polities()
    acted_on = {record.recognised.id for record in scene.recognition}
    first, last = _tokens_of(unit)
    for named in scene.cast.named_in(unit.sentence, first, last):
        polity = polities.get(named.slug or "")
        own = (speaker.entity.start, speaker.entity.part)
        is_speaker = own == (named.entity.start, named.entity.part) or (named.is_person and named.slug == speaker.slug)
        if polity is not None and (is_speaker or (acted_on and polity.slug not in acted_on)):
            continue
        if polity is not None and polity.is_disputed:
            return topic if polity.parent == topic or topic in _CHINAS else polity.slug
    return topic


def _is_disputed(slug: str) -> bool:
    polity = load_polities().get(slug)
    return polity is not None and polity.is_disputed


def _tokens_of(unit: _Unit) -> tuple[int, int]:
    inside = [
        t.i for t in unit.sentence.tokens
        if unit.sentence.start + t.start < unit.content.end and unit.sentence.start + t.end > unit.content.start
    ]  # fmt: skip
    return (inside[0], inside[-1]) if inside else (0, 0)


def _addressee(scene: Scene, unit: _Unit, party: Party) -> Entity | None:
    arguments = arguments_of(unit.sentence, unit.at)
    for one in scene.cast.of_heads(unit.sentence, arguments.objects):
        if one.is_known and one.entity.key != party.entity.key:
            return one.entity
    return None


def _hedge(scene: Scene, unit: _Unit) -> Span | None:
    outlook = outlook_of(unit.sentence, unit.at)
    governor = outlook.first("hedge")
    if governor is None:
        return None
    start, end = unit.sentence.span(governor.i, governor.i)
    return scene.span(unit.sentence, start, end)


# -- things said ----------------------------------------------------------------------------------------------------


def _units(scene: Scene, sentence: Sentence, topic: str) -> Iterator[_Unit]:
    for token in sentence.tokens:
        if token.pos not in ("VERB", "AUX"):
            continue
        unit = _by_stance_verb(scene, sentence, token.i, topic) or _by_saying(scene, sentence, token.i, topic)
        if unit is not None:
            yield unit
    yield from _by_quotation(scene, sentence)
    yield from _by_colon(scene, sentence)


def _by_colon(scene: Scene, sentence: Sentence) -> Iterator[_Unit]:
    """As in "Turkey: unacceptable."; a name, a colon, words of stance."""
    for token in sentence.tokens[1:_LONGEST_LABEL]:
        if token.lower != ":":
            continue
        speakers = tuple(p for p in scene.cast.named_in(sentence, 0, token.i - 1) if p.is_known)[-1:]
        rest = sentence.text[token.end :].strip()
        stance = stance_of_words(rest)
        if speakers and stance is not None and not any(t.pos in ("VERB", "AUX") for t in sentence.tokens[: token.i]):
            content = head_span(scene.reading, sentence, token.i + 1, len(sentence.tokens) - 1)
            yield _Unit(sentence, token.i, speakers, content, stance, direct=rest[:1] in '"“', by_words=True)
        return


def _by_stance_verb(scene: Scene, sentence: Sentence, i: int, topic: str) -> _Unit | None:
    token = sentence.tokens[i]
    stance = stances().get((token.lemma, "verb"))
    arguments = arguments_of(sentence, i)
    heads = arguments.objects + arguments.prep("at", "over", "about", "against", "for", "on")
    if stance is None:
        stance = _stance_of_object(sentence, i, arguments.objects)
        heads = arguments.prep("at", "over", "about", "with", "by", "for", "to", "on") + arguments.objects
        if stance is not None and arguments.is_passive:
            # "is pleased", "was disappointed by": a state of mind, whose subject is who feels it.
            arguments.subjects, heads = arguments.objects, [h for h in heads if h not in arguments.objects]
    if stance is None:
        stance, heads = _stance_by_preposition(sentence, i, arguments)
    if stance is None and not _upholds_unity(scene, sentence, i, topic):
        return None
    stance = stance or "oppose"
    outlook = outlook_of(sentence, i)
    if outlook.negated or outlook.in_condition or outlook.obliged or outlook.first("refuse", "demand", "consider"):
        return None
    about = [h for h in heads if (sentence.tokens[h].lemma, "noun") not in stances()]
    upheld = _upholds_unity(scene, sentence, i, topic)
    if upheld is not None:
        speakers = tuple(scene.cast.of_heads(sentence, arguments.subjects))
        content = covering(scene.reading, sentence, i, speakers, [])
        return _Unit(sentence, i, speakers, content, upheld, direct=False) if speakers else None
    is_bare = not about and not arguments.comps and _is_near_act(scene, sentence)
    bears = _bears_on(scene, sentence, about, topic) if about else bool(heads) or is_bare
    bears = bears or (bool(about) and _is_about_doer(scene, sentence, about))
    if bears and stance in ("support", "oppose") and _is_against(scene, sentence, about, arguments.subjects, topic):
        stance = "oppose" if stance == "support" else "support"
    if not bears and not (arguments.comps and _speaks_of(sentence, arguments.comps, topic, scene)):
        return None
    speakers = tuple(scene.cast.of_heads(sentence, arguments.subjects))
    content = covering(scene.reading, sentence, i, speakers, [])
    return _Unit(sentence, i, speakers, content, stance, direct=False) if speakers else None


def _upholds_unity(scene: Scene, sentence: Sentence, i: int, topic: str) -> Stance | None:
    """As in "reaffirmed Somalia's unity": against a polity that would leave it, for the one that is meant itself."""
    token = sentence.tokens[i]
    polity = load_polities().get(topic)
    if token.lemma not in statement_words()["verbs"]["upholding"] or polity is None or not polity.is_disputed:
        return None
    objects = arguments_of(sentence, i).objects
    below = [j for head in objects for j in sentence.subtree(head)]
    if not any(sentence.tokens[j].lemma in statement_words()["nouns"]["unity"] for j in below):
        return None
    named = scene.cast.named_in(sentence, min(below), max(below))
    slugs = {p.slug for p in named}
    if topic in slugs:
        return "support"
    return "oppose" if polity.parent in slugs else None


def _is_near_act(scene: Scene, sentence: Sentence) -> bool:
    """Whether an act was told in this sentence or in the few before it."""
    near = [s for s in scene.sentences if 0 <= sentence.index - s.index <= _NEAR and s.part == sentence.part]
    start = min(s.start for s in near) if near else 0
    return any(
        r.evidence.part == "title" or start <= r.evidence.start <= sentence.end
        for r in scene.recognition
    )  # fmt: skip


def _is_about_doer(scene: Scene, sentence: Sentence, heads: list[int]) -> bool:
    """Whether the one praised or blamed is who recognised, withdrew or refused, close before."""
    doers = {r.recogniser.country for r in scene.recognition if r.recogniser is not None and r.recogniser.country}
    parties = scene.cast.of_heads(sentence, heads)
    return _is_near_act(scene, sentence) and any(p.entity.country in doers and p.is_known for p in parties)


def _is_against(scene: Scene, sentence: Sentence, heads: list[int], subjects: list[int], topic: str) -> bool:
    """Whether the deed praised or blamed is one against the polity: by whose it is, else by what was told last."""
    for head in heads:
        owner = (
            scene.cast.owner_of(sentence, head)
            if sentence.tokens[head].lemma in statement_words()["nouns"]["deeds"]
            else None
        )
        lean = leaning(scene, owner, topic) if owner is not None else None
        if lean in ("support", "oppose"):
            return lean == "oppose"
    return _is_about_undoing(scene, sentence, heads, subjects)


def _is_about_undoing(scene: Scene, sentence: Sentence, heads: list[int], subjects: list[int]) -> bool:
    """Whether the deed that is praised or condemned takes standing away from the polity the statement is about.

    A withdrawal, a rupture; in a switch between the two Chinas statements are about Taipei, so recognising Beijing too.
    """
    if heads and not any(sentence.tokens[h].lemma in statement_words()["nouns"]["deeds"] for h in heads):
        return False
    speakers = {p.entity.key for p in scene.cast.of_heads(sentence, subjects)}
    told = [
        r for r in scene.recognition
        if r.asserted and r.evidence.part == sentence.part and r.evidence.start <= sentence.end
        and r.recogniser is not None and r.recogniser.key not in speakers
    ]  # fmt: skip
    if not told:
        return False
    last = told[-1]
    if {r.recognised.id for r in told} & _CHINAS:
        # A switch is told in several acts, whose order says nothing.
        lost = [r for r in told if _takes_from_taipei(r)]
        return 2 * len(lost) > len(told)
    return last.act in ("withdraw", "sever-relations", "refuse")


def _takes_from_taipei(record: Recognition) -> bool:
    if record.recognised.id == "china-prc":
        return record.act in ("recognise", "establish-relations", "intend")
    return record.act in ("withdraw", "sever-relations", "refuse")


def _stance_by_preposition(sentence: Sentence, i: int, arguments: Arguments) -> tuple[Stance | None, list[int]]:
    """As in "stands by", "spoke up for", "is against", "came out in favour of"."""
    if arguments.objects:
        return None, []
    for stance, side in (("support", "siding_for"), ("oppose", "siding_against")):
        heads = arguments.prep(*sorted(statement_words()[side].get(sentence.tokens[i].lemma, frozenset())))
        if heads:
            return STANCE[stance], heads
    return None, []


def _stance_of_object(sentence: Sentence, i: int, objects: list[int]) -> Stance | None:
    """As in "voiced regret", "expressed support", "was disappointed"."""
    for head in [at for obj in objects for at in coordinated(sentence, obj)]:
        carried = [
            c.lemma for p in sentence.children(head, "prep") if p.lower == "of" for c in sentence.children(p.i, "pobj")
        ]
        is_message = sentence.tokens[head].lemma in statement_words()["nouns"]["messages"]
        lemmas = [sentence.tokens[head].lemma, *(carried if is_message else [])]
        stance = next((s for one in lemmas if (s := stances().get((one, "noun"))) is not None), None)
        if stance is not None and sentence.tokens[i].lemma in statement_words()["verbs"]["voicing"]:
            return stance
    for child in sentence.children(i, "acomp"):
        return stances().get((child.lemma, "adj")) or stances().get((child.lower, "adj"))
    return stances().get((sentence.tokens[i].lower, "adj")) if sentence.tokens[i].tag == "VBN" else None


def _by_saying(scene: Scene, sentence: Sentence, i: int, topic: str) -> _Unit | None:
    """As in "called it a gift", "argued that it could", "said it was"."""
    token = sentence.tokens[i]
    effect = load_governors().get((token.lemma, "verb"), "")
    is_naming = token.lemma in statement_words()["verbs"]["naming"]
    if effect not in _SAYING and not is_naming:
        return None
    arguments = arguments_of(sentence, i)
    heads = list(arguments.comps)
    if is_naming and not heads:
        heads = arguments.prep("as", "of") + [c.i for c in sentence.children(i, "oprd", "attr")]
        heads += arguments.objects if not heads or token.lemma == "call" else []
    heads += [c.i for c in sentence.children(i, "ccomp", "pcomp")]
    if not heads:
        return None
    below = [j for head in heads for j in sentence.subtree(head)]
    first = min(below)
    first += sentence.tokens[first].dep == "mark" and first < max(below)
    content = head_span(scene.reading, sentence, first, max(below))
    if i in below:
        return None
    stance = stance_of_words(content.quote)
    if stance is None and token.lemma == "warn":
        stance = "concern"
    speakers = tuple(scene.cast.of_heads(sentence, arguments.subjects))
    is_told = _speaks_of(sentence, [i], topic, scene) or _is_about_deed(sentence, i)
    if not (is_told or _is_near_act(scene, sentence)):
        return None
    if stance is None and (effect not in _SAYING or not arguments.comps):
        return None
    is_of_deed = is_naming and any(
        sentence.tokens[o].lemma in statement_words()["nouns"]["deeds"] for o in _named_things(sentence, i)
    )
    if is_of_deed and stance in ("support", "oppose") and _is_about_undoing(scene, sentence, [], arguments.subjects):
        stance = "oppose" if stance == "support" else "support"
    direct = scene.quotation_at(sentence, heads[0]) is not None
    return _Unit(sentence, i, speakers, content, stance, direct=direct, by_words=True) if speakers else None


def _named_things(sentence: Sentence, i: int) -> list[int]:
    """What a verb of naming names: its object, or the subject of the small clause under it."""
    objects = sentence.children(i, "dobj")
    small = [
        c for clause in sentence.children(i, "ccomp", "xcomp", "oprd") for c in sentence.children(clause.i, "nsubj")
    ]
    return [t.i for t in (*objects, *small)]


def _by_quotation(scene: Scene, sentence: Sentence) -> Iterator[_Unit]:
    if sentence.part != "body":
        return
    for quotation in scene.reading.quotations:
        if (
            not sentence.start <= quotation.start < sentence.end
            or quotation.speaker is None
            or quotation.kind != "speech"
        ):
            continue
        stance = stance_of_words(quotation.text)
        if stance is None and len(words_in(quotation.text)) < _SENTENCE:
            continue
        speaker = scene.cast.speaker_near("body", *quotation.speaker)
        text = scene.reading.report.body[quotation.start : quotation.end].strip(" ,.")
        if speaker is None or not text or (stance is None and not _is_near_act(scene, sentence)):
            continue
        start = scene.reading.report.body.index(text, quotation.start)
        inside = [t.i for t in sentence.tokens if sentence.start + t.start >= quotation.start]
        yield _Unit(sentence, inside[0] if inside else 0, (speaker,),
                    scene.reading.span("body", start, start + len(text)), stance, True, by_words=True)  # fmt: skip


def _bears_on(scene: Scene, sentence: Sentence, heads: list[int], topic: str) -> bool:
    objects = recognition_words()["object"]
    for head in heads:
        token = sentence.tokens[head]
        is_told = any(
            c.lower in ("the", "this", "that", "its", "their") for c in sentence.children(head, "det", "poss")
        )
        if token.lemma in statement_words()["nouns"]["deeds"]:
            return True
        if (
            is_told
            and token.lemma in objects["state"] | objects["government"]
            and scene.cast.owner_of(sentence, head) is None
        ):
            return True
        if _speaks_of(sentence, [head], topic, scene):
            return True
    return False


def _is_about_deed(sentence: Sentence, i: int) -> bool:
    return any(sentence.tokens[j].lemma in statement_words()["nouns"]["deeds"] for j in sentence.subtree(i))


def _speaks_of(sentence: Sentence, heads: list[int], topic: str, scene: Scene) -> bool:
    """Whether words below these heads name the polity or recognition."""
    verbs = recognition_words()["verbs"]["recognise"] | recognition_words()["nouns"]["recognition"]
    polity = load_polities().get(topic)
    for head in heads:
        below = sentence.subtree(head)
        if any(sentence.tokens[j].lemma in verbs for j in below):
            return True
        for party in scene.cast.named_in(sentence, below[0], below[-1]):
            if party.slug == topic or (polity is not None and party.slug is not None and party.slug == polity.parent):
                return True
    return False
