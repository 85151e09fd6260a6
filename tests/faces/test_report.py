"""`dejure report`: one file that holds everything, runs nothing and loads nothing."""

from __future__ import annotations

import json
import re
import shutil
from html.parser import HTMLParser
from pathlib import Path

import pytest
from ledger_items import act
from shared_by_tests import Run

from dejure.ledger import Ledger
from dejure.ledger.entries import SourceReport
from dejure.ledger.parties import name_of

pytest.importorskip("scipy")

_LARGEST_BYTES = 3_000_000
_HOSTILE = '</p><script>alert(1)</script><img src=x onerror=alert(2)> \u202eevil\u202c & "quoted" \x1b[31m'


@pytest.fixture(autouse=True)
def _no_ledger_of_the_user(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DEJURE_LEDGER", raising=False)


class _Page(HTMLParser):
    """Elements, addresses and words of a page, as a browser would find them."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str, str]] = []
        self.ids: list[str] = []
        self.words: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(tag, name, value or "") for name, value in attrs]
        self.ids += [value or "" for name, value in attrs if name == "id"]

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())

    def values(self, name: str) -> list[str]:
        return [value for _, found, value in self.attributes if found == name]


def _written(dejure: Run, folder: Path, *arguments: object) -> str:
    target = folder / "page.html"
    found = dejure("report", *arguments, "-o", target)
    assert (found.code, found.err) == (0, "")
    return target.read_bytes().decode("utf-8")


@pytest.fixture
def hostile(tmp_path: Path) -> str:
    """A ledger whose words, title, publisher and address come from somebody who means ill."""
    path = tmp_path / "hostile.ledger"
    bad = act("KEN", "kosovo", date="2025-03-26", quote=_HOSTILE, report="bad")
    web = act("SUR", "kosovo", date="2025-03-27", quote="Suriname recognised it", report="web")
    with Ledger(path, create=True) as made:
        for entry, url in ((bad, "javascript:alert(3)"), (web, 'https://news.example/a?"onclick=alert(4)')):
            report = SourceReport(
                id=entry.report.id if entry.report else "", title=_HOSTILE, publisher=_HOSTILE, url=url,
                published=entry.known_at.latest,
            )  # fmt: skip
            object.__setattr__(entry, "report", report)
            made.append([entry])
    return str(path)


@pytest.mark.parametrize(
    ("polity", "on", "extra"),
    [
        ("kosovo", "2010-08-01", ()),
        ("kosovo", "2018-06-01", ("--preset", "strict")),
        ("palestine", "2024-06-01", ("--preset", "broad")),
        ("china-prc", "1975-01-01", ("--preset", "relations")),
        ("kosovo", "2015-01-01", ("--known", "2010-01-01")),
    ],
)
def test_numbers_are_those_of_the_count(
    dejure: Run, tmp_path: Path, polity: str, on: str, extra: tuple[str, ...]
) -> None:
    count = json.loads(dejure("count", polity, "--on", on, *extra, "--json").out)
    page = _written(dejure, tmp_path, polity, "--on", on, *extra)
    text = _Page(page).text
    shown = str(count["certain"])
    if count["certain"] != count["possible"]:
        shown += f"–{count['possible']}"
    assert f"{shown} recognise it" in text
    for heading, ids in (
        ("Recognises it", "certain_ids"),
        ("Possibly: the sources leave it open", "only_possible_ids"),
    ):
        if count[ids]:
            assert f"{heading} ({len(count[ids])})" in text
    table = page.split("<section id=states>")[1].split("</section>")[0]
    assert all(name_of(one).replace("'", "&#x27;") in table for one in count["certain_ids"])
    assert f"at the end {count['certain']} certain, {count['possible']} possible" in page


def test_it_is_whole_and_small(dejure: Run, tmp_path: Path) -> None:
    page = _written(dejure, tmp_path, "kosovo", "--on", "2026-01-01")
    found = _Page(page)
    assert len(page.encode()) < _LARGEST_BYTES
    for heading in ("Summary", "Map", "Over time", "Where each stands", "Sources", "Method", "Limits", "Citation"):
        assert heading in found.text
    assert "withdrawn according to Serbia" in found.text
    assert "@misc{dejure-kosovo-2026-01-01" in page
    assert len(found.ids) == len(set(found.ids))
    local = [value[1:] for value in found.values("href") if value.startswith("#")]
    assert local
    assert set(local) <= set(found.ids)
    assert "prefers-color-scheme:dark" in page
    assert "@media print" in page
    assert found.tags.count("svg") > 3


def test_nothing_is_loaded_and_nothing_runs(dejure: Run, tmp_path: Path, hostile: str) -> None:
    page = _written(dejure, tmp_path, "kosovo", "--on", "2026-01-01", "--ledger", hostile)
    found = _Page(page)
    never = {"script", "img", "iframe", "link", "object", "embed", "form", "base", "video", "audio", "image", "use"}
    assert not never & set(found.tags)
    assert not found.values("src")
    assert not [name for _, name, _ in found.attributes if name.startswith("on")]
    assert not re.findall(r"@import|url\((?!#)", page)
    assert "default-src 'none'" in page
    away = [value for value in found.values("href") if not value.startswith("#")]
    assert all(value.startswith(("http://", "https://")) for value in away)
    anchors = [value for tag, name, value in found.attributes if (tag, name) == ("a", "rel")]
    assert len(anchors) == len(away)
    assert all("noopener" in value and "noreferrer" in value for value in anchors)


def test_hostile_words_stay_words(dejure: Run, tmp_path: Path, hostile: str) -> None:
    page = _written(dejure, tmp_path, "kosovo", "--on", "2026-01-01", "--ledger", hostile)
    found = _Page(page)
    assert "<script>alert(1)</script>" in found.text  # as words
    assert "javascript:alert(3)" in found.text
    assert not [value for value in found.values("href") if "javascript" in value]
    assert not re.search("[\u202a-\u202e\u2066-\u2069\x00-\x08\x0b-\x1f\x7f-\x9f]", page)
    assert "bdi" in found.tags


def test_quotes_carry_their_source(dejure: Run, tmp_path: Path, hostile: str) -> None:
    page = _written(dejure, tmp_path, "kosovo", "--on", "2026-01-01", "--ledger", hostile)
    quote = page.split("Suriname recognised it")[1].split("</blockquote>")[0]
    number = re.findall(r"#s(\d+)", quote)[0]
    source = page.split(f"id=s{number} ")[1].split("</li>")[0]
    assert "https://news.example/" in source


def test_same_ledger_same_bytes(dejure: Run, tmp_path: Path, hostile: str) -> None:
    first = _written(dejure, tmp_path, "kosovo", "--on", "2026-01-01", "--ledger", hostile)
    again = dejure("report", "kosovo", "--on", "2026-01-01", "--ledger", hostile, "-o", "-")
    assert again.out == first
    assert str(tmp_path) not in first


def test_states_that_did_not_exist_are_not_drawn(dejure: Run, tmp_path: Path) -> None:
    text = _Page(_written(dejure, tmp_path, "china-prc", "--on", "1975-01-01")).text
    assert "South Sudan" not in text
    assert "Czechoslovakia" in text


def test_one_that_nothing_is_held_about(dejure: Run, tmp_path: Path) -> None:
    text = _Page(_written(dejure, tmp_path, "transnistria", "--on", "2000-01-01")).text
    assert "nobody is known to have recognised" in text


def test_bad_use(dejure: Run, tmp_path: Path) -> None:
    assert dejure("report", "kosovo").code == 2
    assert "neither .html nor .pdf" in dejure("report", "kosovo", "-o", tmp_path / "page.docx").err
    assert "cannot be written" in dejure("report", "kosovo", "-o", tmp_path / "none" / "page.html").err
    assert dejure("report", "ruritania", "-o", tmp_path / "page.html").code == 3


class TestPdf:
    def test_no_browser(self, dejure: Run, tmp_path: Path) -> None:
        found = dejure("report", "kosovo", "-o", tmp_path / "a.pdf", "--browser", "no-such-browser")
        assert found.code == 6
        assert "no Chromium or Chrome is installed" in found.err
        assert not (tmp_path / "a.pdf").exists()

    def test_a_browser_that_fails(self, dejure: Run, tmp_path: Path) -> None:
        broken = tmp_path / "broken"
        broken.write_text("#!/bin/sh\necho no display >&2\nexit 3\n")
        broken.chmod(0o755)
        found = dejure("report", "kosovo", "-o", tmp_path / "a.pdf", "--browser", broken)
        assert found.code == 6
        assert "no display" in found.err
        assert not (tmp_path / "a.pdf").exists()

    @pytest.mark.slow
    @pytest.mark.skipif(
        not any(map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), reason="no browser is installed"
    )
    def test_a_real_one(self, dejure: Run, tmp_path: Path) -> None:
        first, again = tmp_path / "a.pdf", tmp_path / "b.pdf"
        assert dejure("report", "kosovo", "--on", "2020-01-01", "-o", first, "-o", again).code == 0
        assert first.read_bytes().startswith(b"%PDF-")
        assert len(first.read_bytes()) < _LARGEST_BYTES
        assert b"D:20200101000000" in first.read_bytes()
        assert first.read_bytes() == again.read_bytes()


def test_very_many_acts_still_make_a_small_page(dejure: Run, tmp_path: Path) -> None:
    path = tmp_path / "many.ledger"
    names = ("FRA", "BRA", "KEN", "SRB", "ESP", "NGA")
    with Ledger(path, create=True) as made:
        made.append(
            act(
                names[number % 6], "kosovo", ("recognise", "refuse", "consider")[number % 3],
                f"{2009 + number % 15}-{1 + number % 12:02}-{1 + number % 28:02}", quote=f"{number} {'x' * 700}",
                report=f"r{number}",
            )
            for number in range(3000)
        )  # fmt: skip
    page = _written(dejure, tmp_path, "kosovo", "--on", "2024-01-01", "--ledger", path)
    assert len(page.encode()) < _LARGEST_BYTES
    assert "2700 more are in the ledger" in page
