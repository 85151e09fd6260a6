"""The watch: what is new is taken once, what changed is told once, whatever happens on the way."""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from html import escape
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import generated_reports as generated
import pytest
import watch_worker
from odd_servers import OddServer, odd_server
from shared_by_tests import Run

import dejure as package
from dejure import Ledger, SettingsError
from dejure.settings import FetchSettings, Settings
from dejure.watch import Rules, Watcher, WatchSettings
from dejure.watch.courier import Courier, pause_after, signature

LOCAL = FetchSettings(allow="127.0.0.0/8", host_seconds=0, seconds=10)
NOW = dt.datetime(2026, 3, 9, 12, tzinfo=dt.UTC)
ATOM = "{http://www.w3.org/2005/Atom}"
TESTS = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def coder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "dejure.coding", watch_worker.as_module())


@pytest.fixture
def server(tmp_path: Path) -> Iterator[OddServer]:
    with odd_server(tmp_path / "served") as found:
        yield found


def entry(told: str, seed: int, **more: str) -> str:
    """An entry with a sentence of ours among others."""
    text = f"{generated.make_report(seed)[0].replace('recognised', 'praised')} {told} It went on."
    extra = "".join(f"<{name}>{escape(value)}</{name}>" for name, value in more.items())
    return (f"<item><title>Report {seed}</title><description>{escape(text)}</description>"
            f"<pubDate>Mon, 02 Mar 2026 08:00:00 GMT</pubDate>{extra}</item>")  # fmt: skip


def write_feed(path: Path, *entries: str, title: str = "The Paper") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(
        f'<?xml version="1.0"?><rss version="2.0"><channel><title>{title}</title>{"".join(entries)}</channel></rss>'
    )
    return path


class Watch:
    """A watch on a ledger of its own."""

    def __init__(self, folder: Path, *feeds: object, **more: Any) -> None:
        self.feeds, self.more = [str(one) for one in feeds], more
        self.out, self.ledger, self.now = folder / "out", folder / "my.ledger", NOW

    def once(self, **more: Any) -> Any:
        options = {**self.more, **more}
        with Ledger(self.ledger, create=True) as ledger:
            watcher = Watcher(
                self.feeds, ledger, WatchSettings(out=self.out, **options), settings=Settings(), fetch=LOCAL,
                now=lambda: self.now,
            )  # fmt: skip
            with watcher.held():
                return watcher.run_pass(last=True)

    def digest(self) -> dict[str, Any]:
        found = json.loads((self.out / f"digest-{self.now.date()}.json").read_text())
        assert isinstance(found, dict)
        return found


def told(done: Any) -> list[tuple[str, str, str]]:
    return [(one.recogniser, one.recognised, one.after.standing) for one in done.news]


KENYA = "Kenya has recognised Somaliland."


def test_a_second_story_tells_what_the_first_did_not(tmp_path: Path) -> None:
    feed = write_feed(tmp_path / "a.rss", entry(KENYA, 1))
    watch = Watch(tmp_path, feed)
    done = watch.once()
    assert (done.items, done.acts, told(done), done.held) == (1, 1, [], 1)
    (held,) = watch.digest()["held"]
    assert held["reasons"] == ["1 of 2 stories"]
    with Ledger(watch.ledger) as ledger:  # it waits where people look
        assert [one.act.recogniser for one in ledger.review()] == ["KEN"]
    # The same text again is no second story.
    write_feed(tmp_path / "a.rss", entry(KENYA, 1), entry(KENYA, 1, guid="again"))
    assert told(watch.once()) == []
    write_feed(tmp_path / "a.rss", entry(KENYA, 1), entry(KENYA, 2))
    done = watch.once()
    assert (told(done), done.held) == ([("KEN", "somaliland", "recognised")], 0)
    (news,) = done.news
    assert (news.stories, news.confidence, news.before.standing) == (2, 0.93, "unknown")
    assert [words.publisher for words in news.words] == ["The Paper"] * 2
    assert told(watch.once()) == []
    assert "Kenya on Somaliland: unknown → recognised" in (watch.out / "digest-2026-03-09.md").read_text()
    root = ElementTree.parse(watch.out / "changes.atom").getroot()
    assert [one.findtext(f"{ATOM}title") for one in root.iter(f"{ATOM}entry")] == [
        "Kenya on Somaliland: unknown → recognised"
    ]


