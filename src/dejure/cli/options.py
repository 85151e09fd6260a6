"""Options that several commands share."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar, cast

import click

if TYPE_CHECKING:
    from dejure.records import ModelName
    from dejure.settings import Settings

__all__ = [
    "format_option",
    "input_format_option",
    "model_option",
    "parse_day",
    "parse_published",
    "published_option",
    "reference_option",
    "settings_for",
]

_F = TypeVar("_F", bound=Callable[..., Any])


def published_option(function: _F) -> _F:
    """`--published DATE`."""
    return click.option(
        "--published",
        metavar="DATE",
        callback=parse_published,
        help="Day the reports appeared (YYYY-MM-DD), in place of their own.",
    )(function)


def input_format_option(function: _F) -> _F:
    """`--input-format`."""
    return click.option(
        "--input-format",
        type=click.Choice(["text", "html", "jsonl", "feed", "warc", "csv", "parquet"]),
        help="What the input is; else told by the file's suffix, else by its first bytes.",
    )(function)


def model_option(function: _F) -> _F:
    """`--model`."""
    return click.option(
        "--model",
        type=click.Choice(["base", "full"]),
        help="The coder: base needs the base install, full the extra [onnx].  [default: base]",
    )(function)


def format_option(function: _F) -> _F:
    """`--format`."""
    return click.option(
        "--format",
        "output_format",
        type=click.Choice(["table", "jsonl", "csv"]),
        help="Tables for people, JSON lines or CSV for machines.  [default: by the suffix of --output, else table]",
    )(function)


def parse_published(
    context: click.Context,  # noqa: ARG001  click's signature
    parameter: click.Parameter,  # noqa: ARG001
    value: str | None,
) -> dt.date | None:
    """The day of `--published`; one that is no date, or lies in the future, is refused before anything is read."""
    if value is None:
        return None
    from dejure.sources.checks import checked_date
    from dejure.when import parse_date

    return checked_date(parse_date(value, what="date given by --published"))


def parse_day(
    context: click.Context,  # noqa: ARG001  click's signature
    parameter: click.Parameter,
    value: str | None,
) -> dt.date | None:
    """A day of history, past or to come."""
    if value is None:
        return None
    from dejure.when import parse_date

    return parse_date(value, what=f"date given by --{parameter.name}")


def reference_option(function: _F) -> _F:
    """`--reference`."""
    return click.option(
        "--reference",
        metavar="DIR",
        help="A folder of your own polities, people and names, laid over the shipped tables.",
    )(function)


def settings_for(model: str | None, reference: str | None = None) -> Settings:
    """Settings of the environment, with the model and the tables that the command line names."""
    from dataclasses import replace

    from dejure.settings import Settings

    settings = Settings.from_environment()
    settings = replace(settings, model=cast("ModelName", model)) if model else settings
    return replace(settings, reference=reference) if reference else settings
