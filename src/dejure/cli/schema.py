"""`dejure schema`: the contract of the output."""

from __future__ import annotations

import json

import click

__all__ = ["command"]


@click.command("schema")
def command() -> None:
    """Print the JSON Schema (draft 2020-12) of what `dejure read --format jsonl` writes a line."""
    from dejure.records import json_schema

    click.echo(json.dumps(json_schema(), indent=2, ensure_ascii=False))
