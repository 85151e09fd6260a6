"""Feeds fetched ahead, several hosts at once, so that a host that does not answer holds up its own feeds alone."""

from __future__ import annotations

import queue
import threading
from collections.abc import Sequence
from concurrent.futures import Future

from dejure.errors import InputError
from dejure.sources.fetch import Fetched, Fetcher, Validators, target_of

__all__ = ["Prefetch"]

_MOST_THREADS = 8


class Prefetch:
    """Fetches feeds; those of one host one after the other.

    Parameters
    ----------
    fetcher : Fetcher
    wanted : sequence of (str, Validators or None)
        Addresses, and what was known of each.
    """

    def __init__(self, fetcher: Fetcher, wanted: Sequence[tuple[str, Validators | None]]) -> None:
        self._fetcher = fetcher
        self._found: dict[str, Future[Fetched]] = {url: Future() for url, _ in wanted}
        hosts: dict[str, list[tuple[str, Validators | None]]] = {}
        for url, known in wanted:
            hosts.setdefault(_host(url), []).append((url, known))
        self._hosts: queue.SimpleQueue[list[tuple[str, Validators | None]]] = queue.SimpleQueue()
        for feeds in hosts.values():
            self._hosts.put(feeds)
        # Daemons, so that Ctrl-C does not wait for a slow host.
        for _ in range(min(_MOST_THREADS, len(hosts))):
            threading.Thread(target=self._work, daemon=True).start()

    def take(self, url: str) -> Fetched:
        """What came of an address, waiting for it.

        Raises
        ------
        FetchError
            As by the fetcher.
        """
        return self._found.pop(url).result()

    def _work(self) -> None:
        while True:
            try:
                feeds = self._hosts.get_nowait()
            except queue.Empty:
                return
            for url, known in feeds:
                future = self._found[url]
                try:
                    future.set_result(self._fetcher.get(url, "feed", known=known))
                except BaseException as error:
                    # Whatever it is, who waits for it must hear of it.
                    future.set_exception(error)


def _host(url: str) -> str:
    try:
        return target_of(url).host
    except InputError:
        return ""  # fetching it will tell
