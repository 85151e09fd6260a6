"""The version of this package, which every coding names in `coder.version`."""

from __future__ import annotations

__all__ = ["__version__"]

__version__ = "0.1.0"
