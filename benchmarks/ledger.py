"""Speed and size of the ledger on synthetic entries, on SQLite and PostgreSQL; growth, drawn.

    python benchmarks/ledger.py [--entries N] [--engine sqlite|postgresql] [--force]

200 states × 60 polities, both drawn by Zipf's law; one entry in five is superseded by a correction. Claims are drawn as
news makes them: each pair has a few acts, and the reports of an act repeat its date. Answers are timed on the median of
repeated questions, on pairs and polities drawn as the entries are, on the heaviest of each, and on a cold store once.
"""

from __future__ import annotations

import argparse
import datetime as dt
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

import result_files

from dejure.ledger.entries import Claim, Entry, Evidence, Interval, Recorder, SourceReport
from dejure.ledger.live import Clock
from dejure.ledger.parties import states_on
from dejure.ledger.store import Store
from dejure.ledger.store_layer import StoreLayer
from dejure.ledger.views import PolityView
from dejure.reference.tables import Polity, load_polities

SEED = 20250703
STATES, POLITIES = 200, 60
SUPERSEDED = 0.2
STEPS = (10_000, 30_000, 100_000, 300_000, 1_000_000)
ROUNDS = 40
CODER = Recorder(kind="coder", name="dejure")
EDITOR = Recorder(kind="person", name="A. Editor", reason="read the report again")
ACTS = (("recognise", 70), ("establish-relations", 10), ("refuse", 8), ("withdraw", 6), ("intend", 6))


def parties() -> tuple[list[str], list[Polity]]:
    """Actor ids of states and polities, in a fixed order."""
    polities = load_polities()
    ids = sorted({polities[slug].actor_id for slug in states_on(dt.date(2020, 1, 1))})
    contested = [p for p in polities.values() if p.kind == "contested" and p.validity.end is None]
    ids += sorted({p.actor_id for p in contested} - set(ids))
    rest = [p for p in polities.values() if p.kind == "state"]
    chosen = sorted(contested, key=lambda p: p.slug) + sorted(rest, key=lambda p: p.slug)
    return ids[:STATES], chosen[:POLITIES]


def synthetic(count: int) -> Iterator[Entry]:
    """So many entries, the same each time."""
    draw = random.Random(SEED)  # noqa: S311  made-up entries
    states, polities = parties()
    by_rank = [1 / (rank + 1) for rank in range(max(STATES, POLITIES))]
    acts, weights = [name for name, _ in ACTS], [weight for _, weight in ACTS]
    recent: list[Entry] = []
    for number in range(count):
        if recent and draw.random() < SUPERSEDED:
            place = draw.randrange(len(recent))
            wrong = recent[place]
            recent[place] = recent[-1]
            recent.pop()
            yield _entry(number, wrong.claim, draw, EDITOR, (wrong.id,))
            continue
        state = draw.choices(states, by_rank[:STATES])[0]
        polity = draw.choices(polities, by_rank[: len(polities)])[0]
        act = draw.choices(acts, weights)[0]
        first = dt.date(1990, 1, 1) + dt.timedelta(days=draw.randrange(3) * 4000 + hash_of(state, polity.slug) % 3000)
        when = Interval.of(first) if draw.random() < 0.8 else Interval.of(first, first + dt.timedelta(days=30))
        claim = Claim(recogniser=state, recognised=polity.slug, capacity=polity.capacity, act=act, valid_from=when)  # type: ignore[arg-type]
        made = _entry(number, claim, draw, CODER, ())
        recent.append(made)
        if len(recent) > 5000:
            recent.pop(draw.randrange(len(recent)))
        yield made


def hash_of(state: str, slug: str) -> int:
    """A number of a pair that no hash seed changes."""
    return sum(ord(letter) * (place + 7) for place, letter in enumerate(state + slug))


def _entry(number: int, claim: Claim, draw: random.Random, recorder: Recorder, supersedes: tuple[str, ...]) -> Entry:
    assert claim.valid_from is not None
    assert claim.valid_from.earliest is not None
    published = claim.valid_from.earliest + dt.timedelta(days=draw.randrange(60))
    report = number // 3  # a report tells of three acts
    quote = (
        f"The government of {claim.recogniser} said in a statement numbered {number} that it had taken the step "
        f"towards {claim.recognised}."
    )
    return Entry(
        claim=claim, known_at=Interval.of(published), recorder=recorder, supersedes=supersedes,
        report=SourceReport(
            id=f"{report:016x}", publisher="A news agency", url=f"https://news.example/{report}", language="en"
        ),
        evidence=Evidence(quote=quote, part="body", start=100, end=100 + len(quote)),
    )  # fmt: skip


