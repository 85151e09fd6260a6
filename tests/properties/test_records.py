"""Records are checked when they are made, and keep their ids."""

from __future__ import annotations

import contextlib
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dejure.errors import BadDate, DejureError, RecordError
from dejure.records import (
    Auxiliary,
    Entity,
    Recognised,
    Recognition,
    Report,
    Span,
    json_schema,
    record_id,
)
from dejure.when import When, day, month, parse_date, unknown, year

texts = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=40)


class TestSpan:
    @given(texts, st.integers(0, 40), st.integers(0, 40))
    def test_a_slice_of_a_report_is_a_span_or_an_error(self, body: str, start: int, end: int) -> None:
        report = Report(id="", title="", body=body, published=None, language="en")
        if start < end <= len(body):
            span = report.slice("body", start, end)
            assert span.quote == body[start:end]
            assert len(span.quote) == span.end - span.start
        else:
            with pytest.raises(RecordError):
                report.slice("body", start, end)

    @pytest.mark.parametrize(
        ("start", "end", "quote"), [(-1, 3, "Fiji"), (0, 3, "Fiji"), (4, 0, "Fiji"), (0, 5, "Fiji"), (2, 2, "")]
    )
    def test_offsets_must_fit_the_quote(self, start: int, end: int, quote: str) -> None:
        with pytest.raises(RecordError, match="span"):
            Span(part="body", start=start, end=end, quote=quote)

    def test_offsets_count_code_points(self) -> None:
        report = Report(id="", title="👩🏽‍🚀 Fiji", body="e\u0301🇫🇯x", published=None, language="en")
        assert report.slice("title", 5, 9).quote == "Fiji"
        assert report.slice("body", 4, 5).quote == "x"


class TestWhen:
    @given(st.dates())
    def test_one_day(self, date: dt.date) -> None:
        when = day(date)
        assert (when.earliest, when.latest, when.precision, when.basis) == (date, date, "day", "text")
        assert when.text() == date.isoformat()
        assert parse_date(when.text()) == date

    @given(st.integers(1, 9999), st.integers(1, 12))
    def test_one_month(self, of_year: int, number: int) -> None:
        when = month(of_year, number)
        assert when.earliest is not None
        assert when.latest is not None
        assert when.earliest.day == 1
        assert (when.latest - when.earliest).days in (27, 28, 29, 30)
        assert when.latest.month == number
        assert when.text() == f"{of_year:04}-{number:02}"

    @given(st.integers(1, 9999))
    def test_one_year(self, number: int) -> None:
        assert year(number).text() == f"{number:04}"

    @given(st.dates(), st.dates())
    def test_it_ends_not_before_it_begins(self, first: dt.date, last: dt.date) -> None:
        if first <= last:
            assert When(earliest=first, latest=last, precision="interval", basis="text").is_resolved
        else:
            with pytest.raises(RecordError, match="before it begins"):
                When(earliest=first, latest=last, precision="interval", basis="text")

    @given(st.dates())
    def test_an_open_bound(self, date: dt.date) -> None:
        assert When(earliest=date, latest=None, precision="interval", basis="text").text() == f"{date}.."
        assert When(earliest=None, latest=date, precision="interval", basis="text").text() == f"..{date}"

    def test_unknown(self) -> None:
        assert not unknown().is_resolved
        assert unknown().text() == "?"

    @pytest.mark.parametrize(
        "change",
        [{"precision": "hour"}, {"basis": "guess"}, {"start": 1}, {"start": 1, "end": 2}, {"part": "body"}, {"end": 4}],
    )
    def test_what_may_not_be(self, change: dict[str, object]) -> None:
        given_ = {"earliest": None, "latest": None, "precision": "day", "basis": "text", **change}
        with pytest.raises(RecordError):
            When(**given_)  # type: ignore[arg-type]

    def test_words(self) -> None:
        when = day(dt.date(2025, 9, 8)).at("body", 4, 10)
        assert (when.part, when.start, when.end) == ("body", 4, 10)
        assert when.text() == "2025-09-08"

    @given(texts)
    def test_reading_a_date_fails_as_an_input_error_or_not_at_all(self, text: str) -> None:
        with contextlib.suppress(BadDate):
            assert isinstance(parse_date(text), dt.date)

    @pytest.mark.parametrize("text", ["", "July", "2025-13-01", "2025-02-30", "8/9/2025"])
    def test_no_date(self, text: str) -> None:
        with pytest.raises(BadDate):
            parse_date(text)