def test_low_confidence_waits_for_a_person(tmp_path: Path) -> None:
    doubtful = KENYA.replace("has", "has perhaps")
    watch = Watch(tmp_path, write_feed(tmp_path / "a.rss", entry(doubtful, 1), entry(doubtful, 2)))
    assert (told(watch.once()), watch.digest()["held"][0]["reasons"]) == ([], ["confidence 0.50 is below 0.80"])
    with Ledger(watch.ledger) as ledger:
        ledger.judge("confirm", "KEN", "somaliland", "recognise", person="A. Person", reason="read it")
    done = watch.once()
    assert told(done) == [("KEN", "somaliland", "recognised")]
    assert done.news[0].verdict == "confirm"


def test_other_thresholds_hold_for_what_is_held(tmp_path: Path) -> None:
    watch = Watch(tmp_path, write_feed(tmp_path / "a.rss", entry(KENYA, 1)))
    assert told(watch.once()) == []
    assert told(watch.once(rules=Rules(stories=1))) == [("KEN", "somaliland", "recognised")]


def test_a_ledger_of_either_engine(tmp_path: Path, new_location: Callable[[], str]) -> None:
    watch = Watch(tmp_path, write_feed(tmp_path / "a.rss", entry(KENYA, 1)))
    watch.ledger = new_location()  # type: ignore[assignment]
    assert watch.once().held == 1
    write_feed(tmp_path / "a.rss", entry(KENYA, 1), entry(KENYA, 2))
    assert told(watch.once()) == [("KEN", "somaliland", "recognised")]
    assert told(watch.once()) == []


def test_what_is_rejected_while_held_is_never_told_and_what_was_told_is_taken_back(tmp_path: Path) -> None:
    ghana = "Ghana has recognised Abkhazia."
    watch = Watch(tmp_path, write_feed(tmp_path / "a.rss", entry(KENYA, 1), entry(ghana, 3), entry(ghana, 4)))
    done = watch.once()
    assert (told(done), done.held) == ([("GHA", "abkhazia", "recognised")], 1)
    with Ledger(watch.ledger) as ledger:
        for who, what in (("KEN", "somaliland"), ("GHA", "abkhazia")):
            ledger.judge("reject", who, what, "recognise", person="A. Person", reason="a hoax")
    done = watch.once()
    assert done.held == 0
    assert [(one.recogniser, one.before.standing) for one in done.news] == [("GHA", "recognised")]
    assert done.news[0].after.standing != "recognised"


def test_an_old_strong_act_does_not_carry_a_new_weak_one(tmp_path: Path) -> None:
    feed = write_feed(tmp_path / "a.rss", entry(KENYA, 1), entry(KENYA, 2))
    watch = Watch(tmp_path, feed)
    assert len(watch.once().news) == 1
    later = entry("Kenya has withdrawn from Somaliland.", 5).replace("02 Mar", "06 Mar")
    write_feed(feed, entry(KENYA, 1), entry(KENYA, 2), later)
    done = watch.once()
    assert (told(done), done.held) == ([], 1)


def test_what_follows_for_a_rival_is_told_too(tmp_path: Path) -> None:
    feed = write_feed(tmp_path / "a.rss", entry("Malta has recognised Taipei.", 1))
    watch = Watch(tmp_path, feed, rules=Rules(stories=1))
    watch.once()
    later = entry("Malta has recognised Beijing.", 2).replace("02 Mar", "06 Mar")
    write_feed(feed, later)
    found = {one.recognised: (one.before.standing, one.after.standing) for one in watch.once().news}
    assert found["taiwan-roc"] == ("recognised", "withdrawn")


def test_what_was_in_the_ledger_before_is_not_told(tmp_path: Path) -> None:
    feed = write_feed(tmp_path / "a.rss", entry(KENYA, 1), entry(KENYA, 2))
    assert len(Watch(tmp_path, feed).once().news) == 1
    again = Watch(tmp_path, feed)
    again.out = tmp_path / "other"
    assert told(again.once()) == []


