"""Things said in a sentence: a verb of stance, a verb of saying with a clause, a quotation, an appeal, a label.

Each is a unit: who says it, in which words, and the side of the verb or of the evaluating words. Whether it counts and
about what it is, `statements` says.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from dejure.coding.appeals import appeal_at, refusal_in
from dejure.coding.arguments_said import arguments_said
from dejure.coding.bearing import (
    OPPOSITE,
    bears_on,
    is_about_deed,
    is_about_doer,
    is_against,
    speaks_of,
)
from dejure.coding.clauses import Arguments, noun_arguments
from dejure.coding.deferring import is_deferring
from dejure.coding.leanings import leaning, partisan
from dejure.coding.matters import Matter
from dejure.coding.outlook import load_governors, outlook_of
from dejure.coding.parties import Party
from dejure.coding.scene import Scene
from dejure.coding.silent_parties import counted_before
from dejure.coding.spans import covering, head_span
from dejure.coding.stance_carried import is_cordial, is_neither, refuses_assent, stance_and_heads
from dejure.coding.stance_words import STANCE, stance_of_words, stances, statement_words, words_in
from dejure.coding.upholding import claims_as_part, upholding
from dejure.reading.reading import Sentence
from dejure.records import Span, Stance

__all__ = ["Unit", "units_of"]

_LONGEST_LABEL = 8
#: Words that a quotation must have to be a remark where none of them praises or blames.
_SENTENCE = 5
#: How many tokens apart brackets must be to hold a remark.
_BRACKETED = 2
_ASKS = frozenset({"whether", "if", "why", "when", "where", "how", "what", "which", "who"})
_SAYING = frozenset({"report", "claim", "announce", "warn", "suggest"})


@dataclass(frozen=True, slots=True)
class Unit:
    """Something said: by whom (head or party), in which words, by which verb.

    `by_words` marks a stance that the words said were weighed for, and not the verb's; it may be None. `is_refusal`
    marks words that say recognition will not be given.
    """

    sentence: Sentence
    at: int
    speakers: tuple[Party, ...]
    content: Span
    stance: Stance | None
    direct: bool
    by_words: bool = False
    is_refusal: bool = False


def units_of(scene: Scene, sentence: Sentence, matter: Matter) -> Iterator[Unit]:
    """Everything said in a sentence that may be a stance towards the matter, in the order of its verbs."""
    for token in sentence.tokens:
        # "Peru thanks Chile": the parser takes some verbs in -s for plurals.
        is_verb = token.pos in ("VERB", "AUX") or (token.tag == "NNS" and token.dep == "ROOT")
        if not is_verb or (token.tag == "NNS" and not sentence.children(token.i, "nsubj")):
            continue
        unit = (
            _by_appeal(scene, sentence, token.i, matter)
            or _by_effect(scene, sentence, token.i, matter)
            or _by_stance_verb(scene, sentence, token.i, matter)
            or _by_saying(scene, sentence, token.i, matter)
            or _by_deferring(scene, sentence, token.i, matter)
        )
        if unit is not None:
            yield unit
    yield from _by_quotation(scene, sentence, matter)
    yield from _by_colon(scene, sentence)
    yield from _by_parenthesis(scene, sentence)
    yield from _by_source(scene, sentence, matter)


def _by_source(scene: Scene, sentence: Sentence, matter: Matter) -> Iterator[Unit]:
    """As in "According to Peru, the step was a mistake": words of praise or blame are those of the source named."""
    for token in sentence.tokens:
        over = sentence.tokens[token.head]
        sources = [c.i for p in sentence.children(token.i, "prep") for c in sentence.children(p.i, "pobj")]
        if token.lower != "according" or over.pos not in ("VERB", "AUX") or not sources:
            continue
        below = sorted(set(sentence.subtree(over.i)) - set(sentence.subtree(token.i)))
        below = [j for j in below if sentence.tokens[j].pos != "PUNCT"]
        speakers = tuple(p for p in _speakers(scene, sentence, sources) if "MED" not in p.entity.sectors)
        is_said_by_other = _effect_of(sentence, over.i) in _SAYING
        if is_said_by_other or not speakers or not matter.is_near(scene, sentence):
            continue
        subjects = [c.i for c in sentence.children(over.i, "nsubj", "nsubjpass")]
        deeds = [h for h in subjects if sentence.tokens[h].lemma in statement_words()["nouns"]["deeds"]]
        # Only what judges the deed itself: a tale of what happened is told, and takes no side.
        own = [j for j in below if (j < token.i) == (over.i < token.i)]
        if not deeds or not own:
            continue
        content = head_span(scene.reading, sentence, own[0], own[-1])
        stance = refusal_in(sentence, own) or _stance_said(content.quote)
        if stance is None:
            continue
        if is_against(scene, sentence, deeds, sources, matter):
            stance = OPPOSITE[stance]
        yield Unit(sentence, over.i, speakers, content, stance, direct=False, by_words=True)


def _by_parenthesis(scene: Scene, sentence: Sentence) -> Iterator[Unit]:
    """As in "Against: Peru (illegal), Chile (an insult)": what is put in brackets behind a name."""
    opening = [t.i for t in sentence.tokens if t.lower == "(" and t.i]
    for i in opening:
        closing = next((t.i for t in sentence.tokens[i:] if t.lower == ")"), len(sentence.tokens))
        hit = scene.cast.hit(sentence, i - 1)
        party = scene.cast.named(sentence, hit) if hit is not None else None
        if party is None or not party.is_known or closing - i < _BRACKETED:
            continue
        content = head_span(scene.reading, sentence, i + 1, closing - 1)
        stance = stance_of_words(content.quote)
        if stance is not None:
            yield Unit(sentence, i + 1, (party,), content, stance, direct=False, by_words=True)


def _by_effect(scene: Scene, sentence: Sentence, i: int, matter: Matter) -> Unit | None:
    """As in "the decision angered Serbia", "the move drew praise from Peru": what a deed stirs in somebody."""
    verbs = statement_words()["stirring"]
    lemma = sentence.tokens[i].lemma
    if not any(lemma in words for words in verbs.values()) or not matter.is_near(scene, sentence):
        return None
    arguments = arguments_said(sentence, i)
    if arguments.is_passive:
        return None
    moved = next((STANCE[side] for side in ("support", "oppose", "concern") if lemma in verbs[side]), None)
    heads = arguments.objects
    if moved is None and lemma in verbs["drawing"]:
        drawn = [h for h in arguments.objects if (sentence.tokens[h].lemma, "noun") in stances()]
        moved = stances()[(sentence.tokens[drawn[0]].lemma, "noun")] if drawn else None
        heads = arguments.prep("from", "by", "among", "in")
    deeds = [h for h in arguments.subjects if sentence.tokens[h].lemma in statement_words()["nouns"]["deeds"]]
    speakers = tuple(p for p in scene.cast.of_heads(sentence, heads) if p.is_known)
    if moved is None or not deeds or not speakers or outlook_of(sentence, i).negated:
        return None
    content = covering(scene.reading, sentence, i, speakers, [])
    is_contrary = is_against(scene, sentence, deeds, heads, matter)
    return Unit(sentence, i, speakers, content, OPPOSITE[moved] if is_contrary else moved, direct=False)


def _speakers(scene: Scene, sentence: Sentence, subjects: list[int]) -> tuple[Party, ...]:
    """Who speaks: the subjects; for a note, a letter, a text, who wrote it, else who acted last before."""
    found: list[Party] = []
    for head in subjects:
        parties = counted_before(scene, sentence, head) or scene.cast.parties(sentence, head)
        is_paper = sentence.tokens[head].lemma in statement_words()["nouns"]["papers"]
        if is_paper and not any(p.is_known for p in parties):
            written = noun_arguments(sentence, head)
            writers = [h for c in sentence.children(head, "acl") for h in arguments_said(sentence, c.i).subjects]
            parties = scene.cast.of_heads(sentence, written.prep("from", "by", "of") + writers)
        found += parties
    return tuple(found)


def _misread_subject(scene: Scene, sentence: Sentence, i: int) -> tuple[Party, ...]:
    """As in "In the Commons Mr Brown has said": the parser hangs the speaker on the place."""
    if sentence.children(i, "nsubj", "nsubjpass", "csubj") or sentence.tokens[i].dep != "ROOT":
        return ()
    named = [p for p in scene.cast.named_in(sentence, 0, i - 1) if p.is_person] if i else []
    return tuple(named[-1:])


def _by_appeal(scene: Scene, sentence: Sentence, i: int, matter: Matter) -> Unit | None:
    """As in "urged Wellington to recognise it", "hoped that others would follow"."""
    appeal = appeal_at(scene, sentence, i, matter)
    speakers = _speakers(scene, sentence, arguments_said(sentence, i).subjects) if appeal is not None else ()
    if appeal is None or not speakers:
        return None
    content = covering(scene.reading, sentence, i, speakers, [])
    return Unit(sentence, i, speakers, content, appeal.stance, direct=False)


def _by_deferring(scene: Scene, sentence: Sentence, i: int, matter: Matter) -> Unit | None:
    """As in "respects the choice of the voters", "called for calm": a stance for neither side."""
    lemma, words = sentence.tokens[i].lemma, statement_words()["deferring"]
    is_asking = lemma in words["calling"]
    if not is_asking and lemma not in words["leaving"]:
        return None
    arguments = arguments_said(sentence, i)
    outlook = outlook_of(sentence, i)
    if arguments.is_passive or outlook.negated or outlook.in_condition or not matter.is_near(scene, sentence):
        return None
    speakers = _speakers(scene, sentence, arguments.subjects)
    below = [sentence.tokens[j] for j in sentence.subtree(i) if j >= i]
    is_calm = is_asking and any(t.lemma in words["calm"] and t.pos == "NOUN" for t in below)
    if is_calm and any(partisan(scene, p, matter.topic) for p in speakers):
        return None
    if not speakers or not (is_calm or (not is_asking and is_deferring(" ".join(t.text for t in below)))):
        return None
    return Unit(sentence, i, speakers, covering(scene.reading, sentence, i, speakers, []), "neutral", direct=False)


def _by_colon(scene: Scene, sentence: Sentence) -> Iterator[Unit]:
    """As in "Turkey: unacceptable."; a name, a colon, words of stance."""
    for token in sentence.tokens[1:_LONGEST_LABEL]:
        if token.lower != ":":
            continue
        speakers = tuple(p for p in scene.cast.named_in(sentence, 0, token.i - 1) if p.is_known)[-1:]
        rest = sentence.text[token.end :].strip()
        stance = stance_of_words(rest)
        if speakers and stance is not None and not any(t.pos in ("VERB", "AUX") for t in sentence.tokens[: token.i]):
            content = head_span(scene.reading, sentence, token.i + 1, len(sentence.tokens) - 1)
            yield Unit(sentence, token.i, speakers, content, stance, direct=rest[:1] in '"“', by_words=True)
        return


def _by_stance_verb(scene: Scene, sentence: Sentence, i: int, matter: Matter) -> Unit | None:
    """As in "welcomed the move", "voiced regret", "is against it", "upheld the unity of Somalia"."""
    arguments = arguments_said(sentence, i)
    if load_governors().get((sentence.tokens[i].lemma, "verb")) in _SAYING and arguments.comps:
        return None
    stance, heads = stance_and_heads(sentence, i, arguments)
    refused = refuses_assent(sentence, i)
    stance = "oppose" if refused else stance
    upheld = upholding(scene, sentence, i, matter)
    if stance is None and upheld is None:
        return None
    outlook = outlook_of(sentence, i)
    if (
        (outlook.negated and not refused)
        or is_neither(sentence, i)
        or outlook.in_condition
        or outlook.obliged
        or outlook.is_question
        or outlook.first("refuse", "demand", "consider")
    ):
        return None
    speakers = _speakers(scene, sentence, arguments.subjects)
    if not speakers:
        return None
    content = covering(scene.reading, sentence, i, speakers, [])
    if upheld is not None or stance is None:
        return Unit(sentence, i, speakers, content, upheld, direct=False)
    about = [h for h in heads if not _carries_stance(sentence, h)]
    is_near = matter.is_near(scene, sentence)
    is_bare = not about and is_near
    bears = bears_on(scene, sentence, about, matter) if about else bool(heads) or is_bare
    bears = bears or (bool(about) and is_about_doer(scene, sentence, about, matter))
    bears = bears or (is_near and _is_of_party(scene, sentence, about, speakers, matter))
    # What is praised or blamed in words that are quoted is what the report tells: hailed "a great day".
    bears = bears or (is_near and any(scene.quotation_at(sentence, h) or _is_quoted(sentence, h) for h in about))
    if not bears and not (arguments.comps and speaks_of(scene, sentence, arguments.comps, matter.topic)):
        return None
    is_contrary = (
        bears
        and not is_cordial(sentence, i, arguments)
        and is_against(scene, sentence, about, arguments.subjects, matter)
    )
    is_own = sentence.tokens[i].lemma in statement_words()["verbs"]["defending"] and stance == "support"
    if is_contrary or (is_own and all(leaning(scene, p, matter.topic) == "oppose" for p in speakers)):
        # "Its minister defended the decision": who refuses or breaks defends that.
        stance = OPPOSITE[stance]
    return Unit(sentence, i, speakers, content, stance, direct=False)


def _is_quoted(sentence: Sentence, head: int) -> bool:
    """Whether a noun phrase opens with a quotation mark."""
    first = sentence.subtree(head)[0]
    return any(sentence.tokens[j].text in ('"', "\u201c", "``") for j in (first, first - 1) if j >= 0)


def _carries_stance(sentence: Sentence, head: int) -> bool:
    """Whether a noun is the praise or blame itself, or the message that holds it, and not what it is of."""
    token = sentence.tokens[head]
    inside = [c for p in sentence.children(head, "prep") if p.lower == "of" for c in sentence.children(p.i, "pobj")]
    words = [token, *(inside if token.lemma in statement_words()["nouns"]["messages"] else [])]
    return any((form, "noun") in stances() for word in words for form in (word.lemma, word.lower))


def _is_of_party(
    scene: Scene, sentence: Sentence, about: list[int], speakers: tuple[Party, ...], matter: Matter
) -> bool:
    """Whether a party at issue thanks or blames somebody, or something told of: what it has to do with it is plain."""
    if not any(partisan(scene, speaker, matter.topic) for speaker in speakers):
        return False
    return any(
        sentence.tokens[h].pos in ("PROPN", "PRON")
        or any(c.lower in ("the", "this", "that", "these", "those") for c in sentence.children(h, "det"))
        for h in about
    )


def _by_saying(scene: Scene, sentence: Sentence, i: int, matter: Matter) -> Unit | None:
    """As in "called it a gift", "argued that it could", "said it was", "spoke of a mistake"."""
    token = sentence.tokens[i]
    effect = _effect_of(sentence, i)
    is_naming = token.lemma in statement_words()["verbs"]["naming"]
    is_hope = token.lemma in statement_words()["appeals"]["hoping"]
    if effect not in _SAYING and not is_naming and not is_hope:
        return None
    arguments = arguments_said(sentence, i)
    heads = _heads_said(sentence, i, arguments, is_naming=is_naming)
    heads = heads or _heads_around(sentence, i, effect)
    aside = set(sentence.subtree(i)) if token.head in heads else set()
    below = sorted({j for head in heads for j in sentence.subtree(head)} - aside)
    speakers = _speakers(scene, sentence, arguments.subjects) or _misread_subject(scene, sentence, i)
    if not below or i in below or not speakers or _says_own_stance(scene, sentence, arguments.comps, speakers, matter):
        return None
    first = below[0] + (sentence.tokens[below[0]].dep == "mark" and below[0] < below[-1])
    content = head_span(scene.reading, sentence, first, below[-1])
    is_told = speaks_of(scene, sentence, [i], matter.topic) or is_about_deed(sentence, i)
    if not (is_told or matter.is_near(scene, sentence)):
        return None
    refused = refusal_in(sentence, below) or claims_as_part(scene, sentence, below, matter)
    if aside and refused is not None:
        return None
    stance = refused or _stance_said(content.quote) or _stance_of_saying(sentence, i, first)
    if aside and stance == "neutral":
        return None
    is_label = is_naming and effect not in _SAYING
    is_own = any(partisan(scene, p, matter.topic) for p in speakers)
    if stance is None and is_label and not _is_painted(scene, sentence, i, matter):
        return None
    if (
        stance is None
        and not is_label
        and (not arguments.comps or _tells_nothing(sentence, below, is_own) or _is_proceeding(sentence, heads, is_own))
    ):
        return None
    judged = _named_things(sentence, i) if is_label else _subjects_said(scene, sentence, heads, speakers)
    is_own_matter = is_own and matter.is_near(scene, sentence)
    if is_label and not is_own_matter and not _is_judgement(scene, sentence, judged, matter):
        return None
    if is_hope and not any(sentence.tokens[o].lemma in statement_words()["nouns"]["deeds"] for o in judged):
        return None
    nouns = statement_words()["nouns"]["deeds"] | statement_words()["nouns"]["doers"]
    judged = [o for o in judged if sentence.tokens[o].lemma in nouns or sentence.tokens[o].pos == "PROPN"]
    if (
        judged
        and stance is not None
        and refused is None
        and is_against(scene, sentence, judged, arguments.subjects, matter)
    ):
        stance = OPPOSITE[stance]
    direct = scene.quotation_at(sentence, heads[0]) is not None
    return Unit(sentence, i, speakers, content, stance, direct=direct, by_words=True, is_refusal=refused is not None)


def _effect_of(sentence: Sentence, i: int) -> str:
    """What a verb of saying does to what is said, empty for other verbs."""
    lemma = sentence.tokens[i].lemma
    if lemma in statement_words()["verbs"]["saying"] and not _is_infinitive(sentence, i):
        return "report"
    return load_governors().get((lemma, "verb"), "")


def _heads_around(sentence: Sentence, i: int, effect: str) -> list[int]:
    """As in "The step, he says, is a matter of justice": what is said stands around the saying."""
    token = sentence.tokens[i]
    return [token.head] if effect in _SAYING and token.dep == "parataxis" else []


def _stance_of_saying(sentence: Sentence, i: int, first: int) -> Stance | None:
    """The stance that the verb gives to words without one: it warns, it hopes, it leaves the matter to others."""
    lemma = sentence.tokens[i].lemma
    is_naming = lemma in statement_words()["verbs"]["naming"]
    if is_naming and is_deferring(_to_the_end(sentence, i, first)):
        # "a matter for the two": the parser may hang "for" on the verb.
        return "neutral"
    if lemma == "warn":
        return "concern"
    return "support" if lemma in statement_words()["appeals"]["hoping"] else None


def _stance_said(text: str) -> Stance | None:
    """The stance of words that are said: none for either side where they leave the matter to others."""
    return stance_of_words(text) or ("neutral" if is_deferring(text) else None)


def _to_the_end(sentence: Sentence, i: int, first: int) -> str:
    return " ".join(sentence.tokens[j].text for j in sentence.subtree(i) if j >= first)


def _tells_nothing(sentence: Sentence, below: list[int], is_own: bool) -> bool:
    """Whether words without a stance are too few to take a side ("it did not"), or a question ("how he would vote").

    Of a party at issue a noun and an adjective are enough ("ties were firm").
    """
    words = [sentence.tokens[j] for j in below if sentence.tokens[j].pos != "PUNCT"]
    is_full = is_own and {"NOUN", "ADJ", "AUX"} <= {word.pos for word in words}
    return (len(words) < _SENTENCE and not is_full) or words[0].lower in _ASKS


def _is_proceeding(sentence: Sentence, heads: list[int], is_own: bool) -> bool:
    """As in "the ministers will meet on Friday": how and when a thing is gone through is told, and no side is taken."""
    # "meets the criteria": with an object it may be praise.
    bare = [h for h in heads if not sentence.children(h, "dobj")]
    return not is_own and any(sentence.tokens[h].lemma in statement_words()["verbs"]["proceeding"] for h in bare)


def _says_own_stance(
    scene: Scene, sentence: Sentence, heads: list[int], speakers: tuple[Party, ...], matter: Matter
) -> bool:
    """As in "Peru said it regretted the step": the verb inside tells the stance, and of what it is."""
    own = {p.entity.key for p in speakers}
    for head in heads:
        inner = _by_stance_verb(scene, sentence, head, matter)
        if inner is not None and {p.entity.key for p in inner.speakers} <= own:
            return True
    return False


def _subjects_said(scene: Scene, sentence: Sentence, heads: list[int], speakers: tuple[Party, ...]) -> list[int]:
    """Of what a clause that is said judges: its subjects, without the speaker ("Peru said it would stand by them")."""
    own = {p.entity.key for p in speakers}
    subjects = [c for head in heads for c in sentence.children(head, "nsubj", "nsubjpass")]
    return [c.i for c in subjects if own.isdisjoint(p.entity.key for p in scene.cast.parties(sentence, c.i))]


def _heads_said(sentence: Sentence, i: int, arguments: Arguments, *, is_naming: bool) -> list[int]:
    """Heads of the clause that is said, or of what something is called: "as hasty", "a gift", "of a mistake"."""
    heads = list(arguments.comps)
    if is_naming and not heads:
        heads = [c.i for p in sentence.children(i, "prep") if p.lower in ("as", "of") for c in sentence.children(p.i)]
        heads += [c.i for o in arguments.objects for p in sentence.children(o, "prep") if p.lower == "as"
                  for c in sentence.children(p.i)]  # fmt: skip
        heads += arguments.prep("as", "of") + [c.i for c in sentence.children(i, "oprd", "attr")]
        heads += arguments.objects if sentence.tokens[i].lemma in statement_words()["verbs"]["labelling"] else []
    return heads + [c.i for c in sentence.children(i, "ccomp", "pcomp")]


def _is_judgement(scene: Scene, sentence: Sentence, judged: list[int], matter: Matter) -> bool:
    """Whether what is named is a deed or a party to the matter; "called Peru a close friend" is of another thing."""
    parties = [p for head in judged for p in scene.cast.parties(sentence, head) if p.entity.id is not None]
    is_party = bool(parties) and all(sentence.tokens[h].pos == "PROPN" for h in judged)
    return not is_party or (
        speaks_of(scene, sentence, judged, matter.topic) or is_about_doer(scene, sentence, judged, matter)
    )


def _is_infinitive(sentence: Sentence, i: int) -> bool:
    """Whether what hangs on a verb is a deed ("decided to recognise it"), and nothing that is said."""
    comps = [c.i for c in sentence.children(i, "xcomp", "ccomp")]
    return not comps or any(a.tag == "TO" for at in comps for a in sentence.children(at, "aux"))


def _is_painted(scene: Scene, sentence: Sentence, i: int, matter: Matter) -> bool:
    """As in "called it the end of a long road": a picture of the deed, whose side is that of who draws it."""
    token = sentence.tokens[i]
    if token.lemma not in statement_words()["verbs"]["painting"] or not matter.is_near(scene, sentence):
        return False
    named = _named_things(sentence, i)
    return not named or any(sentence.tokens[o].lemma in statement_words()["nouns"]["deeds"] for o in named)


def _named_things(sentence: Sentence, i: int) -> list[int]:
    """What a verb of naming names: its object, or the subject of the small clause under it."""
    objects = sentence.children(i, "dobj")
    small = [
        c for clause in sentence.children(i, "ccomp", "xcomp", "oprd") for c in sentence.children(clause.i, "nsubj")
    ]
    return [t.i for t in (*objects, *small)]


def _by_quotation(scene: Scene, sentence: Sentence, matter: Matter) -> Iterator[Unit]:
    if sentence.part != "body":
        return
    for quotation in scene.reading.quotations:
        if (
            not sentence.start <= quotation.start < sentence.end
            or quotation.speaker is None
            or quotation.kind != "speech"
        ):
            continue
        stance = _stance_said(quotation.text)
        if stance is None and len(words_in(quotation.text)) < _SENTENCE:
            continue
        speaker = scene.cast.speaker_near("body", *quotation.speaker)
        text = scene.reading.report.body[quotation.start : quotation.end].strip(" ,.")
        if speaker is None or not text or (stance is None and not matter.is_near(scene, sentence)):
            continue
        start = scene.reading.report.body.index(text, quotation.start)
        inside = [t.i for t in sentence.tokens if sentence.start + t.start >= quotation.start]
        yield Unit(sentence, inside[0] if inside else 0, (speaker,),
                    scene.reading.span("body", start, start + len(text)), stance, True, by_words=True)  # fmt: skip
