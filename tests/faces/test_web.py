"""The pages in a real browser: nothing from elsewhere, nothing that runs, the numbers of the commands, the right words.

Needs a Chromium (`chromium`, or `DEJURE_CHROMIUM`); without one these tests are skipped. With
`DEJURE_SCREENSHOTS=FOLDER` `test_screenshots` writes the pictures of the README there.
"""

from __future__ import annotations

import functools
import json
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
from http_server import corpus_of_examples
from ledger_items import act
from shared_by_tests import Run

from dejure.ledger.store import Store

playwright_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed (extra dev)")
pytest.importorskip("fastapi", reason="the extra web is not installed")

from web_server import EVIL, EVIL_WORDS, GOOD, GOOD_WORDS, TOKEN, fill, serving  # noqa: E402

Page = Any

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_AXE = (Path(__file__).parent.parent / "vendor/axe.min.js").read_text(encoding="utf-8")
#: The pages, and what must be seen on each.
PAGES = {
    "/": "Polities in dispute",
    "/?since=2020-01-01": "New in the record",
    "/search?q=kos": "Kosovo",
    "/polity/kosovo": "Who recognises Kosovo?",
    "/polity/china-prc?on=1972-01-01&members=UN&implied=1": "recognise",
    "/polity/palestine?preset=strict&known=2015-01-01": "On the map",
    "/polity/soviet-union": "It ended on",
    "/state/FRA": "Whom does France recognise?",
    "/claim/KEN/kosovo": "Evidence",
    "/claim/BRA/kosovo": "Evidence",
    "/claim/GNB/kosovo": "Evidence",
    "/board/palestine/2011-01-24?window=60": "How others responded",
    "/events": "No corpus on this server",
    "/review": "To be reviewed",
    "/read": "The report",
    "/methods": "Accuracy, as measured",
    "/nowhere/at/all": "There is no such page",
}


def _chromium() -> str | None:
    named = os.environ.get("DEJURE_CHROMIUM")
    return named or next((found for name in _NAMES if (found := shutil.which(name))), None)


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("web") / "my.ledger"
    fill(path)
    return path


@pytest.fixture(scope="module")
def server(ledger: Path) -> Iterator[str]:
    with serving(ledger) as address:
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    executable = _chromium()
    if executable is None:
        pytest.skip("no Chromium is installed: apt-get install chromium, or name one by DEJURE_CHROMIUM")
    with playwright_api.sync_playwright() as driver:
        # Root has no sandbox in a container.
        made = driver.chromium.launch(executable_path=executable, args=["--no-sandbox"])
        yield made
        made.close()


class Watched:
    """A page, and all that it complained of, ran or asked elsewhere for."""

    def __init__(self, browser: Any, server: str, **options: Any) -> None:
        self.server = server
        self.context = browser.new_context(**{"viewport": {"width": 1280, "height": 900}, **options})
        self.context.set_default_timeout(120_000)  # a forecast or a report takes its time on a busy machine
        self.page = self.context.new_page()
        self.has_scripts = options.get("java_script_enabled", True)
        self.policies: list[str] = []
        self.complaints: list[str] = []
        self.page.on("console", lambda told: self._note(told.type in ("error", "warning"), told.text))
        self.page.on("pageerror", lambda error: self._note(True, str(error)))
        self.page.on("dialog", lambda dialog: self._note(True, f"dialog {dialog.message}"))
        self.page.on("request", lambda request: self._note(not self._is_own(request.url), f"asked {request.url}"))

    def _is_own(self, url: str) -> bool:
        return url.startswith((self.server + "/", "data:image/", "blob:" + self.server))

    def _note(self, is_bad: bool, told: str) -> None:
        # The browser itself tells of a 404 on the console; that is no fault of the page.
        if is_bad and "Failed to load resource: the server responded with a status of 4" not in told:
            self.complaints.append(told)

    def open(self, path: str) -> Page:
        answered = self.page.goto(self.server + path)
        self.policies = [answered.headers.get("content-security-policy", "")] if answered else []
        if self.has_scripts and self.page.locator(".chart script.spec").count():
            self.page.wait_for_selector(".chart[data-drawn]", state="attached")
        return self.page


