"""The fetcher against a server of our own that behaves badly: a real process on loopback."""

from __future__ import annotations

import shutil
import ssl
import subprocess
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from odd_servers import OddServer, odd_server

from dejure import FetchError, FetchFailed, FetchLater, FetchRefused, SettingsError
from dejure.settings import FetchSettings
from dejure.sources.feeds import read_feed
from dejure.sources.fetch import Fetcher, Gate, joined, target_of
from dejure.sources.fetch.fetcher import retry_seconds
from dejure.sources.fetch.robots import parse_robots

LOCAL = FetchSettings(allow="127.0.0.0/8", host_seconds=0, seconds=10)
QUICK = replace(LOCAL, seconds=0.6)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OddServer]:
    with odd_server(tmp_path_factory.mktemp("odd")) as found:
        yield found


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[OddServer]:
    """One of which nobody has asked anything."""
    with odd_server(tmp_path / "odd") as found:
        yield found


def test_a_feed_keeps_locator_hash_and_time(server: OddServer, settings: object) -> None:
    found = Fetcher(LOCAL).get(server.url("/feed"), "feed")
    assert (found.locator, found.is_unchanged, len(found.sha256)) == (server.url("/feed"), False, 64)
    assert found.retrieved_at.endswith("+00:00")
    (report,) = read_feed(found.body, source=found.locator, settings=settings)  # type: ignore[arg-type]
    assert report.source == server.url("/feed:1")
    own = [one for one in server.asked() if one["path"] == "/feed"][-1]["headers"]
    assert own["user-agent"].startswith("dejure/")
    assert own["accept-encoding"] == "gzip"


@pytest.mark.parametrize("path", ["/slow", "/slow-head"])
def test_who_drips_is_left_after_the_time_allowed(server: OddServer, path: str) -> None:
    begin = time.monotonic()
    with pytest.raises(FetchLater, match="no whole answer within"):
        Fetcher(QUICK).get(server.url(path), "feed")
    assert time.monotonic() - begin < 5


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("/endless", "more than|larger than"), ("/long-head", "no HTTP|larger than"), ("/bomb", "unpacks to more"),
        ("/cut", "cut off"), ("/packed-cut", "cut off"), ("/brotli", "packed in a way"), ("/picture", "content type"),
        ("/noise", "no HTTP"), ("/loop/a", "in a circle"), ("/chain/9", "more than 5 redirects"), ("/none", "404"),
        ("/to", "leads nowhere"),
    ],
)  # fmt: skip
def test_answers_that_are_not_taken(server: OddServer, path: str, told: str) -> None:
    with pytest.raises(FetchFailed, match=told):
        Fetcher(replace(LOCAL, max_bytes=1_000_000)).get(server.url(path), "feed")


def test_redirects_and_packing_within_bounds(server: OddServer) -> None:
    assert Fetcher(LOCAL).get(server.url("/chain/4"), "feed").url == server.url("/feed")
    assert Fetcher(LOCAL).get(server.url("/packed"), "feed").body.startswith(b"<?xml")


@pytest.mark.parametrize(
    "place",
    [
        "http://10.0.0.1/", "http://169.254.169.254/latest/", "http://[::1]/", "http://[::ffff:10.1.1.1]/",
        "http://[64:ff9b::a01:101]/", "http://[2002:a00:1::]/", "http://[fe80::1]/", "http://0x0a.1/", "http://0/",
        "http://192.168.0.1:8080/", "http://[", "//[x]/", "file:///etc/passwd", "gopher://127.0.0.1/", "http://user:secret@127.0.0.1/",
    ],
)  # fmt: skip
def test_redirects_to_where_nobody_may_go(server: OddServer, place: str) -> None:
    with pytest.raises(FetchRefused):
        Fetcher(LOCAL).get(server.url(f"/to?{place}"), "feed")


def test_loopback_is_refused_unless_it_is_allowed(fresh: OddServer) -> None:
    with pytest.raises(FetchRefused, match="private, loopback"):
        Fetcher(FetchSettings()).get(fresh.url("/feed"), "feed")
    with pytest.raises(FetchRefused):
        Fetcher(FetchSettings(allow="10.0.0.0/8")).get(fresh.url("/feed", host="localhost"), "feed")
    assert fresh.asked() == []


def test_a_name_that_changes_its_address_is_caught(fresh: OddServer) -> None:
    """The first look-up allows, the next leads inside: each look-up is checked, and what was checked is asked."""
    answers = [["127.0.0.1"], ["127.0.0.1", "127.0.0.2"], ["10.0.0.7"]]
    asked: list[str] = []

    def resolve(host: str, port: int) -> list[str]:
        asked.append(host)
        return answers[min(len(asked) - 1, len(answers) - 1)]

    fetcher = Fetcher(replace(LOCAL, allow="127.0.0.1/32"), resolve=resolve)
    with pytest.raises(FetchRefused, match=r"news\.example → 127\.0\.0\.2"):  # one of two is enough
        fetcher.get(fresh.url("/feed", host="news.example"), "feed")
    with pytest.raises(FetchRefused, match=r"10\.0\.0\.7"):
        fetcher.get(fresh.url("/feed", host="news.example"), "feed")
    assert fresh.paths() == ["/robots.txt"]
    assert fresh.asked()[0]["headers"]["host"] == f"news.example:{fresh.port}"
    # One look-up an exchange: nobody looks it up again between the check and the connection.
    assert asked == ["news.example"] * 3


