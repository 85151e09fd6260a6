"""Every format written, read back and compared; real files' quirks; columns against the published lists."""

from __future__ import annotations

import datetime as dt
import gzip
import io
import json
import os
import re
import zipfile
from pathlib import Path
from typing import Any

import pandas
import pytest
from hypothesis import given
from hypothesis import strategies as st
from shared_by_tests import PROSE, Run

from dejure.corpus.rows import Row, empty_row
from dejure.errors import InputError
from dejure.exchange.codes import load_formats, mend_cameo, plover_of_cameo, score_of
from dejure.exchange.delimited import _MISSING
from dejure.exchange.files import FORMATS, losses, read_events, write_events
from dejure.records import Reject
from dejure.reference.ontology import load_ontology
from dejure.reference.tables import load_polities

_TYPES = [(name, mode) for name, kind in load_ontology().types.items() for mode in (None, *kind.modes)]
_LETTERS = st.characters(codec="utf-8", exclude_categories=["C", "Z"], exclude_characters=';"')
_WORDS = st.text(_LETTERS, min_size=1, max_size=12).filter(lambda word: word not in _MISSING)
_DAYS = st.dates(dt.date(1979, 1, 1), dt.date(2026, 1, 1))
_STATES = sorted(p.iso3 for p in load_polities().values() if p.iso3 == p.actor_id and p.iso3)


@st.composite
def _entity(draw: st.DrawFn) -> Row:
    code = draw(st.sampled_from([*_STATES, "somaliland", "abkhazia"]))
    polity = load_polities().get(code)
    return {
        "id": code, "name": polity.name if polity else draw(_WORDS), "country": None if polity else code,
        "sectors": draw(st.lists(st.sampled_from(load_ontology().sectors), max_size=3, unique=True)),
        "role": draw(st.none() | _WORDS), "name_raw": draw(_WORDS),
    }  # fmt: skip


@st.composite
def _row(draw: st.DrawFn) -> Row:
    event_type, mode = draw(st.sampled_from(_TYPES))
    first = draw(_DAYS)
    place = draw(st.none() | st.sampled_from(_STATES))
    quad, score = score_of(event_type, mode)
    return empty_row("events") | {
        "event_id": draw(st.text("0123456789abcdef", min_size=16, max_size=16)), "report_id": draw(_WORDS),
        "origin": "dejure", "published": first + dt.timedelta(days=1), "earliest": first, "latest": first,
        "precision": "day", "basis": "text", "event_type": event_type, "mode": mode,
        "contexts": draw(st.lists(st.sampled_from(load_ontology().contexts), max_size=2, unique=True)),
        "quad_code": quad, "intensity": score, "cameo": load_ontology().types[event_type].cameo_of(mode),
        "actor": draw(st.lists(_entity(), min_size=1, max_size=3)), "recipient": draw(st.lists(_entity(), max_size=2)),
        "historical": False, "future": False, "hypothetical": False, "negation": False,
        "place_name": draw(_WORDS) if place else None, "place_country": place,
        "place_precision": "city" if place else None,
        "latitude": draw(st.floats(-90, 90)) if place else None,
        "longitude": draw(st.floats(-180, 180)) if place else None,
        "confidence": 0.5, "trigger": draw(_WORDS), "part": "body", "start": 0, "end": 3, "quote": draw(_WORDS),
        "language": "en", "publisher": draw(_WORDS), "url": None,
    }  # fmt: skip


def _written(rows: list[Row], which: str, **options: Any) -> str:
    file = io.StringIO()
    write_events(rows, which, file, **options)
    return file.getvalue()


def _read(path: Path, which: str) -> tuple[list[Row], list[Reject]]:
    found = list(read_events(path, which))
    return [one for one in found if not isinstance(one, Reject)], [one for one in found if isinstance(one, Reject)]


#: What must come back as it went in; the rest is among the losses.
_KEPT = {
    "polecat": ("event_id", "earliest", "event_type", "contexts", "quad_code", "intensity", "published", "place_name",
                "latitude", "longitude", "publisher", "language"),
    "icews": ("earliest", "intensity", "place_name", "latitude", "longitude", "publisher", "report_id", "cameo"),
    "gdelt": ("earliest", "intensity", "quad_code", "place_name", "latitude", "longitude", "cameo", "published"),
    "plover": ("event_id", "earliest", "latest", "event_type", "contexts", "quad_code", "intensity", "published",
               "quote", "start", "end", "report_id", "trigger", "place_name", "place_country", "latitude", "origin"),
}  # fmt: skip


