"""A web server on loopback that behaves badly on request: `python odd_server.py FOLDER` prints its port and serves.

Files of FOLDER stand below `/files/` with an ETag. `log.jsonl` in it keeps every request, `hooks.jsonl` what was
posted; `hook_status` says with what a post is answered, `hook_pause` after how many seconds.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Lock

FEED_TYPE = "application/rss+xml"
FEED = b"""<?xml version="1.0"?><rss version="2.0"><channel><title>The Paper</title>
<item><title>One</title><description>The sea was calm all day. It was fine.</description></item></channel></rss>"""
ROBOTS = b"User-agent: *\nDisallow: /\n\nUser-agent: dejure\nDisallow: /forbidden\nAllow: /forbidden/not\n"
LOCK = Lock()


class Odd(BaseHTTPRequestHandler):
    """Answers by path."""

    protocol_version = "HTTP/1.1"
    folder: Path

    def log_message(self, *_: object) -> None:
        """Nothing on the terminal."""

    def do_GET(self) -> None:
        self._log()
        name = self.path.split("?")[0].strip("/").split("/")[0]
        getattr(self, f"give_{name.replace('.', '_').replace('-', '_')}", self._missing)()

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        status = self.folder / "hook_status"
        code = int(status.read_text()) if status.exists() else 204
        pause = self.folder / "hook_pause"
        time.sleep(float(pause.read_text()) if pause.exists() else 0)
        told = {"code": code, "headers": dict(self.headers.items()), "body": body.decode()}
        with LOCK, (self.folder / "hooks.jsonl").open("a") as file:
            file.write(json.dumps(told) + "\n")
        self._answer(b"", code=code)

    def give_robots_txt(self) -> None:
        own = self.folder / "robots.txt"
        self._answer(own.read_bytes() if own.exists() else ROBOTS, "text/plain")

    def give_feed(self) -> None:
        self._answer(FEED, FEED_TYPE)

    give_forbidden = give_feed

    def give_files(self) -> None:
        path = self.folder / Path(self.path).name
        if not path.exists():
            self._missing()
            return
        data = path.read_bytes()
        tag = f'"{hashlib.sha256(data).hexdigest()[:16]}"'
        if self.headers["If-None-Match"] == tag:
            self._answer(b"", code=304, ETag=tag)
        else:
            kind = "text/html" if path.suffix == ".html" else FEED_TYPE
            self._answer(data, kind, ETag=tag)

    def give_dated(self) -> None:
        stamp = "Mon, 01 Jan 2024 00:00:00 GMT"
        is_same = self.headers["If-Modified-Since"] == stamp
        self._answer(b"" if is_same else FEED, FEED_TYPE, code=304 if is_same else 200, **{"Last-Modified": stamp})

    def give_slow(self) -> None:
        self._begin(FEED_TYPE, {"Content-Length": "1000000"})
        self._drip(b"x", 0.05)

    def give_slow_head(self) -> None:
        self.wfile.write(b"HTTP/1.1 200 OK\r\n")
        self._drip(b"X-Drop: 1\r\n", 0.05)

    def give_endless(self) -> None:
        self._begin(FEED_TYPE, {"Connection": "close"})
        self._drip(b"x" * 65536, 0.0)

    def give_long_head(self) -> None:
        self.wfile.write(b"HTTP/1.1 200 OK\r\nX-Long: ")
        self._drip(b"x" * 65536, 0.0)

    def give_cut(self) -> None:
        self._begin(FEED_TYPE, {"Content-Length": "1000"})
        self.wfile.write(b"short")
        self.close_connection = True

    def give_loop(self) -> None:
        self._redirect("/loop/b" if self.path.endswith("a") else "/loop/a")

    def give_chain(self) -> None:
        number = int(self.path.rsplit("/", 1)[1])
        self._redirect(f"/chain/{number - 1}" if number else "/feed")

    def give_to(self) -> None:
        self._redirect(self.path.partition("?")[2])

    def give_bomb(self) -> None:
        self._answer(gzip.compress(bytes(60_000_000)), FEED_TYPE, **{"Content-Encoding": "gzip"})

    def give_packed(self) -> None:
        self._answer(gzip.compress(FEED), FEED_TYPE, **{"Content-Encoding": "gzip"})

    def give_packed_cut(self) -> None:
        self._answer(gzip.compress(FEED)[:-20], FEED_TYPE, **{"Content-Encoding": "gzip"})

    def give_brotli(self) -> None:
        self._answer(b"x", FEED_TYPE, **{"Content-Encoding": "br"})

    def give_picture(self) -> None:
        self._answer(b"\x89PNG\r\n\x1a\n", "image/png")

    def give_busy(self) -> None:
        self._answer(b"", code=429, **{"Retry-After": "120"})

    def give_broken(self) -> None:
        self._answer(b"", code=502)

    def give_noise(self) -> None:
        self.wfile.write(b"this is no http\r\n\r\n")
        self.close_connection = True

    def give_cookie(self) -> None:
        self._answer(FEED, FEED_TYPE, **{"Set-Cookie": "a=b"})

    def _missing(self) -> None:
        self._answer(b"no", "text/plain", code=404)

    def _redirect(self, place: str) -> None:
        self._answer(b"", code=302, Location=place)

    def _answer(self, body: bytes, kind: str = "text/plain", *, code: int = 200, **headers: str) -> None:
        self._begin(kind, {"Content-Length": str(len(body)), **headers}, code)
        self.wfile.write(body)

    def _begin(self, kind: str, headers: dict[str, str], code: int = 200) -> None:
        self.send_response(code)
        for name, value in {"Content-Type": kind, **headers}.items():
            self.send_header(name, value)
        self.end_headers()

    def _drip(self, piece: bytes, pause: float) -> None:
        end = time.monotonic() + 20
        try:
            while time.monotonic() < end:
                self.wfile.write(piece)
                self.wfile.flush()
                time.sleep(pause)
        except OSError:
            self.close_connection = True

    def _log(self) -> None:
        told = {"path": self.path, "headers": {name.lower(): value for name, value in self.headers.items()}}
        with LOCK, (self.folder / "log.jsonl").open("a") as file:
            file.write(json.dumps(told) + "\n")


if __name__ == "__main__":
    Odd.folder = Path(sys.argv[1])
    server = ThreadingHTTPServer(("127.0.0.1", 0), Odd)
    server.daemon_threads = True
    print(server.server_port, flush=True)
    server.serve_forever()
