"""Reports that are made up, with the truth of each kept: sentence frames of three parts, filled with names and numbers.

Every report draws at least four of 2,016 frames (12 openings, 14 middles, 12 endings) and fills them with places,
people and figures of its own, so that two unrelated reports share few of their five-word shingles. Somewhat more than
half of them tell a happening as well, each in one of many wordings: what one state did to another, on a day, at a
place. Copies, rewrites, noise and broken inputs are put in by number, so that what must come out is known.
"""

from __future__ import annotations

import datetime as dt
import itertools
import json
import random
from dataclasses import dataclass, field
from pathlib import Path

OPENINGS = (
    "In {place} on {day},", "After {number} days of talks,", "Standing beside {person},",
    "According to {person} of {place},",
    "Some {number} hours before {day},", "Ahead of {day},", "From {place}, {person} wrote that",
    "By the count of {person},",
    "Near {place} late on {day},", "With {number} delegates present,", "Under rain in {place},",
    "For the {number}th time,",
)  # fmt: skip
MIDDLES = (
    "{person} opened the {thing} of {place}", "{number} farmers brought {thing} to {place}",
    "the {thing} in {place} was shut by {person}", "officials in {place} counted {number} {thing}",
    "{person} asked {place} for {number} {thing}", "the council of {place} lent {person} its {thing}",
    "{state} recognised {polity}, {person} told {place}", "a fire took {number} {thing} near {place}",
    "{person} and {other} traded {thing} in {place}", "schools around {place} lost {number} {thing}",
    "the mayor of {place} sold {thing} worth {number} crowns", "{other} of {place} denied owing {number} {thing}",
    "engineers at {place} tested {number} {thing}", "{person} painted the {thing} of {place}",
)  # fmt: skip
ENDINGS = (
    "while {other} waited in {place}.", "and nobody at {place} objected.", "to the surprise of {other}.",
    "as {number} people in {place} looked on.", "before leaving for {place}.", "which {other} called {word}.",
    "at a cost of {number} crowns.", "because {place} had run short.", "and {other} took note on {day}.",
    "though {place} had {number} left.", "until {other} came from {place}.", "and the {word} crowd of {place} sang.",
)  # fmt: skip
FRAMES = tuple(itertools.product(OPENINGS, MIDDLES, ENDINGS))
RECOGNISING = MIDDLES[6]

#: What one state does to another: wordings by type of event.
DEEDS = {
    "SANCTION": ("imposed a ban on goods from", "shut its ports to", "cut off trade with"),
    "CONSULT": ("held talks with", "sat down with", "sent its minister to"),
    "AID": ("lent grain to", "gave blankets to", "paid for wells in"),
    "ACCUSE": ("blamed", "denounced", "lodged a complaint against"),
    "ASSAULT": ("shelled", "bombed", "fired on"),
    "AGREE": ("signed a pact with", "settled its quarrel with", "came to terms with"),
}
#: The states that do it, by name.
STATES = {
    "Chile": "CHL", "Ghana": "GHA", "Nepal": "NPL", "Norway": "NOR", "Kenya": "KEN", "Peru": "PER", "Japan": "JPN",
    "Malta": "MLT", "Oman": "OMN", "Laos": "LAO", "Togo": "TGO", "Fiji": "FJI", "Cuba": "CUB", "Iceland": "ISL",
}  # fmt: skip
_TELLINGS = (
    "{when} {actor} {deed} {recipient}, near {place}.", "{actor} {deed} {recipient} {when}, {person} said in {place}.",
    "As {person} of {place} tells it, {actor} {deed} {recipient} {when}.",
    "Nobody in {place} had expected it, but {actor} {deed} {recipient} {when}.",
)  # fmt: skip
_DETAILS = (
    "{person} put it down to {number} {thing}.", "At stake were {number} {thing}, by the word of {person}.",
    "It had to do with {thing}, some {number} of them, according to {person}.",
    "{number} {thing} were the cause, {person} said.",
)  # fmt: skip
_WHENS = ("on {day.day} {day:%B}", "on {day:%B} {day.day}", "this week")
#: The last day of publication but for some that tell what happened then.
_END = dt.date(2024, 4, 30)

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_STATES = ("Chile", "Ghana", "Nepal", "Norway", "Kenya", "Peru", "Japan", "Malta")
_POLITIES = ("Kosovo", "Palestine", "Somaliland", "Abkhazia")
_THINGS = (
    "bridges",
    "barrels",
    "letters",
    "engines",
    "goats",
    "lamps",
    "ledgers",
    "boats",
    "kilns",
    "orchards",
    "wells",
)
_WORDS = ("odd", "fair", "late", "quiet", "costly", "overdue", "tidy", "brisk")
_SYLLABLES = ("ba", "ko", "mir", "tel", "on", "dra", "su", "ven", "ri", "ash", "lo", "gan", "pe", "tur", "ni", "zel")