@pytest.fixture
def watched(browser: Any, server: str) -> Iterator[Watched]:
    made = Watched(browser, server)
    yield made
    made.context.close()


@dataclass(frozen=True)
class Visit:
    """What a visit to a page showed: in the light, in the dark, on a phone."""

    text: str
    complaints: list[str]
    policies: list[str]
    charts: list[str]
    violations: dict[str, list[Any]]
    phone_width: int


@pytest.fixture(scope="module")
def visit(browser: Any, server: str) -> Callable[[str], Visit]:
    """Visits a page, once for all tests."""

    @functools.cache
    def visited(path: str) -> Visit:
        watched = Watched(browser, server, color_scheme="light")
        page = watched.open(path)
        text = page.inner_text("main")
        charts = page.evaluate("[...document.querySelectorAll('.chart')].map(one => one.dataset.drawn)")
        page.evaluate(_AXE)
        violations = {"light": page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]}
        page.emulate_media(color_scheme="dark")
        contrast = "axe.run(document, {resultTypes: ['violations'], runOnly: ['color-contrast']})"
        violations["dark"] = page.evaluate(contrast)["violations"]
        page.set_viewport_size({"width": 390, "height": 844})
        width = page.evaluate("document.documentElement.scrollWidth")
        watched.context.close()
        return Visit(text, watched.complaints, watched.policies, charts, violations, width)

    return visited


@pytest.mark.parametrize("path", PAGES)
def test_a_page_loads_under_the_strict_policy_and_asks_nobody_else(visit: Callable[[str], Visit], path: str) -> None:
    found = visit(path)
    assert PAGES[path] in found.text
    assert found.complaints == []
    assert all("script-src 'self'" in one and "unsafe" not in one for one in found.policies)
    assert set(found.charts) <= {"1"}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing_serious(visit: Callable[[str], Visit], path: str, scheme: str) -> None:
    serious = [
        (one["id"], [(node["target"], node["failureSummary"]) for node in one["nodes"][:3]])
        for one in visit(path).violations[scheme]
        if one["impact"] in ("serious", "critical")
    ]
    assert serious == []


@pytest.mark.parametrize("path", PAGES)
def test_a_phone_scrolls_down_and_never_sideways(visit: Callable[[str], Visit], path: str) -> None:
    assert visit(path).phone_width <= 390


def _counted(dejure: Run, ledger: Path, *arguments: object) -> dict[str, Any]:
    outcome = dejure("count", *arguments, "--ledger", ledger, "--json")
    assert outcome.code == 0
    found: dict[str, Any] = json.loads(outcome.out)
    return found


def _figure(page: Page) -> tuple[int, int]:
    found = page.locator("#figure")
    return int(found.get_attribute("data-certain")), int(found.get_attribute("data-possible"))


def _settle(page: Page) -> None:
    """Wait until the answer stands on the page; the policy forbids the driver's own way of waiting for a condition."""
    page.wait_for_selector(".htmx-request, .htmx-swapping, .htmx-settling, .htmx-added", state="detached")


def _slide(page: Page, name: str, day: str) -> None:
    """Move a slider as a hand does: its place, and the event of moving."""
    with page.expect_response(lambda told: f"{name}={day}" in told.url):
        page.locator(f"input[type=range][data-field={name}]").evaluate(
            "(slider, day) => { slider.value = Date.parse(day + 'T00:00:00Z') / 86400000;"
            " slider.dispatchEvent(new Event('input', {bubbles: true})); }",
            day,
        )
    _settle(page)


