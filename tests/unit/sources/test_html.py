from __future__ import annotations

import datetime as dt

import pytest

from dejure.errors import BadDate, InputTooLarge, NoArticle
from dejure.records import Report
from dejure.settings import Settings
from dejure.sources import read_html

PARAGRAPHS = "".join(
    f"<p>Paragraph {n}: Russia said on Thursday that it had recognised the government in Kabul, officials added.</p>"
    for n in range(5)
)
HEAD = (
    "<title>Russia recognises Taliban - Daily Paper</title>"
    '<meta property="og:title" content="Russia recognises Taliban">'
    '<meta property="og:site_name" content="Daily Paper"><link rel="canonical" href="https://paper.example/a1">'
)
DATED = '<meta property="article:published_time" content="2025-07-03T22:10:00Z">'


def page(head: str = HEAD + DATED, body: str = PARAGRAPHS) -> str:
    return (
        f'<!DOCTYPE html><html lang="en"><head>{head}</head><body>'
        '<nav><a href="/">Home</a> <a href="/w">World</a></nav>'
        f"<article><h1>Russia recognises Taliban</h1>{body}</article>"
        "<footer>All rights reserved.</footer></body></html>"
    )


def read(html: str | bytes, settings: Settings, published: dt.date | None = None) -> Report:
    data = html.encode() if isinstance(html, str) else html
    return read_html(data, source="page.html", published=published, settings=settings)


def test_title_date_publisher_and_address(settings: Settings) -> None:
    report = read(page(), settings)
    assert report.title == "Russia recognises Taliban"
    assert report.published == dt.date(2025, 7, 3)
    assert (report.publisher, report.url) == ("Daily Paper", "https://paper.example/a1")
    assert report.extractor.startswith("trafilatura ")


def test_body_is_the_article_without_heading_menu_and_footer(settings: Settings) -> None:
    body = read(page(), settings).body
    assert body.startswith("Paragraph 0: Russia said")
    assert body.count("Paragraph") == 5
    assert not any(word in body for word in ("Home", "World", "All rights"))


def test_a_date_in_the_words_is_not_the_day_of_publication(settings: Settings) -> None:
    report = read(page(HEAD, PARAGRAPHS + "<p>It began on 3 May 2021 in Kabul, they said.</p>"), settings)
    assert report.published is None


def test_the_given_date_comes_first(settings: Settings) -> None:
    assert read(page(), settings, dt.date(2025, 7, 4)).published == dt.date(2025, 7, 4)


def test_a_date_in_the_future_is_refused(settings: Settings) -> None:
    future = '<meta property="article:published_time" content="2150-07-03">'
    with pytest.raises(BadDate, match="future"):
        read(page(HEAD + future), settings)


def test_declared_encoding(settings: Settings) -> None:
    html = page('<meta charset="iso-8859-1">' + HEAD, PARAGRAPHS + "<p>Séjourné said so at the café in Genève.</p>")
    report = read(html.encode("cp1252"), settings)
    assert "Séjourné said so at the café in Genève." in report.body
    assert report.extractor.endswith("; windows-1252 declared")


def test_xhtml_with_an_xml_declaration(settings: Settings) -> None:
    assert read('<?xml version="1.0" encoding="utf-8"?>\n' + page(), settings).title == "Russia recognises Taliban"


@pytest.mark.parametrize(
    "html",
    [
        "<html><body></body></html>",
        "<html><head><title>Home</title></head><body><nav>"
        + "".join(f'<a href="/{n}">Link {n}</a>' for n in range(60))
        + "</nav></body></html>",
        "<html><head><title>Log in</title></head><body><form><input><button>Log in</button></form></body></html>",
        "<p",
        "<html>" + "<div>" * 50_000 + PARAGRAPHS,
    ],
    ids=["empty", "menu", "form", "fragment", "deep"],
)
def test_no_article(html: str, settings: Settings) -> None:
    with pytest.raises(NoArticle):
        read(html, settings)


def test_a_page_of_too_many_elements_is_refused_before_it_is_parsed(settings: Settings) -> None:
    with pytest.raises(InputTooLarge, match="elements"):
        read("<html><body>" + "<b>x</b>" * 200_000, settings)
