from __future__ import annotations

import csv
import io
import json
import sys
from pathlib import Path

import pytest
from shared_by_tests import PROSE, Run

from dejure.cli.flat import COLUMNS
from dejure.records import Coding

pytestmark = pytest.mark.usefixtures("coder")

ITALIAN = "La Russia riconosce il governo talebano dell'Afghanistan, ha detto giovedì a Mosca il ministro degli Esteri."


def test_json_lines_keep_the_order_of_the_contract(dejure: Run, report_file: Path) -> None:
    found = dejure("read", report_file, "--published", "2025-07-04", "--format", "jsonl")
    assert (found.code, found.err) == (0, "")
    (line,) = found.out.splitlines()
    record = json.loads(line)
    assert list(record) == list(Coding.__dataclass_fields__)
    assert record["recognition"][0]["when"]["earliest"] == "2025-07-04"
    assert record["report"]["text"] is None
    assert ": " not in line.split('"quote"')[0]


def test_with_text_every_quote_is_its_slice(dejure: Run, report_file: Path) -> None:
    found = dejure("read", report_file, "--format", "jsonl", "--with-text")
    record = json.loads(found.out)
    parts = {"title": record["report"]["title"], "body": record["report"]["text"]}
    spans = [one["evidence"] for name in ("events", "recognition", "statements", "silences") for one in record[name]]
    assert spans
    assert all(parts[span["part"]][span["start"] : span["end"]] == span["quote"] for span in spans)


