"""Acts told without naming them again: "did so", "followed suit", "as did Samoa", "two days after Fiji acted"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from dejure.coding.actors import Cast
from dejure.coding.clauses import arguments_of
from dejure.coding.outlook import load_governors, outlook_of, subjects_above
from dejure.coding.parties import Party, is_contested
from dejure.coding.recognition.polity import recognition_words
from dejure.coding.recognition.times import TIMES, end_of_phrase, governed, is_time, time_follows
from dejure.coding.recognition.trigger import names_before
from dejure.reading.language import Token
from dejure.reading.reading import Sentence
from dejure.records import COMPLETED_ACTS

__all__ = ["Repeat", "find_repeats", "has_waited"]

#: "Took the same view": of those who would not, or not yet.
_STANCES = frozenset({"refuse", "condition", "consider"})
_ALL = frozenset((COMPLETED_ACTS - {"accept-credentials"}) | {"intend", "refuse"})


@dataclass(frozen=True, slots=True)
class Repeat:
    """Parties that did what was told last, at a predicate; `is_close` where that must stand just before.

    `of` is the predicate of the same sentence whose act it is, where it can be no other; `behind` holds who is said to
    have gone after them, where that tells whose act was meant ("Nauru followed Russia and Venezuela").
    """

    at: int
    parties: tuple[Party, ...]
    acts: frozenset[str]
    is_elliptic: bool
    is_close: bool = False
    of: int | None = None
    behind: tuple[Party, ...] = ()
    #: Whether the parties came after those in `behind` ("Italy joined France"), not before.
    is_joining: bool = False
    #: Whether the parties suffer what was told, as in "X was recognised in May and Y in June".
    is_of_objects: bool = False
    #: Whether it is told by a verb of saying ("said the same"): of what was said right before, and no act.
    is_said: bool = False


def find_repeats(cast: Cast, sentence: Sentence, taken: set[int]) -> Iterator[Repeat]:
    """Repeats in a sentence; `taken` holds predicates that name an act themselves."""
    for token in sentence.tokens:
        if token.i in taken:
            continue
        strength = _repeats(sentence, token) or ("close" if has_waited(sentence, token.i) else "")
        if strength:
            parties = _doers(cast, sentence, token)
            if parties:
                whose = tuple(_examples(cast, sentence, token.i))
                acts = (
                    _STANCES if strength in ("stance", "said") else _ALL | ({"accept-credentials"} if whose else set())
                )
                yield Repeat(token.i, tuple(parties), acts, is_elliptic=False, is_close=strength != "sure",
                             behind=whose, is_joining=bool(whose), is_said=strength == "said")  # fmt: skip
            yield from _gapped(cast, sentence, token.i)
        elif token.pos == "VERB":
            yield from _before_or_after(cast, sentence, token)
    yield from _too(cast, sentence)
    for at in sorted(taken):
        is_passive = bool(sentence.children(at, "nsubjpass")) and sentence.tokens[at].tag == "VBN"
        for repeat in _gapped(cast, sentence, at):
            if any(at < other < repeat.at for other in taken):
                continue
            # "recognised A in May and B in June": B is no doer where others are told to recognise it.
            are_recognised = all(p.slug in cast.recognised for p in repeat.parties)
            is_object = (
                (is_passive and not _is_by(sentence, repeat.at))
                or are_recognised
                or _is_further_object(cast, sentence, at, repeat)
            )
            yield replace(repeat, of=at, is_of_objects=is_object)


def _doers(cast: Cast, sentence: Sentence, token: Token) -> list[Party]:
    """Who did what was told last, at a verb that stands for it."""
    heads = arguments_of(sentence, token.i).subjects
    if not heads and token.dep in ("ROOT", "conj"):
        heads = [c.i for c in sentence.children(token.i, "attr", "npadvmod") if c.i > token.i]
    heads += _strayed(cast, sentence, heads) + _names_behind(cast, sentence, token)
    heads = _speaking_of_itself(cast, sentence, token.i, heads) or heads
    parties = [p for p in cast.of_heads(sentence, heads) if not p.is_person or p.entity.id is not None]
    if not parties and outlook_of(sentence, token.i).first("demand", "want") is not None:
        # "hoped that others would do likewise"
        parties = cast.of_heads(sentence, heads)[:1]
    return parties or [p for p in names_before(cast, sentence, token.i) if p.can_recognise]


def _speaking_of_itself(cast: Cast, sentence: Sentence, i: int, heads: list[int]) -> list[int]:
    """Who says "it would not take the step": a state speaks of itself, whoever was named before."""
    governor = outlook_of(sentence, i).first("report", "announce")
    if [sentence.tokens[h].lower for h in heads] != ["it"] or governor is None:
        return []
    speakers = subjects_above(sentence, governor)
    found = cast.of_heads(sentence, speakers)
    return speakers if len(found) == 1 and found[0].can_recognise and found[0].slug is not None else []


def _before_or_after(cast: Cast, sentence: Sentence, token: Token) -> Iterator[Repeat]:
    """As in "followed Peru", "had led the Commonwealth", "joined it": who did it before whom."""
    if token.lemma in recognition_words()["repeats"]["going_after"]:
        yield from _gone_before(cast, sentence, token.i)
    elif token.lemma == "lead":
        yield from _led(cast, sentence, token.i)
    elif token.lemma == "join":
        yield from _joined(cast, sentence, token.i)


def _is_by(sentence: Sentence, i: int) -> bool:
    """Whether a name, or the list that it stands in, is what "by" governs."""
    token = sentence.tokens[i]
    while token.dep == "conj" and token.head != token.i:
        token = sentence.tokens[token.head]
    return token.dep == "pobj" and sentence.tokens[token.head].lower == "by"


def _too(cast: Cast, sentence: Sentence) -> Iterator[Repeat]:
    """A sentence of names and "too" alone, as in "Brazil and Colombia too."."""
    tokens = [t for t in sentence.tokens if t.pos != "PUNCT" or t.text == ","]
    names = [t for t in tokens if cast.hit(sentence, t.i) is not None]
    others = [t.lower for t in tokens if cast.hit(sentence, t.i) is None and t.lower not in (",", "and", "the", "so")]
    if not names or others not in (["too"], ["also"], ["as", "well"], ["likewise"]):
        return
    parties = [p for p in cast.named_in(sentence, names[0].i, names[-1].i) if not p.is_person]
    if parties:
        acts = frozenset(COMPLETED_ACTS - {"accept-credentials"})
        yield Repeat(names[-1].i, tuple(parties), acts, is_elliptic=True, is_close=True)


def _is_further_object(cast: Cast, sentence: Sentence, at: int, repeat: Repeat) -> bool:
    """As in "recognised Abkhazia in May and South Ossetia a day later", "recognised it, and Niue, in September"."""
    objects = arguments_of(sentence, at).objects
    if not objects:
        return False
    named = cast.of_heads(sentence, objects)
    is_alike = bool(named) and all(is_contested(p.slug) for p in (*named, *repeat.parties))
    before = [sentence.tokens[j].lower for j in range(objects[-1] + 1, repeat.at)]
    behind = sentence.tokens[repeat.at + 1].lower if repeat.at + 1 < len(sentence.tokens) else ""
    is_aside = len(repeat.parties) == 1 and before == [",", "and"] and behind == ","
    return is_alike or is_aside


def _names_behind(cast: Cast, sentence: Sentence, token: Token) -> list[int]:
    """In "and so had Cairo, Damascus and, with less zeal, Amman" all names to the end of the clause are subjects."""
    if token.lemma not in ("do", "have") or not _is_as_did(sentence, token):
        return []
    behind = []
    for other in sentence.tokens[token.i + 1 :]:
        if other.text == ";" or other.pos in ("VERB", "AUX"):
            break
        if cast.hit(sentence, other.i) is not None and other.dep in ("nsubj", "conj", "pobj", "appos", "dobj"):
            behind.append(other.i)
    return behind if not any(t.pos in ("VERB", "AUX") for t in sentence.tokens[token.i + 1 :]) else []


def _gone_before(cast: Cast, sentence: Sentence, i: int) -> Iterator[Repeat]:
    """As in "Nauru thus followed Russia and Venezuela": what Nauru did, the others had done."""
    arguments = arguments_of(sentence, i)
    if arguments.comps or arguments.prep("to", "into", "with", "for", "from"):
        return
    earlier = cast.of_heads(sentence, arguments.objects)
    behind = cast.of_heads(sentence, arguments.subjects)
    if earlier and behind and all(p.can_recognise and not p.is_person and p.slug is not None for p in earlier):
        yield Repeat(i, tuple(earlier), frozenset(COMPLETED_ACTS - {"accept-credentials"}), is_elliptic=False,
                     behind=tuple(behind))  # fmt: skip


def _led(cast: Cast, sentence: Sentence, i: int) -> Iterator[Repeat]:
    """As in "India had led the Commonwealth on 30 December": the first of a club to do it."""
    arguments = arguments_of(sentence, i)
    clubs = cast.of_heads(sentence, arguments.objects)
    first = [p for p in cast.of_heads(sentence, arguments.subjects) if p.can_recognise and not p.is_person]
    is_dated = any(is_time(sentence, c.i) for p in sentence.children(i, "prep") for c in governed(sentence, p))
    if first and clubs and all(p.is_club for p in clubs) and is_dated and _is_bare_but_object(sentence, i):
        yield Repeat(i, tuple(first), frozenset(COMPLETED_ACTS), is_elliptic=False, is_close=True)


def _joined(cast: Cast, sentence: Sentence, i: int) -> Iterator[Repeat]:
    """As in "Britain and Italy joined it a day later": they did what it had done."""
    arguments = arguments_of(sentence, i)
    if arguments.comps or not _is_bare_but_object(sentence, i):
        return
    is_it = any(sentence.tokens[h].lower in ("it", "them") for h in arguments.objects)
    first = cast.of_heads(sentence, arguments.objects) if not is_it else []
    after = [p for p in cast.of_heads(sentence, arguments.subjects) if p.can_recognise]
    are_states = bool(first) and all(p.can_recognise and not p.is_person and not p.is_club for p in first)
    if after and (is_it or are_states):
        acts = frozenset(COMPLETED_ACTS - {"accept-credentials"})
        yield Repeat(i, tuple(after), acts, is_elliptic=False, is_close=True, behind=tuple(first), is_joining=True)


def _is_bare_but_object(sentence: Sentence, i: int) -> bool:
    """Whether beside its object only phrases of time hang on a verb."""
    return all(any(is_time(sentence, c.i) for c in governed(sentence, prep)) for prep in sentence.children(i, "prep"))


def _examples(cast: Cast, sentence: Sentence, i: int) -> list[Party]:
    """Whose example or lead is followed, where the words name them."""
    if any(_is_likened(sentence, o) for o in sentence.children(i, "dobj")):
        # "did the same as China", "took the same step as London"
        likened = [p for o in sentence.children(i, "dobj") for p in sentence.children(o.i, "prep") if p.lower == "as"]
        return [p for a in likened for p in cast.of_heads(sentence, [c.i for c in governed(sentence, a)]) if p.slug]
    if sentence.tokens[i].lemma not in ("follow", "copy", "match", "emulate", "echo"):
        return []
    owners = [c.i for o in sentence.children(i, "dobj") for c in sentence.children(o.i, "poss") if c.pos != "PRON"]
    return [p for p in cast.of_heads(sentence, owners) if p.slug is not None and not p.is_person]


def _is_likened(sentence: Sentence, token: Token) -> bool:
    """Whether "as" and somebody's name stand behind "the same" or "the same step"."""
    is_same = token.lower == "same" or any(c.lower == "same" for c in sentence.children(token.i, "amod"))
    return is_same and any(p.lower == "as" for p in sentence.children(token.i, "prep"))


