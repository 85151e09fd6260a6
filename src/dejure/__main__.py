"""`python -m dejure`."""

from __future__ import annotations

import sys

from dejure.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
