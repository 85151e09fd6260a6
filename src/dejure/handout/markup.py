"""Text from reports as HTML: nothing in it may run, lead astray or turn the writing around."""

from __future__ import annotations

import html
from urllib.parse import urlsplit

__all__ = ["clean", "link", "text"]

_REPLACEMENT = "\ufffd"
# Controls and marks that override the direction of writing; plain direction marks and right-to-left letters stay.
_SAFE: dict[int, str] = {
    **{code: _REPLACEMENT for code in range(0x20) if chr(code) not in "\n\t"},
    **dict.fromkeys(range(0x7F, 0xA0), _REPLACEMENT),
    **dict.fromkeys(range(0x202A, 0x202F), _REPLACEMENT),
    **dict.fromkeys(range(0x2066, 0x206A), _REPLACEMENT),
    **dict.fromkeys((0xFFFE, 0xFFFF), _REPLACEMENT),
    **dict.fromkeys(range(0xD800, 0xE000), _REPLACEMENT),
}
_LONGEST = 600


def clean(value: object, longest: int = _LONGEST) -> str:
    """One line without controls, cut to a length."""
    line = " ".join(str(value).translate(_SAFE).split())
    return line if len(line) <= longest else line[: longest - 1].rstrip() + "…"


def text(value: object, longest: int = _LONGEST) -> str:
    """As HTML."""
    return html.escape(clean(value, longest))


def link(url: str | None, label: str) -> str:
    """A label that leads to a web address; what is no such address stays text beside it.

    Parameters
    ----------
    url : str or None
    label : str
        As HTML.
    """
    if not url:
        return label
    address = clean(url, 2000)
    try:
        parts = urlsplit(address)
        is_web = parts.scheme in ("http", "https") and bool(parts.hostname) and " " not in address
    except ValueError:
        is_web = False
    if not is_web or _REPLACEMENT in address or len(url) > 2000:
        return f"{label} <span class=address>{text(url, 200)}</span>"
    return f'<a href="{html.escape(address)}" rel="noopener noreferrer nofollow">{label}</a>'