def _strayed(cast: Cast, sentence: Sentence, heads: list[int]) -> list[int]:
    """In "Kenya in March and Sudan in April" the parse may join the second name to the first date."""
    dates = [d for h in heads for p in sentence.children(h, "prep") for d in sentence.children(p.i, "pobj")]
    return [c.i for d in dates for c in sentence.children(d.i, "conj") if cast.hit(sentence, c.i) is not None]


def _repeats(sentence: Sentence, token: Token) -> str:
    """Whether a verb stands for the act told last: "sure", or "close" where that act must stand just before."""
    if token.pos not in ("VERB", "AUX"):
        return ""
    words = recognition_words()["repeats"]
    low = {c.lower for c in sentence.children(token.i)}
    objects = sentence.children(token.i, "dobj")
    if token.lemma == "do" and token.dep not in ("aux", "auxpass"):
        return "sure" if _does_so(sentence, token, low) else ""
    is_inverted = sentence.tokens[token.i - 1].lower in ("so", "as") if token.i else False
    if token.lemma == "have" and (is_inverted or not sentence.children(token.i, "dobj", "xcomp")):
        return "sure" if _is_as_did(sentence, token) else ""
    if token.lemma in words["alone"] and not objects:
        return "sure" if _is_bare(sentence, token) else ""
    if token.lemma in words["giving"] and any(o.lower in words["own"] for o in objects):
        return "sure"
    if any(o.lower == "same" for o in objects) and load_governors().get((token.lemma, "verb")) in _SAYING:
        return "said" if says_the_same(sentence, token) else ""
    if token.lemma == "take" and any(o.lemma in _VIEWS and _is_the_way(sentence, o) for o in objects):
        return "stance"
    if token.lemma == "follow" and any(_is_fellow(sentence, o) for o in objects):
        return "close"
    if token.lemma in words["verbs"] and any(_is_the_way(sentence, o) for o in objects):
        is_sure = token.lemma == "follow" or any(o.lemma in words["sure_objects"] for o in objects)
        return "sure" if is_sure else "close"
    if token.lemma == "go" and any(_is_the_way(sentence, o) for o in sentence.children(token.i, "npadvmod", "dobj")):
        return "sure"
    if _is_rank(sentence, token):
        return "close"
    return "close" if not objects and _moves_in_turn(sentence, token, low) else ""