@dataclass(slots=True)
class Truth:
    """What was put in."""

    reports: int = 0
    recognitions: dict[str, int] = field(default_factory=dict)
    rejects: list[tuple[str, int, str]] = field(default_factory=list)
    copies: int = 0
    #: Number of the happening by report id.
    happenings: dict[str, int] = field(default_factory=dict)


@dataclass(slots=True)
class Happening:
    """Something that some reports tell."""

    number: int
    deed: str
    actor: str
    recipient: str
    day: dt.date
    place: str
    person: str
    number_of: int
    thing: str
    left: int


def make_report(seed: int, happening: Happening | None = None) -> tuple[str, int]:
    """A report's text, and how many of its sentences tell a recognition."""
    chance = random.Random(seed)
    frames = [chance.choice(FRAMES) for _ in range(chance.randint(4, 9))]
    told = sum(RECOGNISING in frame for frame in frames)
    sentences = [" ".join(_filled(part, chance) for part in frame) for frame in frames]
    if happening is not None:
        sentences.insert(chance.randrange(2), _telling(happening, chance))
    return " ".join(sentences), told


def _telling(happening: Happening, chance: random.Random) -> str:
    """One way to tell it, in two sentences."""
    when = chance.choice(_WHENS).format(day=happening.day)
    told = chance.choice(_TELLINGS).format(
        when=when, actor=happening.actor, recipient=happening.recipient, place=happening.place,
        person=happening.person, deed=chance.choice(DEEDS[happening.deed]),
    )  # fmt: skip
    detail = chance.choice(_DETAILS).format(
        person=happening.person, number=happening.number_of, thing=happening.thing
    )  # fmt: skip
    return f"{told[0].upper()}{told[1:]} {detail}"


class _Happenings:
    """Gives each report a happening, new or told before, or none."""

    def __init__(self, seed: int, days: int) -> None:
        self._chance = random.Random(f"happenings {seed}")
        self._start, self._days = _END - dt.timedelta(days=days), days
        self._open: list[Happening] = []
        self._made = 0

    def next(self) -> tuple[Happening | None, dt.date]:
        """What the next report tells, and its day of publication."""
        draw = self._chance.random()
        if draw < 0.4:
            return None, self._start + dt.timedelta(days=self._chance.randrange(self._days))
        if draw < 0.6 or not self._open:
            self._open.append(self._new())
        happening = self._chance.choice(self._open)
        happening.left -= 1
        if not happening.left:
            self._open.remove(happening)
        return happening, happening.day + dt.timedelta(days=self._chance.randrange(3))

    def _new(self) -> Happening:
        chance = self._chance
        actor, recipient = chance.sample(sorted(STATES), 2)
        self._made += 1
        return Happening(
            self._made, chance.choice(sorted(DEEDS)), actor, recipient,
            self._start + dt.timedelta(days=chance.randrange(self._days)), _name(chance),
            f"{_name(chance)} {_name(chance)}", chance.randint(3, 9_999), chance.choice(_THINGS), chance.randint(1, 5),
        )  # fmt: skip