def test_sliders_and_switches_give_the_numbers_of_the_command(watched: Watched, dejure: Run, ledger: Path) -> None:
    page = watched.open("/polity/kosovo")
    steps: list[tuple[Any, list[object]]] = [
        (lambda: None, []),
        (lambda: _slide(page, "on", "2010-08-01"), ["--on", "2010-08-01"]),
        (lambda: _slide(page, "known", "2010-07-15"), ["--on", "2010-08-01", "--known", "2010-07-15"]),
    ]
    for move, arguments in steps:
        move()
        told = _counted(dejure, ledger, "kosovo", *arguments)
        assert _figure(page) == (told["certain"], told["possible"])
    # The address holds what is shown, and shows it again.
    assert str(told["certain"]) in page.locator("#status").inner_text()
    again = watched.open(page.url.removeprefix(watched.server))
    assert _figure(again) == (told["certain"], told["possible"])
    assert watched.complaints == []


@pytest.mark.parametrize(
    ("polity", "switches", "arguments"),
    [
        ("kosovo", [("select[name=members]", "UN")], ["--members", "un"]),
        ("kosovo", [("select[name=disputed]", "exclude")], ["--disputed", "exclude"]),
        ("kosovo", [("select[name=disputed]", "only")], ["--disputed", "only"]),
        ("china-prc", [("input[name=implied]", None)], ["--implied"]),
        (
            "palestine",
            [("input[name=inherited]", None), ("select[name=members]", "EU")],
            ["--inherited", "--members", "eu"],
        ),
        (
            "palestine",
            [("input[name=effective]", None), ("input[name=conditional]", None)],
            ["--effective", "--conditional"],
        ),
    ],
)
def test_each_rule_gives_the_number_of_the_command(
    watched: Watched,
    dejure: Run,
    ledger: Path,
    polity: str,
    switches: list[tuple[str, str | None]],
    arguments: list[str],
) -> None:
    page = watched.open(f"/polity/{polity}?on=2020-01-01")
    for place, value in switches:
        with page.expect_response(lambda told: f"/polity/{polity}?" in told.url):
            page.locator(place).check() if value is None else page.locator(place).select_option(value)
        _settle(page)
    told = _counted(dejure, ledger, polity, "--on", "2020-01-01", *arguments)
    assert _figure(page) == (told["certain"], told["possible"])
    shown = {one["rule"]: one for one in told["effects"]}
    assert page.locator("#effects tbody tr").count() == len(shown)


def test_it_is_read_and_asked_without_scripts(browser: Any, server: str, dejure: Run, ledger: Path) -> None:
    watched = Watched(browser, server, java_script_enabled=False)
    page = watched.open("/polity/kosovo")
    assert page.locator("svg.world path").count() > 150
    assert page.locator("svg.grid rect").count() > 190
    page.locator("input[name=on]").fill("2010-08-01")
    page.get_by_role("button", name="Show").click()
    told = _counted(dejure, ledger, "kosovo", "--on", "2010-08-01")
    assert _figure(page) == (told["certain"], told["possible"])
    assert page.locator("details table tbody tr").count() > 20
    watched.context.close()


def test_the_words_are_marked_where_they_stand(watched: Watched) -> None:
    page = watched.open("/claim/KEN/kosovo")
    assert page.locator("blockquote mark").all_inner_texts() == [GOOD_WORDS]
    page.locator("details summary", has_text="The whole text").click()
    assert page.locator("details .text mark").all_inner_texts() == [GOOD_WORDS]
    whole = page.locator("details .text").inner_text()
    assert all(line in whole for line in GOOD[1].split("\n\n"))
    link = page.get_by_role("link", name="https://example.org/kenya")
    assert "noopener" in link.get_attribute("rel")