@pytest.mark.parametrize("which", FORMATS)
@given(row=_row())
def test_what_is_written_comes_back(which: str, row: Row, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("exchange") / "events"
    text = _written([row], which)
    path.write_text(text, encoding="utf-8", newline="")
    back, rejects = _read(path, which)
    assert not rejects
    if which == "csv":
        assert back == [row]
        return
    pairs = 1 if which in ("plover", "polecat") else len(row["actor"]) * max(len(row["recipient"]), 1)
    assert len(back) == pairs
    for one in back:
        assert {name: one[name] for name in _KEPT[which]} == {name: row[name] for name in _KEPT[which]}
    names = [party["name"] for one in back for party in one["actor"]]
    assert set(names) == {party["name"] for party in row["actor"]}
    assert _written(back, which) == text, "a second writing is the first"


@pytest.mark.parametrize("which", ["polecat", "icews", "gdelt"])
def test_columns_are_the_published_ones_and_pandas_opens_them(which: str, tmp_path: Path) -> None:
    columns = load_formats()[which]["columns"]
    assert len(columns) == len(set(columns)) == {"polecat": 40, "icews": 20, "gdelt": 61}[which]
    path = tmp_path / "events.tsv"
    path.write_text(_written([_fixed()], which), encoding="utf-8")
    frame = pandas.read_csv(path, sep="\t", header=None if which == "gdelt" else "infer")
    assert frame.shape == (1, len(columns))
    assert which == "gdelt" or list(frame.columns) == columns


@pytest.mark.skipif("DEJURE_SHARED" not in os.environ, reason="DEJURE_SHARED names no folder of the field's tables")
def test_columns_against_the_ontology() -> None:
    told = (Path(os.environ["DEJURE_SHARED"]) / "design" / "ontology.md").read_text(encoding="utf-8")
    for which, begin in (("polecat", "columns: Event ID"), ("icews", "ICEWS, 20: Event ID")):
        line = told[told.index(begin) :].split(": ", 1)[1].split(".", 1)[0]
        assert load_formats()[which]["columns"] == re.split(r", ", line)


def test_plover_and_csv_open_in_pandas(tmp_path: Path) -> None:
    path = tmp_path / "events"
    path.write_text(_written([_fixed()], "plover"), encoding="utf-8")
    record = json.loads(path.read_text(encoding="utf-8"))
    assert list(record) == ["id", "date", "enddate", "actor", "recipient", "event", "mode", "context", "event_loc",
                            "quad_code", "event_scale", "event_text", "text", "text_info", "cite_info", "coder",
                            "coded_date"]  # fmt: skip
    assert len(pandas.read_json(path, lines=True)) == 1
    path.write_text(_written([_fixed()], "csv"), encoding="utf-8")
    assert len(pandas.read_csv(path)) == 1


def _fixed(**changes: Any) -> Row:
    party = {"role": None, "sectors": ["GOV"], "name_raw": "x"}
    day = dt.date(2025, 7, 3)
    return empty_row("events") | {
        "event_id": "00ff00ff00ff00ff", "origin": "dejure", "published": day, "earliest": day, "latest": day,
        "event_type": "SANCTION", "mode": "derecognise", "quad_code": 4, "intensity": -6.0, "cameo": "161",
        "actor": [party | {"id": "somaliland", "name": "Somaliland", "country": None, "sectors": []}],
        "recipient": [party | {"id": "XKX", "name": "Kosovo", "country": "XKX"}], "historical": False, "future": False,
        "hypothetical": False, "negation": False,
    } | changes  # fmt: skip


def test_contested_polities_are_folded_on_export_only() -> None:
    frame = pandas.read_csv(io.StringIO(_written([_fixed()], "polecat")), sep="\t")
    assert (frame["Actor Country"][0], frame["Actor Sectors"][0]) == ("SOM", "PRE")
    assert (frame["Recipient Country"][0], frame["Event Mode"][0]) == ("KOS", "withdraw")
    assert frame["Quad Code"][0] == "MATERIAL CONFLICT"
    row = json.loads(_written([_fixed()], "plover"))
    assert (row["actor"][0]["country"], row["actor"][0]["id"]) == ("SOM", "somaliland")


def test_events_that_did_not_happen_stay_out_of_tables_that_cannot_say_so() -> None:
    file = io.StringIO()
    told = write_events([_fixed(negation=True), _fixed(earliest=None, latest=None, published=None)], "gdelt", file)
    assert (told.rows, told.auxiliary, told.undated) == (0, 1, 1)
    assert "negation" in json.loads(_written([_fixed(negation=True)], "plover"))["mode"]


def _icews(*cells: tuple[int, str]) -> str:
    row = ["26000001", "2018-08-01", "Foreign Affairs (Argentina)", "Foreign Ministry,Government", "Argentina",
           "Grant diplomatic recognition", "54", "7.0", "Citizen (Serbia)", "", "Serbia", "40000001", "2", "EFE",
           "Belgrade", "", "", "Serbia", "44.8", "20.46"]  # fmt: skip
    for at, cell in cells:
        row[at] = cell
    return "\t".join(row)


def test_quirks_of_icews(tmp_path: Path) -> None:
    columns = load_formats()["icews"]["columns"]
    lines = [
        "\t".join(c.lower().replace(" ", "_") for c in columns) + "\t",
        _icews() + "\t",  # a tab at the end
        _icews((0, "26000002"), (14, "Bel\tgrade")),  # a tab within: not to be placed for sure
        _icews((0, "26000003"), (2, "José")),  # Windows Latin, below
        _icews(),  # told twice (but for the last tab)
        _icews((1, "yesterday"), (0, "26000004")),
        _icews((0, "26000005"), (6, "841"), (18, "NULL"), (19, "NULL")),
        _icews((0, "26000005"), (6, "51")),
        _icews((0, "26000006")) + "\tx\ty\tz\ta\tb",
    ]
    path = tmp_path / "icews.tab.gz"
    path.write_bytes(gzip.compress("\r\n".join(lines).encode("cp1252")))
    rows, rejects = _read(path, "icews")
    assert [row["event_id"] for row in rows] == ["26000001", "26000003", "26000001~2", "26000005", "26000005~2"]
    assert rows[0]["mode"] == "recognise"
    assert rows[0]["actor"][0] | {"name_raw": ""} == {
        "id": None, "name": "Foreign Affairs (Argentina)", "country": "ARG",
        "sectors": ["Foreign Ministry", "Government"], "role": None, "name_raw": "",
    }  # fmt: skip
    assert rows[1]["actor"][0]["name"] == "José"
    assert (rows[3]["cameo"], rows[3]["event_type"], rows[3]["latitude"]) == ("0841", "RETREAT", None)
    assert {reject.line for reject in rejects} == {3, 6, 9}


def test_a_tab_too_many_is_found_by_what_must_stand_where(tmp_path: Path) -> None:
    cells = _written([_fixed(publisher="A B", place_name="Hargeisa", latitude=9.5, longitude=44.0)], "polecat").split(
        "\n"
    )
    header, row = cells[0].split("\t"), cells[1].split("\t")
    at = header.index("Publication Date")
    row[at:at] = [""]  # between the source and the day, the source's own tab
    path = tmp_path / "polecat.txt"
    path.write_text("\ufeff" + "\t".join(header) + "\n" + "\t".join(row) + "\n", encoding="utf-8")
    rows, rejects = _read(path, "polecat")
    assert not rejects
    assert (rows[0]["publisher"], rows[0]["published"]) == ("A B", dt.date(2025, 7, 3))


def test_gdelt_with_and_without_header_and_of_the_first_version(tmp_path: Path) -> None:
    columns = load_formats()["gdelt"]["columns"]
    line = _written([_fixed()], "gdelt")
    short = "\t".join(c for n, c in zip(columns, line.rstrip("\n").split("\t"), strict=True) if "ADM2" not in n)
    with zipfile.ZipFile(tmp_path / "g.zip", "w") as archive:
        archive.writestr("1.csv", line)
        archive.writestr("2.csv", "\t".join(columns).replace("Day", "SQLDATE", 1) + "\n" + line)
        archive.writestr("3.csv", short + "\n")
    rows, rejects = _read(tmp_path / "g.zip", "gdelt")
    assert not rejects
    assert len(rows) == 3
    assert {(row["event_type"], row["recipient"][0]["country"]) for row in rows} == {("SANCTION", "XKX")}


def test_a_broken_archive_and_a_foreign_file_are_told(dejure: Run, tmp_path: Path) -> None:
    (tmp_path / "t.gz").write_bytes(gzip.compress(_icews().encode() * 99)[:40])
    (tmp_path / "x.tsv").write_text("a\tb\n1\t2\n")
    for name in ("t.gz", "x.tsv", "none.tsv"):
        found = dejure("convert", tmp_path / name, "--from", "icews", "--to", "csv", "--output", tmp_path / "o")
        assert found.code == 3, found.err
        assert found.err.count("\n") == 1


@pytest.mark.parametrize(
    ("code", "mended"),
    [("51", "051"), ("841", "0841"), ("112", "112"), ("10", "10"), ("054", "054"), ("190", "190"), ("1", "01")],
)
def test_leading_zeros_of_cameo(code: str, mended: str) -> None:
    assert mend_cameo(code) == mended


def test_our_own_cameo_codes_lead_back_to_their_type() -> None:
    types = load_ontology().types
    for name, kind in types.items():
        for mode in (None, *kind.modes):
            found, _ = plover_of_cameo(kind.cameo_of(mode))
            assert found == name or kind.cameo_of(mode) in ("175", "190"), (name, mode)


@pytest.mark.usefixtures("coder")
def test_from_reading_to_every_format(dejure: Run, tmp_path: Path) -> None:
    (tmp_path / "r.jsonl").write_text(json.dumps({"id": "1", "text": PROSE, "published": "2025-07-04"}) + "\n")
    (tmp_path / "c.jsonl").write_text(dejure("read", tmp_path / "r.jsonl", "--format", "jsonl").out)
    for which in FORMATS:
        found = dejure("convert", tmp_path / "c.jsonl", "--to", which)
        assert (found.code, found.err) == (0, "")
        assert "Russia" in found.out
        assert dejure("convert", "--to", which, "--losses").out.splitlines() == list(losses(which))


_HOSTILE = [
    "=cmd|' /C calc'!A0",
    "a\tb",
    "a\r\nb",
    "a\rb",
    '"open',
    '"',
    '"whole"',
    '"one" and "two"',
    'say "no"',
    "x" * 200_000,
]


@pytest.mark.parametrize("name", _HOSTILE, ids=range(len(_HOSTILE)))
@pytest.mark.parametrize("which", FORMATS)
def test_hostile_words_shift_no_cell(which: str, name: str, tmp_path: Path) -> None:
    first = _fixed()
    first["actor"] = [first["recipient"][0] | {"name": name}]
    path = tmp_path / "events"
    path.write_text(_written([first, _fixed()], which), encoding="utf-8", newline="")
    rows, rejects = _read(path, which)
    told = name if which in ("plover", "csv") else re.sub("[\\r\\n\\t]", " ", name)
    assert not rejects
    assert [row["actor"][0]["name"] for row in rows] == [told, "Somaliland"]
    if which in ("polecat", "icews", "gdelt"):
        frame = pandas.read_csv(path, sep="\t", header=None if which == "gdelt" else "infer")
        column = {"polecat": "Actor Name", "icews": "Source Name", "gdelt": 6}[which]
        assert [frame.shape[0], *frame[column]] == [2, told, "Somaliland"]
    elif which == "csv":
        assert len(pandas.read_csv(path)) == 2


@pytest.mark.parametrize("which", FORMATS)
def test_whatever_is_wrong_with_a_file_is_an_error_of_the_input(which: str, tmp_path: Path) -> None:
    good = _written([_fixed()], which).encode()
    flipped = bytearray(gzip.compress(good * 100))
    flipped[12:40] = bytes(byte ^ 0x5A for byte in flipped[12:40])
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_BZIP2) as archive:
        archive.writestr("a", good)
    hostile = {
        "flipped.gz": bytes(flipped), "rare.zip": packed.getvalue(), "bomb.gz": gzip.compress(good + b" " * 20_000_000),
        "latin.txt": good + b"\xe9\xff\n", "long.txt": good + b"x" * 300_000 + b"\n",
        "open.txt": good + b'"x,\n' + good,
    }  # fmt: skip
    for name, data in hostile.items():
        (tmp_path / name).write_bytes(data)
        try:
            found = list(read_events(tmp_path / name, which))
        except InputError:
            continue
        assert any(isinstance(one, Reject) for one in found), name


def test_an_input_is_not_written_over(dejure: Run, tmp_path: Path) -> None:
    path = tmp_path / "events.csv"
    path.write_text(_written([_fixed()], "csv"), encoding="utf-8")
    before = path.read_bytes()
    found = dejure("convert", path, "--from", "csv", "--to", "csv", "--output", tmp_path / "." / "events.csv")
    assert (found.code, path.read_bytes()) == (2, before)
    found = dejure("convert", path, "--from", "csv", "--to", "csv", "--output", tmp_path / "none" / "o.csv")
    assert (found.code, "unforeseen" in found.err) == (1, False)
