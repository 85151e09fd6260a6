"""What holds of every coding, whatever the text."""

from __future__ import annotations

import functools
import json
from collections.abc import Iterator
from typing import Any

import jsonschema
import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from wild_text import SENTENCES, bodies, reports

import dejure
from dejure.coding import code_report
from dejure.errors import InputError
from dejure.records import COMPLETED_ACTS, Coding, Report, json_schema
from dejure.reference.ontology import load_ontology
from dejure.reference.tables import load_polities
from dejure.settings import Settings

LISTS = ("events", "recognition", "statements", "silences", "background")
NEWS = " ".join(SENTENCES)


def code(report: Report) -> Coding | None:
    """The coding, None where the report is told to be unreadable."""
    try:
        return code_report(report, Settings())
    except InputError:
        return None


def walk(value: Any, *path: str) -> Iterator[tuple[tuple[str, ...], dict[str, Any]]]:
    """All dictionaries below a value, with the keys that lead to them."""
    if isinstance(value, dict):
        yield path, value
        for key, one in value.items():
            yield from walk(one, *path, key)
    elif isinstance(value, list):
        for one in value:
            yield from walk(one, *path)


@functools.cache
def validator() -> jsonschema.Draft202012Validator:
    """The published schema."""
    schema = json_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def check_spans(coding: dict[str, Any], report: Report) -> None:
    parts = {"title": report.title, "body": report.body}
    for path, one in walk({name: coding[name] for name in LISTS}):
        if "part" not in one:
            continue
        place = (one["part"], one["start"], one["end"])
        if None in place:
            assert place == (None, None, None), path
            assert "quote" not in one, path
            continue
        words = parts[one["part"]][one["start"] : one["end"]]
        assert 0 <= one["start"] < one["end"] <= len(parts[one["part"]]), path
        assert len(words) == one["end"] - one["start"], path
        if "quote" in one:
            assert one["quote"] == words, path
        elif "name_raw" in one:
            assert one["name_raw"] == words, path


def check_ids(coding: dict[str, Any]) -> None:
    for name in LISTS:
        ids = [record["id"] for record in coding[name]]
        assert len(ids) == len(set(ids)), name
        assert all(len(one) == 16 and int(one, 16) >= 0 for one in ids)
    acts = {record["id"] for record in coding["recognition"]}
    events = {record["id"] for record in coding["events"]}
    assert {record["event"] for record in coding["recognition"]} <= events | {None}
    for name in ("statements", "silences"):
        assert {record["about_record"] for record in coding[name]} <= acts | {None}


def check_confidences(coding: dict[str, Any]) -> None:
    for path, one in walk(coding):
        if "confidence" in one:
            assert 0 <= one["confidence"] <= 1, path
            assert round(one["confidence"], 3) == one["confidence"], path


def check_rules(coding: dict[str, Any]) -> None:
    polities, ontology = load_polities(), load_ontology()
    for one in coding["recognition"]:
        assert one["recognised"]["id"] in polities
        assert (one["recogniser"] is not None) or one["act"] == "demand"
        assert not (one["act"] == "demand" and one["asserted"])
        assert not (one["evidence"]["part"] == "title" and one["asserted"] and one["act"] in COMPLETED_ACTS)
    keys = []
    for one in coding["recognition"]:
        recogniser = one["recogniser"] or {}
        keys.append((recogniser.get("id") or recogniser.get("name"), one["recognised"]["id"], one["act"]))
    assert len(keys) == len(set(keys)), "one record for each (recogniser, polity, act)"
    for one in coding["events"]:
        assert one["actor"]
        assert one["recipient"] or not ontology.types[one["event_type"]].needs_recipient


@settings(max_examples=200)
@given(reports())
def test_every_coding_keeps_the_contract(report: Report) -> None:
    coding = code(report)
    if coding is None:
        return
    plain = coding.to_dict()
    check_spans(plain, report)
    check_ids(plain)
    check_confidences(plain)
    check_rules(plain)
    validator().validate(json.loads(json.dumps(plain)))


@settings(max_examples=40)
@given(reports())
def test_the_same_report_gives_the_same_coding(report: Report) -> None:
    first, second = code(report), code(report)
    assert first == second
    assert first is None or msgspec.json.encode(first) == msgspec.json.encode(second)


@settings(max_examples=40)
@given(reports())
def test_a_coding_survives_json(report: Report) -> None:
    coding = code(report)
    if coding is not None:
        assert msgspec.json.decode(json.dumps(coding.to_dict()), type=Coding) == coding


def shape(coding: Coding, offset: int = 0) -> list[tuple[Any, ...]]:
    """What is told of each record, with the offsets of its evidence."""
    return [
        (name, record.evidence.start - offset, record.evidence.quote, getattr(record, "act", None))
        for name, record in coding.records()
    ]


@settings(max_examples=40)
@given(st.text(alphabet="\n \t", min_size=1, max_size=20), st.permutations(SENTENCES[:8]))
def test_white_space_before_the_news_only_moves_it(space: str, sentences: list[str]) -> None:
    body = "\n".join(sentences)
    plain = code(Report(id="", title="", body=body, published=None, language="en"))
    moved = code(Report(id="", title="", body=f"{space}\n{body}", published=None, language="en"))
    assert plain is not None
    assert moved is not None
    assert shape(moved, len(space) + 1) == shape(plain)


@pytest.mark.parametrize("furniture", ["We use cookies.", "Subscribe", "READ MORE: Ten islands", "© 2025 Island Wire"])
def test_page_furniture_changes_nothing(furniture: str) -> None:
    plain = code(Report(id="", title="", body=NEWS, published=None, language="en"))
    dressed = code(Report(id="", title="", body=f"{NEWS}\n{furniture}\n", published=None, language="en"))
    assert plain is not None
    assert dressed is not None
    assert shape(dressed) == shape(plain)


def test_line_ends_make_no_difference() -> None:
    text = "Fiji recognises Kosovo\n" + "\n".join(SENTENCES) + "\n"
    unix = dejure.read(text, published="2025-09-12")
    for end in ("\r\n", "\r"):
        other = dejure.read(text.replace("\n", end), published="2025-09-12")
        assert shape(other) == shape(unix), repr(end)
        assert other.report.text_sha256 == unix.report.text_sha256


@settings(max_examples=30)
@given(bodies())
def test_the_public_path_raises_nothing_but_its_own_errors(body: str) -> None:
    for found in dejure.read_many([{"id": "wild", "text": body}], published="2025-09-12"):
        assert isinstance(found, dejure.Reject) is False or found.code != "error", found
