"""The HTTP interface, asked by a real client at a real server on loopback."""

from __future__ import annotations

import gzip
import json
import re
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import jsonschema
import pytest
from http_server import API, TOKEN, Served, corpus_of_examples, served
from ledger_items import act
from shared_by_tests import ROOT, Run

from dejure.errors import HTTP_STATUS
from dejure.http.described import components
from dejure.ledger import Ledger


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A ledger with some acts, that contradict each other in part."""
    path = tmp_path_factory.mktemp("ledger") / "mine.ledger"
    with Ledger(path, create=True) as made:
        made.append(
            [
                act("KEN", "kosovo", date="2025-03-26", quote="Kenya recognised it", report="aa"),
                act("KEN", "kosovo", date="2025-03-27", quote="Kenya has recognised Kosovo", report="bb"),
                act("SRB", "kosovo", "refuse", "2025-03-27", quote="never", report="bb"),
            ]
        )
    return str(path)


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return corpus_of_examples(tmp_path_factory.mktemp("corpus"))


@pytest.fixture(scope="module")
def server(ledger: str, corpus: Path) -> Iterator[Served]:
    """A server with everything: a ledger, a corpus, a token."""
    limits = ("requests_per_second=0", "tasks_per_minute=0", "task_seconds=600")
    given = [part for one in limits for part in ("--limit", one)]
    with served("--ledger", ledger, "--corpus", str(corpus), *given, token=TOKEN) as running:
        yield running


@pytest.fixture
def client(server: Served) -> Iterator[httpx.Client]:
    with server.client() as made:
        yield made


WITH_TOKEN = {"authorization": f"Bearer {TOKEN}"}


class TestSameAsTheCommandLine:
    @pytest.mark.parametrize(
        ("address", "arguments"),
        [
            ("/polities/kosovo/standings?on=2025-06-01", ("who", "kosovo", "--on", "2025-06-01")),
            (
                "/polities/kosovo/standings?on=2012-06-01&known=2012-01-01",
                ("who", "kosovo", "--on", "2012-06-01", "--known", "2012-01-01"),
            ),
            ("/polities/kosovo/standings/KEN?on=2025-06-01", ("who", "kosovo", "KEN", "--on", "2025-06-01")),
            (
                "/polities/kosovo/standings/KEN?on=2025-06-01&recorded=2020-01-01",
                ("who", "kosovo", "KEN", "--on", "2025-06-01", "--recorded", "2020-01-01"),
            ),
            (
                "/polities/palestine/count?on=2024-06-01&preset=un&implied=true",
                ("count", "palestine", "--on", "2024-06-01", "--preset", "un", "--implied"),
            ),
            ("/polities/kosovo/claims/KEN", ("claim", "KEN", "kosovo")),
            ("/polities/kosovo/claims/france?act=recognise", ("claim", "france", "kosovo", "--act", "recognise")),
            ("/polities/kosovo/history?limit=1000", ("history", "kosovo")),
            (
                "/polities/kosovo/history?recogniser=KEN&on=2025-03-26",
                ("history", "kosovo", "KEN", "--on", "2025-03-26"),
            ),
            ("/polities/kosovo/contradictions?limit=1000", ("contradictions", "kosovo")),
            (
                "/changes?since=2020-01-01T00:00:00%2B00:00&on=2025-06-01",
                ("diff", "--since", "2020-01-01", "--on", "2025-06-01"),
            ),
            ("/review", ("ledger", "review")),
        ],
    )  # fmt: skip
    def test_json(
        self, client: httpx.Client, dejure: Run, ledger: str, address: str, arguments: tuple[str, ...]
    ) -> None:
        told = client.get(address)
        assert told.status_code == 200, told.text
        assert told.json() == json.loads(dejure(*arguments, "--ledger", ledger, "--json").out)

    def test_board(self, client: httpx.Client, dejure: Run, ledger: str, corpus: Path) -> None:
        told = client.get("/board", params={"entry": "palestine@2025-09-21", "window_days": 10})
        asked = dejure("board", "palestine@2025-09-21", "--window-days", "10", "--format", "json",
                       "--ledger", ledger, "--corpus", corpus)  # fmt: skip
        assert told.json() == json.loads(asked.out)

    def test_reading(self, client: httpx.Client, dejure: Run, tmp_path: Path) -> None:
        report = tmp_path / "report.txt"
        report.write_text((ROOT / "examples/reports/2025-07-03-russia-taliban.txt").read_text("utf-8"), "utf-8")
        told = client.post(
            "/read?published=2025-07-04", content=report.read_bytes(), headers={"content-type": "text/plain"}
        ).json()
        asked = json.loads(dejure("read", report, "--published", "2025-07-04", "--format", "jsonl").out)
        assert told["recognition"]
        for name in ("events", "recognition", "statements", "silences", "background"):
            assert told[name] == asked[name]

    @pytest.mark.slow
    def test_wave(self, client: httpx.Client) -> None:
        told = client.get("/polities/kosovo/wave").json()
        assert told["polity"] == "kosovo"
        assert told["horizons_days"] == [30, 90, 365]

    def test_export(self, client: httpx.Client, dejure: Run, ledger: str, tmp_path: Path) -> None:
        for form in ("csv", "json", "jsonld"):
            file = tmp_path / f"out.{form}"
            assert dejure("ledger", "export", file, "--ledger", ledger).code == 0
            told = client.get(f"/exports/entries.{form}")
            assert told.content == file.read_bytes()
            assert told.headers["content-disposition"] == f'attachment; filename="entries.{form}"'

    def test_panel(self, client: httpx.Client, dejure: Run, ledger: str) -> None:
        told = client.get("/exports/panel.csv", params={"polity": "kosovo", "from": 2007, "to": 2009})
        asked = dejure("ledger", "panel", "kosovo", "--from", "2007", "--to", "2009", "--ledger", ledger)
        assert told.text == asked.out


class TestAnswers:
    def test_answers_fit_their_description(self, client: httpx.Client) -> None:
        schemas = {"components": {"schemas": components()}}
        for address, name in (
            ("/polities", "polities"), ("/polities/kosovo", "polity"), ("/polities/kosovo/standings", "standings"),
            ("/polities/kosovo/count", "count"), ("/polities/kosovo/claims/KEN", "claims"),
            ("/polities/kosovo/history", "history"), ("/polities/kosovo/contradictions", "contradictions"),
            ("/polities/kosovo/stories", "stories"), ("/states/KEN/standings", "state_standings"),
            ("/changes?since=2020-01-01", "changes"), ("/review", "review"), ("/methods", "methods"),
            ("/board?entry=kosovo@2020-01-01", "board"), ("/health", "health"), ("/events", "events"),
        ):  # fmt: skip
            told = client.get(address)
            assert told.status_code == 200, told.text
            jsonschema.validate(told.json(), {"$ref": f"#/components/schemas/{name}", **schemas})

    def test_an_entry_down_to_the_words(self, client: httpx.Client) -> None:
        (claim, *_) = client.get("/polities/kosovo/claims/KEN").json()
        for entry in claim["entries"]:
            assert client.get(f"/entries/{entry['id']}").json() == entry
        assert client.get(f"/entries/{'0' * 32}").status_code == 404

    def test_a_report_of_html(self, client: httpx.Client) -> None:
        page = (
            "<html><head><title>Moscow recognises Taliban</title><script>fetch('http://192.0.2.1/x')</script></head>"
            "<body><article><h1>Moscow recognises Taliban</h1>"
            + "<p>Russia recognised the Taliban government on Thursday, the foreign ministry said in Moscow.</p>" * 3
            + "</article></body></html>"
        )
        told = client.post("/read", content=page, headers={"content-type": "text/html"})
        assert told.status_code == 200, told.text
        assert told.json()["recognition"][0]["act"] == "recognise"

    def test_stories_count_copies_once(self, client: httpx.Client) -> None:
        rows = client.get("/polities/kosovo/stories", params={"limit": 1000}).json()
        reports = [report["id"] for row in rows for report in row["reports"]]
        assert len(reports) == len(set(reports))
        assert {"aa", "bb"} <= set(reports)


class TestEvents:
    def test_pages_hold_each_row_once(self, client: httpx.Client) -> None:
        whole = client.get("/events", params={"limit": 1000}).json()
        assert len(whole) > 5
        seen: list[str] = []
        address: str | None = "/events?limit=3"
        while address:
            told = client.get(address)
            seen += [row["event_id"] for row in told.json()]
            address = told.links["next"]["url"].removeprefix(API) if "next" in told.links else None
        assert seen == [row["event_id"] for row in whole]

    def test_filters(self, client: httpx.Client) -> None:
        whole = client.get("/events", params={"limit": 1000}).json()

        def ids(entities: list[dict[str, str]]) -> set[str | None]:
            return {one["id"] for one in entities} | {one["country"] for one in entities}

        def found(**asked: object) -> list[str]:
            told = client.get("/events", params={"limit": 1000, **asked})
            assert told.status_code == 200, told.text
            return [row["event_id"] for row in told.json()]

        assert found(actor="RUS") == [row["event_id"] for row in whole if "RUS" in ids(row["actor"])] != []
        assert found(recipient="RUS") == [row["event_id"] for row in whole if "RUS" in ids(row["recipient"])]
        one = whole[0]["event_type"]
        assert found(type=one) == [row["event_id"] for row in whole if row["event_type"] == one] != []
        assert found(confidence=0.8) == [row["event_id"] for row in whole if row["confidence"] >= 0.8]
        late = [row["event_id"] for row in whole if (row["latest"] or row["published"]) >= "2025-01-01"]
        assert found(**{"from": "2025-01-01"}) == late != []
        assert found(**{"from": "2025-01-01", "to": "2024-01-01"}) == []

    def test_other_data_sets(self, client: httpx.Client) -> None:
        about = client.get("/corpus/recognition", params={"about": "kosovo"}).json()
        assert {row["recognised"] for row in about} == {"kosovo"}
        assert len(client.get("/corpus/reports").json()) == 14
        refused = client.get("/corpus/reports", params={"confidence": 0.5})
        assert refused.status_code == 422
        assert refused.json()["code"] == "bad_request"


class TestPages:
    def test_pages_of_a_history_hold_each_act_once(self, client: httpx.Client) -> None:
        whole = client.get("/polities/kosovo/history", params={"limit": 1000})
        assert int(whole.headers["x-total-count"]) == len(whole.json())
        seen = []
        address: str | None = "/polities/kosovo/history?limit=17"
        while address:
            told = client.get(address)
            seen += told.json()
            address = told.links["next"]["url"].removeprefix(API) if "next" in told.links else None
        assert seen == whole.json()

    def test_a_page_does_not_shift_when_something_comes_in_before_it(self, tmp_path: Path) -> None:
        path = tmp_path / "growing.ledger"
        with Ledger(path, create=True) as ledger:
            days = [f"20{year}-03-01" for year in range(10, 20)]
            ledger.append([act("KEN", "somaliland", "refuse", day, report=f"r{day}") for day in days])
            with served("--ledger", str(path)) as server, server.client() as client:
                first = client.get("/polities/somaliland/history?recogniser=KEN&limit=4")
                ledger.append([act("KEN", "somaliland", "refuse", "2001-03-01", report="early")])
                second = client.get(first.links["next"]["url"].removeprefix(API))
                assert [one["date"]["earliest"] for one in second.json()] == days[4:8]
                assert second.headers["x-total-count"] == "11"

    @pytest.mark.parametrize("after", ["", "x", "WyJhIl0", "W10", "!!!!", "bnVsbA", "W1sxXV0", "e30", "A" * 999])
    def test_a_place_that_is_none(self, client: httpx.Client, after: str) -> None:
        told = client.get("/events", params={"after": after})
        assert told.status_code == 422
        assert set(told.json()) == {"code", "what", "value", "cure"}


class TestHeaders:
    def test_etag_gives_304_until_something_changes(self, tmp_path: Path) -> None:
        path = tmp_path / "changing.ledger"
        with Ledger(path, create=True) as ledger:
            ledger.append([act("KEN", "kosovo", date="2025-03-26", report="aa")])
            with served("--ledger", str(path)) as server, server.client() as client:
                address, other = (
                    "/polities/kosovo/standings?on=2025-06-01",
                    "/polities/palestine/standings?on=2025-06-01",
                )
                tag, other_tag = client.get(address).headers["etag"], client.get(other).headers["etag"]
                told = client.get(address, headers={"if-none-match": f'"else", {tag}'})
                assert (told.status_code, told.content, told.headers["etag"]) == (304, b"", tag)
                ledger.append([act("KEN", "kosovo", "withdraw", "2025-05-01", report="cc")])
                told = client.get(address, headers={"if-none-match": tag})
                assert told.status_code == 200
                by_id = {one["recogniser"]: one for one in told.json()["standings"]}
                assert by_id["KEN"]["standing"] == "withdrawn"
                assert client.get(other, headers={"if-none-match": other_tag}).status_code == 304

    def test_gzip(self, server: Served) -> None:
        with server.client() as client, client.stream("GET", "/polities/kosovo/standings") as told:
            raw = b"".join(told.iter_raw())
            assert told.headers["content-encoding"] == "gzip"
            assert "accept-encoding" in told.headers["vary"].lower()
        with server.client(headers={"accept-encoding": "identity"}) as client:
            plain = client.get("/polities/kosovo/standings")
            assert "content-encoding" not in plain.headers
            assert gzip.decompress(raw) == plain.content
        with server.client(headers={"accept-encoding": "gzip;q=0"}) as client:
            assert "content-encoding" not in client.get("/polities/kosovo/standings").headers

    @pytest.mark.parametrize("address", ["/polities", "/nothing", "/polities/x/standings", "/metrics", "/read"])
    def test_security(self, client: httpx.Client, address: str) -> None:
        told = client.get(address, headers={"origin": "https://evil.example"})
        assert told.headers["content-security-policy"].startswith("default-src 'none'; frame-ancestors 'none'")
        assert told.headers["x-content-type-options"] == "nosniff"
        assert told.headers["referrer-policy"] == "no-referrer"
        assert not [name for name in told.headers if name.startswith("access-control-")]
        assert "server" not in told.headers

    def test_no_preflight_is_granted(self, client: httpx.Client) -> None:
        asked = {"origin": "https://evil.example", "access-control-request-method": "POST"}
        told = client.options("/judgements", headers=asked)
        assert told.status_code in (403, 405)
        assert not [name for name in told.headers if name.startswith("access-control-")]

    def test_head(self, client: httpx.Client) -> None:
        told = client.head("/polities/kosovo/standings", headers={"accept-encoding": "identity"})
        asked = client.get("/polities/kosovo/standings", headers={"accept-encoding": "identity"})
        assert (told.status_code, told.content) == (200, b"")
        assert told.headers["content-length"] == str(len(asked.content))


class TestErrors:
    @pytest.mark.parametrize(
        ("address", "status", "code"),
        [
            ("/nothing", 404, "not_found"),
            ("/polities/atlantis/standings", 422, "unknown_party"),
            ("/polities/kosovo/standings?on=2024-02-30", 422, "bad_date"),
            ("/polities/kosovo/standings?on=0001-01-01", 422, "bad_date"),
            ("/polities/kosovo/standings?on=9999-12-31", 422, "bad_date"),
            ("/polities/kosovo/standings?on=20240101", 422, "bad_request"),
            ("/polities/kosovo/standings?knwon=2024-01-01", 422, "bad_request"),
            ("/polities/kosovo/count?preset=mine", 400, "settings"),
            ("/polities/kosovo/count?members=nobody", 422, "unknown_party"),
            ("/polities/kosovo/history?act=dance", 422, "bad_request"),
            ("/polities/kosovo/history?limit=1000000000", 422, "bad_request"),
            ("/polities/kosovo/history?limit=-1", 422, "bad_request"),
            ("/board?entry=kosovo@2024-13-01", 422, "bad_date"),
            ("/board?entry=nothing", 404, "missing"),
            ("/entries/..", 404, "not_found"),
            ("/changes?since=yesterday", 422, "bad_date"),
            ("/exports/entries.exe", 422, "bad_request"),
        ],
    )
    def test_the_one_shape(self, client: httpx.Client, address: str, status: int, code: str) -> None:
        told = client.get(address)
        assert (told.status_code, told.json()["code"]) == (status, code), told.text
        assert set(told.json()) == {"code", "what", "value", "cure"}
        assert told.headers["content-type"] == "application/json"

    def test_a_method_that_is_none(self, client: httpx.Client) -> None:
        for method in ("PUT", "DELETE", "PATCH", "OPTIONS"):
            told = client.request(method, "/polities")
            assert (told.status_code, told.json()["code"]) == (405, "not_allowed")

    def test_every_code_has_a_status(self) -> None:
        assert all(400 <= status < 600 for status in HTTP_STATUS.values())

    def test_without_ledger_and_corpus(self, tmp_path: Path) -> None:
        with served(folder=tmp_path) as server, server.client() as client:
            assert client.get("/polities/kosovo/standings?on=2015-01-01").status_code == 200
            assert client.get("/events").json()["code"] == "corpus"
            assert client.get("/review").json()["code"] == "not_found"
            assert client.post("/judgements", json={}).json()["code"] == "ledger_read_only"
            told = client.get("/health").json()
            assert (told["ledger"], told["corpus"], told["writes"]) == (False, False, False)
        assert not list(tmp_path.iterdir())


JUDGEMENT = {
    "verdict": "confirm", "recogniser": "SRB", "polity": "kosovo", "act": "refuse", "dated": "2025-03-27",
    "person": "A. Name", "reason": "read it again",
}  # fmt: skip


class TestWriting:
    @pytest.mark.parametrize("shown", ["", "Bearer", "Bearer wrong", f"Basic {TOKEN}", f"Bearer {TOKEN}x", TOKEN])
    def test_only_with_the_token(self, client: httpx.Client, shown: str) -> None:
        for address, body in (("/judgements", JUDGEMENT), ("/ingest", {"reports": [{"text": "No."}]})):
            told = client.post(address, json=body, headers={"authorization": shown} if shown else {})
            assert (told.status_code, told.json()["code"]) == (401, "unauthorised")
            assert TOKEN not in told.text

    def test_reading_only_is_the_default(self, ledger: str) -> None:
        with served("--ledger", ledger) as server, server.client() as client:
            told = client.post("/judgements", json=JUDGEMENT, headers=WITH_TOKEN)
            assert (told.status_code, told.json()["code"]) == (403, "ledger_read_only")

    def test_ingest_judge_and_ask(self, tmp_path: Path) -> None:
        path = tmp_path / "new.ledger"
        report = {
            "title": "Moscow recognises Taliban", "published": "2025-07-04",
            "text": (ROOT / "examples/reports/2025-07-03-russia-taliban.txt").read_text("utf-8").partition("\n")[2],
        }  # fmt: skip
        address = "/polities/afghanistan-islamic-emirate/claims/RUS"
        with served("--ledger", str(path), token=TOKEN) as server, server.client(headers=WITH_TOKEN) as client:
            before = client.get(address).json()
            told = client.post("/ingest", json={"reports": [report, {"text": ""}]}).json()
            assert (told["reports"], len(told["rejects"])) == (1, 1)
            assert told["added"] >= 2
            assert client.post("/ingest", json={"reports": [report]}).json()["added"] == 0
            after = client.get(address).json()
            assert after != before
            given = {
                **JUDGEMENT, "recogniser": "RUS", "polity": "afghanistan-islamic-emirate", "act": "recognise",
                "dated": "2025-07",
            }  # fmt: skip
            made = client.post("/judgements", json=given).json()
            assert re.fullmatch("[0-9a-f]{32}", made["id"])
            judged = client.get(address).json()
            assert "confirm" in {one["verdict"] for one in judged}
            coding = client.post("/read", json=report).json()
            assert client.post("/ingest", json={"codings": [coding, {"no": "coding"}]}).json()["rejects"]
        with Ledger(path) as ledger:
            assert ledger.acts("afghanistan-islamic-emirate", "RUS")

    def test_a_page_of_another_site_is_refused(self, client: httpx.Client) -> None:
        for headers in ({"origin": "https://evil.example"}, {"sec-fetch-site": "cross-site"}):
            told = client.post("/judgements", json=JUDGEMENT, headers={**WITH_TOKEN, **headers})
            assert (told.status_code, told.json()["code"]) == (403, "forbidden")


class TestLimits:
    def test_rates(self, tmp_path: Path) -> None:
        limits = ("--limit", "requests_per_second=5", "--limit", "burst=10", "--limit", "tasks_per_minute=2")
        with served(*limits, folder=tmp_path) as server, server.client() as client:
            codes = [client.get("/health").status_code for _ in range(30)]
            assert 200 in codes
            assert 429 in codes
            time.sleep(1)
            assert client.get("/health").status_code == 200
            time.sleep(1)
            tasks = [client.post("/read", content=b" ", headers={"content-type": "text/plain"}) for _ in range(3)]
            assert [one.status_code for one in tasks] == [422, 422, 429]
            assert tasks[-1].json()["code"] == "rate_limited"
            assert tasks[-1].headers["retry-after"]

    def test_sizes(self, tmp_path: Path) -> None:
        limits = ("--limit", "body_bytes=20000", "--limit", "report_characters=1000")
        with served(*limits, folder=tmp_path) as server, server.client() as client:
            told = client.post("/read", json={"text": "A word. " * 5000})
            assert (told.status_code, told.json()["code"]) == (413, "too_large")
            chunks = client.post("/read", content=(b"A word. " * 100 for _ in range(100)))
            assert (chunks.status_code, chunks.json()["code"]) == (413, "too_large")
            long = client.post("/read", json={"text": "A word. " * 500})
            assert (long.status_code, long.json()["code"]) == (413, "too_large")

    def test_a_task_that_takes_too_long_is_ended(self, tmp_path: Path) -> None:
        with served("--limit", "task_seconds=1", folder=tmp_path) as server, server.client() as client:
            told = client.get("/polities/kosovo/wave?on=2012-01-01")
            assert (told.status_code, told.json()["code"]) == (504, "timed_out")
            assert client.get("/health").status_code == 200
            assert server.children() == []

    def test_hosts(self, server: Served) -> None:
        for name in ("evil.example", "127.0.0.1.evil.example", "localhost.", ""):
            with server.client(headers={"host": name}) as client:
                told = client.get("/health")
                assert (told.status_code, told.json()["code"]) == (403, "forbidden")
        for name in ("localhost", "LOCALHOST:1", "[::1]:99", "127.0.0.1:80"):
            with server.client(headers={"host": name}) as client:
                assert client.get("/health").status_code == 200

    def test_it_listens_on_loopback_only(self, server: Served) -> None:
        held = (Path("/proc/net/tcp").read_text() + Path("/proc/net/tcp6").read_text()).split()
        places = [one for one in held if one.endswith(f":{server.port:04X}")]
        assert "0100007F" in {one.split(":")[0] for one in places}
        assert not {one.split(":")[0] for one in places} & {"00000000", "0" * 32}


class TestWhileWritten:
    def test_answers_are_right_while_another_process_writes(self, tmp_path: Path) -> None:
        path = tmp_path / "busy.ledger"
        states = ["KEN", "BRA", "IND", "ARG", "MEX", "CHL", "PER", "THA", "VNM", "PHL"]
        with Ledger(path, create=True) as ledger, served("--ledger", str(path)) as server:
            stop = threading.Event()

            def write() -> None:
                for number, state in enumerate(states):
                    ledger.append([act(state, "somaliland", date=f"20{number + 10}-01-01", report=f"r{number}")])
                    time.sleep(0.05)
                stop.set()

            writer = threading.Thread(target=write)
            writer.start()
            numbers = []
            with server.client() as client:
                while not stop.is_set():
                    told = client.get("/polities/somaliland/count?on=2025-01-01")
                    assert told.status_code == 200
                    numbers.append(told.json()["certain"])
                last = client.get("/polities/somaliland/count?on=2025-01-01").json()
            writer.join()
            assert numbers == sorted(numbers)
            assert set(states) <= set(last["certain_ids"])


class TestDescription:
    def test_every_address_is_documented_with_an_example(self, client: httpx.Client) -> None:
        text = (ROOT / "docs" / "http.md").read_text(encoding="utf-8")
        for path, operations in client.get("/openapi.json").json()["paths"].items():
            for method in operations:
                assert f"`{method.upper()} {path}`" in text, f"docs/http.md says nothing of {method} {path}"
            literal = re.escape(path).replace(r"\{", "{").replace(r"\}", "}")
            pattern = re.sub(r"{[^}]+}", r"[^/\\s'?]+", literal)
            assert re.search(rf"curl[^\n]*{pattern}", text), f"docs/http.md has no curl example of {path}"

    def test_every_limit_and_code_is_documented(self) -> None:
        from dataclasses import fields

        from dejure.errors import ServiceError
        from dejure.serving import Limits

        text = (ROOT / "docs" / "http.md").read_text(encoding="utf-8")
        for one in fields(Limits):
            assert f"`{one.name}`" in text
        for kind in ServiceError.__subclasses__():
            assert f"`{kind.code}`" in text

    def test_every_answer_has_an_example_that_fits(self, client: httpx.Client) -> None:
        schemas = {"components": {"schemas": components()}}
        for path, operations in client.get("/openapi.json").json()["paths"].items():
            for operation in operations.values():
                assert operation["description"], path
                for content in operation["responses"]["200"]["content"].values():
                    if content["schema"].get("$ref", "").rpartition("/")[2] in ("text", "file"):
                        continue
                    jsonschema.validate(content["example"], {**content["schema"], **schemas})

    def test_metrics_name_routes_not_what_clients_sent(self, client: httpx.Client) -> None:
        client.get("/polities/hostile%22%0Ax/standings")
        text = client.get("/metrics").text
        assert 'route="/api/v1/polities/{polity}/standings"' in text
        assert "hostile" not in text
        for line in text.splitlines():
            assert re.fullmatch(r'# TYPE \w+ \w+|\w+(\{[^{}"]*("[^"]*"[^"]*)*\})? [\d.e+-]+', line), line
