"""`dejure cite`: BibTeX of the sources and methods that results rest on."""

from __future__ import annotations

from importlib import resources

import click

from dejure.version import __version__

__all__ = ["command"]


@click.command("cite")
@click.option(
    "--kind", type=click.Choice(["all", "data", "method"]), default="all", show_default=True, help="Which entries."
)
def command(kind: str) -> int:
    """Print BibTeX entries: this version of dejure, then methods and data."""
    text = resources.files("dejure.analysis").joinpath("data", "citations.bib").read_text(encoding="utf-8")
    click.echo(
        f"@software{{dejure, author = {{{{The dejure authors}}}}, title = {{dejure}}, version = {{{__version__}}}}}"
    )
    for entry in text.splitlines():
        if kind == "all" or f"note = {{{kind}" in entry:
            click.echo(entry)
    return 0
