from __future__ import annotations

import datetime as dt
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dejure.errors import BinaryInput, EmptyInput
from dejure.records import Reject, Report
from dejure.settings import Settings
from dejure.sources import read_lines

TEXT = "Russia recognised the Taliban. The UN was silent."


def lines(*given: object, settings: Settings | None = None, published: dt.date | None = None) -> list[Report | Reject]:
    """What comes of these lines; objects are written as JSON, bytes as they are."""
    data = b"\n".join(one if isinstance(one, bytes) else json.dumps(one).encode() for one in given)
    return list(read_lines(io.BytesIO(data), source="r.jsonl", published=published, settings=settings or Settings()))


def one_reject(*given: object, settings: Settings | None = None) -> Reject:
    (reject,) = [one for one in lines(*given, settings=settings) if isinstance(one, Reject)]
    return reject


def test_a_line_is_a_report() -> None:
    (report,) = lines({"id": "a", "title": "T", "text": TEXT, "published": "2025-07-04", "language": "en", "more": 1})
    assert isinstance(report, Report)
    assert (report.id, report.title, report.body, report.language) == ("a", "T", TEXT, "en")
    assert report.published == dt.date(2025, 7, 4)
    assert report.source == "r.jsonl:1"


def test_only_text_must_be_there() -> None:
    (report,) = lines({"text": TEXT})
    assert isinstance(report, Report)
    assert (report.title, report.published, report.language) == ("", None, None)
    assert report.id == report.text_sha256[:16]


def test_extra_keys_that_we_know_are_kept() -> None:
    (report,) = lines(
        {"text": TEXT, "url": "https://x.example", "publisher": "P", "licence": "CC0", "retrieved_at": "2025"}
    )
    assert isinstance(report, Report)
    assert (report.url, report.publisher, report.licence) == ("https://x.example", "P", "CC0")


def test_text_is_all_body_even_where_its_first_line_looks_like_a_title() -> None:
    (report,) = lines({"text": f"Head\n{TEXT}"})
    assert isinstance(report, Report)
    assert report.body == f"Head\n{TEXT}"


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (b'{"text": "cut', "malformed_line"),
        (b"[1, 2]", "malformed_line"),
        (b"[" * 100_000, "malformed_line"),
        ({"title": "T"}, "malformed_line"),
        ({"text": None}, "malformed_line"),
        ({"text": 5}, "malformed_line"),
        ({"text": TEXT, "title": ["T"]}, "malformed_line"),
        ({"text": TEXT, "id": True}, "malformed_line"),
        ({"text": TEXT, "language": 1}, "malformed_line"),
        ({"text": TEXT, "published": 20250704}, "malformed_line"),
        ({"text": TEXT + "\ud800"}, "malformed_line"),
        ({"text": TEXT, "published": "July"}, "bad_date"),
        ({"text": TEXT, "published": "2150-01-01"}, "bad_date"),
        ({"text": TEXT, "published": "0001-01-01"}, "bad_date"),
        ({"text": ""}, "empty"),
        ({"text": "🙂"}, "no_sentence"),
        ({"text": TEXT + "\x00"}, "binary"),
        (b'{"text": "a\x00b"}', "binary"),
        (b'{"text": "Vu\xe8i\xe6 said so."}', "encoding"),
    ],
)
def test_a_bad_line_is_rejected_with_its_number_and_the_others_go_on(line: object, code: str) -> None:
    first, rejected, last = lines({"id": "a", "text": TEXT}, line, {"id": "b", "text": TEXT})
    assert isinstance(first, Report)
    assert isinstance(last, Report)
    assert isinstance(rejected, Reject)
    assert (rejected.source, rejected.line, rejected.code) == ("r.jsonl", 2, code)
    assert rejected.what
    assert rejected.cure


def test_an_id_that_came_before() -> None:
    reject = one_reject({"id": "a", "text": TEXT}, {"id": "a", "text": TEXT + " More."})
    assert (reject.line, reject.value) == (2, "a")


def test_numbers_count_blank_lines_too() -> None:
    assert one_reject({"text": TEXT}, b"", b"  ", b"{").line == 4


def test_a_line_that_is_too_long_is_passed_over_without_being_held() -> None:
    settings = Settings(max_bytes=200)
    found = lines({"id": "a", "text": TEXT}, {"text": "x" * 5000}, {"id": "b", "text": TEXT}, settings=settings)
    assert [one.code if isinstance(one, Reject) else one.id for one in found] == ["a", "too_large", "b"]


def test_the_given_date_comes_first() -> None:
    (report,) = lines({"text": TEXT, "published": "2025-07-04"}, published=dt.date(2024, 1, 2))
    assert isinstance(report, Report)
    assert report.published == dt.date(2024, 1, 2)


def test_byte_order_mark_and_windows_line_ends() -> None:
    (report,) = lines(b"\xef\xbb\xbf" + json.dumps({"text": f"{TEXT}\r\nMore of it."}).encode() + b"\r")
    assert isinstance(report, Report)
    assert report.body == f"{TEXT}\nMore of it."


def test_nothing_at_all() -> None:
    with pytest.raises(EmptyInput):
        lines()


def test_another_format_under_the_name() -> None:
    stream = io.BufferedReader(io.BytesIO(b"\x89PNG\r\n\x1a\n rest"))
    with pytest.raises(BinaryInput):
        list(read_lines(stream, source="r.jsonl", settings=Settings()))


@given(st.lists(st.binary(max_size=60).filter(lambda b: b"\n" not in b), max_size=5))
def test_no_bytes_break_the_stream(given_lines: list[bytes]) -> None:
    try:
        found = lines(*given_lines)
    except (BinaryInput, EmptyInput):
        return
    assert all(isinstance(one, (Report, Reject)) for one in found)