def test_hostile_reports_run_nothing_and_hide_nothing(watched: Watched) -> None:
    for path in ("/claim/BRA/kosovo", "/review", "/", "/polity/kosovo"):
        page = watched.open(path)
        assert page.evaluate("window.ran") is None
    page = watched.open("/claim/BRA/kosovo")
    marked = page.locator("blockquote mark").inner_text()
    assert marked == EVIL_WORDS.replace("\u202e", "‹U+202E›").replace("\u202c", "‹U+202C›")
    assert EVIL[0] in page.inner_text("main")
    assert "{{ 7 * 7 }} {% raw %}" in page.inner_text("main")
    assert page.locator("main img, main script:not(.spec), main svg").count() == 0
    assert page.locator("a[href^='javascript']").count() == 0
    assert watched.complaints == []


@pytest.mark.parametrize(
    "path",
    [
        "/polity/kosovo?on=0000-00-00",
        "/polity/kosovo?on=99999-01-01",
        "/polity/kosovo?known=9999-12-31",
        "/polity/kosovo?on=<script>window.ran=1</script>",
        "/polity/kosovo?disputed=javascript:alert(1)",
        "/polity/kosovo?preset=%E2%80%AEfoo",
        "/polity/kosovo?members=NOBODY",
        "/polity/a%2Fb%2F..%2F..",
        "/polity/..%2e",
        "/polity/%3Csvg%20onload=window.ran=1%3E",
        "/state/%00",
        "/entry/../../etc/passwd",
        "/entry/e%2F..%2Fvil",
        "/claim/FRA/%E2%80%AEovosok",
        "/board/kosovo/never",
        "/board/kosovo/2008-02-18?window=99999999999",
        "/wave/kosovo?on=1800-01-01",
        "/events?kind=%27%3B--",
        "/review?limit=-1",
        "/review?limit=9999999999999",
        "/static/..%2f..%2fapp.py",
        "/static/SOURCES.toml",
        "/?since=tomorrow",
        "/polity/kosovo?" + "x" * 5000,
    ],
)
def test_bad_addresses_get_a_clear_page(watched: Watched, path: str) -> None:
    answered = watched.page.goto(watched.server + path)
    assert 400 <= answered.status < 500
    told = watched.page.inner_text("main")
    assert "What is wrong" in told
    assert "Traceback" not in told
    assert "dejure/" not in told
    assert watched.page.evaluate("window.ran") is None
    assert watched.complaints == []


def test_the_queue_is_driven_by_keys(watched: Watched) -> None:
    page = watched.open("/review")
    items = page.locator(".item")
    assert items.count() == 4
    page.keyboard.press("j")
    assert items.nth(0).get_attribute("aria-current") == "true"
    page.keyboard.press("j")
    assert items.nth(1).get_attribute("aria-current") == "true"
    page.keyboard.press("r")
    chosen = items.nth(1).locator("input[name=verdict]:checked")
    assert chosen.get_attribute("value") == "reject"
    assert page.evaluate("document.activeElement.name") == "reason"
    page.keyboard.type("jr")  # letters in a field are letters
    assert items.nth(1).locator("input[name=reason]").input_value() == "jr"
    page.keyboard.press("Escape")
    page.locator("#keys-on").uncheck()
    page.locator("body").press("k")
    assert items.nth(1).get_attribute("aria-current") == "true"
    assert watched.complaints == []


def test_a_judgement_needs_the_token_and_changes_the_count(browser: Any, tmp_path: Path, dejure: Run) -> None:
    path = tmp_path / "judged.ledger"
    fill(path)
    with serving(path) as server:
        watched = Watched(browser, server)
        page = watched.open("/polity/kosovo?on=2026-01-01")
        before = _figure(page)
        for token, expected in (("wrong", "The token is not that of this server"), (TOKEN, "Recorded")):
            page = watched.open("/claim/BRA/kosovo")
            page.locator("details summary", has_text="Decide").click()
            page.get_by_label("Reject").check()
            page.get_by_label("Your name").fill("A. Reader <script>")
            page.get_by_label("Why").fill("a forgery")
            page.get_by_label("Token").fill(token)
            page.get_by_role("button", name="Record the judgement").click()
            page.wait_for_load_state("networkidle")
            assert expected.casefold() in page.inner_text("main").casefold()
        page = watched.open("/polity/kosovo?on=2026-01-01")
        assert _figure(page) == (before[0] - 1, before[1] - 1)
        assert watched.complaints == []
        watched.context.close()
    told = _counted(dejure, path, "kosovo", "--on", "2026-01-01")
    assert "BRA" not in told["certain_ids"]