def _moves_in_turn(sentence: Sentence, token: Token, low: set[str]) -> bool:
    """As in "came next", "Norway moved on Monday"."""
    words = recognition_words()["repeats"]
    if token.lemma not in words["moving"] or not _is_bare(sentence, token):
        return False
    is_named = any(c.pos == "PROPN" for c in sentence.children(token.i, "nsubj"))
    is_timed = is_named and any(is_time(sentence, c.i) for c in sentence.children(token.i, "npadvmod", "prep"))
    return bool(low & words["sequence"]) or is_timed


def _does_so(sentence: Sentence, token: Token, low: set[str]) -> bool:
    """As in "did so", "did the same", "a day after Norway did", "as did Samoa"."""
    objects = sentence.children(token.i, "dobj")
    behind = sentence.tokens[token.i + 1].lower if token.i + 1 < len(sentence.tokens) else ""
    if _is_of_saying(sentence, token):
        return False
    if (low | {behind}) & {"so", "too", "likewise"} or any(o.lower in ("same", "likewise", "it") for o in objects):
        return True
    is_bare = not objects and not sentence.children(token.i, "xcomp", "ccomp")
    is_finite = token.tag in ("VBD", "VBP", "VBZ")
    if is_bare and token.dep == "advcl" and low & {"after", "before", "since"} and is_finite:
        return True
    return _is_as_did(sentence, token) or ("as" in low and not objects)