def test_addresses_are_asked_politely_and_once(tmp_path: Path, server: OddServer) -> None:
    write_feed(server.folder / "a.rss", entry(KENYA, 1), entry("", 2))
    urls = [server.url("/files/a.rss"), server.url("/forbidden"), server.url("/busy"), "http://10.0.0.1/feed"]
    watch = Watch(tmp_path, *urls, rules=Rules(stories=1))
    done = watch.once()
    assert (done.items, told(done)) == (2, [("KEN", "somaliland", "recognised")])
    assert [why.split(" (")[0] for why in done.failures.values()] == [
        "the host's robots.txt forbids it", "the host answered 429",
        "the host resolves to an address that is private, loopback, link-local or reserved",
    ]  # fmt: skip
    with Ledger(watch.ledger) as ledger:
        (act,) = ledger.acts("somaliland", "KEN")
    assert act.entries[0].report is not None
    assert act.entries[0].report.publisher == "The Paper"
    first, second = (json.loads(line) for line in (watch.out / "items-2026-03.jsonl").read_text().splitlines())
    assert (first["feed"], first["locator"], first["acts"]) == (urls[0], f"{urls[0]}:1", 1)
    assert (len(first["sha256"]), first["retrieved_at"][-6:], second["acts"]) == (64, "+00:00", 0)
    state = json.loads((watch.out / "state.json").read_text())
    assert list(state["hosts"]) == ["127.0.0.1"]  # busy for two minutes, for the next process too
    before = len(server.asked())
    assert "asks to wait" in watch.once().failures[urls[0]]
    assert len(server.asked()) == before
    (watch.out / "state.json").write_text(json.dumps(state | {"hosts": {}}))
    done = watch.once()
    assert (done.items, done.unchanged) == (0, 1)
    asked = [one["headers"].get("if-none-match") for one in server.asked() if one["path"] == "/files/a.rss"]
    assert [bool(one) for one in asked] == [False, True]


def test_hosts_that_do_not_answer_hold_up_nobody_else(tmp_path: Path, server: OddServer) -> None:
    write_feed(server.folder / "a.rss", entry(KENYA, 1))
    urls = [server.url("/slow", host=f"slow{n}.example") for n in range(6)] + [server.url("/files/a.rss")]
    with Ledger(tmp_path / "my.ledger", create=True) as ledger:
        watcher = Watcher(
            urls, ledger, WatchSettings(out=tmp_path / "out"), settings=Settings(), fetch=replace(LOCAL, seconds=2),
            resolve=lambda host, port: ["127.0.0.1"],
        )  # fmt: skip
        begin = time.monotonic()
        with watcher.held():
            done = watcher.run_pass(last=True)
    assert time.monotonic() - begin < 9  # and not six times two seconds
    assert (done.items, len(done.failures)) == (1, 6)


def test_pages_are_read_in_place_of_summaries_and_waited_for(tmp_path: Path, server: OddServer) -> None:
    article = f"<p>{generated.make_report(9)[0]}</p><p>{KENYA} It went on.</p>"
    page = f"<html><head><title>Nairobi decides</title></head><body><article>{article}</article></body></html>"
    write_feed(
        server.folder / "a.rss", entry("Nothing yet.", 1, link="/files/page.html"),
        entry("Peru has recognised Abkhazia.", 2, link="/broken"),
        entry("Malta has recognised Abkhazia.", 3, link="/none"),
    )  # fmt: skip
    (server.folder / "page.html").write_text(page)
    watch = Watch(tmp_path, server.url("/files/a.rss"), rules=Rules(stories=1), pages=True)
    done = watch.once()
    # One page is read, one is waited for, one is not there and its summary was read.
    assert (done.items, done.waiting) == (2, 1)
    assert told(done) == [("KEN", "somaliland", "recognised"), ("MLT", "abkhazia", "recognised")]
    assert [note.split(": ")[1].split(";")[0] for note in done.notes] == ["the host answered 404"]
    write_feed(server.folder / "a.rss")  # it is gone from the feed meanwhile
    for waiting in (1, 1, 1, 1, 1, 0):
        assert watch.once().waiting == waiting
        watch.now += dt.timedelta(hours=20)
    with Ledger(watch.ledger) as ledger:
        assert ledger.acts("abkhazia", "PER")  # the summary, in the end


