"""A page before it is written: its template and what it shows."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from starlette.responses import RedirectResponse, Response

from dejure.web.environment import environment
from dejure.web.security import HEADERS

__all__ = ["Page", "redirect"]


@dataclass(frozen=True, slots=True)
class Page:
    """A template, its values, and the status that it is sent with."""

    template: str
    values: dict[str, Any] = field(default_factory=dict)
    status: int = 200

    def render(self) -> str:
        """The HTML."""
        return environment().get_template(self.template).render({"section": "", **self.values})


def redirect(address: str) -> Response:
    """To another page of ours."""
    return RedirectResponse(address, status_code=303, headers=HEADERS)
