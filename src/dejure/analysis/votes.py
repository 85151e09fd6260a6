"""How often two members of the General Assembly voted alike.

Agreement of a pair is one minus the mean distance of their votes (yes 1, abstention 1/2, no 0) over the roll calls of
the five years before, as in Lijphart's index of agreement (1963).
"""

from __future__ import annotations

import functools
import gzip
from importlib import resources

import numpy as np
import numpy.typing as npt

from dejure.errors import ReferenceTableError

__all__ = ["agreement", "attendance", "members"]

Array = npt.NDArray[np.float64]

#: Roll calls of so many years before the year asked for.
WINDOW_YEARS = 5
#: A pair with fewer common roll calls has no agreement.
LEAST_COMMON = 15

_FILE = "general_assembly_votes.csv.gz"


@functools.cache
def _votes() -> tuple[tuple[str, ...], npt.NDArray[np.int64], npt.NDArray[np.uint8]]:
    """Members, year of each roll call, and its signs as bytes, (roll calls, members)."""
    try:
        raw = resources.files("dejure.reference").joinpath("data", _FILE).read_bytes()
    except FileNotFoundError as error:
        raise ReferenceTableError(
            "a reference table is missing", value=_FILE, cure="install the package again"
        ) from error
    head, *lines = gzip.decompress(raw).decode("utf-8").splitlines()
    years = np.array([int(line[:4]) for line in lines])
    signs = np.frombuffer("".join(line[5:] for line in lines).encode(), dtype=np.uint8)
    return tuple(head.split(",", 1)[1].split("|")), years, signs.reshape(len(lines), -1)


def members() -> tuple[str, ...]:
    """Columns of the table, in its order."""
    return _votes()[0]


def _window(year: int) -> npt.NDArray[np.uint8]:
    """Signs of the years before; after the last year of the table its last years stand."""
    _, years, signs = _votes()
    last = min(year - 1, int(years.max()))
    return signs[(years > last - WINDOW_YEARS) & (years <= last)]


@functools.lru_cache(maxsize=128)
def agreement(year: int) -> Array:
    """Agreement of each pair as known at the start of a year.

    Parameters
    ----------
    year : int

    Returns
    -------
    array of shape (members, members)
        Between 0 and 1; not a number where too few roll calls are common.
    """
    signs = _window(year)
    yes, abstained, no = ((signs == ord(sign)).astype(np.float32) for sign in "yan")
    present = yes + abstained + no
    common = present.T @ present
    one_apart = yes.T @ no
    half_apart = abstained.T @ (yes + no)
    distance = one_apart + one_apart.T + 0.5 * (half_apart + half_apart.T)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(common >= LEAST_COMMON, 1.0 - distance / common, np.nan).astype(np.float64)


@functools.lru_cache(maxsize=128)
def attendance(year: int) -> Array:
    """Share of the roll calls before a year in which each member voted, between 0 and 1."""
    signs = _window(year)
    if len(signs) == 0:
        return np.zeros(len(members()))
    return np.asarray((signs != ord(".")).mean(axis=0), dtype=np.float64)