def test_a_webhook_gets_each_change_signed_and_again_until_it_takes_it(tmp_path: Path, server: OddServer) -> None:
    feed = write_feed(tmp_path / "a.rss", entry(KENYA, 1), entry("Peru has recognised Abkhazia.", 2))
    (server.folder / "hook_status").write_text("503")
    watch = Watch(tmp_path, feed, rules=Rules(stories=1), webhook=server.url("/hook"), secret="s3cret")
    done = watch.once()
    assert (len(done.news), done.posted, done.outbox) == (2, 0, 2)
    assert len(server.posted()) == 1  # the first was not taken, so the second was not tried
    assert watch.once().outbox == 2
    assert len(server.posted()) == 1  # it is left alone for a while
    watch.now += dt.timedelta(minutes=2)
    (server.folder / "hook_status").write_text("200")
    done = watch.once()
    assert (done.posted, done.outbox) == (2, 0)
    assert watch.once().posted == 0
    first, *taken = server.posted()
    assert [one["headers"]["X-Dejure-Id"] for one in taken] == [json.loads(one["body"])["id"] for one in taken]
    assert first["body"] == taken[0]["body"]
    for one in server.posted():
        stamp, found = one["headers"]["X-Dejure-Signature"].removeprefix("t=").split(",v1=")
        wanted = hmac.new(b"s3cret", f"{stamp}.{one['body']}".encode(), hashlib.sha256).hexdigest()
        assert found == wanted == signature("s3cret", int(stamp), one["body"].encode())
    assert json.loads(taken[0]["body"])["type"] == "change"


def test_a_webhook_that_is_slow_holds_up_no_pass(tmp_path: Path, server: OddServer) -> None:
    (server.folder / "hook_pause").write_text("4")
    feed = write_feed(tmp_path / "a.rss", entry(KENYA, 1))
    options = WatchSettings(out=tmp_path / "out", rules=Rules(stories=1), webhook=server.url("/hook"))
    with Ledger(tmp_path / "my.ledger", create=True) as ledger:
        watcher = Watcher([str(feed)], ledger, options, settings=Settings(), fetch=LOCAL)
        with watcher.held():
            assert watcher.run_pass().outbox == 1
            begin = time.monotonic()
            assert watcher.run_pass().outbox == 1  # on its way, and not sent a second time
            assert time.monotonic() - begin < 3
            assert (watcher.run_pass(last=True).posted, len(server.posted())) == (1, 1)


def test_a_webhook_that_refuses_is_told_and_given_up(tmp_path: Path, server: OddServer) -> None:
    (server.folder / "hook_status").write_text("400")
    watch = Watch(tmp_path, write_feed(tmp_path / "a.rss", entry(KENYA, 1)), rules=Rules(stories=1),
                  webhook=server.url("/hook"))  # fmt: skip
    for _ in range(6):
        done = watch.once()
        watch.now += dt.timedelta(hours=1)
    assert (len(server.posted()), done.outbox, len(watch.digest()["undelivered"])) == (5, 0, 1)
    assert "X-Dejure-Signature" not in server.posted()[0]["headers"]
    assert [pause_after(n, None) for n in (1, 2, 3, 99)] == [30, 60, 120, 21_600]
    assert pause_after(1, 500.0) == 500


def test_a_webhook_inside_is_not_posted_to() -> None:
    courier = Courier("http://inside.example/", "", FetchSettings(), resolve=lambda host, port: ["10.0.0.1"])
    courier.send([("a", b"{}")])
    (found,) = courier.results(5)
    assert (found.outcome, "private" in found.why) == ("later", True)


def test_bad_entries_and_files_are_told_once(tmp_path: Path) -> None:
    feed = write_feed(tmp_path / "in" / "a.rss", entry(KENYA, 1), "<item><title>Empty</title></item>")
    watch = Watch(tmp_path, feed, tmp_path / "none.rss", tmp_path / "in")
    done = watch.once()
    assert (len(done.rejects), list(done.failures)) == (1, [str(tmp_path / "none.rss")])
    assert watch.digest()["rejects"][0]["code"] == "empty"
    assert watch.digest()["feeds"][0]["feed"].endswith("none.rss")
    write_feed(feed, entry("", 7), entry(KENYA, 1), "<item><title>Empty</title></item>")
    done = watch.once()
    assert (done.items, done.rejects) == (1, [])
    with pytest.raises(SettingsError, match="read what it writes"):
        Watch(tmp_path, tmp_path).once()


def test_nothing_in_a_report_is_markup_in_what_is_written(tmp_path: Path) -> None:
    item = entry(KENYA, 1, link="javascript:alert(1)").replace("Report 1", "&lt;script&gt;")
    feed = write_feed(tmp_path / "a.rss", item, title="[x](http://evil.example) &lt;b&gt;\u202e")
    watch = Watch(tmp_path, feed, rules=Rules(stories=1))
    assert len(watch.once().news) == 1
    digest = (watch.out / "digest-2026-03-09.md").read_text()
    assert "\\[x\\](http" in digest
    assert "<javascript" not in digest
    atom = ElementTree.parse(watch.out / "changes.atom").getroot()
    assert not list(atom.iter(f"{ATOM}link"))


