"""Packages of the extra `[analysis]`, imported when they are used."""

from __future__ import annotations

import importlib
from typing import Any

from dejure.errors import MissingExtra

__all__ = ["need"]


def need(package: str) -> Any:
    """A package of the extra `[analysis]`, imported.

    Raises
    ------
    MissingExtra
        If it is not installed.
    """
    try:
        return importlib.import_module(package)
    except ModuleNotFoundError as error:
        if error.name != package.split(".")[0]:
            raise
        raise MissingExtra(
            f"this needs {package}", value=package, cure="install it with: pip install 'dejure[analysis]'"
        ) from error
