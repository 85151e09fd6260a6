"""How to cite a report: BibTeX that names the software, the tables and the state of the ledger."""

from __future__ import annotations

import re

from dejure.handout.facts import Handout
from dejure.handout.markup import clean
from dejure.version import __version__

__all__ = ["bibtex"]


def bibtex(found: Handout) -> str:
    """Two entries: this report, and the software."""
    count = found.count
    number = f"{count.certain}" if count.certain == count.possible else f"{count.certain}--{count.possible}"
    known = f", as known on {found.clock.known}" if found.clock.known else ""
    key = f"dejure-{found.polity.slug}-{found.clock.on}"
    ledger = f"; ledger of {found.head}" if found.head else "; shipped history alone"
    return "\n".join(
        [
            f"@misc{{{key},",
            "  author = {{The dejure authors}},",
            f"  title = {{Who recognises {_plain(found.polity.name)}? {number} on {found.clock.on}{known}}},",
            f"  year = {{{found.clock.on.year}}},",
            f"  note = {{dejure {__version__}; reference tables {found.reference[:16]}{ledger}}}",
            "}",
            "@software{dejure,",
            "  author = {{The dejure authors}},",
            "  title = {dejure},",
            f"  version = {{{__version__}}}",
            "}",
        ]
    )


def _plain(name: str) -> str:
    """Without what BibTeX reads as markup."""
    return re.sub(r"[{}\\$%&#_^~]", "", clean(name))