def write_corpus(folder: Path, reports: int, *, seed: int = 1, files: int = 4, days: int = 120) -> Truth:
    """JSON lines files with the reports of some days, and with faults, and the truth about them.

    Of a hundred lines one is a copy with an id of its own, one a rewrite, one no JSON, one without text, one with an
    id that came before in another file, one with half a surrogate pair, one from the future.
    """
    folder.mkdir(parents=True, exist_ok=True)
    truth = Truth()
    happenings = _Happenings(seed, days)
    lines: list[list[bytes]] = [[] for _ in range(files)]
    for number in range(reports):
        path, file = folder / f"{number % files}.jsonl", lines[number % files]
        happening, published = happenings.next()
        text, told = make_report(seed * 1_000_000 + number, happening)
        given = f"r{number}"
        line = {"id": given, "title": "", "text": text, "language": "en", "published": published.isoformat(),
                "publisher": f"Paper {number % 7}"}  # fmt: skip
        file.append(_encoded(line))
        truth.reports += 1
        truth.recognitions[given] = told
        kind = number % 100
        if happening is not None:
            also = {10: [f"{given}-copy"], 20: [f"{given}-again"]}.get(kind, [])
            truth.happenings.update(dict.fromkeys([given, *also], happening.number))
        if kind == 10:
            file.append(_encoded(line | {"id": f"{given}-copy"}))
            truth.reports, truth.copies = truth.reports + 1, truth.copies + 1
            truth.recognitions[f"{given}-copy"] = told
        elif kind == 20:
            file.append(
                _encoded(line | {"id": f"{given}-again", "text": text.replace("crowns", "pounds") + " So it ended."})
            )
            truth.reports += 1
            truth.recognitions[f"{given}-again"] = told
        elif kind in _FAULTS:
            code, make = _FAULTS[kind]
            file.append(make(line))
            truth.rejects.append((path.as_posix(), len(file), code))
    # An id twice, across files: the later one is refused.
    lines[-1].append(_encoded({"id": "r0", "text": "Another text under an old id was sent by somebody."}))
    truth.rejects.append(((folder / f"{files - 1}.jsonl").as_posix(), len(lines[-1]), "malformed_line"))
    for number, file in enumerate(lines):
        (folder / f"{number}.jsonl").write_bytes(b"".join(one + b"\n" for one in file))
    return truth


def _encoded(line: dict[str, str]) -> bytes:
    return json.dumps(line).encode()


_FAULTS = {
    30: ("malformed_line", lambda line: _encoded(line)[:-20]),
    40: ("malformed_line", lambda line: _encoded({"id": line["id"] + "-x"})),
    50: ("malformed_line", lambda line: _encoded(line | {"id": line["id"] + "-s", "text": "a \ud800 b c"})),
    60: ("bad_date", lambda line: _encoded(line | {"id": line["id"] + "-f", "published": "2199-01-01"})),
    70: ("empty", lambda line: _encoded(line | {"id": line["id"] + "-e", "text": "   "})),
    80: ("no_sentence", lambda line: _encoded(line | {"id": line["id"] + "-n", "text": "7,5 % -- 33"})),
}


def _filled(part: str, chance: random.Random) -> str:
    return part.format(
        place=_name(chance), person=f"{_name(chance)} {_name(chance)}", other=f"{_name(chance)} {_name(chance)}",
        day=chance.choice(_DAYS), number=chance.randint(3, 9_999), thing=chance.choice(_THINGS),
        word=chance.choice(_WORDS), state=chance.choice(_STATES), polity=chance.choice(_POLITIES),
    )  # fmt: skip


def _name(chance: random.Random) -> str:
    return "".join(chance.choice(_SYLLABLES) for _ in range(chance.randint(2, 4))).capitalize()
