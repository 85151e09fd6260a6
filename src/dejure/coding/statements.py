"""Statements: the stance somebody takes towards the recognition or standing of a polity.

A statement is a verb of stance ("welcomed the move"), a verb of saying with a clause, or a quotation. Its stance is the
verb's, else that of the evaluating words in what is said. It counts only where it bears on the report's polity.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from dejure.coding.bearing import OPPOSITE
from dejure.coding.clauses import arguments_of
from dejure.coding.deferring import is_deferring
from dejure.coding.leanings import leaning, partisan
from dejure.coding.matters import Matter, claimed, dispute_slugs, matter_of, own_dispute
from dejure.coding.outlook import outlook_of
from dejure.coding.own_names import by_own_name
from dejure.coding.parties import Party, is_contested
from dejure.coding.reasons import reasons_in
from dejure.coding.scene import Scene
from dejure.coding.stance_words import stance_of_words, statement_words
from dejure.coding.things_said import Unit, units_of
from dejure.reading.reading import Sentence
from dejure.records import Entity, Span, Stance, Statement, record_id
from dejure.reference.tables import load_polities

__all__ = ["find_statements"]

_CHINAS = frozenset({"china-prc", "taiwan-roc"})


def find_statements(scene: Scene) -> list[Statement]:
    """Statements of a report, one for each speaker, polity and wording, in the order of the text."""
    matter = matter_of(scene)
    if matter is None:
        return []
    found: dict[tuple[str, str, int], Statement] = {}
    silent_on_it: list[Statement] = []
    last: Unit | None = None
    for sentence in scene.sentences:
        if sentence.is_headline:
            continue
        for is_echo in (False, True):
            for unit in _echoes(sentence, last) if is_echo else units_of(scene, sentence, matter):
                for party in unit.speakers or _echoing(scene, unit):
                    record = _record(scene, unit, party, matter)
                    if record is not None and unit.stance is None:
                        silent_on_it.append(record)
                    elif record is not None:
                        found.setdefault((record.speaker.key, record.about, record.evidence.end), record)
                        last = unit if unit.stance == record.stance else replace(unit, stance=record.stance)
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


#: "So did Indonesia", "as did Peru": how many words may stand between the word and "do".
_SAME = frozenset({"so", "as", "likewise"})


def _echoes(sentence: Sentence, last: Unit | None) -> Iterator[Unit]:
    """As in "So did Indonesia", "Peru said the same", "Chile agrees": the stance told last, of somebody else."""
    if last is None or last.stance is None or not 0 <= sentence.index - last.sentence.index <= 1:
        return
    for token in sentence.tokens[1:]:
        before = sentence.tokens[token.i - 1].lower
        is_doing_so = token.lemma in ("do", "have") and token.tag in ("VBD", "VBZ", "VBP") and before in _SAME
        if is_doing_so or _says_the_same(sentence, token.i) or _agrees(sentence, token.i):
            yield replace(last, sentence=sentence, at=token.i, speakers=(), direct=False, by_words=False)


def _says_the_same(sentence: Sentence, i: int) -> bool:
    """As in "Peru said the same", "takes the same view", "made a similar statement"."""
    words, lemma = statement_words()["echoing"], sentence.tokens[i].lemma
    for child in sentence.children(i, "dobj", "advmod"):
        below = {c.lower for c in sentence.children(child.i, "amod")} | {child.lower}
        is_view = child.lemma in words["views"] and lemma in words["holding"]
        if below & words["alike"] and (is_view or (lemma in words["saying"] and child.lower == "same")):
            return True
    return False


def _agrees(sentence: Sentence, i: int) -> bool:
    """As in "Peru agreed.", "and Chile agrees": with nothing that is agreed to, or on."""
    token = sentence.tokens[i]
    is_told = token.lemma == "agree" and token.tag in ("VBD", "VBZ", "VBP")
    return is_told and not sentence.children(i, "prep", "xcomp", "ccomp", "dobj", "conj", "aux", "neg", "advcl")


def _echoing(scene: Scene, unit: Unit) -> list[Party]:
    """Who did the same: the subject of "did", before or behind it."""
    named = scene.cast.of_heads(unit.sentence, arguments_of(unit.sentence, unit.at).subjects)
    return named or scene.cast.named_in(unit.sentence, unit.at + 1, len(unit.sentence.tokens) - 1)


def _record(scene: Scene, unit: Unit, party: Party, matter: Matter) -> Statement | None:
    if not _is_somebody(party):
        return None
    party = by_own_name(scene, party)
    about = _about(scene, unit, matter, party)
    if party.slug == about and not is_contested(about):
        # Of ties between two states either speaks about the other.
        about = next(
            (r.recognised.id for r in scene.recognition if r.recogniser and r.recogniser.key == party.entity.key), about
        )
    stance = _side(scene, _of_claim(unit, about), party, about)
    if stance is None:
        return None
    is_state = not (matter.is_dispute or is_contested(matter.topic))
    if stance == "support" and not unit.by_words and is_state and _is_cut_off(scene, party, matter.topic):
        # Whoever is broken with speaks against the break, and not for itself.
        stance = "oppose"
    return Statement(
        id=record_id(scene.reading.report.text_sha256, "statements", party.entity.key, about, stance,
                     unit.content.part, unit.content.start, unit.content.end),
        speaker=party.entity, about=about,
        about_record=scene.act_about(about),
        stance=stance, direct=unit.direct, addressee=_addressee(scene, unit, party),
        reasons=reasons_in(scene, unit.sentence, party), hedge=_hedge(scene, unit),
        confidence=round(0.75 - 0.15 * (not party.is_known) - 0.1 * unit.direct - 0.15 * (unit.stance is None), 3),
        evidence=unit.content,
    )  # fmt: skip


def _is_somebody(party: Party) -> bool:
    """Who has a name, an id, or a part in the matter ("analysts", "others"); "people" and "delegates" have none."""
    if party.is_known:
        return True
    words = party.entity.name.lower().split()
    has_name = party.entity.name[:1].isupper()
    voices = statement_words()["nouns"]["voices"]
    return (party.is_person or party.entity.role is not None) and (
        has_name or bool(words and {words[-1], words[-1].removesuffix("s")} & set(voices))
    )


def _of_claim(unit: Unit, about: str) -> Unit:
    """A unit whose words are about a disputed claim, weighed without the words that name the claim."""
    if not unit.by_words or about not in dispute_slugs():
        return unit
    rest, is_named = claimed(about, unit.content.quote)
    refused = unit.stance if unit.is_refusal else None
    return replace(unit, stance=refused or stance_of_words(rest) or ("support" if is_named else unit.stance))


def _side(scene: Scene, unit: Unit, party: Party, about: str) -> Stance | None:
    """The stance of the words; that of a party at issue where they say the opposite, or where they have none.

    A party at issue speaks for its own side, whatever deed its praise or regret is of. Words that say the opposite of
    what somebody did are of something else.
    """
    lean = leaning(scene, party, about)
    if unit.stance is None:
        is_announcement = _holds_act(scene, unit) and partisan(scene, party, about) is None
        return None if is_announcement else lean
    side = partisan(scene, party, about)
    if (
        unit.stance == "neutral"
        and unit.by_words
        and lean is not None
        and not (side is None and is_deferring(unit.content.quote))
    ):
        return lean
    is_own_matter = unit.by_words or side is not None
    is_contrary = lean in ("support", "oppose") and OPPOSITE[unit.stance] == lean
    return lean if is_own_matter and is_contrary else unit.stance


def _is_cut_off(scene: Scene, party: Party, topic: str) -> bool:
    """Whether the report's acts are those of another who breaks ties with the party that speaks."""
    is_broken_with = any(
        r.act == "sever-relations" and r.asserted and r.recognised.id == party.slug for r in scene.recognition
    )
    is_breaking = any(r.recogniser is not None and r.recogniser.key == party.entity.key for r in scene.recognition)
    return party.slug == topic and is_broken_with and not is_breaking