def test_a_resolver_that_hangs_or_knows_nothing() -> None:
    def hang(host: str, port: int) -> list[str]:
        time.sleep(5)
        return []

    def fail(host: str, port: int) -> list[str]:
        raise OSError("no such name")

    for resolve, told in ((hang, "too long"), (fail, "cannot be looked up")):
        with pytest.raises(FetchLater, match=told):
            Gate("", resolve).addresses(target_of("http://news.example/"), 0.1)
    with pytest.raises(FetchFailed, match="no address"):
        Gate("", lambda host, port: []).addresses(target_of("http://news.example/"), 1)


@pytest.mark.parametrize("address", ["8.8.8.8", "2606:4700::1111", "64:ff9b::808:808", "2002:808:808::1"])
def test_public_addresses_pass(address: str) -> None:
    gate = Gate("", lambda host, port: [address])
    assert gate.addresses(target_of("https://news.example/"), 1) == [address]


@pytest.mark.parametrize(
    "address", ["127.0.0.1", "100.64.1.1", "198.18.0.1", "224.0.0.1", "255.255.255.255", "::", "::1", "::127.0.0.1",
                "::ffff:127.0.0.1", "fd00::1", "ff02::1", "2001:db8::1", "2001::1", "2002:7f00:1::", "fe80::1%1"]
)  # fmt: skip
def test_other_addresses_do_not(address: str) -> None:
    with pytest.raises(FetchRefused):
        Gate("", lambda host, port: [address]).addresses(target_of("https://news.example/"), 1)


def test_robots_are_kept_and_asked_once(fresh: OddServer) -> None:
    fetcher = Fetcher(LOCAL)
    with pytest.raises(FetchRefused, match=r"robots\.txt"):
        fetcher.get(fresh.url("/forbidden"), "feed")
    with pytest.raises(FetchRefused):  # by a redirect, too
        fetcher.get(fresh.url("/to?/forbidden"), "feed")
    fetcher.get(fresh.url("/forbidden/not"), "feed")
    assert fresh.paths() == ["/robots.txt", "/to?/forbidden", "/forbidden/not"]
    (fresh.folder / "robots.txt").write_bytes(b"User-agent: *\nDisallow: /\n")
    with pytest.raises(FetchRefused):
        Fetcher(LOCAL).get(fresh.url("/feed"), "feed")


def test_the_longest_rule_decides() -> None:
    text = b"""
        User-agent: other\nDisallow: /
        User-agent: *\nDisallow: /
        User-agent: Dejure/9 # us\nUser-agent: third\nDisallow: /a\nAllow: /a/b\nDisallow: /*.php$\nDisallow: /s/*/x
        Allow: /same\nDisallow: /same\nDisallow: /caf%C3%A9\nCrawl-delay: 1.5\nDisallow:
    """
    robots = parse_robots(text, "dejure/1.0")
    wanted = {"/": True, "/a": False, "/a/b/c": True, "/x.php": False, "/x.php?a": True, "/s/1/x2": False,
              "/s/x": True, "/same": True, "/café": False, "/caf%c3%a9": False}  # fmt: skip
    assert {path: robots.allows(path) for path in wanted} == wanted
    assert robots.delay == 1.5
    assert not parse_robots(text, "somebody").allows("/")
    assert parse_robots(b"\xff\xfe nonsense", "dejure").allows("/")
    hard = parse_robots(b"User-agent: *\nDisallow: /" + b"*a" * 2000 + b"$", "dejure")
    begin = time.monotonic()
    assert hard.allows("/" + "a" * 3000 + "b")
    assert time.monotonic() - begin < 1


def test_nothing_is_asked_where_robots_cannot_be_had(tmp_path: Path) -> None:
    with pytest.raises(FetchLater, match=r"robots\.txt cannot be had"):
        Fetcher(QUICK).get("http://127.0.0.1:9/feed", "feed")


def test_what_has_not_changed_is_not_sent_again(fresh: OddServer) -> None:
    (fresh.folder / "a.rss").write_bytes(b"<rss version='2.0'></rss>")
    fetcher = Fetcher(LOCAL)
    for path in ("/files/a.rss", "/dated"):
        first = fetcher.get(fresh.url(path), "feed")
        again = fetcher.get(fresh.url(path), "feed", known=first.validators)
        assert (again.is_unchanged, again.body, again.validators) == (True, b"", first.validators)
    (fresh.folder / "a.rss").write_bytes(b"<rss version='2.0'><channel/></rss>")
    first = fetcher.get(fresh.url("/files/a.rss"), "feed", known=first.validators)
    assert not first.is_unchanged
    # What one address gave is not sent to another.
    fetcher.get(fresh.url("/to?/dated"), "feed", known=replace(first.validators, url=fresh.url("/x")))  # type: ignore[type-var]
    assert "if-none-match" not in fresh.asked()[-1]["headers"]


