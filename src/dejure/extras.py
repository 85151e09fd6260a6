"""Packages of the extra `[analysis]`, imported when they are used."""

from __future__ import annotations

import importlib
from typing import Any

from dejure.errors import MissingExtra

__all__ = ["need"]


def need(package: str, install: str = "'dejure[analysis]'") -> Any:
    """A package of the extra `[analysis]`, imported.

    Parameters
    ----------
    install : str
        What pip is to install where it is missing.

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
            f"this needs {package}", value=package, cure=f"install it with: pip install {install}"
        ) from error
