"""Whether praise or blame bears on the matter of a report, and whether the deed it is of is for the matter or not."""

from __future__ import annotations

from dejure.coding.leanings import leaning
from dejure.coding.matters import Matter
from dejure.coding.parties import Party, is_contested
from dejure.coding.recognition.polity import recognition_words
from dejure.coding.scene import Scene
from dejure.coding.stance_words import statement_words
from dejure.reading.reading import Sentence
from dejure.records import Recognition, Stance
from dejure.reference.tables import load_polities

__all__ = ["OPPOSITE", "bears_on", "is_about_deed", "is_about_doer", "is_about_undoing", "is_against", "speaks_of"]

OPPOSITE: dict[Stance, Stance] = {"support": "oppose", "oppose": "support", "concern": "support", "neutral": "neutral"}
_CHINAS = frozenset({"china-prc", "taiwan-roc"})
_TELLING = frozenset({"the", "this", "that", "these", "those", "its", "their", "his", "her", "any", "such"})

#: "a resolution on fish", "a decision of the court"
_NAMING = frozenset({"on", "about", "over", "of", "by", "regarding", "concerning", "against", "to", "for"})
_POINTING = frozenset({"the", "this", "that", "these", "those"})


def bears_on(scene: Scene, sentence: Sentence, heads: list[int], matter: Matter) -> bool:
    """Whether one of these heads is a deed of the matter, a standing, or the polity itself."""
    objects, nouns = recognition_words()["object"], statement_words()["nouns"]
    for head in heads:
        token = sentence.tokens[head]
        if token.lemma in nouns["deeds"] and (scene.recognition or matter.is_near(scene, sentence)):
            # "a resolution on fish" is none that was told of; "a decision of Peru" may be.
            is_new = any(c.lower in ("a", "an") for c in sentence.children(head, "det"))
            is_owned = scene.cast.owner_of(sentence, head) is not None
            if not is_new or is_owned or _is_judged(scene, sentence, head, matter):
                return True
        is_told = any(c.lower in _TELLING for c in sentence.children(head, "det", "poss"))
        is_standing = token.lemma in objects["state"] | objects["government"] | nouns["standings"]
        if is_told and is_standing and scene.cast.owner_of(sentence, head) is None:
            return True
        if _is_just_told(scene, sentence, head, matter):
            return True
        if _names_topic(scene, sentence, head, matter):
            return True
    return False


def _is_judged(scene: Scene, sentence: Sentence, head: int, matter: Matter) -> bool:
    """As in "welcomed an important step": an adjective of praise or blame, and no word on what the step is about."""
    words = [c.lower for c in sentence.children(head, "amod")]
    is_vague = not any(c.dep == "prep" and c.lower in _NAMING for c in sentence.children(head))
    return is_vague and matter.is_near(scene, sentence) and bool(words)


def _is_just_told(scene: Scene, sentence: Sentence, head: int, matter: Matter) -> bool:
    """Whether a noun points back, close behind the matter, and names nobody: "the opening", "this course"."""
    token = sentence.tokens[head]
    if (
        token.pos != "NOUN"
        or token.lemma in statement_words()["nouns"]["doings"]
        or not matter.is_near(scene, sentence)
    ):
        return False
    is_pointing = any(c.lower in _POINTING for c in sentence.children(head, "det"))
    owner = scene.cast.owner_of(sentence, head)
    return is_pointing and owner is None and not any(p.is_known for p in scene.cast.parties(sentence, head))


def _names_topic(scene: Scene, sentence: Sentence, head: int, matter: Matter) -> bool:
    """Whether a noun phrase is the polity, is owned by it as a standing is, or holds a word of recognition.

    "Israel's operation in Gaza" names a place of the polity and is no word on its standing.
    """
    token = sentence.tokens[head]
    verbs = recognition_words()["verbs"]["recognise"] | recognition_words()["nouns"]["recognition"]
    apart = {j for c in sentence.children(head, "relcl", "advcl") for j in sentence.subtree(c.i)}
    below = [j for j in sentence.subtree(head) if j not in apart]
    if any(sentence.tokens[j].lemma in verbs for j in below):
        return True
    if token.pos not in ("PROPN", "PRON") and token.lemma in statement_words()["nouns"]["doings"]:
        return False
    return speaks_of(scene, sentence, [head], matter.topic)


def is_about_doer(scene: Scene, sentence: Sentence, heads: list[int], matter: Matter) -> bool:
    """Whether the one praised or blamed is who recognised, withdrew or refused, close before."""
    doers = {r.recogniser.country for r in scene.recognition if r.recogniser is not None and r.recogniser.country}
    parties = scene.cast.of_heads(sentence, heads)
    return matter.is_near(scene, sentence) and any(p.entity.country in doers and p.is_known for p in parties)


