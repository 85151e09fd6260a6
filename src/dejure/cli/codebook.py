"""`dejure codebook`: what each event type, mode and context covers."""

from __future__ import annotations

import click

__all__ = ["command"]


@click.command("codebook")
@click.argument("event_type", metavar="[TYPE]", required=False)
@click.option(
    "--format", "form", type=click.Choice(["text", "md", "json"]), default="text", show_default=True,
    help="Text for a terminal, Markdown, or JSON.",
)  # fmt: skip
def command(event_type: str | None, form: str) -> None:
    """Print what each event type covers: definition, examples, modes, intensity, neighbours.

    TYPE is one of the 16, such as AGREE; without it all are printed, then auxiliary modes, contexts and decisions.
    """
    from dejure.reference.codebook import CODEBOOK_FORMATS, codebook_text

    chosen = next(one for one in CODEBOOK_FORMATS if one == form)
    click.echo(codebook_text(event_type, chosen), nl=False)