def timed(question: Callable[[], Any], rounds: int) -> dict[str, float]:
    """Milliseconds of a question, asked many times."""
    spent = []
    for _ in range(rounds):
        start = time.perf_counter()
        question()
        spent.append(1000 * (time.perf_counter() - start))
    spent.sort()
    return {"median_ms": round(statistics.median(spent), 2), "p95_ms": round(spent[int(0.95 * (len(spent) - 1))], 2)}


def ask(store: Store) -> dict[str, Any]:
    """All questions to a store."""
    draw = random.Random(SEED + 1)  # noqa: S311  made-up questions
    states, polities = parties()
    by_rank = [1 / (rank + 1) for rank in range(200)]
    layer = StoreLayer(store)
    now = Clock(on=dt.date(2020, 1, 1))

    def pair(state: str, polity: Polity) -> Any:
        return layer.claims_of_pair(state, [polity.slug], now)

    def two_dates(polity: Polity) -> list[int]:
        return [
            len(PolityView([layer], polity, Clock(on=day)).standings())
            for day in (dt.date(2000, 1, 1), dt.date(2020, 1, 1))
        ]

    return {
        "pair": timed(lambda: pair(draw.choice(states), draw.choice(polities)), ROUNDS * 5),
        "pair_drawn_by_weight": timed(
            lambda: pair(draw.choices(states, by_rank[:STATES])[0], draw.choices(polities, by_rank[:POLITIES])[0]),
            ROUNDS * 5,
        ),
        "pair_heaviest": timed(lambda: pair(states[0], polities[0]), ROUNDS),
        "polity_at_two_dates": timed(lambda: two_dates(draw.choice(polities)), ROUNDS),
        "polity_at_two_dates_heaviest": timed(lambda: two_dates(polities[0]), 5),
        "pair_as_known_and_recorded": timed(
            lambda: layer.claims_of_pair(
                states[3], [polities[3].slug],
                Clock(on=now.on, known=dt.date(2005, 1, 1), recorded=dt.datetime.now(dt.UTC)),
            ),
            ROUNDS,
        ),
    }  # fmt: skip


def size_of(store: Store) -> int:
    """Bytes that the store takes."""
    with store.engine.connect() as connection:
        if store.engine.dialect.name == "sqlite":
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
            return Path(store.location).stat().st_size
        return int(connection.exec_driver_sql("SELECT pg_database_size(current_database())").scalar_one())


def run(location: str, entries: int) -> list[dict[str, Any]]:
    """Fill a store in steps, and ask at each."""
    rows: list[dict[str, Any]] = []
    source = synthetic(entries)
    done = 0
    with Store(location, create=True) as store:
        for step in [one for one in STEPS if one <= entries]:
            batch = [next(source) for _ in range(step - done)]
            start = time.perf_counter()
            added = store.append(batch)
            spent = time.perf_counter() - start
            done = step
            row = {
                "entries": step, "added": added, "entries_per_second": round(added / spent),
                "bytes_per_entry": round(size_of(store) / step), **ask(store),
            }  # fmt: skip
            rows.append(row)
            print(row, file=sys.stderr, flush=True)
    return rows