def test_a_busy_host_is_left_alone(fresh: OddServer) -> None:
    fetcher = Fetcher(LOCAL)
    with pytest.raises(FetchLater, match="429") as told:
        fetcher.get(fresh.url("/busy"), "feed")
    assert told.value.retry_seconds == 120
    for one in (fetcher, Fetcher(LOCAL, waits=fetcher.waits)):  # also by the next process
        with pytest.raises(FetchLater, match="asks to wait"):
            one.get(fresh.url("/feed"), "feed")
    assert fresh.paths() == ["/robots.txt", "/busy"]
    with pytest.raises(FetchLater, match="502"):
        Fetcher(LOCAL).get(fresh.url("/broken"), "feed")


def test_requests_to_one_host_keep_a_distance(fresh: OddServer) -> None:
    (fresh.folder / "robots.txt").write_bytes(b"User-agent: *\nCrawl-delay: 7\n")
    waited: list[float] = []
    fetcher = Fetcher(replace(LOCAL, host_seconds=3), sleep=waited.append)
    fetcher.get(fresh.url("/feed"), "feed")
    fetcher.get(fresh.url("/feed"), "feed")
    assert len(waited) == 2
    assert all(6 < one <= 7 for one in waited)


def test_no_cookie_is_kept(fresh: OddServer) -> None:
    fetcher = Fetcher(LOCAL)
    fetcher.get(fresh.url("/cookie"), "feed")
    fetcher.get(fresh.url("/cookie"), "feed")
    assert all("cookie" not in one["headers"] for one in fresh.asked())


def test_retry_after_in_both_forms() -> None:
    assert retry_seconds("7") == 7
    assert retry_seconds("999999999") == 86_400
    assert retry_seconds("Mon, 01 Jan 2024 00:00:00 GMT") == 0
    assert 86_000 < (retry_seconds("Fri, 01 Jan 2100 00:00:00 GMT") or 0) <= 86_400
    assert [retry_seconds(one) for one in (None, "", "soon", "-3")] == [None] * 4


def test_addresses_that_are_none() -> None:
    for url in (
        "",
        "feed.xml",
        "http://",
        "http://a:b",
        "http://a:99999/",
        "http://x/\r\nHost: y",
        "http://" + "ä" * 80,
    ):
        with pytest.raises(FetchError):
            Gate("", lambda host, port: ["8.8.8.8"]).addresses(target_of(url), 1)
    with pytest.raises(FetchError):
        joined("http://paper.example/", "http://[")
    assert joined("http://paper.example/a/b", "../c") == "http://paper.example/c"
    assert target_of("http://[2606:4700::0001]:80/").authority == "[2606:4700::1]"
    assert target_of("HTTP://Exämple.org:80/ä b?q=ä#top").url == "http://xn--exmple-cua.org/%C3%A4%20b?q=%C3%A4"


def test_settings_of_the_environment() -> None:
    found = FetchSettings.from_environment({"DEJURE_FETCH_SECONDS": "2.5", "DEJURE_FETCH_ALLOW": "10.0.0.0/8, ::1"})
    assert (found.seconds, found.allow) == (2.5, "10.0.0.0/8, ::1")
    for name, value in (
        ("ALLOW", "here"),
        ("SECONDS", "x"),
        ("MAX_BYTES", "1.5"),
        ("USER_AGENT", "a\nb"),
        ("SECONDS", "0"),
    ):
        with pytest.raises(SettingsError):
            FetchSettings.from_environment({f"DEJURE_FETCH_{name}": value})


class _Quiet(BaseHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass

    def do_GET(self) -> None:
        body = b"User-agent: *\n" if self.path == "/robots.txt" else b"<rss version='2.0'/>"
        self.send_response(200)
        self.send_header("Content-Type", "text/xml")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@pytest.mark.skipif(shutil.which("openssl") is None, reason="makes a certificate with openssl")
def test_the_certificate_must_be_of_the_name_that_was_asked(tmp_path: Path) -> None:
    key, cert = tmp_path / "key.pem", tmp_path / "cert.pem"
    made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=news.example",
            "-addext", "subjectAltName=DNS:news.example", "-keyout", str(key), "-out", str(cert)]  # fmt: skip
    subprocess.run(made, check=True, capture_output=True)
    server = HTTPServer(("127.0.0.1", 0), _Quiet)
    ours = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    ours.load_cert_chain(cert, key)
    server.socket = ours.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    trusting = ssl.create_default_context(cafile=str(cert))

    def get(name: str, context: ssl.SSLContext | None) -> bytes:
        fetcher = Fetcher(LOCAL, resolve=lambda host, port: ["127.0.0.1"], context=context)
        return fetcher.get(f"https://{name}:{server.server_port}/", "feed").body

    try:
        assert get("news.example", trusting).startswith(b"<rss")
        for name, context in (("other.example", trusting), ("news.example", None)):
            with pytest.raises(FetchFailed, match="certificate"):
                get(name, context)
    finally:
        server.shutdown()
        server.server_close()