def is_against(scene: Scene, sentence: Sentence, heads: list[int], subjects: list[int], matter: Matter) -> bool:
    """Whether the deed praised or blamed is one against the polity: by whose it is, else by what was told last."""
    deeds = statement_words()["nouns"]["deeds"]
    if any(sentence.tokens[head].lemma in statement_words()["nouns"]["inaction"] for head in heads):
        return True
    speakers = {p.entity.key for p in scene.cast.of_heads(sentence, subjects)}
    for head in heads:
        is_deed = sentence.tokens[head].lemma in deeds
        owner = scene.cast.owner_of(sentence, head) if is_deed else _one_of(scene.cast.parties(sentence, head))
        doer = _doer(scene, sentence, head)
        is_the = head > 0 and sentence.tokens[head - 1].lower == "the"
        owner = (doer or owner) if is_the else (owner or doer)
        if owner is None or (not is_deed and owner.entity.key in speakers):
            continue
        if _is_rival(owner, matter.topic):
            # Who congratulates a rival of the government spoken of takes the rival's side, in words about the rival.
            return False
        side = leaning(scene, owner, matter.topic)
        if side in ("support", "oppose"):
            return side == "oppose"
    return matter.is_undone or is_about_undoing(scene, sentence, heads, subjects, matter)


def _doer(scene: Scene, sentence: Sentence, head: int) -> Party | None:
    """Whom "the country", "the government" means where nobody is named: the one state whose deed was told last."""
    if sentence.tokens[head].lemma not in statement_words()["nouns"]["doers"]:
        return None
    told = [
        r.recogniser for r in scene.recognition
        if r.asserted and r.recogniser is not None and r.evidence.part == sentence.part
        and r.evidence.start < sentence.start
    ]  # fmt: skip
    if not told or sentence.subtree(head)[0] != head - 1:
        return None
    return Party(entity=told[-1], acts_for="state", slug=None)


def _is_rival(party: Party, topic: str) -> bool:
    """Whether both claim to be the government of one state."""
    own, other = load_polities().get(party.slug or ""), load_polities().get(topic)
    if own is None or other is None or own.slug == other.slug:
        return False
    return own.capacity == other.capacity == "government" and own.parent == other.parent


def _one_of(parties: list[Party]) -> Party | None:
    return parties[0] if parties and parties[0].is_known else None


def is_about_undoing(scene: Scene, sentence: Sentence, heads: list[int], subjects: list[int], matter: Matter) -> bool:
    """Whether the deed that is praised or condemned takes standing away from the polity the statement is about.

    A withdrawal, a rupture; in a switch between the two Chinas statements are about Taipei, so recognising Beijing too.
    """
    deeds = [h for h in heads if sentence.tokens[h].lemma in statement_words()["nouns"]["deeds"]]
    if matter.is_dispute or (heads and not deeds):
        return False
    speakers = {p.entity.key for p in scene.cast.of_heads(sentence, subjects)}
    before = [
        r for r in scene.recognition
        if r.asserted and r.evidence.part == sentence.part and r.evidence.start <= sentence.end
        and r.recogniser is not None
        and (r.recognised.id in {matter.topic, *_CHINAS} or not is_contested(matter.topic))
    ]  # fmt: skip
    told = [r for r in before if r.recogniser is not None and r.recogniser.key not in speakers]
    if not told:
        return False
    owners = {p.entity.country for h in deeds if (p := scene.cast.owner_of(sentence, h)) is not None}
    told = [r for r in told if r.recogniser is not None and r.recogniser.country in owners - {None}] or told
    if any(sentence.children(h, "poss") for h in deeds) and not owners & {
        r.recogniser.country for r in told if r.recogniser is not None
    }:
        # "the sponsors' proposal" is not the refusal told before.
        return False
    if {r.recognised.id for r in told} & _CHINAS:
        # A switch is told in several acts, whose order says nothing.
        lost = [r for r in told if _takes_from_taipei(r)]
        return 2 * len(lost) > len(told)
    if deeds and all(sentence.tokens[h].lemma in statement_words()["nouns"]["affirming"] for h in deeds):
        return False
    return _main_deed(told).act in ("withdraw", "sever-relations", "refuse")


def _main_deed(told: list[Recognition]) -> Recognition:
    """What "the decision" means where nobody's name stands by it: the newest deed, the last told of equals.

    Acts of earlier days are background; so is who refuses to go along, unless the report opens with the refusal.
    """
    done = [r for r in told if r.act != "refuse"]
    meant = done if done and told[0].act != "refuse" else told
    days = [r.when.latest or r.when.earliest if r.when is not None else None for r in meant]
    newest = max((day for day in days if day is not None), default=None)
    return [r for r, day in zip(meant, days, strict=True) if day is None or day == newest][-1]


def _takes_from_taipei(record: Recognition) -> bool:
    if record.recognised.id == "china-prc":
        return record.act in ("recognise", "establish-relations", "intend")
    return record.act in ("withdraw", "sever-relations", "refuse")


def is_about_deed(sentence: Sentence, i: int) -> bool:
    """Whether words below a head name a deed of recognition."""
    return any(sentence.tokens[j].lemma in statement_words()["nouns"]["deeds"] for j in sentence.subtree(i))


def speaks_of(scene: Scene, sentence: Sentence, heads: list[int], topic: str) -> bool:
    """Whether words below these heads name the polity, its mother country, or recognition."""
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
