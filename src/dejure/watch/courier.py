"""The webhook: changes posted as signed JSON by a thread of its own, so that nobody waits for the other side."""

from __future__ import annotations

import hashlib
import hmac
import queue
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from dejure.errors import FetchError, FetchLater
from dejure.settings import FetchSettings
from dejure.sources.fetch import Gate, Resolve, exchange, target_of
from dejure.sources.fetch.fetcher import retry_seconds

__all__ = ["Courier", "Delivery", "pause_after", "signature"]

_FIRST_PAUSE, _LONGEST_PAUSE = 30.0, 6 * 3600.0
_TRY_AGAIN = frozenset({408, 425, 429})


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """What came of one post.

    Parameters
    ----------
    outcome : {"taken", "refused", "later"}
        `refused`: the other side does not want this one. `later`: it could not be asked, or asks to come back.
    """

    news: str
    outcome: Literal["taken", "refused", "later"]
    why: str = ""
    retry_seconds: float | None = None


class Courier:
    """Posts to one address.

    Parameters
    ----------
    url : str
        Checked when it is made; what its host resolves to is checked at each post, as for everything that is fetched.
    secret : str
        Signs what is posted; empty: not signed.
    """

    def __init__(self, url: str, secret: str, settings: FetchSettings, *, resolve: Resolve | None = None) -> None:
        self._target = target_of(url)
        self._secret, self._settings = secret, settings
        self._gate = Gate(settings.allow, resolve)
        self._results: queue.Queue[Delivery] = queue.Queue()
        self._thread: threading.Thread | None = None

    @property
    def is_busy(self) -> bool:
        """Whether it is on its way."""
        return self._thread is not None and self._thread.is_alive()

    def send(self, parcels: Sequence[tuple[str, bytes]]) -> None:
        """Post these, in order, until one cannot be delivered; returns at once."""
        if not self.is_busy and parcels:
            self._thread = threading.Thread(target=self._round, args=(tuple(parcels),), daemon=True)
            self._thread.start()

    def results(self, seconds: float = 0.0) -> list[Delivery]:
        """What came of the posts so far, waiting a while for the first."""
        found: list[Delivery] = []
        try:
            found.append(self._results.get(timeout=seconds) if seconds > 0 else self._results.get_nowait())
            while True:
                found.append(self._results.get_nowait())
        except queue.Empty:
            return found

    def _round(self, parcels: Sequence[tuple[str, bytes]]) -> None:
        for news, body in parcels:
            delivery = self._post(news, body)
            self._results.put(delivery)
            if delivery.outcome == "later":
                return

    def _post(self, news: str, body: bytes) -> Delivery:
        stamp = int(time.time())
        headers = {"Content-Type": "application/json", "Accept": "*/*", "X-Dejure-Id": news}
        if self._secret:
            headers["X-Dejure-Signature"] = f"t={stamp},v1={signature(self._secret, stamp, body)}"
        try:
            answer = exchange(
                self._target, self._gate, self._settings, headers=headers, method="POST", body=body, keep_cut=True
            )
        except FetchError as error:
            pause = error.retry_seconds if isinstance(error, FetchLater) else None
            return Delivery(news=news, outcome="later", why=str(error), retry_seconds=pause)
        except Exception as error:
            # A thread that dies in silence would leave the changes undelivered for ever.
            return Delivery(news=news, outcome="later", why=f"{type(error).__name__}: {error}")
        if 200 <= answer.status < 300:
            return Delivery(news=news, outcome="taken")
        why = f"the webhook answered {answer.status}"
        if answer.status in _TRY_AGAIN or answer.status >= 500:
            pause = retry_seconds(answer.headers.get("retry-after"))
            return Delivery(news=news, outcome="later", why=why, retry_seconds=pause)
        return Delivery(news=news, outcome="refused", why=why)


def signature(secret: str, stamp: int, body: bytes) -> str:
    """HMAC-SHA256 over the time in seconds, a full stop and the body, in hexadecimal."""
    return hmac.new(secret.encode(), f"{stamp}.".encode() + body, hashlib.sha256).hexdigest()


def pause_after(failures: int, asked: float | None) -> float:
    """How long the webhook is left alone after so many failures in a row: doubled each time, or as it asks."""
    doubled = min(_FIRST_PAUSE * 2.0 ** min(max(failures - 1, 0), 20), _LONGEST_PAUSE)
    return max(doubled, asked or 0.0)