def test_the_folder_is_held_and_of_one_ledger(tmp_path: Path) -> None:
    watch = Watch(tmp_path, write_feed(tmp_path / "a.rss", entry(KENYA, 1)))
    watch.once()
    with Ledger(watch.ledger) as ledger:
        first = Watcher(watch.feeds, ledger, WatchSettings(out=watch.out), settings=Settings(), fetch=LOCAL)
        with first.held(), pytest.raises(SettingsError, match="another watch works"), first.held():
            pass
    watch.ledger = tmp_path / "another.ledger"
    with pytest.raises(SettingsError, match="another ledger"):
        watch.once()
    watch.ledger = tmp_path / "my.ledger"
    for path in tmp_path.glob("my.ledger*"):
        path.unlink()
    with pytest.raises(SettingsError, match="older than its watch"):
        watch.once()
    (watch.out / "state.json").write_text('{"version": 1')
    with pytest.raises(SettingsError, match="cannot be read"):
        watch.once()


def test_the_digest_of_a_past_day_stays_and_is_completed_after_a_kill(tmp_path: Path) -> None:
    ghana = "Ghana has recognised Abkhazia."
    watch = Watch(tmp_path, write_feed(tmp_path / "a.rss", entry(KENYA, 1), entry(ghana, 3), entry(ghana, 4)))
    watch.once()
    path = watch.out / "digest-2026-03-09.json"
    first = path.read_bytes()
    watch.now += dt.timedelta(days=1)
    watch.once()
    assert path.read_bytes() == first
    assert watch.digest()["changes"] == []
    path.unlink()  # as if the kill had come before it was written
    watch.once()
    assert [one["recogniser"] for one in json.loads(path.read_bytes())["changes"]] == ["GHA"]