def draw(results: dict[str, list[dict[str, Any]]]) -> str:
    """Growth of the answers' times on two logarithmic axes, as SVG."""
    import math

    width, height, edge = 820, 400, 60
    questions = ("pair", "polity_at_two_dates", "polity_at_two_dates_heaviest")
    colours = {"pair": "#1b7837", "polity_at_two_dates": "#2166ac", "polity_at_two_dates_heaviest": "#b2182b"}
    points = [row[q]["median_ms"] for rows in results.values() for row in rows for q in questions]
    start = next(iter(results.values()))[0]["polity_at_two_dates_heaviest"]["median_ms"]
    bound = {n: start * n * math.log(n) / (STEPS[0] * math.log(STEPS[0])) for n in STEPS}
    low, high = math.floor(math.log10(min(points))), math.ceil(math.log10(max(*points, *bound.values())))
    left, right = math.log10(STEPS[0]), math.log10(STEPS[-1])

    def x(entries: float) -> float:
        return edge + (math.log10(entries) - left) / (right - left) * (width - 2 * edge - 215)

    def y(milliseconds: float) -> float:
        return height - edge - (math.log10(milliseconds) - low) / (high - low) * (height - 2 * edge)

    def key(line: int, words: str, stroke: str) -> list[str]:
        at, top = width - edge - 200, 50 + 20 * line
        return [
            f'<line x1="{at}" x2="{at + 26}" y1="{top - 4}" y2="{top - 4}" stroke-width="2" {stroke}/>',
            f'<text x="{at + 32}" y="{top}" fill="#222">{words}</text>',
        ]

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}"',
        ' font-family="sans-serif" font-size="12">',
        f'<rect width="{width}" height="{height}" fill="white"/>',
        '<text x="60" y="24" font-size="14">Time of an answer by entries in the ledger (median)</text>',
    ]
    for power in range(low, high + 1):
        at = y(10.0**power)
        parts.append(f'<line x1="{edge}" x2="{width - edge - 215}" y1="{at:.1f}" y2="{at:.1f}" stroke="#ddd"/>')
        parts.append(f'<text x="{edge - 8}" y="{at + 4:.1f}" text-anchor="end">{10.0**power:g} ms</text>')
    parts += [f'<text x="{x(n):.1f}" y="{height - edge + 18}" text-anchor="middle">{n:,}</text>' for n in STEPS]
    line = 0
    for engine, rows in results.items():
        dash = "" if engine == "sqlite" else ' stroke-dasharray="6 4"'
        for question in questions:
            path = " ".join(f"{x(row['entries']):.1f},{y(row[question]['median_ms']):.1f}" for row in rows)
            parts.append(f'<polyline points="{path}" fill="none" stroke="{colours[question]}" stroke-width="2"{dash}/>')
            parts += key(line, f"{question.replace('_', ' ')}, {engine}", f'stroke="{colours[question]}"{dash}')
            line += 1
    path = " ".join(f"{x(n):.1f},{y(milliseconds):.1f}" for n, milliseconds in bound.items())
    parts.append(f'<polyline points="{path}" fill="none" stroke="#666" stroke-dasharray="2 3"/>')
    parts += key(line, "n log n from the heaviest, sqlite", 'stroke="#666" stroke-dasharray="2 3"')
    return "\n".join([*parts, "</svg>"]) + "\n"


def main() -> None:
    """Measure, and keep the result with the hashes of what it depends on."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--entries", type=int, default=STEPS[-1])
    parser.add_argument("--engine", choices=["sqlite", "postgresql"], action="append")
    parser.add_argument("--force", action="store_true")
    given = parser.parse_args()
    for engine in given.engine or ["sqlite", "postgresql"]:
        name = f"ledger_{engine}"
        inputs = {**result_files.inputs_of({}), "entries": given.entries, "seed": SEED}
        if result_files.stands(name, inputs) and not given.force:
            continue
        rows = _measured(engine, given.entries)
        if rows is not None:
            result_files.write(
                name, {"inputs": inputs, "machine": result_files.machine(), "engine": engine, "steps": rows}
            )
    _draw_all()


def _measured(engine: str, entries: int) -> list[dict[str, Any]] | None:
    if engine == "sqlite":
        with tempfile.TemporaryDirectory() as folder:
            return run(str(Path(folder) / "bench.ledger"), entries)
    from postgres_server import start_server

    server = start_server()
    if server is None:
        print("no PostgreSQL server is installed; left out", file=sys.stderr)
        return None
    try:
        return run(server.new_database(), entries)
    finally:
        server.stop()


def _draw_all() -> None:
    import json

    results = {}
    for engine in ("sqlite", "postgresql"):
        path = result_files.RESULTS / f"ledger_{engine}.json"
        if path.is_file():
            results[engine] = json.loads(path.read_text(encoding="utf-8"))["steps"]
    if results:
        picture = result_files.ROOT / "docs" / "images" / "ledger_growth.svg"
        picture.write_text(draw(results), encoding="utf-8")
        print(f"{picture.relative_to(result_files.ROOT)} drawn", file=sys.stderr)


if __name__ == "__main__":
    main()
