"""The ledger's fixtures serve the properties, too."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

_spec = importlib.util.spec_from_file_location(
    "ledger_fixtures", Path(__file__).parent.parent / "unit" / "ledger" / "conftest.py"
)
assert _spec is not None
assert _spec.loader is not None
_module = importlib.util.module_from_spec(_spec)
sys.modules["ledger_fixtures"] = _module
_spec.loader.exec_module(_module)
postgres, new_location, store = _module.postgres, _module.new_location, _module.store
