"""What may go to a terminal: nothing in a report may move the cursor, colour the screen or turn the writing around."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console

__all__ = ["make_console", "safe"]

_REPLACEMENT = "\ufffd"
# C0 controls become their pictures, C1 controls and marks that override the direction of writing the replacement
# character; one for one, so that offsets stay true. Plain direction marks and right-to-left letters stay.
_SAFE: dict[int, str] = {
    **{c: chr(0x2400 + c) for c in range(0x20) if chr(c) not in "\n\t"},
    0x7F: "\u2421",
    **dict.fromkeys(range(0x80, 0xA0), _REPLACEMENT),
    **dict.fromkeys(range(0x202A, 0x202F), _REPLACEMENT),
    **dict.fromkeys(range(0x2066, 0x206A), _REPLACEMENT),
    ord("\t"): " ",
    0x2028: " ",
    0x2029: " ",
    **dict.fromkeys(range(0xD800, 0xE000), _REPLACEMENT),
}


def safe(text: str) -> str:
    """The text, harmless to a terminal and as long as before."""
    return text.translate(_SAFE)


def make_console(file: IO[str] | None = None, *, stderr: bool = False) -> Console:
    """A console that takes text as it is: no markup, no emoji codes, no guessed highlights."""
    from rich.console import Console

    return Console(file=file, stderr=stderr, markup=False, emoji=False, highlight=False, soft_wrap=False)