def _is_of_saying(sentence: Sentence, token: Token) -> bool:
    """As in "A did not comment and B declined to do so": what is done so is the comment of the same sentence."""
    at = token
    while at.dep in ("xcomp", "ccomp") and at.head != at.i:
        at = sentence.tokens[at.head]
    before = sentence.tokens[at.head]
    is_joined = at.dep == "conj" and before.i < at.i and before.pos == "VERB"
    return is_joined and load_governors().get((before.lemma, "verb")) == "report" and not any(
        c.dep in ("ccomp", "xcomp") for c in sentence.children(before.i)
    )  # fmt: skip


def _is_rank(sentence: Sentence, token: Token) -> bool:
    """As in "Iceland was first, last Thursday", "Peru was the first, in May": a rank and a time, and no more."""
    ranks = recognition_words()["alongside"]["ranks"]
    said = sentence.children(token.i, "acomp", "attr")
    if token.lemma != "be" or len(said) != 1 or said[0].lower not in ranks or token.tag not in ("VBD", "VBZ"):
        return False
    if any(c.dep != "det" for c in sentence.children(said[0].i)) or sentence.children(token.i, "neg", "expl", "xcomp"):
        return False
    return any(is_time(sentence, c.i) for c in sentence.children(token.i, "npadvmod", "prep"))


_WAITING = frozenset({"wait", "hesitate", "linger", "tarry"})


def has_waited(sentence: Sentence, i: int) -> bool:
    """As in "The United States waited until 2 September": then it did."""
    token = sentence.tokens[i]
    if token.lemma not in _WAITING or token.tag not in ("VBD", "VBN") or sentence.children(i, "dobj", "xcomp", "neg"):
        return False
    until = [p for p in sentence.children(i, "prep") if p.lower in ("until", "till")]
    if any(t.lower == "when" and t.i > i for t in sentence.tokens):
        # "waited until 1946, when London recognised it": the clause behind tells what came then.
        return False
    return any(is_time(sentence, c.i) for p in until for c in governed(sentence, p))


