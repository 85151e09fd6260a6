"""Reports that are made up, with the truth of each kept: sentence frames of three parts, filled with names and numbers.

Every report draws at least four of 2,016 frames (12 openings, 14 middles, 12 endings) and fills them with places,
people and figures of its own, so that two unrelated reports share few of their five-word shingles. Copies, rewrites,
noise and broken inputs are put in by number, so that what must come out is known.
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


def make_report(seed: int) -> tuple[str, int]:
    """A report's text, and how many of its sentences tell a recognition."""
    chance = random.Random(seed)
    frames = [chance.choice(FRAMES) for _ in range(chance.randint(4, 9))]
    told = sum(RECOGNISING in frame for frame in frames)
    return " ".join(" ".join(_filled(part, chance) for part in frame) for frame in frames), told


def write_corpus(folder: Path, reports: int, *, seed: int = 1, files: int = 4) -> Truth:
    """JSON lines files with the reports and with faults, and the truth about them.

    Of a hundred lines one is a copy with an id of its own, one a rewrite, one no JSON, one without text, one with an
    id that came before in another file, one with half a surrogate pair, one from the future.
    """
    folder.mkdir(parents=True, exist_ok=True)
    truth = Truth()
    chance = random.Random(seed)
    lines: list[list[bytes]] = [[] for _ in range(files)]
    for number in range(reports):
        path, file = folder / f"{number % files}.jsonl", lines[number % files]
        text, told = make_report(seed * 1_000_000 + number)
        given = f"r{number}"
        published = dt.date(2024, 1, 1) + dt.timedelta(days=chance.randrange(120))
        line = {"id": given, "title": "", "text": text, "language": "en", "published": published.isoformat(),
                "publisher": f"Paper {number % 7}"}  # fmt: skip
        file.append(_encoded(line))
        truth.reports += 1
        truth.recognitions[given] = told
        kind = number % 100
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
