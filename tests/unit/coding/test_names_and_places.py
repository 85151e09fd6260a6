"""Names that are whole or short, places that act or are merely there, matches, titles: who is meant, and who is not."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from dejure.coding.resolve import resolve_mentions

_MARKED = re.compile(r"\[([^\]]+)\]")


def _ids(marked: str, on: str) -> list[str | None]:
    """Ids of the words in square brackets."""
    text, spans = "", []
    for part in re.split(r"(\[[^\]]+\])", marked):
        words = _MARKED.fullmatch(part)
        if words is not None:
            spans.append((len(text), len(text) + len(words[1])))
        text += words[1] if words is not None else part
    return [one.id for one in resolve_mentions(text, spans, dt.date.fromisoformat(on))]


@pytest.mark.parametrize(
    ("marked", "on", "ids"),
    [
        # The longer name wins over the article's.
        ("[The French Republic] opened an embassy, and [the French] cheered.", "2024-03-01", ["FRA", "FRA"]),
        (
            "[The League of Arab States] met in Cairo; [the League] condemned the raid.",
            "2024-03-01",
            ["ARAB-LEAGUE"] * 2,
        ),
        # A word of a name said in full before.
        ("Warsaw Pact troops came. Romania alone in [the Pact] stayed at home.", "1968-08-21", ["WARSAW-PACT"]),
        ("The European Commission fined Apple. [The Commission] wants the money.", "2024-03-01", ["EU"]),
        # Rivers and states.
        ("A bridge over [the Niger] is to link two towns of [Niger].", "2005-03-01", [None, "NER"]),
        # Towns that are there, and governments that act.
        ("Shopkeepers of [Dhaka] shut; [Dhaka] denied that it had fired.", "2024-08-09", [None, "BGD"]),
        ("He invited both envoys to [Geneva]; [Lisbon] is quiet under snow.", "2024-01-09", [None, None]),
        # Matches.
        ("[Greece] meet [France] tomorrow in Porto.", "2004-06-24", [None, None]),
        ("[Greece] and [France] meet tomorrow in Porto.", "2004-06-24", ["GRC", "FRA"]),
        ("[Norway] hosts the final round of talks; [China] plays a long game.", "2024-06-24", ["NOR", "CHN"]),
        # Whose men are sent.
        ("Ecuador is at war with gangs, and Peru has sent [police] to the border.", "2024-01-10", ["PER"]),
        # Bare soldiers who seize power.
        ("[Soldiers] took the radio in Accra before dawn.", "1966-02-24", [None]),
        ("[Ghanaian soldiers] took the town.", "1966-02-24", ["GHA"]),
        # Who is told to hold an office, and who is not.
        ("[Ole Hansen] was named foreign minister of Denmark.", "2024-03-01", ["DNK"]),
        ("[Ole Hansen] will not be president of Denmark.", "2024-03-01", [None]),
        # Titles and surnames.
        ("[Mr Brown] denied it, the British government said.", "2008-03-01", ["GBR"]),
        ("[Mr Smith] told the meeting that roads were bad. Jamaica grows sugar.", "2024-03-01", [None]),
        ("[Mrs Thatcher] met the envoy; [Mr Thatcher] sold cars.", "1985-03-01", ["GBR", None]),
        ("[Chairman Khrushchev] will ship the rockets home.", "1962-10-28", ["SUN"]),
        # Flights and provinces.
        ("[Korean Air Lines Flight 007] fell into the sea.", "1983-09-02", [None]),
        ("[Moldavia], Romania's poorest region, wants a road.", "2020-05-27", [None]),
        ("[Kosovo], Serbia's former province, is a state.", "2020-05-27", ["XKX"]),
    ],
)
def test_who_the_marked_words_are(marked: str, on: str, ids: list[str | None]) -> None:
    assert _ids(marked, on) == ids
