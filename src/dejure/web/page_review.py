"""What a person has to look at first, and the judgement that they send."""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from typing import TYPE_CHECKING

from starlette.requests import Request

from dejure.errors import BadRequest, LedgerReadOnly, Unauthorised
from dejure.ledger import Interval
from dejure.ledger.table_import import interval_of
from dejure.web.address import number_of
from dejure.web.rendering import Page

if TYPE_CHECKING:
    from dejure.serving import Observatory

__all__ = ["check_token", "judge", "review"]

_PAGE = 20
_MOST = 500
_VERDICTS = ("confirm", "reject", "redate")


def review(observatory: Observatory, request: Request) -> Page:
    """The queue."""
    limit = number_of(request.query_params.get("limit"), "limit", most=_MOST, default=_PAGE)
    has_ledger = observatory.location is not None
    found = observatory.review_queue(limit=limit + 1)
    return Page("review.html", {
        "section": "review", "has_ledger": has_ledger, "can_judge": observatory.can_write, "items": found[:limit],
        "more": min(limit + _PAGE, _MOST) if len(found) > limit and limit < _MOST else 0,
    })  # fmt: skip


def judge(observatory: Observatory, fields: Mapping[str, str], _: bytes) -> Page:
    """Record a judgement.

    Raises
    ------
    LedgerReadOnly, Unauthorised
        If this server takes none, or not from this person.
    BadRequest, BadDate, BadEntry, UnknownParty
        If it cannot be understood.
    """
    check_token(observatory, fields.get("token", ""))
    verdict = fields.get("verdict", "")
    if verdict not in _VERDICTS:
        raise BadRequest("no such verdict", value=verdict, cure=f"choose one of {', '.join(_VERDICTS)}")
    made = observatory.judge(
        verdict, fields.get("recogniser") or None, fields.get("polity", ""), fields.get("act", ""),
        person=fields.get("person", ""), reason=fields.get("reason", ""), cluster=_cluster(fields.get("dated", "")),
        date=interval_of(fields.get("date", "").strip() or None, "new date") if verdict == "redate" else None,
        capacity=fields.get("capacity") or None,
    )  # fmt: skip
    return Page("judged.html", {"section": "review", "made": made})


def check_token(observatory: Observatory, token: str) -> None:
    """Whether this person may write.

    Raises
    ------
    LedgerReadOnly
        If nobody may.
    Unauthorised
        If the token is another.
    """
    if not observatory.can_write or not observatory.token:
        raise LedgerReadOnly("this server takes no judgements", cure="start it with a ledger and a token")
    if not hmac.compare_digest(token.encode(), observatory.token.encode()):
        raise Unauthorised("the token is not that of this server", cure="ask whoever runs the server for it")


def _cluster(text: str) -> Interval:
    """The dates of the act; without any, those of acts without a date."""
    if text.strip() in ("", ".."):
        return Interval()
    found = interval_of(text, "date of the act")
    assert found is not None
    return found