class TestRecordId:
    @given(texts, st.lists(st.one_of(texts, st.integers(), st.none()), max_size=5))
    def test_sixteen_hex_digits_and_always_the_same(self, sha: str, key: list[object]) -> None:
        one = record_id(sha, "events", *key)
        assert one == record_id(sha, "events", *key)
        assert len(one) == 16
        assert int(one, 16) >= 0

    def test_pinned(self) -> None:
        """An id once given out must not change."""
        assert record_id("0" * 64, "recognition", "FJI", "kosovo", "recognise", "body", 0, 32) == "9705989c385dd42b"

    def test_every_part_of_the_key_counts(self) -> None:
        keys = [
            ("a", "events", "FJI", 1), ("b", "events", "FJI", 1), ("a", "silences", "FJI", 1),
            ("a", "events", "WSM", 1), ("a", "events", "FJI", 2), ("a", "events", "FJI"), ("a", "events", "FJI1"),
        ]  # fmt: skip
        assert len({record_id(*key) for key in keys}) == len(keys)  # type: ignore[arg-type]


def recognition(**change: object) -> Recognition:
    """An act, with changes."""
    usual: dict[str, object] = {
        "id": "0", "recogniser": Entity(id="FJI", name="Fiji"),
        "recognised": Recognised(id="kosovo", capacity="state", name_raw="Kosovo"), "act": "recognise", "manner": None,
        "kind": None, "asserted": True, "attributed_to": (), "first": False, "when": None, "effective": None,
        "conditions": (), "reasons": (), "hedge": None, "event": None, "confidence": 0.5,
        "evidence": Span(part="body", start=0, end=4, quote="Fiji"),
    }  # fmt: skip
    return Recognition(**{**usual, **change})  # type: ignore[arg-type]


class TestRecognition:
    def test_a_demand_may_lack_a_recogniser(self) -> None:
        assert recognition(act="demand", asserted=False, recogniser=None).recogniser is None

    @pytest.mark.parametrize("change", [{"act": "annex"}, {"recogniser": None}, {"act": "demand"}])
    def test_what_may_not_be(self, change: dict[str, object]) -> None:
        with pytest.raises(RecordError):
            recognition(**change)

    def test_frozen(self) -> None:
        with pytest.raises(AttributeError):
            recognition().act = "withdraw"  # type: ignore[misc]


class TestReport:
    @given(texts, texts)
    def test_its_id_follows_from_its_text(self, title: str, body: str) -> None:
        one = Report(id="", title=title, body=body, published=None, language=None)
        assert one.id == one.text_sha256[:16]
        assert one.text_sha256 == Report(id="x", title=title, body=body, published=None, language="en").text_sha256

    def test_title_and_body_are_not_interchangeable(self) -> None:
        first = Report(id="", title="Fiji", body="Samoa", published=None, language=None)
        second = Report(id="", title="Samoa", body="Fiji", published=None, language=None)
        assert first.id != second.id

    def test_a_lone_surrogate_is_borne(self) -> None:
        assert Report(id="", title="", body="\ud800", published=None, language=None).id


def test_entities_are_known_by_id_else_by_name() -> None:
    assert Entity(id="FJI", name="Fiji").key == "FJI"
    assert Entity(id=None, name="Two Officials").key == "two officials"


def test_auxiliary() -> None:
    assert not Auxiliary().any
    assert all(Auxiliary(**{name: True}).any for name in ("historical", "future", "hypothetical", "negation"))


def test_errors_have_one_shape() -> None:
    error = DejureError("it broke", value="x" * 500, cure="mend it")
    assert set(error.to_dict()) == {"code", "what", "value", "cure"}
    assert len(error.to_dict()["value"] or "") <= 120
    assert str(error).startswith("it broke (x")
    assert str(error).endswith("; mend it")


def test_the_schema_names_all_lists() -> None:
    properties = json_schema()["$defs"]["Coding"]["properties"]
    wanted = {
        "schema", "coder", "report", "events", "recognition", "statements", "silences", "background", "warnings",
    }  # fmt: skip
    assert wanted <= set(properties)
