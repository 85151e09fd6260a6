"""Feeds, web archives, tables, zip and gzip: what they hold, whole and broken."""

from __future__ import annotations

import datetime as dt
import gzip
import hashlib
import html
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


@pytest.mark.parametrize(
    ("rows", "ids", "lines"),
    [
        ("1,Kenya, it was said, recognised Kosovo.\n2,Chad met Mali.\n", ["2"], [2]),  # commas and no quotes
        ('1,"Kenya recognised Kosovo.\n2,"Chad met Mali."\n3,Peru met Chad.\n', ["3"], [3]),  # a mark is missing
        ('1,Peru met Chad.\n2,"Kenya recognised', ["1"], [3]),  # cut off
    ],
)
def test_a_row_whose_cells_cannot_be_told_apart_is_rejected(
    tmp_path: Path, rows: str, ids: list[str], lines: list[int]
) -> None:
    (tmp_path / "t.csv").write_text("id,text\n" + rows)
    reports, rejects = _all(tmp_path / "t.csv")
    assert [one.id for one in reports] == ids
    assert [(one.code, one.line) for one in rejects] == [("malformed_line", line) for line in lines]


@pytest.mark.parametrize(
    "date",
    [
        "0000-00-00",
        "0001-01-01T00:00:00+23:59",
        "9999-12-31T23:59:59-23:59",
        "2025-02-30T00:00:00Z",
        "2025",
        "2025-184",
    ],
)
def test_an_impossible_day_costs_its_entry_and_no_other(tmp_path: Path, date: str) -> None:
    (tmp_path / "f.rss").write_text(_rss(_item(1, date), _item(2)))
    reports, rejects = _all(tmp_path / "f.rss")
    assert [one.id for one in reports] == ["g2"]
    assert [one.code for one in rejects] == ["bad_date"]


def test_a_feed_that_is_cut_off_is_told(tmp_path: Path) -> None:
    whole = _rss(_item(1), _item(2), _item(3))
    (tmp_path / "f.rss").write_text(whole[: whole.rindex("<item>")])
    reports, rejects = _all(tmp_path / "f.rss")
    assert [one.id for one in reports] == ["g1", "g2"]
    assert [(one.code, one.line) for one in rejects] == [("input", None)]


def test_a_tag_of_many_attributes_is_refused_in_a_page_and_in_an_entry(tmp_path: Path) -> None:
    many = " ".join(f"a{number}='1 > 0'" for number in range(30_000))
    heavy = f"<p {many}>{PROSE}</p>"
    (tmp_path / "p.html").write_text(f"<html><body><article>{heavy}</article></body></html>")
    entry = f"<item><guid>g1</guid><description>{html.escape(heavy)}</description></item>"
    (tmp_path / "f.rss").write_text(_rss(entry, _item(2)))
    (tmp_path / "q.html").write_text(PAGE.replace("<p>", "<p title='one of many' class=it's>"))
    reports, rejects = _all(tmp_path / "p.html", tmp_path / "f.rss", tmp_path / "q.html")
    assert [one.id for one in reports][:1] == ["g2"]
    assert len(reports) == 2
    assert [one.code for one in rejects] == ["too_large", "too_large"]


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_what_cannot_be_unpacked_in_steps_is_refused_and_the_rest_read(tmp_path: Path, method: int) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("a.txt", PROSE, method)
        archive.writestr("b.txt", PROSE, zipfile.ZIP_DEFLATED)
    (report,), (one,) = _all(tmp_path / "a.zip")
    assert report.source.endswith("!b.txt")
    assert (one.source.rpartition("!")[2], one.code) == ("a.txt", "input")


def test_parquet_within_archives_and_one_that_grows(tmp_path: Path) -> None:
    table = tmp_path / "t.parquet"
    pyarrow.parquet.write_table(pyarrow.table({"id": ["1"], "text": [PROSE]}), table)
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.write(table, "t.parquet")
    (tmp_path / "b.parquet.gz").write_bytes(gzip.compress(table.read_bytes()))
    reports, rejects = _all(tmp_path / "a.zip", tmp_path / "b.parquet.gz")
    assert ([one.id for one in reports], rejects) == (["1", "1"], [])
    repeated = pyarrow.array(["word " * 100_000]).dictionary_encode().take(pyarrow.array([0] * 1_000))
    pyarrow.parquet.write_table(pyarrow.table({"text": repeated}), table)
    reports, rejects = _all(table)
    assert len(reports) < 30
    assert [one.code for one in rejects] == ["too_large"]


def _response(body: bytes, *headers: str, number: int = 0) -> bytes:
    http = "\r\n".join(["HTTP/1.1 200 OK", *headers, "", ""]).encode() + body
    head = (f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:{number}>\r\n"
            "WARC-Date: 2025-07-03T08:00:00Z\r\nWARC-Target-URI: http://x.example/\r\n"
            f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n")  # fmt: skip
    return head.encode() + http + b"\r\n\r\n"


def _chunked(body: bytes) -> bytes:
    return b"%x\r\n%s\r\n%x;a=b\r\n%s\r\n0\r\n\r\n" % (20, body[:20], len(body) - 20, body[20:])


def test_pages_are_unpacked_as_their_server_packed_them(tmp_path: Path) -> None:
    kind, page = "Content-Type: text/html; charset=utf-8", PAGE.encode()
    gzipped, in_chunks = "Content-Encoding: gzip", "Transfer-Encoding: chunked"
    whole = [
        _response(page, kind), _response(gzip.compress(page), kind, gzipped), _response(page, kind, gzipped, in_chunks),
        _response(_chunked(page), kind, in_chunks), _response(_chunked(gzip.compress(page)), kind, gzipped, in_chunks),
    ]  # fmt: skip
    broken = [
        _response(gzip.compress(page)[:-20], kind, gzipped), _response(_chunked(page)[:-30], kind, in_chunks),
        _response(gzip.compress(b"x" * 30_000_000), kind, gzipped), _response(b"\x0b", kind, "Content-Encoding: br"),
    ]  # fmt: skip
    (tmp_path / "a.warc").write_bytes(b"".join([*whole, *broken]))
    reports, rejects = _all(tmp_path / "a.warc")
    assert {(one.title, one.sha256) for one in reports} == {("A title", hashlib.sha256(page).hexdigest())}
    assert (len(reports), [one.code for one in rejects]) == (5, ["input", "input", "too_large", "input"])


def test_a_page_is_in_the_encoding_that_its_server_names(tmp_path: Path) -> None:
    page = PAGE.replace("A title", "Слово").encode("cp1251")
    (tmp_path / "a.warc").write_bytes(_response(page, "Content-Type: text/html; charset=windows-1251"))
    ((report,), rejects) = _all(tmp_path / "a.warc")
    assert (report.title, rejects) == ("Слово", [])


@pytest.mark.parametrize("spoilt", ["head", "garbage"])
def test_a_web_archive_that_breaks_between_records_is_told(tmp_path: Path, spoilt: str) -> None:
    one = _response(PAGE.encode(), "Content-Type: text/html")
    (tmp_path / "a.warc").write_bytes(one + (one[:60] if spoilt == "head" else b"what is this\r\n" * 9 + one))
    reports, rejects = _all(tmp_path / "a.warc")
    assert (len(reports), [one.code for one in rejects]) == (1, ["input"])


def test_feeds_called_xml_are_found_in_a_folder(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_text(_rss(_item(1)))
    (tmp_path / "b.xml").write_text("<?xml version='1.0'?><settings/>")
    assert [path.name for path in find_files(tmp_path)] == ["a.xml"]
