"""`pytest tests/golden --update-golden` writes the codings anew; look at the difference before you keep it."""

from __future__ import annotations

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write the golden codings anew")


@pytest.fixture
def update_golden(request: pytest.FixtureRequest) -> bool:
    """Whether to write instead of compare; the option is known where this folder was named on the command line."""
    return bool(request.config.getoption("--update-golden", default=False))
