"""Feeds, web archives, tables, zip and gzip: what they hold, whole and broken."""

from __future__ import annotations

import datetime as dt
import gzip
import hashlib
import io
import json
import zipfile
from pathlib import Path

import pyarrow
import pyarrow.parquet
import pytest
from shared_by_tests import PROSE

from dejure.errors import InputError
from dejure.records import Reject, Report
from dejure.settings import Settings
from dejure.sources import find_files, open_reports

PAGE = f"<html><head><title>A title</title></head><body><article><p>{PROSE}</p><p>{PROSE}</p></article></body></html>"


def _all(*paths: Path, settings: Settings | None = None) -> tuple[list[Report], list[Reject]]:
    # A second, missing input makes errors of the first into rejects.
    found = list(open_reports([*paths, "nothing-is-here"], settings=settings))
    reports = [one for one in found if isinstance(one, Report)]
    return reports, [one for one in found if isinstance(one, Reject)][:-1]


def _rss(*items: str) -> str:
    return f"<?xml version='1.0'?><rss version='2.0'><channel><title>The Paper</title>{''.join(items)}</channel></rss>"


def _item(number: int, date: str = "Thu, 03 Jul 2025 10:00:00 GMT", body: str = PROSE) -> str:
    text = f"<![CDATA[<p>{body}</p><p>More.</p>]]>"
    head = f"<guid>g{number}</guid><title>Title {number}</title><link>http://x.example/{number}</link>"
    return f"<item>{head}<pubDate>{date}</pubDate><description>{text}</description></item>"


def test_rss(tmp_path: Path) -> None:
    (tmp_path / "f.rss").write_text(
        _rss(_item(1), _item(2, "Thu, 03 Jul 2199 10:00:00 GMT"), _item(3, "someday"), _item(4, body=""))
    )
    (report,), rejects = _all(tmp_path / "f.rss")
    assert (report.id, report.title, report.published) == ("g1", "Title 1", dt.date(2025, 7, 3))
    assert report.body == f"{PROSE}\nMore."
    assert (report.publisher, report.url) == ("The Paper", "http://x.example/1")
    assert report.source == f"{(tmp_path / 'f.rss').as_posix()}:1"
    assert [(one.line, one.code) for one in rejects] == [(2, "bad_date"), (3, "bad_date"), (4, "no_sentence")]


def test_atom_is_known_by_its_first_bytes(tmp_path: Path) -> None:
    (tmp_path / "f.xml").write_text(
        "<feed xmlns='http://www.w3.org/2005/Atom'><title>P</title><entry><id>a</id><title>T</title>"
        f"<updated>2025-07-03T00:00:00Z</updated><content type='text'>{PROSE}</content></entry></feed>"
    )
    ((report,), rejects) = _all(tmp_path / "f.xml")
    assert (report.body, report.published, rejects) == (PROSE, dt.date(2025, 7, 3), [])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_tag_of_too_many_attributes_is_refused_before_it_is_parsed(tmp_path: Path, encoding: str) -> None:
    many = " ".join(f"a{number}='>'" for number in range(100_000))
    hostile = _rss(_item(1), f"<item {many}/>").replace("'1.0'", f"'1.0' encoding='{encoding}'")
    (tmp_path / "feed.rss").write_bytes(hostile.encode(encoding))
    reports, rejects = _all(tmp_path / "feed.rss")
    assert not reports
    assert [one.code for one in rejects] == ["too_large"]


@pytest.mark.parametrize("broken", ["no feed", "<rss", _rss()[:40]])
def test_what_is_no_feed_is_told(tmp_path: Path, broken: str) -> None:
    (tmp_path / "f.rss").write_text(broken)
    reports, _ = _all(tmp_path / "f.rss")
    assert not reports


def test_entities_that_grow_and_deep_nesting_do_no_harm(tmp_path: Path) -> None:
    entities = "".join(f"<!ENTITY l{n} '{f'&l{n - 1};' * 10}'>" for n in range(1, 10))
    bomb = f"<?xml version='1.0'?><!DOCTYPE r [<!ENTITY l0 'ha'>{entities}]>" + _rss(_item(1, body="&l9;"))[22:]
    (tmp_path / "f.rss").write_text(bomb.replace("<![CDATA[", "").replace("]]>", ""))
    (tmp_path / "g.rss").write_text(_rss(_item(1, body="<b>" * 10_000 + PROSE)))
    reports, _ = _all(tmp_path / "f.rss", tmp_path / "g.rss")
    assert all(len(report.body) < 10_000 for report in reports)


def _warc(*records: tuple[str, str, str]) -> bytes:
    out = io.BytesIO()
    for number, (kind, content_type, body) in enumerate(records):
        block = body.encode()
        if kind == "response":
            block = f"HTTP/1.1 200 OK\r\nContent-Type: {content_type}\r\n\r\n".encode() + block
        head = (f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:{number}>\r\n"
                f"WARC-Target-URI: http://x.example/{number}\r\nWARC-Date: 2025-07-03T08:00:00Z\r\n"
                f"Content-Type: {'application/http; msgtype=response' if kind == 'response' else content_type}\r\n"
                f"Content-Length: {len(block)}\r\n\r\n")  # fmt: skip
        out.write(head.encode() + block + b"\r\n\r\n")
    return out.getvalue()


