"""What the coder should say by the rules of the records and does not say yet: the text, and why it fails.

A test whose first parameter stands here is expected to fail. Take the line out when the coder learns it.
"""

from __future__ import annotations

__all__ = ["KNOWN_MISSES"]

KNOWN_MISSES: dict[str, str] = {}
