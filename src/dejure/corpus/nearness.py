"""How near the lead words of two reports are: their cosine, less what is usual with a report of the corpus.

A report is compared at once with all that appear within some days after it, by the lists of reports that have each of
its words; two that lie further apart are compared alone.
"""

from __future__ import annotations

import array
import bisect
import datetime as dt
import math
from collections import defaultdict
from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from dejure.corpus.lead_words import incident_rules

__all__ = ["Nearness"]

_ONE_DAY: Final = dt.timedelta(days=1)
#: How many days ahead reports are compared all at once, and how many pairs of them are kept in memory.
_DAYS_AHEAD: Final = 10
_MOST_KEPT: Final = 20_000_000

Words = array.array


class Nearness:
    """Nearness between reports that are told apart by position.

    Parameters
    ----------
    published : sequence of datetime.date or None
        In order; those without a day come last.
    words : sequence of array of int
        A number for each lead word of a report.
    """

    def __init__(self, published: Sequence[dt.date | None], words: Sequence[Words[int]]) -> None:
        rules = incident_rules()
        self._words = words
        self._dates = [day or dt.date.max for day in published]
        self._dated = sum(day is not None for day in published)
        self._reach = rules["days"]["undated"] * _ONE_DAY
        self._most_reports: int = rules["candidates"]["most_reports"]
        self._ahead = max(_DAYS_AHEAD * _ONE_DAY, self._reach)
        #: Reports that have a word, in order; words that a report shares with each of those after it.
        self._postings: dict[int, Words[int]] = {}
        self._shared: dict[int, Words[int]] = {}
        self._kept = 0
        shares: dict[int, float] = defaultdict(float)
        for number, own in enumerate(words):
            for word in own:
                shares[word] += 1 / math.sqrt(len(own))
                self._postings.setdefault(word, array.array("i")).append(number)
        # A small corpus tells little of what is common: it is filled up with reports that share nothing.
        count = max(len(words), rules["lead"]["least_reports"])
        self._usual = [
            math.fsum(shares[word] for word in own) / math.sqrt(len(own)) / count if own else 0.0 for own in words
        ]
        self._means = np.array(self._usual)
        self._sizes = np.array([float(len(own)) for own in words])

    def of(self, one: int, other: int) -> float:
        """Cosine of the lead words of two reports, less the larger of their means with the corpus; 0 at least."""
        early, late = (one, other) if one < other else (other, one)
        shared = self._shared.get(early) or self._shared_with_later(early)
        away = late - early - 1
        both = shared[away] if away < len(shared) else len(set(self._words[one]).intersection(self._words[other]))
        if not both:
            return 0.0
        usual = max(self._usual[one], self._usual[other])
        return max(both / math.sqrt(len(self._words[one]) * len(self._words[other])) - usual, 0.0)

    def near_later(self, one: int, least: float) -> list[int]:
        """Reports that appeared after a dated one, within the days that a report without an event may tell of."""
        shared = np.frombuffer(self._shared_with_later(one), dtype=np.ushort)
        later = slice(one + 1, one + 1 + len(shared))
        sizes, usual = (
            self._sizes[later] * max(len(self._words[one]), 1),
            np.maximum(self._means[later], self._usual[one]),
        )
        near = np.flatnonzero(shared / np.sqrt(np.maximum(sizes, 1.0)) - usual >= least) + one + 1
        return [late for late in near.tolist() if self._dates[late] - self._dates[one] <= self._reach]

    def share_a_word(self, one: int, other: int) -> bool:
        """Whether two reports have a word that few have of those that appeared about when the first did."""
        begin = bisect.bisect_left(self._dates, self._dates[one] - self._reach)
        end = bisect.bisect_right(self._dates, self._dates[one] + self._reach, hi=self._dated)
        return any(
            bisect.bisect_left(posting, end) - bisect.bisect_left(posting, begin) <= self._most_reports
            for word in set(self._words[one]).intersection(self._words[other]) if (posting := self._postings[word])
        )  # fmt: skip

    def _shared_with_later(self, one: int) -> Words[int]:
        """How many words a report shares with each of those after it that appeared within some days, kept a while."""
        known = self._shared.get(one)
        if known is None:
            if self._kept > _MOST_KEPT:
                self._shared.clear()
                self._kept = 0
            known = self._shared[one] = array.array("H", self._counted(one).astype(np.ushort).tobytes())
            self._kept += len(known)
        return known

    def _counted(self, one: int) -> npt.NDArray[np.intp]:
        ahead = min(dt.date.max - self._dates[one], self._ahead)
        end = bisect.bisect_right(self._dates, self._dates[one] + ahead, hi=max(self._dated, one + 1))
        shared = [
            np.frombuffer(posting, dtype=np.intc)[bisect.bisect_right(posting, one) : bisect.bisect_left(posting, end)]
            for word in self._words[one] if len(posting := self._postings[word]) > 1
        ]  # fmt: skip
        if not shared:
            return np.zeros(end - one - 1, dtype=np.intp)
        return np.bincount(np.concatenate(shared) - (one + 1), minlength=end - one - 1)