_RECORDS = (
    ("warcinfo", "application/warc-fields", "software: x\r\n"), ("response", "text/html", PAGE),
    ("response", "image/png", "x"), ("response", "text/html", "<html><body></body></html>"),
    ("conversion", "text/plain", PROSE),
)  # fmt: skip


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz"])
def test_web_archives(tmp_path: Path, name: str) -> None:
    data = _warc(*_RECORDS)
    (tmp_path / name).write_bytes(gzip.compress(data) if name.endswith("gz") else data)
    (page, text), rejects = _all(tmp_path / name)
    assert (page.url, page.retrieved_at) == ("http://x.example/1", "2025-07-03T08:00:00+00:00")
    assert page.sha256 == hashlib.sha256(PAGE.encode()).hexdigest()
    assert page.source.startswith((tmp_path / name).as_posix() + "#")
    assert text.body == PROSE
    assert [one.code for one in rejects] == ["no_article"]


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz", "a.jsonl.gz", "a.zip"])
def test_a_truncated_archive_gives_what_it_has_and_is_told(tmp_path: Path, name: str) -> None:
    lines = "".join(json.dumps({"id": str(n), "text": f"{n} {PROSE}"}) + "\n" for n in range(200)).encode()
    if name == "a.zip":
        with zipfile.ZipFile(tmp_path / name, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("r.jsonl", lines)
        data = (tmp_path / name).read_bytes()
    else:
        data = lines if "jsonl" in name else _warc(_RECORDS[1], ("conversion", "text/plain", PROSE * 20))
        data = gzip.compress(data) if name.endswith("gz") else data
    (tmp_path / name).write_bytes(data[: len(data) * 2 // 3])
    _, rejects = _all(tmp_path / name)
    assert rejects


def test_zip_members_keep_their_place(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("in/r.jsonl", json.dumps({"id": "1", "text": PROSE}))
        archive.writestr("in/p.html", PAGE)
        archive.writestr("in/.hidden", "x")
        archive.writestr("b.zip", b"PK\x03\x04")
    reports, rejects = _all(tmp_path / "a.zip")
    place = (tmp_path / "a.zip").as_posix()
    assert [one.source for one in reports] == [f"{place}!in/r.jsonl:1", f"{place}!in/p.html"]
    assert [(one.source, one.code) for one in rejects] == [(f"{place}!b.zip", "binary")]


def test_bombs_are_refused(tmp_path: Path) -> None:
    with gzip.open(tmp_path / "b.jsonl.gz", "wb") as file:
        for _ in range(40):
            file.write(b"\n" * 1_000_000)
    with zipfile.ZipFile(tmp_path / "b.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("r.jsonl", b"\n" * 40_000_000)
    reports, rejects = _all(tmp_path / "b.jsonl.gz", tmp_path / "b.zip")
    assert not reports
    assert [one.code for one in rejects] == ["too_large", "too_large"]
    with gzip.open(tmp_path / "c.jsonl.gz", "wb") as file:
        file.write(json.dumps({"text": PROSE}).encode())
    _, rejects = _all(tmp_path / "c.jsonl.gz", settings=Settings(max_unpacked_bytes=100))
    assert [one.code for one in rejects] == ["too_large"]


def test_csv(tmp_path: Path) -> None:
    (tmp_path / "r.csv").write_text(
        f'\ufeffid;text;published\n1;"{PROSE}\nMore of it.";2025-07-03\n2;;\n', encoding="utf-8"
    )
    (tmp_path / "x.csv").write_text("a,b\n1,2\n")
    (report,), rejects = _all(tmp_path / "r.csv", tmp_path / "x.csv")
    assert (report.id, report.published) == ("1", dt.date(2025, 7, 3))
    assert report.source == f"{(tmp_path / 'r.csv').as_posix()}:3"
    assert [(one.line, one.code) for one in rejects] == [(4, "empty"), (None, "malformed_line")]
    assert not list(find_files(tmp_path))
    assert len(list(find_files(tmp_path, "csv"))) == 2


def test_parquet(tmp_path: Path) -> None:
    rows = [{"text": PROSE, "published": dt.date(2025, 7, 3)}, {"text": None, "published": None}]
    pyarrow.parquet.write_table(pyarrow.Table.from_pylist(rows), tmp_path / "r.parquet")
    (tmp_path / "x.parquet").write_bytes(b"PAR1 and no more")
    (report,), rejects = _all(tmp_path / "r.parquet", tmp_path / "x.parquet")
    assert (report.published, report.source) == (dt.date(2025, 7, 3), f"{(tmp_path / 'r.parquet').as_posix()}:1")
    assert [(one.line, one.code) for one in rejects] == [(2, "empty"), (None, "malformed_line")]


def test_a_single_broken_archive_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(b"PK\x03\x04 nothing")
    with pytest.raises(InputError, match="broken"):
        list(open_reports([tmp_path / "a.zip"]))