def test_tables_tell_act_parties_date_and_words(
    dejure: Run, report_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for columns in ("80", "120"):
        monkeypatch.setenv("COLUMNS", columns)
        found = dejure("read", report_file, "--published", "2025-07-04")
        assert found.code == 0
        assert max(map(len, found.out.splitlines())) <= int(columns)
        for told in (
            "Moscow recognises Taliban",
            "Recognition",
            "recognise",
            "Russia →",
            "2025-07-04",
            ".93",
            "“Russia has",
        ):
            assert told in found.out
        assert "\x1b" not in found.out


@pytest.mark.parametrize("name", list(COLUMNS))
def test_csv(dejure: Run, report_file: Path, name: str) -> None:
    found = dejure("read", report_file, "--format", "csv", "--list", name)
    rows = list(csv.DictReader(io.StringIO(found.out)))
    assert tuple(rows[0]) == COLUMNS[name]
    assert len(rows) == (5 if name == "all" else 1)
    assert all(row["quote"] and None not in row.values() for row in rows)


def test_csv_has_its_header_where_nothing_was_found(dejure: Run, tmp_path: Path) -> None:
    path = tmp_path / "r.txt"
    path.write_text("The weather was fine in the city and the people were glad of it.")
    assert dejure("read", path, "--format", "csv").out.startswith("report,published,id,act,")


@pytest.mark.parametrize(("name", "begin"), [("o.jsonl", '{"schema":1'), ("o.csv", "report,"), ("o.txt", "Moscow")])
def test_the_suffix_of_the_output_names_the_format(
    dejure: Run, report_file: Path, tmp_path: Path, name: str, begin: str
) -> None:
    found = dejure("read", report_file, "--output", tmp_path / name)
    assert (found.code, found.out) == (0, "")
    assert (tmp_path / name).read_text(encoding="utf-8").startswith(begin)


def test_output_that_cannot_be_written(dejure: Run, report_file: Path, tmp_path: Path) -> None:
    found = dejure("read", report_file, "--output", tmp_path / "no" / "o.csv")
    assert found.code == 1
    assert "o.csv" in found.err


def bad_inputs(folder: Path) -> dict[str, tuple[Path, str]]:
    """Every kind of input that cannot be read, as a file, with the code of its error."""
    data: dict[str, tuple[bytes | None, str]] = {
        "empty.txt": (b"", "empty"),
        "blank.txt": (b" \n\n", "empty"),
        "binary.txt": (b"\x89PNG\r\n\x1a\n\x00", "binary"),
        "nul.txt": (b"Russia\x00 recognised it.", "binary"),
        "wrong.txt": ("Vučić said Serbia would never recognise Kosovo.".encode("cp1250"), "encoding"),
        "broken.txt": ("Séjourné said “never” to Côte d’Ivoire.".encode()[:-15] + b"\xff\xfe", "encoding"),
        "huge.txt": (None, "too_large"),
        "long.txt": (b"Russia recognised it. " * 60_000, "too_large"),
        "none.txt": ("🙂 🙂 123".encode(), "no_sentence"),
        "italian.txt": (ITALIAN.encode(), "language"),
        "hebrew.txt": ("רוסיה הכירה בממשלת הטליבאן באפגניסטן, הודיע משרד החוץ ביום חמישי.".encode(), "language"),
        "page.html": (b"<html><body><nav><a href='/'>Home</a></nav></body></html>", "no_article"),
        "line.jsonl": (b'{"text": ', "malformed_line"),
        "future.jsonl": (b'{"text": "Russia recognised it.", "published": "2150-01-01"}', "bad_date"),
    }
    found = {}
    for name, (content, code) in data.items():
        path = folder / name
        path.write_bytes(content or b"")
        if content is None:
            with path.open("wb") as file:
                file.truncate(50_000_000)
        found[name] = (path, code)
    (folder / "nothing").mkdir()
    found["nothing"] = (folder / "nothing", "nothing_readable")
    found["gone.txt"] = (folder / "gone.txt", "missing")
    return found


def test_each_bad_input_alone_gets_one_line_and_its_exit_code(dejure: Run, tmp_path: Path) -> None:
    for name, (path, code) in bad_inputs(tmp_path).items():
        rejects = tmp_path / "rejects.out"
        found = dejure("read", path, "--rejects", rejects, "--format", "jsonl")
        assert (found.code, found.out) == (3, ""), (name, found)
        assert found.err.count("\n") == 1, (name, found.err)
        assert found.err.startswith("dejure: "), name
        assert "; " in found.err, name
        (row,) = map(json.loads, rejects.read_text(encoding="utf-8").splitlines())
        assert (row["code"], list(row)) == (code, ["source", "line", "code", "what", "value", "cure"]), name


def test_among_many_the_bad_ones_become_rows_and_the_others_go_on(
    dejure: Run, tmp_path: Path, report_file: Path
) -> None:
    bad = bad_inputs(tmp_path)
    rejects = tmp_path / "rejects.out"
    paths = [path for path, _ in bad.values()]
    found = dejure("read", *paths, report_file, "--rejects", rejects, "--format", "jsonl")
    assert found.code == 4
    assert len(found.out.splitlines()) == 1
    rows = [json.loads(line) for line in rejects.read_text(encoding="utf-8").splitlines()]
    assert [row["code"] for row in rows] == [code for _, code in bad.values()]
    assert found.err.splitlines()[-1] == f"dejure: {len(bad)} of {len(bad) + 1} inputs were rejected"


def test_a_malformed_line_is_told_with_its_number(dejure: Run, tmp_path: Path) -> None:
    path = tmp_path / "r.jsonl"
    path.write_text(json.dumps({"id": "a", "text": PROSE}) + "\n{\n" + json.dumps({"id": "b", "text": ITALIAN}) + "\n")
    found = dejure("read", path, "--format", "jsonl")
    assert found.code == 4
    assert [json.loads(line)["report"]["id"] for line in found.out.splitlines()] == ["a"]
    assert "r.jsonl, line 2: the line is not JSON" in found.err
    assert "r.jsonl, line 3: the report is in Italian (it); English is read" in found.err


@pytest.mark.parametrize("date", ["2150-01-01", "July", "2025-13-01"])
def test_a_bad_date_is_refused_before_anything_is_read(dejure: Run, report_file: Path, date: str) -> None:
    found = dejure("read", report_file, "--published", date)
    assert (found.code, found.out) == (3, "")
    assert date in found.err
    assert found.err.count("\n") == 1


def test_standard_input(dejure: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(PROSE.encode())))
    found = dejure("read", "-", "--format", "jsonl")
    assert json.loads(found.out)["report"]["source"] == "stdin"


def test_wrong_usage(dejure: Run) -> None:
    assert dejure("read").code == 2
    assert dejure("read", "x", "--format", "xml").code == 2
    assert dejure("nothing").code == 2


def test_a_setting_that_cannot_be_used(dejure: Run, report_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DEJURE_MAX_BYTES", "many")
    found = dejure("read", report_file)
    assert found.code == 2
    assert "DEJURE_MAX_BYTES" in found.err


def test_file_names_cannot_move_the_cursor(dejure: Run, tmp_path: Path) -> None:
    path = tmp_path / "evil\x1b[2J.txt"
    path.write_bytes(b"")
    assert "\x1b" not in dejure("read", path).err
