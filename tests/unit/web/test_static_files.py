"""What is shipped is what its table of sources says, and what the map and grid are made of is whole."""

from __future__ import annotations

import hashlib
import subprocess
import sys
import tomllib
from importlib import resources
from pathlib import Path

import pytest

from dejure.web.maps import HEIGHT, WIDTH, dots_of, outlines, projected, tiles
from dejure.web.static_files import static_file

ROOT = Path(__file__).parent.parent.parent.parent


@pytest.mark.parametrize("folder", [ROOT / "src/dejure/web/static", ROOT / "tests/vendor"])
def test_scripts_of_others_are_unchanged_and_have_their_licence(folder: Path) -> None:
    told = tomllib.loads((folder / "SOURCES.toml").read_text(encoding="utf-8"))
    ours = {"observatory.js"}
    assert {one.name for one in folder.glob("*.js")} - ours == set(told)
    for name, one in told.items():
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == one["sha256"]
        assert (folder / one["licence_file"]).stat().st_size > 200


def test_only_files_of_the_folder_are_served() -> None:
    found = static_file("observatory.css")
    assert found is not None
    assert found.kind.startswith("text/css")
    for name in ("SOURCES.toml", "../app.py", "vega.LICENSE", "", "."):
        assert static_file(name) is None


def test_our_own_style_and_templates_ask_for_nothing_from_elsewhere() -> None:
    folder = resources.files("dejure.web")
    for place in (*folder.joinpath("templates").iterdir(), folder.joinpath("static", "observatory.css")):
        text = place.read_text(encoding="utf-8")
        for banned in ("http:", "https:", "@import", "style=", "onclick", "javascript:", "|safe"):
            assert banned not in text, place.name


def test_every_polity_has_a_tile_of_its_own_and_outlines_lie_on_the_map() -> None:
    assert len({(one.column, one.row) for one in tiles()}) == len(tiles()) > 200
    assert len({one.code for one in tiles()}) == len(tiles())
    assert len(outlines()) > 170
    x, y = projected(0.0, 0.0)
    assert x == pytest.approx(WIDTH / 2)
    assert 0 < y < HEIGHT
    assert [one.slug for one in dots_of(["palestine", "russia", "nowhere"])] == ["palestine"]


def test_the_figures_of_the_page_of_methods_are_those_of_the_results() -> None:
    done = subprocess.run([sys.executable, str(ROOT / "scripts/build_accuracy"), "--check"], check=False)
    assert done.returncode == 0, "run scripts/build_accuracy"
