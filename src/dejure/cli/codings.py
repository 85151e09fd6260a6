"""Reports that a command reads on the way; a folder may tell their days in `published.csv`, as the bundled one does."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dejure.records import Coding

__all__ = ["codings_of"]


def codings_of(paths: Sequence[Path]) -> list[Coding]:
    """Read reports; rejects are left out.

    Raises
    ------
    NothingReadable
        If not one could be read.
    """
    from dejure.errors import NothingReadable
    from dejure.reader import read_many
    from dejure.records import Coding

    found: list[Coding] = []
    for path in paths:
        table = path / "published.csv"
        if table.is_file():
            with table.open(encoding="utf-8", newline="") as stream:
                for row in csv.DictReader(stream):
                    read = read_many([path / row["file"]], published=row["published"])
                    found.extend(one for one in read if isinstance(one, Coding))
        else:
            found.extend(one for one in read_many([path]) if isinstance(one, Coding))
    if not found:
        raise NothingReadable("no report could be read", value=", ".join(map(str, paths)))
    return found
