"""The notebooks of the examples: they run from top to bottom, and what is kept of them is small."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from pathlib import Path

import pytest
from shared_by_tests import ROOT

nbformat = pytest.importorskip("nbformat")
for _needed in ("nbclient", "ipykernel", "pandas", "scipy", "duckdb", "pyarrow", "altair", "vl_convert"):
    pytest.importorskip(_needed)

_NOTEBOOKS = sorted((ROOT / "examples" / "notebooks").glob("*.ipynb"))
_LARGEST_BYTES = 200_000
# They take some 20 s each; the rest is room for a machine that does other things as well.
_SECONDS = 240


def test_there_are_three() -> None:
    assert [path.stem for path in _NOTEBOOKS] == ["backtest-a-wave", "code-a-corpus", "follow-a-recognition"]


@pytest.mark.parametrize("path", _NOTEBOOKS, ids=lambda path: path.stem)
def test_what_is_kept(path: Path) -> None:
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    assert path.stat().st_size < _LARGEST_BYTES
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert [cell.execution_count for cell in code] == list(range(1, len(code) + 1))
    assert any(cell.outputs for cell in code)
    assert not [one for cell in code for one in cell.outputs if one.output_type == "error"]
    assert not re.search(r"/(?:home|root|tmp|work|Users)/", path.read_text(encoding="utf-8"))


@pytest.mark.slow
@pytest.mark.parametrize("path", _NOTEBOOKS, ids=lambda path: path.stem)
def test_it_runs(path: Path, tmp_path: Path, has_coder: bool) -> None:
    if not has_coder:
        pytest.skip("no coder")
    command = [sys.executable, str(ROOT / "scripts" / "notebooks"), "--to", str(tmp_path), path.stem]
    began = time.monotonic()
    done = subprocess.run(command, capture_output=True, text=True, timeout=_SECONDS, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    assert time.monotonic() - began < _SECONDS
    notebook = nbformat.read(tmp_path / path.name, as_version=4)
    assert all(cell.execution_count for cell in notebook.cells if cell.cell_type == "code")
