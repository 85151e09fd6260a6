from __future__ import annotations

import datetime as dt
import io
import json
import os
from pathlib import Path

import pytest

from dejure.errors import BadDate, EmptyInput, InputMissing, InputTooLarge, NothingReadable, SettingsError
from dejure.records import Reject, Report
from dejure.settings import Settings
from dejure.sources import find_files, open_reports

TEXT = "Russia recognised the Taliban. The UN was silent."
PAGE = f"<html><head><title>T</title></head><body><article><h1>T</h1><p>{TEXT}</p></article></body></html>"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with each kind of file, a hidden one and one that is no report."""
    (tmp_path / "b").mkdir()
    (tmp_path / ".git").mkdir()
    (tmp_path / "c.txt").write_text(TEXT)
    (tmp_path / "a.html").write_text(PAGE)
    (tmp_path / "b" / "d.jsonl").write_text(json.dumps({"id": "j", "text": TEXT}))
    (tmp_path / "notes.xlsx").write_bytes(b"PK\x03\x04")
    (tmp_path / ".hidden.txt").write_text(TEXT)
    (tmp_path / ".git" / "e.txt").write_text(TEXT)
    return tmp_path


def names(reports: object) -> list[str]:
    return [Path(one.source).name for one in reports]  # type: ignore[attr-defined]


def test_a_folder_gives_its_reports_in_order(folder: Path) -> None:
    found = list(open_reports([folder]))
    assert all(isinstance(one, Report) for one in found)
    assert names(found) == ["a.html", "c.txt", "d.jsonl:1"]


def test_a_format_picks_the_files_of_a_folder(folder: Path) -> None:
    assert names(open_reports([folder], input_format="html")) == ["a.html"]


def test_a_loop_of_links_is_walked_once(folder: Path) -> None:
    (folder / "b" / "up").symlink_to(folder, target_is_directory=True)
    assert [path.name for path in find_files(folder)] == ["a.html", "c.txt", "d.jsonl"]


def test_pipes_and_links_to_devices_are_passed_over_in_a_folder(folder: Path) -> None:
    for name in ("pipe.txt", "pipe.xml", "pipe.jsonl"):
        os.mkfifo(folder / name)
    (folder / "endless.txt").symlink_to("/dev/zero")
    assert [path.name for path in find_files(folder)] == ["a.html", "c.txt", "d.jsonl"]


def test_a_bad_file_in_a_folder_is_rejected_and_the_others_go_on(folder: Path) -> None:
    (folder / "b" / "bad.txt").write_bytes(b"\x00\x01")
    (folder / "dangling.txt").symlink_to(folder / "nowhere")
    found = {Path(one.source).name: one for one in open_reports([folder])}
    assert len(found) == 5
    for name, code in (("bad.txt", "binary"), ("dangling.txt", "missing")):
        rejected = found[name]
        assert isinstance(rejected, Reject)
        assert rejected.code == code


def test_a_folder_without_readable_files(tmp_path: Path) -> None:
    (tmp_path / "x.pdf").write_bytes(b"%PDF-")
    with pytest.raises(NothingReadable, match=r"\.txt"):
        list(open_reports([tmp_path]))


def test_one_of_many_becomes_a_reject(folder: Path, tmp_path: Path) -> None:
    found = list(open_reports([tmp_path / "none.txt", folder / "c.txt"]))
    assert isinstance(found[0], Reject)
    assert isinstance(found[1], Report)


def test_a_single_one_raises(tmp_path: Path) -> None:
    with pytest.raises(InputMissing):
        list(open_reports([tmp_path / "none.txt"]))
    with pytest.raises(InputMissing):
        list(open_reports(["nul\x00byte.txt"]))
    with pytest.raises(NothingReadable):
        list(open_reports([]))


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_opened(folder: Path) -> None:
    (folder / "c.txt").chmod(0)
    with pytest.raises(InputMissing):
        list(open_reports([folder / "c.txt"]))


def test_fifty_megabytes_are_refused_without_being_read(tmp_path: Path, settings: Settings) -> None:
    path = tmp_path / "huge.txt"
    with path.open("wb") as file:
        file.truncate(50_000_000)
    with pytest.raises(InputTooLarge, match="20,000,000"):
        list(open_reports([path], settings=settings))


@pytest.mark.parametrize(
    ("data", "extractor"),
    [
        (TEXT.encode(), "text"),
        (PAGE.encode(), "trafilatura"),
        (b"\n\n <!-- saved -->\n<!DOCTYPE html>" + PAGE.encode(), "trafilatura"),
        (PAGE.encode("utf-16"), "trafilatura"),
        (json.dumps({"text": TEXT}).encode(), "jsonl"),
        (b"\xef\xbb\xbf" + json.dumps({"text": TEXT}).encode(), "jsonl"),
        (b"{sic} Russia recognised it. " + TEXT.encode(), "text"),
    ],
)
def test_the_first_bytes_tell_where_the_suffix_does_not(tmp_path: Path, data: bytes, extractor: str) -> None:
    (tmp_path / "report").write_bytes(data)
    for found in (
        list(open_reports([tmp_path / "report"])),
        list(open_reports(["-"], stdin=io.BytesIO(data))),
    ):
        assert isinstance(found[0], Report)
        assert found[0].extractor.startswith(extractor)


def test_the_named_format_beats_the_suffix(tmp_path: Path) -> None:
    path = tmp_path / "page.txt"
    path.write_text(PAGE)
    (report,) = open_reports([path], input_format="html")
    assert isinstance(report, Report)
    assert report.body == TEXT


def test_standard_input(settings: Settings) -> None:
    (report,) = open_reports(["-"], stdin=io.BytesIO(TEXT.encode()), settings=settings)
    assert isinstance(report, Report)
    assert (report.source, report.body) == ("stdin", TEXT)
    with pytest.raises(EmptyInput):
        list(open_reports(["-"], stdin=io.BytesIO(b"")))


def test_a_stream_without_end_is_cut_off() -> None:
    with pytest.raises(InputTooLarge):
        list(open_reports(["/dev/zero"], settings=Settings(max_bytes=10_000)))


def test_dates(folder: Path) -> None:
    day = dt.date(2025, 7, 4)
    assert {one.published for one in open_reports([folder], published=day)} == {day}  # type: ignore[union-attr]
    with pytest.raises(BadDate):
        list(open_reports([folder], published=dt.date.today() + dt.timedelta(days=2)))
    assert list(open_reports([folder], published=dt.date.today() + dt.timedelta(days=1)))


def test_no_such_format(folder: Path) -> None:
    with pytest.raises(SettingsError):
        list(open_reports([folder], input_format="pdf"))  # type: ignore[arg-type]
