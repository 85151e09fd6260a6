"""Pictures, maps and the page: that they are drawn, whole, and need no network."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import numpy as np
import pytest

from dejure.analysis.states import state_system
from dejure.analysis.wave import ask_wave, series_for

pytest.importorskip("altair")
pytest.importorskip("vl_convert")

pytestmark = pytest.mark.filterwarnings("ignore")


@pytest.fixture(scope="module")
def drawn():
    from dejure.analysis.charts import wave_charts

    system = state_system()
    day = dt.date(2024, 6, 1)
    answer = ask_wave("abkhazia", day, paths=40)
    series = series_for("abkhazia", day, system)
    return answer, series, wave_charts(answer, series, system)


def test_one_picture_in_three_forms(drawn, tmp_path: Path) -> None:
    from dejure.analysis.charts import write_charts

    paths = write_charts({name: drawn[2][name] for name in ("fan", "map")}, tmp_path)
    assert {path.suffix for path in paths} == {".png", ".svg", ".html"}
    assert (tmp_path / "map.png").read_bytes()[:4] == b"\x89PNG"
    assert 'src="http' not in (tmp_path / "fan.html").read_text(encoding="utf-8")


def test_the_page_stands_alone_and_says_the_verdict(drawn) -> None:
    from dejure.analysis.page import wave_page

    answer, series, charts = drawn
    page = wave_page(answer, series, charts)
    assert page == wave_page(answer, series, charts)
    assert "No evidence of a wave" in page
    assert "<svg" in page
    assert "src=" not in page
    assert "cannot be excluded" in page


def test_no_two_states_share_a_tile() -> None:
    from dejure.analysis.maps import tile_places

    random = np.random.default_rng(1)
    cells = tile_places(random.uniform(-55, 70, 190), random.uniform(-180, 180, 190))
    assert len({tuple(cell) for cell in cells.tolist()}) == 190