def _is_fellow(sentence: Sentence, token: Token) -> bool:
    """As in "would not follow its allies", "followed the others"."""
    owners = {c.lower for c in sentence.children(token.i, "poss", "det")}
    is_bare = not sentence.children(token.i, "relcl", "acl", "prep")
    return (
        token.lemma in recognition_words()["repeats"]["fellows"] and bool(owners & {"its", "their", "the"}) and is_bare
    )


def _is_the_way(sentence: Sentence, token: Token) -> bool:
    """As in "took the step", "showed the way", "followed suit", "lost no time"."""
    if token.lemma not in recognition_words()["repeats"]["objects"]:
        return False
    determiners = {c.lower for c in sentence.children(token.i, "det", "poss")}
    modifiers = sentence.children(token.i, "relcl", "acl", "prep")
    if _is_likened(sentence, token):
        modifiers = [m for m in modifiers if m.lower != "as"]
    modifiers = [
        m
        for m in modifiers
        if not (m.lower in ("on", "in", "at") and any(is_time(sentence, c.i) for c in governed(sentence, m)))
    ]
    below = {c.lower for c in sentence.children(token.i, "amod")}
    if token.lemma in _ONLY_SAME - {"way"} and not below & {"same", "own"}:
        return False
    if "own" in below and determiners & {"its", "their"}:
        # "took its own decision on 23 December"
        return token.lemma in ("decision", "step") and not modifiers
    if token.lemma in ("way", "trend", "pace", "example", "precedent"):
        # "led the way outside the Soviet camp", "set the pace for Western Europe"
        modifiers = [m for m in modifiers if m.lower not in ("outside", "among", "in", "within", "for")]
    if token.lemma == "time":
        return "no" in determiners
    is_model = token.lemma in ("example", "lead", "precedent") and bool(sentence.children(token.i, "poss"))
    return (token.lemma == "suit" or is_model or bool(determiners & {"the", "this", "that"})) and not modifiers


#: What is told again only with "the same": "took the same decision", "went the same way".
_ONLY_SAME = frozenset(
    {"decision", "way", "course", "line", "road", "path", "view", "position", "stance", "attitude", "announcement"}
)


_SAYING = frozenset({"report", "announce", "claim"})


def says_the_same(sentence: Sentence, token: Token) -> bool:
    """As in "said the same", "answered the same in stronger words": nothing says of what else."""
    same = [o for o in sentence.children(token.i, "dobj") if o.lower == "same"]
    preps = [p for one in (token, *same) for p in sentence.children(one.i, "prep")]
    return not sentence.children(token.i, "ccomp", "xcomp") and all(_is_circumstance(sentence, p) for p in preps)


def _is_circumstance(sentence: Sentence, prep: Token) -> bool:
    """Whether a phrase tells when, for how long or in what words, and not of whom or what."""
    found = governed(sentence, prep)
    words = recognition_words()["repeats"]
    return any(
        is_time(sentence, c.i)
        or (prep.lower == "in" and c.lemma in words["wording"])
        or (prep.lower == "for" and c.lemma in words["for_now"])
        or (prep.lower in ("with", "by") and c.lemma in words["by_what"])
        for c in found
    )  # fmt: skip


_VIEWS = frozenset({"view", "position", "line", "stance", "attitude"})


def _is_bare(sentence: Sentence, token: Token) -> bool:
    """Whether nothing but time and comparison hangs on a verb ("acted on Friday", "followed a week after Peru")."""
    if any(c.i > token.i for c in sentence.children(token.i, "xcomp", "ccomp", "dobj", "acomp", "attr")):
        return False
    moods = recognition_words()["repeats"]["moods"]
    for prep in sentence.children(token.i, "prep", "agent"):
        if prep.lower == "to" and any(c.lemma in moods for c in governed(sentence, prep)):
            continue
        if prep.lower in ("for", "with", "by") and (_is_circumstance(sentence, prep) or _is_for_now(sentence, prep)):
            continue
        if prep.lower not in ("on", "in", "after", "before", "within", "at", "by", "during"):
            return False
        if prep.lower in ("on", "in", "at") and not any(is_time(sentence, c.i) for c in governed(sentence, prep)):
            return False
    return True


