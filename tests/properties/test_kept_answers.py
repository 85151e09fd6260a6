"""What a server keeps is what it would tell anew, whatever the ledger takes meanwhile."""

from __future__ import annotations

import datetime as dt
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ledger_items import POLITIES, ledgers

from dejure.ledger import Ledger
from dejure.ledger.entries import Item
from dejure.ledger.parties import resolve_polity
from dejure.serving import Observatory

_CLOCKS: list[dict[str, Any]] = [
    {"on": dt.date(2010, 6, 1)},
    {"on": dt.date(2025, 1, 1), "known": dt.date(2005, 1, 1)},
    {"on": dt.date(2025, 1, 1), "capacity": "government"},
]


@pytest.mark.slow
@settings(max_examples=4)
@given(items=ledgers(), data=st.data())
def test_kept_answers_are_fresh(items: list[Item], data: st.DataObject) -> None:
    order = data.draw(st.permutations(items))
    cuts = sorted({0, len(order), *data.draw(st.lists(st.integers(0, len(order)), max_size=1))})
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "my.ledger"
        with Ledger(path, create=True) as writer:
            observatory = Observatory(path)
            try:
                for start, stop in zip([0, *cuts], cuts, strict=False):
                    writer.append(order[start:stop])
                    for name in POLITIES[1:5]:
                        slug = resolve_polity(name).slug
                        for clocks in _CLOCKS:
                            assert observatory.standings(slug, **clocks) == writer.who(slug, everybody=True, **clocks)
                            assert observatory.history(slug, **clocks) == writer.acts(slug, **clocks)
                            for one in observatory.standings(slug, **clocks):
                                pair = observatory.pair(one.recogniser, slug, **clocks)
                                assert pair.standing(one.recogniser) == one
                            key, slugs = ("told", slug, *clocks.items()), observatory.slugs_of(slug, **clocks)
                            told = observatory.keep(key, lambda s=slug, c=clocks: (writer.who(s, **c), 1), slugs)
                            assert told == writer.who(slug, **clocks)
            finally:
                observatory.close()
