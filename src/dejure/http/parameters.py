"""What may stand in an address: types of parameters, with limits and examples."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass
from typing import Annotated, Any, Literal

from fastapi import Depends, Path, Query, Request

from dejure.errors import BadDate, BadRequest
from dejure.records import Act
from dejure.when import parse_date

__all__ = [
    "PREFIX",
    "ActName",
    "After",
    "Capacity",
    "ClockParameters",
    "Clocks",
    "Day",
    "EntryId",
    "Limit",
    "On",
    "PolityName",
    "RecogniserName",
    "day_of",
    "instant_of",
    "only_known_parameters",
]

#: Where the interface begins.
PREFIX = "/api/v1"

# Beyond these no table holds anything, and sums of days could leave the calendar.
_FIRST_YEAR, _LAST_YEAR = 1600, 2400
_LONGEST_NAME = 200

Capacity = Literal["state", "government"]

PolityName = Annotated[
    str,
    Path(min_length=1, max_length=_LONGEST_NAME, description="Slug, code or name of a polity.", examples=["kosovo"]),
]
RecogniserName = Annotated[
    str, Path(min_length=1, max_length=_LONGEST_NAME, description="Id, slug or name of a state.", examples=["FRA"])
]
EntryId = Annotated[
    str, Path(pattern="^[0-9a-f]{32}$", description="Id of an entry, as the answers about claims tell it.")
]
Day = Annotated[
    str | None,
    Query(
        min_length=10,
        max_length=10,
        description="YYYY-MM-DD.",
        examples=["2024-06-01"],
        json_schema_extra={"format": "date"},
    ),
]
On = Annotated[
    str | None,
    Query(
        min_length=10,
        max_length=10,
        description="As of this day; today by default.",
        examples=["2024-06-01"],
        json_schema_extra={"format": "date"},
    ),
]
ActName = Annotated[Act | None, Query(description="Only this act.", examples=["recognise"])]
Limit = Annotated[int, Query(ge=1, le=1000, description="Rows of a page.")]
After = Annotated[
    str | None,
    Query(max_length=1000, description="Where the page begins: taken from the header `link` of the one before."),
]


@dataclass(frozen=True, slots=True)
class Clocks:
    """The clocks of a question, read from the address."""

    on: dt.date | None
    known: dt.date | None
    recorded: dt.datetime | None
    capacity: Capacity | None

    def keywords(self) -> dict[str, Any]:
        """As keywords of `Observatory`."""
        return asdict(self)


async def clocks_of(
    on: On = None,
    known: Annotated[
        str | None,
        Query(min_length=10, max_length=10, description="From evidence that was public on this day; all by default.",
              examples=["2010-08-01"], json_schema_extra={"format": "date"}),
    ] = None,
    recorded: Annotated[
        str | None,
        Query(max_length=40, description="As the ledger stood then: an instant, UTC where it names no zone.",
              examples=["2026-01-01T00:00:00+00:00"], json_schema_extra={"format": "date-time"}),
    ] = None,
    capacity: Annotated[Capacity | None, Query(description="As what it is recognised; its own by default.")] = None,
) -> Clocks:  # fmt: skip
    """The clocks of a question."""
    return Clocks(day_of(on, "on"), day_of(known, "known"), instant_of(recorded, "recorded"), capacity)


ClockParameters = Annotated[Clocks, Depends(clocks_of)]


def day_of(text: str | None, name: str) -> dt.date | None:
    """A day of a parameter.

    Raises
    ------
    BadDate
        If it is none, or lies where nothing can be held.
    """
    if text is None:
        return None
    if len(text) != len("2024-06-01") or not text.isascii():
        raise BadDate(f"{name} is not a date", value=text, cure="write it as YYYY-MM-DD")
    day = parse_date(text, what=name)
    if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        raise BadDate(f"{name} is out of range", value=text, cure=f"choose {_FIRST_YEAR} to {_LAST_YEAR}")
    return day


def instant_of(text: str | None, name: str) -> dt.datetime | None:
    """An instant of a parameter; one without a zone is taken as UTC.

    Raises
    ------
    BadDate
        If it is none.
    """
    if text is None:
        return None
    try:
        # A plus sign that was not escaped arrives as a blank.
        found = dt.datetime.fromisoformat(text.replace(" ", "+") if "T" in text else text)
        found = found if found.tzinfo else found.replace(tzinfo=dt.UTC)
        found = found.astimezone(dt.UTC)
    except (ValueError, OverflowError) as error:
        raise BadDate(f"{name} is no instant", value=text, cure="write it as YYYY-MM-DDTHH:MM:SSZ") from error
    if not _FIRST_YEAR <= found.year <= _LAST_YEAR:
        raise BadDate(f"{name} is out of range", value=text, cure=f"choose {_FIRST_YEAR} to {_LAST_YEAR}")
    return found


async def only_known_parameters(request: Request) -> None:
    """Refuse parameters that the address does not have: a misspelt one must not be passed over in silence.

    Raises
    ------
    BadRequest
        If there is one.
    """
    if not request.query_params:
        return
    operations = request.app.openapi()["paths"].get(request.scope["route"].path, {})
    told = operations.get(request.method.lower(), {}).get("parameters", ())
    known = {one["name"] for one in told if one["in"] == "query"}
    for name in request.query_params:
        if name not in known:
            cure = f"this address has {', '.join(sorted(known))}" if known else "this address has none"
            raise BadRequest("there is no such parameter", value=name, cure=cure)
