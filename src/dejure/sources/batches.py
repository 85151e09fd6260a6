"""Reports a few at a time, for a coder that reads several at once."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator

from dejure.errors import InputError
from dejure.records import Reject, Report
from dejure.settings import Settings
from dejure.sources.language import require_readable

__all__ = ["AT_ONCE", "in_batches"]

#: How many reports are best coded at once: more save no more time.
AT_ONCE = 16


def in_batches(
    reports: Iterable[Report | Reject], settings: Settings, at_once: int = AT_ONCE
) -> Iterator[list[tuple[Report | Reject, Report | Reject | InputError]]]:
    """Some reports at a time, each with itself, or with why it cannot be read."""
    given = iter(reports)
    while batch := list(itertools.islice(given, at_once)):
        yield [(one, one if isinstance(one, Reject) else _checked(one, settings)) for one in batch]


def _checked(report: Report, settings: Settings) -> Report | InputError:
    try:
        return require_readable(report, settings)
    except InputError as error:
        return error