def test_the_command(tmp_path: Path, dejure: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    feed = write_feed(tmp_path / "a.rss", entry(KENYA, 1), entry(KENYA, 2))
    common = ["watch", feed, "--once", "--ledger", tmp_path / "my.ledger", "--out", tmp_path / "out"]
    found = dejure(*common)
    assert found.code == 0
    assert "2 new items, 2 acts, 1 change told" in found.out
    assert "Kenya on Somaliland: unknown → recognised" in found.out
    found = dejure(*common, "--json")
    assert (found.code, json.loads(found.out)["items"]) == (0, 0)
    assert dejure("watch", tmp_path / "none.rss", *common[2:]).code == 3
    assert dejure("watch", feed, tmp_path / "none.rss", *common[2:]).code == 4
    monkeypatch.delenv("DEJURE_LEDGER", raising=False)
    assert dejure("watch", feed, "--once").code == 2
    assert dejure("watch", feed, "--every", "soon", *common[3:]).code == 2


def _environment(tmp_path: Path, pause: float) -> dict[str, str]:
    source = str(Path(package.__file__).parents[1])
    return {**os.environ, "PYTHONPATH": os.pathsep.join([source, str(TESTS)]), "DEJURE_FETCH_ALLOW": "127.0.0.0/8",
            "DEJURE_FETCH_HOST_SECONDS": "0", "DEJURE_TEST_PAUSE": str(pause),
            "DEJURE_TEST_CODED": str(tmp_path / "coded")}  # fmt: skip


def _all_told(out: Path) -> Counter[str]:
    return Counter(
        f"{one['recogniser']} {one['recognised']}"
        for path in sorted(out.glob("digest-*.json"))
        for one in json.loads(path.read_text())["changes"]
    )


@pytest.mark.slow
def test_killed_at_any_moment_it_neither_loses_nor_repeats(tmp_path: Path, server: OddServer) -> None:
    pairs = [(state, polity) for polity in watch_worker.POLITIES for state in watch_worker.STATES]
    entries = [entry(f"{state} has recognised {polity}.", 10 + n) for n, (state, polity) in enumerate(pairs)]
    more = [entry("", 100 + n) for n in range(20)]
    write_feed(server.folder / "a.rss", *entries[:12], *more[:10])
    second = write_feed(tmp_path / "b.rss", *entries[12:], *more[10:])
    command = [sys.executable, str(TESTS / "watch_worker.py"), "watch", server.url("/files/a.rss"), str(second),
               "--ledger", str(tmp_path / "my.ledger"), "--out", str(tmp_path / "out"), "--stories", "1",
               "--webhook", server.url("/hook")]  # fmt: skip
    draw = random.Random(3)
    kills = 0
    for _ in range(12):
        with subprocess.Popen([*command, "--every", "1s"], env=_environment(tmp_path, 0.02)) as process:
            coded = tmp_path / "coded"
            size = coded.stat().st_size if coded.exists() else 0
            end = time.monotonic() + 15
            # From the first report on where there is one, so that the moment falls into the work.
            while time.monotonic() < end and (coded.stat().st_size if coded.exists() else 0) == size and kills < 6:
                time.sleep(0.01)
            time.sleep(draw.random() * 0.4 if kills < 6 else 1.5 + draw.random())
            process.send_signal(signal.SIGKILL)
            process.wait(10)
            kills += 1
    done = subprocess.run(
        [*command, "--once", "--json"], env=_environment(tmp_path, 0), capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["outbox"] == 0
    wanted = {f"{watch_worker.STATES[state]} {watch_worker.POLITIES[polity]}" for state, polity in pairs}
    assert _all_told(tmp_path / "out") == Counter(wanted)
    with Ledger(tmp_path / "my.ledger") as ledger:
        for polity in watch_worker.POLITIES.values():
            acts = [act for act in ledger.acts(polity) if act.recogniser in watch_worker.STATES.values()]
            assert sorted(act.recogniser or "" for act in acts) == sorted(watch_worker.STATES.values())
            assert all(len(act.entries) == 1 for act in acts)
    lines = [json.loads(one) for path in (tmp_path / "out").glob("items-*") for one in path.read_text().splitlines()]
    assert len({one["key"] for one in lines}) == len(lines) == len(entries) + len(more)
    posted = {json.loads(one["body"])["id"]: json.loads(one["body"]) for one in server.posted()}
    assert Counter(f"{one['recogniser']} {one['recognised']}" for one in posted.values()) == Counter(wanted)
    root = ElementTree.parse(tmp_path / "out" / "changes.atom").getroot()
    assert len({one.findtext(f"{ATOM}id") for one in root.iter(f"{ATOM}entry")}) == len(wanted)


class _Killed(BaseException):
    pass


def test_a_line_that_a_kill_cut_off_is_mended(tmp_path: Path) -> None:
    feed = write_feed(tmp_path / "a.rss", entry(KENYA, 1))
    watch = Watch(tmp_path, feed)
    watch.once()
    log = watch.out / "items-2026-03.jsonl"
    whole = log.read_text()
    log.write_text(whole + '{"key": "ab')
    write_feed(feed, entry(KENYA, 1), entry("", 2))
    watch.once()
    assert log.read_text().startswith(whole)
    assert [len(json.loads(line)) for line in log.read_text().splitlines()] == [13, 13]


@pytest.mark.slow
@pytest.mark.parametrize("after", [False, True])
def test_killed_before_and_after_every_write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, after: bool) -> None:
    """Every place where something becomes lasting, in turn: the state, the files, the ledger."""
    from dejure.ledger.store import Store
    from dejure.watch import outputs, state

    feeds = [write_feed(tmp_path / "a.rss", entry(KENYA, 1), *(entry("", n) for n in range(20, 32))),
             write_feed(tmp_path / "b.rss", entry("Peru has recognised Abkhazia.", 2))]  # fmt: skip
    count = 0
    limit = 1

    def deadly(real: Any) -> Any:
        def call(*arguments: Any, **more: Any) -> Any:
            nonlocal count
            count += 1
            if count == limit and not after:
                raise _Killed
            found = real(*arguments, **more)
            if count == limit:
                raise _Killed
            return found

        return call

    replace, append = deadly(state.replace_file), deadly(Store.append)
    while True:
        folder = tmp_path / f"{limit}"
        folder.mkdir()
        watch = Watch(folder, *feeds, rules=Rules(stories=1))
        count = 0
        with monkeypatch.context() as patch:
            patch.setattr(state, "replace_file", replace)
            patch.setattr(outputs, "replace_file", replace)
            patch.setattr(Store, "append", append)
            try:
                watch.once()
                break
            except _Killed:
                pass
        watch.once()
        assert _all_told(watch.out) == Counter(["KEN somaliland", "PER abkhazia"]), limit
        with Ledger(watch.ledger) as ledger:
            for who, what in (("KEN", "somaliland"), ("PER", "abkhazia")):
                assert [len(act.entries) for act in ledger.acts(what, who)] == [1], limit
        limit += 1
    assert limit > 8