def _holds_act(scene: Scene, unit: Unit) -> bool:
    """Whether what is said is itself an act of recognition: a bare announcement is no statement."""
    first, last = _tokens_of(unit)
    return any((unit.sentence.index, i) in scene.triggers for i in range(first, last + 1))


def _about(scene: Scene, unit: Unit, matter: Matter, speaker: Party) -> str:
    """The claim or the contested polity named in the words, and not as the speaker, else the report's own matter."""
    topic = matter.topic
    claim = own_dispute(scene, unit.sentence, unit.content.start, unit.content.end)
    if claim is not None or matter.is_dispute:
        return claim or topic
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


def _tokens_of(unit: Unit) -> tuple[int, int]:
    inside = [
        t.i for t in unit.sentence.tokens
        if unit.sentence.start + t.start < unit.content.end and unit.sentence.start + t.end > unit.content.start
    ]  # fmt: skip
    return (inside[0], inside[-1]) if inside else (0, 0)


def _addressee(scene: Scene, unit: Unit, party: Party) -> Entity | None:
    arguments = arguments_of(unit.sentence, unit.at)
    for one in scene.cast.of_heads(unit.sentence, arguments.objects):
        if one.is_known and one.entity.key != party.entity.key:
            return one.entity
    return None


def _hedge(scene: Scene, unit: Unit) -> Span | None:
    outlook = outlook_of(unit.sentence, unit.at)
    governor = outlook.first("hedge")
    if governor is None:
        return None
    start, end = unit.sentence.span(governor.i, governor.i)
    return scene.span(unit.sentence, start, end)