def test_without_a_ledger_there_is_a_clear_page(browser: Any) -> None:
    with serving(None, token=None) as server:
        watched = Watched(browser, server)
        assert "No ledger on this server" in watched.open("/review").inner_text("main")
        assert "only the shipped history" in watched.open("/").inner_text("main")
        assert watched.open("/claim/FRA/kosovo").locator("form[action='/judge']").count() == 0
        assert watched.complaints == []
        watched.context.close()


def test_what_is_too_large_or_broken_gets_a_clear_page(server: str) -> None:
    with httpx.Client(base_url=server, timeout=120, trust_env=False) as client:
        name = "../../<svg onload=alert(1)>\u202etxt.exe"
        answers = [
            client.post("/read", files={"file": (name, b"x " * 1_500_000)}),
            client.post("/read", files={"file": (name, b"GIF89a\x00\x01\x02" * 40)}),
            client.post("/read", files={"file": (name, b"")}, data={"text": ""}),
            client.post("/read", data={"text": "Kenya recognised Kosovo.", "published": "soon"}),
            client.post("/read", content=b"--x\r\nbroken", headers={"content-type": "multipart/form-data; boundary=x"}),
            client.post("/judge", data={"token": TOKEN, "verdict": "erase"}),
            client.post("/judge", data={"token": TOKEN, "verdict": "confirm", "polity": "nowhere", "act": "recognise"}),
            client.post("/judge", data={f"field{number}": "x" for number in range(100)}),
            client.get("/polity/kosovo", headers={"host": "example.org"}),
        ]
    for answer in answers:
        assert 400 <= answer.status_code < 500, answer.text
        assert "What is wrong" in answer.text
        assert "<svg onload" not in answer.text
        assert "unsafe" not in answer.headers["content-security-policy"]


def test_pages_answer_while_the_ledger_is_written(tmp_path: Path) -> None:
    path = tmp_path / "busy.ledger"
    fill(path)
    states = ("GHA", "PER", "FJI", "ZMB", "URY", "NPL")
    with serving(path) as server, Store(str(path)) as store, httpx.Client(base_url=server, timeout=120) as client:
        for number, state in enumerate(states, start=1):
            store.append([act(state, "palestine", date=f"2025-02-0{number}", report=f"r{number}")])
            answers = [client.get("/claim/" + state + "/palestine"), client.get("/polity/palestine"), client.get("/")]
            assert [one.status_code for one in answers] == [200, 200, 200]
            assert f"{number} February 2025" in answers[0].text
            assert f"{number + 4} entries recorded" in answers[2].text


@pytest.mark.slow
def test_events_are_shown_filtered_and_charted(browser: Any, tmp_path: Path) -> None:
    pytest.importorskip("duckdb", reason="the extra analysis is not installed")
    with serving(None, token=None, corpus=corpus_of_examples(tmp_path)) as server:
        watched = Watched(browser, server)
        page = watched.open("/events")
        every = page.locator("tbody tr").count()
        assert page.locator(".chart[data-drawn='1']").count() == 1
        page.get_by_label("Actor").fill("Russia")
        page.get_by_role("button", name="Show").click()
        page.wait_for_selector(".chart[data-drawn]", state="attached")
        some = page.locator("tbody tr")
        told = httpx.get(f"{server}/api/v1/events", params={"actor": "RUS"}, timeout=60, trust_env=False).json()
        assert 0 < some.count() == len(told) < every
        assert watched.open("/events").get_by_role("link", name="Next page").count() == 1
        page.evaluate(_AXE)
        found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
        assert [one["id"] for one in found if one["impact"] in ("serious", "critical")] == []
        assert watched.complaints == []
        watched.context.close()