def _is_for_now(sentence: Sentence, prep: Token) -> bool:
    """As in "for now", whose "now" is no noun."""
    return prep.lower == "for" and any(c.lower == "now" for c in sentence.children(prep.i))


def _is_as_did(sentence: Sentence, token: Token) -> bool:
    before = {t.lower for t in sentence.tokens[max(0, token.i - 2) : token.i]}
    opens = sentence.tokens[0].lower in ("so", "as") and sentence.tokens[0].head == token.i
    return bool(before & {"as", "so"}) or opens


def _gapped(cast: Cast, sentence: Sentence, at: int) -> Iterator[Repeat]:
    """As in "... and Tonga a day later", "Norway on Saturday": names with a time of their own and no verb."""
    for start, stop in _members(cast, sentence, at):
        names = [i for i in range(start, stop) if cast.hit(sentence, i) is not None]
        heads = [i for i in names if i + 1 not in names or cast.hit(sentence, i + 1) is not cast.hit(sentence, i)]
        parties = [p for i in heads for p in cast.named_in(sentence, i, i) if not p.is_person]
        if parties:
            yield Repeat(heads[-1], tuple(parties), _ALL, is_elliptic=True)


def _members(cast: Cast, sentence: Sentence, at: int) -> Iterator[tuple[int, int]]:
    """Stretches of names behind a predicate that open after a separator and are followed by a time."""
    tokens = sentence.tokens
    i = at + 1
    while i < len(tokens):
        if tokens[i].lower not in (",", ";", "and") or i + 1 >= len(tokens) or cast.hit(sentence, i) is not None:
            i += 1
            continue
        start = stop = i + 1
        while stop < len(tokens) and (
            cast.hit(sentence, stop) is not None
            or tokens[stop].lower in ("the", ",", "and", "then", "by", "with", "followed")
        ):
            stop += 1
        first = start + (tokens[start].lower == "and")
        opening = _time_at(sentence, first)
        if opening > first and opening < len(tokens) and cast.hit(sentence, opening) is not None:
            # "and in the same week Tonga": the time stands first.
            start = stop = opening
            while stop < len(tokens) and (cast.hit(sentence, stop) is not None or tokens[stop].lower in (",", "and")):
                stop += 1
            if not _is_verb_near(sentence, stop):
                yield start, stop
            i = max(stop, i + 1)
            continue
        named = any(cast.hit(sentence, j) is not None for j in range(start, stop))
        is_clause = any(
            tokens[j].dep in ("nsubj", "nsubjpass") and tokens[tokens[j].head].tag in ("VBD", "VBZ", "VBP", "VBN")
            and tokens[j].head > j
            for j in range(start, stop)
        )  # fmt: skip
        if named and not is_clause and not _is_more_object(cast, sentence, start) and time_follows(sentence, stop):
            yield start, stop
        i = max(stop, i + 1)


def _time_at(sentence: Sentence, start: int) -> int:
    """Where a phrase of time that opens at a token ends; the token itself where there is none."""
    tokens = sentence.tokens
    if start + 1 >= len(tokens) or tokens[start].lower not in ("in", "on", "within"):
        return start
    end = end_of_phrase(sentence, start + 1)
    return end + 1 if tokens[end].dep == "pobj" and tokens[end].lemma in TIMES else start


def _is_verb_near(sentence: Sentence, i: int) -> bool:
    """Whether a finite verb follows right behind."""
    return any(t.tag in ("VBD", "VBZ", "VBP", "MD") for t in sentence.tokens[i : i + 2])


def _is_more_object(cast: Cast, sentence: Sentence, start: int) -> bool:
    """Whether names go on with an object ("recognised Estonia and Latvia on Friday")."""
    first = next((t for t in sentence.tokens[start:] if cast.hit(sentence, t.i) is not None), None)
    while first is not None and first.dep in ("compound", "nmod", "amod"):
        first = sentence.tokens[first.head]
    if first is None or first.dep != "conj":
        return False
    head = sentence.tokens[first.head]
    if head.text in TIMES:
        # "recognised it in May and Peru in June": a month, though it is a name as well.
        return False
    return cast.hit(sentence, head.i) is not None and head.dep in ("dobj", "pobj", "conj", "appos", "nsubjpass")