@pytest.mark.slow
def test_a_forecast_says_how_sure_it_is(watched: Watched) -> None:
    page = watched.open("/wave/kosovo?on=2012-01-01")
    told = page.inner_text("main")
    assert "in four of five cases" in told
    assert "80 % interval" in told
    assert page.locator(".chart[data-drawn='1'] svg").count() == 1
    page.evaluate(_AXE)
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
    assert [one["id"] for one in found if one["impact"] in ("serious", "critical")] == []
    assert watched.complaints == []


@pytest.mark.slow
def test_a_report_is_read_and_every_record_marked(watched: Watched) -> None:
    page = watched.open("/read")
    text = (
        "Ghana recognises Kosovo\nACCRA - Ghana recognised Kosovo on Monday, the foreign minister said. "
        "Serbia condemned the decision. \u202e<script>window.ran = 1</script>\n"
    )
    page.get_by_label("The report").fill(text)
    page.get_by_label("Published on").fill("2012-01-25")
    page.get_by_role("button", name="Read it").click()
    page.wait_for_load_state("networkidle", timeout=90_000)
    assert page.evaluate("window.ran") is None
    body = page.locator("#body").inner_text()
    assert "Serbia condemned the decision. ‹U+202E›<script>window.ran = 1</script>" in body
    records = page.locator(".records .item")
    assert records.count() >= 1
    for place in range(records.count()):
        quote = records.nth(place).locator("mark").inner_text()
        assert quote in body or quote in page.locator("#text").inner_text()
    assert page.locator("#body mark").count() >= 1
    assert watched.complaints == []


@pytest.mark.slow
def test_a_report_is_recorded_with_the_token_alone(tmp_path: Path, dejure: Run) -> None:
    path = tmp_path / "read.ledger"
    fill(path)
    text = "Ghana recognises Palestine\r\nACCRA - Ghana recognised the State of Palestine on Monday.\r\n"
    given = {"text": text, "published": "2012-01-25", "record": "1"}
    with serving(path) as server, httpx.Client(base_url=server, timeout=120, trust_env=False) as client:
        refused = client.post("/read", data={**given, "token": "wrong"})
        taken = client.post("/read", data={**given, "token": TOKEN})
        shown = client.get("/claim/GHA/palestine")
    assert refused.status_code == 401
    assert "Recorded: 1 acts" in taken.text
    assert "Ghana recognised the State of Palestine" in shown.text
    told = json.loads(dejure("claim", "GHA", "palestine", "--ledger", path, "--json").out)
    assert any(one["report"]["published"] == "2012-01-25" for act in told for one in act["entries"] if one["report"])


@pytest.mark.skipif("DEJURE_SCREENSHOTS" not in os.environ, reason="pictures are drawn where DEJURE_SCREENSHOTS says")
@pytest.mark.parametrize(
    ("name", "path", "scheme", "width", "height"),
    [
        ("web_home", "/", "light", 1280, 1000),
        ("web_polity", "/polity/kosovo?on=2010-08-01", "light", 1280, 1480),
        ("web_polity_dark", "/polity/palestine", "dark", 1280, 1480),
        ("web_claim", "/claim/KEN/kosovo", "light", 1280, 900),
        ("web_phone", "/polity/palestine", "light", 390, 1100),
    ],
)
def test_screenshots(
    browser: Any, tmp_path: Path, name: str, path: str, scheme: str, width: int, height: int
) -> None:  # fmt: skip
    folder = Path(os.environ["DEJURE_SCREENSHOTS"])
    fill(tmp_path / "shown.ledger", hostile=False)
    with serving(tmp_path / "shown.ledger") as server:
        watched = Watched(browser, server, color_scheme=scheme, viewport={"width": width, "height": height})
        watched.open(path).screenshot(path=str(folder / f"{name}.png"))
        watched.context.close()
